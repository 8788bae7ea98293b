package minutes

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/store"
)

// Desk names what waits for people in this package.
var Desk = []desk.Kind{
	{Name: waitsWriting, Key: "minutes.waits.writing", Status: "desk.status.finish"},
	{Name: waitsRemarks, Key: "minutes.waits.remarks", Status: "desk.status.answer"},
	{Name: waitsApproval, Key: "minutes.waits.approval", Status: "desk.status.decide"},
	{Name: waitsPublication, Key: "minutes.waits.publication", Status: "desk.status.decide"},
	{Name: waitsTask, Key: "minutes.waits.task", Status: "desk.status.finish"},
	{Name: waitsReport, Key: "minutes.waits.report", Status: "desk.status.decide"},
}

const (
	waitsWriting     = "minutes.writing"
	waitsRemarks     = "minutes.remarks"
	waitsApproval    = "minutes.approval"
	waitsPublication = "minutes.publication"
	waitsTask        = "minutes.task"
	waitsReport      = "minutes.report"
)

// writtenWithin is how soon minutes are expected after an event.
const writtenWithin = 7 * 24 * time.Hour

// toAll puts one matter on the desks of several roles of the event's programme.
func toAll(ctx context.Context, tx *store.Tx, e event.Event, item desk.Item, roles ...access.Role) error {
	item.Place, item.Title = desk.Place{ID: e.Programme, Title: e.ProgrammeTitle}, e.Title
	for _, role := range roles {
		item.To = desk.To{Role: role}
		if err := desk.Put(ctx, tx, item); err != nil {
			return err
		}
	}
	return nil
}

// Follow lets the team find on its desks that minutes are to be written, from
// the end of the event on. The wiring gives it to event.Service.OnChange.
func Follow(ctx context.Context, tx *store.Tx, _, after event.Event) error {
	if after.State() != event.Published {
		return notBegunNoMore(ctx, tx, after)
	}
	begun, err := store.One[int](ctx, tx, `SELECT count(*) FROM event_minutes WHERE event = $1`, after.ID)
	if err != nil || begun > 0 {
		return err
	}
	return toAll(ctx, tx, after, desk.Item{Kind: waitsWriting, Matter: string(after.ID), Path: Path(after),
		From: after.EndsAt.Time, Due: after.EndsAt.Add(writtenWithin)}, access.Facilitator, access.Manager)
}

func notBegunNoMore(ctx context.Context, tx *store.Tx, e event.Event) error {
	return desk.Done(ctx, tx, waitsWriting, string(e.ID))
}

func waitRemarks(ctx context.Context, tx *store.Tx, e event.Event, m Minutes) error {
	return toAll(ctx, tx, e, desk.Item{Kind: waitsRemarks, Matter: string(m.ID), Path: Path(e) + "/uwagi"}, access.Facilitator, access.Manager)
}

func waitRemarksNoMore(ctx context.Context, tx *store.Tx, m Minutes) error {
	return desk.Done(ctx, tx, waitsRemarks, string(m.ID))
}

// waitApproval lets the managers find the draft once the time for remarks is over.
func waitApproval(ctx context.Context, tx *store.Tx, e event.Event, m Minutes) error {
	return toAll(ctx, tx, e, desk.Item{Kind: waitsApproval, Matter: string(m.ID), Path: Path(e), From: m.RemarksUntil.Time}, access.Manager)
}

func waitApprovalNoMore(ctx context.Context, tx *store.Tx, m Minutes) error {
	return desk.Done(ctx, tx, waitsApproval, string(m.ID))
}

func waitPublication(ctx context.Context, tx *store.Tx, e event.Event, m Minutes) error {
	return toAll(ctx, tx, e, desk.Item{Kind: waitsPublication, Matter: string(m.ID), Path: Path(e)}, access.Manager)
}

func waitPublicationNoMore(ctx context.Context, tx *store.Tx, m Minutes) error {
	return desk.Done(ctx, tx, waitsPublication, string(m.ID))
}

// waitTask puts a task where it waits now: before its owner, or before the team
// that looks at what was reported.
func waitTask(ctx context.Context, tx *store.Tx, t Task) error {
	for _, kind := range []string{waitsTask, waitsReport} {
		if err := desk.Done(ctx, tx, kind, string(t.ID)); err != nil {
			return err
		}
	}
	item := desk.Item{Matter: string(t.ID), Title: t.Title, Path: t.Path(), Place: desk.Place{ID: t.Programme, Title: t.ProgrammeTitle}}
	switch {
	case t.GivenAt.IsZero():
		return nil
	case t.State == Open && t.Person != "":
		item.Kind, item.To, item.Due = waitsTask, desk.To{Person: t.Person}, t.DueAt.Time
		return desk.Put(ctx, tx, item)
	case t.State == Open:
		item.Kind, item.To, item.Due = waitsTask, desk.To{Role: access.Representative}, t.DueAt.Time
		item.Place = desk.Place{ID: t.Organisation, Title: t.OrganisationName}
		return desk.Put(ctx, tx, item)
	case t.State == Reported:
		item.Kind = waitsReport
		for _, role := range []access.Role{access.Manager, access.Facilitator} {
			item.To = desk.To{Role: role}
			if err := desk.Put(ctx, tx, item); err != nil {
				return err
			}
		}
	}
	return nil
}
