package cib

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// remarks are the sections of a file that the method does not use. They are
// written again as they were, so that nobody's reasons are lost.
type remarks struct {
	third, colours, fifth, essays []string
}

const scwHead = "$ ScenarioWizard"

// ReadSCW reads a cross-impact matrix as ScenarioWizard 4 writes it: names, short
// names, a section, colours, a section, then the matrix and the essays, each
// closed by a line that begins with "#".
//
// Lines end in LF or CRLF; blank lines between names and rows are passed over.
// Errors of form are *SyntaxError with the line; a matrix beyond the limits of
// this package gives an error that wraps ErrShape or says which line is too much.
func ReadSCW(r io.Reader) (*Matrix, error) {
	in := newLines(r)
	head, err := in.must(`"` + scwHead + ` 4.0"`)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(head, scwHead) {
		return nil, in.wrong(`"`+scwHead+` 4.0"`, quoted(head))
	}
	title, err := in.must("the title")
	if err != nil {
		return nil, err
	}
	descriptors, err := readNames(in)
	if err != nil {
		return nil, err
	}
	m, err := blank(title, descriptors)
	if err != nil {
		return nil, in.wrong(err.Error(), "")
	}
	if err := m.readRemarks(in); err != nil {
		return nil, err
	}
	if err := m.readRows(in); err != nil {
		return nil, err
	}
	m.remarks.essays, err = rest(in)
	return m, err
}

// readNames reads "&Descriptor" lines, each followed by " -State" lines.
func readNames(in *lines) ([]Descriptor, error) {
	var all []Descriptor
	for states := 0; ; {
		line, err := in.must(`"&" and a descriptor, "-" and a state, or "#"`)
		if err != nil {
			return nil, err
		}
		text := strings.TrimSpace(line)
		switch {
		case text == "":
			continue
		case len(text) > maxNameLength:
			return nil, in.wrong(fmt.Sprintf("a name of at most %d bytes", maxNameLength), quoted(text))
		case isHash(text):
			return all, nil
		case text[0] == '&':
			all = append(all, Descriptor{Name: strings.TrimSpace(text[1:])})
		case text[0] == '-' && len(all) > 0:
			d := &all[len(all)-1]
			d.States = append(d.States, State{Name: strings.TrimSpace(text[1:])})
			if states++; states > MaxStates {
				return nil, in.wrong(fmt.Sprintf("at most %d states", MaxStates), "one more")
			}
		case text[0] == '-':
			return nil, in.wrong(`"&" and a descriptor before its states`, quoted(text))
		default:
			return nil, in.wrong(`"&" and a descriptor, "-" and a state, or "#"`, quoted(text))
		}
		if len(all) > maxDescriptors {
			return nil, in.wrong(fmt.Sprintf("at most %d descriptors", maxDescriptors), "one more")
		}
	}
}

// readRemarks reads what stands between the names and the matrix.
func (m *Matrix) readRemarks(in *lines) error {
	short, err := section(in, 2, "short names")
	if err != nil {
		return err
	}
	m.shortNames(short)
	for i, into := range []*[]string{&m.remarks.third, &m.remarks.colours, &m.remarks.fifth} {
		if *into, err = section(in, 3+i, [...]string{"a section", "colours", "a section"}[i]); err != nil {
			return err
		}
	}
	return nil
}

// section takes the lines up to the next "#".
func section(in *lines, number int, what string) ([]string, error) {
	var found []string
	for {
		line, err := in.must(fmt.Sprintf(`%s closed by the line "#" number %d`, what, number))
		if err != nil {
			return nil, err
		}
		if isHash(line) {
			return found, nil
		}
		found = append(found, line)
	}
}

// shortNames fills in the short names where their list has the shape of the long
// one; ScenarioWizard does not always write a line for a blank one.
func (m *Matrix) shortNames(section []string) {
	var groups [][]string
	for _, line := range section {
		if name, is := strings.CutPrefix(line, "&"); is {
			groups = append(groups, []string{strings.TrimSpace(name)})
		} else if len(groups) > 0 {
			last := len(groups) - 1
			groups[last] = append(groups[last], strings.TrimSpace(line))
		}
	}
	if len(groups) != m.Len() {
		return
	}
	for i, group := range groups {
		m.descriptors[i].Short = group[0]
		if len(group) != m.Domain(i)+1 {
			continue
		}
		for k, name := range group[1:] {
			m.descriptors[i].States[k].Short = name
		}
	}
}

// readRows reads one line per state, as many judgements as states in each.
func (m *Matrix) readRows(in *lines) error {
	for r := 0; r < m.States(); {
		line, err := in.must(fmt.Sprintf("row %d of %d of the matrix", r+1, m.States()))
		if err != nil {
			return err
		}
		if isBlank(line) {
			continue
		}
		if isHash(line) {
			return in.wrong(fmt.Sprintf("%d rows in the matrix, one per state", m.States()), fmt.Sprint(r))
		}
		if found := strings.Count(line, ",") + 1; found != m.States() {
			return in.wrong(fmt.Sprintf("%d judgements, one per state", m.States()), fmt.Sprint(found))
		}
		if err := m.setRow(in, r, strings.Split(line, ",")); err != nil {
			return err
		}
		r++
	}
	for {
		line, err := in.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case isHash(line):
			return nil
		case !isBlank(line):
			return in.wrong(fmt.Sprintf(`"#" after the %d rows of the matrix`, m.States()), quoted(line))
		}
	}
}

// setRow takes the judgements of row r, as many as there are states.
func (m *Matrix) setRow(in *lines, r int, cells []string) error {
	for c, cell := range cells {
		v, err := strconv.Atoi(strings.TrimSpace(cell))
		if err != nil || v < -MaxJudgement || v > MaxJudgement {
			return in.wrong(fmt.Sprintf("a whole number from -%d to %d as judgement %d", MaxJudgement, MaxJudgement, c+1), quoted(cell))
		}
		m.cells[r*m.States()+c] = int32(v)
	}
	return nil
}

func rest(in *lines) ([]string, error) {
	var found []string
	for {
		line, err := in.next()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		found = append(found, line)
	}
}

// WriteSCW writes the matrix as ScenarioWizard 4 reads it, in UTF-8 with LF.
// Colours and essays of the file it came from are written again.
func (m *Matrix) WriteSCW(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s 4.0\n%s\n", scwHead, oneLine(m.title))
	for _, d := range m.descriptors {
		fmt.Fprintf(out, "&%s\n", oneLine(d.Name))
		for _, s := range d.States {
			fmt.Fprintf(out, " -%s\n", oneLine(s.Name))
		}
	}
	_, _ = out.WriteString("#\n")
	for _, d := range m.descriptors {
		fmt.Fprintf(out, "&%s\n", oneLine(d.Short))
		for _, s := range d.States {
			fmt.Fprintf(out, " %s\n", oneLine(s.Short))
		}
	}
	_, _ = out.WriteString("#\n")
	writeSection(out, m.remarks.third)
	writeSection(out, m.colours())
	writeSection(out, m.remarks.fifth)
	m.writeRows(out)
	essays := m.remarks.essays
	if len(essays) == 0 {
		essays = []string{"# 0-0", `""`, "#", "#"}
	}
	for _, line := range essays {
		fmt.Fprintln(out, line)
	}
	return out.Flush()
}

func writeSection(out *bufio.Writer, lines []string) {
	for _, line := range lines {
		fmt.Fprintln(out, line)
	}
	_, _ = out.WriteString("#\n")
}

// colours are those of the file, or white for each state.
func (m *Matrix) colours() []string {
	if m.remarks.colours != nil {
		return m.remarks.colours
	}
	white := make([]string, m.States())
	for i := range white {
		white[i] = "FFFFFF"
	}
	return white
}

func (m *Matrix) writeRows(out *bufio.Writer) {
	for r := range m.States() {
		for c := range m.States() {
			if c > 0 {
				_ = out.WriteByte(',')
			}
			fmt.Fprintf(out, "% d ", m.cells[r*m.States()+c])
		}
		out.WriteString("\n")
	}
	out.WriteString("#\n")
}

// oneLine keeps a name from breaking the lines of the file.
func oneLine(name string) string {
	return strings.TrimSpace(strings.NewReplacer("\n", " ", "\r", " ").Replace(name))
}
