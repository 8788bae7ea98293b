package opinion

// Comparison is the sectors side by side.
type Comparison struct {
	Names      []string
	People     []int  // who voted, per sector; 0 where it is hidden
	Hidden     []bool // which of them
	Statements []Compared
	// Follow says whether opinions follow the sectors. It is nil while fewer than
	// two sectors have fifteen people on the map: too few votes yet.
	Follow *Follow
}

// Compare compares the sectors on every statement of the map. Moderated
// statements are compared too; leave them out where you show the result.
// seed is that of the permutations in Follow.
func Compare(v *Votes, m *Map, s Sectors, seed uint64) *Comparison {
	c := &Comparison{Names: s.Names, People: make([]int, len(s.Names))}
	without := 0
	for p, row := range v.rows {
		if len(row) == 0 {
			continue
		}
		if sector := s.of(p); sector >= 0 {
			c.People[sector]++
		} else {
			without++
		}
	}
	c.Hidden = Suppress(c.People, without)
	for i, hidden := range c.Hidden {
		if hidden {
			c.People[i] = 0
		}
	}
	counts := CountBySector(v, s)
	for j := range v.tally {
		tallies := make([]Tally, len(counts))
		for i := range counts {
			tallies[i] = counts[i][j]
		}
		c.Statements = append(c.Statements, CompareStatement(tallies, v.tally[j]))
	}
	c.Follow = follow(m, s, seed)
	return c
}
