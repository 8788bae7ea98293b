package people

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"
	"rsc.io/qr"
)

// qrCode draws a text as a QR code in SVG. It is black on white in the dark
// too: cameras expect that.
func qrCode(text, label string) (templ.Component, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, fmt.Errorf("people: qr: %w", err)
	}
	const quiet = 4 // modules of white around, as the standard asks
	var path strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	size := code.Size + 2*quiet
	return templ.Raw(fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="240" height="240" role="img" aria-label="%s">`+
		`<rect width="%d" height="%d" fill="white"/><path fill="black" d="%s"/></svg>`,
		size, size, templ.EscapeString(label), size, size, path.String())), nil
}
