package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/foresight/cib"
)

// CibCommand finds the consistent scenarios of a cross-impact matrix.
type CibCommand struct {
	methodOutput
	File          string        `arg:"" help:"Cross-impact matrix: .scw of ScenarioWizard, or .csv, square, with states named in the first row and column." env:"-"`
	Inconsistency int           `help:"Let every descriptor miss its best state by so many points." default:"0"`
	Threads       int           `help:"Search on so many threads; 0 takes all processors." default:"0"`
	Timeout       time.Duration `help:"Stop after this time and print what was found." placeholder:"1m"`
}

// cibResult is the JSON of the command; states are counted from 1.
type cibResult struct {
	Descriptors     int           `json:"descriptors"`
	Space           string        `json:"space"`
	Complete        bool          `json:"complete"`
	ConsistentCount string        `json:"consistent_count"`
	Scenarios       []cibScenario `json:"scenarios,omitempty"`
	Nodes           uint64        `json:"nodes"`
	ElapsedMS       float64       `json:"elapsed_ms"`
}

type cibScenario struct {
	States           []int `json:"states"`
	ConsistencyValue int   `json:"consistency_value"`
	TotalImpactScore int   `json:"total_impact_score"`
}

// Run reads the matrix, searches and prints.
func (c *CibCommand) Run(ctx context.Context, out io.Writer) error {
	m, err := readMatrix(c.File)
	if err != nil {
		return err
	}
	if c.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.Timeout)
		defer cancel()
	}
	if c.Threads == 0 {
		c.Threads = runtime.GOMAXPROCS(0)
	}
	begin := time.Now()
	solution, err := m.Solve(ctx, cib.Options{Inconsistency: c.Inconsistency, Threads: c.Threads})
	if err != nil && ctx.Err() == nil {
		return err
	}
	result := cibResult{Descriptors: m.Len(), Space: solution.Proof.Space.String(), Complete: solution.Proof.Complete,
		ConsistentCount: strconv.Itoa(len(solution.Scenarios)), Nodes: solution.Proof.Nodes,
		ElapsedMS: float64(time.Since(begin).Microseconds()) / 1000}
	for _, z := range solution.Scenarios {
		s := cibScenario{ConsistencyValue: m.ConsistencyValue(z), TotalImpactScore: m.TotalImpactScore(z)}
		for _, k := range z {
			s.States = append(s.States, k+1)
		}
		result.Scenarios = append(result.Scenarios, s)
	}
	if err := c.print(out, result, result.words(m)); err != nil {
		return err
	}
	if !result.Complete {
		return errPartial
	}
	return nil
}

// readMatrix reads a file by its ending; errors say file, line and what was
// expected there.
func readMatrix(name string) (*cib.Matrix, error) {
	read := cib.ReadSCW
	switch strings.ToLower(filepath.Ext(name)) {
	case ".scw":
	case ".csv":
		read = cib.ReadCSV
	default:
		return nil, fmt.Errorf("%s: expected a file that ends in .scw or .csv", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, err := read(f)
	var syntax *cib.SyntaxError
	if errors.As(err, &syntax) {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, err
}

func (r cibResult) words(m *cib.Matrix) func(io.Writer) error {
	return func(w io.Writer) error {
		fmt.Fprintf(w, "%d descriptors, %s scenarios, %s consistent", r.Descriptors, r.Space, r.ConsistentCount)
		if r.Complete {
			fmt.Fprintln(w, ": all of them.")
		} else {
			fmt.Fprintln(w, " so far: the search was stopped before the end.")
		}
		for i, s := range r.Scenarios {
			fmt.Fprintf(w, "\n%d. consistency value %d, total impact score %d\n", i+1, s.ConsistencyValue, s.TotalImpactScore)
			for j, k := range s.States {
				d := m.Descriptor(j)
				fmt.Fprintf(w, "   %s: %s\n", d.Name, d.States[k-1].Name)
			}
		}
		return nil
	}
}
