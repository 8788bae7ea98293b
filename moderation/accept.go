package moderation

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// When a text is looked at, as its place wants it.
type When int

const (
	After  When = iota // it is shown at once, and looked at when somebody reports it
	Before             // it is shown once somebody has looked
)

// Text is what a person has just written.
type Text struct {
	Kind      string // registered as a Kind
	Thing     store.ID
	Programme store.ID // that answers for it; "" for the installation
	Title     string
	Words     string // all of it
	When      When
	// Unchanged says that the words are as they were, so that nothing is new.
	Unchanged bool
}

// Accept is called in the transaction that saves what a person wrote, behind the
// row itself. It refuses what is too much for a new account and tells when the
// next text may come; it never refuses words, but lets those wait that a list of
// the place or of the installation names. waits tells that the text is not shown
// yet. Words of those who moderate the place, and of nobody signed in (imports,
// the command line), are shown at once.
func (s *Service) Accept(ctx context.Context, tx *store.Tx, t Text) (waits bool, err error) {
	actor := access.From(ctx)
	if s == nil || t.Unchanged || actor.Person == "" || actor.May(Moderate, string(t.Programme)) {
		return false, nil
	}
	if err := s.spare(ctx, tx, actor); err != nil {
		return false, err
	}
	found, err := s.caught(ctx, tx, t)
	if err != nil {
		return false, err
	}
	c := Case{Kind: t.Kind, Thing: t.Thing, Programme: t.Programme, Veiled: true}
	switch {
	case len(found) > 0:
		c.Cause, c.Terms = Caught, strings.Join(found, "\n")
	case t.When == Before:
		c.Cause = First
	default:
		return s.stillVeiled(ctx, tx, t)
	}
	passed, err := s.passed(ctx, tx, t, c)
	if err != nil || passed {
		return false, err
	}
	return true, s.wait(ctx, tx, c, t)
}

// wait opens a case that keeps the text from being shown; where one is open
// already because somebody reported it, that one does so from now on.
func (s *Service) wait(ctx context.Context, tx *store.Tx, c Case, t Text) error {
	opened, fresh, err := openCase(ctx, tx, c)
	if err != nil {
		return err
	}
	if !fresh {
		_, err := tx.Exec(ctx, `UPDATE moderation_case SET veiled = TRUE, terms = $2,
			cause = CASE WHEN state = 'open' THEN $3 ELSE cause END, version = version + 1 WHERE id = $1`, opened.ID, c.Terms, c.Cause)
		return err
	}
	_, thing, err := s.thing(ctx, tx, t.Kind, t.Thing)
	if err != nil {
		return err
	}
	if err := s.begin(ctx, tx, opened, thing); err != nil {
		return err
	}
	return note(ctx, tx, didHold, opened, t.Title, "")
}

// stillVeiled reports whether a text that nothing speaks against now is kept
// back by a case of before. Whoever decides that case has to see the new words.
func (s *Service) stillVeiled(ctx context.Context, tx *store.Tx, t Text) (bool, error) {
	_, err := tx.Exec(ctx, `UPDATE moderation_case SET version = version + 1 WHERE kind = $1 AND thing = $2 AND state IN ('open', 'hidden')`,
		t.Kind, t.Thing)
	if err != nil {
		return false, err
	}
	veil, err := VeilOf(ctx, tx, t.Kind, t.Thing)
	return veil != nil, err
}

// passed reports whether moderators have looked at these entries of the lists in
// the text already and left it. Without it each correction of a comma would wait
// anew. In a place that looks at everything first, it does.
func (s *Service) passed(ctx context.Context, r store.Reader, t Text, c Case) (bool, error) {
	if _, err := live(ctx, r, t.Kind, t.Thing); !fault.Is(err, fault.KindNotFound) {
		return false, err
	}
	before, err := store.All[Case](ctx, r, `SELECT `+caseColumns+` FROM moderation_case
		WHERE kind = $1 AND thing = $2 AND state = 'left' AND cause = 'words' ORDER BY decided_at DESC LIMIT 20`, t.Kind, t.Thing)
	if err != nil || c.Cause != Caught {
		return false, err
	}
	for _, term := range c.terms() {
		if !slices.ContainsFunc(before, func(b Case) bool { return slices.Contains(b.terms(), term) }) {
			return false, nil
		}
	}
	return true, nil
}

// spare counts a text of a new account, and of the device it comes from.
func (s *Service) spare(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	joined, err := s.Joined(ctx, tx, actor.Person)
	if err != nil {
		return fmt.Errorf("moderation: account: %w", err)
	}
	if tx.Now().Sub(joined) >= newFor {
		return nil
	}
	for _, l := range []limit{textsPerHour, textsPerDay} {
		if err := s.count(ctx, tx, l, string(actor.Person)); err != nil {
			return err
		}
	}
	if actor.Device == "" {
		return nil
	}
	for _, l := range []limit{devicePerHour, devicePerDay} {
		if err := s.count(ctx, tx, l, actor.Device); err != nil {
			return err
		}
	}
	return nil
}
