package main

import (
	"fmt"
	"io"
	"math/big"

	"github.com/wspolnota/wspolnota/choice"
)

// explainWords says for a person why the others did not win, and how the
// outcome is spread.
func explainWords(w io.Writer, e *choice.Explanation) {
	if e == nil {
		return
	}
	fmt.Fprintln(w)
	for _, l := range e.Losers {
		fmt.Fprintf(w, "%s, %d votes: %s", l.Project, l.Votes, l.Reason)
		if l.Support != nil {
			fmt.Fprintf(w, "; they had %s left, %s of its cost", decimal(*l.Left, 1, 2), decimal(*l.Support, 100, 1)+" %")
		}
		fmt.Fprintln(w)
		for i, s := range l.Spent {
			if i == 3 {
				fmt.Fprintf(w, "  and for %d others\n", len(l.Spent)-i)
				break
			}
			fmt.Fprintf(w, "  %d of them paid %s for %s\n", s.Voters, decimal(*s.Money, 1, 2), s.Winner)
		}
	}
	f := e.Fairness
	fmt.Fprintf(w, "\n%d voters (%.1f %%) named no winner; %.2f winners per voter; Gini %.3f\n", f.WithNothing, 100*f.ShareWithNothing, f.Winners, f.Gini)
	for id, n := range f.Wronged {
		fmt.Fprintf(w, "%d supporters of %s could pay for it by their equal share, and each got less\n", n, id)
	}
}

// decimal writes a fraction times a factor with some decimals.
func decimal(fraction string, factor int64, decimals int) string {
	r, ok := new(big.Rat).SetString(fraction)
	if !ok {
		return fraction
	}
	return r.Mul(r, big.NewRat(factor, 1)).FloatString(decimals)
}
