package roadmap

import (
	"errors"
	"io"

	"github.com/wspolnota/wspolnota/foresight/document"
)

// Plan is what a file says: milestones, and measures across scenarios.
type Plan struct {
	*Graph
	Unit       string // of time, for people: "week"
	Deadline   int    // 0: none
	Scenarios  []string
	Measures   []Measure
	Threshold  float64 // from which a measure is useful
	RobustFrom int     // scenarios in which it must be
}

// maxValue bounds the values of measures; nothing is counted that finely.
const maxValue = 1e12

// Read reads a plan from a JSON object. "milestones" is a list of objects with
// "name" and, where wanted, "duration", "after" (a list of names), "not_before",
// "owner", "sector", "lane", "indicator". Beside it may stand "unit", "deadline",
// "scenarios" (names), "measures" (objects with "name" and "values", one per
// scenario), "useful_from" (the threshold, 1) and "robust_in" (scenarios, by
// default more than half).
//
// Mistakes are *document.Error with their line; a circle of milestones among them.
func Read(r io.Reader) (*Plan, error) {
	doc, err := document.Read(r)
	if err != nil {
		return nil, err
	}
	p := &Plan{Threshold: 1}
	if err := p.readMilestones(doc); err != nil {
		return nil, err
	}
	if unit, ok := doc.Field("unit"); ok {
		if p.Unit, err = unit.Text(); err != nil {
			return nil, err
		}
	}
	if deadline, ok := doc.Field("deadline"); ok {
		if p.Deadline, err = deadline.Whole(1, MaxTime); err != nil {
			return nil, err
		}
	}
	return p, p.readMeasures(doc)
}

func (p *Plan) readMilestones(doc document.Value) error {
	field, err := doc.Need("milestones")
	if err != nil {
		return err
	}
	items, err := field.List()
	if err != nil {
		return err
	}
	if len(items) == 0 || len(items) > MaxMilestones {
		return field.Refuse("expected 1 to %d milestones, found %d", MaxMilestones, len(items))
	}
	var list []Milestone
	line, seen := map[string]document.Value{}, map[string]bool{}
	for _, item := range items {
		m, err := readMilestone(item, seen)
		if err != nil {
			return err
		}
		line[m.Name], list = item, append(list, m)
	}
	for i, m := range list {
		for _, name := range m.After {
			if _, there := line[name]; !there {
				return items[i].Refuse("%q waits for %q, which is not there", m.Name, name)
			}
		}
	}
	p.Graph, err = New(list)
	var circle *CycleError
	if errors.As(err, &circle) {
		return line[circle.Cycles[0][0]].Refuse("%v", circle)
	}
	if err != nil {
		return field.Refuse("%v", err)
	}
	return nil
}

func readMilestone(item document.Value, seen map[string]bool) (Milestone, error) {
	var m Milestone
	name, err := item.Need("name")
	if err != nil {
		return m, err
	}
	if m.Name, err = name.Name("milestone", seen); err != nil {
		return m, err
	}
	for field, target := range map[string]*int{"duration": &m.Duration, "not_before": &m.NotBefore} {
		if v, ok := item.Field(field); ok {
			if *target, err = v.Whole(0, MaxTime); err != nil {
				return m, err
			}
		}
	}
	for field, target := range map[string]*string{"owner": &m.Owner, "sector": &m.Sector, "lane": &m.Lane, "indicator": &m.Indicator} {
		if v, ok := item.Field(field); ok {
			if *target, err = v.Text(); err != nil {
				return m, err
			}
		}
	}
	if after, ok := item.Field("after"); ok {
		m.After, err = after.Names("milestone")
	}
	return m, err
}

func (p *Plan) readMeasures(doc document.Value) error {
	names, ok := doc.Field("scenarios")
	if !ok {
		if measures, there := doc.Field("measures"); there {
			return measures.Refuse("expected \"scenarios\" beside \"measures\"")
		}
		return nil
	}
	var err error
	if p.Scenarios, err = names.Names("scenario"); err != nil {
		return err
	}
	if len(p.Scenarios) == 0 {
		return names.Refuse("expected at least one scenario")
	}
	p.RobustFrom = len(p.Scenarios)/2 + 1
	if v, ok := doc.Field("robust_in"); ok {
		if p.RobustFrom, err = v.Whole(1, len(p.Scenarios)); err != nil {
			return err
		}
	}
	if v, ok := doc.Field("useful_from"); ok {
		if p.Threshold, err = v.Number(-maxValue, maxValue); err != nil {
			return err
		}
	}
	measures, err := doc.Need("measures")
	if err != nil {
		return err
	}
	items, err := measures.List()
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, item := range items {
		m, err := readMeasure(item, len(p.Scenarios), seen)
		if err != nil {
			return err
		}
		p.Measures = append(p.Measures, m)
	}
	return nil
}

func readMeasure(item document.Value, scenarios int, seen map[string]bool) (Measure, error) {
	var m Measure
	name, err := item.Need("name")
	if err != nil {
		return m, err
	}
	if m.Name, err = name.Name("measure", seen); err != nil {
		return m, err
	}
	values, err := item.Need("values")
	if err != nil {
		return m, err
	}
	numbers, err := values.List()
	if err != nil {
		return m, err
	}
	if len(numbers) != scenarios {
		return m, values.Refuse("expected %d values of %q, one per scenario, found %d", scenarios, m.Name, len(numbers))
	}
	for _, n := range numbers {
		v, err := n.Number(-maxValue, maxValue)
		if err != nil {
			return m, err
		}
		m.Values = append(m.Values, v)
	}
	return m, nil
}
