package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/wspolnota/wspolnota/choice"
	"github.com/wspolnota/wspolnota/choice/pabulib"
)

// inFile compares our winners with those that the file itself marks.
type inFile struct {
	Same       bool     `json:"same"`
	OnlyHere   []string `json:"only_here"`
	OnlyInFile []string `json:"only_in_file"`
	Special    []string `json:"special"`
}

// compareWithFile is nil where the file has no column selected.
func compareWithFile(file *pabulib.File, o *choice.Outcome) *inFile {
	selected, special, ok := file.Selected()
	if !ok {
		return nil
	}
	c := &inFile{OnlyHere: []string{}, OnlyInFile: []string{}, Special: append([]string{}, special...)}
	winners := o.Report().Winners
	for _, id := range winners {
		if !slices.Contains(selected, id) {
			c.OnlyHere = append(c.OnlyHere, id)
		}
	}
	for _, id := range selected {
		if !slices.Contains(winners, id) {
			c.OnlyInFile = append(c.OnlyInFile, id)
		}
	}
	c.Same = len(c.OnlyHere)+len(c.OnlyInFile) == 0
	return c
}

// choiceWords prints an outcome for a person.
func choiceWords(w io.Writer, file *pabulib.File, o *choice.Outcome, a choiceAnswer) error {
	fmt.Fprintf(w, "%d voters, %d projects, budget %s\n", a.Voters, a.Projects, a.Budget)
	fmt.Fprintf(w, "%s\n\n", ruleWords(a.Rule))
	table := tabwriter.NewWriter(w, 2, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\tproject\tcost\tleft\tchosen by\ttie")
	for i, round := range a.Rounds {
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%s\n", i+1, round.Project, round.Cost, round.Left, chosenBy(o.Rounds[i]), tieWords(round.Tie))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%d projects for %s of %s\n", len(a.Winners), a.Cost, a.Budget)
	if a.Endowment != nil {
		fmt.Fprintf(w, "each voter began with %s, in the last of %d counts\n", *a.Endowment, a.Runs)
	}
	if c := a.Comparison; c != nil {
		fmt.Fprintf(w, "%d voters prefer this outcome, %d that of greedy, %d neither", c.ForOutcome, c.ForGreedy, c.Equal)
		if c.Replaced {
			fmt.Fprint(w, ": the winners are those of greedy")
		}
		fmt.Fprintln(w)
	}
	if f := a.InFile; f != nil {
		fmt.Fprintln(w, inFileWords(f))
	}
	explainWords(w, a.Explanation)
	_, err := fmt.Fprintf(w, "%.1f ms, %d decisions made in fractions\n", a.ElapsedMS, a.ExactFallbacks)
	return err
}

func ruleWords(r choice.Rule) string {
	s := fmt.Sprintf("rule %s, utility %s, ties by %v", r.Method, r.Utility, r.Ties)
	if r.Method == choice.EqualShares {
		s += fmt.Sprintf(", completion %s", r.Completion)
		if r.Completion != choice.NoCompletion {
			s += fmt.Sprintf(" by %s, exhaustive stop %t", r.Increment, r.ExhaustiveStop)
		}
	}
	if r.Threshold > 0 {
		s += fmt.Sprintf(", threshold %d", r.Threshold)
	}
	if r.Top > 0 {
		s += fmt.Sprintf(", at most %d", r.Top)
	}
	if r.LastAtPercent > 0 {
		s += fmt.Sprintf(", last at %d %%", r.LastAtPercent)
	}
	return s
}

func chosenBy(r choice.Round) string {
	if r.Stage == choice.ByVotes {
		return fmt.Sprintf("score %d", r.Score)
	}
	payment, _ := r.Payment.Float64()
	return fmt.Sprintf("%d pay, at most %.4f", r.Payers, payment/100)
}

func tieWords(t *choice.TieReport) string {
	if t == nil {
		return ""
	}
	return fmt.Sprintf("with %v, decided by %s", t.Among[1:], t.By)
}

func inFileWords(f *inFile) string {
	if f.Same {
		return "the file marks the same projects as selected"
	}
	return fmt.Sprintf("the file's own selection differs: only here %v, only there %v, marked specially %v", f.OnlyHere, f.OnlyInFile, f.Special)
}
