package opinion_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/wspolnota/wspolnota/opinion"
)

// synthetic is a conversation with so many votes: people of three camps on a
// plane, statements that pull along it more or less, some people passing, some
// voting on much and most on little.
func synthetic(t testing.TB, participants, statements, votes int, seed uint64) *opinion.Votes {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	pull := make([][3]float64, statements)
	for s := range pull {
		pull[s] = [3]float64{r.NormFloat64(), 0.7 * r.NormFloat64(), 0.5 * r.NormFloat64()}
	}
	camps := [][2]float64{{-1.2, -0.4}, {1.1, -0.6}, {0.2, 1.3}}
	v := &opinion.Votes{}
	if err := v.Grow(participants, statements); err != nil {
		t.Fatal(err)
	}
	left := float64(votes)
	for p := range participants {
		camp := camps[r.IntN(3)]
		x, y := camp[0]+0.5*r.NormFloat64(), camp[1]+0.5*r.NormFloat64()
		mean := left / float64(participants-p) / float64(statements)
		chance := min(1, mean*2*math.Sqrt(r.Float64())*0.75)
		for s := range statements {
			if r.Float64() >= chance {
				continue
			}
			vote := opinion.Pass
			if r.Float64() > 0.15 {
				vote = opinion.Disagree
				if pull[s][0]*x+pull[s][1]*y+pull[s][2] > 0.8*r.NormFloat64() {
					vote = opinion.Agree
				}
			}
			if err := v.Set(p, s, vote); err != nil {
				t.Fatal(err)
			}
		}
		left -= float64(v.CountOf(p))
	}
	return v
}
