package debate

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Participant is somebody in a debate: a number that was drawn by lot, and a
// sector. Who is behind the number is written in debate_person or debate_device
// alone; both are emptied when the debate closes.
type Participant struct {
	Number  int
	Sector  ui.Sector
	Trusted bool // their statements are shown at once
	Muted   bool // they may vote and not write
}

// Who is at the door of a debate: a person who is signed in, or a device that
// was given a token before. Code is what the person typed or scanned, Sector
// the side on which they say they stand; both count on the first entry only.
type Who struct {
	Person store.ID
	Device string // the token, "" for none
	Code   string
	Sector ui.Sector
	// Network is where somebody without an account comes from, to count how many
	// numbers are given there; "" is not counted.
	Network string
}

// NewDevice is a token for a device that enters without an account.
func NewDevice() string {
	var b [32]byte
	rand.Read(b[:]) // never fails: it would end the program
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// hashed is how a device is kept: whoever reads the table cannot vote for it,
// nor tell that one device was in two debates.
func hashed(debate store.ID, device string) string {
	sum := sha256.Sum256([]byte(string(debate) + device))
	return hex.EncodeToString(sum[:])
}

// Enter gives whoever stands at the door their number in an open debate: the
// one they had, or a new one. The same person on two devices, and the same
// device in two tabs or before and after signing in, is one participant.
func (s *Service) Enter(ctx context.Context, debate store.ID, who Who) (Participant, error) {
	p, err := known(ctx, s.db, debate, who)
	if err == nil || !fault.Is(err, fault.KindNotFound) {
		return p, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		d, err := locked(ctx, tx, debate)
		if err != nil {
			return err
		}
		if p, err = known(ctx, tx, debate, who); err == nil || !fault.Is(err, fault.KindNotFound) {
			return err // came in at the other door meanwhile
		}
		if err := d.admits(who); err != nil {
			return err
		}
		if err := isOpen(d, tx); err != nil {
			return err
		}
		if p, err = byDevice(ctx, tx, debate, who.Device); err == nil {
			return link(ctx, tx, debate, p, Who{Person: who.Person}) // signed in since
		} else if !fault.Is(err, fault.KindNotFound) {
			return err
		}
		if sectorAt(who.Sector) < 0 {
			return fault.Mistake("sector", "form.not_offered")
		}
		if err := sameHouse(ctx, tx, debate); err != nil {
			return err
		}
		if who.Person == "" && who.Network != "" {
			if err := s.Moderation.Count(ctx, tx, entries, who.Network); err != nil {
				return err
			}
		}
		p = Participant{Sector: who.Sector}
		if p.Number, err = draw(ctx, tx, debate); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO debate_participant (debate, number, sector) VALUES ($1, $2, $3)`, debate, p.Number, p.Sector); err != nil {
			return err
		}
		return link(ctx, tx, debate, p, who)
	})
	return p, err
}

// admits refuses whom the debate does not let in.
func (d Debate) admits(who Who) error {
	switch {
	case d.Entry == Accounts && who.Person == "":
		return fault.Unauthenticated()
	case d.Entry == WithCode && who.Code != d.Code:
		return fault.Mistake("code", "debate.code.wrong")
	case who.Person == "" && who.Device == "":
		return fault.Invalid("debate.enter.no_device")
	}
	return nil
}

// sameHouse refuses new people in a debate that came back from a backup: who was
// behind its numbers is in no backup, so those who voted before could vote again.
func sameHouse(ctx context.Context, tx *store.Tx, debate store.ID) error {
	n, err := store.One[struct{ Participants, Links int }](ctx, tx, `SELECT
		(SELECT count(*) FROM debate_participant WHERE debate = $1) AS participants,
		(SELECT count(*) FROM debate_person WHERE debate = $1) + (SELECT count(*) FROM debate_device WHERE debate = $1) AS links`, debate)
	if err == nil && n.Participants > 0 && n.Links == 0 {
		return fault.Closed("debate.restored")
	}
	return err
}

// draw finds a number that nobody has. Numbers say nothing about the order in
// which people came.
func draw(ctx context.Context, tx *store.Tx, debate store.ID) (int, error) {
	for {
		var b [4]byte
		rand.Read(b[:])
		number := int(binary.BigEndian.Uint32(b[:])>>1)%999_999_999 + 1
		taken, err := store.One[int](ctx, tx, `SELECT count(*) FROM debate_participant WHERE debate = $1 AND number = $2`, debate, number)
		if err != nil || taken == 0 {
			return number, err
		}
	}
}

// Known is the participant that whoever is at the door already is;
// fault.NotFound for somebody new.
func (s *Service) Known(ctx context.Context, debate store.ID, who Who) (Participant, error) {
	p, err := known(ctx, s.db, debate, who)
	if who.Person != "" && fault.Is(err, fault.KindNotFound) {
		return byDevice(ctx, s.db, debate, who.Device) // voted, and signed in since
	}
	return p, err
}

// known reads the participant that a person is, or a device where nobody is
// signed in.
func known(ctx context.Context, r store.Reader, debate store.ID, who Who) (Participant, error) {
	if who.Person == "" {
		return byDevice(ctx, r, debate, who.Device)
	}
	return store.One[Participant](ctx, r, participants+`debate_person l ON l.debate = q.debate AND l.number = q.number
		WHERE l.debate = $1 AND l.person = $2`, debate, who.Person)
}

const participants = `SELECT q.number, q.sector, q.trusted, q.muted FROM debate_participant q JOIN `

func byDevice(ctx context.Context, r store.Reader, debate store.ID, device string) (Participant, error) {
	if device == "" {
		return Participant{}, fault.NotFound("participant")
	}
	return store.One[Participant](ctx, r, participants+`debate_device l ON l.debate = q.debate AND l.number = q.number
		WHERE l.debate = $1 AND l.hash = $2`, debate, hashed(debate, device))
}

// link remembers who is behind a number, while the debate is open.
func link(ctx context.Context, tx *store.Tx, debate store.ID, p Participant, who Who) error {
	if who.Person != "" {
		if _, err := tx.Exec(ctx, `INSERT INTO debate_person (debate, person, number) VALUES ($1, $2, $3)`, debate, who.Person, p.Number); err != nil {
			return err
		}
	}
	if who.Device == "" {
		return nil
	}
	_, err := tx.Exec(ctx, `INSERT INTO debate_device (debate, hash, number) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, debate, hashed(debate, who.Device), p.Number)
	return err
}
