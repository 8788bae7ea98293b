package moderation

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Longest texts that are taken, in characters.
const (
	longestReason = 1000
	longestWords  = 3000
)

// Reasons are what a person may choose from when they report something.
var Reasons = []string{"spam", "abuse", "untrue", "privacy", "rights", "other"}

// Report is what somebody says of a text.
type Report struct {
	Reason string
	Words  string // their own, "" where the reason says all; needed with "other"
}

func (r Report) check() error {
	var m fault.Mistakes
	m.Check(slices.Contains(Reasons, r.Reason), "reason", "form.choose")
	m.Check(r.Reason != "other" || r.Words != "", "words", "moderation.report.words.missing")
	m.Check(utf8.RuneCountInString(r.Words) <= longestReason, "words", "form.too_long", "Max", longestReason)
	return m.Err()
}

// ErrReported says that this person or device has reported these words before.
var ErrReported = fault.Conflict("moderation.report.again")

// Report notes that somebody finds a text unfit. Several reports of one text are
// one case, and each person or device reports the same words once. network is
// where the request comes from.
func (s *Service) Report(ctx context.Context, kind string, id store.ID, r Report, network string) error {
	if err := r.check(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		k, t, err := s.reportable(ctx, tx, kind, id)
		if err != nil {
			return err
		}
		who, err := s.reporter(ctx, tx, network)
		if err != nil {
			return err
		}
		if again, err := who.reported(ctx, tx, k, t); err != nil || again {
			return either(err, ErrReported)
		}
		c, fresh, err := openCase(ctx, tx, Case{Kind: k.Name, Thing: t.ID, Programme: t.Place.ID, Cause: Reported})
		if err != nil {
			return err
		}
		if err := who.insert(ctx, tx, c, r); err != nil {
			return err
		}
		if fresh {
			if err := s.begin(ctx, tx, c, t); err != nil {
				return err
			}
		}
		return noteOwn(ctx, tx, didReport, c, t.Title)
	})
}

func either(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// reportable returns a thing that the actor reads now.
func (s *Service) reportable(ctx context.Context, r store.Reader, kind string, id store.ID) (Kind, Thing, error) {
	k, t, err := s.thing(ctx, r, kind, id)
	if err != nil {
		return k, t, err
	}
	veil, err := VeilOf(ctx, r, k.Name, t.ID)
	if err == nil && (veil != nil || !k.readable(access.From(ctx), t)) {
		err = fault.NotFound("text to report")
	}
	return k, t, err
}

// reporter is who reports: a person, or the browser of a visitor.
type reporter struct{ person, device string }

// reporter counts the report. Of visitors each browser has its share. Browsers
// that nobody has seen before share that of their network, because a program
// that reports in a row comes with a new one each time; people behind the same
// address may sign in instead.
func (s *Service) reporter(ctx context.Context, tx *store.Tx, network string) (reporter, error) {
	actor := access.From(ctx)
	if actor.SignedIn() {
		return reporter{person: string(actor.Person)}, s.count(ctx, tx, reportsPerDay, string(actor.Person))
	}
	if actor.Device == "" || actor.NewDevice {
		if err := s.count(ctx, tx, networkPerHour, network); err != nil {
			return reporter{}, err
		}
	}
	device := s.digest("device", actor.Device)
	return reporter{device: device}, s.count(ctx, tx, visitorPerDay, device)
}

// reported tells whether they have reported these very words.
func (w reporter) reported(ctx context.Context, r store.Reader, k Kind, t Thing) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM moderation_report r JOIN moderation_case c ON c.id = r.matter
		WHERE c.kind = $1 AND c.thing = $2 AND r.person = $3 AND r.device = $4 AND (r.at >= $5 OR c.state = 'open')`,
		k.Name, t.ID, w.person, w.device, t.Written)
	return n > 0, err
}

func (w reporter) insert(ctx context.Context, tx *store.Tx, c Case, r Report) error {
	_, err := tx.Exec(ctx, `INSERT INTO moderation_report (id, matter, person, device, reason, words, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		store.NewID(), c.ID, w.person, w.device, r.Reason, r.Words, store.At(tx.Now()))
	if store.IsUnique(err, "moderation_report") {
		return ErrReported
	}
	return err
}

// Leave settles an open case: there is nothing wrong with the text, and it is
// shown if it was not. The reason is for those who reported it.
func (s *Service) Leave(ctx context.Context, id store.ID, version int, reason string) error {
	return s.decide(ctx, id, version, Open, reason, func(tx *store.Tx, c *Case) (string, error) {
		c.State, c.Reason = Left, reason
		c.DecidedAt, c.DecidedBy = store.At(tx.Now()), access.From(ctx).Person
		return didLeave, nil
	})
}

// Hide settles an open case: the text is not shown any more. The reason stands
// where the text was; its author may appeal.
func (s *Service) Hide(ctx context.Context, id store.ID, version int, reason string) error {
	if reason == "" {
		return fault.Mistake("reason", "form.required")
	}
	return s.decide(ctx, id, version, Open, reason, func(tx *store.Tx, c *Case) (string, error) {
		c.State, c.Reason = Hidden, reason
		c.DecidedAt, c.DecidedBy = store.At(tx.Now()), access.From(ctx).Person
		return didHide, nil
	})
}

// Restore shows a hidden text again. An appeal that waits is thereby granted.
func (s *Service) Restore(ctx context.Context, id store.ID, version int, reason string) error {
	return s.decide(ctx, id, version, Hidden, reason, func(tx *store.Tx, c *Case) (string, error) {
		restored(ctx, tx, c, reason)
		return didRestore, grantWaiting(ctx, tx, c.ID, reason)
	})
}

func restored(ctx context.Context, tx *store.Tx, c *Case, answer string) {
	c.State, c.Answer = Restored, answer
	c.RestoredAt, c.RestoredBy = store.At(tx.Now()), access.From(ctx).Person
}

// decide makes one decision on a case that is in the given state: two who
// decide at once, or a decision on words that have changed meanwhile, end with
// fault.Conflict for the later one.
func (s *Service) decide(ctx context.Context, id store.ID, version int, from State, reason string, change func(*store.Tx, *Case) (string, error)) error {
	if utf8.RuneCountInString(reason) > longestReason {
		return fault.Mistake("reason", "form.too_long", "Max", longestReason)
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "moderation_case", id); err != nil {
			return err
		}
		c, err := caseByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if !s.mayDecide(ctx, c) {
			return fault.Forbidden()
		}
		if err := notOwnText(ctx, tx, c); err != nil {
			return err
		}
		if c.State != from || c.Version != version {
			return errDecided
		}
		act, err := change(tx, &c)
		if err != nil {
			return err
		}
		if err := decide(ctx, tx, c, from, version); err != nil {
			return err
		}
		return s.settle(ctx, tx, c, act, reason)
	})
}

// errDecided says that a case is not any more as it was shown.
var errDecided = fault.Conflict("moderation.decided")

// mayDecide asks again what the route has asked, because a case of one place
// must not be decided under the address of another.
func (s *Service) mayDecide(ctx context.Context, c Case) bool {
	if c.Programme == "" {
		return access.From(ctx).May(access.Administrators, "")
	}
	return access.From(ctx).May(Moderate, string(c.Programme))
}

// errOwnText keeps moderators from deciding about what they have written.
var errOwnText = fault.Invalid("moderation.case.own")

func notOwnText(ctx context.Context, r store.Reader, c Case) error {
	own, err := wrote(ctx, r, c, access.From(ctx).Person)
	if err == nil && own {
		err = errOwnText
	}
	return err
}

// wrote reports whether a person is among the authors of the text of a case.
func wrote(ctx context.Context, r store.Reader, c Case, person store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM moderation_author WHERE matter = $1 AND person = $2`, c.ID, person)
	if err != nil {
		return false, fmt.Errorf("moderation: whose text: %w", err)
	}
	return n > 0, nil
}

// settle follows a decision: the room shows or hides, desks are cleared, author
// and reporters are told, the log says so.
func (s *Service) settle(ctx context.Context, tx *store.Tx, c Case, act, reason string) error {
	k, t, err := s.thing(ctx, tx, c.Kind, c.Thing)
	if fault.Is(err, fault.KindNotFound) {
		t = Thing{ID: c.Thing} // deleted meanwhile: the case is settled all the same
	} else if err != nil {
		return err
	} else if k.Changed != nil {
		if err := k.Changed(ctx, tx, t.ID); err != nil {
			return fmt.Errorf("moderation: %s follows: %w", c.Kind, err)
		}
	}
	if _, err := tx.Exec(ctx, `UPDATE moderation_report SET settled_at = COALESCE(settled_at, $2) WHERE matter = $1`, c.ID, store.At(tx.Now())); err != nil {
		return err
	}
	if err := s.leaveDesks(ctx, tx, c); err != nil {
		return err
	}
	if err := s.tellDecision(ctx, tx, c, t); err != nil {
		return err
	}
	return note(ctx, tx, act, c, t.Title, reason)
}

// Begin opens a case on a moderator's own accord, so that what they have seen
// themselves goes the same way as what others report. It returns the case that
// is open or hidden already where there is one.
func (s *Service) Begin(ctx context.Context, kind string, id store.ID) (Case, error) {
	var c Case
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		k, t, err := s.thing(ctx, tx, kind, id)
		if err != nil {
			return err
		}
		c = Case{Kind: k.Name, Thing: t.ID, Programme: t.Place.ID, Cause: ByStaff}
		if !s.mayDecide(ctx, c) {
			return fault.Forbidden()
		}
		var fresh bool
		if c, fresh, err = openCase(ctx, tx, c); err != nil || !fresh {
			return err
		}
		if err := s.begin(ctx, tx, c, t); err != nil {
			return err
		}
		return note(ctx, tx, didBegin, c, t.Title, "")
	})
	return c, err
}

// begin remembers whose text a fresh case is about, and lets it wait.
func (s *Service) begin(ctx context.Context, tx *store.Tx, c Case, t Thing) error {
	for _, author := range t.Authors {
		_, err := tx.Exec(ctx, `INSERT INTO moderation_author (matter, person) VALUES ($1, $2) ON CONFLICT (matter, person) DO NOTHING`, c.ID, author)
		if err != nil {
			return fmt.Errorf("moderation: author of a case: %w", err)
		}
	}
	return s.waitForModerators(ctx, tx, c, t)
}
