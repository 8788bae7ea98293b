package pabulib

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/choice"
)

// Writer writes a .pb file: the header at once, then one vote at a time.
type Writer struct {
	out     *bufio.Writer
	header  Header
	columns int
}

// NewWriter writes META and PROJECTS and the header of VOTES, whose columns
// begin with voter_id and vote. Columns of projects are those of the header,
// or project_id, cost, name where it names none. Budget, numbers and costs are
// written from the header's values, so that META cannot contradict them.
func NewWriter(w io.Writer, h Header, voteColumns ...string) (*Writer, error) {
	if len(voteColumns) < 2 || voteColumns[0] != "voter_id" || voteColumns[1] != "vote" {
		return nil, errors.New("pabulib: columns of votes; expected voter_id and vote first")
	}
	if len(h.Columns) == 0 {
		h.Columns = []string{"project_id", "cost", "name"}
	}
	if h.Columns[0] != "project_id" || !slices.Contains(h.Columns, "cost") {
		return nil, errors.New("pabulib: columns of projects; expected project_id first, and cost")
	}
	out := &Writer{out: bufio.NewWriter(w), header: h, columns: len(voteColumns)}
	if err := out.meta(); err != nil {
		return nil, err
	}
	if err := out.projects(); err != nil {
		return nil, err
	}
	if err := out.line("VOTES"); err != nil {
		return nil, err
	}
	return out, out.row(voteColumns)
}

func (w *Writer) meta() error {
	if err := errors.Join(w.line("META"), w.line("key;value")); err != nil {
		return err
	}
	budget := false
	for _, e := range w.header.Meta {
		switch e.Key {
		case "budget":
			e.Value, budget = w.header.Budget.String(), true
		case "num_projects":
			e.Value = strconv.Itoa(len(w.header.Projects))
		}
		if err := w.row([]string{e.Key, e.Value}); err != nil {
			return err
		}
	}
	if !budget {
		return w.row([]string{"budget", w.header.Budget.String()})
	}
	return nil
}

func (w *Writer) projects() error {
	if err := errors.Join(w.line("PROJECTS"), w.row(w.header.Columns)); err != nil {
		return err
	}
	for i, p := range w.header.Projects {
		if strings.ContainsAny(p.ID, ",") || p.ID == "" || strings.TrimSpace(p.ID) != p.ID {
			return fmt.Errorf("pabulib: project_id %q; expected text without commas or blanks around it", p.ID)
		}
		cells := make([]string, len(w.header.Columns))
		for j, column := range w.header.Columns {
			cells[j] = w.header.Field(i, column)
			switch column {
			case "project_id":
				cells[j] = p.ID
			case "name":
				cells[j] = p.Name
			case "cost":
				cells[j] = p.Cost.String()
				if p.Withdrawn {
					cells[j] = choice.Grosze(withdrawnCost).String()
				}
			}
		}
		if err := w.row(cells); err != nil {
			return err
		}
	}
	return nil
}

// Vote writes one vote: the voter, the projects by their positions, then what
// the other columns of votes hold. Points is the text of a list of points.
func (w *Writer) Vote(voter string, projects []int, cells ...string) error {
	if len(cells)+2 != w.columns {
		return fmt.Errorf("pabulib: %d cells in a vote; expected %d", len(cells)+2, w.columns)
	}
	var list strings.Builder
	for i, c := range projects {
		if c < 0 || c >= len(w.header.Projects) {
			return fmt.Errorf("pabulib: vote for project at %d; expected one of %d", c, len(w.header.Projects))
		}
		if i > 0 {
			list.WriteByte(',')
		}
		list.WriteString(w.header.Projects[c].ID)
	}
	return w.row(append([]string{voter, list.String()}, cells...))
}

// Close writes what is still held back. It does not close the file beneath.
func (w *Writer) Close() error { return w.out.Flush() }

func (w *Writer) line(s string) error {
	_, err := w.out.WriteString(s + "\n")
	return err
}

// row writes cells, quoted where they need it. A lone cell that would read as
// the heading of a section cannot occur: every row has two at least.
func (w *Writer) row(cells []string) error {
	quoted := make([]string, len(cells))
	for i, c := range cells {
		if quoted[i] = c; strings.ContainsAny(c, ";\"\n") {
			quoted[i] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
	}
	return w.line(strings.Join(quoted, ";"))
}

// Numbers writes a list of points as the column points holds it.
func Numbers(points []int) string {
	var b strings.Builder
	for i, n := range points {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(n))
	}
	return b.String()
}
