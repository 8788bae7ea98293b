package ui

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/wspolnota/wspolnota/lang"
)

// CardOptions describes one thing in a list of things.
type CardOptions struct {
	Title, Href string
	Level       int    // of the heading: 2 or 3; 0 is 3
	Kicker      string // kind or place, above the title
	Tag         *Tag
	Meta        []templ.Component
	Picture     *PictureData
	Lang        string // language of the content
}

// PictureData is a picture with the words that stand for it.
type PictureData struct {
	Src, Srcset, Sizes string
	Alt                string // what it shows; always
	Width, Height      int
	Caption, Credit    string
	Lang               string
}

// Pair is a name and a value; Change leads to where it can be changed.
type Pair struct {
	Key    string
	Text   string
	Value  templ.Component // instead of Text
	Href   string          // where it can be changed
	Change string          // word of that link, "Change" when empty
}

// Attachment is a file to take away.
type Attachment struct {
	Href, Name string
	Type       string // "PDF"
	Size       int64  // bytes
}

// PersonRow is one person of a list.
type PersonRow struct {
	Name, Href         string
	Role, Organisation string
	Sector             Sector
}

// Logo of a funder or a partner.
type LogoData struct {
	Src, Alt, Href string
	Width, Height  int
}

// DiffKind says what happened to a line.
type DiffKind string

const (
	Same    DiffKind = "same"
	Added   DiffKind = "added"
	Removed DiffKind = "removed"
)

// DiffLine is one line of the difference between two texts.
type DiffLine struct {
	Kind DiffKind
	Text string
}

// Text is plain text as a component, for the cells of a table.
func Text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, templ.EscapeString(s))
		return err
	})
}

// Size says how big a file is, for somebody who pays for each megabyte.
func Size(ctx context.Context, bytes int64) string {
	const kB, MB = 1000, 1000 * 1000
	switch {
	case bytes < kB:
		return lang.N(ctx, "ui.size.bytes", int(bytes))
	case bytes < MB:
		return lang.Number(ctx, (bytes+kB/2)/kB) + "\u00a0kB"
	}
	tenths := fmt.Sprintf("%.1f", float64(bytes)/MB)
	if lang.From(ctx) == lang.Polish {
		tenths = strings.Replace(tenths, ".", ",", 1)
	}
	return tenths + "\u00a0MB"
}

func machineDate(t time.Time) string { return t.In(lang.Warsaw).Format("2006-01-02") }
func machineTime(t time.Time) string { return t.In(lang.Warsaw).Format(time.RFC3339) }

func pixels(n int) string { return strconv.Itoa(n) }

func grosz(n int64) string { return strconv.FormatInt(n, 10) }
