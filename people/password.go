package people

import (
	"context"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/session"
)

// Argon2id as OWASP's cheat sheet recommends it: 19 MiB, two passes, one lane.
const (
	argonMemory = 19 * 1024 // KiB
	argonPasses = 2
	argonLanes  = 1
	argonSalt   = 16
	argonKey    = 32
)

// A password is judged by its length and by how guessable it is, not by kinds
// of characters (NIST SP 800-63B).
const (
	minPassword = 12
	maxPassword = 200
	// minOwn is how many characters must be left when the words that everybody
	// tries first are taken out.
	minOwn = 6
)

// hasher computes few passwords at a time: each takes 19 MiB for its duration,
// and a hundred sign-ins at once must not take two gigabytes.
type hasher struct {
	slots chan struct{}
	dummy string // compared where there is no password, so that it takes as long
}

func newHasher() *hasher {
	h := &hasher{slots: make(chan struct{}, 2)}
	h.dummy = encodeHash(ourCost, randomBytes(argonSalt), randomBytes(argonKey))
	return h
}

func (h *hasher) compute(ctx context.Context, password string, c cost, salt []byte, length int) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.slots }()
	return argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.lanes, uint32(length)), nil
}

// hash returns the password as it is kept, in the usual text form of Argon2.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := randomBytes(argonSalt)
	key, err := h.compute(ctx, password, ourCost, salt, argonKey)
	return encodeHash(ourCost, salt, key), err
}

// cost is what a hash was made with. It stands in the hash, so that passwords
// of before a change of ours still open.
type cost struct {
	memory, passes uint32
	lanes          uint8
}

var ourCost = cost{memory: argonMemory, passes: argonPasses, lanes: argonLanes}

// The most that a kept hash may ask for: somebody who can write into the
// database must not be able to stop the program with it.
const (
	mostArgonMemory = 256 * 1024 // KiB
	mostArgonPasses = 16
)

func encodeHash(c cost, salt, key []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.lanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

// decodeHash reads what encodeHash writes.
func decodeHash(kept string) (c cost, salt, key []byte, err error) {
	parts := strings.Split(kept, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, errors.New("people: kept password is no Argon2id of this version")
	}
	if _, err = fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.lanes); err != nil {
		return c, nil, nil, fmt.Errorf("people: cost of kept password: %w", err)
	}
	if c.memory == 0 || c.memory > mostArgonMemory || c.passes == 0 || c.passes > mostArgonPasses || c.lanes == 0 {
		return c, nil, nil, fmt.Errorf("people: cost of kept password is out of bounds: %s", parts[3])
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err == nil {
		key, err = base64.RawStdEncoding.DecodeString(parts[5])
	}
	if err != nil || len(salt) == 0 || len(key) < 16 || len(key) > 64 {
		return c, nil, nil, errors.New("people: kept password is damaged")
	}
	return c, salt, key, nil
}

// matches compares a password with what is kept; "" is kept where there is no
// password, never matches, and takes as long.
func (h *hasher) matches(ctx context.Context, password, kept string) (bool, error) {
	compared := kept
	if kept == "" {
		compared = h.dummy
	}
	c, salt, want, err := decodeHash(compared)
	if err != nil {
		return false, err
	}
	key, err := h.compute(ctx, password, c, salt, len(want))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, want) == 1 && kept != "", nil
}

// words that passwords are made of everywhere, the longest first.
//
//go:embed words.txt
var wordsText string

var commonWords = byLength(strings.Fields(wordsText))

func byLength(words []string) []string {
	slices.SortFunc(words, func(a, b string) int {
		if d := len(b) - len(a); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return words
}

// checkPassword says what is wrong with a new password; own are words that
// anybody knows of the person: their name, address and community.
func checkPassword(password string, own ...string) error {
	var m fault.Mistakes
	length := utf8.RuneCountInString(password)
	m.Check(length >= minPassword, "password", "people.password.short", "Min", minPassword)
	m.Check(length <= maxPassword && utf8.ValidString(password), "password", "form.too_long", "Max", maxPassword)
	m.Check(len(unguessable(password, own)) >= minOwn, "password", "people.password.common")
	return m.Err()
}

// unguessable returns what is left of a password without common words, the
// person's own words, runs of one character and runs such as 12345 or edcba.
// Digits that stand for letters are read as these.
func unguessable(password string, own []string) string {
	plain := strings.Map(letterOrDigit, lang.Fold(password))
	var ownWords []string
	for _, text := range own {
		for _, word := range strings.FieldsFunc(lang.Fold(text), notLetterOrDigit) {
			if len(word) >= 3 {
				ownWords = append(ownWords, word)
			}
		}
	}
	words := slices.Concat(byLength(ownWords), commonWords)
	a := withoutRuns(without(plain, words))
	b := withoutRuns(without(leet.Replace(plain), words))
	if len(b) < len(a) {
		return b
	}
	return a
}

var leet = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s")

func notLetterOrDigit(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

func letterOrDigit(r rune) rune {
	if notLetterOrDigit(r) && r != '@' && r != '$' {
		return -1
	}
	return r
}

func without(s string, words []string) string {
	for _, word := range words {
		s = strings.ReplaceAll(s, word, "")
	}
	return s
}

// withoutRuns keeps one character of each run in which every step is the same
// and no longer than one.
func withoutRuns(s string) string {
	runes := []rune(s)
	var kept []rune
	for i, r := range runes {
		if i >= 2 {
			step := r - runes[i-1]
			if step == runes[i-1]-runes[i-2] && step >= -1 && step <= 1 {
				continue
			}
		}
		kept = append(kept, r)
	}
	return string(kept)
}

// enterByPassword is the verb behind sign-in with a password. Whether the
// address is known, has a password, or the password is wrong, the same is done
// and said; only a right one goes on.
func (s *Service) enterByPassword(ctx context.Context, b browser, email, password string) (entrance, string, error) {
	if err := s.takePasswordTry(ctx, b, email); err != nil {
		return entrance{}, "", err
	}
	kept, err := passwordOf(ctx, s.db, email)
	if err != nil {
		return entrance{}, "", fmt.Errorf("people: sign in with password: %w", err)
	}
	right, err := s.hasher.matches(ctx, password, kept)
	if err != nil {
		return entrance{}, "", err
	}
	if !right {
		return entrance{}, "", errPassword
	}
	b.token = newToken(tokenBytes)
	e, err := s.answer(ctx, b, func(tx *store.Tx) (attempt, error) {
		return s.proveByPassword(ctx, tx, b, email, kept)
	})
	return e, b.token, err
}

var errPassword = fault.Invalid("people.password.wrong")

// passwordOf returns "" where there is no such person or no password.
func passwordOf(ctx context.Context, r store.Reader, email string) (string, error) {
	kept, err := store.One[string](ctx, r, `SELECT s.password_hash FROM person p
		JOIN person_secret s ON s.person = p.id WHERE p.email = $1`, email)
	if fault.Is(err, fault.KindNotFound) {
		return "", nil
	}
	return kept, err
}

func (s *Service) takePasswordTry(ctx context.Context, b browser, email string) error {
	return s.counted(ctx, func(tx *store.Tx) error {
		if err := s.take(ctx, tx, brakeNetwork, b.network); err != nil {
			return err
		}
		return s.take(ctx, tx, brakePassword, email)
	})
}

// counted runs a check that counts, and keeps the count when it refuses.
func (s *Service) counted(ctx context.Context, check func(tx *store.Tx) error) error {
	var refused error
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		refused = nil
		err := check(tx)
		if fault.Of(err) != nil {
			refused, err = err, nil
		}
		return err
	})
	if err != nil {
		return err
	}
	return refused
}

// proveByPassword makes the attempt that a right password proves. The password
// must still be the one that was compared: it may have been changed meanwhile.
func (s *Service) proveByPassword(ctx context.Context, tx *store.Tx, b browser, email, compared string) (attempt, error) {
	kept, err := passwordOf(ctx, tx, email)
	if err != nil {
		return attempt{}, err
	}
	if kept != compared {
		return attempt{}, errPassword
	}
	if err := s.forgive(ctx, tx, brakeNetwork, b.network, false); err != nil {
		return attempt{}, err
	}
	if err := s.forgive(ctx, tx, brakePassword, email, true); err != nil {
		return attempt{}, err
	}
	a := attempt{ID: store.NewID(), Purpose: byPassword, Email: email, ProvedAt: store.At(tx.Wall())}
	return a, insertAttempt(ctx, tx, a, hashToken(b.token), b.network)
}

// SetPassword gives the person who asks a new password. All their other
// sessions end, and a letter tells them.
func (s *Service) SetPassword(ctx context.Context, password string) error {
	actor := access.From(ctx)
	p, err := ByID(ctx, s.db, actor.Person)
	if err != nil {
		return err
	}
	if err := checkPassword(password, p.Name, p.Email, s.Site.Community); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.changePassword(ctx, p, hash, noticePasswordSet)
}

// RemovePassword leaves the code as the only way in.
func (s *Service) RemovePassword(ctx context.Context) error {
	p, err := ByID(ctx, s.db, access.From(ctx).Person)
	if err != nil {
		return err
	}
	return s.changePassword(ctx, p, "", noticePasswordRemoved)
}

func (s *Service) changePassword(ctx context.Context, p Person, hash string, n notice) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		if err := setPassword(ctx, tx, p.ID, hash); err != nil {
			return err
		}
		if err := session.EndAll(ctx, tx, p.ID, access.From(ctx).Session); err != nil {
			return err
		}
		if err := noteSecret(ctx, tx, didPassword, "password", p.ID); err != nil {
			return err
		}
		return s.postNotice(ctx, tx, p, p.Email, n)
	})
	if err != nil {
		return fmt.Errorf("people: change password: %w", err)
	}
	return nil
}
