package minutes

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

var (
	taskColumns = `t.id, t.programme, p.slug AS programme_slug, p.title AS programme_title, t.event, e.slug AS event_slug,
		e.title AS event_title, t.point, t.title, t.text, t.person, COALESCE(q.name, '') AS person_name, ` + cameFor + ` AS came_for,
		t.organisation, COALESCE(o.name, '') AS organisation_name, t.due_at, t.state, t.given_at, t.public_at, t.remind_at, t.closed_at,
		(e.published_at IS NULL OR p.state = 'draft') AS hidden, e.language, t.version, ` + veiledTask + ` AS veiled`
	taskTables = ` FROM event_task t JOIN event e ON e.id = t.event JOIN programme p ON p.id = t.programme
		LEFT JOIN person q ON q.id = t.person LEFT JOIN organisation o ON o.id = t.organisation `
	cameFor = `COALESCE((SELECT CASE WHEN g.organisation IS NULL THEN g.organisation_name ELSE h.name END
		FROM event_registration g LEFT JOIN organisation h ON h.id = g.organisation
		WHERE g.event = t.event AND g.person = t.person AND g.state = 'confirmed' LIMIT 1), '')`
)

func taskByID(ctx context.Context, r store.Reader, programme, id store.ID) (Task, error) {
	return store.One[Task](ctx, r, `SELECT `+taskColumns+taskTables+`WHERE t.programme = $1 AND t.id = $2`, programme, id)
}

func tasksOf(ctx context.Context, r store.Reader, event store.ID) ([]Task, error) {
	return store.All[Task](ctx, r, `SELECT `+taskColumns+taskTables+`WHERE t.event = $1 ORDER BY t.due_at, t.id`, event)
}

// insertTask writes a task that nobody knows of yet.
func insertTask(ctx context.Context, tx *store.Tx, t Task) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_task (id, programme, event, point, title, text, person, organisation, due_at, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, t.ID, t.Programme, t.Event, t.Point, t.Title, t.Text,
		t.Person.OrNull(), t.Organisation.OrNull(), t.DueAt, store.At(tx.Now()), access.From(ctx).Person.OrNull())
	return err
}

func updateTask(ctx context.Context, tx *store.Tx, t Task) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_task SET title = $3, text = $4, person = $5, organisation = $6, due_at = $7, state = $8,
			given_at = $9, public_at = $10, remind_at = $11, closed_at = $12, version = version + 1
		WHERE id = $1 AND version = $2`, t.ID, t.Version, t.Title, t.Text, t.Person.OrNull(), t.Organisation.OrNull(), t.DueAt, t.State,
		t.GivenAt, t.PublicAt, t.RemindAt, t.ClosedAt))
}

// TaskAct is one thing that happened to a task.
type TaskAct struct {
	Act    string
	Note   string
	Person store.ID
	At     store.Time
}

func insertAct(ctx context.Context, tx *store.Tx, task store.ID, act, words string) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_task_act (id, task, act, note, person, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		store.NewID(), task, strings.TrimPrefix(act, "minutes.task_"), words, access.From(ctx).Person.OrNull(), store.At(tx.Now()))
	return err
}

func actsOf(ctx context.Context, r store.Reader, task store.ID) ([]TaskAct, error) {
	return store.All[TaskAct](ctx, r, `SELECT act, note, person, at FROM event_task_act WHERE task = $1 ORDER BY at, id`, task)
}

// ownersOf lists who can be given a task of an event: those who come, the team,
// the organisations for which they came, the host, the partners.
func ownersOf(ctx context.Context, r store.Reader, e event.Event) (people, organisations []ui.Option, err error) {
	type choice struct {
		ID   store.ID
		Name string
	}
	list := func(prefix, query string) (all []ui.Option, err error) {
		rows, err := store.All[choice](ctx, r, query, e.ID, e.Programme)
		for _, c := range rows {
			all = append(all, ui.Option{Value: prefix + string(c.ID), Label: c.Name})
		}
		return all, err
	}
	if people, err = list("p:", `SELECT q.id, q.name FROM person q WHERE q.id IN (SELECT person FROM event_registration WHERE event = $1 AND state = 'confirmed')
		OR q.id IN (SELECT person FROM programme_role WHERE programme = $2) ORDER BY q.name_key, q.id`); err != nil {
		return nil, nil, err
	}
	organisations, err = list("o:", `SELECT o.id, o.name FROM organisation o WHERE o.id IN (SELECT organisation FROM event_registration WHERE event = $1 AND state = 'confirmed')
		OR o.id IN (SELECT host FROM event WHERE id = $1) OR o.id IN (SELECT owner FROM programme WHERE id = $2)
		OR o.id IN (SELECT organisation FROM programme_partner WHERE programme = $2) ORDER BY o.name_key, o.id`)
	return people, organisations, err
}

// offered refuses an owner who has nothing to do with the event.
func offered(ctx context.Context, r store.Reader, e event.Event, to Owner, field string) error {
	people, organisations, err := ownersOf(ctx, r, e)
	if err != nil {
		return err
	}
	for _, o := range append(people, organisations...) {
		if o.Value == to.value() {
			return nil
		}
	}
	return fault.Mistake(field, "form.not_offered")
}

// behind are the people who answer for an owner now.
func behind(ctx context.Context, r store.Reader, o Owner) ([]store.ID, error) {
	if o.Person != "" {
		return []store.ID{o.Person}, nil
	}
	return store.All[store.ID](ctx, r, `SELECT person FROM organisation_mandate WHERE organisation = $1 AND role = 'representative'
		AND from_at <= $2 AND (until_at IS NULL OR until_at > $2) AND ended_at IS NULL ORDER BY person`, o.Organisation, store.At(r.Now()))
}

// taskFilter narrows the list of a programme's tasks.
type taskFilter struct {
	State        string // otwarte, po-terminie, zgloszone, zamkniete, odwolane; "" for all
	Organisation string
	Event        string // slug
	Mine         bool
}

// where is the condition of the tasks of a programme that the actor may see and
// asks for, without the state where all is set.
func (f taskFilter) where(a *access.Actor, programme store.ID, now time.Time, all bool) (string, []any) {
	args := []any{programme, store.At(now)}
	add := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	mine := func() string {
		if !a.SignedIn() {
			return `FALSE`
		}
		person := add(a.Person)
		in, organisations := store.In(len(args)+1, a.Places(access.InOrganisation, access.Representative))
		args = append(args, organisations...)
		return `(t.person = ` + person + ` OR t.organisation IN (` + in + `))`
	}
	c := []string{`t.programme = $1`, `CAST($2 AS BIGINT) > 0`}
	if !a.May(event.Preview, string(programme)) {
		c = append(c, `e.published_at IS NOT NULL AND p.state <> 'draft' AND (t.public_at IS NOT NULL AND NOT `+veiledTask+` OR t.given_at IS NOT NULL AND `+mine()+`)`)
	}
	if f.Mine {
		c = append(c, mine())
	}
	if f.Organisation != "" {
		c = append(c, `t.organisation = `+add(f.Organisation))
	}
	if f.Event != "" {
		c = append(c, `e.slug = `+add(f.Event))
	}
	if condition, known := taskStates[f.State]; known && !all {
		c = append(c, condition)
	}
	return strings.Join(c, " AND "), args
}

// taskStates are the values of ?stan=.
var taskStates = map[string]string{
	"otwarte":     `t.state = 'open'`,
	"po-terminie": `t.state = 'open' AND t.due_at <= $2`,
	"zgloszone":   `t.state = 'reported'`,
	"zamkniete":   `t.state = 'closed'`,
	"odwolane":    `t.state = 'dropped'`,
}

// taskCounts are how many tasks stand where.
type taskCounts struct{ Total, Open, Late, Reported, Closed, Dropped int }

func countTasks(ctx context.Context, r store.Reader, f taskFilter, programme store.ID) (taskCounts, error) {
	where, args := f.where(access.From(ctx), programme, r.Now(), true)
	count := func(state string) string {
		return `COALESCE(sum(CASE WHEN ` + taskStates[state] + ` THEN 1 ELSE 0 END), 0)`
	}
	return store.One[taskCounts](ctx, r, `SELECT count(*) AS total, `+count("otwarte")+` AS open, `+count("po-terminie")+` AS late, `+
		count("zgloszone")+` AS reported, `+count("zamkniete")+` AS closed, `+count("odwolane")+` AS dropped`+taskTables+`WHERE `+where, args...)
}

// listTasks reads tasks: what is to be done first, by its day.
func listTasks(ctx context.Context, r store.Reader, f taskFilter, programme store.ID, limit, offset int) ([]Task, error) {
	where, args := f.where(access.From(ctx), programme, r.Now(), false)
	return store.All[Task](ctx, r, fmt.Sprintf(`SELECT `+taskColumns+taskTables+`WHERE `+where+`
		ORDER BY CASE t.state WHEN 'open' THEN 0 WHEN 'reported' THEN 1 ELSE 2 END, t.due_at, t.id LIMIT %d OFFSET %d`, limit, offset), args...)
}
