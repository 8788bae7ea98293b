package feedback

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Routes lists the pages.
//
// Somebody who was there comes from a letter of thanks, answers on a phone in
// two minutes and goes away. The team prepares the form before the event, and
// after the close reads what was written and decides what everybody may read. A
// trainer reads the results and how they compare with earlier events.
func (s *Service) Routes() []web.Route {
	const one = "/programy/{programme}/wydarzenia/{event}/ocena"
	return append(export.Routes(one+"/wyniki", access.Anyone, s.table), []web.Route{
		{Pattern: "GET " + one, Need: access.Anyone, Handle: s.show},
		{Pattern: "POST " + one, Need: access.SignedIn, Handle: s.answer},
		{Pattern: "GET " + one + "/wyniki", Need: access.Anyone, Handle: s.showResults},
		{Pattern: "POST " + one + "/przygotuj", Need: event.Run, Handle: s.prepare},
		{Pattern: "GET " + one + "/formularz", Need: event.Run, Handle: s.edit},
		{Pattern: "POST " + one + "/formularz", Need: event.Run, Handle: s.revise},
		{Pattern: "GET " + one + "/teksty", Need: event.Run, Handle: s.showTexts},
		{Pattern: "POST " + one + "/teksty/{answer}", Need: event.Run, Handle: s.moderate},
	}...)
}

// view is the form of an event before somebody.
type view struct {
	Event     event.Event
	Form      Form
	Begun     bool
	State     State
	Questions []Question
	Took      bool
	Answered  bool
	MayRun    bool
	SignedIn  bool
	AtLeast   int // answers so far, in steps of five
	Filled    *form.Form
}

func (s *Service) view(r *http.Request) (view, error) {
	ctx := r.Context()
	actor := access.From(ctx)
	e, err := event.Find(ctx, s.db, r.PathValue("programme"), r.PathValue("event"))
	v := view{Event: e, Filled: form.New(), SignedIn: actor.SignedIn(), MayRun: actor.May(event.Run, string(e.Programme))}
	if err != nil {
		return v, err
	}
	if v.Form, err = of(ctx, s.db, e.ID); fault.Is(err, fault.KindNotFound) {
		return v, nil
	}
	if err != nil {
		return v, err
	}
	v.Begun, v.State = true, v.Form.At(s.db.Now())
	if v.Questions, err = questionsOf(ctx, s.db, v.Form.ID); err != nil {
		return v, err
	}
	for i, q := range v.Questions {
		v.Questions[i] = q.in(ctx)
	}
	n, err := answered(ctx, s.db, v.Form.ID)
	if err != nil {
		return v, err
	}
	v.AtLeast = n - n%Least
	if !actor.SignedIn() {
		return v, nil
	}
	g, err := registration.Of(ctx, s.db, e.ID, actor.Person)
	if fault.Is(err, fault.KindNotFound) {
		return v, nil
	}
	if err != nil {
		return v, err
	}
	if v.Took, err = s.Took(ctx, s.db, g); err != nil {
		return v, err
	}
	mine, err := store.One[int](ctx, s.db, `SELECT count(*) FROM event_feedback_participation WHERE form = $1 AND person = $2`, v.Form.ID, actor.Person)
	v.Answered = mine > 0
	return v, err
}

func (s *Service) show(w http.ResponseWriter, r *http.Request) error {
	v, err := s.view(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, formPage(v))
}

func (s *Service) answer(w http.ResponseWriter, r *http.Request) error {
	v, err := s.view(r)
	if err != nil {
		return err
	}
	if !v.Begun {
		return fault.NotFound("form of the event")
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	sheet := Sheet{Points: map[store.ID]int{}, Words: map[store.ID]string{}}
	for _, q := range v.Questions {
		name := "q." + string(q.ID)
		if q.Kind == Open {
			sheet.Words[q.ID] = f.Lines(name, longestAnswer)
		} else if f.Get(name) != "" {
			sheet.Points[q.ID] = f.Int(name, Points.Min, Points.Max)
		}
	}
	if !f.Any() {
		err := s.Answer(r.Context(), v.Event, sheet)
		if err == nil {
			return web.SeeOther(w, r, Path(v.Event), "feedback.flash.answered")
		}
		if refusal := fault.Of(err); refusal != nil && refusal.Key == "feedback.answer.empty" {
			f.Add("q."+string(v.Questions[0].ID), refusal.Key)
		} else if !f.Take(err) {
			return err
		}
	}
	v.Filled = f
	return web.RenderInvalid(w, r, formPage(v))
}

func (s *Service) prepare(w http.ResponseWriter, r *http.Request) error {
	v, err := s.view(r)
	if err != nil {
		return err
	}
	if v.Event.State() != event.Published {
		return fault.Invalid("feedback.form.hidden")
	}
	if _, err := s.Prepare(r.Context(), v.Event); err != nil {
		return err
	}
	return web.SeeOther(w, r, Path(v.Event)+"/formularz", "feedback.flash.prepared")
}

// editView is where the team prepares a form.
type editView struct {
	view
	Slots []store.ID // of questions, and of new ones
	Edit  *form.Form
}

// newSlots is how many empty questions a form offers.
const newSlots = 2

func (s *Service) editView(r *http.Request) (editView, error) {
	v, err := s.view(r)
	out := editView{view: v, Edit: form.New().SetMoment("opens", v.Form.OpensAt.Time).SetMoment("closes", v.Form.ClosesAt.Time)}
	if err != nil {
		return out, err
	}
	written, err := questionsOf(r.Context(), s.db, v.Form.ID) // as they are kept, whoever edits them
	for _, q := range written {
		out.Slots = append(out.Slots, q.ID)
		out.Edit.Set("text."+string(q.ID), q.Text).Set("kind."+string(q.ID), string(q.Kind))
	}
	for range newSlots {
		id := store.NewID()
		out.Slots = append(out.Slots, id)
		out.Edit.Set("kind."+string(id), string(Scale))
	}
	return out, err
}

func (s *Service) edit(w http.ResponseWriter, r *http.Request) error {
	v, err := s.editView(r)
	if err != nil {
		return err
	}
	if !v.Begun {
		return web.SeeOther(w, r, Path(v.Event), "")
	}
	return web.Render(w, r, editPage(v))
}

func (s *Service) revise(w http.ResponseWriter, r *http.Request) error {
	v, err := s.editView(r)
	if err != nil {
		return err
	}
	if !v.Begun {
		return fault.NotFound("form of the event")
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	d := Drawn{OpensAt: v.Form.OpensAt.Time, ClosesAt: f.RequiredMoment("closes")}
	if v.Form.Classes == nil {
		d.OpensAt = f.RequiredMoment("opens")
	}
	var slots []store.ID
	for _, id := range f.All("slots") {
		if _, err := store.ParseID(id); err == nil && len(slots) < mostQuestions+newSlots {
			slots = append(slots, store.ID(id))
			d.Questions = append(d.Questions, Question{ID: store.ID(id), Kind: Kind(f.Choice("kind."+id, string(Scale), string(Open))), Text: f.Text("text."+id, longestQuestion)})
		}
	}
	if !f.Any() {
		err := s.Revise(r.Context(), v.Event, f.Version(), d)
		if err == nil {
			return web.SeeOther(w, r, Path(v.Event)+"/formularz", "feedback.flash.saved")
		}
		if !f.Take(err) {
			return err
		}
	}
	v.Edit, v.Form.Version = f, f.Version()
	if v.Form.Classes == nil {
		v.Slots = slots
	}
	return web.RenderInvalid(w, r, editPage(v))
}

// resultsView is what everybody reads after the close.
type resultsView struct {
	view
	Results   Results
	Ready     bool
	MayReport bool
}

func (s *Service) resultsView(r *http.Request) (resultsView, error) {
	v, err := s.view(r)
	out := resultsView{view: v, Ready: v.Begun && v.State == Closed, MayReport: s.Reports}
	if err != nil || !out.Ready {
		return out, err
	}
	out.Results, err = s.Results(r.Context(), v.Event, v.Form)
	return out, err
}

func (s *Service) showResults(w http.ResponseWriter, r *http.Request) error {
	v, err := s.resultsView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, resultsPage(v))
}

func (s *Service) showTexts(w http.ResponseWriter, r *http.Request) error {
	v, err := s.resultsView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, textsPage(v))
}

func (s *Service) moderate(w http.ResponseWriter, r *http.Request) error {
	v, err := s.view(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := s.Moderate(r.Context(), v.Event, store.ID(r.PathValue("answer")), f.Get("shown") == "public"); err != nil {
		return err
	}
	return web.SeeOther(w, r, Path(v.Event)+"/teksty", "feedback.flash.saved")
}

// table is the results as a spreadsheet: what the page tells, no single answer.
func (s *Service) table(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	v, err := s.resultsView(r)
	if err != nil {
		return export.Table{}, err
	}
	if !v.Ready {
		return export.Table{}, fault.Invalid("feedback.results.ahead")
	}
	t := export.Table{Name: lang.T(ctx, "feedback.results.title", "Title", v.Event.Title), Head: export.Titles(ctx, "feedback.table.question",
		"feedback.table.who", "feedback.table.n", "feedback.table.median", "feedback.table.q1", "feedback.table.q3", "feedback.table.mean")}
	for _, x := range v.Results.Scales {
		if x.Few {
			continue
		}
		t.Rows = append(t.Rows, []any{x.Question.Text, lang.T(ctx, "feedback.everybody"), x.All.N, x.All.Median, x.All.Q1, x.All.Q3, x.All.Mean})
		for _, c := range x.Classes {
			if !c.Hidden {
				t.Rows = append(t.Rows, []any{x.Question.Text, className(ctx, c.Class), c.Stats.N, c.Stats.Median, c.Stats.Q1, c.Stats.Q3, c.Stats.Mean})
			}
		}
	}
	return t, nil
}

// Part is what the page of an event shows of its evaluation.
func (s *Service) Part() event.Part {
	return event.Part{Show: func(ctx context.Context, e event.Event) (templ.Component, error) {
		f, err := of(ctx, s.db, e.ID)
		if fault.Is(err, fault.KindNotFound) {
			return nil, nil
		}
		if err != nil || f.At(s.db.Now()) == Ahead {
			return nil, err
		}
		return partOf(e, f, f.At(s.db.Now())), nil
	}}
}

// Tools are the pages of the event's team.
func Tools() []event.Tool {
	return []event.Tool{{Path: "/ocena", Key: "feedback.tool", Need: event.Run}}
}

func className(ctx context.Context, class string) string {
	if class == Other {
		return lang.T(ctx, "feedback.class.other")
	}
	return ui.Sector(class).Name(ctx)
}

// number writes a figure as the reader's language does.
func number(ctx context.Context, x float64) string {
	text := strconv.FormatFloat(x, 'f', -1, 64)
	if len(text) > 4 {
		text = strconv.FormatFloat(x, 'f', 1, 64)
	}
	if lang.From(ctx) == lang.Polish {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

// bars draws how often each point was given.
func (r Result) bars(ctx context.Context) chart.Chart {
	c := chart.BarChart{ID: "wynik-" + string(r.Question.ID), Title: r.Question.Text, Head: []string{lang.T(ctx, "feedback.table.points"), lang.T(ctx, "feedback.table.n")},
		Description: lang.T(ctx, "feedback.results.summary", "N", r.All.N, "Median", number(ctx, r.All.Median), "Q1", number(ctx, r.All.Q1), "Q3", number(ctx, r.All.Q3))}
	for i, n := range r.All.Counts {
		c.Bars = append(c.Bars, chart.Bar{Label: pointName(ctx, Points.Min+i), Value: chart.Value{Number: float64(n), Text: strconv.Itoa(n)}})
	}
	return chart.Bars(c)
}

func pointName(ctx context.Context, n int) string {
	return lang.T(ctx, "feedback.point."+strconv.Itoa(n))
}

// classRows are the sectors of a result.
func (r Result) classRows(ctx context.Context) []ui.TableRow {
	var rows []ui.TableRow
	for _, c := range r.Classes {
		if c.Hidden {
			rows = append(rows, ui.TableRow{ui.Text(className(ctx, c.Class)), ui.Text(lang.T(ctx, "feedback.hidden")), ui.Text("–"), ui.Text("–")})
			continue
		}
		rows = append(rows, ui.TableRow{ui.Text(className(ctx, c.Class)), ui.Text(strconv.Itoa(c.Stats.N)), ui.Text(number(ctx, c.Stats.Median)),
			ui.Text(number(ctx, c.Stats.Q1) + "–" + number(ctx, c.Stats.Q3))})
	}
	return rows
}

func classColumns(ctx context.Context) []ui.Column {
	return []ui.Column{{Title: lang.T(ctx, "feedback.table.who")}, {Title: lang.T(ctx, "feedback.table.n")}, {Title: lang.T(ctx, "feedback.table.median")}, {Title: lang.T(ctx, "feedback.table.middle")}}
}

func earlierColumns(ctx context.Context) []ui.Column {
	columns := classColumns(ctx)
	columns[0].Title = lang.T(ctx, "feedback.table.event")
	return columns
}

// earlierRows stand beside this event's figures.
func (r Result) earlierRows(ctx context.Context, this string) []ui.TableRow {
	row := func(title templ.Component, n int, median, q1, q3 float64) ui.TableRow {
		return ui.TableRow{title, ui.Text(strconv.Itoa(n)), ui.Text(number(ctx, median)), ui.Text(number(ctx, q1) + "–" + number(ctx, q3))}
	}
	rows := []ui.TableRow{row(ui.Text(this), r.All.N, r.All.Median, r.All.Q1, r.All.Q3)}
	for _, x := range r.Earlier {
		rows = append(rows, row(ui.TextLink(x.Path, x.Title), x.Stats.N, x.Stats.Median, x.Stats.Q1, x.Stats.Q3))
	}
	return rows
}

func pointOptions(ctx context.Context) []ui.Option {
	var all []ui.Option
	for n := Points.Min; n <= Points.Max; n++ {
		all = append(all, ui.Option{Value: strconv.Itoa(n), Label: pointName(ctx, n)})
	}
	return all
}

func kindOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: string(Scale), Label: lang.T(ctx, "feedback.kind.scale")}, {Value: string(Open), Label: lang.T(ctx, "feedback.kind.text")}}
}

func crumbs(e event.Event, more ...ui.Crumb) []ui.Crumb {
	return append([]ui.Crumb{{Title: e.ProgrammeTitle, Href: "/programy/" + e.ProgrammeSlug}, {Title: e.Title, Href: e.Path()}}, more...)
}

// nav leads between the pages of the team.
func (v view) nav(here string) []ui.Link {
	links := []ui.Link{{Href: Path(v.Event), Key: "feedback.nav.form"}, {Href: Path(v.Event) + "/formularz", Key: "feedback.nav.edit"},
		{Href: Path(v.Event) + "/wyniki", Key: "feedback.nav.results"}, {Href: Path(v.Event) + "/teksty", Key: "feedback.nav.texts"}}
	for i := range links {
		links[i].Current = links[i].Href == Path(v.Event)+here
	}
	return links
}

func until(ctx context.Context, t time.Time) string { return lang.DateTime(ctx, t) }
