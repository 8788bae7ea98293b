package barrier_test

import (
	"context"
	"maps"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/barrier"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

// figure is what is shown of a sector now.
type figure struct{ Voters, FrequencySum, HarmSum int }

func (w *world) shown(b barrier.Barrier, sector string) (figure, bool) {
	w.t.Helper()
	f, err := store.One[figure](context.Background(), w.DB, `SELECT voters, frequency_sum, harm_sum FROM barrier_figure
		WHERE barrier = $1 AND sector = $2 ORDER BY day DESC LIMIT 1`, b.ID, sector)
	if fault.Is(err, fault.KindNotFound) {
		return f, false
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return f, true
}

func TestSectorIsShownFromFiveVotersOn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		five := w.members(5, "resident")
		for i, person := range five {
			if _, shown := w.shown(b, "resident"); shown {
				t.Fatalf("%d voters are shown", i)
			}
			w.vote(b, person, 4, 2)
		}
		if f, shown := w.shown(b, "resident"); !shown || f != (figure{5, 20, 10}) {
			t.Errorf("%+v, %t", f, shown)
		}
	})
}

// The sixth vote alone could be had by subtraction; so could a change of mind.
func TestShownSectorMovesByFiveVotesAtLeast(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		all := w.members(10, "ngo")
		for _, person := range all[:5] {
			w.vote(b, person, 1, 1)
		}
		for i := range 20 { // one voter who cannot decide is one fresh vote
			w.vote(b, all[0], 1+i%5, 1+i%4)
		}
		for _, person := range all[5:8] {
			w.vote(b, person, 5, 5)
		}
		if f, _ := w.shown(b, "ngo"); f != (figure{5, 5, 5}) {
			t.Fatalf("four fresh votes are shown: %+v", f)
		}
		w.vote(b, all[8], 5, 5)
		if f, _ := w.shown(b, "ngo"); f.Voters != 9 {
			t.Errorf("five fresh votes are not shown: %+v", f)
		}
	})
}

// However people vote and change their minds, two figures that follow one
// another differ by the votes of five people at least, and each is true.
func TestDifferenceOfTwoFiguresIsAboutFivePeople(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	people := w.members(14, "business")
	rapid.Check(t, func(rt *rapid.T) {
		b := w.entered("Zdanie")
		then, now := map[store.ID]barrier.Ballot{}, map[store.ID]barrier.Ballot{}
		last := figure{}
		for range rapid.IntRange(1, 40).Draw(rt, "votes") {
			person := rapid.SampledFrom(people).Draw(rt, "person")
			now[person] = barrier.Ballot{Frequency: rapid.IntRange(1, 2).Draw(rt, "frequency"), Harm: rapid.IntRange(1, 2).Draw(rt, "harm")}
			w.vote(b, person, now[person].Frequency, now[person].Harm)
			if w.count(`SELECT count(*) FROM barrier_vote WHERE barrier = $1 AND (frequency <> shown_frequency OR harm <> shown_harm)`, b.ID) > 0 {
				continue // not drawn anew
			}
			f, _ := w.shown(b, "business")
			moved := 0
			for id, v := range now {
				if then[id] != v {
					moved++
				}
			}
			if moved == 0 {
				continue // the vote was what it had been
			}
			if moved < 5 || f != sums(now) {
				rt.Fatalf("%+v became %+v by %d votes; all are %+v", last, f, moved, sums(now))
			}
			last, then = f, maps.Clone(now)
		}
	})
}

func sums(votes map[store.ID]barrier.Ballot) (f figure) {
	for _, v := range votes {
		f.Voters++
		f.FrequencySum += v.Frequency
		f.HarmSum += v.Harm
	}
	return f
}

func TestHundredVotesOfOnePersonAreOne(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		var group sync.WaitGroup
		for i := range 100 {
			group.Go(func() {
				err := w.barriers.Vote(w.as(w.official), w.programme, b.ID, barrier.Ballot{Frequency: 1 + i%5, Harm: 3})
				if err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		for _, table := range []string{"barrier_vote", "barrier_voter", "barrier_vote_link"} {
			if n := w.count(`SELECT count(*) FROM ` + table); n != 1 {
				t.Errorf("%d rows in %s", n, table)
			}
		}
	})
}

func TestVotesOfManyAtOnceAreAllCounted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		var group sync.WaitGroup
		for _, person := range w.members(25, "resident") {
			group.Go(func() {
				if err := w.barriers.Vote(w.as(person), w.programme, b.ID, barrier.Ballot{Frequency: 2, Harm: 5}); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if f, _ := w.shown(b, "resident"); f != (figure{25, 50, 125}) {
			t.Errorf("%+v", f)
		}
	})
}

func TestWhoMayVote(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b, proposal := w.entered("Zdanie"), w.proposed("Zgłoszenie")
		v := barrier.Ballot{Frequency: 1, Harm: 1}
		wantKind(t, w.barriers.Vote(w.as(w.outsider), w.programme, b.ID, v), fault.KindForbidden, "an outsider")
		wantKind(t, w.barriers.Vote(w.as(w.manager), w.programme, b.ID, v), fault.KindForbidden, "a manager who does not take part")
		wantKind(t, w.barriers.Vote(w.as(w.leader), w.programme, proposal.ID, v), fault.KindNotFound, "a vote on a proposal")
		wantKind(t, w.barriers.Vote(w.as(w.leader), w.other, b.ID, v), fault.KindNotFound, "under another programme")
		wantKind(t, w.barriers.Vote(w.as(w.leader), w.programme, b.ID, barrier.Ballot{Frequency: 6, Harm: 1}), fault.KindInvalid, "a vote off the scale")
		wantKind(t, w.barriers.Vote(w.as(w.leader), w.programme, b.ID, barrier.Ballot{Frequency: 3}), fault.KindInvalid, "half a vote")
		w.exec(`UPDATE programme_member SET state = 'left' WHERE person = $1`, w.leader)
		wantKind(t, w.barriers.Vote(w.as(w.leader), w.programme, b.ID, v), fault.KindForbidden, "somebody who left")
	})
}

func TestEndOfVotingDestroysTheLinks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		for _, person := range w.members(7, "ngo") {
			w.vote(b, person, 3, 3)
		}
		must(t)(w.barriers.EndVoting(w.as(w.manager), w.programme, b.ID, b.Version))
		if n := w.count(`SELECT count(*) FROM barrier_vote_link`); n != 0 {
			t.Errorf("%d links are left", n)
		}
		if n := w.count(`SELECT count(*) FROM barrier_vote WHERE frequency <> shown_frequency OR harm <> shown_harm`); n != 0 {
			t.Errorf("%d votes are marked as the last ones", n)
		}
		if n := w.count(`SELECT count(*) FROM barrier_vote`); n != 7 {
			t.Errorf("%d votes are left", n)
		}
		if f, _ := w.shown(b, "ngo"); f.Voters != 5 {
			t.Errorf("the end shows the votes of two: %+v", f)
		}
		wantKind(t, w.barriers.Vote(w.as(w.leader), w.programme, b.ID, barrier.Ballot{Frequency: 1, Harm: 1}), fault.KindClosed, "a vote after the end")
	})
}

// After a restore the links are gone and the voters are known.
func TestVoterWithoutALinkVotesNoSecondTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		w.vote(b, w.official, 3, 3)
		w.exec(`DELETE FROM barrier_vote_link`)
		wantKind(t, w.barriers.Vote(w.as(w.official), w.programme, b.ID, barrier.Ballot{Frequency: 1, Harm: 1}), fault.KindConflict, "a second vote")
		if n := w.count(`SELECT count(*) FROM barrier_vote`); n != 1 {
			t.Errorf("%d votes", n)
		}
	})
}

func TestVoteStaysInTheSectorInWhichItWasGiven(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		w.vote(b, w.official, 3, 3)
		w.exec(`UPDATE programme_member SET sector = 'resident' WHERE person = $1`, w.official)
		w.vote(b, w.official, 5, 5)
		if n := w.count(`SELECT count(*) FROM barrier_vote WHERE sector = 'administration' AND frequency = 5`); n != 1 {
			t.Error("the vote went to another sector")
		}
	})
}

// Nothing that is kept beside a vote tells who gave it or when.
func TestNothingTellsOfAVote(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		acts, entries := w.count(`SELECT count(*) FROM barrier_act`), w.count(`SELECT count(*) FROM audit_entry`)
		items, version := w.count(`SELECT count(*) FROM desk_item`), b.Version
		for _, person := range w.members(6, "ngo") {
			w.vote(b, person, 3, 3)
		}
		if w.count(`SELECT count(*) FROM barrier_act`) != acts || w.count(`SELECT count(*) FROM audit_entry`) != entries ||
			w.count(`SELECT count(*) FROM desk_item`) != items || w.count(`SELECT version FROM barrier`) != version {
			t.Error("a vote leaves a trace")
		}
		if n := w.count(`SELECT count(*) FROM barrier_vote v JOIN barrier_voter p ON p.person = v.id`); n != 0 {
			t.Error("votes bear the ids of people")
		}
	})
}
