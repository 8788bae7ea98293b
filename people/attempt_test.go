package people_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

const czerwionka = "2412013"

func TestNewcomerOpensAnAccountWithACode(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		b := h.Visitor()
		b.Post("/wejscie", "email", " Anna.Nowak@Example.ORG ", "dalej", "/aktualnosci?strona=2").Want(t, http.StatusSeeOther)
		page := b.Get("/wejscie/kod").Want(t, http.StatusOK)
		if page.Count("input[name=code][autocomplete=one-time-code]") != 1 || page.Header.Get("Cache-Control") != "no-store" {
			t.Error("no field for the code, or the page may be kept")
		}
		code := h.code("anna.nowak@example.org")
		answer := b.Post("/wejscie/kod", "code", " "+code[:3]+" "+code[3:]+"\n").Want(t, http.StatusSeeOther)
		page = b.Follow(answer).Want(t, http.StatusOK)
		if page.Count("input[name=name][autocomplete=name]") != 1 {
			t.Fatalf("not the form of a new account: %s", page.Text("h1"))
		}
		page = b.Post("/konto/nowe", "name", "Anna Nowak", "municipality", "9999999").Want(t, http.StatusUnprocessableEntity)
		if page.Value("name") != "Anna Nowak" || page.Count("[aria-invalid]") != 2 {
			t.Errorf("mistakes are not shown beside what was typed: %s", page.Text(".error-summary"))
		}
		answer = b.Post("/konto/nowe", "name", "Anna Nowak", "municipality", czerwionka, "rules", "on").Want(t, http.StatusSeeOther)
		if got := answer.Header.Get("Location"); got != "/aktualnosci?strona=2" {
			t.Errorf("sent to %q", got)
		}
		if b.Cookie("wspolnota") == "" || b.Cookie("wejscie") != "" {
			t.Error("not signed in, or the attempt was not taken back")
		}
		p, err := people.ByEmail(t.Context(), db, "ANNA.NOWAK@example.org")
		if err != nil || p.Name != "Anna Nowak" || p.Municipality != czerwionka || p.Administrator {
			t.Errorf("person = %+v, %v", p, err)
		}
	})
}

func TestPersonComesInWithACodeAndIsSentOnlyToOurOwnPages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		for i, c := range []struct{ next, want string }{
			{"/programy/wspolpraca", "/programy/wspolpraca"}, {"", "/konto"}, {"https://evil.example/", "/konto"},
			{"//evil.example/", "/konto"}, {`/\evil.example`, "/konto"}, {"javascript:alert(1)", "/konto"}, {"konto", "/konto"},
		} {
			email := fmt.Sprintf("osoba%d@example.org", i)
			h.person("Jan Kowalski", email)
			b := h.Visitor()
			b.Post("/wejscie", "email", email, "dalej", c.next)
			answer := b.Post("/wejscie/kod", "code", h.code(email)).Want(t, http.StatusSeeOther)
			if got := answer.Header.Get("Location"); got != c.want {
				t.Errorf("dalej=%q leads to %q, want %q", c.next, got, c.want)
			}
			b.Get("/konto").Want(t, http.StatusOK)
		}
	})
}

func TestCodesThatDoNotCountSayWhy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		h.person("Jan Kowalski", "jan@example.org")
		ask := func() *webtest.Browser {
			db.Clock().Advance(time.Hour)
			b := h.Visitor()
			b.Post("/wejscie", "email", "jan@example.org").Want(t, http.StatusSeeOther)
			return b
		}
		try := func(b *webtest.Browser, code string) *webtest.Page { return b.Post("/wejscie/kod", "code", code) }
		wrong := func(code string) string { return fmt.Sprintf("%06d", (atoi(code)+1)%1_000_000) }

		t.Run("before the letter has gone out", func(t *testing.T) {
			mistake(t, try(ask(), "123456"), "jeszcze nie wyszedł")
		})
		t.Run("not six digits", func(t *testing.T) {
			b := ask()
			mistake(t, try(b, "12 34 5"), "sześć cyfr")
			mistake(t, try(b, strings.Repeat("1", 100000)), "sześć cyfr")
		})
		t.Run("wrong five times, then right", func(t *testing.T) {
			b := ask()
			code := h.code("jan@example.org")
			for range 4 {
				mistake(t, try(b, wrong(code)), "nie zgadza")
			}
			mistake(t, try(b, wrong(code)), "pięć razy")
			mistake(t, try(b, code), "pięć razy")
		})
		t.Run("expired after fifteen minutes from the letter", func(t *testing.T) {
			b := ask()
			db.Clock().Advance(10 * time.Minute) // the letter waited
			code := h.code("jan@example.org")
			db.Clock().Advance(15 * time.Minute)
			mistake(t, try(b, code), "wygasł")
		})
		t.Run("cancelled by a newer one", func(t *testing.T) {
			old := ask()
			code := h.code("jan@example.org")
			newer := h.Visitor()
			newer.Post("/wejscie", "email", "jan@example.org")
			mistake(t, try(old, code), "nowszy kod")
			try(newer, h.code("jan@example.org")).Want(t, http.StatusSeeOther)
		})
		t.Run("used", func(t *testing.T) {
			b := ask()
			code := h.code("jan@example.org")
			kept := b.Cookie("wejscie")
			try(b, code).Want(t, http.StatusSeeOther)
			again := h.Visitor()
			again.SetCookie("wejscie", kept)
			mistake(t, try(again, code), "już użyty")
		})
		t.Run("in another browser", func(t *testing.T) {
			ask()
			code := h.code("jan@example.org")
			other := h.Visitor()
			other.Post("/wejscie", "email", "ktos.inny@example.org")
			h.deliver()
			mistake(t, try(other, code), "nie zgadza")
			page := try(h.Visitor(), code).Want(t, http.StatusSeeOther)
			if page.Header.Get("Location") != "/wejscie" {
				t.Error("a browser that asked for nothing is not sent to the beginning")
			}
		})
		t.Run("a letter too late is not sent", func(t *testing.T) {
			ask()
			before := len(h.mailbox.Letters())
			db.Clock().Advance(2 * time.Hour)
			h.deliver()
			if got := len(h.mailbox.Letters()); got != before {
				t.Errorf("%d letters went out", got-before)
			}
		})
	})
}

func atoi(s string) (n int) {
	for _, r := range s {
		n = n*10 + int(r-'0')
	}
	return n
}

func TestLinkOnlyOpensAPageAndCountsWhereItWasAskedFor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		h.person("Jan Kowalski", "jan@example.org")
		b := h.Visitor()
		b.Post("/wejscie", "email", "jan@example.org", "dalej", "/programy")
		link := h.link("jan@example.org")
		for range 20 { // scanners of mail
			page := h.Visitor().Get(link).Want(t, http.StatusOK)
			if page.Count("form[action='/wejscie/link']") != 0 || !strings.Contains(page.Text("main"), "innej przeglądarce") {
				t.Fatal("another browser is offered the button")
			}
		}
		token := strings.TrimPrefix(link, "/wejscie/link/")
		mistake(t, h.Visitor().Post("/wejscie/link", "link", token), "nie zgadza")

		page := b.Get(link).Want(t, http.StatusOK)
		if page.Count("form[action='/wejscie/link'] button") != 1 || page.Header.Get("Referrer-Policy") != "no-referrer" {
			t.Fatalf("no button to confirm with: %s", page.Text("main"))
		}
		if count(t, db, "session") != 0 {
			t.Fatal("opening the page signed somebody in")
		}
		answer := b.Post("/wejscie/link", "link", page.Value("link")).Want(t, http.StatusSeeOther)
		if got := answer.Header.Get("Location"); got != "/programy" || count(t, db, "session") != 1 {
			t.Errorf("sent to %q with %d sessions", got, count(t, db, "session"))
		}
		if words := b.Get(link).Text("main"); !strings.Contains(words, "innej przeglądarce") {
			t.Errorf("used link says: %s", words)
		}
	})
}

func TestSameAddressRegisteredAtOnceIsOneAccount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		b := h.Visitor()
		b.Post("/wejscie", "email", "nowa@example.org")
		b.Post("/wejscie/kod", "code", h.code("nowa@example.org")).Want(t, http.StatusSeeOther)
		answers := h.together(500, func(i int) *http.Request {
			return h.at(b, "/konto/nowe", "name", fmt.Sprintf("Nowa %d", i), "rules", "on")
		})
		if n := count(t, db, "person"); n != 1 {
			t.Errorf("%d accounts", n)
		}
		if n := gained(answers, "wspolnota"); n != 1 || count(t, db, "session") != 1 {
			t.Errorf("%d browsers got a session, %d sessions", n, count(t, db, "session"))
		}
		for _, a := range answers {
			if a.StatusCode >= 500 {
				t.Fatalf("status %d", a.StatusCode)
			}
		}
	})
}

func TestSameAddressCreatedAtOnceIsOneAccount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		results := make(chan error, 500)
		for i := range cap(results) {
			go func() {
				results <- db.Write(t.Context(), func(tx *store.Tx) error {
					_, err := h.people.Create(t.Context(), tx, people.NewPerson{Name: "Nowa", Email: fmt.Sprintf("Nowa@EXAMPLE.org%*s", i%3, "")})
					return err
				})
			}()
		}
		made := 0
		for range cap(results) {
			if err := <-results; err == nil {
				made++
			} else if !strings.Contains(err.Error(), "people.email.taken") {
				t.Error(err)
			}
		}
		if made != 1 || count(t, db, "person") != 1 {
			t.Errorf("made %d, there are %d", made, count(t, db, "person"))
		}
	})
}

func TestOneCodeUsedAtOnceIsOneSession(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		h.person("Jan Kowalski", "jan@example.org")
		uses := map[string]func(*webtest.Browser) func(int) *http.Request{
			"code": func(b *webtest.Browser) func(int) *http.Request {
				code := h.code("jan@example.org")
				return func(int) *http.Request { return h.at(b, "/wejscie/kod", "code", code) }
			},
			"link": func(b *webtest.Browser) func(int) *http.Request {
				token := strings.TrimPrefix(h.link("jan@example.org"), "/wejscie/link/")
				return func(int) *http.Request { return h.at(b, "/wejscie/link", "link", token) }
			},
		}
		for name, use := range uses {
			t.Run(name, func(t *testing.T) {
				before := count(t, db, "session")
				b := h.Visitor()
				b.Post("/wejscie", "email", "jan@example.org")
				answers := h.together(100, use(b))
				if n := gained(answers, "wspolnota"); n != 1 || count(t, db, "session") != before+1 {
					t.Errorf("%d browsers got a session, %d sessions", n, count(t, db, "session")-before)
				}
			})
		}
	})
}

func TestGuessesAtOnceAreCounted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		h.person("Jan Kowalski", "jan@example.org")
		b := h.Visitor()
		b.Post("/wejscie", "email", "jan@example.org")
		right := atoi(h.code("jan@example.org"))
		h.together(100, func(i int) *http.Request {
			return h.at(b, "/wejscie/kod", "code", fmt.Sprintf("%06d", (right+1+i)%1_000_000))
		})
		tries, err := store.One[int](t.Context(), db, `SELECT tries FROM sign_in_attempt`)
		if err != nil || tries != 5 {
			t.Errorf("%d tries, %v", tries, err)
		}
	})
}

func TestLettersAreLimitedAndTheAnswerStaysTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		ask := func(email string) {
			t.Helper()
			b := h.Visitor()
			if got := b.Post("/wejscie", "email", email).Want(t, http.StatusSeeOther).Header.Get("Location"); got != "/wejscie/kod" {
				t.Errorf("sent to %q", got)
			}
			if b.Get("/wejscie/kod").Want(t, http.StatusOK).Count("input[name=code]") != 1 {
				t.Error("no field for the code")
			}
			h.deliver()
		}
		letters := func() int { return len(h.mailbox.Letters()) }
		// Advancing from letter to letter shows that the hour slides.
		for range 10 {
			ask("jan@example.org")
			db.Clock().Advance(time.Minute)
		}
		if n := letters(); n != 3 {
			t.Errorf("%d letters to one address within the hour", n)
		}
		for i := range 40 {
			ask(fmt.Sprintf("osoba%d@example.org", i))
		}
		if n := letters(); n != 30 {
			t.Errorf("%d letters from one network within the hour", n)
		}
		h.addr = netip.MustParseAddr("2001:db8::1")
		ask("ktos@example.org")
		if n := letters(); n != 31 {
			t.Errorf("another network is held back too: %d letters", n)
		}
		h.addr = netip.MustParseAddr("192.0.2.1")
		db.Clock().Advance(time.Hour)
		ask("jan@example.org")
		if n := letters(); n != 32 {
			t.Errorf("after the hour %d letters", n)
		}
	})
}

func TestLongAddressesOfOneConnectionAreOneNetwork(t *testing.T) {
	h := open(t, storetest.SQLite(t), func(o *people.Options) { o.LettersPerNetwork = 1 })
	for i, c := range []struct {
		from string
		want int
	}{
		{"2001:db8::1", 1}, {"2001:db8::2", 1}, {"2001:db8::ffff:1", 1}, {"2001:db8:0:1::1", 2}, {"192.0.2.1", 3}, {"192.0.2.1", 3}, {"192.0.2.2", 4},
	} {
		h.addr = netip.MustParseAddr(c.from)
		h.Visitor().Post("/wejscie", "email", fmt.Sprintf("osoba%d@example.org", i))
		h.deliver()
		if got := len(h.mailbox.Letters()); got != c.want {
			t.Errorf("after %s %d letters, want %d", c.from, got, c.want)
		}
	}
}

func TestLetterLimitHoldsAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		h.together(50, func(i int) *http.Request {
			r := h.at(h.Visitor(), "/wejscie", "email", "jan@example.org")
			r.Header.Set("Test-From", fmt.Sprintf("192.0.2.%d", i))
			return r
		})
		h.deliver()
		if n := count(t, db, "sign_in_attempt"); n != 3 {
			t.Errorf("%d letters were ordered", n)
		}
		// Of the three, two were cancelled before they went out.
		if n := len(h.mailbox.Letters()); n != 1 {
			t.Errorf("%d letters went out", n)
		}
	})
}

// Beyond the limit the last code stays good in the browser that has it.
func TestAskingTooOftenLeavesTheLastCodeGood(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		h.person("Jan Kowalski", "jan@example.org")
		b := h.Visitor()
		for range 5 {
			b.Post("/wejscie", "email", "jan@example.org")
		}
		b.Post("/wejscie/kod", "code", h.code("jan@example.org")).Want(t, http.StatusSeeOther)
		b.Get("/konto").Want(t, http.StatusOK)
	})
}

func TestBlockedPersonLearnsItOnlyAfterTheProof(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		h.administrator("admin@example.org")
		jan := h.person("Jan Kowalski", "jan@example.org")
		if err := h.people.Administer(t.Context(), jan.ID, jan.Version, "block", "spam"); err != nil {
			t.Fatal(err)
		}
		b := h.Visitor()
		b.Post("/wejscie", "email", "jan@example.org").Want(t, http.StatusSeeOther)
		page := b.Post("/wejscie/kod", "code", h.code("jan@example.org"))
		mistake(t, page, "zablokowane")
		if count(t, db, "session") != 0 {
			t.Error("the blocked person has a session")
		}
	})
}

func TestBadAddressesAreShownAgain(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	for _, email := range []string{"", "jan", "jan@", "@example.org", "jan@example", "jan@example.org\r\nBcc: x@example.org", "jan kowalski@example.org"} {
		page := h.Visitor().Post("/wejscie", "email", email).Want(t, http.StatusUnprocessableEntity)
		if page.Count("#field-email[aria-invalid]") != 1 || page.Count(".error-summary a[href='#field-email']") != 1 {
			t.Errorf("%q: no mistake at the field", email)
		}
	}
	if n := count(t, h.DB, "sign_in_attempt"); n != 0 {
		t.Errorf("%d attempts were written", n)
	}
}

func TestSweepForgetsWhatIsOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		h.person("Jan Kowalski", "jan@example.org")
		h.signIn(h.Visitor(), "jan@example.org")
		h.Visitor().Post("/wejscie/haslo", "email", "jan@example.org", "password", "zgaduję")
		db.Clock().Advance(100 * 24 * time.Hour)
		if err := h.people.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"sign_in_attempt", "sign_in_tally", "session"} {
			if n := count(t, db, table); n != 0 {
				t.Errorf("%d rows are left in %s", n, table)
			}
		}
		if count(t, db, "person") != 1 {
			t.Error("the person was swept away")
		}
	})
}
