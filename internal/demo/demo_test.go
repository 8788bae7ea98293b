package demo_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/barrier"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/event/exchange"
	"github.com/wspolnota/wspolnota/event/feedback"
	"github.com/wspolnota/wspolnota/event/group"
	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/event/panel"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/event/seating"
	"github.com/wspolnota/wspolnota/event/visit"
	"github.com/wspolnota/wspolnota/internal/demo"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/live"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/assist"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// world is the demo with all its rooms, and the site over them.
type world struct {
	*demo.Demo
	db      *store.DB
	people  *people.Service
	queue   *jobs.Queue
	mailbox *mail.Memory
	site    *webtest.Site
}

func newWorld(t *testing.T, db *store.DB) *world {
	t.Helper()
	catalogue, err := lang.Load(web.Messages, ui.Messages, mail.Messages, blob.Messages, territory.Messages, people.Messages,
		organisation.Messages, programme.Messages, news.Messages, barrier.Messages, event.Messages, registration.Messages, panel.Messages, visit.Messages, exchange.Messages, group.Messages,
		attendance.Messages, seating.Messages, minutes.Messages, feedback.Messages, debate.Messages, demo.Messages)
	must(t, err)
	files, err := blob.Dir(t.TempDir())
	must(t, err)
	log := slog.New(slog.DiscardHandler)
	w := &world{db: db, mailbox: mail.NewMemory(1000)}
	w.queue, err = jobs.New(db, log)
	must(t, err)
	site := webtest.SiteInfo()
	site.Demo = true
	outbox := mail.NewOutbox(db, w.queue, w.mailbox, mail.Options{Site: site, From: "demo@example.org", Catalogue: catalogue, Logger: log})
	w.people = people.New(db, people.Options{Site: site, Outbox: outbox, Queue: w.queue,
		Secret: []byte(strings.Repeat("s", 64))})
	organisations := organisation.New(db, organisation.Options{Site: site, People: w.people, Outbox: outbox})
	programmes := programme.New(db, programme.Options{Site: site, People: w.people, Outbox: outbox, Files: files})
	articles := news.New(db, news.Options{Site: site, Blobs: files, Logger: log})
	events := event.New(db, event.Options{Site: site, Blobs: files, Outbox: outbox, Logger: log})
	panels := panel.New(db, panel.Options{Site: site, Live: live.New(db, live.Options{})})
	programmes.AddBlock(articles.ProgrammeBlock())
	programmes.AddHomeBlock(articles.HomeBlock)
	thread := trace.New(db, search.New(db, search.Options{}))
	thread.Add(programme.TraceKind(), news.TraceKind(), organisation.TraceKind(), barrier.TraceKind(), event.TraceKind())
	thread.Add(minutes.TraceKinds()...)
	thread.AddRelation(programme.TraceRelation())
	barriers := barrier.New(db, barrier.Options{Site: site, Trace: thread})
	w.Demo = demo.New(demo.Deps{DB: db, Queue: w.queue, People: w.people, Organisations: organisations, Programmes: programmes, News: articles, Barriers: barriers, Events: events, Panels: panels,
		Registrations: registration.New(db, registration.Options{Site: site, Outbox: outbox, Logger: log}),
		Visits:        visit.New(db, visit.Options{}), Exchanges: exchange.New(db, exchange.Options{Draft: events.Draft}),
		Groups: group.New(db, group.Options{Site: site, Outbox: outbox, Draft: events.Draft}), Trace: thread,
		Attendance: attendance.New(db, attendance.Options{Site: site, Secret: []byte("s"), Logger: log}), Seating: seating.New(db, seating.Options{Site: site, Logger: log}),
		Minutes:  minutes.New(db, minutes.Options{Site: site, Blobs: files, Trace: thread, Logger: log}),
		Feedback: feedback.New(db, feedback.Options{Site: site, Took: attendance.Took}), Debates: debate.New(db, debate.Options{Site: site, Logger: log}),
		Catalogue: catalogue, Logger: log,
		Assist: assist.New(db, w.people, nil, assist.Options{Site: site, Programme: programmes.LogPlace}), Site: site})
	var routes []web.Route
	for _, room := range [][]web.Route{w.people.Routes(), organisations.Routes(), programmes.Routes(), articles.Routes(), panels.Routes(), w.Routes()} {
		routes = append(routes, room...)
	}
	w.site = webtest.New(t, db, catalogue, w.people, routes...)
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, db *store.DB, query string) int {
	t.Helper()
	n, err := store.One[int](t.Context(), db, query)
	must(t, err)
	return n
}

// TestDemo loads the example once into each kind of database and looks at it
// from all sides; on SQLite also through its pages, which know no database.
func TestDemo(t *testing.T) {
	var first string
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		before, began := db.Now(), processorTime(t)
		must(t, w.Load(t.Context()))
		if took := processorTime(t) - began; took > loadingTakes {
			t.Errorf("loading took %s", took)
		}
		if db.Now() != before {
			t.Errorf("the clock stands at %s, stood at %s before", db.Now(), before)
		}
		loaded := digest(t, db)
		if first == "" {
			first = loaded
		}
		if loaded != first {
			t.Error("the content differs from that of the first load")
		}
		t.Run("every room is filled", func(t *testing.T) { everyRoomIsFilled(t, db) })
		t.Run("loading again changes nothing", func(t *testing.T) { loadingAgainChangesNothing(t, w) })
		t.Run("letters can be written", func(t *testing.T) { lettersCanBeWritten(t, w) })
		if db.Dialect() != store.SQLite {
			return
		}
		t.Run("links let in as often as they are opened", func(t *testing.T) { linksLetIn(t, w) })
		t.Run("a wrong key lets nobody in", func(t *testing.T) { wrongKeyLetsNobodyIn(t, w) })
		t.Run("the page of roles leads to each", func(t *testing.T) { pageOfRolesLeadsToEach(t, w) })
		t.Run("the clock shows the phase and the news of the day", func(t *testing.T) { clockShowsTheDay(t, w) })
	})
}

// processorTime is what this program has used: other tests run beside it.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	must(t, syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// The seminar and those who signed up for it.
const (
	ofWisla = `FROM event_registration g JOIN event e ON e.id = g.event WHERE e.kind = 'seminar' `
	inWisla = `SELECT count(*) ` + ofWisla
)

func everyRoomIsFilled(t *testing.T, db *store.DB) {
	for _, tt := range []struct {
		what, query string
		want        int
	}{
		{"people", `SELECT count(*) FROM person`, 72},
		{"gminas in which they live", `SELECT count(DISTINCT municipality) FROM person`, 25},
		{"administrators", `SELECT count(*) FROM person WHERE administrator`, 1},
		{"organisations", `SELECT count(*) FROM organisation`, 24},
		{"kinds of organisations", `SELECT count(DISTINCT kind) FROM organisation`, 16},
		{"sectors", `SELECT count(DISTINCT sector) FROM organisation`, 4},
		{"organisations that wait for a check", `SELECT count(*) FROM organisation WHERE verified_at IS NULL`, 6},
		{"organisations sent back", `SELECT count(*) FROM organisation WHERE verified_at IS NULL AND verification_note <> ''`, 1},
		{"requests that wait", `SELECT count(*) FROM organisation_request WHERE state = 'waiting'`, 1},
		{"invitations to organisations", `SELECT count(*) FROM organisation_invitation WHERE state = 'waiting'`, 2},
		{"mandates that end by themselves", `SELECT count(*) FROM organisation_mandate WHERE until_at IS NOT NULL`, 1},
		{"public programmes", `SELECT count(*) FROM programme WHERE state = 'published'`, 2},
		{"drafts of programmes", `SELECT count(*) FROM programme WHERE state = 'draft'`, 1},
		{"places of the main programme", `SELECT count(*) FROM programme_area a JOIN programme p ON p.id = a.programme
				WHERE p.slug = 'miedzysektorowa-wspolpraca'`, 28},
		{"roles in programmes", `SELECT count(DISTINCT role) FROM programme_role`, 5},
		{"requests to join a programme", `SELECT count(*) FROM programme_member WHERE state = 'requested'`, 1},
		{"sectors of members", `SELECT count(DISTINCT sector) FROM programme_member WHERE state = 'active'`, 4},
		{"invitations to programmes", `SELECT count(*) FROM programme_invitation WHERE answer = ''`, 2},
		{"goals of the main programme", `SELECT count(*) FROM programme_goal g JOIN programme p ON p.id = g.programme
				WHERE p.slug = 'miedzysektorowa-wspolpraca'`, 5},
		{"goals without an activity", `SELECT count(*) FROM programme_goal g JOIN programme p ON p.id = g.programme
				WHERE p.slug = 'miedzysektorowa-wspolpraca' AND NOT EXISTS (SELECT 1 FROM programme_goal_activity WHERE goal = g.id)`, 1},
		{"people who follow a programme", `SELECT count(DISTINCT person) FROM notice_follow`, 5},
		{"people who chose how they are told", `SELECT count(*) FROM notice_preference`, 4},
		{"clauses of information", `SELECT count(*) FROM privacy_clause`, 3},
		{"declarations of accessibility", `SELECT count(*) FROM imprint_declaration`, 2},
		{"people helped at a desk", `SELECT count(*) FROM assistance WHERE ended_at IS NOT NULL`, 1},
		{"what they did there", `SELECT count(*) FROM programme_member m JOIN assistance a ON a.person = m.person`, 1},
		{"sessions that are left", `SELECT count(*) FROM session`, 0},
		{"articles", `SELECT count(*) FROM news_article`, 10},
		{"drafts of articles", `SELECT count(*) FROM news_article WHERE publish_at IS NULL`, 1},
		{"withdrawn articles", `SELECT count(*) FROM news_article WHERE withdrawn_at IS NOT NULL`, 1},
		{"corrected articles", `SELECT count(*) FROM news_article WHERE revision > 1`, 1},
		{"events", `SELECT count(*) FROM event WHERE published_at IS NOT NULL`, 13},
		{"seats at the seminar", inWisla + `AND g.state = 'confirmed'`, 36},
		{"people who wait for one", inWisla + `AND g.state = 'waiting'`, 7},
		{"people who gave one back", inWisla + `AND g.state = 'withdrawn'`, 1},
		{"sectors of those with a seat", `SELECT count(DISTINCT g.sector) ` + ofWisla + `AND g.state = 'confirmed'`, 4},
		{"firms, too few to be told apart", inWisla + `AND g.state = 'confirmed' AND g.sector = 'business'`, 2},
		{"people at mixed tables", `SELECT count(*) FROM event_seat x JOIN event_registration g ON g.id = x.registration JOIN event e ON e.id = g.event
				WHERE e.kind = 'seminar'`, 36},
		{"people who came to it", `SELECT count(DISTINCT a.registration) FROM event_attendance a JOIN event e ON e.id = a.event WHERE e.kind = 'seminar'`, 32},
		{"those noted at its last session", `SELECT count(*) FROM event_attendance a JOIN event_session x ON x.id = a.session
				WHERE x.title = 'Ankieta po seminarium'`, 29},
		{"certificates of the seminar", `SELECT count(*) FROM event_certificate c JOIN event e ON e.id = c.event WHERE e.kind = 'seminar'`, 30},
		{"published minutes", `SELECT count(*) FROM event_minutes WHERE published_at IS NOT NULL`, 7},
		{"decisions before the public", `SELECT count(*) FROM event_minutes_decision WHERE public_text <> ''`, 12},
		{"tasks of organisations and of people", `SELECT count(*) FROM event_task WHERE public_at IS NOT NULL`, 17},
		{"tasks that are done", `SELECT count(*) FROM event_task WHERE state = 'closed'`, 11},
		{"tasks that were given up", `SELECT count(*) FROM event_task WHERE state = 'dropped'`, 1},
		{"sheets of the evaluation of the seminar", `SELECT count(*) FROM event_feedback_participation p JOIN event_feedback f ON f.id = p.form
				JOIN event e ON e.id = f.event WHERE e.kind = 'seminar'`, 27},
		{"debates that are over", `SELECT count(*) FROM debate WHERE closed_at IS NOT NULL`, 3},
		{"statements of the large debate", `SELECT count(*) FROM debate_statement s JOIN debate d ON d.id = s.debate WHERE d.question LIKE 'Co naprawd%' AND s.state = 'shown'`, 30},
		{"people in it who voted", `SELECT count(DISTINCT x.participant) FROM debate_entry x JOIN debate d ON d.id = x.debate WHERE d.question LIKE 'Co naprawd%'`, 160},
		{"people in the debate of the seminar", `SELECT count(*) FROM debate_participant x JOIN debate d ON d.id = x.debate WHERE d.event IS NOT NULL`, 32},
		{"links from votes to people", `SELECT (SELECT count(*) FROM debate_person) + (SELECT count(*) FROM debate_device)`, 0},
		{"questions to the experts", `SELECT count(*) FROM event_panel_question`, 9},
		{"lessons of the visit", `SELECT count(*) FROM event_visit_lesson`, 3},
		{"practices that are copied", `SELECT count(*) FROM event_visit_copy`, 4},
		{"barriers in public", `SELECT count(*) FROM barrier WHERE state = 'registered'`, 21},
	} {
		if got := count(t, db, tt.query); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.what, got, tt.want)
		}
	}
}

func loadingAgainChangesNothing(t *testing.T, w *world) {
	before := digest(t, w.db)
	links, err := w.Links(t.Context())
	must(t, err)
	must(t, w.Load(t.Context()))
	if digest(t, w.db) != before {
		t.Error("loading again changed something")
	}
	again, err := w.Links(t.Context())
	must(t, err)
	if fmt.Sprint(links) != fmt.Sprint(again) {
		t.Error("the links changed")
	}
}

// madeUp is the address of somebody without one: a different one in each load.
var madeUp = regexp.MustCompile(`osoba-[^|]+@bez-adresu\.invalid`)

// digest sums up what people read, without ids and the times of loading.
func digest(t *testing.T, db *store.DB) string {
	t.Helper()
	h := sha256.New()
	for _, query := range []string{
		`SELECT email || '|' || name || '|' || municipality || '|' || created_at FROM person ORDER BY email`,
		`SELECT slug || '|' || name || '|' || nip || regon || register_number || '|' || description || '|' || COALESCE(verified_at, 0)
			FROM organisation ORDER BY slug`,
		`SELECT o.slug || '|' || p.email || '|' || m.role || '|' || m.title || '|' || m.from_at || '|' || COALESCE(m.until_at, 0)
			FROM organisation_mandate m JOIN organisation o ON o.id = m.organisation JOIN person p ON p.id = m.person
			ORDER BY o.slug, p.email`,
		`SELECT slug || '|' || title || '|' || summary || '|' || description || '|' || starts_at || '|' || state FROM programme ORDER BY slug`,
		`SELECT title || '|' || starts_at || '|' || COALESCE(ends_at, 0) || '|' || opens FROM programme_phase ORDER BY title`,
		`SELECT g.title || '|' || i.name || '|' || COALESCE(i.baseline, -1) || '|' || i.target || '|' || v.amount || '|' || v.day || '|' || v.note
			FROM programme_goal g JOIN programme_indicator i ON i.goal = g.id
			JOIN programme_indicator_value v ON v.indicator = i.id ORDER BY g.title, i.name, v.day`,
		`SELECT r.slug || '|' || p.email || '|' || m.state || '|' || m.sector || '|' || m.municipality || '|' || m.since
			FROM programme_member m JOIN programme r ON r.id = m.programme JOIN person p ON p.id = m.person ORDER BY r.slug, p.email`,
		`SELECT a.slug || '|' || COALESCE(a.publish_at, 0) || '|' || v.number || '|' || v.title || '|' || v.lead || '|' || v.body || '|' || v.saved_at
			FROM news_article a JOIN news_revision v ON v.article = a.id ORDER BY a.slug, v.number`,
		`SELECT name || '|' || type || '|' || size || '|' || uploaded_at FROM news_file ORDER BY name`,
		`SELECT slug || '|' || title || '|' || starts_at || '|' || ends_at || '|' || COALESCE(published_at, 0) FROM event`,
		`SELECT e.slug || '|' || g.name || '|' || g.state || '|' || g.number || '|' || g.sector || '|' || g.registered_at
			FROM event_registration g JOIN event e ON e.id = g.event`,
		`SELECT e.slug || '|' || g.name || '|' || a.came_at FROM event_attendance a JOIN event_registration g ON g.id = a.registration
			JOIN event e ON e.id = a.event`,
		`SELECT e.slug || '|' || m.state || '|' || COALESCE(m.published_at, 0) || '|' || p.title || '|' || p.text
			FROM event_minutes m JOIN event e ON e.id = m.event JOIN event_minutes_point p ON p.minutes = m.id`,
		`SELECT title || '|' || state || '|' || due_at || '|' || COALESCE(closed_at, 0) FROM event_task`,
		`SELECT d.slug || '|' || s.number || '|' || s.text || '|' || s.state FROM debate d JOIN debate_statement s ON s.debate = d.id`,
		`SELECT d.slug || '|' || e.statement || '|' || count(*) || '|' || COALESCE(sum(e.vote), 0) || '|' || COALESCE(sum(e.percent), 0)
			FROM debate d JOIN debate_entry e ON e.debate = d.id GROUP BY d.slug, e.statement`,
		`SELECT number || '|' || statement || '|' || state || '|' || COALESCE(verdict, '') FROM barrier`,
	} {
		rows, err := store.All[string](t.Context(), db, query)
		must(t, err)
		if len(rows) == 0 {
			t.Fatalf("nothing to compare in %s", query)
		}
		for i, row := range rows {
			rows[i] = madeUp.ReplaceAllString(row, "")
		}
		slices.Sort(rows) // the databases have their own ideas of the alphabet
		for _, row := range rows {
			fmt.Fprintln(h, row)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestDatabaseOfRealPeopleIsRefused(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	_, _, err := w.people.AdminCreate(t.Context(), "jan@example.org")
	must(t, err)
	err = w.Load(t.Context())
	if err == nil || !strings.Contains(err.Error(), "--data") {
		t.Errorf("answer %v does not say what to do", err)
	}
	if n := count(t, w.db, `SELECT count(*) FROM organisation`); n != 0 {
		t.Errorf("%d organisations were loaded all the same", n)
	}
}

func TestHalfADemoIsNotTakenForAWholeOne(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	must(t, w.db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO demo (id, key) VALUES (1, 'begun')`)
		return err
	}))
	if err := w.Load(t.Context()); err == nil || !strings.Contains(err.Error(), "interrupted") {
		t.Errorf("answer %v", err)
	}
}

func linksLetIn(t *testing.T, w *world) {
	w.db.Clock().Move(time.Date(2014, time.December, 5, 10, 0, 0, 0, lang.Warsaw))
	links, err := w.Links(t.Context())
	must(t, err)
	if len(links) != len(demo.Roles()) {
		t.Fatalf("%d links for %d roles", len(links), len(demo.Roles()))
	}
	browser := w.site.Visitor()
	for range 2 {
		for i, link := range links {
			answer := browser.Get(strings.TrimPrefix(link.URL, webtest.Public)).Want(t, 303)
			role := demo.Roles()[i]
			if got := answer.Header.Get("Location"); got != role.Lands {
				t.Errorf("%s lands at %s, want %s", link.Role, got, role.Lands)
			}
			page := browser.Follow(answer).Want(t, 200)
			if page.Count("h1") != 1 {
				t.Errorf("%s: %d h1", link.Role, page.Count("h1"))
			}
			if !strings.Contains(link.Name, " / ") || strings.Contains(link.Name, "demo.") {
				t.Errorf("%s is called %q", link.Role, link.Name)
			}
		}
	}
}

func wrongKeyLetsNobodyIn(t *testing.T, w *world) {
	for _, address := range []string{"/demo/wejscie/administratorka", "/demo/wejscie/administratorka?klucz=", "/demo/wejscie/administratorka?klucz=x"} {
		browser := w.site.Visitor()
		browser.Get(address).Want(t, 403)
		if browser.Cookie("wspolnota") != "" {
			t.Errorf("%s gave a session", address)
		}
	}
	links, err := w.Links(t.Context())
	must(t, err)
	unknown := strings.Replace(strings.TrimPrefix(links[0].URL, webtest.Public), links[0].Role, "nikt", 1)
	w.site.Visitor().Get(unknown).Want(t, 404)
}

func pageOfRolesLeadsToEach(t *testing.T, w *world) {
	for _, browser := range []*webtest.Browser{w.site.Visitor(), w.site.Visitor().English()} {
		page := browser.Get("/demo").Want(t, 200)
		if got := page.Count(".card a[href^='/demo/wejscie/']"); got != len(demo.Roles()) {
			t.Errorf("%d links for %d roles", got, len(demo.Roles()))
		}
		if strings.Contains(page.Text("main"), "demo.") {
			t.Errorf("a key is shown instead of words: %s", page.Text("main"))
		}
		path, _ := page.Doc().Find(".card a").First().Attr("href")
		browser.Get(path).Want(t, 303)
	}
}

const programmePath = "/programy/miedzysektorowa-wspolpraca"

func clockShowsTheDay(t *testing.T, w *world) {
	for _, tt := range []struct {
		day      time.Time
		now      string
		articles int
		newest   string
		later    string // what the goals must not tell yet
	}{
		{time.Date(2014, time.June, 13, 16, 0, 0, 0, lang.Warsaw), "Seminarium partycypacyjne w Wiśle", 1, "Dwa dni w Wiśle", "Kartki"},
		{time.Date(2014, time.June, 23, 12, 0, 0, 0, lang.Warsaw), "Zaproszenie otwarte", 2, "Kartki na dwóch ścianach", "grudnia"},
		{time.Date(2014, time.December, 5, 10, 0, 0, 0, lang.Warsaw), "Konkurs inicjatyw mieszkańców", 5, "Trzy razy 10 000 zł", "Panel ekspercki"},
	} {
		t.Run(tt.day.Format(time.DateOnly), func(t *testing.T) {
			w.db.Clock().Move(tt.day)
			page := w.site.Visitor().Get(programmePath).Want(t, 200)
			if got := page.Text("[aria-current=step]"); !strings.Contains(got, tt.now) {
				t.Errorf("the page says %q is on, want %q", got, tt.now)
			}
			for _, goal := range []string{"Został tydzień", tt.later} {
				if strings.Contains(page.Text("#cele"), goal) {
					t.Errorf("the goals tell already of %q", goal)
				}
			}
			list := w.site.Visitor().Get(programmePath+"/aktualnosci").Want(t, 200)
			if got := list.Count("article.card"); got != tt.articles {
				t.Errorf("%d articles, want %d", got, tt.articles)
			}
			if got := list.Text("article.card:first-of-type .card-title"); !strings.Contains(got, tt.newest) {
				t.Errorf("first of all stands %q, want %q", got, tt.newest)
			}
		})
	}
}

func lettersCanBeWritten(t *testing.T, w *world) {
	if n := len(w.mailbox.Letters()); n < 30 {
		t.Errorf("only %d letters went out", n)
	}
	for _, l := range w.mailbox.Letters() {
		if !strings.HasSuffix(l.To, "example.org") && !strings.HasSuffix(l.To, "example.net") && !strings.HasSuffix(l.To, "example.com") {
			t.Errorf("a letter went to %s", l.To)
		}
	}
	if n := count(t, w.db, `SELECT count(*) FROM mail_outbox WHERE state <> 'sent'`); n != 0 {
		t.Errorf("%d letters wait or were given up", n)
	}
}
