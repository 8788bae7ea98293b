package debate

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// editorView is the form of a debate's terms, new or not.
type editorView struct {
	Programme programme.Programme
	ID        store.ID
	Debate    *Debate // nil: a new one
	Form      *form.Form
	Version   int
	Open      bool // some terms are fixed
	Events    []ui.Option
}

func (s *Service) newDebate(w http.ResponseWriter, r *http.Request) error {
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	v := editorView{Programme: p, ID: store.NewID(), Form: form.New().Set("language", string(p.Language)).
		Set("entry", string(Anyone)).Set("moderation", string(Before)).Set("mirror", "1").Set("reveal", string(AtClose)).Set("joined", joinedValue(Apart))}
	if v.Events, err = eventOptions(r.Context(), s.db, p.ID); err != nil {
		return err
	}
	return web.Render(w, r, editorPage(v))
}

// readTerms takes the terms from a form. fixed are those of an open debate, of
// which the form shows a part only.
func readTerms(f *form.Form, events []ui.Option, fixed *Terms) Terms {
	var known []string
	for _, e := range events {
		known = append(known, e.Value)
	}
	var t Terms
	if fixed != nil {
		t = *fixed
	} else {
		t.Question, t.Mirror = f.Required("question", longestQuestion), f.Bool("mirror")
		t.Entry = Entry(f.Choice("entry", string(Accounts), string(WithCode), string(Anyone)))
		t.Reveal = Reveal(f.Optional("reveal", string(AtClose), string(ByHand)))
		if t.Joined = Joined(f.Optional("joined", joinedValues()...)); t.Joined == "apart" {
			t.Joined = Apart
		}
		t.OpensAt = store.At(f.RequiredMoment("opens_at"))
	}
	t.Intro, t.Language = f.Lines("intro", longestIntro), f.Choice("language", "pl", "en")
	t.Event = store.ID(f.Optional("event", known...))
	t.Moderation = Moderation(f.Choice("moderation", string(Before), string(After)))
	t.ClosesAt = store.At(f.Moment("closes_at"))
	t.Embed = strings.Join(origins(f.Lines("embed", longestEmbed)), "\n")
	return t
}

func joinedValues() []string {
	var all []string
	for _, j := range Joins {
		all = append(all, joinedValue(j))
	}
	return all
}

func (s *Service) begin(w http.ResponseWriter, r *http.Request) error {
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	v := editorView{Programme: p}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	if v.ID, err = store.ParseID(v.Form.Get("id")); err != nil {
		return fault.Invalid("fault.unreadable")
	}
	if v.Events, err = eventOptions(r.Context(), s.db, p.ID); err != nil {
		return err
	}
	terms := readTerms(v.Form, v.Events, nil)
	var d Debate
	if !v.Form.Any() {
		d, err = s.Begin(r.Context(), p.ID, v.ID, terms)
	}
	if v.Form.Any() || v.Form.Take(err) {
		return web.RenderInvalid(w, r, editorPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, d.Path()+"/prowadzenie", "debate.flash.begun")
}

func (s *Service) editor(r *http.Request) (editorView, error) {
	d, err := s.at(r)
	if err != nil {
		return editorView{}, err
	}
	p, err := s.programme(r)
	if err != nil {
		return editorView{}, err
	}
	v := editorView{Programme: p, ID: d.ID, Debate: &d, Version: d.Version, Open: d.At(s.db.Now()) == Open}
	v.Events, err = eventOptions(r.Context(), s.db, p.ID)
	return v, err
}

func (s *Service) edit(w http.ResponseWriter, r *http.Request) error {
	v, err := s.editor(r)
	if err != nil {
		return err
	}
	d := v.Debate
	v.Form = form.New().Set("question", d.Question).Set("intro", d.Intro).Set("language", d.Language).Set("event", string(d.Event)).
		Set("entry", string(d.Entry)).Set("moderation", string(d.Moderation)).SetMoment("opens_at", d.OpensAt.Time).SetMoment("closes_at", d.ClosesAt.Time).
		Set("reveal", string(d.Reveal)).Set("joined", joinedValue(d.Joined)).Set("embed", d.Embed)
	if d.Mirror {
		v.Form.Set("mirror", "1")
	}
	return web.Render(w, r, editorPage(v))
}

func (s *Service) save(w http.ResponseWriter, r *http.Request) error {
	v, err := s.editor(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	var fixed *Terms
	if v.Open {
		fixed = &v.Debate.Terms
	}
	terms := readTerms(v.Form, v.Events, fixed)
	if !v.Form.Any() {
		_, err = s.Revise(r.Context(), v.ID, v.Form.Version(), terms)
	}
	if v.Form.Any() || v.Form.Take(err) {
		return web.RenderInvalid(w, r, editorPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Debate.Path()+"/prowadzenie", "debate.flash.saved")
}

// leadView is the page of whoever leads a debate.
type leadView struct {
	Debate  Debate
	State   State
	When    string
	Address string // to be said aloud
	Result  *Result
	Waiting []Statement
	Shown   []Statement
	Gone    []Statement
	Appeals []Statement // kept out, and their authors say why not
	Small   []smallRow  // nil: nobody knows who comes
	Held    bool        // results wait to be shown
	Frame   string      // address of the results alone
	MayLead bool
	Form    *form.Form // of new statements
	File    *form.Form // of a file with some
	Polis   *form.Form
	Queue   *form.Form
}

func (v leadView) mistakes() bool {
	return v.Form.Any() || v.File.Any() || v.Polis.Any() || v.Queue.Any()
}

// smallRow is a sector as the list of people lets expect it.
type smallRow struct {
	Sector ui.Sector
	People int
	Hidden bool
}

// expected is what the list of people of the debate's event lets expect, while
// there is still time to change the rules. Who does not answer is not counted
// later, so that it is the best case.
func (s *Service) expected(ctx context.Context, d Debate) ([]smallRow, error) {
	if s.Expected == nil || d.Event == "" || d.At(s.db.Now()) != Draft && d.At(s.db.Now()) != Coming {
		return nil, nil
	}
	list, err := s.Expected(ctx, s.db, d.Event)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	told := d.Joined.sectors()
	counts := make([]int, len(told))
	rest := 0
	for sector, n := range list {
		if at := slices.Index(told, d.Joined.of(sector)); at >= 0 {
			counts[at] += n
		} else {
			rest += n
		}
	}
	var rows []smallRow
	for i, hidden := range opinion.Suppress(counts, rest) {
		if counts[i] > 0 {
			rows = append(rows, smallRow{told[i], counts[i], hidden})
		}
	}
	return rows, nil
}

func (s *Service) leadView(r *http.Request) (leadView, error) {
	ctx := r.Context()
	d, err := s.at(r)
	if err != nil {
		return leadView{}, err
	}
	v := leadView{Debate: d, State: d.At(s.db.Now()), When: d.when(ctx, s.db.Now()), Address: s.Site.URL("/kod"), Form: form.New(), MayLead: mayLead(ctx, d),
		File: form.New(), Polis: form.New(), Queue: form.New(), Frame: s.Site.URL(d.Path() + "/ramka")}
	v.Held = v.State == Over && !d.Told(s.db.Now())
	if v.Small, err = s.expected(ctx, d); err != nil {
		return v, err
	}
	if v.Result, err = s.Result(ctx, d.ID); err != nil {
		return v, err
	}
	all, err := Statements(ctx, s.db, d.ID)
	for _, st := range all {
		switch st.State {
		case Waiting:
			v.Waiting = append(v.Waiting, st)
		case Shown:
			v.Shown = append(v.Shown, st)
		default:
			v.Gone = append(v.Gone, st)
			if st.Appeal != "" && st.Answer == "" && st.State == Rejected {
				v.Appeals = append(v.Appeals, st)
			}
		}
	}
	return v, err
}

func (s *Service) showLead(w http.ResponseWriter, r *http.Request) error {
	v, err := s.leadView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, leadPage(v))
}

// seed adds statements, one in each line.
func (s *Service) seed(w http.ResponseWriter, r *http.Request) error {
	v, err := s.leadView(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	var texts []string
	for line := range strings.Lines(v.Form.RequiredLines("statements", mostStatements*(longestStatement+1))) {
		if line = strings.TrimSpace(line); line != "" {
			texts = append(texts, line)
		}
	}
	if !v.Form.Any() {
		_, err = s.Seed(r.Context(), v.Debate.ID, Origin(cmp.Or(v.Form.Optional("origin", string(Imported)), string(Seeded))), texts...)
	}
	if v.Form.Any() || v.Form.Take(err) {
		return web.RenderInvalid(w, r, leadPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Debate.Path()+"/prowadzenie", "debate.flash.seeded")
}

// sort decides about the statements of the queue that were ticked.
func (s *Service) sort(w http.ResponseWriter, r *http.Request) error {
	v, err := s.leadView(r)
	if err != nil {
		return err
	}
	if v.Queue, err = web.ReadForm(r); err != nil {
		return err
	}
	f := v.Queue
	in := f.Choice("act", "accept", "reject") == "accept"
	var numbers []int
	for _, said := range f.All("numbers") {
		if n, err := strconv.Atoi(said); err == nil && n > 0 && n <= mostStatements {
			numbers = append(numbers, n)
		}
	}
	f.Check(len(numbers) > 0, "numbers", "debate.queue.none")
	reason := f.Text("reason", longestReason)
	done := 0
	if !f.Any() {
		done, err = s.Sort(r.Context(), v.Debate.ID, numbers, in, reason)
	}
	if f.Any() || f.Take(err) {
		return web.RenderInvalid(w, r, leadPage(v))
	}
	if err != nil {
		return err
	}
	flash := "debate.flash.moderated"
	if done < len(numbers) {
		flash = "debate.flash.some_moderated"
	}
	return web.SeeOther(w, r, v.Debate.Path()+"/prowadzenie", flash)
}

// reveal shows the results to everybody.
func (s *Service) reveal(w http.ResponseWriter, r *http.Request) error {
	d, f, err := s.debateAndForm(r)
	if err != nil {
		return err
	}
	if _, err := s.ShowResults(r.Context(), d.ID, f.Version()); err != nil {
		return err
	}
	return web.SeeOther(w, r, d.Path()+"/wyniki", "debate.flash.revealed")
}

func (s *Service) publish(w http.ResponseWriter, r *http.Request) error {
	d, f, err := s.debateAndForm(r)
	if err != nil {
		return err
	}
	if _, err := s.Publish(r.Context(), d.ID, f.Version()); err != nil {
		return err
	}
	return web.SeeOther(w, r, d.Path()+"/prowadzenie", "debate.flash.published")
}

func (s *Service) askClose(w http.ResponseWriter, r *http.Request) error {
	d, err := s.at(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, closePage(d))
}

func (s *Service) close(w http.ResponseWriter, r *http.Request) error {
	d, f, err := s.debateAndForm(r)
	if err != nil {
		return err
	}
	if _, err := s.Close(r.Context(), d.ID, f.Version()); err != nil {
		return err
	}
	return web.SeeOther(w, r, d.Path()+"/wyniki", "debate.flash.closed")
}

func (s *Service) debateAndForm(r *http.Request) (Debate, *form.Form, error) {
	d, err := s.at(r)
	if err != nil {
		return d, nil, err
	}
	f, err := web.ReadForm(r)
	return d, f, err
}

// moderationView is one statement before whoever leads the debate.
type moderationView struct {
	Debate    Debate
	Statement Statement
	Alike     []Alike
	Form      *form.Form
	Author    *form.Form // how statements of its author are taken
	Voted     int
}

func (s *Service) moderationView(r *http.Request) (moderationView, error) {
	ctx := r.Context()
	d, err := s.at(r)
	if err != nil {
		return moderationView{}, err
	}
	v := moderationView{Debate: d, Form: form.New(), Author: form.New()}
	if v.Statement, err = s.statementAt(r, d); err != nil {
		return v, err
	}
	all, err := Statements(ctx, s.db, d.ID)
	if err != nil {
		return v, err
	}
	if v.Statement.Author > 0 {
		author, err := participant(ctx, s.db, d.ID, v.Statement.Author)
		if err != nil {
			return v, err
		}
		v.Author.Set("author", string(author.trust()))
	}
	v.Alike = alike(v.Statement.Text, v.Statement.Number, all)
	result, err := s.Result(ctx, d.ID)
	if err == nil && result.Map != nil && v.Statement.Number <= len(result.Map.All) {
		v.Voted = result.Map.All[v.Statement.Number-1].Votes()
	}
	v.Form.Set("text", v.Statement.Text)
	return v, err
}

func (s *Service) statementAt(r *http.Request, d Debate) (Statement, error) {
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil || number < 1 || number > mostStatements {
		return Statement{}, fault.NotFound("statement")
	}
	return statement(r.Context(), s.db, d.ID, number)
}

func (s *Service) showModeration(w http.ResponseWriter, r *http.Request) error {
	v, err := s.moderationView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, moderationPage(v))
}

// moderate does with a statement what the button says.
func (s *Service) moderate(w http.ResponseWriter, r *http.Request) error {
	v, err := s.moderationView(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	ctx, id, number := r.Context(), v.Debate.ID, v.Statement.Number
	switch v.Form.Choice("act", "accept", "reject", "merge", "correct", "uphold", "author") {
	case "accept":
		err = s.Accept(ctx, id, number)
	case "reject":
		if reason := v.Form.RequiredLines("reason", 500); !v.Form.Any() {
			err = s.Reject(ctx, id, number, reason)
		}
	case "merge":
		if into := v.Form.Int("into", 1, mostStatements); !v.Form.Any() {
			err = s.Merge(ctx, id, number, into)
		}
	case "uphold":
		if answer := v.Form.RequiredLines("answer", longestReason); !v.Form.Any() {
			err = s.Uphold(ctx, id, number, answer)
		}
	case "author":
		err = s.Treat(ctx, id, v.Statement.Author, Trust(v.Form.Choice("author", string(Ordinary), string(Trusted), string(Muted))))
	case "correct":
		_, err = s.Correct(ctx, id, number, v.Form.Lines("text", 10*longestStatement))
	}
	if v.Form.Any() || v.Form.Take(err) {
		return web.RenderInvalid(w, r, moderationPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Debate.Path()+"/prowadzenie", "debate.flash.moderated")
}

// eventOptions are the events of a programme to which a debate may belong.
func eventOptions(ctx context.Context, r store.Reader, programme store.ID) ([]ui.Option, error) {
	rows, err := store.All[struct {
		ID       store.ID
		Title    string
		StartsAt store.Time
	}](ctx, r, `SELECT id, title, starts_at FROM event WHERE programme = $1 AND cancelled_at IS NULL ORDER BY starts_at DESC`, programme)
	options := []ui.Option{{Value: "", Label: lang.T(ctx, "debate.field.no_event")}}
	for _, e := range rows {
		options = append(options, ui.Option{Value: string(e.ID), Label: e.Title + " (" + lang.Date(ctx, e.StartsAt.Time) + ")"})
	}
	return options, err
}
