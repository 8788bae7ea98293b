package attendance

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of this package.
var Audit = audit.Room{Name: "attendance", Title: "event.attendance.audit.room",
	Acts: []audit.Word{
		{Name: didCome, Key: "event.attendance.audit.came"},
		{Name: didTakeBack, Key: "event.attendance.audit.taken_back"},
		{Name: didRule, Key: "event.attendance.audit.rule"},
		{Name: didIssue, Key: "event.attendance.audit.issued"},
		{Name: didRevoke, Key: "event.attendance.audit.revoked"},
	},
	Fields: map[string]string{"by_session": "event.attendance.rule.by_session", "least_sessions": "event.attendance.rule.least",
		"words": "event.attendance.rule.words", "session": "event.attendance.session"},
}

const (
	didCome     = "attendance.came"
	didTakeBack = "attendance.taken_back"
	didRule     = "attendance.rule_set"
	didIssue    = "attendance.certificate_issued"
	didRevoke   = "attendance.certificate_revoked"
)

func act(name string, e event.Event) audit.Act {
	return audit.Act{Name: name, Kind: "event", Thing: e.ID, Title: e.Title, Path: e.Path(), Programme: e.Programme}
}

// note writes down who was noted or taken back, and by whom.
func note(ctx context.Context, tx *store.Tx, e event.Event, g Guest, m Mark) error {
	a := act(didCome, e)
	if !m.Here {
		a.Name = didTakeBack
	}
	a.Subject = g.Person
	if m.Session != "" {
		title, err := store.One[string](ctx, tx, `SELECT title FROM event_session WHERE id = $1`, m.Session)
		if err != nil {
			return err
		}
		a.Changes.Text("session", "", title)
	}
	return audit.Write(ctx, tx, a)
}

func noteRule(ctx context.Context, tx *store.Tx, e event.Event, before, after Rule) error {
	a := act(didRule, e)
	a.Changes.Word("by_session", fmt.Sprint(before.BySession), fmt.Sprint(after.BySession))
	a.Changes.Text("least_sessions", fmt.Sprint(before.LeastSessions), fmt.Sprint(after.LeastSessions))
	a.Changes.Text("words", before.Words, after.Words)
	return audit.Write(ctx, tx, a)
}
