package people

import (
	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/paper"
)

// qrCode draws the text of a second factor for the camera of a phone.
func qrCode(text, label string) (templ.Component, error) {
	code, err := paper.QR(text)
	if err != nil {
		return nil, err
	}
	return code.SVG(label, 240), nil
}
