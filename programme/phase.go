package programme

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Phase is a step of a programme. Phases stand in the order that people gave
// them; they may overlap (people join while workshops already run) and may leave
// gaps. Days are whole days in Warsaw; a phase without an end lasts until it is
// given one.
type Phase struct {
	ID        store.ID
	Programme store.ID
	Position  int
	Title     string
	StartsAt  store.Time
	EndsAt    store.Time // the first moment after the last day
	Opens     set        // names of openings
	Version   int
}

// At tells where the phase stands at a moment. Nothing is switched by a clock:
// every page computes it from the dates.
func (p Phase) At(now time.Time) ui.State {
	switch {
	case now.Before(p.StartsAt.Time):
		return ui.Next
	case !p.EndsAt.IsZero() && !now.Before(p.EndsAt.Time):
		return ui.Done
	}
	return ui.Now
}

// LastDay is the last day of the phase, zero where it has no end.
func (p Phase) LastDay() time.Time { return lastDay(p.EndsAt) }

// Opening is something that people may do only while a phase is open for it.
type Opening string

// Join is the opening of this room. Other rooms add theirs with AddOpening.
const Join Opening = "join"

// OpeningWord pairs an opening with the key of its words. What only the team may
// do is named in its editor and not on the public page.
type OpeningWord struct {
	Opening Opening
	Key     string
	Team    bool
}

var ownOpenings = []OpeningWord{{Opening: Join, Key: "programme.opening.join"}}

// Gate says whether an opening is open and, when it is not, why. An opening that
// no phase names is closed: what may be done is what somebody decided.
type Gate struct {
	Open  bool
	Until time.Time // the last day while open, zero for no end
	From  time.Time // when it opens next, zero when no phase will open it
	Phase string    // title of the phase that opens it, now or next
	Over  bool      // it was open once and will not be again
}

// GateOf asks the phases of a programme about an opening, now.
func GateOf(ctx context.Context, r store.Reader, programme store.ID, o Opening) (Gate, error) {
	state, err := store.One[State](ctx, r, `SELECT state FROM programme WHERE id = $1`, programme)
	if err != nil {
		return Gate{}, err
	}
	phases, err := phasesOf(ctx, r, programme)
	if err != nil {
		return Gate{}, err
	}
	return gate(state, phases, o, r.Now()), nil
}

// Open reports whether a phase of the programme opens this now. Nothing is open
// in a draft or in the archive.
func Open(ctx context.Context, r store.Reader, programme store.ID, o Opening) (bool, error) {
	g, err := GateOf(ctx, r, programme, o)
	return g.Open, err
}

func gate(state State, phases []Phase, o Opening, now time.Time) Gate {
	var g Gate
	if state != Published {
		g.Over = state == Archived
		return g
	}
	for _, p := range phases {
		if !p.Opens.Has(string(o)) {
			continue
		}
		switch p.At(now) {
		case ui.Now:
			g = g.extend(p)
		case ui.Next:
			if !g.Open && (g.From.IsZero() || p.StartsAt.Before(g.From)) {
				g.From, g.Phase, g.Over = p.StartsAt.Time, p.Title, false
			}
		case ui.Done:
			g.Over = !g.Open && g.From.IsZero()
		}
	}
	return g
}

// extend opens the gate by a phase that is on; of several, the one that lasts
// longest tells until when.
func (g Gate) extend(p Phase) Gate {
	longer := p.EndsAt.IsZero() || !g.Until.IsZero() && p.LastDay().After(g.Until)
	if !g.Open || longer {
		return Gate{Open: true, Until: p.LastDay(), Phase: p.Title}
	}
	return g
}

// current splits phases into those that are on and the one that begins next.
func current(phases []Phase, now time.Time) (on []Phase, next *Phase) {
	for i, p := range phases {
		switch p.At(now) {
		case ui.Now:
			on = append(on, p)
		case ui.Next:
			if next == nil || p.StartsAt.Before(next.StartsAt.Time) {
				next = &phases[i]
			}
		}
	}
	return on, next
}
