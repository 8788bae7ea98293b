package micmac

import (
	"math/big"
	"slices"
)

// Variables that tend to equal shares without being equal are parted by smaller
// eigenvalues. The difference of two sums obeys a linear rule, and its sign is
// proved from that.

// undecided is where enclosing the eigenvector ended: bounds that hold from a
// power on, and the orders at that power and the further ones of its period.
type undecided struct {
	claim  claim
	first  int
	orders [][]int
}

// Limits of a proof by signs.
const (
	mostPairs     = 60
	mostRepeats   = 24 // periods of the signs, in periods of the layers
	spare         = 40 // terms beyond those that give the rule
	mostTerms     = 6000
	mostFractions = 40 // variables, for rules in exact fractions
)

// proveBySigns looks at each pair whose bounds overlap. known and period are set
// when the signs of all differences are proved to repeat.
func (f *side) proveBySigns(w *walk, l *layers, u undecided) bool {
	from, period := u.first, l.period
	d := &differences{exact: newExact(f.s).to(u.first), first: u.first, step: l.period, nonzero: len(f.s.col)}
	count := 0
	for r, order := range u.orders {
		groups, ok := u.groups(l, r, order)
		if !ok {
			return false
		}
		for _, g := range groups {
			for k, i := range g {
				for _, j := range g[:k] {
					if w.equalAlways(i, j) {
						continue
					}
					if count++; count > mostPairs {
						return false
					}
					p, start, ok := d.repeat(r, i, j)
					if !ok {
						return false
					}
					from, period = max(from, start), lcm(period, p)
				}
			}
		}
	}
	if period > mostPeriod {
		return false
	}
	for w.power < from+period && !w.faint {
		w.step()
		f.keep(w, false)
	}
	f.known, f.period, f.reason = from, period, Subdominant
	return !w.faint
}

// proveEveryPair is for small systems about whose growth nothing could be said,
// such as two circles that grow exactly alike: no pair is apart beforehand.
func (f *side) proveEveryPair(w *walk) bool {
	n := f.s.n
	if w.power < n || w.faint {
		return false
	}
	one := layers{levels: make([]level, 1), of: make([]int, n), period: 1}
	open := claim{low: [][]float64{make([]float64, n)}, high: [][]float64{make([]float64, n)}}
	return f.proveBySigns(w, &one, undecided{claim: open, first: n, orders: [][]int{f.points[n-1].order}})
}

// groups are the sets of neighbours in an order whose bounds overlap. It fails
// where two groups are not wholly apart.
func (u undecided) groups(l *layers, r int, order []int) (groups [][]int, ok bool) {
	low, high := u.claim.low[r], u.claim.high[r]
	for at, i := range order {
		if l.of[i] == len(l.levels) {
			break
		}
		if at > 0 && l.of[i] == l.of[order[at-1]] {
			last := groups[len(groups)-1]
			overlaps := slices.ContainsFunc(last, func(j int) bool { return low[j] <= high[i] })
			if overlaps {
				groups[len(groups)-1] = append(last, i)
				continue
			}
		} else if at > 0 && l.of[i] < l.of[order[at-1]] {
			return nil, false
		}
		groups = append(groups, []int{i})
	}
	for k := 1; k < len(groups); k++ {
		for _, i := range groups[k-1] {
			for _, j := range groups[k] {
				if l.of[i] == l.of[j] && low[i] <= high[j] {
					return nil, false
				}
			}
		}
	}
	return groups, true
}

// differences keeps exact sums from one power on.
type differences struct {
	exact       *exact
	first, step int
	nonzero     int
	sums        [][]*big.Int
	work        int
}

// terms gives the differences of two sums at count powers, the first r after the
// beginning, then every step-th.
func (d *differences) terms(r, step, i, j, count int) ([]*big.Int, bool) {
	for len(d.sums) < r+step*(count-1)+1 {
		if d.work += d.nonzero * d.exact.words; d.work > mostExact/20 || len(d.sums) > mostTerms {
			return nil, false
		}
		d.sums = append(d.sums, d.exact.to(d.first+len(d.sums)).sums())
	}
	terms := make([]*big.Int, count)
	for t := range terms {
		at := d.sums[r+t*step]
		terms[t] = new(big.Int).Sub(at[i], at[j])
	}
	return terms, true
}

// repeat proves with which period the sign of a difference repeats, among the
// powers r, r+step, … after the beginning, and from which power.
func (d *differences) repeat(r, i, j int) (period, from int, ok bool) {
	n := d.exact.s.n
	if n > mostFractions {
		return 0, 0, false
	}
	all, ok := d.terms(r, d.step, i, j, 2*n)
	if !ok {
		return 0, 0, false
	}
	order := len(shortest(all))
	if order > mostOrder {
		return 0, 0, false
	}
	for times := 1; times <= mostRepeats; times++ {
		period = times * d.step
		if from, ok := d.lasting(r, period, i, j, order); ok {
			return period, from, true
		}
	}
	return 0, 0, false
}

// lasting proves that the sign of each of the sequences with that period stays.
func (d *differences) lasting(r, period, i, j, order int) (from int, ok bool) {
	for s := r; s < r+period; s += d.step {
		terms, ok := d.terms(s, period, i, j, 2*order+spare)
		if !ok {
			return 0, false
		}
		_, start, ok := lasting(terms, order)
		if !ok {
			return 0, false
		}
		from = max(from, d.first+s+start*period)
	}
	return from, true
}
