package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/api"
	"github.com/wspolnota/wspolnota/internal/demo"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/sheet"
	"github.com/wspolnota/wspolnota/store"
)

// What the tests that attack the program share: the whole of it over the example
// programme, the addresses of everything in it, and the forms on its pages.

// soak runs the long form of a test.
var soak = os.Getenv("WSPOLNOTA_SOAK") == "1"

// target is the whole program over a copy of the example.
type target struct {
	*webtest.Site
	t       testing.TB
	program *program
	mailbox *mail.Memory
	watched map[string]watched // by table, once tables was asked
}

// demoDay is when the example stands: its contest is open, one article waits.
var demoDay = time.Date(2014, time.December, 5, 9, 0, 0, 0, time.UTC)

// furnish adds what people of the example have and the story does not tell of:
// keys of the API, a list that waits to be confirmed.
func furnish(p *program) error {
	ctx := context.Background()
	list := sheet.Sheet{Head: []string{"nazwa", "rodzaj", "siedziba"}, Rows: []sheet.Row{{Number: 2, Cells: []string{"Grupa z listy", "grupa nieformalna", "Rybnik"}, Formula: -1}}}
	programme, err := store.One[store.ID](ctx, p.db, `SELECT id FROM programme ORDER BY slug LIMIT 1`)
	if err != nil {
		return err
	}
	manager, err := store.One[store.ID](ctx, p.db, `SELECT manager FROM programme WHERE id = $1`, programme)
	if err != nil {
		return err
	}
	if err := furnishAttendance(p, programme, manager); err != nil {
		return err
	}
	polish := lang.With(access.With(ctx, &access.Actor{Person: manager}), p.catalogue.Printer(lang.Polish))
	if _, err := p.openIntake().Prepare(polish, programme, "lista.csv", list); err != nil {
		return err
	}
	if err := blockSome(ctx, p, programme, manager); err != nil {
		return err
	}
	people, err := store.All[store.ID](ctx, p.db, `SELECT id FROM person WHERE administrator OR id = (SELECT min(id) FROM person) ORDER BY id`)
	for _, person := range people {
		if _, err := p.keys.Create(access.With(ctx, &access.Actor{Person: person}), "mapa", api.Own, 24*time.Hour); err != nil {
			return err
		}
	}
	return errors.Join(err, furnishEvents(ctx, p), furnishRegistrations(ctx, p), furnishDebates(ctx, p), furnishWorkshops(ctx, p), furnishMinutes(ctx, p), furnishGroups(ctx, p))
}

// blockSome keeps one person from writing in a programme and another everywhere,
// and lets an article of it be reported.
func blockSome(ctx context.Context, p *program, programme, manager store.ID) error {
	article, err := store.One[store.ID](ctx, p.db, `SELECT max(id) FROM news_article WHERE programme = (SELECT id FROM programme WHERE slug = 'miedzysektorowa-wspolpraca')
		AND listed_at < $1`, store.At(demoDay))
	if err != nil {
		return err
	}
	if err := p.moderation.Report(access.With(ctx, &access.Actor{Person: manager}), "news", article, moderation.Report{Reason: "spam"}, ""); err != nil {
		return err
	}
	for address, place := range map[string]moderation.Place{"wiktoria.cmielowiec@poczta.example.com": {ID: programme, Title: "Program", Path: "/programy"},
		"kacper.trzcinowicz@czysta-rzeka.example.org": {}} {
		person, err := people.IDByEmail(ctx, p.db, address)
		if err != nil {
			return err
		}
		by := access.With(ctx, &access.Actor{Person: manager})
		if err := p.moderation.BlockPerson(by, moderation.NewBlock{Person: person, Programme: place, Reason: "reklamy"}); err != nil {
			return err
		}
	}
	return nil
}

func attackConfig(data string) Config {
	return Config{Addr: "127.0.0.1:0", PublicURL: webtest.Public, Data: data, Community: "Wspólnota", Contact: "kontakt@example.org",
		LogFormat: "text", LogLevel: "error", CodesPerAddress: 1_000_000, CodesPerNetwork: 1_000_000}
}

func targetOn(t testing.TB, db *store.DB, dir string) *target {
	t.Helper()
	db.Clock().Set(demoDay)
	x := &target{t: t, mailbox: mail.NewMemory(10_000)}
	p, err := assemble(t.Context(), attackConfig(dir), db, &demoMode{clock: db.Clock(), mailbox: x.mailbox})
	if err != nil {
		t.Fatal(err)
	}
	log := &bytes.Buffer{}
	p.app.Logger = slog.New(slog.NewTextHandler(log, nil))
	x.program, x.Site = p, webtest.Over(t, db, p.app, log)
	return x
}

func (x *target) exec(query string, args ...any) {
	x.t.Helper()
	err := x.DB.Write(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Exec(context.Background(), query, args...)
		return err
	})
	if err != nil {
		x.t.Fatalf("%s: %v", query, err)
	}
}

// one reads a single text.
func (x *target) one(query string, args ...any) string {
	x.t.Helper()
	text, err := store.One[string](context.Background(), x.DB, query, args...)
	if err != nil {
		x.t.Fatalf("%s: %v", query, err)
	}
	return text
}

// rows reads rows of texts.
func (x *target) rows(query string, args ...any) [][]string {
	x.t.Helper()
	rows, err := x.DB.Query(context.Background(), query, args...)
	if err != nil {
		x.t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		x.t.Fatal(err)
	}
	var all [][]string
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range into {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			x.t.Fatal(err)
		}
		row := make([]string, len(columns))
		for i, v := range values {
			if row[i] = fmt.Sprint(v); v == nil {
				row[i] = "NULL"
			}
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		x.t.Fatal(err)
	}
	return all
}

func (x *target) column(query string, args ...any) []string {
	x.t.Helper()
	var all []string
	for _, row := range x.rows(query, args...) {
		all = append(all, row[0])
	}
	return all
}

// as signs a person of the example in by their address.
func (x *target) as(email string) *webtest.Browser {
	x.t.Helper()
	p, err := people.ByEmail(context.Background(), x.DB, email)
	if err != nil {
		x.t.Fatalf("%s: %v", email, err)
	}
	staff := x.one(`SELECT CAST(count(*) AS TEXT) FROM person p WHERE p.id = $1
		AND (p.administrator OR EXISTS (SELECT 1 FROM programme_role r WHERE r.person = p.id))`, p.ID)
	return x.As(p.ID, staff != "0")
}

// part signs in who plays a role of the demo.
func (x *target) part(key string) *webtest.Browser {
	x.t.Helper()
	for _, r := range demo.Roles() {
		if r.Key == key {
			return x.as(r.Person)
		}
	}
	x.t.Fatalf("the demo has no part %q", key)
	return nil
}

// Addresses.

// places say where the values of an address stand. The longest shape that a
// pattern begins with counts; its query gives the parameters in their order.
// A route that none of them fits fails the tests: say here where its ids are.
var places = slices.Concat(placesOfEvents, placesOfMinutes, placesOfGroups, placesOfRegistrations, placesOfAttendance, placesOfDebates, placesOfWorkshops, []place{
	{"/programy/{programme}", `SELECT slug FROM programme`},
	{"/api/v1/programmes/{programme}", `SELECT slug FROM programme`},
	{"/api/v1/programmes/{programme}/news/{article}", `SELECT p.slug, a.slug FROM news_article a JOIN programme p ON p.id = a.programme ORDER BY a.publish_at IS NULL DESC`},
	{"/api/v1/organisations/{organisation}", `SELECT slug FROM organisation`},
	{"/programy/{programme}/wczytane-organizacje/{import}", `SELECT p.slug, i.id FROM organisation_import i JOIN programme p ON p.id = i.programme`},
	{"/konto/klucze/{key}", `SELECT id FROM api_key`},
	{"/programy/{programme}/logo/{logo}", `SELECT p.slug, l.id FROM programme_logo l JOIN programme p ON p.id = l.programme`},
	{"/programy/{programme}/zaproszenie/{invitation}", `SELECT p.slug, i.id FROM programme_invitation i JOIN programme p ON p.id = i.programme`},
	{"/programy/{programme}/edycja/cele/{goal}", `SELECT p.slug, g.id FROM programme_goal g JOIN programme p ON p.id = g.programme`},
	{"/programy/{programme}/edycja/wskazniki/{indicator}", `SELECT p.slug, i.id FROM programme_indicator i JOIN programme p ON p.id = i.programme`},
	{"/programy/{programme}/edycja/etapy/{phase}", `SELECT p.slug, f.id FROM programme_phase f JOIN programme p ON p.id = f.programme`},
	{"/programy/{programme}/edycja/partnerzy/logo/{logo}", `SELECT p.slug, l.id FROM programme_logo l JOIN programme p ON p.id = l.programme`},
	{"/programy/{programme}/edycja/partnerzy/organizacja/{partner}", `SELECT p.slug, x.organisation FROM programme_partner x JOIN programme p ON p.id = x.programme`},
	{"/programy/{programme}/edycja/uczestnicy/{person}", `SELECT p.slug, m.person FROM programme_member m JOIN programme p ON p.id = m.programme ORDER BY m.state DESC`},
	{"/programy/{programme}/edycja/zaproszenia/{invitation}", `SELECT p.slug, i.id FROM programme_invitation i JOIN programme p ON p.id = i.programme`},
	{"/programy/{programme}/edycja/zespol/{person}/{role}", `SELECT p.slug, r.person, r.role FROM programme_role r JOIN programme p ON p.id = r.programme`},
	{"/programy/{programme}/aktualnosci/{article}", `SELECT p.slug, a.slug FROM news_article a JOIN programme p ON p.id = a.programme ORDER BY a.publish_at IS NULL DESC, a.revision DESC`},
	{"/programy/{programme}/aktualnosci/{article}/pliki/{file}", `SELECT p.slug, a.slug, f.id FROM news_file f JOIN news_article a ON a.id = f.article JOIN programme p ON p.id = a.programme WHERE NOT f.picture`},
	{"/programy/{programme}/aktualnosci/{article}/obraz/{file}/{width}", `SELECT p.slug, a.slug, f.id, f.variants FROM news_file f JOIN news_article a ON a.id = f.article JOIN programme p ON p.id = a.programme WHERE f.picture`},
	{"/programy/{programme}/aktualnosci/{article}/wersje/{revision}", `SELECT p.slug, a.slug, v.number FROM news_revision v JOIN news_article a ON a.id = v.article JOIN programme p ON p.id = a.programme`},
	{"/programy/{programme}/wydarzenia/{event}/wizyta", `SELECT p.slug, e.slug FROM event e JOIN programme p ON p.id = e.programme WHERE e.kind = 'visit'`},
	{"/programy/{programme}/wydarzenia/{event}/wizyta/wnioski/{lesson}", `SELECT p.slug, e.slug, l.id FROM event_visit_lesson l JOIN event e ON e.id = l.event
		JOIN programme p ON p.id = e.programme`},
	{"/programy/{programme}/wydarzenia/{event}/wizyta/do-skopiowania/{copy}", `SELECT p.slug, e.slug, c.id FROM event_visit_copy c JOIN event e ON e.id = c.event
		JOIN programme p ON p.id = e.programme`},
	{"/programy/{programme}/wymiana/{entry}", `SELECT p.slug, x.id FROM event_exchange x JOIN programme p ON p.id = x.programme`},
	{"/programy/{programme}/wymiana/pary/{pair}", `SELECT p.slug, r.id FROM event_exchange_pair r JOIN programme p ON p.id = r.programme ORDER BY r.state DESC`},
	{"/programy/{programme}/wydarzenia/{event}/pytania", `SELECT p.slug, e.slug FROM event e JOIN programme p ON p.id = e.programme WHERE e.kind = 'panel'`},
	{"/programy/{programme}/wydarzenia/{event}/pytania/{question}", `SELECT p.slug, e.slug, q.id FROM event_panel_question q JOIN event e ON e.id = q.event
		JOIN programme p ON p.id = e.programme ORDER BY q.state = 'waiting' DESC, q.state = 'public' DESC, q.state = 'answered' DESC`},
	{"/programy/{programme}/bariery/{barrier}", `SELECT p.slug, b.number FROM barrier b JOIN programme p ON p.id = b.programme ORDER BY b.state = 'registered' DESC, b.closed_at IS NOT NULL, b.number`},
	{"/programy/{programme}/bariery/{barrier}/dowody/{evidence}", `SELECT p.slug, b.number, e.id FROM barrier_evidence e JOIN barrier b ON b.id = e.barrier JOIN programme p ON p.id = b.programme`},
	{"/api/v1/programmes/{programme}/barriers/{barrier}", `SELECT p.slug, b.number FROM barrier b JOIN programme p ON p.id = b.programme WHERE b.state = 'registered'`},
	{"/organizacje/{organisation}", `SELECT slug FROM organisation`},
	{"/organizacje/{organisation}/osoby/{mandate}", `SELECT o.slug, m.id FROM organisation_mandate m JOIN organisation o ON o.id = m.organisation`},
	{"/organizacje/{organisation}/prosby/{request}", `SELECT o.slug, q.id FROM organisation_request q JOIN organisation o ON o.id = q.organisation`},
	{"/organizacje/{organisation}/zaproszenia/{invitation}", `SELECT o.slug, i.id FROM organisation_invitation i JOIN organisation o ON o.id = i.organisation`},
	{"/zaproszenia/organizacja/{invitation}", `SELECT id FROM organisation_invitation ORDER BY state DESC, id`},
	{"/administracja/organizacje/{slug}", `SELECT slug FROM organisation`},
	{"/administracja/osoby/{person}", `SELECT id FROM person`},
	{"/administracja/poczta/{message}", `SELECT id FROM mail_outbox`},
	{"/administracja/prywatnosc/wstrzymania/{hold}", `SELECT coalesce((SELECT max(id) FROM privacy_hold), '0191a000-0000-7000-8000-0000000000ff')`},
	{"/konto/sesje/{session}", `SELECT id FROM session`},
	{"/aktualnosci/{year}", `SELECT '2014'`},
	{"/aktualnosci/{year}/{month}", `SELECT '2014', '06'`},
	{"/gminy/{terc}", `SELECT '2412013'`},
	{"/watek/{kind}/{thing}", `SELECT 'aktualnosc', id FROM news_article UNION ALL SELECT 'bariera', id FROM barrier UNION ALL SELECT 'cel', id FROM programme_goal UNION ALL SELECT 'organizacja', id FROM organisation`},
	{"/watek/{kind}/{thing}", `SELECT 'aktualnosc', id FROM news_article UNION ALL SELECT 'cel', id FROM programme_goal UNION ALL SELECT 'przeniesiona-praktyka', id FROM event_visit_copy UNION ALL SELECT 'organizacja', id FROM organisation`},
	{"/zglos/{kind}/{thing}", `SELECT 'organizacja', id FROM organisation UNION ALL SELECT 'aktualnosc', id FROM news_article WHERE listed_at IS NOT NULL
		UNION ALL SELECT 'protokol', id FROM event_minutes WHERE published_at IS NOT NULL UNION ALL SELECT 'zadanie', id FROM event_task WHERE public_at IS NOT NULL`},
	{"/moderacja/{case}", `SELECT id FROM moderation_case WHERE state = 'hidden'`},
	{"/moderacja/blokada/{block}", `SELECT id FROM moderation_block ORDER BY programme`},
	{"/administracja/moderacja/sprawy/{case}", `SELECT id FROM moderation_case WHERE programme = ''`},
	{"/administracja/moderacja/blokady/{block}", `SELECT id FROM moderation_block WHERE programme = ''`},
	{"/programy/{programme}/moderacja/sprawy/{case}", `SELECT p.slug, c.id FROM moderation_case c JOIN programme p ON p.id = c.programme`},
	{"/programy/{programme}/moderacja/blokady/{block}", `SELECT p.slug, b.id FROM moderation_block b JOIN programme p ON p.id = b.programme`},
	{"/watek/{kind}/{thing}/powiazania/{link}", `SELECT 'aktualnosc', thing, id FROM trace_link WHERE kind = 'news'`},
	{"/wejscie/link/{link}", `SELECT 'bm90LWEtbGluaw'`},
	{"/demo/wejscie/{role}", `SELECT 'kierowniczka'`},
	{"/administracja/prywatnosc/wstrzymania/{hold}", `SELECT 'ffffffff-ffff-4fff-bfff-ffffffffffff'`},
	{"/obsluga/{assistance}", `SELECT 'ffffffff-ffff-4fff-bfff-ffffffffffff'`},
	{"/wypisz/{token}", `SELECT 'bm90LWEtdG9rZW4'`},
	{"/demo/poczta/{number}", `SELECT '1'`},
})

// place is the shape of an address and where its values are.
type place struct{ shape, query string }

// addresses are the real addresses of a pattern, at most so many, from another
// row on at each turn; all of them for 0.
func (x *target) addresses(pattern string, most, turn int) []string {
	x.t.Helper()
	_, path, _ := strings.Cut(pattern, " ")
	path = strings.TrimSuffix(path, "{$}")
	if !strings.Contains(path, "{") {
		return []string{path}
	}
	shape, query := "", ""
	for _, p := range places {
		if (path == p.shape || strings.HasPrefix(path, p.shape+"/") || strings.HasPrefix(path, p.shape+".")) && len(p.shape) > len(shape) {
			shape, query = p.shape, p.query
		}
	}
	if shape == "" || strings.Contains(strings.TrimPrefix(path, shape), "{") {
		x.t.Fatalf("%s: say in places where its ids are", pattern)
	}
	rows := x.rows(query)
	if len(rows) == 0 {
		x.t.Fatalf("%s: the example has nothing to open", pattern)
	}
	if most == 0 {
		most = len(rows)
	}
	var all []string
	for i := range min(most, len(rows)) {
		row := rows[(turn*most+i)%len(rows)]
		n := -1
		all = append(all, parameter.ReplaceAllStringFunc(path, func(string) string {
			n++
			return url.PathEscape(segment(row[n]))
		}))
	}
	return all
}

// segment takes the first width out of the variants of a picture.
func segment(value string) string {
	var variants []struct{ Width int }
	if strings.HasPrefix(value, "[") && json.Unmarshal([]byte(value), &variants) == nil {
		return fmt.Sprint(variants[0].Width)
	}
	return value
}

// patterns lists the routes of a method.
func (x *target) patterns(method string) []string {
	var all []string
	for _, route := range x.program.app.Routes() {
		if strings.HasPrefix(route.Pattern, method+" ") {
			all = append(all, route.Pattern)
		}
	}
	return all
}

// matches reports whether a path is an address of the pattern.
func matches(pattern, path string) bool {
	_, shape, _ := strings.Cut(pattern, " ")
	want, got := strings.Split(shape, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != got[i] && !strings.HasPrefix(want[i], "{") {
			return false
		}
	}
	return true
}

// Forms.

// filledForm is a form of a page as a careful person would send it.
type filledForm struct {
	action string
	fields url.Values
	offers url.Values // every value that a choice of the form offers
}

// forms reads the forms of a page that change something.
func forms(page *webtest.Page) []filledForm {
	var all []filledForm
	page.Doc().Find(`form[method="post"]`).Each(func(_ int, f *goquery.Selection) {
		form := filledForm{action: f.AttrOr("action", ""), fields: url.Values{}, offers: url.Values{}}
		f.Find("input[name], textarea[name], select[name]").Each(func(_ int, e *goquery.Selection) { form.fill(e) })
		all = append(all, form)
	})
	return all
}

func (f *filledForm) fill(e *goquery.Selection) {
	name, value := e.AttrOr("name", ""), e.AttrOr("value", "")
	_, checked := e.Attr("checked")
	switch kind := e.AttrOr("type", "text"); {
	case e.Is("textarea"):
		f.add(name, strings.TrimPrefix(e.Text(), "\n"))
	case e.Is("select"):
		chosen := ""
		e.Find("option").Each(func(_ int, o *goquery.Selection) {
			v := o.AttrOr("value", "")
			f.offers.Add(name, v)
			if _, is := o.Attr("selected"); is || chosen == "" {
				chosen = v
			}
		})
		f.fields.Add(name, chosen)
	case kind == "file", kind == "submit":
	case kind == "radio":
		f.offers.Add(name, value)
		if checked {
			f.fields.Set(name, value)
		} else if !f.fields.Has(name) {
			f.fields.Set(name, value)
		}
	case kind == "checkbox":
		f.offers.Add(name, value)
		if checked || name == "rules" {
			f.fields.Add(name, value)
		} else if !f.fields.Has(name) {
			f.fields[name] = nil // declared, and left alone
		}
	default:
		f.add(name, value)
	}
}

// add keeps what the form says, and otherwise what a person would type.
func (f *filledForm) add(name, value string) {
	if value == "" {
		value = typed[name]
	}
	f.fields.Add(name, value)
}

// typed is what people write into fields of these names.
var typed = map[string]string{
	"email": "ktos.nowy@example.org", "emails": "ktos.nowy@example.org", "name": "Zwykła nazwa", "title": "Zwykły tytuł", "reason": "Zwykły powód",
	"answer": "Zwykła odpowiedź", "note": "Zwykła uwaga", "description": "Zwykły opis.", "summary": "Zwykłe zdanie.", "words": "Zwykłe słowa.",
	"lead": "Zwykłe zdanie.", "body": "Zwykła treść.", "alt": "Zwykły rysunek", "amount": "3", "target": "12", "baseline": "0", "day": "2014-12-01",
	"starts": "2015-01-10", "ends": "2015-01-20", "from": "2014-12-01", "password": "kwitnace-borowki-nad-Ruda-8412", "current": "dlugie-haslo-7",
	"code": "123456", "phone": "32 000 00 00", "contact": "Biuro", "address": "ul. Zwykła 1", "signatories": "Ewa Zwykła, prezeska", "unit": "osób",
	"text": "Zwykłe pytanie?", "by": "Zwykły ekspert", "what": "Zwykła rzecz", "report": "Zwykłe sprawozdanie", "lesson": "Zwykły wniosek",
}

// TestEveryRouteHasAnAddress keeps the list of places whole.
func TestEveryRouteHasAnAddress(t *testing.T) {
	x := attack(t)
	x.part("administratorka").Post("/wejscie", "email", "ktos@example.org")
	for _, route := range x.program.app.Routes() {
		x.addresses(route.Pattern, 1, 0)
	}
}
