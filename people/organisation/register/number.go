// Package register knows the registers in which Polish organisations stand and
// the numbers by which they are known: NIP, REGON, KRS, a bank account, and the
// numbers of registers that have no common form.
//
// Each function takes a number as people type it, with spaces, hyphens or a
// country code, and returns its digits only, or a fault.Invalid that says what
// exactly is wrong. Show groups the digits again for reading. Kind.Number does
// it for the number of any register.
package register

import (
	"strings"
	"unicode"

	"github.com/wspolnota/wspolnota/fault"
)

// NIP reads a taxpayer's number: ten digits, the last being the weighted sum of
// the others modulo 11. A remainder of 10 is given to nobody. The "PL" of a
// European VAT number is accepted and dropped.
//
// Some write the rule as "11 minus the remainder"; the sample 123-456-32-18
// shows that the plain remainder is meant. Weights: peseljs, weight.const.ts.
func NIP(typed string) (string, error) {
	s, err := digits("NIP", typed, 10)
	if err != nil {
		return "", err
	}
	if sum := weigh(s, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11; sum != int(s[9]-'0') {
		return "", mistyped("NIP")
	}
	return s, nil
}

// REGON reads a number of the register of Statistics Poland: nine digits of a
// legal unit, or fourteen of one of its local units, whose first nine are a
// REGON too. Check digits are weighted sums modulo 11, with 10 written as 0.
// Statistics Poland also pads the number of a legal unit with five zeros; those
// are dropped. Samples: 123456785 and 12345678512347.
func REGON(typed string) (string, error) {
	s, err := digits("REGON", typed, 9, 14)
	if err != nil {
		return "", err
	}
	s = strings.TrimSuffix(s, strings.Repeat("0", len(s)-9))
	if !regonCheck(s[:9], 8, 9, 2, 3, 4, 5, 6, 7) ||
		len(s) == 14 && !regonCheck(s, 2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8) {
		return "", mistyped("REGON")
	}
	return s, nil
}

func regonCheck(s string, weights ...int) bool {
	return weigh(s, weights...)%11%10 == int(s[len(s)-1]-'0')
}

// NumberKRS reads a number of the National Court Register: ten digits with the
// zeros in front. It has no check digit, which is why missing zeros are not
// filled in: they could as well be a digit that was left out.
func NumberKRS(typed string) (string, error) { return digits("KRS", typed, 10) }

// Account reads the number of a bank account in Poland (NRB): 26 digits that,
// after "PL" (2521) and the two check digits are moved to the end, leave 1
// modulo 97 (ISO 13616, ISO 7064 MOD 97-10).
func Account(typed string) (string, error) {
	s, err := digits("NRB", typed, 26)
	if err != nil {
		return "", err
	}
	if remainder(s[2:]+"2521"+s[:2], 97) != 1 {
		return "", mistyped("NRB")
	}
	return s, nil
}

// digits takes away what people put between the digits, and "PL" in front.
func digits(name, typed string, lengths ...int) (string, error) {
	s := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) {
			return -1
		}
		return r
	}, typed)
	if len(s) > 2 && strings.EqualFold(s[:2], "PL") {
		s = s[2:]
	}
	for _, r := range s {
		if r < '0' || r > '9' {
			return "", fault.Invalid("organisation.number.not_digits", "Number", name, "Found", string(r))
		}
	}
	return s, length(name, s, lengths)
}

func length(name, s string, lengths []int) error {
	last := lengths[len(lengths)-1]
	switch {
	case strings.Trim(s, "0") == "" && s != "":
		return fault.Invalid("organisation.number.zeros", "Number", name)
	case len(s) > last:
		return fault.Invalid("organisation.number.too_many", "Number", name, "Has", len(s), "Want", last)
	}
	for _, want := range lengths {
		if len(s) == want {
			return nil
		}
		if len(s) < want {
			return fault.Invalid("organisation.number.too_few", "Number", name, "Has", len(s), "Want", want)
		}
	}
	return nil
}

func mistyped(name string) error {
	return fault.Invalid("organisation.number.checksum", "Number", name)
}

func weigh(s string, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	return sum
}

func remainder(s string, by int) int {
	r := 0
	for _, d := range s {
		r = (r*10 + int(d-'0')) % by
	}
	return r
}

// ShowNIP groups a NIP as tax offices print it: 123-456-32-18.
func ShowNIP(s string) string { return group(s, "-", 3, 3, 2, 2) }

// ShowREGON groups a REGON: 123 456 785, or 123 456 785 12347.
func ShowREGON(s string) string { return group(s, "\u00a0", 3, 3, 3, 5) }

// ShowKRS groups a number of the court register: 0000 123 456.
func ShowKRS(s string) string { return group(s, "\u00a0", 4, 3, 3) }

// ShowAccount groups an account number as banks print it: two digits, then fours.
func ShowAccount(s string) string { return group(s, "\u00a0", 2, 4, 4, 4, 4, 4, 4) }

func group(s, separator string, sizes ...int) string {
	var parts []string
	for _, n := range sizes {
		if s == "" {
			break
		}
		n = min(n, len(s))
		parts, s = append(parts, s[:n]), s[n:]
	}
	return strings.Join(parts, separator) + s
}
