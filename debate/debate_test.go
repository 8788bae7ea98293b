package debate_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

var ctx = context.Background()

func TestStateFollowsTheClock(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.draft()
		if s := d.At(x.DB.Now()); s != debate.Draft {
			t.Errorf("begun: %s", s)
		}
		d = must(x.debates.Publish(x.lead(), d.ID, d.Version))(t)
		for _, tt := range []struct {
			at   time.Time
			want debate.State
		}{{x.DB.Now(), debate.Coming}, {d.OpensAt.Time, debate.Open}, {d.ClosesAt.Add(-time.Microsecond), debate.Open}, {d.ClosesAt.Time, debate.Over}} {
			if got := d.At(tt.at); got != tt.want {
				t.Errorf("at %v %s, want %s", tt.at, got, tt.want)
			}
		}
	})
}

func TestEmptyDebateIsNotPublished(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := must(x.debates.Begin(x.lead(), x.Programme, store.NewID(), x.terms()))(t)
		if _, err := x.debates.Publish(x.lead(), d.ID, 0); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("published: %v", err)
		}
	})
}

func TestDraftIsSeenByTheTeamOnly(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.draft()
		if _, err := debate.Find(x.Ctx(x.Resident), x.DB, "wspolpraca", d.Slug); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("a resident finds a draft: %v", err)
		}
		if _, err := debate.Find(x.Ctx(x.Observer), x.DB, "wspolpraca", d.Slug); err != nil {
			t.Errorf("an observer does not: %v", err)
		}
	})
}

func TestOnePersonIsOneParticipant(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		device, other := debate.NewDevice(), debate.NewDevice()
		before := must(x.debates.Enter(ctx, d.ID, debate.Who{Device: device, Sector: ui.Resident}))(t)
		after := must(x.debates.Enter(ctx, d.ID, debate.Who{Device: device, Person: x.Resident, Sector: ui.NGO}))(t)
		elsewhere := must(x.debates.Enter(ctx, d.ID, debate.Who{Device: other, Person: x.Resident, Sector: ui.NGO}))(t)
		if before != after || before != elsewhere {
			t.Errorf("signing in made another participant: %+v, %+v, %+v", before, after, elsewhere)
		}
		if before.Sector != ui.Resident {
			t.Errorf("the sector changed: %s", before.Sector)
		}
	})
}

func TestManyEntriesOfOneDeviceMakeOneParticipant(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		who := debate.Who{Device: debate.NewDevice(), Sector: ui.NGO}
		numbers := make([]int, 100)
		together(len(numbers), func(i int) {
			p, err := x.debates.Enter(ctx, d.ID, who)
			if err != nil {
				t.Error(err)
			}
			numbers[i] = p.Number
		})
		for _, n := range numbers {
			if n != numbers[0] {
				t.Fatalf("two numbers: %d, %d", n, numbers[0])
			}
		}
		if n := x.Count(`SELECT count(*) FROM debate_participant`); n != 1 {
			t.Errorf("%d participants", n)
		}
	})
}

func TestDoorOfADebate(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		coded := x.open(func(d *debate.Terms) { d.Entry = debate.WithCode })
		device := debate.NewDevice()
		if _, err := x.debates.Enter(ctx, coded.ID, debate.Who{Device: device, Sector: ui.NGO, Code: "000000"}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("another code: %v", err)
		}
		if _, err := x.debates.Enter(ctx, coded.ID, debate.Who{Device: device, Sector: ui.NGO, Code: coded.Code}); err != nil {
			t.Errorf("its own code: %v", err)
		}
		signed := x.open(func(d *debate.Terms) { d.Entry = debate.Accounts })
		if _, err := x.debates.Enter(ctx, signed.ID, debate.Who{Device: device, Sector: ui.NGO}); !fault.Is(err, fault.KindUnauthenticated) {
			t.Errorf("no account: %v", err)
		}
		if _, err := x.debates.Enter(ctx, x.open().ID, debate.Who{Device: device, Sector: "rada"}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a sector of its own: %v", err)
		}
	})
}

func TestLastVoteCounts(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		p := x.phone(d, ui.NGO)
		x.vote(d, p, 1, opinion.Agree)
		x.vote(d, p, 1, opinion.Agree) // sent again: nothing new in the log
		x.vote(d, p, 1, opinion.Disagree)
		own := must(x.debates.Own(ctx, d.ID, p.Number))(t)
		if own.Votes[1] != opinion.Disagree || own.Left != 2 {
			t.Errorf("own %+v", own)
		}
		if n := x.Count(`SELECT count(*) FROM debate_entry`); n != 2 {
			t.Errorf("%d entries in the log, want 2", n)
		}
	})
}

func TestVoteIsRefused(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d, other := x.open(), x.open()
		p, stranger := x.phone(d, ui.NGO), x.phone(other, ui.NGO)
		for _, tt := range []struct {
			name        string
			participant int
			statement   int
			vote        opinion.Vote
			want        fault.Kind
		}{
			{"on a statement that is not there", p.Number, 99, opinion.Agree, fault.KindClosed},
			{"of nobody", 5, 1, opinion.Agree, fault.KindNotFound},
			{"of a participant of another debate", stranger.Number, 1, opinion.Agree, fault.KindNotFound},
			{"that is none", p.Number, 1, 7, fault.KindInvalid},
		} {
			if err := x.debates.Vote(ctx, d.ID, tt.participant, tt.statement, tt.vote, false); !fault.Is(err, tt.want) {
				t.Errorf("a vote %s: %v", tt.name, err)
			}
		}
		x.vote(d, p, 1, opinion.Agree)
		x.DB.Clock().Set(d.ClosesAt.Time)
		for statement := 1; statement <= 2; statement++ { // the same again, and a new one
			if err := x.debates.Vote(ctx, d.ID, p.Number, statement, opinion.Agree, false); !fault.Is(err, fault.KindClosed) {
				t.Errorf("after the close, on %d: %v", statement, err)
			}
		}
		if n := x.Count(`SELECT count(*) FROM debate_entry`); n != 1 {
			t.Errorf("%d votes", n)
		}
	})
}

func TestGuessComesAfterTheOwnVoteAndStays(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		p := x.phone(d, ui.NGO)
		if err := x.debates.Guess(ctx, d.ID, p, 1, ui.Administration, 70); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("before the vote: %v", err)
		}
		x.vote(d, p, 1, opinion.Agree)
		for _, bad := range []struct {
			about   ui.Sector
			percent int
		}{{ui.NGO, 50}, {"rada", 50}, {ui.Administration, 101}, {ui.Administration, -1}} {
			if err := x.debates.Guess(ctx, d.ID, p, 1, bad.about, bad.percent); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("guess %+v: %v", bad, err)
			}
		}
		for _, percent := range []int{70, 10} { // the second comes after the results were seen
			if err := x.debates.Guess(ctx, d.ID, p, 1, ui.Administration, percent); err != nil {
				t.Fatal(err)
			}
		}
		if n := x.Count(`SELECT sum(percent) FROM debate_entry WHERE about IS NOT NULL`); n != 70 {
			t.Errorf("the guesses add up to %d, want the first, 70", n)
		}
	})
}

func TestCloseDestroysWhatLeadsToPeople(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		must(x.debates.Enter(ctx, d.ID, debate.Who{Device: debate.NewDevice(), Person: x.Resident, Sector: ui.Resident}))(t)
		p := x.phone(d, ui.NGO)
		x.vote(d, p, 1, opinion.Agree)
		d = must(x.debates.Close(x.lead(), d.ID, 0))(t)
		if n := x.Count(`SELECT (SELECT count(*) FROM debate_person) + (SELECT count(*) FROM debate_device)`); n != 0 {
			t.Errorf("%d links are left", n)
		}
		if r := x.result(d); r.Votes != 1 {
			t.Errorf("%d votes after the close", r.Votes)
		}
		if _, err := x.debates.Close(x.lead(), d.ID, 0); !fault.Is(err, fault.KindConflict) {
			t.Errorf("closed twice: %v", err)
		}
		if _, err := x.debates.Enter(ctx, d.ID, debate.Who{Device: debate.NewDevice(), Sector: ui.NGO}); !fault.Is(err, fault.KindClosed) {
			t.Errorf("entered after the close: %v", err)
		}
	})
}

// Votes race with the close: whatever was acknowledged is in the log, and
// nothing came into it afterwards.
func TestVotesBesideTheClose(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		var people []debate.Participant
		for range 60 {
			people = append(people, x.phone(d, ui.NGO))
		}
		var mu sync.Mutex
		acknowledged := 0
		together(len(people)+1, func(i int) {
			if i == 20 {
				must(x.debates.Close(x.lead(), d.ID, 0))(t)
				return
			}
			err := x.debates.Vote(ctx, d.ID, people[i%60].Number, 1+i/60, opinion.Agree, false)
			if err == nil {
				mu.Lock()
				acknowledged++
				mu.Unlock()
			} else if !fault.Is(err, fault.KindClosed) {
				t.Error(err)
			}
		})
		if n := x.Count(`SELECT count(*) FROM debate_entry`); n != acknowledged {
			t.Errorf("%d in the log, %d acknowledged", n, acknowledged)
		}
	})
}

// What a hall says is what another one makes of the log alone.
func TestResultIsThatOfTheLog(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		var people []debate.Participant
		for i := range 24 {
			people = append(people, x.phone(d, ui.Sectors[i%3]))
		}
		together(24*3*2, func(i int) {
			p, statement := people[i%24], 1+(i/24)%3
			if err := x.debates.Vote(ctx, d.ID, p.Number, statement, opinion.Vote((i*7+i/24)%3-1), i%5 == 0); err != nil {
				t.Error(err)
			}
		})
		x.DB.Clock().Advance(2 * time.Second)
		live := x.result(d)
		again := must(debate.New(x.DB, debate.Options{}).Result(ctx, d.ID))(t)
		if live.Votes != again.Votes || live.People != again.People || live.Seq != again.Seq || live.Votes != 72 {
			t.Errorf("live %d votes of %d people to %d; from the log %d of %d to %d", live.Votes, live.People, live.Seq, again.Votes, again.People, again.Seq)
		}
		for i := range live.Map.All {
			if live.Map.All[i] != again.Map.All[i] || live.Important[i] != again.Important[i] {
				t.Errorf("statement %d: %+v, from the log %+v", i+1, live.Map.All[i], again.Map.All[i])
			}
		}
	})
}

// Two programs on one database see each other's votes.
func TestTwoServersShareADebate(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		other := debate.New(x.DB, debate.Options{})
		a, b := x.phone(d, ui.NGO), x.phone(d, ui.Resident)
		must(other.Result(ctx, d.ID))(t) // its hall stands, empty
		together(2, func(i int) {
			service, p := x.debates, a
			if i == 1 {
				service, p = other, b
			}
			for statement := 1; statement <= 3; statement++ {
				if err := service.Vote(ctx, d.ID, p.Number, statement, opinion.Agree, false); err != nil {
					t.Error(err)
				}
			}
		})
		x.DB.Clock().Advance(2 * time.Second)
		for _, service := range []*debate.Service{x.debates, other} {
			if r := must(service.Result(ctx, d.ID))(t); r.Votes != 6 || r.People != 2 {
				t.Errorf("%d votes of %d people, want 6 of 2", r.Votes, r.People)
			}
		}
	})
}

func TestNextAsksWhatIsNotVotedOn(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		p := x.phone(d, ui.NGO)
		seen := map[int]bool{}
		for range 3 {
			st := must(x.debates.Next(ctx, d.ID, p.Number, 0.5))(t)
			if seen[st.Number] {
				t.Fatalf("statement %d is asked twice", st.Number)
			}
			seen[st.Number] = true
			x.vote(d, p, st.Number, opinion.Pass)
		}
		if _, err := x.debates.Next(ctx, d.ID, p.Number, 0.5); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("something is left: %v", err)
		}
	})
}

func TestProposedStatementWaitsWithItsPlace(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		p := x.phone(d, ui.Resident)
		for want, text := range []string{"Urząd odpowiada za późno.", "Nikt nas nie pyta."} {
			st, place, err := x.debates.Propose(ctx, d.ID, p, text)
			if err != nil || st.State != debate.Waiting || place != want+1 {
				t.Errorf("%+v at %d, %v", st, place, err)
			}
		}
		if err := x.debates.Vote(ctx, d.ID, p.Number, 4, opinion.Agree, false); !fault.Is(err, fault.KindClosed) {
			t.Errorf("a vote on what waits: %v", err)
		}
		if err := x.debates.Accept(x.lead(), d.ID, 4); err != nil {
			t.Fatal(err)
		}
		x.vote(d, p, 4, opinion.Agree)
		if err := x.debates.Reject(x.lead(), d.ID, 5, "Powtarza numer 4."); err != nil {
			t.Fatal(err)
		}
		all := must(debate.Statements(ctx, x.DB, d.ID))(t)
		if all[4].State != debate.Rejected || all[4].Reason == "" {
			t.Errorf("%+v", all[4])
		}
	})
}

func TestProposalIsRefused(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		p := x.phone(d, ui.Resident)
		for name, text := range map[string]string{"empty": " \n ", "too long": strings.Repeat("a", 10_000), "there": "Spotykamy się  za rzadko.", "no text": "\xff"} {
			if _, _, err := x.debates.Propose(ctx, d.ID, p, text); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for i := range 20 {
			x.DB.Clock().Advance(time.Minute) // nobody writes five in a minute
			if _, _, err := x.debates.Propose(ctx, d.ID, p, strings.Repeat("b", i+1)); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := x.debates.Propose(ctx, d.ID, p, "jeszcze jedno"); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("the twenty-first: %v", err)
		}
	})
}

func TestTextIsLockedByItsFirstVote(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		p := x.phone(d, ui.Resident)
		if n := must(x.debates.Correct(x.lead(), d.ID, 1, "Urzędnicy znają potrzeby mieszkańców gminy."))(t); n != 1 {
			t.Errorf("before a vote the words go to %d", n)
		}
		x.vote(d, p, 1, opinion.Agree)
		n := must(x.debates.Correct(x.lead(), d.ID, 1, "Urząd zna potrzeby mieszkańców."))(t)
		all := must(debate.Statements(ctx, x.DB, d.ID))(t)
		if n != 4 || all[0].State != debate.Corrected || all[0].Becomes != 4 || all[3].Text != "Urząd zna potrzeby mieszkańców." || all[3].State != debate.Shown {
			t.Errorf("after a vote: %d, %+v", n, all)
		}
		if all[0].Text != "Urzędnicy znają potrzeby mieszkańców gminy." {
			t.Errorf("what was voted on changed: %q", all[0].Text)
		}
	})
}

// together runs n functions at once.
func together(n int, do func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { do(i) })
	}
	all.Wait()
}

// A backup does not know who was behind a number: nobody may vote twice after
// it was brought back.
func TestDebateFromABackupTakesNobodyNew(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		p := x.phone(d, ui.NGO)
		x.vote(d, p, 1, opinion.Agree)
		x.Exec(`DELETE FROM debate_device`)
		if _, err := x.debates.Enter(ctx, d.ID, debate.Who{Device: debate.NewDevice(), Sector: ui.NGO}); !fault.Is(err, fault.KindClosed) {
			t.Errorf("entered: %v", err)
		}
	})
}
