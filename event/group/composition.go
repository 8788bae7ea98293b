package group

import (
	"context"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/event/count"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/web/ui"
)

// composition is who sits in a group as one reader may know it. Of everybody
// stands there for whom they sit; those who are there for themselves and have not
// chosen to be named are counted, and from count.Least on told how many.
type composition struct {
	Rows     []Member
	Unnamed  int // for themselves, not in Rows
	Deciding map[organisation.Sector]int
	Inside   bool // the reader reads everything
}

// compose sorts those who sit in a group now by what a reader may know; inside
// says that they may know all.
func compose(sitting []Member, inside bool) composition {
	c := composition{Deciding: map[organisation.Sector]int{}, Inside: inside}
	for _, m := range sitting {
		if m.Role.Decides() {
			c.Deciding[m.Sector]++
		}
		if inside || m.Public() {
			if !inside && !m.Named {
				m.Name = ""
			}
			c.Rows = append(c.Rows, m)
		} else {
			c.Unnamed++
		}
	}
	return c
}

// unnamed is how many sit there unnamed, if that may be told.
func (c composition) unnamed() (int, bool) { return count.One(c.Unnamed) }

// total is how many sit in the group, if that may be told.
func (c composition) total() (int, bool) {
	n, known := c.unnamed()
	return len(c.Rows) + n, known
}

// said tells in words how many sit in the group.
func (c composition) said(ctx context.Context) string {
	if n, known := c.total(); known {
		return lang.N(ctx, "event.group.members", n)
	}
	return lang.N(ctx, "event.group.members.and_few", len(c.Rows))
}

// balance draws how the sectors share the seats of those who decide.
func (c composition) balance(ctx context.Context) chart.Chart {
	b := chart.BalanceChart{ID: "sectors", Title: lang.T(ctx, "event.group.balance"), Description: lang.T(ctx, "event.group.balance.text"),
		Head: lang.T(ctx, "event.group.balance.head"), Rows: make([]chart.BalanceRow, 1)}
	_, told := c.unnamed()
	for _, sector := range ui.Sectors {
		n := c.Deciding[organisation.Sector(sector)]
		v := chart.Value{Number: float64(n), Text: lang.Number(ctx, int64(n))}
		if sector == ui.Resident && !told {
			v.Hidden, v.Text = true, lang.T(ctx, "event.group.balance.hidden")
			b.Note = lang.T(ctx, "event.group.balance.note")
		}
		b.Sectors = append(b.Sectors, chart.Sign{Sector: string(sector), Label: sector.Name(ctx)})
		b.Rows[0].Values = append(b.Rows[0].Values, v)
	}
	return chart.Balance(b)
}

// deciding reports whether anybody sits there whose sector counts.
func (c composition) deciding() bool {
	for _, n := range c.Deciding {
		if n > 0 {
			return true
		}
	}
	return false
}

// row is a member as a list of people shows one.
func (m Member) row(ctx context.Context) ui.PersonRow {
	r := ui.PersonRow{Name: m.Name, Role: m.Role.word(ctx), Organisation: m.OrganisationName, Sector: ui.Sector(m.Sector)}
	switch {
	case m.Name == "" && m.OrganisationName != "":
		r.Name, r.Organisation = m.OrganisationName, lang.T(ctx, "event.group.unnamed")
	case m.Name == "":
		r.Name = lang.T(ctx, "event.group.somebody")
	}
	return r
}

func (c composition) people(ctx context.Context) (rows []ui.PersonRow) {
	for _, m := range c.Rows {
		rows = append(rows, m.row(ctx))
	}
	return rows
}

// span says from when to when a stretch lasted.
func (m Member) span(ctx context.Context) string {
	if m.FromAt.IsZero() {
		return ""
	}
	if m.UntilAt.IsZero() {
		return lang.T(ctx, "event.group.since", "Day", lang.Date(ctx, m.FromAt.Time))
	}
	return lang.Span(ctx, m.FromAt.Time, m.UntilAt.Time)
}
