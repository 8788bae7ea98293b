package choice

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Grosze is an amount of money in hundredths of the currency unit.
type Grosze int64

// MaxGrosze bounds every amount, a thousand billion złoty, so that the sum over
// MaxProjects fits an int64 and one amount is exact as a float64 too.
const MaxGrosze = 100_000_000_000_000 - 1

// String writes the amount in currency units: "1000" or "1734355.54".
func (g Grosze) String() string {
	sign := ""
	if g < 0 {
		sign, g = "-", -g
	}
	if g%100 == 0 {
		return sign + strconv.FormatInt(int64(g/100), 10)
	}
	return fmt.Sprintf("%s%d.%02d", sign, g/100, g%100)
}

// MarshalText writes the amount as String does; in JSON it is a decimal string.
func (g Grosze) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (g *Grosze) UnmarshalText(text []byte) error {
	v, err := ParseGrosze(string(text))
	*g = v
	return err
}

var errAmount = errors.New("expected an amount such as 250000 or 1734355.54, not negative")

// ParseGrosze reads an amount in currency units: digits, and after a point
// whatever decimals there are, of which those beyond the second must be zero.
// A sign, an exponent, blanks, or more than MaxGrosze are refused.
func ParseGrosze(s string) (Grosze, error) {
	whole, decimals, pointed := strings.Cut(s, ".")
	fraction := strings.TrimRight(decimals, "0")
	if !digits(whole) || len(fraction) > 2 || pointed && !digits(decimals) || len(strings.TrimLeft(whole, "0")) > 12 {
		return 0, fmt.Errorf("%q is no amount of money: %w", shorten(s), errAmount)
	}
	for len(fraction) < 2 {
		fraction += "0"
	}
	v, err := strconv.ParseInt(whole+fraction, 10, 64)
	if err != nil || v > MaxGrosze {
		return 0, fmt.Errorf("%q is no amount of money: %w", shorten(s), errAmount)
	}
	return Grosze(v), nil
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// shorten keeps a message readable when what it quotes is not.
func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// złoty turns an exact number of grosze into currency units.
func złoty(grosze *big.Rat) *big.Rat {
	return new(big.Rat).Mul(grosze, big.NewRat(1, 100))
}
