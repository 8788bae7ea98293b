package opinion

import (
	"cmp"
	"math"
	"slices"
)

// Guess is what a participant believes about a sector: how many percent of it
// agree with a statement.
type Guess struct {
	Participant, Statement int
	About                  int  // the sector whose answer is guessed
	OfUs                   bool // guessed is what About believes of the participant's own sector
	Percent                int  // 0 to 100
}

// Belief is what one sector believes about another on one statement, beside how
// it is. Shares are from 0 to 1.
type Belief struct {
	Statement, From, About int
	OfUs                   bool
	Guesses                int
	Estimate               float64 // mean of the guesses
	Real                   float64 // share of About that agrees; with OfUs, what About guessed in the mean
	Bias                   float64 // Estimate - Real
	Error                  float64 // mean distance of a guess from Real
	// Corrected is the root of the mean squared distance, less what is due to
	// Real being measured on few people.
	Corrected float64
	// Exaggeration is how many times as far the other is thought to be from us as
	// it is: above 1 the distance is overestimated. Only where Apart says that the
	// sectors are at least 0.10 apart; never with OfUs.
	Apart        bool
	Exaggeration float64

	squared float64 // of Corrected, possibly below 0
}

// PerceptionGap is how wrong a sector is about another, over all statements.
type PerceptionGap struct {
	From, About, Statements int
	OfUs                    bool
	Error, Corrected, Bias  float64
}

// Surprise is a statement on which a sector is not what the others believe.
type Surprise struct {
	Statement, About, Guesses  int
	Real, Estimate, Difference float64 // Difference is Real - Estimate
}

// Mirrored is what the sectors believe about each other. It holds nothing that
// rests on fewer than five people.
type Mirrored struct {
	Beliefs   []Belief // by statement, then From, then About
	Gaps      []PerceptionGap
	Surprises []Surprise // the five largest
	// Ignored counts guesses that were left out: of people without a sector or
	// without a vote of their own on the statement, and about their own sector.
	Ignored int
}

const (
	surprises   = 5
	enoughApart = 0.10
)

// Mirror compares guesses with what the sectors voted. Of several guesses of
// one participant about the same the last one counts; a guess counts only
// beside an own vote on the statement.
//
// Real is the plain share agrees/votes, so that readers can count it again and
// the correction for noise, Real·(1-Real)/(votes-1), is free of bias.
// Sources: More in Common 2019 (perception gap); Lees and Cikara 2020.
func Mirror(v *Votes, s Sectors, guesses []Guess) *Mirrored {
	m := &mirroring{Mirrored: &Mirrored{}, sectors: s, groups: map[topic][]float64{}}
	m.shares(v)
	m.sort(v, guesses)
	for _, t := range m.topics() {
		if !t.ofUs {
			m.believe(t)
		}
	}
	for _, t := range m.topics() {
		if t.ofUs {
			m.believe(t)
		}
	}
	slices.SortFunc(m.Beliefs, func(a, b Belief) int {
		return cmp.Or(cmp.Compare(a.Statement, b.Statement), cmp.Compare(a.From, b.From), cmp.Compare(a.About, b.About), compareBool(a.OfUs, b.OfUs))
	})
	m.gaps()
	m.surprise()
	return m.Mirrored
}

func compareBool(a, b bool) int {
	number := map[bool]int{true: 1}
	return number[a] - number[b]
}

// topic is who guesses what about whom.
type topic struct {
	statement, from, about int
	ofUs                   bool
}

// measured is something guesses are compared with.
type measured struct {
	value, noise float64
	known        bool
}

type mirroring struct {
	*Mirrored
	sectors Sectors
	real    [][]measured // per statement and sector
	groups  map[topic][]float64
}

// shares measures each sector on each statement, where that may be shown.
func (m *mirroring) shares(v *Votes) {
	counts := CountBySector(v, m.sectors)
	for j, everybody := range v.tally {
		row := make([]measured, len(counts))
		votes, known := make([]int, len(counts)), 0
		for s := range counts {
			votes[s] = counts[s][j].Votes()
			known += votes[s]
		}
		for s, hidden := range Suppress(votes, everybody.Votes()-known) {
			if n := float64(votes[s]); !hidden {
				p := float64(counts[s][j].Agree) / n
				row[s] = measured{p, p * (1 - p) / (n - 1), true}
			}
		}
		m.real = append(m.real, row)
	}
}

// sort gathers the guesses that count by topic.
func (m *mirroring) sort(v *Votes, guesses []Guess) {
	type who struct {
		participant int
		topic
	}
	last := map[who]int{}
	for i, g := range guesses {
		from := -1
		if g.Participant >= 0 {
			from = m.sectors.of(g.Participant)
		}
		_, voted := v.Of(g.Participant, g.Statement)
		if from < 0 || g.About < 0 || g.About >= len(m.sectors.Names) || from == g.About || !voted || g.Percent < 0 || g.Percent > 100 {
			m.Ignored++
			continue
		}
		last[who{g.Participant, topic{g.Statement, from, g.About, g.OfUs}}] = i
	}
	for i, g := range guesses {
		from := -1
		if g.Participant >= 0 {
			from = m.sectors.of(g.Participant)
		}
		t := topic{g.Statement, from, g.About, g.OfUs}
		if at, counts := last[who{g.Participant, t}]; counts && at == i {
			m.groups[t] = append(m.groups[t], float64(g.Percent)/100)
		}
	}
}

// topics with enough guesses, in a fixed order.
func (m *mirroring) topics() []topic {
	var all []topic
	for t, guesses := range m.groups {
		if len(guesses) >= smallest {
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(a, b topic) int {
		return cmp.Or(cmp.Compare(a.statement, b.statement), cmp.Compare(a.from, b.from), cmp.Compare(a.about, b.about))
	})
	return all
}

// truth is what the guesses of a topic are compared with.
func (m *mirroring) truth(t topic) measured {
	if !t.ofUs {
		return m.real[t.statement][t.about]
	}
	theirs := m.groups[topic{t.statement, t.about, t.from, false}]
	if len(theirs) < smallest {
		return measured{}
	}
	mean, spread := mean(theirs), 0.0
	for _, g := range theirs {
		spread += (g - mean) * (g - mean)
	}
	n := float64(len(theirs))
	return measured{mean, spread / (n - 1) / n, true}
}

func (m *mirroring) believe(t topic) {
	truth := m.truth(t)
	if !truth.known {
		return
	}
	guesses := m.groups[t]
	b := Belief{Statement: t.statement, From: t.from, About: t.about, OfUs: t.ofUs, Guesses: len(guesses), Estimate: mean(guesses), Real: truth.value}
	b.Bias = b.Estimate - b.Real
	for _, g := range guesses {
		b.Error += math.Abs(g-b.Real) / float64(len(guesses))
		b.squared += (g - b.Real) * (g - b.Real) / float64(len(guesses))
	}
	b.squared -= truth.noise
	b.Corrected = math.Sqrt(max(0, b.squared))
	if own := m.real[t.statement][t.from]; !t.ofUs && own.known && math.Abs(b.Real-own.value) >= enoughApart {
		b.Apart = true
		b.Exaggeration = math.Abs(b.Estimate-own.value) / math.Abs(b.Real-own.value)
	}
	m.Beliefs = append(m.Beliefs, b)
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// gaps are means over the statements.
func (m *mirroring) gaps() {
	place := map[topic]int{}
	for _, b := range m.Beliefs {
		key := topic{0, b.From, b.About, b.OfUs}
		i, ok := place[key]
		if !ok {
			i = len(m.Gaps)
			place[key] = i
			m.Gaps = append(m.Gaps, PerceptionGap{From: b.From, About: b.About, OfUs: b.OfUs})
		}
		g := &m.Gaps[i]
		g.Statements++
		g.Error += b.Error
		g.Corrected += b.squared
		g.Bias += b.Bias
	}
	for i := range m.Gaps {
		g := &m.Gaps[i]
		n := float64(g.Statements)
		g.Error, g.Bias, g.Corrected = g.Error/n, g.Bias/n, math.Sqrt(max(0, g.Corrected/n))
	}
	slices.SortFunc(m.Gaps, func(a, b PerceptionGap) int {
		return cmp.Or(compareBool(a.OfUs, b.OfUs), cmp.Compare(a.From, b.From), cmp.Compare(a.About, b.About))
	})
}

// surprise compares each sector with all guesses of the others about it, those
// that may be shown.
func (m *mirroring) surprise() {
	type about struct{ statement, sector int }
	all := map[about]*Surprise{}
	for _, b := range m.Beliefs {
		if b.OfUs {
			continue
		}
		key := about{b.Statement, b.About}
		if all[key] == nil {
			all[key] = &Surprise{Statement: b.Statement, About: b.About, Real: b.Real}
		}
		s := all[key]
		s.Estimate = (s.Estimate*float64(s.Guesses) + b.Estimate*float64(b.Guesses)) / float64(s.Guesses+b.Guesses)
		s.Guesses += b.Guesses
	}
	for _, s := range all {
		s.Difference = s.Real - s.Estimate
		m.Surprises = append(m.Surprises, *s)
	}
	slices.SortFunc(m.Surprises, func(a, b Surprise) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Difference), math.Abs(a.Difference)), cmp.Compare(a.Statement, b.Statement), cmp.Compare(a.About, b.About))
	})
	m.Surprises = m.Surprises[:min(len(m.Surprises), surprises)]
}
