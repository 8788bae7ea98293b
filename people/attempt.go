package people

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// An attempt is how one browser proves who sits at it:
//
//	asked ──letter goes out──▶ sent ──code or link right──▶ proved ──▶ done
//	  └──────── newer one ───────┴──▶ cancelled                │ (session, account
//	                                                           │  or address made)
//	  password right ─────────────────────────────────────────▶┘
//
// Between proved and done stand the second factor, for those who have one, and
// the form of a new account, for those who have none.
//
// Asking never looks whether the address is known: the same rows are written
// and the same letter goes out, so there is nothing that could differ.
type attempt struct {
	ID          store.ID
	Purpose     purpose
	Person      store.ID
	Email       string
	CodeHash    string
	LinkHash    string
	Tries       int
	SecondTries int
	ExpiresAt   store.Time
	ProvedAt    store.Time
	CancelledAt store.Time
	DoneAt      store.Time
}

type purpose string

const (
	toSignIn        purpose = "sign-in"
	toChangeAddress purpose = "address"
	byPassword      purpose = "password"
)

const (
	codeDigits = 6
	codeLives  = 15 * time.Minute // from the moment the letter goes out
	maxTries   = 5
	// proofLives is how long a proved attempt waits for the second factor or
	// for the form of a new account.
	proofLives = 30 * time.Minute
	// askLives is how long a letter may wait for the mail server; a code that
	// comes hours later would only puzzle.
	askLives = time.Hour
	// letterWindow is the hour within which letters are counted.
	letterWindow = time.Hour
)

// browser is what an attempt knows of the one who asks.
type browser struct {
	token   string // of the cookie; "" where it has none
	agent   string
	network string // keyed hash
}

// ask begins an attempt and posts its letter. It returns the token for the
// browser's cookie. Beyond the limits no letter goes out and the answer is the
// same; then an older attempt of this browser stays as it was.
func (s *Service) ask(ctx context.Context, tx *store.Tx, b browser, a attempt) (string, error) {
	limited, err := s.tooManyLetters(ctx, tx, a.Email, b.network)
	if err != nil {
		return "", err
	}
	if limited {
		return b.token, nil
	}
	if err := cancelAttempts(ctx, tx, a.Purpose, a.Email); err != nil {
		return "", err
	}
	a.ID = store.NewID()
	token := newToken(tokenBytes)
	if err := insertAttempt(ctx, tx, a, hashToken(token), b.network); err != nil {
		return "", err
	}
	return token, s.postCode(ctx, tx, a, lang.From(ctx))
}

// tooManyLetters counts under locks: a hundred requests at once see each other.
// The network comes first, so that one which asks for address after address
// leaves no trace of them beyond its limit.
func (s *Service) tooManyLetters(ctx context.Context, tx *store.Tx, email, network string) (bool, error) {
	since := tx.Wall().Add(-letterWindow)
	if err := s.lock(ctx, tx, "letters from network", network); err != nil {
		return false, err
	}
	sent, err := lettersFrom(ctx, tx, network, since)
	if err != nil || sent >= s.LettersPerNetwork {
		return true, err
	}
	if err := s.lock(ctx, tx, "letters to address", email); err != nil {
		return false, err
	}
	sent, err = lettersTo(ctx, tx, email, since)
	return sent >= s.LettersPerAddress, err
}

// begin is ask in a transaction of its own. There is always a token: one that
// leads nowhere looks like any other.
func (s *Service) begin(ctx context.Context, b browser, a attempt) (token string, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		token, err = s.ask(ctx, tx, b, a)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("people: ask for a code: %w", err)
	}
	if token == "" {
		token = newToken(tokenBytes)
	}
	return token, nil
}

// makeCode is called when the letter goes out: until then there is no code that
// could be stolen from a queue.
func (s *Service) makeCode(ctx context.Context, tx *store.Tx, id store.ID) (code, link string, err error) {
	code, link = newCode(), newToken(16)
	now := tx.Wall()
	kept, err := setCode(ctx, tx, id, s.codeHash(id, code), hashToken(link), now.Add(codeLives), now.Add(-askLives))
	if err == nil && !kept {
		err = fault.NotFound("attempt that waits for a letter")
	}
	return code, link, err
}

func newCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(err) // crypto/rand itself ends the program before it fails
	}
	return fmt.Sprintf("%0*d", codeDigits, n)
}

// codeHash needs the secret of the installation: a million codes are too few to
// be protected by slowness alone.
func (s *Service) codeHash(id store.ID, code string) string {
	return s.keys.digest("code", string(id), code)
}

// What can be wrong with a code, in words for the person who typed it.
var (
	errCodeWrong     = codeMistake("people.code.wrong")
	errCodeTooMany   = codeMistake("people.code.too_many")
	errCodeUsed      = codeMistake("people.code.used")
	errCodeExpired   = codeMistake("people.code.expired")
	errCodeCancelled = codeMistake("people.code.cancelled")
	errCodeNotSent   = codeMistake("people.code.not_sent")
)

func codeMistake(key string) error { return fault.Mistake("code", key) }

// proveByCode counts a try and, when the code is right, marks the attempt as
// proved, once.
func (s *Service) proveByCode(ctx context.Context, tx *store.Tx, b browser, p purpose, code string) (attempt, error) {
	return s.prove(ctx, tx, b, p, func(a attempt) bool {
		return subtle.ConstantTimeCompare([]byte(a.CodeHash), []byte(s.codeHash(a.ID, code))) == 1
	})
}

// proveByLink does the same with the link of the letter.
func (s *Service) proveByLink(ctx context.Context, tx *store.Tx, b browser, link string) (attempt, error) {
	return s.prove(ctx, tx, b, toSignIn, func(a attempt) bool {
		return subtle.ConstantTimeCompare([]byte(a.LinkHash), []byte(hashToken(link))) == 1
	})
}

// prove takes one of the five tries before it compares, in the same statement
// that asks whether there is one: parallel tries wait for each other there. An
// error of kind Invalid must not undo the transaction that counted.
func (s *Service) prove(ctx context.Context, tx *store.Tx, b browser, p purpose, right func(attempt) bool) (attempt, error) {
	hash := hashToken(b.token)
	counted, err := countTry(ctx, tx, hash, p)
	if err != nil {
		return attempt{}, err
	}
	a, err := findAttempt(ctx, tx, hash, p)
	switch {
	case fault.Is(err, fault.KindNotFound):
		return attempt{}, errCodeWrong
	case err != nil:
		return attempt{}, err
	case !counted:
		return attempt{}, a.whyNot()
	case !right(a):
		if a.Tries >= maxTries {
			return attempt{}, errCodeTooMany
		}
		return attempt{}, errCodeWrong
	}
	return a, markProved(ctx, tx, a.ID)
}

// whyNot says why an attempt takes no more codes.
func (a attempt) whyNot() error {
	switch {
	case !a.ProvedAt.IsZero():
		return errCodeUsed
	case !a.CancelledAt.IsZero():
		return errCodeCancelled
	case a.CodeHash == "":
		return errCodeNotSent
	case a.Tries >= maxTries:
		return errCodeTooMany
	}
	return errCodeExpired
}

// step is where a proved attempt goes next.
type step int

const (
	stepInside step = iota
	stepSecondFactor
	stepNewAccount
)

// entrance is what a right answer at the door leads to.
type entrance struct {
	step   step
	person Person
	token  string // of the new session, when inside
	held   bool   // staff roles wait for a second factor
}

// answer runs check in a transaction, keeps what it counted even when it
// refuses, and passes a proved attempt on.
func (s *Service) answer(ctx context.Context, b browser, check func(tx *store.Tx) (attempt, error)) (entrance, error) {
	var e entrance
	var refused error
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		e, refused = entrance{}, nil
		a, err := check(tx)
		if err == nil {
			e, err = s.pass(ctx, tx, b, a)
		}
		if fault.Of(err) != nil {
			refused, err = err, nil
		}
		return err
	})
	if err != nil {
		return entrance{}, fmt.Errorf("people: sign in: %w", err)
	}
	return e, refused
}

// pass decides what a proved attempt still lacks, and when nothing, signs in.
func (s *Service) pass(ctx context.Context, tx *store.Tx, b browser, a attempt) (entrance, error) {
	p, err := ByEmail(ctx, tx, a.Email)
	if fault.Is(err, fault.KindNotFound) && a.Purpose == toSignIn {
		return entrance{step: stepNewAccount}, nil
	}
	if err != nil {
		return entrance{}, err
	}
	if p.Blocked() {
		return entrance{}, errBlocked
	}
	second, err := findSecret(ctx, tx, p.ID)
	if err != nil {
		return entrance{}, err
	}
	if second.enrolled() {
		return entrance{step: stepSecondFactor, person: p}, setAttemptPerson(ctx, tx, a.ID, p.ID)
	}
	e, err := s.enter(ctx, tx, b, a, p)
	if err == nil {
		e.held, err = s.rolesWait(ctx, tx, p, second)
	}
	return e, err
}

// enter ends the attempt and begins the session.
func (s *Service) enter(ctx context.Context, tx *store.Tx, b browser, a attempt, p Person) (entrance, error) {
	first, err := markDone(ctx, tx, a.ID)
	if err != nil {
		return entrance{}, err
	}
	if !first {
		return entrance{}, errCodeUsed
	}
	if err := endOwn(ctx, tx); err != nil {
		return entrance{}, err
	}
	token, err := s.SignInSession(ctx, tx, p.ID, b.agent)
	return entrance{step: stepInside, person: p, token: token}, err
}

// enterByCode is the verb behind the page on which the code is typed.
func (s *Service) enterByCode(ctx context.Context, b browser, code string) (entrance, error) {
	return s.answer(ctx, b, func(tx *store.Tx) (attempt, error) {
		return s.proveByCode(ctx, tx, b, toSignIn, code)
	})
}

// enterByLink is the verb behind the button to which the letter leads.
func (s *Service) enterByLink(ctx context.Context, b browser, link string) (entrance, error) {
	return s.answer(ctx, b, func(tx *store.Tx) (attempt, error) {
		return s.proveByLink(ctx, tx, b, link)
	})
}

// proved returns the attempt to sign in of a browser that has shown its proof
// and is not done yet; fault.NotFound otherwise.
func (s *Service) proved(ctx context.Context, r store.Reader, b browser) (attempt, error) {
	return findProved(ctx, r, hashToken(b.token), r.Wall().Add(-proofLives))
}

// register makes the account of somebody who has proved a new address, and
// signs them in. Of several browsers that proved the same address one makes the
// account, and the others enter it.
func (s *Service) register(ctx context.Context, b browser, n NewPerson) (entrance, error) {
	var e entrance
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		a, err := s.proved(ctx, tx, b)
		if err != nil {
			return err
		}
		n.Email, n.Own = a.Email, true
		_, err = s.Create(ctx, tx, n)
		if err != nil && !isTaken(err) {
			return err
		}
		e, err = s.pass(ctx, tx, b, a)
		return err
	})
	if err != nil {
		return entrance{}, fmt.Errorf("people: register: %w", err)
	}
	return e, nil
}

func isTaken(err error) bool {
	f := fault.Of(err)
	return f != nil && len(f.Fields) == 1 && f.Fields[0].Key == "people.email.taken"
}

// open reports whether the attempt still takes a code.
func (a attempt) open(at time.Time) bool {
	return a.ProvedAt.IsZero() && a.CancelledAt.IsZero() && a.Tries < maxTries && at.Before(a.ExpiresAt.Time)
}
