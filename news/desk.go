package news

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/store"
)

// Desk names what waits for people in this room.
var Desk = []desk.Kind{
	{Name: waitsDraft, Key: "news.waits.draft", Status: "desk.status.finish"},
	{Name: waitsScheduled, Key: "news.waits.scheduled", Status: "desk.status.soon"},
}

const (
	waitsDraft     = "news.draft"
	waitsScheduled = "news.scheduled"
)

// wait puts an article on the desk of whoever changed it last: a draft until it
// is published or deleted, a scheduled one until its moment.
func wait(ctx context.Context, tx *store.Tx, a Article) error {
	if err := waitNoMore(ctx, tx, a); err != nil {
		return err
	}
	item := desk.Item{Kind: waitsDraft, Matter: string(a.ID), To: desk.To{Person: access.From(ctx).Person},
		Place: desk.Place{ID: a.Programme, Title: a.ProgrammeTitle}, Title: a.Title, Path: a.Path()}
	switch a.At(tx.Now()) {
	case Draft:
		return desk.Put(ctx, tx, item)
	case Scheduled:
		item.Kind, item.Due, item.Until = waitsScheduled, a.PublishAt.Time, a.PublishAt.Time
		return desk.Put(ctx, tx, item)
	}
	return nil
}

func waitNoMore(ctx context.Context, tx *store.Tx, a Article) error {
	if err := desk.Done(ctx, tx, waitsDraft, string(a.ID)); err != nil {
		return err
	}
	return desk.Done(ctx, tx, waitsScheduled, string(a.ID))
}
