package opinion

import (
	"cmp"
	"slices"
)

// Claim is a statement that a group holds more than the others do.
type Claim struct {
	Statement int
	For       Vote // Agree or Disagree
	Success   int  // votes of the group for that side
	Trials    int  // all votes of the group on it, passes included
	// Share is (Success+1)/(Trials+2), Test asks whether it is above one half,
	// Ratio is Share over that of all other groups, RatioTest asks whether it is
	// larger.
	Share, Test, Ratio, RatioTest float64
	Best                          bool // the group's best agreed statement, which stands first
}

// Strength is the product by which claims are ordered.
func (c Claim) Strength() float64 { return c.Ratio * c.RatioTest * c.Share * c.Test }

func (c Claim) significant() bool { return c.RatioTest > z90OneSided && c.Test > z90OneSided }

// perGroup is how many claims stand for a group.
const perGroup = 5

// Representative picks, for each group, up to five statements that tell it from
// the others: those it holds by a significant majority and significantly more
// often than all other groups together, the strongest first, what it agrees
// with before what it rejects. A group for which none is significant gets the
// one that comes nearest. Moderated statements are left out.
//
// counts holds a tally per group and statement. With fewer than two groups
// there is nothing to tell apart, and the lists are empty.
// Source: Polis (repness); 90 % one-sided.
func Representative(counts [][]Tally, moderated []bool) [][]Claim {
	claims := make([][]Claim, len(counts))
	if len(counts) < 2 {
		return claims
	}
	for g := range counts {
		claims[g] = claimsOf(counts, g, moderated)
	}
	return claims
}

func claimsOf(counts [][]Tally, g int, moderated []bool) []Claim {
	var sufficient []Claim
	var best, nearest *pair
	for s, own := range counts[g] {
		if moderated[s] {
			continue
		}
		others := Tally{}
		for h := range counts {
			if h != g {
				others = others.plus(counts[h][s])
			}
		}
		p := pairOf(s, own, others)
		if p.agree.significant() || p.disagree.significant() {
			sufficient = append(sufficient, p.side())
		}
		if p.agreedBetterThan(best) {
			best = &p
		}
		if nearest == nil || p.test() > nearest.test() {
			nearest = &p
		}
	}
	slices.SortStableFunc(sufficient, func(a, b Claim) int { return cmp.Compare(b.Strength(), a.Strength()) })
	return listed(sufficient, best, nearest)
}

// listed puts the best agreed statement first, takes five, and sorts what is
// agreed before what is not.
func listed(sufficient []Claim, best, nearest *pair) []Claim {
	var list []Claim
	if best != nil {
		first := best.agree
		first.Best = true
		list = append(list, first)
	}
	if len(sufficient) == 0 {
		if best == nil && nearest != nil {
			list = append(list, nearest.side())
		}
		return list
	}
	for _, c := range sufficient {
		if best == nil || c.Statement != best.agree.Statement {
			list = append(list, c)
		}
	}
	list = list[:min(len(list), perGroup)]
	slices.SortStableFunc(list, func(a, b Claim) int { return cmp.Compare(b.For, a.For) })
	return list
}

// pair is both sides of one statement in one group.
type pair struct {
	agree, disagree Claim
	voted           bool // somebody agreed or disagreed
}

func pairOf(statement int, own, others Tally) pair {
	return pair{
		agree:    claim(statement, Agree, own, others),
		disagree: claim(statement, Disagree, own.mirrored(), others.mirrored()),
		voted:    own.Agree+own.Disagree > 0,
	}
}

func claim(statement int, side Vote, own, others Tally) Claim {
	n, o := own.Votes(), others.Votes()
	share := float64(own.Agree+1) / float64(n+2)
	return Claim{
		Statement: statement, For: side, Success: own.Agree, Trials: n,
		Share: share, Test: ProportionTest(own.Agree, n),
		Ratio:     share / (float64(others.Agree+1) / float64(o+2)),
		RatioTest: TwoProportionTest(own.Agree, n, others.Agree, o),
	}
}

// side is the one on which the group differs more from the others.
func (p pair) side() Claim {
	if p.agree.RatioTest > p.disagree.RatioTest {
		return p.agree
	}
	return p.disagree
}

func (p pair) test() float64 { return max(p.agree.RatioTest, p.disagree.RatioTest) }

// agreedBetterThan says whether this statement stands for what the group agrees
// with better than the best so far, nil for none. While the best one is also
// said more by this group than by others, both sizes count; else agreement does.
func (p pair) agreedBetterThan(best *pair) bool {
	a := p.agree
	switch {
	case !p.voted:
		return false
	case best != nil && best.agree.Ratio > 1:
		return a.Strength() > best.agree.Strength()
	case best != nil:
		return a.Share*a.Test > best.agree.Share*best.agree.Test
	}
	return a.Test > z90OneSided || a.Ratio > 1 && a.Share > 0.5
}
