package opinion_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/opinion"
)

func TestNoVotesAreNoMap(t *testing.T) {
	if _, err := opinion.Compute(&opinion.Votes{}, opinion.Options{}, nil); !errors.Is(err, opinion.ErrNoVotes) {
		t.Errorf("%v", err)
	}
}

func TestFewVotesSaySo(t *testing.T) {
	fill := func(people, statements int, vote func(p, s int) opinion.Vote) *opinion.Votes {
		v := &opinion.Votes{}
		for p := range people {
			for s := range statements {
				if err := v.Set(p, s, vote(p, s)); err != nil {
					t.Fatal(err)
				}
			}
		}
		return v
	}
	checkered := func(p, s int) opinion.Vote { return opinion.Vote(1 - 2*((p+s)%2)) }
	for _, tt := range []struct {
		name  string
		votes *opinion.Votes
		want  opinion.Status
	}{
		{"six people", fill(6, 5, checkered), opinion.TooFewVotes},
		{"seven people", fill(7, 5, checkered), opinion.Ready},
		{"one statement", fill(20, 1, checkered), opinion.TooFewVotes},
		{"all of one mind", fill(20, 5, func(int, int) opinion.Vote { return opinion.Agree }), opinion.NoSpread},
	} {
		m := compute(t, tt.votes)
		if m.Status != tt.want || (len(m.Groups) > 0) != (tt.want == opinion.Ready) {
			t.Errorf("%s: %s with %d groups, want %s", tt.name, m.Status, len(m.Groups), tt.want)
		}
	}
}

func TestModeratedStatementMovesNobody(t *testing.T) {
	v := synthetic(t, 60, 12, 500, 2)
	if err := v.Moderate(3, true); err != nil {
		t.Fatal(err)
	}
	before := compute(t, v)
	for p := range v.Participants() {
		if _, voted := v.Of(p, 3); voted {
			if err := v.Set(p, 3, opinion.Vote(p%3-1)); err != nil {
				t.Fatal(err)
			}
		}
	}
	after := compute(t, v)
	if !reflect.DeepEqual(before.At, after.At) || !slices.Equal(before.Group, after.Group) {
		t.Error("votes on it moved somebody")
	}
	if before.Plane.Axes[0][3] != 0 || reflect.DeepEqual(before.All[3], after.All[3]) {
		t.Error("it should have no place in the axes and keep its counts")
	}
}

// shuffled renumbers participants and statements.
func shuffled(t testing.TB, v *opinion.Votes, people, statements []int) *opinion.Votes {
	t.Helper()
	w := &opinion.Votes{}
	for p := range v.Participants() {
		for s := range v.Statements() {
			if vote, ok := v.Of(p, s); ok {
				if err := w.Set(people[p], statements[s], vote); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return w
}

func TestNumbersOfPeopleAndStatementsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64().Draw(rt, "seed")
		r := rand.New(rand.NewPCG(seed, 2))
		v := synthetic(t, 40+r.IntN(60), 10+r.IntN(30), 1200, seed)
		people, statements := r.Perm(v.Participants()), r.Perm(v.Statements())
		w := shuffled(t, v, people, statements)
		if w.Participants() != v.Participants() || w.Statements() != v.Statements() {
			rt.Skip("somebody did not vote")
		}
		a, b := compute(t, v), compute(t, w)
		if !near(a.Plane.Variance[0], b.Plane.Variance[0], 1e-9) || !near(a.Plane.Variance[1], b.Plane.Variance[1], 1e-9) {
			rt.Fatalf("variance %v and %v", a.Plane.Variance, b.Plane.Variance)
		}
		moved := opinion.Plane{Mean: make([]float64, len(statements)), Axes: [2][]float64{make([]float64, len(statements)), make([]float64, len(statements))}}
		for from, to := range statements {
			moved.Axes[0][to], moved.Axes[1][to] = a.Plane.Axes[0][from], a.Plane.Axes[1][from]
		}
		if apart := angle(b.Plane, moved.Axes[0], moved.Axes[1]); apart > 1e-6 {
			rt.Fatalf("planes %v rad apart", apart)
		}
		own, theirs := make([]int, len(people)), make([]int, len(people))
		for from, to := range people {
			own[from], theirs[from] = int(a.Group[from]), int(b.Group[to])
			if math.Hypot(a.At[from].X-b.At[to].X, a.At[from].Y-b.At[to].Y) > 1e-6 {
				rt.Fatalf("person %d stands at %v and at %v", from, a.At[from], b.At[to])
			}
		}
		if ari := opinion.AdjustedRand(own, theirs); ari != 1 {
			rt.Fatalf("ARI of the groups %v", ari)
		}
	})
}

func TestEverybodyTurnedRoundIsTheSameMap(t *testing.T) {
	v := synthetic(t, 80, 20, 1000, 3)
	w := &opinion.Votes{}
	for p := range v.Participants() {
		for s := range v.Statements() {
			if vote, ok := v.Of(p, s); ok {
				if err := w.Set(p, s, -vote); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	a, b := compute(t, v), compute(t, w)
	for i := range a.At {
		// The axes turn with the votes: who stands farthest stands positive.
		if !near(math.Abs(a.At[i].X), math.Abs(b.At[i].X), 1e-9) || !near(math.Abs(a.At[i].Y), math.Abs(b.At[i].Y), 1e-9) {
			t.Fatalf("person %d stands at %v and at %v", i, a.At[i], b.At[i])
		}
	}
}

func TestMapDoesNotFlipAndGroupsKeepTheirIDs(t *testing.T) {
	v := synthetic(t, 120, 30, 2400, 4)
	first := compute(t, v)
	turned := *first.Memory
	turned.Axes = [2][]float64{slices.Clone(turned.Axes[0]), slices.Clone(turned.Axes[1])}
	for a := range turned.Axes { // as if the map had been shown the other way round
		for s := range turned.Axes[a] {
			turned.Axes[a][s] = -first.Memory.Axes[a][s]
		}
	}
	turned.Centre = nil
	turned.Label = slices.Clone(turned.Label)
	for i, id := range turned.Label {
		if id > 0 {
			turned.Label[i] = 5 - id // ids 0, 1, 2 were called 3, 2, 1
		}
	}
	for range 20 {
		if err := v.Set(rand.IntN(120), rand.IntN(30), opinion.Pass); err != nil {
			t.Fatal(err)
		}
	}
	plain, err := opinion.Compute(v, opinion.Options{}, first.Memory)
	if err != nil {
		t.Fatal(err)
	}
	mirrored, err := opinion.Compute(v, opinion.Options{}, &turned)
	if err != nil {
		t.Fatal(err)
	}
	moved := 0
	for i := range plain.At {
		if plain.At[i].X*first.At[i].X < -0.5 {
			t.Errorf("person %d jumped from %v to %v", i, first.At[i], plain.At[i])
		}
		if !near(plain.At[i].X, -mirrored.At[i].X, 1e-9) || !near(plain.At[i].Y, -mirrored.At[i].Y, 1e-9) {
			t.Errorf("person %d stands at %v and at %v", i, plain.At[i], mirrored.At[i])
		}
		if a, b := plain.Group[i], mirrored.Group[i]; a >= 0 && plain.Groups[a].ID+mirrored.Groups[b].ID != 3 {
			moved++
		}
	}
	if moved > 3 {
		t.Errorf("%d of %d people are in a group that was not theirs", moved, plain.Clustered)
	}
}

func TestWhoWasClusteredStaysSo(t *testing.T) {
	v := synthetic(t, 40, 20, 500, 6)
	m := compute(t, v)
	who := slices.IndexFunc(m.Group, func(g int8) bool { return g >= 0 })
	for s := range v.Statements() {
		if v.CountOf(who) > 3 {
			v.Withdraw(who, s)
		}
	}
	if m := compute(t, v); m.Group[who] >= 0 {
		t.Fatal("three votes should not be enough at first")
	}
	again, err := opinion.Compute(v, opinion.Options{}, m.Memory)
	if err != nil {
		t.Fatal(err)
	}
	if again.Group[who] < 0 {
		t.Error("was clustered and is not any more")
	}
}

func TestMemorySurvivesBeingStored(t *testing.T) {
	v := synthetic(t, 60, 15, 700, 7)
	m := compute(t, v)
	text, err := json.Marshal(m.Memory)
	if err != nil {
		t.Fatal(err)
	}
	var stored opinion.Memory
	if err := json.Unmarshal(text, &stored); err != nil {
		t.Fatal(err)
	}
	a, _ := opinion.Compute(v, opinion.Options{}, m.Memory)
	b, _ := opinion.Compute(v, opinion.Options{}, &stored)
	if !reflect.DeepEqual(a, b) {
		t.Error("the map from the stored memory differs")
	}
}
