package cib_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/foresight/cib"
)

// class is a kind of matrix: five of them, by fixed seeds, are solved and the
// median is told.
type class struct {
	name string
	make func(b *testing.B, seed uint64) *cib.Matrix
	slow bool // only one round
}

var classes = []class{
	{"dense 10x3", dense(repeat(10, 3)), false},
	{"dense 13x3", dense(repeat(13, 3)), false},
	{"dense 16x3", dense(repeat(16, 3)), false},
	{"dense 6e7", dense(sixty), false},
	{"dense 20x3", dense(repeat(20, 3)), false},
	{"dense 25x3", dense(repeat(25, 3)), true},
	{"sparse 30x3 10 %", sparse(repeat(30, 3), 0.1), false},
	{"sparse 30x3 20 %", sparse(repeat(30, 3), 0.2), false},
	{"sparse 30x3 30 %", sparse(repeat(30, 3), 0.3), false},
	{"sparse 45 mixed 10 %", sparse(mixed(45), 0.1), false},
	{"sparse 45 mixed 20 %", sparse(mixed(45), 0.2), false},
	{"sparse 45 mixed 30 %", sparse(mixed(45), 0.3), true},
	{"sparse 40x4 10 %", sparse(repeat(40, 4), 0.1), false},
	{"sparse 40x4 20 %", sparse(repeat(40, 4), 0.2), true},
	{"binary 80 5 %", sparse(repeat(80, 2), 0.05), false},
}

// sixty has about 6·10^7 scenarios.
var sixty = append(repeat(5, 4), repeat(10, 3)...)

func repeat(n, states int) []int { return slices.Repeat([]int{states}, n) }

// mixed are descriptors of 2, 3 and 4 states in turn.
func mixed(n int) (domains []int) {
	for i := range n {
		domains = append(domains, 2+i%3)
	}
	return domains
}

func dense(domains []int) func(*testing.B, uint64) *cib.Matrix {
	return func(b *testing.B, seed uint64) *cib.Matrix { return random(b, states(domains...), seed, 2, 1) }
}

// sparse fills a share of the sections with rows from -3 to 3 that sum to zero.
func sparse(domains []int, share float64) func(*testing.B, uint64) *cib.Matrix {
	return func(b *testing.B, seed uint64) *cib.Matrix {
		r := rand.New(rand.NewPCG(seed, 2))
		return build(b, states(domains...), func(rows, columns int) (section [][]int) {
			if r.Float64() >= share {
				return nil
			}
			for range rows {
				section = append(section, standardised(r, columns))
			}
			return section
		})
	}
}

func standardised(r *rand.Rand, columns int) []int {
	row := make([]int, columns)
	for {
		sum := 0
		for l := range columns - 1 {
			row[l] = r.IntN(7) - 3
			sum += row[l]
		}
		if row[columns-1] = -sum; sum >= -3 && sum <= 3 {
			return row
		}
	}
}

const seeds = 5

// measured is one solution.
type measured struct {
	cpu, wall time.Duration
	nodes     uint64
}

// measure repeats what is short until it can be measured.
func measure(solve func() uint64) (best measured) {
	for begin := cpuTime(); ; {
		cpu, wall := cpuTime(), time.Now()
		nodes := solve()
		m := measured{cpuTime() - cpu, time.Since(wall), nodes}
		if best.wall == 0 || m.cpu < best.cpu {
			best = m
		}
		if cpuTime()-begin > 50*time.Millisecond {
			return best
		}
	}
}

func median(all []measured, by func(measured) float64) float64 {
	var values []float64
	for _, m := range all {
		values = append(values, by(m))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func report(b *testing.B, all []measured) {
	b.ReportMetric(median(all, func(m measured) float64 { return float64(m.cpu) / 1e6 }), "cpu-ms")
	b.ReportMetric(median(all, func(m measured) float64 { return float64(m.wall) / 1e6 }), "wall-ms")
	b.ReportMetric(median(all, func(m measured) float64 { return float64(m.nodes) }), "nodes")
	b.ReportMetric(0, "ns/op")
}

func BenchmarkCIBSolve(b *testing.B) {
	for _, c := range classes {
		for _, threads := range []int{1, runtime.GOMAXPROCS(0)} {
			b.Run(fmt.Sprintf("%s/threads=%d", c.name, threads), func(b *testing.B) {
				for b.Loop() {
					var all []measured
					for seed := range uint64(seeds) {
						m := c.make(b, seed)
						all = append(all, measure(func() uint64 { return solve(b, m, threads) }))
					}
					report(b, all)
				}
			})
		}
	}
}

func solve(b *testing.B, m *cib.Matrix, threads int) uint64 {
	got, err := m.Solve(context.Background(), cib.Options{Threads: threads})
	if err != nil || !got.Proof.Complete {
		b.Fatal(err)
	}
	return got.Proof.Nodes
}

// benchStop is the CPU time after which a baseline is stopped and counts as having
// taken just so long. WSPOLNOTA_BENCH_STOP=60s gives the ratios of the documentation.
func benchStop(b *testing.B) time.Duration {
	text := os.Getenv("WSPOLNOTA_BENCH_STOP")
	if text == "" {
		return 2 * time.Second
	}
	stop, err := time.ParseDuration(text)
	if err != nil {
		b.Fatal(err)
	}
	return stop
}

// The ratio is that of the same matrix, baseline to solver; where the baseline was
// stopped it is at least that.
func BenchmarkCIBAgainstStaticOrder(b *testing.B) {
	stop := benchStop(b)
	for _, c := range classes {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				var ratios []float64
				var base []measured
				stops := 0
				for seed := range uint64(seeds) {
					m := c.make(b, seed)
					cpu := cpuTime()
					found, nodes, stopped := solveStatic(m, stop)
					slow := measured{cpu: cpuTime() - cpu, nodes: uint64(nodes)}
					if stopped {
						stops++
					} else if slow.cpu < 50*time.Millisecond {
						slow = measure(func() uint64 { solveStatic(m, stop); return uint64(nodes) })
					}
					fast := measure(func() uint64 { return solve(b, m, 1) })
					check(b, m, found, stopped)
					base = append(base, slow)
					ratios = append(ratios, float64(slow.cpu)/float64(fast.cpu))
				}
				slices.Sort(ratios)
				report(b, base)
				b.ReportMetric(ratios[len(ratios)/2], "ratio")
				b.ReportMetric(float64(stops), "stopped")
			}
		})
	}
}

// check compares the numbers of scenarios that both ways found.
func check(b *testing.B, m *cib.Matrix, found int, stopped bool) {
	n, _, err := m.Count(context.Background(), cib.Options{})
	if err != nil || !stopped && n.Int64() != int64(found) {
		b.Fatalf("the baseline found %d, the solver %s, error %v", found, n, err)
	}
}

func BenchmarkCIBAgainstEnumeration(b *testing.B) {
	for _, c := range classes[:3] {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				m := c.make(b, 0)
				cpu := cpuTime()
				found := enumerate(m)
				slow := measured{cpu: cpuTime() - cpu}
				fast := measure(func() uint64 { return solve(b, m, 1) })
				check(b, m, found, false)
				report(b, []measured{slow})
				b.ReportMetric(float64(slow.cpu)/float64(fast.cpu), "ratio")
			}
		})
	}
}

// Small matrices cost what it takes to get ready.
func BenchmarkCIBSomewhereland(b *testing.B) {
	const times = 10_000
	m := somewhereland(b)
	for b.Loop() {
		cpu := cpuTime()
		for range times {
			solve(b, m, 1)
		}
		b.ReportMetric(float64((cpuTime()-cpu).Microseconds())/times, "cpu-µs")
		b.ReportMetric(0, "ns/op")
	}
}

// Ten copies have 10^10 consistent scenarios, which are counted, not listed.
func BenchmarkCIBCountTenCopies(b *testing.B) {
	m := copies(b, somewhereland(b), 10)
	for b.Loop() {
		report(b, []measured{measure(func() uint64 {
			n, proof, err := m.Count(context.Background(), cib.Options{})
			if err != nil || n.String() != "10000000000" {
				b.Fatal(n, err)
			}
			return proof.Nodes
		})})
	}
}

func BenchmarkCIBBasins(b *testing.B) {
	for b.Loop() {
		var all []measured
		most := uint64(0)
		for seed := range uint64(seeds) {
			m := dense(sixty)(b, seed)
			all = append(all, measure(func() uint64 {
				basins, err := m.Basins(context.Background(), cib.Succession{}, 1)
				if err != nil {
					b.Fatal(err)
				}
				var s runtime.MemStats
				runtime.ReadMemStats(&s)
				most = max(most, s.HeapInuse)
				return uint64(len(basins.Parts[0].Attractors))
			}))
			runtime.GC()
		}
		report(b, all)
		b.ReportMetric(float64(most)/(1<<20), "heap-MiB")
	}
}
