package debate

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/store"
)

// StatementState is where a statement stands:
//
//	waiting ──accept──▶ shown ──merge──▶ merged (into another one)
//	   └────reject──▶ rejected ◀──reject──┤
//	                                      └──correct──▶ corrected (by a new one)
//
// Votes on a statement that is no longer shown stay with it, and count for
// nothing but who takes part.
type StatementState string

const (
	Waiting   StatementState = "waiting"
	Shown     StatementState = "shown"
	Rejected  StatementState = "rejected"
	Merged    StatementState = "merged"
	Corrected StatementState = "corrected"
)

// Origin is where a statement comes from.
type Origin string

const (
	Seeded   Origin = "seed"
	Imported Origin = "import"
	Written  Origin = "participant"
)

// Statement is one sentence to vote on. Numbers run from 1 in a debate and are
// never used again.
type Statement struct {
	Debate  store.ID
	Number  int
	ID      store.ID // by which moderation knows it
	Text    string
	Origin  Origin
	Author  int // participant who wrote it, 0 for none
	State   StatementState
	Reason  string // why it is not shown
	Becomes int    // the statement that stands in its place, 0 for none
	Meta    bool   // it is about the debate itself

	Caught    string   // entries of the word lists because of which it waits, one in a line
	DecidedBy store.ID // who kept it out
	Appeal    string   // what its author says against that
	Answer    string   // what was answered; "" while the appeal waits
}

// Seed adds statements of whoever leads the debate; they are shown at once. One
// that is there already, word for word, is not added again.
func (s *Service) Seed(ctx context.Context, debate store.ID, origin Origin, texts ...string) (added int, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		added = 0
		d, err := locked(ctx, tx, debate)
		if err != nil {
			return err
		}
		if d.At(tx.Now()) == Over {
			return fault.Closed("debate.over")
		}
		all, err := Statements(ctx, tx, debate)
		if err != nil {
			return err
		}
		there := map[string]bool{}
		for _, old := range all {
			there[old.Text] = true
		}
		for i, text := range texts {
			text, err := checkText(text)
			if err != nil {
				return fault.Mistake("statements", "debate.statement.line", "Line", i+1)
			}
			if there[text] {
				continue
			}
			there[text] = true
			all = append(all, Statement{Debate: debate, Number: len(all) + 1, Text: text, Origin: origin, State: Shown})
			if err := insertStatement(ctx, tx, all[len(all)-1]); err != nil {
				return err
			}
			added++
		}
		if len(all) > mostStatements {
			return fault.Invalid("debate.statement.most", "Max", mostStatements)
		}
		return s.changed(ctx, tx, d, "debate.seeded")
	})
	return added, err
}

// Propose adds a statement of a participant. It is shown at once where the
// debate says so and to trusted authors; else it waits, and so does one with
// words of a list. place is its position among those that wait, 0 when it is
// shown.
func (s *Service) Propose(ctx context.Context, debate store.ID, author Participant, text string) (st Statement, place int, err error) {
	return s.ProposeFrom(ctx, debate, author, "", text)
}

// ProposeFrom is Propose with the network from which somebody without an account
// writes, "" for one who has an account.
func (s *Service) ProposeFrom(ctx context.Context, debate store.ID, author Participant, network, text string) (st Statement, place int, err error) {
	if text, err = checkText(text); err != nil {
		return st, 0, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		d, err := locked(ctx, tx, debate)
		if err != nil {
			return err
		}
		if err := isOpen(d, tx); err != nil {
			return err
		}
		if author, err = participant(ctx, tx, debate, author.Number); err != nil {
			return err
		}
		if author.Muted {
			return fault.Mistake("text", "debate.muted")
		}
		if err := s.spare(ctx, tx, debate, author, network); err != nil {
			return err
		}
		all, err := Statements(ctx, tx, debate)
		if err != nil {
			return err
		}
		if err := hasRoom(all, author, text); err != nil {
			return err
		}
		st = Statement{Debate: debate, Number: len(all) + 1, Text: text, Origin: Written, Author: author.Number, State: Waiting}
		caught, err := s.Moderation.Caught(ctx, tx, d.Programme, text)
		if err != nil {
			return err
		}
		if st.Caught = strings.Join(caught, "\n"); st.Caught == "" && (d.Moderation == After || author.Trusted) {
			st.State = Shown
		}
		place = 0
		if st.State == Waiting {
			place = 1
			for _, other := range all {
				if other.State == Waiting {
					place++
				}
			}
		}
		if err := insertStatement(ctx, tx, st); err != nil {
			return err
		}
		return s.touched(ctx, tx, d)
	})
	return st, place, err
}

// Who writes without an account is counted by number and by network: a number is
// had for the asking, and behind one network there may be a whole hall.
var (
	perMinute  = moderation.Limit{Name: "debate.statements", Most: 5, Per: time.Minute, Key: "debate.limit.statements"}
	perNetwork = moderation.Limit{Name: "debate.network", Most: 200, Per: time.Hour, Key: "debate.limit.network"}
	entries    = moderation.Limit{Name: "debate.entries", Most: 500, Per: time.Hour, Key: "debate.limit.entries"}
)

func (s *Service) spare(ctx context.Context, tx *store.Tx, debate store.ID, author Participant, network string) error {
	if err := s.Moderation.Count(ctx, tx, perMinute, string(debate)+" "+strconv.Itoa(author.Number)); err != nil || network == "" {
		return err
	}
	return s.Moderation.Count(ctx, tx, perNetwork, network)
}

// mostOfOne bounds what one participant may add: a debate in which one person
// writes is read by nobody.
const mostOfOne = 20

func hasRoom(all []Statement, author Participant, text string) error {
	if len(all) >= mostStatements {
		return fault.Invalid("debate.statement.most", "Max", mostStatements)
	}
	own := 0
	for _, other := range all {
		if other.Text == text && other.State != Rejected {
			return fault.Mistake("text", "debate.statement.there", "Number", other.Number)
		}
		if other.Author == author.Number {
			own++
		}
	}
	if own >= mostOfOne {
		return fault.Mistake("text", "debate.statement.enough", "Max", mostOfOne)
	}
	return nil
}

// Correct changes the words of a statement. While nobody has voted on it the
// statement itself changes; after the first vote its text is what people voted
// on, and a new statement with the new words takes its place. It returns the
// number of the statement that has the new words.
func (s *Service) Correct(ctx context.Context, debate store.ID, number int, text string) (int, error) {
	text, err := checkText(text)
	if err != nil {
		return 0, err
	}
	after := number
	err = s.turn(ctx, debate, number, "debate.corrected", func(tx *store.Tx, st *Statement) error {
		after = number
		if st.State != Waiting && st.State != Shown {
			return fault.Conflict("debate.statement.settled")
		}
		voted, err := store.One[int](ctx, tx, `SELECT count(*) FROM (SELECT 1 FROM debate_entry
			WHERE debate = $1 AND statement = $2 LIMIT 1) AS one`, debate, number)
		if err != nil {
			return err
		}
		if voted == 0 {
			st.Text = text
			return nil
		}
		all, err := Statements(ctx, tx, debate)
		if err != nil {
			return err
		}
		fresh := *st
		fresh.Number, fresh.Text = len(all)+1, text
		st.State, st.Becomes, after = Corrected, fresh.Number, fresh.Number
		return insertStatement(ctx, tx, fresh)
	})
	return after, err
}

// turn changes one statement of a debate that is not over.
func (s *Service) turn(ctx context.Context, debate store.ID, number int, act string, do func(*store.Tx, *Statement) error) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		d, err := locked(ctx, tx, debate)
		if err != nil {
			return err
		}
		if !d.ClosedAt.IsZero() {
			return fault.Closed("debate.over")
		}
		if err := turnOne(ctx, tx, d, number, do); err != nil {
			return err
		}
		return s.changed(ctx, tx, d, act)
	})
}

func turnOne(ctx context.Context, tx *store.Tx, d Debate, number int, do func(*store.Tx, *Statement) error) error {
	st, err := statement(ctx, tx, d.ID, number)
	if err != nil {
		return err
	}
	if err := do(tx, &st); err != nil {
		return err
	}
	return updateStatement(ctx, tx, st)
}

// checkText returns a statement as it is kept: one line.
func checkText(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	var m fault.Mistakes
	m.Check(text != "", "text", "form.required")
	m.Check(utf8.ValidString(text), "text", "form.not_text")
	m.Check(utf8.RuneCountInString(text) <= longestStatement, "text", "form.too_long", "Max", longestStatement)
	return text, m.Err()
}
