package delphi

import "math"

// The exact test goes through the values, each time dividing the answers of one
// value among the groups. What matters of the way so far is how many answers
// and which rank sum each group has; ways that lead to the same are counted
// together.

const (
	mostGroups = 4       // a division remembers all groups but the last
	mostSteps  = 200_000 // after which counting gives up, within some 20 ms
)

// division is how far the groups are filled, in one number: members and doubled
// rank sum of all but the last, which has the rest. Up to MostExact answers, six
// bits hold the members of a group and twelve its doubled ranks.
type division uint64

const (
	memberBits = 6
	rankBits   = 12
	ranksFrom  = memberBits * (mostGroups - 1)
)

// more is what a division grows by where group g takes so many of this rank.
func more(g, take, rank int) division {
	return division(take)<<(memberBits*g) + division(take*rank)<<(ranksFrom+rankBits*g)
}

func (d division) members(g int) int { return int(d >> (memberBits * g) & (1<<memberBits - 1)) }

func (d division) ranks(g int) int { return int(d >> (ranksFrom + rankBits*g) & (1<<rankBits - 1)) }

// ways is how many ways lead to each division. They are remembered in the order
// in which they were met, since sums of floating numbers depend on it.
type ways struct {
	known     map[division]int
	divisions []division
	counts    []float64
}

func newWays() *ways { return &ways{known: map[division]int{}} }

func (w *ways) add(d division, count float64) {
	i, known := w.known[d]
	if !known {
		i = len(w.divisions)
		w.known[d] = i
		w.divisions, w.counts = append(w.divisions, d), append(w.counts, 0)
	}
	w.counts[i] += count
}

// exactManyGroups is the chance of an H at least as large as that seen, NaN
// where counting would take too long.
func exactManyGroups(p pooled) float64 {
	if len(p.sizes) > mostGroups {
		return math.NaN()
	}
	c := counting{pooled: p, steps: mostSteps, next: newWays()}
	c.next.add(0, 1)
	for i, rank := range p.doubledRanks() {
		so := c.next
		c.next, c.rank = newWays(), rank
		t := sum(p.ties[i])
		c.done += t
		for j, from := range so.divisions {
			c.share(from, 0, t, so.counts[j])
		}
		if c.steps < 0 {
			return math.NaN()
		}
	}
	return c.chance()
}

// counting is one value's turn: its doubled rank, how many answers are divided
// once it is, and the divisions that come of it.
type counting struct {
	pooled
	steps      int
	rank, done int
	next       *ways
}

// share divides what is left of one value among group g and those after it.
func (c *counting) share(d division, g, left int, count float64) {
	c.steps--
	if c.steps < 0 {
		return
	}
	if g == len(c.sizes)-1 {
		if c.ofLast(d) <= c.sizes[g] {
			c.next.add(d, count)
		}
		return
	}
	for take := 0; take <= min(left, c.sizes[g]-d.members(g)); take++ {
		c.share(d+more(g, take, c.rank), g+1, left-take, count*binomial(left, take))
	}
}

// ofLast is how many answers the last group has once this value is divided.
func (c *counting) ofLast(d division) int {
	members := c.done
	for g := range len(c.sizes) - 1 {
		members -= d.members(g)
	}
	return members
}

// chance adds up the ways whose groups lie at least as far apart. Σ R²/n grows
// with H; times the product of the sizes it is a whole number, so that equal is
// equal.
func (c *counting) chance() float64 {
	seen := c.spread(c.doubledSums())
	far, all := 0.0, 0.0
	sums := make([]int, len(c.sizes))
	for i, d := range c.next.divisions {
		rest := c.n * (c.n + 1)
		for g := range len(sums) - 1 {
			sums[g] = d.ranks(g)
			rest -= sums[g]
		}
		sums[len(sums)-1] = rest
		all += c.next.counts[i]
		if c.spread(sums) >= seen {
			far += c.next.counts[i]
		}
	}
	return far / all
}

func (c *counting) spread(doubledSums []int) int {
	product, total := 1, 0
	for _, n := range c.sizes {
		product *= n
	}
	for g, s := range doubledSums {
		total += product / c.sizes[g] * s * s
	}
	return total
}
