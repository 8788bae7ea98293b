package demo

import (
	"fmt"
	"strconv"
)

// The numbers of the demo begin with nines, so that everybody sees they are
// invented, and still pass their checksums, so that the forms take them. No tax
// office has the prefix 999, no court number begins with a nine, and no bank is
// called 9999.

// nip is the n-th taxpayer's number of the demo.
func nip(n int) string { return checked(fmt.Sprintf("999%06d", n), 6, 5, 7, 2, 3, 4, 5, 6, 7) }

// regon is the n-th number of the register of Statistics Poland.
func regon(n int) string { return checked(fmt.Sprintf("999%05d", n), 8, 9, 2, 3, 4, 5, 6, 7) }

// checked adds the check digit. Ten is nobody's NIP; the story uses none of the
// n for which it would come out.
func checked(digits string, weights ...int) string {
	sum := 0
	for i, w := range weights {
		sum += w * int(digits[i]-'0')
	}
	return digits + strconv.Itoa(sum%11%10)
}

// krs is the n-th number of the court register, which has no check digit.
func krs(n int) string { return fmt.Sprintf("99990%05d", n) }

// account is the n-th bank account: the check digits make the whole, with "PL"
// as 2521 and themselves at the end, leave 1 modulo 97.
func account(n int) string {
	number := fmt.Sprintf("99999999%016d", n)
	rest := 0
	for _, d := range number + "252100" {
		rest = (rest*10 + int(d-'0')) % 97
	}
	return fmt.Sprintf("%02d", 98-rest) + number
}
