package micmac

import (
	"context"
	"slices"
)

// Settling tells for how long to multiply a matrix by itself.
type Settling struct {
	// Power is the first power from which neither the order by influence nor
	// that by dependence ever changes again; 0 where there is none.
	Power int
	// Period is the number of powers after which both orders come again and
	// again, from the power From on; 0 where they settle.
	Period, From int
	// FirstRepeat is the first power whose orders are those of the power before:
	// where those stop who trust the eye. 0 where no power looked at is so.
	FirstRepeat int
	// Influence and Dependence say by which argument each order is known. Where
	// one is Unproved, Power and Period are 0.
	Influence, Dependence Reason
}

// Proved reports whether the answer holds for all powers.
func (s Settling) Proved() bool { return s.Influence != Unproved && s.Dependence != Unproved }

// Options of an analysis. The zero value is the usual one.
type Options struct {
	// MaxPower bounds the powers looked at; 0 chooses by the size.
	MaxPower int
}

func (o Options) limit(m *Matrix) int {
	if o.MaxPower > 0 {
		return o.MaxPower
	}
	return max(1000, min(100_000, 200_000_000/(m.Len()*m.Len())))
}

// Settle finds the power from which both orders of the indirect influences stay
// for ever, and proves it; or the period with which they alternate for ever.
// Orders are from the largest sum to the smallest, equal ones by the number of
// the variable. Potential influences count as nothing.
//
// Two powers with the same order prove nothing: the order may change again much
// later. Settle encloses the dominant eigenvectors with rounding errors accounted
// for, and goes on until the sums can no longer leave their places; where sums
// are too near to tell, it reckons in whole numbers of any length. It returns
// the error of ctx when that ends first.
func Settle(ctx context.Context, m *Matrix, o Options) (Settling, error) {
	rows, columns, err := sides(ctx, m, o)
	if err != nil {
		return Settling{}, err
	}
	return settling(rows, columns), nil
}

func sides(ctx context.Context, m *Matrix, o Options) (rows, columns *side, err error) {
	s := rowsOf(m)
	if rows, err = follow(ctx, s, o.limit(m)); err != nil {
		return nil, nil, err
	}
	columns, err = follow(ctx, s.transposed(), o.limit(m))
	return rows, columns, err
}

func settling(rows, columns *side) Settling {
	s := Settling{Influence: rows.reason, Dependence: columns.reason, FirstRepeat: firstRepeat(rows, columns)}
	if !s.Proved() {
		return s
	}
	p, q := rows.shortest(), columns.shortest()
	s.From = max(rows.from(p), columns.from(q))
	if p == 1 && q == 1 {
		s.Power, s.From = s.From, 0
	} else {
		s.Period = lcm(p, q)
	}
	return s
}

func firstRepeat(rows, columns *side) int {
	last := 1
	for _, f := range []*side{rows, columns} {
		last = max(last, len(f.points))
	}
	for power := 2; power <= last+1; power++ {
		if !rows.knows(power) || !columns.knows(power) {
			return 0
		}
		if slices.Equal(rows.at(power), rows.at(power-1)) && slices.Equal(columns.at(power), columns.at(power-1)) {
			return power
		}
	}
	return 0
}

// knows reports whether the order at a power has been looked at or proved.
func (f *side) knows(power int) bool { return f.reason != Unproved || power <= len(f.points) }
