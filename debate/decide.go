package debate

import (
	"context"
	"slices"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// longestReason bounds what is said for or against a decision.
const longestReason = 500

// Accept shows a statement that waits, or one that was rejected; an appeal that
// waits is thereby granted.
func (s *Service) Accept(ctx context.Context, debate store.ID, number int) error {
	return s.turn(ctx, debate, number, "debate.accepted", func(tx *store.Tx, st *Statement) error {
		if err := hidden(ctx, tx, *st); err != nil {
			return err
		}
		return accept(tx, st)
	})
}

func accept(_ *store.Tx, st *Statement) error {
	if st.State != Waiting && st.State != Rejected {
		return fault.Conflict("debate.statement.settled")
	}
	st.State, st.Reason, st.DecidedBy = Shown, "", ""
	return nil
}

// Reject takes a statement out of the debate, with a reason that its author
// reads.
func (s *Service) Reject(ctx context.Context, debate store.ID, number int, reason string) error {
	if err := checkReason("reason", reason); err != nil {
		return err
	}
	return s.turn(ctx, debate, number, "debate.rejected", reject(ctx, reason))
}

func reject(ctx context.Context, reason string) func(*store.Tx, *Statement) error {
	return func(_ *store.Tx, st *Statement) error {
		if st.State != Waiting && st.State != Shown {
			return fault.Conflict("debate.statement.settled")
		}
		st.State, st.Reason, st.DecidedBy = Rejected, reason, access.From(ctx).Person
		st.Appeal, st.Answer = "", ""
		return nil
	}
}

func checkReason(field, text string) error {
	var m fault.Mistakes
	m.Check(text != "", field, "form.required")
	m.Check(utf8.RuneCountInString(text) <= longestReason, field, "form.too_long", "Max", longestReason)
	return m.Err()
}

// Merge puts a statement aside for another that says the same.
func (s *Service) Merge(ctx context.Context, debate store.ID, number, into int) error {
	return s.turn(ctx, debate, number, "debate.merged", func(tx *store.Tx, st *Statement) error {
		other, err := statement(ctx, tx, debate, into)
		if err != nil {
			return err
		}
		if number == into || other.State != Shown || st.State != Waiting && st.State != Shown {
			return fault.Conflict("debate.statement.settled")
		}
		st.State, st.Becomes = Merged, into
		return nil
	})
}

// Sort decides about several statements that wait: it lets them in, or keeps
// them out for one reason. Those about which somebody decided meanwhile stay as
// they are. It returns how many it decided about.
func (s *Service) Sort(ctx context.Context, debate store.ID, numbers []int, in bool, reason string) (done int, err error) {
	act, do := "debate.accepted", accept
	if !in {
		if err := checkReason("reason", reason); err != nil {
			return 0, err
		}
		act, do = "debate.rejected", reject(ctx, reason)
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		done = 0
		d, err := locked(ctx, tx, debate)
		if err != nil {
			return err
		}
		if !d.ClosedAt.IsZero() {
			return fault.Closed("debate.over")
		}
		for _, number := range numbers {
			decided := false
			err := turnOne(ctx, tx, d, number, func(tx *store.Tx, st *Statement) error {
				if decided = st.State == Waiting; !decided {
					return nil
				}
				return do(tx, st)
			})
			if err != nil {
				return err
			}
			if decided {
				done++
				if err := s.noteAct(ctx, tx, d, act); err != nil {
					return err
				}
			}
		}
		return s.touched(ctx, tx, d)
	})
	return done, err
}

// Appeal is what the author of a statement that was kept out says against it,
// once for each time that it was. Somebody else than who kept it out answers,
// where there is somebody.
func (s *Service) Appeal(ctx context.Context, debate store.ID, author Participant, number int, words string) error {
	if err := checkReason("appeal", words); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		d, err := locked(ctx, tx, debate)
		if err != nil {
			return err
		}
		if err := isOpen(d, tx); err != nil {
			return err
		}
		err = turnOne(ctx, tx, d, number, func(_ *store.Tx, st *Statement) error {
			if st.Author != author.Number || author.Number == 0 {
				return fault.NotFound("statement")
			}
			if st.State != Rejected || st.Appeal != "" {
				return fault.Conflict("debate.statement.settled")
			}
			st.Appeal = words
			return nil
		})
		if err != nil {
			return err
		}
		return s.touched(ctx, tx, d)
	})
}

// Uphold leaves a statement out after an appeal, with an answer that its author
// reads. Accept is how an appeal is granted.
func (s *Service) Uphold(ctx context.Context, debate store.ID, number int, answer string) error {
	if err := checkReason("answer", answer); err != nil {
		return err
	}
	return s.turn(ctx, debate, number, "debate.upheld", func(tx *store.Tx, st *Statement) error {
		if st.State != Rejected || st.Appeal == "" || st.Answer != "" {
			return fault.Conflict("debate.statement.settled")
		}
		if st.DecidedBy != "" && st.DecidedBy == access.From(ctx).Person {
			d, err := ByID(ctx, tx, debate)
			if err != nil {
				return err
			}
			if other, err := s.somebodyElse(ctx, tx, d.Programme, st.DecidedBy); err != nil || other {
				return either(err, fault.Invalid("debate.appeal.own"))
			}
		}
		st.Answer = answer
		return nil
	})
}

func either(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// somebodyElse reports whether another person leads debates of the programme.
func (s *Service) somebodyElse(ctx context.Context, r store.Reader, programme, besides store.ID) (bool, error) {
	if s.Moderation == nil || s.Moderation.Others == nil {
		return false, nil
	}
	roles, err := s.Moderation.Others(ctx, r, programme, []store.ID{besides})
	return slices.ContainsFunc(roles, func(role access.Role) bool { return slices.Contains(Lead.Roles, role) }), err
}

// Trust says how the statements of one author are taken from now on: shown at
// once, looked at as all others, or not at all.
type Trust string

const (
	Ordinary Trust = "ordinary"
	Trusted  Trust = "trusted"
	Muted    Trust = "muted"
)

// Of a participant.
func (p Participant) trust() Trust {
	switch {
	case p.Muted:
		return Muted
	case p.Trusted:
		return Trusted
	}
	return Ordinary
}

// Treat says how the statements of an author are taken from now on. Who they are
// is known to nobody.
func (s *Service) Treat(ctx context.Context, debate store.ID, author int, as Trust) error {
	if as != Ordinary && as != Trusted && as != Muted {
		return fault.Mistake("author", "form.not_offered")
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		d, err := locked(ctx, tx, debate)
		if err != nil {
			return err
		}
		if !d.ClosedAt.IsZero() {
			return fault.Closed("debate.over")
		}
		err = store.Changed(tx.Exec(ctx, `UPDATE debate_participant SET trusted = $3, muted = $4 WHERE debate = $1 AND number = $2`,
			debate, author, as == Trusted, as == Muted))
		if err != nil {
			return err
		}
		return s.changed(ctx, tx, d, "debate."+string(as))
	})
}
