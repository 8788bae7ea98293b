package barrier

import (
	"context"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// conflict compares what stands now with what somebody typed, field by field.
// Who was first is not named: both see what differs and that is enough.
func conflict(ctx context.Context, now Barrier, fields []string, theirs, yours *form.Form, say func(field, value string) string) *ui.Conflict {
	c := &ui.Conflict{Who: lang.T(ctx, "barrier.conflict.somebody"), When: lang.DateTime(ctx, now.UpdatedAt.Time)}
	for _, field := range fields {
		if a, b := theirs.All(field), yours.All(field); !slices.Equal(nonEmpty(a), nonEmpty(b)) {
			c.Differences = append(c.Differences, ui.Difference{Label: lang.T(ctx, "barrier.field."+field), Theirs: saidAll(a, field, say), Yours: saidAll(b, field, say)})
		}
	}
	return c
}

func nonEmpty(values []string) []string {
	var all []string
	for _, v := range values {
		if v = strings.ReplaceAll(v, "\r\n", "\n"); v != "" {
			all = append(all, v)
		}
	}
	return all
}

func saidAll(values []string, field string, say func(field, value string) string) string {
	var said []string
	for _, v := range nonEmpty(values) {
		said = append(said, say(field, v))
	}
	return strings.Join(said, ", ")
}

// sayWords puts the values of the form of a barrier into words.
func sayWords(ctx context.Context, k kinds) func(field, value string) string {
	return func(field, value string) string {
		switch field {
		case "kind":
			return k.word(ctx, Kind(value))
		case "held_by", "about":
			return ui.Sector(value).Name(ctx)
		case "language":
			if slices.Contains(languages, value) {
				return lang.T(ctx, "barrier.language."+value)
			}
		}
		return value
	}
}
