//go:build unix

package opinion_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/opinion"
)

// sizes are the conversations of make bench-opinion: a city, the largest of
// Polis that is known, and its limit of participants.
var sizes = []struct{ participants, statements, votes int }{
	{2_000, 900, 225_000}, {33_000, 800, 2_000_000}, {100_000, 1_000, 10_000_000},
}

// cpu is the processor time of this process so far: on a shared machine the
// clock on the wall measures the others.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// onCPU runs an operation b.N times and reports its processor time.
func onCPU(b *testing.B, operation func()) {
	b.Helper()
	var spent []time.Duration
	for b.Loop() {
		start := cpu()
		operation()
		spent = append(spent, cpu()-start)
	}
	slices.Sort(spent)
	b.ReportMetric(float64(spent[len(spent)/2].Microseconds())/1000, "cpu-ms/op")
	b.ReportMetric(0, "ns/op")
}

func BenchmarkMap(b *testing.B) {
	for _, size := range sizes {
		b.Run(fmt.Sprintf("%dx%d", size.participants, size.statements), func(b *testing.B) {
			v := synthetic(b, size.participants, size.statements, size.votes, 1)
			b.Run("textbook", func(b *testing.B) {
				dense := denseOf(v)
				onCPU(b, func() { (&textbook{x: dense}).compute() })
			})
			b.Run("this", func(b *testing.B) {
				onCPU(b, func() {
					m, err := opinion.Compute(v, opinion.Options{}, nil)
					if err != nil {
						b.Fatal(err)
					}
					opinion.Representative(m.Counts, m.Moderated)
					opinion.Consensus(m.All, m.Moderated)
					opinion.GroupAware(m.Counts)
					m.Priorities(nil)
				})
			})
		})
	}
}

// BenchmarkVote counts one vote and finds its participant's new place. The time
// of one is too short for the clock of the processor, so this one is on the
// wall: p99 includes what the machine does meanwhile.
func BenchmarkVote(b *testing.B) {
	for _, size := range sizes {
		b.Run(fmt.Sprintf("%dx%d", size.participants, size.statements), func(b *testing.B) {
			l, random := debate(b, size.participants, size.statements, size.votes)
			took := make([]time.Duration, 0, b.N)
			b.ResetTimer()
			for range b.N {
				p, s, v := random()
				start := time.Now()
				if _, err := l.Vote(p, s, v); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			b.StopTimer()
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1000, "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1000, "p99-µs")
		})
	}
}

// debate is a Live with a map, and a source of votes.
func debate(b *testing.B, participants, statements, votes int) (*opinion.Live, func() (int, int, opinion.Vote)) {
	b.Helper()
	start := cpu()
	v := synthetic(b, participants, statements, votes, 1)
	made := cpu()
	l := opinion.NewLive(v, opinion.Options{}, nil)
	b.Logf("%d votes made in %v, pair sums in %v", v.Count(), made-start, cpu()-made)
	if _, err := l.Refresh(); err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 7))
	return l, func() (int, int, opinion.Vote) {
		return r.IntN(participants), r.IntN(statements), opinion.Vote(r.IntN(3) - 1)
	}
}

// BenchmarkRefresh makes the map anew after one participant in a hundred has
// voted.
func BenchmarkRefresh(b *testing.B) {
	for _, size := range sizes {
		b.Run(fmt.Sprintf("%dx%d", size.participants, size.statements), func(b *testing.B) {
			l, random := debate(b, size.participants, size.statements, size.votes)
			var spent []time.Duration
			for b.Loop() {
				for range size.participants / 100 {
					if _, err := l.Vote(random()); err != nil {
						b.Fatal(err)
					}
				}
				start := cpu()
				m, err := l.Refresh()
				if err != nil {
					b.Fatal(err)
				}
				opinion.Representative(m.Counts, m.Moderated)
				m.Priorities(nil)
				spent = append(spent, cpu()-start)
			}
			slices.Sort(spent)
			b.ReportMetric(float64(spent[len(spent)/2].Microseconds())/1000, "cpu-ms/op")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkTextbookVote is what a vote costs without sums: the mean of its
// column and the participant's whole row anew.
func BenchmarkTextbookVote(b *testing.B) {
	for _, size := range sizes[:2] {
		b.Run(fmt.Sprintf("%dx%d", size.participants, size.statements), func(b *testing.B) {
			v := synthetic(b, size.participants, size.statements, size.votes, 1)
			plane, dense := opinion.NewPlane(v), denseOf(v)
			r := rand.New(rand.NewPCG(7, 7))
			for b.Loop() {
				p, s := r.IntN(size.participants), r.IntN(size.statements)
				dense[p][s] = float64(r.IntN(3) - 1)
				textbookPosition(dense, plane, p, s)
			}
		})
	}
}

// TestLargestConversationFitsInLittleMemory runs the map of 100,000 × 1,000
// with ten million votes in a process of its own and looks at its peak.
func TestLargestConversationFitsInLittleMemory(t *testing.T) {
	const child = "WSPOLNOTA_OPINION_CHILD"
	if os.Getenv(child) != "" {
		size := sizes[2]
		compute(t, synthetic(t, size.participants, size.statements, size.votes, 1))
		return
	}
	if os.Getenv("WSPOLNOTA_SOAK") == "" && !benchmarking() {
		t.Skip("skipped: takes seconds; make soak or make bench-opinion runs it")
	}
	command := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	command.Env = append(os.Environ(), child+"=1")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	peak := command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss / 1024
	t.Logf("peak %d MB", peak)
	if peak > 150 {
		t.Errorf("peak %d MB, want at most 150", peak)
	}
}

// benchmarking says whether the benchmarks of this package were asked for.
func benchmarking() bool { return flag.Lookup("test.bench").Value.String() != "" }
