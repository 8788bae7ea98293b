package people

import (
	"context"

	"github.com/wspolnota/wspolnota/merge"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// unchanged are tables whose links to people stay as they are: the chain of the
// log, and the person's own row.
var unchanged = map[string]bool{"person": true, "audit_entry": true}

// signIn are tables that let somebody in: the account that goes must not.
var signIn = []merge.Reference{{Table: "session", Column: "person"}, {Table: "person_secret", Column: "person"},
	{Table: "person_recovery_code", Column: "person"}, {Table: "sign_in_attempt", Column: "person"}, {Table: "api_key", Column: "person"}}

// MergeKind is how two accounts of one person become one. Which columns lead to
// people is what the privacy rules say; more are texts in which ids stand.
func MergeKind(rules []privacy.Rule, more ...merge.Reference) merge.Kind {
	kind := merge.Kind{Name: "person", Title: "merge.kind.person", Table: "person", Forgotten: signIn, References: more,
		Find: func(ctx context.Context, r store.Reader, typed string) (merge.Thing, error) {
			p, err := ByEmail(ctx, r, typed)
			return merge.Thing{ID: p.ID, Title: p.Name, Path: "/administracja/osoby/" + string(p.ID)}, err
		},
		Remove: removeMerged,
	}
	forgotten := map[string]bool{}
	for _, r := range signIn {
		forgotten[r.Table] = true
	}
	for _, rule := range rules {
		for _, link := range rule.Links {
			if !unchanged[rule.Table] && !forgotten[rule.Table] && link.Kind != privacy.Address {
				kind.References = append(kind.References, merge.Reference{Table: rule.Table, Column: link.Column})
			}
		}
	}
	return kind
}

// removeMerged shuts an account for good and frees its address. The row stays,
// with its name, because the log goes on naming who did what.
func removeMerged(ctx context.Context, tx *store.Tx, from, _ store.ID) error {
	return store.Changed(tx.Exec(ctx, `UPDATE person SET email = 'scalono-' || id || '@usunieto.invalid', administrator = FALSE,
		blocked_at = $2, search = '', version = version + 1 WHERE id = $1`, from, store.At(tx.Now())))
}
