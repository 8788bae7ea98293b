package registration_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/store"
)

// has fails unless the page says all the words in its main part.
func has(t *testing.T, page *webtest.Page, words ...string) {
	t.Helper()
	text := strings.ReplaceAll(page.Text("main"), "\u00a0", " ")
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("the page does not say %q:\n%.1500s", w, text)
		}
	}
}

func TestOwnStateStandsFirst(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Seminarium", 1)
		at := e.Path() + "/zapisy"
		visitor := w.Visitor().Get(at).Want(t, 200)
		has(t, visitor, "Zapisy trwają do 11 czerwca 2014, 00:00 (CEST)", "Wolne jest 1 miejsce z 1.", "Jak przydzielamy miejsca")
		if first := visitor.Doc().Find("main section").First(); !first.HasClass("person-state") {
			t.Error("something stands before the person's state")
		}
		resident, neighbour := w.As(w.Resident, false), w.As(w.Neighbour, false)
		form := resident.Get(at+"/zgloszenie").Want(t, 200)
		has(t, form, "Kogo reprezentujesz?", "Gmina, w której mieszkasz")
		page := resident.Follow(resident.Post(at+"/zgloszenie", "as", "self", "municipality", "2412013").Want(t, 303))
		has(t, page, "Masz miejsce", "Czerwionka-Leszczyny", "Numer zgłoszenia1", "Zrezygnować można do 13 czerwca 2014, 09:00 (CEST).")
		if on := resident.Get(e.Path()).Want(t, 200); on.Text(".person-state h2") != "Masz miejsce" {
			t.Errorf("on the event's page: %q", on.Text(".person-state h2"))
		}
		has(t, neighbour.Get(at), "Wszystkie miejsca są zajęte. Na listę rezerwową nikt się jeszcze nie zapisał.")
		page = neighbour.Follow(neighbour.Post(at+"/zgloszenie", "as", "self", "municipality", "poza").Want(t, 303))
		has(t, page, "Lista rezerwowa: miejsce 1 z 1", "spoza subregionu")

		mine, err := registration.Of(t.Context(), w.DB, e.ID, w.Resident)
		if err != nil {
			t.Fatal(err)
		}
		one := at + "/osoba/" + string(mine.ID)
		has(t, resident.Get(one+"/rezygnacja").Want(t, 200), "Miejsce od razu zaproponujemy następnej osobie")
		page = resident.Follow(resident.Post(one+"/rezygnacja").Want(t, 303))
		has(t, page, "Rezygnacja przyjęta", "Zapisy trwają")
		page = neighbour.Get(at)
		has(t, page, "Czeka na Ciebie miejsce do 7 czerwca 2014, 12:00 (CEST)")
		action, _ := page.Doc().Find("form[action$=potwierdzenie]").Attr("action")
		has(t, neighbour.Follow(neighbour.Post(action).Want(t, 303)), "Masz miejsce")
		w.DB.Clock().Set(e.StartsAt.AddDate(0, 0, -1))
		has(t, resident.Get(at), "Nie można się teraz zapisać", "Zapisy są zamknięte. Zakończyły się 11 czerwca 2014, 00:00 (CEST).")
		late := resident.Post(at+"/zgloszenie", "as", "self", "municipality", "poza").Want(t, 422)
		has(t, late, "Decyduje zegar serwera")
	})
}

func TestPagesOfOthersAreNotFound(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Cudze", 2)
		g := w.register(e, w.Resident)
		one := e.Path() + "/zapisy/osoba/" + string(g.ID)
		for name, person := range map[string]store.ID{"neighbour": w.Neighbour, "observer": w.Observer, "another's manager": w.Stranger} {
			browser := w.As(person, person != w.Neighbour)
			for _, path := range []string{one, one + "/odpowiedzi", one + "/rezygnacja"} {
				if got := browser.Get(path).Status; got != 404 {
					t.Errorf("%s opens %s: %d", name, path, got)
				}
			}
			if got := browser.Post(one + "/rezygnacja").Status; got != 404 {
				t.Errorf("%s withdraws: %d", name, got)
			}
		}
		for _, page := range []string{"/lista", "/lista.csv", "/potrzeby", "/potrzeby.xlsx", "/papier", "/zaproszenia", "/ustawienia", "/pytania", "/obraz"} {
			if got := w.As(w.Resident, false).Get(e.Path() + "/zapisy" + page).Status; got != 403 {
				t.Errorf("a resident opens %s: %d", page, got)
			}
		}
		w.As(w.Facilitator, true).Get(one).Want(t, 200)
	})
}

func TestTeamSetsUpAsksAndLists(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.Event("Warsztat")
		at := e.Path() + "/zapisy"
		manager := w.As(w.Manager, true)
		page := manager.Get(at+"/ustawienia").Want(t, 200)
		if page.Value("closes_at") != "11.06.2014 09:00" || page.Value("confirm_hours") != "48" {
			t.Errorf("usual times: %q, %q", page.Value("closes_at"), page.Value("confirm_hours"))
		}
		bad := manager.Post(at+"/ustawienia", "opens_at", "6.06.2014 08:00", "closes_at", "5.06.2014 08:00", "confirm_hours", "24", "group_size", "0",
			"all", "dużo", "version", "0").Want(t, 422)
		has(t, bad, "Wpisz liczbę") // the words of the shared form
		bad = manager.Post(at+"/ustawienia", "opens_at", "30.03.2014 02:30", "closes_at", "5.06.2014 08:00", "confirm_hours", "24", "group_size", "0",
			"version", "0").Want(t, 422)
		if bad.Value("opens_at") != "30.03.2014 02:30" {
			t.Error("what was typed is lost")
		}
		manager.Post(at+"/ustawienia", "opens_at", "6.06.2014 08:00", "closes_at", "10.06.2014 08:00", "confirm_hours", "24", "group_size", "3",
			"all", "3", "sector-business", "0", "each_gmina", "2", "gmina-2412013", "3", "version", "0").Want(t, 303)
		rule := w.Visitor().Get(at+"/zasady").Want(t, 200)
		has(t, rule, "Wszystkie miejsca3 miejsca", "Najwięcej miejsc dla jednej gminy2 miejsca", "Czerwionka-Leszczyny3 miejsca",
			"przez 24 godziny")

		ask := func(kind, label, options string) string {
			manager.Post(at+"/pytania", "id", string(store.NewID()), "kind", kind, "label", label, "options", options, "required", "on").Want(t, 303)
			id, err := store.One[string](t.Context(), w.DB, `SELECT id FROM event_question WHERE label = $1`, label)
			if err != nil {
				t.Fatal(err)
			}
			return "q-" + id
		}
		manager.Post(at+"/pytania", "id", string(store.NewID()), "kind", "choice", "label", "Kiedy?", "options", "rano").Want(t, 422)
		when, diet := ask("choice", "Kiedy?", "rano\npo południu"), ask("diet", "Dieta", "")
		resident := w.As(w.Resident, false)
		resident.Post(at+"/zgloszenie", "as", "self", "municipality", "poza", when, "rano").Want(t, 422)
		resident.Post(at+"/zgloszenie", "as", "self", "municipality", "poza", when, "rano", diet, "bez glutenu").Want(t, 303)

		list := manager.Get(at+"/lista?szukaj=mieszkanka").Want(t, 200)
		has(t, list, "1 zgłoszenie", "Marta Mieszkanka", "zapisana osoba", "spoza subregionu")
		if strings.Contains(list.Body, "bez glutenu") {
			t.Error("the list tells of diets")
		}
		csv := manager.Get(at+"/lista.csv").Want(t, 200)
		if !strings.Contains(csv.Body, "Marta Mieszkanka") || !strings.Contains(csv.Body, "rano") || strings.Contains(csv.Body, "glutenu") {
			t.Errorf("%s", csv.Body)
		}
		has(t, manager.Get(at+"/potrzeby").Want(t, 200), "Marta Mieszkanka", "bez glutenu")
		if needs := manager.Get(at+"/potrzeby.csv").Want(t, 200); !strings.Contains(needs.Body, "bez glutenu") {
			t.Errorf("%s", needs.Body)
		}
		manager.Get(at+"/potrzeby.xlsx").Want(t, 200)
		has(t, manager.Get(at+"/obraz").Want(t, 200), "Zgłoszenia w czasie", "Sektory i gminy wśród osób z miejscem")
		manager.Get(at+"/lista?stan=waiting&sektor=resident&gmina=poza").Want(t, 200)
	})
}

func TestPastedListIsReportedRowByRow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Papier", 2)
		at := e.Path() + "/zapisy/papier"
		manager := w.As(w.Manager, true)
		batch := manager.Get(at).Want(t, 200).Value("batch")
		send := func(rows string) *webtest.Page {
			return manager.PostForm(at, url.Values{"batch": {batch}, "rows": {rows}, "sector": {"resident"}, "municipality": {"2412013"}})
		}
		bad := send("Anna Pierwsza\nBeata Druga;@@").Want(t, 422)
		has(t, bad, "Niczego nie wpisano: błędy są w 1 z 2 wierszy", "Wiersze do poprawienia", "Beata Druga")
		if bad.Value("rows") != "Anna Pierwsza\nBeata Druga;@@" {
			t.Errorf("what was pasted is lost: %q", bad.Value("rows"))
		}
		answer := send("Anna Pierwsza\nBeata Druga\nCelina Trzecia").Want(t, 303)
		has(t, manager.Follow(answer), "Wpisano 3 osoby.", "Celina Trzecia", "lista rezerwowa")
		var all strings.Builder
		for i := range 10_000 {
			fmt.Fprintf(&all, "Żółć Gęśliowa-Ćmińska %d; zolc%d@example.org; Ochotnicza Straż Pożarna w Przykładowie\n", i, i)
		}
		batch = manager.Get(at).Value("batch")
		has(t, manager.Follow(send(all.String()).Want(t, 303)), "Wpisano 10 000 osób.")
	})
}

func TestGroupFormNamesLineByLine(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Grupa", 2)
		w.Act(w.Resident, w.NGO)
		at := e.Path() + "/zapisy/grupa"
		rep := w.As(w.Resident, false)
		page := rep.Get(at).Want(t, 200)
		batch := page.Value("batch")
		bad := rep.Post(at, "batch", batch, "as", string(w.NGO), "name-1", "Anna Pierwsza", "name-3", "Celina Trzecia", "email-3", "@@").Want(t, 422)
		if !strings.Contains(bad.Body, `id="field-email-3-mistake"`) {
			t.Error("the mistake is not beside its line")
		}
		rep.Post(at, "batch", batch, "as", string(w.Office), "name-1", "Anna Pierwsza").Want(t, 422)
		answer := rep.Post(at, "batch", batch, "as", string(w.NGO), "name-1", "Anna Pierwsza", "name-3", "Celina Trzecia", "name-4", "Danuta Czwarta").Want(t, 303)
		report := rep.Follow(answer).Want(t, 200)
		has(t, report, "Wpisano 3 osoby.", "Danuta Czwarta", "lista rezerwowa")
		href, _ := report.Doc().Find("main table a").First().Attr("href")
		rep.Get(href).Want(t, 200)
		if got := w.As(w.Neighbour, false).Get(answer.Header.Get("Location")).Status; got != 404 {
			t.Errorf("a stranger sees the group: %d", got)
		}
		has(t, w.As(w.Neighbour, false).Get(at), "Grupę zgłasza osoba reprezentująca organizację.")
	})
}

func TestLinkOpensAClosedEvent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Panel", 5, func(a *registration.Admission, _ registration.Limits) { a.Invited = true })
		at := e.Path() + "/zapisy"
		manager, resident := w.As(w.Manager, true), w.As(w.Resident, false)
		refused := resident.Post(at+"/zgloszenie", "as", "self", "municipality", "poza").Want(t, 422)
		has(t, refused, "Twojego adresu e-mail nie ma na liście")
		link := manager.Get(at+"/zaproszenia").Want(t, 200).Text("code")
		page := resident.Get(strings.TrimPrefix(link, webtest.Public)).Want(t, 200)
		href, _ := page.Doc().Find("a[href*='zgloszenie?klucz=']").Attr("href")
		key := resident.Get(href).Want(t, 200).Value("klucz")
		resident.Post(at+"/zgloszenie", "as", "self", "municipality", "poza", "klucz", key).Want(t, 303)
		report := manager.Post(at+"/zaproszenia", "emails", string(w.Neighbour)+"@example.org\nbłąd").Want(t, 200)
		has(t, report, "zaproszenie wysłane")
		if n := report.Count("main form[action$=cofniecie]"); n != 1 {
			t.Errorf("%d invitations", n)
		}
	})
}

// TestPagesAskFewQueries keeps the part of the event's page, which everybody
// opens at once when registration begins, cheap.
func TestPagesAskFewQueries(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.open("Tłum", 10)
		for _, p := range w.crowd(30) {
			w.register(e, p)
		}
		for _, c := range []struct {
			who  store.ID
			most int
		}{{"", 3}, {w.Resident, 4}} {
			ctx, counter := store.WithCounter(context.Background())
			if c.who != "" {
				ctx, counter = store.WithCounter(w.Ctx(c.who))
			}
			part, err := w.reg.Part(ctx, e)
			if err != nil || part == nil || counter.N() > c.most {
				t.Errorf("%q: %d queries, at most %d: %v", c.who, counter.N(), c.most, err)
			}
		}
		ctx, counter := store.WithCounter(context.Background())
		r := httptest.NewRequest("GET", webtest.Public+e.Path()+"/zapisy/lista", nil).WithContext(ctx)
		w.As(w.Manager, true).Do(r).Want(t, 200)
		if counter.N() > 14 {
			t.Errorf("the list asks %d queries", counter.N())
		}
	})
}

func TestNoPartWhereNobodySignsUp(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		e := w.Event("Bez zapisów")
		if part, err := w.reg.Part(w.Ctx(w.Resident), e); err != nil || part != nil {
			t.Errorf("%v %v", part, err)
		}
		e = w.open("Minione", 1)
		w.DB.Clock().Set(e.EndsAt.Add(time.Hour))
		if part, err := w.reg.Part(w.Ctx(w.Resident), event.Event(e)); err != nil || part != nil {
			t.Errorf("%v %v", part, err)
		}
	})
}
