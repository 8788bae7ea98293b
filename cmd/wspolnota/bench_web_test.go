package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/load"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// The town of the benchmark.
const (
	townPeople     = 10_000
	townProgrammes = 50
	townArticles   = 1_000
	townMembers    = 60 // of each programme
)

// How the load is made: on the same machine, over as many connections as a busy
// town has people who click in the same second.
const (
	connections = 32
	askedFor    = 4 * time.Second
)

// BenchmarkWeb asks the running program, another process on this machine, for
// its public pages and for a signed-in one, on both databases, and a handler
// that does nothing but write a page of the same size, in the same run. Run it
// by `make bench-web`; req/s, p50-ms and p99-ms are the figures to read.
func BenchmarkWeb(b *testing.B) {
	b.Run("SQLite", func(b *testing.B) {
		benchDatabase(b, "sqlite:"+b.TempDir()+"/town.db")
	})
	b.Run("PostgreSQL", func(b *testing.B) {
		benchDatabase(b, storetest.PostgresAddress(b))
	})
}

func benchDatabase(b *testing.B, database string) {
	data := b.TempDir()
	town := buildTown(b, database, data)
	b.Run("start", func(b *testing.B) {
		for b.Loop() {
			began := time.Now()
			r := startReplica(b, database, data)
			b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms-to-ready")
			<-time.After(2 * time.Second) // idle means: nothing asked for a while
			b.ReportMetric(r.memory(b), "idle-MB")
			r.stop(b)
		}
	})
	r := startReplica(b, database, data)
	var size int
	for _, page := range town.pages {
		b.Run(page.name, func(b *testing.B) {
			for b.Loop() {
				size = max(size, report(b, load.Target{Addr: r.addr, Path: page.path, Cookie: page.cookie}))
			}
		})
	}
	b.Run("bare handler", func(b *testing.B) {
		page := []byte(strings.Repeat("x", size))
		bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", strconv.Itoa(len(page)))
			w.Write(page)
		}))
		defer bare.Close()
		for b.Loop() {
			report(b, load.Target{Addr: strings.TrimPrefix(bare.URL, "http://"), Path: "/"})
		}
	})
	b.Run("memory after load", func(b *testing.B) {
		for b.Loop() {
			b.ReportMetric(r.memory(b), "MB")
		}
	})
	r.stop(b)
}

// report measures one page and returns how large it is.
func report(b *testing.B, target load.Target) int {
	if _, err := load.Run(b.Context(), target, connections, askedFor/4); err != nil { // warm-up
		b.Fatal(err)
	}
	result, err := load.Run(b.Context(), target, connections, askedFor)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(result.PerSecond, "req/s")
	b.ReportMetric(float64(result.P50.Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(result.P99.Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(result.Bytes)/1024, "KB")
	return result.Bytes
}

// memory is what the kernel counts as resident, in MB.
func (r *replica) memory(b *testing.B) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", r.command.Process.Pid))
	if err != nil {
		b.Skip("skipped: no /proc here")
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmRSS:" {
			kb, err := strconv.Atoi(fields[1])
			if err != nil {
				b.Fatal(err)
			}
			return float64(kb) / 1024
		}
	}
	b.Fatal("no VmRSS")
	return 0
}

type townPage struct{ name, path, cookie string }

type town struct{ pages []townPage }

// buildTown fills a database through the rooms' own verbs.
func buildTown(b *testing.B, database, data string) town {
	b.Helper()
	config := Config{Addr: "127.0.0.1:0", Data: data, Database: database, Community: "Wspólnota",
		LogFormat: "text", LogLevel: "error"}
	p, err := open(b.Context(), config, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer p.close()
	admin, _, err := p.people.AdminCreate(b.Context(), "admin@example.org")
	if err != nil {
		b.Fatal(err)
	}
	ctx := access.With(b.Context(), &access.Actor{Person: admin.ID, Name: admin.Name,
		Grants: []access.Grant{{Role: access.Administrator, Scope: access.Installation}}})
	residents := townResidents(b, ctx, p)
	owner, err := p.organisations.Register(ctx, organisation.Profile{Name: "Forum przykładowe",
		Kind: organisation.InformalGroup, Municipality: "2412013"})
	if err != nil {
		b.Fatal(err)
	}
	var first programme.Programme
	for n := range townProgrammes {
		pr := townProgramme(b, ctx, p, owner.ID, n, residents[n*townMembers:(n+1)*townMembers])
		if n == 0 {
			first = pr
		}
		townNews(b, ctx, p, pr, townArticles/townProgrammes)
	}
	return town{pages: townPages(b, ctx, p, first, residents[0])}
}

func townResidents(b *testing.B, ctx context.Context, p *program) []store.ID {
	b.Helper()
	gminas := territory.GminaCodes()
	var ids []store.ID
	for len(ids) < townPeople {
		err := p.db.Write(ctx, func(tx *store.Tx) error {
			for range 1000 {
				n := len(ids)
				person, err := p.people.Create(ctx, tx, people.NewPerson{Name: fmt.Sprintf("Osoba Przykładowa %d", n),
					Email: fmt.Sprintf("osoba%d@example.org", n), Language: lang.Polish, Municipality: gminas[n%len(gminas)]})
				if err != nil {
					return err
				}
				ids = append(ids, person.ID)
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return ids
}

func townProgramme(b *testing.B, ctx context.Context, p *program, owner store.ID, n int, members []store.ID) programme.Programme {
	b.Helper()
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	pr, err := p.programmes.Create(ctx, programme.NewProgramme{Title: fmt.Sprintf("Program współpracy nr %d", n),
		Summary: "Urzędy, organizacje i mieszkańcy pracują razem.", Language: lang.Polish, Owner: owner})
	must(err)
	pr, err = p.programmes.SaveDescription(ctx, pr.Slug, pr.Version, strings.Repeat("Spotykamy się, uzgadniamy i **robimy**.\n\n", 6))
	must(err)
	day := time.Now().AddDate(0, -3, 0)
	for _, title := range []string{"Zaproszenie", "Seminarium", "Warsztaty", "Konkurs", "Wizyta", "Ocena"} {
		_, err := p.programmes.AddPhase(ctx, pr.Slug, programme.NewPhase{Title: title, Starts: day,
			LastDay: day.AddDate(0, 0, 30), Opens: []string{string(programme.Join)}})
		must(err)
		day = day.AddDate(0, 1, 0)
	}
	for _, title := range []string{"Poznać się", "Uzgodnić standardy", "Wesprzeć inicjatywy", "Zmierzyć zmianę"} {
		goal, err := p.programmes.AddGoal(ctx, pr.Slug, programme.NewGoal{Title: title})
		must(err)
		target, _ := programme.ParseAmount("40")
		_, err = p.programmes.AddIndicator(ctx, pr.Slug, goal, programme.NewIndicator{Name: "uczestnicy", Unit: "osób", Target: target})
		must(err)
	}
	pr, err = programme.ByID(ctx, p.db, pr.ID)
	must(err)
	pr, err = p.programmes.SaveContact(ctx, pr.Slug, pr.Version, pr.Manager, "program@example.org", "")
	must(err)
	pr, err = p.programmes.SetState(ctx, pr.Slug, pr.Version, programme.Published)
	must(err)
	for _, person := range members {
		_, err := p.programmes.Join(access.With(ctx, &access.Actor{Person: person}), pr.Slug, programme.Joining{Municipality: "2412013"})
		must(err)
	}
	return pr
}

func townNews(b *testing.B, ctx context.Context, p *program, pr programme.Programme, articles int) {
	b.Helper()
	for n := range articles {
		a, err := p.news.Begin(ctx, pr.ID, store.NewID(), news.Content{Title: fmt.Sprintf("Wiadomość %d z programu", n),
			Lead: "Co się wydarzyło i co będzie dalej.", Language: "pl",
			Body:    strings.Repeat("Uczestnicy rozmawiali o *tym*, co ich dzieli i co łączy. ", 40),
			Details: news.Details{Organisation: pr.Owner, Tags: []string{"spotkania"}, Places: []string{"2412013"}}})
		if err == nil {
			_, err = p.news.Publish(ctx, pr.ID, a.ID, a.Version, p.db.Now().Add(-time.Duration(n)*24*time.Hour))
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

func townPages(b *testing.B, ctx context.Context, p *program, pr programme.Programme, resident store.ID) []townPage {
	b.Helper()
	var token string
	err := p.db.Write(ctx, func(tx *store.Tx) (err error) {
		token, err = p.people.SignInSession(ctx, tx, resident, "bench")
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	cookies := httptest.NewRecorder()
	p.app.Cookies().StartSession(cookies, token)
	cookie, _, _ := strings.Cut(cookies.Header().Get("Set-Cookie"), ";")
	slug, err := store.One[string](ctx, p.db, `SELECT slug FROM news_article WHERE programme = $1 ORDER BY slug LIMIT 1`, pr.ID)
	if err != nil {
		b.Fatal(err)
	}
	page := "/programy/" + pr.Slug
	return []townPage{
		{"home", "/", ""},
		{"programme", page, ""},
		{"news list", "/aktualnosci", ""},
		{"article", page + "/aktualnosci/" + slug, ""},
		{"signed-in programme", page, cookie},
		{"own page", "/konto", cookie},
	}
}
