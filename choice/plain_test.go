package choice_test

import (
	"encoding/csv"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/choice"
)

// plain is Equal Shares as one would first write it: a row per voter, floating
// point, every project looked at in every round, its backers sorted by money. It
// is here to be measured against; it has no way to know when it is wrong.
type plain struct {
	e       *choice.Election
	backers [][]int
	money   []float64
}

func newPlain(e *choice.Election) *plain {
	p := &plain{e: e, backers: make([][]int, len(e.Projects))}
	n := 0
	for b := range e.Ballots.All() {
		for range b.Voters {
			for _, c := range b.Projects {
				p.backers[c] = append(p.backers[c], n)
			}
			n++
		}
	}
	p.money = make([]float64, n)
	return p
}

func (p *plain) equalShares(b0 float64) (winners []int) {
	for i := range p.money {
		p.money[i] = b0
	}
	for {
		best, least := -1, math.Inf(1)
		for c := range p.e.Projects {
			if slices.Contains(winners, c) {
				continue
			}
			if rho := p.payment(c) / float64(p.e.Projects[c].Cost); rho < least {
				best, least = c, rho
			}
		}
		if best < 0 {
			return winners
		}
		t := least * float64(p.e.Projects[best].Cost)
		for _, v := range p.backers[best] {
			p.money[v] -= min(p.money[v], t)
		}
		winners = append(winners, best)
	}
}

func (p *plain) payment(c int) float64 {
	var money []float64
	for _, v := range p.backers[c] {
		money = append(money, p.money[v])
	}
	slices.Sort(money)
	missing := float64(p.e.Projects[c].Cost)
	for i, m := range money {
		if t := missing / float64(len(money)-i); t <= m {
			return t
		}
		missing -= m
	}
	return math.Inf(1)
}

// loadPlainly reads the votes of a file as one would first write it.
func loadPlainly(in io.Reader) (map[string][]string, error) {
	r := csv.NewReader(in)
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = ';', -1, true
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	votes := map[string][]string{}
	inVotes := false
	for _, row := range rows {
		switch {
		case row[0] == "VOTES":
			inVotes = true
		case inVotes && row[0] != "voter_id":
			votes[row[0]] = strings.Split(row[1], ",")
		}
	}
	return votes, nil
}
