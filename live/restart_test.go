package live_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/live"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// phone does what a browser does with an event source: it keeps the last id,
// waits as long as it was told, and comes back with it.
type phone struct {
	seen  atomic.Int64
	heard atomic.Int64 // when, in nanoseconds
}

func (p *phone) watch(ctx context.Context, client *http.Client, url string) {
	pause := time.Second
	for ctx.Err() == nil {
		pause = p.stream(ctx, client, url, pause)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
}

func (p *phone) stream(ctx context.Context, client *http.Client, url string, pause time.Duration) time.Duration {
	r, _ := http.NewRequestWithContext(ctx, "GET", url, nil)
	r.Header.Set("Accept", "text/event-stream")
	if id := p.seen.Load(); id > 0 {
		r.Header.Set("Last-Event-ID", strconv.FormatInt(id, 10))
	}
	answer, err := client.Do(r)
	if err != nil {
		return pause
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		if ms, ok := strings.CutPrefix(lines.Text(), "retry: "); ok {
			n, _ := strconv.Atoi(ms)
			pause = time.Duration(n) * time.Millisecond
		}
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			n, _ := strconv.ParseInt(data, 10, 64)
			p.heard.Store(time.Now().UnixNano())
			p.seen.Store(n)
		}
	}
	return pause
}

// server is the whole of web around one stream.
func server(t *testing.T, db *store.DB, address string, version *atomic.Int64) (h *live.Hub, at string, stop func()) {
	t.Helper()
	catalogue, err := lang.Load(web.Messages, ui.Messages, live.Messages)
	if err != nil {
		t.Fatal(err)
	}
	h = live.New(db, live.Options{})
	app := web.New(web.Options{Site: webtest.SiteInfo(), DB: db, Catalogue: catalogue, Logger: slog.New(slog.DiscardHandler),
		OnStop: []func(){h.Stop}})
	app.Add(web.Route{Pattern: "GET /strumien", Need: access.Anyone, Handle: func(w http.ResponseWriter, r *http.Request) error {
		return h.Serve(w, r, "panel:1", func(context.Context) (int64, error) { return version.Load(), nil })
	}})
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go h.Listen(ctx)
	go func() { done <- app.Serve(ctx, listener, 0) }()
	return h, listener.Addr().String(), sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("stop: %v", err)
		}
	})
}

// await waits until all phones have seen the version, and says when the last
// heard of it.
func await(t *testing.T, phones []*phone, version int64, within time.Duration) {
	t.Helper()
	limit := time.Now().Add(within)
	for {
		behind := 0
		for _, p := range phones {
			if p.seen.Load() < version {
				behind++
			}
		}
		if behind == 0 {
			return
		}
		if time.Now().After(limit) {
			t.Fatalf("after %s %d of %d have not seen version %d", within, behind, len(phones), version)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// TestEverybodyComesBackAfterARestart is bar L1 of live parts: three hundred real
// clients, the server restarted while things go on changing; all are back within
// ten seconds, spread over time, and have what happened last.
func TestEverybodyComesBackAfterARestart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var version atomic.Int64
		version.Store(1)
		h, address, stop := server(t, db, "127.0.0.1:0", &version)
		ctx, cancel := context.WithCancel(t.Context())
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 300}}
		phones := make([]*phone, 300)
		var all sync.WaitGroup
		for i := range phones {
			phones[i] = new(phone)
			all.Go(func() { phones[i].watch(ctx, client, "http://"+address+"/strumien") })
		}
		defer all.Wait()
		defer cancel()
		await(t, phones, 1, 10*time.Second)

		said := time.Now()
		version.Store(2)
		publish(t, db, h, "panel:1", 2)
		await(t, phones, 2, 5*time.Second)
		slowest := reached(phones, said)
		if slowest > time.Second {
			t.Errorf("an update took %s to 99 of 100", slowest)
		}

		stopping := time.Now()
		stop()
		if took := time.Since(stopping); took > 5*time.Second {
			t.Errorf("stopping took %s with %d streams open", took, len(phones))
		}
		version.Store(3) // changed while nobody could hear
		again := time.Now()
		h, _, stop = server(t, db, address, &version)
		defer stop()
		await(t, phones, 3, 10*time.Second)
		back := time.Since(again)
		if spread := spreadOf(phones); spread < time.Second {
			t.Errorf("all came back within %s: they are not spread", spread)
		}
		version.Store(4)
		publish(t, db, h, "panel:1", 4)
		await(t, phones, 4, 5*time.Second)
		t.Logf("update to 300 in %s (99th), all back %s after the restart", slowest.Round(time.Millisecond), back.Round(time.Millisecond))
	})
}

// reached is how long the 99th of 100 phones waited for what was said then.
func reached(phones []*phone, said time.Time) time.Duration {
	times := heardAt(phones)
	return time.Duration(times[len(times)*99/100] - said.UnixNano())
}

func spreadOf(phones []*phone) time.Duration {
	times := heardAt(phones)
	return time.Duration(times[len(times)-1] - times[0])
}

func heardAt(phones []*phone) []int64 {
	times := make([]int64, len(phones))
	for i, p := range phones {
		times[i] = p.heard.Load()
	}
	slices.Sort(times)
	return times
}

// TestSlowReaderIsDroppedAndOthersGoOn lets one client never read, while a lot
// is said.
func TestSlowReaderIsDroppedAndOthersGoOn(t *testing.T) {
	db := storetest.SQLite(t)
	h := live.New(db, live.Options{Patience: 50 * time.Millisecond, Heartbeat: time.Millisecond})
	var version atomic.Int64
	version.Store(1)
	s := serve(t, h, &version)
	slow, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	_ = slow.(*net.TCPConn).SetReadBuffer(2048)
	fmt.Fprintf(slow, "GET / HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n")
	good := new(phone)
	ctx, cancel := context.WithCancel(t.Context())
	var both sync.WaitGroup
	both.Go(func() { good.watch(ctx, s.Client(), s.URL) })
	defer both.Wait()
	defer cancel()
	await(t, []*phone{good}, 1, 5*time.Second)
	for limit := time.Now().Add(60 * time.Second); h.Streams() > 1; {
		n := version.Add(1 + rand.Int64N(3))
		publish(t, db, h, "panel:1", n)
		if time.Now().After(limit) {
			t.Fatal("the slow reader is still there")
		}
	}
	await(t, []*phone{good}, version.Load(), 5*time.Second)
}
