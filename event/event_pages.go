package event

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// eventView is an event as its page shows it.
type eventView struct {
	Event
	Body     string
	Days     []Day
	Speakers []Speaker
	Files    []File // those that this reader may take now
	Later    int    // files that are shown once it is over
	First    []templ.Component
	Parts    []templ.Component
	Nav      []ui.Link // of the team
	Team     bool
	Link     string // of the online meeting, for those who come
	Over     bool
	URL      string // full, for other sites
	Funding  templ.Component
	Thread   templ.Component
}

func (s *Service) showEvent(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	if e.Slug != r.PathValue("event") {
		http.Redirect(w, r, e.Path(), http.StatusMovedPermanently)
		return nil
	}
	v, err := s.view(ctx, e)
	if err != nil {
		return err
	}
	return web.Render(w, r, eventPage(v))
}

// view reads what stands on the page of an event.
func (s *Service) view(ctx context.Context, e Event) (v eventView, err error) {
	v = eventView{Event: e, Team: access.From(ctx).May(Preview, string(e.Programme)), Over: e.Over(s.db.Now()), URL: s.Site.URL(e.Path())}
	if v.Team {
		v.Nav = s.links(ctx, e, "")
	}
	if v.Body, err = bodyOf(ctx, s.db, e.ID); err != nil {
		return v, err
	}
	sessions, err := Agenda(ctx, s.db, e.ID)
	if err != nil {
		return v, err
	}
	v.Days = ByDay(sessions)
	if v.Speakers, err = Speakers(ctx, s.db, e.ID); err != nil {
		return v, err
	}
	if err := s.files(ctx, &v, sessions); err != nil {
		return v, err
	}
	if v.Link, err = s.meetingLink(ctx, e, v.Team); err != nil {
		return v, err
	}
	if err := s.around(ctx, &v); err != nil {
		return v, err
	}
	return v, s.show(ctx, &v)
}

// files reads the materials that this reader may take now.
func (s *Service) files(ctx context.Context, v *eventView, sessions []Session) error {
	all, err := filesOf(ctx, s.db, v.ID)
	for _, f := range all {
		if v.Team || !s.db.Now().Before(f.ShownFrom(v.Event, sessions)) {
			v.Files = append(v.Files, f)
		} else {
			v.Later++
		}
	}
	return err
}

// meetingLink is the address of an online meeting, for the team and for those
// who have a seat.
func (s *Service) meetingLink(ctx context.Context, e Event, team bool) (string, error) {
	if e.Place.Link == "" || e.State() == Cancelled {
		return "", nil
	}
	if team {
		return e.Place.Link, nil
	}
	comes, err := comesTo(ctx, s.db, e.ID, access.From(ctx).Person)
	if err != nil || !comes {
		return "", err
	}
	return e.Place.Link, nil
}

// around reads what stands on every page of a programme and the thread.
func (s *Service) around(ctx context.Context, v *eventView) (err error) {
	if v.Thread, err = s.Trace.Block(ctx, trace.Ref{Kind: found, ID: v.ID}); err != nil || s.Funding == nil {
		return err
	}
	p, err := store.One[programme.Programme](ctx, s.db, `SELECT id, slug, revision, funder, project_number FROM programme WHERE id = $1`, v.Programme)
	if err != nil {
		return err
	}
	v.Funding, err = s.Funding(ctx, p)
	return err
}

// show asks the other packages of the room for their parts.
func (s *Service) show(ctx context.Context, v *eventView) error {
	for _, part := range s.parts {
		component, err := part.Show(ctx, v.Event)
		switch {
		case err != nil:
			return err
		case component == nil:
		case part.First:
			v.First = append(v.First, component)
		default:
			v.Parts = append(v.Parts, component)
		}
	}
	return nil
}

func (v eventView) page(ctx context.Context) ui.Page {
	p := ui.Page{Title: v.name(ctx), Lead: v.Lead, MainLang: v.Language, Wide: true, NoIndex: v.State() == Draft,
		Crumbs: listCrumbs(ctx, v.Event)}
	if v.State() == Draft {
		return p
	}
	p.Canonical = v.URL
	p.OpenGraph = &ui.OpenGraph{Title: v.Title, Description: v.When(ctx) + ". " + v.Lead, Type: "website", URL: v.URL}
	return p
}

// facts are when and where it is, and who invites.
func (v eventView) facts(ctx context.Context) []ui.Pair {
	facts := []ui.Pair{{Key: lang.T(ctx, "event.field.when"), Text: v.When(ctx)}, {Key: lang.T(ctx, "event.field.where"), Text: v.Where(ctx)}}
	if unit, ok := territory.ByTERC(v.Place.TERC); ok {
		facts = append(facts, ui.Pair{Key: lang.T(ctx, "event.field.terc"), Value: ui.TextLink("/wydarzenia?gmina="+unit.TERC, unit.Name)})
	}
	facts = append(facts, ui.Pair{Key: lang.T(ctx, "event.field.kind"), Text: v.Kind.Word(ctx)})
	if v.Host != "" {
		facts = append(facts, ui.Pair{Key: lang.T(ctx, "event.field.host"), Text: v.HostName})
	}
	return facts
}

// practical is what people need who come.
func (v eventView) practical(ctx context.Context) []ui.Pair {
	var all []ui.Pair
	for _, x := range []struct{ name, text string }{{"access", v.Place.Access}, {"travel", v.Place.Travel}, {"meals", v.Place.Meals}, {"costs", v.Place.Costs}} {
		if x.text != "" {
			all = append(all, ui.Pair{Key: lang.T(ctx, "event.field."+x.name), Value: lines(x.text)})
		}
	}
	return all
}

// of lists the materials of a session, or those of the whole event.
func (v eventView) of(session store.ID) []ui.Attachment {
	var files []ui.Attachment
	for _, f := range v.Files {
		if f.Session == session {
			files = append(files, ui.Attachment{Href: v.Path() + "/pliki/" + string(f.ID), Name: f.Title, Type: f.kind(), Size: f.Size})
		}
	}
	return files
}

// speaking names those who speak in a session.
func (v eventView) speaking(s Session) []Speaker {
	return slices.DeleteFunc(slices.Clone(v.Speakers), func(x Speaker) bool { return !slices.Contains(s.Speakers, x.ID) })
}

func (v eventView) people(ctx context.Context) []ui.PersonRow {
	var rows []ui.PersonRow
	for _, x := range v.Speakers {
		rows = append(rows, ui.PersonRow{Name: x.Name, Role: x.Role.Word(ctx), Organisation: x.Organisation})
	}
	return rows
}

// sendFile gives a material to whoever may see it now.
func (s *Service) sendFile(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	f, err := fileOf(ctx, s.db, e.ID, store.ID(r.PathValue("file")))
	if err != nil {
		return err
	}
	if f.After && !access.From(ctx).May(Preview, string(e.Programme)) {
		sessions, err := Sessions(ctx, s.db, e.ID)
		if err != nil {
			return err
		}
		if s.db.Now().Before(f.ShownFrom(e, sessions)) {
			return fault.NotFound("material before its time")
		}
	}
	return blob.Serve(w, r, s.Blobs, f.blobFile())
}
