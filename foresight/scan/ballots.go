package scan

import (
	"math"
	"slices"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

// ballots are the votes as columns: one list per item with a place for every
// voter, in the order of their names, so that the order of votes in a file never
// matters. A vote that leaves one of its two numbers out is not counted: NaN.
type ballots struct {
	likelihood         bool
	sectors            []string
	sectorOf           []int       // per voter
	importance, second [][]float64 // per item, per voter
}

const everybody = -1 // in place of a sector

func newBallots(s Scan) *ballots {
	b := &ballots{likelihood: s.Likelihood}
	item, voter, sector := map[string]int{}, map[string]int{}, map[string]string{}
	for _, v := range s.Votes {
		sector[v.Voter] = v.Sector
		b.sectors = append(b.sectors, v.Sector)
	}
	slices.Sort(b.sectors)
	b.sectors = slices.Compact(b.sectors)
	for i, name := range slices.Sorted(keys(sector)) {
		voter[name] = i
		b.sectorOf = append(b.sectorOf, slices.Index(b.sectors, sector[name]))
	}
	for i, it := range s.Items {
		item[it.Name] = i
		b.importance, b.second = append(b.importance, blank(len(voter))), append(b.second, blank(len(voter)))
	}
	for _, v := range s.Votes {
		if !math.IsNaN(v.Importance) && !math.IsNaN(v.Second) {
			b.importance[item[v.Item]][voter[v.Voter]], b.second[item[v.Item]][voter[v.Voter]] = v.Importance, v.Second
		}
	}
	return b
}

func keys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func blank(n int) []float64 {
	row := make([]float64, n)
	for i := range row {
		row[i] = math.NaN()
	}
	return row
}

// once counts each voter of a sector once, the others not at all.
func (b *ballots) once(sector int) []int {
	times := make([]int, len(b.sectorOf))
	for v, s := range b.sectorOf {
		times[v] = one(sector == everybody || s == sector)
	}
	return times
}

// tally counts the votes on the importance of an item.
func (b *ballots) tally(item, sector int) delphi.Tally {
	var answers []float64
	for v, n := range b.importance[item] {
		if (sector == everybody || b.sectorOf[v] == sector) && !math.IsNaN(n) {
			answers = append(answers, n)
		}
	}
	t, _ := delphi.Count(answers) // the scan was checked
	return t
}

// tallies are those of all sectors, with what may be shown of them.
func (b *ballots) tallies(item, least int) (sectors []delphi.Tally, shown []bool, total bool) {
	var sizes []int
	for s := range b.sectors {
		t := b.tally(item, s)
		sectors, sizes = append(sectors, t), append(sizes, t.N())
	}
	shown, total = delphi.Shown(sizes, least)
	return sectors, shown, total
}

// measure is the place of an item on the map.
type measure struct{ importance, uncertainty float64 }

func (m measure) priority() float64 { return m.importance * m.uncertainty }

// measure takes the mean of importance, and of uncertainty its mean or, where
// likelihood was asked, the standard deviation; times says how often each voter
// counts.
func (b *ballots) measure(item int, times []int) measure {
	importance, second := mean{}, mean{}
	for v, n := range times {
		if n > 0 {
			importance.add(b.importance[item][v], float64(n))
			second.add(b.second[item][v], float64(n))
		}
	}
	if b.likelihood {
		return measure{importance.value(), second.deviation()}
	}
	return measure{importance.value(), second.value()}
}

// mean adds numbers up as they come; for the deviation, distances are taken from
// the first of them, so that little is lost. NaN is left out.
type mean struct{ n, total, first, away, squares float64 }

func (m *mean) add(v, times float64) {
	if math.IsNaN(v) {
		return
	}
	if m.n == 0 {
		m.first = v
	}
	d := v - m.first
	m.n += times
	m.total += v * times
	m.away += d * times
	m.squares += d * d * times
}

func (m *mean) value() float64 { return m.total / m.n } // NaN where nothing was added

func (m *mean) deviation() float64 {
	if m.n < 2 {
		return math.NaN()
	}
	return math.Sqrt(max(0, (m.squares-m.away*m.away/m.n)/(m.n-1)))
}

// borda is, per item, the share of the other items that a voter puts below it,
// equal ones counting half: the mean over the voters who weighed it. Voters who
// weighed nothing else say nothing.
func (b *ballots) borda() []float64 {
	scores := make([]mean, len(b.importance))
	for v := range b.sectorOf {
		var items []int
		var weights []float64
		for i, column := range b.importance {
			if !math.IsNaN(column[v]) {
				items, weights = append(items, i), append(weights, column[v])
			}
		}
		others := float64(len(items) - 1)
		for k, rank := range descending(weights) {
			if others > 0 {
				scores[items[k]].add(1-(rank-1)/others, 1)
			}
		}
	}
	var values []float64
	for _, s := range scores {
		values = append(values, s.value())
	}
	return values
}
