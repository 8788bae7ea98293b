package programme

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/store"
)

// Notices names of what people are told by this room. Answers and roles come
// with letters of the room itself.
var Notices = []notice.Kind{
	{Name: toldReminder, Key: "programme.notice.reminder", What: "programme.notice.reminder.what", Letter: true, Default: notice.Now,
		Audience: `SELECT q.id AS person FROM programme_invitation i JOIN person q ON q.email = i.email WHERE i.id = $2 AND i.answer = ''`},
	{Name: toldApproved, Key: "programme.notice.approved", What: "programme.notice.answer.what"},
	{Name: toldRefused, Key: "programme.notice.refused", What: "programme.notice.refused.what"},
	{Name: toldRole, Key: "programme.notice.role", What: "programme.notice.role.what"},
}

// Interested are the people who take part in a programme or follow it: the
// audience of what other rooms tell of it.
const Interested = `SELECT person FROM programme_member WHERE programme = $1 AND state = 'active'
	UNION SELECT person FROM notice_follow WHERE place = $1`

const (
	toldReminder = "programme.invitation_reminder"
	toldApproved = "programme.approved"
	toldRefused  = "programme.refused"
	toldRole     = "programme.role"
)

// remindBefore is how long before its end an invitation is told of again.
const remindBefore = 7 * 24 * time.Hour

// tellInvited reminds of an invitation before it ends; who has answered by then
// is not reminded.
func (s *Service) tellInvited(ctx context.Context, tx *store.Tx, p Programme, i Invitation) error {
	return s.notices.Tell(ctx, tx, notice.Notice{Kind: toldReminder, Matter: string(i.ID), Place: p.ID, PlaceTitle: p.Title,
		Path: p.Path() + "/zaproszenie", At: i.ExpiresAt.Add(-remindBefore)})
}

// tellPerson tells one person what was decided about them.
func (s *Service) tellPerson(ctx context.Context, tx *store.Tx, kind string, p Programme, person store.ID) error {
	return s.notices.Tell(ctx, tx, notice.Notice{Kind: kind, Matter: string(store.NewID()), Place: p.ID, PlaceTitle: p.Title,
		Path: p.Path(), To: []store.ID{person}})
}

// Followed returns a programme that everybody may follow.
func (s *Service) Followed(ctx context.Context, slug string) (notice.Place, error) {
	p, err := BySlug(ctx, s.db, slug)
	if err != nil {
		return notice.Place{}, err
	}
	return notice.Place{ID: p.ID, Title: p.Title, Path: p.Path()}, visible(access.From(ctx), p)
}
