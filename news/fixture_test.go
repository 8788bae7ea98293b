package news_test

import (
	"bytes"
	"context"
	"embed"
	"image"
	"image/color"
	"image/png"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
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

// world is a site with two published programmes, three organisations and a
// person in each role.
type world struct {
	*webtest.Site
	t          testing.TB
	news       *news.Service
	blobs      *blob.Folder
	files      string // the folder of blobs
	programme  store.ID
	other      store.ID
	owner      store.ID
	partner    store.ID
	stranger   store.ID // an organisation with no part in the programme
	goal       store.ID
	otherGoal  store.ID // of the other programme
	people     roles
	editorID   store.ID
	observerID store.ID
	foreignID  store.ID // editor of the other programme
	adminID    store.ID
	residentID store.ID
}

// roles stands for the room of people: who has which role.
type roles map[store.ID][]access.Grant

func (r roles) Actor(_ context.Context, s session.Session) (*access.Actor, error) {
	grants, ok := r[s.Person]
	if !ok {
		return nil, fault.NotFound("person")
	}
	return &access.Actor{Person: s.Person, Name: "Ktoś", Session: s.ID, Grants: grants}, nil
}

func catalogue(t testing.TB) *lang.Catalogue {
	t.Helper()
	c, err := lang.Load([]embed.FS{web.Messages, ui.Messages, people.Messages, export.Messages, organisation.Messages, territory.Messages,
		programme.Messages, blob.Messages, trace.Messages, news.Messages}...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func newWorld(t testing.TB, db *store.DB) *world {
	t.Helper()
	w := &world{t: t, files: t.TempDir(), people: roles{}}
	var err error
	if w.blobs, err = blob.Dir(w.files); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.blobs.Close() })
	thread := trace.New(db, nil)
	thread.Add(programme.TraceKind(), news.TraceKind())
	thread.AddRelation(programme.TraceRelation())
	w.news = news.New(db, news.Options{Site: webtest.SiteInfo(), Blobs: w.blobs, Trace: thread})
	w.Site = webtest.New(t, db, catalogue(t), w.people, w.news.Routes()...)
	w.settle()
	return w
}

func (w *world) settle() {
	w.editorID, w.observerID = w.person("Ewa Redaktor"), w.person("Olgierd Obserwator")
	w.foreignID, w.adminID, w.residentID = w.person("Feliks Obcy"), w.person("Ada Administrator"), w.person("Marta Mieszkanka")
	w.owner, w.partner, w.stranger = w.organisation("Forum Organizacji"), w.organisation("Związek Gmin"), w.organisation("Klub Spoza Programu")
	w.programme, w.other = w.newProgramme("wspolpraca", "Współpraca", w.owner), w.newProgramme("inny", "Inny program", w.stranger)
	w.exec(`INSERT INTO programme_partner (programme, organisation, position) VALUES ($1, $2, 1)`, w.programme, w.partner)
	w.goal, w.otherGoal = w.newGoal(w.programme, "Wspólne standardy"), w.newGoal(w.other, "Cudzy cel")
	in := func(id store.ID, slug string, role access.Role) access.Grant {
		return access.Grant{Role: role, Scope: access.InProgramme, ID: id, Slug: slug}
	}
	w.people[w.editorID] = []access.Grant{in(w.programme, "wspolpraca", access.Editor)}
	w.people[w.observerID] = []access.Grant{in(w.programme, "wspolpraca", access.Observer)}
	w.people[w.foreignID] = []access.Grant{in(w.other, "inny", access.Editor)}
	w.people[w.adminID] = []access.Grant{{Role: access.Administrator, Scope: access.Installation}}
	w.people[w.residentID] = nil
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	err := w.DB.Write(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Exec(context.Background(), query, args...)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) person(name string) store.ID {
	id := store.NewID()
	w.exec(`INSERT INTO person (id, email, name, name_key, search, language, created_at) VALUES ($1, $2, $3, '', '', 'pl', 1)`,
		id, string(id)+"@example.org", name)
	return id
}

func (w *world) organisation(name string) store.ID {
	id := store.NewID()
	w.exec(`INSERT INTO organisation (id, slug, name, name_key, folded, short_name, kind, sector, register, register_number,
			nip, regon, municipality, address, website, email, phone, contact, description, language,
			created_at, created_by, updated_at, updated_by)
		VALUES ($1, $2, $3, $4, '', '', 'association', 'ngo', '', '', '', '', '', '', '', '', '', '', '', 'pl', 1, $5, 1, $5)`,
		id, string(id), name, lang.SortKey(name), w.editorID)
	return id
}

func (w *world) newProgramme(slug, title string, owner store.ID) store.ID {
	id := store.NewID()
	w.exec(`INSERT INTO programme (id, slug, title, title_key, folded, summary, language, owner, manager, admission, sectors,
			state, created_at, updated_at, updated_by)
		VALUES ($1, $2, $3, '', '', 'Zdanie o programie.', 'pl', $4, $5, 'open', 'ngo', 'published', 1, 1, $5)`,
		id, slug, title, owner, w.editorID)
	return id
}

func (w *world) newGoal(programme store.ID, title string) store.ID {
	id := store.NewID()
	w.exec(`INSERT INTO programme_goal (id, programme, position, title) VALUES ($1, $2, 1, $3)`, id, programme, title)
	return id
}

// as is a context in which the person acts.
func (w *world) as(person store.ID) context.Context {
	return access.With(context.Background(), &access.Actor{Person: person, Grants: w.people[person]})
}

func (w *world) editor() *webtest.Browser { return w.As(w.editorID, true) }

// full is a content that may be published.
func (w *world) full(title string) news.Content {
	return news.Content{Title: title, Lead: "O czym to jest.", Body: "Pierwszy akapit.\n\nDrugi akapit.", Language: "pl",
		Details: news.Details{Organisation: w.owner}}
}

// draft saves a content as a draft of the first programme.
func (w *world) draft(c news.Content) news.Article {
	w.t.Helper()
	return w.draftIn(w.programme, c)
}

func (w *world) draftIn(programme store.ID, c news.Content) news.Article {
	w.t.Helper()
	a, err := w.news.Begin(w.as(w.editorID), programme, store.NewID(), c)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

// published saves a content and publishes it at a moment.
func (w *world) published(c news.Content, at time.Time) news.Article {
	w.t.Helper()
	a := w.draft(c)
	a, err := w.news.Publish(w.as(w.editorID), a.Programme, a.ID, a.Version, at)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

// form is what the editor's form sends.
func (w *world) form(title string) url.Values {
	return url.Values{"title": {title}, "lead": {"O czym to jest."}, "body": {"Pierwszy akapit."}, "language": {"pl"},
		"organisation": {string(w.owner)}}
}

func (w *world) count(query string, args ...any) int {
	w.t.Helper()
	n, err := store.One[int](context.Background(), w.DB, query, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// blobKeys lists what lies in the store of files.
func (w *world) blobKeys() []string {
	w.t.Helper()
	keys, err := w.blobs.List(context.Background(), "")
	if err != nil {
		w.t.Fatal(err)
	}
	return keys
}

// aPicture is a small picture that nobody has seen before.
func aPicture(t testing.TB, width, height int) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		for y := range height {
			m.Set(x, y, color.NRGBA{uint8(x), uint8(y), 99, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const aPDF = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

// each runs a test on both databases, each time in a fresh world.
func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { fn(t, newWorld(t, db)) })
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// rendered renders a block of another page.
func rendered(t testing.TB) func(templ.Component, error) string {
	return func(c templ.Component, err error) string {
		t.Helper()
		if err != nil || c == nil {
			t.Fatalf("block %v: %v", c, err)
		}
		var b strings.Builder
		if err := c.Render(context.Background(), &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
}
