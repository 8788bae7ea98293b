// Package people is the room of accounts: who a person is, how they prove it,
// what they may see and change of their own, and what an administrator may do.
//
// There is one way in for those who have an account and those who do not yet:
// an e-mail address, and the code that was sent to it (attempt.go). Passwords
// and a second factor are additions to it. Other rooms call Create, ByID, Names
// and Service.AddGranter; web calls Service.Actor for every request.
package people

import (
	"context"
	"embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of the room.
//
//go:embed messages.*.toml
var Messages embed.FS

// Person is an account. Its password and second factor are kept apart and are
// never part of it.
type Person struct {
	ID            store.ID
	Email         string // as ParseEmail returns it; nobody else has the same
	Name          string
	Language      lang.Language
	Municipality  string // TERC of the gmina they live in, "" when they did not say
	Administrator bool
	BlockedAt     store.Time // zero: not blocked
	BlockedReason string
	CreatedAt     store.Time
	Version       int
}

// Blocked reports whether the person may not come in.
func (p Person) Blocked() bool { return !p.BlockedAt.IsZero() }

// NewPerson is what makes an account. Whoever calls Create has made sure that
// the address belongs to the person.
type NewPerson struct {
	Email        string
	Name         string
	Language     lang.Language // Polish where it is empty
	Municipality string
	Own          bool // the person makes it, at the door
}

// IDByEmail returns the id of the account of an address.
func IDByEmail(ctx context.Context, r store.Reader, email string) (store.ID, error) {
	p, err := ByEmail(ctx, r, email)
	return p.ID, err
}

// maxName is enough for the longest names and titles.
const maxName = 100

// check returns the person as it is kept, or the mistakes beside their fields.
func (n NewPerson) check() (NewPerson, error) {
	var m fault.Mistakes
	email, err := ParseEmail(n.Email)
	m.Take(err)
	n.Name = strings.Join(strings.Fields(n.Name), " ") // a name is one line, in letters too
	checkName(&m, n.Name)
	checkMunicipality(&m, n.Municipality)
	language, _ := lang.Parse(string(n.Language))
	return NewPerson{Email: email, Name: n.Name, Language: language, Municipality: n.Municipality, Own: n.Own}, m.Err()
}

func checkName(m *fault.Mistakes, name string) {
	m.Check(name != "", "name", "form.required")
	m.Check(utf8.ValidString(name) && strings.IndexFunc(name, unicode.IsControl) < 0, "name", "form.not_text")
	m.Check(strings.IndexFunc(name, unicode.IsLetter) >= 0, "name", "people.name.letters")
	m.Check(utf8.RuneCountInString(name) <= maxName, "name", "form.too_long", "Max", maxName)
}

func checkMunicipality(m *fault.Mistakes, code string) {
	unit, known := territory.ByTERC(code)
	m.Check(code == "" || known && unit.Gmina(), "municipality", "form.not_offered")
}
