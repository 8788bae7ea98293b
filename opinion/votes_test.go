package opinion_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/wspolnota/wspolnota/opinion"
)

func TestVoteReplacesTheOneBefore(t *testing.T) {
	v := &opinion.Votes{}
	for _, vote := range []opinion.Vote{opinion.Agree, opinion.Agree, opinion.Pass, opinion.Disagree} {
		if err := v.Set(2, 1, vote); err != nil {
			t.Fatal(err)
		}
	}
	if v.Count() != 1 || v.CountOf(2) != 1 || v.Tally(1) != tally(0, 0, 1) || v.Participants() != 3 || v.Statements() != 2 {
		t.Errorf("%d votes, %v", v.Count(), v.Tally(1))
	}
	v.Withdraw(2, 1)
	v.Withdraw(2, 1)
	v.Withdraw(9, 9)
	v.Withdraw(-1, 0)
	if _, voted := v.Of(2, 1); voted || v.Count() != 0 || v.Tally(1) != tally(0, 0, 0) {
		t.Errorf("%d votes after taking it back", v.Count())
	}
}

func TestBadVotesChangeNothing(t *testing.T) {
	v := &opinion.Votes{}
	for _, tt := range []struct {
		person, statement int
		vote              opinion.Vote
		want              error
	}{
		{-1, 0, opinion.Agree, opinion.ErrRange}, {0, -1, opinion.Agree, opinion.ErrRange}, {0, 0, 2, opinion.ErrVote}, {0, 0, -2, opinion.ErrVote},
		{opinion.MaxParticipants, 0, opinion.Agree, opinion.ErrSize}, {0, opinion.MaxStatements, opinion.Agree, opinion.ErrSize},
	} {
		if err := v.Set(tt.person, tt.statement, tt.vote); !errors.Is(err, tt.want) {
			t.Errorf("%+v: %v", tt, err)
		}
		live := opinion.NewLive(v, opinion.Options{}, nil)
		if _, err := live.Vote(tt.person, tt.statement, tt.vote); !errors.Is(err, tt.want) {
			t.Errorf("live, %+v: %v", tt, err)
		}
	}
	if v.Participants() != 0 || v.Statements() != 0 || v.Count() != 0 {
		t.Errorf("%d × %d with %d votes", v.Participants(), v.Statements(), v.Count())
	}
	if err := v.Moderate(0, true); !errors.Is(err, opinion.ErrRange) {
		t.Errorf("moderating what is not there: %v", err)
	}
}

func TestPositionsAreThoseOfTheMap(t *testing.T) {
	v := synthetic(t, 50, 20, 600, 12)
	if err := v.Moderate(4, true); err != nil {
		t.Fatal(err)
	}
	m := compute(t, v)
	for i, p := range m.Plane.Positions(v) {
		if math.Hypot(p.X-m.At[i].X, p.Y-m.At[i].Y) > 1e-12 {
			t.Errorf("person %d stands at %v, on the map at %v", i, p, m.At[i])
		}
	}
}

func TestAdjustedRandKnowsItsEnds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var a, b, lot []int
	for range 3000 {
		x := r.IntN(3)
		a, b, lot = append(a, x), append(b, 7-x), append(lot, r.IntN(4))
	}
	for _, tt := range []struct {
		name       string
		a, b       []int
		want, wide float64
	}{
		{"the same under other names", a, b, 1, 0},
		{"by lot", a, lot, 0, 0.01},
		{"nobody", nil, nil, 1, 0},
		{"one part each", make([]int, 9), make([]int, 9), 1, 0},
		{"left out", []int{-1, 0, 0, 1, 1}, []int{5, 1, 1, 0, 0}, 1, 0},
		// Pairs together: 3 in the one, 2 in the other, 1 in both, of 6.
		{"by hand", []int{0, 0, 0, 1}, []int{0, 0, 1, 1}, (1 - 3.0*2/6) / ((3.0+2)/2 - 3.0*2/6), 1e-12},
	} {
		if got := opinion.AdjustedRand(tt.a, tt.b); math.Abs(got-tt.want) > tt.wide {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
