package event

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// Notices names of what people are told by this room. Those who registered get
// letters of event/registration besides.
var Notices = []notice.Kind{
	{Name: toldPublished, Key: "event.notice.published", What: "event.notice.published.what", Audience: programme.Interested, Letter: true, Default: notice.Daily},
	{Name: toldMoved, Key: "event.notice.moved", What: "event.notice.moved.what", Audience: programme.Interested, Letter: true, Default: notice.Daily},
	{Name: toldCancelled, Key: "event.notice.cancelled", What: "event.notice.cancelled.what", Audience: programme.Interested, Letter: true, Default: notice.Daily},
}

const (
	toldPublished = "event.published"
	toldMoved     = "event.moved"
	toldCancelled = "event.cancelled"
)

// tellPeople lets members and followers know of an event before it is over: that
// it will be, that it is elsewhere or at another time, that it will not be.
func (s *Service) tellPeople(ctx context.Context, tx *store.Tx, before, e Event) error {
	if s.Notices == nil || e.State() == Draft || e.Over(tx.Now()) {
		return nil
	}
	n := notice.Notice{Matter: string(e.ID), Place: e.Programme, PlaceTitle: e.ProgrammeTitle, Title: e.Title, Path: e.Path(), At: tx.Now()}
	switch {
	case e.State() == Cancelled && before.State() == Published:
		if err := s.Notices.Cancel(ctx, tx, toldPublished, string(e.ID)); err != nil {
			return err
		}
		n.Kind = toldCancelled
	case e.State() == Published && before.State() == Cancelled:
		if err := s.Notices.Cancel(ctx, tx, toldCancelled, string(e.ID)); err != nil {
			return err
		}
		n.Kind = toldPublished
	case e.State() == Published && before.State() == Draft:
		n.Kind = toldPublished
	case e.Revision != before.Revision:
		n.Kind, n.Matter = toldMoved, fmt.Sprintf("%s %d", e.ID, e.Revision)
	default:
		return nil
	}
	return s.Notices.Tell(ctx, tx, n)
}
