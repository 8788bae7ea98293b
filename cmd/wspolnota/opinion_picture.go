package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/opinion"
)

// mapPicture draws who votes alike. People of sectors that may not be told
// apart are drawn without one.
func (r *opinionResult) mapPicture() chart.Chart {
	m := r.shown
	c := chart.CrowdChart{ID: "map", Title: "Opinion map", Head: []string{"Group", "People"}}
	explained := m.Plane.Explained()
	c.Description = fmt.Sprintf("%d people in %d groups; those who vote alike stand close. The map shows %.0f %% and %.0f %% of all differences.", m.Clustered, len(m.Groups), 100*explained[0], 100*explained[1])
	if m.Status != opinion.Ready {
		c.Description = fmt.Sprintf("There is no map: %s.", m.Status)
	}
	for _, g := range m.Groups {
		c.Groups = append(c.Groups, chart.Cluster{Name: groupName(g.ID), Row: []string{groupName(g.ID), strconv.Itoa(g.Size)}})
	}
	for p, g := range m.Group {
		if g >= 0 {
			c.Dots = append(c.Dots, chart.Dot{X: m.At[p].X, Y: m.At[p].Y, Sector: r.toldSector(p), Group: int(g)})
		}
	}
	if r.comparison != nil {
		for i, name := range r.comparison.Names {
			if !r.comparison.Hidden[i] {
				c.Sectors = append(c.Sectors, chart.Sign{Sector: drawnAs(name), Label: name})
			}
		}
		if slices.Contains(r.comparison.Hidden, true) {
			c.Note = "Crosses are people whose sector is not told, so that fewer than five cannot be recognised."
		}
	}
	return chart.Crowd(c)
}

// toldSector is the sector of a participant, "" where it may not be told.
func (r *opinionResult) toldSector(participant int) string {
	if r.comparison == nil {
		return ""
	}
	s := r.sectors.Of[participant]
	if s < 0 || r.comparison.Hidden[s] {
		return ""
	}
	return drawnAs(r.sectors.Names[s])
}

// statementPicture draws how each sector stands to one statement.
func (r *opinionResult) statementPicture(id string) (chart.Chart, error) {
	s, err := r.pictured(id)
	if err != nil {
		return chart.Chart{}, err
	}
	c := chart.SidesChart{ID: "statement", Title: r.name(s), Head: []string{"Sector", "Agree", "Pass", "Disagree"}}
	compared := r.comparison.Statements[s]
	for i, v := range compared.Views {
		row := chart.SidesRow{Sector: drawnAs(r.sectors.Names[i]), Label: r.sectors.Names[i]}
		if v.Hidden {
			hidden := chart.Value{Hidden: true, Text: "not shown"}
			row.Agree, row.Pass, row.Disagree = hidden, hidden, hidden
			c.Note = "Sectors are not shown where fewer than five people could be recognised."
		} else {
			row.Label = fmt.Sprintf("%s, %d votes", row.Label, v.Tally.Votes())
			row.Agree, row.Pass, row.Disagree = part("agree", v.Tally.Agree, v.Tally), part("pass", v.Tally.Pass, v.Tally), part("disagree", v.Tally.Disagree, v.Tally)
		}
		c.Rows = append(c.Rows, row)
	}
	switch {
	case !compared.Known:
		c.Description = "Too few votes to compare the sectors."
	case compared.Real:
		c.Description = fmt.Sprintf("%s agrees more than %s: a real difference.", r.sectors.Names[compared.Most], r.sectors.Names[compared.Least])
	case compared.Bridges:
		c.Description = "More than half of every sector agree."
	case compared.BridgesInRejection:
		c.Description = "More than half of every sector disagree."
	default:
		c.Description = "No real difference between the sectors is proved."
	}
	return chart.Sides(c), nil
}

func part(verb string, n int, of opinion.Tally) chart.Value {
	share := float64(n) / float64(of.Votes())
	return chart.Value{Number: share, Text: fmt.Sprintf("%s %.0f %%", verb, 100*share)}
}

// pictured is the statement with that id, or the one that divides sectors most.
func (r *opinionResult) pictured(id string) (int, error) {
	if id == "" {
		widest := r.best(func(c opinion.Compared) (bool, float64) { return c.Known, c.Gap })
		if len(widest) == 0 {
			return 0, fmt.Errorf("no statement has enough votes to compare sectors")
		}
		return widest[0], nil
	}
	s := slices.IndexFunc(r.conversation.Statements, func(s opinion.Statement) bool { return s.ID == id })
	if s < 0 {
		return 0, fmt.Errorf("--statement %s: nobody voted on it", id)
	}
	return s, nil
}

// mostBeliefs is how many rows the mirror draws: the most mistaken ones.
const mostBeliefs = 12

// mirrorPicture draws what sectors believe of each other beside how it is.
func (r *opinionResult) mirrorPicture() chart.Chart {
	c := chart.MirrorChart{ID: "mirror", Title: "What sectors believe of each other", Head: []string{"Who of whom, and what", "Believed", "Is"},
		Ends: [2]chart.Value{{Text: "0 % agree"}, {Text: "100 % agree"}}}
	beliefs := slices.DeleteFunc(slices.Clone(r.mirrored.Beliefs), func(b opinion.Belief) bool { return b.OfUs || r.shown.Moderated[b.Statement] })
	slices.SortStableFunc(beliefs, func(a, b opinion.Belief) int { return cmp.Compare(b.Error, a.Error) })
	names := r.sectors.Names
	shown := map[string]bool{}
	for _, b := range beliefs[:min(len(beliefs), mostBeliefs)] {
		shown[names[b.From]], shown[names[b.About]] = true, true
		c.Rows = append(c.Rows, chart.MirrorRow{
			Label: fmt.Sprintf("What %s believes of %s, on %s", names[b.From], names[b.About], r.name(b.Statement)), From: drawnAs(names[b.From]), About: drawnAs(names[b.About]),
			Believed: chart.Value{Number: b.Estimate, Text: fmt.Sprintf("believed %.0f %%", 100*b.Estimate)},
			Real:     chart.Value{Number: b.Real, Text: fmt.Sprintf("is %.0f %%", 100*b.Real)},
		})
	}
	for _, name := range names {
		if shown[name] {
			c.Sectors = append(c.Sectors, chart.Sign{Sector: drawnAs(name), Label: name})
		}
	}
	c.Description = "The hollow sign is what a sector believes of another, the full sign how it is; the line between is the mistake."
	if len(c.Rows) == 0 {
		c.Description = "There are too few guesses to show."
	}
	return chart.Mirror(c)
}

// drawnAs is the sector whose colour and shape a name gets, "" for a name that
// is none of the four.
func drawnAs(name string) string {
	switch strings.ToLower(name) {
	case "administration", "administracja", "office", "urząd":
		return "administration"
	case "ngo", "ngos", "organizacje", "organizacje pozarządowe":
		return "ngo"
	case "resident", "residents", "mieszkaniec", "mieszkańcy":
		return "resident"
	case "business", "biznes":
		return "business"
	}
	return ""
}
