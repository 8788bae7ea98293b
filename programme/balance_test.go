package programme

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func counts(members ...int) []Count {
	all := make([]Count, len(members))
	for i, n := range members {
		all[i] = Count{Name: string(rune('a' + i)), Members: n}
	}
	return all
}

func TestSmallGroupsAreHiddenAndCannotBeComputed(t *testing.T) {
	for _, tt := range []struct {
		name    string
		members []int
		hidden  []bool
	}{
		{"five may be shown", []int{5, 12}, []bool{false, false}},
		{"nobody is nobody", []int{0, 12}, []bool{false, false}},
		{"two small ones hide each other", []int{4, 12, 1}, []bool{true, false, true}},
		{"a single small one takes the next smallest with it", []int{4, 12, 7}, []bool{true, false, true}},
		{"a single small one alone", []int{3}, []bool{true}},
	} {
		got := hideFew(counts(tt.members...))
		for i, want := range tt.hidden {
			if got[i].Hidden != want {
				t.Errorf("%s: group %d hidden: %v", tt.name, i, got[i].Hidden)
			}
		}
	}
}

// TestNoSingleGroupIsHidden holds the rule for any numbers: what is hidden is
// nothing, everything there is, or at least two groups.
func TestNoSingleGroupIsHidden(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		members := rapid.SliceOfN(rapid.IntRange(0, 20), 1, 12).Draw(t, "members")
		hidden, there := 0, 0
		for i, c := range hideFew(counts(members...)) {
			if members[i] > 0 {
				there++
			}
			if c.Hidden {
				hidden++
			} else if c.Members > 0 && c.Members < few {
				t.Fatalf("%d is shown in %v", c.Members, members)
			}
		}
		if hidden == 1 && there > 1 {
			t.Fatalf("the only hidden group of %v can be computed", members)
		}
	})
}

func TestTotalIsHiddenWithTheGroups(t *testing.T) {
	cells := []Cell{{"resident", "2412042", 6}, {"ngo", "2473011", 3}}
	public, manager := balanceOf(cells, true), balanceOf(cells, false)
	if !public.TotalHidden || manager.TotalHidden || manager.Total != 9 {
		t.Errorf("public %+v, manager %+v", public, manager)
	}
}

func TestOrderOfHiddenPlacesTellsNothing(t *testing.T) {
	cells := []Cell{{"ngo", "2479011", 4}, {"ngo", "", 3}, {"ngo", "2411011", 1}, {"ngo", "2473011", 9}}
	var order []string
	for _, c := range balanceOf(cells, true).Municipalities {
		order = append(order, c.Name)
	}
	if want := []string{"2473011", "2411011", "2479011", ""}; !slices.Equal(order, want) { // Rybnik, then by name
		t.Errorf("order %v, want %v", order, want)
	}
}

func TestAmountIsReadAndSaidExactly(t *testing.T) {
	for typed, want := range map[string]Amount{"12": 12000, "45,5": 45500, "45.5": 45500, "1 200,125": 1200125, "-3": -3000, "−0,5": -500,
		"0": 0, "1000000000": 1000000000000} {
		got, ok := ParseAmount(typed)
		if !ok || got != want {
			t.Errorf("%q = %d, %v, want %d", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"", "-", ",5", "1,2345", "1.2.3", "NaN", "1e3", "1000000001", "99999999999999999999", "0x1", "١٢"} {
		if got, ok := ParseAmount(typed); ok {
			t.Errorf("%q = %d, want a refusal", typed, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a := Amount(rapid.Int64Range(-1_000_000_000_000, 1_000_000_000_000).Draw(t, "amount"))
		if got, ok := ParseAmount(a.typed()); !ok || got != a {
			t.Fatalf("%d is typed %q and read %d", a, a.typed(), got)
		}
	})
}
