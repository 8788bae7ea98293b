package people_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/privacy"
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
	mailbox := mail.NewMemory(10000)
	h := openWith(t, db, mailbox, change...)
	h.mailbox = mailbox
	return h
}

// openWith lets letters go another way than into the mailbox.
func openWith(t testing.TB, db *store.DB, transport mail.Transport, change ...func(*people.Options)) *house {
	t.Helper()
	catalogue, err := lang.Load(web.Messages, ui.Messages, mail.Messages, territory.Messages, export.Messages, people.Messages, privacy.Messages)
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	queue, err := jobs.New(db, quiet)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, queue: queue, addr: netip.MustParseAddr("192.0.2.1")}
	outbox := mail.NewOutbox(db, queue, transport, mail.Options{Site: webtest.SiteInfo(), Catalogue: catalogue, Logger: quiet})
	o := people.Options{Site: webtest.SiteInfo(), Outbox: outbox, Queue: queue, Secret: []byte(strings.Repeat("s", 32)),
		ClientAddr: func(r *http.Request) netip.Addr {
			if from := r.Header.Get("Test-From"); from != "" {
				return netip.MustParseAddr(from)
			}
			return h.addr
		}}
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

// at returns a request of a browser, for those that are made at once.
func (h *house) at(b *webtest.Browser, path string, pairs ...string) *http.Request {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, webtest.Public+path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", "pl")
	for _, name := range []string{"wejscie", "wspolnota"} {
		if value := b.Cookie(name); value != "" {
			r.AddCookie(&http.Cookie{Name: name, Value: value})
		}
	}
	return r
}

// together makes n requests at once and returns the answers.
func (h *house) together(n int, request func(i int) *http.Request) []*http.Response {
	handler := h.App.Handler()
	answers := make([]*http.Response, n)
	var start, done sync.WaitGroup
	start.Add(1)
	for i := range n {
		r := request(i)
		done.Go(func() {
			start.Wait()
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			answers[i] = w.Result()
		})
	}
	start.Done()
	done.Wait()
	return answers
}

// gained counts the answers that gave a cookie of that name a value.
func gained(answers []*http.Response, cookie string) int {
	n := 0
	for _, a := range answers {
		if slices.ContainsFunc(a.Cookies(), func(c *http.Cookie) bool { return c.Name == cookie && c.Value != "" && c.MaxAge >= 0 }) {
			n++
		}
	}
	return n
}

// mistake fails the test unless the page shows the words of a key.
func mistake(t testing.TB, p *webtest.Page, words string) {
	t.Helper()
	p.Want(t, http.StatusUnprocessableEntity)
	if !strings.Contains(p.Text("main"), words) {
		t.Errorf("%q is not said: %s", words, p.Text("main"))
	}
}

// text is the words of an element, for Selection.Map.
func text(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }
