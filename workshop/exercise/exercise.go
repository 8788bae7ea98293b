// Package exercise holds the ways of working together that every workshop has:
// cards, putting them together, votes by dots and on statements, ratings, placing
// on a plane, relations and commitments. Each stands in a file of its own and is
// an activity.Kind; Kinds lists them.
package exercise

import (
	"context"
	"embed"
	"fmt"
	"hash/fnv"
	"math"
	"strconv"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// Kinds are all exercises in the order in which a form offers them.
func Kinds() []activity.Kind {
	return []activity.Kind{Cards, Clusters, Dots, Statements, Rating, Quadrant, Relations, Commitments}
}

// people remembers who has answered.
type people map[store.ID]bool

func (p people) met(e activity.Entry) {
	if e.Who.ID != "" {
		p[e.Who.ID] = true
	}
}

// sectorAt is the place of a sector in ui.Sectors, -1 for none.
func sectorAt(s ui.Sector) int {
	for i, known := range ui.Sectors {
		if s == known {
			return i
		}
	}
	return -1
}

// signs are the sectors in the legend of a chart.
func signs(ctx context.Context, told func(sector int) bool) (all []chart.Sign) {
	for i, s := range ui.Sectors {
		if told(i) {
			all = append(all, chart.Sign{Sector: string(s), Label: s.Name(ctx)})
		}
	}
	return all
}

// percent writes a share from 0 to 1.
func percent(share float64) string { return strconv.Itoa(int(math.Round(100*share))) + "\u00a0%" }

// lot gives one of n for a participant and a question: always the same, and over
// a hall each about as often.
func lot(who store.ID, question, n int) int {
	h := fnv.New32a()
	fmt.Fprint(h, who, question)
	return int(h.Sum32() % uint32(n))
}

// at reads the place of one of n things, counted from 1 in forms.
func at(f *form.Form, name string, n int) int {
	i := f.Int(name, 1, max(n, 1))
	return i - 1
}

func number(n int) string { return strconv.Itoa(n) }

// chartID is the id of a chart on a page that may have several activities.
func chartID(v activity.View, what string) string { return what + "-" + string(v.Task.ID) }

func partyMark(side, i int) string { return chart.PartyMark(side, i) }
