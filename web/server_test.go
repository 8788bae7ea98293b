package web

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/ui"
)

func TestClientAddressFromConfiguredProxiesOnly(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, tt := range []struct {
		name, peer string
		forwarded  []string
		want       string
	}{
		{"no proxy", "203.0.113.9:1", nil, "203.0.113.9"},
		{"a stranger's word is not believed", "203.0.113.9:1", []string{"198.51.100.1"}, "203.0.113.9"},
		{"a proxy's word is", "10.0.0.1:1", []string{"198.51.100.1"}, "198.51.100.1"},
		{"only as far as proxies reach", "10.0.0.1:1", []string{"1.1.1.1, 198.51.100.1"}, "198.51.100.1"},
		{"through two proxies", "10.0.0.1:1", []string{"198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
		{"in two headers", "10.0.0.1:1", []string{"198.51.100.1", "10.0.0.2"}, "198.51.100.1"},
		{"nonsense ends the chain", "10.0.0.1:1", []string{"198.51.100.1, nonsense"}, "10.0.0.1"},
		{"an empty header", "10.0.0.1:1", nil, "10.0.0.1"},
		{"mapped addresses are the same", "[::ffff:10.0.0.1]:1", []string{"198.51.100.1"}, "198.51.100.1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = tt.peer
			r.Header["X-Forwarded-For"] = tt.forwarded
			if got := clientAddr(r, trusted).String(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func quietApp(t *testing.T, routes ...Route) *App {
	t.Helper()
	catalogue, err := lang.Load(Messages, ui.Messages)
	if err != nil {
		t.Fatal(err)
	}
	public, err := url.Parse("http://wspolnota.test")
	if err != nil {
		t.Fatal(err)
	}
	site := Site{Community: "Test", Public: public}
	app := New(Options{Site: site, DB: storetest.SQLite(t), Catalogue: catalogue,
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	app.Add(routes...)
	return app
}

// A running request ends, new ones are told that the server is going, and Serve
// returns well within its limit.
func TestStopLetsRunningRequestsEnd(t *testing.T) {
	entered, goOn := make(chan struct{}), make(chan struct{})
	app := quietApp(t, Route{Pattern: "GET /slow", Need: access.Anyone, Handle: func(w http.ResponseWriter, r *http.Request) error {
		close(entered)
		<-goOn
		return Render(w, r, templ.Raw("<p>done</p>"))
	}})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + listener.Addr().String()
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- app.Serve(ctx, listener, 50*time.Millisecond) }()

	answer := make(chan string, 1)
	go func() {
		response, err := http.Get(base + "/slow")
		if err != nil {
			answer <- err.Error()
			return
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		answer <- string(body)
	}()
	<-entered
	if status := get(t, base+"/readyz"); status != http.StatusOK {
		t.Errorf("ready before the stop: %d", status)
	}
	stop()
	for get(t, base+"/readyz") == http.StatusOK { // until the signal has arrived
	}
	close(goOn)
	if got := <-answer; got != "<p>done</p>" {
		t.Errorf("the running request got %q", got)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
}

// get returns the status, or 0 once nobody listens.
func get(t *testing.T, address string) int {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		return 0
	}
	response.Body.Close()
	return response.StatusCode
}

func TestHugeHeadersAreRefused(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	app := quietApp(t)
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- app.Serve(ctx, listener, 0) }()
	request, err := http.NewRequest("GET", "http://"+listener.Addr().String()+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		request.Header.Add("X-Padding", strings.Repeat("x", 1000))
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("20 KB of headers: %d", response.StatusCode)
	}
	stop()
	if err := <-served; err != nil {
		t.Error(err)
	}
}
