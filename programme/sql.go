package programme

import (
	"context"
	"database/sql"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

const columns = `id, slug, title, summary, description, language, owner, manager, contact_email, contact_phone,
	funder, project_number, admission, sectors, starts_at, ends_at, state, published_at, updated_at, updated_by,
	revision, version`

// ByID returns a programme in whatever state; who may see it is the caller's
// question.
func ByID(ctx context.Context, r store.Reader, id store.ID) (Programme, error) {
	return store.One[Programme](ctx, r, `SELECT `+columns+` FROM programme WHERE id = $1`, id)
}

// BySlug returns the programme of an address in whatever state.
func BySlug(ctx context.Context, r store.Reader, slug string) (Programme, error) {
	return store.One[Programme](ctx, r, `SELECT `+columns+` FROM programme WHERE slug = $1`, slug)
}

// change begins every change: it marks the programme as changed, which also
// makes changes of one programme wait for one another, and reads it. Without
// the order, two managers could take the role from each other at once.
func change(ctx context.Context, tx *store.Tx, slug string) (Programme, error) {
	if _, err := tx.Exec(ctx, `UPDATE programme SET revision = revision + 1 WHERE slug = $1`, slug); err != nil {
		return Programme{}, err
	}
	return BySlug(ctx, tx, slug)
}

// touchGoal marks the programme of a goal as changed.
func touchGoal(ctx context.Context, tx *store.Tx, goal store.ID) error {
	return found("goal")(tx.Exec(ctx, `UPDATE programme SET revision = revision + 1
		WHERE id = (SELECT programme FROM programme_goal WHERE id = $1)`, goal))
}

// found turns a statement that met no row into fault.NotFound.
func found(what string) func(sql.Result, error) error {
	return func(result sql.Result, err error) error {
		met, err := store.Met(result, err)
		if err == nil && !met {
			err = fault.NotFound(what)
		}
		return err
	}
}

func insert(ctx context.Context, tx *store.Tx, p Programme) error {
	now := store.At(tx.Now())
	_, err := tx.Exec(ctx, `INSERT INTO programme (id, slug, title, title_key, folded, summary, language, owner, manager,
			admission, sectors, state, created_at, updated_at, updated_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14)`,
		p.ID, p.Slug, p.Title, lang.SortKey(p.Title), folded(p), p.Summary, p.Language, p.Owner, p.Manager,
		p.Admission, p.Sectors, p.State, now, p.UpdatedBy)
	return err
}

// update saves every field that a form of the programme may change, if it is
// still the version that the form showed.
func update(ctx context.Context, tx *store.Tx, p Programme) error {
	return store.Changed(tx.Exec(ctx, `UPDATE programme SET slug = $3, title = $4, title_key = $5, folded = $6, summary = $7,
			description = $8, language = $9, owner = $10, manager = $11, contact_email = $12, contact_phone = $13,
			funder = $14, project_number = $15, admission = $16, sectors = $17, starts_at = $18, ends_at = $19,
			state = $20, published_at = $21, updated_at = $22, updated_by = $23, version = version + 1
		WHERE id = $1 AND version = $2`,
		p.ID, p.Version, p.Slug, p.Title, lang.SortKey(p.Title), folded(p), p.Summary,
		p.Description, p.Language, p.Owner, p.Manager, p.ContactEmail, p.ContactPhone,
		p.Funder, p.ProjectNumber, p.Admission, p.Sectors, p.StartsAt, p.EndsAt,
		p.State, p.PublishedAt, p.UpdatedAt, p.UpdatedBy))
}

func folded(p Programme) string { return lang.Fold(p.Title + " " + p.Summary) }

// Areas: the units of the subregion that a programme reaches.

func areasOf(ctx context.Context, r store.Reader, programme store.ID) ([]string, error) {
	return store.All[string](ctx, r, `SELECT terc FROM programme_area WHERE programme = $1 ORDER BY terc`, programme)
}

func setAreas(ctx context.Context, tx *store.Tx, programme store.ID, codes []string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM programme_area WHERE programme = $1`, programme); err != nil {
		return err
	}
	for _, code := range codes {
		if _, err := tx.Exec(ctx, `INSERT INTO programme_area (programme, terc) VALUES ($1, $2)`, programme, code); err != nil {
			return err
		}
	}
	return nil
}

// Phases.

func phasesOf(ctx context.Context, r store.Reader, programme store.ID) ([]Phase, error) {
	return store.All[Phase](ctx, r, `SELECT id, programme, position, title, starts_at, ends_at, opens, version
		FROM programme_phase WHERE programme = $1 ORDER BY position, id`, programme)
}

// phasesOfAll reads the phases of several programmes at once.
func phasesOfAll(ctx context.Context, r store.Reader, programmes []store.ID) (map[store.ID][]Phase, error) {
	in, args := store.In(1, programmes)
	all, err := store.All[Phase](ctx, r, `SELECT id, programme, position, title, starts_at, ends_at, opens, version
		FROM programme_phase WHERE programme IN (`+in+`) ORDER BY programme, position, id`, args...)
	if err != nil {
		return nil, err
	}
	by := make(map[store.ID][]Phase, len(programmes))
	for _, p := range all {
		by[p.Programme] = append(by[p.Programme], p)
	}
	return by, nil
}

func phaseOf(ctx context.Context, r store.Reader, programme, id store.ID) (Phase, error) {
	return store.One[Phase](ctx, r, `SELECT id, programme, position, title, starts_at, ends_at, opens, version
		FROM programme_phase WHERE programme = $1 AND id = $2`, programme, id)
}

func insertPhase(ctx context.Context, tx *store.Tx, p Phase) error {
	_, err := tx.Exec(ctx, `INSERT INTO programme_phase (id, programme, position, title, starts_at, ends_at, opens)
		VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM programme_phase WHERE programme = $2), $3, $4, $5, $6)`,
		p.ID, p.Programme, p.Title, p.StartsAt, p.EndsAt, p.Opens)
	return err
}

func updatePhase(ctx context.Context, tx *store.Tx, p Phase) error {
	return store.Changed(tx.Exec(ctx, `UPDATE programme_phase SET title = $4, starts_at = $5, ends_at = $6, opens = $7,
		version = version + 1 WHERE programme = $1 AND id = $2 AND version = $3`,
		p.Programme, p.ID, p.Version, p.Title, p.StartsAt, p.EndsAt, p.Opens))
}

// The tables whose rows stand in an order that people change.
type ordered string

const (
	phases     ordered = "programme_phase"
	goals      ordered = "programme_goal"
	logos      ordered = "programme_logo"
	partners   ordered = "programme_partner"
	indicators ordered = "programme_indicator"
)

// key is the column that names a row within its programme.
func (o ordered) key() string {
	if o == partners {
		return "organisation"
	}
	return "id"
}

// remove takes a row away.
func (o ordered) remove(ctx context.Context, tx *store.Tx, programme, row store.ID) error {
	return found(string(o))(tx.Exec(ctx, `DELETE FROM `+string(o)+` WHERE programme = $1 AND `+o.key()+` = $2`, programme, row))
}

// move puts a row one place up or down. At the end of the list nothing happens.
func (o ordered) move(ctx context.Context, tx *store.Tx, programme, row store.ID, down bool) error {
	rows, err := store.All[store.ID](ctx, tx, `SELECT `+o.key()+` FROM `+string(o)+` WHERE programme = $1
		ORDER BY position, `+o.key(), programme)
	if err != nil {
		return err
	}
	moved, err := moveOne(rows, row, down)
	if err != nil {
		return err
	}
	for i, id := range moved {
		if _, err := tx.Exec(ctx, `UPDATE `+string(o)+` SET position = $3 WHERE programme = $1 AND `+o.key()+` = $2`,
			programme, id, i+1); err != nil {
			return err
		}
	}
	return nil
}

// moveOne changes the place of one id with its neighbour.
func moveOne(ids []store.ID, id store.ID, down bool) ([]store.ID, error) {
	for i, at := range ids {
		if at != id {
			continue
		}
		to := i - 1
		if down {
			to = i + 1
		}
		if to >= 0 && to < len(ids) {
			ids[i], ids[to] = ids[to], ids[i]
		}
		return ids, nil
	}
	return nil, fault.NotFound("row to move")
}
