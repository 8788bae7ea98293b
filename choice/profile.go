package choice

import (
	"fmt"
	"hash/maphash"
	"iter"
	"math"
	"math/big"
	"slices"
)

// Ballot is what one voter chose, or several voters alike.
type Ballot struct {
	// Projects holds positions in Election.Projects; in a ranking the best
	// comes first. A project may stand in it once.
	Projects []int
	// Points stand beside Projects, at least 0 each, in a profile of Points.
	Points []int
	// Voters is how many cast it; 0 is read as 1.
	Voters int
	// Weight multiplies the endowment of each of these voters; nil is 1.
	// Other rules than Equal Shares and Phragmén take no notice of it.
	Weight *big.Rat
}

// MaxPoints bounds the points of one project on one ballot.
const MaxPoints = 1_000_000

// MaxVoters bounds the voters of a profile.
const MaxVoters = 1_000_000_000

// Profile holds all ballots, equal ones once with their number, and no trace
// of who cast them. The zero value is of no use: call NewProfile.
type Profile struct {
	kind     Kind
	start    []uint32 // where the picks of each group begin, and at last where they end
	picks    []uint16
	points   []uint32
	count    []uint32
	class    []uint16 // index into weights; nil while all weigh 1
	weights  []*big.Rat
	voters   int
	projects int // highest position named, and one

	apart bool // every ballot its own group; tests compare both
	seed  uint64
	table []uint64 // high half: hash; low half: group, and one
}

// NewProfile makes an empty profile of ballots of one kind.
func NewProfile(kind Kind) *Profile {
	return &Profile{
		kind: kind, start: []uint32{0}, weights: []*big.Rat{big.NewRat(1, 1)},
		// The seed keeps hostile ballots from colliding on purpose. It decides
		// where a group lies in the table, never what is counted.
		seed: maphash.String(maphash.MakeSeed(), "ballots"), table: make([]uint64, 64),
	}
}

// Kind says what the ballots carry.
func (p *Profile) Kind() Kind { return p.kind }

// Voters is how many people voted.
func (p *Profile) Voters() int { return p.voters }

// Distinct is how many different ballots there are.
func (p *Profile) Distinct() int { return len(p.count) }

// Add puts a ballot in. It is refused, and nothing changes, when a project
// stands in it twice, a position or points are out of range, points do not
// stand beside projects, or a weight is not positive.
func (p *Profile) Add(b Ballot) error {
	if err := p.check(b); err != nil {
		return err
	}
	class, err := p.classOf(b.Weight)
	if err != nil {
		return err
	}
	for i, c := range b.Projects {
		p.picks = append(p.picks, uint16(c))
		if p.kind == Points {
			p.points = append(p.points, uint32(b.Points[i]))
		}
	}
	if p.close(class, max(b.Voters, 1)) {
		return nil
	}
	return fmt.Errorf("choice: ballot names a project twice; expected each once")
}

func (p *Profile) check(b Ballot) error {
	switch {
	case (p.kind == Points) != (b.Points != nil) && len(b.Projects) > 0, b.Points != nil && len(b.Points) != len(b.Projects):
		return fmt.Errorf("choice: %d points for %d projects on a ballot of kind %s", len(b.Points), len(b.Projects), p.kind)
	case b.Voters < 0 || p.voters+max(b.Voters, 1) > MaxVoters:
		return fmt.Errorf("choice: %d voters more; expected at least 0, and %d together at most", b.Voters, MaxVoters)
	case len(p.picks)+len(b.Projects) > math.MaxUint32:
		return fmt.Errorf("choice: more than %d choices on all ballots together", math.MaxUint32)
	}
	for _, c := range b.Projects {
		if c < 0 || c >= MaxProjects {
			return fmt.Errorf("choice: ballot names project at %d; expected 0 to %d", c, MaxProjects-1)
		}
	}
	for _, n := range b.Points {
		if n < 0 || n > MaxPoints {
			return fmt.Errorf("choice: %d points on a ballot; expected 0 to %d", n, MaxPoints)
		}
	}
	return nil
}

// classOf finds the number under which a weight is kept.
func (p *Profile) classOf(w *big.Rat) (uint16, error) {
	if w == nil {
		return 0, nil
	}
	if w.Sign() <= 0 || w.Num().BitLen() > 32 || w.Denom().BitLen() > 32 {
		return 0, fmt.Errorf("choice: weight %s; expected a positive fraction of numbers below 2^32", w)
	}
	i := slices.IndexFunc(p.weights, func(v *big.Rat) bool { return v.Cmp(w) == 0 })
	if i < 0 {
		i = len(p.weights)
		if i > 1000 {
			return 0, fmt.Errorf("choice: more than 1000 different weights")
		}
		p.weights = append(p.weights, new(big.Rat).Set(w))
	}
	if i > 0 && p.class == nil {
		p.class = make([]uint16, len(p.count))
	}
	return uint16(i), nil
}

// close ends the ballot whose picks were just appended: it becomes a group of
// its own or joins an equal one. False, and the picks are gone, if one of them
// stands there twice.
func (p *Profile) close(class uint16, voters int) bool {
	from := int(p.start[len(p.start)-1])
	if !p.sortLast(from) {
		p.cut(from)
		return false
	}
	p.voters += voters
	for _, c := range p.picks[from:] {
		p.projects = max(p.projects, int(c)+1)
	}
	if slot, group := p.find(from, class); group >= 0 {
		p.count[group] += uint32(voters)
		p.cut(from)
	} else {
		p.open(slot, from, class, voters)
	}
	return true
}

func (p *Profile) cut(from int) {
	p.picks = p.picks[:from]
	if p.kind == Points {
		p.points = p.points[:from]
	}
}

// sortLast brings the last picks into bytewise equal form when their order has
// no meaning. It reports whether each stands there once.
func (p *Profile) sortLast(from int) bool {
	picks := p.picks[from:]
	if p.kind == Ordinal {
		return distinct(picks)
	}
	for i := 1; i < len(picks); i++ {
		for j := i; j > 0 && picks[j-1] >= picks[j]; j-- {
			if picks[j-1] == picks[j] {
				return false
			}
			picks[j-1], picks[j] = picks[j], picks[j-1]
			if p.kind == Points {
				points := p.points[from:]
				points[j-1], points[j] = points[j], points[j-1]
			}
		}
	}
	return true
}

func distinct(picks []uint16) bool {
	if len(picks) > 32 {
		sorted := slices.Clone(picks)
		slices.Sort(sorted)
		return len(slices.Compact(sorted)) == len(picks)
	}
	for i, c := range picks {
		if slices.Contains(picks[:i], c) {
			return false
		}
	}
	return true
}

// find looks for a group equal to the last picks; if there is none it returns
// -1 and what the table must keep.
func (p *Profile) find(from int, class uint16) (uint64, int) {
	h := p.seed ^ uint64(class)
	for i, c := range p.picks[from:] {
		h = (h ^ uint64(c)) * 0x9E3779B97F4A7C15
		h ^= h >> 29
		if p.kind == Points {
			h = (h ^ uint64(p.points[from+i])) * 0xC2B2AE3D27D4EB4F
			h ^= h >> 32
		}
	}
	tag := (h * 0x9E3779B97F4A7C15) >> 32
	if p.apart {
		return tag, -1
	}
	mask := uint64(len(p.table) - 1)
	for i := tag & mask; p.table[i] != 0; i = (i + 1) & mask {
		if p.table[i]>>32 == tag && p.equal(int(uint32(p.table[i]))-1, from, class) {
			return tag, int(uint32(p.table[i])) - 1
		}
	}
	return tag, -1
}

func (p *Profile) equal(group, from int, class uint16) bool {
	a, b := p.start[group], p.start[group+1]
	return slices.Equal(p.picks[a:b], p.picks[from:]) &&
		(p.kind != Points || slices.Equal(p.points[a:b], p.points[from:])) &&
		(p.class == nil || p.class[group] == class)
}

// open makes a group of the last picks.
func (p *Profile) open(tag uint64, from int, class uint16, voters int) {
	p.start = append(p.start, uint32(len(p.picks)))
	p.count = append(p.count, uint32(voters))
	if p.class != nil {
		p.class = append(p.class, class)
	}
	if 2*len(p.count) > len(p.table) {
		old := p.table
		p.table = make([]uint64, 2*len(old))
		for _, entry := range old {
			if entry != 0 {
				p.put(entry)
			}
		}
	}
	p.put(tag<<32 | uint64(len(p.count)))
}

func (p *Profile) put(entry uint64) {
	mask := uint64(len(p.table) - 1)
	i := entry >> 32 & mask
	for p.table[i] != 0 {
		i = (i + 1) & mask
	}
	p.table[i] = entry
}

// All yields the different ballots with their number of voters, in the order
// in which they first came. The slices are the caller's.
func (p *Profile) All() iter.Seq[Ballot] {
	return func(yield func(Ballot) bool) {
		for g := range p.count {
			b := Ballot{Voters: int(p.count[g]), Weight: new(big.Rat).Set(p.weight(g))}
			for i := p.start[g]; i < p.start[g+1]; i++ {
				b.Projects = append(b.Projects, int(p.picks[i]))
				if p.kind == Points {
					b.Points = append(b.Points, int(p.points[i]))
				}
			}
			if !yield(b) {
				return
			}
		}
	}
}

func (p *Profile) weight(group int) *big.Rat {
	if p.class == nil {
		return p.weights[0]
	}
	return p.weights[p.class[group]]
}

// weightUnit is the common denominator of all weights. It is not ok when a weight is
// 2^31 times the fraction it makes, or more: sums over a thousand million voters
// must fit an int64.
func (p *Profile) weightUnit() (unit *big.Int, ok bool) {
	unit = big.NewInt(1)
	for _, w := range p.weights {
		gcd := new(big.Int).GCD(nil, nil, unit, w.Denom())
		unit.Mul(unit, new(big.Int).Quo(w.Denom(), gcd))
	}
	for _, w := range p.weights {
		if p.units(w, unit).BitLen() > 31 {
			return unit, false
		}
	}
	return unit, true
}

// units is a weight as a whole number of 1/unit.
func (p *Profile) units(w *big.Rat, unit *big.Int) *big.Int {
	u := new(big.Int).Quo(unit, w.Denom())
	return u.Mul(u, w.Num())
}

// group yields where the picks of a group lie in p.picks.
func (p *Profile) group(g int) (from, to uint32) { return p.start[g], p.start[g+1] }
