package audit

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/lang"
)

// Change is one field of a thing, before and after.
type Change struct {
	Field  string `json:"field"` // as the Room names it
	As     shape  `json:"as,omitempty"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// shape says how a value is read.
type shape string

const (
	plain    shape = ""
	aDay     shape = "day"
	aMoment  shape = "moment"
	aWord    shape = "word"     // one of the words that the Room knows
	withheld shape = "withheld" // the field changed; what was in it is nobody's business
)

// Changes are the fields that an act changed. The methods leave out those that
// are as they were.
type Changes []Change

// longestValue bounds what is kept of a long text; revisions keep the rest.
const longestValue = 500

// Text notes a text.
func (c *Changes) Text(field, before, after string) {
	c.add(field, plain, short(before), short(after), before != after)
}

// Word notes a value that the Room has words for, such as a state.
func (c *Changes) Word(field, before, after string) {
	c.add(field, aWord, before, after, before != after)
}

// Day notes a day; zero is none.
func (c *Changes) Day(field string, before, after time.Time) {
	c.add(field, aDay, written(before), written(after), !before.Equal(after))
}

// Moment notes a time; zero is none.
func (c *Changes) Moment(field string, before, after time.Time) {
	c.add(field, aMoment, written(before), written(after), !before.Equal(after))
}

// Withheld notes that a field changed, and nothing of what is in it: addresses,
// numbers, names.
func (c *Changes) Withheld(field string, changed bool) { c.add(field, withheld, "", "", changed) }

func (c *Changes) add(field string, as shape, before, after string, changed bool) {
	if changed {
		*c = append(*c, Change{Field: field, As: as, Before: before, After: after})
	}
}

func short(s string) string {
	if utf8.RuneCountInString(s) <= longestValue {
		return s
	}
	return string([]rune(s)[:longestValue]) + "…"
}

func written(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// say puts a value into words.
func (c Change) say(ctx context.Context, value string, say Say) string {
	t, err := time.Parse(time.RFC3339, value)
	switch {
	case value == "":
		return lang.T(ctx, "audit.value.none")
	case c.As == aDay && err == nil:
		return lang.Date(ctx, t)
	case c.As == aMoment && err == nil:
		return lang.DateTime(ctx, t)
	case c.As == aWord && say != nil:
		if words := say(ctx, c.Field, value); words != "" {
			return words
		}
	}
	return value
}
