package programme

import (
	"context"

	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// website is the one of an organisation that was verified: no link is gained by
// registering alone.
const website = `CASE WHEN o.verified_at IS NULL THEN '' ELSE o.website END AS website`

// partnersOf lists the owner and then the partners in their order.
func partnersOf(ctx context.Context, r store.Reader, p Programme) ([]Partner, error) {
	return store.All[Partner](ctx, r, `SELECT o.id AS organisation, o.slug, o.name, o.sector, `+website+`,
			COALESCE(m.url, '') AS url, o.id = $2 AS owner
		FROM organisation o LEFT JOIN programme_partner m ON m.organisation = o.id AND m.programme = $1
		WHERE o.id = $2 OR o.id IN (SELECT organisation FROM programme_partner WHERE programme = $1)
		ORDER BY owner DESC, m.position, o.id`, p.ID, p.Owner)
}

func putPartner(ctx context.Context, tx *store.Tx, programme, organisation store.ID, url string) error {
	_, err := tx.Exec(ctx, `INSERT INTO programme_partner (programme, organisation, position, url)
		VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM programme_partner WHERE programme = $1), $3)
		ON CONFLICT (programme, organisation) DO UPDATE SET url = excluded.url`, programme, organisation, url)
	return err
}

// mostInFooter keeps the footer of every page short.
const mostInFooter = 12

// publicPartners lists who leads and supports published programmes, leaders first.
func publicPartners(ctx context.Context, r store.Reader) ([]ui.Link, error) {
	all, err := store.All[Partner](ctx, r, `SELECT o.id AS organisation, o.slug, o.name, o.sector, `+website+`,
			'' AS url, x.owner = 1 AS owner
		FROM (SELECT organisation, MAX(owner) AS owner FROM (
				SELECT owner AS organisation, 1 AS owner FROM programme WHERE state = $1
				UNION ALL
				SELECT m.organisation, 0 FROM programme_partner m JOIN programme p ON p.id = m.programme WHERE p.state = $1
			) AS every GROUP BY organisation) AS x
		JOIN organisation o ON o.id = x.organisation
		ORDER BY x.owner DESC, o.name_key, o.id LIMIT $2`, Published, mostInFooter)
	if err != nil {
		return nil, err
	}
	links := make([]ui.Link, len(all))
	for i, p := range all {
		links[i] = ui.Link{Href: p.Href(), Text: p.Name, Rel: p.Rel()}
	}
	return links, nil
}

const logoColumns = `id, programme, alt, blob, name, type, size, width, height`

func logosOf(ctx context.Context, r store.Reader, programme store.ID) ([]Logo, error) {
	return store.All[Logo](ctx, r, `SELECT `+logoColumns+` FROM programme_logo WHERE programme = $1 ORDER BY position, id`, programme)
}

func oneLogo(ctx context.Context, r store.Reader, programme, id store.ID) (Logo, error) {
	return store.One[Logo](ctx, r, `SELECT `+logoColumns+` FROM programme_logo WHERE programme = $1 AND id = $2`, programme, id)
}

func insertLogo(ctx context.Context, tx *store.Tx, l Logo) error {
	_, err := tx.Exec(ctx, `INSERT INTO programme_logo (id, programme, position, alt, blob, name, type, size, width, height)
		VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM programme_logo WHERE programme = $2), $3, $4, $5, $6, $7, $8, $9)`,
		l.ID, l.Programme, l.Alt, l.Blob, l.Name, l.Type, l.Size, l.Width, l.Height)
	return err
}
