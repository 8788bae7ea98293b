package opinion

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// event is one line of a log: a vote, or one taken back.
type event struct {
	person, statement int
	vote              Vote // withdrawn takes back
}

func (e event) apply(l *Live) {
	if e.vote == withdrawn {
		l.Withdraw(e.person, e.statement)
		return
	}
	if _, err := l.Vote(e.person, e.statement, e.vote); err != nil {
		panic(err)
	}
}

// final keeps, for each pair, only its last event.
func final(log []event) []event {
	last := map[[2]int]int{}
	for i, e := range log {
		last[[2]int{e.person, e.statement}] = i
	}
	var kept []event
	for i, e := range log {
		if last[[2]int{e.person, e.statement}] == i {
			kept = append(kept, e)
		}
	}
	return kept
}

func liveAfter(log []event, people, statements int) *Live {
	v := &Votes{}
	if err := v.Grow(people, statements); err != nil {
		panic(err)
	}
	l := NewLive(v, Options{}, nil)
	for _, e := range log {
		e.apply(l)
	}
	return l
}

// same compares two states to the bit: votes, sums, and the whole map.
func same(t *rapid.T, a, b *Live, what string) {
	for p := range a.votes.rows {
		if x, y := a.votes.rows[p], b.votes.rows[p]; len(x)+len(y) > 0 && !reflect.DeepEqual(x, y) {
			t.Fatalf("%s: votes of %d are %v and %v", what, p, x, y)
		}
	}
	if !reflect.DeepEqual(a.votes.tally, b.votes.tally) || a.votes.count != b.votes.count {
		t.Fatalf("%s: tallies %v and %v", what, a.votes.tally, b.votes.tally)
	}
	if !reflect.DeepEqual(a.pairs, b.pairs) {
		t.Fatalf("%s: sums differ", what)
	}
	x, err := a.Refresh()
	y, err2 := b.Refresh()
	if (err == nil) != (err2 == nil) || !reflect.DeepEqual(x, y) {
		t.Fatalf("%s: maps differ\n%+v\n%+v", what, x, y)
	}
}

func TestVotesInAnyOrderGiveTheSameStateToTheBit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people, statements := rapid.IntRange(1, 30).Draw(t, "people"), rapid.IntRange(1, 12).Draw(t, "statements")
		log := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) event {
			return event{rapid.IntRange(0, people-1).Draw(t, "p"), rapid.IntRange(0, statements-1).Draw(t, "s"), Vote(rapid.IntRange(-1, 2).Draw(t, "v"))}
		}), 1, 300).Draw(t, "log")
		one := liveAfter(log, people, statements)
		kept := final(log)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 0)).Shuffle(len(kept), func(i, j int) { kept[i], kept[j] = kept[j], kept[i] })
		other := liveAfter(kept, people, statements)
		same(t, one, other, "another order")
		bulk := &Votes{}
		if err := bulk.Grow(people, statements); err != nil {
			t.Fatal(err)
		}
		for _, e := range kept {
			if e.vote != withdrawn {
				if err := bulk.Set(e.person, e.statement, e.vote); err != nil {
					t.Fatal(err)
				}
			}
		}
		same(t, liveAfter(log, people, statements), NewLive(bulk, Options{}, nil), "read at once")
	})
}

func TestRefreshIsTheMapOfAllVotes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	l := liveAfter(nil, 60, 15)
	for range 6 {
		for range 150 {
			p, s := r.IntN(60), r.IntN(15)
			v := Vote(r.IntN(3) - 1)
			if r.IntN(3) > 0 { // two camps, so that there is something to find
				v = Vote(1 - 2*((p+s)%2))
			}
			event{p, s, v}.apply(l)
		}
		memory := l.Memory()
		got, err := l.Refresh()
		if err != nil {
			t.Fatal(err)
		}
		want, err := Compute(l.votes, Options{}, memory)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.Counts, want.Counts) || !reflect.DeepEqual(got.Group, want.Group) || !reflect.DeepEqual(got.All, want.All) {
			t.Errorf("counts or groups differ:\n%v\n%v", got.Group, want.Group)
		}
		for i := range got.At {
			if squared(got.At[i], want.At[i]) > 1e-14 {
				t.Errorf("person %d stands at %v, want %v", i, got.At[i], want.At[i])
			}
			if p := l.Position(i); squared(p, got.At[i]) > 1e-20 {
				t.Errorf("own position %v, on the map %v", p, got.At[i])
			}
		}
	}
}

func TestManyStatementsDoWithoutPairSums(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	v := &Votes{}
	for p := range 40 {
		for range 200 {
			s := r.IntN(mostPaired + 10)
			if err := v.Set(p, s, Vote(1-2*((p+s)%2))); err != nil {
				t.Fatal(err)
			}
		}
	}
	l := NewLive(v, Options{}, nil)
	if l.pairs != nil {
		t.Error("pair sums are kept")
	}
	got, err := l.Refresh()
	if err != nil {
		t.Fatal(err)
	}
	want, err := Compute(l.votes, Options{}, nil)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the map differs: %v", err)
	}
	if at, err := l.Vote(0, 1, Pass); err != nil || at == (Point{}) {
		t.Errorf("%v, %v", at, err)
	}
}

func TestModerationAndNewStatementsReachTheNextRefresh(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	l := liveAfter(nil, 40, 8)
	for p := range 40 {
		for s := range 8 {
			if r.IntN(4) > 0 {
				event{p, s, Vote(1 - 2*((p+s)%2))}.apply(l)
			}
		}
	}
	if _, err := l.Refresh(); err != nil {
		t.Fatal(err)
	}
	if err := l.Moderate(2, true); err != nil {
		t.Fatal(err)
	}
	for p := range 40 {
		event{p, 8 + p%3, Vote(p%3 - 1)}.apply(l) // three new statements
	}
	event{40, 0, Agree}.apply(l) // and somebody new
	memory := l.Memory()
	got, err := l.Refresh()
	if err != nil {
		t.Fatal(err)
	}
	want, err := Compute(l.votes, Options{}, memory)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got.Counts, want.Counts) || len(got.Plane.Mean) != 11 || got.Plane.Axes[0][2] != 0 || !got.Moderated[2] {
		t.Errorf("%+v", got.Plane)
	}
	for i := range got.At {
		if squared(got.At[i], want.At[i]) > 1e-14 {
			t.Errorf("person %d stands at %v, want %v", i, got.At[i], want.At[i])
		}
	}
}
