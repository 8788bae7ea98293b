// Package imprint keeps the pages that the law wants on every public site: the
// declaration of accessibility, one for each language, and how to reach whoever
// runs the site.
//
// The declaration follows the technical conditions of the Polish act of 4 April
// 2019: fixed ids (a11y-…) and dates by which validators read it.
package imprint

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of the package.
//
//go:embed messages.*.toml
var Messages embed.FS

// Status says how far the site meets the act.
type Status string

const (
	Conforming  Status = "full"
	Partly      Status = "partial"
	Unconformed Status = "none"
)

// Statuses in the order in which they are offered.
var Statuses = []Status{Conforming, Partly, Unconformed}

var statusKeys = map[Status]string{Conforming: "imprint.status.full", Partly: "imprint.status.partial", Unconformed: "imprint.status.none"}

// Declaration is what is declared in one language. Dates are yyyy-mm-dd, in
// which form validators read them; Published and Updated are those of the site.
type Declaration struct {
	Language  lang.Language
	Published string
	Updated   string
	DrawnUp   string
	Reviewed  string
	Status    Status
	Words     map[string]string
	UpdatedAt store.Time // zero: nobody has drawn one up yet
	Version   int
}

// textField is a text of the declaration that administrators write.
type textField struct {
	name, label, hint string
	proposed          string // key of what is said where nothing is written; "" for nothing
	needed, long      bool
}

var textFields = []textField{
	{"entity", "imprint.entity", "imprint.entity.hint", "", true, false},
	{"gaps", "imprint.gaps", "imprint.gaps.hint", "imprint.gaps.none", false, true},
	{"method", "imprint.method", "imprint.method.hint", "imprint.method.self", false, true},
	{"auditor", "imprint.auditor", "imprint.auditor.hint", "", false, false},
	{"person", "imprint.person", "imprint.person.hint", "", true, false},
	{"email", "imprint.email", "imprint.email.hint", "", true, false},
	{"phone", "imprint.phone", "imprint.phone.hint", "", true, false},
	{"procedure", "imprint.procedure", "imprint.procedure.hint", "imprint.procedure.law", false, true},
	{"architecture", "imprint.architecture", "imprint.architecture.hint", "imprint.architecture.none", false, true},
	{"communication", "imprint.communication", "imprint.communication.hint", "imprint.communication.none", false, true},
	{"apps", "imprint.apps", "imprint.apps.hint", "imprint.apps.none", false, true},
}

// Text says one field; what nobody wrote is as the program proposes it.
func (d Declaration) Text(ctx context.Context, name string) string {
	if own := d.Words[name]; own != "" {
		return own
	}
	for _, f := range textFields {
		if f.name == name && f.proposed != "" {
			return lang.T(ctx, f.proposed)
		}
	}
	return ""
}

// Drawn reports whether somebody has drawn the declaration up.
func (d Declaration) Drawn() bool { return !d.UpdatedAt.IsZero() }

const dayLayout = "2006-01-02"

// Of reads the declaration of a language. Where there is none yet, it is the one
// that the program proposes.
func Of(ctx context.Context, r store.Reader, l lang.Language) (Declaration, error) {
	row, err := store.One[struct {
		Language, Published, Updated, DrawnUp, Reviewed, Status, Words string
		UpdatedAt                                                      store.Time
		Version                                                        int
	}](ctx, r, `SELECT language, published, updated, drawn_up, reviewed, status, words, updated_at, version
		FROM imprint_declaration WHERE language = $1`, l)
	if fault.Is(err, fault.KindNotFound) {
		return Declaration{Language: l, Status: Partly, Words: map[string]string{}}, nil
	}
	d := Declaration{Language: l, Published: row.Published, Updated: row.Updated, DrawnUp: row.DrawnUp, Reviewed: row.Reviewed,
		Status: Status(row.Status), UpdatedAt: row.UpdatedAt, Version: row.Version}
	if err == nil {
		err = json.Unmarshal([]byte(row.Words), &d.Words)
	}
	if err != nil {
		return Declaration{}, fmt.Errorf("imprint: declaration: %w", err)
	}
	return d, nil
}

// Save keeps a declaration over the version that was seen.
func Save(ctx context.Context, tx *store.Tx, d Declaration) error {
	words, err := json.Marshal(d.Words)
	if err != nil {
		return err
	}
	err = store.Changed(tx.Exec(ctx, `INSERT INTO imprint_declaration
			(language, published, updated, drawn_up, reviewed, status, words, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (language) DO UPDATE SET published = excluded.published, updated = excluded.updated, drawn_up = excluded.drawn_up,
			reviewed = excluded.reviewed, status = excluded.status, words = excluded.words, updated_by = excluded.updated_by,
			updated_at = excluded.updated_at, version = imprint_declaration.version + 1 WHERE imprint_declaration.version = $10`,
		d.Language, d.Published, d.Updated, d.DrawnUp, d.Reviewed, d.Status, string(words), access.From(ctx).Person, store.At(tx.Now()), d.Version))
	if err != nil {
		return fmt.Errorf("imprint: save declaration: %w", err)
	}
	return nil
}

// late reports whether the declaration waits for this year's review, which has
// to be done by 31 March, from the first of March on.
func late(reviewed string, now time.Time) bool {
	local := now.In(lang.Warsaw)
	last, err := time.ParseInLocation(dayLayout, reviewed, lang.Warsaw)
	if err != nil {
		return false
	}
	return local.Year() > last.Year()+1 || local.Year() > last.Year() && local.Month() >= time.March
}
