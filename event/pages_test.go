package event_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/web/ui"
)

const list = "/programy/wspolpraca/wydarzenia"

// send fills fields of the form that leads to an address and sends it.
func send(t *testing.T, b *webtest.Browser, page *webtest.Page, action string, pairs ...string) *webtest.Page {
	t.Helper()
	values := page.Form(action)
	if values == nil {
		t.Fatalf("no form leads to %s", action)
	}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return b.PostForm(action, values)
}

// saw fails the test unless the page says all of this.
func saw(t *testing.T, page *webtest.Page, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(page.Text("main"), word) {
			t.Errorf("the page does not say %q:\n%s", word, page.Text("main"))
		}
	}
}

// TestManagerMakesTheSeminarFromItsTemplate is the way of the two-day seminar
// from the template to its cancelled copy.
func TestManagerMakesTheSeminarFromItsTemplate(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		manager, visitor := w.As(w.Manager, true), w.Visitor()
		saw(t, manager.Get(list+"/nowe").Want(t, http.StatusOK), "Seminarium foresightowe, dwa dni", "2 dni:")
		form := manager.Get(list+"/nowe?szablon=foresight").Want(t, http.StatusOK)
		made := send(t, manager, form, list, "title", "Seminarium w Wiśle", "lead", "Dwa dni o przyszłości.", "day", "13.06.2014",
			"place", "Dom Przykładowy", "address", "Wisła").Want(t, http.StatusSeeOther)
		again := send(t, manager, form, list, "title", "Seminarium w Wiśle", "lead", "Dwa dni o przyszłości.", "day", "13.06.2014",
			"place", "Dom Przykładowy", "address", "Wisła").Want(t, http.StatusSeeOther)
		one := list + "/seminarium-w-wisle"
		for _, p := range []*webtest.Page{made, again} {
			if p.Header.Get("Location") != one+"/program" {
				t.Fatalf("led to %s", p.Header.Get("Location"))
			}
		}
		if n := w.Count(`SELECT count(*) FROM event`); n != 1 {
			t.Fatalf("%d events", n)
		}
		visitor.Get(one).Want(t, http.StatusNotFound)
		agenda := manager.Get(one+"/program").Want(t, http.StatusOK)
		saw(t, agenda, "piątek, 13 czerwca 2014", "09:00–09:30Otwarcie i zasady pracy", "sobota, 14 czerwca 2014", "czas letni (UTC+2)")

		send(t, manager, manager.Get(one+"/prowadzacy"), one+"/prowadzacy", "name", "Anna Przykładowa", "role", "trainer", "profile", "Uczy.").Want(t, http.StatusSeeOther)
		page := manager.Get(one + "/materialy")
		manager.PostFiles(one+"/materialy", page.Form(one+"/materialy"), webtest.Upload{Field: "file", Name: "karta.txt", Content: []byte("Karta")}).Want(t, http.StatusSeeOther)

		saw(t, manager.Get(one+"/publikacja"), "Do publikacji brakuje", "Napisz, czy miejsce jest dostępne")
		send(t, manager, manager.Get(one+"/edycja"), one+"/edycja", "access", "Winda od podwórza.").Want(t, http.StatusSeeOther)
		send(t, manager, manager.Get(one+"/publikacja"), one+"/publikacja").Want(t, http.StatusSeeOther)

		saw(t, visitor.Get(one).Want(t, http.StatusOK), "13–14 czerwca 2014; początek pierwszego dnia o 09:00", "Dom Przykładowy, Wisła",
			"Winda od podwórza.", "Anna Przykładowa", "karta", "Skanowanie otoczenia STEEPVL")

		moved := send(t, manager, manager.Get(one+"/edycja"), one+"/edycja", "place", "Dom Zdrojowy").Want(t, http.StatusSeeOther)
		saw(t, manager.Follow(moved), "Dom Zdrojowy")
		if n := w.Count(`SELECT revision FROM event WHERE slug = 'seminarium-w-wisle'`); n != 2 {
			t.Errorf("revision %d", n)
		}

		copied := send(t, manager, manager.Get(one+"/kopia"), one+"/kopia", "title", "Seminarium w Żorach", "day", "17.10.2014").Want(t, http.StatusSeeOther)
		other := list + "/seminarium-w-zorach"
		if copied.Header.Get("Location") != other+"/edycja" {
			t.Fatalf("the copy led to %s", copied.Header.Get("Location"))
		}
		saw(t, manager.Get(other), "Szkic: widzi go tylko zespół", "17–18 października 2014", "Anna Przykładowa")
		send(t, manager, manager.Get(other+"/publikacja"), other+"/publikacja").Want(t, http.StatusSeeOther)
		send(t, manager, manager.Get(other+"/odwolanie"), other+"/odwolanie", "reason", "Zalana sala.").Want(t, http.StatusSeeOther)
		saw(t, visitor.Get(other).Want(t, http.StatusOK), "Wydarzenie zostało odwołane", "Zalana sala.")
	})
}

func TestEventIsFoundByMonthKindAndWords(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		w.Event("Seminarium w Wiśle")
		w.Draft("Ukryty szkic")
		visitor := w.Visitor()
		month := visitor.Get("/wydarzenia/2014/06").Want(t, http.StatusOK)
		if n := month.Doc().Find("table.month td:not(.empty-day)").Length(); n != 2 {
			t.Errorf("%d days have an event, want both days of the seminar", n)
		}
		saw(t, month, "1 wydarzenie", "09:00 Seminarium w Wiśle")
		saw(t, visitor.Get("/wydarzenia/2014/07").Want(t, http.StatusOK), "W tym miesiącu nie ma wydarzeń")
		for path, want := range map[string]int{"/wydarzenia": 1, "/wydarzenia?rodzaj=seminar": 1, "/wydarzenia?rodzaj=panel": 0, "/wydarzenia?szukaj=wisla": 1,
			"/wydarzenia?gmina=2473011": 0, "/wydarzenia?kiedy=minione": 0, "/wydarzenia?kiedy=wszystkie": 1, "/wydarzenia/2014": 1, "/wydarzenia/2013": 0,
			list: 1, list + "?rodzaj=panel": 0, "/programy/inny/wydarzenia": 0} {
			page := visitor.Get(path).Want(t, http.StatusOK)
			if n := page.Count(".card"); n != want {
				t.Errorf("%s: %d events, want %d", path, n, want)
			}
			if strings.Contains(page.Body, "Ukryty szkic") {
				t.Errorf("%s shows a draft", path)
			}
		}
		saw(t, w.As(w.Observer, true).Get(list), "1 szkic widoczny tylko dla zespołu", "Ukryty szkic")
		for _, path := range []string{"/wydarzenia/20145", "/wydarzenia/2014/13", "/wydarzenia/2014/6", "/wydarzenia?strona=2"} {
			visitor.Get(path).Want(t, http.StatusNotFound)
		}
	})
}

func TestFormerAddressLeadsToTheEvent(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Event("Seminarium")
		c := content(e)
		c.Title = "Seminarium w Wiśle"
		e, err := w.Events.Revise(w.Ctx(w.Manager), e.Programme, e.ID, e.Version, c)
		if err != nil || e.Slug != "seminarium" {
			t.Fatalf("%+v, %v", e, err)
		}
		if _, err = w.Events.Readdress(w.Ctx(w.Manager), e.Programme, e.ID, e.Version); err != nil {
			t.Fatal(err)
		}
		page := w.Visitor().Get(list+"/seminarium").Want(t, http.StatusMovedPermanently)
		if page.Header.Get("Location") != list+"/seminarium-w-wisle" {
			t.Errorf("led to %s", page.Header.Get("Location"))
		}
	})
}

// content is what the form of the world's event holds.
func content(e event.Event) event.Content {
	return event.Content{Kind: e.Kind, Host: e.Host, Title: e.Title, Lead: e.Lead, Language: e.Language, Mode: e.Mode, Place: e.Place}
}

func TestMistakesOfASessionStandBesideTheirFields(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Draft("Szkic")
		manager := w.As(w.Manager, true)
		for _, x := range []struct {
			name   string
			fields []string
			field  string
			words  string
		}{
			{"an hour that the clocks skip", []string{"title", "Nocą", "starts", "29.03.2015 02:30"}, "starts", "Tej godziny nie było"},
			{"an end before the start", []string{"title", "Wstecz", "minutes", "-30"}, "minutes", "Koniec wypadłby przed początkiem"},
			{"no length", []string{"title", "Zero", "minutes", "0"}, "minutes", "Koniec wypadłby przed początkiem"},
			{"no title", []string{"minutes", "30"}, "title", ""},
			{"a title of a novel", []string{"title", strings.Repeat("ż", 201)}, "title", ""},
			{"a year later", []string{"title", "Późno", "starts", "13.06.2015 09:00"}, "starts", "najwyżej 60 dni"},
		} {
			t.Run(x.name, func(t *testing.T) {
				page := send(t, manager, manager.Get(e.Path()+"/program"), e.Path()+"/program", x.fields...).Want(t, http.StatusUnprocessableEntity)
				if text := page.Text("#field-" + x.field + "-mistake"); text == "" || !strings.Contains(text, x.words) {
					t.Errorf("beside %s: %q", x.field, text)
				}
				if got := page.Value(x.fields[0]); got != x.fields[1] {
					t.Errorf("%s was lost: %q", x.fields[0], got)
				}
			})
		}
		if n := w.Count(`SELECT count(*) FROM event_session`); n != 4 {
			t.Errorf("%d sessions", n)
		}
	})
}

func TestHourThatComesTwiceIsTaken(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		manager := w.As(w.Manager, true)
		form := manager.Get(list + "/nowe?szablon=workshop")
		send(t, manager, form, list, "title", "Noc", "lead", "Zdanie.", "day", "26.10.2014").Want(t, http.StatusSeeOther)
		one := list + "/noc"
		saved := send(t, manager, manager.Get(one+"/program"), one+"/program", "title", "Nocna rozmowa", "starts", "26.10.2014 02:30", "minutes", "60")
		saw(t, manager.Follow(saved.Want(t, http.StatusSeeOther)), "przyjęto pierwszą, według czasu letniego", "02:30 czas letni (UTC+2) – 02:30 czas zimowy (UTC+1)Nocna rozmowa",
			"na początku czas letni (UTC+2), na końcu czas zimowy (UTC+1)")
	})
}

func TestSecondOfTwoEditorsSeesWhatTheFirstSaved(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Draft("Szkic")
		manager, editor := w.As(w.Manager, true), w.As(w.Editor, true)
		action := e.Path() + "/edycja"
		stale := editor.Get(action)
		send(t, manager, manager.Get(action), action, "lead", "Zdanie kierowniczki.").Want(t, http.StatusSeeOther)
		page := send(t, editor, stale, action, "lead", "Zdanie redaktora.").Want(t, http.StatusConflict)
		saw(t, page, "Zdanie kierowniczki.")
		if page.Value("lead") != "Zdanie redaktora." {
			t.Errorf("typed words are lost: %q", page.Value("lead"))
		}
		send(t, editor, page, action).Want(t, http.StatusSeeOther)
		if n := w.Count(`SELECT count(*) FROM event WHERE lead = 'Zdanie redaktora.'`); n != 1 {
			t.Error("the second saving did not save")
		}
	})
}

func TestMaterialForLaterIsTakenOnceTheSessionIsOver(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Event("Seminarium")
		manager, visitor := w.As(w.Manager, true), w.Visitor()
		page := manager.Get(e.Path() + "/materialy")
		values := page.Form(e.Path() + "/materialy")
		values.Set("when", "after")
		values.Set("title", "Slajdy")
		values.Set("session", w.Text(`SELECT id FROM event_session WHERE title = 'Otwarcie'`))
		manager.PostFiles(e.Path()+"/materialy", values, webtest.Upload{Field: "file", Name: "slajdy.txt", Content: []byte("Slajdy")}).Want(t, http.StatusSeeOther)
		file := e.Path() + "/pliki/" + w.Text(`SELECT id FROM event_file`)
		if strings.Contains(visitor.Get(e.Path()).Body, "Slajdy") {
			t.Error("a visitor sees the material before its time")
		}
		visitor.Get(file).Want(t, http.StatusNotFound)
		manager.Get(file).Want(t, http.StatusOK)
		w.DB.Clock().Set(eventtest.Day.Add(10*time.Hour + 30*time.Minute))
		visitor.Get(file).Want(t, http.StatusOK)
		saw(t, visitor.Get(e.Path()), "Slajdy")
	})
}

func TestLinkOfTheMeetingIsForThoseWhoCome(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Draft("Zdalnie")
		c := content(e)
		c.Mode, c.Place.Link = event.Online, "https://spotkania.example.org/tajne"
		e, err := w.Events.Revise(w.Ctx(w.Manager), e.Programme, e.ID, e.Version, c)
		if err == nil {
			e, err = w.Events.Publish(w.Ctx(w.Manager), e.Programme, e.ID, e.Version)
		}
		if err != nil {
			t.Fatal(err)
		}
		w.Seat(e, w.Resident, "", ui.Resident, "")
		sees := func(b *webtest.Browser) bool {
			return strings.Contains(b.Get(e.Path()).Want(t, http.StatusOK).Body, "spotkania.example.org")
		}
		if sees(w.Visitor()) || sees(w.As(w.Neighbour, false)) {
			t.Error("the link is told to somebody who does not come")
		}
		if !sees(w.As(w.Resident, false)) || !sees(w.As(w.Manager, true)) {
			t.Error("the link is not told to those who come and to the team")
		}
	})
}

func TestOnlyEditorsPrepare(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Event("Seminarium")
		for _, path := range []string{list + "/nowe", e.Path() + "/edycja", e.Path() + "/program", e.Path() + "/materialy", e.Path() + "/odwolanie"} {
			w.As(w.Observer, true).Get(path).Want(t, http.StatusForbidden)
			w.As(w.Resident, false).Get(path).Want(t, http.StatusForbidden)
			w.As(w.Editor, true).Get(path).Want(t, http.StatusOK)
		}
		w.As(w.Observer, true).PostForm(e.Path()+"/odwolanie", url.Values{"reason": {"Nie"}, "version": {"2"}}).Want(t, http.StatusForbidden)
	})
}

func TestOverEventCannotBeCancelled(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Event("Seminarium")
		w.DB.Clock().Set(e.EndsAt.Time)
		if _, err := w.Events.Cancel(w.Ctx(w.Manager), e.Programme, e.ID, e.Version, "Za późno."); !fault.Is(err, fault.KindClosed) {
			t.Errorf("%v", err)
		}
	})
}
