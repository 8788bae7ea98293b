package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/mailtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// marks are what must be found in no log, metric, job or address: what people
// tell of themselves, and what proves who they are.
type marks struct {
	mu  sync.Mutex
	all map[string]string // mark -> what it is
}

func (m *marks) add(what string, values ...string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, v := range values {
		if len(v) < 6 {
			panic("too short to be found: " + v)
		}
		m.all[v] = what
	}
}

// in lists the marks that a text holds, however it writes them.
func (m *marks) in(text string) (found []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	plain := strings.ToLower(text)
	if unescaped, err := url.QueryUnescape(text); err == nil {
		plain += strings.ToLower(unescaped)
	}
	for mark, what := range m.all {
		if strings.Contains(plain, strings.ToLower(mark)) {
			found = append(found, what)
		}
	}
	return found
}

// walker is one browser that goes through the running program over HTTP and
// notes every address that it is led to.
type walker struct {
	t      *testing.T
	base   string
	client *http.Client
	marks  *marks
	mail   *mailtest.Server
}

func newWalker(t *testing.T, addr string, m *marks, mail *mailtest.Server) *walker {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &walker{t, "http://" + addr, &http.Client{Jar: jar, Timeout: 20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, m, mail}
}

func (w *walker) get(path string) *webtest.Page {
	w.t.Helper()
	response, err := w.client.Get(w.base + path)
	return w.page(path, response, err)
}

func (w *walker) post(path string, pairs ...string) *webtest.Page {
	w.t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	response, err := w.client.PostForm(w.base+path, form)
	return w.page(path, response, err)
}

// send fills the form of a page that goes to an address.
func (w *walker) send(page *webtest.Page, action string, pairs ...string) *webtest.Page {
	w.t.Helper()
	f := formTo(w.t, page, action)
	var all []string
	for name, values := range f.fields {
		for _, v := range values {
			all = append(all, name, v)
		}
	}
	return w.post(action, append(all, pairs...)...)
}

func (w *walker) page(path string, response *http.Response, err error) *webtest.Page {
	w.t.Helper()
	if err != nil {
		w.t.Fatalf("%s: %v", path, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	page := &webtest.Page{Status: response.StatusCode, Header: response.Header, Body: string(body)}
	for _, c := range response.Cookies() {
		if c.Name == "wspolnota" && c.Value != "" {
			w.marks.add("token of a session", c.Value)
		}
		if c.Name == "wejscie" && c.Value != "" {
			values, _ := url.ParseQuery(c.Value)
			w.marks.add("token of an attempt", values.Get("t"))
		}
	}
	addresses := []string{response.Header.Get("Location"), response.Header.Get("Link")}
	for _, a := range page.Doc().Find("[href], [src], [action]").EachIter() {
		for _, name := range []string{"href", "src", "action"} {
			if to := a.AttrOr(name, ""); !strings.HasPrefix(to, "mailto:") && !strings.HasPrefix(to, "tel:") {
				addresses = append(addresses, to)
			}
		}
	}
	_, asked, _ := strings.Cut(path, "?")
	for _, a := range addresses {
		if _, query, _ := strings.Cut(a, "?"); query != "" && query == asked {
			continue // another form of the list that was asked for, under the same search
		}
		if found := w.marks.in(a); len(found) > 0 {
			w.t.Errorf("%s leads to an address with a %v: %s", path, found, a)
		}
	}
	return page
}

var entryLink = regexp.MustCompile(`/wejscie/link/([A-Za-z0-9_-]+)`)

// letter waits for the next letter and marks the proofs in it.
func (w *walker) letter() mailtest.Mail {
	w.t.Helper()
	l := w.mail.Wait(w.t)
	if code := codeInLetter.FindString(l.Text); code != "" {
		w.marks.add("one-time code", code)
	}
	if link := entryLink.FindStringSubmatch(l.Text); link != nil {
		w.marks.add("one-time link", link[1])
	}
	return l
}

// enter signs up or in with a code, after a wrong one.
func (w *walker) enter(email, name string) {
	w.t.Helper()
	w.marks.add("e-mail", email)
	w.post("/wejscie", "email", email, "dalej", "/konto").Want(w.t, 303)
	code := codeInLetter.FindString(w.letter().Text)
	w.post("/wejscie/kod", "code", "000000").Want(w.t, 422)
	if to := w.post("/wejscie/kod", "code", code).Want(w.t, 303).Header.Get("Location"); to == "/konto/nowe" {
		w.marks.add("name", name)
		w.send(w.get(to), "/konto/nowe", "name", name, "rules", "on").Want(w.t, 303)
	}
}

// TestNothingOfPeopleIsLogged runs the program with everything it can log and
// does what people do, well and badly, with marked names, addresses, numbers and
// secrets. No mark may be found in the log, the metrics, the jobs, the errors of
// letters, or any address.
func TestNothingOfPeopleIsLogged(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: -short leaves out what needs another process")
	}
	server, m := mailtest.Start(t), &marks{all: map[string]string{}}
	data := t.TempDir()
	database := "sqlite:" + filepath.Join(data, "marked.db")
	metrics := freeAddress(t)
	log := &locked{}
	r := startReplicaTo(t, log, database, data, "--log-level", "debug", "--log-format", "json", "--smtp", server.URL,
		"--metrics-addr", metrics, "--codes-per-address", "100", "--contact", "biuro@example.org")

	db, err := store.Open(t.Context(), database, store.Options{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	leader := newWalker(t, r.addr, m, server)
	leader.enter("zofia.znaczona@znaki-tajne.example.org", "Zofia Znaczona-Pieczętna")
	leader.passwordAndDevice()
	leader.organisation(newWalker(t, r.addr, m, server))
	leader.publish(db)
	failingMail(newWalker(t, r.addr, m, server), db)
	accidents(newWalker(t, r.addr, m, server))

	answer, err := http.Get("http://" + metrics + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	figures, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if err != nil || !bytes.Contains(figures, []byte("wspolnota_request_seconds_count")) {
		t.Fatalf("metrics: %v", err)
	}
	kept, err := store.All[string](t.Context(), db, `SELECT json_object('kind', kind, 'args', json(args), 'errors', json(errors), 'metadata', json(metadata)) FROM river_job
		UNION ALL SELECT data || last_error || kind || state FROM mail_outbox`)
	if err != nil {
		t.Fatal(err)
	}
	r.stop(t)
	for where, text := range map[string]string{"log": log.String(), "metrics": string(figures), "queue and outbox": strings.Join(kept, "\n")} {
		for line := range strings.Lines(text) {
			if found := m.in(line); len(found) > 0 {
				t.Errorf("the %s has a %v: %.500s", where, found, line)
			}
		}
	}
	if n := strings.Count(log.String(), "\n"); n < 60 || !strings.Contains(log.String(), `"msg":"letter given up"`) {
		t.Errorf("the log of %d lines does not tell enough to be judged", n)
	}
	t.Logf("%d marks, %d lines of log, %d rows of the queue and outbox", len(m.all), strings.Count(log.String(), "\n"), len(kept))
}

// locked is a log that a process writes and a test reads.
type locked struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

var deviceKey = regexp.MustCompile(`[A-Z2-7]{4}( [A-Z2-7]{4}){7}`)

// passwordAndDevice sets both up and signs in with them, wrongly and rightly.
func (w *walker) passwordAndDevice() {
	w.t.Helper()
	const email, password = "zofia.znaczona@znaki-tajne.example.org", "kwitnace-Borowki-nad-Ruda-8412"
	w.marks.add("password", password, "nie-to-Haslo-wcale-77")
	w.post("/konto/haslo", "password", password).Want(w.t, 303)
	w.letter()
	w.post("/konto/drugi-skladnik").Want(w.t, 303)
	key := deviceKey.FindString(w.get("/konto/drugi-skladnik").Text("main"))
	if key == "" {
		w.t.Fatal("no key for a device")
	}
	w.marks.add("key of a device", key, strings.ReplaceAll(key, " ", ""))
	now := time.Now()
	code := func(at time.Time) string {
		code, err := totp.GenerateCode(strings.ReplaceAll(key, " ", ""), at)
		if err != nil {
			w.t.Fatal(err)
		}
		w.marks.add("code of a device", code)
		return code
	}
	w.post("/konto/drugi-skladnik/potwierdz", "code", "1234567").Want(w.t, 422)
	codes := w.post("/konto/drugi-skladnik/potwierdz", "code", code(now)).Want(w.t, 200)
	recovery := regexp.MustCompile(`[a-z2-7]{4}(-[a-z2-7]{4}){3}`).FindAllString(codes.Text("main"), -1)
	w.marks.add("recovery code", recovery...)
	w.letter()
	w.post("/wyjscie").Want(w.t, 303)
	w.post("/wejscie/haslo", "email", email, "password", "nie-to-Haslo-wcale-77").Want(w.t, 422)
	w.post("/wejscie/haslo", "email", email, "password", password).Want(w.t, 303)
	w.post("/wejscie/drugi-skladnik", "code", "654321").Want(w.t, 422)
	w.post("/wejscie/drugi-skladnik", "code", recovery[0]).Want(w.t, 303)
}

// organisation registers one, keeps its papers and invites a colleague.
func (w *walker) organisation(colleague *walker) {
	w.t.Helper()
	const guest = "gosc.znaczony@znaki-tajne.example.org"
	w.marks.add("number of a person", "44051401359")
	w.marks.add("telephone", "600 700 801", "600700801")
	w.marks.add("account", "61109010140000071219812874")
	w.marks.add("words of a person", "Powod-Znaczony-Zaufany")
	f := formTo(w.t, w.get("/organizacje/nowa?rodzaj=informal_group"), "/organizacje")
	pairs := []string{"name", "Grupa Oznaczona", "description", "PESEL 44051401359", "phone", "600 700 801", "contact", "Zofia Znaczona-Pieczętna", "website", "", "email", ""}
	for name, values := range f.fields {
		if len(values) > 0 && !slices.Contains(pairs, name) {
			pairs = append(pairs, name, values[0])
		}
	}
	pairs = append(pairs, "municipality", "2412013")
	w.post("/organizacje", append(pairs, "phone", "600 700 801 i 44051401359, za długi numer, by był prawdziwy, bo ma o wiele za dużo znaków w sobie")...)
	place := w.post("/organizacje", pairs...).Want(w.t, 303).Header.Get("Location")
	page := w.get(place + "/dokumenty/edycja")
	w.send(page, place+"/dokumenty/edycja", "account", "61109010140000071219812875", "statute_url", "").Want(w.t, 422) // wrong checksum
	w.send(page, place+"/dokumenty/edycja", "account", "61109010140000071219812874", "statute_url", "").Want(w.t, 303)
	w.send(page, place+"/dokumenty/edycja", "account", "61109010140000071219812874", "statute_url", "").Want(w.t, 409)
	w.marks.add("e-mail", guest)
	w.send(w.get(place+"/zaproszenia/nowe"), place+"/zaproszenia", "email", guest, "from", "").Want(w.t, 303)
	w.letter()
	colleague.enter(guest, "Gość Znaczony-Wielce")
	colleague.post(place+"/dolacz", "reason", "Powod-Znaczony-Zaufany").Want(w.t, 303)
	w.letter()
}

// publish lets an administrator begin a programme and publish news in it.
func (w *walker) publish(db *store.DB) {
	w.t.Helper()
	err := db.Write(w.t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(w.t.Context(), `UPDATE person SET administrator = TRUE WHERE email = 'zofia.znaczona@znaki-tajne.example.org'`)
		if err == nil { // only a session of staff holds a role of staff
			_, err = tx.Exec(w.t.Context(), `UPDATE session SET staff = TRUE`)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.marks.add("title of a draft", "Tytul-Znaczony-Tajny")
	place := w.send(w.get("/programy/nowy"), "/programy/nowy", "title", "Program zwykły", "summary", "Zdanie.", "manager", "").Want(w.t, 303).Header.Get("Location")
	place = strings.TrimSuffix(place, "/edycja")
	to := w.send(w.get(place+"/aktualnosci/nowa"), place+"/aktualnosci", "title", "Zwykły tytuł", "lead", "Tytul-Znaczony-Tajny", "body", "PESEL 44051401359").Want(w.t, 303).Header.Get("Location")
	to = strings.TrimSuffix(to, "/edycja")
	w.send(w.get(to+"/publikacja"), to+"/publikacja").Want(w.t, 303)
	w.marks.add("e-mail", "nieznany.znaczony@znaki-tajne.example.org")
	w.send(w.get(place+"/edycja/zespol"), place+"/edycja/zespol", "email", "nieznany.znaczony@znaki-tajne.example.org", "role", "observer").Want(w.t, 303)
	w.letter()
	w.get("/administracja/osoby?szukaj=" + url.QueryEscape("zofia.znaczona@znaki-tajne.example.org")) // searched by a person: in no log either
	w.get("/administracja/poczta")
}

// failingMail asks for letters that no server takes.
func failingMail(w *walker, db *store.DB) {
	w.t.Helper()
	for i, code := range []int{550, 451} {
		w.mail.Refuse(code)
		email := fmt.Sprintf("odrzucony%d.znaczony@znaki-tajne.example.org", i)
		w.marks.add("e-mail", email)
		w.post("/wejscie", "email", email).Want(w.t, 303)
		for deadline := time.Now().Add(15 * time.Second); ; { // another process: only its database tells
			refused, err := store.One[string](w.t.Context(), db, `SELECT last_error FROM mail_outbox WHERE recipient = $1`, email)
			if err != nil || time.Now().After(deadline) {
				w.t.Fatalf("the letter was not tried: %q, %v", refused, err)
			}
			if strings.HasPrefix(refused, fmt.Sprint("smtp ", code)) {
				break
			}
			<-time.After(20 * time.Millisecond)
		}
	}
	w.mail.Refuse(0)
}

// accidents asks for what is not there, and badly.
func accidents(w *walker) {
	w.t.Helper()
	const secret = "Znacznik-W-Adresie-Zupelny"
	for _, path := range []string{"/organizacje/" + secret, "/programy/" + secret + "/aktualnosci/" + secret, "/wejscie/link/" + secret, "/aktualnosci?szukaj=" + secret,
		"/" + secret, "/demo/wejscie/x?klucz=" + secret} {
		w.get(path)
	}
	w.marks.add("part of an address that a person typed", secret)
	c, err := net.Dial("tcp", strings.TrimPrefix(w.base, "http://"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "GET /%s HTTP/1.1\r\nHost a\r\nX-Secret: %s\r\n\r\n", secret, secret)
	_, _ = io.ReadAll(c)
}

// A panic or an accident may have anything in its words; what is logged of it has
// nothing of people.
func TestAccidentsAreLoggedWithoutPeople(t *testing.T) {
	m := &marks{all: map[string]string{}}
	m.add("e-mail", "zofia.znaczona@example.org")
	m.add("number of a person", "44051401359")
	m.add("account", "61109010140000071219812874")
	m.add("telephone", "600 700 801")
	m.add("token", "dGFqbnktdG9rZW4temUtd3N6eXN0a2ljaC1uYWp0YWpuaWVqc3p5")
	m.add("name", "Zofia Znaczona")
	const words = `insert person "Zofia Znaczona" <zofia.znaczona@example.org> 44051401359 (600 700 801) account 61109010140000071219812874 ` +
		`token dGFqbnktdG9rZW4temUtd3N6eXN0a2ljaC1uYWp0YWpuaWVqc3p5`
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		site := webtest.New(t, db, testProgramOn(t, db, nil).catalogue, nil,
			web.Route{Pattern: "GET /panika", Need: access.Anyone, Handle: func(http.ResponseWriter, *http.Request) error { panic(words) }},
			web.Route{Pattern: "GET /panika-bledu", Need: access.Anyone, Handle: func(http.ResponseWriter, *http.Request) error { panic(errors.New(words)) }},
			web.Route{Pattern: "GET /wypadek", Need: access.Anyone, Handle: func(http.ResponseWriter, *http.Request) error { return errors.New(words) }},
			web.Route{Pattern: "GET /klucz", Need: access.Anyone, Handle: func(_ http.ResponseWriter, r *http.Request) error {
				return db.Write(r.Context(), func(tx *store.Tx) error {
					const insert = `INSERT INTO person (id, email, name, name_key, search, language, created_at) VALUES ($1, $2, 'Zofia Znaczona', '', '', 'pl', 1)`
					_, err := tx.Exec(r.Context(), insert, store.NewID(), "zofia.znaczona@example.org")
					if err == nil {
						_, err = tx.Exec(r.Context(), insert, store.NewID(), "zofia.znaczona@example.org")
					}
					return err
				})
			}})
		for _, path := range []string{"/panika", "/panika-bledu", "/wypadek", "/klucz"} {
			page := site.Visitor().Do(httptest.NewRequest("GET", webtest.Public+path, nil)).Want(t, 500)
			if found := m.in(page.Body); len(found) > 0 {
				t.Errorf("the page of %s shows a %v", path, found)
			}
		}
		for line := range strings.Lines(site.Log.String()) {
			if found := m.in(line); len(found) > 0 {
				t.Errorf("a %v is logged: %.600s", found, line)
			}
		}
		if strings.Count(site.Log.String(), "level=ERROR") != 4 || !strings.Contains(site.Log.String(), "insert person") {
			t.Errorf("the accidents are not told:\n%s", site.Log)
		}
	})
}
