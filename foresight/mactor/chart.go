package mactor

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/chart"
)

// Words are the texts of the pictures in the language of their readers.
type Words struct {
	PlaneTitle, PlaneDescription           string
	Influence, Dependence                  string // of the axes
	Dominant, Relay, Dominated, Autonomous string // names of the quarters
	StrengthTitle, StrengthDescription     string
	Actor, Strength                        string // heads of the columns
	InfluenceHead, DependenceHead          string
	Sectors                                []chart.Sign
}

// English are the words of the command line.
var English = Words{
	PlaneTitle:       "Actors by influence and dependence",
	PlaneDescription: "Each actor stands where its direct and indirect means of action put it. The middle lines are the means.",
	Influence:        "Influence ↑", Dependence: "Dependence →",
	Dominant: "Dominant", Relay: "Relays", Dominated: "Dominated", Autonomous: "Autonomous",
	StrengthTitle:       "Strength of the actors",
	StrengthDescription: "Influence, less what an actor depends on others; the mean is 1 (r*).",
	Actor:               "Actor", Strength: "strength (r*)", InfluenceHead: "influence", DependenceHead: "dependence",
	Sectors: []chart.Sign{{Sector: "administration", Label: "Administration"}, {Sector: "ngo", Label: "NGOs"},
		{Sector: "resident", Label: "Residents"}, {Sector: "business", Label: "Business"}},
}

// named is how many actors are marked by name on the plane. More are marked by
// number, and the note says whose they are.
const named = 12

// Plane draws the actors by influence and dependence. id must be unique on the
// page.
func (a *Analysis) Plane(id string, w Words) chart.Chart {
	c := chart.PlaneChart{ID: id, Title: w.PlaneTitle, Description: w.PlaneDescription, Across: w.Dependence, Up: w.Influence,
		Quarters: [4]string{w.Dominant, w.Relay, w.Dominated, w.Autonomous}, Legend: a.legend(w),
		Head: []string{w.Actor, w.InfluenceHead, w.DependenceHead}}
	var key []string
	for i, name := range a.Actors {
		n := float64(len(a.Actors))
		c.Middle[0] += float64(a.D[i]) / n
		c.Middle[1] += float64(a.I[i]) / n
		mark := name
		if len(a.Actors) > named {
			mark = strconv.Itoa(i + 1)
			name = mark + ". " + name
			key = append(key, name)
		}
		c.Points = append(c.Points, chart.Point{Name: name, Mark: mark, Sector: a.sector(i), Across: float64(a.D[i]), Up: float64(a.I[i]),
			Cells: []string{fmt.Sprint(a.I[i]), fmt.Sprint(a.D[i])}})
	}
	c.Note = strings.Join(key, " · ")
	return chart.Plane(c)
}

// Histogram draws the strengths of the actors.
func (a *Analysis) Histogram(id string, w Words) chart.Chart {
	c := chart.BarChart{ID: id, Title: w.StrengthTitle, Description: w.StrengthDescription, Head: []string{w.Actor, w.Strength}}
	for i, name := range a.Actors {
		c.Bars = append(c.Bars, chart.Bar{Label: name, Sector: a.sector(i), Value: chart.Value{Number: a.RStar[i], Text: fmt.Sprintf("%.2f", a.RStar[i])}})
	}
	drawn := chart.Bars(c)
	drawn.Legend = a.legend(w)
	return drawn
}

func (a *Analysis) sector(i int) string {
	if len(a.Sectors) == 0 {
		return ""
	}
	return a.Sectors[i]
}

// legend explains the sectors that are there.
func (a *Analysis) legend(w Words) []chart.Sign {
	return slices.DeleteFunc(slices.Clone(w.Sectors), func(s chart.Sign) bool { return !slices.Contains(a.Sectors, s.Sector) })
}
