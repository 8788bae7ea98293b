package attendance

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/paper"
	"github.com/wspolnota/wspolnota/store"
)

// A ticket is the id of a registration and a proof that this installation wrote
// it: 96 bits of HMAC-SHA256 under a key of its own. Nothing is stored, so there
// is nothing to steal from the database, and a ticket that was printed can be
// shown again. Whoever finds one learns nothing from it: only the team of the
// event is told whose it is.

// keys are what the secret is used for, each use with a key of its own.
type keys struct{ ticket, salt []byte }

func keysOf(secret []byte) keys {
	return keys{ticket: derived(secret, "event ticket"), salt: derived(secret, "counts of an event")}
}

func derived(secret []byte, use string) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(use))
	return mac.Sum(nil)
}

const proofSize = 12 // bytes

// letters are those of codes: none needs escaping, none is mistaken for another
// when somebody has to type it.
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

var codeLetters = base32.NewEncoding(letters).WithPadding(base32.NoPadding)

// Ticket is the code of the registration's ticket.
func (s *Service) Ticket(registration store.ID) string {
	id, err := hex.DecodeString(strings.ReplaceAll(string(registration), "-", ""))
	if err != nil {
		return "" // no id of ours
	}
	return codeLetters.EncodeToString(append(id, s.proof(id)...))
}

func (s *Service) proof(id []byte) []byte {
	mac := hmac.New(sha256.New, s.keys.ticket)
	mac.Write(id)
	return mac.Sum(nil)[:proofSize]
}

// registrationOf reads the id of a registration from a ticket. A code that this
// installation did not write is fault.NotFound.
func (s *Service) registrationOf(code string) (store.ID, error) {
	b, err := codeLetters.DecodeString(code)
	if err != nil || len(b) != 16+proofSize || codeLetters.EncodeToString(b) != code || !hmac.Equal(b[16:], s.proof(b[:16])) {
		return "", fault.NotFound("ticket")
	}
	h := hex.EncodeToString(b[:16])
	return store.ID(strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")), nil
}

// TicketPath is the address that the ticket's QR code holds.
func (s *Service) TicketPath(registration store.ID) string { return "/bilet/" + s.Ticket(registration) }

// qr draws the ticket.
func (s *Service) qr(registration store.ID) (paper.Code, error) {
	return paper.QR(s.Site.URL(s.TicketPath(registration)))
}

// byTicket reads whose ticket it is and to which event.
func (s *Service) byTicket(ctx context.Context, code string) (event.Event, registration.Registration, error) {
	id, err := s.registrationOf(code)
	if err != nil {
		return event.Event{}, registration.Registration{}, err
	}
	of, err := store.One[struct{ Event, Programme store.ID }](ctx, s.db, `SELECT g.event, e.programme
		FROM event_registration g JOIN event e ON e.id = g.event WHERE g.id = $1`, id)
	if err != nil {
		return event.Event{}, registration.Registration{}, err
	}
	e, err := event.ByID(ctx, s.db, of.Programme, of.Event)
	if err != nil {
		return e, registration.Registration{}, err
	}
	r, err := registration.ByID(ctx, s.db, of.Event, id)
	return e, r, err
}
