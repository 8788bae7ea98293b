package minutes

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of this package. Words of minutes are not repeated here:
// their editions keep them.
var Audit = audit.Room{Name: "minutes", Title: "minutes.audit.room",
	Acts: []audit.Word{
		{Name: didBegin, Key: "minutes.audit.begun"},
		{Name: didWrite, Key: "minutes.audit.written"},
		{Name: didShow, Key: "minutes.audit.shown"},
		{Name: didTakeBack, Key: "minutes.audit.taken_back"},
		{Name: didRemark, Key: "minutes.audit.remarked"},
		{Name: didAnswer, Key: "minutes.audit.answered"},
		{Name: didApprove, Key: "minutes.audit.approved", Public: true},
		{Name: didPublish, Key: "minutes.audit.published", Public: true},
		{Name: didCorrect, Key: "minutes.audit.corrected", Public: true},
		{Name: didFile, Key: "minutes.audit.file"},
		{Name: didReport, Key: "minutes.audit.task_reported"},
		{Name: didReturn, Key: "minutes.audit.task_returned", Public: true},
		{Name: didClose, Key: "minutes.audit.task_closed", Public: true},
		{Name: didDrop, Key: "minutes.audit.task_dropped", Public: true},
		{Name: didRevise, Key: "minutes.audit.task_changed"},
	},
	Things: map[string]audit.Things{"minutes": publicMinutes, "task": publicTasks},
}

const (
	didBegin    = "minutes.begun"
	didWrite    = "minutes.written"
	didShow     = "minutes.shown"
	didTakeBack = "minutes.taken_back"
	didRemark   = "minutes.remarked"
	didAnswer   = "minutes.answered"
	didApprove  = "minutes.approved"
	didPublish  = "minutes.published"
	didCorrect  = "minutes.corrected"
	didFile     = "minutes.file"
	didReport   = "minutes.task_reported"
	didReturn   = "minutes.task_returned"
	didClose    = "minutes.task_closed"
	didDrop     = "minutes.task_dropped"
	didRevise   = "minutes.task_changed"
)

// note writes down what was done to minutes.
func note(ctx context.Context, tx *store.Tx, act string, e event.Event, m Minutes, reason string) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "minutes", Thing: m.ID, Title: e.Title, Path: Path(e),
		Programme: e.Programme, Reason: reason, Own: act == didRemark})
}

// noteTask writes down what happened to a task. What its owner wrote about it is
// kept with the task alone.
func noteTask(ctx context.Context, tx *store.Tx, act string, t Task, words string) error {
	a := audit.Act{Name: act, Kind: "task", Thing: t.ID, Title: t.Title, Path: t.Path(), Programme: t.Programme, Organisation: t.Organisation}
	if act == didReport {
		a.Own = t.Person == access.From(ctx).Person
	} else {
		a.Reason = words
	}
	return audit.Write(ctx, tx, a)
}

// publicMinutes are those that everybody may read now.
func publicMinutes(ctx context.Context, r store.Reader, ids []store.ID) (map[store.ID]audit.Thing, error) {
	in, args := store.In(1, ids)
	return things(ctx, r, `SELECT m.id, e.title, '/programy/' || p.slug || '/wydarzenia/' || e.slug || '/protokol' AS path
		FROM event_minutes m JOIN event e ON e.id = m.event JOIN programme p ON p.id = e.programme
		WHERE m.published_at IS NOT NULL AND e.published_at IS NOT NULL AND p.state <> 'draft' AND NOT `+moderation.Veiled(minutesKind, "m.id")+` AND m.id IN (`+in+`)`, args)
}

func publicTasks(ctx context.Context, r store.Reader, ids []store.ID) (map[store.ID]audit.Thing, error) {
	in, args := store.In(1, ids)
	return things(ctx, r, `SELECT t.id, t.title, '/programy/' || p.slug || '/zadania/' || t.id AS path
		FROM event_task t JOIN event e ON e.id = t.event JOIN programme p ON p.id = t.programme
		WHERE t.public_at IS NOT NULL AND e.published_at IS NOT NULL AND p.state <> 'draft' AND NOT `+veiledTask+` AND t.id IN (`+in+`)`, args)
}

func things(ctx context.Context, r store.Reader, query string, args []any) (map[store.ID]audit.Thing, error) {
	rows, err := store.All[struct {
		ID          store.ID
		Title, Path string
	}](ctx, r, query, args...)
	all := make(map[store.ID]audit.Thing, len(rows))
	for _, row := range rows {
		all[row.ID] = audit.Thing{Title: row.Title, Path: row.Path}
	}
	return all, err
}
