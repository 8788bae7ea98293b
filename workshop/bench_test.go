package workshop_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/workshop"
)

// phonesFor is how long the phones of BenchmarkRoomPhones go on.
const phonesFor = 60 * time.Second

// BenchmarkRoomPhones is a full hall over HTTP: 300 phones that answer every five
// seconds each, and 3 projectors that are told of it and ask for what they show.
// SQLite waits for the disk, as it does outside of tests. It reports how long the
// slowest hundredth of answers waited, and how long it took until a projector was
// told of one.
func BenchmarkRoomPhones(b *testing.B) {
	db, err := store.Open(b.Context(), storetest.SQLiteAddress(b), store.Options{Clock: new(store.Clock)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	x := newRoom(b, db)
	db.Clock().Move(time.Now()) // a running clock: the example world stops it
	w := x.open()
	a := x.start(w, "dots")
	must(x.rooms.Reveal(x.lead(), w.ID, a.ID, true))(b)
	site := httptest.NewServer(x.App.Handler())
	defer site.Close()
	hall := &hall{b: b, site: site.URL, w: w, a: a}
	for b.Loop() {
		hall.run(300, 3)
	}
	b.ReportMetric(hall.answers.p99(), "answer-p99-ms")
	b.ReportMetric(hall.told.p99(), "projector-p99-ms")
	b.ReportMetric(float64(hall.answers.n())/phonesFor.Seconds(), "answers/s")
	if hall.failed.Load() > 0 {
		b.Errorf("%d answers were not taken", hall.failed.Load())
	}
}

// hall is the phones and the projectors.
type hall struct {
	b             *testing.B
	site          string
	w             workshop.Workshop
	a             workshop.Activity
	answers, told times
	failed        atomic.Int64
	sent          sync.Map // moment at which an answer was sent → nothing
}

type times struct {
	mu  sync.Mutex
	all []time.Duration
}

func (t *times) add(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all = append(t.all, d)
}

func (t *times) n() int { return len(t.all) }

func (t *times) p99() float64 {
	if len(t.all) == 0 {
		return 0
	}
	slices.Sort(t.all)
	return float64(t.all[len(t.all)*99/100].Microseconds()) / 1000
}

func (h *hall) run(phones, projectors int) {
	ctx, stop := context.WithTimeout(h.b.Context(), phonesFor)
	defer stop()
	var all sync.WaitGroup
	for range projectors {
		all.Go(func() { h.project(ctx) })
	}
	for i := range phones {
		all.Go(func() { h.phone(ctx, i) })
	}
	all.Wait()
}

// phone comes in and answers every five seconds, at its own moment.
func (h *hall) phone(ctx context.Context, i int) {
	jar, _ := cookiejar.New(nil) // it fails for no options
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	h.post(client, "/wejscie", url.Values{"sector": {[]string{"administration", "ngo", "resident"}[i%3]}})
	every := time.NewTicker(5 * time.Second)
	defer every.Stop()
	select {
	case <-time.After(time.Duration(i) * 5 * time.Second / 300):
	case <-ctx.Done():
		return
	}
	for n := 0; ; n++ {
		began := time.Now()
		h.sent.Store(began, nil)
		if status := h.post(client, "/odpowiedz", url.Values{"id": {string(store.NewRandomID())}, "activity": {string(h.a.ID)}, "key": {"kropki"}, "option": {fmt.Sprint(1 + (i+n)%3)}}); status != http.StatusNoContent {
			h.failed.Add(1)
		}
		h.answers.add(time.Since(began))
		select {
		case <-every.C:
		case <-ctx.Done():
			return
		}
	}
}

func (h *hall) post(client *http.Client, path string, values url.Values) int {
	r, err := http.NewRequest(http.MethodPost, h.site+h.w.Door()+path, strings.NewReader(values.Encode()))
	if err != nil {
		h.b.Error(err)
		return 0
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Room", "1")
	answer, err := client.Do(r)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode
}

// project listens and asks for the wall at each word. The first of the projectors
// that is told of an answer takes its time.
func (h *hall) project(ctx context.Context) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, h.site+h.w.Screen()+"/strumien", nil)
	if err != nil {
		h.b.Error(err)
		return
	}
	r.Header.Set("Accept", "text/event-stream")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		if !strings.HasPrefix(lines.Text(), "data:") {
			continue
		}
		page, err := http.Get(h.site + h.w.Screen())
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, page.Body)
		page.Body.Close()
		now := time.Now()
		h.sent.Range(func(began, _ any) bool {
			if _, fresh := h.sent.LoadAndDelete(began); fresh {
				h.told.add(now.Sub(began.(time.Time)))
			}
			return true
		})
	}
}
