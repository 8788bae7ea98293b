package debate

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

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
	Held   bool     // the debate is over, and its results wait to be shown
	Team   bool     // the reader sees them all the same
	Frame  bool     // in a frame of another site
	Home   string   // where the page stands on this site, for a frame
	Others []Debate // over, with the same statements
}

func (s *Service) showResults(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, p, err := s.takesPart(r)
	v := resultView{Debate: d, In: err == nil, Filter: web.Query(r).Optional("pokaz", filters...)}
	s.whatIsTold(ctx, &v)
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
	if v.Others, err = s.sameStatements(ctx, d); err != nil {
		return err
	}
	return web.Render(w, r, resultPage(v))
}

// whatIsTold says whether the reader sees the full results: everybody does once
// they are told, and the team as soon as the debate is over.
func (s *Service) whatIsTold(ctx context.Context, v *resultView) {
	now := s.db.Now()
	v.Held = v.Debate.At(now) == Over && !v.Debate.Told(now)
	v.Team = v.Held && access.From(ctx).May(Preview, string(v.Debate.Programme))
	v.Final = v.Debate.Told(now) || v.Team
}

// filters of the table of statements.
var filters = []string{"wspolne", "zgodne", "rozne", "wazne"}

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
	if v.Debate.Reveal == ByHand {
		return false
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
		case "zgodne":
			return !v.common(r.Number)
		case "rozne":
			return !r.differs()
		case "wazne":
			return r.Important < enoughToTell
		}
		return false
	})
}

// common reports whether a clear majority of all who voted, whatever their
// sector, is on one side of a statement.
func (v resultView) common(statement int) bool {
	is := func(c opinion.Common) bool { return c.Statement == statement-1 }
	return slices.ContainsFunc(v.Result.Agree, is) || slices.ContainsFunc(v.Result.Disagree, is)
}

// where says in words where the reader stands on the map.
func (v resultView) where(ctx context.Context) string {
	if !v.Own.Placed || v.Final {
		return ""
	}
	if at := v.Own.Group; at >= 0 && at < len(v.Result.Map.Groups) {
		g := v.Result.Map.Groups[at]
		return lang.T(ctx, "debate.where.group", "Letter", letter(g.ID), "People", g.Size)
	}
	return lang.T(ctx, "debate.where.none")
}

func letter(group int) string { return string(rune('A' + group%26)) }

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
	all := slices.DeleteFunc(v.rows(), func(r row) bool { return !r.differs() })
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
func (v resultView) people(ctx context.Context, sector int) string {
	return v.Result.Joined.people(ctx, ui.Sectors[sector])
}

func (v resultView) sector(ctx context.Context, sector int) string {
	return v.Result.Joined.name(ctx, ui.Sectors[sector])
}

// told reports whether a sector is told by itself, and not with another.
func (r *Result) told(sector int) bool {
	return r.Joined.of(ui.Sectors[sector]) == ui.Sectors[sector]
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
		name := lang.T(ctx, "debate.map.name", "Letter", letter(g.ID))
		c.Groups = append(c.Groups, chart.Cluster{Name: name, Row: []string{name, strconv.Itoa(g.Size)}})
	}
	told, crosses := v.toldSectors(), false
	for p, g := range m.Group {
		if g < 0 {
			continue
		}
		dot := chart.Dot{X: m.At[p].X, Y: m.At[p].Y, Group: int(g)}
		if told[p] >= 0 {
			dot.Sector = string(ui.Sectors[told[p]])
		} else {
			crosses = true
		}
		c.Dots = append(c.Dots, dot)
	}
	if v.Final {
		for i, sector := range ui.Sectors {
			if slices.Contains(told, i) {
				c.Sectors = append(c.Sectors, chart.Sign{Sector: string(sector), Label: v.sector(ctx, i)})
			}
		}
		if crosses {
			c.Note = lang.T(ctx, "debate.map.hidden")
		}
	}
	if v.Own.Placed && !v.Final {
		c.Own = &chart.Dot{X: v.Own.At.X, Y: v.Own.At.Y, Group: -1}
	}
	return chart.Crowd(c)
}

// toldSectors are the sectors with which participants are drawn, -1 for a cross:
// none while the debate is open, and at its end those whose sector and group
// together are not about too few people.
func (v resultView) toldSectors() []int {
	m := v.Result.Map
	told, counts := make([]int, len(m.Group)), make([][]int, len(m.Groups))
	for g := range counts {
		counts[g] = make([]int, len(ui.Sectors)+1) // the last one: no sector
	}
	of := func(p int) int {
		if s := v.Result.sectorOf(p); s >= 0 && !v.Result.Compared.Hidden[s] {
			return s
		}
		return len(ui.Sectors)
	}
	for p, g := range m.Group {
		if told[p] = -1; g >= 0 {
			counts[g][of(p)]++
		}
	}
	if !v.Final {
		return told
	}
	hidden := opinion.SuppressTable(counts)
	for p, g := range m.Group {
		if s := of(p); g >= 0 && s < len(ui.Sectors) && !hidden[g][s] {
			told[p] = s
		}
	}
	return told
}

// sides draws how each sector stands to one statement.
func (v resultView) sides(ctx context.Context, r row) chart.Chart {
	c := chart.SidesChart{ID: "s" + strconv.Itoa(r.Number), Title: r.Text, Head: []string{lang.T(ctx, "debate.sector"),
		lang.T(ctx, "debate.vote.agree"), lang.T(ctx, "debate.vote.pass"), lang.T(ctx, "debate.vote.disagree")}, Description: v.verdict(ctx, r)}
	for i, view := range r.Compared.Views {
		if !v.Result.told(i) {
			continue
		}
		label := v.sector(ctx, i)
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

// verdict says in a sentence what the sectors' votes on a statement come to. A
// difference that no test proves is told with its interval and the words that
// there are too few to say: silence would read as agreement.
func (v resultView) verdict(ctx context.Context, r row) string {
	c := r.tested()
	switch {
	case c.Known && c.Real:
		return lang.T(ctx, "debate.verdict.real", v.words(ctx, c)...)
	case r.Compared.Known && (r.Compared.Bridges || r.Compared.BridgesInRejection):
		return lang.T(ctx, r.bridge())
	}
	if !c.Known {
		c = r.Compared
	}
	switch {
	case !c.Known:
		return lang.T(ctx, "debate.verdict.few")
	case c.Gap >= worthTelling:
		return lang.T(ctx, "debate.verdict.unsure", v.words(ctx, c)...)
	}
	return lang.T(ctx, "debate.verdict.none")
}

// bridge is the sentence of a statement in which every sector is on one side.
func (r row) bridge() string {
	if r.Compared.Bridges {
		return "debate.verdict.bridge"
	}
	return "debate.verdict.rejection"
}

// words are the two sectors farthest apart, and how far that is.
func (v resultView) words(ctx context.Context, c opinion.Compared) []any {
	most, least := c.Views[c.Most].Tally, c.Views[c.Least].Tally
	low, high := opinion.DifferenceInterval(most.Agree, most.Votes(), least.Agree, least.Votes())
	return []any{"Most", v.people(ctx, c.Most), "Least", v.people(ctx, c.Least), "MostShare", percent(share(most)), "LeastShare", percent(share(least)),
		"Points", points(share(most) - share(least)), "Low", points(low), "High", points(high)}
}

// tested compares the sectors that are large enough for a test to mean anything:
// of the others the interval alone is told.
func (r row) tested() opinion.Compared {
	tallies, everybody := make([]opinion.Tally, len(r.Compared.Views)), opinion.Tally{}
	for i, view := range r.Compared.Views {
		if t := view.Tally; t.Votes() >= enoughToTest {
			tallies[i] = t
			everybody = opinion.Tally{Agree: everybody.Agree + t.Agree, Pass: everybody.Pass + t.Pass, Disagree: everybody.Disagree + t.Disagree}
		}
	}
	return opinion.CompareStatement(tallies, everybody)
}

// enoughToTest is the number of votes of a sector from which a test is told.
const enoughToTest = 10

// differs reports whether the sectors are apart on a statement: by the test, or
// where there are too few for one by the whole interval.
func (r row) differs() bool {
	if c := r.tested(); c.Known {
		return c.Real
	}
	c := r.Compared
	if !c.Known {
		return false
	}
	most, least := c.Views[c.Most].Tally, c.Views[c.Least].Tally
	low, _ := opinion.DifferenceInterval(most.Agree, most.Votes(), least.Agree, least.Votes())
	return low > 0
}

// worthTelling is the difference between two sectors from which it is told also
// where it is not proved.
const worthTelling = 0.10

func share(t opinion.Tally) float64 { return float64(t.Agree) / float64(t.Votes()) }

// points writes a difference of shares in percentage points.
func points(d float64) string {
	return strings.Replace(strconv.Itoa(int(math.Round(100*d))), "-", "\u2212", 1)
}

// mostBeliefs is how many rows the mirror draws: the most mistaken ones.
const mostBeliefs = 8

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
			Label:    lang.T(ctx, "debate.mirror.row", "From", v.sector(ctx, b.From), "About", v.sector(ctx, b.About), "Statement", v.text(b.Statement)),
			Believed: chart.Value{Number: b.Estimate, Text: lang.T(ctx, "debate.mirror.guessed", "Share", percent(b.Estimate))},
			Real:     chart.Value{Number: b.Real, Text: lang.T(ctx, "debate.mirror.is", "Share", percent(b.Real))}})
	}
	for i, sector := range ui.Sectors {
		if told[i] {
			c.Sectors = append(c.Sectors, chart.Sign{Sector: string(sector), Label: v.sector(ctx, i)})
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
	Results   resultView
	In        bool // the reader takes part
	Final     bool
	Open      bool
}

func (s *Service) showStatement(w http.ResponseWriter, r *http.Request) error {
	d, p, err := s.takesPart(r)
	in := err == nil
	if err != nil && (d.ID == "" || !fault.Is(err, fault.KindNotFound)) {
		return err
	}
	v := statementView{Debate: d, In: in, Open: d.At(s.db.Now()) == Open}
	if v.Statement, err = s.statementAt(r, d); err != nil {
		return err
	}
	// What waits and what was kept out is read by the team and by its author.
	public := v.Statement.State != Waiting && v.Statement.State != Rejected
	if !public && !(in && v.Statement.Author == p.Number) && !access.From(r.Context()).May(Preview, string(d.Programme)) {
		return fault.NotFound("statement")
	}
	results := resultView{Debate: d, In: in}
	s.whatIsTold(r.Context(), &results)
	v.Final = results.Final
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
	v.Results = results
	return web.Render(w, r, statementPage(v))
}

func mayLead(ctx context.Context, d Debate) bool {
	return access.From(ctx).May(Lead, string(d.Programme))
}

func number(n int) string { return fmt.Sprint(n) }
