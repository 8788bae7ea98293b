package people

import (
	"context"
	"fmt"
	"strings"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// search says which people an administrator wants to see.
type search struct {
	Words string
	State string // one of states, "" for all
}

// states of an account in the filter of the list.
const (
	stateActive        = "aktywne"
	stateBlocked       = "zablokowane"
	stateAdministrator = "administratorzy"
)

// mostWords bounds what is searched for: SQLite takes a condition of a thousand
// parts for a mistake.
const mostWords = 6

// where returns the condition of a search and its arguments.
func (q search) where() (string, []any) {
	conditions := []string{"erased_at IS NULL"}
	var args []any
	words := strings.Fields(lang.Fold(q.Words))
	for _, word := range words[:min(len(words), mostWords)] {
		args = append(args, store.Contains(word))
		conditions = append(conditions, fmt.Sprintf(`search LIKE $%d ESCAPE '\'`, len(args)))
	}
	switch q.State {
	case stateActive:
		conditions = append(conditions, "blocked_at IS NULL")
	case stateBlocked:
		conditions = append(conditions, "blocked_at IS NOT NULL")
	case stateAdministrator:
		conditions = append(conditions, "administrator")
	}
	return strings.Join(conditions, " AND "), args
}

func findPeople(ctx context.Context, r store.Reader, q search, page, size int) (found []Person, total int, err error) {
	where, args := q.where()
	total, err = store.One[int](ctx, r, `SELECT count(*) FROM person WHERE `+where, args...)
	if err != nil {
		return nil, 0, fmt.Errorf("people: count: %w", err)
	}
	limit := fmt.Sprintf(` ORDER BY name_key, id LIMIT $%d OFFSET $%d`, len(args)+1, len(args)+2)
	found, err = store.All[Person](ctx, r, `SELECT `+personColumns+` FROM person WHERE `+where+limit,
		append(args, size, (page-1)*size)...)
	if err != nil {
		return nil, 0, fmt.Errorf("people: search: %w", err)
	}
	return found, total, nil
}

// doneAct is an act as it is listed.
type doneAct struct {
	Act    act
	Reason string
	By     string // name, "" for the command line
	At     store.Time
}

func actsOn(ctx context.Context, r store.Reader, person store.ID) ([]doneAct, error) {
	return store.All[doneAct](ctx, r, `SELECT a.act, a.reason, coalesce(p.name, '') AS "by", a.at
		FROM person_act a LEFT JOIN person p ON p.id = a.done_by
		WHERE a.person = $1 ORDER BY a.at DESC, a.id DESC LIMIT 100`, person)
}
