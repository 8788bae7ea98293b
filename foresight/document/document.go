// Package document reads JSON that people write by hand, so that a mistake in it
// can be shown: every value knows its line, a name said twice is a mistake, and
// what is too long or too deep is refused before it fills the memory.
//
// Read gives the whole document as a Value; Field, List, Text, Whole and Number
// take it apart and say what they expected. Every error is an *Error.
package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Limits of a document.
const (
	MaxBytes  = 16 << 20
	MaxValues = 500_000
	MaxDepth  = 32
)

// Error is a mistake in a document: where, and what was expected there.
type Error struct {
	Line int
	Text string
}

func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Text) }

// Value is one value of a document with the line on which it begins.
type Value struct {
	Line  int
	what  string // of the kinds below
	text  string
	names []string // of an object, in the order of the file
	items []Value
}

const (
	object = "an object"
	list   = "a list"
	text   = "a text"
	number = "a number"
	truth  = "true or false"
	null   = "null"
)

// Read reads one document. What follows it, other than blanks, is refused.
func Read(r io.Reader) (Value, error) {
	content, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return Value{}, err
	}
	if len(content) > MaxBytes {
		return Value{}, &Error{Line: 1, Text: fmt.Sprintf("the file is longer than %d MB", MaxBytes>>20)}
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	p := &parser{content: content, d: json.NewDecoder(bytes.NewReader(content)), line: 1}
	p.d.UseNumber()
	v, err := p.value(0)
	if err != nil {
		return Value{}, err
	}
	if _, err := p.d.Token(); !errors.Is(err, io.EOF) {
		p.line += bytes.Count(content[p.at:p.d.InputOffset()], []byte("\n"))
		return Value{}, &Error{Line: p.line, Text: "expected nothing after the document"}
	}
	return v, nil
}

type parser struct {
	content []byte
	d       *json.Decoder
	at      int64 // up to where lines are counted
	line    int
	values  int
}

// token reads the next token and counts the lines up to it.
func (p *parser) token() (json.Token, error) {
	t, err := p.d.Token()
	end := p.d.InputOffset()
	p.line += bytes.Count(p.content[p.at:end], []byte("\n"))
	p.at = end
	if err == nil {
		return t, nil
	}
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		upTo := min(int64(len(p.content)), max(syntax.Offset, end))
		return nil, &Error{Line: p.line + bytes.Count(p.content[end:upTo], []byte("\n")), Text: "not JSON: " + syntax.Error()}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, &Error{Line: p.line, Text: "the file ends before the document does"}
	}
	return nil, &Error{Line: p.line, Text: "not JSON: " + err.Error()}
}

func (p *parser) value(depth int) (Value, error) {
	t, err := p.token()
	if err != nil {
		return Value{}, err
	}
	if p.values++; p.values > MaxValues {
		return Value{}, &Error{Line: p.line, Text: fmt.Sprintf("more than %d values", MaxValues)}
	}
	if depth > MaxDepth {
		return Value{}, &Error{Line: p.line, Text: fmt.Sprintf("more than %d lists inside one another", MaxDepth)}
	}
	v := Value{Line: p.line}
	switch t := t.(type) {
	case json.Delim:
		if t == '{' {
			v.what = object
			return v, p.fields(&v, depth)
		}
		v.what = list
		return v, p.elements(&v, depth)
	case string:
		v.what, v.text = text, t
	case json.Number:
		v.what, v.text = number, t.String()
	case bool:
		v.what, v.text = truth, fmt.Sprint(t)
	default:
		v.what = null
	}
	return v, nil
}

func (p *parser) elements(v *Value, depth int) error {
	for p.d.More() {
		item, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		v.items = append(v.items, item)
	}
	_, err := p.token()
	return err
}

func (p *parser) fields(v *Value, depth int) error {
	seen := map[string]bool{}
	for p.d.More() {
		t, err := p.token()
		if err != nil {
			return err
		}
		name, _ := t.(string)
		if seen[name] {
			return &Error{Line: p.line, Text: fmt.Sprintf("%q is said twice in one object", name)}
		}
		seen[name] = true
		item, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		v.names, v.items = append(v.names, name), append(v.items, item)
	}
	_, err := p.token()
	return err
}
