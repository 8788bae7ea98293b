// Package sheet reads the tables that people bring: CSV as programs and
// spreadsheets write it, and XLSX. Whatever is wrong with a file is a fault in
// words that its owner understands; memory stays bounded.
//
// Read gives the first line as the head and every other line as a Row that knows
// its number in the file.
package sheet

import (
	"embed"
	"io"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
)

// Messages are the words of this package.
//
//go:embed messages.pl.toml messages.en.toml
var Messages embed.FS

// Sheet is a table as it was brought.
type Sheet struct {
	Head []string
	Rows []Row
}

// Row is one line of a table. Formula tells the column, from zero, of the first
// cell that is calculated, -1 for none: what it shows depends on what else was
// in the file.
type Row struct {
	Number  int // as a spreadsheet counts: the head is 1
	Cells   []string
	Formula int
}

// Limits bound what is read.
type Limits struct {
	Rows    int // without the head
	Columns int
	Letters int // in one cell
}

// Read reads a file by what it is, not by its name. A file that is neither, has
// more than the limits allow, or no line under its head is refused.
func Read(content io.ReadSeeker, limits Limits) (Sheet, error) {
	var begin [4]byte
	n, _ := io.ReadFull(content, begin[:])
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return Sheet{}, err
	}
	read := readCSV
	switch {
	case n == 0:
		return Sheet{}, fault.Mistake("file", "sheet.empty")
	case string(begin[:n]) == "PK\x03\x04":
		read = readXLSX
	case string(begin[:n]) == "\xd0\xcf\x11\xe0":
		return Sheet{}, fault.Mistake("file", "sheet.old_excel")
	}
	s, err := read(content, limits)
	if err == nil {
		err = s.check()
	}
	return s, err
}

// check wants a head with different titles and something under it.
func (s Sheet) check() error {
	seen := map[string]bool{}
	for _, title := range s.Head {
		if key := strings.ToLower(title); title != "" {
			if seen[key] {
				return fault.Mistake("file", "sheet.twice", "Title", title)
			}
			seen[key] = true
		}
	}
	switch {
	case len(seen) == 0:
		return fault.Mistake("file", "sheet.no_head")
	case len(s.Rows) == 0:
		return fault.Mistake("file", "sheet.no_rows")
	}
	return nil
}

// add takes one line, unless it is empty.
func (s *Sheet) add(row Row, limits Limits) error {
	for i := range row.Cells {
		row.Cells[i] = clean(row.Cells[i])
	}
	for len(row.Cells) > 0 && row.Cells[len(row.Cells)-1] == "" {
		row.Cells = row.Cells[:len(row.Cells)-1]
	}
	switch {
	case len(row.Cells) > limits.Columns:
		return fault.Mistake("file", "sheet.columns", "Row", row.Number, "Most", limits.Columns)
	case row.Number == 1:
		s.Head = row.Cells
		return nil
	case len(row.Cells) == 0:
		return nil
	case len(s.Rows) == limits.Rows:
		return fault.Mistake("file", "sheet.rows", "Most", limits.Rows)
	}
	for _, cell := range row.Cells {
		if len([]rune(cell)) > limits.Letters {
			return fault.Mistake("file", "sheet.letters", "Row", row.Number, "Most", limits.Letters)
		}
	}
	s.Rows = append(s.Rows, row)
	return nil
}

// clean makes one line of a cell and takes back the apostrophe with which our
// own downloads neutralise formulas.
func clean(cell string) string {
	cell = strings.Join(strings.Fields(strings.Map(visible, cell)), " ")
	if rest, quoted := strings.CutPrefix(cell, "'"); quoted && rest != "" && strings.ContainsAny(rest[:1], "=+-@|") {
		return rest
	}
	return cell
}

func visible(r rune) rune {
	if r == '\ufeff' || r < ' ' && r != '\t' && r != '\n' && r != '\r' {
		return -1
	}
	return r
}
