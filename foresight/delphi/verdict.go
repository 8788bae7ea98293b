package delphi

import "math"

// Verdict is what a rule says about a group. Known is false where a condition
// cannot be measured (nobody answered, one answer has no deviation); Reached is
// then false too.
type Verdict struct {
	Reached, Known bool
	Findings       []Finding
}

// Finding is a condition with the value that was met; shares in percent.
type Finding struct {
	Condition Condition
	Value     float64
	Holds     bool
}

// Judge applies the rule. A bound of APMO must have been put in by Fix; with
// none, and without conditions, the verdict is not known.
func (r Rule) Judge(t Tally, as QuartileType) Verdict {
	v := Verdict{Known: len(r) > 0, Reached: len(r) > 0}
	for _, c := range r {
		f := Finding{Condition: c, Value: c.value(t, as)}
		f.Holds = c.holds(f.Value)
		v.Findings = append(v.Findings, f)
		v.Known = v.Known && !math.IsNaN(f.Value) && !math.IsNaN(c.Bound)
		v.Reached = v.Reached && f.Holds
	}
	return v
}

func (c Condition) value(t Tally, as QuartileType) float64 {
	switch c.Measure {
	case Share:
		return 100 * t.Share(c.Range.Low, c.Range.High)
	case Majority:
		return 100 * max(t.Share(c.Range.Low, c.Range.High), t.Share(c.Against.Low, c.Against.High))
	case SD:
		return t.moments().sd()
	default:
		return t.Quartiles(as).IQR()
	}
}

// holds compares; a difference that only rounding can have made is none.
func (c Condition) holds(value float64) bool {
	const rounding = 1e-12
	over := (value - c.Bound) / max(1, math.Abs(c.Bound))
	if c.Less {
		over = -over
	}
	if c.Strict {
		return over > rounding
	}
	return over >= -rounding
}

// Fix puts the APMO cut-off of a round, taken over all its items, in the place
// of the bounds that ask for it. Other rules stay as they are.
func (r Rule) Fix(items []Tally) Rule {
	fixed := make(Rule, len(r))
	for i, c := range r {
		if math.IsNaN(c.Bound) {
			c.Bound = 100 * APMO(items, c.Range, c.Against)
		}
		fixed[i] = c
	}
	return fixed
}

// APMO is the average percent of majority opinions, as a share: of all opinions
// given on all items of a round, those that belong to a majority of their item,
// for or against. A majority is more than half of the answers to the item. It is
// NaN without opinions.
// Source: Kapoor (1987) after von der Gracht, Technological Forecasting and
// Social Change 79 (2012) 1525.
func APMO(items []Tally, agree, disagree Range) float64 {
	majority, opinions := 0, 0
	for _, t := range items {
		opinions += t.n
		for _, r := range []Range{agree, disagree} {
			if in := t.within(r); 2*in > t.n {
				majority += in
			}
		}
	}
	return ratio(majority, opinions)
}

func (t Tally) within(r Range) int {
	n := 0
	for v, c := range t.All() {
		if r.Low <= v && v <= r.High {
			n += c
		}
	}
	return n
}
