// Package table reads the CSV files that methods are fed with: small tables that
// people save from a spreadsheet, and files that mean harm. It takes commas,
// semicolons and tabs, CRLF and a byte order mark, refuses what is no table with
// the file and the line, and never holds more than one row.
//
// Begin with Open, then call Next until io.EOF.
package table

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of what is read.
const (
	MostColumns = 1003     // three that say who, and a thousand items
	longestLine = 1 << 20  // bytes
	longestFile = 64 << 20 // bytes
	longestCell = 500      // letters
)

// Table is a CSV file that is being read.
type Table struct {
	Head  []string // names of the columns, without space around them
	name  string
	comma rune
	csv   *csv.Reader
}

// Row is one line of the table. Cells has as many entries as the head and is
// good until the next row is read.
type Row struct {
	Line  int
	Cells []string // without space around them
}

// Open reads the head. name stands in the messages.
func Open(name string, r io.Reader) (*Table, error) {
	buffer := bufio.NewReaderSize(&bounded{from: r, name: name, line: 1}, 64<<10)
	if mark, _ := buffer.Peek(3); string(mark) == "\ufeff" {
		_, _ = buffer.Discard(3) // what was peeked at is there
	}
	start, _ := buffer.Peek(64 << 10)
	t := &Table{name: name, comma: separator(start)}
	t.csv = csv.NewReader(buffer)
	t.csv.Comma, t.csv.FieldsPerRecord, t.csv.ReuseRecord = t.comma, -1, true
	head, err := t.read()
	if errors.Is(err, io.EOF) {
		return nil, t.Errorf(1, "the file is empty; expected a line with the names of the columns")
	}
	if err != nil {
		return nil, err
	}
	if len(head.Cells) > MostColumns {
		return nil, t.Errorf(head.Line, "%d columns; expected at most %d", len(head.Cells), MostColumns)
	}
	t.Head = append([]string{}, head.Cells...)
	return t, t.checkHead(head.Line)
}

func (t *Table) checkHead(line int) error {
	first := map[string]int{}
	for i, name := range t.Head {
		if name == "" {
			return t.Errorf(line, "column %d has no name; expected one", i+1)
		}
		if other, twice := first[name]; twice {
			return t.Errorf(line, "columns %d and %d are both called %q; expected a name of its own for each", other, i+1, name)
		}
		first[name] = i + 1
	}
	return nil
}

// Next is the next row that is not empty, or io.EOF.
func (t *Table) Next() (Row, error) {
	row, err := t.read()
	if err != nil {
		return Row{}, err
	}
	if len(row.Cells) != len(t.Head) {
		return Row{}, t.Errorf(row.Line, "%d columns; expected %d, as many as the first line names", len(row.Cells), len(t.Head))
	}
	return row, nil
}

func (t *Table) read() (Row, error) {
	cells, err := t.csv.Read()
	if errors.Is(err, io.EOF) {
		return Row{}, io.EOF
	}
	var wrong *csv.ParseError
	if errors.As(err, &wrong) {
		return Row{}, t.Errorf(wrong.StartLine, "%v; expected a cell with a quote in it to be put in quotes, and the quote doubled", wrong.Err)
	}
	if err != nil {
		return Row{}, err
	}
	line, _ := t.csv.FieldPos(0)
	for i, cell := range cells {
		if !utf8.ValidString(cell) {
			return Row{}, t.Errorf(line, "column %d is not UTF-8; save the file as CSV UTF-8", i+1)
		}
		cells[i] = strings.TrimSpace(cell)
		if len(cell) > longestCell && utf8.RuneCountInString(cell) > longestCell {
			return Row{}, t.Errorf(line, "column %d has more than %d letters", i+1, longestCell)
		}
	}
	return Row{line, cells}, nil
}

// Errorf is an error that begins with the file and the line.
func (t *Table) Errorf(line int, format string, args ...any) error {
	return fmt.Errorf("%s: line %d: "+format, append([]any{t.name, line}, args...)...)
}

// Column is the place of the first column called by one of the names, -1 when
// there is none. Capital letters do not matter.
func (t *Table) Column(names ...string) int {
	for _, name := range names {
		for i, head := range t.Head {
			if strings.EqualFold(head, name) {
				return i
			}
		}
	}
	return -1
}

// Missing says whether a cell stands for no answer: empty, or NA.
func Missing(cell string) bool { return cell == "" || cell == "NA" }

// Number reads a finite decimal number. Where cells are not parted by commas, a
// comma may stand before the decimals, as Polish spreadsheets write it.
func (t *Table) Number(cell string) (float64, bool) {
	if t.comma != ',' {
		cell = strings.Replace(cell, ",", ".", 1)
	}
	if strings.Trim(cell, "+-.0123456789eE") != "" { // neither inf nor nan nor hexadecimal
		return 0, false
	}
	v, err := strconv.ParseFloat(cell, 64)
	return v, err == nil
}

// separator is the most frequent of the three in the first line, outside quotes.
func separator(start []byte) rune {
	counts, quoted := map[byte]int{}, false
	for _, b := range start {
		if b == '"' {
			quoted = !quoted
		}
		if b == '\n' && !quoted {
			break
		}
		if !quoted {
			counts[b]++
		}
	}
	best := ','
	for _, c := range ";\t" {
		if counts[byte(c)] > counts[byte(best)] {
			best = c
		}
	}
	return best
}

// bounded ends with an error where a line or the whole is too long, before it
// fills the memory.
type bounded struct {
	from        io.Reader
	name        string
	line        int
	total, here int // bytes: of all, of this line
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	for _, c := range p[:n] {
		b.here++
		if c == '\n' {
			b.line, b.here = b.line+1, 0
		}
		if b.here > longestLine {
			return 0, fmt.Errorf("%s: line %d: the line is longer than %d bytes; expected at most %d columns", b.name, b.line, longestLine, MostColumns)
		}
	}
	if b.total += n; b.total > longestFile {
		return 0, fmt.Errorf("%s: line %d: the file is longer than %d MiB", b.name, b.line, longestFile>>20)
	}
	return n, err
}
