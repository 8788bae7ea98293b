package register

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/fault"
)

// Kind is a register in which an organisation stands. The zero Kind is none.
type Kind string

const (
	None                 Kind = ""
	KRS                  Kind = "krs"                   // National Court Register
	OrdinaryAssociations Kind = "ordinary_associations" // ewidencja stowarzyszeń zwykłych, the starosta's
	SportsClubs          Kind = "sports_clubs"          // ewidencja klubów sportowych, the starosta's
	RuralCircles         Kind = "rural_circles"         // Krajowy Rejestr Kół Gospodyń Wiejskich, ARiMR's
	Churches             Kind = "churches"              // register of churches, or the statute that made the unit a legal person
	LocalUnions          Kind = "local_unions"          // register of unions of gminas and powiats
	Culture              Kind = "culture"               // rejestr instytucji kultury, the organiser's
	Schools              Kind = "schools"               // RSPO
	CEIDG                Kind = "ceidg"                 // sole traders, known by their NIP
)

// Kinds lists all registers, in the order in which a list offers them.
var Kinds = []Kind{KRS, OrdinaryAssociations, SportsClubs, RuralCircles, Churches, LocalUnions, Culture, Schools, CEIDG}

// Local reports whether each starosta, or each gmina, keeps a register of this
// kind, so that a number names an organisation only together with the powiat.
func (k Kind) Local() bool {
	return k == OrdinaryAssociations || k == SportsClubs || k == Culture
}

// mostOfNumber is longer than any number of an official register.
const mostOfNumber = 40

// Number reads the number under which the register knows an organisation.
// Registers without a common form take letters, digits and the marks that
// officials put between them; spaces become single and letters large.
func (k Kind) Number(typed string) (string, error) {
	switch k {
	case None:
		return "", fault.Invalid("organisation.number.no_register")
	case KRS:
		return NumberKRS(typed)
	case CEIDG:
		return NIP(typed)
	}
	s := strings.ToUpper(strings.Join(strings.Fields(typed), " "))
	if utf8.RuneCountInString(s) > mostOfNumber {
		return "", fault.Invalid("form.too_long", "Max", mostOfNumber)
	}
	numbered := false
	for _, r := range s {
		numbered = numbered || unicode.IsDigit(r)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" ./-()", r) {
			return "", fault.Invalid("organisation.number.odd_sign", "Found", string(r))
		}
	}
	if !numbered {
		return "", fault.Invalid("organisation.number.no_digit")
	}
	return s, nil
}

// Show is the number as people read it.
func (k Kind) Show(number string) string {
	switch k {
	case KRS:
		return ShowKRS(number)
	case CEIDG:
		return ShowNIP(number)
	}
	return number
}

// Same reduces a number to what tells it from others: officials write 7/2010,
// 7 / 2010 and 7-2010 for one entry.
func Same(number string) string {
	return strings.Join(strings.FieldsFunc(number, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), "/")
}
