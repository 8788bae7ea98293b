package main

import "math/big"

// wholeNumber is written into JSON digit by digit, however long it is: nothing
// is rounded here, though a reader that knows only doubles may do so.
type wholeNumber struct{ *big.Int }

// mostDigits is what a double can still take in.
const mostDigits = 300

// wholeNumbers takes numbers for JSON; none if any is too long.
func wholeNumbers(numbers []*big.Int) []wholeNumber {
	out := make([]wholeNumber, len(numbers))
	for i, n := range numbers {
		if n.BitLen() > mostDigits*3 {
			return nil
		}
		out[i] = wholeNumber{n}
	}
	return out
}

// MarshalJSON writes the digits.
func (n wholeNumber) MarshalJSON() ([]byte, error) { return []byte(n.String()), nil }

// counted numbers things from 1, as people do.
func counted(from0 []int) []int {
	out := make([]int, len(from0))
	for i, n := range from0 {
		out[i] = n + 1
	}
	return out
}

// unlessZero is a number that JSON shows as null where there is none.
func unlessZero(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}
