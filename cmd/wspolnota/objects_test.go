package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/session"
)

// owned is a kind of place whose things belong to it alone.
type owned struct {
	prefix string // of its routes
	keeper string // query: the address of who manages the place $1
	places string // query: all of them
}

var kindsOfOwned = []owned{
	{"/programy/{programme}", `SELECT q.email FROM programme_role r JOIN programme p ON p.id = r.programme JOIN person q ON q.id = r.person
		WHERE p.slug = $1 AND r.role = 'manager' ORDER BY r.given_at LIMIT 1`, `SELECT slug FROM programme`},
	{"/organizacje/{organisation}", `SELECT q.email FROM organisation_mandate m JOIN organisation o ON o.id = m.organisation JOIN person q ON q.id = m.person
		WHERE o.slug = $1 AND m.role = 'representative' AND m.ended_at IS NULL LIMIT 1`,
		`SELECT o.slug FROM organisation o WHERE id IN (SELECT organisation FROM organisation_request)
			OR id IN (SELECT organisation FROM organisation_invitation WHERE state = 'waiting')`},
}

// TestThingsOfOthersAreNotThere lets whoever manages one place ask under its own
// address for everything that belongs to another: each id of each kind, at each
// depth of the address, by reading and by writing with the very form that the
// other place has for it.
func TestThingsOfOthersAreNotThere(t *testing.T) {
	x := attack(t)
	x.furnish()
	x.exec(`INSERT INTO organisation_request (id, organisation, person, reason, state, created_at)
		SELECT 'ffffffff-ffff-4fff-bfff-fffffffffffe', i.organisation, (SELECT id FROM person LIMIT 1), 'powód', 'waiting', 1
		FROM organisation_invitation i WHERE i.email = 'wiktoria.cmielowiec@poczta.example.com'`)
	filled := x.everyForm()
	before := x.tables()
	asked := map[string]int{}
	for _, kind := range kindsOfOwned {
		places := x.column(kind.places)
		for _, own := range places {
			keeper := x.as(x.one(kind.keeper, own))
			before["session"] = x.tables()["session"]
			for _, route := range x.program.app.Routes() {
				_, shape, _ := strings.Cut(route.Pattern, " ")
				if strings.HasPrefix(shape, kind.prefix+"/") && strings.Count(shape, "{") > 1 {
					x.askForForeign(keeper, route.Pattern, own, filled, asked)
				}
			}
			for _, change := range changes(before, x.tables()) {
				t.Errorf("the keeper of %s changed: %s", own, change)
			}
		}
	}
	for _, route := range x.program.app.Routes() {
		_, shape, _ := strings.Cut(route.Pattern, " ")
		nested := slices.ContainsFunc(kindsOfOwned, func(k owned) bool { return strings.HasPrefix(shape, k.prefix+"/") })
		if nested && strings.Count(shape, "{") > 1 && asked[route.Pattern] == 0 {
			t.Errorf("%s was never asked for a thing of another", route.Pattern)
		}
	}
}

// askForForeign mixes the beginning of own addresses with the end of foreign
// ones, and asks for what does not exist so.
func (x *target) askForForeign(keeper *webtest.Browser, pattern, own string, filled map[string]url.Values, asked map[string]int) {
	x.t.Helper()
	method, shape, _ := strings.Cut(pattern, " ")
	var parameters []int
	for i, part := range strings.Split(shape, "/") {
		if strings.HasPrefix(part, "{") {
			parameters = append(parameters, i)
		}
	}
	all := x.addresses(pattern, 0, 0)
	var mine, foreign [][]string
	for _, path := range all {
		parts := strings.Split(path, "/")
		if parts[parameters[0]] == own {
			mine = append(mine, parts)
		} else {
			foreign = append(foreign, parts)
		}
	}
	begins := append(slices.Clone(mine[:min(len(mine), 2)]), strings.Split(strings.Replace(shape, parameter.FindString(shape), own, 1), "/"))
	for _, begin := range begins {
		for depth := 1; depth < len(parameters); depth++ {
			if strings.Contains(strings.Join(begin[:parameters[depth]], "/"), "{") {
				continue // nothing of our own to begin with
			}
			for _, end := range foreign[:min(len(foreign), 12)] {
				parts := slices.Concat(begin[:parameters[depth]], end[parameters[depth]:])
				path := strings.Join(parts, "/")
				if slices.Contains(all, path) {
					continue // ours too: a person may be in both
				}
				asked[pattern]++
				var page *webtest.Page
				if method == "GET" {
					page = keeper.Get(path)
				} else {
					fields, known := filled[strings.Join(end, "/")]
					if !known {
						fields = url.Values{"version": {"1"}, "kierunek": {"w-dol"}}
					}
					page = keeper.PostForm(path, fields)
				}
				stale := page.Status == http.StatusConflict && strings.HasSuffix(shape, "/wersje/{revision}") // a number, and no id of anybody
				if page.Status != http.StatusNotFound && page.Status != http.StatusForbidden && !stale {
					x.t.Errorf("%s %s: %d %s", method, path, page.Status, page.Header.Get("Location"))
				}
			}
		}
	}
}

// everyForm gathers the forms of all pages by where they go.
func (x *target) everyForm() map[string]url.Values {
	admin := x.part("administratorka")
	all := map[string]url.Values{}
	for _, pattern := range x.patterns("GET") {
		for _, path := range x.addresses(pattern, 0, 0) {
			if strings.HasPrefix(path, "/demo/wejscie/") {
				continue
			}
			for _, f := range forms(admin.Get(path)) {
				all[f.action] = f.fields
			}
		}
	}
	return all
}

// TestStrangersChangeNothing sends every form of the program as everybody who has
// no right to it: it is refused, and nothing is different afterwards.
func TestStrangersChangeNothing(t *testing.T) {
	x := attack(t)
	x.furnish()
	filled := x.everyForm()
	strangers := map[string]*webtest.Browser{"visitor": x.Visitor(), "resident": x.part("mieszkaniec"),
		"representative of another": x.as(x.one(kindsOfOwned[1].keeper, "stowarzyszenie-czysta-rzeka-czyste-niebo"))}
	x.part("administratorka") // a session of another
	represented := x.one(`SELECT id FROM organisation WHERE slug = 'stowarzyszenie-czysta-rzeka-czyste-niebo'`)
	for name, stranger := range strangers {
		before := x.tables()
		refused := 0
		for _, route := range x.program.app.Routes() {
			method, shape, _ := strings.Cut(route.Pattern, " ")
			if method != "POST" || route.Need.Public() || strings.HasPrefix(shape, "/konto") && shape != "/konto/sesje/{session}/zakoncz" && name != "visitor" ||
				name != "visitor" && slices.Contains(ownActs, shape) {
				continue
			}
			for _, path := range x.addresses(route.Pattern, 0, 0) {
				if name == "representative of another" && (strings.Contains(path, "czysta-rzeka") || strings.Contains(path, represented)) || shape == "/konto/sesje/{session}/zakoncz" && x.isOwn(stranger, path) {
					continue
				}
				page := stranger.PostForm(path, filled[path])
				if shape != "/konto/sesje/{session}/zakoncz" && page.Status != 401 && page.Status != 403 && page.Status != 404 {
					t.Errorf("%s as %s: %d %s", path, name, page.Status, page.Header.Get("Location"))
				}
				refused++
			}
		}
		for _, change := range changes(before, x.tables()) {
			t.Errorf("%s changed: %s", name, change)
		}
		t.Logf("%s: %d refusals", name, refused)
	}
}

// ownActs are what anybody signed in may do for themselves, or where the thing
// itself says whose it is: those are refused by their verbs, and their packages
// test it.
var ownActs = []string{"/organizacje", "/programy/nowy", "/organizacje/{organisation}/dolacz", "/organizacje/{organisation}/dolacz/wycofaj",
	"/programy/{programme}/zespoly/{group}/prosba", "/programy/{programme}/zespoly/{group}/odejscie", "/programy/{programme}/zespoly/{group}/nazwisko",
	"/programy/{programme}/zespoly/{group}/zaproszenie/{invitation}/zgoda", "/programy/{programme}/zespoly/{group}/zaproszenie/{invitation}/odmowa", // of the person who was invited
	"/organizacje/{organisation}/opusc", "/programy/{programme}/dolacz", "/programy/{programme}/opusc",
	"/programy/{programme}/bariery", "/programy/{programme}/bariery/{barrier}/glos", "/programy/{programme}/bariery/{barrier}/dowod",
	"/programy/{programme}/obserwuj", "/programy/{programme}/nie-obserwuj", "/powiadomienia/przeczytane", "/powiadomienia/ustawienia",
	"/moje-wydarzenia/adres", "/moje-wydarzenia/koniec",
	"/programy/{programme}/wydarzenia/{event}/pytania", "/programy/{programme}/wydarzenia/{event}/pytania/{question}/poparcie",
	"/programy/{programme}/wydarzenia/{event}/pytania/{question}/bez-poparcia", "/programy/{programme}/wydarzenia/{event}/pytania/{question}/wycofanie",
	"/programy/{programme}/wydarzenia/{event}/wizyta/karta", "/programy/{programme}/wydarzenia/{event}/wizyta/wnioski",
	"/programy/{programme}/wydarzenia/{event}/wizyta/do-skopiowania", "/programy/{programme}/wymiana/nowa",
	"/programy/{programme}/wymiana/{entry}/edycja", "/programy/{programme}/wymiana/pary/{pair}/zgoda", "/programy/{programme}/wymiana/pary/{pair}/odmowa",
	"/programy/{programme}/wydarzenia/{event}/zapisy/zgloszenie", "/programy/{programme}/wydarzenia/{event}/zapisy/grupa",
	"/programy/{programme}/wydarzenia/{event}/zapisy/osoba/{registration}/potwierdzenie", "/programy/{programme}/wydarzenia/{event}/zapisy/osoba/{registration}/odpowiedzi",
	"/programy/{programme}/wydarzenia/{event}/zapisy/osoba/{registration}/rezygnacja",
	"/programy/{programme}/wydarzenia/{event}/protokol/uwagi", "/programy/{programme}/wydarzenia/{event}/ocena", "/programy/{programme}/zadania/{task}/zgloszenie"}

// isOwn reports whether a path names the session of the browser itself.
func (x *target) isOwn(b *webtest.Browser, path string) bool {
	sum := sha256.Sum256([]byte(b.Cookie("wspolnota")))
	return slices.Contains(x.column(`SELECT id FROM session WHERE token_hash = $1`, hex.EncodeToString(sum[:])), strings.Split(path, "/")[3])
}

// Hidden things.

// mark is a word that stands in everything that is hidden and nowhere else.
const mark = "przepiorka"

// reader opens every public address and its filters.
func (x *target) publicPages(who *webtest.Browser) map[string]*webtest.Page {
	pages := map[string]*webtest.Page{}
	organisations := x.column(`SELECT id FROM organisation`)
	for _, route := range x.program.app.Routes() {
		if !strings.HasPrefix(route.Pattern, "GET ") || !route.Need.Public() || strings.HasPrefix(route.Pattern, "GET /demo") {
			continue
		}
		for _, path := range x.addresses(route.Pattern, 0, 0) {
			pages[path] = who.Get(path)
		}
	}
	for _, query := range []string{"szukaj=" + mark, "tag=" + mark, "gmina=2412042", "gmina=2412", "program=soleckie-kluby-sasiedzkie", "strona=2", "szukaj=a"} {
		for _, list := range []string{"/aktualnosci", "/programy", "/organizacje", "/programy/soleckie-kluby-sasiedzkie/aktualnosci"} {
			pages[list+"?"+query] = who.Get(list + "?" + query)
		}
	}
	for _, id := range organisations {
		pages["/aktualnosci?organizacja="+id] = who.Get("/aktualnosci?organizacja=" + id)
	}
	return pages
}

// acting is the context of somebody who acts.
func (x *target) acting(email string) context.Context {
	x.t.Helper()
	p, err := people.ByEmail(x.t.Context(), x.DB, email)
	if err != nil {
		x.t.Fatal(err)
	}
	actor, err := x.program.people.Actor(x.t.Context(), session.Session{Person: p.ID, Staff: true})
	if err != nil {
		x.t.Fatal(err)
	}
	return access.With(x.t.Context(), actor)
}

// write makes an article that bears the mark in every part.
func (x *target) write(ctx context.Context, in programme.Programme) news.Article {
	x.t.Helper()
	id := store.NewID()
	var drawing bytes.Buffer
	if err := png.Encode(&drawing, image.NewGray(image.Rect(0, 0, 900, 600))); err != nil {
		x.t.Fatal(err)
	}
	picture, err := x.program.news.Attach(ctx, in.ID, id, mark+".png", &drawing, true)
	if err != nil {
		x.t.Fatal(err)
	}
	file, err := x.program.news.Attach(ctx, in.ID, id, mark+".txt", strings.NewReader("Treść "+mark), false)
	if err != nil {
		x.t.Fatal(err)
	}
	goals, err := programme.Goals(ctx, x.DB, in.ID)
	if err != nil {
		x.t.Fatal(err)
	}
	c := news.Content{Title: "Tytuł " + mark, Lead: "Wstęp " + mark, Body: "Treść " + mark, Language: "pl", Details: news.Details{
		Organisation: in.Owner, Tags: []string{mark}, Places: []string{"2412042", "2412"}, Files: []news.File{{ID: file}},
		Picture: &news.Picture{File: picture, Alt: "Obraz " + mark, Caption: mark, Credit: mark}}}
	for _, g := range goals {
		c.Goals = append(c.Goals, g.ID)
	}
	a, err := x.program.news.Begin(ctx, in.ID, id, c)
	if err != nil {
		x.t.Fatal(err)
	}
	return a
}

func (x *target) publish(ctx context.Context, a news.Article, at time.Time) news.Article {
	x.t.Helper()
	a, err := x.program.news.Publish(ctx, a.Programme, a.ID, a.Version, at)
	if err != nil {
		x.t.Fatal(err)
	}
	return a
}

// TestHiddenThingsLeaveNoTrace makes a draft, a scheduled article, and a draft
// programme with articles, all bearing a mark. For everybody outside the team
// every public page, list, count, feed and search is to the letter what it was.
func TestHiddenThingsLeaveNoTrace(t *testing.T) {
	x := attack(t)
	readers := map[string]*webtest.Browser{"visitor": x.Visitor(), "resident": x.part("mieszkaniec"),
		"manager of another": x.as(x.one(kindsOfOwned[0].keeper, "miedzysektorowa-wspolpraca"))}
	before := map[string]map[string]*webtest.Page{}
	for name, b := range readers {
		before[name] = x.publicPages(b)
	}

	const place = "soleckie-kluby-sasiedzkie"
	ctx := x.acting(x.one(kindsOfOwned[0].keeper, place))
	p, err := programme.BySlug(ctx, x.DB, place)
	if err != nil {
		t.Fatal(err)
	}
	x.write(ctx, p)
	x.publish(ctx, x.write(ctx, p), x.DB.Now().Add(time.Hour))
	hidden := x.draftProgramme()
	ctx = x.acting(x.one(kindsOfOwned[0].keeper, hidden.Slug))
	x.publish(ctx, x.write(ctx, hidden), x.DB.Now())

	for name, b := range readers {
		after := x.publicPages(b)
		for path, page := range after {
			if was := before[name][path]; was != nil && (was.Status != page.Status || steady(was) != steady(page)) {
				t.Errorf("%s is another page for %s: %d, %d\n%s", path, name, was.Status, page.Status, difference(steady(was), steady(page)))
			}
			if before[name][path] == nil && page.Status != http.StatusNotFound {
				t.Errorf("%s of something hidden answers %s with %d", path, name, page.Status)
			}
			if strings.Contains(page.Body, mark) && !strings.Contains(path, mark) {
				t.Errorf("%s shows %s what is hidden", path, name)
			}
		}
		for _, path := range x.hiddenPages() {
			page := b.Get(path)
			if page.Status == http.StatusOK || strings.Contains(strings.ReplaceAll(page.Body, path, ""), "Tytuł "+mark) {
				t.Errorf("%s answers %s with %d", path, name, page.Status)
			}
		}
	}
	// The team itself sees them, so that the test is not about nothing.
	if page := x.as(x.one(kindsOfOwned[0].keeper, place)).Get("/programy/" + place + "/aktualnosci/redakcja"); strings.Count(page.Text("main"), "Tytuł "+mark) != 2 {
		t.Errorf("the team does not see its drafts: %s", page.Text("main"))
	}
}

// draftProgramme is the draft of the example, with the mark in its words.
func (x *target) draftProgramme() programme.Programme {
	x.t.Helper()
	x.exec(`UPDATE programme SET title = title || ' ' || $1, revision = revision + 1 WHERE state = 'draft'`, mark)
	p, err := programme.BySlug(x.t.Context(), x.DB, x.one(`SELECT slug FROM programme WHERE state = 'draft'`))
	if err != nil {
		x.t.Fatal(err)
	}
	return p
}

// hiddenPages are the addresses inside the team of everything that is hidden.
func (x *target) hiddenPages() []string {
	var all []string
	for _, route := range x.program.app.Routes() {
		if !strings.HasPrefix(route.Pattern, "GET /programy/{programme}/") || route.Need.Public() {
			continue
		}
		for _, path := range x.addresses(route.Pattern, 0, 0) {
			if strings.Contains(path, mark) {
				all = append(all, path)
			}
		}
	}
	return all
}

// number is what the page of an error is found by in the log.
var number = regexp.MustCompile(`<strong>[A-Z2-7]{8}</strong>`)

// steady takes out what differs between two answers of one page.
func steady(page *webtest.Page) string {
	return formID.ReplaceAllString(number.ReplaceAllString(page.Body, ""), "")
}

// formID is what a form brings along so that it works once.
var formID = regexp.MustCompile(`<input type="hidden" name="id" value="[0-9a-f-]{36}">`)

// difference shows where two texts part.
func difference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(i-80, 0)
	return fmt.Sprintf("…%.200s\n…%.200s", a[from:], b[from:])
}

// TestWithdrawnNewsIsOnlyAtItsAddress: a withdrawn article says at its own
// address that it is gone, and stands nowhere else.
func TestWithdrawnNewsIsOnlyAtItsAddress(t *testing.T) {
	x := attack(t)
	const place = "soleckie-kluby-sasiedzkie"
	ctx := x.acting(x.one(kindsOfOwned[0].keeper, place))
	p, err := programme.BySlug(ctx, x.DB, place)
	if err != nil {
		t.Fatal(err)
	}
	a := x.publish(ctx, x.write(ctx, p), x.DB.Now())
	seen := 0
	for path, page := range x.publicPages(x.Visitor()) {
		if strings.Contains(page.Body, "Tytuł "+mark) && !strings.Contains(path, mark) {
			seen++
		}
	}
	if seen < 8 {
		t.Errorf("before it is withdrawn it stands on %d pages only", seen)
	}
	if _, err := x.program.news.Withdraw(ctx, a.Programme, a.ID, a.Version, "Pomyłka."); err != nil {
		t.Fatal(err)
	}
	for path, page := range x.publicPages(x.Visitor()) {
		inside := strings.HasPrefix(path, a.Path())
		if strings.HasPrefix(path, "/watek/") { // a thread keeps the place, which leads to that address and shows nothing of it
			page.Body = strings.ReplaceAll(page.Body, a.Path(), "")
		}
		switch {
		case path == a.Path() && (page.Status != http.StatusGone || strings.Contains(page.Body, "Treść "+mark) || page.Count(`meta[property^="og:"]`) > 0):
			t.Errorf("%s: %d", path, page.Status)
		case path != a.Path() && inside && page.Status != http.StatusNotFound:
			t.Errorf("%s of a withdrawn article: %d", path, page.Status)
		case !inside && !strings.Contains(path, mark) && strings.Contains(page.Body, mark):
			t.Errorf("%s still shows it", path)
		}
	}
}

// TestPublicPagesNameNobody: names and addresses of people are not public, but
// for those who speak for a programme.
func TestPublicPagesNameNobody(t *testing.T) {
	x := attack(t)
	type person struct{ name, email string }
	var secret []person
	spoken := x.column(`SELECT q.name FROM programme p JOIN person q ON q.id = p.manager`)
	written := strings.Join(x.column(`SELECT name || ' ' || contact FROM organisation UNION SELECT body FROM news_revision UNION
		SELECT answer_by FROM event_panel_question UNION SELECT name FROM event_speaker UNION SELECT description FROM programme UNION
		SELECT p.name FROM event_group_member m JOIN person p ON p.id = m.person WHERE m.named`), "\n")
	open := x.column(`SELECT contact_email FROM programme UNION SELECT email FROM organisation`)
	for _, row := range x.rows(`SELECT name, email FROM person`) {
		p := person{row[0], row[1]}
		if slices.Contains(spoken, p.name) || strings.Contains(written, p.name) {
			p.name = ""
		}
		if slices.Contains(open, p.email) {
			p.email = ""
		}
		secret = append(secret, p)
	}
	for path, page := range x.publicPages(x.Visitor()) {
		for _, p := range secret {
			if p.name != "" && strings.Contains(page.Body, p.name) || p.email != "" && strings.Contains(page.Body, p.email) {
				t.Errorf("%s tells of %s <%s>", path, p.name, p.email)
			}
		}
	}
	if len(secret) < 40 {
		t.Errorf("the example has only %d people", len(secret))
	}
}
