package registration

import (
	"context"
	"log/slog"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// Options are what the package needs of the installation.
type Options struct {
	Site    web.Site
	Outbox  *mail.Outbox    // nil: nobody is written to
	Queue   *jobs.Queue     // nil: offers lapse only when somebody touches the event, and lists of many get no letters
	Privacy *privacy.Keeper // notes who looks at the lists; nil for none
	// Nav leads between the pages of an event's team; here is the path of this one
	// below the event's. nil: between those of this package.
	Nav    func(ctx context.Context, e event.Event, here string) templ.Component
	Logger *slog.Logger // nil: slog.Default()
}

// Service holds the verbs.
type Service struct {
	Options
	db       *store.DB
	objects  []Objection
	followed []Turned
}

// Objection may refuse that somebody withdraws: who is checked in has come. It
// is asked while the event is locked.
type Objection func(ctx context.Context, tx *store.Tx, g Registration) error

// Turned is told in the transaction in which a registration changes its state;
// before is "" for a new one. The event is locked.
type Turned func(ctx context.Context, tx *store.Tx, e event.Event, before State, g Registration) error

// New returns the service and puts its jobs and letters in place.
func New(db *store.DB, o Options) *Service {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	s := &Service{Options: o, db: db}
	if o.Outbox != nil {
		s.handleLetters()
	}
	if o.Queue != nil {
		jobs.Handle(o.Queue, s.settleOwed)
		jobs.AtStart(o.Queue, s.Sweep)
		jobs.Every(o.Queue, "registration.sweep", time.Minute, s.Sweep)
		jobs.Every(o.Queue, "registration.remind", 15*time.Minute, s.Remind)
	}
	return s
}

// Object and OnTurn are called by the wiring, before the first request.
func (s *Service) Object(o ...Objection) { s.objects = append(s.objects, o...) }
func (s *Service) OnTurn(t ...Turned)    { s.followed = append(s.followed, t...) }

// hall is an event whose row is locked, with all that decides about its seats.
type hall struct {
	event.Event
	Admission
	limits  Limits
	now     time.Time
	seats   *Seats
	waiting []Class
}

// within holds the event still, lets lapse what is over and offers what is free,
// and then does something in its queue. All changes of a queue go through here.
func (s *Service) within(ctx context.Context, e event.Event, do func(tx *store.Tx, h *hall) error) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		h, err := s.enter(ctx, tx, e)
		if err != nil {
			return err
		}
		return do(tx, h)
	})
}

func (s *Service) enter(ctx context.Context, tx *store.Tx, e event.Event) (*hall, error) {
	if err := store.Lock(ctx, tx, "event", e.ID); err != nil {
		return nil, err
	}
	e, err := event.ByID(ctx, tx, e.Programme, e.ID)
	if err != nil {
		return nil, err
	}
	h := &hall{Event: e, now: tx.Now()}
	if h.Admission, err = AdmissionOf(ctx, tx, e.ID); err != nil {
		return nil, err
	}
	if h.limits, err = LimitsOf(ctx, tx, e.ID); err != nil {
		return nil, err
	}
	return h, s.settle(ctx, tx, h)
}

// settle counts the seats; where an offer is over it lapses, and where somebody
// waits who could have a seat they are offered it: rules 5 and 6.
func (s *Service) settle(ctx context.Context, tx *store.Tx, h *hall) error {
	lapsed, err := h.count(ctx, tx)
	if err == nil && lapsed {
		if err = s.lapse(ctx, tx, h); err == nil {
			_, err = h.count(ctx, tx)
		}
	}
	if err != nil || !h.someoneFits() {
		return err
	}
	return s.promote(ctx, tx, h)
}

func (h *hall) count(ctx context.Context, tx *store.Tx) (lapsed bool, err error) {
	tallies, err := Tallies(ctx, tx, h.Event.ID)
	h.seats, h.waiting, lapsed = seatsOf(h.limits, tallies, h.now)
	return lapsed, err
}

func (h *hall) someoneFits() bool {
	if !offers(h.Event, h.now) {
		return false
	}
	for _, c := range h.waiting {
		if h.seats.Free(c) {
			return true
		}
	}
	return false
}

// lapse ends the offers whose time is over.
func (s *Service) lapse(ctx context.Context, tx *store.Tx, h *hall) error {
	over, err := store.All[Registration](ctx, tx, `SELECT `+Columns+Tables+`
		WHERE g.event = $1 AND g.state = 'offered' AND g.offered_until <= $2 ORDER BY g.number`, h.Event.ID, store.At(h.now))
	for _, g := range over {
		if err == nil {
			err = s.turn(ctx, tx, h, g, Lapsed)
		}
	}
	return err
}

// promote offers free seats to those who wait.
func (s *Service) promote(ctx context.Context, tx *store.Tx, h *hall) error {
	waiting, err := waitersOf(ctx, tx, h.Event.ID)
	if err != nil {
		return err
	}
	for _, w := range h.seats.Promote(waiting) {
		g, err := ByID(ctx, tx, h.Event.ID, w.ID)
		if err == nil {
			err = s.turn(ctx, tx, h, g, h.promoted())
		}
		if err != nil {
			return err
		}
	}
	_, err = h.count(ctx, tx)
	return err
}

// promoted is the state of somebody who is given a seat now.
func (h *hall) promoted() State {
	if h.ConfirmHours == 0 {
		return Confirmed
	}
	return Offered
}

// turn puts a registration into another state and does what follows from it:
// desk, letter, whoever asked to be told.
func (s *Service) turn(ctx context.Context, tx *store.Tx, h *hall, g Registration, to State) error {
	before := g.State
	until := store.Time{}
	switch to {
	case Offered:
		until = h.offeredUntil(h.Event, h.now)
	case Lapsed:
		until = g.OfferedUntil // since when it is over
	}
	if err := turn(ctx, tx, g, to, until); err != nil {
		return err
	}
	g.State, g.OfferedUntil, g.Version = to, until, g.Version+1
	return s.follow(ctx, tx, h, before, g)
}

func (s *Service) follow(ctx context.Context, tx *store.Tx, h *hall, before State, g Registration) error {
	if err := s.waitOffer(ctx, tx, h.Event, before, g); err != nil {
		return err
	}
	if err := s.tell(ctx, tx, h, before, g); err != nil {
		return err
	}
	return s.writeState(ctx, tx, h.Event, before, g)
}

func (s *Service) tell(ctx context.Context, tx *store.Tx, h *hall, before State, g Registration) error {
	for _, tell := range s.followed {
		if err := tell(ctx, tx, h.Event, before, g); err != nil {
			return err
		}
	}
	return nil
}
