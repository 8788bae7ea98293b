package event

import (
	"context"
	"log/slog"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
)

// Options are what the room needs of the installation.
type Options struct {
	Site   web.Site
	Blobs  blob.Store
	Outbox *mail.Outbox
	// Funding returns what has to stand on every page of a programme
	// (programme.Service.Funding); nil: nothing.
	Funding func(ctx context.Context, p programme.Programme) (templ.Component, error)
	Trace   *trace.Service // nil: events show no thread
	Notices *notice.Center // nil: nobody is told
	Secret  []byte         // of the installation, for the addresses of personal calendars
	Logger  *slog.Logger   // nil: slog.Default()
}

// Service holds the verbs of the room.
type Service struct {
	Options
	db       *store.DB
	parts    []Part
	tools    []Tool
	changed  []Changed
	deleted  []Deleted
	besides  []Beside
	keepings []Keeping
}

// New returns the room.
func New(db *store.DB, o Options) *Service {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Service{Options: o, db: db}
}

// Part is what another package of the room shows on an event's page. Parts
// stand in the order in which they were added.
type Part struct {
	// First stands before everything else: it tells the person who looks where
	// they stand, or what they can do. Other parts stand under the programme of
	// the event.
	First bool
	// Show returns nil where there is nothing to show to this reader.
	Show func(ctx context.Context, e Event) (templ.Component, error)
}

// Tool is a page of the event's team, with an address below the event's.
type Tool struct {
	Path string // "/zapisy/lista"
	Key  string // of its name
	Need access.Permission
	For  func(e Event) bool // nil: every event has it
}

// Changed is told in the transaction in which an event is published, is
// cancelled or returns, or changes when or where it is (Event.Moved); before is
// how it stood.
type Changed func(ctx context.Context, tx *store.Tx, before, after Event) error

// Deleted is told in the transaction in which a draft is deleted, before its row
// goes.
type Deleted func(ctx context.Context, tx *store.Tx, e Event) error

// Beside is what another package of the room shows under the events of a
// programme; nil for nothing.
type Beside func(ctx context.Context, p programme.Programme) (templ.Component, error)

// AddPart, AddTool, AddBeside, OnChange and OnDelete are called by the wiring,
// before the first request.
func (s *Service) AddPart(p Part)        { s.parts = append(s.parts, p) }
func (s *Service) AddTool(t ...Tool)     { s.tools = append(s.tools, t...) }
func (s *Service) AddBeside(b Beside)    { s.besides = append(s.besides, b) }
func (s *Service) OnChange(c ...Changed) { s.changed = append(s.changed, c...) }
func (s *Service) OnDelete(d ...Deleted) { s.deleted = append(s.deleted, d...) }

// Begin makes a draft in a programme. Its id comes from the form: sent twice, it
// makes one event; sent again with other words, it is a conflict with the first.
func (s *Service) Begin(ctx context.Context, d Draw) (Event, error) { return s.begin(ctx, d, "") }

// begin is Begin where one more organisation may be named as the host.
func (s *Service) begin(ctx context.Context, d Draw, host store.ID) (Event, error) {
	if err := d.check(); err != nil {
		return Event{}, err
	}
	var e Event
	err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
		c := d.content()
		if err := c.settle(ctx, tx, d.Programme, access.From(ctx).Person, host); err != nil {
			return err
		}
		fresh, err := isNew(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		if !fresh {
			e, err = begun(ctx, tx, d, c)
			return err
		}
		d.Goals = c.Goals
		e, err = s.draw(ctx, tx, d)
		return err
	})
	return e, err
}

// begun returns the event that an earlier sending of the same form has made.
func begun(ctx context.Context, tx *store.Tx, d Draw, c Content) (Event, error) {
	e, err := ByID(ctx, tx, d.Programme, d.ID)
	if err != nil {
		return Event{}, err
	}
	before, err := contentOf(ctx, tx, e)
	if first, _ := lasts(d.Sessions); err == nil && (!before.same(c) || !e.StartsAt.Equal(first)) {
		err = fault.Conflict("event.conflict")
	}
	return e, err
}

// draw writes a new event with everything that it has.
func (s *Service) draw(ctx context.Context, tx *store.Tx, d Draw) (Event, error) {
	e := d.Event
	first, last := lasts(d.Sessions)
	e.Slug, e.StartsAt, e.EndsAt = "", store.At(first), store.At(last)
	if err := insert(ctx, tx, e, d.Body); err != nil {
		return e, err
	}
	if err := setGoals(ctx, tx, e.ID, d.Goals); err != nil {
		return e, err
	}
	for _, speaker := range d.Speakers {
		speaker.Event = e.ID
		if err := putSpeaker(ctx, tx, speaker); err != nil {
			return e, err
		}
	}
	for _, session := range d.Sessions {
		session.Event = e.ID
		if session.ID == "" {
			session.ID = store.NewID()
		}
		if err := putSession(ctx, tx, session); err != nil {
			return e, err
		}
	}
	e, err := ByID(ctx, tx, e.Programme, e.ID)
	if err != nil {
		return e, err
	}
	return s.saved(ctx, tx, Event{}, e, readdress, didBegin, "")
}

// Revise saves what the form of the event holds, if version is still the one
// that the person saw. What is before the public must be complete.
func (s *Service) Revise(ctx context.Context, programme, id store.ID, version int, c Content) (Event, error) {
	if err := c.check(); err != nil {
		return Event{}, err
	}
	return s.change(ctx, programme, id, version, didRevise, func(tx *store.Tx, e *Event) error {
		if e.State() != Draft {
			if err := c.Complete(); err != nil {
				return err
			}
		}
		if err := c.settle(ctx, tx, programme, access.From(ctx).Person, e.Host); err != nil {
			return err
		}
		e.Kind, e.Host, e.Title, e.Lead, e.Language, e.Mode, e.Place = c.Kind, c.Host, c.Title, c.Lead, c.Language, c.Mode, c.Place
		if err := updateBody(ctx, tx, e.ID, c.Body); err != nil {
			return err
		}
		return setGoals(ctx, tx, e.ID, c.Goals)
	})
}

// change loads an event, lets do change it, and saves it with everything that
// hangs on it, unless it is not the version that the person saw. do changes rows
// around the event itself; those of the event it changes in e.
func (s *Service) change(ctx context.Context, programme, id store.ID, version int, act string,
	do func(tx *store.Tx, e *Event) error,
) (Event, error) {
	var after Event
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		before, err := ByID(ctx, tx, programme, id)
		if err != nil {
			return err
		}
		if before.Version != version {
			return fault.Conflict("event.conflict")
		}
		e, reason := before, ""
		if err := do(tx, &e); err != nil {
			return err
		}
		if e.CancelledReason != before.CancelledReason {
			reason = e.CancelledReason
		}
		where := stay
		if e.State() == Draft && !lang.FitsSlug(e.Slug, e.Title, otherwise, reserved...) {
			where = readdress // before anybody could have read it, the address follows the title
		}
		after, err = s.saved(ctx, tx, before, e, where, act, reason)
		return err
	})
	return after, err
}

// whither is what happens to the address of an event when it is saved.
type whither bool

const (
	stay      whither = false
	readdress whither = true
)

// otherwise is the address of a title without a letter of the alphabet;
// reserved are addresses beside the events that mean something else.
const otherwise = "wydarzenie"

var reserved = []string{"nowe"}

// saved writes an event that was changed and what hangs on it: from when to when
// it is, its address, who is told.
func (s *Service) saved(ctx context.Context, tx *store.Tx, before, e Event, where whither, act, reason string) (Event, error) {
	sessions, err := Sessions(ctx, tx, e.ID)
	if err != nil {
		return e, err
	}
	if err := checkAll(sessions); err != nil {
		return e, err
	}
	first, last := lasts(sessions)
	e.StartsAt, e.EndsAt = store.At(first), store.At(last)
	public := before.State() == Published && e.State() == Published
	if public && e.Moved(before) {
		e.Revision++
	}
	if where == readdress {
		if e.Slug, err = freeAddress(ctx, tx, e); err != nil {
			return e, err
		}
	}
	if err := update(ctx, tx, e); err != nil {
		return e, err
	}
	if e, err = ByID(ctx, tx, e.Programme, e.ID); err != nil {
		return e, err
	}
	if before.ID != "" && (before.State() != e.State() || public && e.Revision != before.Revision) {
		for _, tell := range s.changed {
			if err := tell(ctx, tx, before, e); err != nil {
				return e, err
			}
		}
	}
	return e, s.tell(ctx, tx, before, e, act, reason)
}

// freeAddress is the first free address that fits the event's title.
func freeAddress(ctx context.Context, tx *store.Tx, e Event) (string, error) {
	for slug := range lang.Slugs(e.Title, otherwise, reserved...) {
		if taken, err := takeAddress(ctx, tx, e, slug); err != nil || taken {
			return slug, err
		}
	}
	return "", fault.Invalid("event.conflict") // Slugs never ends
}

// tell lets others know what the event says now and where it stands.
func (s *Service) tell(ctx context.Context, tx *store.Tx, before, e Event, act, reason string) error {
	if err := note(ctx, tx, act, e, reason); err != nil {
		return err
	}
	if err := index(ctx, tx, e); err != nil {
		return err
	}
	if err := wait(ctx, tx, e); err != nil {
		return err
	}
	if err := s.tellPeople(ctx, tx, before, e); err != nil {
		return err
	}
	return serve(ctx, tx, e)
}

// serve tells the programme which goals a published event serves.
func serve(ctx context.Context, tx *store.Tx, e Event) error {
	var goals []store.ID
	if e.State() == Published {
		c, err := contentOf(ctx, tx, e)
		if err != nil {
			return err
		}
		goals = c.Goals
	}
	return programme.ServeOnly(ctx, tx, goals, programme.Activity{Kind: found, ID: e.ID, Title: e.Title, URL: e.Path(), From: e.PublishedAt})
}
