package privacy

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// PlaceKind is what collects data: the installation (accounts), a programme
// (its members), an organisation (its people).
type PlaceKind string

const (
	OfInstallation PlaceKind = "installation"
	OfProgramme    PlaceKind = "programme"
	OfOrganisation PlaceKind = "organisation"
)

// Place is one collection of data. Controller and Contact are what is known of
// whoever answers for it; its clause may say more.
type Place struct {
	Kind       PlaceKind
	ID         store.ID // "" for the installation
	Name       string
	Path       string // its page, "" for the installation
	Controller string
	Contact    string
}

// Installation is the place of the accounts themselves.
func Installation(community, contact string) Place {
	return Place{Kind: OfInstallation, Name: community, Controller: community, Contact: contact}
}

// ClausePath is the public page of the clause.
func (p Place) ClausePath() string { return p.Path + "/prywatnosc" }

// ClauseField is one thing that article 13 wants told.
type ClauseField struct {
	Name  string
	Label string // key
	Hint  string // key
}

// ClauseFields are all of them, in the order of the article.
var ClauseFields = []ClauseField{
	{"controller", "privacy.clause.controller", "privacy.clause.controller.hint"},
	{"contact", "privacy.clause.contact", "privacy.clause.contact.hint"},
	{"officer", "privacy.clause.officer", "privacy.clause.officer.hint"},
	{"purpose", "privacy.clause.purpose", "privacy.clause.purpose.hint"},
	{"basis", "privacy.clause.basis", "privacy.clause.basis.hint"},
	{"recipients", "privacy.clause.recipients", "privacy.clause.recipients.hint"},
	{"transfer", "privacy.clause.transfer", "privacy.clause.transfer.hint"},
	{"retention", "privacy.clause.retention", "privacy.clause.retention.hint"},
	{"rights", "privacy.clause.rights", "privacy.clause.rights.hint"},
	{"complaint", "privacy.clause.complaint", "privacy.clause.complaint.hint"},
	{"obligation", "privacy.clause.obligation", "privacy.clause.obligation.hint"},
	{"automated", "privacy.clause.automated", "privacy.clause.automated.hint"},
}

// proposed are the texts of a clause that nobody has changed, by kind of place.
var proposed = map[string]map[PlaceKind]string{
	"officer": {"": "privacy.clause.officer.none"},
	"purpose": {OfInstallation: "privacy.clause.purpose.account", OfProgramme: "privacy.clause.purpose.programme", OfOrganisation: "privacy.clause.purpose.organisation"},
	"basis":   {OfInstallation: "privacy.clause.basis.account", OfProgramme: "privacy.clause.basis.programme", OfOrganisation: "privacy.clause.basis.organisation"},

	"recipients": {"": "privacy.clause.recipients.none"},
	"transfer":   {"": "privacy.clause.transfer.none"},
	"retention":  {OfInstallation: "privacy.clause.retention.account", "": "privacy.clause.retention.b5"},
	"rights":     {"": "privacy.clause.rights.all"},
	"complaint":  {"": "privacy.clause.complaint.uodo"},
	"obligation": {"": "privacy.clause.obligation.free"},
	"automated":  {"": "privacy.clause.automated.none"},
}

// Clause is what is told where data are collected.
type Clause struct {
	Place     Place
	Words     map[string]string // what the controller wrote; a field left empty is as proposed
	UpdatedAt store.Time        // zero: nobody has looked at the proposal yet
	Version   int
}

// Text says one field, in the reader's language where it is as proposed.
func (c Clause) Text(ctx context.Context, field string) string {
	if own := c.Words[field]; own != "" {
		return own
	}
	switch field {
	case "controller":
		return c.Place.Controller
	case "contact":
		return c.Place.Contact
	}
	key := proposed[field][c.Place.Kind]
	if key == "" {
		key = proposed[field][""]
	}
	return lang.T(ctx, key)
}

// ClauseOf reads the clause of a place.
func ClauseOf(ctx context.Context, r store.Reader, p Place) (Clause, error) {
	c := Clause{Place: p, Words: map[string]string{}}
	row, err := store.One[struct {
		Words     string
		UpdatedAt store.Time
		Version   int
	}](ctx, r, `SELECT words, updated_at, version FROM privacy_clause WHERE kind = $1 AND place = $2`, p.Kind, p.ID)
	if fault.Is(err, fault.KindNotFound) {
		return c, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(row.Words), &c.Words)
	}
	if err != nil {
		return c, fmt.Errorf("privacy: clause: %w", err)
	}
	c.UpdatedAt, c.Version = row.UpdatedAt, row.Version
	return c, nil
}

// SaveClause keeps the words of a controller over the version that was seen.
func SaveClause(ctx context.Context, tx *store.Tx, p Place, version int, words map[string]string) error {
	encoded, err := json.Marshal(words)
	if err != nil {
		return err
	}
	err = store.Changed(tx.Exec(ctx, `INSERT INTO privacy_clause (kind, place, words, updated_by, updated_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (kind, place) DO UPDATE SET words = excluded.words, updated_by = excluded.updated_by,
				updated_at = excluded.updated_at, version = privacy_clause.version + 1 WHERE privacy_clause.version = $6`,
		p.Kind, p.ID, string(encoded), access.From(ctx).Person, store.At(tx.Now()), version))
	if err != nil {
		return fmt.Errorf("privacy: save clause: %w", err)
	}
	return nil
}

func split(text string) []string { return strings.Split(text, "\n") }

// Listed joins what is there of a name, an address, a telephone.
func Listed(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	return strings.Join(parts, ", ")
}
