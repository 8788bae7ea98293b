package people

import (
	"context"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/session"
)

// The second factor is TOTP (RFC 6238) with the parameters that every
// application knows: SHA-1, 30 seconds, six digits; one step of a clock that is
// fast or slow is forgiven.
const (
	totpPeriod    = 30
	totpSkew      = 1
	totpSecretLen = 20 // bytes, as RFC 4226 asks for
	recoveryCodes = 10
)

var base32Letters = base32.StdEncoding.WithPadding(base32.NoPadding)

var (
	errSecondWrong = codeMistake("people.second.wrong")
	errSecondOver  = fault.Limited("people.second.over")
)

// BeginSecondFactor makes a secret for the person who asks; it counts from the
// first right code on. Beginning again makes a new one.
func (s *Service) BeginSecondFactor(ctx context.Context) error {
	person := access.From(ctx).Person
	sealed := s.keys.seal(string(person), base32Letters.EncodeToString(randomBytes(totpSecretLen)))
	err := s.db.Write(ctx, func(tx *store.Tx) error { return beginTOTP(ctx, tx, person, sealed) })
	if err != nil {
		return fmt.Errorf("people: begin second factor: %w", err)
	}
	return nil
}

// ConfirmSecondFactor puts the secret into force when the code from the device
// is right, ends the person's other sessions and returns the recovery codes,
// which are never seen again.
func (s *Service) ConfirmSecondFactor(ctx context.Context, code string) ([]string, error) {
	actor := access.From(ctx)
	codes := newRecoveryCodes()
	err := s.counted(ctx, func(tx *store.Tx) error {
		p, err := ByID(ctx, tx, actor.Person)
		if err != nil {
			return err
		}
		if err := s.checkDevice(ctx, tx, p.ID, code); err != nil {
			return err
		}
		if err := desk.Done(ctx, tx, waitsSecond, string(p.ID)); err != nil {
			return err
		}
		if err := confirmTOTP(ctx, tx, p.ID); err != nil {
			return err
		}
		if err := replaceRecoveryCodes(ctx, tx, p.ID, s.recoveryHashes(p.ID, codes)); err != nil {
			return err
		}
		if err := session.EndAll(ctx, tx, p.ID, actor.Session); err != nil {
			return err
		}
		if err := noteSecret(ctx, tx, didSecond, "second", p.ID); err != nil {
			return err
		}
		return s.postNotice(ctx, tx, p, p.Email, noticeSecondSet)
	})
	if err != nil {
		return nil, fmt.Errorf("people: confirm second factor: %w", err)
	}
	return codes, nil
}

// NewRecoveryCodes replaces the person's recovery codes; proof is a code of the
// second factor.
func (s *Service) NewRecoveryCodes(ctx context.Context, proof string) ([]string, error) {
	person := access.From(ctx).Person
	codes := newRecoveryCodes()
	err := s.counted(ctx, func(tx *store.Tx) error {
		if err := s.checkSecond(ctx, tx, person, proof); err != nil {
			return err
		}
		if err := noteSecret(ctx, tx, didSecond, "second", person); err != nil {
			return err
		}
		return replaceRecoveryCodes(ctx, tx, person, s.recoveryHashes(person, codes))
	})
	if err != nil {
		return nil, fmt.Errorf("people: new recovery codes: %w", err)
	}
	return codes, nil
}

// DropSecondFactor takes the second factor away; proof is one of its codes.
func (s *Service) DropSecondFactor(ctx context.Context, proof string) error {
	actor := access.From(ctx)
	err := s.counted(ctx, func(tx *store.Tx) error {
		p, err := ByID(ctx, tx, actor.Person)
		if err != nil {
			return err
		}
		if err := s.checkSecond(ctx, tx, p.ID, proof); err != nil {
			return err
		}
		if err := dropTOTP(ctx, tx, p.ID); err != nil {
			return err
		}
		if err := session.EndAll(ctx, tx, p.ID, actor.Session); err != nil {
			return err
		}
		if err := noteSecret(ctx, tx, didSecond, "second", p.ID); err != nil {
			return err
		}
		return s.postNotice(ctx, tx, p, p.Email, noticeSecondRemoved)
	})
	if err != nil {
		return fmt.Errorf("people: drop second factor: %w", err)
	}
	return nil
}

// enterBySecond is the verb behind the second step of a sign-in. Tries are
// counted twice: five for this attempt, and with growing waits for the person,
// against somebody who knows the password and begins again and again.
func (s *Service) enterBySecond(ctx context.Context, b browser, code string) (entrance, error) {
	var e entrance
	err := s.counted(ctx, func(tx *store.Tx) error {
		a, err := s.proved(ctx, tx, b)
		if fault.Is(err, fault.KindNotFound) || err == nil && a.Person == "" {
			return errSecondOver
		}
		if err != nil {
			return err
		}
		counted, err := countSecondTry(ctx, tx, a.ID)
		if err != nil {
			return err
		}
		if !counted {
			return errSecondOver
		}
		p, err := ByID(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		if p.Blocked() {
			return errBlocked
		}
		if err := s.checkSecond(ctx, tx, p.ID, code); err != nil {
			return err
		}
		e, err = s.enter(ctx, tx, b, a, p)
		return err
	})
	return e, err
}

// checkSecond takes a code of the device or a recovery code, each once.
func (s *Service) checkSecond(ctx context.Context, tx *store.Tx, person store.ID, code string) error {
	if err := s.take(ctx, tx, brakeSecond, string(person)); err != nil {
		return err
	}
	if recovery := plainRecovery(code); len(recovery) == recoveryLen {
		used, err := useRecoveryCode(ctx, tx, person, s.recoveryHash(person, recovery))
		if err != nil {
			return err
		}
		if !used {
			return errSecondWrong
		}
	} else if err := s.checkDevice(ctx, tx, person, code); err != nil {
		return err
	}
	return s.forgive(ctx, tx, brakeSecond, string(person), true)
}

// checkDevice takes the code that the person's device shows now, unless its
// step was used before.
func (s *Service) checkDevice(ctx context.Context, tx *store.Tx, person store.ID, code string) error {
	kept, err := findSecret(ctx, tx, person)
	if err != nil {
		return err
	}
	if kept.TOTPSecret == "" {
		return errSecondWrong
	}
	secret, err := s.keys.open(string(person), kept.TOTPSecret)
	if err != nil {
		return err
	}
	step, right, err := stepOf(secret, code, tx.Wall())
	if err != nil {
		return err
	}
	if !right {
		return errSecondWrong
	}
	fresh, err := useStep(ctx, tx, person, step)
	if err == nil && !fresh {
		return codeMistake("people.second.replayed")
	}
	return err
}

// stepOf finds the step of which code is the code, near the given time.
func stepOf(secret, code string, at time.Time) (int64, bool, error) {
	now := at.Unix() / totpPeriod
	var found int64
	for step := now - totpSkew; step <= now+totpSkew; step++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, false, fmt.Errorf("people: second factor: %w", err)
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			found = step
		}
	}
	return found, found != 0, nil
}

// enrolment is what a device needs to know.
type enrolment struct {
	Secret string // in groups of four, to be typed
	URL    string // in the QR code
}

func (s *Service) enrolmentOf(person store.ID, email, sealed string) (enrolment, error) {
	secret, err := s.keys.open(string(person), sealed)
	if err != nil {
		return enrolment{}, err
	}
	label := url.PathEscape(s.Site.Community + ":" + email)
	query := url.Values{"secret": {secret}, "issuer": {s.Site.Community}}
	return enrolment{Secret: groups(secret, 4, " "),
		URL: "otpauth://totp/" + label + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")}, nil
}

// recoveryLen letters of base32 are 80 bits, in groups of four for reading.
const recoveryLen = 16

func newRecoveryCodes() []string {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		codes[i] = groups(strings.ToLower(base32Letters.EncodeToString(randomBytes(recoveryLen*5/8))), 4, "-")
	}
	return codes
}

// plainRecovery undoes the grouping and the case in which a code is written.
func plainRecovery(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '2' && r <= '7':
			return r
		case r == ' ' || r == '-':
			return -1
		}
		return '?'
	}, strings.ToLower(typed))
}

func (s *Service) recoveryHash(person store.ID, plain string) string {
	return s.keys.digest("recovery", string(person), plain)
}

func (s *Service) recoveryHashes(person store.ID, codes []string) []string {
	hashes := make([]string, len(codes))
	for i, code := range codes {
		hashes[i] = s.recoveryHash(person, plainRecovery(code))
	}
	return hashes
}

func groups(s string, size int, separator string) string {
	var parts []string
	for len(s) > size {
		parts = append(parts, s[:size])
		s = s[size:]
	}
	return strings.Join(append(parts, s), separator)
}
