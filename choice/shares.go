package choice

import (
	"math"
	"math/big"
	"slices"
)

// shares is an election made ready for many runs of Equal Shares.
//
// A voter who pays u·t for a project, u being their utility, pays t per unit.
// Where a project is worth the same to all who named it, u is taken as 1 and t
// is the payment itself; scale then turns t into rho, so that projects can be
// compared. Everything here is exact: counts and utilities are whole numbers.
type shares struct {
	rule     Rule
	election *Election
	tally    *tally
	profile  *Profile

	uniform bool
	start   []uint32 // where the backers of a project begin
	backers []uint32 // groups with utility above 0
	worth   []uint32 // their utility; nil when uniform
	full    []int64  // by project: utility of all its backers together
	weight  []int64  // by project: endowment weight of all its backers, in units of 1/weightUnit
	scale   []int64

	weights    []int64 // by class: weight in units of 1/weightUnit
	weightUnit *big.Int
	total      int64 // weight of all voters, in the same unit
	open       []bool
}

func newShares(o *Outcome) *shares {
	p := o.election.Ballots
	s := &shares{
		rule: o.Rule, election: o.election, tally: o.tally, profile: p,
		uniform: o.Rule.Utility == UtilityCost || o.Rule.Utility == UtilityCount,
	}
	s.weigh()
	s.gather()
	for c, project := range o.election.Projects {
		s.scale[c] = 1
		if o.Rule.Utility == UtilityCost {
			s.scale[c] = max(int64(project.Cost), 1)
		}
		s.open = append(s.open, o.tally.open[c] && s.full[c] > 0)
	}
	return s
}

// weigh brings all weights to whole numbers of one unit.
func (s *shares) weigh() {
	s.weightUnit, _ = s.profile.weightUnit() // Count has checked it
	for _, w := range s.profile.weights {
		s.weights = append(s.weights, s.profile.units(w, s.weightUnit).Int64())
	}
	for g, n := range s.profile.count {
		s.total += int64(n) * s.weightOf(uint32(g))
	}
}

func (s *shares) weightOf(g uint32) int64 {
	if s.profile.class == nil {
		return s.weights[0]
	}
	return s.weights[s.profile.class[g]]
}

// gather turns ballots round: to each project the groups that named it.
func (s *shares) gather() {
	p, n := s.profile, len(s.election.Projects)
	s.start, s.full, s.scale, s.weight = make([]uint32, n+1), make([]int64, n), make([]int64, n), make([]int64, n)
	named := 0
	for g := range p.count {
		from, to := p.group(g)
		for i := from; i < to; i++ {
			if s.uniform || s.utility(i, to) > 0 {
				s.start[p.picks[i]+1]++
				named++
			}
		}
	}
	for c := range n {
		s.start[c+1] += s.start[c]
	}
	s.backers = make([]uint32, named)
	if !s.uniform {
		s.worth = make([]uint32, named)
	}
	next := slices.Clone(s.start)
	for g, count := range p.count {
		from, to := p.group(g)
		weight := s.weightOf(uint32(g))
		for i := from; i < to; i++ {
			c, u := p.picks[i], s.utility(i, to)
			if u == 0 {
				continue
			}
			s.backers[next[c]] = uint32(g)
			if !s.uniform {
				s.worth[next[c]] = uint32(u)
			}
			next[c]++
			s.full[c] += int64(count) * u
			s.weight[c] += int64(count) * weight
		}
	}
}

// utility is what a voter of the group pays per unit for its pick at i.
func (s *shares) utility(i, to uint32) int64 { return s.profile.utility(s.rule.Utility, i, to) }

// base is the endowment of a voter of weight 1 before any increment, in grosze.
func (s *shares) base() *big.Rat {
	if s.total == 0 {
		return new(big.Rat)
	}
	b := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(int64(s.election.Budget)), s.weightUnit), big.NewInt(s.total))
	return b
}

// exhausted reports that no project with backers fits the money that is left.
func (s *shares) exhausted(winners []int, cost Grosze) bool {
	if s.rule.Top > 0 && len(winners) >= s.rule.Top {
		return true
	}
	won := make([]bool, len(s.open))
	for _, c := range winners {
		won[c] = true
	}
	for c, open := range s.open {
		if open && !won[c] && cost+s.election.Projects[c].Cost <= s.election.Budget {
			return false
		}
	}
	return true
}

// The bounds of floating point used in run.go. Each is at least twice what the
// standard model of rounding to nearest asks for, which leaves room for the
// rounding of the bounds themselves.
const (
	unit   = 0x1p-52 // twice the largest relative error of one operation
	spread = 0x1p-50 // of a product, a quotient and a sum together
)

// sumError bounds the error of adding n products, none negative, up to sum.
func sumError(n int, sum float64) float64 { return float64(n+4) * unit * sum }

func ratFloat(r *big.Rat) float64 {
	f, _ := r.Float64()
	return math.Max(f, 0)
}
