package attendance

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Certificate says that somebody came to an event. Whoever holds its link can
// check it and is told the number, the event and its days, and whether it is
// good; the name is not told. Who checks reads it on the paper and types it, and
// hears whether it is the one: so a link that was passed on, or found in the
// history of a browser, tells of nobody.
type Certificate struct {
	ID            store.ID
	Programme     store.ID
	Event         store.ID
	Registration  store.ID
	Person        store.ID
	Year, Number  int
	Code          string
	Name          string
	Sessions      int // at how many the person was noted, 0 where it is not noted
	IssuedAt      store.Time
	RevokedAt     store.Time
	RevokedReason string
}

// Sign is the number as it is printed: "12/2014".
func (c Certificate) Sign() string { return fmt.Sprintf("%d/%d", c.Number, c.Year) }

// Good reports whether it was not revoked.
func (c Certificate) Good() bool { return c.RevokedAt.IsZero() }

// Path is where anyone checks it.
func (c Certificate) Path() string { return "/zaswiadczenia/" + c.Code }

// Typed is the code as it is printed for somebody who types it.
func (c Certificate) Typed() string {
	var groups []string
	for code := c.Code; code != ""; {
		n := min(4, len(code))
		groups, code = append(groups, code[:n]), code[n:]
	}
	return strings.Join(groups, "-")
}

// IsOf reports whether a name that somebody typed is the one on the certificate;
// accents, capitals, spaces and the order of names do not matter.
func (c Certificate) IsOf(name string) bool {
	return c.Name != "" && sorted(c.Name) == sorted(name)
}

// sorted are the words of a name in the order of the alphabet.
func sorted(name string) string {
	words := strings.FieldsFunc(lang.Fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(words)
	return strings.Join(words, " ")
}

// codeLength of 32 letters are 60 bits: nobody finds a certificate by trying.
const codeLength = 12

func newCode() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return codeLetters.EncodeToString(b[:])[:codeLength]
}

// readCode takes a code as people type it: small letters, spaces, hyphens.
func readCode(s string) (string, error) {
	code := strings.Map(func(r rune) rune {
		if r == '-' || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, s)
	if len(code) != codeLength || strings.Trim(code, letters) != "" {
		return "", fault.NotFound("certificate") // none that was ever given
	}
	return code, nil
}

// Qualifies reports whether somebody who came gets a certificate.
func (r Rule) Qualifies(p Present) bool {
	return !r.BySession || p.Sessions >= r.LeastSessions
}

// Issue writes a certificate for everybody who came, qualifies and has none that
// is good, and returns for how many. Numbers run without gaps within a programme
// and a year. Before the end of the event there are none.
func (s *Service) Issue(ctx context.Context, e event.Event) (n int, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		n = 0
		if err := store.Lock(ctx, tx, "event", e.ID); err != nil {
			return err
		}
		now, err := event.ByID(ctx, tx, e.Programme, e.ID)
		switch {
		case err != nil:
			return err
		case now.State() != event.Published:
			return fault.Closed("event.attendance.not_held")
		case !now.Over(tx.Now()):
			return fault.Closed("event.attendance.certificate.later")
		}
		if err := store.Lock(ctx, tx, "programme", e.Programme); err != nil {
			return err
		}
		issued, err := s.issue(ctx, tx, now)
		if n = len(issued); err != nil || n == 0 {
			return err
		}
		if err := s.tellReady(ctx, tx, now, issued); err != nil {
			return err
		}
		a := act(didIssue, e)
		a.Changes.Text("certificates", "", fmt.Sprint(n))
		return audit.Write(ctx, tx, a)
	})
	return n, err
}

func (s *Service) issue(ctx context.Context, tx *store.Tx, e event.Event) (issued []Certificate, err error) {
	rule, err := RuleOf(ctx, tx, e.ID)
	if err != nil {
		return nil, err
	}
	have, err := withCertificate(ctx, tx, e.ID)
	if err != nil {
		return nil, err
	}
	came, err := Came(ctx, tx, e.ID)
	if err != nil {
		return nil, err
	}
	year := e.EndsAt.In(lang.Warsaw).Year()
	number, err := lastNumber(ctx, tx, e.Programme, year)
	for _, p := range came {
		if err != nil {
			break
		}
		if !rule.Qualifies(p) || have[p.Registration] || p.Name == "" { // an erased person has no name
			continue
		}
		number++
		c := Certificate{ID: store.NewID(), Programme: e.Programme, Event: e.ID, Registration: p.Registration,
			Person: p.Person, Year: year, Number: number, Code: newCode(), Name: p.Name, Sessions: p.Sessions}
		issued = append(issued, c)
		err = insertCertificate(ctx, tx, c)
	}
	return issued, err
}

// Revoke makes a certificate void; reason is kept for the team and told to the
// person. Whoever checks it is told the day.
func (s *Service) Revoke(ctx context.Context, e event.Event, id store.ID, reason string) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Lock(ctx, tx, "event", e.ID); err != nil {
			return err
		}
		c, err := certificate(ctx, tx, e.ID, id)
		if err != nil {
			return err
		}
		if !c.Good() {
			return fault.Conflict("event.attendance.certificate.void")
		}
		if err := revoke(ctx, tx, id, reason); err != nil {
			return err
		}
		if err := desk.Done(ctx, tx, waitsCertificate, string(id)); err != nil {
			return err
		}
		a := act(didRevoke, e)
		a.Subject, a.Reason = c.Person, reason
		return audit.Write(ctx, tx, a)
	})
}
