package group

import (
	"context"
	"log/slog"
	"slices"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
)

// Options are what the package needs of the installation.
type Options struct {
	Site    web.Site
	Outbox  *mail.Outbox    // nil: nobody is written to
	Notices *notice.Center  // nil: nobody is told
	Trace   *trace.Service  // nil: groups show no thread
	Privacy *privacy.Keeper // nil: it is not noted who looked
	// Draft makes the draft of an event in a transaction: event.Service.Draft.
	Draft   func(ctx context.Context, tx *store.Tx, d event.Draw) (event.Event, error)
	Guests  Guests  // nil: meetings have no registration
	Records Records // nil: meetings have no minutes
	Logger  *slog.Logger
}

// Service holds the verbs.
type Service struct {
	Options
	db *store.DB
}

// New returns working groups and puts their letters in place.
func New(db *store.DB, o Options) *Service {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	s := &Service{Options: o, db: db}
	if o.Outbox != nil {
		o.Outbox.Handle(letterInvitation, s.composeInvitation)
	}
	return s
}

// within holds a group still while something happens in it: who comes, who goes,
// who presides.
func (s *Service) within(ctx context.Context, programme, id store.ID, do func(tx *store.Tx, g Group) error) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "event_group", id); err != nil {
			return err
		}
		g, err := byID(ctx, tx, programme, id)
		if err != nil {
			return err
		}
		return do(tx, g)
	})
}

// runs reports whether the actor runs a group: the programme's managers, its
// chair and its secretary.
func runs(ctx context.Context, r store.Reader, g Group) (bool, error) {
	actor := access.From(ctx)
	if !actor.SignedIn() || actor.May(Manage, string(g.Programme)) {
		return actor.SignedIn(), nil
	}
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM event_group_member
		WHERE event_group = $1 AND person = $2 AND state = 'active' AND role IN ('chair', 'secretary')`, g.ID, actor.Person)
	return n > 0, err
}

// running is within for those who run the group while it is not closed.
func (s *Service) running(ctx context.Context, programme, id store.ID, do func(tx *store.Tx, g Group) error) error {
	return s.within(ctx, programme, id, func(tx *store.Tx, g Group) error {
		may, err := runs(ctx, tx, g)
		switch {
		case err != nil:
			return err
		case !may:
			return fault.Forbidden()
		case !g.Live():
			return fault.Closed("event.group.closed")
		}
		return do(tx, g)
	})
}

// Found makes a group in a programme. Its id comes from the form: sent twice it
// is one.
func (s *Service) Found(ctx context.Context, g Group) (Group, error) {
	if err := g.check(); err != nil {
		return g, err
	}
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		if before, err := byID(ctx, tx, g.Programme, g.ID); !fault.Is(err, fault.KindNotFound) {
			g = before
			return err
		}
		p, err := programme.ByID(ctx, tx, g.Programme)
		if err != nil {
			return err
		}
		if p.State == programme.Archived {
			return fault.Closed("event.group.archived")
		}
		if err := appointable(ctx, tx, g); err != nil {
			return err
		}
		g.State = Forming
		if g.Slug, err = freeSlug(ctx, tx, g); err != nil {
			return err
		}
		if err := insert(ctx, tx, g, access.From(ctx).Person); err != nil {
			return err
		}
		if g, err = byID(ctx, tx, g.Programme, g.ID); err != nil {
			return err
		}
		return s.saved(ctx, tx, g, didFound, "")
	})
	return g, err
}

// appointable refuses an organisation that is none of the programme's.
func appointable(ctx context.Context, r store.Reader, g Group) error {
	if g.Appointer == "" {
		return nil
	}
	voices, err := appointers(ctx, r, g.Programme)
	if err == nil && !slices.ContainsFunc(voices, func(c programme.Choice) bool { return c.ID == g.Appointer }) {
		err = fault.Mistake("appointer", "form.not_offered")
	}
	return err
}

// reserved are addresses beside the groups that mean something else.
var reserved = []string{"nowy"}

func freeSlug(ctx context.Context, r store.Reader, g Group) (string, error) {
	for slug := range lang.Slugs(g.Name, "zespol", reserved...) {
		n, err := store.One[int](ctx, r, `SELECT count(*) FROM event_group WHERE programme = $1 AND slug = $2`, g.Programme, slug)
		if err != nil || n == 0 {
			return slug, err
		}
	}
	return "", fault.Invalid("event.group.conflict") // Slugs never ends
}

// Revise changes what the group is for. Its address stays.
func (s *Service) Revise(ctx context.Context, to Group) error {
	if err := to.check(); err != nil {
		return err
	}
	return s.change(ctx, to.Programme, to.ID, to.Version, didRevise, "", func(tx *store.Tx, g *Group) error {
		if to.Appointer != g.Appointer {
			if err := appointable(ctx, tx, to); err != nil {
				return err
			}
		}
		g.Name, g.Purpose, g.AppointedBy, g.Appointer = to.Name, to.Purpose, to.AppointedBy, to.Appointer
		g.StartsAt, g.EndsAt, g.Asking = to.StartsAt, to.EndsAt, to.Asking
		return nil
	})
}

// Begin says that the group works now. It has somebody who presides.
func (s *Service) Begin(ctx context.Context, programme, id store.ID, version int) error {
	return s.change(ctx, programme, id, version, didBegin, "", func(tx *store.Tx, g *Group) error {
		if g.State != Forming {
			return fault.Closed("event.group.begun")
		}
		presided, err := hasChair(ctx, tx, g.ID)
		if err == nil && !presided {
			err = fault.Invalid("event.group.begin.no_chair")
		}
		g.State = Working
		return err
	})
}

// Close ends the group, with a reason and with what it leaves. Invitations and
// requests that nobody has answered end with it; who sat in it stays on its page.
func (s *Service) Close(ctx context.Context, programme, id store.ID, version int, reason, outcome string) error {
	var m fault.Mistakes
	text(&m, "reason", reason, longestReason)
	text(&m, "outcome", outcome, longestOutcome)
	if err := m.Err(); err != nil {
		return err
	}
	return s.change(ctx, programme, id, version, didClose, reason, func(tx *store.Tx, g *Group) error {
		if !g.Live() {
			return fault.Closed("event.group.closed")
		}
		g.State, g.Reason, g.Outcome, g.ClosedAt = Closed, reason, outcome, store.At(tx.Now())
		return s.endWaiting(ctx, tx, *g)
	})
}

// Reopen lets a closed group work on; its reason and its outcome go.
func (s *Service) Reopen(ctx context.Context, programme, id store.ID, version int) error {
	return s.change(ctx, programme, id, version, didReopen, "", func(_ *store.Tx, g *Group) error {
		if g.Live() {
			return fault.Closed("event.group.open")
		}
		g.State, g.Reason, g.Outcome, g.ClosedAt = Working, "", "", store.Time{}
		return nil
	})
}

// change does something with the group itself, if nobody has since the person
// saw it. Only those who manage the programme do.
func (s *Service) change(ctx context.Context, programme, id store.ID, version int, act, reason string, do func(*store.Tx, *Group) error) error {
	return s.within(ctx, programme, id, func(tx *store.Tx, g Group) error {
		before := g.State
		if g.Version != version {
			return fault.Conflict("event.group.conflict")
		}
		if err := do(tx, &g); err != nil {
			return err
		}
		if err := update(ctx, tx, g); err != nil {
			return err
		}
		g, err := byID(ctx, tx, programme, id)
		if err != nil {
			return err
		}
		if g.State != before {
			if err := s.tellState(ctx, tx, g); err != nil {
				return err
			}
		}
		return s.saved(ctx, tx, g, act, reason)
	})
}

// saved writes what hangs on a group: log, search, desk.
func (s *Service) saved(ctx context.Context, tx *store.Tx, g Group, act, reason string) error {
	if err := note(ctx, tx, act, g, reason); err != nil {
		return err
	}
	if err := index(ctx, tx, g); err != nil {
		return err
	}
	return waitChair(ctx, tx, g)
}
