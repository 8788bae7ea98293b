package store_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

// victimAddress tells this test program to be the one that is killed.
const victimAddress = "WSPOLNOTA_TEST_VICTIM"

func TestMain(m *testing.M) {
	if address := os.Getenv(victimAddress); address != "" {
		fmt.Fprintln(os.Stderr, victim(address))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// victim writes with 32 goroutines until it is killed, and prints every key
// once its write is acknowledged. Keys are only ever inserted, so that each
// that was printed has to be found.
func victim(address string) error {
	db, err := store.Open(context.Background(), address, store.Options{})
	if err != nil {
		return err
	}
	failed := make(chan error)
	for range 32 {
		go func() {
			for {
				id := store.NewRandomID()
				if err := insertPair(db, id); err != nil {
					failed <- err
					return
				}
				// Shorter than a pipe's buffer: no line is torn.
				if _, err := os.Stdout.WriteString(string(id) + "\n"); err != nil {
					failed <- err
					return
				}
			}
		}()
	}
	return <-failed
}

// insertPair writes two rows that belong together.
func insertPair(db *store.DB, id store.ID) error {
	ctx := context.Background()
	return db.Write(ctx, func(tx *store.Tx) error {
		for _, part := range []string{"a", "b"} {
			if _, err := tx.Exec(ctx, `INSERT INTO shelf (id, title) VALUES ($1, $2)`, part+string(id), string(id)+part); err != nil {
				return err
			}
		}
		return nil
	})
}

// D1: the program is killed at any moment while 32 clients write, and nothing
// that was acknowledged is lost, nothing is left half done, and it is ready
// again within two seconds. WSPOLNOTA_SOAK=1 makes it 200 times.
func TestKilledProgramLosesNothing(t *testing.T) {
	rounds := 20
	if os.Getenv("WSPOLNOTA_SOAK") != "" {
		rounds = 200
	}
	address := storetest.SQLiteAddress(t)
	prepareShelf(t, address)
	acknowledged := 0
	var slowest time.Duration
	for round := range rounds {
		ids := killedWhileWriting(t, address)
		acknowledged += len(ids)
		begun := time.Now()
		db, err := store.Open(t.Context(), address, store.Options{})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		slowest = max(slowest, time.Since(begun))
		checkAllThere(t, db, ids)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if t.Failed() {
			t.Fatalf("in round %d", round)
		}
	}
	t.Logf("%d kills, %d acknowledged writes, none lost; slowest restart %v", rounds, acknowledged, slowest)
	if slowest > 2*time.Second {
		t.Errorf("a restart took %v", slowest)
	}
}

func prepareShelf(t *testing.T, address string) {
	t.Helper()
	db, err := store.Open(t.Context(), address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	run(t, db, shelf)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// killedWhileWriting starts a victim, kills it at a random moment of its
// writing and returns the keys it had acknowledged.
func killedWhileWriting(t *testing.T, address string) []string {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), victimAddress+"="+address)
	child.Stderr = os.Stderr
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	reader := bufio.NewReader(output)
	first, err := reader.ReadString('\n')
	if err != nil {
		t.Fatalf("the victim acknowledged nothing: %v", err)
	}
	time.AfterFunc(rand.N(250*time.Millisecond), func() { _ = child.Process.Kill() })
	rest, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // killed
	return append(strings.Fields(string(rest)), strings.TrimSpace(first))
}

func checkAllThere(t *testing.T, db *store.DB, ids []string) {
	t.Helper()
	rows, err := store.All[string](t.Context(), db, `SELECT id FROM shelf`)
	if err != nil {
		t.Fatal(err)
	}
	there := make(map[string]bool, len(rows))
	for _, id := range rows {
		there[id] = true
	}
	for _, id := range ids {
		if !there["a"+id] || !there["b"+id] {
			t.Errorf("%s was acknowledged and is lost", id)
		}
	}
	for id := range there {
		if !there["a"+id[1:]] || !there["b"+id[1:]] {
			t.Errorf("half of %s is there", id)
		}
	}
	if got := one[string](t, db, `PRAGMA integrity_check`); got != "ok" {
		t.Errorf("integrity_check: %s", got)
	}
}
