// Package organisation is the room of offices, associations, clubs, groups and
// companies, and of the people who act for them. What an organisation fills in
// here once (who it is, where it is registered, who signs, its account) other
// rooms use again.
//
// A Profile is public; Papers are seen by the organisation's own people and by
// administrators only, and are a type of their own so that no public page can
// print them by mistake. Mandates (mandate.go) say who acts for whom, Service.
// Grants turns them into rights. Other rooms call ByID, Choices and OfPerson.
package organisation

import (
	"embed"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation/register"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of the room.
//
//go:embed messages.*.toml
var Messages embed.FS

// Longest texts that are taken, in characters.
const (
	maxName        = 200
	maxShortName   = 40
	maxLine        = 200
	maxWebsite     = 300
	maxPhone       = 30
	maxDescription = 10_000
)

// Profile is what an organisation tells everybody about itself.
type Profile struct {
	Name           string
	ShortName      string
	Kind           Kind
	Register       register.Kind
	RegisterNumber string
	NIP            string `db:"nip"`
	REGON          string `db:"regon"`
	Municipality   string // TERC of its seat; "" when it is outside the subregion
	Address        string
	Website        string
	Email          string
	Phone          string
	Contact        string // whom to ask for
	Description    string // Markdown
}

// Organisation is a Profile with what the platform knows about it.
type Organisation struct {
	ID   store.ID
	Slug string
	Profile
	Sector           Sector
	Language         lang.Language // in which the description is written
	VerifiedAt       store.Time    // zero: not yet, or not any more
	VerificationNote string        // of the administrator, for its own people
	VerificationOn   store.Time    // when the note was written
	CreatedAt        store.Time
	UpdatedAt        store.Time
	UpdatedBy        store.ID
	Version          int
	Veiled           bool // moderation keeps the profile from being shown
}

// Verified reports whether an administrator has compared the organisation with
// its register.
func (o Organisation) Verified() bool { return !o.VerifiedAt.IsZero() }

// Label is the name as lists that have little room show it.
func (p Profile) Label() string {
	if p.ShortName != "" {
		return p.ShortName
	}
	return p.Name
}

// Check returns the profile as it is kept, numbers normalised, or all its
// mistakes beside the fields they are in.
func (p Profile) Check() (Profile, error) {
	var m fault.Mistakes
	m.Check(p.Name != "", "name", "form.required")
	m.Check(strings.IndexFunc(p.Name, isLetter) >= 0, "name", "organisation.name.letters")
	for _, f := range []struct {
		name, text string
		max        int
	}{
		{"name", p.Name, maxName}, {"short_name", p.ShortName, maxShortName}, {"address", p.Address, maxLine},
		{"website", p.Website, maxWebsite}, {"phone", p.Phone, maxPhone}, {"contact", p.Contact, maxLine},
		{"description", p.Description, maxDescription},
	} {
		m.Check(utf8.RuneCountInString(f.text) <= f.max, f.name, "form.too_long", "Max", f.max)
	}
	p.checkKind(&m)
	p.checkNumbers(&m)
	p.checkContact(&m)
	return p, m.Err()
}

func (p *Profile) checkKind(m *fault.Mistakes) {
	m.Check(p.Kind.Known(), "kind", "form.not_offered")
	if p.Municipality == "" {
		return // outside the subregion
	}
	unit, known := territory.ByTERC(p.Municipality)
	m.Check(known, "municipality", "form.not_offered")
	m.Check(!known || !p.Kind.Known() || p.Kind.sits(unit), "municipality", "organisation.municipality.other_kind")
}

// SitsWell reports whether an organisation of the kind may have its seat there.
func (p Profile) SitsWell() bool {
	unit, known := territory.ByTERC(p.Municipality)
	return known && p.Kind.sits(unit)
}

func (p *Profile) checkNumbers(m *fault.Mistakes) {
	if !p.Kind.Numbered() {
		p.Register, p.RegisterNumber, p.NIP, p.REGON = register.None, "", "", ""
		return
	}
	p.chooseRegister(m)
	if p.Register != register.None && p.Register != register.CEIDG {
		m.Check(strings.TrimSpace(p.RegisterNumber) != "", "register_number", "form.required")
		p.RegisterNumber = number(m, "register_number", p.RegisterNumber, p.Register.Number)
	}
	p.NIP = number(m, "nip", p.NIP, register.NIP)
	if p.Register == register.CEIDG { // its entries bear the trader's NIP
		m.Check(p.NIP != "", "nip", "form.required")
		p.RegisterNumber = p.NIP
	}
	p.REGON = number(m, "regon", p.REGON, register.REGON)
}

// chooseRegister settles the register: a kind that has to stand in the only one
// it may stand in is not asked.
func (p *Profile) chooseRegister(m *fault.Mistakes) {
	registers, required := p.Kind.Registers()
	switch {
	case slices.Contains(registers, p.Register):
	case required && len(registers) == 1:
		p.Register = registers[0]
	case required && p.Register == register.None:
		m.Add("register", "form.choose")
	default:
		m.Check(p.Register == register.None, "register", "form.not_offered")
		p.Register, p.RegisterNumber = register.None, ""
	}
}

// number reads a number unless the field is empty, and puts the mistake beside
// it.
func number(m *fault.Mistakes, field, typed string, read func(string) (string, error)) string {
	if strings.TrimSpace(typed) == "" {
		return ""
	}
	s, err := read(typed)
	if f := fault.Of(err); f != nil {
		m.Add(field, f.Key, f.Args...)
		return typed
	}
	return s
}

func (p *Profile) checkContact(m *fault.Mistakes) {
	p.Website = address(m, "website", p.Website)
	if p.Email != "" {
		email, err := people.ParseEmail(p.Email)
		if m.Take(err); err == nil {
			p.Email = email
		}
	}
	digits := strings.IndexFunc(p.Phone, func(r rune) bool { return !strings.ContainsRune("0123456789 +-()", r) }) < 0
	m.Check(digits && (p.Phone == "" || countDigits(p.Phone) >= 7), "phone", "organisation.phone.invalid")
}

// address reads the address of a page. Only http and https are taken, because
// the profile makes a link of it; a bare "example.org" gets https.
func address(m *fault.Mistakes, field, typed string) string {
	if typed == "" {
		return ""
	}
	if !strings.Contains(typed, ":") {
		typed = "https://" + typed
	}
	u, err := url.Parse(typed)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil ||
		!strings.Contains(strings.Trim(u.Hostname(), "."), ".") || strings.ContainsAny(typed, " \t\n\"<>\\") {
		m.Add(field, "organisation.website.invalid")
		return typed
	}
	return u.String()
}

func countDigits(s string) int {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

func isLetter(r rune) bool { return strings.ToLower(string(r)) != strings.ToUpper(string(r)) }

// registerKey is what two organisations cannot both have: the number in the
// register, with the powiat where each starosta keeps one, or for an office the
// place. "" where there is nothing to compare.
func (p Profile) registerKey() string {
	switch {
	case p.Kind.Office() && p.Municipality != "":
		return "office:" + p.Municipality
	case p.Register == register.None:
		return ""
	case p.Register.Local():
		unit, known := territory.ByTERC(p.Municipality)
		if !known {
			return ""
		}
		return string(p.Register) + ":" + unit.Powiat + ":" + register.Same(p.RegisterNumber)
	}
	return string(p.Register) + ":" + register.Same(p.RegisterNumber)
}

// sameIdentity reports whether two profiles name one entry of a register: what
// an administrator has verified.
func (p Profile) sameIdentity(q Profile) bool {
	return p.Name == q.Name && p.Kind == q.Kind && p.Register == q.Register &&
		p.RegisterNumber == q.RegisterNumber && p.Municipality == q.Municipality
}
