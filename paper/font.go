package paper

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// The letters of the documents: the Go fonts (Bigelow & Holmes), which have all
// of Polish and come with their module.
const family = "go"

var (
	regular = goregular.TTF
	bold    = gobold.TTF
)

// unknown stands for a character that the font cannot draw.
const unknown = '�'

var letters = sync.OnceValue(func() *sfnt.Font {
	font, err := sfnt.Parse(regular)
	if err != nil {
		panic(err) // it is a constant of its module
	}
	return font
})

// Printable replaces what the font cannot draw, so that nothing is left out
// unseen, and removes what steers a terminal or turns the line around. Breaks of
// lines stay.
func Printable(s string) string {
	var buffer sfnt.Buffer
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\u00a0', r == '\u202f':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		if i, err := letters().GlyphIndex(&buffer, r); err != nil || i == 0 {
			return unknown
		}
		return r
	}, s)
}
