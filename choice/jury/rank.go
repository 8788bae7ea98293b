package jury

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"math/big"
	"slices"
	"strconv"
)

// TieKey is one question by which initiatives with equal scores are told apart.
type TieKey string

const (
	Priority TieKey = "priority" // higher mean on the criterion Order.Priority
	Median   TieKey = "median"   // higher median of the totals
	Fails    TieKey = "fails"    // fewer cards with a criterion under its minimum
	Votes    TieKey = "votes"    // more votes of residents
	Lot      TieKey = "lot"      // by SHA-256 of Order.Lot, a zero byte and the number from 0
)

// Order says how equal scores are ordered. Ties must end with Lot.
type Order struct {
	Ties     []TieKey
	Priority int   // criterion
	Votes    []int // of residents, by initiative
	Lot      string
}

// Place is the place of one initiative in the ranking.
type Place struct {
	Initiative int
	Score      *big.Rat
	// Equal is how many had the same score, itself among them; By the key that told
	// it from the one before it, "" where scores did.
	Equal int
	By    TieKey
}

// ErrOrder refuses an order that would leave somebody equal, or cannot be applied.
var ErrOrder = errors.New("jury: order of equals; expected known keys that end with lot, a seed for it, votes for each initiative and a known criterion")

// Rank puts the initiatives with a score in order, the best first.
func (p *Panel) Rank(scores []*big.Rat, o Order) ([]Place, error) {
	if err := p.checkOrder(o); err != nil {
		return nil, err
	}
	keys := p.tieKeys(o)
	var places []Place
	for i, s := range scores {
		if s != nil {
			places = append(places, Place{Initiative: i, Score: s})
		}
	}
	slices.SortFunc(places, func(a, b Place) int {
		d := b.Score.Cmp(a.Score)
		for k := 0; d == 0 && k < len(keys); k++ {
			d = keys[k](a.Initiative, b.Initiative)
		}
		return d
	})
	for i := range places {
		for _, other := range places {
			if other.Score.Cmp(places[i].Score) == 0 {
				places[i].Equal++
			}
		}
		if i > 0 && places[i].Score.Cmp(places[i-1].Score) == 0 {
			k := slices.IndexFunc(keys, func(compare func(a, b int) int) bool {
				return compare(places[i-1].Initiative, places[i].Initiative) != 0
			})
			places[i].By = o.Ties[k]
		}
	}
	return places, nil
}

func (p *Panel) checkOrder(o Order) error {
	for i, k := range o.Ties {
		switch {
		case !slices.Contains([]TieKey{Priority, Median, Fails, Votes, Lot}, k),
			(k == Lot) != (i == len(o.Ties)-1), k == Lot && o.Lot == "",
			k == Votes && len(o.Votes) != p.Initiatives,
			k == Priority && (o.Priority < 0 || o.Priority >= len(p.Criteria)):
			return ErrOrder
		}
	}
	if len(o.Ties) == 0 {
		return ErrOrder
	}
	return nil
}

// tieKeys are comparisons of two initiatives, the better one first.
func (p *Panel) tieKeys(o Order) []func(a, b int) int {
	marks, totals, fails := p.criterionMeans(), p.Totals(), p.fails()
	median := func(i int) *big.Rat {
		v := present(totals[i])
		slices.SortFunc(v, (*big.Rat).Cmp)
		if len(v) == 0 {
			return new(big.Rat)
		}
		return mean([]*big.Rat{v[(len(v)-1)/2], v[len(v)/2]})
	}
	lot := func(i int) []byte {
		h := sha256.Sum256([]byte(o.Lot + "\x00" + strconv.Itoa(i)))
		return h[:]
	}
	all := map[TieKey]func(a, b int) int{
		Priority: func(a, b int) int { return marks[b][o.Priority].Cmp(marks[a][o.Priority]) },
		Median:   func(a, b int) int { return median(b).Cmp(median(a)) },
		Fails:    func(a, b int) int { return cmp.Compare(fails[a], fails[b]) },
		Votes:    func(a, b int) int { return cmp.Compare(o.Votes[b], o.Votes[a]) },
		Lot:      func(a, b int) int { return bytes.Compare(lot(a), lot(b)) },
	}
	var keys []func(a, b int) int
	for _, k := range o.Ties {
		keys = append(keys, all[k])
	}
	return keys
}

// fails counts the cards of each initiative on which a criterion is under its
// minimum.
func (p *Panel) fails() []int {
	out := make([]int, p.Initiatives)
	for _, c := range p.Cards {
		for k, n := range c.Points {
			if m := p.Criteria[k].Minimum; m != nil && big.NewRat(int64(n), 1).Cmp(m) < 0 {
				out[c.Initiative]++
				break
			}
		}
	}
	return out
}
