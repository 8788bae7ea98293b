package minutes

import (
	"context"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

func (s *Service) taskRoutes() []web.Route {
	const list, one = "/programy/{programme}/zadania", "/programy/{programme}/zadania/{task}"
	return append(export.Routes(list, access.Anyone, s.taskTable), []web.Route{
		{Pattern: "GET " + list, Need: access.Anyone, Handle: s.showTasks},
		{Pattern: "GET " + list + ".ics", Need: access.Anyone, Handle: s.sendCalendar},
		{Pattern: "GET " + one, Need: access.Anyone, Handle: s.showTask},
		{Pattern: "POST " + one + "/zgloszenie", Need: access.SignedIn, Handle: s.taskVerb(s.Report, "minutes.flash.reported")},
		{Pattern: "POST " + one + "/zwrot", Need: event.Run, Handle: s.taskVerb(s.Return, "minutes.flash.returned")},
		{Pattern: "POST " + one + "/zamkniecie", Need: event.Run, Handle: s.taskVerb(s.Close, "minutes.flash.closed")},
		{Pattern: "POST " + one + "/odwolanie", Need: event.Run, Handle: s.taskVerb(s.Drop, "minutes.flash.dropped")},
		{Pattern: "GET " + one + "/edycja", Need: event.Run, Handle: s.editTask},
		{Pattern: "POST " + one + "/edycja", Need: event.Run, Handle: s.reviseTask},
	}...)
}

// programmeOf is the programme of the address, if this person may see it.
func (s *Service) programmeOf(r *http.Request) (programme.Programme, error) {
	p, err := programme.BySlug(r.Context(), s.db, r.PathValue("programme"))
	if err == nil && p.State == programme.Draft && !access.From(r.Context()).May(event.Preview, string(p.ID)) {
		err = fault.NotFound("programme")
	}
	return p, err
}

// tasksView is the list of a programme's tasks.
type tasksView struct {
	Programme programme.Programme
	Filter    taskFilter
	Counts    taskCounts
	Tasks     []Task
	Owners    []ui.Option
	Events    []ui.Option
	Pages     ui.Pages
	Path      string // with the filter
	Team      bool
	SignedIn  bool
	Now       time.Time
}

const tasksOnPage = 30

func filterOf(r *http.Request) taskFilter {
	q := web.Query(r)
	return taskFilter{State: q.Text("stan", 20), Organisation: q.Text("organizacja", 40), Event: q.Text("wydarzenie", 100), Mine: q.Bool("moje")}
}

func (s *Service) showTasks(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programmeOf(r)
	if err != nil {
		return err
	}
	v := tasksView{Programme: p, Filter: filterOf(r), Team: access.From(ctx).May(event.Preview, string(p.ID)),
		SignedIn: access.From(ctx).SignedIn(), Path: tasksPath(p.Slug), Now: s.db.Now()}
	if v.Counts, err = countTasks(ctx, s.db, v.Filter, p.ID); err != nil {
		return err
	}
	if query := v.Filter.query().Encode(); query != "" {
		v.Path += "?" + query
	}
	page := web.Query(r).Page("strona")
	v.Pages = ui.Pages{Page: page, Size: tasksOnPage, Total: v.Counts.of(v.Filter.State), Path: v.Path}
	if page > v.Pages.Last() {
		return fault.NotFound("page of a list")
	}
	if v.Tasks, err = listTasks(ctx, s.db, v.Filter, p.ID, tasksOnPage, (page-1)*tasksOnPage); err != nil {
		return err
	}
	if v.Owners, v.Events, err = taskFacets(ctx, s.db, p.ID); err != nil {
		return err
	}
	return web.Render(w, r, tasksPage(v))
}

// of is how many tasks stand in the state that a filter names.
func (c taskCounts) of(state string) int {
	switch state {
	case "otwarte":
		return c.Open
	case "po-terminie":
		return c.Late
	case "zgloszone":
		return c.Reported
	case "zamkniete":
		return c.Closed
	case "odwolane":
		return c.Dropped
	}
	return c.Total
}

// taskFacets lists the organisations that own tasks and the events that gave
// them, of those that the actor may see.
func taskFacets(ctx context.Context, r store.Reader, programme store.ID) (owners, events []ui.Option, err error) {
	where, args := taskFilter{}.where(access.From(ctx), programme, r.Now(), true)
	type facet struct{ Value, Label string }
	list := func(query string) (all []ui.Option, err error) {
		rows, err := store.All[facet](ctx, r, query, args...)
		for _, f := range rows {
			all = append(all, ui.Option{Value: f.Value, Label: f.Label})
		}
		return all, err
	}
	if owners, err = list(`SELECT value, label FROM (SELECT DISTINCT o.id AS value, o.name AS label, o.name_key AS place` + taskTables + `WHERE o.id IS NOT NULL AND ` + where + `) x ORDER BY place, value`); err != nil {
		return nil, nil, err
	}
	events, err = list(`SELECT value, label FROM (SELECT DISTINCT e.slug AS value, e.title AS label, e.starts_at AS place` + taskTables + `WHERE ` + where + `) x ORDER BY place DESC, value`)
	return owners, events, err
}

// taskTable is the list as it leaves: whoever may not see the names of people
// gets none.
func (s *Service) taskTable(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	p, err := s.programmeOf(r)
	if err != nil {
		return export.Table{}, err
	}
	t := export.Table{Name: lang.T(ctx, "minutes.tasks.title", "Programme", p.Title), Head: export.Titles(ctx, "minutes.task.title", "minutes.task.owner",
		"minutes.task.due", "minutes.task.state", "minutes.task.event", "minutes.task.closed_at", "minutes.task.address")}
	f := filterOf(r)
	all, err := listTasks(ctx, s.db, f, p.ID, export.MostRows, 0)
	if err != nil {
		return t, err
	}
	names := access.From(ctx).May(event.Preview, string(p.ID))
	for _, x := range all {
		var closed any = ""
		if !x.ClosedAt.IsZero() {
			closed = export.Day{Time: x.ClosedAt.Time}
		}
		t.Rows = append(t.Rows, []any{x.Title, x.ownerName(ctx, names), export.Day{Time: x.LastDay()}, x.stateWord(ctx, s.db.Now()), x.EventTitle, closed, s.Site.URL(x.Path())})
	}
	return t, nil
}

// sendCalendar gives the days by which tasks are to be done.
func (s *Service) sendCalendar(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programmeOf(r)
	if err != nil {
		return err
	}
	all, err := listTasks(ctx, s.db, filterOf(r), p.ID, export.MostRows, 0)
	if err != nil {
		return err
	}
	c := export.Calendar{Name: lang.T(ctx, "minutes.tasks.title", "Programme", p.Title), Author: s.Site.Community}
	names := access.From(ctx).May(event.Preview, string(p.ID))
	for _, t := range all {
		c.Dates = append(c.Dates, export.Date{ID: "task-" + string(t.ID) + "@" + s.Site.Public.Hostname(), Title: t.Title,
			Description: lang.T(ctx, "minutes.task.owner") + ": " + t.ownerName(ctx, names), URL: s.Site.URL(t.Path()),
			Start: t.LastDay(), End: t.DueAt.Time, WholeDay: true, Changed: t.GivenAt.Time, Version: t.Version, Cancelled: t.State == Dropped})
	}
	return c.Send(w, r, "zadania-"+p.Slug)
}

// taskView is one task.
type taskView struct {
	Task     Task
	Acts     []TaskAct
	People   map[store.ID]string
	Owner    bool // the reader may report for its owner
	MayRun   bool
	Names    bool
	Late     bool
	Now      time.Time
	Readable bool // its minutes can be read by everybody
	Thread   templ.Component
	Form     *form.Form
	Failed   string // which of the forms came back

	Veil      *moderation.Veil // moderation hides it; its owner and the team still read it
	Gone      bool             // this reader is only told that it does
	MayReport bool
}

// taskOfAddress is a task that this person may see.
func (s *Service) taskOfAddress(r *http.Request) (Task, taskView, error) {
	ctx := r.Context()
	actor := access.From(ctx)
	p, err := s.programmeOf(r)
	if err != nil {
		return Task{}, taskView{}, err
	}
	t, err := taskByID(ctx, s.db, p.ID, store.ID(r.PathValue("task")))
	if err != nil {
		return t, taskView{}, err
	}
	v := taskView{Task: t, Owner: t.ownedBy(actor) && !t.GivenAt.IsZero(), MayRun: actor.May(event.Run, string(p.ID)),
		Late: t.Late(s.db.Now()), Now: s.db.Now(), Readable: t.Public(), Form: form.New()}
	inTeam := actor.May(event.Preview, string(p.ID))
	took := false
	if actor.SignedIn() {
		if took, err = s.For.Took(ctx, s.db, t.Event, actor.Person); err != nil {
			return t, v, err
		}
	}
	v.Names = inTeam || v.Owner || took
	if t.Veiled {
		if v.Veil, err = moderation.VeilOf(ctx, s.db, taskKind, t.ID); err != nil {
			return t, v, err
		}
		v.Gone = v.Veil != nil && !inTeam && !v.Owner && !t.PublicAt.IsZero() && !t.Hidden
	}
	v.MayReport = s.Moderation != nil && t.Public()
	if !inTeam && !t.Public() && !v.Gone && (!v.Owner && (!took || t.Veiled) || t.GivenAt.IsZero()) {
		return t, v, fault.NotFound("task")
	}
	return t, v, nil
}

func (s *Service) fillTask(ctx context.Context, v *taskView) error {
	var err error
	if v.Acts, err = actsOf(ctx, s.db, v.Task.ID); err != nil {
		return err
	}
	v.People = map[store.ID]string{}
	if v.Names {
		var who []store.ID
		for _, a := range v.Acts {
			who = append(who, a.Person)
		}
		if v.People, err = people.Names(ctx, s.db, who); err != nil {
			return err
		}
	}
	if v.Task.PublicAt.IsZero() {
		return nil
	}
	v.Thread, err = s.Trace.Block(ctx, trace.Ref{Kind: taskKind, ID: v.Task.ID})
	return err
}

func (s *Service) showTask(w http.ResponseWriter, r *http.Request) error {
	t, v, err := s.taskOfAddress(r)
	if err != nil {
		return err
	}
	if v.Gone {
		return renderVeiled(w, r, *v.Veil, lang.T(r.Context(), "minutes.task.title"), t.event())
	}
	if err := s.fillTask(r.Context(), &v); err != nil {
		return err
	}
	return web.Render(w, r, taskPage(v))
}

// taskVerb runs what happens to a task with a note.
func (s *Service) taskVerb(do func(ctx context.Context, programme, id store.ID, version int, words string) error, flash string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		ctx := r.Context()
		t, v, err := s.taskOfAddress(r)
		if err == nil && v.Gone {
			err = fault.NotFound("task")
		}
		if err != nil {
			return err
		}
		f, err := web.ReadForm(r)
		if err != nil {
			return err
		}
		words := f.Lines("note", longestNote)
		if !f.Any() {
			err := do(ctx, t.Programme, t.ID, f.Version(), words)
			if err == nil {
				return web.SeeOther(w, r, t.Path(), flash)
			}
			if !f.Take(err) {
				return err
			}
		}
		if err := s.fillTask(ctx, &v); err != nil {
			return err
		}
		v.Form, v.Failed = f, flash
		return web.RenderInvalid(w, r, taskPage(v))
	}
}

// taskEdit is the form in which the team changes a task.
type taskEdit struct {
	Task                  Task
	People, Organisations []ui.Option
	Form                  *form.Form
}

func (s *Service) taskEditor(r *http.Request) (taskEdit, event.Event, error) {
	t, _, err := s.taskOfAddress(r)
	if err != nil {
		return taskEdit{}, event.Event{}, err
	}
	e, err := event.ByID(r.Context(), s.db, t.Programme, t.Event)
	if err != nil {
		return taskEdit{}, e, err
	}
	v := taskEdit{Task: t}
	v.People, v.Organisations, err = ownersOf(r.Context(), s.db, e)
	v.Form = form.New().Set("title", t.Title).Set("text", t.Text).Set("owner", t.Owner().value()).SetDate("due", t.LastDay())
	return v, e, err
}

func (s *Service) editTask(w http.ResponseWriter, r *http.Request) error {
	v, _, err := s.taskEditor(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, taskEditPage(v))
}

func (s *Service) reviseTask(w http.ResponseWriter, r *http.Request) error {
	v, e, err := s.taskEditor(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	to, words := taskOf(f, v.Task.ID, ""), f.Lines("note", longestNote)
	if !f.Any() {
		err := s.Revise(r.Context(), e, v.Task.ID, f.Version(), *to, words)
		if err == nil {
			return web.SeeOther(w, r, v.Task.Path(), "minutes.flash.task_saved")
		}
		if !f.Take(err) {
			return err
		}
	}
	v.Form = f
	return web.RenderInvalid(w, r, taskEditPage(v))
}
