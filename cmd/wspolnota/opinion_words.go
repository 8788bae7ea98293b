package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/wspolnota/wspolnota/opinion"
)

// opinionWords says the result to a person at a terminal.
func opinionWords(w io.Writer, r *opinionResult) error {
	c, m := r.conversation, r.shown
	fmt.Fprintf(w, "%d participants, %d statements, %d votes\n", len(c.Participants), len(c.Statements), c.Votes.Count())
	if m.Status != opinion.Ready {
		fmt.Fprintf(w, "no map: %s\n", m.Status)
	} else {
		explained := m.Plane.Explained()
		fmt.Fprintf(w, "%d people on the map, which shows %.0f %% and %.0f %% of all differences\n", m.Clustered, 100*explained[0], 100*explained[1])
		r.sayGroups(w)
	}
	r.sayConsensus(w)
	if r.comparison != nil {
		r.saySectors(w)
	}
	if r.mirrored != nil {
		r.sayMirror(w)
	}
	return nil
}

// groupName is how a group is called where people read: A for id 0.
func groupName(id int) string { return string(rune('A' + id)) }

// name is what a statement is called: its text if there is one.
func (r *opinionResult) name(s int) string {
	statement := r.conversation.Statements[s]
	if statement.Text == "" {
		return "statement " + oneLine(statement.ID)
	}
	return oneLine(statement.ID + ": " + statement.Text)
}

// oneLine takes line breaks and everything that would steer a terminal out of
// what people wrote.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
}

func (r *opinionResult) sayGroups(w io.Writer) {
	claims := opinion.Representative(r.shown.Counts, r.shown.Moderated)
	for g, group := range r.shown.Groups {
		fmt.Fprintf(w, "\ngroup %s, %d people\n", groupName(group.ID), group.Size)
		for _, c := range claims[g] {
			verb := "agrees"
			if c.For == opinion.Disagree {
				verb = "disagrees"
			}
			fmt.Fprintf(w, "  %s, %d of %d: %s\n", verb, c.Success, c.Trials, r.name(c.Statement))
		}
	}
}

func (r *opinionResult) sayConsensus(w io.Writer) {
	agree, disagree := opinion.Consensus(r.shown.All, r.shown.Moderated)
	say := func(verb string, list []opinion.Common) {
		if len(list) > 0 {
			fmt.Fprintf(w, "\nmost %s\n", verb)
		}
		for _, c := range list {
			fmt.Fprintf(w, "  %d of %d: %s\n", c.Success, c.Trials, r.name(c.Statement))
		}
	}
	say("agree", agree)
	say("disagree", disagree)
}

func (r *opinionResult) saySectors(w io.Writer) {
	c := r.comparison
	fmt.Fprintln(w, "\nsectors")
	for i, name := range c.Names {
		if c.Hidden[i] {
			fmt.Fprintf(w, "  %s: not shown, too few people\n", name)
		} else {
			fmt.Fprintf(w, "  %s: %d people\n", name, c.People[i])
		}
	}
	switch f := c.Follow; {
	case f == nil:
		fmt.Fprintln(w, "  whether opinions follow sectors: too few votes yet")
	case f.Together():
		fmt.Fprintf(w, "  opinions do not follow sectors: they explain %.0f %% of the differences, no more than chance would (p %s)\n", 100*f.Both, chance(f.PBoth))
	default:
		fmt.Fprintf(w, "  opinions follow sectors in part: they explain %.0f %% of the differences (p %s)\n", 100*f.Both, chance(f.PBoth))
	}
	r.sayBest(w, "bridges between all sectors", func(c opinion.Compared) (bool, float64) { return c.Bridges, c.Bridge })
	r.sayBest(w, "rejected by all sectors", func(c opinion.Compared) (bool, float64) { return c.BridgesInRejection, c.BridgeOfRejection })
	r.sayBest(w, "real differences", func(c opinion.Compared) (bool, float64) { return c.Real, c.Gap })
}

// sayBest lists up to five statements by a measure.
func (r *opinionResult) sayBest(w io.Writer, title string, measure func(opinion.Compared) (bool, float64)) {
	list := r.best(measure)
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, s := range list[:min(len(list), 5)] {
		_, value := measure(r.comparison.Statements[s])
		fmt.Fprintf(w, "  %.2f %s\n", value, r.name(s))
	}
}

// best orders the statements for which a measure holds, largest first.
func (r *opinionResult) best(measure func(opinion.Compared) (bool, float64)) []int {
	var list []int
	for s, c := range r.comparison.Statements {
		if holds, _ := measure(c); holds && !r.shown.Moderated[s] {
			list = append(list, s)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int {
		_, x := measure(r.comparison.Statements[a])
		_, y := measure(r.comparison.Statements[b])
		return cmp.Compare(y, x)
	})
	return list
}

func (r *opinionResult) sayMirror(w io.Writer) {
	names := r.sectors.Names
	fmt.Fprintln(w, "\nwhat sectors believe of each other")
	for _, g := range r.mirrored.Gaps {
		whom := names[g.About]
		if g.OfUs {
			whom = "what " + whom + " believes of it"
		}
		fmt.Fprintf(w, "  %s is wrong about %s by %.0f points in the mean, over %d statements\n", names[g.From], whom, 100*g.Error, g.Statements)
	}
	if len(r.mirrored.Surprises) > 0 {
		fmt.Fprintln(w, "\nwe did not know this about each other")
	}
	for _, s := range r.mirrored.Surprises {
		fmt.Fprintf(w, "  %.0f %% of %s agree, %.0f %% were expected: %s\n", 100*s.Real, names[s.About], 100*s.Estimate, r.name(s.Statement))
	}
}
