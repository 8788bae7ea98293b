package delphi_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

func TestSmallSectorsAreNotShown(t *testing.T) {
	for _, tt := range []struct {
		name   string
		sizes  []int
		groups []bool
		total  bool
	}{
		{"all large", []int{8, 8, 8}, []bool{true, true, true}, true},
		{"too few in all", []int{2, 2}, []bool{false, false}, false},
		{"one small one takes the smallest of the others along", []int{3, 8, 9}, []bool{false, false, true}, true},
		{"of two sectors none", []int{3, 20}, []bool{false, false}, true},
		{"two small ones are not enough together", []int{1, 2, 9, 8}, []bool{false, false, true, false}, true},
		{"two small ones are enough together", []int{3, 2, 9, 8}, []bool{false, false, true, true}, true},
		{"an empty sector hides nobody", []int{0, 8, 9}, []bool{true, true, true}, true},
		{"nor is it company", []int{0, 4, 9}, []bool{true, false, false}, true},
		{"one sector alone", []int{6}, []bool{true}, true},
	} {
		groups, total := delphi.Shown(tt.sizes, 5)
		if fmt.Sprint(groups) != fmt.Sprint(tt.groups) || total != tt.total {
			t.Errorf("%s: %v, %v", tt.name, groups, total)
		}
	}
}

// Whoever knows the total and all sectors that are shown can subtract; what is
// left must be nobody, or several sectors with people enough.
func TestHiddenSectorsCannotBeSubtracted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.IntRange(0, 12), 1, 6).Draw(t, "sizes")
		least := rapid.IntRange(1, 8).Draw(t, "least")
		groups, total := delphi.Shown(sizes, least)
		hidden, people := 0, 0
		for i, n := range sizes {
			if groups[i] && n > 0 && n < least {
				t.Fatalf("%d people are shown", n)
			}
			if groups[i] && !total {
				t.Fatal("a sector is shown where the total is hidden")
			}
			if !groups[i] {
				hidden, people = hidden+1, people+n
			}
		}
		if total && hidden > 0 && (people < least || hidden == 1) {
			t.Fatalf("%v of %v: %d sectors with %d people are left", groups, sizes, hidden, people)
		}
	})
}
