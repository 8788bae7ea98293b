package organisation

import (
	"context"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

// Kinds of letters. Until they go out only ids wait in the database.
const (
	letterAsked    = "organisation.asked"
	letterAnswered = "organisation.answered"
	letterInvited  = "organisation.invited"
)

func (s *Service) handleLetters() {
	s.Outbox.Handle(letterAsked, s.composeAsked)
	s.Outbox.Handle(letterAnswered, s.composeAnswered)
	s.Outbox.Handle(letterInvited, s.composeInvited)
}

// tellRepresentatives writes to everybody who may answer a request.
func (s *Service) tellRepresentatives(ctx context.Context, tx *store.Tx, q Request) error {
	ids, err := representatives(ctx, tx, q.Organisation)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.tell(ctx, tx, letterAsked, id, q); err != nil {
			return err
		}
	}
	return nil
}

// tellRequester writes to the person whose request was answered.
func (s *Service) tellRequester(ctx context.Context, tx *store.Tx, q Request) error {
	return s.tell(ctx, tx, letterAnswered, q.Person, q)
}

func (s *Service) tell(ctx context.Context, tx *store.Tx, kind string, person store.ID, q Request) error {
	p, err := people.ByID(ctx, tx, person)
	if err != nil {
		return err
	}
	return s.Outbox.Post(ctx, tx, mail.Message{Kind: kind, To: p.Email, Person: p.ID, Language: p.Language,
		Data: map[string]string{"organisation": string(q.Organisation), "request": string(q.ID)}})
}

func (s *Service) tellInvited(ctx context.Context, tx *store.Tx, i Invitation, invited people.Person) error {
	return s.Outbox.Post(ctx, tx, mail.Message{Kind: letterInvited, To: i.Email, Person: invited.ID, Language: invited.Language,
		Data: map[string]string{"invitation": string(i.ID)}})
}

// matter reads what a letter about a request is about.
func matter(ctx context.Context, tx *store.Tx, m mail.Message) (o Organisation, q Request, who people.Person, err error) {
	if o, err = ByID(ctx, tx, store.ID(m.Data["organisation"])); err != nil {
		return
	}
	if q, err = requestByID(ctx, tx, o.ID, store.ID(m.Data["request"])); err != nil {
		return
	}
	who, err = people.ByID(ctx, tx, q.Person)
	return
}

func (s *Service) composeAsked(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	o, q, who, err := matter(ctx, tx, m)
	if err != nil {
		return mail.Letter{}, err
	}
	if q.State != Waiting {
		return mail.Letter{}, fault.NotFound("request that waits")
	}
	return s.Outbox.Letter(ctx, mail.Layout{
		Subject: lang.T(ctx, "organisation.letter.asked.subject", "Organisation", o.Label()),
		Paragraphs: []string{
			lang.T(ctx, "organisation.letter.asked.who", "Person", who.Name, "Organisation", o.Name),
			lang.T(ctx, "organisation.letter.asked.reason", "Reason", q.Reason),
		},
		Button: mail.Button{Label: lang.T(ctx, "organisation.letter.asked.act"), Path: requestPath(o.Slug, q.ID)},
		Reason: lang.T(ctx, "organisation.letter.asked.why", "Organisation", o.Name),
	})
}

func (s *Service) composeAnswered(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	o, q, _, err := matter(ctx, tx, m)
	if err != nil {
		return mail.Letter{}, err
	}
	layout := mail.Layout{
		Subject:    lang.T(ctx, "organisation.letter.refused.subject", "Organisation", o.Label()),
		Paragraphs: []string{lang.T(ctx, "organisation.letter.refused.text", "Organisation", o.Name, "Reason", q.Answer)},
		Button:     mail.Button{Label: lang.T(ctx, "organisation.letter.answered.act"), Path: path(o.Slug)},
		Reason:     lang.T(ctx, "organisation.letter.answered.why", "Organisation", o.Name),
	}
	if q.State == Accepted {
		layout.Subject = lang.T(ctx, "organisation.letter.accepted.subject", "Organisation", o.Label())
		layout.Paragraphs = []string{lang.T(ctx, "organisation.letter.accepted.text", "Organisation", o.Name)}
	}
	return s.Outbox.Letter(ctx, layout)
}

func (s *Service) composeInvited(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	i, err := invitationByID(ctx, tx, store.ID(m.Data["invitation"]))
	if err != nil {
		return mail.Letter{}, err
	}
	if !i.Open(tx.Now()) {
		return mail.Letter{}, fault.NotFound("invitation that is open")
	}
	o, err := ByID(ctx, tx, i.Organisation)
	if err != nil {
		return mail.Letter{}, err
	}
	by, err := people.ByID(ctx, tx, i.InvitedBy)
	if err != nil {
		return mail.Letter{}, err
	}
	return s.Outbox.Letter(ctx, mail.Layout{
		Subject: lang.T(ctx, "organisation.letter.invited.subject", "Organisation", o.Label()),
		Paragraphs: []string{
			lang.T(ctx, "organisation.letter.invited.who", "Person", by.Name, "Organisation", o.Name, "Role", roleName(ctx, i.Role)),
			lang.T(ctx, "organisation.letter.invited.how", "Until", lang.Date(ctx, i.ExpiresAt.Time)),
		},
		Button: mail.Button{Label: lang.T(ctx, "organisation.letter.invited.act"), Path: invitationPath(i.ID)},
		After:  []string{lang.T(ctx, "organisation.letter.invited.ignore")},
		Reason: lang.T(ctx, "organisation.letter.invited.why", "Organisation", o.Name),
	})
}
