package delphi

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/chart"
)

// Words are the texts of an interval plot in the language of its readers.
type Words struct {
	Title, Description, Note string
	Round                    string // before the number of a round
	Everybody                string
	Hidden                   string // in place of numbers that are not shown
	Nobody                   string // in place of numbers where nobody answered
	Left                     string // before the number of items that are not drawn
	Item, Group, N, Median   string // heads of the table
	Quartiles, Agreement     string
	Yes, No, NotKnown        string
}

// English are the words of the command line.
var English = Words{
	Title:       "What the panel thinks, round by round and sector by sector",
	Description: "Each bar is the middle half of the answers, its sign the median. The ring is the median of the round before.",
	Round:       "round", Everybody: "all", Hidden: "hidden", Nobody: "no answers", Left: "items not drawn:",
	Item: "item", Group: "group", N: "n", Median: "median", Quartiles: "quartiles", Agreement: "agreement",
	Yes: "yes", No: "no", NotKnown: "not known",
}

// mostDrawn is how many items an interval plot draws; the rest is in the report.
const mostDrawn = 60

// Intervals draws the report: per item and round the middle half and the median
// of everybody and of each sector. signs gives sectors one of the four signs of
// package chart; those without are named in words. id must be unique on the page.
func (r Report) Intervals(id string, w Words, signs map[string]string) chart.Chart {
	c := chart.IntervalChart{ID: id, Title: w.Title, Description: w.Description, Note: w.Note,
		Head: []string{w.Item, w.Group, w.N, w.Median, w.Quartiles, w.Agreement}}
	c.Low, c.High = r.ends()
	c.Ticks = ticks(c.Low, c.High)
	for _, s := range r.Sectors {
		if signs[s] != "" {
			c.Sectors = append(c.Sectors, chart.Sign{Sector: signs[s], Label: s})
		}
	}
	for _, item := range r.Items[:min(len(r.Items), mostDrawn)] {
		c.Groups = append(c.Groups, chart.IntervalGroup{Label: item.Item, Rows: item.intervals(w, signs)})
	}
	if left := len(r.Items) - mostDrawn; left > 0 {
		c.Note = strings.TrimSpace(fmt.Sprintf("%s %s %d", c.Note, w.Left, left))
	}
	return chart.Intervals(c)
}

// ends of the axis are those of the scale, or of all quartiles.
func (r Report) ends() (low, high float64) {
	if r.Scale.Points() > 0 {
		return float64(r.Scale.Min), float64(r.Scale.Max)
	}
	low, high = math.Inf(1), math.Inf(-1)
	for _, item := range r.Items {
		for _, round := range item.Rounds {
			for _, g := range round.groups() {
				if !g.Hidden && g.N > 0 {
					low, high = min(low, g.Q1), max(high, g.Q3)
				}
			}
		}
	}
	if low > high {
		return 0, 1
	}
	return low, high
}

// ticks are the points of a short scale, or the ends and the middle of a long one.
func ticks(low, high float64) []chart.Tick {
	places := []float64{low, (low + high) / 2, high}
	if high-low <= 10 && low == math.Trunc(low) && high == math.Trunc(high) {
		places = nil
		for v := low; v <= high; v++ {
			places = append(places, v)
		}
	}
	var ticks []chart.Tick
	for _, v := range slices.Compact(places) {
		ticks = append(ticks, chart.Tick{At: v, Text: brief(v)})
	}
	return ticks
}

// groups of a round: everybody first, without a name.
func (round RoundReport) groups() []Sector {
	return append([]Sector{{Hidden: round.Hidden, Group: round.Group}}, round.Sectors...)
}

func (item ItemReport) intervals(w Words, signs map[string]string) []chart.Interval {
	var rows []chart.Interval
	before := map[string]float64{}
	for _, round := range item.Rounds {
		for _, g := range round.groups() {
			name := cmp.Or(g.Sector, w.Everybody)
			row := g.interval(w)
			row.Sector = signs[g.Sector]
			if row.Sector == "" {
				row.Label = fmt.Sprintf("%s %d · %s", w.Round, round.Round, name)
			}
			row.Cells = slices.Concat([]string{fmt.Sprintf("%s %d · %s", w.Round, round.Round, name)}, row.Cells)
			if median, known := before[name]; known {
				row.Before = &median
			}
			delete(before, name)
			if !row.Hidden {
				before[name] = row.Middle
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func (g Sector) interval(w Words) chart.Interval {
	if g.Hidden || g.N == 0 {
		text := w.Nobody
		if g.Hidden {
			text = w.Hidden
		}
		return chart.Interval{Hidden: true, Text: text, Cells: []string{text, "", "", ""}}
	}
	agreement := w.NotKnown
	if g.Verdict.Known {
		agreement = w.No
		if g.Verdict.Reached {
			agreement = w.Yes
		}
	}
	return chart.Interval{Low: g.Q1, Middle: g.Median, High: g.Q3, Text: fmt.Sprintf("%s (%s–%s)", brief(g.Median), brief(g.Q1), brief(g.Q3)),
		Cells: []string{strconv.Itoa(g.N), plain(g.Median), plain(g.Q1) + "–" + plain(g.Q3), agreement}}
}

// brief writes a number with one decimal where it has any: there is little room
// beside a bar, and the table has them all.
func brief(v float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
}

// The names under which the four sectors of the programme are known in files.
var sectorNames = map[string][]string{
	"administration": {"administration", "administracja", "gov", "government", "office", "urząd", "samorząd"},
	"ngo":            {"ngo", "ngos", "organizacje", "organizacje pozarządowe"},
	"resident":       {"resident", "residents", "mieszkańcy", "citizens"},
	"business":       {"business", "biznes", "companies"},
}

// Signs gives sectors the signs of package chart: those that go by a usual name
// their own, others what is free, in the order given. From the fifth on there is
// none.
func Signs(sectors []string) map[string]string {
	signs := map[string]string{}
	free := []string{"administration", "ngo", "resident", "business"}
	give := func(sector, sign string) {
		signs[sector] = sign
		free = slices.DeleteFunc(free, func(s string) bool { return s == sign })
	}
	for _, sector := range sectors {
		for sign, names := range sectorNames {
			if slices.Contains(names, strings.ToLower(sector)) && slices.Contains(free, sign) {
				give(sector, sign)
			}
		}
	}
	for _, sector := range sectors {
		if signs[sector] == "" && len(free) > 0 {
			give(sector, free[0])
		}
	}
	return signs
}
