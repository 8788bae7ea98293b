package morphology_test

import (
	"fmt"
	"math/rand"
	"testing"

	"github.com/wspolnota/wspolnota/foresight/morphology"
)

// randomField draws a field in which the given share of pairs is inconsistent.
func randomField(parameters, values int, share float64) *morphology.Field {
	r := rand.New(rand.NewSource(int64(parameters)))
	var list []morphology.Parameter
	var pairs []morphology.Pair
	for p := range parameters {
		one := morphology.Parameter{Name: fmt.Sprint("p", p)}
		for v := range values {
			one.Values = append(one.Values, fmt.Sprint(v))
			for q := range p {
				for w := range values {
					if r.Float64() < share {
						pairs = append(pairs, morphology.Pair{A: morphology.Cell{Parameter: q, Value: w}, B: morphology.Cell{Parameter: p, Value: v}})
					}
				}
			}
		}
		list = append(list, one)
	}
	f, err := morphology.New(list, pairs, nil)
	if err != nil {
		panic(err)
	}
	return f
}

// BenchmarkMorphology counts exactly what nobody could list.
func BenchmarkMorphology(b *testing.B) {
	for _, c := range []struct {
		parameters, values int
		share              float64
	}{{8, 5, 0.3}, {12, 4, 0.1}, {16, 4, 0.1}, {20, 4, 0.08}} {
		f := randomField(c.parameters, c.values, c.share)
		b.Run(fmt.Sprintf("%dx%d/%.0f%%", c.parameters, c.values, 100*c.share), func(b *testing.B) {
			for range b.N {
				if _, err := f.Count(ctx); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
