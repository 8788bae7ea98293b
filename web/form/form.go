// Package form reads what a person sent and keeps it, so that the same page can
// be shown again with every word still there and each mistake beside its field.
//
// A handler reads the fields it expects, one by one; what else was posted is
// never looked at. Afterwards Err tells whether the page has to be shown again.
package form

import (
	"context"
	"mime/multipart"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
)

// Form is one submission, or an empty or prefilled form before the first.
type Form struct {
	fault.Mistakes
	values url.Values
	files  map[string][]*multipart.FileHeader
}

// New returns an empty form to be filled with Set.
func New() *Form { return &Form{values: url.Values{}} }

// Of returns a form with what was sent. files may be nil.
func Of(values url.Values, files map[string][]*multipart.FileHeader) *Form {
	return &Form{values: values, files: files}
}

// Set prefills a field and returns the form, so that calls can be chained.
func (f *Form) Set(name, value string) *Form {
	f.values.Set(name, value)
	return f
}

// SetAll prefills a field that takes several values.
func (f *Form) SetAll(name string, values []string) *Form {
	f.values[name] = values
	return f
}

// Get returns what was typed, as it was typed.
func (f *Form) Get(name string) string { return f.values.Get(name) }

// All returns every value of a field, as typed.
func (f *Form) All(name string) []string { return f.values[name] }

// Chosen reports whether the field holds the value, for boxes and radios.
func (f *Form) Chosen(name, value string) bool { return slices.Contains(f.values[name], value) }

// Shown is a mistake as a page shows it.
type Shown struct{ Field, Text string }

// Mistake returns the text of the field's mistake, "" when it has none.
func (f *Form) Mistake(ctx context.Context, name string) string {
	for _, m := range f.Fields() {
		if m.Name == name {
			return lang.T(ctx, m.Key, m.Args...)
		}
	}
	return ""
}

// Shown lists all mistakes for the summary at the top of the page.
func (f *Form) Shown(ctx context.Context) []Shown {
	shown := make([]Shown, 0, len(f.Fields()))
	for _, m := range f.Fields() {
		shown = append(shown, Shown{Field: m.Name, Text: lang.T(ctx, m.Key, m.Args...)})
	}
	return shown
}

// Text reads one line: spaces trimmed and control characters gone. More than
// max characters are a mistake, never cut.
func (f *Form) Text(name string, max int) string {
	s := strings.Join(strings.Fields(clean(f.Get(name))), " ")
	f.limit(name, s, max)
	return s
}

// Required is Text that must not be empty.
func (f *Form) Required(name string, max int) string {
	s := f.Text(name, max)
	f.Check(s != "", name, "form.required")
	return s
}

// Lines reads a longer text with its line breaks, in Unix form.
func (f *Form) Lines(name string, max int) string {
	s := strings.ReplaceAll(f.Get(name), "\r\n", "\n")
	s = strings.TrimSpace(clean(s))
	f.limit(name, s, max)
	return s
}

// RequiredLines is Lines that must not be empty.
func (f *Form) RequiredLines(name string, max int) string {
	s := f.Lines(name, max)
	f.Check(s != "", name, "form.required")
	return s
}

func (f *Form) limit(name, s string, max int) {
	f.Check(utf8.ValidString(f.Get(name)), name, "form.not_text")
	f.Check(utf8.RuneCountInString(s) <= max, name, "form.too_long", "Max", max)
}

// clean drops what no keyboard types: control characters other than the line
// break and the tab, and marks that turn the direction of the text around.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < 0x20, r == 0x7f, r >= 0x80 && r < 0xa0:
			return -1
		case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}

// Bool reads a single box.
func (f *Form) Bool(name string) bool { return f.Get(name) != "" }

// Int reads a whole number between min and max.
func (f *Form) Int(name string, min, max int) int {
	n, err := strconv.Atoi(strings.TrimSpace(f.Get(name)))
	if err != nil {
		f.Add(name, "form.not_number")
		return 0
	}
	f.Check(n >= min && n <= max, name, "form.out_of_range", "Min", min, "Max", max)
	return n
}

// mostPages keeps the number of a page within what can be multiplied.
const mostPages = 1_000_000

// Page reads which page of a list the address asks for; what is no number of a
// page asks for the first.
func (f *Form) Page(name string) int {
	n, err := strconv.Atoi(f.Get(name))
	if err != nil || n < 1 || n > mostPages {
		return 1
	}
	return n
}

// Version reads the hidden version of the thing being edited. A form without a
// readable one counts as stale: version 0 matches no row.
func (f *Form) Version() int {
	n, err := strconv.ParseInt(f.Get("version"), 10, 32) // as the column holds it
	if err != nil {
		return 0
	}
	return int(n)
}

// Choice reads one value out of those allowed.
func (f *Form) Choice(name string, allowed ...string) string {
	s := f.Get(name)
	switch {
	case s == "":
		f.Add(name, "form.choose")
	case !slices.Contains(allowed, s):
		f.Add(name, "form.not_offered")
		s = ""
	}
	return s
}

// Optional reads one value out of those allowed, or "".
func (f *Form) Optional(name string, allowed ...string) string {
	if f.Get(name) == "" {
		return ""
	}
	return f.Choice(name, allowed...)
}

// Choices reads several values out of those allowed, without repetition.
func (f *Form) Choices(name string, allowed ...string) []string {
	var chosen []string
	for _, s := range f.All(name) {
		if !slices.Contains(allowed, s) {
			f.Add(name, "form.not_offered")
			continue
		}
		if !slices.Contains(chosen, s) {
			chosen = append(chosen, s)
		}
	}
	return chosen
}

var dateLayouts = []string{"2006-01-02", "2.1.2006", "2-1-2006", "2/1/2006"}

// Date reads a day as Poland writes it (13.06.2014) or as the standard does
// (2014-06-13); the result is its first moment in Warsaw. Empty is the zero time.
func (f *Form) Date(name string) time.Time {
	s := strings.TrimSpace(f.Get(name))
	if s == "" {
		return time.Time{}
	}
	for _, layout := range dateLayouts {
		if t, err := time.ParseInLocation(layout, s, lang.Warsaw); err == nil {
			f.Check(t.Year() >= 1900 && t.Year() <= 2100, name, "form.year_out_of_range")
			return t
		}
	}
	f.Add(name, "form.not_date")
	return time.Time{}
}

// RequiredDate is Date that must not be empty.
func (f *Form) RequiredDate(name string) time.Time {
	t := f.Date(name)
	if t.IsZero() {
		f.Add(name, "form.required")
	}
	return t
}

// Moment reads a day and an hour from one field, "18.12.2014 15:00", in Warsaw.
// An hour that the clocks skip in spring does not exist and is refused; of one
// that comes twice in autumn it is the first (lang.Twice tells). Empty is the
// zero time.
func (f *Form) Moment(name string) time.Time {
	s := strings.Join(strings.Fields(strings.ReplaceAll(f.Get(name), ",", " ")), " ")
	if s == "" {
		return time.Time{}
	}
	for _, layout := range dateLayouts {
		for _, clock := range []string{" 15:04", " 15.04"} {
			t, err := time.Parse(layout+clock, s)
			if err != nil {
				continue
			}
			f.Check(t.Year() >= 1900 && t.Year() <= 2100, name, "form.year_out_of_range")
			at, there := lang.At(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute())
			f.Check(there, name, "form.skipped_hour")
			return at
		}
	}
	f.Add(name, "form.not_moment")
	return time.Time{}
}

// RequiredMoment is Moment that must not be empty.
func (f *Form) RequiredMoment(name string) time.Time {
	t := f.Moment(name)
	if t.IsZero() {
		f.Add(name, "form.required")
	}
	return t
}

// SetMoment prefills the field that Moment reads.
func (f *Form) SetMoment(name string, t time.Time) *Form {
	if t.IsZero() {
		return f
	}
	return f.Set(name, t.In(lang.Warsaw).Format("02.01.2006 15:04"))
}

// SetDate prefills the field that Date reads.
func (f *Form) SetDate(name string, t time.Time) *Form {
	if t.IsZero() {
		return f
	}
	return f.Set(name, t.In(lang.Warsaw).Format("02.01.2006"))
}

// File returns the uploaded file, or nil when none was chosen.
func (f *Form) File(name string) *multipart.FileHeader {
	if files := f.Files(name); len(files) > 0 {
		return files[0]
	}
	return nil
}

// Files returns every uploaded file of the field; an empty choice is none.
func (f *Form) Files(name string) []*multipart.FileHeader {
	var files []*multipart.FileHeader
	for _, h := range f.files[name] {
		if h.Filename != "" {
			files = append(files, h)
		}
	}
	return files
}
