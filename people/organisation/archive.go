package organisation

import (
	"context"

	"github.com/wspolnota/wspolnota/archive"
	"github.com/wspolnota/wspolnota/store"
)

// Archive completes the organisations of a programme, which other rooms name.
// Their papers, accounts among them, and who acts for them are theirs and not
// the programme's: in another installation they begin empty.
var Archive = archive.Room{
	After: func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO organisation_papers (organisation, signatories, representation, account,
			statute_place, statute_url, updated_at, updated_by)
			SELECT id, '[]', '', '', '', '', updated_at, updated_by FROM organisation
			WHERE id NOT IN (SELECT organisation FROM organisation_papers)`)
		return err
	},
	LeftOut: map[string]string{"organisation_import": "lists on their way in"},
}
