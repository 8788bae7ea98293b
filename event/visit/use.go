package visit

import (
	"context"

	"github.com/wspolnota/wspolnota/archive"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/merge"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
)

// Audit names the acts of this package.
var Audit = audit.Room{Name: "visit", Title: "event.visit.audit.room", Acts: []audit.Word{
	{Name: didPrepare, Key: "event.visit.audit.prepared", Public: true},
	{Name: didShow, Key: "event.visit.audit.shown", Public: true},
	{Name: didHide, Key: "event.visit.audit.hidden"},
	{Name: didPromise, Key: "event.visit.audit.promised"},
	{Name: didReport, Key: "event.visit.audit.reported"},
}}

const (
	didPrepare = "visit.prepared"
	didShow    = "visit.lesson_shown"
	didHide    = "visit.lesson_hidden"
	didPromise = "visit.promised"
	didReport  = "visit.reported"
)

func note(ctx context.Context, tx *store.Tx, act string, e event.Event, thing store.ID, reason string) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "visit", Thing: thing, Title: e.Title, Path: path(e), Programme: e.Programme, Reason: reason})
}

// Desk names what waits for people.
var Desk = []desk.Kind{{Name: waits, Key: "event.visit.waits", Status: "desk.status.finish"}}

const waits = "visit.promise"

// waitForReport keeps an open promise on the desk of who made it.
func waitForReport(ctx context.Context, tx *store.Tx, e event.Event, c Copy) error {
	if c.Person == "" || c.State == Done || c.State == Dropped {
		return desk.Done(ctx, tx, waits, string(c.ID))
	}
	return desk.Put(ctx, tx, desk.Item{Kind: waits, Matter: string(c.ID), To: desk.To{Person: c.Person}, About: c.Person,
		Place: desk.Place{ID: e.Programme, Title: e.ProgrammeTitle}, Title: c.What, Path: path(e) + "/do-skopiowania/" + string(c.ID), Due: c.DueAt.Time})
}

// TraceKind is how promises stand in the thread.
func TraceKind() trace.Kind {
	return trace.Kind{Name: "visit_copy", Slug: "przeniesiona-praktyka", Title: "event.visit.thread.kind", Find: things, Team: event.Preview, Edit: event.Edit}
}

func things(ctx context.Context, r store.Reader, ids []store.ID) ([]trace.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[struct {
		ID             store.ID
		What           string
		At             store.Time
		Programme      store.ID
		ProgrammeSlug  string
		ProgrammeTitle string
		ProgrammeState programme.State
		Slug           string
		Language       string
		PublishedAt    store.Time
	}](ctx, r, `SELECT c.id, c.what, c.at, e.programme, p.slug AS programme_slug, p.title AS programme_title, p.state AS programme_state,
			e.slug, e.language, e.published_at
		FROM event_visit_copy c JOIN event e ON e.id = c.event JOIN programme p ON p.id = e.programme WHERE c.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, err
	}
	all := make([]trace.Thing, len(rows))
	for i, c := range rows {
		e := event.Event{ProgrammeSlug: c.ProgrammeSlug, Slug: c.Slug}
		all[i] = trace.Thing{ID: c.ID, Title: c.What, Language: c.Language, URL: path(e) + "#" + anchor(Copy{ID: c.ID}), Place: c.Programme,
			Within: c.ProgrammeTitle, At: c.At}
		if c.PublishedAt.IsZero() || c.ProgrammeState == programme.Draft {
			all[i].State = trace.Hidden
		}
	}
	return all, nil
}

// UsesOrganisation reports whether the organisation promised anything.
func UsesOrganisation(ctx context.Context, r store.Reader, organisation store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM event_visit_copy WHERE organisation = $1`, organisation)
	return n > 0, err
}

// OrganisationReferences are the columns of this package that lead to organisations.
var OrganisationReferences = []merge.Reference{{Table: "event_visit_copy", Column: "organisation"}}

const ofEvents = `event IN (SELECT id FROM event WHERE programme = $1)`

// Archive is what this package keeps of a programme.
var Archive = archive.Room{Parts: []archive.Part{
	{Table: "event_visit", Where: ofEvents},
	{Table: "event_visit_task", Where: ofEvents},
	{Table: "event_visit_note", Where: `task IN (SELECT id FROM event_visit_task WHERE ` + ofEvents + `)`},
	{Table: "event_visit_lesson", Where: ofEvents},
	{Table: "event_visit_copy", Where: ofEvents},
	{Table: "trace_link", Where: `thing IN (SELECT id FROM event_visit_copy WHERE ` + ofEvents + `)`},
	{Table: "organisation", Where: `id IN (SELECT organisation FROM event_visit_copy WHERE ` + ofEvents + `)`},
}}

// Privacy says what visits have to do with people. A promise stays with its
// organisation, a lesson that was shown stays without its author; cards go.
var Privacy = []privacy.Rule{
	{Table: "event_visit", Records: "event.visit.privacy.about", Basis: privacy.PublicTask, Mentions: []string{"about"}, Plain: []string{"event"}},
	privacy.NoPeople("event_visit_task", "id", "event", "text"),
	{
		Table: "event_visit_note", Records: "event.visit.privacy.cards", Basis: privacy.PublicTask,
		Links: []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{
			privacy.Fact("task", "event.visit.field.task").As(`(SELECT k.text FROM event_visit_task k WHERE k.id = t.task)`),
			privacy.Told("text", "event.visit.field.note"), privacy.When("at", "privacy.column.at"),
		},
	},
	{
		Table: "event_visit_lesson", Records: "event.visit.privacy.lessons", Basis: privacy.PublicTask,
		Erased: privacy.Empty, Why: "event.visit.privacy.why",
		Links: []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{
			privacy.Told("text", "event.visit.field.lesson").Then(`CASE WHEN shown THEN text ELSE '' END`),
			privacy.When("at", "privacy.column.at"),
		},
		Plain: []string{"id", "event"},
	},
	{
		Table: "event_visit_copy", Records: "event.visit.privacy.copies", Basis: privacy.PublicTask,
		Erased: privacy.Empty, Why: "event.visit.privacy.why",
		Links: []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{
			privacy.Told("what", "event.visit.field.what").Then(`CASE WHEN organisation IS NULL THEN '' ELSE what END`),
			privacy.Fact("organisation", "event.visit.field.who").As(`(SELECT o.name FROM organisation o WHERE o.id = t.organisation)`),
			privacy.Fact("state", "privacy.column.state").In("event.visit.state."),
			privacy.Told("report", "event.visit.field.report").Then(`CASE WHEN organisation IS NULL THEN '' ELSE report END`),
			privacy.When("due_at", "event.visit.field.due"),
		},
		Plain: []string{"id", "event"},
	},
}
