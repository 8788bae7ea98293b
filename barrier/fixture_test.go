package barrier_test

import (
	"context"
	"embed"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/barrier"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

// world is a site with a programme, its team, members of every sector, and
// another programme.
type world struct {
	*webtest.Site
	t        testing.TB
	barriers *barrier.Service
	thread   *trace.Service
	people   roles

	programme, other  store.ID
	owner, club       store.ID // organisations
	manager, observer store.ID
	foreign           store.ID // manager of the other programme
	official, leader  store.ID // members: administration, NGO
	outsider          store.ID
	chair             store.ID // represents the club
}

type roles map[store.ID][]access.Grant

func (r roles) Actor(_ context.Context, s session.Session) (*access.Actor, error) {
	grants, ok := r[s.Person]
	if !ok {
		return nil, fault.NotFound("person")
	}
	return &access.Actor{Person: s.Person, Name: "Ktoś", Session: s.ID, Grants: grants}, nil
}

func newWorld(t testing.TB, db *store.DB) *world {
	t.Helper()
	catalogue, err := lang.Load([]embed.FS{web.Messages, ui.Messages, people.Messages, export.Messages, organisation.Messages, territory.Messages,
		desk.Messages, programme.Messages, trace.Messages, news.Messages, moderation.Messages, barrier.Messages}...)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, people: roles{}, thread: trace.New(db, nil)}
	w.thread.Add(barrier.TraceKind(), news.TraceKind(), programme.TraceKind())
	w.barriers = barrier.New(db, barrier.Options{Site: webtest.SiteInfo(), Trace: w.thread})
	w.Site = webtest.New(t, db, catalogue, w.people, w.barriers.Routes()...)
	w.settle()
	return w
}

func (w *world) settle() {
	w.DB.Clock().Set(time.Date(2014, 9, 10, 10, 0, 0, 0, lang.Warsaw))
	w.manager, w.observer, w.foreign = w.person("Maria Koordynatorka"), w.person("Olgierd Obserwator"), w.person("Feliks Obcy")
	w.official, w.leader, w.outsider, w.chair = w.person("Teresa Urzędniczka"), w.person("Piotr Społecznik"), w.person("Obca Osoba"), w.person("Prezes Klubu")
	w.owner, w.club = w.organisation("Forum Organizacji", ui.NGO), w.organisation("Klub Przykładowy", ui.NGO)
	w.programme, w.other = w.newProgramme("wspolpraca", "Współpraca"), w.newProgramme("inny", "Inny program")
	w.join(w.official, "administration")
	w.join(w.leader, "ngo")
	w.exec(`INSERT INTO programme_partner (programme, organisation, position) VALUES ($1, $2, 1)`, w.programme, w.club)
	w.people[w.manager] = []access.Grant{{Role: access.Manager, Scope: access.InProgramme, ID: w.programme, Slug: "wspolpraca"}}
	w.people[w.observer] = []access.Grant{{Role: access.Observer, Scope: access.InProgramme, ID: w.programme, Slug: "wspolpraca"}}
	w.people[w.foreign] = []access.Grant{{Role: access.Manager, Scope: access.InProgramme, ID: w.other, Slug: "inny"}}
	w.people[w.chair] = []access.Grant{{Role: access.Representative, Scope: access.InOrganisation, ID: w.club}}
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	if err := w.DB.Write(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Exec(context.Background(), query, args...)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) person(name string) store.ID {
	id := store.NewID()
	w.exec(`INSERT INTO person (id, email, name, name_key, search, language, created_at) VALUES ($1, $2, $3, '', '', 'pl', 1)`,
		id, string(id)+"@example.org", name)
	w.people[id] = nil
	return id
}

func (w *world) organisation(name string, sector ui.Sector) store.ID {
	id := store.NewID()
	w.exec(`INSERT INTO organisation (id, slug, name, name_key, folded, short_name, kind, sector, register, register_number,
			nip, regon, municipality, address, website, email, phone, contact, description, language,
			created_at, created_by, updated_at, updated_by)
		VALUES ($1, $2, $3, $4, '', '', 'association', $5, '', '', '', '', '', '', '', '', '', '', '', 'pl', 1, $6, 1, $6)`,
		id, string(id), name, lang.SortKey(name), sector, w.manager)
	return id
}

func (w *world) newProgramme(slug, title string) store.ID {
	id := store.NewID()
	w.exec(`INSERT INTO programme (id, slug, title, title_key, folded, summary, language, owner, manager, admission, sectors,
			state, created_at, updated_at, updated_by)
		VALUES ($1, $2, $3, '', '', 'Zdanie o programie.', 'pl', $4, $5, 'open', 'ngo', 'published', 1, 1, $5)`,
		id, slug, title, w.owner, w.manager)
	return id
}

// join makes the person take part in the programme, in a sector.
func (w *world) join(person store.ID, sector string) {
	w.exec(`INSERT INTO programme_member (programme, person, state, organisation, sector, municipality, words, since)
		VALUES ($1, $2, 'active', '', $3, '', '', 1)`, w.programme, person, sector)
}

// members makes so many people who take part in a sector.
func (w *world) members(n int, sector string) []store.ID {
	all := make([]store.ID, n)
	for i := range all {
		all[i] = w.person("Ktoś")
		w.join(all[i], sector)
	}
	return all
}

// as is a context in which the person acts.
func (w *world) as(person store.ID) context.Context {
	return access.With(context.Background(), &access.Actor{Person: person, Grants: w.people[person]})
}

// words are those of a stereotype that may be saved.
func words(statement string) barrier.Words {
	return barrier.Words{Kind: barrier.Stereotype, HeldBy: barrier.Sectors{ui.Administration}, About: barrier.Sectors{ui.NGO}, Language: "pl", Statement: statement}
}

// entered puts a barrier into the register.
func (w *world) entered(statement string) barrier.Barrier {
	w.t.Helper()
	return must(w.t)(w.barriers.Propose(w.as(w.manager), w.programme, barrier.Proposal{Words: words(statement)}))
}

// proposed lets a member propose a barrier.
func (w *world) proposed(statement string) barrier.Barrier {
	w.t.Helper()
	return must(w.t)(w.barriers.Propose(w.as(w.leader), w.programme, barrier.Proposal{Words: words(statement)}))
}

func (w *world) vote(b barrier.Barrier, person store.ID, frequency, harm int) {
	w.t.Helper()
	if err := w.barriers.Vote(w.as(person), w.programme, b.ID, barrier.Ballot{Frequency: frequency, Harm: harm}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) count(query string, args ...any) int {
	w.t.Helper()
	n, err := store.One[int](context.Background(), w.DB, query, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// each runs a test on both databases, each time in a fresh world.
func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { fn(t, newWorld(t, db)) })
}

func must(t testing.TB) func(barrier.Barrier, error) barrier.Barrier {
	return func(b barrier.Barrier, err error) barrier.Barrier {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
}

func wantKind(t testing.TB, err error, kind fault.Kind, what string) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: %v", what, err)
	}
}
