package panel

import (
	"context"
	"errors"
	"slices"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/live"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// Options are what the package needs of the installation.
type Options struct {
	Site    web.Site
	Live    *live.Hub       // nil: open pages are not told
	Notices *notice.Center  // nil: nobody is told
	Keeper  *privacy.Keeper // nil: it is not noted who looked
	// Moderation looks at what is asked, beside the team of the panel; nil: nobody
	// else does.
	Moderation *moderation.Service
}

// Service holds the verbs.
type Service struct {
	Options
	db *store.DB
}

// New returns the questions of panels.
func New(db *store.DB, o Options) *Service { return &Service{Options: o, db: db} }

// errNothing undoes a change that changed nothing, so that nobody is told of it.
var errNothing = errors.New("panel: nothing changes")

// change does something with the questions of a panel, one change after the
// other, and tells the open pages.
func (s *Service) change(ctx context.Context, e event.Event, do func(*store.Tx) error) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		n, err := raise(ctx, tx, e.ID)
		if err != nil {
			return err
		}
		if err := do(tx); err != nil {
			return err
		}
		if err := waitForTeam(ctx, tx, e); err != nil {
			return err
		}
		return s.Live.Publish(ctx, tx, Topic(e.ID), n)
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// Ask sends a question to the team of the panel. Its id comes from the form: sent
// twice, it is one question. Who may ask, and when, the settings say.
func (s *Service) Ask(ctx context.Context, e event.Event, id store.ID, text, expert string) error {
	var m fault.Mistakes
	limit(&m, "text", text, longestQuestion)
	if err := m.Err(); err != nil {
		return err
	}
	actor := access.From(ctx)
	return s.change(ctx, e, func(tx *store.Tx) error {
		if err := s.mayTake(ctx, tx, e); err != nil {
			return err
		}
		if err := announced(ctx, tx, e.ID, expert); err != nil {
			return err
		}
		waiting, err := countOf(ctx, tx, e.ID, `person = $2 AND state = 'waiting' AND id <> $3`, actor.Person, id)
		if err != nil {
			return err
		}
		if waiting >= mostWaiting {
			return fault.Limited("event.panel.ask.many", "Most", mostWaiting)
		}
		q := Question{ID: id, Event: e.ID, Person: actor.Person, Text: text, Expert: expert, State: Waiting, AskedAt: store.At(tx.Now())}
		made, err := insert(ctx, tx, q, "")
		if err != nil {
			return err
		}
		if !made {
			return errNothing
		}
		_, err = s.Moderation.Accept(ctx, tx, moderation.Text{Kind: found, Thing: q.ID, Programme: e.Programme, Title: q.short(), Words: q.Text})
		return err
	})
}

// mayTake refuses whoever may not ask or support now.
func (s *Service) mayTake(ctx context.Context, r store.Reader, e event.Event) error {
	settings, err := SettingsOf(ctx, r, e)
	if err != nil {
		return err
	}
	actor := access.From(ctx)
	switch {
	case e.Kind != event.Panel:
		return fault.NotFound("questions of this event")
	case !actor.SignedIn():
		return fault.Unauthenticated()
	case !settings.Open(e, r.Now()):
		return fault.Closed("event.panel.closed")
	case settings.Askers == Anyone:
		return nil
	}
	seat, err := hasSeat(ctx, r, e.ID, actor.Person)
	if err == nil && !seat {
		err = fault.Invalid("event.panel.participants_only")
	}
	return err
}

// announced refuses an expert whom the event does not announce.
func announced(ctx context.Context, r store.Reader, event store.ID, name string) error {
	if name == "" {
		return nil
	}
	names, err := speakers(ctx, r, event)
	if err == nil && !slices.Contains(names, name) {
		err = fault.Mistake("expert", "form.not_offered")
	}
	return err
}

// Withdraw takes back a question of one's own that nobody has published.
func (s *Service) Withdraw(ctx context.Context, e event.Event, id store.ID) error {
	actor := access.From(ctx)
	return s.change(ctx, e, func(tx *store.Tx) error {
		q, err := byID(ctx, tx, e.ID, id, actor.Person)
		if err != nil {
			return err
		}
		switch {
		case !actor.SignedIn() || q.Person != actor.Person:
			return fault.NotFound("question of the person")
		case q.State == Withdrawn:
			return errNothing
		case q.State != Waiting:
			return fault.Closed("event.panel.withdraw.late")
		}
		q.State = Withdrawn
		return update(ctx, tx, q, "")
	})
}

// Support says that the person asks the same. Pressed twice, or by two browsers
// at once, it counts once; who asked the question themselves is counted already.
func (s *Service) Support(ctx context.Context, e event.Event, id store.ID) error {
	actor := access.From(ctx)
	return s.change(ctx, e, func(tx *store.Tx) error {
		if err := s.mayTake(ctx, tx, e); err != nil {
			return err
		}
		q, err := byID(ctx, tx, e.ID, id, actor.Person)
		if err == nil && q.State == Merged { // the page was older than the merger
			q, err = byID(ctx, tx, e.ID, q.MergedInto, actor.Person)
		}
		if err != nil {
			return err
		}
		if !q.Read() {
			return fault.NotFound("public question")
		}
		if q.Person == actor.Person {
			return errNothing
		}
		made, err := addSupport(ctx, tx, q.ID, actor.Person)
		if err != nil || made {
			return err
		}
		return errNothing
	})
}

// Unsupport takes the support back.
func (s *Service) Unsupport(ctx context.Context, e event.Event, id store.ID) error {
	actor := access.From(ctx)
	return s.change(ctx, e, func(tx *store.Tx) error {
		if err := s.mayTake(ctx, tx, e); err != nil {
			return err
		}
		if _, err := byID(ctx, tx, e.ID, id, actor.Person); err != nil {
			return err
		}
		dropped, err := dropSupport(ctx, tx, id, actor.Person)
		if err != nil || dropped {
			return err
		}
		return errNothing
	})
}

// SaveSettings says how questions are asked, and who answers them in writing: the
// addresses of people with an account. Version is that of the settings seen.
func (s *Service) SaveSettings(ctx context.Context, e event.Event, set Settings, emails []string) error {
	if err := set.check(); err != nil {
		return err
	}
	set.Event = e.ID
	return s.change(ctx, e, func(tx *store.Tx) error {
		var m fault.Mistakes
		m.Check(len(emails) <= mostExperts, "experts", "event.panel.settings.many", "Most", mostExperts)
		var ids []store.ID
		for _, email := range emails {
			id, err := people.IDByEmail(ctx, tx, email)
			if fault.Is(err, fault.KindNotFound) {
				m.Add("experts", "event.panel.settings.unknown", "Email", email)
				continue
			}
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		if err := m.Err(); err != nil {
			return err
		}
		if err := saveSettings(ctx, tx, set); err != nil {
			return err
		}
		if err := replaceExperts(ctx, tx, e.ID, ids); err != nil {
			return err
		}
		return note(ctx, tx, didSet, e, Question{ID: e.ID}, "")
	})
}
