package morphology

import (
	"io"

	"github.com/wspolnota/wspolnota/foresight/document"
)

// Read reads a field from a JSON object: "parameters" is an object that names
// for each parameter the list of its values, in order; "inconsistent_pairs" is a
// list of pairs [[parameter, value], [parameter, value]]; "ratings", where
// wanted, a list of [[parameter, value], [parameter, value], number]. Other
// fields are left alone.
//
// Mistakes are *document.Error with their line.
func Read(r io.Reader) (*Field, error) {
	doc, err := document.Read(r)
	if err != nil {
		return nil, err
	}
	p, err := readParameters(doc)
	if err != nil {
		return nil, err
	}
	pairs, err := p.pairs(doc)
	if err != nil {
		return nil, err
	}
	rated, err := p.ratings(doc)
	if err != nil {
		return nil, err
	}
	f, err := New(p.list, pairs, rated)
	if err != nil {
		return nil, doc.Refuse("%v", err)
	}
	return f, nil
}

// named finds parameters and values by their names.
type named struct {
	list   []Parameter
	place  map[string]int
	values []map[string]int
}

func readParameters(doc document.Value) (*named, error) {
	field, err := doc.Need("parameters")
	if err != nil {
		return nil, err
	}
	fields, err := field.Fields()
	if err != nil {
		return nil, err
	}
	if len(fields) == 0 || len(fields) > MaxParameters {
		return nil, field.Refuse("expected 1 to %d parameters, found %d", MaxParameters, len(fields))
	}
	p := &named{place: map[string]int{}}
	seen := map[string]bool{}
	for _, f := range fields {
		if err := f.Value.Unused(f.Name, "parameter", seen); err != nil {
			return nil, err
		}
		values, err := f.Value.Names("value")
		if err != nil {
			return nil, err
		}
		if len(values) == 0 || len(values) > MaxValues {
			return nil, f.Value.Refuse("expected 1 to %d values of %q, found %d", MaxValues, f.Name, len(values))
		}
		p.add(f.Name, values)
	}
	return p, nil
}

func (p *named) add(name string, values []string) {
	p.place[name] = len(p.list)
	p.list = append(p.list, Parameter{Name: name, Values: values})
	places := map[string]int{}
	for i, v := range values {
		places[v] = i
	}
	p.values = append(p.values, places)
}

func (p *named) pairs(doc document.Value) ([]Pair, error) {
	field, ok := doc.Field("inconsistent_pairs")
	if !ok {
		return nil, nil
	}
	items, err := field.List()
	if err != nil {
		return nil, err
	}
	var pairs []Pair
	for _, item := range items {
		cells, err := item.List()
		if err != nil {
			return nil, err
		}
		if len(cells) != 2 {
			return nil, item.Refuse("expected a pair of [parameter, value], found %d things", len(cells))
		}
		pair, err := p.pair(item, cells)
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, pair)
	}
	return pairs, nil
}

func (p *named) ratings(doc document.Value) ([]Rated, error) {
	field, ok := doc.Field("ratings")
	if !ok {
		return nil, nil
	}
	items, err := field.List()
	if err != nil {
		return nil, err
	}
	var rated []Rated
	seen := map[Pair]bool{}
	for _, item := range items {
		cells, err := item.List()
		if err != nil {
			return nil, err
		}
		if len(cells) != 3 {
			return nil, item.Refuse("expected [parameter, value], [parameter, value] and a number, found %d things", len(cells))
		}
		pair, err := p.pair(item, cells)
		if err != nil {
			return nil, err
		}
		if seen[pair.sorted()] {
			return nil, item.Refuse("this pair is rated twice")
		}
		seen[pair.sorted()] = true
		n, err := cells[2].Whole(-MaxRating, MaxRating)
		if err != nil {
			return nil, err
		}
		rated = append(rated, Rated{Pair: pair, Rating: n})
	}
	return rated, nil
}

func (p *named) pair(item document.Value, cells []document.Value) (Pair, error) {
	a, err := p.cell(cells[0])
	if err != nil {
		return Pair{}, err
	}
	b, err := p.cell(cells[1])
	if err != nil {
		return Pair{}, err
	}
	if a.Parameter == b.Parameter {
		return Pair{}, item.Refuse("expected values of two parameters, found two of %q", p.list[a.Parameter].Name)
	}
	return Pair{A: a, B: b}, nil
}

func (p *named) cell(v document.Value) (Cell, error) {
	names, err := v.List()
	if err != nil {
		return Cell{}, err
	}
	if len(names) != 2 {
		return Cell{}, v.Refuse("expected [parameter, value], found %d things", len(names))
	}
	parameter, err := names[0].Text()
	if err != nil {
		return Cell{}, err
	}
	value, err := names[1].Text()
	if err != nil {
		return Cell{}, err
	}
	c, ok := p.find(parameter, value)
	if !ok {
		return Cell{}, v.Refuse("there is no value %q of a parameter %q", value, parameter)
	}
	return c, nil
}

func (p *named) find(parameter, value string) (Cell, bool) {
	at, ok := p.place[parameter]
	if !ok {
		return Cell{}, false
	}
	v, ok := p.values[at][value]
	return Cell{at, v}, ok
}

// Find looks a value up by the names of its parameter and of itself.
func (f *Field) Find(parameter, value string) (Cell, bool) {
	for i, p := range f.parameters {
		for v, name := range p.Values {
			if p.Name == parameter && name == value {
				return Cell{i, v}, true
			}
		}
	}
	return Cell{}, false
}
