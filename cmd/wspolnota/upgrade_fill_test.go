package main

import (
	"fmt"
	"testing"

	"github.com/wspolnota/wspolnota/store"
)

// Ids of the filling, so that statements can find its rows.
func personOf(n int) string  { return idOf(1, n) }
func articleOf(n int) string { return idOf(4, n) }

func idOf(kind, n int) string { return fmt.Sprintf("00000000-0000-7000-800%d-%012d", kind, n) }

// id is idOf in the SQL of both databases, of an expression.
func id(kind int, n string) string {
	return fmt.Sprintf(`'00000000-0000-7000-800%d-' || substr('000000000000' || (%s), length('' || (%s)) + 1)`, kind, n, n)
}

// fillAll fills the tables that every release has: ten rows and more for each
// person. Their times are of now, so that nothing is old enough to be removed.
func fillAll(t *testing.T, db *store.DB, people int) {
	t.Helper()
	now := store.At(db.Wall())
	for _, part := range []struct {
		rows int
		what string
	}{
		{people, `INSERT INTO person (id, email, name, name_key, search, language, municipality, created_at)
			SELECT ` + id(1, "i") + `, 'osoba' || i || '@example.org', 'Osoba Przykładowa ' || i, 'k' || i, 'osoba przykladowa ' || i, 'pl', '2412013', $2 FROM n`},
		{1, `INSERT INTO person (id, email, name, name_key, search, language, created_at) SELECT ` + id(9, "i") + `, 'traffic@example.org', 'T', 't', 't', 'pl', $2 FROM n`},
		{people, `INSERT INTO person_secret (person, password_hash, password_at) SELECT ` + id(1, "i") + `, 'skrót ' || i, $2 FROM n`},
		{people, `INSERT INTO session (id, token_hash, person, staff, agent, created_at, seen_at)
			SELECT ` + id(2, "i") + `, 'token' || i, ` + id(1, "i") + `, FALSE, 'Firefox', $2, $2 FROM n`},
		{people, `INSERT INTO mail_outbox (id, kind, recipient, person, language, data, state, created_at, sent_at)
			SELECT ` + id(3, "i") + `, 'people.code', 'osoba' || i || '@example.org', ` + id(1, "i") + `, 'pl', '{}', 'sent', $2, $2 FROM n`},
		{people, `INSERT INTO person_act (id, person, done_by, act, reason, at) SELECT ` + id(8, "i") + `, ` + id(1, "i") + `, '', 'unblock', '', $2 FROM n`},
		{people / 100, `INSERT INTO organisation (id, slug, name, name_key, folded, short_name, kind, sector, register, register_number, nip, regon,
				municipality, address, website, email, phone, contact, description, language, created_at, created_by, updated_at, updated_by)
			SELECT ` + id(5, "i") + `, 'org-' || i, 'Stowarzyszenie ' || i, 'k' || i, 'stowarzyszenie ' || i, '', 'association', 'ngo', 'none', '', '', '',
				'2412013', '', '', '', '', '', 'Opis.', 'pl', $2, ` + id(1, "i") + `, $2, ` + id(1, "i") + ` FROM n`},
		{people / 5, `INSERT INTO organisation_mandate (id, organisation, person, role, title, from_at, created_at, created_by)
			SELECT ` + id(6, "i") + `, ` + id(5, "i / 20") + `, ` + id(1, "i") + `, 'member', '', $2, $2, '' FROM n`},
		{50, `INSERT INTO programme (id, slug, title, title_key, folded, summary, language, owner, manager, admission, sectors, state, published_at,
				created_at, updated_at, updated_by)
			SELECT ` + id(7, "i") + `, 'program-' || i, 'Program ' || i, 'k' || i, 'program ' || i, 'Razem.', 'pl', ` + id(5, "0") + `, ` + id(1, "0") + `,
				'open', 'ngo', 'published', $2, $2, $2, '' FROM n`},
		{people * 4, `INSERT INTO programme_member (programme, person, state, sector, municipality, since)
			SELECT ` + id(7, "i % 4 + (i / 4) % 40") + `, ` + id(1, "i / 4") + `, 'active', 'residents', '2412013', $2 FROM n`},
		{people / 5, `INSERT INTO news_article (id, programme, slug, title, lead, language, publish_at, listed_at, created_at, updated_at, revised_at, folded)
			SELECT ` + id(4, "i") + `, ` + id(7, "i % 50") + `, 'wiadomosc-' || i, 'Wiadomość ' || i, 'Co się wydarzyło.', 'pl', $2, $2, $2, $2, $2, 'wiadomosc ' || i FROM n`},
		{people / 5, `INSERT INTO news_address (programme, slug, article) SELECT ` + id(7, "i % 50") + `, 'wiadomosc-' || i, ` + id(4, "i") + ` FROM n`},
		{people * 3 / 5, `INSERT INTO news_revision (article, number, person, saved_at, title, lead, language, details, body, html, html_by)
			SELECT ` + id(4, "i / 3") + `, i % 3 + 1, ` + id(1, "i % 100") + `, $2, 'Wiadomość ' || (i / 3), 'Co się wydarzyło.', 'pl',
				'{}', 'Uczestnicy rozmawiali o tym, co ich dzieli i co łączy.', '<p>Uczestnicy rozmawiali.</p>', 0 FROM n`},
		{people * 2 / 5, `INSERT INTO news_tag (article, slug, name, programme, listed_at)
			SELECT ` + id(4, "i / 2") + `, 'tag-' || (i % 2), 'Tag', ` + id(7, "(i / 2) % 50") + `, $2 FROM n`},
	} {
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1) `+part.what+` WHERE CAST($2 AS BIGINT) > 0`, part.rows, now) // PostgreSQL wants every argument used
			return err
		})
		if err != nil {
			t.Fatalf("%v\n%s", err, part.what)
		}
	}
}
