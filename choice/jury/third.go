package jury

import "math/big"

// NeedThird lists the initiatives with two cards whose totals are further apart
// than a gap, so that a third assessor is to be asked.
func (p *Panel) NeedThird(gap *big.Rat) []int {
	var out []int
	for i, row := range p.Totals() {
		if marks := present(row); len(marks) == 2 && distance(marks[0], marks[1]).Cmp(gap) > 0 {
			out = append(out, i)
		}
	}
	return out
}

// Settle gives the scores where a third assessor was asked: the mean of the third
// total and of that of the first two which is nearer to it; the third total itself
// where it lies in the middle. third names, by initiative, the assessor who came
// third, -1 for nobody: then it is the mean.
func (p *Panel) Settle(third []int) []*big.Rat {
	out := make([]*big.Rat, p.Initiatives)
	for i, row := range p.Totals() {
		if third[i] < 0 || row[third[i]] == nil {
			out[i] = mean(row)
			continue
		}
		last := row[third[i]]
		row[third[i]] = nil
		marks := present(row)
		if len(marks) != 2 {
			out[i] = mean(append(marks, last))
			continue
		}
		switch distance(marks[0], last).Cmp(distance(marks[1], last)) {
		case -1:
			out[i] = mean([]*big.Rat{marks[0], last})
		case 1:
			out[i] = mean([]*big.Rat{marks[1], last})
		default:
			out[i] = mean([]*big.Rat{marks[0], last, marks[1], last})
		}
	}
	return out
}

func present(row []*big.Rat) []*big.Rat {
	var out []*big.Rat
	for _, v := range row {
		if v != nil {
			out = append(out, v)
		}
	}
	return out
}

func distance(a, b *big.Rat) *big.Rat {
	d := new(big.Rat).Sub(a, b)
	return d.Abs(d)
}
