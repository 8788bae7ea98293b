package barrier_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/barrier"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
)

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, lang.Warsaw) }

func TestProposalOfAMemberWaitsForTheTeam(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.proposed("Urzędnicy boją się podpisu")
		if b.State != barrier.Proposed || b.Number != 1 {
			t.Fatalf("%+v", b)
		}
		if n := w.count(`SELECT count(*) FROM desk_item WHERE kind = 'barrier.proposal' AND matter = $1`, b.ID); n != 2 {
			t.Errorf("%d items on desks", n)
		}
		if n := w.count(`SELECT count(*) FROM search_document WHERE id = $1`, b.ID); n != 0 {
			t.Error("a proposal is found by the search")
		}
		b = must(t)(w.barriers.Accept(w.as(w.manager), w.programme, b.ID, b.Version))
		if b.State != barrier.Registered || b.RegisteredAt.IsZero() {
			t.Errorf("%+v", b)
		}
		if n := w.count(`SELECT count(*) FROM desk_item WHERE matter = $1`, b.ID); n != 0 {
			t.Errorf("%d items are left on desks", n)
		}
		if n := w.count(`SELECT count(*) FROM search_document WHERE id = $1`, b.ID); n != 1 {
			t.Error("a barrier of the register is not found by the search")
		}
	})
}

func TestDeclinedProposalComesBackRevised(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.proposed("Urząd nie lubi naszego klubu")
		_, err := w.barriers.Decline(w.as(w.manager), w.programme, b.ID, b.Version, "")
		wantKind(t, err, fault.KindInvalid, "declined without a reason")
		b = must(t)(w.barriers.Decline(w.as(w.manager), w.programme, b.ID, b.Version, "Napisz o grupie, nie o jednym klubie."))
		if n := w.count(`SELECT count(*) FROM desk_item WHERE kind = 'barrier.revision' AND to_person = $1`, w.leader); n != 1 {
			t.Error("the author has nothing on the desk")
		}
		_, err = w.barriers.Revise(w.as(w.official), w.programme, b.ID, b.Version, words("Cudze słowa"), false)
		wantKind(t, err, fault.KindForbidden, "somebody else revises")
		b = must(t)(w.barriers.Revise(w.as(w.leader), w.programme, b.ID, b.Version, words("Urząd nie lubi klubów sportowych"), false))
		if b.State != barrier.Proposed || b.Reason != "" {
			t.Errorf("%+v", b)
		}
	})
}

func TestOnlyThoseWhoTakePartPropose(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.barriers.Propose(w.as(w.outsider), w.programme, barrier.Proposal{Words: words("Zdanie")})
		wantKind(t, err, fault.KindForbidden, "an outsider")
		_, err = w.barriers.Propose(w.as(w.foreign), w.programme, barrier.Proposal{Words: words("Zdanie")})
		wantKind(t, err, fault.KindForbidden, "the manager of another programme")
		_, err = w.barriers.Propose(context.Background(), w.programme, barrier.Proposal{Words: words("Zdanie")})
		wantKind(t, err, fault.KindUnauthenticated, "a visitor")
		w.exec(`UPDATE programme SET state = 'archived' WHERE id = $1`, w.programme)
		_, err = w.barriers.Propose(w.as(w.leader), w.programme, barrier.Proposal{Words: words("Zdanie")})
		wantKind(t, err, fault.KindClosed, "in an archived programme")
	})
}

func TestNameOfAPersonIsAskedAboutAndNeverLost(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := barrier.Proposal{Words: words("Wszystko blokuje pani Kowalska")}
		_, err := w.barriers.Propose(w.as(w.leader), w.programme, p)
		f := fault.Of(err)
		if f == nil || f.Kind != fault.KindInvalid || len(f.Fields) != 2 || f.Fields[0].Name != "statement" || f.Fields[0].Key != "barrier.named" {
			t.Fatalf("%+v", f)
		}
		if n := w.count(`SELECT count(*) FROM barrier`); n != 0 {
			t.Fatal("a name was saved before anybody was asked")
		}
		p.Sure = true
		b := must(t)(w.barriers.Propose(w.as(w.leader), w.programme, p))
		if b.State != barrier.Proposed || b.Doubts != "pani Kowalska" {
			t.Errorf("the team is not told of the doubt: %+v", b)
		}
		_, err = w.barriers.Conclude(w.as(w.manager), w.programme, w.entered("Zdanie").ID, 1, barrier.Judgement{Verdict: barrier.Confirmed, Note: "Powiedział to Jan Kowalski."})
		wantKind(t, err, fault.KindInvalid, "a name in the verdict")
	})
}

func TestFormSentTwiceIsOneBarrier(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := store.NewID()
		p := barrier.Proposal{ID: id, Words: words("Zdanie")}
		first := must(t)(w.barriers.Propose(w.as(w.leader), w.programme, p))
		again := must(t)(w.barriers.Propose(w.as(w.leader), w.programme, p))
		if first.Number != again.Number || w.count(`SELECT count(*) FROM barrier`) != 1 {
			t.Errorf("%d and %d", first.Number, again.Number)
		}
		p.Words.Statement = "Inne zdanie"
		_, err := w.barriers.Propose(w.as(w.leader), w.programme, p)
		wantKind(t, err, fault.KindConflict, "other words under the same id")
		p = barrier.Proposal{ID: id, Words: words("Zdanie")}
		_, err = w.barriers.Propose(w.as(w.official), w.programme, p)
		wantKind(t, err, fault.KindConflict, "the id of somebody else")
	})
}

func TestManyWhoProposeAtOnceGetNumbersOfTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var group sync.WaitGroup
		for range 20 {
			group.Go(func() {
				if _, err := w.barriers.Propose(w.as(w.leader), w.programme, barrier.Proposal{Words: words("Zdanie")}); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if n := w.count(`SELECT count(DISTINCT number) FROM barrier WHERE programme = $1 AND number BETWEEN 1 AND 20`, w.programme); n != 20 {
			t.Errorf("%d numbers", n)
		}
	})
}

func TestSecondOfTwoEditorsIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		done := make(chan error, 2)
		for _, statement := range []string{"Pierwsze brzmienie", "Drugie brzmienie"} {
			go func() {
				_, err := w.barriers.Revise(w.as(w.manager), w.programme, b.ID, b.Version, words(statement), false)
				done <- err
			}()
		}
		a, c := <-done, <-done
		if (a == nil) == (c == nil) {
			t.Fatalf("%v, %v: want one to succeed", a, c)
		}
		for _, err := range []error{a, c} {
			if err != nil {
				wantKind(t, err, fault.KindConflict, "the second")
			}
		}
	})
}

func TestResponseWaitsForItsOwnerAndReviewForTheManager(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		a := barrier.Answer{Measure: "clinic", Text: "Wspólna poradnia w każdy wtorek.", Owner: w.club, Due: day(2014, 10, 1), Review: day(2014, 10, 15)}
		wrong := a
		wrong.Owner = store.NewID()
		_, err := w.barriers.Respond(w.as(w.manager), w.programme, b.ID, b.Version, wrong)
		wantKind(t, err, fault.KindInvalid, "an owner from nowhere")
		b = must(t)(w.barriers.Respond(w.as(w.manager), w.programme, b.ID, b.Version, a))
		if n := w.count(`SELECT count(*) FROM desk_item WHERE kind = 'barrier.response' AND to_role = 'representative' AND place = $1`, w.club); n != 1 {
			t.Error("the owner has nothing on the desk")
		}
		if n := w.count(`SELECT count(*) FROM desk_item WHERE kind = 'barrier.review' AND to_role = 'manager' AND place = $1 AND due_at = $2`,
			w.programme, store.At(day(2014, 10, 16))); n != 1 {
			t.Error("the manager has no review on the desk")
		}
		if _, err = w.barriers.Fulfil(w.as(w.leader), w.programme, b.ID, b.Version); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("a member fulfils: %v", err)
		}
		b = must(t)(w.barriers.Fulfil(w.as(w.chair), w.programme, b.ID, b.Version))
		if b.DoneAt.IsZero() || w.count(`SELECT count(*) FROM desk_item WHERE kind = 'barrier.response'`) != 0 {
			t.Errorf("%+v", b)
		}
		now := day(2014, 10, 16)
		if b.ReviewLate(now.Add(-time.Hour)) || !b.ReviewLate(now) {
			t.Error("a review is late from the day after its own")
		}
	})
}

func TestReviewThatFindsItGoneClosesTheBarrier(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		_, err := w.barriers.Review(w.as(w.manager), w.programme, b.ID, b.Version, barrier.Finding{Outcome: barrier.Stands, Note: "Bez zmian."})
		wantKind(t, err, fault.KindInvalid, "no next day")
		_, err = w.barriers.Review(w.as(w.manager), w.programme, b.ID, b.Version, barrier.Finding{Outcome: barrier.Stands, Note: "Bez zmian.", Next: day(2014, 1, 1)})
		wantKind(t, err, fault.KindInvalid, "a day in the past")
		w.vote(b, w.official, 3, 3)
		b = must(t)(w.barriers.Review(w.as(w.manager), w.programme, b.ID, b.Version, barrier.Finding{Outcome: barrier.Gone, Note: "Wzór umowy jest jeden."}))
		if b.ClosedAt.IsZero() || b.VotingOpen() || w.count(`SELECT count(*) FROM barrier_vote_link`) != 0 {
			t.Errorf("%+v", b)
		}
		_, err = w.barriers.Review(w.as(w.manager), w.programme, b.ID, b.Version-1, barrier.Finding{})
		wantKind(t, err, fault.KindConflict, "a stale version")
	})
}

func TestMemberEvidenceWaitsForTheTeam(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.entered("Zdanie")
		_, err := w.barriers.Argue(w.as(w.leader), w.programme, b.ID, barrier.Evidence{Side: barrier.For, Text: "Fakt.", URL: "javascript:alert(1)"}, false)
		wantKind(t, err, fault.KindInvalid, "an address that is none")
		e, err := w.barriers.Argue(w.as(w.leader), w.programme, b.ID, barrier.Evidence{Side: barrier.For, Text: "W 2013 r. nie odpowiedziano na 12 z 40 pism."}, false)
		if err != nil || e.State != barrier.Proposed {
			t.Fatal(e, err)
		}
		if err := w.barriers.Judge(w.as(w.manager), w.programme, b.ID, e.ID, 1, true); err != nil {
			t.Fatal(err)
		}
		wantKind(t, w.barriers.Judge(w.as(w.manager), w.programme, b.ID, e.ID, 1, false), fault.KindConflict, "a stale decision")
		if n := w.count(`SELECT count(*) FROM desk_item WHERE kind = 'barrier.evidence'`); n != 0 {
			t.Errorf("%d items are left on desks", n)
		}
	})
}

func TestKindOfAProgrammeIsItsOwn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		k := barrier.Added{Name: "Dostępność"}
		if err := w.barriers.AddKind(w.as(w.manager), w.programme, k); err != nil {
			t.Fatal(err)
		}
		wantKind(t, w.barriers.AddKind(w.as(w.manager), w.programme, k), fault.KindInvalid, "the same kind twice")
		mine := words("Nie ma podjazdu")
		mine.Kind = "dostepnosc"
		must(t)(w.barriers.Propose(w.as(w.leader), w.programme, barrier.Proposal{Words: mine}))
		_, err := w.barriers.Propose(w.as(w.foreign), w.other, barrier.Proposal{Words: mine})
		wantKind(t, err, fault.KindInvalid, "the kind of another programme")
	})
}

func TestBarrierKnowsWhatItWasMadeFrom(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		source := w.entered("Zdanie z debaty")
		from := trace.Ref{Kind: "barrier", ID: source.ID}
		b := must(t)(w.barriers.Propose(w.as(w.leader), w.programme, barrier.Proposal{Words: words("Bariera"), From: barrier.Origin{Ref: from}}))
		if n := w.count(`SELECT count(*) FROM trace_link WHERE type = 'follows' AND thing = $1 AND source = $2`, b.ID, source.ID); n != 1 {
			t.Error("the thread does not know where it came from")
		}
		hidden := w.proposed("Czyjeś zgłoszenie")
		_, err := w.barriers.Propose(w.as(w.official), w.programme,
			barrier.Proposal{Words: words("Inna"), From: barrier.Origin{Ref: trace.Ref{Kind: "barrier", ID: hidden.ID}}})
		wantKind(t, err, fault.KindInvalid, "an origin that the author may not see")
	})
}

func TestOtherRoomsRaiseABarrier(t *testing.T) {
	type raiser interface {
		Raise(ctx context.Context, tx *store.Tx, programme store.ID, from trace.Ref, kind, language, statement string) (string, error)
	}
	each(t, func(t *testing.T, w *world) {
		var r raiser = w.barriers
		source := w.entered("Karta stolika")
		path := ""
		err := w.DB.Write(context.Background(), func(tx *store.Tx) (err error) {
			path, err = r.Raise(w.as(w.manager), tx, w.programme, trace.Ref{Kind: "barrier", ID: source.ID}, "procedure", "pl", "Załączniki składa się za każdym razem od nowa")
			return err
		})
		if err != nil || path != "/programy/wspolpraca/bariery/2" {
			t.Errorf("%q, %v", path, err)
		}
	})
}

func TestOriginIsReadAsItIsWritten(t *testing.T) {
	o := barrier.Origin{Ref: trace.Ref{Kind: "news", ID: store.NewID()}}
	if got := barrier.ParseOrigin(o.String()); got != o {
		t.Errorf("%v", got)
	}
	for _, s := range []string{"", ":", "news", "news:", "news:x", ":" + string(store.NewID()), strings.Repeat("x", 10000)} {
		if got := barrier.ParseOrigin(s); !got.None() {
			t.Errorf("%.20q gives %v", s, got)
		}
	}
}
