package programme_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"log/slog"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// region is a site with the room under test and those it stands on.
type region struct {
	*webtest.Site
	*programme.Service
	t             testing.TB
	db            *store.DB
	people        *people.Service
	organisations *organisation.Service
	queue         *jobs.Queue
	mailbox       *mail.Memory
	files         *blob.Folder
	words         *lang.Catalogue

	admin  people.Person
	clerk  people.Person // represents the office and manages its programmes
	office organisation.Organisation
}

func newRegion(t testing.TB, db *store.DB) *region {
	t.Helper()
	words, err := lang.Load(web.Messages, ui.Messages, mail.Messages, blob.Messages, people.Messages, export.Messages, territory.Messages,
		organisation.Messages, programme.Messages)
	must(t, err)
	queue, err := jobs.New(db, slog.New(slog.DiscardHandler))
	must(t, err)
	files, err := blob.Dir(t.TempDir())
	must(t, err)
	t.Cleanup(func() { files.Close() })
	g := &region{t: t, db: db, queue: queue, mailbox: mail.NewMemory(1000), files: files, words: words}
	site := webtest.SiteInfo()
	outbox := mail.NewOutbox(db, queue, g.mailbox, mail.Options{Site: site, Catalogue: words})
	g.people = people.New(db, people.Options{Site: site, Outbox: outbox, Queue: queue, Secret: make([]byte, 32)})
	g.organisations = organisation.New(db, organisation.Options{Site: site, Outbox: outbox, People: g.people})
	g.Service = programme.New(db, programme.Options{Site: site, People: g.people, Outbox: outbox, Files: files})
	g.Site = webtest.New(t, db, words, g.people,
		append(append(g.people.Routes(), g.organisations.Routes()...), g.Service.Routes()...)...)
	g.admin, _, err = g.people.AdminCreate(t.Context(), "admin@example.org")
	must(t, err)
	g.clerk = g.person("Anna Urzędnicza", "2412013")
	g.office = g.organisation(organisation.Profile{Name: "Urząd Gminy i Miasta Przykładów", Kind: organisation.CityOffice,
		Municipality: "2412013", Website: "https://przykladow.example.org"}, g.clerk)
	return g
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%+v", err)
	}
}

// person makes an account; its address is the name at example.org.
func (g *region) person(name, gmina string) people.Person {
	g.t.Helper()
	var p people.Person
	must(g.t, g.db.Write(g.t.Context(), func(tx *store.Tx) (err error) {
		p, err = g.people.Create(g.t.Context(), tx, people.NewPerson{Name: name, Email: lang.Slug(name) + "@example.org",
			Language: lang.Polish, Municipality: gmina})
		return err
	}))
	return p
}

// organisation registers one, verified, represented by the person.
func (g *region) organisation(p organisation.Profile, by people.Person) organisation.Organisation {
	g.t.Helper()
	o := g.unverified(p, by)
	must(g.t, g.organisations.Verify(g.as(g.admin), o.ID, o.Version, "zgadza się"))
	o, err := organisation.ByID(g.t.Context(), g.db, o.ID)
	must(g.t, err)
	return o
}

func (g *region) unverified(p organisation.Profile, by people.Person) organisation.Organisation {
	g.t.Helper()
	o, err := g.organisations.Register(g.as(by), p)
	must(g.t, err)
	return o
}

func group(name string) organisation.Profile {
	return organisation.Profile{Name: name, Kind: organisation.InformalGroup, Municipality: "2415031"}
}

func foundation(name, krs string) organisation.Profile {
	return organisation.Profile{Name: name, Kind: organisation.Foundation, RegisterNumber: krs, Municipality: "2473011"}
}

// as is the context of a request by the person, with their present roles.
func (g *region) as(p people.Person) context.Context {
	g.t.Helper()
	actor := &access.Actor{Person: p.ID, Name: p.Name}
	if p.Administrator {
		actor.Grants = append(actor.Grants, access.Grant{Role: access.Administrator, Scope: access.Installation})
	}
	for _, granter := range []access.Granter{organisation.Grants, programme.Grants} {
		grants, err := granter(g.t.Context(), g.db, p.ID)
		must(g.t, err)
		actor.Grants = append(actor.Grants, grants...)
	}
	ctx := lang.With(g.t.Context(), g.words.Printer(lang.Polish))
	return access.With(ctx, actor)
}

// browser is the person's browser.
func (g *region) browser(p people.Person) *webtest.Browser {
	return g.As(p.ID, access.From(g.as(p)).Staff())
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, lang.Warsaw)
}

// draft begins a programme of the office, managed by the clerk.
func (g *region) draft(title string) programme.Programme {
	g.t.Helper()
	p, err := g.Create(g.as(g.clerk), programme.NewProgramme{Title: title, Summary: "Urzędy i organizacje robią to razem.",
		Language: lang.Polish, Owner: g.office.ID})
	must(g.t, err)
	return p
}

// published makes a programme public; joining is open in June 2014.
func (g *region) published(title string) programme.Programme {
	g.t.Helper()
	p := g.draft(title)
	ctx := g.as(g.clerk)
	p, err := g.SaveDescription(ctx, p.Slug, p.Version, "Skąd się wziął.")
	must(g.t, err)
	p, err = g.SaveContact(ctx, p.Slug, p.Version, g.clerk.ID, "kontakt@example.org", "")
	must(g.t, err)
	_, err = g.AddPhase(ctx, p.Slug, programme.NewPhase{Title: "Nabór", Starts: day(2014, 6, 1), LastDay: day(2014, 6, 30), Opens: []string{"join"}})
	must(g.t, err)
	p, err = g.SetState(ctx, p.Slug, p.Version, programme.Published)
	must(g.t, err)
	return p
}

// admission changes the rule of joining.
func (g *region) admission(p programme.Programme, rule programme.Admission, sectors ...string) programme.Programme {
	g.t.Helper()
	if len(sectors) == 0 {
		sectors = p.Sectors
	}
	p, err := g.SaveData(g.as(g.clerk), p.Slug, p.Version, programme.Data{Title: p.Title, Summary: p.Summary, Slug: p.Slug,
		Language: p.Language, Admission: rule, Sectors: sectors})
	must(g.t, err)
	return p
}

// letters delivers what waits and returns the letters to an address.
func (g *region) letters(to string) []mail.Received {
	g.t.Helper()
	must(g.t, g.queue.Drain(g.t.Context()))
	var own []mail.Received
	for _, l := range g.mailbox.Letters() {
		if l.To == to {
			own = append(own, l)
		}
	}
	return own
}

// one reads a single value.
func one[T any](g *region, query string, args ...any) T {
	g.t.Helper()
	value, err := store.One[T](g.t.Context(), g.db, query, args...)
	must(g.t, err)
	return value
}

// picture is a small PNG.
func picture(t testing.TB) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 60, 30))
	for x := range 60 {
		m.Set(x, 15, color.NRGBA{R: 200, A: 255})
	}
	var b bytes.Buffer
	must(t, png.Encode(&b, m))
	return b.Bytes()
}
