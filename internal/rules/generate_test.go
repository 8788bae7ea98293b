package rules_test

import (
	"bytes"
	"fmt"
	"go/format"
	"regexp"

	"github.com/a-h/templ/generator"
	templ "github.com/a-h/templ/parser/v2"
)

// generate makes the Go text of a template in memory.
func generate(path string) (string, error) {
	parsed, err := templ.Parse(path)
	if err != nil {
		return "", fmt.Errorf("parse: %w", err)
	}
	var b bytes.Buffer
	if _, err := generator.Generate(parsed, &b); err != nil {
		return "", fmt.Errorf("generate: %w", err)
	}
	text, err := format.Source(b.Bytes())
	return string(text), err
}

var (
	version   = regexp.MustCompile(`// templ: version: \S+`) // the command writes it, the library does not
	fileName  = regexp.MustCompile(`FileName: ` + "`[^`]*`")
	lineBreak = regexp.MustCompile(`\s+`)
	importing = regexp.MustCompile(`(?s)import \(.*?\n\)|(?m)^import .*$`)
)

// strip takes away what depends on how the generator was called: the name by
// which it knew the file, and the order in which imports were written.
func strip(text string) string {
	text = version.ReplaceAllString(text, "")
	text = fileName.ReplaceAllString(text, "FileName")
	text = importing.ReplaceAllString(text, "")
	return lineBreak.ReplaceAllString(text, " ")
}
