package cib

import (
	"context"
	"fmt"
	"slices"
)

// Comparison sets the judgements of several groups, such as sectors, side by side.
type Comparison struct {
	Scenarios []Possible  // every scenario that some group holds possible, in lexicographic order
	Alike     [][]float64 // by group and group: scenarios of both / scenarios of either (Jaccard); 1 where both have none
	Disputes  []Dispute   // pairs of descriptors, the most disputed first; undisputed ones are left out
	Proofs    []Proof     // by group
}

// Possible is a scenario in the eyes of each group.
type Possible struct {
	Scenario      Scenario
	Inconsistency []int // by group; 0 where it is consistent
	Groups        int   // how many hold it consistent, within the tolerance
}

// Dispute is how far groups judge one influence differently.
type Dispute struct {
	From, To int // descriptors
	// Spread is the sum, over the judgements of the section, of the largest less
	// the smallest value. Opposed counts judgements that some group holds
	// promoting and some other hindering.
	Spread, Opposed int
}

// Compare solves the matrix of each group. All matrices need the same numbers of
// states, otherwise ErrShape. When ctx ends first, what was found by then is
// returned with an error that wraps the cause.
func Compare(ctx context.Context, groups []*Matrix, o Options) (Comparison, error) {
	if err := sameShape(groups); err != nil {
		return Comparison{}, err
	}
	var c Comparison
	var err error
	lists := make([][]Scenario, len(groups))
	for g, m := range groups {
		var solution Solution
		if solution, err = m.Solve(ctx, o); err != nil {
			err = fmt.Errorf("group %d: %w", g+1, err)
		}
		lists[g] = solution.Scenarios
		c.Proofs = append(c.Proofs, solution.Proof)
		if err != nil {
			break
		}
	}
	c.Scenarios = possible(groups, lists, o.Inconsistency)
	c.Alike = alike(lists)
	c.Disputes = disputes(groups)
	return c, err
}

func sameShape(groups []*Matrix) error {
	if len(groups) == 0 {
		return fmt.Errorf("%w: expected at least one matrix", ErrShape)
	}
	for g, m := range groups {
		if !slices.Equal(m.first, groups[0].first) {
			return fmt.Errorf("%w: matrix %d has other descriptors or states than the first", ErrShape, g+1)
		}
	}
	return nil
}

func possible(groups []*Matrix, lists [][]Scenario, tolerance int) []Possible {
	all := slices.Concat(lists...)
	slices.SortFunc(all, slices.Compare[Scenario])
	all = slices.CompactFunc(all, slices.Equal[Scenario])
	scenarios := make([]Possible, 0, len(all))
	for _, z := range all {
		p := Possible{Scenario: z}
		for _, m := range groups {
			d := m.Inconsistency(z)
			p.Inconsistency = append(p.Inconsistency, d)
			if d <= tolerance {
				p.Groups++
			}
		}
		scenarios = append(scenarios, p)
	}
	return scenarios
}

// alike compares lists in lexicographic order.
func alike(lists [][]Scenario) [][]float64 {
	table := make([][]float64, len(lists))
	for a, one := range lists {
		for _, other := range lists {
			both := 0
			for _, z := range one {
				if _, is := slices.BinarySearchFunc(other, z, slices.Compare[Scenario]); is {
					both++
				}
			}
			share := 1.0
			if either := len(one) + len(other) - both; either > 0 {
				share = float64(both) / float64(either)
			}
			table[a] = append(table[a], share)
		}
	}
	return table
}

func disputes(groups []*Matrix) []Dispute {
	var all []Dispute
	m := groups[0]
	for i := range m.Len() {
		for j := range m.Len() {
			d := Dispute{From: i, To: j}
			for r := m.first[i]; r < m.first[i+1]; r++ {
				for c := m.first[j]; c < m.first[j+1]; c++ {
					least, most := judged(groups, r*m.States()+c)
					d.Spread += int(most - least)
					if least < 0 && most > 0 {
						d.Opposed++
					}
				}
			}
			if d.Spread > 0 {
				all = append(all, d)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Dispute) int { return b.Spread - a.Spread })
	return all
}

func judged(groups []*Matrix, cell int) (least, most int32) {
	least, most = groups[0].cells[cell], groups[0].cells[cell]
	for _, m := range groups[1:] {
		least, most = min(least, m.cells[cell]), max(most, m.cells[cell])
	}
	return least, most
}

// Sum is the matrix of the summed judgements of all groups. Its consistent
// scenarios are those of their mean, without fractions. The names are those of the
// first. Different shapes, or sums beyond MaxJudgement, give ErrShape.
func Sum(groups ...*Matrix) (*Matrix, error) {
	if err := sameShape(groups); err != nil {
		return nil, err
	}
	sum := groups[0].clone()
	for _, m := range groups[1:] {
		for x, v := range m.cells {
			if sum.cells[x] += v; abs(int(sum.cells[x])) > MaxJudgement {
				return nil, fmt.Errorf("%w: a sum of judgements exceeds ±%d", ErrShape, MaxJudgement)
			}
		}
	}
	return sum, nil
}
