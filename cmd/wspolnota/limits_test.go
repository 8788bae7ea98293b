package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/store"
)

// nasty are values that no form of ours sends, as an address carries them.
var nasty = []string{"%00", "x%00y", "%FF%FE", "%C0%AF", "%ED%A0%80", "%0D%0ASet-Cookie:%20a=b", "..%2F..%2Fetc%2Fpasswd", "%2E%2E", "%25%25",
	"'%20OR%20''='", "%F0%9F%92%A9", "99999999999999999999", "-1", "0x10", "NaN", "9223372036854775807", strings.Repeat("a", 4000),
	"00000000-0000-0000-0000-000000000000", "%E2%80%AE", "{{7*7}}", "%5C%5Cevil.example", "%2F%2Fevil.example"}

// filters are the names that addresses of ours carry after the question mark.
var filters = []string{"szukaj", "gmina", "stan", "strona", "sektor", "rodzaj", "tag", "program", "organizacja", "dalej", "od", "do",
	"sprawdzona", "kolejnosc", "klucz", "zespol", "kind"}

// calm sends a request and wants anything but an accident.
func (x *target) calm(who *webtest.Browser, r *http.Request) *webtest.Page {
	x.t.Helper()
	page := who.Do(r)
	if page.Status >= 500 || strings.Contains(page.Body, "goroutine ") {
		x.t.Errorf("%s %.200s: %d\n%.2000s", r.Method, r.URL, page.Status, x.Log)
		x.Log.Reset()
	}
	if to := page.Header.Get("Location"); to != "" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`)) {
		x.t.Errorf("%s %.200s leads to %q", r.Method, r.URL, to)
	}
	return page
}

// TestNastyInputIsNoAccident writes what no browser sends into addresses, forms,
// cookies and headers, on both databases: PostgreSQL takes neither zero bytes,
// nor broken UTF-8, nor numbers beyond its columns, and may be asked for them.
func TestNastyInputIsNoAccident(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := attackOn(t, db)
		x.part("mieszkaniec")       // a session to be ended
		real := map[string]string{} // before any of it is deleted by a button
		for _, route := range x.program.app.Routes() {
			real[route.Pattern] = x.addresses(route.Pattern, 1, 0)[0]
		}
		x.nastyFields(real)
		x.nastyAddresses(real)
		x.nastyHeaders()
	})
}

// nastyAddresses puts nasty values into each part of each address and into its
// filters, a share of them in make test.
func (x *target) nastyAddresses(addresses map[string]string) {
	x.t.Helper()
	admin := x.part("administratorka")
	for i, route := range x.program.app.Routes() {
		method, shape, _ := strings.Cut(route.Pattern, " ")
		if strings.HasPrefix(shape, "/konto") && method == "POST" || shape == "/wyjscie" {
			continue // would end the session with which all is asked; package people tests them
		}
		real := addresses[route.Pattern]
		for j, value := range nasty {
			if (i+j)%4 == 0 || soak {
				x.nastyRequest(admin, method, real+"?"+strings.Join(filters, "="+value+"&")+"="+value, nasty[(j+1)%len(nasty)])
			}
			for k, part := range strings.Split(shape, "/") {
				if strings.HasPrefix(part, "{") && part != "{$}" && ((i+j)%4 == 0 || j < 3 || soak) {
					parts := strings.Split(real, "/")
					parts[k] = value
					x.nastyRequest(admin, method, strings.Join(parts, "/"), nasty[(j+k)%len(nasty)])
				}
			}
		}
	}
}

func (x *target) nastyRequest(who *webtest.Browser, method, path, value string) {
	r := httptest.NewRequest(method, webtest.Public+path, nil)
	if method == "POST" {
		fields := "version=" + value
		for name := range typed {
			fields += "&" + name + "=" + value
		}
		r = httptest.NewRequest(method, webtest.Public+path, strings.NewReader(fields))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	x.calm(who, r)
}

// nastyFields sends each form of each page with one field after the other
// holding what cannot be kept.
func (x *target) nastyFields(addresses map[string]string) {
	x.t.Helper()
	admin := x.part("administratorka")
	seen := map[string]bool{}
	for _, pattern := range x.patterns("GET") {
		for _, f := range forms(admin.Get(addresses[pattern])) {
			if seen[f.action] || f.action == "/wyjscie" || strings.HasPrefix(f.action, "/konto") {
				continue
			}
			seen[f.action] = true
			for name := range f.fields {
				for _, value := range []string{"%00", "%FF%FE", "x%00y", "9223372036854775808", "-1", strings.Repeat("ą", 3000)} {
					fields := maps.Clone(f.fields)
					fields.Del(name)
					r := httptest.NewRequest("POST", webtest.Public+f.action, strings.NewReader(fields.Encode()+"&"+url.QueryEscape(name)+"="+value))
					r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
					x.calm(admin, r)
				}
			}
		}
	}
	if len(seen) < 30 {
		x.t.Errorf("only %d forms were found", len(seen))
	}
}

func (x *target) nastyHeaders() {
	x.t.Helper()
	values := append(slices.Clone(nasty), "\x00", "\xff\xfe", "t=\xff&e=a@b.pl&d=//evil.example", "t=x&e=a@b.pl&d=%2F%2Fevil.example", strings.Repeat("%", 500))
	for _, value := range values {
		for _, name := range []string{"wspolnota", "wejscie", "komunikat", "jezyk", "__Host-wspolnota"} {
			for _, path := range []string{"/", "/wejscie", "/wejscie/kod", "/wejscie/drugi-skladnik", "/konto", "/konto/nowe", "/wejscie/link/x"} {
				r := httptest.NewRequest("GET", webtest.Public+path, nil)
				r.Header["Cookie"] = []string{name + "=" + value}
				for _, header := range headerNames {
					r.Header[header] = []string{value}
				}
				b := x.Visitor()
				b.Header = http.Header{}
				x.calm(b, r)
			}
		}
	}
}

// TestOtherMethods asks every address by methods that it does not have, and by
// HEAD, which answers as GET does.
func TestOtherMethods(t *testing.T) {
	x := attack(t)
	admin := x.part("administratorka")
	for _, route := range x.program.app.Routes() {
		own, _, _ := strings.Cut(route.Pattern, " ")
		path := x.addresses(route.Pattern, 1, 0)[0]
		for _, method := range []string{"TRACE", "OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND", "GETT"} {
			page := x.calm(admin, httptest.NewRequest(method, webtest.Public+path, strings.NewReader("x")))
			if page.Status != http.StatusMethodNotAllowed {
				t.Errorf("%s %s: %d", method, path, page.Status)
			}
			if page.Header.Get("Allow") == "" {
				t.Errorf("%s %s does not say what is allowed", method, path)
			}
		}
		if own != "GET" || strings.HasPrefix(path, "/demo/wejscie/") {
			continue
		}
		get := admin.Get(path)
		if head := x.calm(admin, httptest.NewRequest("HEAD", webtest.Public+path, nil)); head.Status != get.Status {
			t.Errorf("HEAD %s: %d, GET: %d", path, head.Status, get.Status)
		}
	}
}

// body is a request body that means harm.
type body struct {
	name, kind string
	make       func() []byte
}

var bodies = []body{
	{"deep JSON", "application/json", func() []byte { return []byte(strings.Repeat(`{"a":[`, 1000) + strings.Repeat(`]}`, 1000)) }},
	{"10,000 fields", "application/x-www-form-urlencoded", func() []byte { return []byte(strings.Repeat("title=x&", 10_000)) }},
	{"10,000 names", "application/x-www-form-urlencoded", func() []byte {
		var b bytes.Buffer
		for i := range 10_000 {
			fmt.Fprintf(&b, "n%d=x&", i)
		}
		return b.Bytes()
	}},
	{"5,000 parts", multipartKind, func() []byte {
		return []byte(strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n", 5000) + "--x--\r\n")
	}},
	{"2,000 files", multipartKind, func() []byte {
		return []byte(strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\nb\r\n", 2000) + "--x--\r\n")
	}},
	{"a part with a huge header", multipartKind, func() []byte {
		return []byte("--x\r\nContent-Disposition: form-data; name=\"a\"\r\nX: " + strings.Repeat("y", 900_000) + "\r\n\r\nb\r\n--x--\r\n")
	}},
	{"a part with thousands of headers", multipartKind, func() []byte {
		return []byte("--x\r\n" + strings.Repeat("X: y\r\n", 20_000) + "\r\nb\r\n--x--\r\n")
	}},
	{"no end", multipartKind, func() []byte { return []byte("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb") }},
	{"no boundary", "multipart/form-data", func() []byte { return []byte("--x\r\n") }},
	{"broken escapes", "application/x-www-form-urlencoded", func() []byte { return []byte("a=%zz&%=&;;=%") }},
	{"a file name that climbs", multipartKind, func() []byte {
		return []byte("--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"../../../x\x00.pdf\"\r\nContent-Type: text/html\r\n\r\n<script>\r\n--x--\r\n")
	}},
}

const multipartKind = "multipart/form-data; boundary=x"

// TestHarmfulBodiesAreRefused sends bodies that mean harm to every form.
func TestHarmfulBodiesAreRefused(t *testing.T) {
	x := attack(t)
	admin := x.part("administratorka")
	for _, route := range x.program.app.Routes() {
		method, shape, _ := strings.Cut(route.Pattern, " ")
		if method != "POST" || shape == "/wyjscie" {
			continue
		}
		path := x.addresses(route.Pattern, 1, 0)[0]
		for _, b := range bodies {
			r := httptest.NewRequest("POST", webtest.Public+path, bytes.NewReader(b.make()))
			r.Header.Set("Content-Type", b.kind)
			page := x.calm(admin, r)
			if page.Status == 401 || page.Status == 303 && strings.HasPrefix(page.Header.Get("Location"), "/wejscie?") {
				admin = x.part("administratorka") // a button without fields ended the session
			}
			if strings.HasPrefix(b.name, "10,000") && page.Status == http.StatusOK {
				t.Errorf("%s takes %s", path, b.name)
			}
		}
	}
}

// running is the program behind a real socket, in this process.
func (x *target) running() (addr string) {
	x.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		x.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- x.program.app.Serve(ctx, listener, 0) }()
	x.t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			x.t.Error(err)
		}
	})
	return listener.Addr().String()
}

// raw sends bytes and returns the first line of the answer.
func raw(t *testing.T, addr, request string) string {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(20 * time.Second))
	// What is refused early is not read to its end, so the rest may not be taken.
	_, _ = io.WriteString(c, request)
	answer, _ := io.ReadAll(c)
	line, _, _ := strings.Cut(string(answer), "\r\n")
	return line
}

// TestSocketRefusesWhatIsNoRequest speaks to the server below HTTP.
func TestSocketRefusesWhatIsNoRequest(t *testing.T) {
	x := attack(t)
	addr := x.running()
	const end = "Host: a\r\nConnection: close\r\n\r\n"
	for name, tt := range map[string]struct{ request, want string }{
		"a plain page":           {"GET / HTTP/1.1\r\n" + end, "200"},
		"a huge header":          {"GET / HTTP/1.1\r\nX: " + strings.Repeat("y", 20_000) + "\r\n" + end, "431"},
		"thousands of headers":   {"GET / HTTP/1.1\r\n" + strings.Repeat("X: y\r\n", 5000) + end, "431"},
		"a huge address":         {"GET /?" + strings.Repeat("a=b&", 5000) + " HTTP/1.1\r\n" + end, "431"},
		"a long query":           {"GET /aktualnosci?" + strings.Repeat("tag=b&", 1500) + " HTTP/1.1\r\n" + end, "200"},
		"a zero byte":            {"GET /\x00 HTTP/1.1\r\n" + end, "400"},
		"two lengths":            {"POST /wejscie HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n" + end, "400"},
		"a length and chunks":    {"POST /wejscie HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n" + end, "501"},
		"no host":                {"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "400"},
		"a header without end":   {"GET / HTTP/1.1\r\nX y\r\n" + end, "400"},
		"another language":       {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "400"},
		"20 MB of a form":        {"POST /wejscie HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 20000000\r\n" + end + strings.Repeat("a", 3<<20), "413"},
		"a method out of this":   {"BREW / HTTP/1.1\r\n" + end, "405"},
		"an address of another":  {"GET http://evil.example/ HTTP/1.1\r\n" + end, "200"},
		"an address as asterisk": {"OPTIONS * HTTP/1.1\r\n" + end, "200"},
	} {
		if line := raw(t, addr, tt.request); !strings.HasPrefix(line, "HTTP/1.1 "+tt.want) {
			t.Errorf("%s: %q, want %s", name, line, tt.want)
		}
	}
}

// TestSlowHeadersAreCutOff is the slowloris: many connections that send a byte
// now and then hold nobody up and are closed after ten seconds.
func TestSlowHeadersAreCutOff(t *testing.T) {
	if !soak {
		t.Skip("skipped: waits for the timeout of headers; WSPOLNOTA_SOAK=1 runs it")
	}
	x := attack(t)
	addr := x.running()
	median := func() time.Duration {
		var fastest time.Duration
		for range 20 {
			began := time.Now()
			if line := raw(t, addr, "GET /aktualnosci HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"); !strings.Contains(line, "200") {
				t.Fatalf("a normal reader gets %q", line)
			}
			if took := time.Since(began); fastest == 0 || took < fastest {
				fastest = took
			}
		}
		return fastest
	}
	alone := median()
	var slow []net.Conn
	for range 2000 {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		slow = append(slow, c)
	}
	began := time.Now()
	stop := make(chan struct{})
	var writers sync.WaitGroup
	writers.Go(func() {
		ticker := time.NewTicker(2 * time.Second)
		defer ticker.Stop()
		for {
			for _, c := range slow {
				_, _ = io.WriteString(c, "G") // closed ones no longer take it
			}
			select {
			case <-stop:
				return
			case <-ticker.C:
			}
		}
	})
	if among := median(); among > 2*alone+20*time.Millisecond {
		t.Errorf("a page takes %v, and %v among slow connections", alone, among)
	}
	for _, c := range slow {
		c.SetReadDeadline(began.Add(15 * time.Second))
		if _, err := io.ReadAll(c); err != nil && strings.Contains(err.Error(), "timeout") {
			t.Fatal("a slow connection is still open after 15 s")
		}
	}
	if took := time.Since(began); took < 8*time.Second || took > 15*time.Second {
		t.Errorf("closed after %v", took)
	}
	close(stop)
	writers.Wait()
	for _, c := range slow {
		c.Close()
	}
}

// A grammar of requests. Each choice takes a byte of the input, so that the
// fuzzer can learn which bytes lead somewhere.

type grammar struct {
	data []byte
	used int
}

func (g *grammar) next(n int) int {
	if g.used >= len(g.data) {
		g.used++
		return g.used % n
	}
	b := int(g.data[g.used])
	g.used++
	return b % n
}

func (g *grammar) of(list []string) string { return list[g.next(len(list))] }

// piece is a value, real or nasty.
func (g *grammar) piece(real []string) string {
	if len(real) > 0 && g.next(3) > 0 {
		return real[g.next(len(real))]
	}
	return g.of(nasty)
}

var headerNames = []string{"Accept-Language", "Accept-Encoding", "Range", "If-None-Match", "If-Modified-Since", "X-Forwarded-For", "Origin",
	"Sec-Fetch-Site", "Content-Type", "Referer", "HX-Request", "Expect", "Transfer-Encoding", "User-Agent"}

// phraseBook is what the grammar speaks of: all that the program has.
type phraseBook struct {
	patterns  []string
	addresses map[string][]string // real ones, by the shape of the pattern
	values    []string
	fields    []string
}

func (x *target) phraseBook() phraseBook {
	b := phraseBook{addresses: map[string][]string{}}
	for _, route := range x.program.app.Routes() {
		_, shape, _ := strings.Cut(route.Pattern, " ")
		if shape != "/demo/wejscie/{role}" && shape != "/wyjscie" && !strings.HasPrefix(shape, "/konto/sesje/") {
			b.patterns = append(b.patterns, route.Pattern)
			b.addresses[shape] = x.addresses(route.Pattern, 5, 0)
		}
	}
	for _, p := range places {
		for _, row := range x.rows(p.query + ` LIMIT 3`) {
			for _, v := range row {
				b.values = append(b.values, url.PathEscape(segment(v)))
			}
		}
	}
	for _, table := range x.everyTable() {
		b.fields = append(b.fields, x.column(`SELECT name FROM pragma_table_info($1)`, table)...)
	}
	for name := range typed {
		b.fields = append(b.fields, name)
	}
	return b
}

// request makes one request out of the bytes.
func (b phraseBook) request(data []byte) *http.Request {
	g := &grammar{data: data}
	method, shape, _ := strings.Cut(b.patterns[(g.next(256)*7+g.next(256))%len(b.patterns)], " ")
	if g.next(10) == 0 {
		method = g.of([]string{"GET", "POST", "HEAD", "PUT", "TRACE", "OPTIONS", "DELETE", "PATCH"})
	}
	path := g.of(b.addresses[shape])
	if g.next(3) == 0 {
		path = parameter.ReplaceAllStringFunc(strings.ReplaceAll(shape, "{$}", ""), func(string) string { return g.piece(b.values) })
	}
	if g.next(12) == 0 {
		path = "/" + g.of(nasty) + path
	}
	var query []string
	for range g.next(5) {
		query = append(query, g.of(filters)+"="+g.piece(b.values))
	}
	if len(query) > 0 {
		path += "?" + strings.Join(query, "&")
	}
	var r *http.Request
	if method == "POST" || g.next(20) == 0 {
		kind, text := b.body(g)
		r = httptest.NewRequest(method, webtest.Public+path, strings.NewReader(text))
		r.Header.Set("Content-Type", kind)
	} else {
		r = httptest.NewRequest(method, webtest.Public+path, nil)
	}
	for range g.next(4) {
		r.Header.Add(g.of(headerNames), g.piece([]string{"pl", "en;q=0.1", "gzip", "bytes=0-1,3-4,-1", "*", "multipart/form-data; boundary=x", "cross-site"}))
	}
	if g.next(3) == 0 {
		r.Header.Add("Cookie", g.of([]string{"komunikat", "jezyk", "wejscie"})+"="+g.piece([]string{"fault.sign_in", "en", "t=x&e=a@b.pl&d=/"}))
	}
	return r
}

func (b phraseBook) body(g *grammar) (kind, text string) {
	switch g.next(8) {
	case 0:
		return bodies[0].kind, string(bodies[0].make())
	case 1:
		return multipartKind, "--x\r\nContent-Disposition: form-data; name=\"" + g.of(b.fields) + "\"; filename=\"" + g.piece(nil) + "\"\r\n\r\n" + g.piece(b.values) + "\r\n--x--\r\n"
	case 2:
		return multipartKind, string(g.data)
	}
	var fields []string
	for range g.next(24) {
		fields = append(fields, g.of(b.fields)+"="+g.piece(b.values))
	}
	return "application/x-www-form-urlencoded", strings.Join(fields, "&")
}

// fuzzed is the program whose requests are made by the grammar.
type fuzzed struct {
	*target
	book     phraseBook
	handler  http.Handler
	sessions []string // cookies of a visitor and three others
}

func newFuzzed(t testing.TB) *fuzzed {
	x := attack(t)
	f := &fuzzed{target: x, book: x.phraseBook(), handler: x.App.Handler(), sessions: []string{""}}
	for _, part := range []string{"kierowniczka", "prezes-klubu", "administratorka"} {
		f.sessions = append(f.sessions, "wspolnota="+x.part(part).Cookie("wspolnota"))
	}
	return f
}

func (f *fuzzed) try(t *testing.T, data []byte) (status int) {
	t.Helper()
	r := f.book.request(data)
	if cookie := f.sessions[len(data)%len(f.sessions)]; cookie != "" {
		r.Header.Add("Cookie", cookie)
	}
	answer := httptest.NewRecorder()
	f.handler.ServeHTTP(answer, r)
	if answer.Code >= 500 || strings.Contains(answer.Body.String(), "goroutine ") {
		t.Errorf("%s %s: %d\n%.3000s", r.Method, r.URL, answer.Code, f.Log)
	}
	f.Log.Reset()
	return answer.Code
}

// FuzzRequests looks for a request that is an accident. `make fuzz` runs it.
func FuzzRequests(f *testing.F) {
	x := newFuzzed(f)
	f.Add([]byte("GET /programy"))
	f.Add([]byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12"))
	f.Add(bytes.Repeat([]byte{0xff, 0x07, 0x31}, 30))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 4096 {
			t.Skip("longer inputs choose nothing more")
		}
		x.try(t, data)
	})
}

// TestRequestsOfAGrammar asks some thousand requests in make test, a million in
// make soak, the same ones each time.
func TestRequestsOfAGrammar(t *testing.T) {
	x := newFuzzed(t)
	requests := 3000
	if soak {
		requests = 1_000_000
	}
	random := rand.New(rand.NewPCG(2014, 6))
	statuses := map[int]int{}
	for i := range requests {
		data := make([]byte, 20+random.IntN(120))
		for j := range data {
			data[j] = byte(random.Uint32())
		}
		statuses[x.try(t, data)]++
		if t.Failed() {
			t.Fatalf("request %d: %x", i, data)
		}
	}
	t.Log(statuses)
	for _, status := range []int{200, 303, 403, 404, 409, 422} {
		if statuses[status] < requests/300 {
			t.Errorf("the grammar hardly ever leads to %d", status)
		}
	}
}
