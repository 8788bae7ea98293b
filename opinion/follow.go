package opinion

import "slices"

// Follow answers whether opinions follow the sectors at all.
type Follow struct {
	People  int   // on the map, in the sectors compared; 0 where that would tell of fewer than five others
	Sectors []int // those with at least fifteen people on the map

	// Share of the variance of positions that lies between the sectors (one-way
	// eta squared): on each axis, and on both together. 0 when all sectors stand
	// around the same point, 1 when each stands in a point of its own.
	Eta  [2]float64
	Both float64
	// ARI between groups and sectors: 1 when they are the same, 0 as by chance.
	ARI float64

	// Probabilities that sectors drawn by lot would do as much, from 999
	// permutations.
	PEta       [2]float64
	PBoth, PAR float64

	// Table counts people per group and sector of Sectors. It is nil when any of
	// its cells is below five, or one could be worked out that is.
	Table [][]int
}

// Together says that the map does not divide by sector: chance alone would put
// the sectors as far apart in more than one case of ten.
func (f *Follow) Together() bool { return f.PBoth > 0.1 }

const (
	enoughOfSector = 15
	permutations   = 999
)

// follow compares positions and groups of clustered people with their sectors.
func follow(m *Map, s Sectors, seed uint64) *Follow {
	count := make([]int, len(s.Names))
	for p, g := range m.Group {
		if sector := s.of(p); g >= 0 && sector >= 0 {
			count[sector]++
		}
	}
	f := &Follow{}
	place := make([]int, len(s.Names))
	for i, n := range count {
		place[i] = -1
		if n >= enoughOfSector {
			place[i] = len(f.Sectors)
			f.Sectors = append(f.Sectors, i)
		}
	}
	if len(f.Sectors) < 2 {
		return nil
	}
	t := &trial{groups: len(m.Groups), sectors: len(f.Sectors)}
	for p, g := range m.Group {
		if sector := s.of(p); g >= 0 && sector >= 0 && place[sector] >= 0 {
			t.at = append(t.at, m.At[p])
			t.group = append(t.group, uint8(g))
			t.sector = append(t.sector, uint8(place[sector]))
		}
	}
	t.prepare()
	f.Eta, f.Both, f.ARI = t.measure()
	f.Table = t.table(m.Groups)
	if tellsNothing(m.Clustered - len(t.at)) {
		f.People = len(t.at)
	}
	f.permute(t, seed)
	return f
}

// permute deals the sectors out again and again and counts how often they
// separate the people at least as well.
func (f *Follow) permute(t *trial, seed uint64) {
	r := newRandom(seed)
	var eta [2]int
	both, ari := 0, 0
	const rounding = 1e-12
	for range permutations {
		r.Shuffle(len(t.sector), func(i, j int) { t.sector[i], t.sector[j] = t.sector[j], t.sector[i] })
		e, b, a := t.measure()
		for i := range e {
			if e[i] >= f.Eta[i]-rounding {
				eta[i]++
			}
		}
		if b >= f.Both-rounding {
			both++
		}
		if a >= f.ARI-rounding {
			ari++
		}
	}
	p := func(n int) float64 { return float64(n+1) / (permutations + 1) }
	f.PEta, f.PBoth, f.PAR = [2]float64{p(eta[0]), p(eta[1])}, p(both), p(ari)
}

// trial is people with their places, groups and, for the moment, sectors.
type trial struct {
	at              []Point
	group, sector   []uint8
	groups, sectors int
	mean            Point
	total           [2]float64 // sums of squares around the mean
	perGroup        []int
}

func (t *trial) prepare() {
	for _, p := range t.at {
		t.mean.X += p.X / float64(len(t.at))
		t.mean.Y += p.Y / float64(len(t.at))
	}
	for i := range t.at {
		t.at[i].X -= t.mean.X
		t.at[i].Y -= t.mean.Y
		t.total[0] += t.at[i].X * t.at[i].X
		t.total[1] += t.at[i].Y * t.at[i].Y
	}
	t.perGroup = make([]int, t.groups)
	for _, g := range t.group {
		t.perGroup[g]++
	}
}

// measure is eta squared on each axis and on both, and ARI.
func (t *trial) measure() (eta [2]float64, both, ari float64) {
	sum := make([]Point, t.sectors)
	cells := make([]int, t.groups*t.sectors)
	size := make([]int, t.sectors)
	for i, s := range t.sector {
		sum[s].X += t.at[i].X
		sum[s].Y += t.at[i].Y
		size[s]++
		cells[int(t.group[i])*t.sectors+int(s)]++
	}
	var between [2]float64
	for s, n := range size {
		between[0] += sum[s].X * sum[s].X / float64(n)
		between[1] += sum[s].Y * sum[s].Y / float64(n)
	}
	share := func(part, whole float64) float64 {
		if whole == 0 {
			return 0
		}
		return part / whole
	}
	together, left, right := 0.0, 0.0, 0.0
	for _, n := range cells {
		together += pairs(n)
	}
	for _, n := range t.perGroup {
		left += pairs(n)
	}
	for _, n := range size {
		right += pairs(n)
	}
	eta = [2]float64{share(between[0], t.total[0]), share(between[1], t.total[1])}
	return eta, share(between[0]+between[1], t.total[0]+t.total[1]), adjust(together, left, right, pairs(len(t.at)))
}

// table is people per group and sector, nil when it would tell of too few: in a
// cell, or in what is left of a group beside its cells.
func (t *trial) table(groups []Group) [][]int {
	rows := make([][]int, t.groups)
	for g := range rows {
		rows[g] = make([]int, t.sectors)
	}
	for i, s := range t.sector {
		rows[t.group[i]][s]++
	}
	for g, row := range rows {
		if slices.Min(row) < smallest || !tellsNothing(groups[g].Size-t.perGroup[g]) {
			return nil
		}
	}
	return rows
}

// tellsNothing says that so many people left over are none, or enough.
func tellsNothing(people int) bool { return people == 0 || people >= smallest }
