package live_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/live"
	"github.com/wspolnota/wspolnota/store"
)

// publish raises the version and tells it.
func publish(t testing.TB, db *store.DB, h *live.Hub, topic string, version int64) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *store.Tx) error { return h.Publish(t.Context(), tx, topic, version) }); err != nil {
		t.Fatal(err)
	}
}

// hear waits for a version, at most a few seconds.
func hear(t testing.TB, s *live.Subscription, want int64) {
	t.Helper()
	limit := time.After(10 * time.Second)
	for s.Latest() < want {
		select {
		case <-s.Woken():
		case <-limit:
			t.Fatalf("heard %d, want %d", s.Latest(), want)
		}
	}
}

func TestPublishedVersionReachesItsTopicOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := live.New(db, live.Options{})
		own, other := h.Subscribe("panel:1"), h.Subscribe("panel:2")
		defer own.Close()
		defer other.Close()
		go h.Listen(t.Context())
		if db.Dialect() == store.Postgres {
			<-own.Woken() // it listens
			<-other.Woken()
		}
		publish(t, db, h, "panel:1", 7)
		hear(t, own, 7)
		if other.Latest() != 0 {
			t.Errorf("the other topic heard %d", other.Latest())
		}
	})
}

func TestReplicasHearOneAnother(t *testing.T) {
	address := storetest.PostgresAddress(t)
	var dbs [2]*store.DB
	for i := range dbs {
		var err error
		if dbs[i], err = store.Open(t.Context(), address, store.Options{}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { dbs[i].Close() })
	}
	here, there := live.New(dbs[0], live.Options{}), live.New(dbs[1], live.Options{})
	s := there.Subscribe("panel:1")
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go there.Listen(ctx)
	<-s.Woken()
	publish(t, dbs[0], here, "panel:1", 3)
	hear(t, s, 3)
	// The connection is cut: it comes back by itself, and everybody looks.
	err := dbs[0].Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND query LIKE 'LISTEN%'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// What is published while nobody listens is lost; what comes later is heard.
	limit, again := time.After(10*time.Second), time.NewTicker(100*time.Millisecond)
	defer again.Stop()
	for version := int64(4); s.Latest() < 4; version++ {
		publish(t, dbs[0], here, "panel:1", version)
		select {
		case <-s.Woken():
		case <-again.C:
		case <-limit:
			t.Fatal("nobody hears after the connection broke")
		}
	}
}

func TestWhatIsRolledBackIsNotTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := live.New(db, live.Options{})
		s := h.Subscribe("panel:1")
		defer s.Close()
		go h.Listen(t.Context())
		if db.Dialect() == store.Postgres {
			<-s.Woken()
		}
		_ = db.Write(t.Context(), func(tx *store.Tx) error {
			if err := h.Publish(t.Context(), tx, "panel:1", 9); err != nil {
				t.Error(err)
			}
			return io.EOF
		})
		publish(t, db, h, "panel:1", 2)
		hear(t, s, 2)
		if s.Latest() != 2 {
			t.Errorf("heard %d", s.Latest())
		}
	})
}

func TestTopicWithASpaceIsRefused(t *testing.T) {
	db := storetest.SQLite(t)
	h := live.New(db, live.Options{})
	err := db.Write(t.Context(), func(tx *store.Tx) error { return h.Publish(t.Context(), tx, "a b", 1) })
	if err == nil {
		t.Error("taken")
	}
}

// serve puts the stream of one topic on a server whose version is a number.
func serve(t *testing.T, h *live.Hub, version *atomic.Int64) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h.Serve(w, r, "panel:1", func(context.Context) (int64, error) { return version.Load(), nil }); err != nil {
			http.Error(w, err.Error(), http.StatusTooManyRequests)
		}
	}))
	t.Cleanup(func() { h.Stop(); s.Close() })
	return s
}

func TestWithoutAStreamTheVersionIsOneNumber(t *testing.T) {
	var version atomic.Int64
	version.Store(12)
	s := serve(t, live.New(storetest.SQLite(t), live.Options{}), &version)
	answer, err := http.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, _ := io.ReadAll(answer.Body); string(body) != "12\n" {
		t.Errorf("%q", body)
	}
}

func TestPageThatIsUpToDateIsToldNothingUntilSomethingChanges(t *testing.T) {
	db := storetest.SQLite(t)
	h := live.New(db, live.Options{})
	var version atomic.Int64
	version.Store(5)
	s := serve(t, h, &version)
	r, _ := http.NewRequestWithContext(t.Context(), "GET", s.URL+"?od=5", nil)
	r.Header.Set("Accept", "text/event-stream")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	version.Store(6)
	publish(t, db, h, "panel:1", 6)
	var heard strings.Builder
	buffer := make([]byte, 256)
	for !strings.Contains(heard.String(), "data: ") {
		n, err := answer.Body.Read(buffer)
		if err != nil {
			t.Fatal(err)
		}
		heard.Write(buffer[:n])
	}
	if got := heard.String(); !strings.HasPrefix(got, "retry: ") || !strings.Contains(got, "id: 6\ndata: 6\n\n") || strings.Contains(got, "data: 5") {
		t.Errorf("%q", got)
	}
}

func TestMoreThanTheMostAreAskedToComeLater(t *testing.T) {
	h := live.New(storetest.SQLite(t), live.Options{Most: 1})
	s := serve(t, h, new(atomic.Int64))
	ask := func() *http.Response {
		r, _ := http.NewRequestWithContext(t.Context(), "GET", s.URL, nil)
		r.Header.Set("Accept", "text/event-stream")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	first := ask()
	defer first.Body.Close()
	second := ask()
	defer second.Body.Close()
	if first.StatusCode != 200 || second.StatusCode != 429 || second.Header.Get("Retry-After") == "" {
		t.Errorf("%d, %d", first.StatusCode, second.StatusCode)
	}
}
