package opinion

import (
	"cmp"
	"math"
	"slices"
)

// Sectors says to which part of society each participant belongs: offices,
// NGOs, residents, business, or whatever the names say.
type Sectors struct {
	Names []string
	Of    []int8 // per participant: index of Names; -1, or beyond the end, unknown
}

func (s Sectors) of(participant int) int {
	if participant >= len(s.Of) {
		return -1
	}
	return int(s.Of[participant])
}

// View is what one sector says about one statement.
type View struct {
	Hidden  bool // fewer than five votes, or hidden to protect such a view; all else is 0
	Tally   Tally
	Agree   float64 // (agrees + 1/2) / (votes + 1)
	Reject  float64 // the same for disagreement
	Low     float64 // Wilson interval, 90 %, of the share that agrees
	High    float64
	LowNo   float64 // and of the share that disagrees
	HighNo  float64
	Neither float64 // share of passes, of all votes
}

// agreement weighs agreement down by the rejection beside it.
func (v View) agreement() float64 { return v.Agree * (1 - v.Reject) }
func (v View) rejection() float64 { return v.Reject * (1 - v.Agree) }

// Compared is one statement seen by all sectors. Every sector has the same
// weight, whatever its size: thirty residents do not drown six officials.
// Hidden views take no part. With fewer than two views that may be shown, Known
// is false and the rest says nothing.
type Compared struct {
	Views []View // per sector
	Known bool

	// Gap is the largest difference of Agree between two sectors, from Least to
	// Most; P is its two-sided probability by chance, corrected for the number of
	// pairs (Holm). It is Real when P is at most 0.05 and Gap at least 0.20.
	Gap         float64
	Least, Most int
	P           float64
	Real        bool

	// Bridge is the geometric mean over the sectors of Agree·(1-Reject). Bridges
	// says that in every sector more than half agree, at 90 %. The others say the
	// same of rejection.
	Bridge, BridgeOfRejection   float64
	Bridges, BridgesInRejection bool

	// Intercept is the mean of the sectors' mean votes, each shrunk towards 0 as
	// by three passes: what remains for everybody when sides are taken out. Side
	// is half the distance between the farthest two.
	Intercept, Side float64
}

// Conditions of a real difference.
const (
	realGap  = 0.20
	realP    = 0.05
	shrinkBy = 3.0
)

// CountBySector counts the votes of each sector on each statement.
func CountBySector(v *Votes, s Sectors) [][]Tally { return CountByGroup(v, s.Of, len(s.Names)) }

// CompareStatement compares the sectors on one statement, from the tally of
// each and that of everybody, participants without a sector included.
// Sources: Wilson 1927; Holm 1979; Community Notes, whose intercept it takes
// with known sides, in closed form.
func CompareStatement(sectors []Tally, everybody Tally) Compared {
	c := Compared{Views: make([]View, len(sectors)), P: 1}
	votes, known := make([]int, len(sectors)), 0
	for s, t := range sectors {
		votes[s] = t.Votes()
		known += votes[s]
	}
	var shown []int
	for s, hidden := range Suppress(votes, everybody.Votes()-known) {
		if c.Views[s].Hidden = hidden; !hidden {
			c.Views[s] = viewOf(sectors[s])
			shown = append(shown, s)
		}
	}
	if len(shown) >= 2 {
		c.Known = true
		c.measureGap(shown)
		c.measureBridge(shown)
		c.measureIntercept(shown)
	}
	return c
}

func viewOf(t Tally) View {
	n := t.Votes()
	v := View{Tally: t, Agree: (float64(t.Agree) + 0.5) / float64(n+1), Reject: (float64(t.Disagree) + 0.5) / float64(n+1), Neither: float64(t.Pass) / float64(n)}
	v.Low, v.High = Wilson(t.Agree, n)
	v.LowNo, v.HighNo = Wilson(t.Disagree, n)
	return v
}

// measureGap tests all pairs and keeps the pair farthest apart.
func (c *Compared) measureGap(shown []int) {
	by := func(a, b int) int { return cmp.Compare(c.Views[a].Agree, c.Views[b].Agree) }
	c.Least, c.Most = slices.MinFunc(shown, by), slices.MaxFunc(shown, by)
	c.Gap = c.Views[c.Most].Agree - c.Views[c.Least].Agree
	var p []float64
	at := -1
	for i, a := range shown {
		for _, b := range shown[:i] {
			x, y := c.Views[a].Tally, c.Views[b].Tally
			if a == c.Most && b == c.Least || a == c.Least && b == c.Most {
				at = len(p)
			}
			p = append(p, twoSided(TwoProportionTest(x.Agree, x.Votes(), y.Agree, y.Votes())))
		}
	}
	if at >= 0 {
		c.P = holm(p)[at]
	}
	c.Real = c.P <= realP && c.Gap >= realGap
}

// holm corrects probabilities for their number: the smallest times n, the next
// times n-1, and so on, none smaller than the one before.
func holm(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	corrected, least := make([]float64, len(p)), 0.0
	for rank, i := range order {
		least = max(least, min(1, p[i]*float64(len(p)-rank)))
		corrected[i] = least
	}
	return corrected
}

func (c *Compared) measureBridge(shown []int) {
	yes, no := 0.0, 0.0
	c.Bridges, c.BridgesInRejection = true, true
	for _, s := range shown {
		v := c.Views[s]
		yes += math.Log(v.agreement())
		no += math.Log(v.rejection())
		c.Bridges = c.Bridges && v.Low > 0.5
		c.BridgesInRejection = c.BridgesInRejection && v.LowNo > 0.5
	}
	c.Bridge, c.BridgeOfRejection = math.Exp(yes/float64(len(shown))), math.Exp(no/float64(len(shown)))
}

func (c *Compared) measureIntercept(shown []int) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range shown {
		t := c.Views[s].Tally
		mean := float64(t.Agree-t.Disagree) / (float64(t.Votes()) + shrinkBy)
		c.Intercept += mean / float64(len(shown))
		low, high = min(low, mean), max(high, mean)
	}
	c.Side = (high - low) / 2
}
