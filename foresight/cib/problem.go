package cib

import (
	"math/bits"
	"slices"
)

// problem is a matrix made ready for searching. Nothing in it changes during a
// search, so that threads share it.
//
// What it is about are pairs: state l of descriptor j against its rival m. The
// margin of a pair is the score of l less that of m, and each chosen state adds
// its part to it. A state may only be chosen if the margins of all its pairs are
// at least minus the tolerated inconsistency. The best margin a pair can still
// reach, when each descriptor i may choose from a domain D, is the sum over i of
// the best part that a state of D offers. Those sums are kept in lanes of 16 (or
// 32) bits, several to a word of 64, so that one addition updates several pairs.
type problem struct {
	m        *Matrix
	n        int
	q        int
	root     []uint64 // domains
	lane     laneSize
	pairs    int
	words    int
	first    []int         // first pair of each state (by row of the matrix)
	of       []pairOf      // the states of a pair
	columns  []influence   // of each descriptor
	excludes [][]exclusion // of each row: what choosing it excludes
	in, out  [][]uint64    // bit sets: who influences a descriptor, whom it influences
	sets     int           // words of such a bit set
	owner    []int         // descriptor of each row
	whole    bool          // most sections are filled: influences hold every word, so that word w is at index w
	guide    guide
	places   [][]place    // of each row
	sums     *combination // nil where weighing does not pay
	tied     [][]uint64   // bit sets: whom a forbidden pair ties to a descriptor
}

// pairOf is a pair: state l of descriptor j against m; l is row row.
type pairOf struct{ j, l, m int32 }

type exclusion struct {
	descriptor int
	keep       uint64
}

// laneSize is how pairs are packed into words.
type laneSize struct {
	bits, perWord uint
	shift         uint   // a pair stands in word pair>>shift
	high          uint64 // the sign bit of each lane
}

var (
	lanes16 = laneSize{16, 4, 2, 0x8000_8000_8000_8000}
	lanes32 = laneSize{32, 2, 1, 0x8000_0000_8000_0000}
)

// influence is what one descriptor adds to the pairs, in the words in which it
// adds anything.
type influence struct {
	at    []int32    // words
	best  [][]uint64 // by domain (bit mask): the best part, a word for each of at; nil where there are too many domains
	fall  [][]uint64 // by domain: the best part less the worst
	parts [][]uint64 // by state
}

// smallDomain is the number of states up to which the best parts of all domains
// are kept ready.
const smallDomain = 6

func newProblem(m *Matrix, o Options) (*problem, error) {
	root, err := m.domains(o)
	if err != nil {
		return nil, err
	}
	p := &problem{m: m, n: m.Len(), q: o.Inconsistency, root: root}
	p.number()
	p.relate()
	p.pack()
	p.exclude(o)
	p.guide = p.newGuide()
	p.sums = p.newCombination()
	return p, nil
}

// number gives each pair its lane: pairs of one state stand side by side.
func (p *problem) number() {
	for j := range p.n {
		for l := range p.m.Domain(j) {
			p.owner = append(p.owner, j)
			p.first = append(p.first, len(p.of))
			for r := range p.m.Domain(j) {
				if r != l {
					p.of = append(p.of, pairOf{int32(j), int32(l), int32(r)})
				}
			}
		}
	}
	p.first = append(p.first, len(p.of))
	p.pairs = len(p.of)
}

// part is what state k of descriptor i adds to the margin of a pair.
func (p *problem) part(i, k int, c pairOf) int {
	row := (p.m.first[i] + k) * p.m.States()
	to := row + p.m.first[c.j]
	return int(p.m.cells[to+int(c.l)]) - int(p.m.cells[to+int(c.m)])
}

// place is where lanes of one state stand: a word, and their high bits.
type place struct {
	word int32
	high uint64
}

// locate notes where the pairs of each state stand.
func (p *problem) locate() {
	p.places = make([][]place, p.m.States())
	for row := range p.places {
		for c := p.first[row]; c < p.first[row+1]; c++ {
			w := int32(c >> p.lane.shift)
			if n := len(p.places[row]); n == 0 || p.places[row][n-1].word != w {
				p.places[row] = append(p.places[row], place{word: w})
			}
			p.places[row][len(p.places[row])-1].high |= p.lane.sign(c)
		}
	}
}

// pack chooses the lanes and fills the influences.
func (p *problem) pack() {
	reach := p.reach()
	p.q = min(p.q, reach) // more than reach lets everything pass
	p.lane = lanes16
	if reach+p.q >= 1<<14 {
		p.lane = lanes32
	}
	p.words = (p.pairs + int(p.lane.perWord) - 1) / int(p.lane.perWord)
	p.locate()
	p.columns = make([]influence, p.n)
	for i := range p.n {
		p.columns[i] = p.influence(i)
	}
}

// reach is no smaller than any margin that can occur.
func (p *problem) reach() int {
	sum := 0
	for i := range p.n {
		most := int32(0)
		for j := range p.n {
			for k := range p.m.Domain(i) {
				row := (p.m.first[i] + k) * p.m.States()
				own := p.m.cells[row+p.m.first[j] : row+p.m.first[j+1]]
				most = max(most, slices.Max(own)-slices.Min(own))
			}
		}
		sum += int(most)
	}
	return sum
}

func (p *problem) influence(i int) influence {
	in := influence{parts: make([][]uint64, p.m.Domain(i))}
	all := make([]uint64, p.words*len(in.parts))
	values := make([]int, p.lane.perWord)
	for k := range in.parts {
		in.parts[k] = all[k*p.words : k*p.words : (k+1)*p.words]
	}
	for w := range p.words {
		any := uint64(0)
		for k := range in.parts {
			v := p.lane.pack(p.parts(w, i, k, values))
			in.parts[k] = append(in.parts[k], v)
			any |= v
		}
		if any != 0 || p.whole {
			in.at = append(in.at, int32(w))
			continue
		}
		for k := range in.parts {
			in.parts[k] = in.parts[k][:len(in.at)]
		}
	}
	if len(in.parts) <= smallDomain {
		in.best = p.bestParts(in)
		in.fall = p.falls(in)
	}
	return in
}

// parts are what state k of descriptor i adds to the pairs of word w.
func (p *problem) parts(w, i, k int, into []int) []int {
	for x := range into {
		into[x] = 0
		if c := w*len(into) + x; c < p.pairs {
			into[x] = p.part(i, k, p.of[c])
		}
	}
	return into
}

func (p *problem) bestParts(in influence) [][]uint64 {
	best := in.byDomain()
	for domain := 1; domain < len(best); domain++ {
		p.bestOf(in, uint64(domain), best[domain])
	}
	return best
}

// byDomain is room for a word for each of at, for each domain.
func (in influence) byDomain() [][]uint64 {
	domains := make([][]uint64, 1<<len(in.parts))
	n := len(in.at)
	all := make([]uint64, len(domains)*n)
	for d := range domains {
		domains[d] = all[d*n : (d+1)*n : (d+1)*n]
	}
	return domains
}

// falls are the best parts less the worst.
func (p *problem) falls(in influence) [][]uint64 {
	fall := in.byDomain()
	for domain := 1; domain < len(fall); domain++ {
		for rest := uint64(domain); rest != 0; rest &= rest - 1 {
			for x, w := range in.parts[lowest(rest)] {
				fall[domain][x] = p.lane.max(fall[domain][x], in.best[domain][x]-w)
			}
		}
	}
	return fall
}

// bestOf writes the best part that a domain offers to each pair.
func (p *problem) bestOf(in influence, domain uint64, into []uint64) {
	copy(into, in.parts[lowest(domain)])
	for rest := domain & (domain - 1); rest != 0; rest &= rest - 1 {
		for x, w := range in.parts[lowest(rest)] {
			into[x] = p.lane.max(into[x], w)
		}
	}
}

// relate notes who influences whom.
func (p *problem) relate() {
	p.sets = (p.n + 63) / 64
	p.in, p.out = make([][]uint64, p.n), make([][]uint64, p.n)
	for i := range p.n {
		p.in[i], p.out[i] = make([]uint64, p.sets), make([]uint64, p.sets)
	}
	links := 0
	for i := range p.n {
		for j := range p.n {
			if p.m.influences(i, j) {
				links++
				p.out[i][j/64] |= 1 << (j % 64)
				p.in[j][i/64] |= 1 << (i % 64)
			}
		}
	}
	p.whole = p.n >= weighFrom && 2*links >= p.n*(p.n-1)
}

func (p *problem) exclude(o Options) {
	p.excludes = make([][]exclusion, p.m.States())
	p.tied = make([][]uint64, p.n)
	for i := range p.tied {
		p.tied[i] = make([]uint64, p.sets)
	}
	for _, pair := range o.ForbiddenPairs {
		for x, c := range pair {
			other := pair[1-x]
			p.tied[c.Descriptor][other.Descriptor/64] |= 1 << (other.Descriptor % 64)
			row := p.m.first[c.Descriptor] + c.State
			p.excludes[row] = append(p.excludes[row], exclusion{other.Descriptor, ^(uint64(1) << other.State)})
		}
	}
}

// A word is the plain sum of its lanes, each shifted to its place, so that adding
// words adds lanes as long as every lane ends between 0 and its capacity: what is
// borrowed on the way is given back.

func (s laneSize) pack(values []int) uint64 {
	var w uint64
	for x, v := range values {
		w += uint64(int64(v)) << (uint(x) * s.bits)
	}
	return w
}

// bias makes lanes of zero: a lane is not negative if its high bit is set.
func (s laneSize) bias(value int) uint64 {
	var w uint64
	for x := range s.perWord {
		w += uint64(int64(value)) << (x * s.bits)
	}
	return w + s.high
}

// get reads a lane of a word that carries the bias.
func (s laneSize) get(word uint64, x uint) int {
	return int(word>>(x*s.bits)&(1<<s.bits-1)) - 1<<(s.bits-1)
}

// unpack writes all lanes of words that carry the bias.
func (s laneSize) unpack(words []uint64, into []int32) {
	if s.perWord == 4 {
		for w, v := range words {
			four := into[4*w : 4*w+4 : 4*w+4]
			four[0] = int32(v&0xffff) - 0x8000
			four[1] = int32(v>>16&0xffff) - 0x8000
			four[2] = int32(v>>32&0xffff) - 0x8000
			four[3] = int32(v>>48) - 0x8000
		}
		return
	}
	for w, v := range words {
		into[2*w] = int32(int64(v&0xffff_ffff) - 0x8000_0000)
		into[2*w+1] = int32(int64(v>>32) - 0x8000_0000)
	}
}

// max is the larger of each lane of two words without the bias.
func (s laneSize) max(a, b uint64) uint64 {
	a, b = a+s.high, b+s.high
	var w uint64
	for x := range s.perWord {
		w += uint64(int64(max(s.get(a, x), s.get(b, x)))) << (x * s.bits)
	}
	return w
}

func abs(v int) int { return max(v, -v) }

func size(domain uint64) int { return bits.OnesCount64(domain) }
