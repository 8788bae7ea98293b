package ui

import (
	"context"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/form"
)

// Field describes one field of a form. Value is used only where there is no
// form; with a form the value is what it holds, so that nothing typed is lost.
type Field struct {
	Name, Label, Hint string
	Value             string
	Optional          bool // said beside the label; all other fields are needed
	Autocomplete      string
	Lang              string // language in which the field is to be filled in
	InputMode         string
	Prefix, Suffix    string // unit shown beside the field
	Accept            string // kinds of files
	MaxLength         int    // said in the hint; the server refuses, nothing is cut
	Rows              int
	Width             Width
	Multiple          bool
	ID                string // where two forms of one page have a field of the same name
}

// Width hints at the length of the answer.
type Width string

const (
	Full   Width = ""
	Medium Width = "medium"
	Short  Width = "short"
)

// Option is one answer out of several.
type Option struct {
	Value, Label, Hint string
	Group              string // heading in a select
}

// HiddenField is a value that a form carries along.
type HiddenField struct{ Name, Value string }

// seen is a field as it is drawn: everything that label, hint, mistake and
// control have to agree on.
type seen struct {
	Field
	id, value, mistake, describedBy string
}

func see(ctx context.Context, f *form.Form, field Field) seen {
	s := seen{Field: field, id: field.ID, value: field.Value}
	if s.id == "" {
		s.id = fieldID(field.Name)
	}
	if f != nil {
		s.value = f.Get(field.Name)
		s.mistake = f.Mistake(ctx, field.Name)
	}
	var described []string
	if s.hasHint() {
		described = append(described, s.hintID())
	}
	if s.mistake != "" {
		described = append(described, s.mistakeID())
	}
	s.describedBy = strings.Join(described, " ")
	return s
}

// fieldID is where the error summary leads to.
func fieldID(name string) string { return "field-" + name }

func (s seen) hasHint() bool     { return s.Hint != "" || s.MaxLength > 0 }
func (s seen) hintID() string    { return s.id + "-hint" }
func (s seen) mistakeID() string { return s.id + "-mistake" }

func (s seen) class() string {
	if s.mistake != "" {
		return "field has-mistake"
	}
	return "field"
}

func (s seen) inputClass() string {
	if s.Width == Full {
		return "input"
	}
	return "input " + string(s.Width)
}

func (s seen) rows() string {
	if s.Rows > 0 {
		return strconv.Itoa(s.Rows)
	}
	return "5"
}

// optionID gives the first option the id of the field, because that is where
// the error summary leads.
func (s seen) optionID(i int) string {
	if i == 0 {
		return s.id
	}
	return s.id + "-" + strconv.Itoa(i+1)
}

func chosen(f *form.Form, field Field, value string) bool {
	if f == nil {
		return field.Value == value
	}
	return f.Chosen(field.Name, value)
}

// group is a run of options under one heading.
type group struct {
	name    string
	options []Option
}

func grouped(options []Option) []group {
	var groups []group
	for _, o := range options {
		if len(groups) == 0 || groups[len(groups)-1].name != o.Group {
			groups = append(groups, group{name: o.Group})
		}
		last := &groups[len(groups)-1]
		last.options = append(last.options, o)
	}
	return groups
}

// filled gives a field the habits of its kind where the page did not choose.
func filled(field, habit Field) Field {
	if field.Autocomplete == "" {
		field.Autocomplete = habit.Autocomplete
	}
	if field.InputMode == "" {
		field.InputMode = habit.InputMode
	}
	if field.Width == Full {
		field.Width = habit.Width
	}
	if field.Suffix == "" && field.Prefix == "" {
		field.Suffix = habit.Suffix
	}
	return field
}

// dated and momentOf show how form.Date and form.Moment can be written.
func dated(ctx context.Context, field Field) Field {
	field.Hint = joinedHint(field.Hint, lang.T(ctx, "ui.field.date_hint"))
	return filled(field, Field{Width: Short, Autocomplete: "off"})
}

func momentOf(ctx context.Context, field Field) Field {
	field.Hint = joinedHint(field.Hint, lang.T(ctx, "ui.field.moment_hint"))
	return filled(field, Field{Width: Medium, Autocomplete: "off"})
}

func joinedHint(own, example string) string {
	if own == "" {
		return example
	}
	return own + " " + example
}

func boxValue(field Field) string {
	if field.Value != "" {
		return field.Value
	}
	return "on"
}
