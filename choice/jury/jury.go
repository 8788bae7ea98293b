// Package jury turns the cards of assessors into a ranking that every resident can
// recompute: totals of weighted criteria, means, a third assessor where two are
// far apart, a correction for severity where assessors saw different initiatives,
// and figures that say how far the ranking can be trusted.
//
// Fill a Panel and call Check. Where every assessor marked every initiative, Means
// is all that is needed: severity cancels out. Otherwise Severity corrects for it,
// or says why it cannot. Rank puts the initiatives in order, Reliability and
// Stability tell how firm that order is. ByShares, ByRanks and Gate bring jury and
// residents together.
//
// Marks and all that follows from them by adding and dividing are exact; only the
// coefficients of reliability are floating point.
package jury

import (
	"errors"
	"fmt"
	"math/big"
)

// Criterion is one line of a card.
type Criterion struct {
	Name   string
	Max    int      // most points; where halves are given, count in halves
	Weight *big.Rat // of one point in the total; nil is 1
	// Minimum is the fewest points, on average over its cards, with which an
	// initiative passes; nil is none.
	Minimum *big.Rat
}

// Card holds the marks of one assessor for one initiative. A conflict of interest
// is a card that is not there.
type Card struct {
	Assessor, Initiative int   // counted from 0
	Points               []int // by criterion
}

// Panel is all that the jury has said.
type Panel struct {
	Criteria    []Criterion
	Assessors   int
	Initiatives int
	Cards       []Card
}

// The most of each that a panel may have: what exact arithmetic does in a blink.
const (
	MaxAssessors   = 100
	MaxInitiatives = 10_000
)

// ErrPanel is wrapped by every refusal of a panel.
var ErrPanel = errors.New("jury: panel cannot be evaluated")

// Check refuses cards that cannot be, with what was expected. The other methods
// take a panel that was checked.
func (p *Panel) Check() error {
	if p.Assessors < 0 || p.Assessors > MaxAssessors || p.Initiatives < 0 || p.Initiatives > MaxInitiatives || len(p.Criteria) == 0 {
		return fmt.Errorf("%w: %d assessors, %d initiatives, %d criteria; expected at most %d and %d, and a criterion",
			ErrPanel, p.Assessors, p.Initiatives, len(p.Criteria), MaxAssessors, MaxInitiatives)
	}
	for _, c := range p.Criteria {
		if c.Max < 1 || c.Max > 1_000_000 || c.Weight != nil && c.Weight.Sign() <= 0 {
			return fmt.Errorf("%w: criterion %q: at most %d points of weight %s; expected both above 0", ErrPanel, c.Name, c.Max, c.Weight)
		}
	}
	if fine := new(big.Rat).Mul(p.MaxTotal(), big.NewRat(p.denominator(), 1)); fine.Sign() == 0 || fine.Num().BitLen() > 40 {
		return fmt.Errorf("%w: weights of more digits than sense; expected totals below 2^40 in units of their common fraction", ErrPanel)
	}
	seen := map[[2]int]bool{}
	for i, c := range p.Cards {
		if c.Assessor < 0 || c.Assessor >= p.Assessors || c.Initiative < 0 || c.Initiative >= p.Initiatives {
			return fmt.Errorf("%w: card %d of assessor %d for initiative %d; expected numbers below %d and %d", ErrPanel, i, c.Assessor, c.Initiative, p.Assessors, p.Initiatives)
		}
		if pair := [2]int{c.Assessor, c.Initiative}; seen[pair] {
			return fmt.Errorf("%w: assessor %d marked initiative %d twice; expected one card", ErrPanel, c.Assessor, c.Initiative)
		} else {
			seen[pair] = true
		}
		if len(c.Points) != len(p.Criteria) {
			return fmt.Errorf("%w: card %d has %d marks; expected %d, one for each criterion", ErrPanel, i, len(c.Points), len(p.Criteria))
		}
		for k, n := range c.Points {
			if n < 0 || n > p.Criteria[k].Max {
				return fmt.Errorf("%w: card %d gives %d points for %q; expected 0 to %d", ErrPanel, i, n, p.Criteria[k].Name, p.Criteria[k].Max)
			}
		}
	}
	return nil
}

// denominator is the common one of all weights, 0 when it has more than 40 bits.
func (p *Panel) denominator() int64 {
	common := big.NewInt(1)
	for _, c := range p.Criteria {
		if c.Weight != nil {
			gcd := new(big.Int).GCD(nil, nil, common, c.Weight.Denom())
			common.Mul(common, new(big.Int).Quo(c.Weight.Denom(), gcd))
		}
	}
	if common.BitLen() > 40 {
		return 0
	}
	return common.Int64()
}

// Complete reports that every assessor marked every initiative.
func (p *Panel) Complete() bool { return len(p.Cards) == p.Assessors*p.Initiatives }

// Total is the weighted sum of a card.
func (p *Panel) Total(c Card) *big.Rat {
	sum := new(big.Rat)
	for k, n := range c.Points {
		part := big.NewRat(int64(n), 1)
		if w := p.Criteria[k].Weight; w != nil {
			part.Mul(part, w)
		}
		sum.Add(sum, part)
	}
	return sum
}

// MaxTotal is the total of a card with all points.
func (p *Panel) MaxTotal() *big.Rat {
	best := Card{}
	for _, c := range p.Criteria {
		best.Points = append(best.Points, c.Max)
	}
	return p.Total(best)
}

// Totals gives the totals of the cards of each initiative, by assessor; nil where
// there is no card.
func (p *Panel) Totals() [][]*big.Rat {
	out := make([][]*big.Rat, p.Initiatives)
	for i := range out {
		out[i] = make([]*big.Rat, p.Assessors)
	}
	for _, c := range p.Cards {
		out[c.Initiative][c.Assessor] = p.Total(c)
	}
	return out
}

// Means gives the plain mean of the totals of each initiative; nil where it has no
// card. In a complete design nothing else is needed.
func (p *Panel) Means() []*big.Rat {
	out := make([]*big.Rat, p.Initiatives)
	for i, row := range p.Totals() {
		out[i] = mean(row)
	}
	return out
}

// mean of what is there, nil where nothing is.
func mean(values []*big.Rat) *big.Rat {
	sum, n := new(big.Rat), int64(0)
	for _, v := range values {
		if v != nil {
			sum.Add(sum, v)
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return sum.Mul(sum, big.NewRat(1, n))
}

// criterionMeans gives the mean points of an initiative for each criterion.
func (p *Panel) criterionMeans() [][]*big.Rat {
	out, cards := make([][]*big.Rat, p.Initiatives), make([]int64, p.Initiatives)
	for i := range out {
		for range p.Criteria {
			out[i] = append(out[i], new(big.Rat))
		}
	}
	for _, c := range p.Cards {
		cards[c.Initiative]++
		for k, n := range c.Points {
			out[c.Initiative][k].Add(out[c.Initiative][k], big.NewRat(int64(n), 1))
		}
	}
	for i, n := range cards {
		for k := range out[i] {
			if n > 0 {
				out[i][k].Mul(out[i][k], big.NewRat(1, n))
			}
		}
	}
	return out
}

// Verdict says whether an initiative reaches what the rules of the contest ask.
type Verdict struct {
	Passes bool
	Total  bool  // false: the score is under the minimum
	Failed []int // criteria under their minimum
}

// Judge holds scores, such as Means or Values, against a minimum of the total (nil
// is none) and the minima of the criteria. Who has no score does not pass.
func (p *Panel) Judge(scores []*big.Rat, minimum *big.Rat) []Verdict {
	out := make([]Verdict, p.Initiatives)
	for i, marks := range p.criterionMeans() {
		v := Verdict{Total: scores[i] != nil && (minimum == nil || scores[i].Cmp(minimum) >= 0)}
		for k, c := range p.Criteria {
			if c.Minimum != nil && marks[k].Cmp(c.Minimum) < 0 {
				v.Failed = append(v.Failed, k)
			}
		}
		v.Passes = v.Total && len(v.Failed) == 0
		out[i] = v
	}
	return out
}
