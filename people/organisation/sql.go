package organisation

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

var columns = `id, slug, name, short_name, kind, sector, register, register_number, nip, regon, municipality,
	address, website, email, phone, contact, description, language,
	verified_at, verification_note, verification_on, created_at, updated_at, updated_by, version, ` + veiled + ` AS veiled`

// shortColumns are what lists show.
const shortColumns = `id, slug, name, short_name, kind, sector, municipality, verified_at, created_at, updated_at`

// ByID returns the organisation of an id; fault.NotFound when there is none.
func ByID(ctx context.Context, r store.Reader, id store.ID) (Organisation, error) {
	return store.One[Organisation](ctx, r, `SELECT `+columns+` FROM organisation WHERE id = $1`, id)
}

// BySlug returns the organisation that an address names.
func BySlug(ctx context.Context, r store.Reader, slug string) (Organisation, error) {
	return store.One[Organisation](ctx, r, `SELECT `+columns+` FROM organisation WHERE slug = $1`, slug)
}

func byRegisterKey(ctx context.Context, r store.Reader, key string) (Organisation, error) {
	return store.One[Organisation](ctx, r, `SELECT `+columns+` FROM organisation WHERE register_key = $1`, key)
}

// Choices lists all organisations in Polish order, with what a select shows.
func Choices(ctx context.Context, r store.Reader) ([]Organisation, error) {
	return store.All[Organisation](ctx, r, `SELECT `+shortColumns+` FROM organisation ORDER BY name_key, id`)
}

// OfPerson lists the organisations for which the person may act now, in Polish
// order.
func OfPerson(ctx context.Context, r store.Reader, person store.ID) ([]Organisation, error) {
	return store.All[Organisation](ctx, r, `SELECT `+shortColumns+` FROM organisation WHERE id IN (
		SELECT organisation FROM organisation_mandate WHERE person = $1 AND `+counting(2)+`)
		ORDER BY name_key, id`, person, store.At(r.Now()))
}

// counting is the condition of Mandate.Counts; the parameter of that number is
// the time.
func counting(now int) string {
	n := "$" + strconv.Itoa(now)
	return `ended_at IS NULL AND from_at <= ` + n + ` AND (until_at IS NULL OR until_at > ` + n + `)`
}

// Order is how a list is sorted.
type Order string

const (
	ByName  Order = "nazwa"
	Newest  Order = "najnowsze"
	perPage       = 30
)

// Filter says which organisations a list shows. Zero fields ask for nothing.
type Filter struct {
	Words        string
	Sector       Sector
	Kind         Kind
	Municipality string // TERC; a powiat stands for all its gminas too
	Verified     string // "tak", "nie"
	Order        Order
	Page         int
}

const mostWords = 6

// where is the condition of the filter with its arguments.
func (f Filter) where() (condition string, args []any) {
	conditions := []string{"NOT " + veiled}
	add := func(text string, arg any) {
		args = append(args, arg)
		conditions = append(conditions, fmt.Sprintf(text, len(args)))
	}
	words := strings.Fields(lang.Fold(f.Words))
	for _, word := range words[:min(len(words), mostWords)] {
		add(`folded LIKE $%d ESCAPE '\'`, store.Contains(word))
	}
	if f.Sector != "" {
		add(`sector = $%d`, f.Sector)
	}
	if f.Kind != "" {
		add(`kind = $%d`, f.Kind)
	}
	if f.Municipality != "" {
		add(`municipality LIKE $%d`, f.Municipality+"%")
	}
	switch f.Verified {
	case yes:
		conditions = append(conditions, "verified_at IS NOT NULL")
	case no:
		conditions = append(conditions, "verified_at IS NULL")
	}
	return strings.Join(conditions, " AND "), args
}

const (
	yes = "tak"
	no  = "nie"
)

// find returns one page of a list, of so many rows with those columns, and how
// many there are in all.
func find(ctx context.Context, r store.Reader, f Filter, columns string, size int) ([]Organisation, int, error) {
	where, args := f.where()
	total, err := store.One[int](ctx, r, `SELECT count(*) FROM organisation WHERE `+where, args...)
	if err != nil || total == 0 {
		return nil, 0, err
	}
	order := `name_key, id`
	if f.Order == Newest {
		order = `created_at DESC, id`
	}
	page, err := store.All[Organisation](ctx, r, `SELECT `+columns+` FROM organisation WHERE `+where+
		` ORDER BY `+order+fmt.Sprintf(` LIMIT %d OFFSET %d`, size, size*(max(f.Page, 1)-1)), args...)
	return page, total, err
}

// waiting is an organisation that administrators have to look at.
type waiting struct {
	Organisation
	Representatives int // who may act for it now
	Requests        int // that nobody but an administrator can answer, when there is no representative
}

// findWaiting lists what is not verified, and what has no representative left:
// the longest waiting first, and those last whose people have to act.
func findWaiting(ctx context.Context, r store.Reader, page int) ([]waiting, int, error) {
	const from = ` FROM (SELECT o.*,
		(SELECT count(*) FROM organisation_mandate WHERE organisation = o.id AND role = 'representative' AND `
	source := from + counting(1) + `) AS representatives,
		(SELECT count(*) FROM organisation_request WHERE organisation = o.id AND state = 'waiting') AS requests
		FROM organisation o) AS w WHERE verified_at IS NULL OR representatives = 0`
	total, err := store.One[int](ctx, r, `SELECT count(*)`+source, store.At(r.Now()))
	if err != nil {
		return nil, 0, err
	}
	rows, err := store.All[waiting](ctx, r, `SELECT `+shortColumns+`, verification_on, representatives, requests`+source+
		fmt.Sprintf(` ORDER BY verification_on IS NOT NULL AND verification_on >= updated_at, updated_at, id LIMIT %d OFFSET %d`, perPage, perPage*(max(page, 1)-1)), store.At(r.Now()))
	return rows, total, err
}

// freeSlug returns an address for the name that nobody has. It never looks like
// an id, because rights are given by either.
func freeSlug(ctx context.Context, r store.Reader, name string) (string, error) {
	base := lang.Slug(name)
	if _, err := store.ParseID(base); err == nil || base == "" || base == "nowa" {
		base = strings.TrimSuffix("organizacja-"+base, "-")
	}
	taken, err := store.All[string](ctx, r, `SELECT slug FROM organisation WHERE slug = $1 OR slug LIKE $2`, base, base+"-%")
	if err != nil {
		return "", err
	}
	used := map[string]bool{}
	for _, s := range taken {
		used[s] = true
	}
	slug := base
	for n := 2; used[slug]; n++ {
		slug = base + "-" + strconv.Itoa(n)
	}
	return slug, nil
}

// nullable makes NULL of an empty text.
func nullable(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }

func folded(p Profile) string { return lang.Fold(p.Name + " " + p.ShortName) }

func insert(ctx context.Context, tx *store.Tx, o Organisation, by store.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO organisation (id, slug, name, name_key, folded, short_name, kind, sector,
		register, register_number, register_key, nip, regon, municipality, address, website, email, phone, contact,
		description, language, created_at, created_by, updated_at, updated_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $22, $23)`,
		o.ID, o.Slug, o.Name, lang.SortKey(o.Name), folded(o.Profile), o.ShortName, o.Kind, o.Sector,
		o.Register, o.RegisterNumber, nullable(o.registerKey()), o.NIP, o.REGON, o.Municipality, o.Address, o.Website,
		o.Email, o.Phone, o.Contact, o.Description, o.Language, o.CreatedAt, by)
	return err
}

// update writes the profile over the version that the person had seen.
func update(ctx context.Context, tx *store.Tx, o Organisation, version int, by store.ID) error {
	return store.Changed(tx.Exec(ctx, `UPDATE organisation SET name = $3, name_key = $4, folded = $5, short_name = $6,
		kind = $7, sector = $8, register = $9, register_number = $10, register_key = $11, nip = $12, regon = $13,
		municipality = $14, address = $15, website = $16, email = $17, phone = $18, contact = $19, description = $20,
		verified_at = $21, updated_at = $22, updated_by = $23, version = version + 1
		WHERE id = $1 AND version = $2`,
		o.ID, version, o.Name, lang.SortKey(o.Name), folded(o.Profile), o.ShortName,
		o.Kind, o.Sector, o.Register, o.RegisterNumber, nullable(o.registerKey()), o.NIP, o.REGON,
		o.Municipality, o.Address, o.Website, o.Email, o.Phone, o.Contact, o.Description,
		o.VerifiedAt, store.At(tx.Now()), by))
}

func updateVerification(ctx context.Context, tx *store.Tx, id store.ID, version int, verified store.Time, note string, by store.ID) error {
	return store.Changed(tx.Exec(ctx, `UPDATE organisation SET verified_at = $3, verification_note = $4,
		verification_on = $5, verification_by = $6, version = version + 1 WHERE id = $1 AND version = $2`,
		id, version, verified, note, store.At(tx.Now()), by))
}

// PapersOf returns the papers of an organisation. Whoever calls it has made sure
// that the reader may see them.
func PapersOf(ctx context.Context, r store.Reader, organisation store.ID) (Papers, error) {
	return store.One[Papers](ctx, r, `SELECT organisation, signatories, representation, account, statute_place,
		statute_url, updated_at, updated_by, version FROM organisation_papers WHERE organisation = $1`, organisation)
}

func insertPapers(ctx context.Context, tx *store.Tx, organisation, by store.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO organisation_papers (organisation, signatories, representation, account,
		statute_place, statute_url, updated_at, updated_by) VALUES ($1, '[]', '', '', '', '', $2, $3)`,
		organisation, store.At(tx.Now()), by)
	return err
}

func updatePapers(ctx context.Context, tx *store.Tx, p Papers, by store.ID) error {
	return store.Changed(tx.Exec(ctx, `UPDATE organisation_papers SET signatories = $3, representation = $4,
		account = $5, statute_place = $6, statute_url = $7, updated_at = $8, updated_by = $9, version = version + 1
		WHERE organisation = $1 AND version = $2`,
		p.Organisation, p.Version, p.Signatories, p.Representation, p.Account, p.StatutePlace, p.StatuteURL,
		store.At(tx.Now()), by))
}

// sparing refuses what one person did too often in a day: letters to other
// people and rows in public lists come of it.
func sparing(ctx context.Context, tx *store.Tx, query string, person store.ID, most int) error {
	n, err := store.One[int](ctx, tx, query, person, store.At(tx.Now().Add(-24*time.Hour)))
	if err == nil && n >= most {
		err = fault.Limited("organisation.too_often", "Most", most)
	}
	return err
}
