package load_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/load"
)

func target(t *testing.T, h http.HandlerFunc) load.Target {
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return load.Target{Addr: strings.TrimPrefix(server.URL, "http://"), Path: "/x", Cookie: "a=b"}
}

func TestCountsWhatWasAnswered(t *testing.T) {
	answered := make(chan struct{}, 1<<20)
	result, err := load.Run(t.Context(), target(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "a=b" || r.URL.Path != "/x" {
			w.WriteHeader(http.StatusTeapot)
		}
		w.Write([]byte("hello"))
		answered <- struct{}{}
	}), 4, 50*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if result.Requests != len(answered) || result.Requests == 0 || result.P50 > result.P99 {
		t.Errorf("%+v, answered %d", result, len(answered))
	}
}

func TestRefusalIsAnError(t *testing.T) {
	_, err := load.Run(t.Context(), target(t, http.NotFound), 2, 50*time.Millisecond)
	if err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("error is %v", err)
	}
}
