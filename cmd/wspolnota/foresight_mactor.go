package main

import (
	"fmt"
	"io"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/foresight/mactor"
)

// MactorCommand analyses the strategies of actors.
type MactorCommand struct {
	methodOutput
	File string `arg:"" help:"JSON with the matrices MDI (0 to 4) and 2MAO (-4 to 4), and lists of actors, objectives and sectors." env:"-"`
	Draw string `help:"What to draw with --svg: the plane of the actors, or their strengths." enum:"plane,strength" default:"plane"`
}

// mactorResult is the JSON of the command, under the names of the method.
type mactorResult struct {
	Actors       []string    `json:"actors"`
	Objectives   []string    `json:"objectives"`
	MDI          [][]int     `json:"MDI"`
	MDII         [][]int     `json:"MDII"`
	MMIDI        [][]int     `json:"MMIDI"`
	I            []int       `json:"I"`
	D            []int       `json:"D"`
	NetScale     [][]int     `json:"net_scale"`
	R            []float64   `json:"r"`
	RStar        []float64   `json:"r_star"`
	MAO1         [][]float64 `json:"1MAO"`
	MAO2         [][]float64 `json:"2MAO"`
	MAO3         [][]float64 `json:"3MAO"`
	Mobilisation []float64   `json:"mobilisation_3MAO"`
	For          []float64   `json:"objective_for"`
	Against      []float64   `json:"objective_against"`
	CAA1         [][]float64 `json:"1CAA"`
	DAA1         [][]float64 `json:"1DAA"`
	Ambivalence1 []float64   `json:"ambivalence_1"`
	CAA2         [][]float64 `json:"2CAA"`
	DAA2         [][]float64 `json:"2DAA"`
	Ambivalence2 []float64   `json:"ambivalence_2"`
	CAA3         [][]float64 `json:"3CAA"`
	DAA3         [][]float64 `json:"3DAA"`
	Ambivalence3 []float64   `json:"ambivalence_3"`
	Distance3    [][]float64 `json:"net_distance_3"`
	analysis     *mactor.Analysis
}

// Run reads the matrices, analyses them, draws and prints.
func (c *MactorCommand) Run(out io.Writer) error {
	in, err := readInput(c.File, mactor.Read)
	if err != nil {
		return err
	}
	a, err := mactor.Analyse(in)
	if err != nil {
		return err
	}
	if err := c.chart(func() chart.Chart {
		if c.Draw == "strength" {
			return a.Histogram("strength", mactor.English)
		}
		return a.Plane("plane", mactor.English)
	}); err != nil {
		return err
	}
	result := newMactorResult(a)
	return c.print(out, result, result.words)
}

func newMactorResult(a *mactor.Analysis) mactorResult {
	one, two, three := a.Orders[0], a.Orders[1], a.Orders[2]
	return mactorResult{analysis: a, Actors: a.Actors, Objectives: a.Objectives,
		MDI: a.Influence, MDII: a.MDII, MMIDI: a.MMIDI, I: a.I, D: a.D, NetScale: a.NetScale, R: a.R, RStar: a.RStar,
		MAO1: one.Positions, MAO2: two.Positions, MAO3: three.Positions,
		Mobilisation: three.Mobilisation, For: three.For, Against: three.Against,
		CAA1: one.Convergence, DAA1: one.Divergence, Ambivalence1: one.Ambivalence,
		CAA2: two.Convergence, DAA2: two.Divergence, Ambivalence2: two.Ambivalence,
		CAA3: three.Convergence, DAA3: three.Divergence, Ambivalence3: three.Ambivalence, Distance3: three.Distance}
}

func (r mactorResult) words(w io.Writer) error {
	fmt.Fprintf(w, "%d actors, %d objectives.\n\n%-28s %9s %10s %8s %12s %11s\n", len(r.Actors), len(r.Objectives),
		"actor", "influence", "dependence", "r*", "mobilisation", "ambivalence")
	for i, name := range r.Actors {
		fmt.Fprintf(w, "%-28s %9d %10d %8.2f %12.2f %11.2f\n", name, r.I[i], r.D[i], r.RStar[i], r.Mobilisation[i], r.Ambivalence3[i])
	}
	fmt.Fprintf(w, "\n%-28s %9s %10s\n", "objective", "for", "against")
	for k, name := range r.Objectives {
		fmt.Fprintf(w, "%-28s %9.2f %10.2f\n", name, r.For[k], r.Against[k])
	}
	fmt.Fprintf(w, "\n%-57s %11s %10s\n", "pair (weighted positions)", "convergence", "divergence")
	for i := range r.Actors {
		for j := i + 1; j < len(r.Actors); j++ {
			fmt.Fprintf(w, "%-57s %11.2f %10.2f\n", r.Actors[i]+" – "+r.Actors[j], r.CAA3[i][j], r.DAA3[i][j])
		}
	}
	_, err := fmt.Fprintln(w, "\nMobilisation, objectives and pairs weigh positions by strength (3MAO).")
	return err
}
