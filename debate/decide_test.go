package debate_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// statement is one of a debate as it stands now.
func (x *room) statement(d debate.Debate, number int) debate.Statement {
	x.t.Helper()
	return must(debate.Statements(ctx, x.DB, d.ID))(x.t)[number-1]
}

func (x *room) propose(d debate.Debate, p debate.Participant, text string) debate.Statement {
	x.t.Helper()
	st, _, err := x.debates.Propose(ctx, d.ID, p, text)
	if err != nil {
		x.t.Fatal(err)
	}
	return st
}

func TestQueueIsSortedAtOnce(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		p := x.phone(d, ui.Resident)
		for _, text := range []string{"Pierwsze zdanie.", "Drugie zdanie.", "Trzecie zdanie."} {
			x.propose(d, p, text)
		}
		if _, err := x.debates.Sort(x.lead(), d.ID, []int{5}, false, ""); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("kept out without a reason: %v", err)
		}
		if err := x.debates.Accept(x.lead(), d.ID, 6); err != nil {
			t.Fatal(err)
		}
		// The sixth was let in by somebody else meanwhile, and stays there.
		if n := must(x.debates.Sort(x.lead(), d.ID, []int{5, 6}, false, "Poza tematem."))(t); n != 1 {
			t.Errorf("%d decided, want 1", n)
		}
		if n := must(x.debates.Sort(x.lead(), d.ID, []int{4}, true, ""))(t); n != 1 {
			t.Errorf("%d decided, want 1", n)
		}
		for number, want := range map[int]debate.StatementState{4: debate.Shown, 5: debate.Rejected, 6: debate.Shown} {
			if st := x.statement(d, number); st.State != want {
				t.Errorf("statement %d is %s, want %s", number, st.State, want)
			}
		}
		if n := x.Count(`SELECT count(*) FROM audit_entry WHERE act IN ('debate.accepted', 'debate.rejected')`); n != 3 {
			t.Errorf("%d acts are noted, want one for each statement", n)
		}
	})
}

func TestAppealIsAnsweredBySomebodyElse(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		p, other := x.phone(d, ui.Resident), x.phone(d, ui.NGO)
		st := x.propose(d, p, "Nikt nas nie pyta.")
		if err := x.debates.Appeal(ctx, d.ID, p, st.Number, "Jeszcze nie odrzucono."); !fault.Is(err, fault.KindConflict) {
			t.Errorf("an appeal before any decision: %v", err)
		}
		if err := x.debates.Reject(x.lead(), d.ID, st.Number, "Powtarza numer 1."); err != nil {
			t.Fatal(err)
		}
		if err := x.debates.Appeal(ctx, d.ID, other, st.Number, "To nie moje."); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("an appeal of another: %v", err)
		}
		if err := x.debates.Appeal(ctx, d.ID, p, st.Number, "Numer 1 mówi o czym innym."); err != nil {
			t.Fatal(err)
		}
		if err := x.debates.Appeal(ctx, d.ID, p, st.Number, "I jeszcze."); !fault.Is(err, fault.KindConflict) {
			t.Errorf("a second appeal: %v", err)
		}
		if err := x.debates.Uphold(x.lead(), d.ID, st.Number, "Zostaje."); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("who kept it out answers the appeal: %v", err)
		}
		if err := x.debates.Uphold(x.Ctx(x.Manager), d.ID, st.Number, "Mówi to samo."); err != nil {
			t.Fatal(err)
		}
		if got := x.statement(d, st.Number); got.State != debate.Rejected || got.Answer != "Mówi to samo." {
			t.Errorf("%+v", got)
		}
		if err := x.debates.Accept(x.lead(), d.ID, st.Number); err != nil {
			t.Errorf("who kept it out may not change their mind: %v", err)
		}
	})
}

func TestTrustedAuthorIsShownAtOnceAndMutedOneNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		p := x.phone(d, ui.Resident)
		for _, tt := range []struct {
			as   debate.Trust
			want debate.StatementState
		}{{debate.Trusted, debate.Shown}, {debate.Ordinary, debate.Waiting}} {
			if err := x.debates.Treat(x.lead(), d.ID, p.Number, tt.as); err != nil {
				t.Fatal(err)
			}
			if st := x.propose(d, p, "Zdanie dla "+string(tt.as)); st.State != tt.want {
				t.Errorf("a statement of an author who is %s is %s", tt.as, st.State)
			}
		}
		if err := x.debates.Treat(x.lead(), d.ID, p.Number, debate.Muted); err != nil {
			t.Fatal(err)
		}
		if _, _, err := x.debates.Propose(ctx, d.ID, p, "Jeszcze jedno."); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a muted author writes: %v", err)
		}
		x.vote(d, p, 1, opinion.Agree) // and still votes
		if err := x.debates.Treat(x.lead(), d.ID, 5, debate.Trusted); err == nil {
			t.Error("somebody who is not there is trusted")
		}
	})
}

func TestWordsOfAListWaitEvenOfATrustedAuthor(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open(func(d *debate.Terms) { d.Moderation = debate.After })
		if err := x.moderation.SetWords(x.Ctx(x.Manager), moderation.WordList{Programme: x.Programme, Words: "złodziej"}); err != nil {
			t.Fatal(err)
		}
		p := x.phone(d, ui.Resident)
		if st := x.propose(d, p, "W urzędzie siedzą złodzieje."); st.State != debate.Waiting || st.Caught == "" {
			t.Errorf("%+v", st)
		}
		if st := x.propose(d, p, "W urzędzie pracują sąsiedzi."); st.State != debate.Shown {
			t.Errorf("%+v", st)
		}
	})
}

// One device sends statements as fast as it can: it is told why and when, and
// what it typed is there.
func TestFloodOfStatementsIsLimited(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		phone := x.Visitor()
		phone.Post(d.Path()+"/wejscie", "sector", "resident")
		taken := 0
		for i := range 30 {
			page := phone.Post(d.Path()+"/stwierdzenia", "text", fmt.Sprintf("Zdanie numer %d o czymś.", i))
			switch page.Status {
			case http.StatusSeeOther:
				taken++
			case http.StatusTooManyRequests:
				if !strings.Contains(page.Body, "na minutę") || !strings.Contains(page.Text("textarea"), "Zdanie numer") {
					t.Fatalf("not told why, or the text is lost:\n%s", page.Body)
				}
			default:
				t.Fatalf("%d\n%s", page.Status, page.Body)
			}
		}
		if taken != 5 {
			t.Errorf("%d statements taken in a minute, want 5", taken)
		}
		x.DB.Clock().Advance(2 * time.Minute)
		if page := phone.Post(d.Path()+"/stwierdzenia", "text", "Po chwili."); page.Status != http.StatusSeeOther {
			t.Errorf("two minutes later: %d", page.Status)
		}
	})
}

func TestReportedStatementLeavesTheDebateAndComesBack(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		d := x.open()
		st := x.statement(d, 2)
		reader := access.With(context.Background(), &access.Actor{Person: x.Resident})
		if err := x.moderation.Report(reader, "debate_statement", st.ID, moderation.Report{Reason: "abuse"}, ""); err != nil {
			t.Fatal(err)
		}
		var c struct {
			ID      store.ID
			Version int
		}
		read := func() {
			c = must(store.One[struct {
				ID      store.ID
				Version int
			}](ctx, x.DB, `SELECT id, version FROM moderation_case WHERE thing = $1`, st.ID))(t)
		}
		read()
		if err := x.moderation.Hide(x.lead(), c.ID, c.Version, "Obraża konkretną osobę."); err != nil {
			t.Fatal(err)
		}
		if got := x.statement(d, 2); got.State != debate.Rejected || got.Reason != "Obraża konkretną osobę." {
			t.Errorf("hidden: %+v", got)
		}
		if err := x.debates.Accept(x.lead(), d.ID, 2); !fault.Is(err, fault.KindConflict) {
			t.Errorf("what moderation hides is shown: %v", err)
		}
		read()
		if err := x.moderation.Restore(x.lead(), c.ID, c.Version, "Pomyłka."); err != nil {
			t.Fatal(err)
		}
		if got := x.statement(d, 2); got.State != debate.Shown || got.Reason != "" {
			t.Errorf("restored: %+v", got)
		}
		if n := x.Count(`SELECT count(*) FROM moderation_author`); n != 0 {
			t.Error("an author of a statement is named")
		}
	})
}
