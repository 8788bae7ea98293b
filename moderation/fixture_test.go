package moderation_test

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

// today is noon of a Wednesday in Warsaw.
var today = time.Date(2014, time.June, 11, 10, 0, 0, 0, time.UTC)

const (
	wisla   = store.ID("0191a000-0000-7000-8000-00000000000a") // a programme
	article = store.ID("0191a000-0000-7000-8000-0000000000a1") // in it
	profile = store.ID("0191a000-0000-7000-8000-0000000000a2") // in none
	draft   = store.ID("0191a000-0000-7000-8000-0000000000a3") // in it, for the team

	anna   = store.ID("0191a000-0000-7000-8000-000000000001") // manager
	jan    = store.ID("0191a000-0000-7000-8000-000000000002") // another manager
	ewa    = store.ID("0191a000-0000-7000-8000-000000000003") // wrote everything
	piotr  = store.ID("0191a000-0000-7000-8000-000000000004") // reads
	admin  = store.ID("0191a000-0000-7000-8000-000000000005")
	second = store.ID("0191a000-0000-7000-8000-000000000006") // another administrator
)

// town is a site with moderation, a programme called Wisła and a room of notes.
type town struct {
	*webtest.Site
	*moderation.Service
	t       testing.TB
	db      *store.DB
	queue   *jobs.Queue
	mailbox *mail.Memory
	words   *lang.Catalogue
	things  []moderation.Thing
	changed []store.ID // of which the room was told
	grants  map[store.ID][]access.Grant
}

func (b *town) Actor(_ context.Context, s session.Session) (*access.Actor, error) {
	return &access.Actor{Person: s.Person, Name: "Ktoś", Session: s.ID, Grants: b.grants[s.Person]}, nil
}

var readNotes = access.Permission{Name: "note.read", Scope: access.InProgramme, Roles: []access.Role{access.Manager}}

func newTown(t testing.TB, db *store.DB) *town {
	t.Helper()
	db.Clock().Set(today)
	words, err := lang.Load(web.Messages, ui.Messages, mail.Messages, people.Messages, desk.Messages, notice.Messages, moderation.Messages)
	must(t, err)
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	b := &town{t: t, db: db, words: words, mailbox: mail.NewMemory(100)}
	b.queue, err = jobs.New(db, quiet)
	must(t, err)
	outbox := mail.NewOutbox(db, b.queue, b.mailbox, mail.Options{Site: webtest.SiteInfo(), Catalogue: words, Logger: quiet})
	center := notice.New(db, notice.Options{Site: webtest.SiteInfo(), Queue: b.queue, Outbox: outbox, Secret: make([]byte, 32)})
	center.Register(moderation.Notices...)
	place := moderation.Place{ID: wisla, Title: "Program Wisła", Path: "/programy/wisla"}
	b.Service = moderation.New(db, moderation.Options{Queue: b.queue, Notices: center, Secret: make([]byte, 32), Names: people.Names, ByEmail: people.IDByEmail,
		Joined: func(context.Context, store.Reader, store.ID) (time.Time, error) { return today.Add(-time.Hour), nil },
		Staff: func(_ context.Context, _ store.Reader, person, _ store.ID) (bool, error) {
			return len(b.grants[person]) > 0, nil
		},
		Others: b.others,
		Programme: func(_ context.Context, _ store.Reader, name string) (moderation.Place, error) {
			if name == "wisla" || name == string(wisla) {
				return place, nil
			}
			return moderation.Place{}, fault.NotFound("programme")
		}})
	b.Service.Add(moderation.Kind{Name: "note", Slug: "notatka", Title: "moderation.own.text", Team: readNotes, Find: b.find, Changed: b.follow})
	b.grants = map[store.ID][]access.Grant{
		anna:   {{Role: access.Manager, Scope: access.InProgramme, ID: wisla, Slug: "wisla"}},
		jan:    {{Role: access.Manager, Scope: access.InProgramme, ID: wisla, Slug: "wisla"}},
		admin:  {{Role: access.Administrator, Scope: access.Installation}},
		second: {{Role: access.Administrator, Scope: access.Installation}},
	}
	b.things = []moderation.Thing{
		{ID: article, Place: place, At: place, Title: "Kronika", Path: "/kronika", Text: "Zwykłe *słowa* i [link](https://spam.example)", Public: true, Written: store.At(today.Add(-time.Hour)), Authors: []store.ID{ewa}},
		{ID: profile, Title: "Klub", Path: "/klub", Text: "O klubie", Public: true, Written: store.At(today.Add(-time.Hour)), Authors: []store.ID{ewa}},
		{ID: draft, Place: place, At: place, Title: "Szkic", Path: "/szkic", Authors: []store.ID{ewa}},
	}
	b.Site = webtest.New(t, db, words, b, b.Routes()...)
	b.App.Refuse, b.App.Appeal = b.Refuse, moderation.AppealLink
	for id, name := range map[store.ID]string{anna: "Anna Kierowniczka", jan: "Jan Kierownik", ewa: "Ewa Autorka", piotr: "Piotr Czytelnik", admin: "Ada Admin", second: "Olek Admin"} {
		b.exec(`INSERT INTO person (id, email, name, name_key, search, language, created_at) VALUES ($1, $2, $3, 'a', 'a', 'pl', 1)`, id, lang.Slug(name)+"@example.org", name)
	}
	return b
}

func (b *town) others(_ context.Context, _ store.Reader, programme store.ID, besides []store.ID) (roles []access.Role, _ error) {
	for person, grants := range b.grants {
		for _, g := range grants {
			if g.ID == programme && !slices.Contains(besides, person) && !slices.Contains(roles, g.Role) {
				roles = append(roles, g.Role)
			}
		}
	}
	return roles, nil
}

func (b *town) find(_ context.Context, _ store.Reader, ids []store.ID) (found []moderation.Thing, _ error) {
	for _, t := range b.things {
		if slices.Contains(ids, t.ID) {
			found = append(found, t)
		}
	}
	return found, nil
}

func (b *town) follow(_ context.Context, _ *store.Tx, id store.ID) error {
	b.changed = append(b.changed, id)
	return nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (b *town) exec(query string, args ...any) {
	b.t.Helper()
	must(b.t, b.db.Write(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Exec(context.Background(), query, args...)
		return err
	}))
}

// clear forgets everything that happened, for another turn.
func (b *town) clear() {
	b.t.Helper()
	for _, table := range []string{"notice_recipient", "notice_message", "mail_outbox", "moderation_appeal", "moderation_case", "moderation_count", "desk_item", "session", "person"} {
		b.exec(`DELETE FROM ` + table)
	}
}

// as is the context of a request by a person; "" is a visitor with a browser
// of that name.
func (b *town) as(person store.ID) context.Context {
	ctx := lang.With(context.Background(), b.words.Printer(lang.Polish))
	return access.With(ctx, &access.Actor{Person: person, Grants: b.grants[person], Device: "device of " + string(person)})
}

func (b *town) visitor(device string, fresh bool) context.Context {
	ctx := lang.With(context.Background(), b.words.Printer(lang.Polish))
	return access.With(ctx, &access.Actor{Device: device, NewDevice: fresh})
}

func (b *town) browser(person store.ID) *webtest.Browser {
	return b.As(person, len(b.grants[person]) > 0)
}

func one[T any](b *town, query string, args ...any) T {
	b.t.Helper()
	value, err := store.One[T](context.Background(), b.db, query, args...)
	must(b.t, err)
	return value
}

var spam = moderation.Report{Reason: "spam"}

// reported is a case that Piotr's report has opened.
func (b *town) reported(thing store.ID) (id store.ID, version int) {
	b.t.Helper()
	must(b.t, b.Report(b.as(piotr), "note", thing, spam, "10.0.0.1"))
	return b.live(thing)
}

func (b *town) live(thing store.ID) (id store.ID, version int) {
	b.t.Helper()
	c := one[struct {
		ID      store.ID
		Version int
	}](b, `SELECT id, version FROM moderation_case WHERE thing = $1 AND state IN ('open', 'hidden')`, thing)
	return c.ID, c.Version
}

// hidden is a case whose text Anna has hidden.
func (b *town) hidden() (id store.ID, version int) {
	b.t.Helper()
	id, version = b.reported(article)
	must(b.t, b.Hide(b.as(anna), id, version, "To reklama."))
	return id, version + 1
}

// told lists the kinds of which a person was told.
func (b *town) told(person store.ID) string {
	b.t.Helper()
	must(b.t, b.queue.Drain(context.Background()))
	kinds, err := store.All[string](context.Background(), b.db, `SELECT m.kind FROM notice_message m JOIN notice_recipient r ON r.message = m.id
		WHERE r.person = $1 ORDER BY m.kind`, person)
	must(b.t, err)
	return strings.Join(kinds, " ")
}

func (b *town) veil(thing store.ID) *moderation.Veil {
	b.t.Helper()
	v, err := moderation.VeilOf(context.Background(), b.db, "note", thing)
	must(b.t, err)
	return v
}

// write accepts a text of a person.
func (b *town) write(person store.ID, t moderation.Text) (waits bool, err error) {
	ctx := b.as(person)
	err = b.db.Write(ctx, func(tx *store.Tx) error {
		waits, err = b.Accept(ctx, tx, t)
		return err
	})
	return waits, err
}
