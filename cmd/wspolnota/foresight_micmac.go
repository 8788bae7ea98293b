package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/foresight/micmac"
)

// MicmacCommand is structural analysis of a matrix of influences.
type MicmacCommand struct {
	methodOutput
	File      string `arg:"" help:"Square matrix as CSV: variables named in the first row and column, influences 0 to 3 or P." env:"-"`
	Potential int    `help:"What a potential influence (P) counts: 0 leaves it out, 3 is usual in the potential matrices." default:"0"`
}

// micmacResult is the JSON of the command. Ranks list variables, counted from 1,
// the largest first.
type micmacResult struct {
	N           int            `json:"n"`
	Names       []string       `json:"names"`
	Fill        float64        `json:"fill_percent"`
	Direct      micmacProfile  `json:"direct"`
	Indirect    micmacProfile  `json:"indirect"`
	StablePower *int           `json:"stable_power"`
	Period      *int           `json:"period"`
	PeriodFrom  *int           `json:"period_from,omitempty"`
	FirstRepeat *int           `json:"first_repeat_power"`
	Complete    bool           `json:"complete"`
	Proof       micmacProof    `json:"proof"`
	Map         []micmacPlace  `json:"map"`
	matrix      *micmac.Matrix // for words and picture
	analysis    *micmac.Analysis
}

// micmacProfile holds sums of the given power of the matrix as exact whole
// numbers. Where orders alternate, and power is null, or sums would have more
// than 300 digits, the shares stand in their place.
type micmacProfile struct {
	Power           *int         `json:"power"`
	Influence       []jsonNumber `json:"influence"`
	Dependence      []jsonNumber `json:"dependence"`
	InfluenceRank   []int        `json:"influence_rank"`
	DependenceRank  []int        `json:"dependence_rank"`
	InfluenceShare  []float64    `json:"influence_share"`
	DependenceShare []float64    `json:"dependence_share"`
}

type micmacProof struct {
	Influence  micmac.Reason `json:"influence"`
	Dependence micmac.Reason `json:"dependence"`
}

type micmacPlace struct {
	Name           string      `json:"name"`
	Kind           micmac.Kind `json:"kind"`
	IndirectKind   micmac.Kind `json:"indirect_kind"`
	InfluenceGain  int         `json:"influence_gain"`
	DependenceGain int         `json:"dependence_gain"`
	Strategic      float64     `json:"strategic"`
	Pack           bool        `json:"pack"`
}

// Run reads the matrix, analyses it, draws and prints.
func (c *MicmacCommand) Run(ctx context.Context, out io.Writer) error {
	m, err := readInput(c.File, micmac.Read)
	if err != nil {
		return err
	}
	if c.Potential != 0 {
		if m, err = m.Weigh(c.Potential); err != nil {
			return err
		}
	}
	a, err := micmac.Analyse(ctx, m, micmac.Options{})
	if err != nil {
		return err
	}
	result := newMicmacResult(m, a)
	if err := c.chart(func() chart.Chart { return a.Map("map", micmac.English) }); err != nil {
		return err
	}
	if err := c.print(out, result, result.words); err != nil {
		return err
	}
	if !result.Complete {
		return errPartial
	}
	return nil
}

// readInput reads a file by the reader of a method; an error of what is in it
// begins with its name.
func readInput[T any](name string, read func(io.Reader) (T, error)) (T, error) {
	var none T
	f, err := os.Open(name)
	if err != nil {
		return none, err
	}
	defer f.Close()
	got, err := read(f)
	var system *os.PathError
	if err != nil && !errors.As(err, &system) {
		return none, fmt.Errorf("%s: %w", name, err)
	}
	return got, err
}

func newMicmacResult(m *micmac.Matrix, a *micmac.Analysis) micmacResult {
	s := a.Settling
	r := micmacResult{N: m.Len(), Names: a.Names, Fill: 100 * m.Fill(), Complete: s.Proved(), matrix: m, analysis: a,
		Direct: newMicmacProfile(m, a.Direct), Indirect: newMicmacProfile(m, a.Indirect),
		StablePower: unlessZero(s.Power), Period: unlessZero(s.Period), PeriodFrom: unlessZero(s.From), FirstRepeat: unlessZero(s.FirstRepeat),
		Proof: micmacProof{Influence: s.Influence, Dependence: s.Dependence}}
	for i, move := range a.Moves() {
		r.Map = append(r.Map, micmacPlace{Name: a.Names[i], Kind: move.From, IndirectKind: move.To, InfluenceGain: move.InfluenceGain,
			DependenceGain: move.DependenceGain, Strategic: a.IndirectMap[i].Strategic, Pack: a.IndirectMap[i].Pack})
	}
	return r
}

func newMicmacProfile(m *micmac.Matrix, p micmac.Profile) micmacProfile {
	r := micmacProfile{Power: unlessZero(p.Power), InfluenceRank: counted(p.ByInfluence), DependenceRank: counted(p.ByDependence),
		InfluenceShare: p.Influence, DependenceShare: p.Dependence}
	if p.Power > 0 && p.Power < 1000 {
		influence, dependence := m.Sums(p.Power)
		r.Influence, r.Dependence = wholeNumbers(influence), wholeNumbers(dependence)
	}
	if r.Influence == nil || r.Dependence == nil {
		r.Influence, r.Dependence = shareNumbers(p.Influence), shareNumbers(p.Dependence)
	}
	return r
}

func (r micmacResult) words(w io.Writer) error {
	fmt.Fprintf(w, "%d variables, %.1f %% of the matrix is filled.\n", r.N, r.Fill)
	switch {
	case r.StablePower != nil:
		fmt.Fprintf(w, "Both orders stay for ever from power %d on (proved).\n", *r.StablePower)
	case r.Period != nil:
		fmt.Fprintf(w, "The orders never settle: they come again every %d powers from power %d on (proved); indirect shares are the mean of a period.\n", *r.Period, *r.PeriodFrom)
	default:
		fmt.Fprintf(w, "It could not be proved whether the orders settle; indirect shares are those of power %d.\n", *r.Indirect.Power)
	}
	if r.FirstRepeat != nil && r.StablePower != nil && *r.StablePower > *r.FirstRepeat {
		fmt.Fprintf(w, "Power %d only looks settled: its orders are those of the power before.\n", *r.FirstRepeat)
	}
	fmt.Fprintf(w, "\n%-32s %9s %10s %9s %10s  %-11s %s\n", "", "direct", "", "indirect", "", "part", "by indirect influences")
	fmt.Fprintf(w, "%-32s %9s %10s %9s %10s\n", "variable", "influence", "dependence", "influence", "dependence")
	for i, p := range r.Map {
		d, x := r.analysis.DirectMap[i], r.analysis.IndirectMap[i]
		fmt.Fprintf(w, "%-32s %9.2f %10.2f %9.2f %10.2f  %-11s %s%s\n", p.Name, d.Influence, d.Dependence, x.Influence, x.Dependence, p.Kind, p.IndirectKind, gained(p))
	}
	_, err := fmt.Fprintln(w, "\nNumbers are multiples of the mean.")
	return err
}

// gained says how far a variable rises once indirect influences count.
func gained(p micmacPlace) string {
	if p.InfluenceGain > 0 {
		return fmt.Sprintf(" (influence rises by %d)", p.InfluenceGain)
	}
	return ""
}
