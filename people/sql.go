package people

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

const personColumns = `id, email, name, language, municipality, administrator, blocked_at, blocked_reason, created_at, version`

// ByID returns the person of an id; fault.NotFound when there is none.
func ByID(ctx context.Context, r store.Reader, id store.ID) (Person, error) {
	return store.One[Person](ctx, r, `SELECT `+personColumns+` FROM person WHERE id = $1`, id)
}

// ByEmail returns the person of an address, however it is typed;
// fault.NotFound when there is none or the address is none.
func ByEmail(ctx context.Context, r store.Reader, email string) (Person, error) {
	folded, err := ParseEmail(email)
	if err != nil {
		return Person{}, fault.NotFound("person")
	}
	return store.One[Person](ctx, r, `SELECT `+personColumns+` FROM person WHERE email = $1`, folded)
}

// Names returns the names of several people; an id that nobody has is left out.
func Names(ctx context.Context, r store.Reader, ids []store.ID) (map[store.ID]string, error) {
	names := make(map[store.ID]string, len(ids))
	if len(ids) == 0 {
		return names, nil
	}
	in, args := store.In(1, ids)
	rows, err := store.All[struct {
		ID   store.ID
		Name string
	}](ctx, r, `SELECT id, name FROM person WHERE id IN (`+in+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("people: names: %w", err)
	}
	for _, row := range rows {
		names[row.ID] = row.Name
	}
	return names, nil
}

// searchable is what a search for a person compares.
func searchable(name, email string) string { return lang.Fold(name) + " " + email }

// insertPerson keeps a new person unless the address is taken, and tells
// whether it did. It raises no error for a taken address, because PostgreSQL
// would give up the whole transaction.
func insertPerson(ctx context.Context, tx *store.Tx, p Person) (bool, error) {
	return store.Met(tx.Exec(ctx, `INSERT INTO person
		(id, email, name, name_key, search, language, municipality, administrator, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (email) DO NOTHING`,
		p.ID, p.Email, p.Name, lang.SortKey(p.Name), searchable(p.Name, p.Email), p.Language, p.Municipality,
		p.Administrator, p.CreatedAt))
}

// updatePerson keeps what a person changed in their own data.
func updatePerson(ctx context.Context, tx *store.Tx, p Person) error {
	return store.Changed(tx.Exec(ctx, `UPDATE person
		SET name = $3, name_key = $4, search = $5, language = $6, municipality = $7, version = version + 1
		WHERE id = $1 AND version = $2`,
		p.ID, p.Version, p.Name, lang.SortKey(p.Name), searchable(p.Name, p.Email), p.Language, p.Municipality))
}

// updateEmail changes the address unless somebody has it, and tells whether it
// did.
func updateEmail(ctx context.Context, tx *store.Tx, p Person, email string) (bool, error) {
	return store.Met(tx.Exec(ctx, `UPDATE person SET email = $2, search = $3, version = version + 1
		WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM person WHERE email = $2)`,
		p.ID, email, searchable(p.Name, email)))
}

// updateLanguage is no edit of the account: it leaves the version as it is, so
// that switching the language does not spoil a form that is open.
func updateLanguage(ctx context.Context, tx *store.Tx, person store.ID, l lang.Language) error {
	_, err := tx.Exec(ctx, `UPDATE person SET language = $2 WHERE id = $1`, person, l)
	return err
}
