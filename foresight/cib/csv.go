package cib

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// ReadCSV reads a square table: the first row and the first column name the
// states, each other cell is a judgement of the row's state upon the column's.
// Commas, semicolons or tabs separate.
//
// A state is named "Economy: Shrinking", or by a code such as A1, A2, B1, in
// which the letters are the descriptor and a number that does not go on from
// the one before begins another. Errors of form are *SyntaxError with the line.
func ReadCSV(r io.Reader) (*Matrix, error) {
	in := newLines(r)
	head, err := in.must("a row that names the states")
	if err != nil {
		return nil, err
	}
	comma := separator(head)
	names, err := in.fields(head, comma, MaxStates+1)
	if err != nil {
		return nil, err
	}
	descriptors, err := in.grouped(names[1:])
	if err != nil {
		return nil, err
	}
	m, err := blank("", descriptors)
	if err != nil {
		return nil, in.wrong(err.Error(), "")
	}
	for r := 0; ; {
		line, err := in.next()
		switch {
		case errors.Is(err, io.EOF) && r == m.States():
			return m, nil
		case errors.Is(err, io.EOF):
			in.number++
			return nil, in.wrong(fmt.Sprintf("%d rows of judgements, one per state", m.States()), fmt.Sprint(r))
		case err != nil:
			return nil, err
		case isBlank(line):
			continue
		case r == m.States():
			return nil, in.wrong(fmt.Sprintf("the end after %d rows of judgements", r), quoted(line))
		}
		row, err := in.fields(line, comma, m.States()+1)
		if err != nil {
			return nil, err
		}
		if len(row) != m.States()+1 {
			return nil, in.wrong(fmt.Sprintf("a name and %d judgements, one per state", m.States()), fmt.Sprintf("%d cells", len(row)))
		}
		if row[0] != names[r+1] {
			return nil, in.wrong("the row of state "+quoted(names[r+1])+", in the order of the columns", quoted(row[0]))
		}
		if err := m.setRow(in, r, row[1:]); err != nil {
			return nil, err
		}
		r++
	}
}

// separator is the sign of which the first row has most.
func separator(head string) rune {
	best := ','
	for _, sign := range ";\t" {
		if strings.Count(head, string(sign)) > strings.Count(head, string(best)) {
			best = sign
		}
	}
	return best
}

// fields splits a line into at most so many cells.
func (l *lines) fields(line string, comma rune, most int) ([]string, error) {
	if found := strings.Count(line, string(comma)) + 1; found > most && !strings.Contains(line, `"`) || found > 4*most {
		return nil, l.wrong(fmt.Sprintf("at most %d cells", most), fmt.Sprint(found))
	}
	in := csv.NewReader(strings.NewReader(line))
	in.Comma, in.FieldsPerRecord = comma, -1
	cells, err := in.Read()
	if err != nil {
		return nil, l.wrong("cells of a table", quoted(line))
	}
	for i, cell := range cells {
		if cells[i] = strings.TrimSpace(cell); len(cell) > maxNameLength {
			return nil, l.wrong(fmt.Sprintf("a cell of at most %d bytes", maxNameLength), quoted(cell))
		}
	}
	return cells, nil
}

// grouped makes descriptors of the names of states.
func (l *lines) grouped(names []string) ([]Descriptor, error) {
	var all []Descriptor
	last := 0
	for c, name := range names {
		descriptor, state, number, ok := splitName(name)
		if !ok {
			return nil, l.wrong(fmt.Sprintf(`a state such as "A1" or "Economy: Shrinking" in column %d`, c+2), quoted(name))
		}
		n := len(all)
		if n == 0 || all[n-1].Name != descriptor || number > 0 && number != last+1 {
			all = append(all, Descriptor{Name: descriptor})
			n++
		}
		last = number
		all[n-1].States = append(all[n-1].States, State{Name: state})
	}
	return all, nil
}

// splitName divides "Economy: Shrinking", or "A1" with its number.
func splitName(name string) (descriptor, state string, number int, ok bool) {
	if before, after, found := strings.Cut(name, ":"); found {
		return strings.TrimSpace(before), strings.TrimSpace(after), 0, true
	}
	letters := strings.TrimRight(name, "0123456789")
	number, err := strconv.Atoi(name[len(letters):])
	return letters, name, number, err == nil && letters != "" && number > 0
}

// WriteCSV writes the matrix as ReadCSV reads it, with the descriptors' and
// states' names joined by a colon.
func (m *Matrix) WriteCSV(w io.Writer) error {
	names, before := []string{""}, ""
	for i, d := range m.descriptors {
		name := strings.ReplaceAll(oneLine(d.Name), ":", " ")
		if i > 0 && name == before {
			name += fmt.Sprintf(" (%d)", i+1) // two of one name side by side stay two
		}
		before = name
		for _, s := range d.States {
			names = append(names, name+": "+oneLine(s.Name))
		}
	}
	out := csv.NewWriter(w)
	if err := out.Write(names); err != nil {
		return err
	}
	for r := range m.States() {
		row := []string{names[r+1]}
		for _, v := range m.cells[r*m.States() : (r+1)*m.States()] {
			row = append(row, strconv.Itoa(int(v)))
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
