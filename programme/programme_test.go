package programme_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

func TestWhoSeesAProgrammeInWhichState(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.published("Stany")
		stranger := g.person("Obcy Obserwator", "")
		browsers := map[string]*webtest.Browser{"visitor": g.Visitor(), "stranger": g.browser(stranger), "manager": g.browser(g.clerk), "administrator": g.browser(g.admin)}
		for _, role := range []access.Role{access.Editor, access.Facilitator, access.Assessor, access.Observer} {
			member := g.person("Zespół "+string(role), "")
			_, err := g.Give(g.as(g.clerk), p.Slug, member.Email, role)
			must(t, err)
			browsers[string(role)] = g.browser(member)
		}
		other := g.person("Kierowniczka Innego", "")
		rival := g.draftOf(other)
		browsers["manager of another programme"] = g.browser(other)

		outside := map[string]bool{"visitor": true, "stranger": true, "manager of another programme": true}
		for _, state := range []programme.State{programme.Published, programme.Archived, programme.Published, programme.Draft} {
			if p.State != state {
				var err error
				p, err = g.SetState(g.as(g.clerk), p.Slug, p.Version, state)
				must(t, err)
			}
			for name, b := range browsers {
				want := http.StatusOK
				if state == programme.Draft && outside[name] {
					want = http.StatusNotFound
				}
				if got := b.Get(p.Path()).Status; got != want {
					t.Errorf("%s sees the %s with %d, want %d", name, state, got, want)
				}
			}
			listed := strings.Contains(g.Visitor().Get("/programy").Body, p.Path()+`"`)
			archived := strings.Contains(g.Visitor().Get("/programy?stan=archiwum").Body, p.Path()+`"`)
			if listed != (state == programme.Published) || archived != (state == programme.Archived) {
				t.Errorf("%s: in the list %v, in the archive %v", state, listed, archived)
			}
		}
		if got := g.browser(g.clerk).Get(rival.Path()).Status; got != http.StatusNotFound {
			t.Errorf("a manager sees the draft of another programme: %d", got)
		}
	})
}

// draftOf begins a programme of the same office with another manager.
func (g *region) draftOf(manager people.Person) programme.Programme {
	g.t.Helper()
	p, err := g.Create(g.as(g.admin), programme.NewProgramme{Title: "Inny program", Summary: "Inny.", Language: lang.Polish,
		Owner: g.office.ID, Manager: manager.Email})
	must(g.t, err)
	return p
}

func TestOwnAndForeignProgramme(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	own, foreign := g.published("Własny"), g.draftOf(g.person("Inna Kierowniczka", ""))
	editor := g.person("Ela Redaktorka", "")
	_, err := g.Give(g.as(g.clerk), own.Slug, editor.Email, access.Editor)
	must(t, err)
	parts := []string{"", "/opis", "/cele", "/dane", "/etapy", "/partnerzy", "/zespol", "/uczestnicy", "/uczestnicy/zapros", "/publikacja"}
	edits := 3 // the first three are the editor's
	for _, tt := range []struct {
		name    string
		browser *webtest.Browser
		slug    string
		own     func(i int) bool
	}{
		{"manager", g.browser(g.clerk), own.Slug, func(int) bool { return true }},
		{"manager elsewhere", g.browser(g.clerk), foreign.Slug, func(int) bool { return false }},
		{"editor", g.browser(editor), own.Slug, func(i int) bool { return i < edits }},
		{"administrator", g.browser(g.admin), foreign.Slug, func(int) bool { return true }},
		{"resident", g.browser(g.person("Jan Mieszkaniec", "")), own.Slug, func(int) bool { return false }},
	} {
		for i, part := range parts {
			want := http.StatusForbidden
			if tt.own(i) {
				want = http.StatusOK
			}
			if got := tt.browser.Get("/programy/" + tt.slug + "/edycja" + part).Status; got != want {
				t.Errorf("%s at %s%s: %d, want %d", tt.name, tt.slug, part, got, want)
			}
		}
	}
}

func TestPartsOfAnotherProgrammeAreNotThere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		own, foreign := g.draft("Swój"), g.draftOf(g.person("Inna Kierowniczka", ""))
		ctx := g.as(g.admin)
		goal, err := g.AddGoal(ctx, foreign.Slug, programme.NewGoal{Title: "Cudzy cel"})
		must(t, err)
		indicator, err := g.AddIndicator(ctx, foreign.Slug, goal, programme.NewIndicator{Name: "Cudzy wskaźnik", Target: 1000})
		must(t, err)
		phase, err := g.AddPhase(ctx, foreign.Slug, programme.NewPhase{Title: "Cudzy etap", Starts: day(2014, 1, 1)})
		must(t, err)
		b := g.browser(g.clerk)
		at := own.Path() + "/edycja"
		for _, path := range []string{"/cele/" + string(goal), "/wskazniki/" + string(indicator), "/etapy/" + string(phase)} {
			if got := b.Get(at + path).Status; got != http.StatusNotFound {
				t.Errorf("GET %s: %d", path, got)
			}
			for _, act := range []string{"", "/przesun", "/usun", "/wskaznik", "/wartosci"} {
				page := b.Post(at+path+act, "title", "Przejęte", "name", "Przejęte", "target", "1", "amount", "1", "day", "01.05.2014",
					"starts", "01.05.2014", "version", "1")
				if page.Status != http.StatusNotFound && page.Status != http.StatusMethodNotAllowed {
					t.Errorf("POST %s%s: %d", path, act, page.Status)
				}
			}
		}
		if n := one[int](g, `SELECT COUNT(*) FROM programme_goal WHERE title = 'Cudzy cel'`); n != 1 {
			t.Error("the foreign goal was changed")
		}
		if n := one[int](g, `SELECT COUNT(*) FROM programme_indicator_value`); n != 0 {
			t.Error("a value was entered for a foreign indicator")
		}
	})
}

func TestSecondOfTwoEditorsSeesWhatTheFirstSaved(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.draft("Dwoje naraz")
		first, second := g.browser(g.clerk), g.browser(g.admin)
		path := p.Path() + "/edycja/opis"
		version := second.Get(path).Value("version")
		first.Post(path, "version", version, "description", "Pierwszy tekst").Want(t, http.StatusSeeOther)
		page := second.Post(path, "version", version, "description", "Drugi tekst").Want(t, http.StatusConflict)
		if !strings.Contains(page.Text(".conflict"), "Pierwszy tekst") || !strings.Contains(page.Text(".conflict"), "Anna Urzędnicza") {
			t.Errorf("the conflict does not show the first: %s", page.Text(".conflict"))
		}
		if page.Value("description") != "Drugi tekst" {
			t.Error("the second text is lost")
		}
		second.Post(path, "version", page.Value("version"), "description", "Drugi tekst").Want(t, http.StatusSeeOther)
		now, err := programme.BySlug(t.Context(), db, p.Slug)
		must(t, err)
		if now.Description != "Drugi tekst" {
			t.Errorf("description = %q", now.Description)
		}
	})
}

func TestStalePhaseAndGoalAreNotOverwritten(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.draft("Stare wersje")
	ctx := g.as(g.clerk)
	phase, err := g.AddPhase(ctx, p.Slug, programme.NewPhase{Title: "Etap", Starts: day(2014, 6, 1)})
	must(t, err)
	goal, err := g.AddGoal(ctx, p.Slug, programme.NewGoal{Title: "Cel"})
	must(t, err)
	must(t, g.SavePhase(ctx, p.Slug, phase, 1, programme.NewPhase{Title: "Etap nowszy", Starts: day(2014, 6, 1)}))
	must(t, g.SaveGoal(ctx, p.Slug, goal, 1, programme.NewGoal{Title: "Cel nowszy"}))
	b := g.browser(g.clerk)
	page := b.Post(p.Path()+"/edycja/etapy/"+string(phase), "version", "1", "title", "Etap spóźniony", "starts", "01.06.2014").Want(t, http.StatusConflict)
	if !strings.Contains(page.Text(".conflict"), "Etap nowszy") || page.Value("title") != "Etap spóźniony" {
		t.Errorf("phase: %s", page.Text("main"))
	}
	page = b.Post(p.Path()+"/edycja/cele/"+string(goal), "version", "1", "title", "Cel spóźniony").Want(t, http.StatusConflict)
	if !strings.Contains(page.Text(".conflict"), "Cel nowszy") {
		t.Errorf("goal: %s", page.Text("main"))
	}
}

// everyColumn is what an attacker would add to any form.
func everyColumn(values url.Values) url.Values {
	for name, value := range map[string]string{"id": "x", "state": "published", "owner": "x", "programme": "x", "revision": "99",
		"published_at": "1", "updated_by": "x", "created_at": "1", "role": "manager", "person": "x", "sector": "business", "decided_by": "x",
		"position": "77", "entered_by": "x", "entered_at": "1", "since": "1", "funder": "x", "project_number": "x", "contact_email": "x@example.org", "manager": "x"} {
		if !values.Has(name) {
			values.Set(name, value)
		}
	}
	return values
}

func TestFormsChangeOnlyTheirOwnFields(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.draft("Tylko swoje pola")
	b := g.browser(g.clerk)
	b.PostForm(p.Path()+"/edycja/dane", everyColumn(url.Values{"version": {"1"}, "title": {"Nowy tytuł"}, "summary": {"Zdanie."},
		"slug": {"nowy-adres"}, "language": {"pl"}, "admission": {"open"}, "sectors": {"ngo"}})).Want(t, http.StatusSeeOther)
	now, err := programme.BySlug(t.Context(), g.db, "nowy-adres")
	must(t, err)
	if now.State != programme.Draft || now.Owner != g.office.ID || now.Manager != g.clerk.ID || now.Funder != "" || now.ContactEmail != "" || now.ID != p.ID {
		t.Errorf("a form changed what is not its own: %+v", now)
	}
	if now.Title != "Nowy tytuł" || !now.Sectors.Has("ngo") || now.Sectors.Has("business") {
		t.Errorf("the form did not change its own: %+v", now)
	}
	b.PostForm(now.Path()+"/edycja/etapy", everyColumn(url.Values{"title": {"Etap"}, "starts": {"01.06.2014"}})).Want(t, http.StatusSeeOther)
	if n := one[int](g, `SELECT COUNT(*) FROM programme_phase WHERE programme = $1 AND position = 1`, p.ID); n != 1 {
		t.Error("a form set the position of a phase")
	}
}

func TestPersonCannotLetThemselvesIn(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.admission(g.published("Za zgodą"), programme.AdmitApproved)
	person := g.person("Sprytna", "")
	g.browser(person).PostForm(p.Path()+"/dolacz", everyColumn(url.Values{"as": {"self"}, "words": {"proszę"}, "state": {"active"},
		"organisation": {string(g.office.ID)}})).Want(t, http.StatusSeeOther)
	if n := one[int](g, `SELECT COUNT(*) FROM programme_member WHERE person = $1 AND state = 'requested' AND sector = 'resident'
		AND organisation = '' AND decided_by = ''`, person.ID); n != 1 {
		t.Error("a form changed what is not its own")
	}
}

func TestOwnerChangesOnlyByAnAdministrator(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.draft("Czyj to program")
	other := g.organisation(foundation("Fundacja Przykład", "0000999001"), g.person("Fundatorka", ""))
	path := p.Path() + "/edycja/partnerzy/wlasciciel"
	g.browser(g.clerk).Post(path, "version", "1", "owner", string(other.ID)).Want(t, http.StatusForbidden)
	g.browser(g.admin).Post(path, "version", "1", "owner", string(other.ID)).Want(t, http.StatusSeeOther)
	now, err := programme.BySlug(t.Context(), g.db, p.Slug)
	must(t, err)
	if now.Owner != other.ID {
		t.Error("the administrator could not change the owner")
	}
}

func TestWhoMayBeginAProgramme(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		leader := g.person("Liderka", "")
		unverified := g.unverified(group("Sąsiedzi"), leader)
		begin := func(who people.Person, owner store.ID) error {
			_, err := g.Create(g.as(who), programme.NewProgramme{Title: "Program", Summary: "Zdanie.", Language: lang.Polish, Owner: owner})
			return err
		}
		must(t, begin(g.clerk, g.office.ID))
		must(t, begin(g.admin, g.office.ID))
		for name, err := range map[string]error{
			"a resident":                         begin(g.person("Mieszkaniec", ""), g.office.ID),
			"a representative of somebody else":  begin(leader, g.office.ID),
			"a representative of the unverified": begin(leader, unverified.ID),
		} {
			if !fault.Is(err, fault.KindForbidden) {
				t.Errorf("%s: %v", name, err)
			}
		}
		g.browser(g.person("Bez Organizacji", "")).Get("/programy/nowy").Want(t, http.StatusForbidden)
		slugs, err := store.All[string](t.Context(), db, `SELECT slug FROM programme ORDER BY slug`)
		must(t, err)
		if strings.Join(slugs, " ") != "program program-2" {
			t.Errorf("slugs = %v", slugs)
		}
	})
}

func TestRepresentativeBeginsAProgrammeInTheBrowser(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	b := g.browser(g.clerk)
	page := b.Get("/programy/nowy").Want(t, http.StatusOK)
	if page.Value("owner") != string(g.office.ID) {
		t.Error("the only organisation is not chosen")
	}
	answer := b.Post("/programy/nowy", "title", "Wspólnota w innym wymiarze", "summary", "Razem.", "language", "pl", "owner", string(g.office.ID))
	answer.Want(t, http.StatusSeeOther)
	page = b.Follow(answer).Want(t, http.StatusOK)
	if page.Count(".task") != 3 {
		t.Errorf("the overview does not list the gaps: %s", page.Text("main"))
	}
	if staff := one[bool](g, `SELECT staff FROM session WHERE person = $1`, g.clerk.ID); !staff {
		t.Error("the new manager works in a session that is not of staff")
	}
}

func TestSlugThatIsAnIdOrAReservedWordIsRefused(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p, other := g.draft("Adres"), g.draft("Drugi")
	for _, slug := range []string{string(other.ID), "nowy", "Wielkie-Litery", "ze spacją", "ą", "", other.Slug, "../konto", strings.Repeat("a", 81)} {
		page := g.browser(g.clerk).Post(p.Path()+"/edycja/dane", "version", "1", "title", "T", "summary", "S", "slug", slug, "language", "pl",
			"admission", "open", "sectors", "ngo")
		if page.Status != http.StatusUnprocessableEntity || page.Count("#field-slug[aria-invalid]") != 1 {
			t.Errorf("slug %q: %d", slug, page.Status)
		}
	}
}

func TestAddressOfAPublishedProgrammeIsFixed(t *testing.T) {
	g := newRegion(t, storetest.SQLite(t))
	p := g.published("Stały adres")
	_, err := g.SaveData(g.as(g.clerk), p.Slug, p.Version, programme.Data{Title: p.Title, Summary: p.Summary, Slug: "inny",
		Language: p.Language, Admission: p.Admission, Sectors: p.Sectors})
	if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Key != "programme.slug.fixed" {
		t.Errorf("err = %v", err)
	}
}

func TestDraftIsPublishedOnlyWhenItIsWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.draft("Niegotowy")
		b := g.browser(g.clerk)
		page := b.Get(p.Path()+"/edycja/publikacja").Want(t, http.StatusOK)
		if page.Count("form.confirmation") != 0 || page.Count(".task") != 3 {
			t.Errorf("an unfinished draft can be published: %s", page.Text("main"))
		}
		b.Post(p.Path()+"/edycja/publikacja", "version", strconv.Itoa(p.Version), "state", "published").Want(t, http.StatusUnprocessableEntity)
		b.Post(p.Path()+"/edycja/publikacja", "version", strconv.Itoa(p.Version), "state", "archived").Want(t, http.StatusConflict)

		whole := g.published("Gotowy")
		page = b.Get(whole.Path()+"/edycja/publikacja").Want(t, http.StatusOK)
		if page.Count("form.confirmation") != 2 || page.Count("form.confirmation li") != 6 {
			t.Errorf("the consequences are not shown: %s", page.Text("main"))
		}
		b.Post(whole.Path()+"/edycja/publikacja", "version", strconv.Itoa(whole.Version), "state", "archived").Want(t, http.StatusSeeOther)
		b.Post(whole.Path()+"/edycja/publikacja", "version", strconv.Itoa(whole.Version), "state", "draft").Want(t, http.StatusConflict)
	})
}

func TestPhasesMoveUpAndDownWithoutScript(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		p := g.draft("Kolejność")
		ids := map[string]store.ID{}
		for _, title := range []string{"A", "B", "C"} {
			id, err := g.AddPhase(g.as(g.clerk), p.Slug, programme.NewPhase{Title: title, Starts: day(2014, 6, 1)})
			must(t, err)
			ids[title] = id
		}
		b := g.browser(g.clerk)
		order := func() string {
			titles, err := store.All[string](t.Context(), db, `SELECT title FROM programme_phase WHERE programme = $1 ORDER BY position`, p.ID)
			must(t, err)
			return strings.Join(titles, "")
		}
		for _, step := range []struct{ title, direction, want string }{
			{"C", "w-gore", "ACB"}, {"C", "w-gore", "CAB"}, {"C", "w-gore", "CAB"}, {"C", "w-dol", "ACB"}, {"B", "w-dol", "ACB"},
		} {
			b.Post(p.Path()+"/edycja/etapy/"+string(ids[step.title])+"/przesun", "kierunek", step.direction).Want(t, http.StatusSeeOther)
			if got := order(); got != step.want {
				t.Errorf("%s %s: %s, want %s", step.title, step.direction, got, step.want)
			}
		}
		b.Get(p.Path()+"/edycja/etapy/"+string(ids["A"])+"/usun").Want(t, http.StatusOK)
		b.Post(p.Path()+"/edycja/etapy/"+string(ids["A"])+"/usun").Want(t, http.StatusSeeOther)
		if got := order(); got != "CB" {
			t.Errorf("after removal: %s", got)
		}
	})
}

func TestListFiltersByPlaceAndWords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newRegion(t, db)
		small, whole := g.published("Łąka w Lyskach"), g.published("Cały subregion")
		areas := func(p programme.Programme, codes ...string) {
			_, err := g.SaveData(g.as(g.clerk), p.Slug, p.Version, programme.Data{Title: p.Title, Summary: p.Summary, Slug: p.Slug,
				Language: p.Language, Areas: codes, Admission: p.Admission, Sectors: p.Sectors})
			must(t, err)
		}
		areas(small, "2412042")
		areas(whole, territory.Codes()...)
		for query, want := range map[string]int{"": 2, "?gmina=2412042": 2, "?gmina=2412": 2, "?gmina=2411011": 1, "?gmina=nie-ma": 2,
			"?szukaj=laka": 1, "?szukaj=ŁĄKA": 1, "?szukaj=%25": 0, "?szukaj=nic": 0, "?stan=archiwum": 0} {
			page := g.Visitor().Get("/programy"+query).Want(t, http.StatusOK)
			if got := page.Count(".cards .card"); got != want {
				t.Errorf("%s: %d, want %d", query, got, want)
			}
			if want == 0 && page.Count(".empty") != 1 {
				t.Errorf("%s: no empty state", query)
			}
		}
	})
}
