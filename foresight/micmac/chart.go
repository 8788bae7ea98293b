package micmac

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/chart"
)

// Words are the texts of a map in the language of its readers.
type Words struct {
	Title, Description, Note              string
	Influence, Dependence                 string // of the axes
	Variable                              string // head of the first column
	Driver, Relay, Result, Autonomous     string // names of the quarters
	DirectInfluence, DirectDependence     string // heads of the further columns
	IndirectInfluence, IndirectDependence string
}

// English are the words of the command line.
var English = Words{
	Title:       "Influence and dependence",
	Description: "Each variable stands where its indirect influences put it; the ring is where its direct influences alone would. Both axes count in multiples of the mean.",
	Influence:   "Influence ↑", Dependence: "Dependence →", Variable: "Variable",
	Driver: "Drivers", Relay: "Relays", Result: "Results", Autonomous: "Autonomous",
	DirectInfluence: "direct influence", DirectDependence: "direct dependence",
	IndirectInfluence: "indirect influence", IndirectDependence: "indirect dependence",
}

// named is how many variables are marked by name on a map. More are marked by
// number, and the note says whose they are.
const named = 12

// Map draws the variables by influence and dependence, with arrows from the
// direct to the indirect place (the displacement map). id must be unique on the
// page.
func (a *Analysis) Map(id string, w Words) chart.Chart {
	c := chart.PlaneChart{ID: id, Title: w.Title, Description: w.Description, Note: w.Note, Across: w.Dependence, Up: w.Influence,
		Quarters: [4]string{w.Driver, w.Relay, w.Result, w.Autonomous}, Middle: [2]float64{1, 1},
		Head: []string{w.Variable, w.DirectInfluence, w.DirectDependence, w.IndirectInfluence, w.IndirectDependence}}
	var key []string
	for i, name := range a.Names {
		direct, indirect := a.DirectMap[i], a.IndirectMap[i]
		p := chart.Point{Name: name, Mark: name, Across: indirect.Dependence, Up: indirect.Influence,
			From:  &[2]float64{direct.Dependence, direct.Influence},
			Cells: []string{multiple2(direct.Influence), multiple2(direct.Dependence), multiple2(indirect.Influence), multiple2(indirect.Dependence)}}
		if len(a.Names) > named {
			p.Mark = strconv.Itoa(i + 1)
			p.Name = p.Mark + ". " + name
			key = append(key, p.Name)
		}
		c.Points = append(c.Points, p)
	}
	if key != nil {
		c.Note = strings.TrimSpace(c.Note + " " + strings.Join(key, " · "))
	}
	return chart.Plane(c)
}

func multiple2(x float64) string { return fmt.Sprintf("%.2f", x) }
