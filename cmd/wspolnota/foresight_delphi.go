package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/foresight/delphi"
)

// DelphiCommand measures an expert panel.
type DelphiCommand struct {
	methodOutput
	File      string `arg:"" help:"Answers as CSV: columns expert, sector, round and one per item; an empty cell is a missing answer." env:"-"`
	Scale     string `help:"Points that could be answered, such as 1-7, or none for any numbers; auto takes the first usual scale that has all answers." default:"auto"`
	Rule      string `help:"When a group agrees, such as \"share 6..7 >= 75%\" or \"iqr <= 1\"; default: 75 % on the two highest points."`
	Quartiles string `help:"How quartiles are interpolated: type7, type6, type5, type8 or tukey." enum:"type7,type6,type5,type8,tukey" default:"type7"`
	HideBelow int    `help:"Show no group of fewer people, nor one that could be subtracted; 1 shows all." default:"5"`
	Seed      uint64 `help:"Seed of the permutations that are drawn." default:"1"`
}

var quartileTypes = map[string]delphi.QuartileType{
	"type7": delphi.Type7, "type6": delphi.Type6, "type5": delphi.Type5, "type8": delphi.Type8, "tukey": delphi.TukeyHalves,
}

// Run reads the panel, measures and prints.
func (c *DelphiCommand) Run(out io.Writer) error {
	panel, options, err := c.read()
	if err != nil {
		return err
	}
	report, err := delphi.Analyse(panel, options)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if err := c.chart(func() chart.Chart { return report.Intervals("delphi", delphi.English, delphi.Signs(report.Sectors)) }); err != nil {
		return err
	}
	return c.print(out, report, func(w io.Writer) error { return delphiWords(w, report) })
}

// read looks at the options before the file, and at the file before the answers.
func (c *DelphiCommand) read() (delphi.Panel, delphi.Options, error) {
	o := delphi.Options{Quartiles: quartileTypes[c.Quartiles], Least: max(1, c.HideBelow), Seed: c.Seed}
	var err error
	if o.Guessed = c.Scale == "auto"; !o.Guessed {
		if o.Scale, err = delphi.ParseScale(c.Scale); err != nil {
			return delphi.Panel{}, o, fmt.Errorf("--scale: %w", err)
		}
	}
	if c.Rule != "" {
		if o.Rule, err = delphi.ParseRule(c.Rule); err != nil {
			return delphi.Panel{}, o, fmt.Errorf("--rule: %w", err)
		}
	}
	f, err := os.Open(c.File)
	if err != nil {
		return delphi.Panel{}, o, err
	}
	defer f.Close()
	panel, err := delphi.ReadCSV(c.File, f, o.Scale)
	if o.Guessed {
		o.Scale = panel.GuessScale()
	}
	return panel, o, err
}

// delphiWords prints a table per item, round by round and sector by sector.
func delphiWords(w io.Writer, r delphi.Report) error {
	assumed := ""
	if r.Guessed {
		assumed = " (assumed from the answers; --scale says another)"
	}
	fmt.Fprintf(w, "%d experts, sectors: %s\nscale %v%s\nagreement: %s\n", r.Experts, strings.Join(r.Sectors, ", "), r.Scale, assumed, orNone(r.Rule.String()))
	for _, item := range r.Items {
		fmt.Fprintf(w, "\n%s\n", item.Item)
		if err := itemTable(w, item); err != nil {
			return err
		}
		for _, round := range item.Rounds {
			fmt.Fprintf(w, "  round %d: %s\n", round.Round, round.Between.Diagnosis)
		}
		for _, step := range item.Changes {
			printStep(w, step)
		}
		if item.Settled {
			fmt.Fprintln(w, "  settled: the rule is met, and the answers are stable")
		}
	}
	fmt.Fprintln(w)
	for _, c := range r.Concordance {
		if c.Known {
			fmt.Fprintf(w, "round %d: Kendall's W %s over %d items from %d experts (chi² %s, df %d, p %s)\n", c.Round, short(c.W), c.Items, c.Raters, short(c.Chi2), c.DF, chance(c.P))
		}
	}
	return nil
}

func orNone(rule string) string {
	if rule == "" {
		return "no rule"
	}
	return rule
}

func itemTable(w io.Writer, item delphi.ItemReport) error {
	var b strings.Builder
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "  round\tgroup\tn\tmean\tsd\tmedian\tQ1–Q3\tagreement\tpolarised")
	for _, round := range item.Rounds {
		groupRow(t, round.Round, "all", round.Hidden, round.Group)
		for _, s := range round.Sectors {
			groupRow(t, round.Round, s.Sector, s.Hidden, s.Group)
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for line := range strings.Lines(b.String()) {
		fmt.Fprintln(w, strings.TrimRight(line, " \n"))
	}
	return nil
}

func groupRow(w io.Writer, round int, name string, hidden bool, g delphi.Group) {
	cells := []string{"hidden", "", "", "", "", "", ""}
	switch {
	case hidden:
	case g.N == 0:
		cells[0] = "0"
	default:
		cells = []string{strconv.Itoa(g.N), short(g.Mean), short(g.SD), short(g.Median), short(g.Q1) + "–" + short(g.Q3), reached(g.Verdict), yes(g.Polarised())}
	}
	fmt.Fprintf(w, "  %d\t%s\t%s\n", round, name, strings.Join(cells, "\t"))
}

func reached(v delphi.Verdict) string {
	if !v.Known {
		return "not known"
	}
	return yes(v.Reached)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func printStep(w io.Writer, s delphi.StepReport) {
	if s.Hidden {
		fmt.Fprintf(w, "  round %d to %d: too few answered both\n", s.From, s.To)
		return
	}
	word := "not stable"
	if s.Stable() {
		word = "stable"
	}
	fmt.Fprintf(w, "  round %d to %d: %s, net change %.0f %%, %.0f %% changed their answer, weighted kappa %s, Wilcoxon p %s\n",
		s.From, s.To, word, 100*s.NetChange, 100*s.ShareChanged, short(s.KappaLinear), chance(s.Wilcoxon.Best()))
}

// short writes a number with at most two decimals, a dash where it is not known.
func short(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", v), "0"), ".")
}

// chance writes a p-value as people read it.
func chance(p float64) string {
	if p < 0.001 {
		return "< 0.001"
	}
	if math.IsNaN(p) {
		return "–"
	}
	return fmt.Sprintf("%.3f", p)
}
