package people_test

import (
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/hostile"
	"github.com/wspolnota/wspolnota/internal/mailtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

// soak runs the long and strict form of a test.
var soak = os.Getenv("WSPOLNOTA_SOAK") == "1"

func generous(o *people.Options) {
	o.LettersPerAddress, o.LettersPerNetwork = math.MaxInt32, math.MaxInt32
}

func TestDoorAnswersKnownAndUnknownAddressesAlike(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db, generous)
		h.withPassword("Znana Osoba", "znana00@example.org")
		for _, try := range []func(email string) *webtest.Page{
			func(email string) *webtest.Page { return h.Visitor().Post("/wejscie", "email", email) },
			func(email string) *webtest.Page {
				b := h.Visitor()
				b.Post("/wejscie", "email", email)
				return b.Get("/wejscie/kod")
			},
			func(email string) *webtest.Page {
				b := h.Visitor()
				b.Post("/wejscie", "email", email)
				h.deliver()
				return b.Post("/wejscie/kod", "code", "000000")
			},
			func(email string) *webtest.Page {
				return h.Visitor().Post("/wejscie/haslo", "email", email, "password", "na pewno nie to")
			},
		} {
			known, unknown := try("znana00@example.org"), try("obcy000@example.org")
			if known.Status != unknown.Status || known.Header.Get("Location") != unknown.Header.Get("Location") {
				t.Errorf("status %d %s and %d %s", known.Status, known.Header.Get("Location"), unknown.Status, unknown.Header.Get("Location"))
			}
			if a, b := strings.ReplaceAll(known.Body, "znana00", "X"), strings.ReplaceAll(unknown.Body, "obcy000", "X"); a != b || len(known.Body) != len(unknown.Body) {
				t.Error("the words differ")
			}
			if cookies(known) != cookies(unknown) {
				t.Errorf("cookies %s and %s", cookies(known), cookies(unknown))
			}
		}
		known, unknown := h.letter("znana00@example.org"), h.letter("obcy000@example.org")
		if a, b := blank(known.Text), blank(unknown.Text); a != b {
			t.Errorf("the letters differ:\n%s\n%s", a, b)
		}
	})
}

// cookies names the cookies of an answer and their lengths.
func cookies(p *webtest.Page) string {
	var all []string
	for _, line := range p.Header.Values("Set-Cookie") {
		all = append(all, fmt.Sprintf("%s/%d", line[:strings.IndexByte(line, '=')], len(line)))
	}
	return strings.Join(all, " ")
}

// blank takes the code and the link out of a letter.
func blank(text string) string {
	return entryLink.ReplaceAllString(sixDigits.ReplaceAllString(text, "CODE"), "LINK")
}

// Known and unknown addresses take turns, so that whatever else the machine does
// falls on both. make test looks at the medians; make soak asks whether the two
// series could come from one source.
func TestDoorTakesAsLongForKnownAsForUnknownAddresses(t *testing.T) {
	rounds := map[string]int{"code": 150, "password": 12}
	if soak {
		rounds = map[string]int{"code": 1000, "password": 300}
	}
	doors := map[string]func(b *webtest.Browser, email string) *webtest.Page{
		"code": func(b *webtest.Browser, email string) *webtest.Page { return b.Post("/wejscie", "email", email) },
		"password": func(b *webtest.Browser, email string) *webtest.Page {
			return b.Post("/wejscie/haslo", "email", email, "password", "na pewno nie to")
		},
	}
	for name, door := range doors {
		t.Run(name, func(t *testing.T) {
			h := open(t, storetest.SQLite(t), generous)
			h.withPassword("Znana Osoba", "znana@example.org")
			hash, err := store.One[string](t.Context(), h.DB, `SELECT password_hash FROM person_secret`)
			if err != nil {
				t.Fatal(err)
			}
			for i := range rounds[name] {
				p := h.person("Znana Osoba", fmt.Sprintf("znana%04d@example.org", i))
				err := h.DB.Write(t.Context(), func(tx *store.Tx) error {
					_, err := tx.Exec(t.Context(), `INSERT INTO person_secret (person, password_hash, password_at) VALUES ($1, $2, 1)`, p.ID, hash)
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			took := func(i int, email string) float64 {
				h.addr = netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)})
				b := h.Visitor()
				began := time.Now()
				door(b, email)
				return float64(time.Since(began))
			}
			var known, unknown []float64
			for i := range rounds[name] {
				k, u := fmt.Sprintf("znana%04d@example.org", i), fmt.Sprintf("obcyy%04d@example.org", i)
				if i%2 == 0 {
					known, unknown = append(known, took(i, k)), append(unknown, took(i, u))
				} else {
					unknown, known = append(unknown, took(i, u)), append(known, took(i, k))
				}
			}
			compare(t, known, unknown)
		})
	}
}

func compare(t *testing.T, a, b []float64) {
	t.Helper()
	ma, mb := median(a), median(b)
	difference, smaller := math.Abs(ma-mb), min(ma, mb)
	t.Logf("medians %v and %v", time.Duration(ma), time.Duration(mb))
	if !soak {
		if difference > smaller/2 && difference > float64(3*time.Millisecond) {
			t.Error("the medians differ by more than half")
		}
		return
	}
	if difference > smaller/20 && difference > float64(time.Millisecond) {
		t.Error("the medians differ by more than 5 % and by more than a millisecond")
	}
	if p := mannWhitney(a, b); p < 0.01 {
		t.Errorf("the difference is significant: p = %.4f", p)
	}
}

func median(xs []float64) float64 {
	sorted := slices.Sorted(slices.Values(xs))
	return sorted[len(sorted)/2]
}

// mannWhitney returns the two-sided p of the rank-sum test, by the normal
// approximation; times of a clock in nanoseconds hardly tie.
func mannWhitney(a, b []float64) float64 {
	u := 0.0
	for _, x := range a {
		for _, y := range b {
			switch {
			case x > y:
				u++
			case x == y:
				u += 0.5
			}
		}
	}
	n, m := float64(len(a)), float64(len(b))
	z := (u - n*m/2) / math.Sqrt(n*m*(n+m+1)/12)
	return math.Erfc(math.Abs(z) / math.Sqrt2)
}

func TestRankSumTestKnowsItsBusiness(t *testing.T) {
	var low, high, same []float64
	for i := range 50 {
		low, high, same = append(low, float64(i)), append(high, float64(i+30)), append(same, float64(i)+0.5)
	}
	if p := mannWhitney(low, high); p > 0.001 {
		t.Errorf("p of a shift = %v", p)
	}
	if p := mannWhitney(low, same); p < 0.5 {
		t.Errorf("p of none = %v", p)
	}
}

// Nothing that tells of a person or proves one may stand in the log or in an
// address to which we send a browser.
func TestNothingPersonalReachesTheLogOrAnAddress(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		admin := h.administrator("znak-admin@example.org")
		marks := []string{"znak-", "ZNAKOWANY", goodPassword, url.QueryEscape(goodPassword), "192.0.2.1"}
		var addresses []string
		post := func(b *webtest.Browser, path string, fields ...string) *webtest.Page {
			page := b.Post(path, fields...)
			addresses = append(addresses, page.Header.Get("Location"))
			return page
		}
		b := h.Visitor()
		post(b, "/wejscie", "email", "znak-anna@example.org", "dalej", "/programy")
		code, link := h.code("znak-anna@example.org"), h.link("znak-anna@example.org")
		marks = append(marks, code, strings.TrimPrefix(link, "/wejscie/link/"))
		b.Get(link)
		post(b, "/wejscie/kod", "code", "000000")
		post(b, "/wejscie/kod", "code", code)
		post(b, "/konto/nowe", "name", "Anna ZNAKOWANY", "rules", "on")
		marks = append(marks, b.Cookie("wspolnota"))
		post(b, "/konto/haslo", "password", goodPassword)
		secret, codes := h.enrol(b)
		marks = append(append(marks, secret), codes...)
		post(b, "/konto/adres", "email", "znak-nowy@example.org")
		post(b, "/konto/adres/kod", "code", h.code("znak-nowy@example.org"))
		post(b, "/wyjscie")
		post(b, "/wejscie/haslo", "email", "znak-nowy@example.org", "password", "ZNAKOWANY nie to hasło")
		post(b, "/wejscie/haslo", "email", "znak-nowy@example.org", "password", goodPassword)
		db.Clock().Advance(time.Minute)
		post(b, "/wejscie/drugi-skladnik", "code", h.device(secret))
		a := h.As(admin.ID, true)
		a.Get("/administracja/osoby?szukaj=znak-nowy")
		p, err := people.ByEmail(t.Context(), db, "znak-nowy@example.org")
		if err != nil {
			t.Fatal(err)
		}
		path := "/administracja/osoby/" + string(p.ID)
		post(a, path, "act", "block", "reason", "ZNAKOWANY powód", "version", a.Get(path).Value("version"))
		b.Get("/wejscie/link/" + strings.Repeat("znak-", 50))
		if log := h.Log.String(); !strings.Contains(log, "/wejscie/kod") {
			t.Fatal("the log is not what was looked at")
		}
		for _, mark := range marks {
			if mark == "" {
				t.Fatal("an empty mark")
			}
			if strings.Contains(h.Log.String(), mark) {
				t.Errorf("%q is in the log", mark)
			}
			for _, address := range addresses {
				if strings.Contains(address, mark) {
					t.Errorf("%q is in the address %s", mark, address)
				}
			}
		}
		jobs, err := store.All[string](t.Context(), db, `SELECT CAST(args AS TEXT) FROM river_job`)
		if err != nil || len(jobs) == 0 {
			t.Fatalf("%d jobs, %v", len(jobs), err)
		}
		for _, mark := range marks {
			if strings.Contains(strings.Join(jobs, " "), mark) {
				t.Errorf("%q is in the arguments of a job", mark)
			}
		}
	})
}

// A copy of the database alone must not tell codes, sessions or second factors.
func TestDatabaseHoldsNoProofInPlain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		h.person("Jan Kowalski", "jan@example.org")
		b := h.Visitor()
		b.Post("/wejscie", "email", "jan@example.org")
		code, token := h.code("jan@example.org"), strings.TrimPrefix(h.link("jan@example.org"), "/wejscie/link/")
		attempt, _ := url.ParseQuery(b.Cookie("wejscie"))
		b.Post("/wejscie/kod", "code", code)
		secret, codes := h.enrol(b)
		b.Post("/konto/haslo", "password", goodPassword).Want(t, http.StatusSeeOther)
		h.deliver()
		kept := ""
		for _, query := range []string{
			`SELECT browser || ' ' || code_hash || ' ' || link_hash || ' ' || network FROM sign_in_attempt`, `SELECT token_hash FROM session`,
			`SELECT password_hash || ' ' || totp_secret FROM person_secret`, `SELECT hash FROM person_recovery_code`,
			`SELECT data || last_error FROM mail_outbox`, `SELECT key FROM sign_in_tally`,
		} {
			rows, err := store.All[string](t.Context(), db, query)
			if err != nil || len(rows) == 0 {
				t.Fatalf("%s: %d rows, %v", query, len(rows), err)
			}
			kept += strings.Join(rows, " ") + " "
		}
		for name, proof := range map[string]string{"code": " " + code + " ", "link": token, "cookie": b.Cookie("wspolnota"), "attempt": attempt.Get("t"),
			"secret": secret, "recovery code": strings.ReplaceAll(codes[0], "-", ""), "password": goodPassword, "network": "192.0.2"} {
			if strings.Contains(kept, proof) {
				t.Errorf("the %s is kept", name)
			}
		}
		if !strings.Contains(kept, "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Error("the password is not hashed as promised")
		}
	})
}

func TestHostileTextsStayText(t *testing.T) {
	db := storetest.SQLite(t)
	h := open(t, db, generous)
	admin, victim := h.administrator("admin@example.org"), h.person("Jan Kowalski", "jan@example.org")
	a, b, newcomer := h.As(admin.ID, true), h.As(victim.ID, false), h.Visitor()
	newcomer.Post("/wejscie", "email", "nowa@example.org")
	newcomer.Post("/wejscie/kod", "code", h.code("nowa@example.org")).Want(t, http.StatusSeeOther)
	b.Post("/konto/haslo/usun").Want(t, http.StatusSeeOther)
	styles, err := hostile.Active(strings.NewReader(h.letter("jan@example.org").HTML)) // of the layout itself
	if err != nil {
		t.Fatal(err)
	}
	account := "/administracja/osoby/" + string(victim.ID)
	inert := func(what string, page *webtest.Page) {
		t.Helper()
		if found, err := hostile.Active(strings.NewReader(page.Body)); err != nil || len(found) > 0 {
			t.Errorf("%s: %v %v", what, found, err)
		}
	}
	shown := 0
	for i, payload := range hostile.Payloads() {
		visitor := h.Visitor()
		for _, path := range []string{"/wejscie", "/wejscie/haslo"} {
			page := visitor.Post(path, "email", payload, "dalej", payload, "password", payload).Want(t, http.StatusUnprocessableEntity)
			inert("door", page)
		}
		visitor.SetCookie("wejscie", url.Values{"t": {payload}, "e": {payload}, "d": {payload}}.Encode())
		inert("code page", visitor.Get("/wejscie/kod"))
		inert("link page", visitor.Get("/wejscie/link/"+url.PathEscape(strings.ReplaceAll(payload, "/", "_"))))
		inert("new account", newcomer.Post("/konto/nowe", "name", payload, "municipality", payload).Want(t, http.StatusUnprocessableEntity))
		inert("new address", b.Post("/konto/adres", "email", payload).Want(t, http.StatusUnprocessableEntity))
		inert("search", a.Get("/administracja/osoby?"+url.Values{"szukaj": {payload}, "stan": {payload}}.Encode()).Want(t, http.StatusOK))

		page := b.Post("/konto", "name", payload, "language", "pl", "version", b.Get("/konto").Value("version"))
		inert("own page", page)
		if page.Status != http.StatusSeeOther {
			continue // too long, or no letter in it
		}
		shown++
		for _, path := range []string{"/konto", "/konto/sesje", "/wejscie"} {
			inert(path, b.Get(path))
		}
		inert("account", a.Get(account))
		inert("list", a.Get("/administracja/osoby"))
		b.Post("/konto/haslo/usun").Want(t, http.StatusSeeOther) // a notice that greets by name
		l := h.letter("jan@example.org")
		if found, err := hostile.Active(strings.NewReader(l.HTML)); err != nil || !slices.Equal(found, styles) {
			t.Errorf("letter to %q: %v %v", payload, found, err)
		}
		p, err := people.ByID(t.Context(), db, victim.ID)
		if err != nil {
			t.Fatal(err)
		}
		if first, _, _ := strings.Cut(l.Text, "\n"); first != p.Name+"," || strings.ContainsAny(l.Subject, "\r\n") {
			t.Errorf("%q breaks out of its line in the letter: %q", payload, first)
		}
		if i%3 == 0 { // reasons are shown a hundred at a time
			a.Post(account, "act", "end-sessions", "reason", payload, "version", fmt.Sprint(p.Version)).Want(t, http.StatusSeeOther)
			inert("history", a.Get(account))
			b = h.As(victim.ID, false)
		}
	}
	if shown < 150 {
		t.Errorf("only %d payloads became names", shown)
	}
}

// The whole way once with a real mail server between.
func TestNewcomerComesInThroughARealMailServer(t *testing.T) {
	db := storetest.SQLite(t)
	server := mailtest.Start(t)
	transport, err := mail.SMTP(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	h := openWith(t, db, transport)
	b := h.Visitor().English()
	b.Post("/wejscie", "email", "anna@example.org").Want(t, http.StatusSeeOther)
	h.deliver()
	letter := server.Wait(t)
	if letter.To != "anna@example.org" || !strings.HasPrefix(letter.Subject, "Your sign-in code") || letter.Header.Get("Auto-Submitted") == "" {
		t.Errorf("letter to %s: %s", letter.To, letter.Subject)
	}
	code := sixDigits.FindString(strings.ReplaceAll(letter.Text, "\r\n", "\n"))
	if strings.Contains(letter.Subject, code) || !strings.Contains(letter.HTML, code) || !entryLink.MatchString(letter.Text) {
		t.Errorf("the code %q is where it should not be, or not where it should", code)
	}
	b.Post("/wejscie/kod", "code", code).Want(t, http.StatusSeeOther)
	b.Post("/konto/nowe", "name", "Anna Nowak", "rules", "on").Want(t, http.StatusSeeOther)
	if page := b.Get("/konto").Want(t, http.StatusOK); page.Text("h1") != "My account" {
		t.Errorf("page says %q", page.Text("h1"))
	}

	server.Refuse(451) // not now: a further attempt makes a further code
	b = h.Visitor()
	b.Post("/wejscie", "email", "jan@example.org")
	h.deliver()
	server.Refuse(0)
	db.Clock().Advance(5 * time.Minute)
	h.deliver()
	code = sixDigits.FindString(strings.ReplaceAll(server.Wait(t).Text, "\r\n", "\n"))
	b.Post("/wejscie/kod", "code", code).Want(t, http.StatusSeeOther)
}
