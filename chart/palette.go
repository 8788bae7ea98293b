package chart

import (
	_ "embed"
	"strings"
)

// rules is the style sheet of a file of its own: the rules for charts of
// web/ui, written with the names of its tokens. A test compares both.
//
//go:embed file.css
var rules string

// The tokens of web/ui that charts use. A file cannot reach the style sheet of
// a page, and many programs that show SVG know no variables, so that the
// colours stand in it as they are.
var (
	light = palette{"link": "#1d4f91", "surface": "#ffffff", "sunken": "#f2f0ea", "text": "#1b1d22", "muted": "#565b66", "line": "#7d818c", "rule": "#dfdcd3", "accent": "#0b5c4b", "danger": "#a4262c",
		"administration": "#2f5fb3", "ngo": "#0b7a75", "resident": "#a15c00", "business": "#8a3a86"}
	dark = palette{"link": "#8fbdf5", "surface": "#1d2026", "sunken": "#23272f", "text": "#eceae4", "muted": "#b0b4be", "line": "#7f8590", "rule": "#363a43", "accent": "#5fc9ae", "danger": "#ff9a94",
		"administration": "#86b1f7", "ngo": "#4fcac2", "resident": "#f0b355", "business": "#df9adb"}
	print = palette{"link": "#000000", "surface": "#ffffff", "sunken": "#ffffff", "text": "#000000", "muted": "#333333", "line": "#555555", "rule": "#aaaaaa", "accent": "#000000", "danger": "#000000",
		"administration": "#2f5fb3", "ngo": "#0b7a75", "resident": "#a15c00", "business": "#8a3a86"}
)

type palette map[string]string

func (p palette) style() string {
	var pairs []string
	for name, colour := range p {
		pairs = append(pairs, "var(--"+name+")", colour)
	}
	return strings.NewReplacer(pairs...).Replace(rules)
}

// fileStyle says every rule in three lights; the later wins where it holds.
func fileStyle() string {
	return light.style() +
		"@media (prefers-color-scheme: dark) {\n" + dark.coloured() + "}\n" +
		"@media print {\n" + print.coloured() + ".chart .track { stroke: #555555; }\n}\n"
}

// coloured leaves out the rules that no colour depends on.
func (p palette) coloured() string {
	var b strings.Builder
	names, styled := strings.SplitAfter(rules, "\n"), strings.SplitAfter(p.style(), "\n")
	for i, line := range styled {
		if line != names[i] {
			b.WriteString(line)
		}
	}
	return b.String()
}
