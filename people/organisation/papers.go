package organisation

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people/organisation/register"
	"github.com/wspolnota/wspolnota/store"
)

// Papers are what contracts and applications ask for. They are not public: an
// account number invites false invoices, and the names of those who sign are
// personal data of people who did not ask to be listed here.
type Papers struct {
	Organisation   store.ID
	Signatories    Signatories
	Representation string // who signs with whom
	Account        string // NRB
	StatutePlace   string // where the statute was published or filed
	StatuteURL     string `db:"statute_url"`
	UpdatedAt      store.Time
	UpdatedBy      store.ID
	Version        int
}

// Signatory is a person who signs for the organisation.
type Signatory struct {
	Name     string `json:"name"`
	Function string `json:"function"`
}

// Signatories are kept together: they are read and changed as one.
type Signatories []Signatory

const (
	maxSignatories    = 12
	maxRepresentation = 500
)

// Value writes JSON.
func (s Signatories) Value() (driver.Value, error) {
	text, err := json.Marshal([]Signatory(s))
	return string(text), err
}

// Scan reads what Value wrote.
func (s *Signatories) Scan(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("organisation: cannot read signatories from %T", value)
	}
	return json.Unmarshal([]byte(text), (*[]Signatory)(s))
}

// String writes one signatory a line, "name, function", as ParseSignatories
// reads it.
func (s Signatories) String() string {
	lines := make([]string, len(s))
	for i, one := range s {
		lines[i] = one.Name + ", " + one.Function
	}
	return strings.Join(lines, "\n")
}

// ParseSignatories reads one signatory a line: name, comma, function. The
// mistake names the line.
func ParseSignatories(text string) (Signatories, error) {
	var all Signatories
	for i, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, function, found := strings.Cut(line, ",")
		name, function = strings.TrimSpace(name), strings.TrimSpace(function)
		switch {
		case !found || name == "" || function == "":
			return nil, fault.Invalid("organisation.signatories.line", "Line", i+1)
		case utf8.RuneCountInString(line) > maxLine:
			return nil, fault.Invalid("organisation.signatories.long", "Line", i+1, "Max", maxLine)
		}
		all = append(all, Signatory{Name: name, Function: function})
	}
	if len(all) > maxSignatories {
		return nil, fault.Invalid("organisation.signatories.many", "Max", maxSignatories)
	}
	return all, nil
}

// Check returns the papers as they are kept, or all their mistakes.
func (p Papers) Check() (Papers, error) {
	var m fault.Mistakes
	p.Account = number(&m, "account", p.Account, register.Account)
	p.StatuteURL = address(&m, "statute_url", p.StatuteURL)
	m.Check(utf8.RuneCountInString(p.Representation) <= maxRepresentation, "representation", "form.too_long", "Max", maxRepresentation)
	m.Check(utf8.RuneCountInString(p.StatutePlace) <= maxLine, "statute_place", "form.too_long", "Max", maxLine)
	m.Check(utf8.RuneCountInString(p.StatuteURL) <= maxWebsite, "statute_url", "form.too_long", "Max", maxWebsite)
	return p, m.Err()
}
