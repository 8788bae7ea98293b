package mactor

import (
	"io"
	"strconv"

	"github.com/wspolnota/wspolnota/foresight/document"
)

// Read reads an input from a JSON object with the matrices "MDI" and "2MAO" as
// lists of rows and, where wanted, the lists "actors", "objectives" and
// "sectors" (administration, ngo, resident, business, or "" for none). Actors
// and objectives without names are called "Actor 1", "Objective 1" and so on.
// Other fields are left alone.
//
// Mistakes are *document.Error with their line.
func Read(r io.Reader) (Input, error) {
	doc, err := document.Read(r)
	if err != nil {
		return Input{}, err
	}
	var in Input
	mdi, err := doc.Need("MDI")
	if err != nil {
		return in, err
	}
	rows, err := mdi.List()
	if err != nil {
		return in, err
	}
	if len(rows) == 0 || len(rows) > MaxActors {
		return in, mdi.Refuse("expected 1 to %d actors, found %d rows", MaxActors, len(rows))
	}
	if in.Actors, err = names(doc, "actors", "Actor", len(rows)); err != nil {
		return in, err
	}
	if in.Influence, err = matrix(mdi, "MDI", len(rows), len(rows), 0, MaxInfluence); err != nil {
		return in, err
	}
	for i, row := range rows {
		if in.Influence[i][i] != 0 {
			return in, row.Refuse("the influence of %q on itself is %d, expected 0", in.Actors[i], in.Influence[i][i])
		}
	}
	if err := in.readPositions(doc); err != nil {
		return in, err
	}
	return in, in.readSectors(doc)
}

func (in *Input) readPositions(doc document.Value) error {
	mao, err := doc.Need("2MAO")
	if err != nil {
		return err
	}
	rows, err := mao.List()
	if err != nil {
		return err
	}
	width := 0
	if len(rows) > 0 {
		first, err := rows[0].List()
		if err != nil {
			return err
		}
		width = len(first)
	}
	if width > MaxObjectives {
		return mao.Refuse("expected at most %d objectives, found %d", MaxObjectives, width)
	}
	if in.Objectives, err = names(doc, "objectives", "Objective", width); err != nil {
		return err
	}
	in.Positions, err = matrix(mao, "2MAO", len(in.Actors), width, -MaxPosition, MaxPosition)
	return err
}

// sectors are those that pictures know.
var sectors = map[string]bool{"": true, "administration": true, "ngo": true, "resident": true, "business": true}

func (in *Input) readSectors(doc document.Value) error {
	field, ok := doc.Field("sectors")
	if !ok {
		return nil
	}
	items, err := field.List()
	if err != nil {
		return err
	}
	if len(items) != len(in.Actors) {
		return field.Refuse("expected %d sectors, one per actor, found %d", len(in.Actors), len(items))
	}
	for _, item := range items {
		s, err := item.Text()
		if err != nil {
			return err
		}
		if !sectors[s] {
			return item.Refuse("expected administration, ngo, resident, business or nothing, found %q", s)
		}
		in.Sectors = append(in.Sectors, s)
	}
	return nil
}

// names reads a list of n names, or makes them.
func names(doc document.Value, field, kind string, n int) ([]string, error) {
	value, ok := doc.Field(field)
	if !ok {
		made := make([]string, n)
		for i := range made {
			made[i] = kind + " " + strconv.Itoa(i+1)
		}
		return made, nil
	}
	given, err := value.Names(field[:len(field)-1])
	if err != nil {
		return nil, err
	}
	if len(given) != n {
		return nil, value.Refuse("expected %d %s as in the matrix, found %d", n, field, len(given))
	}
	return given, nil
}

func matrix(v document.Value, name string, rows, columns, least, most int) ([][]int, error) {
	lines, err := v.List()
	if err != nil {
		return nil, err
	}
	if len(lines) != rows {
		return nil, v.Refuse("expected %d rows in %s, one per actor, found %d", rows, name, len(lines))
	}
	m := make([][]int, rows)
	for i, line := range lines {
		cells, err := line.List()
		if err != nil {
			return nil, err
		}
		if len(cells) != columns {
			return nil, line.Refuse("expected %d numbers in row %d of %s, found %d", columns, i+1, name, len(cells))
		}
		for _, cell := range cells {
			n, err := cell.Whole(least, most)
			if err != nil {
				return nil, err
			}
			m[i] = append(m[i], n)
		}
	}
	return m, nil
}
