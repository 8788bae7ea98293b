package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/merge"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/store/rows"
)

// leading finds every column of the database in which the id still stands.
func leading(t *testing.T, db *store.DB, id store.ID, but ...string) (found []string) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		tables, err := rows.Tables(t.Context(), tx, tx.Dialect(), func(name string) bool { return slices.Contains(but, name) || strings.HasPrefix(name, "search_") })
		for _, table := range tables {
			var text strings.Builder
			if _, err := table.Write(t.Context(), tx, &text, ""); err != nil {
				return err
			}
			if strings.Contains(text.String(), string(id)) {
				found = append(found, table.Name)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func total64(t *testing.T, db *store.DB, query string, args ...any) int {
	t.Helper()
	n, err := store.One[int](t.Context(), db, query, args...)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTwoOrganisationsBecomeOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, empty *store.DB) {
		x := attackOn(t, empty)
		db := x.program.db
		type pair struct {
			ID   store.ID
			Slug string
		}
		// The one with most to carry over goes.
		all, err := store.All[pair](t.Context(), db, `SELECT o.id, o.slug FROM organisation o ORDER BY
			(SELECT count(*) FROM programme_member m WHERE m.organisation = o.id) + (SELECT count(*) FROM news_article a WHERE a.organisation = o.id) DESC, o.id LIMIT 2`)
		if err != nil {
			t.Fatal(err)
		}
		from, into := all[0], all[1]
		members := total64(t, db, `SELECT count(*) FROM programme_member WHERE organisation IN ($1, $2)`, from.ID, into.ID)
		articles := total64(t, db, `SELECT count(*) FROM news_article WHERE organisation IN ($1, $2)`, from.ID, into.ID)
		admin := x.part("administratorka")
		query := "?kind=organisation&from=" + from.Slug + "&into=" + into.Slug
		page := admin.Get(merge.Path+"/potwierdzenie"+query).Want(t, http.StatusOK)
		if page.Count(`form[action="`+merge.Path+`"]`) != 1 {
			t.Fatal("nothing to confirm")
		}
		admin.Post(merge.Path, "kind", "organisation", "from", from.Slug, "into", into.Slug).Want(t, http.StatusSeeOther)
		if n := total64(t, db, `SELECT count(*) FROM programme_member WHERE organisation = $1`, into.ID); n != members {
			t.Errorf("%d of %d members came over", n, members)
		}
		if n := total64(t, db, `SELECT count(*) FROM news_article WHERE organisation = $1`, into.ID); n != articles {
			t.Errorf("%d of %d articles came over", n, articles)
		}
		if left := leading(t, db, from.ID, "audit_entry", "merge_record"); left != nil {
			t.Errorf("these still lead to the one that went: %v", left)
		}
		if moved := admin.Get("/organizacje/" + from.Slug); moved.Status != http.StatusMovedPermanently || moved.Header.Get("Location") != "/organizacje/"+into.Slug {
			t.Errorf("its old address: %d to %s", moved.Status, moved.Header.Get("Location"))
		}
		admin.Get("/organizacje/"+into.Slug).Want(t, http.StatusOK)
	})
}

func TestTwoAccountsBecomeOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, empty *store.DB) {
		x := attackOn(t, empty)
		db := x.program.db
		type account struct {
			ID    store.ID
			Email string
		}
		all, err := store.All[account](t.Context(), db, `SELECT p.id, p.email FROM person p WHERE NOT p.administrator ORDER BY
			(SELECT count(*) FROM programme_member m WHERE m.person = p.id) DESC, p.id LIMIT 2`)
		if err != nil {
			t.Fatal(err)
		}
		from, into := all[0], all[1]
		both := total64(t, db, `SELECT count(DISTINCT programme) FROM programme_member WHERE person IN ($1, $2)`, from.ID, into.ID)
		rowsBefore := total64(t, db, `SELECT count(*) FROM programme_member WHERE person IN ($1, $2)`, from.ID, into.ID)
		admin := x.part("administratorka")
		admin.Post(merge.Path, "kind", "person", "from", from.Email, "into", into.Email).Want(t, http.StatusSeeOther)
		if n := total64(t, db, `SELECT count(*) FROM programme_member WHERE person = $1`, into.ID); n != both {
			t.Errorf("in %d programmes, want %d", n, both)
		}
		if kept := total64(t, db, `SELECT count(*) FROM merge_record WHERE kept LIKE '%"programme_member":%' AND kept LIKE '%"state":%'`); rowsBefore > both && kept != 1 {
			t.Error("what both had is not kept")
		}
		// The row of the account stays shut, since the log names it.
		if left := leading(t, db, from.ID, "audit_entry", "merge_record", "person"); left != nil {
			t.Errorf("these still lead to the one that went: %v", left)
		}
		if n := total64(t, db, `SELECT count(*) FROM person WHERE email = $1`, from.Email); n != 0 {
			t.Error("its address is not free")
		}
		admin.Post(merge.Path, "kind", "person", "from", into.Email, "into", into.Email).Want(t, http.StatusUnprocessableEntity)
		admin.Post(merge.Path, "kind", "person", "from", "nikt@example.org", "into", into.Email).Want(t, http.StatusUnprocessableEntity)
	})
}
