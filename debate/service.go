package debate

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"sync"
	"time"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/live"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Options are what the room needs of the installation.
type Options struct {
	Site   web.Site
	Logger *slog.Logger // nil: slog.Default()
	// Live tells open pages, and other programs on the same database, that a
	// debate has gained something; nil: nobody is told.
	Live *live.Hub
	// Queue closes debates whose hour has come; nil: they are closed by hand.
	Queue *jobs.Queue
	// Moderation takes reports, knows the word lists and counts who writes too
	// much; nil in a room of its own.
	Moderation *moderation.Service
	// Expected counts by sector who is on the list of an event; nil: nobody knows.
	Expected func(ctx context.Context, r store.Reader, event store.ID) (map[ui.Sector]int, error)
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
	s := &Service{Options: o, db: db, halls: map[store.ID]*hall{}}
	if o.Queue != nil {
		jobs.Every(o.Queue, "debate.close", time.Minute, s.CloseDue)
	}
	return s
}

// topic is what open pages of a debate listen to.
func topic(debate store.ID) string { return "debate:" + string(debate) }

// move raises the revision of a debate whose row the transaction has locked, and
// tells open pages of it after the commit.
func (s *Service) move(ctx context.Context, tx *store.Tx, debate store.ID) error {
	revision, err := store.One[int64](ctx, tx, `UPDATE debate SET revision = revision + 1 WHERE id = $1 RETURNING revision`, debate)
	if err != nil {
		return err
	}
	return s.Live.Publish(ctx, tx, topic(debate), revision)
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
			if t.Question != d.Question || t.Entry != d.Entry || t.Mirror != d.Mirror || t.Reveal.orDefault() != d.Reveal || t.Joined != d.Joined ||
				!t.OpensAt.Equal(d.OpensAt.Time) {
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

// CloseDue closes the debates whose hour has passed, so that what leads to
// people does not outlive it. Each is closed by itself: one that fails keeps no
// other open.
func (s *Service) CloseDue(ctx context.Context) error {
	due, err := store.All[store.ID](ctx, s.db, `SELECT id FROM debate WHERE published_at IS NOT NULL AND closed_at IS NULL AND closes_at <= $1
		ORDER BY closes_at, id`, store.At(s.db.Now()))
	if err != nil {
		return fmt.Errorf("debate: due: %w", err)
	}
	for _, id := range due {
		if _, one := s.Close(ctx, id, 0); one != nil && !fault.Is(one, fault.KindConflict) { // somebody closed it meanwhile
			err = errors.Join(err, fmt.Errorf("debate: close %s: %w", id, one))
		}
	}
	return err
}

// ShowResults tells the results of a debate that is over and whose results wait
// for whoever leads it.
func (s *Service) ShowResults(ctx context.Context, id store.ID, version int) (Debate, error) {
	return s.change(ctx, id, version, "debate.revealed", func(tx *store.Tx, d *Debate) error {
		if d.At(tx.Now()) != Over || d.Reveal != ByHand || !d.RevealedAt.IsZero() {
			return fault.Conflict("debate.reveal.not")
		}
		d.RevealedAt = store.At(tx.Now())
		return updateState(ctx, tx, *d)
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
	return s.noteAct(ctx, tx, d, act)
}

func (s *Service) noteAct(ctx context.Context, tx *store.Tx, d Debate, act string) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "debate", Thing: d.ID, Title: d.Question, Path: d.Path(), Programme: d.Programme})
}

// touched tells of an act of a participant, which is noted nowhere: the log of
// acts would say who stands behind a number.
func (s *Service) touched(ctx context.Context, tx *store.Tx, d Debate) error {
	return s.move(ctx, tx, d.ID)
}
