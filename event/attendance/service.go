package attendance

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Mark is what somebody at the door notes about a guest.
type Mark struct {
	Registration store.ID
	Session      store.ID      // "" for the event as a whole
	Here         bool          // false takes back what was noted by mistake
	Key          store.ID      // chosen by the phone for this one tap; "" where nothing is sent twice
	Ago          time.Duration // how long before it was sent the person stood at the door
}

// How long before an event people may be noted, and for how long a phone may
// have been without a network.
const (
	earliest = 24 * time.Hour
	longest  = 24 * time.Hour
)

// Note writes down that a guest came, or takes it back, and returns the guest as
// they stand then. Two phones that note the same guest make one row: the first
// counts, and the second is told since when. A key that was sent before changes
// nothing. Whoever has no seat is not noted and the reason is said.
func (s *Service) Note(ctx context.Context, e event.Event, m Mark) (Guest, error) {
	var g Guest
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "event", e.ID); err != nil {
			return err
		}
		first, err := firstTime(ctx, tx, e.ID, m.Key)
		if err != nil {
			return err
		}
		if g, err = guest(ctx, tx, e.ID, m.Registration, m.Session); err != nil || !first || g.Here() == m.Here {
			return err
		}
		if err := s.mayNote(ctx, tx, e.ID, g, m); err != nil {
			return err
		}
		if m.Here {
			err = come(ctx, tx, g, m)
		} else {
			err = takeBack(ctx, tx, g, m.Session)
		}
		if err != nil {
			return err
		}
		if err := note(ctx, tx, e, g, m); err != nil {
			return err
		}
		g, err = guest(ctx, tx, e.ID, m.Registration, m.Session)
		return err
	})
	return g, err
}

// mayNote is the rule: who has a seat, at an event that takes place, from the day
// before on, at a session that is one.
func (s *Service) mayNote(ctx context.Context, tx *store.Tx, id store.ID, g Guest, m Mark) error {
	now, err := store.One[struct {
		StartsAt                 store.Time
		PublishedAt, CancelledAt store.Time
	}](ctx, tx, `SELECT starts_at, published_at, cancelled_at FROM event WHERE id = $1`, id)
	switch {
	case err != nil:
		return err
	case !m.Here:
		return mayTakeBack(ctx, tx, g)
	case now.PublishedAt.IsZero(), !now.CancelledAt.IsZero():
		return fault.Closed("event.attendance.not_held")
	case tx.Now().Before(now.StartsAt.Add(-earliest)):
		return fault.Closed("event.attendance.early")
	case g.State != registration.Confirmed:
		return fault.Conflict("event.attendance.refused." + string(g.State))
	}
	return s.maySession(ctx, tx, id, m.Session)
}

// maySession wants a session where they are noted apart, and none where not.
func (s *Service) maySession(ctx context.Context, tx *store.Tx, id, session store.ID) error {
	rule, err := RuleOf(ctx, tx, id)
	if err != nil {
		return err
	}
	if rule.BySession != (session != "") {
		return fault.Conflict("event.attendance.rule_changed")
	}
	if session == "" {
		return nil
	}
	pause, err := store.One[bool](ctx, tx, `SELECT pause FROM event_session WHERE event = $1 AND id = $2`, id, session)
	if err == nil && pause {
		return fault.Invalid("event.attendance.pause")
	}
	return err
}

// mayTakeBack: a certificate says that the person was there; it goes first.
func mayTakeBack(ctx context.Context, tx *store.Tx, g Guest) error {
	n, err := store.One[int](ctx, tx, `SELECT count(*) FROM event_certificate WHERE registration = $1 AND revoked_at IS NULL`, g.ID)
	if err == nil && n > 0 {
		return fault.Conflict("event.attendance.certified")
	}
	return err
}

// MustStay is registration's objection to a withdrawal: whoever was noted has
// come, and keeps the seat until that is taken back.
func MustStay(ctx context.Context, tx *store.Tx, g registration.Registration) error {
	n, err := store.One[int](ctx, tx, `SELECT count(*) FROM event_attendance WHERE registration = $1`, g.ID)
	if err == nil && n > 0 {
		return fault.Conflict("event.attendance.refused.came")
	}
	return err
}

// SetRule changes how attendance is noted and who gets a certificate. Version is
// that of the rule as the person saw it.
func (s *Service) SetRule(ctx context.Context, e event.Event, r Rule) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "event", e.ID); err != nil {
			return err
		}
		before, err := RuleOf(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		if before.Version != r.Version {
			return fault.Conflict("event.attendance.conflict")
		}
		r.Event = e.ID
		if err := saveRule(ctx, tx, r); err != nil {
			return err
		}
		return noteRule(ctx, tx, e, before, r)
	})
}

// came is when the guest stood at the door, as far as the phone can be believed.
func (m Mark) came(now time.Time) store.Time {
	ago := min(max(m.Ago, 0), longest)
	return store.At(now.Add(-ago))
}

func doer(ctx context.Context) store.ID {
	a := access.From(ctx)
	if a.Assistant != "" {
		return a.Assistant
	}
	return a.Person
}
