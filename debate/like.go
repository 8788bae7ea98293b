package debate

import (
	"cmp"
	"slices"

	"github.com/wspolnota/wspolnota/lang"
)

// Alike is another statement that may say the same.
type Alike struct {
	Statement
	Likeness float64 // of 0 to 1
}

const (
	likeEnough = 0.35
	mostAlike  = 5
)

// alike lists the statements of a debate that look like one text, the most
// alike first, by the trigrams that their words share (Dice).
func alike(text string, number int, all []Statement) []Alike {
	own := trigrams(text)
	var found []Alike
	for _, st := range all {
		if st.Number == number || st.State != Shown && st.State != Waiting {
			continue
		}
		if like := dice(own, trigrams(st.Text)); like >= likeEnough {
			found = append(found, Alike{st, like})
		}
	}
	slices.SortStableFunc(found, func(a, b Alike) int { return cmp.Compare(b.Likeness, a.Likeness) })
	return found[:min(len(found), mostAlike)]
}

// trigrams counts each run of three letters of the folded text, with a space
// before and after.
func trigrams(text string) map[string]int {
	letters := []rune(" " + lang.Fold(text) + " ")
	all := map[string]int{}
	for i := 0; i+3 <= len(letters); i++ {
		all[string(letters[i:i+3])]++
	}
	return all
}

// dice is twice what two texts share over what both have.
func dice(a, b map[string]int) float64 {
	shared, total := 0, 0
	for t, n := range a {
		shared += min(n, b[t])
		total += n
	}
	for _, n := range b {
		total += n
	}
	if total == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(total)
}
