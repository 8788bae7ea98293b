package minutes

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// deskView is where minutes are written: what stands above the points, the
// points, and the next step.
type deskView struct {
	Event    event.Event
	Minutes  Minutes
	Document Document
	Versions map[store.ID]int
	Head     *form.Form
	Point    *form.Form
	NewPoint store.ID
	ShowForm *form.Form
	Conflict *ui.Conflict
	Waiting  int
	Missing  []string
}

func (s *Service) deskView(ctx context.Context, e event.Event) (deskView, error) {
	v := deskView{Event: e, Versions: map[store.ID]int{}, Point: form.New(), ShowForm: form.New(), NewPoint: store.NewID()}
	var err error
	if v.Minutes, err = of(ctx, s.db, e.ID); err != nil {
		return v, err
	}
	v.Head = headForm(v.Minutes)
	if v.Document, err = document(ctx, s.db, v.Minutes); err != nil {
		return v, err
	}
	all, err := points(ctx, s.db, v.Minutes.ID)
	if err != nil {
		return v, err
	}
	for _, p := range all {
		v.Versions[p.ID] = p.Version
	}
	v.Missing = v.Document.missing()
	v.Waiting, err = unanswered(ctx, s.db, v.Minutes.ID)
	return v, err
}

func headForm(m Minutes) *form.Form {
	f := form.New().Set("chair", m.Chair).Set("taker", m.Taker)
	if m.Present != nil {
		f.Set("present", itoa(*m.Present))
	}
	if m.Quorum != nil {
		f.Set("quorum", itoa(*m.Quorum))
	}
	return f
}

func (s *Service) showDesk(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	v, err := s.deskView(r.Context(), e)
	if fault.Is(err, fault.KindNotFound) {
		return web.SeeOther(w, r, Path(e), "")
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, deskPage(v))
}

// optional reads a whole number that may be left out.
func optional(f *form.Form, name string, most int) *int {
	if strings.TrimSpace(f.Get(name)) == "" {
		return nil
	}
	n := f.Int(name, 0, most)
	return &n
}

func (s *Service) saveHead(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	h := Head{Chair: f.Text("chair", longestName), Taker: f.Text("taker", longestName),
		Present: optional(f, "present", mostPresent), Quorum: optional(f, "quorum", mostPresent)}
	conflict := false
	if !f.Any() {
		err := s.SaveHead(ctx, e, f.Version(), h)
		if conflict = fault.Is(err, fault.KindConflict); err == nil {
			return web.SeeOther(w, r, Path(e)+"/pisanie", "minutes.flash.saved")
		}
		if !conflict && !f.Take(err) {
			return err
		}
	}
	v, err := s.deskView(ctx, e)
	if err != nil {
		return err
	}
	if conflict {
		theirs := headForm(v.Minutes)
		v.Conflict, err = s.conflict(ctx, v.Minutes.UpdatedBy, v.Minutes.UpdatedAt, theirs, f, headFields)
		v.Head = f
		if err != nil {
			return err
		}
		return web.RenderStatus(w, r, http.StatusConflict, deskPage(v))
	}
	v.Head = f
	return web.RenderInvalid(w, r, deskPage(v))
}

// headFields and pointFields are what two note takers may see differ.
var (
	headFields  = [][2]string{{"chair", "minutes.head.chair"}, {"taker", "minutes.head.taker"}, {"present", "minutes.head.present"}, {"quorum", "minutes.head.quorum"}}
	pointFields = [][2]string{{"title", "minutes.point.title"}, {"text", "minutes.point.text"}}
)

// conflict shows what somebody else has saved beside what the person typed.
func (s *Service) conflict(ctx context.Context, who store.ID, when store.Time, theirs, yours *form.Form, fields [][2]string) (*ui.Conflict, error) {
	name, err := s.nameOf(ctx, who)
	if name == "" {
		name = lang.T(ctx, "minutes.person.gone")
	}
	c := &ui.Conflict{Who: name, When: lang.DateTime(ctx, when.Time)}
	for _, x := range fields {
		a, b := theirs.Get(x[0]), strings.ReplaceAll(yours.Get(x[0]), "\r\n", "\n")
		if a != b {
			c.Differences = append(c.Differences, ui.Difference{Label: lang.T(ctx, x[1]), Theirs: a, Yours: b})
		}
	}
	return c, err
}

func (s *Service) addPoint(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id, err := store.ParseID(f.Get("id"))
	if err != nil {
		return fault.Invalid("fault.unreadable")
	}
	title := f.Required("title", longestTitle)
	if !f.Any() {
		err := s.AddPoint(ctx, e, id, title)
		if err == nil {
			return web.SeeOther(w, r, Path(e)+"/punkty/"+string(id), "minutes.flash.point_added")
		}
		if !f.Take(err) {
			return err
		}
	}
	v, err := s.deskView(ctx, e)
	if err != nil {
		return err
	}
	v.Point, v.NewPoint = f, id
	return web.RenderInvalid(w, r, deskPage(v))
}

// pointView is one point as its note taker has it before them.
type pointView struct {
	Event         event.Event
	Minutes       Minutes
	Point         Point
	Number, Of    int
	Previous      store.ID
	Next          store.ID
	Decisions     []Decision // of the point, and an empty one
	Votes         []Vote     // the same
	Tasks         []Task
	NewTask       store.ID
	People        []ui.Option
	Organisations []ui.Option
	Form          *form.Form
	Conflict      *ui.Conflict
}

func (s *Service) pointView(ctx context.Context, e event.Event, id store.ID) (pointView, error) {
	v := pointView{Event: e, NewTask: store.NewID()}
	var err error
	if v.Minutes, err = of(ctx, s.db, e.ID); err != nil {
		return v, err
	}
	all, err := points(ctx, s.db, v.Minutes.ID)
	if err != nil {
		return v, err
	}
	i := slices.IndexFunc(all, func(p Point) bool { return p.ID == id })
	if i < 0 {
		return v, fault.NotFound("point of the minutes")
	}
	v.Point, v.Number, v.Of = all[i], i+1, len(all)
	if i > 0 {
		v.Previous = all[i-1].ID
	}
	if i+1 < len(all) {
		v.Next = all[i+1].ID
	}
	made, err := decisions(ctx, s.db, v.Minutes.ID)
	if err != nil {
		return v, err
	}
	held, err := votes(ctx, s.db, v.Minutes.ID)
	if err != nil {
		return v, err
	}
	v.Decisions = append(slices.DeleteFunc(made, func(d Decision) bool { return d.Point != id }), Decision{ID: store.NewID()})
	v.Votes = append(slices.DeleteFunc(held, func(x Vote) bool { return x.Point != id }), Vote{ID: store.NewID()})
	if v.Tasks, err = tasksOf(ctx, s.db, e.ID); err != nil {
		return v, err
	}
	v.Tasks = slices.DeleteFunc(v.Tasks, func(t Task) bool { return t.Point == nil || *t.Point != id })
	if v.People, v.Organisations, err = ownersOf(ctx, s.db, e); err != nil {
		return v, err
	}
	v.Form = v.fields()
	return v, nil
}

// fields fills the form with what is written.
func (v pointView) fields() *form.Form {
	f := form.New().Set("title", v.Point.Title).Set("text", v.Point.Text)
	for _, d := range v.Decisions {
		f.Set("decision."+string(d.ID), d.Text)
	}
	for _, x := range v.Votes {
		prefix := "vote." + string(x.ID) + "."
		f.Set(prefix+"question", x.Question).Set(prefix+"choices", x.Choices.text())
		if x.Question != "" {
			f.Set(prefix+"yes", itoa(x.Yes)).Set(prefix+"no", itoa(x.No)).Set(prefix+"abstained", itoa(x.Abstained)).Set(prefix+"present", itoa(x.Present))
		} else if v.Minutes.Present != nil {
			f.Set(prefix+"present", itoa(*v.Minutes.Present))
		}
	}
	return f
}

func (s *Service) showPoint(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	v, err := s.pointView(r.Context(), e, store.ID(r.PathValue("point")))
	if err != nil {
		return err
	}
	if !v.Minutes.State.Open() {
		return web.SeeOther(w, r, Path(e), "minutes.closed")
	}
	return web.Render(w, r, pointPage(v))
}

// written reads the whole form of a point. What is new has an id of its own in
// the names of its fields, so that a form sent twice says it once.
func written(f *form.Form, present *int) Written {
	w := Written{Title: f.Required("title", longestTitle), Text: f.Lines("text", longestText)}
	for _, id := range f.All("decisions") {
		if _, err := store.ParseID(id); err == nil {
			w.Decisions = append(w.Decisions, Decision{ID: store.ID(id), Text: f.Lines("decision."+id, longestNote)})
		}
	}
	for _, id := range f.All("votes") {
		if _, err := store.ParseID(id); err == nil {
			w.Votes = append(w.Votes, voteOf(f, id, present))
		}
	}
	if id, err := store.ParseID(f.Get("task")); err == nil && (f.Get("task.title") != "" || f.Get("task.owner") != "" || f.Get("task.due") != "") {
		w.Task = taskOf(f, id, "task.")
	}
	return w
}

// voteOf reads one vote. Without a question and without hands it says nothing:
// the number of those present stands there beforehand.
func voteOf(f *form.Form, id string, present *int) Vote {
	prefix := "vote." + id + "."
	v := Vote{ID: store.ID(id), Question: f.Text(prefix+"question", longestTitle)}
	for name, into := range map[string]*int{"yes": &v.Yes, "no": &v.No, "abstained": &v.Abstained, "present": &v.Present} {
		if n := optional(f, prefix+name, mostPresent); n != nil {
			*into = *n
		}
	}
	var err error
	if v.Choices, err = parseChoices(f.Lines(prefix+"choices", longestNote), prefix+"choices"); err != nil {
		f.Take(err)
	}
	if len(v.Choices) > 0 && v.Yes+v.No > 0 {
		f.Add(prefix+"choices", "minutes.vote.either")
	}
	if v.Question == "" && v.Hands() == 0 && present != nil && v.Present == *present {
		v.Present = 0
	}
	return v
}

func taskOf(f *form.Form, id store.ID, prefix string) *Task {
	t := &Task{ID: id, Title: f.Text(prefix+"title", longestTitle), Text: f.Lines(prefix+"text", longestNote)}
	owner := parseOwner(f.Text(prefix+"owner", 60))
	t.Person, t.Organisation = owner.Person, owner.Organisation
	if day := f.Date(prefix + "due"); !day.IsZero() {
		t.DueAt = dayEnd(day)
	}
	return t
}

func (s *Service) savePoint(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id := store.ID(r.PathValue("point"))
	v, err := s.pointView(ctx, e, id)
	if err != nil {
		return err
	}
	say, conflict := written(f, v.Minutes.Present), false
	if !f.Any() {
		err := s.SavePoint(ctx, e, id, f.Version(), say)
		if conflict = fault.Is(err, fault.KindConflict); err == nil {
			return web.SeeOther(w, r, v.after(f.Get("next")), "minutes.flash.saved")
		}
		if !conflict && !f.Take(err) {
			return err
		}
	}
	if v, err = s.pointView(ctx, e, id); err != nil {
		return err
	}
	theirs := v.Form
	v.keep(f)
	if conflict {
		if v.Conflict, err = s.conflict(ctx, v.Point.UpdatedBy, v.Point.UpdatedAt, theirs, f, pointFields); err != nil {
			return err
		}
		return web.RenderStatus(w, r, http.StatusConflict, pointPage(v))
	}
	v.Point.Version = f.Version()
	return web.RenderInvalid(w, r, pointPage(v))
}

// after is where a note taker goes from a point that was saved.
func (v pointView) after(next string) string {
	switch {
	case next == "next" && v.Next != "":
		return Path(v.Event) + "/punkty/" + string(v.Next)
	case next == "next":
		return Path(v.Event) + "/pisanie"
	}
	return Path(v.Event) + "/punkty/" + string(v.Point.ID)
}

// keep puts everything that was typed back into the form, also into fields of
// things that somebody else has added or taken away meanwhile.
func (v *pointView) keep(f *form.Form) {
	typed := map[string]bool{}
	for _, id := range f.All("decisions") {
		typed[id] = true
		if _, err := store.ParseID(id); err == nil && !slices.ContainsFunc(v.Decisions, func(d Decision) bool { return string(d.ID) == id }) {
			v.Decisions[len(v.Decisions)-1] = Decision{ID: store.ID(id)}
		}
	}
	for _, id := range f.All("votes") {
		typed[id] = true
		if _, err := store.ParseID(id); err == nil && !slices.ContainsFunc(v.Votes, func(x Vote) bool { return string(x.ID) == id }) {
			v.Votes[len(v.Votes)-1] = Vote{ID: store.ID(id)}
		}
	}
	for _, d := range v.Decisions { // what the other has added stays as it is
		if !typed[string(d.ID)] {
			f.Set("decision."+string(d.ID), d.Text)
		}
	}
	for _, x := range v.Votes {
		if prefix := "vote." + string(x.ID) + "."; !typed[string(x.ID)] {
			for _, name := range []string{"question", "choices", "yes", "no", "abstained", "present"} {
				f.Set(prefix+name, v.Form.Get(prefix+name))
			}
		}
	}
	if id, err := store.ParseID(f.Get("task")); err == nil {
		v.NewTask = id
	}
	v.Form = f
}

func (s *Service) movePoint(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := s.MovePoint(r.Context(), e, store.ID(r.PathValue("point")), f.Get("way") == "up"); err != nil {
		return err
	}
	return web.SeeOther(w, r, Path(e)+"/pisanie#punkty", "")
}

func (s *Service) removePoint(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := s.RemovePoint(r.Context(), e, store.ID(r.PathValue("point")), f.Version()); err != nil {
		return err
	}
	return web.SeeOther(w, r, Path(e)+"/pisanie#punkty", "minutes.flash.point_removed")
}

// filesView is where photographs and files are added and described.
type filesView struct {
	Event   event.Event
	Minutes Minutes
	Files   []File
	Form    *form.Form
	Failed  store.ID
}

func (s *Service) filesOf(ctx context.Context, e event.Event) (filesView, error) {
	v := filesView{Event: e, Form: form.New()}
	var err error
	if v.Minutes, err = of(ctx, s.db, e.ID); err != nil {
		return v, err
	}
	v.Files, err = files(ctx, s.db, v.Minutes.ID)
	return v, err
}

func (s *Service) showFiles(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	v, err := s.filesOf(r.Context(), e)
	if err != nil {
		return err
	}
	return web.Render(w, r, filesPage(v))
}

func (s *Service) attach(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	picture := f.Choice("kind", "picture", "file") == "picture"
	alt, caption := f.Text("alt", longestTitle), f.Text("caption", longestTitle)
	h := f.File("file")
	f.Check(h != nil, "file", "form.required")
	if !f.Any() {
		content, err := h.Open()
		if err != nil {
			return err
		}
		defer content.Close()
		err = s.Attach(ctx, e, h.Filename, content, picture, alt, caption)
		if err == nil {
			return web.SeeOther(w, r, Path(e)+"/zdjecia", "minutes.flash.attached")
		}
		refusal := fault.Of(err)
		switch {
		case f.Take(err):
		case refusal != nil && refusal.Kind == fault.KindInvalid || refusal != nil && refusal.Kind == fault.KindTooLarge:
			f.Add("file", refusal.Key, refusal.Args...)
		default:
			return err
		}
	}
	v, err := s.filesOf(ctx, e)
	if err != nil {
		return err
	}
	v.Form = f
	return web.RenderInvalid(w, r, filesPage(v))
}

func (s *Service) describe(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id := store.ID(r.PathValue("file"))
	alt, caption := f.Text("alt", longestTitle), f.Text("caption", longestTitle)
	if !f.Any() {
		if err := s.Describe(r.Context(), e, id, alt, caption); err != nil {
			return err
		}
		return web.SeeOther(w, r, Path(e)+"/zdjecia", "minutes.flash.saved")
	}
	v, err := s.filesOf(r.Context(), e)
	if err != nil {
		return err
	}
	v.Failed, v.Form = id, f
	return web.RenderInvalid(w, r, filesPage(v))
}

func (s *Service) detach(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	if err := s.Detach(r.Context(), e, store.ID(r.PathValue("file"))); err != nil {
		return err
	}
	return web.SeeOther(w, r, Path(e)+"/zdjecia", "minutes.flash.detached")
}
