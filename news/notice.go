package news

import (
	"context"

	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// Notices names of what people are told by this room.
var Notices = []notice.Kind{{Name: toldPublished, Key: "news.notice.published", What: "news.notice.published.what",
	Audience: programme.Interested, Letter: true, Default: notice.Daily}}

const toldPublished = "news.published"

// tellPeople lets members and followers know of an article when it is public,
// and takes the notice back when it is not any more.
func (s *Service) tellPeople(ctx context.Context, tx *store.Tx, a Article) error {
	switch state := a.At(tx.Now()); {
	case a.Hidden:
	case state == Scheduled, state == Published:
		return s.Notices.Tell(ctx, tx, notice.Notice{Kind: toldPublished, Matter: string(a.ID), Place: a.Programme,
			PlaceTitle: a.ProgrammeTitle, Title: a.Title, Path: a.Path(), At: a.PublishAt.Time})
	}
	return s.Notices.Cancel(ctx, tx, toldPublished, string(a.ID))
}
