package minutes

import (
	"context"
	"log/slog"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
)

// Options are what the package needs of the installation.
type Options struct {
	Site    web.Site
	Blobs   blob.Store
	Queue   *jobs.Queue    // nil: nobody is reminded by itself
	Trace   *trace.Service // nil: tasks show no thread
	Notices *notice.Center // nil: nobody is told
	// Moderation sees what owners of tasks report; nil: nobody does.
	Moderation *moderation.Service
	For        Attendance   // nil: who has a confirmed seat took part
	Logger     *slog.Logger // nil: slog.Default()
}

// Attendance knows who took part in an event.
type Attendance interface {
	// Present counts those who were there; ok is false where nobody has counted.
	Present(ctx context.Context, r store.Reader, event store.ID) (n int, ok bool, err error)
	// Took reports whether the person was there, or was to be.
	Took(ctx context.Context, r store.Reader, event, person store.ID) (bool, error)
}

// Service holds the verbs of the package.
type Service struct {
	Options
	db *store.DB
}

// New returns the service, and lets it remind of tasks.
func New(db *store.DB, o Options) *Service {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.For == nil {
		o.For = seats{}
	}
	s := &Service{Options: o, db: db}
	if o.Queue != nil {
		jobs.Every(o.Queue, "minutes.remind", time.Hour, s.remind)
	}
	return s
}

// seats is Attendance by registrations alone.
type seats struct{}

func (seats) Present(ctx context.Context, r store.Reader, event store.ID) (int, bool, error) {
	seated, err := registration.Seated(ctx, r, event)
	return len(seated), len(seated) > 0, err
}

func (seats) Took(ctx context.Context, r store.Reader, event, person store.ID) (bool, error) {
	g, err := registration.Of(ctx, r, event, person)
	if fault.Is(err, fault.KindNotFound) {
		return false, nil
	}
	return g.State == registration.Confirmed, err
}

// team reports whether the actor is of those who see drafts.
func team(ctx context.Context, e event.Event) bool {
	return access.From(ctx).May(event.Preview, string(e.Programme))
}

// took reports whether the actor took part.
func (s *Service) took(ctx context.Context, r store.Reader, e event.Event) (bool, error) {
	actor := access.From(ctx)
	if !actor.SignedIn() {
		return false, nil
	}
	return s.For.Took(ctx, r, e.ID, actor.Person)
}

// Begin makes the minutes of an event that is not a draft: a point for each
// session that is no pause. Begun twice, they are the same minutes.
func (s *Service) Begin(ctx context.Context, e event.Event) (Minutes, error) {
	var m Minutes
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "event", e.ID); err != nil {
			return err
		}
		var err error
		if m, err = of(ctx, tx, e.ID); !fault.Is(err, fault.KindNotFound) {
			return err
		}
		if err := event.Opened(ctx, tx, e, "minutes.begin.draft"); err != nil {
			return err
		}
		m = Minutes{ID: store.NewID(), Event: e.ID, Taker: access.From(ctx).Name}
		if n, counted, err := s.For.Present(ctx, tx, e.ID); err != nil {
			return err
		} else if counted {
			m.Present = &n
		}
		if err := insertMinutes(ctx, tx, m); err != nil {
			return err
		}
		if err := s.agenda(ctx, tx, e, m); err != nil {
			return err
		}
		if err := notBegunNoMore(ctx, tx, e); err != nil {
			return err
		}
		m, err = of(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		return note(ctx, tx, didBegin, e, m, "")
	})
	return m, err
}

// agenda makes the first points, in the language of the event. A working group
// begins with what became of its last tasks.
func (s *Service) agenda(ctx context.Context, tx *store.Tx, e event.Event, m Minutes) error {
	ctx = e.In(ctx)
	if e.Kind == event.WorkingGroup {
		text, err := standing(ctx, tx, e)
		if err != nil {
			return err
		}
		if err := insertPoint(ctx, tx, Point{ID: store.NewID(), Minutes: m.ID, Title: lang.T(ctx, "minutes.standing.title"), Text: text}); err != nil {
			return err
		}
	}
	sessions, err := event.Sessions(ctx, tx, e.ID)
	if err != nil {
		return err
	}
	for _, x := range sessions {
		if x.Pause {
			continue
		}
		if err := insertPoint(ctx, tx, Point{ID: store.NewID(), Minutes: m.ID, Title: x.Title}); err != nil {
			return err
		}
	}
	return nil
}

// Head is what stands above the points.
type Head struct {
	Chair, Taker    string
	Present, Quorum *int
}

// SaveHead writes what stands above the points.
func (s *Service) SaveHead(ctx context.Context, e event.Event, version int, h Head) error {
	return s.change(ctx, e, version, func(tx *store.Tx, m *Minutes) error {
		if !m.State.Open() {
			return closed()
		}
		m.Chair, m.Taker, m.Present, m.Quorum = h.Chair, h.Taker, h.Present, h.Quorum
		return nil
	})
}

// Show lets those who took part see the draft and remark on it, until a moment
// or, where it is zero, until it is approved.
func (s *Service) Show(ctx context.Context, e event.Event, version int, until time.Time) error {
	return s.change(ctx, e, version, func(tx *store.Tx, m *Minutes) error {
		if m.State != Draft {
			return fault.Invalid("minutes.show.not_draft")
		}
		if !until.IsZero() && !until.After(tx.Now()) {
			return fault.Mistake("until", "minutes.show.past")
		}
		m.State, m.RemarksUntil, m.ShownAt = Shown, store.At(until), store.At(tx.Now())
		if err := s.give(ctx, tx, e); err != nil {
			return err
		}
		if err := waitApproval(ctx, tx, e, *m); err != nil {
			return err
		}
		if err := s.tellShown(ctx, tx, e, *m); err != nil {
			return err
		}
		return note(ctx, tx, didShow, e, *m, "")
	})
}

// TakeBack hides a draft from participants again. Their remarks stay.
func (s *Service) TakeBack(ctx context.Context, e event.Event, version int) error {
	return s.change(ctx, e, version, func(tx *store.Tx, m *Minutes) error {
		if m.State != Shown {
			return fault.Invalid("minutes.take_back.not_shown")
		}
		m.State, m.RemarksUntil = Draft, store.Time{}
		if err := waitApprovalNoMore(ctx, tx, *m); err != nil {
			return err
		}
		return note(ctx, tx, didTakeBack, e, *m, "")
	})
}

// Correct begins the next edition of published minutes.
func (s *Service) Correct(ctx context.Context, e event.Event, version int, reason string) error {
	return s.change(ctx, e, version, func(tx *store.Tx, m *Minutes) error {
		if m.State != Published {
			return fault.Invalid("minutes.correct.not_published")
		}
		if reason == "" {
			return fault.Mistake("reason", "form.required")
		}
		m.State, m.Edition, m.Reason, m.RemarksUntil = Draft, m.Edition+1, reason, store.Time{}
		return note(ctx, tx, didCorrect, e, *m, reason)
	})
}

// change lets do change the minutes of an event, unless they are not the version
// that the person saw.
func (s *Service) change(ctx context.Context, e event.Event, version int, do func(*store.Tx, *Minutes) error) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		m, err := locked(ctx, tx, e)
		if err != nil {
			return err
		}
		if m.Version != version {
			return fault.Conflict("minutes.conflict")
		}
		if err := do(tx, &m); err != nil {
			return err
		}
		return update(ctx, tx, m)
	})
}

// locked reads the minutes of an event and keeps them still: whoever approves
// waits for a note taker who is saving, and the other way round.
func locked(ctx context.Context, tx *store.Tx, e event.Event) (Minutes, error) {
	m, err := of(ctx, tx, e.ID)
	if err != nil {
		return m, err
	}
	if err := store.Lock(ctx, tx, "event_minutes", m.ID); err != nil {
		return m, err
	}
	return of(ctx, tx, e.ID)
}

func closed() error { return fault.Closed("minutes.closed") }
