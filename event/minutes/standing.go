package minutes

import (
	"context"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// standing says what a working group still has to do from its earlier meetings:
// those of the same kind and host in the programme. Each task is a link, so that
// its page tells how it stands when the minutes are read.
func standing(ctx context.Context, r store.Reader, e event.Event) (string, error) {
	open, err := store.All[Task](ctx, r, `SELECT `+taskColumns+taskTables+`WHERE t.programme = $1 AND e.kind = $2 AND e.starts_at < $3
		AND COALESCE(e.host, '') = $4 AND t.given_at IS NOT NULL AND t.state IN ('open', 'reported') ORDER BY t.due_at, t.id LIMIT 100`,
		e.Programme, e.Kind, e.StartsAt, e.Host)
	if err != nil {
		return "", err
	}
	if len(open) == 0 {
		return lang.T(ctx, "minutes.standing.none"), nil
	}
	lines := []string{lang.T(ctx, "minutes.standing.open"), ""}
	for _, t := range open {
		lines = append(lines, "- ["+escaped(t.Title)+"]("+t.Path()+"): "+lang.T(ctx, "minutes.task.until", "Day", lang.Date(ctx, t.LastDay())))
	}
	return strings.Join(lines, "\n"), nil
}

// escaped keeps a title from ending the link it stands in.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(s)
}

func itoa(n int) string { return strconv.Itoa(n) }
