// Package territory knows the 28 local governments of the subregion: 25 gminas,
// among them three cities that are also powiats, and three powiats around the
// rest. They are the places that people live in, organisations sit in and
// programmes reach.
//
// A place is kept by its TERC code; ByTERC gives its name, Options offers all of
// them in a form.
package territory

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/csv"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/lang"
)

// Kind is what sort of local government a unit is.
type Kind string

const (
	Urban      Kind = "urban"
	Rural      Kind = "rural"
	UrbanRural Kind = "urban-rural"
	PowiatKind Kind = "powiat"
)

// Unit is one local government.
//
// Powiat is the code of the powiat around it. A city with powiat rights is its
// own powiat and is listed once, as a gmina: it has one council and one office.
type Unit struct {
	TERC   string // 7 digits for a gmina, 4 for a powiat; text, since a code may begin with 0
	Name   string
	Kind   Kind
	Powiat string
}

// Gmina reports whether the unit is a gmina, which is where a person lives.
func (u Unit) Gmina() bool { return u.Kind != PowiatKind }

// City reports whether the unit is a city with powiat rights: in TERC these are
// the powiats numbered from 61.
func (u Unit) City() bool { return u.Gmina() && u.Powiat[2:] >= "61" }

// unitsCSV follows TERYT, the register of Statistics Poland.
//
//go:embed units.csv
var unitsCSV []byte

var (
	units   = mustRead(unitsCSV)
	powiats = slices.DeleteFunc(slices.Clone(units), Unit.Gmina)
	byTERC  = index(units)
)

// All lists the units in the order of the Polish alphabet.
func All() []Unit { return slices.Clone(units) }

// Powiats lists the three powiats around the gminas, in the same order.
func Powiats() []Unit { return slices.Clone(powiats) }

// ByTERC returns the unit of that code.
func ByTERC(code string) (Unit, bool) {
	u, ok := byTERC[code]
	return u, ok
}

// Name is what the unit is called; a code that is not of the subregion is
// returned as it is.
func Name(code string) string {
	if u, ok := byTERC[code]; ok {
		return u.Name
	}
	return code
}

// Said is Name for lists that say their values by a function of the reader.
func Said(_ context.Context, code string) string { return Name(code) }

// Codes lists the codes of all units, to check what a form sent.
func Codes() []string { return codes(units) }

// GminaCodes lists the codes of the gminas only.
func GminaCodes() []string { return codes(slices.DeleteFunc(All(), isPowiat)) }

func isPowiat(u Unit) bool { return !u.Gmina() }

func codes(units []Unit) []string {
	all := make([]string, len(units))
	for i, u := range units {
		all[i] = u.TERC
	}
	return all
}

// ValidTERC reports whether code has the form WWPP of a powiat or WWPPGGR of a
// gmina or of a part of one: an even voivodeship from 02 to 32, a powiat that is
// not 00, and one of the kinds R that TERYT uses. It does not ask whether such a
// place exists.
func ValidTERC(code string) bool {
	if len(code) != 4 && len(code) != 7 || strings.Trim(code, "0123456789") != "" {
		return false
	}
	voivodeship, powiat := code[:2], code[2:4]
	if voivodeship < "02" || voivodeship > "32" || (code[1]-'0')%2 != 0 || powiat == "00" {
		return false
	}
	return len(code) == 4 || code[4:6] != "00" && strings.IndexByte("1234589", code[6]) >= 0
}

func mustRead(text []byte) []Unit {
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		panic(err) // the file is embedded: a test reads it before anybody else
	}
	var all []Unit
	for _, row := range rows[1:] {
		all = append(all, Unit{TERC: row[0], Name: row[1], Kind: Kind(row[2]), Powiat: row[3]})
	}
	slices.SortFunc(all, func(a, b Unit) int { return strings.Compare(lang.SortKey(a.Name), lang.SortKey(b.Name)) })
	return all
}

func index(units []Unit) map[string]Unit {
	m := make(map[string]Unit, len(units))
	for _, u := range units {
		m[u.TERC] = u
	}
	return m
}
