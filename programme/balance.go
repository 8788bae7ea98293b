package programme

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/web/ui"
)

// few is the number of people from which a group may be named in public: in a
// gmina of three thousand the two people of a sector are known by name.
const few = 5

// Count is a group of members with the number that may be shown.
type Count struct {
	Name    string // sector, or TERC of a gmina ("" for elsewhere)
	Members int
	Hidden  bool
	key     string // Polish order of gminas, elsewhere last
}

// bySector counts members by sector, always all four and in one order.
func bySector(cells []Cell) []Count {
	counts := make([]Count, len(sectors))
	for i, sector := range sectors {
		counts[i].Name = sector
		for _, c := range cells {
			if c.Sector == sector {
				counts[i].Members += c.Members
			}
		}
	}
	return counts
}

// byMunicipality counts members by gmina, those with most of them first.
func byMunicipality(cells []Cell) []Count {
	var counts []Count
	for _, c := range cells {
		i := slices.IndexFunc(counts, func(known Count) bool { return known.Name == c.Municipality })
		if i < 0 {
			counts = append(counts, Count{Name: c.Municipality, key: placeKey(c.Municipality)})
			i = len(counts) - 1
		}
		counts[i].Members += c.Members
	}
	slices.SortFunc(counts, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Members, a.Members), cmp.Compare(a.key, b.key))
	})
	return counts
}

func placeKey(terc string) string {
	if terc == "" {
		return "~"
	}
	return lang.SortKey(territory.Name(terc))
}

func total(counts []Count) int {
	sum := 0
	for _, c := range counts {
		sum += c.Members
	}
	return sum
}

// hideFew marks what must not be shown in public. Where only one group is small,
// the next smallest is hidden with it: otherwise the difference to the total,
// which the other table gives away, would tell its number.
func hideFew(counts []Count) []Count {
	counts = slices.Clone(counts)
	hidden, next := 0, -1
	for i, c := range counts {
		switch {
		case c.Members == 0:
		case c.Members < few:
			counts[i].Hidden = true
			hidden++
		case next < 0 || c.Members < counts[next].Members:
			next = i
		}
	}
	if hidden == 1 && next >= 0 {
		counts[next].Hidden = true
	}
	return counts
}

// hiddenLast puts hidden groups behind the others, by name: their order by
// number would tell what is hidden.
func hiddenLast(counts []Count) []Count {
	slices.SortStableFunc(counts, func(a, b Count) int {
		switch {
		case !a.Hidden && !b.Hidden:
			return 0
		case !a.Hidden:
			return -1
		case !b.Hidden:
			return 1
		}
		return cmp.Compare(a.key, b.key)
	})
	return counts
}

func anyHidden(counts []Count) bool {
	return slices.ContainsFunc(counts, func(c Count) bool { return c.Hidden })
}

// balance is the picture of who takes part. In public it hides small groups,
// and with them the total, from which they could be computed.
type balance struct {
	Sectors, Municipalities []Count
	Total                   int
	TotalHidden             bool
}

func balanceOf(cells []Cell, public bool) balance {
	b := balance{Sectors: bySector(cells), Municipalities: byMunicipality(cells)}
	b.Total = total(b.Sectors)
	if public {
		b.Sectors, b.Municipalities = hideFew(b.Sectors), hiddenLast(hideFew(b.Municipalities))
		b.TotalHidden = anyHidden(b.Sectors) || anyHidden(b.Municipalities)
	}
	return b
}

// charts draws the balance: sectors as shares of one bar, gminas as bars.
func (b balance) charts(ctx context.Context) []chart.Chart {
	whole := chart.BalanceChart{ID: "sectors", Title: lang.T(ctx, "programme.balance.sectors"),
		Description: lang.T(ctx, "programme.balance.sectors_text"), Note: note(ctx, b.Sectors), Head: lang.T(ctx, "programme.balance.group"),
		Rows: make([]chart.BalanceRow, 1)}
	for _, c := range b.Sectors {
		whole.Sectors = append(whole.Sectors, chart.Sign{Sector: c.Name, Label: ui.Sector(c.Name).Name(ctx)})
		whole.Rows[0].Values = append(whole.Rows[0].Values, c.value(ctx))
	}
	return []chart.Chart{chart.Balance(whole), b.places(ctx)}
}

// places draws the gminas that may be shown and names the others in one line:
// a column of dashes would say no more. The table has them all.
func (b balance) places(ctx context.Context) chart.Chart {
	bars := chart.BarChart{ID: "gminas", Title: lang.T(ctx, "programme.balance.gminas"),
		Description: lang.T(ctx, "programme.balance.gminas_text"), Note: note(ctx, b.Municipalities),
		Head: []string{lang.T(ctx, "programme.balance.gmina"), lang.T(ctx, "programme.balance.members")}}
	var rows [][]string
	var hidden []string
	for _, c := range b.Municipalities {
		name, value := placeName(ctx, c.Name), c.value(ctx)
		rows = append(rows, []string{name, value.Text})
		if c.Hidden {
			hidden = append(hidden, name)
		} else {
			bars.Bars = append(bars.Bars, chart.Bar{Label: name, Value: value})
		}
	}
	if len(hidden) > 0 {
		bars.Note = lang.T(ctx, "programme.balance.also", "Places", strings.Join(hidden, ", ")) + " " + bars.Note
	}
	drawn := chart.Bars(bars)
	drawn.Table.Rows = rows
	return drawn
}

// note says why numbers are missing, where some are.
func note(ctx context.Context, counts []Count) string {
	if !anyHidden(counts) {
		return ""
	}
	return lang.T(ctx, "programme.balance.note")
}

func (c Count) value(ctx context.Context) chart.Value {
	v := chart.Value{Number: float64(c.Members), Text: lang.Number(ctx, int64(c.Members)), Hidden: c.Hidden}
	switch {
	case !c.Hidden:
	case c.Members < few:
		v.Text = lang.T(ctx, "programme.balance.few")
	default:
		v.Text = lang.T(ctx, "programme.balance.hidden")
	}
	return v
}

func placeName(ctx context.Context, terc string) string {
	if terc == "" {
		return lang.T(ctx, "programme.balance.elsewhere")
	}
	return territory.Name(terc)
}
