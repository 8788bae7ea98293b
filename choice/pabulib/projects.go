package pabulib

import (
	"bytes"
	"slices"

	"github.com/wspolnota/wspolnota/choice"
)

func (r *Reader) readProjects() error {
	cells, err := r.row()
	if err != nil {
		return err
	}
	if r.Columns, err = r.columns(cells, "project_id"); err != nil {
		return err
	}
	id, cost, title := slices.Index(r.Columns, "project_id"), slices.Index(r.Columns, "cost"), slices.Index(r.Columns, "name")
	if cost < 0 {
		return r.rows.errorf("PROJECTS have no column cost; expected one")
	}
	r.ids = map[string]int{}
	for {
		if cells, err = r.row(); err != nil {
			return err
		}
		if r.heading(cells, "VOTES") {
			return r.checkProjects()
		}
		if err := r.fits(cells, r.Columns, max(id, cost)); err != nil {
			return err
		}
		p := Project{Line: r.rows.line}
		for _, c := range cells[:min(len(cells), len(r.Columns))] {
			p.Fields = append(p.Fields, string(bytes.TrimSpace(c)))
		}
		p.ID = p.Fields[id]
		if title >= 0 && title < len(p.Fields) {
			p.Name = p.Fields[title]
		}
		if p.Cost, err = r.money(p.Line, p.Fields[cost]); err != nil {
			return r.rows.errorf("cost of project %s: %v", shorten(p.ID), err)
		}
		p.Withdrawn = p.Cost == withdrawnCost
		if err := r.addProject(p); err != nil {
			return err
		}
	}
}

func (r *Reader) addProject(p Project) error {
	if p.ID == "" {
		return r.rows.errorf("a project without project_id; expected one")
	}
	if before, twice := r.ids[p.ID]; twice {
		return r.rows.errorf("project %s stands on line %d already; expected each project_id once", shorten(p.ID), r.Projects[before].Line)
	}
	if len(r.Projects) == choice.MaxProjects {
		return r.rows.errorf("more than %d projects; expected VOTES", choice.MaxProjects)
	}
	r.ids[p.ID] = len(r.Projects)
	r.Projects = append(r.Projects, p)
	return nil
}

func (r *Reader) checkProjects() error {
	r.seen = make([]int, len(r.Projects))
	r.numbers = numbered(r.ids)
	if n, _ := r.Meta.number("num_projects"); n >= 0 && n != len(r.Projects) {
		return r.problem(r.Meta.line("num_projects", 0), "num_projects in META is %d; expected %d, the number of projects", n, len(r.Projects))
	}
	return nil
}

// columns reads a header. The format wants the id first; anywhere will do.
func (r *Reader) columns(cells [][]byte, id string) ([]string, error) {
	var names []string
	for _, c := range cells {
		names = append(names, name(c))
	}
	for len(names) > 0 && names[len(names)-1] == "" { // spreadsheets leave semicolons
		names = names[:len(names)-1]
	}
	for i, n := range names {
		if slices.Contains(names[:i], n) {
			return nil, r.rows.errorf("column %q stands twice; expected each once", shorten(n))
		}
	}
	switch slices.Index(names, id) {
	case -1:
		return nil, r.rows.errorf("%q; expected a header that begins with %s", shorten(string(bytes.Join(cells, []byte(";")))), id)
	case 0:
		return names, nil
	}
	return names, r.problem(r.rows.line, "column %s is not the first; expected it there", id)
}

// fits compares a row with its header. Missing cells at the end are a problem,
// unless one of those that are needed is among them.
func (r *Reader) fits(cells [][]byte, columns []string, needed int) error {
	if len(cells) > len(columns) && slices.ContainsFunc(cells[len(columns):], func(c []byte) bool { return len(bytes.TrimSpace(c)) > 0 }) {
		return r.rows.errorf("%d cells; expected %d as in the header (a semicolon inside a cell needs quotation marks)", len(cells), len(columns))
	}
	if len(cells) <= needed {
		return r.rows.errorf("%d cells; expected %d as in the header, %s among them", len(cells), len(columns), columns[needed])
	}
	if len(cells) < len(columns) {
		return r.problem(r.rows.line, "%d cells; expected %d as in the header", len(cells), len(columns))
	}
	return nil
}
