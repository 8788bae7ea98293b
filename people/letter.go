package people

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/store"
)

// Kinds of letters. What they say is written when they go out, in the language
// of who gets them; until then only ids wait in the database.
const (
	letterCode   = "people.code"
	letterNotice = "people.notice"
)

func (s *Service) handleLetters() {
	s.Outbox.Handle(letterCode, s.composeCode)
	s.Outbox.Handle(letterNotice, s.composeNotice)
}

// postCode orders the letter of an attempt.
func (s *Service) postCode(ctx context.Context, tx *store.Tx, a attempt, l lang.Language) error {
	return s.Outbox.Post(ctx, tx, mail.Message{Kind: letterCode, To: a.Email, Person: a.Person, Language: l,
		Data: map[string]string{"attempt": string(a.ID)}})
}

// composeCode makes the code and says it. An attempt that was cancelled or came
// too late has no letter any more.
func (s *Service) composeCode(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	id, err := store.ParseID(m.Data["attempt"])
	if err != nil {
		return mail.Letter{}, err
	}
	code, link, err := s.makeCode(ctx, tx, id)
	if err != nil {
		return mail.Letter{}, err
	}
	a, err := attemptPurpose(ctx, tx, id)
	if err != nil {
		return mail.Letter{}, err
	}
	if a == toChangeAddress {
		return s.Outbox.Letter(ctx, addressLetter(ctx, s.Site.Community, code))
	}
	return s.Outbox.Letter(ctx, codeLetter(ctx, s.Site.Community, code, link))
}

func codeLetter(ctx context.Context, community, code, link string) mail.Layout {
	return mail.Layout{
		Subject:    lang.T(ctx, "people.letter.code.subject", "Community", community),
		Paragraphs: []string{lang.T(ctx, "people.letter.code.use")},
		Code:       code,
		Button:     mail.Button{Label: lang.T(ctx, "people.letter.code.link"), Path: "/wejscie/link/" + link},
		After:      codeWarnings(ctx),
	}
}

// addressLetter has no link: it may reach a stranger whose address was mistyped.
func addressLetter(ctx context.Context, community, code string) mail.Layout {
	return mail.Layout{
		Subject:    lang.T(ctx, "people.letter.address.subject", "Community", community),
		Paragraphs: []string{lang.T(ctx, "people.letter.address.use")},
		Code:       code,
		After:      codeWarnings(ctx),
	}
}

func codeWarnings(ctx context.Context) []string {
	return []string{
		lang.T(ctx, "people.letter.code.lives", "Minutes", int(codeLives/time.Minute)),
		lang.T(ctx, "people.letter.code.not_you"),
	}
}

// notice is a change of an account of which its person is told, so that nobody
// else can make it unnoticed.
type notice string

const (
	noticePasswordSet     notice = "password-set"
	noticePasswordRemoved notice = "password-removed"
	noticeSecondSet       notice = "second-set"
	noticeSecondRemoved   notice = "second-removed"
	noticeSecondReset     notice = "second-reset"
	noticeAddressChanged  notice = "address-changed"
)

// noticeKeys are the sentences that say what happened.
var noticeKeys = map[notice]string{
	noticePasswordSet:     "people.notice.password_set",
	noticePasswordRemoved: "people.notice.password_removed",
	noticeSecondSet:       "people.notice.second_set",
	noticeSecondRemoved:   "people.notice.second_removed",
	noticeSecondReset:     "people.notice.second_reset",
	noticeAddressChanged:  "people.notice.address_changed",
}

// postNotice orders a notice to an address, which after a change is the old one.
func (s *Service) postNotice(ctx context.Context, tx *store.Tx, p Person, to string, n notice) error {
	return s.Outbox.Post(ctx, tx, mail.Message{Kind: letterNotice, To: to, Person: p.ID, Language: p.Language,
		Data: map[string]string{"notice": string(n)}})
}

func (s *Service) composeNotice(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	key, known := noticeKeys[notice(m.Data["notice"])]
	if !known {
		return mail.Letter{}, fault.NotFound("notice")
	}
	p, err := ByID(ctx, tx, m.Person)
	if err != nil {
		return mail.Letter{}, err
	}
	l := mail.Layout{
		Subject:    lang.T(ctx, "people.letter.notice.subject", "Community", s.Site.Community),
		Greeting:   lang.T(ctx, "people.letter.greeting", "Name", p.Name),
		Paragraphs: []string{lang.T(ctx, key, "Community", s.Site.Community)},
		Button:     mail.Button{Label: lang.T(ctx, "people.letter.notice.link"), Path: "/konto"},
		After:      []string{lang.T(ctx, "people.letter.notice.not_you")},
	}
	if s.Site.Contact != "" {
		l.After = append(l.After, lang.T(ctx, "people.letter.notice.contact", "Contact", s.Site.Contact))
	}
	return s.Outbox.Letter(ctx, l)
}
