package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/foresight/cib"
)

// CibCommand finds the consistent scenarios of a cross-impact matrix.
type CibCommand struct {
	methodOutput
	File          string        `arg:"" help:"Cross-impact matrix: .scw of ScenarioWizard, or .csv, square, with states named in the first row and column." env:"-"`
	Inconsistency int           `help:"Let every descriptor miss its best state by so many points." default:"0"`
	Force         []string      `help:"Only scenarios in which this descriptor is in this state, both counted from 1; several states of one descriptor allow each." placeholder:"D:S"`
	Forbid        []string      `help:"No scenario in which this descriptor is in this state." placeholder:"D:S"`
	Count         bool          `help:"Only count, without listing: for very many scenarios."`
	Basins        bool          `help:"Also count from how many starts global succession leads to each scenario, and how many end in cycles."`
	Robustness    int           `help:"Also tell in what share of so many trials each scenario survives judgements changed by -1, 0 or 1." placeholder:"TRIALS" default:"0"`
	Seed          uint64        `help:"Seed of the trials of --robustness." default:"1"`
	Draw          string        `help:"What --svg draws: the scenarios, or the matrix." enum:"scenarios,matrix" default:"scenarios"`
	SL            string        `name:"sl" help:"Also write the scenarios into this file, as a solution set of ScenarioWizard." placeholder:"FILE"`
	Threads       int           `help:"Search on so many threads; 0 takes all processors." default:"0"`
	Timeout       time.Duration `help:"Stop after this time and print what was found." placeholder:"1m"`
}

// Validate refuses options that contradict one another.
func (c *CibCommand) Validate() error {
	switch {
	case c.Count && (c.Robustness > 0 || c.SL != "" || c.SVG != "" && c.Draw == "scenarios"):
		return errors.New("--count lists no scenarios: it cannot go with --robustness, --sl or a picture of them")
	case c.Inconsistency < 0 || c.Threads < 0 || c.Robustness < 0 || c.Timeout < 0:
		return errors.New("expected no negative --inconsistency, --threads, --robustness or --timeout")
	}
	return nil
}

// Run reads the matrix, searches, draws and prints.
func (c *CibCommand) Run(ctx context.Context, out io.Writer) error {
	m, err := readMatrix(c.File)
	if err != nil {
		return err
	}
	options, err := c.options(m)
	if err != nil {
		return err
	}
	if c.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.Timeout)
		defer cancel()
	}
	begin := time.Now()
	found, err := c.find(ctx, m, options)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	found.result.ElapsedMS = float64(time.Since(begin).Microseconds()) / 1000
	if err := c.write(m, found); err != nil {
		return err
	}
	if err := c.print(out, found.result, found.words(m)); err != nil {
		return err
	}
	if !found.result.Complete {
		return errPartial
	}
	return nil
}

// options turn what was typed into those of the method.
func (c *CibCommand) options(m *cib.Matrix) (cib.Options, error) {
	o := cib.Options{Inconsistency: c.Inconsistency, Threads: c.Threads}
	if o.Threads == 0 {
		o.Threads = runtime.GOMAXPROCS(0)
	}
	for _, list := range []struct {
		flag  string
		typed []string
		into  *[]cib.Choice
	}{{"--force", c.Force, &o.Forced}, {"--forbid", c.Forbid, &o.Forbidden}} {
		for _, text := range list.typed {
			choice, err := choiceOf(m, text)
			if err != nil {
				return o, fmt.Errorf("%s %s: %w", list.flag, text, err)
			}
			*list.into = append(*list.into, choice)
		}
	}
	return o, nil
}

// choiceOf reads "3:1", the first state of the third descriptor.
func choiceOf(m *cib.Matrix, text string) (cib.Choice, error) {
	d, s, _ := strings.Cut(text, ":")
	i, err := strconv.Atoi(d)
	if err != nil || i < 1 || i > m.Len() {
		return cib.Choice{}, fmt.Errorf("expected D:S with a descriptor D from 1 to %d", m.Len())
	}
	k, err := strconv.Atoi(s)
	if err != nil || k < 1 || k > m.Domain(i-1) {
		return cib.Choice{}, fmt.Errorf("expected D:S with a state S from 1 to %d", m.Domain(i-1))
	}
	return cib.Choice{Descriptor: i - 1, State: k - 1}, nil
}

// find does what was asked for, until ctx ends: what there is by then is partial.
func (c *CibCommand) find(ctx context.Context, m *cib.Matrix, o cib.Options) (*cibFound, error) {
	found := &cibFound{result: cibResult{Descriptors: m.Len()}}
	if c.Count {
		n, proof, err := m.Count(ctx, o)
		found.prove(proof, n.String())
		return found, c.add(ctx, m, o, found, err)
	}
	solution, err := m.Solve(ctx, o)
	found.scenarios = solution.Scenarios
	found.prove(solution.Proof, strconv.Itoa(len(solution.Scenarios)))
	found.result.Scenarios = make([]cibScenario, len(solution.Scenarios))
	for x, z := range solution.Scenarios {
		s := &found.result.Scenarios[x]
		s.ConsistencyValue, s.TotalImpactScore = m.ConsistencyValue(z), m.TotalImpactScore(z)
		for _, k := range z {
			s.States = append(s.States, k+1)
		}
	}
	return found, c.add(ctx, m, o, found, err)
}

// add goes on after the search, if that went well, with what else was asked for.
func (c *CibCommand) add(ctx context.Context, m *cib.Matrix, o cib.Options, found *cibFound, err error) error {
	if err == nil && c.Basins {
		err = found.addBasins(ctx, m, o.Threads)
	}
	if err == nil && c.Robustness > 0 {
		err = found.addSurvival(ctx, m, cib.Doubt{Trials: c.Robustness, Seed: c.Seed, Options: o})
	}
	if err != nil {
		found.result.Complete = false
	}
	return unlessStopped(ctx, err)
}

// unlessStopped forgets the error of a search that was stopped: what was found is
// then printed as partial.
func unlessStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, context.Cause(ctx)) {
		return nil
	}
	return err
}

// write makes the files that were asked for.
func (c *CibCommand) write(m *cib.Matrix, f *cibFound) error {
	if c.SL != "" {
		var text bytes.Buffer
		if err := m.WriteSL(&text, f.scenarios, f.basins); err != nil {
			return err
		}
		if err := writeWhole(c.SL, text.Bytes()); err != nil {
			return err
		}
	}
	return c.chart(func() chart.Chart {
		if c.Draw == "matrix" {
			return m.Grid("matrix", cib.English)
		}
		return m.Table("scenarios", f.scenarios, cib.English)
	})
}

// readMatrix reads a file by its ending; errors say file, line and what was
// expected there.
func readMatrix(name string) (*cib.Matrix, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".scw":
		return readInput(name, cib.ReadSCW)
	case ".csv":
		return readInput(name, cib.ReadCSV)
	}
	return nil, fmt.Errorf("%s: expected a file that ends in .scw or .csv", name)
}
