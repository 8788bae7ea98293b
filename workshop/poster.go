package workshop

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// A4 in pixels of a quarter of a millimetre.
const (
	posterWidth  = 840
	posterHeight = 1188
)

// posterDrawing sets lines in the middle of a page, each broken where it is too
// long; an average letter is about half as wide as it is high.
func posterDrawing(title string, lines []posterLine) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 %d %d" role="img" font-family="sans-serif"><title>%s</title><rect width="%[1]d" height="%[2]d" fill="#ffffff"/>`,
			posterWidth, posterHeight, templ.EscapeString(title))
		y := 0
		for _, line := range lines {
			y += line.gap
			weight := "400"
			if line.strong {
				weight = "700"
			}
			for _, part := range broken(line.text, (posterWidth-120)*2/line.size) {
				y += line.size * 6 / 5
				fmt.Fprintf(&b, `<text x="%d" y="%d" font-size="%d" font-weight="%s" text-anchor="middle" fill="#1b1d22">%s</text>`,
					posterWidth/2, y, line.size, weight, templ.EscapeString(part))
			}
		}
		b.WriteString(`</svg>`)
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// broken parts a text into lines of at most so many letters.
func broken(text string, most int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		for len([]rune(word)) > most {
			lines, word = append(lines, string([]rune(word)[:most])), string([]rune(word)[most:])
		}
		switch {
		case line == "":
			line = word
		case len([]rune(line))+1+len([]rune(word)) <= most:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	return append(lines, line)
}
