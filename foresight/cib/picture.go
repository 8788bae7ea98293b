package cib

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/chart"
)

// Words are the texts of the pictures in the language of their readers.
type Words struct {
	Scenarios, ScenariosSay string // title of the table, and what it says
	First                   string // note where there are more, with two %d: how many are shown, of how many
	Grid, GridSay           string
	Descriptor, State       string // heads of the first column
	ConsistencyValue        string
	TotalImpactScore        string
}

// English are the words of the command line.
var English = Words{
	Scenarios:    "Consistent scenarios",
	ScenariosSay: "Each column is a scenario, each band a descriptor; scenarios side by side that are in the same state share a cell.",
	First:        "The first %d of %d scenarios.",
	Grid:         "Cross-impacts",
	GridSay:      "The row acts on the column: a full square promotes, an empty one hinders, a larger one more strongly.",
	Descriptor:   "Descriptor", State: "State",
	ConsistencyValue: "Consistency value", TotalImpactScore: "Total impact score",
}

// shown is how many scenarios one picture holds at most.
const shown = 12

// Table draws scenarios side by side, the first twelve of them (see Diverse for
// another choice). id must be unique on the page. Scenarios must fit the matrix.
func (m *Matrix) Table(id string, scenarios []Scenario, w Words) chart.Chart {
	c := chart.TableauChart{ID: id, Title: w.Scenarios, Description: w.ScenariosSay, Head: w.Descriptor}
	if len(scenarios) > shown {
		c.Note = fmt.Sprintf(w.First, shown, len(scenarios))
		scenarios = scenarios[:shown]
	}
	for x := range scenarios {
		c.Columns = append(c.Columns, strconv.Itoa(x+1))
	}
	for i := range m.Len() {
		row := chart.TableauRow{Label: m.nameOf(i), Key: m.key(i)}
		for _, z := range scenarios {
			row.Cells = append(row.Cells, m.cell(i, z[i]))
		}
		c.Rows = append(c.Rows, row)
	}
	values := chart.TableauRow{Label: w.ConsistencyValue}
	totals := chart.TableauRow{Label: w.TotalImpactScore}
	for _, z := range scenarios {
		values.Cells = append(values.Cells, number(m.ConsistencyValue(z)))
		totals.Cells = append(totals.Cells, number(m.TotalImpactScore(z)))
	}
	c.Rows = append(c.Rows, values, totals)
	return chart.Tableau(c)
}

// key says which number stands for which state of a descriptor.
func (m *Matrix) key(i int) string {
	var states []string
	for k := range m.Domain(i) {
		states = append(states, strconv.Itoa(k+1)+" "+m.stateOf(i, k))
	}
	return strings.Join(states, " · ")
}

func number(v int) chart.TableauCell {
	text := strconv.Itoa(v)
	return chart.TableauCell{Text: text, Mark: text}
}

// cell shows a state by its name, or its number where the name has no room.
func (m *Matrix) cell(i, k int) chart.TableauCell {
	c := chart.TableauCell{Text: m.stateOf(i, k), Mark: strconv.Itoa(k + 1)}
	if n := m.Domain(i); n > 1 {
		c.Shade = float64(k) / float64(n-1)
	}
	return c
}

// nameOf a descriptor is its number where the file has none.
func (m *Matrix) nameOf(i int) string {
	if name := m.descriptors[i].Name; name != "" {
		return name
	}
	return strconv.Itoa(i + 1)
}

func (m *Matrix) stateOf(i, k int) string {
	if name := m.descriptors[i].States[k].Name; name != "" {
		return name
	}
	return strconv.Itoa(k + 1)
}

// gridStates is up to how many states the grid shows each judgement; above, it shows
// how strongly each descriptor acts on each, without direction.
const gridStates = 24

// Grid draws the matrix itself. id must be unique on the page.
func (m *Matrix) Grid(id string, w Words) chart.Chart {
	c := chart.GridChart{ID: id, Title: w.Grid, Description: w.GridSay, Head: w.State}
	if m.States() > gridStates {
		c.Head = w.Descriptor
		for i := range m.Len() {
			c.Signs, c.Names = append(c.Signs, strconv.Itoa(i+1)), append(c.Names, m.nameOf(i))
			row := make([]int, m.Len())
			for j := range row {
				row[j] = m.Strength(i, j)
			}
			addGridRow(&c, row)
		}
		return chart.Grid(c)
	}
	for i := range m.Len() {
		for k := range m.Domain(i) {
			c.Signs = append(c.Signs, letter(i)+strconv.Itoa(k+1))
			c.Names = append(c.Names, strings.TrimSpace(m.nameOf(i)+": "+m.stateOf(i, k)))
			row := make([]int, m.States())
			for x := range row {
				row[x] = int(m.cells[(m.first[i]+k)*m.States()+x])
			}
			addGridRow(&c, row)
		}
	}
	return chart.Grid(c)
}

func addGridRow(c *chart.GridChart, row []int) {
	var values []float64
	var texts []string
	for _, v := range row {
		values, texts = append(values, float64(v)), append(texts, strconv.Itoa(v))
	}
	c.Values, c.Texts = append(c.Values, values), append(c.Texts, texts)
}

// letter is A for the first descriptor.
func letter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letter(i/26-1) + letter(i%26)
}
