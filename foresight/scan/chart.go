package scan

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/chart"
)

// Words are the texts of a map in the language of its readers.
type Words struct {
	Title, Description, Note               string
	Importance, Uncertainty                string // of the axes
	Critical, Predetermined                string // names of the quarters
	Watch, Background                      string
	Everybody, Hidden                      string
	Item, Category, Rank, Interval, Fields string // heads of the table, and of two more columns Importance, Uncertainty
	ImportanceHead, UncertaintyHead        string
	Categories                             map[Category]string
}

// English are the words of the command line.
var English = Words{
	Title:       "Importance and uncertainty",
	Description: "Each item stands where the voters put it; the lines through it span 95 % of what resampled voters would say. The signs of the sectors stand where each sector puts it.",
	Importance:  "Importance →", Uncertainty: "Uncertainty ↑",
	Critical: "Critical uncertainties", Predetermined: "Predetermined", Watch: "To watch", Background: "Background",
	Everybody: "all", Hidden: "hidden",
	Item: "item", Category: "category", Rank: "rank", Interval: "95 % of the rank", Fields: "field",
	ImportanceHead: "importance", UncertaintyHead: "uncertainty",
	Categories: map[Category]string{Social: "social", Technological: "technological", Economic: "economic", Environmental: "environmental", Political: "political", Values: "values", Legal: "legal"},
}

// Beyond these numbers of items a map shows no sectors, and marks items by their
// rank instead of their name.
const (
	mostWithSectors = 10
	mostNamed       = 25
)

// Map draws the items that are shown by importance and uncertainty, cut at their
// means. signs gives sectors one of the four signs of package chart; those
// without are left to the table. id must be unique on the page.
func (r Report) Map(id string, w Words, signs map[string]string) chart.Chart {
	c := chart.PlaneChart{ID: id, Title: w.Title, Description: w.Description, Note: w.Note, Across: w.Importance, Up: w.Uncertainty,
		Quarters: [4]string{w.Watch, w.Critical, w.Predetermined, w.Background},
		Head:     []string{w.Item, w.Category, w.Rank, w.Interval, w.ImportanceHead, w.UncertaintyHead, w.Fields}}
	if !math.IsNaN(float64(r.Middle.Importance)) {
		c.Middle = [2]float64{float64(r.Middle.Importance), float64(r.Middle.Uncertainty)}
	}
	var open []ItemReport
	for _, item := range r.Items {
		if !item.unranked() {
			open = append(open, item)
		}
	}
	for _, item := range open {
		c.Points = append(c.Points, item.point(w, len(open) > mostNamed))
		if len(open) <= mostWithSectors {
			c.Points = append(c.Points, item.sectorPoints(w, signs)...)
		}
	}
	if len(open) <= mostWithSectors {
		for _, s := range r.Sectors {
			if signs[s] != "" {
				c.Legend = append(c.Legend, chart.Sign{Sector: signs[s], Label: s})
			}
		}
	}
	return chart.Plane(c)
}

func (r ItemReport) point(w Words, numbered bool) chart.Point {
	mark, name := r.Item, r.Item
	rank := brief(r.Rank)
	if numbered {
		mark = rank
		name = rank + ". " + r.Item
	}
	return chart.Point{Name: name, Mark: mark, Across: float64(r.Importance), Up: float64(r.Uncertainty),
		Span: &[4]float64{float64(r.ImportanceRange[0]), float64(r.ImportanceRange[1]), float64(r.UncertaintyRange[0]), float64(r.UncertaintyRange[1])},
		Cells: []string{w.Categories[r.Category], rank, brief(r.RankRange[0]) + "–" + brief(r.RankRange[1]),
			fmt.Sprintf("%.2f", r.Importance), fmt.Sprintf("%.2f", r.Uncertainty), w.field(r.Field)}}
}

// sectorPoints are where each sector that is shown and has a sign puts an item.
func (r ItemReport) sectorPoints(w Words, signs map[string]string) []chart.Point {
	var points []chart.Point
	for _, s := range r.Sectors {
		if s.Hidden || signs[s.Sector] == "" || math.IsNaN(float64(s.Uncertainty)) || math.IsNaN(float64(s.Importance)) {
			continue
		}
		points = append(points, chart.Point{Name: r.Item + " · " + s.Sector, Sector: signs[s.Sector], Across: float64(s.Importance), Up: float64(s.Uncertainty),
			Of:    &[2]float64{float64(r.Importance), float64(r.Uncertainty)},
			Cells: []string{w.Categories[r.Category], "", "", fmt.Sprintf("%.2f", s.Importance), fmt.Sprintf("%.2f", s.Uncertainty), ""}})
	}
	return points
}

func (w Words) field(f Field) string {
	return map[Field]string{Critical: w.Critical, Predetermined: w.Predetermined, Watch: w.Watch, Background: w.Background}[f]
}

func brief(m Measure) string {
	return strings.TrimSuffix(strconv.FormatFloat(float64(m), 'f', 1, 64), ".0")
}
