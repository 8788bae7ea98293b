package intake

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/store"
)

const columns = `id, programme, file, state, created_by, created_at, confirmed_at`

// content is the part of a row that is kept as one text.
type content struct {
	Profile  organisation.Profile `json:"profile"`
	Invite   string               `json:"invite,omitempty"`
	Mistakes []Mistake            `json:"mistakes,omitempty"`
	Same     int                  `json:"same,omitempty"`
}

func insert(ctx context.Context, tx *store.Tx, i Import) error {
	_, err := tx.Exec(ctx, `INSERT INTO organisation_import (id, programme, file, state, created_by, created_at)
		VALUES ($1, $2, $3, $4, $5, $6)`, i.ID, i.Programme, i.File, i.State, i.CreatedBy, i.CreatedAt)
	if err != nil {
		return err
	}
	for _, row := range i.Rows {
		text, err := json.Marshal(content{row.Profile, row.Invite, row.Mistakes, row.Same})
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO organisation_import_row (import, number, verdict, organisation, content)
			VALUES ($1, $2, $3, $4, $5)`, i.ID, row.Number, row.Verdict, row.Organisation, string(text)); err != nil {
			return err
		}
	}
	return nil
}

// find reads an import of a programme; one of another is not there.
func find(ctx context.Context, r store.Reader, programme, id store.ID) (Import, error) {
	i, err := store.One[Import](ctx, r, `SELECT `+columns+` FROM organisation_import WHERE id = $1`, id)
	if err != nil {
		return i, err
	}
	if i.Programme != programme {
		return Import{}, fault.NotFound("import of another programme")
	}
	rows, err := store.All[struct {
		Number       int
		Verdict      Verdict
		Organisation store.ID
		Content      string
	}](ctx, r, `SELECT number, verdict, organisation, content FROM organisation_import_row WHERE import = $1 ORDER BY number`, id)
	if err != nil {
		return i, err
	}
	for _, row := range rows {
		var c content
		if err := json.Unmarshal([]byte(row.Content), &c); err != nil {
			return i, fmt.Errorf("intake: row %d of %s: %w", row.Number, id, err)
		}
		i.Rows = append(i.Rows, Row{row.Number, c.Profile, c.Invite, row.Verdict, c.Mistakes, row.Organisation, c.Same})
	}
	return i, nil
}

func ofProgramme(ctx context.Context, r store.Reader, programme store.ID) ([]Import, error) {
	return store.All[Import](ctx, r, `SELECT `+columns+` FROM organisation_import WHERE programme = $1
		ORDER BY created_at DESC, id DESC LIMIT 20`, programme)
}

// move changes the state of an import that is in another; whoever is second
// learns that it was done already.
func move(ctx context.Context, tx *store.Tx, id store.ID, from, to State) error {
	confirmed := store.Time{}
	if to == Confirmed {
		confirmed = store.At(tx.Now())
	}
	return store.Changed(tx.Exec(ctx, `UPDATE organisation_import SET state = $3, confirmed_at = coalesce(confirmed_at, $4)
		WHERE id = $1 AND state = $2`, id, from, to, confirmed))
}

func setVerdict(ctx context.Context, tx *store.Tx, id store.ID, row Row) error {
	_, err := tx.Exec(ctx, `UPDATE organisation_import_row SET verdict = $3, organisation = $4 WHERE import = $1 AND number = $2`,
		id, row.Number, row.Verdict, row.Organisation)
	return err
}

func slugs(ctx context.Context, r store.Reader, id store.ID) (map[store.ID]string, error) {
	rows, err := store.All[struct {
		ID   store.ID
		Slug string
	}](ctx, r, `SELECT o.id, o.slug FROM organisation o WHERE o.id IN (SELECT organisation FROM organisation_import_row WHERE import = $1)`, id)
	all := map[store.ID]string{}
	for _, row := range rows {
		all[row.ID] = row.Slug
	}
	return all, err
}
