package cib

import (
	"cmp"
	"slices"
)

// Reason tells why a descriptor is in its state in a scenario.
type Reason struct {
	Chosen int
	Scores []int // the impact balance
	Rival  int   // the best other state, the first among equals; -1 where there is none
	Margin int   // points by which the chosen state stands above the rival; see Margins

	// Holding are the judgements that favour the chosen state over the rival,
	// Opposing those that favour the rival, the strongest first.
	Holding, Opposing []Argument
}

// Argument is what the state of one descriptor says about another.
type Argument struct {
	Descriptor, State int
	Points            int // by which it favours the chosen state over the rival; negative if it opposes
	// Decisive means that without what this descriptor says some other state
	// would be better than the chosen one.
	Decisive bool
}

// Explain gives the reasons of each descriptor in a scenario, consistent or not. A
// scenario that does not fit the matrix gives ErrShape.
func (m *Matrix) Explain(z Scenario) ([]Reason, error) {
	if err := m.Check(z); err != nil {
		return nil, err
	}
	reasons := make([]Reason, m.Len())
	for j := range reasons {
		reasons[j] = m.reason(z, j)
	}
	return reasons, nil
}

func (m *Matrix) reason(z Scenario, j int) Reason {
	r := Reason{Chosen: z[j], Scores: m.Balance(z, j), Rival: -1}
	r.Margin = margin(r.Scores, z[j])
	for l, s := range r.Scores {
		if l != z[j] && (r.Rival < 0 || s > r.Scores[r.Rival]) {
			r.Rival = l
		}
	}
	if r.Rival < 0 {
		return r
	}
	for i, k := range z {
		a := Argument{Descriptor: i, State: k, Points: m.At(i, k, j, z[j]) - m.At(i, k, j, r.Rival)}
		a.Decisive = r.Margin >= 0 && m.marginWithout(z, i, j, r.Scores) < 0
		switch {
		case a.Points > 0 || a.Points == 0 && a.Decisive:
			r.Holding = append(r.Holding, a)
		case a.Points < 0:
			r.Opposing = append(r.Opposing, a)
		}
	}
	slices.SortStableFunc(r.Holding, func(a, b Argument) int { return cmp.Compare(b.Points, a.Points) })
	slices.SortStableFunc(r.Opposing, func(a, b Argument) int { return cmp.Compare(a.Points, b.Points) })
	return r
}

// marginWithout is the margin of descriptor j if descriptor i said nothing.
func (m *Matrix) marginWithout(z Scenario, i, j int, scores []int) int {
	rest := slices.Clone(scores)
	for l := range rest {
		rest[l] -= m.At(i, z[i], j, l)
	}
	return margin(rest, z[j])
}
