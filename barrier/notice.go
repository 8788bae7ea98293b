package barrier

import (
	"context"

	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// Notices names of what people are told by this room.
var Notices = []notice.Kind{
	{Name: toldRegistered, Key: "barrier.notice.registered", What: "barrier.notice.registered.what", Audience: programme.Interested, Letter: true, Default: notice.Weekly},
	{Name: toldVerdict, Key: "barrier.notice.verdict", What: "barrier.notice.verdict.what", Audience: programme.Interested, Letter: true, Default: notice.Weekly},
	{Name: toldAccepted, Key: "barrier.notice.accepted", What: "barrier.notice.accepted.what", Letter: true, Default: notice.Now},
	{Name: toldDeclined, Key: "barrier.notice.declined", What: "barrier.notice.declined.what", Letter: true, Default: notice.Now},
}

const (
	toldRegistered = "barrier.registered"
	toldVerdict    = "barrier.verdict"
	toldAccepted   = "barrier.accepted"
	toldDeclined   = "barrier.declined"
)

// tell lets people know what became of a barrier, and takes back what was told
// of one that is withdrawn.
func (s *Service) tell(ctx context.Context, tx *store.Tx, b Barrier, a Act) error {
	n := notice.Notice{Kind: toldRegistered, Matter: string(b.ID), Place: b.Programme, PlaceTitle: b.ProgrammeTitle, Title: first(b.Statement, 80), Path: b.Path()}
	switch a.Act {
	case didRegister:
		return s.Notices.Tell(ctx, tx, n)
	case didAccept:
		if err := s.Notices.Tell(ctx, tx, n); err != nil {
			return err
		}
		return s.answer(ctx, tx, b, n, toldAccepted)
	case didDecline:
		n.Path = b.Path() + "/edycja"
		return s.answer(ctx, tx, b, n, toldDeclined)
	case didConclude:
		n.Kind, n.Matter = toldVerdict, string(store.NewID()) // a new verdict is told again
		return s.Notices.Tell(ctx, tx, n)
	case didWithdraw:
		return s.Notices.Cancel(ctx, tx, toldRegistered, string(b.ID))
	}
	return nil
}

// answer tells the author what was decided.
func (s *Service) answer(ctx context.Context, tx *store.Tx, b Barrier, n notice.Notice, kind string) error {
	n.Kind, n.Matter, n.To = kind, string(store.NewID()), []store.ID{b.Author}
	return s.Notices.Tell(ctx, tx, n)
}
