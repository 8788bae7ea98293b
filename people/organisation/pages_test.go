package organisation_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/store"
)

// filled is what a browser sends of a profile's form.
func filled(pairs ...string) url.Values {
	v := url.Values{"kind": {"school_sports_club"}, "name": {"UKS Cztery Wiatry"}, "municipality": {"2412042"},
		"register": {"sports_clubs"}, "register_number": {"UKS 7/2010"}, "nip": {"999-000-00-14"}}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func TestClubWithoutKRSIsRegisteredAtTheSecondTry(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		anna := b.person("Anna Nowak")
		browser := b.browser(anna)
		page := browser.Get("/organizacje/nowa").Want(t, http.StatusOK)
		if page.Count(`a[href="/organizacje/nowa?rodzaj=school_sports_club"]`) != 1 {
			t.Fatal("the kind is not offered")
		}
		page = browser.Get("/organizacje/nowa?rodzaj=school_sports_club").Want(t, http.StatusOK)
		if page.Count(`[name="register_number"]`) != 1 || page.Count(`select[name="register"]`) != 0 || page.Value("kind") != "school_sports_club" {
			t.Error("the form does not fit the kind")
		}
		page = browser.PostForm("/organizacje", filled("nip", "999-000-00-15", "website", "example.org")).Want(t, http.StatusUnprocessableEntity)
		if got := page.Text("#field-nip-mistake"); !strings.Contains(got, "NIP nie zgadza się z cyfrą kontrolną") {
			t.Errorf("the mistake reads %q", got)
		}
		if page.Value("nip") != "999-000-00-15" || page.Value("name") != "UKS Cztery Wiatry" || page.Value("municipality") != "2412042" {
			t.Error("what was typed is lost")
		}
		if n := one[int](b, `SELECT count(*) FROM organisation`); n != 0 {
			t.Fatalf("%d organisations after a refusal", n)
		}
		page = browser.PostForm("/organizacje", filled()).Want(t, http.StatusSeeOther)
		page = browser.Follow(page).Want(t, http.StatusOK)
		if page.Text("h1") != "UKS Cztery Wiatry" || !strings.Contains(page.Text(".person-state"), "Przedstawiciel") ||
			!strings.Contains(page.Text("main"), "999-000-00-14") || !strings.Contains(page.Text("main"), "Jeszcze niesprawdzona") {
			t.Errorf("the profile reads %q", page.Text("main"))
		}
		browser.Get("/organizacje/uks-cztery-wiatry/edycja").Want(t, http.StatusOK)
	})
}

func TestAllMistakesAreShownAtOnceAndNothingIsKept(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	browser := b.browser(b.person("Anna"))
	page := browser.PostForm("/organizacje", filled("name", "", "municipality", "", "register_number", "", "regon", "12", "website", "javascript:alert(1)",
		"email", "x", "phone", "y", "short_name", strings.Repeat("a", 41))).Want(t, http.StatusUnprocessableEntity)
	for _, field := range []string{"name", "short_name", "municipality", "register_number", "regon", "website", "email", "phone"} {
		if page.Count("#field-"+field+"-mistake") != 1 {
			t.Errorf("%s has no mistake", field)
		}
	}
	browser.PostForm("/organizacje", filled("kind", "king")).Want(t, http.StatusUnprocessableEntity)
	if n := one[int](b, `SELECT count(*) FROM organisation`); n != 0 {
		t.Errorf("%d organisations", n)
	}
}

func TestDuplicateLeadsToAskingToJoin(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	b.found(club(), b.person("Anna"))
	browser := b.browser(b.person("Jan"))
	page := browser.PostForm("/organizacje", filled("name", "Inna nazwa")).Want(t, http.StatusUnprocessableEntity)
	if page.Count(`a[href="/organizacje/uks-cztery-wiatry/dolacz"]`) != 1 || page.Value("name") != "Inna nazwa" {
		t.Errorf("the page reads %q", page.Text("main"))
	}
}

func TestFieldsThatAreNotAskedForChangeNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		anna := b.person("Anna")
		o := b.found(club(), anna)
		browser := b.browser(anna)
		attack := filled("version", "1", "id", string(store.NewID()), "slug", "inny", "sector", "administration", "verified_at", "1",
			"VerifiedAt", "1", "verification_note", "ok", "verification_on", "1", "verification_by", string(anna.ID),
			"created_by", "x", "created_at", "1", "updated_by", "x", "language", "en", "register_key", "krs:1", "name_key", "0",
			"folded", "x", "people_changes", "9", "account", "61109010140000071219812874", "role", "administrator")
		browser.PostForm("/organizacje/"+o.Slug+"/edycja", attack).Want(t, http.StatusSeeOther)
		now, err := organisation.ByID(t.Context(), db, o.ID)
		must(t, err)
		o.Version, o.UpdatedAt = now.Version, now.UpdatedAt
		if now != o {
			t.Errorf("kept %+v, want %+v", now, o)
		}
		if key := one[string](b, `SELECT register_key FROM organisation`); key != "sports_clubs:2412:UKS/7/2010" {
			t.Errorf("register key %q", key)
		}
		papers, err := organisation.PapersOf(t.Context(), db, o.ID)
		must(t, err)
		if papers.Account != "" {
			t.Error("the account came in by the wrong form")
		}
	})
}

func TestSecondEditorSeesWhatChangedAndKeepsTheText(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		anna, jan := b.person("Anna"), b.person("Jan")
		o := b.found(club(), anna)
		b.join(o, jan, organisation.Appointment{Role: access.Representative}, anna)
		edit := "/organizacje/" + o.Slug + "/edycja"
		b.browser(anna).PostForm(edit, filled("version", "1", "phone", "32 111 11 11")).Want(t, http.StatusSeeOther)
		second := b.browser(jan)
		page := second.PostForm(edit, filled("version", "1", "phone", "32 222 22 22")).Want(t, http.StatusConflict)
		conflict := page.Text(".conflict")
		if !strings.Contains(conflict, "Anna") || !strings.Contains(conflict, "32 111 11 11") || !strings.Contains(conflict, "32 222 22 22") {
			t.Errorf("the conflict reads %q", conflict)
		}
		if page.Value("phone") != "32 222 22 22" || page.Value("version") != "2" {
			t.Errorf("the form holds %q of version %q", page.Value("phone"), page.Value("version"))
		}
		second.PostForm(edit, filled("version", "2", "phone", "32 222 22 22")).Want(t, http.StatusSeeOther)

		papers := "/organizacje/" + o.Slug + "/dokumenty/edycja"
		account := "61 1090 1014 0000 0712 1981 2874"
		b.browser(anna).Post(papers, "version", "1", "signatories", "Anna Nowak, prezes", "account", account).Want(t, http.StatusSeeOther)
		page = second.Post(papers, "version", "1", "signatories", "Jan Kos, skarbnik", "account", "").Want(t, http.StatusConflict)
		if page.Value("signatories") != "Jan Kos, skarbnik" || !strings.Contains(page.Text(".conflict"), "Anna Nowak, prezes") {
			t.Errorf("the page reads %q", page.Text("main"))
		}
	})
}

// everyone is one of each who may look at an organisation.
type everyone struct {
	organisation                                organisation.Organisation
	founder, member, stranger, neighbour, admin people.Person
	visitor                                     *webtest.Browser
	request, invitation, memberMandate          store.ID
}

func gather(b *town) everyone {
	e := everyone{founder: b.person("Anna"), member: b.person("Ola"), stranger: b.person("Jan"), neighbour: b.person("Ewa"),
		admin: b.administrator(), visitor: b.Visitor()}
	e.admin.Administrator = true
	e.organisation = b.found(club(), e.founder)
	b.found(foundation(), e.neighbour)
	b.join(e.organisation, e.member, organisation.Appointment{Role: access.Member}, e.founder)
	must(b.t, b.Ask(b.as(e.stranger), e.organisation.ID, "Pracuję tu"))
	must(b.t, b.Invite(b.as(e.founder), e.organisation.ID, "gosc@example.org", organisation.Appointment{Role: access.Member}))
	e.request = one[store.ID](b, `SELECT id FROM organisation_request`)
	e.invitation = one[store.ID](b, `SELECT id FROM organisation_invitation WHERE state = 'waiting'`)
	e.memberMandate = b.mandate(e.organisation, e.member)
	return e
}

func (e everyone) fill(pattern string) string {
	return strings.NewReplacer("{organisation}", e.organisation.Slug, "{slug}", e.organisation.Slug, "{mandate}", string(e.memberMandate),
		"{request}", string(e.request), "{invitation}", string(e.invitation)).Replace(pattern)
}

// TestRightsOnEveryRoute asks every route as everybody. What is refused changes
// nothing; what is let through may still be a mistake in the form.
func TestRightsOnEveryRoute(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	e := gather(b)
	browsers := map[string]*webtest.Browser{"stranger": b.browser(e.stranger), "neighbour": b.browser(e.neighbour), "member": b.browser(e.member)}
	for _, route := range b.Service.Routes() {
		method, pattern, _ := strings.Cut(route.Pattern, " ")
		path := e.fill(pattern)
		allowed := map[string]bool{"stranger": route.Need.Name == "signed-in" || route.Need.Public(), "neighbour": route.Need.Name == "signed-in" || route.Need.Public()}
		allowed["member"] = allowed["stranger"] || route.Need.Name == organisation.Belong.Name
		for who, browser := range browsers {
			if method == "POST" && allowed[who] {
				continue // acts have tests of their own
			}
			page := ask(browser, method, path)
			if (page.Status != http.StatusForbidden) != allowed[who] {
				t.Errorf("%s of %s: %d", who, route.Pattern, page.Status)
			}
		}
		if page := ask(e.visitor, method, path); !route.Need.Public() {
			want := http.StatusUnauthorized
			if method == "GET" {
				want = http.StatusSeeOther
			}
			if page.Status != want {
				t.Errorf("visitor of %s: %d, want %d", route.Pattern, page.Status, want)
			}
		}
	}
	if n := one[int](b, `SELECT count(*) FROM organisation_mandate WHERE ended_at IS NULL`); n != 3 {
		t.Errorf("%d mandates after what was refused", n)
	}
}

func ask(b *webtest.Browser, method, path string) *webtest.Page {
	if method == "GET" {
		return b.Get(path)
	}
	return b.Post(path, "version", "1", "name", "Przejęta", "role", "representative", "reason", "x", "answer", "x", "note", "x", "email", "zly@example.org")
}

// TestForeignIDsAreNotThere uses the address of one's own organisation with ids
// of another's.
func TestForeignIDsAreNotThere(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	e := gather(b)
	browser := b.browser(e.neighbour)
	own := "/organizacje/fundacja-zrodlo"
	for _, path := range []string{"/osoby/" + string(e.memberMandate), "/osoby/" + string(e.memberMandate) + "/koniec", "/prosby/" + string(e.request), "/prosby/nic"} {
		browser.Get(own+path).Want(t, http.StatusNotFound)
	}
	for _, path := range []string{"/osoby/" + string(e.memberMandate), "/osoby/" + string(e.memberMandate) + "/koniec",
		"/prosby/" + string(e.request) + "/przyjmij", "/prosby/" + string(e.request) + "/odmow"} {
		browser.Post(own+path, "role", "representative", "answer", "x", "version", "1").Want(t, http.StatusNotFound)
	}
	browser.Post(own+"/zaproszenia/"+string(e.invitation)+"/cofnij").Want(t, http.StatusNotFound)
	browser.Get("/zaproszenia/organizacja/"+string(e.invitation)).Want(t, http.StatusNotFound)
	browser.Post("/zaproszenia/organizacja/"+string(e.invitation)+"/przyjmij").Want(t, http.StatusNotFound)
	if one[string](b, `SELECT state FROM organisation_invitation WHERE id = $1`, e.invitation) != "waiting" ||
		one[string](b, `SELECT state FROM organisation_request`) != "waiting" {
		t.Error("a stranger answered for others")
	}
}

func TestAccountAndSignatoriesAreForOwnPeopleOnly(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	e := gather(b)
	must(t, b.ChangePapers(b.as(e.founder), organisation.Papers{Organisation: e.organisation.ID, Version: 1,
		Account: "61 1090 1014 0000 0712 1981 2874", Signatories: organisation.Signatories{{Name: "Anna Nowak", Function: "prezes"}}}))
	const shown = "61\u00a01090\u00a01014\u00a00000\u00a00712\u00a01981\u00a02874"
	papers := "/organizacje/" + e.organisation.Slug + "/dokumenty"
	for _, p := range []people.Person{e.founder, e.member, e.admin} {
		page := b.browser(p).Get(papers).Want(t, http.StatusOK)
		if !strings.Contains(page.Body, shown) || !strings.Contains(page.Body, "Anna Nowak, prezes") {
			t.Errorf("%s does not see the papers", p.Name)
		}
	}
	for _, browser := range []*webtest.Browser{e.visitor, b.browser(e.stranger), b.browser(e.neighbour)} {
		for _, path := range []string{"/organizacje", "/organizacje/" + e.organisation.Slug, papers} {
			if body := browser.Get(path).Body; strings.Contains(body, "6110") || strings.Contains(body, shown) || strings.Contains(body, "prezes") {
				t.Errorf("%s shows the papers", path)
			}
		}
	}
}

func TestListIsFilteredByItsAddress(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		anna, admin := b.person("Anna"), b.administrator()
		o := b.found(club(), anna)
		must(t, b.Verify(b.as(admin), o.ID, 1, ""))
		b.found(foundation(), anna)
		b.found(group(), anna)
		for query, want := range map[string]string{
			"": "Fundacja Źródło, Podwórko, UKS Cztery Wiatry", "?szukaj=ZRODLO": "Fundacja Źródło", "?szukaj=%25": "", "?szukaj=wiatry+uks": "UKS Cztery Wiatry",
			"?sektor=resident": "Podwórko", "?rodzaj=foundation": "Fundacja Źródło", "?gmina=2412": "UKS Cztery Wiatry", "?gmina=2415031": "Podwórko",
			"?sprawdzona=tak": "UKS Cztery Wiatry", "?sprawdzona=nie&sektor=ngo": "Fundacja Źródło", "?gmina=%25&sektor=x&strona=-5": "Fundacja Źródło, Podwórko, UKS Cztery Wiatry",
		} {
			page := b.Visitor().Get("/organizacje"+query).Want(t, http.StatusOK)
			var names []string
			for _, link := range page.Doc().Find("tbody th a").EachIter() {
				names = append(names, link.Text())
			}
			if got := strings.Join(names, ", "); got != want {
				t.Errorf("%s lists %q, want %q", query, got, want)
			}
			if want == "" && page.Count(".empty") != 1 {
				t.Errorf("%s has no words for an empty list", query)
			}
		}
	})
}

func TestListHasPages(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	for i := range 31 {
		p := group()
		p.Name = "Grupa " + strings.Repeat("a", i+1)
		b.found(p, b.person("Osoba "+strings.Repeat("a", i+1)))
	}
	page := b.Visitor().Get("/organizacje?sektor=resident").Want(t, http.StatusOK)
	if page.Count("tbody tr") != 30 || page.Count(`a[href="/organizacje?sektor=resident&strona=2"]`) == 0 || !strings.Contains(page.Text(".count"), "31 organizacji") {
		t.Errorf("%d rows, %q", page.Count("tbody tr"), page.Text(".count"))
	}
	if page = b.Visitor().Get("/organizacje?sektor=resident&strona=2"); page.Count("tbody tr") != 1 {
		t.Errorf("%d rows on the second page", page.Count("tbody tr"))
	}
}

func TestPagesAskAFixedNumberOfQuestions(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	e := gather(b)
	for i := range 8 { // more rows must not mean more queries
		p := b.person("Osoba " + strings.Repeat("x", i+1))
		b.join(e.organisation, p, organisation.Appointment{Role: access.Member}, e.founder)
		g := group()
		g.Name += strings.Repeat("x", i+1)
		b.found(g, p)
	}
	one := "/organizacje/" + e.organisation.Slug
	for _, tt := range []struct {
		name    string
		browser *webtest.Browser
		path    string
		want    int
	}{
		{"list, visitor", e.visitor, "/organizacje", 2},
		{"profile, visitor", e.visitor, one, 1},
		{"profile, member", b.browser(e.member), one, 1 + asking},
		{"profile, stranger", b.browser(e.stranger), one, 4 + asking},
		{"people, representative", b.browser(e.founder), one + "/osoby", 5 + asking},
		{"people, member", b.browser(e.member), one + "/osoby", 3 + asking},
		{"papers", b.browser(e.member), one + "/dokumenty", 2 + asking},
		{"waiting, administrator", b.browser(e.admin), "/administracja/organizacje", 2 + asking},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := http.NewRequest(http.MethodGet, webtest.Public+tt.path, nil)
			must(t, err)
			ctx, counter := store.WithCounter(t.Context())
			tt.browser.Do(r.WithContext(ctx)).Want(t, http.StatusOK)
			if counter.N() != tt.want {
				t.Errorf("%d queries, want %d", counter.N(), tt.want)
			}
		})
	}
}

// asking is what it takes to know who asks: session, person, roles.
const asking = 3

// payloads are what attackers write; a page must show them as words.
var payloads = []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'-alert(1)-'`, `</title><svg onload=alert(1)>`, `{{7*7}}`, `javascript:alert(1)`}

func TestWhatPeopleWriteIsInertOnEveryPage(t *testing.T) {
	for _, payload := range payloads {
		t.Run(payload, func(t *testing.T) {
			b := newTown(t, storetest.SQLite(t))
			anna, jan, admin := b.person("Anna "+payload), b.person("Jan "+payload), b.administrator()
			p := club()
			p.Name, p.ShortName, p.Address, p.Contact, p.Description = "UKS "+payload, payload, payload, payload, payload+"\n\n["+payload+"]("+payload+")"
			o := b.found(p, anna)
			must(t, b.ChangePapers(b.as(anna), organisation.Papers{Organisation: o.ID, Version: 1, Representation: payload, StatutePlace: payload,
				Signatories: organisation.Signatories{{Name: payload, Function: payload}}}))
			must(t, b.Ask(b.as(jan), o.ID, payload))
			must(t, b.Invite(b.as(anna), o.ID, "ewa@example.org", organisation.Appointment{Role: access.Member, Title: payload}))
			must(t, b.Return(b.as(admin), o.ID, 1, payload))
			ewa := b.person("Ewa")
			admin.Administrator = true
			invitation := one[store.ID](b, `SELECT id FROM organisation_invitation`)
			request := one[store.ID](b, `SELECT id FROM organisation_request`)
			base := "/organizacje/" + o.Slug
			b.inert(b.browser(anna), "/organizacje", base, base+"/edycja", base+"/rodzaj", base+"/dokumenty", base+"/dokumenty/edycja", base+"/osoby",
				base+"/osoby/"+string(b.mandate(o, anna)), base+"/osoby/"+string(b.mandate(o, anna))+"/koniec", base+"/opusc",
				base+"/prosby/"+string(request), base+"/zaproszenia/nowe", "/konto")
			b.inert(b.browser(admin), "/administracja/organizacje", "/administracja/organizacje/"+o.Slug)
			b.inert(b.browser(jan), base)
			b.inert(b.browser(ewa), base, "/konto", "/zaproszenia/organizacja/"+string(invitation))
			must(t, b.Refuse(b.as(anna), o.ID, request, payload))
			b.inert(b.browser(jan), base, base+"/dolacz")
			for _, l := range append(b.letters(jan.Email), b.letters("ewa@example.org")...) {
				b.inertPage("letter", l.HTML)
			}
		})
	}
}

func (b *town) inert(browser *webtest.Browser, paths ...string) {
	b.t.Helper()
	for _, path := range paths {
		b.inertPage(path, browser.Get(path).Want(b.t, http.StatusOK).Body)
	}
}

// inertPage fails when the page holds anything that a browser would run.
func (b *town) inertPage(where, body string) {
	b.t.Helper()
	page := &webtest.Page{Body: body}
	for _, script := range page.Doc().Find("script").EachIter() {
		if src, _ := script.Attr("src"); !strings.HasPrefix(src, "/zasoby/") {
			b.t.Errorf("%s: a script of %q", where, src)
		}
	}
	for _, e := range page.Doc().Find("*").EachIter() {
		for _, a := range e.Get(0).Attr {
			if strings.HasPrefix(a.Key, "on") || (a.Key == "href" || a.Key == "src" || a.Key == "action") && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
				b.t.Errorf("%s: <%s %s=%q>", where, e.Get(0).Data, a.Key, a.Val)
			}
		}
	}
	if page.Count("img[src=x], svg[onload]") != 0 {
		b.t.Errorf("%s: an element of the payload", where)
	}
}

func TestInvitedColleagueComesInThroughThePages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		anna, jan := b.person("Anna"), b.person("Jan")
		o := b.found(club(), anna)
		base := "/organizacje/" + o.Slug
		leader := b.browser(anna)
		leader.Post(base+"/zaproszenia", "email", "jan", "role", "member").Want(t, http.StatusUnprocessableEntity)
		leader.Post(base+"/zaproszenia", "email", "jan@example.org", "role", "member", "title", "trener", "from", "01.05.2014", "until", "31.12.2014").Want(t, http.StatusSeeOther)
		if page := leader.Get(base + "/osoby"); !strings.Contains(page.Text("main"), "jan@example.org") {
			t.Errorf("the invitation is not listed: %q", page.Text("main"))
		}
		colleague := b.browser(jan)
		if page := colleague.Get("/konto").Want(t, http.StatusOK); page.Count(`a[href^="/zaproszenia/organizacja/"]`) != 1 {
			t.Errorf("the account shows no invitation: %q", page.Text("main"))
		}
		page := colleague.Get(base).Want(t, http.StatusOK)
		href, _ := page.Doc().Find(".person-state a").Attr("href")
		page = colleague.Get(href).Want(t, http.StatusOK)
		if !strings.Contains(page.Text("main"), "trener") || !strings.Contains(page.Text("main"), "31 grudnia 2014") {
			t.Errorf("the invitation reads %q", page.Text("main"))
		}
		before := colleague.Cookie("wspolnota")
		page = colleague.Follow(colleague.Post(href+"/przyjmij").Want(t, http.StatusSeeOther)).Want(t, http.StatusOK)
		if !strings.Contains(page.Text(".person-state"), "Członek") || colleague.Cookie("wspolnota") == before {
			t.Errorf("the profile reads %q", page.Text("main"))
		}
		page = colleague.Get(base+"/osoby").Want(t, http.StatusOK)
		if !strings.Contains(page.Text("table"), "od 1 maja 2014 do 31 grudnia 2014") || page.Count(`a[href*="/zaproszenia/nowe"]`) != 0 {
			t.Errorf("the people read %q", page.Text("table"))
		}
		colleague.Get(base+"/opusc").Want(t, http.StatusOK)
		colleague.Post(base+"/opusc").Want(t, http.StatusSeeOther)
		colleague.Get(base+"/osoby").Want(t, http.StatusForbidden)
	})
}

func TestRequestThroughThePages(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	anna, jan := b.person("Anna"), b.person("Jan")
	o := b.found(club(), anna)
	base := "/organizacje/" + o.Slug
	asks := b.browser(jan)
	asks.Get(base+"/dolacz").Want(t, http.StatusOK)
	asks.Post(base+"/dolacz", "reason", " ").Want(t, http.StatusUnprocessableEntity)
	page := asks.Follow(asks.Post(base+"/dolacz", "reason", "Trenuję młodzików").Want(t, http.StatusSeeOther))
	if !strings.Contains(page.Text(".person-state"), "czeka na odpowiedź") || page.Count(`form[action$="/wycofaj"]`) != 1 {
		t.Errorf("the profile reads %q", page.Text(".person-state"))
	}
	leader := b.browser(anna)
	if page := leader.Get("/konto"); !strings.Contains(page.Text("main"), "1 prośba o dołączenie") {
		t.Errorf("the account reads %q", page.Text("main"))
	}
	request := base + "/prosby/" + string(one[store.ID](b, `SELECT id FROM organisation_request`))
	if page := leader.Get(request).Want(t, http.StatusOK); !strings.Contains(page.Text("blockquote"), "Trenuję młodzików") {
		t.Errorf("the request reads %q", page.Text("main"))
	}
	leader.Post(request+"/przyjmij", "role", "king").Want(t, http.StatusUnprocessableEntity)
	leader.Post(request+"/odmow", "answer", "").Want(t, http.StatusUnprocessableEntity)
	leader.Post(request+"/przyjmij", "role", "representative", "title", "trener").Want(t, http.StatusSeeOther)
	asks.Get(base+"/osoby").Want(t, http.StatusSeeOther) // the old session ended with the old role
	again := b.browser(jan)
	again.Get(base+"/osoby").Want(t, http.StatusOK)
	again.Get(base+"/edycja").Want(t, http.StatusOK)
	mandate := base + "/osoby/" + string(b.mandate(o, anna))
	again.Get(mandate).Want(t, http.StatusOK)
	again.Post(mandate, "role", "member", "version", "7").Want(t, http.StatusConflict)
	again.Post(mandate, "role", "member", "version", "1", "from", "10.05.2014", "until", "09.05.2014").Want(t, http.StatusUnprocessableEntity)
	again.Post(mandate+"/koniec").Want(t, http.StatusSeeOther)
	leader.Get(base+"/edycja").Want(t, http.StatusSeeOther)
	again.Post(base+"/osoby/"+string(b.mandate(o, jan))+"/koniec").Want(t, http.StatusConflict)
	if page := again.Get(base + "/opusc"); page.Count("form.confirmation") != 0 || !strings.Contains(page.Text("main"), "jedyny przedstawiciel") {
		t.Errorf("leaving reads %q", page.Text("main"))
	}
}

func TestAdministratorVerifiesThroughThePages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		anna, admin := b.person("Anna"), b.administrator()
		admin.Administrator = true
		o := b.found(club(), anna)
		office := b.browser(admin)
		if page := office.Get("/administracja/organizacje").Want(t, http.StatusOK); !strings.Contains(page.Text("tbody"), "UKS Cztery Wiatry") || !strings.Contains(page.Text("tbody"), "Do sprawdzenia") {
			t.Errorf("the list reads %q", page.Text("main"))
		}
		path := "/administracja/organizacje/" + o.Slug
		office.Get(path).Want(t, http.StatusOK)
		office.Post(path, "version", "1", "verdict", "return", "note", "").Want(t, http.StatusUnprocessableEntity)
		office.Post(path, "version", "1", "verdict", "return", "note", "Numer jest inny").Want(t, http.StatusSeeOther)
		leader := b.browser(anna)
		if page := leader.Get("/organizacje/" + o.Slug); !strings.Contains(page.Text("main"), "Numer jest inny") || !strings.Contains(page.Text("main"), "Już teraz możecie") {
			t.Errorf("the profile reads %q", page.Text("main"))
		}
		if page := b.Visitor().Get("/organizacje/" + o.Slug); strings.Contains(page.Body, "Numer jest inny") {
			t.Error("everybody reads the note")
		}
		status := func() string { return office.Get("/administracja/organizacje").Text("tbody .tag") }
		if got := status(); got != "Odesłana do poprawy" {
			t.Errorf("returned, it stands as %q", got)
		}
		db.Clock().Advance(time.Minute)
		leader.PostForm("/organizacje/"+o.Slug+"/edycja", filled("version", "2")).Want(t, http.StatusSeeOther)
		if got := status(); got != "Do sprawdzenia" {
			t.Errorf("mended, it stands as %q", got)
		}
		page := office.Post(path, "version", "1", "note", "Zgodne").Want(t, http.StatusConflict)
		if page.Value("note") != "Zgodne" || page.Value("version") != "3" {
			t.Error("the note is lost with the stale version")
		}
		office.Post(path, "version", "3", "note", "Zgodne").Want(t, http.StatusSeeOther)
		if page := b.Visitor().Get("/organizacje/" + o.Slug); !strings.Contains(page.Text("main"), "sprawdził te dane: 1 czerwca 2014") {
			t.Errorf("the profile reads %q", page.Text("main"))
		}
		if page := leader.Get("/organizacje/" + o.Slug + "/edycja"); !strings.Contains(page.Text("main"), "sprawdzić ją od nowa") {
			t.Error("nobody is told that a new name drops the verification")
		}
		if page := office.Get("/administracja/organizacje"); page.Count("tbody tr") != 0 || page.Count(".empty") != 1 {
			t.Errorf("the list reads %q", page.Text("main"))
		}
	})
}

func TestPagesSpeakBothLanguages(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	e := gather(b)
	one := "/organizacje/" + e.organisation.Slug
	leader, office := b.browser(e.founder), b.browser(e.admin)
	for _, path := range []string{"/organizacje", "/organizacje/nowa", "/organizacje/nowa?rodzaj=sports_club", "/organizacje/nowa?rodzaj=sole_trader",
		"/organizacje/nowa?rodzaj=parish", "/organizacje/nowa?rodzaj=informal_group", one, one + "/edycja", one + "/edycja?rodzaj=sports_club", one + "/dokumenty",
		one + "/dokumenty/edycja", one + "/osoby", one + "/prosby/" + string(e.request), one + "/zaproszenia/nowe", one + "/opusc", "/konto"} {
		b.speaks(leader, path)
	}
	b.speaks(office, "/administracja/organizacje")
	b.speaks(office, "/administracja/organizacje/"+e.organisation.Slug)
}

var saidKey = regexp.MustCompile(`\b(organisation|territory|ui|form)\.[a-z_]|{{`)

// speaks opens the page in both languages and looks for keys that were left as
// they are.
func (b *town) speaks(browser *webtest.Browser, path string) {
	b.t.Helper()
	titles := map[string]bool{}
	for _, language := range []string{"pl", "en"} {
		browser.Header.Set("Accept-Language", language)
		page := browser.Get(path).Want(b.t, http.StatusOK)
		if text := page.Text("body"); saidKey.MatchString(text) {
			b.t.Errorf("%s in %s says a key: %q", path, language, text)
		}
		if page.Count("h1") != 1 {
			b.t.Errorf("%s has %d h1", path, page.Count("h1"))
		}
		titles[page.Text("main")] = true
	}
	if len(titles) != 2 {
		b.t.Errorf("%s reads alike in both languages", path)
	}
}
