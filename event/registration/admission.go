package registration

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Bounds of what a team may set.
const (
	mostSeats        = 100_000
	mostConfirmHours = 30 * 24
	mostGroup        = 50
	longestNote      = 2000
)

// Admission is how people sign up for an event.
type Admission struct {
	Event         store.ID
	OpensAt       store.Time
	ClosesAt      store.Time
	WithdrawUntil store.Time // zero: until the event begins
	ConfirmHours  int        // how long an offered seat is held; 0: it is given at once
	Invited       bool       // only those on the list, or with the link
	LinkKey       string     // the secret part of that link
	GroupSize     int        // most people that an organisation names at once; 0: none
	Note          string     // what one should know before signing up
	UpdatedAt     store.Time
	Version       int // 0: people do not sign up for the event
}

// Set reports whether people sign up for the event at all.
func (a Admission) Set() bool { return a.Version > 0 }

// lastWithdrawal is when people can no longer withdraw by themselves.
func (a Admission) lastWithdrawal(e event.Event) time.Time {
	if a.WithdrawUntil.IsZero() {
		return e.StartsAt.Time
	}
	return a.WithdrawUntil.Time
}

// Refusal says why nobody can sign up now, nil where they can. Who may is another
// matter: see Service.invited.
func (a Admission) Refusal(ctx context.Context, e event.Event, now time.Time) error {
	switch {
	case e.State() == event.Draft:
		return fault.Closed("event.registration.refused.draft")
	case e.State() == event.Cancelled:
		return fault.Closed("event.registration.refused.cancelled")
	case !a.Set():
		return fault.Closed("event.registration.refused.unset")
	case now.Before(a.OpensAt.Time):
		return fault.Closed("event.registration.refused.early", "When", moment(ctx, a.OpensAt.Time))
	case !now.Before(a.ClosesAt.Time):
		return fault.Closed("event.registration.refused.late", "When", moment(ctx, a.ClosesAt.Time))
	case e.Begun(now):
		return fault.Closed("event.registration.refused.begun", "When", moment(ctx, e.StartsAt.Time))
	}
	return nil
}

// offers reports whether free seats are offered to those who wait: rule 7.
func offers(e event.Event, now time.Time) bool { return e.State() == event.Published && !e.Begun(now) }

// offeredUntil is until when a seat is held that is offered now; zero where it is
// given at once.
func (a Admission) offeredUntil(e event.Event, now time.Time) store.Time {
	if a.ConfirmHours == 0 {
		return store.Time{}
	}
	until := now.Add(time.Duration(a.ConfirmHours) * time.Hour)
	if until.After(e.StartsAt.Time) {
		until = e.StartsAt.Time
	}
	return store.At(until)
}

// check returns the mistakes of what a team has typed.
func (a Admission) check(e event.Event, l Limits) error {
	var m fault.Mistakes
	m.Check(a.ClosesAt.After(a.OpensAt.Time), "closes_at", "event.registration.settings.closes_before")
	m.Check(!a.ClosesAt.After(e.EndsAt.Time), "closes_at", "event.registration.settings.closes_after")
	m.Check(a.WithdrawUntil.IsZero() || !a.WithdrawUntil.After(e.StartsAt.Time), "withdraw_until", "event.registration.settings.withdraw_after")
	if all, limited := l.All(); limited {
		for _, limit := range []Limit{{OfEachGmina, ""}} {
			if n, set := l[limit]; set {
				m.Check(n <= all, "each_gmina", "event.registration.settings.more_than_all", "All", all)
			}
		}
	}
	return m.Err()
}

// newKey is the secret part of a link; 128 bits, in letters and digits.
func newKey() string { return rand.Text() }

// moment is a time in words with its zone: "13 czerwca 2014, 16:00 (CEST)".
func moment(ctx context.Context, t time.Time) string {
	zone, _ := t.In(lang.Warsaw).Zone()
	return lang.DateTime(ctx, t) + " (" + zone + ")"
}
