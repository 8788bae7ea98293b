package opinion

import "math"

// metaPriority is the importance of a statement about the debate itself.
const metaPriority = 7

// Priority says how much a vote on a statement would tell: more for statements
// that few have seen, that pull people apart (extremity), that are agreed with,
// and that people do not pass on. t counts the votes of clustered people.
// Source: Polis.
func Priority(t Tally, extremity float64) float64 {
	a, p, s := float64(t.Agree), float64(t.Pass), float64(t.Votes())
	importance := (1 - (p+1)/(s+2)) * (extremity + 1) * (a + 1) / (s + 2)
	return math.Pow(importance*(1+8*math.Pow(2, -s/5)), 2)
}

// Priorities are those of all statements of the map; meta marks statements
// about the debate itself and may be nil.
func (m *Map) Priorities(meta []bool) []float64 {
	extremity := m.Plane.Extremity()
	all := make([]float64, len(m.All))
	for s := range all {
		if s < len(meta) && meta[s] {
			all[s] = metaPriority * metaPriority
			continue
		}
		t := Tally{}
		for _, group := range m.Counts {
			t = t.plus(group[s])
		}
		all[s] = Priority(t, extremity[s])
	}
	return all
}

// Next picks the statement to ask a participant, among those that are not
// moderated and on which there is no vote of theirs, with a chance in
// proportion to its priority. draw is a random number from 0 up to, but not
// including, 1. It returns -1 when nothing is left. Statements newer than the
// priorities count 1.
func Next(v *Votes, participant int, priority []float64, draw float64) int {
	chance := func(s int) float64 {
		if v.out[s] {
			return 0
		}
		if _, voted := v.Of(participant, s); voted {
			return 0
		}
		if s < len(priority) {
			return priority[s]
		}
		return 1
	}
	total, last := 0.0, -1
	for s := range v.tally {
		if c := chance(s); c > 0 {
			total += c
			last = s
		}
	}
	rest := draw * total
	for s := range v.tally {
		c := chance(s)
		if c > 0 && rest < c {
			return s
		}
		rest -= c
	}
	return last
}
