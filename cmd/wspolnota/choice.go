package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/wspolnota/wspolnota/choice"
	"github.com/wspolnota/wspolnota/choice/pabulib"
)

// ChoiceCommand counts elections of projects.
type ChoiceCommand struct {
	Count  ChoiceCount  `cmd:"" default:"withargs" help:"Count a file of votes in the .pb format by a rule (the default)."`
	Verify ChoiceVerify `cmd:"" help:"Recount a published result from nothing, and check its signatures and its log."`
}

// ChoiceCount counts one file. Its rule is told by flags, whose zero values
// are those of choice.Rule, but for the exhaustive stop.
type ChoiceCount struct {
	File            string        `arg:"" help:"File of votes, .pb or .pb.gz; - reads standard input."`
	Rule            choice.Method `required:"" enum:"greedy,greedy-no-skip,greedy-threshold,mes,phragmen" help:"Rule: greedy, greedy-no-skip, greedy-threshold, mes (Method of Equal Shares) or phragmen."`
	Completion      string        `enum:"none,add1,add1u" default:"none" help:"How Equal Shares goes on while money is left: none, add1 or add1u."`
	ExhaustiveStop  bool          `default:"true" negatable:"" help:"End add1 at the first outcome to which nothing fits any more; otherwise at the last one before the budget is passed."`
	Increment       string        `default:"1" help:"By how much add1 raises the endowment of each voter at a step, in currency units." placeholder:"AMOUNT"`
	Utility         string        `enum:"cost,count,points,borda" default:"cost" help:"What a project is worth to who named it: cost, count, points or borda. Greedy rules rank by votes, or by points or Borda points."`
	Ties            []string      `default:"cost,votes,id" help:"How equal projects are told apart: cost, votes, and at last id or lot." placeholder:"KEY,..."`
	Lot             string        `help:"Published text from which the lot is drawn, for ties that end with lot." placeholder:"TEXT"`
	Threshold       int           `help:"Leave out projects of a lower score. greedy-threshold takes it from the file when it is 0." placeholder:"N"`
	Top             int           `help:"Most projects that can win; 0 is no limit." placeholder:"K"`
	LastAt80Percent bool          `name:"last-at-80-percent" help:"Fund the first project that does not fit if 80 % of its cost is left, and end there."`
	Comparison      bool          `help:"Let all voters choose between the outcome and that of greedy."`
	Explain         bool          `help:"Also say why the others did not win and how the outcome is spread over the voters."`
	Timeout         time.Duration `help:"Stop adding money after this long and print the last count, with exit code 3. 0 is never." placeholder:"DURATION"`
	Strict          bool          `help:"Refuse a file at the first thing that the format does not allow, instead of reporting it."`
	methodOutput
}

// choiceAnswer is what the command prints as JSON.
type choiceAnswer struct {
	choice.Report
	*choice.Explanation
	InFile    *inFile `json:"selected_in_file,omitempty"`
	Problems  int     `json:"problems"`
	ElapsedMS float64 `json:"elapsed_ms"`
}

// Run counts.
func (c *ChoiceCount) Run(ctx context.Context, out io.Writer, k *kong.Context) error {
	began := time.Now()
	file, err := readPB(c.File, c.Strict)
	if err != nil {
		return err
	}
	c.tell(k.Stderr, file.Problems)
	rule, err := c.rule(file)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if c.Timeout > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, c.Timeout)
		defer stop()
	}
	outcome, err := choice.Count(ctx, file.Election(), rule)
	if err != nil && outcome == nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	answer := choiceAnswer{Report: outcome.Report(), InFile: compareWithFile(file, outcome), Problems: file.Problems.Count,
		ElapsedMS: float64(time.Since(began).Microseconds()) / 1000}
	if c.Explain {
		explanation := outcome.Explain()
		answer.Explanation = &explanation
	}
	if err := c.print(out, answer, func(w io.Writer) error { return choiceWords(w, file, outcome, answer) }); err != nil {
		return err
	}
	if !outcome.Complete {
		return errPartial
	}
	return nil
}

// tell reports what a file should not contain, on the side.
func (c *ChoiceCount) tell(w io.Writer, p pabulib.Problems) {
	for _, problem := range p.First {
		fmt.Fprintf(w, "%s: %s\n", c.File, problem)
	}
	if more := p.Count - len(p.First); more > 0 {
		fmt.Fprintf(w, "%s: and %d more\n", c.File, more)
	}
}

// rule puts the flags together.
func (c *ChoiceCount) rule(file *pabulib.File) (choice.Rule, error) {
	increment, err := choice.ParseGrosze(c.Increment)
	if err != nil || increment == 0 {
		return choice.Rule{}, fmt.Errorf("increment %q; expected an amount above 0", c.Increment)
	}
	r := choice.Rule{
		Method: c.Rule, Utility: choice.Utility(c.Utility), Completion: choice.Completion(c.Completion),
		ExhaustiveStop: c.ExhaustiveStop, Increment: increment, Lot: c.Lot, Threshold: c.Threshold, Top: c.Top, Comparison: c.Comparison,
	}
	for _, key := range c.Ties {
		r.Ties = append(r.Ties, choice.TieKey(strings.TrimSpace(key)))
	}
	if c.LastAt80Percent {
		r.LastAtPercent = 80
	}
	if n, ok := file.Threshold(); ok && r.Method == choice.GreedyThreshold && r.Threshold == 0 {
		r.Threshold = n
	}
	return r, nil
}

// readPB reads a file of votes; its messages name file and line.
func readPB(name string, strict bool) (*pabulib.File, error) {
	in := os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	file, err := pabulib.Read(in, pabulib.Options{Strict: strict})
	if at := new(pabulib.Error); errors.As(err, &at) {
		return nil, fmt.Errorf("%s:%d: %s", name, at.Line, at.Text)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return file, nil
}
