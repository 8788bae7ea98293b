package roadmap

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/wspolnota/wspolnota/chart"
)

// Words are the texts of the picture in the language of its readers.
type Words struct {
	Title, Description                        string
	Milestone, Earliest, Latest, Slack, Owner string // heads of the columns
	Sectors                                   []chart.Sign
}

// English are the words of the command line.
var English = Words{
	Title:       "Roadmap",
	Description: "Each bar is a milestone at its earliest; the dashed frame reaches to its latest finish. A line under a bar: it has the least slack, and delays the whole.",
	Milestone:   "Milestone", Earliest: "earliest", Latest: "latest", Slack: "slack", Owner: "owner",
	Sectors: []chart.Sign{{Sector: "administration", Label: "Administration"}, {Sector: "ngo", Label: "NGOs"},
		{Sector: "resident", Label: "Residents"}, {Sector: "business", Label: "Business"}},
}

// Chart draws a schedule in the lanes of its milestones, in the order in which
// lanes are first named. id must be unique on the page.
func (s Schedule) Chart(id string, w Words) chart.Chart {
	c := chart.LanesChart{ID: id, Title: w.Title, Description: w.Description, Head: []string{w.Milestone, w.Earliest, w.Latest, w.Slack, w.Owner},
		Ticks: ticks(max(s.Finish, s.Deadline))}
	place := map[string]int{}
	for _, t := range s.Steps {
		at, there := place[t.Lane]
		if !there {
			at = len(c.Lanes)
			place[t.Lane] = at
			c.Lanes = append(c.Lanes, chart.Lane{Name: t.Lane})
		}
		c.Lanes[at].Spans = append(c.Lanes[at].Spans, chart.Span{Label: t.Name, Text: t.Owner, Sector: t.Sector, Strong: t.Critical,
			From: float64(t.EarliestStart), To: float64(t.EarliestFinish), Until: float64(t.LatestFinish),
			Cells: []string{fmt.Sprintf("%d–%d", t.EarliestStart, t.EarliestFinish), fmt.Sprintf("%d–%d", t.LatestStart, t.LatestFinish), strconv.Itoa(t.Slack), t.Owner}})
	}
	c.Legend = slices.DeleteFunc(slices.Clone(w.Sectors), func(sign chart.Sign) bool {
		return !slices.ContainsFunc(s.Steps, func(t Step) bool { return t.Sector == sign.Sector })
	})
	return chart.Lanes(c)
}

// ticks are about five round moments up to the end.
func ticks(end int) []chart.Tick {
	step := 1
	for k := 0; end/step > 6; k++ {
		step = []int{2, 5, 10}[k%3] * pow10(k/3)
	}
	var all []chart.Tick
	for at := 0; at <= end; at += step {
		all = append(all, chart.Tick{At: float64(at), Text: strconv.Itoa(at)})
	}
	return all
}

func pow10(k int) int {
	n := 1
	for range k {
		n *= 10
	}
	return n
}
