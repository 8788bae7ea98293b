package main

import (
	"math/big"
	"strconv"
)

// jsonNumber is written into JSON digit by digit, however long it is: nothing is
// rounded here, though a reader that knows only doubles may do so.
type jsonNumber string

// MarshalJSON writes the digits as they are.
func (n jsonNumber) MarshalJSON() ([]byte, error) { return []byte(n), nil }

// mostBits is what a double can still take in.
const mostBits = 1000

// wholeNumbers takes numbers for JSON; none if any is too long.
func wholeNumbers(numbers []*big.Int) []jsonNumber {
	out := make([]jsonNumber, len(numbers))
	for i, n := range numbers {
		if n.BitLen() > mostBits {
			return nil
		}
		out[i] = jsonNumber(n.String())
	}
	return out
}

// shareNumbers takes shares where there are no sums.
func shareNumbers(shares []float64) []jsonNumber {
	out := make([]jsonNumber, len(shares))
	for i, x := range shares {
		out[i] = jsonNumber(strconv.FormatFloat(x, 'g', -1, 64))
	}
	return out
}

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
