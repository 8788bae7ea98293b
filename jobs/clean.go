package jobs

import (
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
)

// told is an error whose text may be kept for months and shown to
// administrators; what it was made of stays inside.
type told struct {
	text  string
	cause error
}

func (t told) Error() string { return t.text }
func (t told) Unwrap() error { return t.cause }

const longestText = 300

// personal is what texts of errors bring along: addresses, quoted input, links,
// long numbers (telephone, PESEL, account, code), tokens.
var personal = regexp.MustCompile(`[^\s<>"'(),;:]+@[^\s<>"'(),;:]+` +
	`|"[^"]*"|'[^']*'|` + "`[^`]*`" + `|„[^”]*”` +
	`|\(([^()]*)\)=\([^()]*\)` + // PostgreSQL: Key (email)=(…)
	`|https?://\S+` +
	`|\+?\d[\d -]{4,}\d` +
	`|[A-Za-z0-9_=-]{20,}`)

// Clean gives the text of an error without anything that may be about a person.
// It rather takes too much: whoever has to know more reproduces the error.
func Clean(err error) string {
	if f := fault.Of(err); f != nil {
		return f.Key
	}
	text := personal.ReplaceAllString(strings.ToValidUTF8(err.Error(), ""), "…")
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > longestText {
		text = string(runes[:longestText]) + "…"
	}
	return text
}

func clean(err error) error {
	if t := (told{}); errors.As(err, &t) {
		return err
	}
	return told{Clean(err), err}
}

func panicked(value any) error {
	if err, ok := value.(error); ok { // of the runtime: nil pointer, index
		return told{"panic: " + Clean(err), err}
	}
	return told{"panic: " + Clean(fmt.Errorf("%v", value)), nil}
}

// stack lists functions and lines, without arguments.
func stack() string {
	var b strings.Builder
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		frame, more := frames.Next()
		fmt.Fprintf(&b, "%s:%d\n", frame.Function, frame.Line)
		if !more {
			return b.String()
		}
	}
}
