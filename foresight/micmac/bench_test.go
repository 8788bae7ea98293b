package micmac_test

import (
	"context"
	"fmt"
	"math/rand"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/foresight/micmac"
)

// random makes a matrix of n variables in which the given share of influences
// is there, 1 to 3 strong.
func random(n int, fill float64, seed int64) *micmac.Matrix {
	r := rand.New(rand.NewSource(seed))
	names, influence := make([]string, n), make([][]int, n)
	for i := range influence {
		names[i], influence[i] = "V"+strconv.Itoa(i+1), make([]int, n)
		for j := range n {
			if i != j && r.Float64() < fill {
				influence[i][j] = 1 + r.Intn(3)
			}
		}
	}
	m, err := micmac.New(names, influence)
	if err != nil {
		panic(err)
	}
	return m
}

// cpu is the processor time that the process has used so far.
func cpu(t testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkMICMAC is the whole analysis with its proof; the bar for 200
// variables is 3 ms of processor time.
func BenchmarkMICMAC(b *testing.B) {
	for _, n := range []int{50, 100, 200} {
		for _, fill := range []float64{0.2, 0.8} {
			b.Run(fmt.Sprintf("n=%d/fill=%.0f%%", n, 100*fill), func(b *testing.B) {
				matrices := make([]*micmac.Matrix, 16)
				for k := range matrices {
					matrices[k] = random(n, fill, int64(k))
				}
				before := cpu(b)
				b.ResetTimer()
				for k := range b.N {
					a, err := micmac.Analyse(context.Background(), matrices[k%len(matrices)], micmac.Options{})
					if err != nil || !a.Settling.Proved() {
						b.Fatal("not proved", err)
					}
				}
				b.ReportMetric(float64((cpu(b)-before).Nanoseconds())/float64(b.N)/1e6, "cpu-ms/op")
			})
		}
	}
}
