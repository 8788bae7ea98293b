// Package programme holds programmes of cooperation: who leads them, what for,
// in which phases, with whom, and who takes part. It also owns the home page,
// which shows what is going on in all of them.
//
// Other rooms hang on a programme. They ask Open whether a phase lets people do
// something now, name the goals that their activities serve with Serve, and put
// their part on the programme's page with Service.AddBlock.
package programme

import (
	"database/sql/driver"
	"embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of this room.
//
//go:embed messages.*.toml
var Messages embed.FS

// State is where a programme stands before the public. See
// docs/architecture/programme.md for the changes between states.
type State string

const (
	Draft     State = "draft"     // seen by its team only
	Published State = "published" // seen by all, phases count
	Archived  State = "archived"  // seen by all, nothing is open
)

// Admission is the rule by which people come to take part.
type Admission string

const (
	AdmitAnyone   Admission = "open"
	AdmitApproved Admission = "approval"
	AdmitInvited  Admission = "invitation"
)

var admissions = []string{string(AdmitAnyone), string(AdmitApproved), string(AdmitInvited)}

// The sectors, named as package organisation names them.
var sectors = []string{"administration", "ngo", "resident", "business"}

// Limits on what people write, in characters.
const (
	longestTitle       = 200
	longestSummary     = 300
	longestDescription = 20_000
	longestSlug        = 80
)

// Programme is one programme of cooperation.
type Programme struct {
	ID            store.ID
	Slug          string
	Title         string
	Summary       string // one sentence
	Description   string // Markdown
	Language      lang.Language
	Owner         store.ID // organisation
	Manager       store.ID // the manager who speaks for the programme
	ContactEmail  string
	ContactPhone  string
	Funder        string
	ProjectNumber string
	Admission     Admission
	Sectors       set // who may join
	StartsAt      store.Time
	EndsAt        store.Time // the first moment after the last day
	State         State
	PublishedAt   store.Time
	UpdatedAt     store.Time
	UpdatedBy     store.ID
	Revision      int
	Version       int
}

// Path is the address of the programme's page.
func (p Programme) Path() string { return "/programy/" + p.Slug }

// LastDay is the last day of the period, zero where it has no end.
func (p Programme) LastDay() time.Time { return lastDay(p.EndsAt) }

// set is a small set of words, kept in one column with commas between.
type set []string

// Has reports whether the word is in the set.
func (s set) Has(word string) bool { return slices.Contains(s, word) }

func (s set) Value() (driver.Value, error) { return strings.Join(s, ","), nil }

func (s *set) Scan(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("programme: cannot read a set from %T", value)
	}
	*s = nil
	if text != "" {
		*s = strings.Split(text, ",")
	}
	return nil
}

// A last day is kept as the first moment after it, in Warsaw: a day there has
// 23 or 25 hours when the clocks change.
func lastDay(end store.Time) time.Time {
	if end.IsZero() {
		return time.Time{}
	}
	return end.In(lang.Warsaw).AddDate(0, 0, -1)
}

func afterDay(day time.Time) store.Time {
	if day.IsZero() {
		return store.Time{}
	}
	return store.At(day.In(lang.Warsaw).AddDate(0, 0, 1))
}

// reservedSlugs are addresses under /programy that mean something else.
var reservedSlugs = []string{"nowy", "archiwum"}

// checkSlug refuses an address that is not readable, means something else, or
// looks like an id: rights are looked up by id and by slug alike, so a slug that
// is another programme's id would lend its team our rights.
func checkSlug(slug string) bool {
	if _, err := store.ParseID(slug); err == nil {
		return false
	}
	return slug != "" && len(slug) <= longestSlug && slug == lang.Slug(slug) && !slices.Contains(reservedSlugs, slug)
}

// Who may do what in a programme. Rights of the installation's administrators
// are named like any other.
var (
	// Preview lets the whole team see a programme before it is published.
	Preview = access.Permission{Name: "programme.preview", Scope: access.InProgramme,
		Roles: []access.Role{access.Administrator, access.Manager, access.Editor, access.Facilitator, access.Assessor, access.Observer}}
	// Edit is for its words: description, goals and what was measured.
	Edit = access.Permission{Name: "programme.edit", Scope: access.InProgramme,
		Roles: []access.Role{access.Administrator, access.Manager, access.Editor}}
	// Manage is for its rules and its people.
	Manage = access.Permission{Name: "programme.manage", Scope: access.InProgramme,
		Roles: []access.Role{access.Administrator, access.Manager}}
)

// visible hides a draft from everyone but its team.
func visible(a *access.Actor, p Programme) error {
	if p.State == Draft && !a.May(Preview, string(p.ID)) {
		return fault.NotFound("programme")
	}
	return nil
}
