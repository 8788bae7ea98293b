package opinion

import (
	"cmp"
	"slices"
)

// Common is a statement on which most participants are on one side.
type Common struct {
	Statement       int
	Success, Trials int
	Share, Test     float64 // (Success+1)/(Trials+2); whether it is above one half
}

// Consensus lists up to five statements that most participants agree with, and
// five that most reject, by a significant majority; strongest first. It counts
// heads and does not look at groups: a large group alone can carry it. Ask
// GroupAware, or Compare where sectors are known, for what unites.
// Source: Polis.
func Consensus(all []Tally, moderated []bool) (agree, disagree []Common) {
	return majority(all, moderated), majority(mirrored(all), moderated)
}

func majority(all []Tally, moderated []bool) []Common {
	var list []Common
	for s, t := range all {
		n := t.Votes()
		c := Common{Statement: s, Success: t.Agree, Trials: n, Share: float64(t.Agree+1) / float64(n+2), Test: ProportionTest(t.Agree, n)}
		if !moderated[s] && c.Share > 0.5 && c.Test > z90OneSided {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b Common) int { return cmp.Compare(b.Share*b.Test, a.Share*a.Test) })
	return list[:min(len(list), perGroup)]
}

func mirrored(all []Tally) []Tally {
	m := make([]Tally, len(all))
	for s, t := range all {
		m[s] = t.mirrored()
	}
	return m
}

// GroupAware is, per statement, the product over the groups of
// (agrees+1)/(votes+2): high only where every group agrees. It shrinks with the
// number of groups, so compare it within one map only. For rejection in common
// see GroupAwareRejection. Source: Polis.
func GroupAware(counts [][]Tally) []float64 {
	if len(counts) == 0 {
		return nil
	}
	product := make([]float64, len(counts[0]))
	for s := range product {
		product[s] = 1
		for _, group := range counts {
			product[s] *= float64(group[s].Agree+1) / float64(group[s].Votes()+2)
		}
	}
	return product
}

// GroupAwareRejection is the same for disagreement.
func GroupAwareRejection(counts [][]Tally) []float64 {
	other := make([][]Tally, len(counts))
	for g := range counts {
		other[g] = mirrored(counts[g])
	}
	return GroupAware(other)
}
