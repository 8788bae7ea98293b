package panel

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of this package. What was asked is not repeated in the
// log: a question may be taken back.
var Audit = audit.Room{Name: "panel", Title: "event.panel.audit.room", Acts: []audit.Word{
	{Name: didPublish, Key: "event.panel.audit.published", Public: true},
	{Name: didRefuse, Key: "event.panel.audit.refused", Public: true},
	{Name: didMerge, Key: "event.panel.audit.merged", Public: true},
	{Name: didAnswer, Key: "event.panel.audit.answered", Public: true},
	{Name: didNote, Key: "event.panel.audit.noted", Public: true},
	{Name: didSet, Key: "event.panel.audit.set"},
}}

const (
	didPublish = "panel.published"
	didRefuse  = "panel.refused"
	didMerge   = "panel.merged"
	didAnswer  = "panel.answered"
	didNote    = "panel.noted"
	didSet     = "panel.set"
)

func note(ctx context.Context, tx *store.Tx, act string, e event.Event, q Question, reason string) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "question", Thing: q.ID, Title: e.Title, Path: path(e),
		Programme: e.Programme, Subject: q.Person, Reason: reason})
}

// Desk names what waits for people.
var Desk = []desk.Kind{{Name: waits, Key: "event.panel.waits", Status: "desk.status.answer"}}

const waits = "panel.questions"

// waitForTeam puts the panel on the desk of its team as long as a question waits.
func waitForTeam(ctx context.Context, tx *store.Tx, e event.Event) error {
	n, err := countOf(ctx, tx, e.ID, `state = 'waiting'`)
	if err != nil {
		return err
	}
	if n == 0 {
		return desk.Done(ctx, tx, waits, string(e.ID))
	}
	for _, role := range []access.Role{access.Manager, access.Facilitator} {
		err := desk.Put(ctx, tx, desk.Item{Kind: waits, Matter: string(e.ID), To: desk.To{Role: role},
			Place: desk.Place{ID: e.Programme, Title: e.ProgrammeTitle}, Title: e.Title, Path: path(e) + "/prowadzenie"})
		if err != nil {
			return err
		}
	}
	return nil
}

// Notices name of what people are told.
var Notices = []notice.Kind{
	{Name: toldPublic, Key: "event.panel.notice.public", What: "event.panel.notice.what", Letter: true, Default: notice.Daily},
	{Name: toldRefused, Key: "event.panel.notice.refused", What: "event.panel.notice.what_refused", Letter: true, Default: notice.Now},
	{Name: toldAnswered, Key: "event.panel.notice.answered", What: "event.panel.notice.what_answered", Letter: true, Default: notice.Now},
}

const (
	toldPublic   = "panel.public"
	toldRefused  = "panel.refused"
	toldAnswered = "panel.answered"
)

// tellAuthor tells who asked a question what became of it.
func (s *Service) tellAuthor(ctx context.Context, tx *store.Tx, e event.Event, q Question) error {
	kind, told := map[State]string{Public: toldPublic, Merged: toldPublic, Refused: toldRefused, Answered: toldAnswered}[q.State]
	if !told || q.Person == "" {
		return nil
	}
	return s.Notices.Tell(ctx, tx, notice.Notice{Kind: kind, Matter: string(q.ID), Place: e.Programme, PlaceTitle: e.ProgrammeTitle,
		Title: e.Title, Path: path(e) + "#" + anchor(q), To: []store.ID{q.Person}})
}
