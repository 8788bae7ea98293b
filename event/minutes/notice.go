package minutes

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// Notices names of what people are told by this package.
var Notices = []notice.Kind{
	{Name: toldShown, Key: "minutes.notice.shown", What: "minutes.notice.shown.what", Letter: true, Default: notice.Now,
		Audience: `SELECT g.person FROM event_registration g JOIN event_minutes m ON m.event = g.event
			WHERE m.id = substr($2, 1, 36) AND m.state = 'shown' AND g.person IS NOT NULL AND ` + registration.TookPart},
	{Name: toldAnswered, Key: "minutes.notice.answered", What: "minutes.notice.answered.what", Letter: true, Default: notice.Now},
	{Name: toldPublished, Key: "minutes.notice.published", What: "minutes.notice.published.what", Letter: true, Default: notice.Daily,
		Audience: programme.Interested + ` UNION SELECT g.person FROM event_registration g JOIN event_minutes m ON m.event = g.event
			WHERE m.id = substr($2, 1, 36) AND g.person IS NOT NULL AND ` + registration.TookPart},
	{Name: toldGiven, Key: "minutes.notice.given", What: "minutes.notice.task.what", Letter: true, Default: notice.Now},
	{Name: toldSoon, Key: "minutes.notice.soon", What: "minutes.notice.soon.what", Letter: true, Default: notice.Now},
	{Name: toldToday, Key: "minutes.notice.today", What: "minutes.notice.today.what", Letter: true, Default: notice.Now},
	{Name: toldLate, Key: "minutes.notice.late", What: "minutes.notice.late.what", Letter: true, Default: notice.Now},
	{Name: toldReturned, Key: "minutes.notice.returned", What: "minutes.notice.returned.what", Letter: true, Default: notice.Now},
	{Name: toldClosed, Key: "minutes.notice.closed", What: "minutes.notice.closed.what"},
}

const (
	toldShown     = "minutes.shown"
	toldAnswered  = "minutes.answered"
	toldPublished = "minutes.published"
	toldGiven     = "minutes.given"
	toldSoon      = "minutes.soon"
	toldToday     = "minutes.today"
	toldLate      = "minutes.late"
	toldReturned  = "minutes.returned"
	toldClosed    = "minutes.closed"
)

// told is a notice about the minutes of an event.
func told(kind string, e event.Event, matter string) notice.Notice {
	return notice.Notice{Kind: kind, Matter: matter, Place: e.Programme, PlaceTitle: e.ProgrammeTitle, Title: e.Title, Path: Path(e)}
}

// matter names one showing of one edition, so that each is told once. It begins
// with the id of the minutes, of 36 characters.
func (m Minutes) matter() string {
	return string(m.ID) + "/" + itoa(m.Edition) + "/" + itoa(m.Version)
}

func (s *Service) tellShown(ctx context.Context, tx *store.Tx, e event.Event, m Minutes) error {
	return s.Notices.Tell(ctx, tx, told(toldShown, e, m.matter()))
}

func (s *Service) tellPublished(ctx context.Context, tx *store.Tx, e event.Event, m Minutes) error {
	return s.Notices.Tell(ctx, tx, told(toldPublished, e, m.matter()))
}

func (s *Service) tellAnswered(ctx context.Context, tx *store.Tx, e event.Event, r Remark) error {
	if r.Person == "" {
		return nil
	}
	n := told(toldAnswered, e, string(r.ID))
	n.To = []store.ID{r.Person}
	return s.Notices.Tell(ctx, tx, n)
}

// tellOwner tells the people behind a task. An organisation that nobody acts for
// is told nothing; the task stands on its desk and in the list.
func (s *Service) tellOwner(ctx context.Context, tx *store.Tx, t Task, kind, matter string) error {
	to, err := behind(ctx, tx, t.Owner())
	if err != nil || len(to) == 0 {
		return err
	}
	return s.Notices.Tell(ctx, tx, notice.Notice{Kind: kind, Matter: matter, Place: t.Programme, PlaceTitle: t.ProgrammeTitle,
		Title: t.Title, Path: t.Path(), To: to})
}

// tellAct tells the owner what the team has done with the task.
func (s *Service) tellAct(ctx context.Context, tx *store.Tx, before, t Task, did string) error {
	matter := string(t.ID) + "/" + itoa(t.Version)
	switch {
	case t.GivenAt.IsZero() || t.ownedBy(access.From(ctx)):
		return nil
	case did == didReturn:
		return s.tellOwner(ctx, tx, t, toldReturned, matter)
	case did == didClose:
		return s.tellOwner(ctx, tx, t, toldClosed, matter)
	case before.Owner() != t.Owner(), before.DueAt != t.DueAt:
		return s.tellOwner(ctx, tx, t, toldGiven, matter)
	}
	return nil
}

// remindedAtOnce is how many tasks one transaction reminds of: on SQLite others
// wait for it.
const remindedAtOnce = 100

// remind tells owners of tasks whose reminder is due, by the clock of the domain.
func (s *Service) remind(ctx context.Context) error {
	for {
		n := 0
		err := s.db.Write(ctx, func(tx *store.Tx) error {
			due, err := store.All[Task](ctx, tx, `SELECT `+taskColumns+taskTables+`
				WHERE t.remind_at <= $1 AND t.state = 'open' AND t.given_at IS NOT NULL ORDER BY t.remind_at, t.id LIMIT 100`, store.At(tx.Now()))
			if err != nil {
				return err
			}
			n = len(due)
			for _, t := range due {
				if err := s.remindOne(ctx, tx, t); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n < remindedAtOnce {
			return err
		}
	}
}

func (s *Service) remindOne(ctx context.Context, tx *store.Tx, t Task) error {
	kind := toldSoon
	switch {
	case t.Late(tx.Now()):
		kind = toldLate
	case !tx.Now().Before(t.LastDay()):
		kind = toldToday
	}
	if err := s.tellOwner(ctx, tx, t, kind, string(t.ID)+"/"+t.RemindAt.UTC().Format("20060102")); err != nil {
		return err
	}
	t.RemindAt = remindAfter(t.DueAt, tx.Now())
	_, err := tx.Exec(ctx, `UPDATE event_task SET remind_at = $2 WHERE id = $1`, t.ID, t.RemindAt)
	return err
}
