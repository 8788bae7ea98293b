package micmac

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// maxBytes bounds what Read takes: a thousand variables with long names need
// a fifth of it.
const maxBytes = 16 << 20

// Read reads a square matrix from CSV: the first row names the variables after
// its first cell, each further row begins with the same name in the same order.
// Cells are 0 to MaxStrength or P; on the diagonal a cell may be empty. Commas
// or semicolons separate, a byte order mark and CRLF are taken.
//
// Anything else gives ErrMatrix with the line and what was expected.
func Read(r io.Reader) (*Matrix, error) {
	lines, err := newReader(r)
	if err != nil {
		return nil, err
	}
	head, err := lines.next()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: the file is empty, expected a first row with the names of the variables", ErrMatrix)
	}
	if err != nil {
		return nil, err
	}
	names := trimmed(head[1:])
	if err := checkNames(names); err != nil {
		return nil, lines.at(lines.line, err)
	}
	m := &Matrix{names: names, cells: make([]int, 0, len(names)*len(names))}
	for i := range names {
		if err := lines.row(m, i); err != nil {
			return nil, err
		}
	}
	if _, err := lines.next(); !errors.Is(err, io.EOF) {
		if err != nil {
			return nil, err
		}
		return nil, lines.refuse("expected nothing after the row of %q, the last of %d variables", names[len(names)-1], len(names))
	}
	return m, nil
}

// guard refuses what is too long or too wide before it is in memory: a line of
// a million cells takes a hundred times its size once it is parted.
type guard struct {
	r    io.Reader
	left int
	line int
	wide int // separators of the line so far, those inside quotes among them
}

// mostSeparators leaves room for names in which separators are quoted.
const mostSeparators = 4 * MaxVariables

func (g *guard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	if g.left -= n; g.left < 0 {
		return 0, fmt.Errorf("%w: the file is longer than %d MB", ErrMatrix, maxBytes>>20)
	}
	for _, b := range p[:n] {
		switch b {
		case '\n':
			g.line, g.wide = g.line+1, 0
		case ',', ';':
			g.wide++
		}
		if g.wide > mostSeparators {
			return 0, fmt.Errorf("%w: line %d: far more than the %d columns that are taken", ErrMatrix, g.line, MaxVariables)
		}
	}
	return n, err
}

// reader is a CSV file that knows at which line it is.
type reader struct {
	csv  *csv.Reader
	line int
}

func newReader(r io.Reader) (*reader, error) {
	buffered := bufio.NewReaderSize(&guard{r: r, left: maxBytes, line: 1}, 64<<10)
	start, err := buffered.Peek(4 << 10)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if strings.HasPrefix(string(start), "\ufeff") {
		if _, err := buffered.Discard(3); err != nil {
			return nil, err
		}
	}
	c := csv.NewReader(buffered)
	c.FieldsPerRecord = -1
	c.ReuseRecord = true
	first, _, _ := strings.Cut(string(start), "\n")
	if strings.Count(first, ";") > strings.Count(first, ",") {
		c.Comma = ';'
	}
	return &reader{csv: c}, nil
}

// next reads one row that is not empty.
func (r *reader) next() ([]string, error) {
	row, err := r.csv.Read()
	var bad *csv.ParseError
	switch {
	case errors.As(err, &bad):
		return nil, fmt.Errorf("%w: line %d: %w", ErrMatrix, bad.Line, bad.Err)
	case err != nil:
		return nil, err
	}
	r.line, _ = r.csv.FieldPos(0)
	return row, nil
}

// row reads the influences of variable i.
func (r *reader) row(m *Matrix, i int) error {
	n, name := len(m.names), m.names[i]
	row, err := r.next()
	if errors.Is(err, io.EOF) {
		return r.refuse("the file ends here, expected the row of %q, number %d of %d", name, i+1, n)
	}
	if err != nil {
		return err
	}
	if got := strings.TrimSpace(row[0]); got != name {
		return r.refuse("the row begins with %q, expected %q as in column %d of the first row", got, name, i+2)
	}
	if len(row) != n+1 {
		return r.refuse("the row of %q has %d cells after its name, expected %d", name, len(row)-1, n)
	}
	for j, cell := range row[1:] {
		s, ok := strength(strings.TrimSpace(cell), i == j)
		if !ok && i == j {
			return r.refuse("%q on itself is %q, expected 0", name, cell)
		}
		if !ok {
			return r.refuse("%q on %q is %q, expected a whole number from 0 to %d, or P", name, m.names[j], cell, MaxStrength)
		}
		m.cells = append(m.cells, s)
	}
	return nil
}

func strength(cell string, diagonal bool) (int, bool) {
	if diagonal {
		return 0, cell == "" || cell == "0"
	}
	if cell == "P" || cell == "p" {
		return Potential, true
	}
	s, err := strconv.Atoi(cell)
	return s, err == nil && s >= 0 && s <= MaxStrength
}

func (r *reader) refuse(format string, args ...any) error {
	return fmt.Errorf("%w: line %d: %s", ErrMatrix, r.line, clipped(fmt.Sprintf(format, args...)))
}

// clipped keeps an error readable where a cell is as long as a book.
func clipped(s string) string {
	const most = 300
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// at puts a line into an error of New.
func (r *reader) at(line int, err error) error {
	return fmt.Errorf("%w: line %d: %s", ErrMatrix, line, clipped(strings.TrimPrefix(err.Error(), ErrMatrix.Error()+": ")))
}

func trimmed(cells []string) []string {
	names := make([]string, len(cells))
	for i, c := range cells {
		names[i] = strings.Clone(strings.TrimSpace(c))
	}
	return names
}
