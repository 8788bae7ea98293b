package debate

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"math/big"
	"sync"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// Options are what the room needs of the installation.
type Options struct {
	Site   web.Site
	Logger *slog.Logger // nil: slog.Default()
	// Changed is called after something in a debate was written by this program:
	// to tell browsers, and other programs on the same database. nil: nobody.
	Changed func(debate store.ID)
}

// Service holds the verbs of the room and the debates in memory.
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

func (s *Service) poke(debate store.ID) {
	if s.Changed != nil {
		s.Changed(debate)
	}
}

// Begin makes a draft in a programme. Its id comes from the form: sent twice, it
// makes one debate.
func (s *Service) Begin(ctx context.Context, programme, id store.ID, t Terms) (Debate, error) {
	if err := t.Check(); err != nil {
		return Debate{}, err
	}
	var d Debate
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		old, err := ByID(ctx, tx, id)
		if err == nil && old.Programme == programme {
			d = old
			return nil
		}
		if err != nil && !fault.Is(err, fault.KindNotFound) {
			return err
		}
		d = Debate{ID: id, Programme: programme, Terms: t}
		if d.Code, err = freeCode(ctx, tx); err != nil {
			return err
		}
		if d.Slug, err = freeSlug(ctx, tx, programme, t.Question); err != nil {
			return err
		}
		if err := insertDebate(ctx, tx, d); err != nil {
			return err
		}
		if d, err = ByID(ctx, tx, id); err != nil {
			return err
		}
		return s.changed(ctx, tx, d, "debate.begun")
	})
	return d, err
}

// freeCode draws a code of six digits that no debate has: it is read aloud.
func freeCode(ctx context.Context, tx *store.Tx) (string, error) {
	for {
		n, err := rand.Int(rand.Reader, big.NewInt(900_000))
		if err != nil {
			panic(err) // crypto/rand itself ends the program before it fails
		}
		code := fmt.Sprint(100_000 + n.Int64())
		taken, err := store.One[int](ctx, tx, `SELECT count(*) FROM debate WHERE code = $1`, code)
		if err != nil || taken == 0 {
			return code, err
		}
	}
}

func freeSlug(ctx context.Context, tx *store.Tx, programme store.ID, question string) (string, error) {
	base := lang.Slug(question)
	if base == "" {
		base = "debata"
	}
	for n := 1; ; n++ {
		slug := base
		if n > 1 {
			slug = fmt.Sprintf("%s-%d", base, n)
		}
		taken, err := store.One[int](ctx, tx, `SELECT count(*) FROM debate WHERE programme = $1 AND slug = $2`, programme, slug)
		if err != nil || taken == 0 {
			return slug, err
		}
	}
}

// Revise changes the terms of a debate. Who may enter and whether guesses are
// asked stays as it is once the debate is open: people came on those terms.
func (s *Service) Revise(ctx context.Context, id store.ID, version int, t Terms) (Debate, error) {
	if err := t.Check(); err != nil {
		return Debate{}, err
	}
	return s.change(ctx, id, version, "debate.revised", func(tx *store.Tx, d *Debate) error {
		switch d.At(tx.Now()) {
		case Over:
			return fault.Closed("debate.over")
		case Open:
			if t.Question != d.Question || t.Entry != d.Entry || t.Mirror != d.Mirror || !t.OpensAt.Equal(d.OpensAt.Time) {
				return fault.Invalid("debate.revise.open")
			}
		}
		d.Terms = t
		return updateTerms(ctx, tx, *d)
	})
}

// Publish lets the clock open the debate. It has at least one statement.
func (s *Service) Publish(ctx context.Context, id store.ID, version int) (Debate, error) {
	return s.change(ctx, id, version, "debate.published", func(tx *store.Tx, d *Debate) error {
		if d.At(tx.Now()) != Draft {
			return fault.Conflict("debate.publish.already")
		}
		shown, err := store.One[int](ctx, tx, `SELECT count(*) FROM debate_statement WHERE debate = $1 AND state = $2`, d.ID, Shown)
		if err != nil {
			return err
		}
		if shown == 0 {
			return fault.Invalid("debate.publish.empty")
		}
		d.PublishedAt = store.At(tx.Now())
		return updateState(ctx, tx, *d)
	})
}

// Close ends a debate for good and destroys what led from its numbers to
// people. It closes one whose hour has passed as well as one that is open.
func (s *Service) Close(ctx context.Context, id store.ID, version int) (Debate, error) {
	return s.change(ctx, id, version, "debate.closed", func(tx *store.Tx, d *Debate) error {
		if state := d.At(tx.Now()); !d.ClosedAt.IsZero() || state != Open && state != Over {
			return fault.Conflict("debate.close.already")
		}
		d.ClosedAt = store.At(tx.Now())
		if d.ClosesAt.IsZero() || d.ClosedAt.Before(d.ClosesAt.Time) {
			d.ClosesAt = d.ClosedAt
		}
		if err := updateState(ctx, tx, *d); err != nil {
			return err
		}
		return unlink(ctx, tx, id)
	})
}

// change does something to a debate whose version the person saw; 0 is any.
func (s *Service) change(ctx context.Context, id store.ID, version int, act string, do func(*store.Tx, *Debate) error) (Debate, error) {
	var d Debate
	err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
		if d, err = locked(ctx, tx, id); err != nil {
			return err
		}
		if version != 0 && d.Version != version {
			return fault.Conflict("debate.conflict")
		}
		if err := do(tx, &d); err != nil {
			return err
		}
		d.Version++
		return s.changed(ctx, tx, d, act)
	})
	return d, err
}

// changed notes an act of whoever leads the debate.
func (s *Service) changed(ctx context.Context, tx *store.Tx, d Debate, act string) error {
	if err := s.touched(ctx, tx, d); err != nil {
		return err
	}
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "debate", Thing: d.ID, Title: d.Question, Path: d.Path(), Programme: d.Programme})
}

// touched tells of an act of a participant, which is noted nowhere: the log of
// acts would say who stands behind a number.
func (s *Service) touched(_ context.Context, tx *store.Tx, d Debate) error {
	tx.AfterCommit(func() { s.poke(d.ID) })
	return nil
}
