package delphi

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
)

// ErrNotFinite says that an answer is no usable number: NaN, infinite, or
// larger in size than Largest.
var ErrNotFinite = errors.New("delphi: an answer is not a finite number of usual size")

// Largest bounds the size of an answer. Squares and sums of what is smaller
// stay finite, so that no measure has to be afraid of them.
const Largest = 1e100

// Tally holds answers without their order: how often each value was given.
// Every measure of one group is computed from a Tally, so that the order of
// experts never matters, not even in the last bit, and a Tally that was changed
// answer by answer measures the same as one counted anew.
//
// The zero Tally is empty and ready to use.
type Tally struct {
	values []float64 // rising
	counts []int     // of each value, above zero
	n      int
}

// Count makes a Tally of answers, one finite number per expert in any order;
// the slice is not changed. A missing answer is left out by the caller: NaN,
// Inf and numbers above Largest give ErrNotFinite.
func Count(answers []float64) (Tally, error) {
	sorted := make([]float64, len(answers))
	for i, v := range answers {
		if err := finite(v); err != nil {
			return Tally{}, fmt.Errorf("%w: number %d is %v", err, i+1, v)
		}
		sorted[i] = v + 0 // minus zero is zero
	}
	slices.Sort(sorted)
	t := Tally{n: len(sorted)}
	for i, v := range sorted {
		if i == 0 || v != sorted[i-1] {
			t.values, t.counts = append(t.values, v), append(t.counts, 0)
		}
		t.counts[len(t.counts)-1]++
	}
	return t, nil
}

func finite(v float64) error {
	if !(math.Abs(v) <= Largest) {
		return ErrNotFinite
	}
	return nil
}

// Add counts one more answer.
func (t *Tally) Add(v float64) error {
	if err := finite(v); err != nil {
		return err
	}
	v += 0
	i, known := slices.BinarySearch(t.values, v)
	if !known {
		t.values, t.counts = slices.Insert(t.values, i, v), slices.Insert(t.counts, i, 0)
	}
	t.counts[i]++
	t.n++
	return nil
}

// Remove takes one answer of this value back and says whether there was one.
func (t *Tally) Remove(v float64) bool {
	i, known := slices.BinarySearch(t.values, v)
	if !known {
		return false
	}
	t.counts[i]--
	t.n--
	if t.counts[i] == 0 {
		t.values, t.counts = slices.Delete(t.values, i, i+1), slices.Delete(t.counts, i, i+1)
	}
	return true
}

// N is the number of answers.
func (t Tally) N() int { return t.n }

// All goes through the values in rising order, each with its count.
func (t Tally) All() iter.Seq2[float64, int] {
	return func(yield func(float64, int) bool) {
		for i, v := range t.values {
			if !yield(v, t.counts[i]) {
				return
			}
		}
	}
}

// Share is the part of the answers from low to high, both included, between 0
// and 1; NaN where nobody answered.
func (t Tally) Share(low, high float64) float64 {
	return ratio(t.within(Range{low, high}), t.n)
}

// nth is the answer with i smaller ones before it.
func (t Tally) nth(i int) float64 {
	for v, c := range t.All() {
		if i < c {
			return v
		}
		i -= c
	}
	return math.NaN()
}

// Clone is a Tally of its own with the same answers.
func (t Tally) Clone() Tally {
	return Tally{slices.Clone(t.values), slices.Clone(t.counts), t.n}
}

// Equal says whether both hold the same answers.
func (t Tally) Equal(other Tally) bool {
	return t.n == other.n && slices.Equal(t.values, other.values) && slices.Equal(t.counts, other.counts)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return math.NaN()
	}
	return float64(a) / float64(b)
}
