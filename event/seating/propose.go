package seating

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// Person is somebody to be seated.
type Person struct {
	ID           string
	Sector       string
	Organisation string // "" for themselves: they are apart from nobody
}

// Propose seats people at so many tables and returns for each table the indices
// of its people in the order of people.
//
// Tables differ in size by at most one. Every sector sits at every table, and
// fills at least a third of it, as far as there are enough of it: larger sectors
// are looked after first, because a third of every table for three of them is
// all that there is. People of one organisation sit apart: no exchange of two
// people of the same sector would part more of them. The seed decides between
// proposals that are equally good; the same people, in any order, and the same
// seed give the same proposal.
//
// locked gives the table, from 0, of those who stay where they are; sizes then
// differ by no more than the locked seats force them to. Fewer than one table or
// a table that there is not is a mistake of the caller and panics.
func Propose(people []Person, tables int, locked map[string]int, seed uint64) [][]int {
	if tables < 1 {
		panic("seating: no tables")
	}
	p := &proposal{people: people, tables: tables, locked: locked,
		random: rand.New(rand.NewPCG(seed, 0x5ea71)), at: make([]int, len(people))}
	p.order()
	p.measure()
	p.share()
	p.place()
	p.part()
	plan := make([][]int, tables)
	for _, i := range p.turn {
		plan[p.at[i]] = append(plan[p.at[i]], i)
	}
	return plan
}

// proposal is a seating that is being made.
type proposal struct {
	people []Person
	tables int
	locked map[string]int
	random *rand.Rand

	turn    []int    // people in the order in which they are looked at: by id, then shuffled
	sectors []string // the largest first
	size    []int    // of each table
	seats   map[string][]int
	at      []int // table of each person, -1 for none yet
}

const nowhere = -1

// order makes the result independent of the order in which people come.
func (p *proposal) order() {
	for i := range p.people {
		p.turn = append(p.turn, i)
	}
	slices.SortFunc(p.turn, func(a, b int) int { return cmp.Compare(p.people[a].ID, p.people[b].ID) })
	p.random.Shuffle(len(p.turn), func(i, j int) { p.turn[i], p.turn[j] = p.turn[j], p.turn[i] })
	n := map[string]int{}
	for i, person := range p.people {
		n[person.Sector]++
		p.at[i] = nowhere
		if table, is := p.locked[person.ID]; is {
			p.at[i] = table
		}
	}
	for sector := range n {
		p.sectors = append(p.sectors, sector)
	}
	slices.SortFunc(p.sectors, func(a, b string) int { return cmp.Or(n[b]-n[a], cmp.Compare(a, b)) })
}

// measure makes the tables as equal as the locked seats let them be.
func (p *proposal) measure() {
	p.size = make([]int, p.tables)
	left := len(p.people)
	for _, table := range p.at {
		if table != nowhere {
			p.size[table]++
			left--
		}
	}
	for ; left > 0; left-- {
		p.size[least(p.size)]++
	}
}

func least(numbers []int) int { return slices.Index(numbers, slices.Min(numbers)) }

// share decides how many of each sector sit at each table. What is promised (the
// locked seats, then one of each sector, then a third) is added sector by sector
// as long as all promises together can be kept: the rows are no longer than their
// sectors and the columns no longer than their tables. That is enough, because
// what is left of a sector may sit anywhere.
func (p *proposal) share() {
	p.seats = map[string][]int{}
	have := map[string]int{}
	for i, person := range p.people {
		if p.seats[person.Sector] == nil {
			p.seats[person.Sector] = make([]int, p.tables)
		}
		have[person.Sector]++
		if p.at[i] != nowhere {
			p.seats[person.Sector][p.at[i]]++
		}
	}
	for _, share := range []func(size int) int{func(int) int { return 1 }, func(size int) int { return (size + 2) / 3 }} {
		for _, sector := range p.sectors {
			p.promise(sector, have[sector], share)
		}
	}
	p.spread(have)
}

// promise gives the sector its share of every table, if that can be kept.
func (p *proposal) promise(sector string, have int, share func(size int) int) {
	wish := make([]int, p.tables)
	sum := 0
	for t, size := range p.size {
		wish[t] = max(p.seats[sector][t], share(size))
		sum += wish[t]
		if p.taken(t)-p.seats[sector][t]+wish[t] > size {
			return
		}
	}
	if sum <= have {
		p.seats[sector] = wish
	}
}

func (p *proposal) taken(table int) (n int) {
	for _, seats := range p.seats {
		n += seats[table]
	}
	return n
}

// spread seats what is left of each sector where there are fewest of it, and
// among those where most seats are free.
func (p *proposal) spread(have map[string]int) {
	for _, sector := range slices.Backward(p.sectors) { // the smallest first: it has least choice
		left := have[sector]
		for _, n := range p.seats[sector] {
			left -= n
		}
		for ; left > 0; left-- {
			best := nowhere
			for t := range p.tables {
				free := p.size[t] - p.taken(t)
				if free == 0 {
					continue
				}
				if best == nowhere || cmp.Or(p.seats[sector][t]-p.seats[sector][best], (p.size[best]-p.taken(best))-free) < 0 {
					best = t
				}
			}
			p.seats[sector][best]++
		}
	}
}

// place gives people their tables: the largest organisations first, each of
// their people where fewest of them sit, and among those where most seats of
// their sector are free.
func (p *proposal) place() {
	free := map[string][]int{}
	for sector, seats := range p.seats {
		free[sector] = slices.Clone(seats)
	}
	members := map[string]int{}
	var waiting []int
	for _, i := range p.turn {
		members[p.people[i].Organisation]++
		if p.at[i] == nowhere {
			waiting = append(waiting, i)
		} else {
			free[p.people[i].Sector][p.at[i]]--
		}
	}
	members[""] = 0
	slices.SortStableFunc(waiting, func(a, b int) int {
		x, y := p.people[a].Organisation, p.people[b].Organisation
		return cmp.Or(members[y]-members[x], cmp.Compare(x, y))
	})
	for _, i := range waiting {
		person := p.people[i]
		best := nowhere
		for t := range p.tables {
			if free[person.Sector][t] == 0 {
				continue
			}
			if best == nowhere || cmp.Or(p.mates(i, t)-p.mates(i, best), free[person.Sector][best]-free[person.Sector][t]) < 0 {
				best = t
			}
		}
		p.at[i] = best
		free[person.Sector][best]--
	}
}

// mates counts those of the person's organisation at a table, without the person.
func (p *proposal) mates(person, table int) (n int) {
	organisation := p.people[person].Organisation
	if organisation == "" {
		return 0
	}
	for i, at := range p.at {
		if at == table && i != person && p.people[i].Organisation == organisation {
			n++
		}
	}
	return n
}

// part exchanges two people of a sector as long as that parts more people of one
// organisation. Each exchange leaves fewer pairs, so it ends.
func (p *proposal) part() {
	for again := true; again; {
		again = false
		for k, i := range p.turn {
			for _, j := range p.turn[k+1:] {
				if p.gain(i, j) > 0 {
					p.at[i], p.at[j] = p.at[j], p.at[i]
					again = true
				}
			}
		}
	}
}

// gain is how many pairs of one organisation an exchange would part.
func (p *proposal) gain(i, j int) int {
	a, b := p.people[i], p.people[j]
	_, stays := p.locked[a.ID]
	_, staysToo := p.locked[b.ID]
	if stays || staysToo || a.Sector != b.Sector || p.at[i] == p.at[j] || a.Organisation == b.Organisation {
		return 0
	}
	before := p.mates(i, p.at[i]) + p.mates(j, p.at[j])
	return before - p.mates(i, p.at[j]) - p.mates(j, p.at[i])
}
