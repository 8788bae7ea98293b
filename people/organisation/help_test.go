package organisation_test

import (
	"context"
	"log/slog"
	"testing"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/organisation/register"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// town is a site with the room under test and the people it stands on.
type town struct {
	*webtest.Site
	*organisation.Service
	t       *testing.T
	db      *store.DB
	people  *people.Service
	queue   *jobs.Queue
	mailbox *mail.Memory
	words   *lang.Catalogue
}

func newTown(t *testing.T, db *store.DB) *town {
	t.Helper()
	words, err := lang.Load(web.Messages, ui.Messages, mail.Messages, people.Messages, export.Messages, territory.Messages, organisation.Messages)
	must(t, err)
	quiet := slog.New(slog.DiscardHandler)
	queue, err := jobs.New(db, quiet)
	must(t, err)
	b := &town{t: t, db: db, queue: queue, mailbox: mail.NewMemory(100), words: words}
	outbox := mail.NewOutbox(db, queue, b.mailbox, mail.Options{Site: webtest.SiteInfo(), Catalogue: words, Logger: quiet})
	b.people = people.New(db, people.Options{Site: webtest.SiteInfo(), Outbox: outbox, Queue: queue,
		Secret: make([]byte, 32)})
	b.Service = organisation.New(db, organisation.Options{Site: webtest.SiteInfo(), Outbox: outbox, People: b.people})
	b.Site = webtest.New(t, db, words, b.people, append(b.people.Routes(), b.Service.Routes()...)...)
	return b
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// person makes an account; its address is the name at example.org.
func (b *town) person(name string) people.Person {
	b.t.Helper()
	var p people.Person
	must(b.t, b.db.Write(b.t.Context(), func(tx *store.Tx) (err error) {
		p, err = b.people.Create(b.t.Context(), tx, people.NewPerson{Name: name, Email: lang.Slug(name) + "@example.org", Language: lang.Polish})
		return err
	}))
	return p
}

func (b *town) administrator() people.Person {
	b.t.Helper()
	p, _, err := b.people.AdminCreate(b.t.Context(), "admin@example.org")
	must(b.t, err)
	return p
}

// as is the context of a request by the person, with their present roles.
func (b *town) as(p people.Person) context.Context {
	b.t.Helper()
	grants, err := organisation.Grants(b.t.Context(), b.db, p.ID)
	must(b.t, err)
	if p.Administrator {
		grants = append(grants, access.Grant{Role: access.Administrator, Scope: access.Installation})
	}
	ctx := lang.With(b.t.Context(), b.words.Printer(lang.Polish))
	return access.With(ctx, &access.Actor{Person: p.ID, Name: p.Name, Grants: grants})
}

// browser is the person's browser.
func (b *town) browser(p people.Person) *webtest.Browser { return b.As(p.ID, p.Administrator) }

// found registers an organisation.
func (b *town) found(p organisation.Profile, by people.Person) organisation.Organisation {
	b.t.Helper()
	o, err := b.Register(b.as(by), p)
	must(b.t, err)
	return o
}

// join makes a person one of an organisation's, by an invitation.
func (b *town) join(o organisation.Organisation, p people.Person, a organisation.Appointment, by people.Person) {
	b.t.Helper()
	must(b.t, b.Invite(b.as(by), o.ID, p.Email, a))
	id := one[store.ID](b, `SELECT id FROM organisation_invitation WHERE organisation = $1 AND email = $2 AND state = 'waiting'`, o.ID, p.Email)
	must(b.t, b.AcceptInvitation(b.as(p), id))
}

// one reads a single value.
func one[T any](b *town, query string, args ...any) T {
	b.t.Helper()
	value, err := store.One[T](b.t.Context(), b.db, query, args...)
	must(b.t, err)
	return value
}

func (b *town) mandate(o organisation.Organisation, p people.Person) store.ID {
	b.t.Helper()
	return one[store.ID](b, `SELECT id FROM organisation_mandate WHERE organisation = $1 AND person = $2 AND ended_at IS NULL`, o.ID, p.ID)
}

// letters delivers what waits and returns the letters to a person.
func (b *town) letters(to string) []mail.Received {
	b.t.Helper()
	must(b.t, b.queue.Drain(b.t.Context()))
	var own []mail.Received
	for _, l := range b.mailbox.Letters() {
		if l.To == to {
			own = append(own, l)
		}
	}
	return own
}

// club is a sports club that the starosta keeps; it has no KRS.
func club() organisation.Profile {
	return organisation.Profile{Name: "UKS Cztery Wiatry", Kind: organisation.SchoolSportsClub, Register: register.SportsClubs,
		RegisterNumber: "UKS 7/2010", NIP: "999-000-00-14", Municipality: "2412042"}
}

func foundation() organisation.Profile {
	return organisation.Profile{Name: "Fundacja Źródło", Kind: organisation.Foundation, RegisterNumber: "0000123456", Municipality: "2473011"}
}

func group() organisation.Profile {
	return organisation.Profile{Name: "Podwórko", Kind: organisation.InformalGroup, Municipality: "2415031"}
}
