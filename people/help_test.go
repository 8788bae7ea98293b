package people_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"regexp"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// house is the room in a site of its own, with a mailbox for everybody.
type house struct {
	*webtest.Site
	t       testing.TB
	people  *people.Service
	queue   *jobs.Queue
	mailbox *mail.Memory
	addr    netip.Addr // from where requests come
}

func open(t testing.TB, db *store.DB, change ...func(*people.Options)) *house {
	t.Helper()
	catalogue, err := lang.Load(web.Messages, ui.Messages, mail.Messages, territory.Messages, people.Messages)
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	queue, err := jobs.New(db, quiet)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, queue: queue, mailbox: mail.NewMemory(10000), addr: netip.MustParseAddr("192.0.2.1")}
	outbox := mail.NewOutbox(db, queue, h.mailbox, mail.Options{Site: webtest.SiteInfo(), Catalogue: catalogue, Logger: quiet})
	o := people.Options{Site: webtest.SiteInfo(), Outbox: outbox, Queue: queue, Secret: []byte(strings.Repeat("s", 32)),
		ClientAddr: func(*http.Request) netip.Addr { return h.addr }}
	for _, f := range change {
		f(&o)
	}
	h.people = people.New(db, o)
	h.Site = webtest.New(t, db, catalogue, h.people, h.people.Routes()...)
	return h
}

// person makes an account without the pages.
func (h *house) person(name, email string) people.Person {
	h.t.Helper()
	var p people.Person
	err := h.DB.Write(h.t.Context(), func(tx *store.Tx) (err error) {
		p, err = h.people.Create(h.t.Context(), tx, people.NewPerson{Name: name, Email: email})
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

// administrator makes an account that administers.
func (h *house) administrator(email string) people.Person {
	h.t.Helper()
	p, _, err := h.people.AdminCreate(h.t.Context(), email)
	if err != nil {
		h.t.Fatal(err)
	}
	p, err = people.ByID(h.t.Context(), h.DB, p.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

// deliver sends the letters that wait.
func (h *house) deliver() {
	h.t.Helper()
	if err := h.queue.Drain(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

var (
	sixDigits = regexp.MustCompile(`(?m)^[0-9]{6}$`)
	entryLink = regexp.MustCompile(`/wejscie/link/[A-Za-z0-9_-]+`)
)

// letter is the last one to an address.
func (h *house) letter(to string) mail.Received {
	h.t.Helper()
	h.deliver()
	l, ok := h.mailbox.Last(to)
	if !ok {
		h.t.Fatalf("no letter to %s", to)
	}
	return l
}

func (h *house) code(to string) string { return sixDigits.FindString(h.letter(to).Text) }
func (h *house) link(to string) string { return entryLink.FindString(h.letter(to).Text) }

// signIn takes a browser through the door with a code.
func (h *house) signIn(b *webtest.Browser, email string) *webtest.Page {
	h.t.Helper()
	b.Post("/wejscie", "email", email).Want(h.t, http.StatusSeeOther)
	return b.Post("/wejscie/kod", "code", h.code(email)).Want(h.t, http.StatusSeeOther)
}

func count(t testing.TB, db *store.DB, table string) int {
	t.Helper()
	n, err := store.One[int](context.Background(), db, `SELECT count(*) FROM `+table)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
