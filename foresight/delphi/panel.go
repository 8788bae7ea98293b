package delphi

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/wspolnota/wspolnota/foresight/internal/table"
)

// Panel is what experts answered in rounds.
type Panel struct {
	Items     []string
	Responses []Response // in any order
}

// Response is one expert's sheet of one round. Answers has one number per item
// of the panel; NaN is a missing answer.
type Response struct {
	Expert, Sector string
	Round          int // from 1
	Answers        []float64
}

// Limits of a panel.
const (
	MostRounds  = 99
	MostSectors = 20
	mostCells   = 5_000_000 // answers of all sheets
)

// ReadCSV reads a panel from a table with the columns expert, sector and round
// and one column per item, parted by commas, semicolons or tabs. A cell that is
// empty or NA is a missing answer. name is how messages call the file.
//
// With a scale, answers must be points of it; the zero Scale takes any finite
// number. Refused with the line and what was expected: a sheet given twice, an
// expert who changes sector, blank or repeated names, ragged rows, whatever is
// no number, and files beyond the limits of a panel.
func ReadCSV(name string, r io.Reader, scale Scale) (Panel, error) {
	t, err := table.Open(name, r)
	if err != nil {
		return Panel{}, err
	}
	file, err := newPanelFile(t, scale)
	if err != nil {
		return Panel{}, err
	}
	lines := map[sheet]int{}
	for {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Panel{}, err
		}
		response, err := file.response(row)
		if err != nil {
			return Panel{}, err
		}
		if err := file.check.add(response); err != nil {
			if first := lines[sheet{response.Expert, response.Round}]; first > 0 {
				return Panel{}, t.Errorf(row.Line, "%v, first in line %d", err, first)
			}
			return Panel{}, t.Errorf(row.Line, "%v", err)
		}
		lines[sheet{response.Expert, response.Round}] = row.Line
		file.panel.Responses = append(file.panel.Responses, response)
	}
	if len(file.panel.Responses) == 0 {
		return Panel{}, t.Errorf(2, "no answers; expected a line per expert and round")
	}
	return file.panel, nil
}

// panelFile knows which column of a table is what.
type panelFile struct {
	*table.Table
	scale                 Scale
	expert, sector, round int
	items                 []int
	panel                 Panel
	check                 *checker
}

func newPanelFile(t *table.Table, scale Scale) (*panelFile, error) {
	f := &panelFile{Table: t, scale: scale, expert: t.Column("expert"), sector: t.Column("sector"), round: t.Column("round")}
	for i, name := range t.Head {
		if i != f.expert && i != f.sector && i != f.round {
			f.items, f.panel.Items = append(f.items, i), append(f.panel.Items, name)
		}
	}
	if min(f.expert, f.sector, f.round) < 0 || len(f.items) == 0 {
		return nil, t.Errorf(1, "the columns are %s; expected expert, sector, round and one column per item", someOf(t.Head))
	}
	f.check = newChecker(len(f.items))
	return f, nil
}

// someOf lists names, not too many of them.
func someOf(names []string) string {
	if len(names) > 8 {
		return fmt.Sprintf("%q and %d more", names[:8], len(names)-8)
	}
	return fmt.Sprintf("%q", names)
}

func (f *panelFile) response(row table.Row) (Response, error) {
	r := Response{Expert: row.Cells[f.expert], Sector: row.Cells[f.sector], Answers: make([]float64, len(f.items))}
	round, err := strconv.Atoi(row.Cells[f.round])
	if err != nil {
		return r, f.Errorf(row.Line, "round %q; expected a whole number from 1 to %d", row.Cells[f.round], MostRounds)
	}
	r.Round = round
	for i, column := range f.items {
		cell := row.Cells[column]
		if table.Missing(cell) {
			r.Answers[i] = math.NaN()
			continue
		}
		v, ok := f.Number(cell)
		if !ok || finite(v) != nil || !f.scale.Has(v) {
			return r, f.Errorf(row.Line, "%s: %q; expected %s, or nothing for a missing answer", f.panel.Items[i], cell, f.scale.expected())
		}
		r.Answers[i] = v
	}
	return r, nil
}

func (s Scale) expected() string {
	if s.Points() == 0 {
		return "a number"
	}
	return fmt.Sprintf("a whole number from %d to %d", s.Min, s.Max)
}

// Check says what is wrong with a panel that was not read from a file: the same
// that ReadCSV refuses.
func (p Panel) Check(scale Scale) error {
	names := map[string]bool{}
	for i, name := range p.Items {
		if name == "" || names[name] {
			return fmt.Errorf("delphi: item %d is called %q; expected a name of its own", i+1, name)
		}
		names[name] = true
	}
	check := newChecker(len(p.Items))
	for i, r := range p.Responses {
		for _, v := range r.Answers {
			if !math.IsNaN(v) && (finite(v) != nil || !scale.Has(v)) {
				return fmt.Errorf("delphi: response %d: %v; expected %s", i+1, v, scale.expected())
			}
		}
		if err := check.add(r); err != nil {
			return fmt.Errorf("delphi: response %d: %w", i+1, err)
		}
	}
	return nil
}

// sheet is what an expert may hand in once.
type sheet struct {
	expert string
	round  int
}

// checker takes responses one by one and refuses what does not fit together.
type checker struct {
	items, cells int
	sheets       map[sheet]bool
	sectors      map[string]string // of each expert
	known        map[string]bool   // sectors
}

func newChecker(items int) *checker {
	return &checker{items: items, sheets: map[sheet]bool{}, sectors: map[string]string{}, known: map[string]bool{}}
}

func (c *checker) add(r Response) error {
	c.cells += len(r.Answers)
	switch other, known := c.sectors[r.Expert]; {
	case r.Expert == "":
		return errors.New("no expert; expected a name or a number")
	case r.Sector == "":
		return fmt.Errorf("expert %q has no sector; expected one", r.Expert)
	case r.Round < 1 || r.Round > MostRounds:
		return fmt.Errorf("round %d; expected a whole number from 1 to %d", r.Round, MostRounds)
	case len(r.Answers) != c.items:
		return fmt.Errorf("%d answers; expected %d, one per item", len(r.Answers), c.items)
	case c.sheets[sheet{r.Expert, r.Round}]:
		return fmt.Errorf("expert %q answers round %d twice", r.Expert, r.Round)
	case known && other != r.Sector:
		return fmt.Errorf("expert %q is in sector %q; expected %q, as before", r.Expert, r.Sector, other)
	case c.cells > mostCells:
		return fmt.Errorf("expected at most %d answers", mostCells)
	}
	c.sheets[sheet{r.Expert, r.Round}], c.sectors[r.Expert], c.known[r.Sector] = true, r.Sector, true
	if len(c.known) > MostSectors {
		return fmt.Errorf("sector %q is one too many; expected at most %d", r.Sector, MostSectors)
	}
	return nil
}

// Rounds lists the rounds in which somebody handed in a sheet.
func (p Panel) Rounds() []int {
	var rounds []int
	for _, r := range p.Responses {
		rounds = append(rounds, r.Round)
	}
	slices.Sort(rounds)
	return slices.Compact(rounds)
}

// Sectors lists the sectors in the order of their names.
func (p Panel) Sectors() []string {
	var sectors []string
	for _, r := range p.Responses {
		sectors = append(sectors, r.Sector)
	}
	slices.Sort(sectors)
	return slices.Compact(sectors)
}

// GuessScale is the first of the usual scales that has every answer: 1-7, 1-9,
// 1-10, 0-10, 0-100; the zero Scale when none has. It is a guess: a panel that
// was asked on 1-5 looks like one that was asked on 1-7.
func (p Panel) GuessScale() Scale {
	usual := []Scale{{1, 7}, {1, 9}, {1, 10}, {0, 10}, {0, 100}}
	for _, r := range p.Responses {
		for _, v := range r.Answers {
			usual = slices.DeleteFunc(usual, func(s Scale) bool { return !math.IsNaN(v) && !s.Has(v) })
		}
	}
	return append(usual, Scale{})[0]
}
