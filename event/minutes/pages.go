package minutes

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Routes lists the pages.
//
// Whoever takes the minutes sits in the meeting with a laptop: begins with the
// agenda, opens a point, types what is said, what is decided and who does it, and
// goes on to the next; after the meeting they add the photographs and show the
// draft. A participant comes from a letter, reads, and remarks on a point. The
// manager answers the remarks, approves and publishes. The owner of a task comes
// from a reminder, reports what was done, and is told when it is accepted. A
// councillor opens the list of a programme's tasks a year later, sees what is
// late, and goes from a task to the decision behind it.
func (s *Service) Routes() []web.Route {
	const one = "/programy/{programme}/wydarzenia/{event}/protokol"
	return append(s.taskRoutes(), []web.Route{
		{Pattern: "GET " + one, Need: access.Anyone, Handle: s.show},
		{Pattern: "GET " + one + ".md", Need: access.Anyone, Handle: s.sendText},
		{Pattern: "GET " + one + ".pdf", Need: access.Anyone, Handle: s.sendPaper},
		{Pattern: "GET " + one + "/wersje/{number}", Need: access.Anyone, Handle: s.showEdition},
		{Pattern: "GET " + one + "/pliki/{file}", Need: access.Anyone, Handle: s.sendFile},
		{Pattern: "GET " + one + "/obraz/{file}/{width}", Need: access.Anyone, Handle: s.sendFile},
		{Pattern: "POST " + one + "/uwagi", Need: access.SignedIn, Handle: s.remark},

		{Pattern: "POST " + one, Need: event.Run, Handle: s.begin},
		{Pattern: "GET " + one + "/pisanie", Need: event.Run, Handle: s.showDesk},
		{Pattern: "POST " + one + "/naglowek", Need: event.Run, Handle: s.saveHead},
		{Pattern: "POST " + one + "/punkty", Need: event.Run, Handle: s.addPoint},
		{Pattern: "GET " + one + "/punkty/{point}", Need: event.Run, Handle: s.showPoint},
		{Pattern: "POST " + one + "/punkty/{point}", Need: event.Run, Handle: s.savePoint},
		{Pattern: "POST " + one + "/punkty/{point}/kolejnosc", Need: event.Run, Handle: s.movePoint},
		{Pattern: "POST " + one + "/punkty/{point}/usuniecie", Need: event.Run, Handle: s.removePoint},
		{Pattern: "GET " + one + "/zdjecia", Need: event.Run, Handle: s.showFiles},
		{Pattern: "POST " + one + "/zdjecia", Need: event.Run, Handle: s.attach, Body: web.UploadBody},
		{Pattern: "POST " + one + "/zdjecia/{file}", Need: event.Run, Handle: s.describe},
		{Pattern: "POST " + one + "/zdjecia/{file}/usuniecie", Need: event.Run, Handle: s.detach},
		{Pattern: "POST " + one + "/pokaz", Need: event.Run, Handle: s.showDraft},
		{Pattern: "POST " + one + "/cofnij", Need: event.Run, Handle: s.takeBack},
		{Pattern: "GET " + one + "/uwagi", Need: event.Run, Handle: s.showRemarks},
		{Pattern: "POST " + one + "/uwagi/{remark}", Need: event.Run, Handle: s.answer},

		{Pattern: "POST " + one + "/zatwierdz", Need: Approve, Handle: s.approve},
		{Pattern: "POST " + one + "/publikuj", Need: Approve, Handle: s.publish},
		{Pattern: "GET " + one + "/poprawka", Need: Approve, Handle: s.askCorrect},
		{Pattern: "POST " + one + "/poprawka", Need: Approve, Handle: s.correct},
	}...)
}

// eventOf is the event of the address, if this person may see it.
func (s *Service) eventOf(r *http.Request) (event.Event, error) {
	return event.Find(r.Context(), s.db, r.PathValue("programme"), r.PathValue("event"))
}

// showView is what somebody reads.
type showView struct {
	Event      event.Event
	Minutes    Minutes
	Begun      bool
	Readable   bool
	Document   Document
	Edition    Edition // that is read; its number is 0 while it is being written
	Editions   []Edition
	Tasks      map[store.ID]Task
	Team       bool
	MayWrite   bool
	MayApprove bool
	Took       bool
	Waiting    int // remarks without an answer
	Obstacle   string
	Own        []Remark
	Form       *form.Form
	NewRemark  store.ID
	Names      bool // owners of tasks are called by their names
	Now        time.Time
	Veil       *moderation.Veil // moderation hides what was published; the team still reads it
	MayReport  bool
}

// read gathers what this person may read of an event's minutes now: the draft
// for the team and, once it is shown, for those who took part; what was
// published for everybody.
func (s *Service) read(ctx context.Context, e event.Event) (showView, error) {
	actor := access.From(ctx)
	v := showView{Event: e, Team: team(ctx, e), MayWrite: actor.May(event.Run, string(e.Programme)), MayApprove: actor.May(Approve, string(e.Programme)),
		Form: form.New(), NewRemark: store.NewID(), Now: s.db.Now()}
	var err error
	if v.Minutes, err = of(ctx, s.db, e.ID); err != nil {
		if fault.Is(err, fault.KindNotFound) {
			err = nil
		}
		return v, err
	}
	v.Begun = true
	if v.Took, err = s.took(ctx, s.db, e); err != nil {
		return v, err
	}
	if v.Minutes.Veiled {
		if v.Veil, err = moderation.VeilOf(ctx, s.db, minutesKind, v.Minutes.ID); err != nil || !v.Team {
			return v, err
		}
	}
	if v.Editions, err = editions(ctx, s.db, v.Minutes.ID, !v.Team && !v.Took); err != nil {
		return v, err
	}
	inside := v.Team || v.Took && v.Minutes.State != Draft
	v.Names = v.Team || v.Took
	switch {
	case inside && v.Minutes.State.Open():
		v.Readable = true
		if v.Document, err = document(ctx, s.db, v.Minutes); err != nil {
			return v, err
		}
	default:
		for _, edition := range v.Editions {
			if inside || !edition.PublishedAt.IsZero() {
				v.Readable, v.Edition, v.Document = true, edition, edition.Content
				v.MayReport = s.Moderation != nil && v.Veil == nil && !edition.PublishedAt.IsZero()
				break
			}
		}
	}
	return v, s.around(ctx, &v)
}

// around reads what stands around the words: how the tasks stand, and remarks.
func (s *Service) around(ctx context.Context, v *showView) error {
	all, err := tasksOf(ctx, s.db, v.Event.ID)
	if err != nil {
		return err
	}
	v.Tasks = map[store.ID]Task{}
	for _, t := range all {
		v.Tasks[t.ID] = t
	}
	if !v.Team {
		v.Document = v.Document.without(v.Tasks)
	}
	if v.MayWrite {
		if v.Waiting, err = unanswered(ctx, s.db, v.Minutes.ID); err != nil {
			return err
		}
		if f := fault.Of(approvable(ctx, s.db, v.Minutes, v.Document)); f != nil {
			v.Obstacle = f.Key
		}
	}
	if !v.Took {
		return nil
	}
	given, err := remarks(ctx, s.db, v.Minutes.ID)
	for _, r := range given {
		if r.Person == access.From(ctx).Person {
			v.Own = append(v.Own, r)
		}
	}
	return err
}

func (s *Service) show(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	if e.Slug != r.PathValue("event") {
		http.Redirect(w, r, Path(e), http.StatusMovedPermanently)
		return nil
	}
	v, err := s.read(r.Context(), e)
	if err != nil {
		return err
	}
	if v.Veil != nil && !v.Team {
		return renderVeiled(w, r, *v.Veil, lang.T(r.Context(), "minutes.title", "Title", e.Title), e)
	}
	return web.Render(w, r, minutesPage(v))
}

// showEdition shows an edition that was published, also an old one.
func (s *Service) showEdition(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	v, err := s.read(ctx, e)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PathValue("number"))
	for _, edition := range v.Editions {
		if err == nil && edition.Number == n && (!edition.PublishedAt.IsZero() || v.Team) {
			v.Edition, v.Document, v.Readable = edition, edition.Content, true
			if !v.Team {
				v.Document = v.Document.without(v.Tasks)
			}
			return web.Render(w, r, editionPage(v))
		}
	}
	return fault.NotFound("edition of minutes")
}

// sendFile gives a file or a picture to whoever may read minutes that show it.
func (s *Service) sendFile(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	v, err := s.read(ctx, e)
	if err != nil {
		return err
	}
	id := store.ID(r.PathValue("file"))
	shown := v.Document.has(id)
	for _, edition := range v.Editions {
		shown = shown || edition.Content.has(id) && (!edition.PublishedAt.IsZero() || v.Readable && v.Edition.Number == edition.Number)
	}
	if !shown {
		return fault.NotFound("file of the minutes")
	}
	f, err := fileByID(ctx, s.db, v.Minutes.ID, id)
	if err != nil {
		return err
	}
	served, err := f.served(r.PathValue("width"))
	if err != nil {
		return err
	}
	return blob.Serve(w, r, s.Blobs, served)
}

func (d Document) has(file store.ID) bool {
	for _, f := range d.Files {
		if f.ID == file {
			return true
		}
	}
	return false
}

// sendText gives the minutes as a text with Markdown, for those who keep them
// elsewhere.
func (s *Service) sendText(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	v, err := s.read(r.Context(), e)
	if err != nil {
		return err
	}
	if !v.Readable {
		return fault.NotFound("minutes")
	}
	return export.SendText(w, r, "protokol-"+e.Slug, v.text(r.Context()))
}

func (s *Service) begin(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	if _, err := s.Begin(r.Context(), e); err != nil {
		return err
	}
	return web.SeeOther(w, r, Path(e)+"/pisanie", "minutes.flash.begun")
}

// remark keeps the remark of a participant.
func (s *Service) remark(w http.ResponseWriter, r *http.Request) error {
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
	text, point := f.RequiredLines("text", longestNote), store.ID(f.Text("point", 40)).OrNull()
	if !f.Any() {
		err := s.Remark(ctx, e, id, point, text)
		if err == nil {
			return web.SeeOther(w, r, Path(e)+"#uwagi", "minutes.flash.remarked")
		}
		if !f.Take(err) {
			return err
		}
	}
	v, err := s.read(ctx, e)
	if err != nil {
		return err
	}
	if !v.Took || !v.Readable {
		return fault.Forbidden()
	}
	v.Form, v.NewRemark = f, id
	return web.RenderInvalid(w, r, minutesPage(v))
}

// verb runs an act that needs nothing but the version that the person saw.
func (s *Service) verb(w http.ResponseWriter, r *http.Request, do func(context.Context, event.Event, int) error, flash string) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := do(r.Context(), e, f.Version()); err != nil {
		return err
	}
	return web.SeeOther(w, r, Path(e), flash)
}

func (s *Service) takeBack(w http.ResponseWriter, r *http.Request) error {
	return s.verb(w, r, s.TakeBack, "minutes.flash.taken_back")
}

func (s *Service) approve(w http.ResponseWriter, r *http.Request) error {
	return s.verb(w, r, s.Approve, "minutes.flash.approved")
}

func (s *Service) publish(w http.ResponseWriter, r *http.Request) error {
	return s.verb(w, r, s.Publish, "minutes.flash.published")
}

// showDraft shows the draft to those who took part.
func (s *Service) showDraft(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	until := f.Moment("until")
	if !f.Any() {
		err := s.Show(ctx, e, f.Version(), until)
		if err == nil {
			return web.SeeOther(w, r, Path(e), "minutes.flash.shown")
		}
		if !f.Take(err) {
			return err
		}
	}
	v, err := s.deskView(ctx, e)
	if err != nil {
		return err
	}
	v.ShowForm = f
	return web.RenderInvalid(w, r, deskPage(v))
}

// correctView asks why published minutes change.
type correctView struct {
	Event   event.Event
	Minutes Minutes
	Form    *form.Form
}

func (s *Service) askCorrect(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	m, err := of(r.Context(), s.db, e.ID)
	if err != nil {
		return err
	}
	if m.State != Published {
		return web.SeeOther(w, r, Path(e), "")
	}
	return web.Render(w, r, correctPage(correctView{e, m, form.New()}))
}

func (s *Service) correct(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	reason := f.Required("reason", longestTitle)
	if !f.Any() {
		if err := s.Correct(r.Context(), e, f.Version(), reason); err != nil {
			return err
		}
		return web.SeeOther(w, r, Path(e)+"/pisanie", "minutes.flash.correcting")
	}
	m, err := of(r.Context(), s.db, e.ID)
	if err != nil {
		return err
	}
	return web.RenderInvalid(w, r, correctPage(correctView{e, m, f}))
}

// remarksView is where the team answers.
type remarksView struct {
	Event   event.Event
	Minutes Minutes
	Remarks []Remark
	Failed  store.ID // the remark whose answer came back
	Form    *form.Form
}

func (s *Service) remarksOf(ctx context.Context, e event.Event) (remarksView, error) {
	v := remarksView{Event: e, Form: form.New()}
	var err error
	if v.Minutes, err = of(ctx, s.db, e.ID); err != nil {
		return v, err
	}
	v.Remarks, err = remarks(ctx, s.db, v.Minutes.ID)
	return v, err
}

func (s *Service) showRemarks(w http.ResponseWriter, r *http.Request) error {
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	v, err := s.remarksOf(r.Context(), e)
	if err != nil {
		return err
	}
	return web.Render(w, r, remarksPage(v))
}

func (s *Service) answer(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id := store.ID(r.PathValue("remark"))
	outcome, words := Outcome(f.Choice("outcome", string(Taken), string(Declined))), f.Lines("answer", longestNote)
	if !f.Any() {
		err := s.Answer(ctx, e, id, outcome, words)
		if err == nil {
			return web.SeeOther(w, r, Path(e)+"/uwagi", "minutes.flash.answered")
		}
		if !f.Take(err) {
			return err
		}
	}
	v, err := s.remarksOf(ctx, e)
	if err != nil {
		return err
	}
	if _, err := remarkByID(ctx, s.db, v.Minutes.ID, id); err != nil {
		return err
	}
	v.Failed, v.Form = id, f
	return web.RenderInvalid(w, r, remarksPage(v))
}

// crumbs lead from the programme to the minutes of an event.
func crumbs(e event.Event, more ...ui.Crumb) []ui.Crumb {
	return append([]ui.Crumb{{Title: e.ProgrammeTitle, Href: "/programy/" + e.ProgrammeSlug}, {Title: e.Title, Href: e.Path()}}, more...)
}

// nameOf is the name of a person, "" for one who is gone.
func (s *Service) nameOf(ctx context.Context, id store.ID) (string, error) {
	names, err := people.Names(ctx, s.db, []store.ID{id})
	return names[id], err
}
