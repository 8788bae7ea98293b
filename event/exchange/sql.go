package exchange

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/store"
)

// veiled is a condition that holds for entries that moderation does not show.
var veiled = moderation.Veiled(found, "x.id")

// columns and tables give an Entry wherever one is read.
var columns = bare + `, ` + veiled + ` AS veiled`

const (
	bare = `x.id, x.programme, p.slug AS programme_slug, p.title AS programme_title, p.language, x.organisation, o.name AS organisation_name, o.sector,
		x.side, x.formats, x.topics, x.text, x.terms, x.places, x.terc, x.open, x.created_at, x.created_by, x.updated_at, x.version`
	tables = ` FROM event_exchange x JOIN programme p ON p.id = x.programme JOIN organisation o ON o.id = x.organisation `
)

// Filter narrows the list of a programme. Empty fields do not.
type Filter struct {
	Side   string
	Format string
	Topic  string
	Sector string
	Closed bool // also those that are over
}

// Any reports whether the filter narrows anything.
func (f Filter) Any() bool { return f != Filter{} }

// list reads the entries of a programme that everybody may read, the newest first.
func list(ctx context.Context, r store.Reader, programme store.ID, f Filter) ([]Entry, error) {
	where, args := `x.programme = $1 AND NOT `+veiled, []any{programme}
	add := func(condition string, value any) {
		args = append(args, value)
		where += fmt.Sprintf(" AND "+condition, len(args))
	}
	if f.Side != "" {
		add(`x.side = $%d`, f.Side)
	}
	if f.Sector != "" {
		add(`o.sector = $%d`, f.Sector)
	}
	if f.Format != "" {
		add(`x.formats LIKE $%d`, `% `+f.Format+` %`)
	}
	if f.Topic != "" {
		add(`x.topics LIKE $%d`, `% `+f.Topic+` %`)
	}
	if !f.Closed {
		where += ` AND x.open`
	}
	return store.All[Entry](ctx, r, `SELECT `+columns+tables+`WHERE `+where+` ORDER BY x.created_at DESC, x.id DESC`, args...)
}

func byID(ctx context.Context, r store.Reader, programme, id store.ID) (Entry, error) {
	return store.One[Entry](ctx, r, `SELECT `+columns+tables+`WHERE x.programme = $1 AND x.id = $2`, programme, id)
}

const (
	pairColumns = `r.id, r.programme, r.offer, r.need, r.format, r.state, r.offer_by, r.need_by, r.reason, r.event, r.at, r.state_at,
		a.organisation AS offer_organisation, b.organisation AS need_organisation, c.name AS offer_name, d.name AS need_name,
		COALESCE('/programy/' || p.slug || '/wydarzenia/' || e.slug, '') AS event_path`
	pairTables = ` FROM event_exchange_pair r JOIN programme p ON p.id = r.programme
		JOIN event_exchange a ON a.id = r.offer JOIN event_exchange b ON b.id = r.need
		JOIN organisation c ON c.id = a.organisation JOIN organisation d ON d.id = b.organisation LEFT JOIN event e ON e.id = r.event `
)

// pairs reads those of a programme, the newest first.
func pairs(ctx context.Context, r store.Reader, programme store.ID) ([]Pair, error) {
	return store.All[Pair](ctx, r, `SELECT `+pairColumns+pairTables+`WHERE r.programme = $1 ORDER BY r.at DESC, r.id DESC`, programme)
}

func pairByID(ctx context.Context, r store.Reader, programme, id store.ID) (Pair, error) {
	return store.One[Pair](ctx, r, `SELECT `+pairColumns+pairTables+`WHERE r.programme = $1 AND r.id = $2`, programme, id)
}

// choice is an organisation for which a person may speak.
type choice struct {
	ID   store.ID
	Name string
}

func named(ctx context.Context, r store.Reader, ids []store.ID) ([]choice, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	in, args := store.In(1, ids)
	return store.All[choice](ctx, r, `SELECT id, name FROM organisation WHERE id IN (`+in+`) ORDER BY name_key, id`, args...)
}

// Changes.

func insert(ctx context.Context, tx *store.Tx, e Entry, by store.ID) (bool, error) {
	return store.Met(tx.Exec(ctx, `INSERT INTO event_exchange (id, programme, organisation, side, formats, topics, text, terms, places, terc, open,
			created_at, created_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, TRUE, $11, $12, $11) ON CONFLICT (id) DO NOTHING`,
		e.ID, e.Programme, e.Organisation, e.Side, e.Formats, e.Topics, e.Text, e.Terms, e.Places, e.TERC, store.At(tx.Now()), by))
}

func update(ctx context.Context, tx *store.Tx, e Entry) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_exchange SET formats = $3, topics = $4, text = $5, terms = $6, places = $7, terc = $8, open = $9,
			updated_at = $10, version = version + 1 WHERE id = $1 AND version = $2`,
		e.ID, e.Version, e.Formats, e.Topics, e.Text, e.Terms, e.Places, e.TERC, e.Open, store.At(tx.Now())))
}

func insertPair(ctx context.Context, tx *store.Tx, id, programme store.ID, p Proposal) (bool, error) {
	return store.Met(tx.Exec(ctx, `INSERT INTO event_exchange_pair (id, programme, offer, need, format, state, at, state_at)
		VALUES ($1, $2, $3, $4, $5, 'proposed', $6, $6) ON CONFLICT (offer, need) DO NOTHING`,
		id, programme, p.Offer, p.Need, p.Format, store.At(tx.Now())))
}

func updatePair(ctx context.Context, tx *store.Tx, p Pair, by store.ID) error {
	_, err := tx.Exec(ctx, `UPDATE event_exchange_pair SET state = $2, offer_by = $3, need_by = $4, reason = $5, event = $6, state_at = $7, state_by = $8
		WHERE id = $1`, p.ID, p.State, p.OfferBy.OrNull(), p.NeedBy.OrNull(), p.Reason, p.Event.OrNull(), store.At(tx.Now()), by)
	return err
}
