package chart

// The signs of the sectors around the point 0, 0, about 12 pixels wide, for
// marks inside a drawing. "" is somebody of whom no sector is told.
var marks = map[string]string{
	"administration": `<rect x="-5.5" y="-5.5" width="11" height="11"/>`,
	"ngo":            `<circle r="6"/>`,
	"resident":       `<path d="M0-7 7 6H-7Z"/>`,
	"business":       `<path d="M0-7.5 7.5 0 0 7.5-7.5 0Z"/>`,
	"":               `<path d="M-5-5 5 5M5-5-5 5"/>`,
}

// mark draws the sign of a sector at x percent and y pixels. Its class gives it
// the colour of the sector, or only its outline when hollow.
func (d *drawing) mark(sector string, hollow bool, x float64, y int) {
	shape, known := marks[sector]
	class := "sign fill-" + escape(sector)
	switch {
	case (!known || sector == "") && hollow:
		class, shape = "cross", `<circle r="6"/>`
	case !known || sector == "":
		class, shape = "cross", marks[""]
	case hollow:
		class = "sign-line line-" + escape(sector)
	}
	d.add(`<svg x="%.2f%%" y="%d" overflow="visible"><g class="%s">%s</g></svg>`, x, y, class, shape)
}
