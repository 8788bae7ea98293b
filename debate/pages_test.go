package debate_test

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// A phone without an account and without script, from the code to the results.
func TestPhoneTakesPart(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open(func(d *debate.Terms) { d.Entry = debate.WithCode })
		phone := x.Visitor()
		to := phone.Get("/kod?kod=" + d.Code[:3] + "+" + d.Code[3:])
		if to.Status != http.StatusSeeOther || to.Header.Get("Location") != d.Path()+"?kod="+d.Code {
			t.Fatalf("code: %d to %s", to.Status, to.Header.Get("Location"))
		}
		if page := phone.Get(to.Header.Get("Location")); page.Value("code") != d.Code {
			t.Error("the code has to be typed twice")
		}
		if page := phone.Post(d.Path()+"/wejscie", "code", "123", "sector", "ngo"); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("wrong code: %d", page.Status)
		}
		if page := phone.Post(d.Path()+"/wejscie", "code", d.Code, "sector", "ngo"); page.Status != http.StatusSeeOther {
			t.Fatalf("entry: %d\n%s", page.Status, page.Body)
		}
		for range 3 {
			page := phone.Get(d.Path())
			if page.Count("[data-live]") != 0 {
				t.Error("three hundred phones would ask for the page at each vote")
			}
			number := page.Value("statement")
			asked := phone.Post(d.Path()+"/glos", "statement", number, "vote", "za", "important", "1")
			if asked.Status != http.StatusSeeOther {
				t.Fatalf("vote on %q: %d", number, asked.Status)
			}
			guess := phone.Get(asked.Header.Get("Location"))
			about := guess.Value("about")
			if about == "" || about == "ngo" {
				t.Fatalf("a guess about %q", about)
			}
			if answer := phone.Post(d.Path()+"/domysl", "statement", number, "about", about, "percent", "75"); answer.Status != http.StatusSeeOther {
				t.Fatalf("guess: %d", answer.Status)
			}
		}
		if page := phone.Get(d.Path()); !strings.Contains(page.Body, "To wszystkie stwierdzenia") {
			t.Errorf("after the last statement:\n%s", page.Body)
		}
		if n := x.Count(`SELECT count(*) FROM debate_entry`); n != 6 {
			t.Errorf("%d entries, want 3 votes and 3 guesses", n)
		}
	})
}

func TestStatementIsFollowedByItsAuthor(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		phone := x.Visitor()
		phone.Post(d.Path()+"/wejscie", "sector", "resident")
		if page := phone.Post(d.Path()+"/stwierdzenia", "text", strings.Repeat("z", 10_000)); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("10,000 characters: %d", page.Status)
		}
		phone.Post(d.Path()+"/stwierdzenia", "text", "Nie wiemy, kogo pytać.")
		if own := phone.Get(d.Path() + "/moje"); !strings.Contains(own.Body, "Czeka na prowadzącego, miejsce 1.") {
			t.Errorf("own page:\n%s", own.Body)
		}
		if page := x.Visitor().Get(d.Path() + "/stwierdzenia/4"); page.Status != http.StatusNotFound {
			t.Errorf("a stranger reads what waits: %d", page.Status)
		}
		lead := x.As(x.Facilitator, true)
		if page := lead.Post(d.Path()+"/prowadzenie/4", "act", "reject"); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("no reason: %d", page.Status)
		}
		lead.Post(d.Path()+"/prowadzenie/4", "act", "reject", "reason", "Powtarza numer 1.")
		if own := phone.Get(d.Path() + "/moje"); !strings.Contains(own.Body, "Niedopuszczone: Powtarza numer 1.") {
			t.Errorf("own page:\n%s", own.Body)
		}
	})
}

func TestLeaderMakesADebate(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		lead := x.As(x.Facilitator, true)
		form := []string{"id", string(store.NewID()), "question", "Co dalej?", "language", "pl", "entry", "anyone", "moderation", "before",
			"opens_at", "10.06.2014 09:00", "closes_at", "09.06.2014 09:00"}
		if page := lead.Post("/programy/wspolpraca/debaty", form...); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("an end before the beginning: %d", page.Status)
		}
		form[len(form)-1] = "11.06.2014 09:00"
		made := lead.Post("/programy/wspolpraca/debaty", form...)
		if made.Status != http.StatusSeeOther {
			t.Fatalf("%d\n%s", made.Status, made.Body)
		}
		path := "/programy/wspolpraca/debaty/co-dalej"
		if page := lead.Post(path+"/prowadzenie/stwierdzenia", "statements", "Pierwsze.\n\nDrugie.\n"); page.Status != http.StatusSeeOther {
			t.Fatalf("seed: %d\n%s", page.Status, page.Body)
		}
		if page := lead.Post(path + "/publikacja"); page.Status != http.StatusSeeOther {
			t.Fatalf("publish: %d\n%s", page.Status, page.Body)
		}
		if page := x.Visitor().Get(path); page.Status != http.StatusOK || !strings.Contains(page.Body, "jeszcze się nie zaczęła") {
			t.Errorf("a visitor sees %d", page.Status)
		}
		if page := x.As(x.Resident, false).Get(path + "/prowadzenie"); page.Status != http.StatusForbidden {
			t.Errorf("a resident leads: %d", page.Status)
		}
	})
}

// filled is a debate that thirty people voted in, closed: offices reject the
// second statement, all others agree; everybody guesses that they agree.
func filled(x *room) debate.Debate {
	d := x.open()
	for i := range 30 {
		p := x.phone(d, ui.Sectors[i%3])
		for statement := 1; statement <= 3; statement++ {
			vote := opinion.Agree
			if statement == 2 && p.Sector == ui.Administration || statement == 3 && i%2 == 0 {
				vote = opinion.Disagree
			}
			x.vote(d, p, statement, vote)
			about := ui.Administration
			if p.Sector == about {
				about = ui.NGO
			}
			if err := x.debates.Guess(ctx, d.ID, p, statement, about, 75+25*(i%2)); err != nil {
				x.t.Fatal(err)
			}
		}
	}
	return must(x.debates.Close(x.lead(), d.ID, 0))(x.t)
}

func TestResultsSayInWordsWhatIsSharedAndWhatIsNot(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := filled(x)
		body := x.Visitor().Get(d.Path() + "/wyniki").Body
		for _, want := range []string{"Głosowało 30 osób. Liczba odpowiedzi: 90.", "W każdym sektorze zgadza się ponad połowa.",
			"Różnica jest pewna:", "Inni myśleli, że zgadza się"} {
			if !strings.Contains(body, want) {
				t.Errorf("no %q", want)
			}
		}
		if strings.Contains(body, "chart-") && strings.Contains(body, "business") && strings.Contains(body, "Firma, 0") {
			t.Error("a sector without people is shown")
		}
	})
}

func TestOpenDebateTellsNothingOfSectors(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		var phone *webtest.Browser
		for i := range 12 {
			phone = x.Visitor()
			phone.Post(d.Path()+"/wejscie", "sector", string(ui.Sectors[i%2]))
			phone.Post(d.Path()+"/glos", "statement", "1", "vote", "za")
		}
		if page := phone.Get(d.Path() + "/wyniki"); page.Count("tbody tr") != 0 {
			t.Errorf("a result before the guess:\n%s", page.Body)
		}
		phone.Post(d.Path()+"/domysl", "statement", "1", "about", "resident", "percent", "50")
		page := phone.Get(d.Path() + "/wyniki")
		if page.Count("tbody tr") != 1 || !strings.Contains(page.Body, "za 100") {
			t.Errorf("own result:\n%s", page.Body)
		}
		if strings.Contains(page.Body, "W każdym sektorze") {
			t.Error("sectors are compared while people vote")
		}
		if csv := x.Visitor().Get(d.Path() + "/wyniki.csv"); strings.Contains(csv.Body, "Urzędnicy") {
			t.Errorf("the download tells more than the page:\n%s", csv.Body)
		}
		if votes := x.As(x.Facilitator, true).Get(d.Path() + "/votes.csv"); votes.Status == http.StatusOK {
			t.Error("votes leave while people vote")
		}
	})
}

// What the page computes is what the method makes of the export.
func TestExportGivesTheSameResult(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := filled(x)
		lead := x.As(x.Facilitator, true)
		file := func(name string) *bytes.Reader {
			page := lead.Get(d.Path() + "/" + name + ".csv")
			if page.Status != http.StatusOK {
				t.Fatalf("%s: %d", name, page.Status)
			}
			return bytes.NewReader([]byte(page.Body))
		}
		c := must(opinion.Read("votes.csv", file("votes")))(t)
		if err := c.ReadComments("comments.csv", file("comments")); err != nil {
			t.Fatal(err)
		}
		sectors := must(c.ReadSectors("sectors.csv", file("sectors")))(t)
		guesses := must(c.ReadGuesses("guesses.csv", file("guesses"), sectors))(t)
		m := must(opinion.Compute(c.Votes, opinion.Options{}, nil))(t)
		mirror := opinion.Mirror(c.Votes, sectors, guesses)
		page := x.result(d)
		if c.Votes.Count() != page.Votes || c.Votes.Participants() != page.People || len(guesses) != 90 || len(m.Groups) != len(page.Map.Groups) {
			t.Errorf("export: %d votes of %d people, %d guesses, %d groups; page: %d of %d, %d groups", c.Votes.Count(), c.Votes.Participants(),
				len(guesses), len(m.Groups), page.Votes, page.People, len(page.Map.Groups))
		}
		for i, s := range c.Statements {
			number := must(strconv.Atoi(s.ID))(t)
			if m.All[i] != page.Map.All[number-1] {
				t.Errorf("statement %d: export %+v, page %+v", number, m.All[i], page.Map.All[number-1])
			}
		}
		if len(mirror.Beliefs) != len(page.Mirror.Beliefs) || len(mirror.Beliefs) == 0 {
			t.Errorf("beliefs: export %d, page %d", len(mirror.Beliefs), len(page.Mirror.Beliefs))
		}
	})
}

func TestCodeOfAnotherDebateOpensNothing(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		with := func(d *debate.Terms) { d.Entry = debate.WithCode }
		one, other := x.open(with), x.open(with)
		if page := x.Visitor().Post(one.Path()+"/wejscie", "code", other.Code, "sector", "ngo"); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("%d", page.Status)
		}
		draft := x.draft()
		if page := x.Visitor().Get("/kod/" + draft.Code); page.Status != http.StatusNotFound {
			t.Errorf("the code of a draft: %d", page.Status)
		}
	})
}
