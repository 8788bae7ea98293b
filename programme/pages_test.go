package programme_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/hostile"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// queries counts the statements of one request.
func (g *region) queries(b *webtest.Browser, path string) int {
	g.t.Helper()
	r := httptest.NewRequest(http.MethodGet, webtest.Public+path, nil)
	ctx, counter := store.WithCounter(r.Context())
	b.Do(r.WithContext(ctx)).Want(g.t, http.StatusOK)
	return counter.N()
}

// asking is what a signed-in request costs before any page: the session, the
// person, and the roles in organisations and in programmes.
const asking = 4

func TestPagesAskTheDatabaseAsOftenAsWeKnow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.rich()
		for i := range 12 {
			g.published("Program " + strconv.Itoa(i))
		}
		visitor, member := g.Visitor(), g.browser(g.person("Uczestniczka", ""))
		g.queries(visitor, p.Path()) // the first request after a change reads the parts
		for _, tt := range []struct {
			name, path string
			browser    *webtest.Browser
			want       int
		}{
			{"home", "/", visitor, 2},
			{"home, signed in", "/", member, asking + 5},
			{"list", "/programy", visitor, 3},
			{"list, signed in", "/programy", member, asking + 3},
			{"programme", p.Path(), visitor, 3},
			{"programme, signed in", p.Path(), member, asking + 4},
		} {
			if got := g.queries(tt.browser, tt.path); got != tt.want {
				t.Errorf("%s: %d queries, want %d", tt.name, got, tt.want)
			}
		}
		_, err := g.Join(g.as(g.person("Nowa", "")), p.Slug, programme.Joining{})
		must(t, err)
		if got := g.queries(visitor, p.Path()); got != 10 {
			t.Errorf("programme after a change: %d queries, want 10", got)
		}
	})
}

// rich is a programme with everything on its page.
func (g *region) rich() programme.Programme {
	g.t.Helper()
	p := g.published("Współpraca w Żorach i Rybniku")
	ctx := g.as(g.clerk)
	for _, title := range []string{"Standardy współpracy", "Inicjatywy mieszkańców"} {
		goal, err := g.AddGoal(ctx, p.Slug, programme.NewGoal{Title: title, Description: "Po co."})
		must(g.t, err)
		for i := range 2 {
			indicator, err := g.AddIndicator(ctx, p.Slug, goal, programme.NewIndicator{Name: "Wskaźnik " + strconv.Itoa(i), Unit: "gminy", Target: 25000})
			must(g.t, err)
			must(g.t, g.Measured(ctx, p.Slug, indicator, 5500, day(2014, 5, 31), "ankieta"))
		}
	}
	for _, name := range []string{"Grupa Pierwsza", "Grupa Druga"} {
		o := g.organisation(group(name), g.clerk)
		must(g.t, g.AddPartner(ctx, p.Slug, o.ID, ""))
	}
	g.browser(g.clerk).PostFiles(p.Path()+"/edycja/partnerzy/logo", url.Values{"alt": {"Znak funduszu"}},
		webtest.Upload{Field: "logo", Name: "znak.png", Content: picture(g.t)}).Want(g.t, http.StatusSeeOther)
	for i := range 6 {
		_, err := g.Join(g.as(g.person("Mieszkaniec "+strconv.Itoa(i), "2412042")), p.Slug, programme.Joining{Municipality: "2412042"})
		must(g.t, err)
	}
	p, err := programme.BySlug(g.t.Context(), g.db, p.Slug)
	must(g.t, err)
	return p
}

func TestPageOfAProgrammeShowsItsParts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.rich()
		goals, err := programme.Goals(t.Context(), db, p.ID)
		must(t, err)
		activity := programme.Activity{Kind: "news", ID: store.NewID(), Title: "Relacja z seminarium", URL: p.Path() + "/aktualnosci/relacja"}
		must(t, db.Write(t.Context(), func(tx *store.Tx) error { return programme.Serve(t.Context(), tx, goals[0].ID, activity) }))
		page := g.Visitor().Get(p.Path()).Want(t, http.StatusOK)
		for selector, want := range map[string]int{"h1": 1, ".phases .phase": 1, "#cele article": 2, "#cele .goal > div a": 1, "#cele li strong": 4, "#cele .indicators svg rect.bar": 4,
			"aside > ul:first-of-type li a": 3, ".logos img[alt='Znak funduszu']": 1, "#uczestnicy figure": 2, `.page-actions a[href$="/dolacz"]`: 1} {
			if got := page.Count(selector); got != want {
				t.Errorf("%s: %d, want %d", selector, got, want)
			}
		}
		if got := page.Doc().Find(`meta[property="og:url"]`).AttrOr("content", ""); got != webtest.Public+p.Path() {
			t.Errorf("og:url = %q", got)
		}
		if got := page.Text("#cele .goal > div a"); got != "Relacja z seminarium" {
			t.Errorf("activity = %q", got)
		}
		if got := page.Text(".phase .tag"); got == "" || page.Count(`.phase[aria-current="step"]`) != 1 {
			t.Error("no phase is on")
		}
		logo := page.Doc().Find(".logos img").AttrOr("src", "")
		if answer := g.Visitor().Get(logo).Want(t, http.StatusOK); answer.Header.Get("Content-Type") != "image/png" {
			t.Errorf("logo: %v", answer.Header)
		}
		must(t, db.Write(t.Context(), func(tx *store.Tx) error { return programme.Unserve(t.Context(), tx, goals[0].ID, activity) }))
		if got := g.Visitor().Get(p.Path()).Count("#cele .goal > div"); got != 0 {
			t.Error("the goal is served although the activity was taken back")
		}
	})
}

func TestActivityAppearsAtItsMomentAlsoInARememberedPage(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.published("Zapowiedź")
	goal, err := g.AddGoal(g.as(g.clerk), p.Slug, programme.NewGoal{Title: "Cel"})
	must(t, err)
	moment := day(2014, 6, 10).Add(8 * time.Hour)
	must(t, g.db.Write(t.Context(), func(tx *store.Tx) error {
		return programme.Serve(t.Context(), tx, goal, programme.Activity{Kind: "news", ID: "a", Title: "Artykuł", URL: "/a", From: store.At(moment)})
	}))
	for _, tt := range []struct {
		name string
		now  time.Time
		want int
	}{
		{"before", moment.Add(-time.Microsecond), 0}, {"before, remembered", moment.Add(-time.Microsecond), 0}, {"at its moment", moment, 1},
		{"later, remembered", moment.AddDate(0, 0, 1), 1}, {"the clock of the demo goes back", moment.AddDate(0, 0, -1), 0},
	} {
		g.db.Clock().Set(tt.now)
		for _, b := range []*webtest.Browser{g.Visitor(), g.Visitor().English()} {
			if got := b.Get(p.Path()).Count("#cele li a"); got != tt.want {
				t.Errorf("%s: %d activities, want %d", tt.name, got, tt.want)
			}
		}
	}
}

func TestPageSaysInWhichLanguageItsContentIs(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.rich()
	polish, english := g.Visitor().Get(p.Path()), g.Visitor().English().Get(p.Path())
	if polish.Count("h1[lang]") != 0 || english.Count(`h1[lang="pl"]`) != 1 || english.Count(`#opis .prose[lang="pl"]`) != 1 || english.Text("#etapy h2") != "Phases" {
		t.Error("an English page does not say that its content is Polish")
	}
}

func TestLogoOfADraftIsHidden(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.draft("Szkic ze znakiem")
	b := g.browser(g.clerk)
	b.PostFiles(p.Path()+"/edycja/partnerzy/logo", url.Values{"alt": {"Znak"}}, webtest.Upload{Field: "logo", Name: "znak.png", Content: picture(t)}).Want(t, http.StatusSeeOther)
	logo := p.Path() + "/logo/" + string(one[store.ID](g, `SELECT id FROM programme_logo`))
	b.Get(logo).Want(t, http.StatusOK)
	g.Visitor().Get(logo).Want(t, http.StatusNotFound)
	other := g.published("Publiczny")
	g.Visitor().Get(other.Path()+"/logo/"+string(one[store.ID](g, `SELECT id FROM programme_logo`))).Want(t, http.StatusNotFound)
}

func TestLogoTakesItsPictureAlong(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.draft("Dwa takie same znaki")
	b, at := g.browser(g.clerk), p.Path()+"/edycja/partnerzy/logo"
	for range 2 {
		b.PostFiles(at, url.Values{"alt": {"Znak"}}, webtest.Upload{Field: "logo", Name: "znak.png", Content: picture(t)}).Want(t, http.StatusSeeOther)
	}
	first := string(one[store.ID](g, `SELECT min(id) FROM programme_logo`))
	b.Post(at+"/"+first+"/usun").Want(t, http.StatusSeeOther)
	b.Post(at+"/"+first+"/usun").Want(t, http.StatusNotFound)
	kept, err := g.files.List(t.Context(), "")
	if err != nil || len(kept) != 1 {
		t.Errorf("files %q, %v; want the other one", kept, err)
	}
	b.Get(p.Path()+"/logo/"+string(one[store.ID](g, `SELECT id FROM programme_logo`))).Want(t, http.StatusOK)
}

func TestLogoThatIsNoPictureIsRefusedBesideItsField(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.draft("Zły plik")
	for name, content := range map[string]string{"znak.svg": "<svg onload='alert(1)'/>", "znak.png": "<script>alert(1)</script>", "": ""} {
		page := g.browser(g.clerk).PostFiles(p.Path()+"/edycja/partnerzy/logo", url.Values{"alt": {"Znak"}}, webtest.Upload{Field: "logo", Name: name, Content: []byte(content)})
		if page.Status != http.StatusUnprocessableEntity || page.Count("#field-logo[aria-invalid]") != 1 || page.Value("alt") != "Znak" {
			t.Errorf("%q: %d %s", name, page.Status, page.Text(".error-summary"))
		}
	}
	if n := one[int](g, `SELECT COUNT(*) FROM programme_logo`); n != 0 {
		t.Errorf("%d logos", n)
	}
}

func TestVisitorsSeeNoSmallGroupsAndManagersSeeAll(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.rich() // six residents of one gmina
	for i := range 2 {
		_, err := g.Join(g.as(g.person("Sąsiad "+strconv.Itoa(i), "2473011")), p.Slug, programme.Joining{Municipality: "2473011"})
		must(t, err)
	}
	row := func(b *webtest.Browser, place string) string {
		return strings.Join(strings.Fields(b.Get(p.Path()).Doc().Find("#uczestnicy tr:contains("+place+") td").Text()), " ")
	}
	for place, want := range map[string][2]string{"Rybnik": {"Uczestnicy mniej niż 5", "Uczestnicy 2"}, "Lyski": {"Uczestnicy nie podajemy", "Uczestnicy 6"}} {
		if got := row(g.Visitor(), place); !strings.HasSuffix(got, strings.TrimPrefix(want[0], "Uczestnicy ")) {
			t.Errorf("a visitor sees %s: %q", place, got)
		}
		if got := row(g.browser(g.clerk), place); !strings.HasSuffix(got, strings.TrimPrefix(want[1], "Uczestnicy ")) {
			t.Errorf("the manager sees %s: %q", place, got)
		}
	}
	if strings.Contains(g.Visitor().Get(p.Path()).Text("#uczestnicy > p"), "8") {
		t.Error("the total gives small groups away")
	}
}

func TestHomeTellsWhatGoesOnAndWhatComesNext(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		page := g.Visitor().Get("/").Want(t, http.StatusOK)
		if page.Text(".brand") != "Wspólnota testowa" || page.Count(".empty") != 1 {
			t.Errorf("empty home: %s", page.Text("main"))
		}
		p := g.published("W innym wymiarze")
		_, err := g.AddPhase(g.as(g.clerk), p.Slug, programme.NewPhase{Title: "Konkurs", Starts: day(2014, 12, 3), LastDay: day(2014, 12, 18)})
		must(t, err)
		for _, tt := range []struct {
			now  time.Time
			want []string
		}{
			{day(2014, 6, 2), []string{"Nabór W innym wymiarzedo 30 czerwca 2014 teraz", "Konkurs W innym wymiarzeod 3 grudnia 2014 następnie"}},
			{day(2014, 8, 2), []string{"Konkurs W innym wymiarzeod 3 grudnia 2014 następnie"}},
			{day(2014, 12, 18), []string{"Konkurs W innym wymiarzedo 18 grudnia 2014 teraz"}},
			{day(2015, 1, 1), nil},
		} {
			db.Clock().Set(tt.now)
			var got []string
			for _, task := range g.Visitor().Get("/").Doc().Find(".task").EachIter() {
				got = append(got, strings.Join(strings.Fields(task.Text()), " "))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%s: %q, want %q", tt.now, got, tt.want)
			}
		}
		db.Clock().Set(day(2014, 6, 2))
		member := g.person("Domowniczka", "")
		_, err = g.Join(g.as(member), p.Slug, programme.Joining{})
		must(t, err)
		page = g.browser(member).Get("/")
		if !strings.Contains(page.Text(".person-state"), "Uczestniczysz od 2 czerwca 2014") {
			t.Errorf("own state: %s", page.Text(".person-state"))
		}
		if english := g.Visitor().English().Get("/"); !strings.Contains(english.Text(".task-side"), "until 30 June 2014") {
			t.Errorf("English: %s", english.Text("main"))
		}
	})
}

func TestManagerSeesAtHomeThatRequestsWait(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.admission(g.published("Czekają"), programme.AdmitApproved)
	for i := range 2 {
		_, err := g.Join(g.as(g.person("Proszący "+strconv.Itoa(i), "")), p.Slug, programme.Joining{})
		must(t, err)
	}
	if got := g.browser(g.clerk).Get("/").Text(".person-state"); !strings.Contains(got, "2 zgłoszenia czekają na odpowiedź") {
		t.Errorf("home of the manager: %s", got)
	}
}

func TestBlocksOfOtherRoomsAreShown(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.published("Z blokiem")
	g.AddBlock(programme.Block{Show: func(_ context.Context, shown programme.Programme) (templ.Component, error) {
		return ui.Text("blok programu " + shown.Slug), nil
	}})
	g.AddBlock(programme.Block{Show: func(context.Context, programme.Programme) (templ.Component, error) { return nil, nil }})
	g.AddHomeBlock(func(context.Context) (templ.Component, error) { return ui.Text("blok domu"), nil })
	if !strings.Contains(g.Visitor().Get(p.Path()).Text("main"), "blok programu z-blokiem") || !strings.Contains(g.Visitor().Get("/").Text("main"), "blok domu") {
		t.Error("a block is missing")
	}
}

func TestOpeningOfAnotherRoomCanBeChosen(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.draft("Inne otwarcia")
	add := func() error {
		_, err := g.AddPhase(g.as(g.clerk), p.Slug, programme.NewPhase{Title: "Konkurs", Starts: day(2014, 12, 3), Opens: []string{"contest"}})
		return err
	}
	if err := add(); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("an unknown opening was taken: %v", err)
	}
	g.AddOpening(programme.OpeningWord{Opening: "contest", Key: "programme.opening.join"})
	must(t, add())
}

func TestFooterListsPartnersOfPublishedProgrammesOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		if links := g.Partners(t.Context()); len(links) != 0 {
			t.Errorf("links of nothing: %v", links)
		}
		p := g.published("W stopce")
		partner := g.organisation(foundation("Fundacja Źródło", "0000999003"), g.person("Fundatorka", ""))
		must(t, g.AddPartner(g.as(g.clerk), p.Slug, partner.ID, ""))
		ctx, counter := store.WithCounter(t.Context())
		left, leave := context.WithCancel(ctx) // a person who did not wait for the page
		leave()
		links := g.Partners(left)
		if len(links) != 2 || links[0].Text != g.office.Name || links[0].Href != "https://przykladow.example.org" || links[1].Href != "/organizacje/"+partner.Slug {
			t.Errorf("links = %+v", links)
		}
		for range 100 {
			g.Partners(ctx)
		}
		if counter.N() != 1 {
			t.Errorf("%d queries for 101 pages", counter.N())
		}
		_, err := g.SetState(g.as(g.clerk), p.Slug, p.Version, programme.Archived)
		must(t, err)
		if links := g.Partners(ctx); len(links) != 0 {
			t.Errorf("partners of the archive: %v", links)
		}
	})
}

func TestTwoHundredInvitationsAreSentAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.published("Dużo zaproszeń")
		var lines strings.Builder
		for i := range 200 {
			lines.WriteString("osoba" + strconv.Itoa(i) + "@example.org\n")
		}
		report, err := g.Invite(g.as(g.clerk), p.Slug, lines.String(), lang.Polish)
		must(t, err)
		if n := one[int](g, `SELECT COUNT(*) FROM mail_outbox WHERE kind = 'programme.invitation'`); n != 200 || len(report) != 200 {
			t.Errorf("%d letters, %d lines", n, len(report))
		}
	})
}

func TestServeRefusesForeignAddressesAndMissingGoals(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.draft("Cele")
	goal, err := g.AddGoal(g.as(g.clerk), p.Slug, programme.NewGoal{Title: "Cel"})
	must(t, err)
	serve := func(goal store.ID, address string) error {
		return g.db.Write(t.Context(), func(tx *store.Tx) error {
			return programme.Serve(t.Context(), tx, goal, programme.Activity{Kind: "news", ID: "a", Title: "Tytuł", URL: address})
		})
	}
	for _, address := range []string{"javascript:alert(1)", "//evil.example", "https://evil.example", ""} {
		if err := serve(goal, address); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%q: %v", address, err)
		}
	}
	if err := serve(store.NewID(), "/a"); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("missing goal: %v", err)
	}
	must(t, serve(goal, "/a"))
	must(t, serve(goal, "/b"))
	goals, err := programme.Goals(t.Context(), g.db, p.ID)
	must(t, err)
	if len(goals) != 1 || len(goals[0].Activities) != 1 || goals[0].Activities[0].URL != "/b" {
		t.Errorf("goals = %+v", goals)
	}
}

func TestHistoryOfValuesStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.draft("Pomiary")
		ctx := g.as(g.clerk)
		goal, err := g.AddGoal(ctx, p.Slug, programme.NewGoal{Title: "Cel"})
		must(t, err)
		indicator, err := g.AddIndicator(ctx, p.Slug, goal, programme.NewIndicator{Name: "Gminy", Unit: "gminy", Target: 25000})
		must(t, err)
		b := g.browser(g.clerk)
		path := p.Path() + "/edycja/wskazniki/" + string(indicator)
		for _, v := range [][2]string{{"5", "15.05.2014"}, {"3", "1.04.2014"}, {"5,5", "15.05.2014"}} {
			b.Post(path+"/wartosci", "amount", v[0], "day", v[1], "note", "z ankiety").Want(t, http.StatusSeeOther)
		}
		b.Post(path+"/wartosci", "amount", "9", "day", "15.07.2014").Want(t, http.StatusUnprocessableEntity)
		b.Post(path+"/wartosci", "amount", "dziewięć", "day", "15.05.2014").Want(t, http.StatusUnprocessableEntity)
		page := b.Get(path).Want(t, http.StatusOK)
		if page.Count("tbody tr") != 3 || !strings.Contains(page.Doc().Find("tbody tr").First().Text(), "5,5") {
			t.Errorf("history: %s", page.Text("table"))
		}
		if got := b.Get(p.Path()).Text("#cele .indicators .small"); got != "5,5 gminy cel: 25 gminy · stan na 15 maja 2014" {
			t.Errorf("latest: %q", got)
		}
	})
}

// TestWhateverIsTypedStaysText stores hostile texts in every field, past the
// forms, and opens every page that shows them.
func TestWhateverIsTypedStaysText(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	pages := g.pagesOfEverything()
	payloads := hostile.Payloads()
	for i := 0; i < len(payloads); i += 25 {
		g.write(strings.Join(payloads[i:min(i+25, len(payloads))], " "))
		for path, b := range pages {
			g.harmless(b, path)
		}
	}
	for _, payload := range payloads { // addresses, where the beginning counts
		g.exec(`UPDATE programme_partner SET url = $1`, payload)
		g.exec(`UPDATE programme SET contact_email = $1, description = $2, revision = revision + 1`, payload, "[link]("+payload+") <"+payload+">")
		g.harmless(g.Visitor(), "/programy/wspolpraca-w-zorach-i-rybniku")
	}
}

func (g *region) harmless(b *webtest.Browser, path string) {
	g.t.Helper()
	page := b.Get(path).Want(g.t, http.StatusOK)
	found, err := hostile.Active(strings.NewReader(page.Body))
	must(g.t, err)
	if len(found) > 0 {
		g.t.Fatalf("%s would run %v", path, found)
	}
}

func (g *region) exec(query string, args ...any) {
	g.t.Helper()
	must(g.t, g.db.Write(g.t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(g.t.Context(), query, args...)
		return err
	}))
}

// write puts a text into every field of the room and into the names it shows.
func (g *region) write(text string) {
	g.t.Helper()
	for _, set := range []string{
		`UPDATE programme SET title = $1, summary = $1, description = $1, contact_phone = $1, contact_email = $1, funder = $1,
			project_number = $1, revision = revision + 1`,
		`UPDATE programme_phase SET title = $1`, `UPDATE programme_goal SET title = $1, description = $1`,
		`UPDATE programme_goal_activity SET title = $1`, `UPDATE programme_indicator SET name = $1, unit = $1`,
		`UPDATE programme_indicator_value SET note = $1`, `UPDATE programme_partner SET url = $1`, `UPDATE programme_logo SET alt = $1`,
		`UPDATE programme_member SET words = $1, reason = $1`, `UPDATE person SET name = $1`, `UPDATE organisation SET name = $1`,
	} {
		g.exec(set, text)
	}
}

// pagesOfEverything makes one of each thing and lists the pages that show them.
func (g *region) pagesOfEverything() map[string]*webtest.Browser {
	g.t.Helper()
	p := g.rich()
	invited, member := g.person("Zaproszona", "2412042"), one[store.ID](g, `SELECT person FROM programme_member LIMIT 1`)
	_, err := g.Invite(g.as(g.clerk), p.Slug, invited.Email, lang.Polish)
	must(g.t, err)
	_, err = g.Give(g.as(g.clerk), p.Slug, "nieznana@example.org", access.Editor)
	must(g.t, err)
	goal := one[store.ID](g, `SELECT id FROM programme_goal LIMIT 1`)
	must(g.t, g.db.Write(g.t.Context(), func(tx *store.Tx) error {
		return programme.Serve(g.t.Context(), tx, goal, programme.Activity{Kind: "news", ID: "a", Title: "Artykuł", URL: "/a"})
	}))
	phase, indicator := one[store.ID](g, `SELECT id FROM programme_phase LIMIT 1`), one[store.ID](g, `SELECT id FROM programme_indicator LIMIT 1`)
	at := p.Path() + "/edycja"
	pages := map[string]*webtest.Browser{"/": g.browser(invited), "/konto": g.browser(invited), "/programy": g.Visitor(), p.Path(): g.Visitor(),
		p.Path() + "/dolacz": g.browser(invited), p.Path() + "/zaproszenie": g.browser(invited)}
	admin := g.browser(g.admin)
	for _, path := range []string{"/programy/nowy", at, at + "/dane", at + "/opis", at + "/cele", at + "/cele/" + string(goal), at + "/cele/" + string(goal) + "/usun",
		at + "/cele/" + string(goal) + "/wskaznik", at + "/wskazniki/" + string(indicator), at + "/wskazniki/" + string(indicator) + "/usun", at + "/etapy",
		at + "/etapy/" + string(phase), at + "/etapy/" + string(phase) + "/usun", at + "/partnerzy", at + "/zespol",
		at + "/zespol/" + string(g.clerk.ID) + "/manager/odbierz", at + "/uczestnicy", at + "/uczestnicy/" + string(member) + "/odmow", at + "/uczestnicy/zapros",
		at + "/publikacja"} {
		pages[path] = admin
	}
	return pages
}

func TestFundingStandsOnPagesOfOtherRooms(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.draft("Z funduszu")
	strip, err := g.Funding(t.Context(), p)
	must(t, err)
	if strip != nil {
		t.Error("a programme that nobody funds names a funder")
	}
	saved, err := g.SaveFunder(g.as(g.clerk), p.Slug, p.Version, "Fundusz Przykładowy", "FP/1/2014")
	must(t, err)
	p, err = programme.ByID(t.Context(), g.db, saved.ID)
	must(t, err)
	partial := programme.Programme{ID: p.ID, Slug: p.Slug, Revision: p.Revision, Funder: p.Funder, ProjectNumber: p.ProjectNumber}
	for _, want := range []int{-1, 0} { // read once, then remembered
		ctx, counter := store.WithCounter(t.Context())
		strip, err = g.Funding(ctx, partial)
		must(t, err)
		if want == 0 && counter.N() != 0 {
			t.Errorf("%d queries for what is remembered", counter.N())
		}
	}
	var b strings.Builder
	must(t, strip.Render(t.Context(), &b))
	if !strings.Contains(b.String(), "Fundusz Przykładowy") || !strings.Contains(b.String(), "FP/1/2014") {
		t.Errorf("the strip says %s", b.String())
	}
}

// Whoever comes second is told who was first and sees how things are now, on
// the page itself.
func TestSecondToChangeStateOrOwnerSeesWhoWasFirst(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.published("Wyścig")
	b := g.As(g.admin.ID, true)
	for path, fields := range map[string][]string{
		"/edycja/publikacja":           {"version", "1", "state", "archived"},
		"/edycja/partnerzy/wlasciciel": {"version", "1", "owner", string(p.Owner)},
	} {
		page := b.Post(p.Path()+path, fields...).Want(t, http.StatusConflict)
		if text := page.Text("main #conflict"); !strings.Contains(text, "Niczego nie zmieniliśmy") || page.Count(`main input[name="version"][value="1"]`) != 0 {
			t.Errorf("%s says %q, or offers the old version again", path, text)
		}
	}
}
