package main

import (
	"fmt"
	"io"
	"strings"
)

// words prints the field for a person.
func (r morphologyResult) words(w io.Writer) error {
	fmt.Fprintf(w, "%d parameters, %s configurations", len(r.Parameters), r.Total)
	if r.Consistent == nil {
		fmt.Fprintln(w, "; they could not be counted in the time or memory given.")
	} else {
		fmt.Fprintf(w, ", %s consistent (%.1f %% ruled out).\n", *r.Consistent, *r.Reduction)
	}
	for _, d := range r.Dead {
		fmt.Fprintf(w, "Nothing is left of %s: %s.\n", d[0], d[1])
	}
	for _, k := range r.Kills {
		fmt.Fprintf(w, "%s: %s with %s: %s kills %s, %s of them alone.\n", k.Pair[0][0], k.Pair[0][1], k.Pair[1][0], k.Pair[1][1], k.All, k.Alone)
	}
	listed(w, "Configurations ("+strings.Join(r.Parameters, " · ")+")", r.Solutions)
	if r.Consistent != nil && *r.Consistent != fmt.Sprint(len(r.Solutions)) {
		fmt.Fprintf(w, "The first %d of %s.\n", len(r.Solutions), *r.Consistent)
	}
	listed(w, "As different as possible", r.Diverse)
	if len(r.Nearest) > 0 {
		fmt.Fprintln(w, "\nNearest, with the number of parameters that differ")
	}
	for _, n := range r.Nearest {
		fmt.Fprintf(w, "%3d. %s\n", n.Distance, strings.Join(n.Values, " · "))
	}
	if len(r.Best) > 0 {
		fmt.Fprintln(w, "\nBest, with the sum of their ratings")
	}
	for _, b := range r.Best {
		fmt.Fprintf(w, "%+4d  %s\n", b.Total, strings.Join(b.Values, " · "))
	}
	return nil
}

func listed(w io.Writer, title string, configurations [][]string) {
	if len(configurations) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for i, c := range configurations {
		fmt.Fprintf(w, "%4d. %s\n", i+1, strings.Join(c, " · "))
	}
}
