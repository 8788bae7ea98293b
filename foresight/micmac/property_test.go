package micmac_test

import (
	"context"
	"math/big"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/micmac"
)

// anyMatrix draws a small matrix, often with circles that part, alternate or
// die out.
func anyMatrix(t *rapid.T) *micmac.Matrix {
	n := rapid.IntRange(1, 7).Draw(t, "n")
	strongest := rapid.IntRange(1, 3).Draw(t, "strongest")
	empty := rapid.IntRange(0, 9).Draw(t, "empty")
	influence := make([][]int, n)
	names := make([]string, n)
	for i := range influence {
		names[i] = "V" + strconv.Itoa(i+1)
		influence[i] = make([]int, n)
		for j := range n {
			if i != j && rapid.IntRange(0, 9).Draw(t, "chance") >= empty {
				influence[i][j] = rapid.IntRange(1, strongest).Draw(t, "strength")
			}
		}
	}
	m, err := micmac.New(names, influence)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// bruteOrders multiplies plainly and gives the orders of each power up to most.
func bruteOrders(m *micmac.Matrix, most int, at func(i, j int) int) [][]int {
	n := m.Len()
	v := make([]*big.Int, n)
	for i := range v {
		v[i] = big.NewInt(1)
	}
	var orders [][]int
	for range most {
		next := make([]*big.Int, n)
		for i := range next {
			next[i] = new(big.Int)
			for j := range n {
				next[i].Add(next[i], new(big.Int).Mul(big.NewInt(int64(at(i, j))), v[j]))
			}
		}
		v = next
		order := make([]int, n)
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(i, j int) int { return v[j].Cmp(v[i]) })
		orders = append(orders, order)
	}
	return orders
}

// both joins the orders by influence and by dependence of each power.
func both(m *micmac.Matrix, most int) [][]int {
	joined := bruteOrders(m, most, m.At)
	for k, o := range bruteOrders(m, most, func(i, j int) int { return m.At(j, i) }) {
		joined[k] = append(joined[k], o...)
	}
	return joined
}

// TestSettlingAgreesWithPlainMultiplication: what is proved for ever must hold
// for as long as one cares to multiply, and not one power earlier.
func TestSettlingAgreesWithPlainMultiplication(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMatrix(t)
		s, err := micmac.Settle(context.Background(), m, micmac.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !s.Proved() {
			if s.Power != 0 || s.Period != 0 {
				t.Fatalf("said without a proof: %+v", s)
			}
			return
		}
		period, from := max(1, s.Period), s.From
		if s.Period == 0 {
			from = s.Power
		}
		orders := both(m, from+3*period+150)
		for k := from; k+period <= len(orders); k++ {
			if !slices.Equal(orders[k-1], orders[k-1+period]) {
				t.Fatalf("%+v: the orders of %d and %d differ", s, k, k+period)
			}
		}
		if from > 1 && slices.Equal(orders[from-2], orders[from-2+period]) {
			t.Fatalf("%+v: already so at %d", s, from-1)
		}
		for p := 1; p < period; p++ {
			if slices.Equal(orders[from-1], orders[from-1+p]) && period%p == 0 && all(period, func(r int) bool { return slices.Equal(orders[from-1+r], orders[from-1+r+p]) }) {
				t.Fatalf("%+v: a period of %d is enough", s, p)
			}
		}
	})
}

func all(n int, holds func(int) bool) bool {
	for i := range n {
		if !holds(i) {
			return false
		}
	}
	return true
}
