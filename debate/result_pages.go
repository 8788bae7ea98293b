package debate

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// resultView is the page of results. While the debate is open it tells a
// participant what everybody thinks of what they have voted on, and nobody
// anything about sectors: of two figures one vote apart the difference is that
// vote.
type resultView struct {
	Debate Debate
	Result *Result
	Final  bool
	In     bool
	Own    Own
	Filter string
}

func (s *Service) showResults(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, p, err := s.takesPart(r)
	v := resultView{Debate: d, In: err == nil, Final: d.At(s.db.Now()) == Over, Filter: web.Query(r).Optional("pokaz", filters...)}
	if err != nil && (d.ID == "" || !fault.Is(err, fault.KindNotFound)) {
		return err
	}
	if v.Result, err = s.Result(ctx, d.ID); err != nil {
		return err
	}
	if v.In {
		if v.Own, err = s.Own(ctx, d.ID, p.Number); err != nil {
			return err
		}
	}
	return web.Render(w, r, resultPage(v))
}

// filters of the table of statements.
var filters = []string{"wspolne", "rozne", "wazne"}

// enoughToTell is the number of votes from which shares are shown.
const enoughToTell = 5

// row is one statement in the table of results.
type row struct {
	Statement
	Tally     opinion.Tally
	Compared  opinion.Compared
	Important int
}

// rows are the statements that are shown, and that this reader may see now: all
// after the close; before it those on which they have voted and, where guesses
// are asked, guessed.
func (v resultView) rows() []row {
	var all []row
	for i, st := range v.Result.Statements {
		if st.State != Shown || v.Result.Map == nil || i >= len(v.Result.Map.All) || !v.tells(st.Number) {
			continue
		}
		all = append(all, row{st, v.Result.Map.All[i], v.Result.Compared.Statements[i], v.Result.Important[i]})
	}
	return all
}

func (v resultView) tells(statement int) bool {
	if v.Final {
		return true
	}
	_, voted := v.Own.Votes[statement]
	return v.In && voted && (!v.Debate.Mirror || len(v.Own.Guessed[statement]) > 0)
}

// filtered are the rows of the filter that the reader chose.
func (v resultView) filtered() []row {
	return slices.DeleteFunc(v.rows(), func(r row) bool {
		switch v.Filter {
		case "wspolne":
			return !r.Compared.Bridges && !r.Compared.BridgesInRejection
		case "rozne":
			return !r.Compared.Real
		case "wazne":
			return r.Important < enoughToTell
		}
		return false
	})
}

// shared are the statements in which every sector is on one side, those that
// bridge best first.
func (v resultView) shared() []row {
	all := slices.DeleteFunc(v.rows(), func(r row) bool { return !r.Compared.Bridges && !r.Compared.BridgesInRejection })
	slices.SortStableFunc(all, func(a, b row) int {
		return cmp.Compare(max(b.Compared.Bridge, b.Compared.BridgeOfRejection), max(a.Compared.Bridge, a.Compared.BridgeOfRejection))
	})
	return all[:min(len(all), inPlainWords)]
}

// apart are the statements on which sectors really differ, the widest first.
func (v resultView) apart() []row {
	all := slices.DeleteFunc(v.rows(), func(r row) bool { return !r.Compared.Real })
	slices.SortStableFunc(all, func(a, b row) int { return cmp.Compare(b.Compared.Gap, a.Compared.Gap) })
	return all[:min(len(all), inPlainWords)]
}

// inPlainWords is how many statements each part of the first screen names.
const inPlainWords = 5

// surprises are the statements on which a sector is not what others believe.
func (v resultView) surprises() []opinion.Surprise {
	if !v.Final || v.Result.Mirror == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(v.Result.Mirror.Surprises), func(s opinion.Surprise) bool {
		return v.Result.Map.Moderated[s.Statement] || math.Abs(s.Difference) < 0.10
	})
}

func (v resultView) text(statement int) string { return v.Result.Statements[statement].Text }

// people is a sector in the genitive plural: of a hundred officials.
func people(ctx context.Context, sector int) string {
	return lang.T(ctx, "debate.people."+string(ui.Sectors[sector]))
}

// percent writes a share from 0 to 1.
func percent(share float64) string { return strconv.Itoa(int(math.Round(100*share))) + "\u00a0%" }

func shares(ctx context.Context, t opinion.Tally) string {
	if t.Votes() < enoughToTell {
		return lang.T(ctx, "debate.few")
	}
	n := float64(t.Votes())
	return lang.T(ctx, "debate.shares", "Agree", percent(float64(t.Agree)/n), "Pass", percent(float64(t.Pass)/n), "Disagree", percent(float64(t.Disagree)/n))
}

// mapChart draws who votes alike. Sectors have their shapes once the debate is
// over, and only those that may be told.
func (v resultView) mapChart(ctx context.Context) chart.Chart {
	m := v.Result.Map
	c := chart.CrowdChart{ID: "mapa", Title: lang.T(ctx, "debate.map.title"), OwnLabel: lang.T(ctx, "debate.map.you"),
		Head: []string{lang.T(ctx, "debate.map.group"), lang.T(ctx, "debate.map.people")}}
	explained := m.Plane.Explained()
	c.Description = lang.T(ctx, "debate.map.text", "People", m.Clustered, "Groups", len(m.Groups), "Share", percent(explained[0]+explained[1]))
	for _, g := range m.Groups {
		name := lang.T(ctx, "debate.map.name", "Letter", string(rune('A'+g.ID%26)))
		c.Groups = append(c.Groups, chart.Cluster{Name: name, Row: []string{name, strconv.Itoa(g.Size)}})
	}
	for p, g := range m.Group {
		if g >= 0 {
			c.Dots = append(c.Dots, chart.Dot{X: m.At[p].X, Y: m.At[p].Y, Group: int(g), Sector: v.toldSector(p)})
		}
	}
	if v.Final {
		for i, sector := range ui.Sectors {
			if !v.Result.Compared.Hidden[i] {
				c.Sectors = append(c.Sectors, chart.Sign{Sector: string(sector), Label: sector.Name(ctx)})
			}
		}
		c.Note = lang.T(ctx, "debate.map.hidden")
	}
	if v.Own.Placed && !v.Final {
		c.Own = &chart.Dot{X: v.Own.At.X, Y: v.Own.At.Y, Group: -1}
	}
	return chart.Crowd(c)
}

// toldSector is the sector with which a participant is drawn: none while the
// debate is open, none where fewer than five share it, and none where groups and
// sectors together would single somebody out.
func (v resultView) toldSector(participant int) string {
	if !v.Final || v.Result.Compared.Follow == nil || v.Result.Compared.Follow.Table == nil {
		return ""
	}
	sector := v.Result.sectorOf(participant)
	if sector < 0 || v.Result.Compared.Hidden[sector] || !slices.Contains(v.Result.Compared.Follow.Sectors, sector) {
		return ""
	}
	return string(ui.Sectors[sector])
}

// sides draws how each sector stands to one statement.
func sides(ctx context.Context, r row) chart.Chart {
	c := chart.SidesChart{ID: "s" + strconv.Itoa(r.Number), Title: r.Text, Head: []string{lang.T(ctx, "debate.sector"),
		lang.T(ctx, "debate.vote.agree"), lang.T(ctx, "debate.vote.pass"), lang.T(ctx, "debate.vote.disagree")}, Description: r.verdict(ctx)}
	for i, view := range r.Compared.Views {
		label := ui.Sectors[i].Name(ctx)
		side := chart.SidesRow{Sector: string(ui.Sectors[i]), Label: label}
		if view.Hidden {
			hidden := chart.Value{Hidden: true, Text: lang.T(ctx, "debate.few")}
			side.Agree, side.Pass, side.Disagree = hidden, hidden, hidden
			c.Note = lang.T(ctx, "debate.hidden")
		} else {
			n := float64(view.Tally.Votes())
			side.Label = lang.N(ctx, "debate.sector_votes", view.Tally.Votes(), "Sector", label)
			side.Agree = chart.Value{Number: float64(view.Tally.Agree) / n, Text: lang.T(ctx, "debate.share.agree", "Share", percent(float64(view.Tally.Agree)/n))}
			side.Pass = chart.Value{Number: float64(view.Tally.Pass) / n, Text: percent(float64(view.Tally.Pass) / n)}
			side.Disagree = chart.Value{Number: float64(view.Tally.Disagree) / n, Text: lang.T(ctx, "debate.share.disagree", "Share", percent(float64(view.Tally.Disagree)/n))}
		}
		c.Rows = append(c.Rows, side)
	}
	return chart.Sides(c)
}

// verdict says in a sentence what the sectors' votes on a statement come to.
func (r row) verdict(ctx context.Context) string {
	c := r.Compared
	switch {
	case !c.Known:
		return lang.T(ctx, "debate.verdict.few")
	case c.Real:
		return lang.T(ctx, "debate.verdict.real", "Most", people(ctx, c.Most), "Least", people(ctx, c.Least),
			"MostShare", percent(c.Views[c.Most].Agree), "LeastShare", percent(c.Views[c.Least].Agree))
	case c.Bridges:
		return lang.T(ctx, "debate.verdict.bridge")
	case c.BridgesInRejection:
		return lang.T(ctx, "debate.verdict.rejection")
	}
	return lang.T(ctx, "debate.verdict.none")
}

// mostBeliefs is how many rows the mirror draws: the most mistaken ones.
const mostBeliefs = 12

// mirrorChart draws what sectors believe of each other beside how it is.
func (v resultView) mirrorChart(ctx context.Context) chart.Chart {
	c := chart.MirrorChart{ID: "lustro", Title: lang.T(ctx, "debate.mirror.title"), Description: lang.T(ctx, "debate.mirror.text"),
		Head: []string{lang.T(ctx, "debate.mirror.what"), lang.T(ctx, "debate.mirror.believed"), lang.T(ctx, "debate.mirror.real")},
		Ends: [2]chart.Value{{Text: "0\u00a0%"}, {Text: "100\u00a0%"}}}
	beliefs := v.beliefs()
	told := map[int]bool{}
	for _, b := range beliefs[:min(len(beliefs), mostBeliefs)] {
		told[b.From], told[b.About] = true, true
		c.Rows = append(c.Rows, chart.MirrorRow{From: string(ui.Sectors[b.From]), About: string(ui.Sectors[b.About]),
			Label:    lang.T(ctx, "debate.mirror.row", "From", ui.Sectors[b.From].Name(ctx), "About", ui.Sectors[b.About].Name(ctx), "Statement", v.text(b.Statement)),
			Believed: chart.Value{Number: b.Estimate, Text: lang.T(ctx, "debate.mirror.guessed", "Share", percent(b.Estimate))},
			Real:     chart.Value{Number: b.Real, Text: lang.T(ctx, "debate.mirror.is", "Share", percent(b.Real))}})
	}
	for i, sector := range ui.Sectors {
		if told[i] {
			c.Sectors = append(c.Sectors, chart.Sign{Sector: string(sector), Label: sector.Name(ctx)})
		}
	}
	return chart.Mirror(c)
}

func (v resultView) beliefs() []opinion.Belief {
	if !v.Final || v.Result.Mirror == nil {
		return nil
	}
	all := slices.DeleteFunc(slices.Clone(v.Result.Mirror.Beliefs), func(b opinion.Belief) bool {
		return b.OfUs || v.Result.Map.Moderated[b.Statement]
	})
	slices.SortStableFunc(all, func(a, b opinion.Belief) int { return cmp.Compare(b.Error, a.Error) })
	return all
}

// follows says whether opinions follow the sectors at all.
func (v resultView) follows(ctx context.Context) string {
	f := v.Result.Compared.Follow
	switch {
	case f == nil:
		return lang.T(ctx, "debate.follow.few")
	case f.Together():
		return lang.T(ctx, "debate.follow.no")
	}
	return lang.T(ctx, "debate.follow.yes", "Share", percent(f.Both))
}

// statementView is one statement on a page of its own, to link to.
type statementView struct {
	Debate    Debate
	Statement Statement
	Row       *row // its result, where the reader may see it
	Final     bool
	Open      bool
}

func (s *Service) showStatement(w http.ResponseWriter, r *http.Request) error {
	d, p, err := s.takesPart(r)
	in := err == nil
	if err != nil && (d.ID == "" || !fault.Is(err, fault.KindNotFound)) {
		return err
	}
	v := statementView{Debate: d, Final: d.At(s.db.Now()) == Over, Open: d.At(s.db.Now()) == Open}
	if v.Statement, err = s.statementAt(r, d); err != nil {
		return err
	}
	// What waits and what was kept out is read by the team and by its author.
	public := v.Statement.State != Waiting && v.Statement.State != Rejected
	if !public && !(in && v.Statement.Author == p.Number) && !access.From(r.Context()).May(Preview, string(d.Programme)) {
		return fault.NotFound("statement")
	}
	results := resultView{Debate: d, In: in, Final: v.Final}
	if results.Result, err = s.Result(r.Context(), d.ID); err != nil {
		return err
	}
	if in {
		if results.Own, err = s.Own(r.Context(), d.ID, p.Number); err != nil {
			return err
		}
	}
	for _, found := range results.rows() {
		if found.Number == v.Statement.Number {
			v.Row = &found
		}
	}
	return web.Render(w, r, statementPage(v))
}

func mayLead(ctx context.Context, d Debate) bool {
	return access.From(ctx).May(Lead, string(d.Programme))
}

func number(n int) string { return fmt.Sprint(n) }
