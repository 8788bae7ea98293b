package notice_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

const place = store.ID("0191a000-0000-7000-8000-00000000000a")

// monday is a Monday, eight in the morning in Warsaw.
var monday = time.Date(2014, time.June, 9, 6, 0, 0, 0, time.UTC)

type anybody struct{}

func (anybody) Actor(_ context.Context, s session.Session) (*access.Actor, error) {
	return &access.Actor{Person: s.Person, Name: "Ktoś", Session: s.ID}, nil
}

// bureau is a center with everybody around it.
type bureau struct {
	log bytes.Buffer
	*notice.Center
	*webtest.Site
	t       testing.TB
	db      *store.DB
	queue   *jobs.Queue
	mailbox *mail.Memory
}

func newBureau(t testing.TB, db *store.DB, how notice.How) *bureau {
	t.Helper()
	db.Clock().Set(monday)
	words, err := lang.Load(web.Messages, ui.Messages, mail.Messages, notice.Messages)
	must(t, err)
	b := &bureau{t: t, db: db, mailbox: mail.NewMemory(100_000)}
	q, err := jobs.New(db, slog.New(slog.NewTextHandler(&b.log, nil)))
	must(t, err)
	b.queue = q
	outbox := mail.NewOutbox(db, q, b.mailbox, mail.Options{Site: webtest.SiteInfo(), Catalogue: words})
	b.Center = notice.New(db, notice.Options{Site: webtest.SiteInfo(), Queue: q, Outbox: outbox, Secret: make([]byte, 32),
		Programme: func(_ context.Context, slug string) (notice.Place, error) {
			return notice.Place{ID: place, Title: "Program", Path: "/programy/" + slug}, nil
		}})
	b.Register(notice.Kind{Name: "test.news", Key: "notice.new", What: "notice.follow.what", Letter: true, Default: how,
		Audience: `SELECT id AS person FROM person WHERE $1 <> '' AND name <> $2`})
	b.Register(notice.Kind{Name: "test.followed", Key: "notice.new", What: "notice.follow.yes", Letter: true, Default: notice.Now,
		Audience: `SELECT person FROM notice_follow WHERE place = $1`})
	b.Site = webtest.New(t, db, words, anybody{}, b.Routes()...)
	return b
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// crowd makes people.
func (b *bureau) crowd(n int) []store.ID {
	b.t.Helper()
	ids := make([]store.ID, n)
	for from := 0; from < n; from += 500 {
		var rows []string
		var args []any
		for i := from; i < min(n, from+500); i++ {
			ids[i] = store.NewID()
			args = append(args, ids[i], fmt.Sprintf("p%d@example.org", i))
			rows = append(rows, fmt.Sprintf(`($%d, $%d, 'Osoba', 'o', 'o', 'pl', 1)`, len(args)-1, len(args)))
		}
		b.exec(`INSERT INTO person (id, email, name, name_key, search, language, created_at) VALUES `+strings.Join(rows, ", "), args...)
	}
	return ids
}

func (b *bureau) exec(query string, args ...any) {
	b.t.Helper()
	must(b.t, b.db.Write(b.t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(b.t.Context(), query, args...)
		return err
	}))
}

func (b *bureau) tell(n notice.Notice) store.ID {
	b.t.Helper()
	if n.Kind == "" {
		n.Kind = "test.news"
	}
	n.Place, n.PlaceTitle, n.Title, n.Path = place, "Program", "Tytuł", "/programy/wisla"
	must(b.t, b.db.Write(b.t.Context(), func(tx *store.Tx) error { return b.Tell(b.t.Context(), tx, n) }))
	id, err := store.One[store.ID](b.t.Context(), b.db, `SELECT id FROM notice_message WHERE kind = $1 AND matter = $2`, n.Kind, n.Matter)
	must(b.t, err)
	return id
}

func (b *bureau) count(query string) int {
	b.t.Helper()
	n, err := store.One[int](b.t.Context(), b.db, query)
	must(b.t, err)
	return n
}

func (b *bureau) drain() {
	b.t.Helper()
	must(b.t, b.queue.Drain(b.t.Context()))
}

// TestFiftyThousandAreReachedAtOnce: one statement and one job reach everybody
// in less than five seconds, and doing it again reaches nobody twice.
func TestFiftyThousandAreReachedAtOnce(t *testing.T) {
	const people = 50_000
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newBureau(t, db, notice.Daily)
		b.crowd(people)
		message := b.tell(notice.Notice{Matter: "1"})
		if n := b.count(`SELECT count(*) FROM river_job WHERE kind LIKE 'notice.%'`); n != 1 {
			t.Errorf("%d jobs", n)
		}
		began := time.Now()
		must(t, b.Spread(t.Context(), message))
		took := time.Since(began)
		t.Logf("%d people in %v", people, took)
		if took > 5*time.Second {
			t.Errorf("took %v", took)
		}
		must(t, b.Spread(t.Context(), message))
		b.exec(`UPDATE notice_message SET spread = FALSE`) // as if the job had died after its work
		must(t, b.Spread(t.Context(), message))
		if n := b.count(`SELECT count(*) FROM notice_recipient`); n != people {
			t.Errorf("%d were told", n)
		}
	})
}

// Two replicas work the same jobs at once: everybody gets one letter.
func TestReplicasWriteToEverybodyOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newBureau(t, db, notice.Now)
		b.crowd(250)
		message := b.tell(notice.Notice{Matter: "1"})
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				if err := b.Spread(t.Context(), message); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		for range 2 { // each replica has its own job by now
			b.drain()
		}
		to := map[string]int{}
		for _, l := range b.mailbox.Letters() {
			to[l.To]++
		}
		if len(to) != 250 || len(b.mailbox.Letters()) != 250 {
			t.Errorf("%d letters to %d people", len(b.mailbox.Letters()), len(to))
		}
	})
}

func TestDigestComesOnceInItsTime(t *testing.T) {
	for _, tt := range []struct {
		how  notice.How
		wait time.Duration
	}{{notice.Daily, 24 * time.Hour}, {notice.Weekly, 7 * 24 * time.Hour}} {
		t.Run(string(tt.how), func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				b := newBureau(t, db, tt.how)
				b.crowd(3)
				b.tell(notice.Notice{Matter: "1"})
				b.tell(notice.Notice{Matter: "2"})
				b.drain()
				for _, step := range []struct {
					after time.Duration
					want  int
				}{{0, 0}, {tt.wait - 2*time.Hour, 0}, {2 * time.Hour, 3}, {time.Hour, 3}, {30 * 24 * time.Hour, 3}} {
					b.db.Clock().Advance(step.after)
					must(t, b.Digest(t.Context()))
					must(t, b.Digest(t.Context()))
					b.drain()
					if n := len(b.mailbox.Letters()); n != step.want {
						t.Fatalf("after %v: %d letters, want %d", step.after, n, step.want)
					}
				}
				l := b.mailbox.Letters()[0]
				if !strings.HasPrefix(l.Subject, "2 nowości") || l.Unsubscribe == "" || strings.Count(l.Text, "/programy/wisla") != 2 {
					t.Errorf("%s\n%s", l.Subject, l.Text)
				}
			})
		})
	}
}

func TestScheduledNoticeWaitsAndACancelledOneIsGone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newBureau(t, db, notice.Now)
		b.crowd(2)
		b.tell(notice.Notice{Matter: "1", At: monday.Add(time.Hour)})
		b.tell(notice.Notice{Matter: "1", At: monday.Add(3 * time.Hour)}) // put off
		b.tell(notice.Notice{Matter: "2", At: monday.Add(time.Hour)})
		must(t, db.Write(t.Context(), func(tx *store.Tx) error { return b.Cancel(t.Context(), tx, "test.news", "2") }))
		for _, step := range []struct {
			after time.Duration
			want  int
		}{{0, 0}, {2 * time.Hour, 0}, {2 * time.Hour, 2}} {
			db.Clock().Advance(step.after)
			b.drain()
			if n := b.count(`SELECT count(*) FROM notice_recipient`); n != step.want {
				t.Errorf("%d were told, want %d", n, step.want)
			}
		}
		must(t, db.Write(t.Context(), func(tx *store.Tx) error { return b.Cancel(t.Context(), tx, "test.news", "1") }))
		if n := b.count(`SELECT count(*) FROM notice_recipient`); n != 0 {
			t.Errorf("%d are still told of what was withdrawn", n)
		}
		if b.log.Len() > 0 { // that something was cancelled is no news to whoever runs the site
			t.Errorf("the log says %s", b.log.String())
		}
	})
}

// The link of a letter ends its kind by one POST without cookies, shows and does
// nothing else, and a scanner that opens it ends nothing.
func TestUnsubscribingByOneClick(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newBureau(t, db, notice.Now)
		ids := b.crowd(2)
		b.tell(notice.Notice{Matter: "1"})
		b.drain()
		letter, _ := b.mailbox.Last("p0@example.org")
		path := strings.TrimPrefix(letter.Unsubscribe, webtest.Public)
		if path != b.StopPath(ids[0], "test.news") || !strings.Contains(letter.Text, path) {
			t.Fatalf("%q\n%s", letter.Unsubscribe, letter.Text)
		}
		page := b.Visitor().Get(path).Want(t, http.StatusOK)
		if strings.Contains(page.Body, "p0@") || strings.Contains(page.Body, "Osoba") {
			t.Error("the page tells whose it is")
		}
		if n := b.count(`SELECT count(*) FROM notice_preference`); n != 0 {
			t.Error("opening the page has unsubscribed")
		}
		robot := b.Visitor()
		robot.Post(path, "List-Unsubscribe", "One-Click").Want(t, http.StatusOK)
		if robot.Cookie("wspolnota") != "" {
			t.Error("the link signs in")
		}
		robot.Get(notice.ListPath).Want(t, http.StatusSeeOther) // to the door
		b.tell(notice.Notice{Matter: "2"})
		b.drain()
		var to []string
		for _, l := range b.mailbox.Letters()[:1] {
			to = append(to, l.To)
		}
		if len(b.mailbox.Letters()) != 3 || !slices.Equal(to, []string{"p1@example.org"}) {
			t.Errorf("%d letters, the last to %v", len(b.mailbox.Letters()), to)
		}
		for _, forged := range []string{path + "x", strings.Replace(path, "/wypisz/", "/wypisz/A", 1), "/wypisz/x.y"} {
			b.Visitor().Post(forged).Want(t, http.StatusNotFound)
		}
	})
}

func TestSettingsAreKeptAndObeyed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newBureau(t, db, notice.Daily)
		ids := b.crowd(1)
		person := b.As(ids[0], false)
		path := notice.ListPath + "/ustawienia"
		if got := person.Get(path).Value("jak-test-news"); got != "daily" {
			t.Errorf("begins with %q", got)
		}
		person.Post(path, "jak-test-news", "never", "jak-test-followed", "now").Want(t, http.StatusUnprocessableEntity)
		person.Post(path, "jak-test-news", "none", "jak-test-followed", "weekly").Want(t, http.StatusSeeOther)
		if got := person.Get(path).Value("jak-test-news"); got != "none" {
			t.Errorf("kept %q", got)
		}
		b.tell(notice.Notice{Matter: "1"})
		b.drain()
		page := person.Get(notice.ListPath).Want(t, http.StatusOK)
		if page.Count(".task") != 1 || !strings.Contains(page.Text("main"), "1 nieprzeczytane") || len(b.mailbox.Letters()) != 0 {
			t.Errorf("%s", page.Text("main"))
		}
		person.Post(notice.ListPath+"/przeczytane").Want(t, http.StatusSeeOther)
		if got := person.Get(notice.ListPath).Text("main"); !strings.Contains(got, "0 nieprzeczytanych") {
			t.Errorf("%s", got)
		}
	})
}

func TestFollowersAreToldUntilTheyStop(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newBureau(t, db, notice.Now)
		ids := b.crowd(2)
		person := b.As(ids[0], false)
		for range 2 {
			person.Post("/programy/wisla/obserwuj").Want(t, http.StatusSeeOther)
		}
		b.tell(notice.Notice{Kind: "test.followed", Matter: "1"})
		b.drain()
		person.Post("/programy/wisla/nie-obserwuj").Want(t, http.StatusSeeOther)
		b.tell(notice.Notice{Kind: "test.followed", Matter: "2"})
		b.drain()
		if n := b.count(`SELECT count(*) FROM notice_recipient`); n != 1 {
			t.Errorf("%d were told", n)
		}
	})
}

// BenchmarkSpread is the time to reach fifty thousand people.
func BenchmarkSpread(b *testing.B) {
	c := newBureau(b, storetest.SQLite(b), notice.Daily)
	c.crowd(50_000)
	n := 0
	for b.Loop() {
		n++
		must(b, c.Spread(b.Context(), c.tell(notice.Notice{Matter: fmt.Sprint(n)})))
	}
}
