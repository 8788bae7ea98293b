package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/foresight/morphology"
)

// MorphologyCommand finds what could be in a field of parameters and values.
type MorphologyCommand struct {
	methodOutput
	File    string        `arg:"" help:"JSON with parameters, inconsistent_pairs and, where wanted, ratings." env:"-"`
	Limit   int           `help:"List at most so many configurations; the count is always of all." default:"1000"`
	If      []string      `help:"Only what has this value; again for one more value of the same parameter or for another." placeholder:"PARAMETER=VALUE" sep:"none"`
	Near    []string      `help:"Also find what is nearest to these values." placeholder:"PARAMETER=VALUE" sep:"none"`
	Diverse int           `help:"Also choose so many of the listed configurations, as different as possible." placeholder:"N"`
	Best    int           `help:"Also rank so many of all configurations by the sum of their ratings." placeholder:"N"`
	Kills   bool          `help:"Also count what each inconsistent pair kills."`
	Timeout time.Duration `help:"Stop after this time and print what was found." placeholder:"1m"`
}

// morphologyResult is the JSON of the command. Values are named; numbers that
// may be large are strings.
type morphologyResult struct {
	Parameters []string             `json:"parameters"`
	Judgements int                  `json:"pairs_in_ccm"`
	Total      string               `json:"total"`
	Consistent *string              `json:"consistent"`
	Reduction  *float64             `json:"reduction_percent"`
	Dead       [][2]string          `json:"dead_values"`
	Remaining  []morphologyValue    `json:"remaining"`
	Solutions  [][]string           `json:"solutions"`
	Nearest    []morphologyNear     `json:"nearest,omitempty"`
	Diverse    [][]string           `json:"diverse,omitempty"`
	Best       []morphologyBundle   `json:"best,omitempty"`
	Kills      []morphologyKill     `json:"kills,omitempty"`
	Complete   bool                 `json:"complete"`
	remainder  morphology.Remainder // for the picture
}

type morphologyValue struct {
	Parameter  string `json:"parameter"`
	Value      string `json:"value"`
	Consistent string `json:"consistent"`
}

type morphologyNear struct {
	Distance int      `json:"distance"`
	Values   []string `json:"values"`
}

type morphologyBundle struct {
	Total  int      `json:"total"`
	Values []string `json:"values"`
}

type morphologyKill struct {
	Pair  [2][2]string `json:"pair"`
	All   string       `json:"all"`
	Alone string       `json:"alone"`
}

// Run reads the field, counts and lists, draws and prints.
func (c *MorphologyCommand) Run(ctx context.Context, out io.Writer) error {
	f, err := readInput(c.File, morphology.Read)
	if err != nil {
		return err
	}
	if c.Limit < 1 {
		return fmt.Errorf("--limit %d: expected at least 1", c.Limit)
	}
	chosen, err := cells(f, "--if", c.If)
	if err != nil {
		return err
	}
	wish, err := cells(f, "--near", c.Near)
	if err != nil {
		return err
	}
	if c.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.Timeout)
		defer cancel()
	}
	result := morphologyResult{Total: f.Total().String(), Judgements: f.Judgements(), Dead: [][2]string{}, Remaining: []morphologyValue{}, Solutions: [][]string{}}
	for _, p := range f.Parameters() {
		result.Parameters = append(result.Parameters, p.Name)
	}
	err = c.fill(ctx, &result, f, chosen, wish)
	stopped := errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) || errors.Is(err, morphology.ErrTooEntangled)
	if err != nil && !stopped {
		return err
	}
	result.Complete = err == nil
	if result.Complete {
		if err := c.chart(func() chart.Chart { return f.Chart(result.remainder, "field", morphology.English) }); err != nil {
			return err
		}
	}
	if err := c.print(out, result, result.words); err != nil {
		return err
	}
	if stopped {
		return errPartial
	}
	return nil
}

// cells reads values as PARAMETER=VALUE.
func cells(f *morphology.Field, option string, texts []string) ([]morphology.Cell, error) {
	var found []morphology.Cell
	for _, text := range texts {
		parameter, value, ok := strings.Cut(text, "=")
		cell, known := f.Find(strings.TrimSpace(parameter), strings.TrimSpace(value))
		if !ok || !known {
			return nil, fmt.Errorf("%s %s: expected PARAMETER=VALUE as named in the file", option, text)
		}
		found = append(found, cell)
	}
	return found, nil
}

// fill asks everything that was asked for, the count first.
func (c *MorphologyCommand) fill(ctx context.Context, r *morphologyResult, f *morphology.Field, chosen, wish []morphology.Cell) error {
	remainder, err := f.Given(ctx, chosen...)
	if err != nil {
		return err
	}
	r.remainder = remainder
	consistent := remainder.Consistent.String()
	share, _ := new(big.Rat).SetFrac(remainder.Consistent, f.Total()).Float64()
	reduction := 100 * (1 - share)
	r.Consistent, r.Reduction = &consistent, &reduction
	for p, values := range remainder.Values {
		for v, n := range values {
			name := pairOf(f, morphology.Cell{Parameter: p, Value: v})
			r.Remaining = append(r.Remaining, morphologyValue{name[0], name[1], n.String()})
		}
	}
	for _, cell := range remainder.Dead() {
		r.Dead = append(r.Dead, pairOf(f, cell))
	}
	solutions, err := f.Solutions(ctx, c.Limit, chosen...)
	for _, s := range solutions {
		r.Solutions = append(r.Solutions, f.Names(s))
	}
	if err != nil {
		return err
	}
	if c.Diverse > 0 {
		for _, s := range morphology.Diverse(solutions, c.Diverse) {
			r.Diverse = append(r.Diverse, f.Names(s))
		}
	}
	return c.fillRest(ctx, r, f, wish)
}

func (c *MorphologyCommand) fillRest(ctx context.Context, r *morphologyResult, f *morphology.Field, wish []morphology.Cell) error {
	if len(wish) > 0 {
		target := make(morphology.Configuration, len(f.Parameters()))
		for p := range target {
			target[p] = -1
		}
		for _, cell := range wish {
			target[cell.Parameter] = cell.Value
		}
		nearest, err := f.Nearest(ctx, target, min(c.Limit, 10))
		if err != nil {
			return err
		}
		for _, n := range nearest {
			r.Nearest = append(r.Nearest, morphologyNear{n.Distance, f.Names(n.Configuration)})
		}
	}
	if c.Best > 0 {
		best, err := f.Best(ctx, c.Best)
		if err != nil {
			return err
		}
		for _, b := range best {
			r.Best = append(r.Best, morphologyBundle{b.Total, f.Names(b.Configuration)})
		}
	}
	if c.Kills {
		kills, err := f.Kills(ctx)
		if err != nil {
			return err
		}
		for _, k := range kills {
			r.Kills = append(r.Kills, morphologyKill{[2][2]string{pairOf(f, k.A), pairOf(f, k.B)}, k.All.String(), k.Alone.String()})
		}
	}
	return nil
}

// pairOf names a value as the file does: parameter, value.
func pairOf(f *morphology.Field, c morphology.Cell) [2]string {
	p := f.Parameters()[c.Parameter]
	return [2]string{p.Name, p.Values[c.Value]}
}
