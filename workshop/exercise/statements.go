package exercise

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Statements is a vote on sentences, and where it has a mirror, after each vote a
// guess how another sector votes: how many of a hundred agree.
var Statements = activity.Kind{Name: "statements", Title: "exercise.statements", About: "exercise.statements.about", Minutes: 10, Sources: "statements",
	Settings: []activity.Setting{
		{Name: "statements", Label: "exercise.statements.statements", Hint: "exercise.lines", Input: activity.Lines, Min: 1, Max: 40},
		{Name: "mirror", Label: "exercise.statements.mirror", Hint: "exercise.statements.mirror.hint", Input: activity.Flag, Default: "1"},
	},
	Begin: func(t activity.Task) activity.State { return newStatements(t) }}

type statements struct {
	task    activity.Task
	texts   []string
	mirror  bool
	votes   *opinion.Votes
	rows    map[store.ID]int
	sectors opinion.Sectors
	guessed map[guessKey]guess
	hands   []opinion.Tally
}

// guessKey is a guess of a participant about a statement.
type guessKey struct {
	row, statement int
}

// guess is what a participant guessed, and of which sector.
type guess struct {
	about   int // place in ui.Sectors
	percent int // -1: skipped
}

type statementAnswer struct {
	Statement int       `json:"statement"`
	Vote      *int      `json:"vote,omitempty"`
	About     ui.Sector `json:"about,omitempty"`
	Percent   *int      `json:"percent,omitempty"` // nil beside About: no guess
	Hands     []int     `json:"hands,omitempty"`   // agree, pass, disagree of each statement
}

func newStatements(t activity.Task) *statements {
	s := &statements{task: t, texts: t.Settings.Lines("statements"), mirror: t.Settings.Is("mirror"), votes: &opinion.Votes{},
		rows: map[store.ID]int{}, guessed: map[guessKey]guess{}}
	for _, sector := range ui.Sectors {
		s.sectors.Names = append(s.sectors.Names, string(sector))
	}
	s.hands = make([]opinion.Tally, len(s.texts))
	_ = s.votes.Grow(0, len(s.texts)) // at most forty
	return s
}

// votes as forms send them.
var votesByWord = map[string]int{"za": 1, "wstrzymuje": 0, "przeciw": -1}

func (s *statements) Read(f *form.Form, by activity.By) string {
	if by.Team {
		return s.Hands(readHands(f, 3*len(s.texts)))
	}
	a := statementAnswer{Statement: at(f, "statement", len(s.texts))}
	if word := f.Get("vote"); word != "" {
		vote, known := votesByWord[word]
		f.Check(known, "vote", "form.not_offered")
		a.Vote = &vote
		return activity.Body(a)
	}
	a.About = ui.Sector(f.Get("about"))
	f.Check(sectorAt(a.About) >= 0 && a.About != by.Sector, "about", "form.not_offered")
	if f.Get("skip") == "" {
		percent := f.Int("percent", 0, 100)
		a.Percent = &percent
	}
	return activity.Body(a)
}

// about is the sector whose answer a participant is asked to guess on a statement.
// Which one follows from the two, so that everybody is asked about everybody; but a
// sector of which few are in the room would be guessed about for nothing.
func about(v activity.View, statement int) ui.Sector {
	var enough, some, any []ui.Sector
	for i, sector := range ui.Sectors {
		n := 0
		if i < len(v.Joined) {
			n = v.Joined[i]
		}
		switch {
		case sector == v.Sector:
			continue
		case n >= activity.Least:
			enough = append(enough, sector)
		case n > 0:
			some = append(some, sector)
		}
		if i < 3 { // of business alone few in a hall can guess
			any = append(any, sector)
		}
	}
	for _, of := range [][]ui.Sector{enough, some, any} {
		if len(of) > 0 {
			return of[lot(v.ID, statement, len(of))]
		}
	}
	return ui.Administration // not reached: there are other sectors than one's own
}

func (s *statements) Add(e activity.Entry) {
	var a statementAnswer
	if !e.Read(&a) {
		return
	}
	if e.Who.ID == "" {
		if len(a.Hands) == 3*len(s.texts) {
			for i := range s.hands {
				s.hands[i] = opinion.Tally{Agree: a.Hands[3*i], Pass: a.Hands[3*i+1], Disagree: a.Hands[3*i+2]}
			}
		}
		return
	}
	if a.Statement < 0 || a.Statement >= len(s.texts) {
		return
	}
	row, known := s.rows[e.Who.ID]
	if !known {
		row = len(s.rows)
		s.rows[e.Who.ID] = row
		s.sectors.Of = append(s.sectors.Of, int8(sectorAt(e.Who.Sector)))
	}
	if a.Vote != nil {
		_ = s.votes.Set(row, a.Statement, opinion.Vote(*a.Vote)) // another value is nobody's vote
		return
	}
	key := guessKey{row, a.Statement}
	if _, voted := s.votes.Of(row, a.Statement); !voted || s.has(key) {
		return // a guess comes after the own vote, and the first one counts
	}
	g := guess{about: sectorAt(a.About), percent: -1}
	if a.Percent != nil && *a.Percent >= 0 && *a.Percent <= 100 && g.about >= 0 {
		g.percent = *a.Percent
	}
	s.guessed[key] = g
}

func (s *statements) has(key guessKey) bool {
	_, there := s.guessed[key]
	return there
}

func (s *statements) People() int { return len(s.rows) }

// step is one question on a phone: a vote, or the guess after it.
type step struct {
	Statement int
	Guess     bool
}

// left are the questions that a participant has not answered, in order. The phone
// has all of them, so that it can go on without a network.
func (s *statements) left(who activity.Who) (all []step) {
	row, known := s.rows[who.ID]
	for i := range s.texts {
		if _, voted := s.votes.Of(row, i); !known || !voted {
			all = append(all, step{Statement: i})
		}
		if s.mirror && (!known || !s.has(guessKey{row, i})) {
			all = append(all, step{Statement: i, Guess: true})
		}
	}
	return all
}

// own is the vote of a participant on a statement.
func (s *statements) own(who activity.Who, statement int) (opinion.Vote, bool) {
	row, known := s.rows[who.ID]
	if !known {
		return 0, false
	}
	return s.votes.Of(row, statement)
}

// tally is everybody's, hands among them.
func (s *statements) tally(statement int) opinion.Tally {
	t, h := s.votes.Tally(statement), s.hands[statement]
	return opinion.Tally{Agree: t.Agree + h.Agree, Pass: t.Pass + h.Pass, Disagree: t.Disagree + h.Disagree}
}

// compared are the sectors on each statement: phones and sheets, whose sector is
// known.
func (s *statements) compared() []opinion.Compared {
	counts := opinion.CountBySector(s.votes, s.sectors)
	all := make([]opinion.Compared, len(s.texts))
	for i := range s.texts {
		sectors := make([]opinion.Tally, len(counts))
		for k := range counts {
			sectors[k] = counts[k][i]
		}
		all[i] = opinion.CompareStatement(sectors, s.votes.Tally(i))
	}
	return all
}

// mirrored is what the sectors believe about each other.
func (s *statements) mirrored() *opinion.Mirrored {
	if !s.mirror {
		return nil
	}
	var guesses []opinion.Guess
	for key, g := range s.guessed {
		if g.percent >= 0 {
			guesses = append(guesses, opinion.Guess{Participant: key.row, Statement: key.statement, About: g.about, Percent: g.percent})
		}
	}
	slices.SortFunc(guesses, func(a, b opinion.Guess) int {
		return cmp.Or(cmp.Compare(a.Participant, b.Participant), cmp.Compare(a.Statement, b.Statement))
	})
	return opinion.Mirror(s.votes, s.sectors, guesses)
}

// Surprises are the statements on which a sector is not what the others believe,
// the farthest first: what a poster says.
func (s *statements) surprises() []opinion.Surprise {
	m := s.mirrored()
	if m == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(m.Surprises), func(x opinion.Surprise) bool { return math.Abs(x.Difference) < 0.10 })
}

func (s *statements) Phone(v activity.View) templ.Component  { return statementsPhone(v, s) }
func (s *statements) Screen(v activity.View) templ.Component { return statementsScreen(v, s) }
func (s *statements) Lead(v activity.View) templ.Component {
	return handsForm(v, s.Options(nil), s.counted())
}

// counted are the hands as the form shows them.
func (s *statements) counted() (all []int) {
	for _, h := range s.hands {
		all = append(all, h.Agree, h.Pass, h.Disagree)
	}
	return all
}

// chart shows one statement: everybody, and once nobody votes any more the sectors.
// Of two figures one vote apart the difference is that vote.
func (s *statements) chart(ctx context.Context, v activity.View, i int, c opinion.Compared) chart.Chart {
	out := chart.SidesChart{ID: chartID(v, "zdanie-"+number(i+1)), Title: s.texts[i], Description: lang.N(ctx, "exercise.votes", s.tally(i).Votes()),
		Head: []string{lang.T(ctx, "exercise.statements.who"), lang.T(ctx, "exercise.vote.za"), lang.T(ctx, "exercise.vote.wstrzymuje"), lang.T(ctx, "exercise.vote.przeciw")}}
	out.Rows = append(out.Rows, sides(ctx, "", lang.T(ctx, "exercise.everybody"), s.tally(i), s.tally(i).Votes() < activity.Least))
	if v.Open {
		return chart.Sides(out)
	}
	for k, view := range c.Views {
		out.Rows = append(out.Rows, sides(ctx, string(ui.Sectors[k]), ui.Sectors[k].Name(ctx), view.Tally, view.Hidden))
	}
	out.Note = lang.T(ctx, "exercise.few")
	return chart.Sides(out)
}

func sides(ctx context.Context, sector, label string, t opinion.Tally, hidden bool) chart.SidesRow {
	few := lang.T(ctx, "exercise.few.short")
	if n := float64(t.Votes()); !hidden {
		part := func(key string, k int) chart.Value {
			return chart.Value{Number: float64(k) / n, Text: lang.T(ctx, key) + " " + percent(float64(k)/n)}
		}
		return chart.SidesRow{Sector: sector, Label: label, Agree: part("exercise.vote.za", t.Agree), Pass: part("exercise.vote.wstrzymuje", t.Pass), Disagree: part("exercise.vote.przeciw", t.Disagree)}
	}
	return chart.SidesRow{Sector: sector, Label: label, Agree: chart.Value{Hidden: true, Text: few}, Pass: chart.Value{Hidden: true, Text: few}, Disagree: chart.Value{Hidden: true, Text: few}}
}

// beliefs draws what sectors believe of each other, the most wrong first.
func (s *statements) beliefs(ctx context.Context, v activity.View) (chart.Chart, bool) {
	m := s.mirrored()
	if v.Open || m == nil {
		return chart.Chart{}, false
	}
	all := slices.Clone(m.Beliefs)
	slices.SortStableFunc(all, func(a, b opinion.Belief) int { return cmp.Compare(b.Error, a.Error) })
	all = all[:min(len(all), 8)]
	c := chart.MirrorChart{ID: chartID(v, "lustro"), Title: lang.T(ctx, "exercise.mirror"), Description: lang.T(ctx, "exercise.mirror.text"),
		Head: []string{lang.T(ctx, "exercise.mirror.what"), lang.T(ctx, "exercise.mirror.believed"), lang.T(ctx, "exercise.mirror.real")},
		Ends: [2]chart.Value{{Text: "0\u00a0%"}, {Text: "100\u00a0%"}}}
	told := map[int]bool{}
	for _, b := range all {
		told[b.From], told[b.About] = true, true
		c.Rows = append(c.Rows, chart.MirrorRow{From: string(ui.Sectors[b.From]), About: string(ui.Sectors[b.About]),
			Label:    lang.T(ctx, "exercise.mirror.row", "From", ui.Sectors[b.From].Name(ctx), "About", ui.Sectors[b.About].Name(ctx), "Statement", s.texts[b.Statement]),
			Believed: chart.Value{Number: b.Estimate, Text: lang.T(ctx, "exercise.mirror.guessed", "Share", percent(b.Estimate))},
			Real:     chart.Value{Number: b.Real, Text: lang.T(ctx, "exercise.mirror.is", "Share", percent(b.Real))}})
	}
	c.Sectors = signs(ctx, func(i int) bool { return told[i] })
	return chart.Mirror(c), len(all) > 0
}

func (s *statements) Tables(ctx context.Context) []export.Table {
	t := export.Table{Name: lang.T(ctx, "exercise.statements"), Head: export.Titles(ctx, "exercise.statements.statement", "exercise.vote.za", "exercise.vote.wstrzymuje", "exercise.vote.przeciw")}
	for _, sector := range ui.Sectors {
		for _, word := range []string{"za", "wstrzymuje", "przeciw"} {
			t.Head = append(t.Head, sector.Name(ctx)+": "+lang.T(ctx, "exercise.vote."+word))
		}
	}
	for i, c := range s.compared() {
		all := s.tally(i)
		row := []any{s.texts[i], all.Agree, all.Pass, all.Disagree}
		for _, view := range c.Views {
			if view.Hidden {
				row = append(row, "", "", "")
			} else {
				row = append(row, view.Tally.Agree, view.Tally.Pass, view.Tally.Disagree)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	tables := []export.Table{t}
	if m := s.mirrored(); m != nil {
		guesses := export.Table{Name: lang.T(ctx, "exercise.mirror"), Head: export.Titles(ctx, "exercise.statements.statement", "exercise.mirror.from", "exercise.mirror.about", "exercise.mirror.believed", "exercise.mirror.real")}
		for _, b := range m.Beliefs {
			guesses.Rows = append(guesses.Rows, []any{s.texts[b.Statement], ui.Sectors[b.From].Name(ctx), ui.Sectors[b.About].Name(ctx), math.Round(100 * b.Estimate), math.Round(100 * b.Real)})
		}
		tables = append(tables, guesses)
	}
	return tables
}

func (s *statements) Sheet(ctx context.Context) (all []activity.Question) {
	votes := []string{lang.T(ctx, "exercise.vote.za"), lang.T(ctx, "exercise.vote.wstrzymuje"), lang.T(ctx, "exercise.vote.przeciw")}
	for i, text := range s.texts {
		all = append(all, activity.Question{Text: number(i+1) + ". " + text, Answers: votes})
	}
	return all
}

func (s *statements) Line(ctx context.Context) string {
	return lang.T(ctx, "exercise.statements.line", "Count", len(s.texts))
}

// Type reads one sign for each statement: "+ + 0 - ." with a dot where the sheet
// is empty.
func (s *statements) Type(line string) (bodies []string, err error) {
	votes := map[rune]int{'+': 1, '0': 0, '-': -1}
	marks := []rune(strings.Join(strings.Fields(line), ""))
	if len(marks) != len(s.texts) {
		return nil, errLine("exercise.statements.line.count", "Want", len(s.texts), "Have", len(marks))
	}
	for i, mark := range marks {
		if mark == '.' {
			continue
		}
		vote, known := votes[mark]
		if !known {
			return nil, errLine("exercise.statements.line.mark", "Mark", string(mark), "Place", strconv.Itoa(i+1))
		}
		bodies = append(bodies, activity.Body(statementAnswer{Statement: i, Vote: &vote}))
	}
	return bodies, nil
}

// Options are three for each statement. ctx may be nil where no words are needed.
func (s *statements) Options(ctx context.Context) (all []string) {
	for i, text := range s.texts {
		for _, sign := range []string{"+", "0", "−"} {
			all = append(all, number(i+1)+sign+" "+text)
		}
	}
	return all
}

func (s *statements) Hands(counts []int) string { return activity.Body(statementAnswer{Hands: counts}) }
