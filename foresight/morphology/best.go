package morphology

import (
	"cmp"
	"context"
	"slices"
)

// Bundle is a consistent configuration with the sum of the ratings of its pairs.
type Bundle struct {
	Configuration
	Total int
}

// Best ranks consistent configurations by the sum of their pair ratings, the
// best first, equal ones in lexicographic order; at most limit (at least 1). The
// search leaves a branch when even the best ratings of all undecided pairs could
// not reach the list. It returns the error of ctx when that ends first.
func (f *Field) Best(ctx context.Context, limit int) ([]Bundle, error) {
	r := &ranker{Field: f, ctx: ctx, limit: max(1, limit), gains: f.gains()}
	err := r.from(0, 0, f.full(), make(Configuration, len(f.parameters)))
	return r.found, err
}

type ranker struct {
	*Field
	ctx   context.Context
	limit int
	steps int
	gains [][]int // the best rating between two parameters
	found []Bundle
}

// gains gives the best rating that two parameters can have.
func (f *Field) gains() [][]int {
	gains := make([][]int, len(f.parameters))
	for p := range gains {
		gains[p] = make([]int, len(f.parameters))
		for q := p + 1; q < len(gains); q++ {
			gains[p][q] = -MaxRating
			for v := range f.parameters[p].Values {
				for s := f.allowed[p][v][q]; s != 0; s = s.without(s.first()) {
					gains[p][q] = max(gains[p][q], f.ratings[Pair{Cell{p, v}, Cell{q, s.first()}}])
				}
			}
		}
	}
	return gains
}

func (r *ranker) from(p, total int, domains []set, chosen Configuration) error {
	if r.steps++; r.steps%1024 == 0 && r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	if p == len(domains) {
		r.keep(Bundle{slices.Clone(chosen), total})
		return nil
	}
	for s := domains[p]; s != 0; s = s.without(s.first()) {
		chosen[p] = s.first()
		sum := total
		for q := range p {
			sum += r.ratings[Pair{Cell{q, chosen[q]}, Cell{p, chosen[p]}}]
		}
		narrowed := append([]set(nil), domains...)
		possible := true
		for q := p + 1; q < len(domains); q++ {
			narrowed[q] &= r.allowed[p][chosen[p]][q]
			possible = possible && narrowed[q] != 0
		}
		if !possible || len(r.found) == r.limit && sum+r.hope(p+1, narrowed, chosen) <= r.found[r.limit-1].Total {
			continue
		}
		if err := r.from(p+1, sum, narrowed, chosen); err != nil {
			return err
		}
	}
	return nil
}

// hope bounds what the undecided parameters can still add.
func (r *ranker) hope(from int, domains []set, chosen Configuration) int {
	hope := 0
	for q := from; q < len(domains); q++ {
		best := -len(domains) * MaxRating
		for s := domains[q]; s != 0; s = s.without(s.first()) {
			sum := 0
			for p := range from {
				sum += r.ratings[Pair{Cell{p, chosen[p]}, Cell{q, s.first()}}]
			}
			best = max(best, sum)
		}
		hope += best
		for p := from; p < q; p++ {
			hope += r.gains[p][q]
		}
	}
	return hope
}

// keep puts a bundle into its place among the best.
func (r *ranker) keep(b Bundle) {
	at, _ := slices.BinarySearchFunc(r.found, b, func(x, y Bundle) int {
		return cmp.Or(cmp.Compare(y.Total, x.Total), slices.Compare(x.Configuration, y.Configuration))
	})
	r.found = slices.Insert(r.found, at, b)
	if len(r.found) > r.limit {
		r.found = r.found[:r.limit]
	}
}
