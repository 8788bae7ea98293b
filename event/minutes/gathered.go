package minutes

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/store"
)

// ToRead are the addresses of the minutes that everybody may read, by event.
func ToRead(ctx context.Context, r store.Reader, events []store.ID) (map[store.ID]string, error) {
	in, args := store.In(1, events)
	rows, err := store.All[struct {
		Event           store.ID
		Programme, Slug string
	}](ctx, r, `SELECT m.event, p.slug AS programme, e.slug FROM event_minutes m JOIN event e ON e.id = m.event JOIN programme p ON p.id = e.programme
		WHERE m.published_at IS NOT NULL AND m.event IN (`+in+`)`, args...)
	paths := make(map[store.ID]string, len(rows))
	for _, row := range rows {
		paths[row.Event] = Path(event.Event{ProgrammeSlug: row.Programme, Slug: row.Slug})
	}
	return paths, err
}

// mostGathered is how many tasks of several meetings one page shows.
const mostGathered = 50

// Undone are the tasks that some events of a programme gave and that are not
// done, by their day, as far as the actor may see them.
func Undone(ctx context.Context, r store.Reader, programme store.ID, events []store.ID) ([]Task, error) {
	where, args := taskFilter{}.where(access.From(ctx), programme, r.Now(), true)
	in, ids := store.In(len(args)+1, events)
	return store.All[Task](ctx, r, fmt.Sprintf(`SELECT `+taskColumns+taskTables+`WHERE `+where+` AND t.given_at IS NOT NULL
		AND t.state IN ('open', 'reported') AND t.event IN (`+in+`) ORDER BY t.due_at, t.id LIMIT %d`, mostGathered), append(args, ids...)...)
}

// OwnerName says who does the task, without the name of a person.
func (t Task) OwnerName(ctx context.Context) string { return t.ownerName(ctx, false) }
