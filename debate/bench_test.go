package debate_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// BenchmarkRoomVotes casts votes of 300 participants from 64 goroutines at the
// store: every one answered after it is on the disk. Beside it stand the same
// rows written with one commit each.
func BenchmarkRoomVotes(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *store.DB{"SQLite": durable, "PostgreSQL": storetest.Postgres} {
		b.Run(name, func(b *testing.B) { votes(b, open(b)) })
	}
}

// durable is a database whose commits wait for the disk, as they do outside of
// tests. The PostgreSQL of the tests does not wait.
func durable(b testing.TB) *store.DB {
	b.Helper()
	clock := new(store.Clock)
	db, err := store.Open(ctx, storetest.SQLiteAddress(b), store.Options{Clock: clock})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	return db
}

func votes(b *testing.B, db *store.DB) {
	var seq atomic.Int64 // the benchmark runs more than once
	w := eventtest.New(b, db, event.Options{}, nil, func(*eventtest.World) []web.Route { return nil })
	service := debate.New(db, debate.Options{})
	d, people := crowd(b, w, service, 300)
	b.Run("together", func(b *testing.B) {
		measure(b, 64, func(i int) error {
			return service.Vote(ctx, d.ID, people[i%300].Number, 1+i/300%30, opinion.Vote(i/9000%2), i%2 == 0)
		})
	})
	b.Run("one commit each", func(b *testing.B) {
		var one sync.Mutex
		measure(b, 64, func(i int) error {
			one.Lock() // so that nothing shares a commit
			defer one.Unlock()
			return db.Write(ctx, func(tx *store.Tx) error {
				_, err := tx.Exec(ctx, `INSERT INTO debate_entry (debate, seq, participant, statement, vote) VALUES ($1, $2, $3, 1, 1)`,
					d.ID, 1_000_000_000+seq.Add(1), people[i%300].Number)
				return err
			})
		})
	})
}

// crowd is an open debate of thirty statements with n participants.
func crowd(b *testing.B, w *eventtest.World, service *debate.Service, n int) (debate.Debate, []debate.Participant) {
	b.Helper()
	lead := w.Ctx(w.Facilitator)
	d := must(service.Begin(lead, w.Programme, store.NewID(), debate.Terms{Question: "Co nas łączy?", Language: "pl", Entry: debate.Anyone,
		Moderation: debate.After, OpensAt: store.At(w.DB.Now().Add(-time.Hour))}))(b)
	var texts []string
	for i := range 30 {
		texts = append(texts, fmt.Sprintf("Stwierdzenie numer %d o współpracy.", i+1))
	}
	must(service.Seed(lead, d.ID, debate.Seeded, texts...))(b)
	d = must(service.Publish(lead, d.ID, 0))(b)
	people := make([]debate.Participant, n)
	for i := range people {
		people[i] = must(service.Enter(context.Background(), d.ID, debate.Who{Device: debate.NewDevice(), Sector: ui.Sectors[i%4]}))(b)
	}
	return d, people
}

// measure does b.N things from several goroutines and tells how long the
// slowest hundredth waited.
func measure(b *testing.B, goroutines int, do func(i int) error) {
	b.Helper()
	var next atomic.Int64
	took := make([]time.Duration, b.N)
	b.ResetTimer()
	var all sync.WaitGroup
	for range goroutines {
		all.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= b.N {
					return
				}
				begin := time.Now()
				if err := do(i); err != nil {
					b.Error(err)
					return
				}
				took[i] = time.Since(begin)
			}
		})
	}
	all.Wait()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "votes/s")
}
