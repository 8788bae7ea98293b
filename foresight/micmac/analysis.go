package micmac

import (
	"context"
	"fmt"
	"math/big"
)

// Profile is where each variable stands by influence and by dependence, in one
// power of the matrix.
type Profile struct {
	// Power of the matrix: 1 for direct influences; 0 for the mean over a period.
	Power int
	// Shares of all influence and of all dependence; each sums to 1, or to 0
	// where there is none.
	Influence, Dependence []float64
	// Variables (from 0) from the largest share to the smallest; equal ones by
	// number.
	ByInfluence, ByDependence []int
}

// Analysis is the answer of the method for one matrix.
type Analysis struct {
	Names            []string
	Direct, Indirect Profile
	Settling         Settling
	DirectMap        []Place // of each variable, by its direct shares
	IndirectMap      []Place // by its indirect shares
}

// Analyse computes direct and indirect influence and dependence of all
// variables. Potential influences count as nothing; analyse m.Weigh(3) for the
// potential matrices (MPDI and MPII).
//
// Indirect shares are those of the power at which both orders have settled, at
// least the second. Where the orders alternate for ever, they are the mean of
// the shares over one period, and the orders are by that mean. Where it could
// not be proved that they settle, they are those of the last power looked at.
// It returns the error of ctx when that ends first.
func Analyse(ctx context.Context, m *Matrix, o Options) (*Analysis, error) {
	rows, columns, err := sides(ctx, m, o)
	if err != nil {
		return nil, fmt.Errorf("micmac: %w", err)
	}
	a := &Analysis{Names: m.Names(), Settling: settling(rows, columns), Direct: profile(rows, columns, 1, 1)}
	switch s := a.Settling; {
	case s.Period > 0:
		a.Indirect = profile(rows, columns, s.From, s.Period)
		a.Indirect.Power = 0
	case s.Power > 0:
		a.Indirect = profile(rows, columns, max(2, s.Power), 1)
	default:
		a.Indirect = profile(rows, columns, max(2, len(rows.points), len(columns.points)), 1)
	}
	a.DirectMap, a.IndirectMap = a.Direct.places(), a.Indirect.places()
	return a, nil
}

// profile takes the mean of the shares over some powers in a row.
func profile(rows, columns *side, power, count int) Profile {
	p := Profile{Power: power}
	p.Influence, p.ByInfluence = rows.shares(power, count)
	p.Dependence, p.ByDependence = columns.shares(power, count)
	return p
}

func (f *side) shares(power, count int) (mean []float64, order []int) {
	w := newWalk(f.s)
	for w.power < power {
		w.step()
	}
	mean = make([]float64, f.s.n)
	for k := range count {
		if k > 0 {
			w.step()
		}
		total := 0.0
		for _, x := range w.v {
			total += x
		}
		if total > 0 {
			for i, x := range w.v {
				mean[i] += x / total / float64(count)
			}
		}
	}
	if count == 1 {
		return mean, w.order // exact, where shares of nearly equal ones may not be
	}
	return mean, descending(mean)
}

// Sums gives the exact sums of rows (influence) and columns (dependence) of the
// matrix to the given power, at least 1.
func (m *Matrix) Sums(power int) (influence, dependence []*big.Int) {
	power = max(1, power)
	return newExact(rowsOf(m)).to(power).sums(), newExact(rowsOf(m).transposed()).to(power).sums()
}
