package opinion

import (
	"cmp"
	"slices"
)

// Options of the map. The zero value gives two to five groups by k-means from
// one fixed start, so that the result can be compared with that of others.
type Options struct {
	Groups int    // at most so many groups, 2 to 8; 0 means 5
	Starts int    // random starts of k-means that compete with the fixed one, per number of groups
	Seed   uint64 // of the random starts
}

const mostGroups = 8

func (o Options) groups() int {
	if o.Groups == 0 {
		return 5
	}
	return min(max(o.Groups, 2), mostGroups)
}

// gain is by how much, relatively, another start must be better to replace the
// first. Below it the map would change its groups for nothing anybody sees.
const gain = 1e-4

// crowd is the people to be grouped and, where they are many, the weighted
// places that stand for them.
type crowd struct {
	at     []Point
	coarse []Point
	weight []float64 // nil: coarse is at itself
}

func newCrowd(at []Point, memory *Memory) crowd {
	if len(at) <= exactSilhouette {
		return crowd{at: at, coarse: at}
	}
	c := crowd{at: at}
	c.coarse, c.weight = base(at, memory.base())
	return c
}

// divisions of the crowd into 2, 3, … groups, as many as there are distinct
// places for.
func (c crowd) divisions(o Options, memory *Memory) []clustering {
	var all []clustering
	for k := 2; k <= o.groups(); k++ {
		fixed := firstDistinct(c.at, k)
		if len(fixed) < k {
			break
		}
		if before := memory.centre(k); before != nil {
			all = append(all, c.divide(before, append(c.others(k, o), fixed)))
		} else {
			all = append(all, c.divide(fixed, c.others(k, o)))
		}
	}
	return all
}

// others are random starts with k centres.
func (c crowd) others(k int, o Options) [][]Point {
	var all [][]Point
	for s := range o.Starts {
		if from := scattered(c.coarse, c.weight, k, o.Seed+uint64(s*mostGroups+k)); len(from) == k {
			all = append(all, from)
		}
	}
	return all
}

// divide runs k-means from the given start and lets others compete.
func (c crowd) divide(start []Point, others [][]Point) clustering {
	first := lloyd(c.at, nil, start)
	if len(others) == 0 {
		return first
	}
	bar := first
	if c.weight != nil {
		bar = lloyd(c.coarse, c.weight, first.centre)
	}
	var rival clustering
	for _, other := range others {
		if r := lloyd(c.coarse, c.weight, other); rival.label == nil || r.inertia < rival.inertia {
			rival = r
		}
	}
	if rival.inertia >= bar.inertia*(1-gain) {
		return first
	}
	if c.weight != nil {
		rival = lloyd(c.at, nil, rival.centre)
	}
	if rival.inertia < first.inertia*(1-gain) {
		return rival
	}
	return first
}

// silhouettes of the divisions, over all pairs of people or of base clusters.
func (c crowd) silhouettes(all []clustering) []float64 {
	if c.weight == nil {
		return silhouettes(c.at, nil, all)
	}
	coarse := make([]clustering, len(all))
	for i, d := range all {
		coarse[i] = clustering{label: make([]uint8, len(c.coarse)), centre: d.centre}
		coarse[i].assign(c.coarse)
	}
	return silhouettes(c.coarse, c.weight, coarse)
}

// choice is the division to be shown, over all members.
type choice struct {
	clustering
	silhouette []float64 // for 2, 3, … groups
	centres    [][]Point
	base       []Point
	number     GroupNumber
}

// choose finds the number of groups with the best silhouette (the larger of
// equals), as far as the memory lets it change. One person is no group: a
// division with a group of one is passed over, and where each has one, those
// people stand aside while the others are divided and then join the nearest
// group. People who cannot be divided are one group.
func choose(at []Point, o Options, memory *Memory) choice {
	inside := make([]int, len(at))
	for i := range inside {
		inside[i] = i
	}
	var result choice
	for {
		c := newCrowd(pick(at, inside), memory)
		all := c.divisions(o, memory)
		scores := c.silhouettes(all)
		if result.silhouette == nil {
			result.silhouette = scores
		}
		if c.weight != nil {
			result.base = c.coarse
		}
		best, alone := bestOf(all, scores)
		if best >= 0 {
			result.settle(all, best, memory)
			result.clustering = whole(at, inside, result.clustering)
			return result
		}
		inside = without(inside, alone)
		if len(alone) == 0 || len(inside) < 4 {
			result.clustering = lloyd(at, nil, []Point{{}})
			result.number = remembered(memory)
			return result
		}
	}
}

// settle takes the best division, or the one that the memory still holds to.
func (c *choice) settle(all []clustering, best int, memory *Memory) {
	c.number = remembered(memory).after(best + 2)
	if held := c.number.Shown - 2; held >= 0 && held < len(all) && !hasSingle(all[held]) {
		best = held
	}
	c.clustering = all[best]
	for _, d := range all {
		c.centres = append(c.centres, d.centre)
	}
}

func remembered(m *Memory) GroupNumber {
	if m == nil {
		return GroupNumber{}
	}
	return m.Chosen
}

// bestOf is the index of the best division without a group of one, -1 when
// there is none; alone then marks the people who are a group of one somewhere.
func bestOf(all []clustering, scores []float64) (best int, alone map[int]bool) {
	best, alone = -1, map[int]bool{}
	for d, c := range all {
		if hasSingle(c) {
			size := c.sizes()
			for i, l := range c.label {
				if size[l] == 1 {
					alone[i] = true
				}
			}
			continue
		}
		if best < 0 || scores[d] >= scores[best] {
			best = d
		}
	}
	return best, alone
}

func hasSingle(c clustering) bool { return slices.Contains(c.sizes(), 1) }

// without leaves out those at the marked places of the list.
func without(list []int, marked map[int]bool) []int {
	var kept []int
	for i, x := range list {
		if !marked[i] {
			kept = append(kept, x)
		}
	}
	return kept
}

func pick(at []Point, which []int) []Point {
	if len(which) == len(at) {
		return at
	}
	p := make([]Point, len(which))
	for i, w := range which {
		p[i] = at[w]
	}
	return p
}

// whole lets those who stood aside join the nearest group.
func whole(at []Point, inside []int, c clustering) clustering {
	if len(inside) == len(at) {
		return c
	}
	all := clustering{label: make([]uint8, len(at)), centre: c.centre}
	all.assign(at)
	for i, w := range inside {
		all.label[w] = c.label[i]
	}
	return all
}

// bySize orders clusters that have no history: larger ones first.
func bySize(c clustering) []int {
	size := c.sizes()
	order := make([]int, len(size))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(size[b], size[a]), before(c.centre[a], c.centre[b]))
	})
	return order
}
