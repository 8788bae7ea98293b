// Package mail writes to people. A room posts a message inside the transaction
// that gives the reason; the letter itself is composed when it is sent, so that
// one-time tokens are made then and stand nowhere but in the letter.
//
//	outbox := mail.NewOutbox(db, queue, transport, mail.Options{…})
//	outbox.Handle("people.code", s.composeCode)
//	…
//	err = outbox.Post(ctx, tx, mail.Message{Kind: "people.code", To: address, Person: id, …})
//
// A posted letter survives restarts, is tried again for about half a day, and
// waits while no transport is set. Administrators see recipient, state and
// error, never the words.
package mail

import (
	"context"
	"embed"
	"fmt"
	stdmail "net/mail"
	"regexp"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// Message orders a letter. Data names what it is about by ids, from which the
// Compose function of its Kind reads the rest. The room that composes a kind
// also names it for administrators: "mail.kind.people.code" = "Kod do wejścia".
type Message struct {
	Kind     string
	To       string
	Person   store.ID // "" where the address belongs to nobody yet
	Language lang.Language
	Data     map[string]string
}

// Letter is what a person gets.
type Letter struct {
	Subject, Text, HTML string

	// Unsubscribe is the full address that ends letters of this kind by one POST
	// (RFC 8058), "" for letters that answer somebody's own matter.
	Unsubscribe string

	// Files go with the letter: a date for the calendar, a ticket.
	Files []File

	// ID is the same at every attempt, so that a letter which was handed over
	// twice arrives once. The outbox sets it.
	ID string
}

// File is attached to a letter. Type is its MIME type with parameters.
type File struct {
	Name    string
	Type    string
	Content []byte
}

// Compose writes the letter of a message. It is called at every attempt, in a
// write transaction, in which it may make a one-time token and keep its hash;
// the letter leaves after the commit. lang.T speaks the language of the message.
// A fault (what the letter is about is gone) ends the attempts.
type Compose func(ctx context.Context, tx *store.Tx, m Message) (Letter, error)

// Transport hands a letter over. A refusal for good is a Refusal; any other
// error is tried again. Handing over twice must do no harm.
type Transport interface {
	Send(ctx context.Context, from, to string, l Letter) error
}

// Refusal is an answer of a mail server, without the words of it, which may hold
// addresses.
type Refusal struct {
	Code     int    // RFC 5321, 4.2: 4… for now, 5… for good
	Enhanced string // RFC 3463, "" where the server gives none
}

func (r Refusal) Error() string {
	return strings.TrimSpace(fmt.Sprintf("smtp %d %s", r.Code, r.Enhanced))
}

// Final reports whether trying again is of no use.
func (r Refusal) Final() bool { return r.Code >= 500 }

func (m Message) check() error {
	if err := CheckAddress(m.To); err != nil {
		return err
	}
	for name, value := range m.Data {
		if jobs.Secret(name) || !isID.MatchString(value) {
			return fmt.Errorf("mail: data %q of %s is no id", name, m.Kind)
		}
	}
	return nil
}

// isID takes ids, short marks and paths of our pages.
var isID = regexp.MustCompile(`^[A-Za-z0-9_./-]{0,200}$`)

// CheckAddress refuses what is not one bare address: no name, no list, nothing
// that could begin another header.
func CheckAddress(address string) error {
	parsed, err := stdmail.ParseAddress(address)
	if err != nil || parsed.Name != "" || parsed.Address != address || strings.ContainsFunc(address, isControl) {
		return fault.Invalid("mail.address")
	}
	return nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }
