// Package eventtest is a site with one programme, its team, organisations of
// every sector and a published event of two days, for the tests of the packages
// around events.
package eventtest

import (
	"context"
	"embed"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

// World is the site. Its clock stands a week before the event.
type World struct {
	*webtest.Site
	t      testing.TB
	Events *event.Service

	Programme store.ID // slug "wspolpraca"
	Other     store.ID // slug "inny"

	Office, NGO, Club, Company store.ID // organisations: two of them NGOs

	Manager, Editor, Facilitator, Observer, Admin store.ID
	Stranger                                      store.ID // manager of the other programme
	Resident, Neighbour                           store.ID // no roles

	roles roles
}

// Day is the first day of the event, at midnight in Warsaw.
var Day = time.Date(2014, 6, 13, 0, 0, 0, 0, lang.Warsaw)

type roles map[store.ID][]access.Grant

func (r roles) Actor(_ context.Context, s session.Session) (*access.Actor, error) {
	grants, ok := r[s.Person]
	if !ok {
		return nil, fault.NotFound("person")
	}
	return &access.Actor{Person: s.Person, Name: "Ktoś", Session: s.ID, For: store.ID(s.ActingFor), Grants: grants}, nil
}

// Messages are those of every package that a page of an event may use; a test
// adds its own.
var Messages = []embed.FS{web.Messages, ui.Messages, mail.Messages, audit.Messages, desk.Messages, notice.Messages, privacy.Messages,
	people.Messages, export.Messages, organisation.Messages, territory.Messages, programme.Messages, blob.Messages, trace.Messages,
	search.Messages, event.Messages, registration.Messages}

// New makes the world. routes are asked for once the world's Events stand, to
// give those of the package under test as well.
func New(t testing.TB, db *store.DB, o event.Options, messages []embed.FS, routes func(*World) []web.Route) *World {
	t.Helper()
	catalogue, err := lang.Load(append(append([]embed.FS{}, Messages...), messages...)...)
	if err != nil {
		t.Fatal(err)
	}
	if o.Blobs == nil {
		folder, err := blob.Dir(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { folder.Close() })
		o.Blobs = folder
	}
	o.Site = webtest.SiteInfo()
	db.Clock().Set(Day.AddDate(0, 0, -7).Add(12 * time.Hour))
	w := &World{t: t, roles: roles{}, Events: event.New(db, o)}
	w.Site = webtest.New(t, db, catalogue, w.roles, routes(w)...)
	w.settle()
	return w
}

func (w *World) settle() {
	for _, p := range []struct {
		id   *store.ID
		name string
	}{
		{&w.Manager, "Maria Koordynatorka"}, {&w.Editor, "Ewa Redaktor"}, {&w.Facilitator, "Franek Trener"}, {&w.Observer, "Olgierd Obserwator"},
		{&w.Admin, "Ada Administrator"}, {&w.Stranger, "Stefan Obcy"}, {&w.Resident, "Marta Mieszkanka"}, {&w.Neighbour, "Norbert Sąsiad"},
	} {
		*p.id = w.Person(p.name)
	}
	w.Office = w.Organisation("Urząd Gminy Przykład", "office", ui.Administration)
	w.NGO, w.Club = w.Organisation("Stowarzyszenie Przykład", "association", ui.NGO), w.Organisation("Klub Sportowy Przykład", "association", ui.NGO)
	w.Company = w.Organisation("Firma Przykład", "company", ui.Business)
	w.Programme, w.Other = w.newProgramme("wspolpraca", "Współpraca", w.NGO), w.newProgramme("inny", "Inny program", w.Office)
	w.Give(w.Manager, access.Manager)
	w.Give(w.Editor, access.Editor)
	w.Give(w.Facilitator, access.Facilitator)
	w.Give(w.Observer, access.Observer)
	w.roles[w.Admin] = []access.Grant{{Role: access.Administrator, Scope: access.Installation}}
	w.roles[w.Stranger] = []access.Grant{{Role: access.Manager, Scope: access.InProgramme, ID: w.Other, Slug: "inny"}}
}

// Give gives a person a role in the programme.
func (w *World) Give(person store.ID, role access.Role) {
	w.roles[person] = append(w.roles[person], access.Grant{Role: role, Scope: access.InProgramme, ID: w.Programme, Slug: "wspolpraca"})
}

// Act makes the person act for an organisation, as its representative.
func (w *World) Act(person, organisation store.ID) {
	w.Exec(`INSERT INTO organisation_mandate (id, organisation, person, role, title, from_at, created_at, created_by, version)
		VALUES ($1, $2, $3, 'representative', '', 1, 1, $3, 1)`, store.NewID(), organisation, person)
	w.roles[person] = append(w.roles[person], access.Grant{Role: access.Representative, Scope: access.InOrganisation, ID: organisation})
}

// Ctx is a context in which the person acts for themselves.
func (w *World) Ctx(person store.ID) context.Context {
	return access.With(context.Background(), &access.Actor{Person: person, Grants: w.roles[person]})
}

// Exec runs one statement.
func (w *World) Exec(query string, args ...any) {
	w.t.Helper()
	if err := w.DB.Write(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Exec(context.Background(), query, args...)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
}

// Count reads one number.
func (w *World) Count(query string, args ...any) int {
	w.t.Helper()
	n, err := store.One[int](context.Background(), w.DB, query, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// Text reads one text.
func (w *World) Text(query string, args ...any) string {
	w.t.Helper()
	text, err := store.One[string](context.Background(), w.DB, query, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	return text
}

// Person makes an account.
func (w *World) Person(name string) store.ID {
	id := store.NewID()
	w.Exec(`INSERT INTO person (id, email, name, name_key, search, language, created_at) VALUES ($1, $2, $3, '', '', 'pl', 1)`,
		id, string(id)+"@example.org", name)
	w.roles[id] = nil
	return id
}

// Organisation makes an organisation.
func (w *World) Organisation(name, kind string, sector ui.Sector) store.ID {
	id := store.NewID()
	w.Exec(`INSERT INTO organisation (id, slug, name, name_key, folded, short_name, kind, sector, register, register_number,
			nip, regon, municipality, address, website, email, phone, contact, description, language,
			created_at, created_by, updated_at, updated_by)
		VALUES ($1, $2, $3, $4, '', '', $5, $6, '', '', '', '', '', '', '', '', '', '', '', 'pl', 1, $7, 1, $7)`,
		id, string(id), name, lang.SortKey(name), kind, sector, w.Admin)
	return id
}

func (w *World) newProgramme(slug, title string, owner store.ID) store.ID {
	id := store.NewID()
	w.Exec(`INSERT INTO programme (id, slug, title, title_key, folded, summary, language, owner, manager, admission, sectors,
			state, created_at, updated_at, updated_by)
		VALUES ($1, $2, $3, '', '', 'Zdanie o programie.', 'pl', $4, $5, 'open', 'ngo', 'published', 1, 1, $5)`,
		id, slug, title, owner, w.Manager)
	return id
}

// Draft makes an event of two days: sessions at 9:00 and 10:30 and a dinner
// between them on Day, one at 9:00 on the day after.
func (w *World) Draft(title string) event.Event {
	w.t.Helper()
	at := func(day, hour, minute int) store.Time {
		return store.At(time.Date(Day.Year(), Day.Month(), Day.Day()+day, hour, minute, 0, 0, lang.Warsaw))
	}
	e, err := w.Events.Begin(w.Ctx(w.Manager), event.Draw{Event: event.Event{ID: store.NewID(), Programme: w.Programme, Kind: event.Seminar,
		Host: w.NGO, Title: title, Lead: "Zdanie o wydarzeniu.", Language: "pl", Mode: event.OnSite,
		Place: event.Place{Name: "Dom Przykładowy", Address: "ul. Wymyślona 1, Wisła", Access: "Bez schodów."}},
		Sessions: []event.Session{
			{StartsAt: at(0, 9, 0), Minutes: 90, Title: "Otwarcie", Room: "A"},
			{StartsAt: at(0, 10, 30), Minutes: 60, Title: "Obiad", Pause: true},
			{StartsAt: at(0, 11, 30), Minutes: 90, Title: "Warsztat", Room: "B"},
			{StartsAt: at(1, 9, 0), Minutes: 240, Title: "Podsumowanie", Room: "A"},
		}})
	if err != nil {
		w.t.Fatal(err)
	}
	return e
}

// Event makes such an event and publishes it.
func (w *World) Event(title string) event.Event {
	w.t.Helper()
	e := w.Draft(title)
	e, err := w.Events.Publish(w.Ctx(w.Manager), e.Programme, e.ID, e.Version)
	if err != nil {
		w.t.Fatal(err)
	}
	return e
}

// Seat gives a person a confirmed seat, by a row alone: for tests of what comes
// after registration. organisation may be "".
func (w *World) Seat(e event.Event, person, organisation store.ID, sector ui.Sector, terc string) store.ID {
	w.t.Helper()
	id := store.NewID()
	w.Exec(`INSERT INTO event_registration (id, event, person, name, organisation, sector, terc, channel, state, number, registered_at, state_at)
		SELECT $1, $2, p.id, p.name, $4, $5, $6, 'self', 'confirmed', (SELECT count(*) + 1 FROM event_registration WHERE event = $2), $7, $7
		FROM person p WHERE p.id = $3`, id, e.ID, person, organisation.OrNull(), sector, terc, store.At(w.DB.Now()))
	return id
}
