package group

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// Guests lets people sign up for a meeting: event/registration does.
type Guests interface {
	// Invite lets these addresses, and nobody else, sign up for an event that is
	// before the public, and writes to those who were not invited before. Where the
	// event's team has set otherwise who may sign up, that stays.
	Invite(ctx context.Context, tx *store.Tx, e event.Event, emails []string) error
}

// Records is what the minutes of meetings tell: event/minutes does.
type Records interface {
	// Minutes are the addresses of those that the actor may read, by event.
	Minutes(ctx context.Context, r store.Reader, events []store.ID) (map[store.ID]string, error)
	// Tasks are those that meetings gave and that are not done, by their day, as
	// far as the actor may see them.
	Tasks(ctx context.Context, r store.Reader, programme store.ID, events []store.ID) ([]Task, error)
}

// Task is what somebody has taken on at a meeting.
type Task struct {
	Title, Path, Owner string
	Language           string
	Day                time.Time // the last one
	Late, Reported     bool
}

// Meeting is an event of a group.
type Meeting struct {
	ID          store.ID
	Title       string
	Language    string
	Path        string
	StartsAt    store.Time
	EndsAt      store.Time
	PublishedAt store.Time
	CancelledAt store.Time
	Minutes     string `db:"-"` // address of the minutes, "" for none that the actor may read
}

// Draft reports whether the meeting is not announced yet.
func (m Meeting) Draft() bool { return m.PublishedAt.IsZero() }

// meetings reads those of a group, the latest first.
func meetings(ctx context.Context, r store.Reader, group store.ID) ([]Meeting, error) {
	return store.All[Meeting](ctx, r, `SELECT e.id, e.title, e.language, '/programy/' || p.slug || '/wydarzenia/' || e.slug AS path, e.starts_at, e.ends_at,
			e.published_at, e.cancelled_at
		FROM event_group_meeting x JOIN event e ON e.id = x.event JOIN programme p ON p.id = e.programme
		WHERE x.event_group = $1 ORDER BY e.starts_at DESC, e.id`, group)
}

// ofEvent is the group that meets at an event.
func ofEvent(ctx context.Context, r store.Reader, e store.ID) (Group, error) {
	return store.One[Group](ctx, r, `SELECT `+columns+tables+`JOIN event_group_meeting x ON x.event_group = g.id WHERE x.event = $1`, e)
}

// Convocation is a meeting as somebody who runs the group plans it.
type Convocation struct {
	ID       store.ID // of the event; it comes from the form, sent twice it is one
	Title    string
	StartsAt time.Time
	Minutes  int
	Mode     event.Mode
	Place    event.Place
	Agenda   string // Markdown
}

func (c Convocation) check() error {
	var m fault.Mistakes
	text(&m, "title", c.Title, longestName)
	m.Check(!c.StartsAt.IsZero(), "starts", "form.required")
	m.Check(c.Minutes >= 1 && c.Minutes <= mostMinutes, "minutes", "form.out_of_range", "Min", 1, "Max", mostMinutes)
	m.Check(len([]rune(c.Agenda)) <= longestAgenda, "agenda", "form.too_long", "Max", longestAgenda)
	return m.Err()
}

// Meet makes the draft of a meeting. The programme's team announces it, and then
// everybody who sits in the group is invited.
func (s *Service) Meet(ctx context.Context, in, id store.ID, c Convocation) (event.Event, error) {
	var e event.Event
	if err := c.check(); err != nil {
		return e, err
	}
	err := s.running(ctx, in, id, func(tx *store.Tx, g Group) error {
		if before, err := ofEvent(ctx, tx, c.ID); err == nil {
			if before.ID != g.ID {
				return fault.Conflict("event.group.conflict")
			}
			e, err = event.ByID(ctx, tx, g.Programme, c.ID)
			return err
		}
		p, err := programme.ByID(ctx, tx, g.Programme)
		if err != nil {
			return err
		}
		host := g.Appointer
		if host == "" {
			host = p.Owner
		}
		e, err = s.Draft(ctx, tx, event.Draw{
			Event: event.Event{ID: c.ID, Programme: g.Programme, Kind: event.WorkingGroup, Host: host, Title: c.Title,
				Lead: lang.T(ctx, "event.group.meeting.lead", "Group", g.Name), Language: g.Language, Mode: c.Mode, Place: c.Place},
			Body:     c.Agenda,
			Sessions: []event.Session{{StartsAt: store.At(c.StartsAt), Minutes: c.Minutes, Title: lang.T(ctx, "event.group.meeting.session")}},
		})
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO event_group_meeting (event, event_group) VALUES ($1, $2)`, e.ID, g.ID); err != nil {
			return err
		}
		if err := waitMeeting(ctx, tx, g, e); err != nil {
			return err
		}
		return note(ctx, tx, didMeet, g, "")
	})
	return e, err
}

// EventChanged invites the members when a meeting is announced. The wiring gives
// it to event.Service.OnChange.
func (s *Service) EventChanged(ctx context.Context, tx *store.Tx, before, after event.Event) error {
	g, err := ofEvent(ctx, tx, after.ID)
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	if err != nil || after.State() == event.Draft {
		return err
	}
	if err := desk.Done(ctx, tx, waitsMeeting, string(after.ID)); err != nil {
		return err
	}
	if after.State() != event.Published || before.State() == event.Published || s.Guests == nil || after.Begun(tx.Now()) {
		return nil
	}
	sitting, err := members(ctx, tx, g.ID, Active)
	if err != nil || len(sitting) == 0 {
		return err
	}
	emails := make([]string, len(sitting))
	for i, m := range sitting {
		emails[i] = m.Email
	}
	return s.Guests.Invite(ctx, tx, after, emails)
}

// EventDeleted takes the draft of a meeting off the desks. The wiring gives it to
// event.Service.OnDelete.
func (s *Service) EventDeleted(ctx context.Context, tx *store.Tx, e event.Event) error {
	return desk.Done(ctx, tx, waitsMeeting, string(e.ID))
}

// inviteToComing invites somebody who has just come to the meetings that are
// announced.
func (s *Service) inviteToComing(ctx context.Context, tx *store.Tx, g Group, person store.ID) error {
	if s.Guests == nil {
		return nil
	}
	coming, err := store.All[store.ID](ctx, tx, `SELECT e.id FROM event_group_meeting x JOIN event e ON e.id = x.event
		WHERE x.event_group = $1 AND e.published_at IS NOT NULL AND e.cancelled_at IS NULL AND e.starts_at > $2 ORDER BY e.starts_at`,
		g.ID, store.At(tx.Now()))
	if err != nil || len(coming) == 0 {
		return err
	}
	email, err := store.One[string](ctx, tx, `SELECT email FROM person WHERE id = $1`, person)
	for _, id := range coming {
		if err != nil {
			return err
		}
		var e event.Event
		if e, err = event.ByID(ctx, tx, g.Programme, id); err == nil {
			err = s.Guests.Invite(ctx, tx, e, []string{email})
		}
	}
	return err
}

// mayEdit reports whether the actor finishes drafts of events themselves.
func mayEdit(ctx context.Context, g Group) bool {
	return access.From(ctx).May(event.Edit, string(g.Programme))
}

// mayPreview reports whether the actor opens drafts of events.
func mayPreview(ctx context.Context, g Group) bool {
	return access.From(ctx).May(event.Preview, string(g.Programme))
}

func mayManage(ctx context.Context, g Group) bool {
	return access.From(ctx).May(Manage, string(g.Programme))
}
