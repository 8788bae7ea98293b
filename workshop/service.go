package workshop

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/entrance"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/live"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Options are what the room needs of the installation.
type Options struct {
	Site   web.Site
	Kinds  []activity.Kind // in the order in which a form offers them
	Live   *live.Hub       // nil: open pages are not told
	Door   Door            // nil: codes are not slowed down
	Logger *slog.Logger    // nil: slog.Default()
	// SectorOf is the sector under which a person is registered for an event, ""
	// for none. It is offered, and nothing keeps where it came from.
	SectorOf func(ctx context.Context, event, person store.ID) (ui.Sector, error)
}

// Service holds the verbs of the room and the workshops in memory.
type Service struct {
	Options
	db *store.DB

	mu    sync.Mutex
	halls map[store.ID]*hall
}

// New returns the room.
func New(db *store.DB, o Options) *Service {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Service{Options: o, db: db, halls: map[store.ID]*hall{}}
}

// NewKey is a key with which a workshop is led without an account.
func NewKey() string { return rand.Text() }

// Begin makes a workshop that is not open yet; the form sent twice makes one.
func (s *Service) Begin(ctx context.Context, programme, id store.ID, t Terms) (Workshop, error) {
	if err := t.Check(); err != nil {
		return Workshop{}, err
	}
	var w Workshop
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		old, err := ByID(ctx, tx, id)
		if err == nil && old.Programme == programme {
			w = old
			return nil
		}
		if err != nil && !fault.Is(err, fault.KindNotFound) {
			return err
		}
		w = Workshop{ID: id, Programme: programme, Terms: t}
		if err := w.belongs(ctx, tx); err != nil {
			return err
		}
		if w.Code, err = freeCode(ctx, tx); err != nil {
			return err
		}
		if err := insertWorkshop(ctx, tx, w); err != nil {
			return err
		}
		if w, err = ByID(ctx, tx, id); err != nil {
			return err
		}
		return s.noted(ctx, tx, w, "workshop.begun", "")
	})
	return w, err
}

// belongs refuses an event of another programme, and a session of another event.
func (w Workshop) belongs(ctx context.Context, tx *store.Tx) error {
	if w.Event == "" && w.Session == "" {
		return nil
	}
	n, err := store.One[int](ctx, tx, `SELECT count(*) FROM event e WHERE e.id = $1 AND e.programme = $2
		AND ($3 = '' OR EXISTS (SELECT 1 FROM event_session s WHERE s.event = e.id AND s.id = $3))`, w.Event, w.Programme, w.Session)
	if err == nil && n == 0 {
		err = fault.Mistake("session", "form.not_offered")
	}
	return err
}

func freeCode(ctx context.Context, tx *store.Tx) (string, error) {
	return entrance.Draw(func(code string) (bool, error) {
		n, err := store.One[int](ctx, tx, `SELECT count(*) FROM workshop WHERE code = $1`, code)
		return n > 0, err
	})
}

// Revise changes the terms of a workshop that is not closed.
func (s *Service) Revise(ctx context.Context, id store.ID, version int, t Terms) (Workshop, error) {
	if err := t.Check(); err != nil {
		return Workshop{}, err
	}
	return s.change(ctx, id, version, "workshop.revised", "", func(tx *store.Tx, w *Workshop) error {
		w.Terms = t
		return w.belongs(ctx, tx)
	})
}

// Open lets people in.
func (s *Service) Open(ctx context.Context, id store.ID) (Workshop, error) {
	return s.change(ctx, id, 0, "workshop.opened", "", func(tx *store.Tx, w *Workshop) error {
		if w.State() != Planned {
			return fault.Conflict("workshop.open.already")
		}
		n, err := store.One[int](ctx, tx, `SELECT count(*) FROM workshop_activity WHERE workshop = $1`, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Invalid("workshop.open.empty")
		}
		w.OpenedAt = store.At(tx.Now())
		return nil
	})
}

// Close ends a workshop for good, and destroys what led from its tokens to
// devices. What was running stops.
func (s *Service) Close(ctx context.Context, id store.ID) (Workshop, error) {
	return s.change(ctx, id, 0, "workshop.closed", "", func(tx *store.Tx, w *Workshop) error {
		if w.State() != Open {
			return fault.Conflict("workshop.close.not_open")
		}
		w.ClosedAt = store.At(tx.Now())
		if err := stopAll(ctx, tx, id); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE workshop_participant SET hash = '' WHERE workshop = $1`, id)
		return err
	})
}

// change does something to a workshop whose version the person saw; 0 is any. It
// refuses all changes of one that is closed.
func (s *Service) change(ctx context.Context, id store.ID, version int, act, detail string, do func(*store.Tx, *Workshop) error) (Workshop, error) {
	var w Workshop
	err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
		if w, err = locked(ctx, tx, id); err != nil {
			return err
		}
		if w.State() == Closed {
			return fault.Closed("workshop.closed")
		}
		if version != 0 && w.Version != version {
			return fault.Conflict("workshop.conflict")
		}
		if err := do(tx, &w); err != nil {
			return err
		}
		if err := updateWorkshop(ctx, tx, w); err != nil {
			return err
		}
		w.Version, w.Revision = w.Version+1, w.Revision+1
		if err := s.Live.Publish(ctx, tx, phoneTopic(id), w.Revision); err != nil {
			return err
		}
		if err := s.Live.Publish(ctx, tx, screenTopic(id), w.Revision+w.Seq); err != nil {
			return err
		}
		return s.noted(ctx, tx, w, act, detail)
	})
	return w, err
}

// noted writes an act of whoever leads the workshop into the log of acts. One
// without a programme belongs to a visitor, whose acts are nobody's business.
func (s *Service) noted(ctx context.Context, tx *store.Tx, w Workshop, act, detail string) error {
	if w.Programme == "" {
		return nil
	}
	a := audit.Act{Name: act, Kind: "workshop", Thing: w.ID, Title: w.Title, Path: w.Path(), Programme: w.Programme}
	if detail != "" {
		a.Changes.Text("activity", "", detail)
	}
	return audit.Write(ctx, tx, a)
}

// counted tells screens of new answers.
func (s *Service) counted(ctx context.Context, tx *store.Tx, w Workshop) error {
	return s.Live.Publish(ctx, tx, screenTopic(w.ID), w.Revision+w.Seq)
}

// moved tells screens that somebody joined. Phones are not told: hundreds come at
// once, and none of them shows the others.
func (s *Service) moved(ctx context.Context, tx *store.Tx, w Workshop) error {
	if _, err := tx.Exec(ctx, `UPDATE workshop SET seq = seq + 1 WHERE id = $1`, w.ID); err != nil {
		return err
	}
	return s.Live.Publish(ctx, tx, screenTopic(w.ID), w.Revision+1+w.Seq)
}

// phoneTopic is what phones watch, screenTopic what the wall and the facilitator
// watch: it changes with every answer.
func phoneTopic(workshop store.ID) string  { return "workshop:" + string(workshop) }
func screenTopic(workshop store.ID) string { return "workshop-screen:" + string(workshop) }

func mayLead(ctx context.Context, w Workshop) bool {
	return w.Programme != "" && access.From(ctx).May(Lead, string(w.Programme))
}
