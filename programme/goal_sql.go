package programme

import (
	"context"

	"github.com/wspolnota/wspolnota/store"
)

// Goals lists the goals of a programme in their order, with what served them, in
// one query.
func Goals(ctx context.Context, r store.Reader, programme store.ID) ([]Goal, error) {
	type row struct {
		ID, Programme      store.ID
		Position           int
		Title, Description string
		Version            int
		Kind, Activity     string
		ActivityTitle, URL string
		From               store.Time `db:"served_at"`
	}
	rows, err := store.All[row](ctx, r, `SELECT g.id, g.programme, g.position, g.title, g.description, g.version,
			COALESCE(a.kind, '') AS kind, COALESCE(a.activity, '') AS activity,
			COALESCE(a.title, '') AS activity_title, COALESCE(a.url, '') AS url, a.served_at
		FROM programme_goal g LEFT JOIN programme_goal_activity a ON a.goal = g.id
		WHERE g.programme = $1 ORDER BY g.position, g.id, a.served_at, a.activity`, programme)
	if err != nil {
		return nil, err
	}
	var goals []Goal
	for _, row := range rows {
		if len(goals) == 0 || goals[len(goals)-1].ID != row.ID {
			goals = append(goals, Goal{ID: row.ID, Programme: row.Programme, Position: row.Position, Title: row.Title,
				Description: row.Description, Version: row.Version})
		}
		if row.Kind != "" {
			last := &goals[len(goals)-1]
			last.Activities = append(last.Activities, Activity{Kind: row.Kind, ID: store.ID(row.Activity),
				Title: row.ActivityTitle, URL: row.URL, From: row.From})
		}
	}
	return goals, nil
}

// measuredGoals adds the indicators with all their values: two queries more,
// however many goals there are.
func measuredGoals(ctx context.Context, r store.Reader, programme store.ID) ([]Goal, error) {
	goals, err := Goals(ctx, r, programme)
	if err != nil || len(goals) == 0 {
		return goals, err
	}
	all, err := indicatorsOf(ctx, r, programme)
	if err != nil {
		return nil, err
	}
	for i := range goals {
		for _, indicator := range all {
			if indicator.Goal == goals[i].ID {
				goals[i].Indicators = append(goals[i].Indicators, indicator)
			}
		}
	}
	return goals, nil
}

func indicatorsOf(ctx context.Context, r store.Reader, programme store.ID) ([]Indicator, error) {
	all, err := store.All[Indicator](ctx, r, `SELECT id, programme, goal, position, name, unit, baseline, target, version
		FROM programme_indicator WHERE programme = $1 ORDER BY position, id`, programme)
	if err != nil || len(all) == 0 {
		return all, err
	}
	values, err := store.All[Measure](ctx, r, `SELECT id, indicator, amount, day, note, entered_at
		FROM programme_indicator_value WHERE programme = $1 ORDER BY day, id`, programme)
	if err != nil {
		return nil, err
	}
	place := make(map[store.ID]int, len(all))
	for i, indicator := range all {
		place[indicator.ID] = i
	}
	for _, v := range values {
		if i, known := place[v.Indicator]; known { // not of one added since
			all[i].Values = append(all[i].Values, v)
		}
	}
	return all, nil
}

func goalOf(ctx context.Context, r store.Reader, programme, id store.ID) (Goal, error) {
	return store.One[Goal](ctx, r, `SELECT id, programme, position, title, description, version FROM programme_goal
		WHERE programme = $1 AND id = $2`, programme, id)
}

func indicatorOf(ctx context.Context, r store.Reader, programme, id store.ID) (Indicator, error) {
	return store.One[Indicator](ctx, r, `SELECT id, programme, goal, position, name, unit, baseline, target, version
		FROM programme_indicator WHERE programme = $1 AND id = $2`, programme, id)
}

func insertGoal(ctx context.Context, tx *store.Tx, g Goal) error {
	_, err := tx.Exec(ctx, `INSERT INTO programme_goal (id, programme, position, title, description)
		VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM programme_goal WHERE programme = $2), $3, $4)`,
		g.ID, g.Programme, g.Title, g.Description)
	return err
}

func updateGoal(ctx context.Context, tx *store.Tx, g Goal) error {
	return store.Changed(tx.Exec(ctx, `UPDATE programme_goal SET title = $4, description = $5, version = version + 1
		WHERE programme = $1 AND id = $2 AND version = $3`, g.Programme, g.ID, g.Version, g.Title, g.Description))
}

// insertIndicator adds an indicator to a goal of the same programme.
func insertIndicator(ctx context.Context, tx *store.Tx, i Indicator) error {
	return found("goal")(tx.Exec(ctx, `INSERT INTO programme_indicator (id, programme, goal, position, name, unit, baseline, target)
		SELECT $1, programme, id, (SELECT COALESCE(MAX(position), 0) + 1 FROM programme_indicator WHERE programme = $2),
			$4, $5, $6, $7
		FROM programme_goal WHERE programme = $2 AND id = $3`,
		i.ID, i.Programme, i.Goal, i.Name, i.Unit, i.Baseline, i.Target))
}

func updateIndicator(ctx context.Context, tx *store.Tx, i Indicator) error {
	return store.Changed(tx.Exec(ctx, `UPDATE programme_indicator SET name = $4, unit = $5, baseline = $6, target = $7,
		version = version + 1 WHERE programme = $1 AND id = $2 AND version = $3`,
		i.Programme, i.ID, i.Version, i.Name, i.Unit, i.Baseline, i.Target))
}

func insertMeasure(ctx context.Context, tx *store.Tx, programme store.ID, m Measure, by store.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO programme_indicator_value (id, programme, indicator, amount, day, note, entered_by, entered_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		m.ID, programme, m.Indicator, m.Amount, m.Day, m.Note, by, store.At(tx.Now()))
	return err
}

func serve(ctx context.Context, tx *store.Tx, goal store.ID, a Activity) error {
	if a.From.IsZero() {
		a.From = store.At(tx.Now())
	}
	_, err := tx.Exec(ctx, `INSERT INTO programme_goal_activity (goal, kind, activity, title, url, served_at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (goal, kind, activity) DO UPDATE SET title = excluded.title, url = excluded.url, served_at = excluded.served_at`,
		goal, a.Kind, a.ID, a.Title, a.URL, a.From)
	return err
}

func unserve(ctx context.Context, tx *store.Tx, goal store.ID, a Activity) error {
	_, err := tx.Exec(ctx, `DELETE FROM programme_goal_activity WHERE goal = $1 AND kind = $2 AND activity = $3`,
		goal, a.Kind, a.ID)
	return err
}
