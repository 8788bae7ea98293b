package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/mailtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// foundWithin is how soon what one replica has published is found on another.
const foundWithin = time.Second

// TestTwoReplicasAreOneSite runs two processes on one database: whoever has
// signed in on one is known to the other, what one publishes the other finds at
// once, and the letter about it is sent once, though both work the jobs.
func TestTwoReplicasAreOneSite(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: -short leaves out what needs several processes")
	}
	database, data, letters := storetest.PostgresAddress(t), t.TempDir(), mailtest.Start(t)
	article := smallTown(t, database, data)
	first := startReplica(t, database, data, "--smtp", letters.URL)
	second := startReplica(t, database, data, "--smtp", letters.URL)

	admin := newVisitor(t)
	admin.post(first, "/wejscie", "email", "admin@example.org")
	admin.post(first, "/wejscie/kod", "code", strings.TrimSpace(codeInLetter.FindString(letters.Wait(t).Text)))
	for _, r := range []*replica{first, second} {
		if page := admin.get(r, "/administracja"); page.Find("h1").Length() != 1 {
			t.Fatalf("whoever came in at %s is unknown at %s", first.addr, r.addr)
		}
	}
	if found := newVisitor(t).get(second, "/szukaj?szukaj=kasztanowiec").Text(); strings.Contains(found, "Kasztanowiec przy rynku") {
		t.Fatal("a draft is found")
	}

	version := admin.get(first, article+"/publikacja").Find(`form#publish input[name="version"], form[action$="/publikacja"] input[name="version"]`).AttrOr("value", "")
	admin.post(first, article+"/publikacja", "version", version, "when", "now")
	published := time.Now()
	for !strings.Contains(newVisitor(t).get(second, "/szukaj?szukaj=kasztanowca").Text(), "Kasztanowiec przy rynku") {
		if time.Since(published) > foundWithin {
			t.Fatal("the other replica does not find what was published")
		}
	}
	t.Logf("found on the other replica after %v", time.Since(published).Round(time.Millisecond))

	if letter := letters.Wait(t); letter.To != "sasiadka@example.org" || !strings.Contains(letter.Text, "Kasztanowiec przy rynku") {
		t.Fatalf("a letter to %s: %s", letter.To, letter.Subject)
	}
	settle(t, database)
	first.stop(t)
	second.stop(t)
	if more := letters.Taken(); len(more) > 0 {
		t.Errorf("%d letters more, the first to %s: %s", len(more), more[0].To, more[0].Subject)
	}
}

// smallTown is a programme with a draft of an article and somebody who wants to
// hear of it at once; it returns the address of the article.
func smallTown(t *testing.T, database, data string) string {
	t.Helper()
	p, err := open(t.Context(), Config{Addr: "127.0.0.1:0", Data: data, Database: database, Community: "Wspólnota", LogFormat: "text", LogLevel: "error"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	admin, _, err := p.people.AdminCreate(t.Context(), "admin@example.org")
	must(err)
	ctx := access.With(t.Context(), &access.Actor{Person: admin.ID, Grants: []access.Grant{{Role: access.Administrator, Scope: access.Installation}}})
	town, err := p.organisations.Register(ctx, organisation.Profile{Kind: organisation.InformalGroup, Name: "Zielona Gromada", Municipality: "2412013"})
	must(err)
	pr, err := p.programmes.Create(ctx, programme.NewProgramme{Title: "Zieleń", Summary: "Sadzimy.", Language: lang.Polish, Owner: town.ID})
	must(err)
	pr, err = p.programmes.SaveDescription(ctx, pr.Slug, pr.Version, "Razem.")
	must(err)
	_, err = p.programmes.AddPhase(ctx, pr.Slug, programme.NewPhase{Title: "Sadzenie", Starts: p.db.Now().AddDate(0, 0, -3), LastDay: p.db.Now().AddDate(0, 1, 0),
		Opens: []string{string(programme.Join)}})
	must(err)
	pr, err = programme.ByID(ctx, p.db, pr.ID)
	must(err)
	pr, err = p.programmes.SaveContact(ctx, pr.Slug, pr.Version, pr.Manager, "program@example.org", "")
	must(err)
	pr, err = p.programmes.SetState(ctx, pr.Slug, pr.Version, programme.Published)
	must(err)
	must(p.db.Write(ctx, func(tx *store.Tx) error {
		follower, err := p.people.Create(ctx, tx, people.NewPerson{Name: "Ciekawa Sąsiadka", Email: "sasiadka@example.org", Language: lang.Polish})
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO notice_preference (person, kind, how) VALUES ($1, $2, $3)`, follower.ID, news.Notices[0].Name, notice.Now); err != nil {
			return err
		}
		return notice.Follow(access.With(ctx, &access.Actor{Person: follower.ID}), tx, pr.ID)
	}))
	a, err := p.news.Begin(ctx, pr.ID, store.NewID(), news.Content{Title: "Kasztanowiec przy rynku", Lead: "Stoi.", Language: "pl", Body: "Posadzony dziś.",
		Details: news.Details{Organisation: pr.Owner}})
	must(err)
	return a.Path()
}

// settle waits until no job is left that is due.
func settle(t *testing.T, database string) {
	t.Helper()
	db, err := store.Open(t.Context(), database, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for deadline := time.Now().Add(20 * time.Second); ; {
		left, err := store.One[int](t.Context(), db, `SELECT count(*) FROM river_job WHERE state IN ('available', 'running', 'retryable')
			OR state = 'scheduled' AND scheduled_at < now()`)
		if err != nil {
			t.Fatal(err)
		}
		if left == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d jobs are left", left)
		}
		<-time.After(20 * time.Millisecond) // other processes: only the queue tells
	}
}

// visitor is somebody's browser, which a balancer sends to any replica.
type visitor struct {
	t      *testing.T
	client *http.Client
}

func newVisitor(t *testing.T) *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	// Cookies know no ports: all replicas of 127.0.0.1 are one site, as behind a balancer.
	return &visitor{t: t, client: &http.Client{Jar: jar, Timeout: 20 * time.Second}}
}

func (v *visitor) get(r *replica, path string) *goquery.Document {
	v.t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+r.addr+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.page(v.client.Do(request))
}

// post sends a form and follows where it leads.
func (v *visitor) post(r *replica, path string, pairs ...string) *goquery.Document {
	v.t.Helper()
	fields := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		fields.Set(pairs[i], pairs[i+1])
	}
	return v.page(v.client.PostForm("http://"+r.addr+path, fields))
}

func (v *visitor) page(response *http.Response, err error) *goquery.Document {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	document, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil || response.StatusCode != http.StatusOK {
		v.t.Fatal(fmt.Sprint(response.Request.URL, " ", response.Status, " ", document.Find("main").Text(), err))
	}
	return document
}
