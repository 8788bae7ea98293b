package morphology

import (
	"fmt"
	"math/big"

	"github.com/wspolnota/wspolnota/chart"
)

// Words are the texts of the picture in the language of its readers.
type Words struct {
	Title, Description string
	Value, Share       string // heads of the columns
	Dead               string // said of a value that nothing is left of
}

// English are the words of the command line.
var English = Words{
	Title:       "What remains of the field",
	Description: "Each bar is the share of the consistent configurations that have the value.",
	Value:       "Value", Share: "share", Dead: "dead",
}

// Chart draws, for each value, the share of the remaining configurations that
// have it. id must be unique on the page.
func (f *Field) Chart(r Remainder, id string, w Words) chart.Chart {
	c := chart.BarChart{ID: id, Title: w.Title, Description: w.Description, Max: 1, Head: []string{w.Value, w.Share}}
	for p, values := range r.Values {
		for v, n := range values {
			share := 0.0
			if r.Consistent.Sign() > 0 {
				share, _ = new(big.Rat).SetFrac(n, r.Consistent).Float64()
			}
			text := fmt.Sprintf("%.1f %%", 100*share)
			if n.Sign() == 0 {
				text = w.Dead
			}
			name := f.parameters[p].Name + ": " + f.parameters[p].Values[v]
			c.Bars = append(c.Bars, chart.Bar{Label: name, Value: chart.Value{Number: share, Text: text}})
		}
	}
	return chart.Bars(c)
}
