package document

import (
	"fmt"
	"strconv"
	"strings"
)

// Refuse makes an error at the line of a value.
func (v Value) Refuse(format string, args ...any) error {
	return &Error{Line: v.Line, Text: clipped(fmt.Sprintf(format, args...))}
}

// clipped keeps an error readable where a value is as long as a book.
func clipped(s string) string {
	const most = 300
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

func (v Value) expected(what string) error {
	found := v.what
	switch v.what {
	case text:
		found = strconv.Quote(v.text)
	case number, truth:
		found = v.text
	}
	return v.Refuse("expected %s, found %s", what, found)
}

// Field is one field of an object, by name.
type Field struct {
	Name  string
	Value Value
}

// Fields lists the fields of an object in the order of the file.
func (v Value) Fields() ([]Field, error) {
	if v.what != object {
		return nil, v.expected(object)
	}
	fields := make([]Field, len(v.names))
	for i, name := range v.names {
		fields[i] = Field{Name: name, Value: v.items[i]}
	}
	return fields, nil
}

// Field finds a field of an object; ok is false where it is not there, null, or
// v no object.
func (v Value) Field(name string) (field Value, ok bool) {
	if v.what != object {
		return Value{}, false
	}
	for i, n := range v.names {
		if n == name {
			return v.items[i], v.items[i].what != null
		}
	}
	return Value{}, false
}

// Need finds a field that must be there.
func (v Value) Need(name string) (Value, error) {
	if v.what != object {
		return Value{}, v.expected(object)
	}
	field, ok := v.Field(name)
	if !ok {
		return Value{}, v.Refuse("expected a field %q in this object", name)
	}
	return field, nil
}

// List gives the values of a list.
func (v Value) List() ([]Value, error) {
	if v.what != list {
		return nil, v.expected(list)
	}
	return v.items, nil
}

// Text gives a text without the blanks around it.
func (v Value) Text() (string, error) {
	if v.what != text {
		return "", v.expected(text)
	}
	return strings.TrimSpace(v.text), nil
}

// Whole gives a whole number between two bounds, both allowed.
func (v Value) Whole(least, most int) (int, error) {
	n, err := strconv.Atoi(v.text)
	if v.what != number || err != nil || n < least || n > most {
		return 0, v.expected(fmt.Sprintf("a whole number from %d to %d", least, most))
	}
	return n, nil
}

// Number gives a number between two bounds, both allowed.
func (v Value) Number(least, most float64) (float64, error) {
	x, err := strconv.ParseFloat(v.text, 64)
	if v.what != number || err != nil || x < least || x > most {
		return 0, v.expected(fmt.Sprintf("a number from %g to %g", least, most))
	}
	return x, nil
}

// Truth gives true or false.
func (v Value) Truth() (bool, error) {
	if v.what != truth {
		return false, v.expected(truth)
	}
	return v.text == "true", nil
}

// Names gives the texts of a list that must all be there and differ. what says
// in an error what they name.
func (v Value) Names(what string) ([]string, error) {
	items, err := v.List()
	if err != nil {
		return nil, err
	}
	names, seen := make([]string, len(items)), map[string]bool{}
	for i, item := range items {
		if names[i], err = item.Name(what, seen); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// Name gives a text that is not blank and not among those seen; it is added.
func (v Value) Name(what string, seen map[string]bool) (string, error) {
	name, err := v.Text()
	if err != nil {
		return "", err
	}
	return name, v.Unused(name, what, seen)
}

// Unused refuses a blank name and one that was seen before.
func (v Value) Unused(name, what string, seen map[string]bool) error {
	switch {
	case strings.TrimSpace(name) == "":
		return v.Refuse("expected a name for each %s, this one is blank", what)
	case seen[name]:
		return v.Refuse("two %ss are called %q", what, name)
	}
	seen[name] = true
	return nil
}
