package group

import (
	"context"
	"errors"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
)

// letterInvitation goes to an address that may belong to nobody yet; everything
// else people are told by package notice.
const letterInvitation = "group.invitation"

func (s *Service) writeInvitation(ctx context.Context, tx *store.Tx, g Group, i Invitation) error {
	if s.Outbox == nil {
		return nil
	}
	return s.Outbox.Post(ctx, tx, mail.Message{Kind: letterInvitation, To: i.Email, Language: i.Language,
		Data: map[string]string{"programme": string(g.Programme), "group": string(g.ID), "invitation": string(i.ID)}})
}

func (s *Service) composeInvitation(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	g, err := byID(ctx, tx, store.ID(m.Data["programme"]), store.ID(m.Data["group"]))
	if err != nil {
		return mail.Letter{}, err
	}
	i, err := store.One[Invitation](ctx, tx, `SELECT `+invitationColumns+` FROM event_group_invitation
		WHERE event_group = $1 AND id = $2 AND answer = ''`, g.ID, store.ID(m.Data["invitation"]))
	if err != nil {
		return mail.Letter{}, err // answered or taken back before it was sent
	}
	names, err := people.Names(ctx, tx, []store.ID{i.InvitedBy})
	if err != nil {
		return mail.Letter{}, err
	}
	l := mail.Layout{
		Subject:  lang.T(ctx, "event.group.letter.subject", "Group", g.Name),
		Greeting: lang.T(ctx, "event.group.letter.greeting"),
		Paragraphs: []string{lang.T(ctx, "event.group.letter.text", "Who", names[i.InvitedBy], "Group", g.Name, "Programme", g.ProgrammeTitle,
			"Role", i.Role.word(ctx))},
		Button: mail.Button{Label: lang.T(ctx, "event.group.letter.button"), Path: g.Path() + "/zaproszenie"},
		After: []string{lang.T(ctx, "event.group.letter.how"),
			lang.T(ctx, "event.group.letter.until", "Day", lang.Date(ctx, i.ExpiresAt.Time))},
		Reason: lang.T(ctx, "event.group.letter.reason"),
	}
	if i.Words != "" {
		l.Paragraphs = append(l.Paragraphs, i.Words)
	}
	return s.Outbox.Letter(ctx, l)
}

// isMistake reports whether an error is a refusal of what a form said.
func isMistake(err error) bool {
	var f *fault.Fault
	return errors.As(err, &f) && f.Kind == fault.KindInvalid
}
