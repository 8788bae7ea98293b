package programme

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

// The letters of this room. What they say is read when they are sent.
const (
	letterInvitation = "programme.invitation" // to take part, or to work in the team
	letterRole       = "programme.role"       // a role was given at once
	letterRequest    = "programme.request"    // to managers: somebody asks to join
	letterAnswer     = "programme.answer"     // to that person
)

func (s *Service) handleLetters() {
	s.outbox.Handle(letterInvitation, s.composeInvitation)
	s.outbox.Handle(letterRole, s.composeRole)
	s.outbox.Handle(letterRequest, s.composeRequest)
	s.outbox.Handle(letterAnswer, s.composeAnswer)
}

// letter names what a letter is about.
type letter struct {
	Programme  store.ID
	Person     store.ID
	Invitation store.ID
	Role       access.Role
	Was        MemberState // before the answer: a request, or a membership that was ended
}

func (l letter) data() map[string]string {
	return map[string]string{"programme": string(l.Programme), "person": string(l.Person),
		"invitation": string(l.Invitation), "role": string(l.Role), "was": string(l.Was)}
}

func letterOf(m mail.Message) letter {
	return letter{Programme: store.ID(m.Data["programme"]), Person: store.ID(m.Data["person"]), Invitation: store.ID(m.Data["invitation"]),
		Role: access.Role(m.Data["role"]), Was: MemberState(m.Data["was"])}
}

// write posts a letter to a person we know, in their language.
func (s *Service) write(ctx context.Context, tx *store.Tx, kind string, to store.ID, l letter) error {
	person, err := people.ByID(ctx, tx, to)
	if err != nil {
		return err
	}
	return s.outbox.Post(ctx, tx, mail.Message{Kind: kind, To: person.Email, Person: person.ID, Language: person.Language, Data: l.data()})
}

// writeInvitation posts a letter to an address that may belong to nobody yet.
func (s *Service) writeInvitation(ctx context.Context, tx *store.Tx, i Invitation) error {
	return s.outbox.Post(ctx, tx, mail.Message{Kind: letterInvitation, To: i.Email, Language: i.Language,
		Data: letter{Programme: i.Programme, Invitation: i.ID}.data()})
}

func (s *Service) composeInvitation(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	l := letterOf(m)
	p, err := ByID(ctx, tx, l.Programme)
	if err != nil {
		return mail.Letter{}, err
	}
	i, err := store.One[Invitation](ctx, tx, `SELECT `+invitationColumns+` FROM programme_invitation
		WHERE programme = $1 AND id = $2 AND answer = ''`, p.ID, l.Invitation)
	if err != nil {
		return mail.Letter{}, err // withdrawn or renewed before it was sent
	}
	names, err := people.Names(ctx, tx, []store.ID{i.InvitedBy})
	if err != nil {
		return mail.Letter{}, err
	}
	what := lang.T(ctx, "programme.letter.invitation.member", "Who", names[i.InvitedBy], "Title", p.Title)
	if i.Role != "" {
		what = lang.T(ctx, "programme.letter.invitation.team", "Who", names[i.InvitedBy], "Title", p.Title, "Role", roleName(ctx, i.Role))
	}
	return s.outbox.Letter(ctx, mail.Layout{
		Subject:    lang.T(ctx, "programme.letter.invitation.subject", "Title", p.Title),
		Greeting:   lang.T(ctx, "programme.letter.greeting"),
		Paragraphs: []string{what, p.Summary},
		Button:     mail.Button{Label: lang.T(ctx, "programme.letter.invitation.button"), Path: p.Path() + "/zaproszenie"},
		After: []string{lang.T(ctx, "programme.letter.invitation.how"),
			lang.T(ctx, "programme.letter.invitation.until", "Date", lang.Date(ctx, i.ExpiresAt.Time))},
		Reason: lang.T(ctx, "programme.letter.invitation.reason"),
	})
}

func (s *Service) composeRole(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	l := letterOf(m)
	p, err := ByID(ctx, tx, l.Programme)
	if err != nil {
		return mail.Letter{}, err
	}
	return s.outbox.Letter(ctx, mail.Layout{
		Subject:    lang.T(ctx, "programme.letter.role.subject", "Title", p.Title),
		Greeting:   lang.T(ctx, "programme.letter.greeting"),
		Paragraphs: []string{lang.T(ctx, "programme.letter.role.text", "Title", p.Title, "Role", roleName(ctx, l.Role))},
		Button:     mail.Button{Label: lang.T(ctx, "programme.letter.role.button"), Path: p.Path()},
		After:      []string{lang.T(ctx, "programme.letter.role.sessions")},
		Reason:     lang.T(ctx, "programme.letter.reason"),
	})
}

func (s *Service) composeRequest(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	l := letterOf(m)
	p, err := ByID(ctx, tx, l.Programme)
	if err != nil {
		return mail.Letter{}, err
	}
	request, err := membership(ctx, tx, p.ID, l.Person)
	if err != nil {
		return mail.Letter{}, err
	}
	if request.State != Requested {
		return mail.Letter{}, fault.NotFound("request") // answered or taken back meanwhile
	}
	names, err := people.Names(ctx, tx, []store.ID{l.Person})
	if err != nil {
		return mail.Letter{}, err
	}
	return s.outbox.Letter(ctx, mail.Layout{
		Subject:    lang.T(ctx, "programme.letter.request.subject", "Title", p.Title),
		Greeting:   lang.T(ctx, "programme.letter.greeting"),
		Paragraphs: []string{lang.T(ctx, "programme.letter.request.text", "Who", names[l.Person], "Title", p.Title)},
		Button:     mail.Button{Label: lang.T(ctx, "programme.letter.request.button"), Path: p.Path() + "/edycja/uczestnicy"},
		Reason:     lang.T(ctx, "programme.letter.reason"),
	})
}

func (s *Service) composeAnswer(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	l := letterOf(m)
	p, err := ByID(ctx, tx, l.Programme)
	if err != nil {
		return mail.Letter{}, err
	}
	answer, err := membership(ctx, tx, p.ID, l.Person)
	if err != nil {
		return mail.Letter{}, err
	}
	var words []string
	switch answer.State {
	case Active:
		words = []string{lang.T(ctx, "programme.letter.answer.yes", "Title", p.Title)}
	case Refused:
		no := "programme.letter.answer.no"
		if l.Was == Active {
			no = "programme.letter.answer.ended"
		}
		words = []string{lang.T(ctx, no, "Title", p.Title), lang.T(ctx, "programme.letter.answer.why", "Reason", answer.Reason)}
	default:
		return mail.Letter{}, fault.NotFound("answer") // the person has left meanwhile
	}
	return s.outbox.Letter(ctx, mail.Layout{
		Subject:    lang.T(ctx, "programme.letter.answer.subject", "Title", p.Title),
		Greeting:   lang.T(ctx, "programme.letter.greeting"),
		Paragraphs: words,
		Button:     mail.Button{Label: lang.T(ctx, "programme.letter.answer.button"), Path: p.Path()},
		Reason:     lang.T(ctx, "programme.letter.answer.reason"),
	})
}

func roleName(ctx context.Context, role access.Role) string {
	return lang.T(ctx, "programme.role."+string(role))
}
