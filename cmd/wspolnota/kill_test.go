package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/store"
)

// restartWithin is how long a killed program may take until it answers again.
const restartWithin = 2 * time.Second

// TestKilledProgramKeepsWhatItPromised kills the running program at a random
// moment while people ask for codes. Whoever was told that a letter is on its
// way has it in the database afterwards, and the program is soon back.
func TestKilledProgramKeepsWhatItPromised(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: -short leaves out what needs several processes")
	}
	rounds := 5
	if soak {
		rounds = 20
	}
	data := t.TempDir()
	database := "sqlite:" + filepath.Join(data, "killed.db")
	r := startReplica(t, database, data)
	var promised []string
	slowest := time.Duration(0)
	for round := range rounds {
		promised = append(promised, r.askUntilKilled(t, round)...)
		began := time.Now()
		r = startReplica(t, database, data)
		response, err := http.Get("http://" + r.addr + "/")
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("after the restart: %v %v", response, err)
		}
		response.Body.Close()
		slowest = max(slowest, time.Since(began))
	}
	if slowest > restartWithin {
		t.Errorf("one restart took %v", slowest)
	}
	r.stop(t)
	db, err := store.Open(t.Context(), database, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if state, err := store.One[string](t.Context(), db, `PRAGMA integrity_check`); err != nil || state != "ok" {
		t.Errorf("integrity: %s, %v", state, err)
	}
	kept, err := store.All[string](t.Context(), db, `SELECT a.email FROM sign_in_attempt a JOIN mail_outbox m ON m.recipient = a.email`)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, email := range kept {
		there[email] = true
	}
	lost := 0
	for _, email := range promised {
		if !there[email] {
			lost++
		}
	}
	if lost > 0 || len(promised) < rounds*20 {
		t.Errorf("%d of %d promised letters are lost", lost, len(promised))
	}
	t.Logf("%d rounds: %d promised, %d lost, slowest restart to the first page %v", rounds, len(promised), lost, slowest)
}

// askUntilKilled lets people ask for codes, kills the program among them, and
// returns who was told that a letter is on its way.
func (r *replica) askUntilKilled(t *testing.T, round int) (promised []string) {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{MaxIdleConnsPerHost: 32}, Timeout: 5 * time.Second}
	defer client.CloseIdleConnections()
	var mu sync.Mutex
	var wait sync.WaitGroup
	dead, busy := make(chan struct{}), make(chan struct{}) // busy: enough was promised to be lost
	for person := range 32 {
		wait.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-dead:
					return
				default:
				}
				email := fmt.Sprintf("r%dp%dn%d@example.org", round, person, n)
				response, err := client.PostForm("http://"+r.addr+"/wejscie", url.Values{"email": {email}})
				if err != nil {
					continue // the kill came first
				}
				response.Body.Close()
				if response.StatusCode == http.StatusSeeOther && strings.HasPrefix(response.Header.Get("Location"), "/wejscie/kod") {
					mu.Lock()
					if promised = append(promised, email); len(promised) == 20 {
						close(busy)
					}
					mu.Unlock()
				} else {
					t.Errorf("%s: %s", email, response.Status)
				}
			}
		})
	}
	select {
	case <-busy:
	case <-time.After(20 * time.Second):
		t.Error("hardly anybody is answered")
	}
	<-time.After(rand.N(300 * time.Millisecond)) // another process: only time tells
	if err := r.command.Process.Kill(); err != nil {
		t.Error(err)
	}
	r.command.Wait()
	close(dead)
	wait.Wait()
	return promised
}
