package paper

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"
	"rsc.io/qr"
)

// Code is a QR code.
type Code struct{ code *qr.Code }

// quiet is the white around a code, in modules, as ISO/IEC 18004 asks.
const quiet = 4

// QR encodes a text; a seventh of the code may be torn or dirty.
func QR(text string) (Code, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return Code{}, fmt.Errorf("paper: qr: %w", err)
	}
	return Code{code}, nil
}

// Size is the number of modules on a side, without the white around.
func (c Code) Size() int { return c.code.Size }

// Black reports whether the module in column x of row y is black.
func (c Code) Black(x, y int) bool { return c.code.Black(x, y) }

// run is a row of black modules side by side.
type run struct{ x, y, length int }

func (c Code) runs() (all []run) {
	for y := range c.Size() {
		for x := 0; x < c.Size(); x++ {
			begin := x
			for x < c.Size() && c.Black(x, y) {
				x++
			}
			if x > begin {
				all = append(all, run{begin, y, x - begin})
			}
		}
	}
	return all
}

// SVG draws the code on a page, size pixels wide; label says what it holds. It
// is black on white in the dark too: cameras expect that.
func (c Code) SVG(label string, size int) templ.Component {
	var path strings.Builder
	for _, r := range c.runs() {
		fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", r.x+quiet, r.y+quiet, r.length, r.length)
	}
	side := c.Size() + 2*quiet
	return templ.Raw(fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">`+
		`<rect width="%d" height="%d" fill="white"></rect><path fill="black" d="%s"></path></svg>`,
		side, side, size, size, templ.EscapeString(label), side, side, path.String()))
}
