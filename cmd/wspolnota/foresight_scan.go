package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/foresight/delphi"
	"github.com/wspolnota/wspolnota/foresight/scan"
)

// ScanCommand ranks what a horizon scan has found.
type ScanCommand struct {
	methodOutput
	File      string `arg:"" help:"Votes as CSV: columns voter, sector, item, category, importance, uncertainty or likelihood; kind and horizon may follow." env:"-"`
	Scale     string `help:"Points that could be voted, such as 1-5, or none for any numbers; auto takes the first usual scale that has all votes." default:"auto"`
	HideBelow int    `help:"Show nothing of fewer people, nor a sector that could be subtracted; 1 shows all." default:"5"`
	Samples   int    `help:"Samples of the bootstrap behind the intervals." default:"2000"`
	Seed      uint64 `help:"Seed of the bootstrap." default:"1"`
}

// Run reads the votes, ranks and prints.
func (c *ScanCommand) Run(out io.Writer) error {
	s, options, err := c.read()
	if err != nil {
		return err
	}
	report, err := scan.Analyse(s, options)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if err := c.chart(func() chart.Chart { return report.Map("scan", scan.English, delphi.Signs(report.Sectors)) }); err != nil {
		return err
	}
	return c.print(out, report, func(w io.Writer) error { return scanWords(w, report) })
}

func (c *ScanCommand) read() (scan.Scan, scan.Options, error) {
	o := scan.Options{Least: max(1, c.HideBelow), Samples: min(max(1, c.Samples), 1_000_000), Seed: c.Seed}
	var err error
	if o.Guessed = c.Scale == "auto"; !o.Guessed {
		if o.Scale, err = delphi.ParseScale(c.Scale); err != nil {
			return scan.Scan{}, o, fmt.Errorf("--scale: %w", err)
		}
	}
	f, err := os.Open(c.File)
	if err != nil {
		return scan.Scan{}, o, err
	}
	defer f.Close()
	s, err := scan.ReadCSV(c.File, f, o.Scale)
	if o.Guessed {
		o.Scale = s.GuessScale()
	}
	return s, o, err
}

func scanWords(w io.Writer, r scan.Report) error {
	assumed := ""
	if r.Guessed {
		assumed = " (assumed from the votes; --scale says another)"
	}
	fmt.Fprintf(w, "%d voters, sectors: %s\nscale %s%s\n\n", r.Voters, strings.Join(r.Sectors, ", "), r.Scale, assumed)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "rank\t95 %\titem\tcategory\tn\timportance\tuncertainty\tpriority\tfield")
	for _, i := range r.Items {
		if i.Hidden {
			fmt.Fprintf(t, "–\t\t%s\t%s\thidden\t\t\t\ttoo few votes\n", i.Item, i.Category)
			continue
		}
		fmt.Fprintf(t, "%s\t%s–%s\t%s\t%s\t%d\t%s\t%s\t%s\t%s\n", short(float64(i.Rank)), short(float64(i.RankRange[0])), short(float64(i.RankRange[1])), i.Item, i.Category,
			i.N, short(float64(i.Importance)), short(float64(i.Uncertainty)), short(float64(i.Priority)), i.Field)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(w)
	for _, a := range r.Agreement.Within {
		fmt.Fprintf(w, "%s: Kendall's W %s inside the sector, %d voters\n", a.Sector, short(float64(a.W)), a.Voters)
	}
	for _, p := range r.Agreement.Pairs {
		fmt.Fprintf(w, "%s and %s: Spearman %s, tau-b %s over %d items\n", p.Sectors[0], p.Sectors[1], short(float64(p.Spearman)), short(float64(p.TauB)), p.Items)
	}
	return scanBlindSpots(w, r)
}

// scanBlindSpots names the categories in which nobody found anything.
func scanBlindSpots(w io.Writer, r scan.Report) error {
	var empty []string
	for _, c := range r.Categories {
		if c.Items == 0 {
			empty = append(empty, string(c.Category))
		}
	}
	if len(empty) == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "no items: %s\n", strings.Join(empty, ", "))
	return err
}
