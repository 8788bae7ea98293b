package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// The morning on which registration opens: 500 people sign up within ten seconds
// for 300 seats, while 5,000 open the page of the event.
const (
	rushPeople  = 500
	rushReaders = 5000
	rushSeats   = 300
	rushLasts   = 10 * time.Second
)

// BenchmarkEvent asks the running program, another process on this machine, in
// the rhythm of that morning. Each wait counts from the moment at which somebody
// pressed, whether or not the program was ready for them. Run it by `make
// bench-event`; the bar is a p99 below 250 ms on SQLite, and nobody refused.
func BenchmarkEvent(b *testing.B) {
	b.Run("SQLite", func(b *testing.B) { benchRush(b, "sqlite:"+b.TempDir()+"/rush.db") })
	b.Run("PostgreSQL", func(b *testing.B) { benchRush(b, storetest.PostgresAddress(b)) })
}

func benchRush(b *testing.B, database string) {
	data := b.TempDir()
	path, cookies := buildRush(b, database, data)
	r := startReplica(b, database, data)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}, Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	at := "http://" + r.addr + path
	form := url.Values{"as": {"self"}, "municipality": {"2412013"}}.Encode()
	for b.Loop() {
		var reads, writes []time.Duration
		var both sync.WaitGroup
		both.Go(func() {
			reads = rhythm(b, rushReaders, func(int) error { return pressed(client, "GET", at, "", "", http.StatusOK) })
		})
		both.Go(func() {
			writes = rhythm(b, rushPeople, func(i int) error {
				return pressed(client, "POST", at+"/zapisy/zgloszenie", cookies[i], form, http.StatusSeeOther)
			})
		})
		both.Wait()
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(milliseconds(writes, 0.5), "p50-sign-up-ms")
		b.ReportMetric(milliseconds(writes, 0.99), "p99-sign-up-ms")
		b.ReportMetric(milliseconds(reads, 0.5), "p50-read-ms")
		b.ReportMetric(milliseconds(reads, 0.99), "p99-read-ms")
	}
	r.stop(b)
	worked := r.command.ProcessState.UserTime() + r.command.ProcessState.SystemTime()
	b.ReportMetric(float64(worked.Microseconds())/1000/float64(b.N*(rushPeople+rushReaders)), "cpu-ms-each") // of the program, without PostgreSQL
	seated(b, database, data)
}

// rhythm does n things evenly over the time of the rush, and returns how long
// each took from the moment at which it was due.
func rhythm(b *testing.B, n int, do func(i int) error) []time.Duration {
	took, began := make([]time.Duration, n), time.Now()
	var all sync.WaitGroup
	for i := range n {
		due := began.Add(rushLasts * time.Duration(i) / time.Duration(n))
		time.Sleep(time.Until(due))
		all.Go(func() {
			if err := do(i); err != nil {
				b.Error(err)
			}
			took[i] = time.Since(due)
		})
	}
	all.Wait()
	return took
}

func pressed(client *http.Client, method, address, cookie, form string, want int) error {
	request, err := http.NewRequest(method, address, strings.NewReader(form))
	if err != nil {
		return err
	}
	if form != "" {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if cookie != "" {
		request.Header.Set("Cookie", cookie)
	}
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != want {
		return fmt.Errorf("%s %s: %d, want %d", method, address, answer.StatusCode, want)
	}
	return nil
}

func milliseconds(took []time.Duration, share float64) float64 {
	sorted := slices.Sorted(slices.Values(took))
	return float64(sorted[int(float64(len(sorted)-1)*share)].Microseconds()) / 1000
}

// buildRush makes the event and signs 500 people in.
func buildRush(b *testing.B, database, data string) (path string, cookies []string) {
	b.Helper()
	p, err := open(b.Context(), Config{Addr: "127.0.0.1:0", Data: data, Database: database, Community: "Wspólnota", LogFormat: "text", LogLevel: "error"}, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer p.close()
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	admin, _, err := p.people.AdminCreate(b.Context(), "admin@example.org")
	must(err)
	ctx := access.With(b.Context(), &access.Actor{Person: admin.ID, Name: admin.Name,
		Grants: []access.Grant{{Role: access.Administrator, Scope: access.Installation}}})
	residents := townResidents(b, ctx, p)
	owner, err := p.organisations.Register(ctx, organisation.Profile{Name: "Forum przykładowe", Kind: organisation.InformalGroup, Municipality: "2412013"})
	must(err)
	pr := townProgramme(b, ctx, p, owner.ID, 0, residents[:townMembers])
	e := rushEvent(b, ctx, p, pr)
	must(p.db.Write(ctx, func(tx *store.Tx) error {
		for _, person := range residents[:rushPeople] {
			token, err := p.people.SignInSession(ctx, tx, person, "bench")
			if err != nil {
				return err
			}
			answer := httptest.NewRecorder()
			p.app.Cookies().StartSession(answer, token)
			cookie, _, _ := strings.Cut(answer.Header().Get("Set-Cookie"), ";")
			cookies = append(cookies, cookie)
		}
		return nil
	}))
	return e.Path(), cookies
}

func rushEvent(b *testing.B, ctx context.Context, p *program, pr programme.Programme) event.Event {
	b.Helper()
	start := store.At(p.db.Now().AddDate(0, 0, 20).Truncate(time.Hour))
	e, err := p.events.Begin(ctx, event.Draw{Event: event.Event{ID: store.NewID(), Programme: pr.ID, Kind: event.Seminar, Title: "Seminarium", Lead: "Dwa dni rozmów.",
		Language: "pl", Mode: event.OnSite, Place: event.Place{Name: "Dom Próbny", Address: "ul. Próbna 1", TERC: "2412013", Access: "Winda."}},
		Body:     strings.Repeat("Uczestnicy rozmawiają o *tym*, co ich dzieli i co łączy.\n\n", 10),
		Sessions: []event.Session{{ID: store.NewID(), StartsAt: start, Minutes: 90, Title: "Otwarcie"}}})
	if err == nil {
		e, err = p.events.Publish(ctx, pr.ID, e.ID, e.Version)
	}
	if err == nil {
		err = p.registrations.SaveSettings(ctx, e, registration.Admission{OpensAt: store.At(p.db.Now().Add(-time.Hour)),
			ClosesAt: store.At(start.AddDate(0, 0, -1)), ConfirmHours: 24}, registration.Limits{{Kind: registration.InAll}: rushSeats})
	}
	if err != nil {
		b.Fatal(err)
	}
	return e
}

// seated fails unless everybody was signed up and every seat was given once.
func seated(b *testing.B, database, data string) {
	b.Helper()
	p, err := open(context.WithoutCancel(b.Context()), Config{Addr: "127.0.0.1:0", Data: data, Database: database, LogFormat: "text", LogLevel: "error"}, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer p.close()
	for query, want := range map[string]int{`SELECT count(*) FROM event_registration`: rushPeople, `SELECT max(number) FROM event_registration`: rushPeople,
		`SELECT count(*) FROM event_registration WHERE state = 'confirmed'`: rushSeats} {
		if got, err := store.One[int](context.Background(), p.db, query); err != nil || got != want {
			b.Errorf("%s: %d, want %d (%v)", query, got, want, err)
		}
	}
}
