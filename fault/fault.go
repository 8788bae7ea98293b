// Package fault names the few ways in which a request of a person can fail.
//
// A room returns one of these and stops; web turns the kind into a page and a
// status, and nothing else in the program knows about HTTP codes. An error that
// is not a Fault is an accident: its text goes to the log, never to the person.
//
// Start with Invalid and Mistakes for forms, NotFound and Conflict for the rest.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what a person can do about the fault.
type Kind int

const (
	KindInternal        Kind = iota // an accident of ours
	KindNotFound                    // not there, or not for these eyes
	KindInvalid                     // what was sent cannot be taken; Fields say why
	KindConflict                    // somebody else was first
	KindClosed                      // the phase is over, or has not begun
	KindForbidden                   // known person, no right
	KindUnauthenticated             // sign in first
	KindLimited                     // too often; wait
	KindTooLarge                    // more bytes than the page takes
)

// Fault is an error meant for a person. Key and Args name a message of package
// lang; Fields carry the mistakes of a form, in the order of its fields.
type Fault struct {
	Kind   Kind
	Key    string
	Args   []any // name, value, name, value …
	Fields []Field
	cause  error
}

// Field is one mistake in one field of a form.
type Field struct {
	Name string
	Key  string
	Args []any
}

func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.Key)
	for _, field := range f.Fields {
		fmt.Fprintf(&b, "; %s: %s", field.Name, field.Key)
	}
	if f.cause != nil {
		fmt.Fprintf(&b, ": %v", f.cause)
	}
	return b.String()
}

func (f *Fault) Unwrap() error { return f.cause }

// NotFound says that what (a word for the log, such as "article") is not there.
// An empty answer is always this error, never a nil value.
func NotFound(what string) error {
	return &Fault{Kind: KindNotFound, Key: "fault.not_found", cause: errors.New(what)}
}

// Invalid refuses a whole submission for one reason that belongs to no field.
func Invalid(key string, args ...any) error {
	return &Fault{Kind: KindInvalid, Key: key, Args: args}
}

// Conflict says that somebody changed the same thing first.
func Conflict(key string, args ...any) error {
	return &Fault{Kind: KindConflict, Key: key, Args: args}
}

// Closed says that the act belongs to a phase that is not open now.
func Closed(key string, args ...any) error {
	return &Fault{Kind: KindClosed, Key: key, Args: args}
}

// Forbidden says that this person may not do this here.
func Forbidden() error { return &Fault{Kind: KindForbidden, Key: "fault.forbidden"} }

// Refused is Forbidden with words of its own: why, and until when.
func Refused(key string, args ...any) error { return &Fault{Kind: KindForbidden, Key: key, Args: args} }

// Unauthenticated says that the person has to sign in first.
func Unauthenticated() error { return &Fault{Kind: KindUnauthenticated, Key: "fault.unauthenticated"} }

// Limited says that the act was tried too often; the message tells when again.
func Limited(key string, args ...any) error {
	return &Fault{Kind: KindLimited, Key: key, Args: args}
}

// TooLarge says that more was sent than the page takes.
func TooLarge(key string, args ...any) error {
	return &Fault{Kind: KindTooLarge, Key: key, Args: args}
}

// Of returns the Fault inside err, or nil where err is an accident.
func Of(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return nil
}

// KindOf returns the kind of err; KindInternal where it is not a Fault.
func KindOf(err error) Kind {
	if f := Of(err); f != nil {
		return f.Kind
	}
	return KindInternal
}

// Is reports whether err is a Fault of this kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }
