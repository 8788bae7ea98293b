package barrier

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// middle parts the plane of frequency and harm: the middle of the scale.
var middle = [2]float64{3, 3}

func quarters(ctx context.Context) [4]string {
	return [4]string{lang.T(ctx, "barrier.quarter.rare_harmful"), lang.T(ctx, "barrier.quarter.frequent_harmful"),
		lang.T(ctx, "barrier.quarter.frequent_mild"), lang.T(ctx, "barrier.quarter.rare_mild")}
}

func legend(ctx context.Context, shown []Figure) []chart.Sign {
	var signs []chart.Sign
	for _, f := range shown {
		signs = append(signs, chart.Sign{Sector: string(f.Sector), Label: f.Sector.Name(ctx)})
	}
	return signs
}

// sectorPlane shows how often each sector meets one barrier and how much harm it
// sees in it.
func (v barrierView) sectorPlane(ctx context.Context) chart.Chart {
	c := chart.PlaneChart{ID: "sectors", Title: lang.T(ctx, "barrier.plane.title"), Description: lang.T(ctx, "barrier.plane.text"),
		Across: lang.T(ctx, "barrier.plane.across"), Up: lang.T(ctx, "barrier.plane.up"), Middle: middle, Quarters: quarters(ctx), Legend: legend(ctx, v.Figures),
		Head: []string{lang.T(ctx, "barrier.sector"), lang.T(ctx, "barrier.plane.frequency"), lang.T(ctx, "barrier.plane.harm"), lang.T(ctx, "barrier.plane.voters"), lang.T(ctx, "barrier.plane.since")}}
	for _, f := range v.Figures {
		c.Points = append(c.Points, chart.Point{Name: f.Sector.Name(ctx), Mark: f.Sector.Name(ctx), Sector: string(f.Sector), Across: f.Frequency(), Up: f.Harm(),
			Cells: []string{decimal(ctx, f.Frequency()), decimal(ctx, f.Harm()), strconv.Itoa(f.Voters), lang.Date(ctx, f.Day.Time)}})
	}
	return chart.Plane(c)
}

// riskMatrix places the risks by probability and impact, as the team has
// assessed them.
func riskMatrix(ctx context.Context, risks []Barrier) chart.Chart {
	c := chart.TableauChart{ID: "risks", Title: lang.T(ctx, "barrier.matrix.title"), Description: lang.N(ctx, "barrier.matrix.text", len(risks)),
		Note: lang.T(ctx, "barrier.matrix.note"), Head: lang.T(ctx, "barrier.matrix.head")}
	for p := least; p <= most; p++ {
		c.Columns = append(c.Columns, lang.T(ctx, "barrier.matrix.column", "N", p))
	}
	for i := most; i >= least; i-- {
		row := chart.TableauRow{Label: lang.T(ctx, "barrier.matrix.row", "N", i, "Word", lang.T(ctx, "barrier.scale.risk.harm."+strconv.Itoa(i))), Key: lang.T(ctx, "barrier.matrix.key")}
		for p := least; p <= most; p++ {
			row.Cells = append(row.Cells, cellOf(risks, p, i))
		}
		c.Rows = append(c.Rows, row)
	}
	return chart.Tableau(c)
}

// cellOf names the risks of one cell by their numbers; where they have no room,
// it counts them. The shade grows with probability times impact.
func cellOf(risks []Barrier, probability, impact int) chart.TableauCell {
	var numbers []string
	for _, b := range risks {
		if b.Probability == probability && b.Impact == impact {
			numbers = append(numbers, strconv.Itoa(b.Number))
		}
	}
	cell := chart.TableauCell{Text: "–", Mark: "–", Shade: float64(probability*impact) / (most * most)}
	if len(numbers) > 0 {
		cell.Text, cell.Mark = strings.Join(numbers, ", "), fmt.Sprintf("%d×", len(numbers))
	}
	return cell
}

// pairGrid counts the barriers by who holds them and whom they are about. One of
// several sectors stands in each of their cells.
func pairGrid(ctx context.Context, all []Barrier) chart.Chart {
	c := chart.GridChart{ID: "pairs", Title: lang.T(ctx, "barrier.pairs.title"), Description: lang.T(ctx, "barrier.pairs.text"), Note: lang.T(ctx, "barrier.pairs.note"),
		Head: lang.T(ctx, "barrier.field.held_by")}
	for _, holder := range ui.Sectors {
		c.Signs = append(c.Signs, string([]rune(holder.Name(ctx))[:1]))
		c.Names = append(c.Names, holder.Name(ctx))
		values, texts := make([]float64, len(ui.Sectors)), make([]string, len(ui.Sectors))
		for x, about := range ui.Sectors {
			n := 0
			for _, b := range all {
				if b.HeldBy.has(holder) && b.About.has(about) {
					n++
				}
			}
			values[x], texts[x] = float64(n), strconv.Itoa(n)
		}
		c.Values, c.Texts = append(c.Values, values), append(c.Texts, texts)
	}
	return chart.Grid(c)
}

func (s Sectors) has(sector ui.Sector) bool {
	for _, x := range s {
		if x == sector {
			return true
		}
	}
	return false
}

// seen is what is shown of a barrier: of one sector, or of all shown together.
func seen(shown []Figure, sector ui.Sector) (frequency, harm float64, ok bool) {
	if sector == "" {
		return mean(shown)
	}
	for _, f := range shown {
		if f.Sector == sector {
			return f.Frequency(), f.Harm(), true
		}
	}
	return 0, 0, false
}

// barrierPlane places barriers by how they are seen.
func barrierPlane(ctx context.Context, all []Barrier, shown map[store.ID][]Figure, sector ui.Sector) chart.Chart {
	c := chart.PlaneChart{ID: "barriers", Title: lang.T(ctx, "barrier.all_plane.title", "Sector", sectorWord(ctx, sector)), Description: lang.T(ctx, "barrier.all_plane.text"),
		Note: lang.T(ctx, "barrier.votes.rule"), Across: lang.T(ctx, "barrier.plane.across"), Up: lang.T(ctx, "barrier.plane.up"), Middle: middle, Quarters: quarters(ctx),
		Head: []string{lang.T(ctx, "barrier.field.statement"), lang.T(ctx, "barrier.field.number"), lang.T(ctx, "barrier.plane.frequency"), lang.T(ctx, "barrier.plane.harm")}}
	for _, b := range all {
		if frequency, harm, ok := seen(shown[b.ID], sector); ok {
			c.Points = append(c.Points, chart.Point{Name: b.Statement, Mark: strconv.Itoa(b.Number), Sector: string(sector), Across: frequency, Up: harm,
				Cells: []string{strconv.Itoa(b.Number), decimal(ctx, frequency), decimal(ctx, harm)}})
		}
	}
	return chart.Plane(c)
}

// movedPlane shows how what is shown of barriers has moved between two days.
// Barriers that were not shown at both are left out.
func movedPlane(ctx context.Context, all []Barrier, before, after map[store.ID][]Figure, sector ui.Sector) chart.Chart {
	c := chart.PlaneChart{ID: "moved", Title: lang.T(ctx, "barrier.moved.title", "Sector", sectorWord(ctx, sector)), Description: lang.T(ctx, "barrier.moved.text"),
		Note: lang.T(ctx, "barrier.moved.note"), Across: lang.T(ctx, "barrier.plane.across"), Up: lang.T(ctx, "barrier.plane.up"), Middle: middle, Quarters: quarters(ctx),
		Head: []string{lang.T(ctx, "barrier.field.statement"), lang.T(ctx, "barrier.field.number"), lang.T(ctx, "barrier.moved.frequency"), lang.T(ctx, "barrier.moved.harm")}}
	for _, b := range all {
		was, is := alike(before[b.ID], after[b.ID])
		f0, h0, ok0 := seen(was, sector)
		f1, h1, ok1 := seen(is, sector)
		if !ok0 || !ok1 {
			continue
		}
		point := chart.Point{Name: b.Statement, Mark: strconv.Itoa(b.Number), Sector: string(sector), Across: f1, Up: h1,
			Cells: []string{strconv.Itoa(b.Number), change(ctx, f0, f1), change(ctx, h0, h1)}}
		if f0 != f1 || h0 != h1 {
			point.From = &[2]float64{f0, h0}
		}
		c.Points = append(c.Points, point)
	}
	return chart.Plane(c)
}

// alike keeps the sectors that were shown at both days: a mean over other
// sectors would move without anybody changing their mind.
func alike(before, after []Figure) (was, is []Figure) {
	for _, b := range before {
		for _, a := range after {
			if a.Sector == b.Sector {
				was, is = append(was, b), append(is, a)
			}
		}
	}
	return was, is
}

func change(ctx context.Context, before, after float64) string {
	return decimal(ctx, before) + " → " + decimal(ctx, after)
}

func sectorWord(ctx context.Context, sector ui.Sector) string {
	if sector == "" {
		return lang.T(ctx, "barrier.all_sectors")
	}
	return sector.Name(ctx)
}
