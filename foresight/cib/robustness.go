package cib

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Doubt is how a judgement may differ from what the panel said. In every trial each
// judgement of a filled section is changed by a whole number from -Points to Points,
// each equally likely, on its own; a section of zeros says that there is no
// influence, and stays.
type Doubt struct {
	Points int    // 0 means 1
	Trials int    // 0 means 1000
	Seed   uint64 // the same seed gives the same trials
	// Newcomers asks also for scenarios that are not consistent under the
	// judgements as they are, but become so in trials; each trial is then solved.
	Newcomers bool
	Options   Options // for the solutions, and for which scenarios count
}

// Survival is how often a scenario was consistent in trials.
type Survival struct {
	Scenario  Scenario
	Times     int
	Share     float64
	Low, High float64 // where the true share lies with 95 % confidence (Wilson 1927)
}

// Robustness is the answer for several scenarios.
type Robustness struct {
	Trials    int // that were made; fewer than asked when ctx ended
	Survivals []Survival
	Newcomers []Survival // the most frequent first; nil if they were not asked for
}

// Robustness tells how often scenarios stay consistent (within the tolerated
// inconsistency of the options) when the judgements are in doubt. When ctx ends
// first it returns the trials made by then, and an error that wraps the cause.
func (m *Matrix) Robustness(ctx context.Context, scenarios []Scenario, d Doubt) (Robustness, error) {
	for _, z := range scenarios {
		if err := m.Check(z); err != nil {
			return Robustness{}, err
		}
	}
	d.Points, d.Trials = orDefault(d.Points, 1), orDefault(d.Trials, 1000)
	if d.Points < 0 || d.Points > MaxJudgement || d.Trials < 0 {
		return Robustness{}, fmt.Errorf("%w: expected points from 1 to %d and a number of trials, found %d and %d", ErrShape, MaxJudgement, d.Points, d.Trials)
	}
	trial := m.newTrial(d)
	times := make([]int, len(scenarios))
	others := map[string]int{}
	var r Robustness
	var err error
	for ; r.Trials < d.Trials && err == nil; r.Trials++ {
		if ctx.Err() != nil {
			err = fmt.Errorf("robustness stopped: %w", context.Cause(ctx))
			break
		}
		trial.shake()
		if d.Newcomers {
			if err = trial.newcomers(ctx, d.Options, others); err != nil {
				break
			}
		}
		for x, z := range scenarios {
			if trial.m.Inconsistency(z) <= d.Options.Inconsistency {
				times[x]++
			}
		}
	}
	for x, z := range scenarios {
		r.Survivals = append(r.Survivals, survival(z, times[x], r.Trials))
		delete(others, key(z))
	}
	if d.Newcomers {
		r.Newcomers = sortedNewcomers(others, r.Trials)
	}
	return r, err
}

func orDefault(value, otherwise int) int {
	if value == 0 {
		return otherwise
	}
	return value
}

// trial is a matrix that is changed again and again.
type trial struct {
	of, m  *Matrix
	filled []int // cells of filled sections
	points int
	random *rand.Rand
}

func (m *Matrix) newTrial(d Doubt) *trial {
	t := &trial{of: m, m: m.clone(), points: d.Points, random: rand.New(rand.NewPCG(d.Seed, 0xc1b))}
	for i := range m.Len() {
		for j := range m.Len() {
			if m.Strength(i, j) == 0 {
				continue
			}
			for r := m.first[i]; r < m.first[i+1]; r++ {
				for c := m.first[j]; c < m.first[j+1]; c++ {
					t.filled = append(t.filled, r*m.States()+c)
				}
			}
		}
	}
	return t
}

func (t *trial) shake() {
	for _, c := range t.filled {
		t.m.cells[c] = t.of.cells[c] + int32(t.random.IntN(2*t.points+1)-t.points)
	}
}

// newcomers counts the scenarios of a trial that the judgements as they are do
// not have.
func (t *trial) newcomers(ctx context.Context, o Options, others map[string]int) error {
	solution, err := t.m.Solve(ctx, o)
	for _, z := range solution.Scenarios {
		if t.of.Inconsistency(z) > o.Inconsistency {
			others[key(z)]++
		}
	}
	return err
}

func key(z Scenario) string {
	states := make([]byte, len(z))
	for i, k := range z {
		states[i] = byte(k)
	}
	return string(states)
}

func sortedNewcomers(others map[string]int, trials int) []Survival {
	all := []Survival{}
	for states, n := range others {
		z := make(Scenario, len(states))
		for i := range z {
			z[i] = int(states[i])
		}
		all = append(all, survival(z, n, trials))
	}
	slices.SortFunc(all, func(a, b Survival) int {
		if a.Times != b.Times {
			return b.Times - a.Times
		}
		return slices.Compare(a.Scenario, b.Scenario)
	})
	return all
}

// survival with the interval of Wilson, which keeps its promise near 0 and 1 too.
func survival(z Scenario, times, trials int) Survival {
	s := Survival{Scenario: z, Times: times, High: 1}
	if trials == 0 {
		return s
	}
	const quantile = 1.959963984540054 // of the normal distribution, 97.5 %
	n, p := float64(trials), float64(times)/float64(trials)
	weight := quantile * quantile / n
	middle := (p + weight/2) / (1 + weight)
	half := quantile / (1 + weight) * math.Sqrt(p*(1-p)/n+weight/(4*n))
	s.Share, s.Low, s.High = p, max(0, middle-half), min(1, middle+half)
	return s
}
