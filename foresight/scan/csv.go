package scan

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/foresight/delphi"
	"github.com/wspolnota/wspolnota/foresight/internal/table"
)

// columns of a scan, with the other names under which they are known.
var columns = []struct {
	names    []string
	required bool
}{
	{[]string{"voter", "expert"}, true},
	{[]string{"sector"}, true},
	{[]string{"item"}, true},
	{[]string{"category"}, true},
	{[]string{"importance", "impact"}, true},
	{[]string{"uncertainty"}, false},
	{[]string{"likelihood"}, false},
	{[]string{"kind"}, false},
	{[]string{"horizon"}, false},
}

const expectedColumns = "voter, sector, item, category, importance, uncertainty or likelihood, and if you like kind and horizon"

// ReadCSV reads one vote per line from a table with the columns voter, sector,
// item, category, importance, and uncertainty or likelihood; kind and horizon
// may follow, in any order, parted by commas, semicolons or tabs. An empty cell
// or NA is no answer. The category, kind and horizon of an item are the same in
// all of its lines. name is how messages call the file.
//
// With a scale, votes must be points of it; the zero Scale takes any finite
// number. What is refused, is refused with its line and what was expected.
func ReadCSV(name string, r io.Reader, scale delphi.Scale) (Scan, error) {
	t, err := table.Open(name, r)
	if err != nil {
		return Scan{}, err
	}
	f, err := newScanFile(t, scale)
	if err != nil {
		return Scan{}, err
	}
	for {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Scan{}, err
		}
		if err := f.take(row); err != nil {
			return Scan{}, t.Errorf(row.Line, "%v", err)
		}
	}
	if len(f.scan.Votes) == 0 {
		return Scan{}, t.Errorf(2, "no votes; expected a line per voter and item")
	}
	return f.scan, nil
}

type scanFile struct {
	*table.Table
	places map[string]int // of columns, by their first name
	scan   Scan
	check  *checker
}

func newScanFile(t *table.Table, scale delphi.Scale) (*scanFile, error) {
	f := &scanFile{Table: t, places: map[string]int{}, check: newChecker(scale)}
	var used []int
	for _, c := range columns {
		place := t.Column(c.names...)
		if place < 0 && c.required {
			return nil, t.Errorf(1, "there is no column %s; expected %s", strings.Join(c.names, " or "), expectedColumns)
		}
		f.places[c.names[0]] = place
		used = append(used, place)
	}
	for i, name := range t.Head {
		if !slices.Contains(used, i) {
			return nil, t.Errorf(1, "column %q is not known; expected %s", name, expectedColumns)
		}
	}
	f.scan.Likelihood = f.places["likelihood"] >= 0
	if f.scan.Likelihood == (f.places["uncertainty"] >= 0) {
		return nil, t.Errorf(1, "expected one of the columns uncertainty and likelihood")
	}
	return f, nil
}

// cell is the text of a column in a row, "" where there is no such column.
func (f *scanFile) cell(row table.Row, column string) string {
	if place := f.places[column]; place >= 0 {
		return row.Cells[place]
	}
	return ""
}

func (f *scanFile) take(row table.Row) error {
	category, err := ParseCategory(f.cell(row, "category"))
	if err != nil {
		return err
	}
	item := Item{f.cell(row, "item"), category, strings.ToLower(f.cell(row, "kind")), strings.ToUpper(f.cell(row, "horizon"))}
	if known, before := f.check.items[item.Name]; !before {
		if err := f.check.item(item); err != nil {
			return err
		}
		f.scan.Items = append(f.scan.Items, item)
	} else if known != item {
		return fmt.Errorf("item %q is now %s; expected %s, as before", item.Name, item.said(), known.said())
	}
	v := Vote{Voter: f.cell(row, "voter"), Sector: f.cell(row, "sector"), Item: item.Name}
	second := "uncertainty"
	if f.scan.Likelihood {
		second = "likelihood"
	}
	if v.Importance, err = f.number(row, "importance"); err != nil {
		return err
	}
	if v.Second, err = f.number(row, second); err != nil {
		return err
	}
	if err := f.check.vote(v); err != nil {
		return err
	}
	f.scan.Votes = append(f.scan.Votes, v)
	return nil
}

func (i Item) said() string {
	return strings.Join(slices.DeleteFunc([]string{string(i.Category), i.Kind, i.Horizon}, func(s string) bool { return s == "" }), ", ")
}

func (f *scanFile) number(row table.Row, column string) (float64, error) {
	cell := f.cell(row, column)
	if table.Missing(cell) {
		return math.NaN(), nil
	}
	v, ok := f.Number(cell)
	if !ok || !f.check.scale.Has(v) {
		return 0, fmt.Errorf("%s: %q; expected a number of the scale %v, or nothing", column, cell, f.check.scale)
	}
	return v, nil
}
