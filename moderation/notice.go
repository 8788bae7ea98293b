package moderation

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/store"
)

// Notices names of what people are told: authors of what becomes of their texts,
// those who reported them of the outcome, and who is blocked of that.
var Notices = []notice.Kind{
	{Name: toldHidden, Key: "moderation.notice.hidden", What: "moderation.notice.text.what", Letter: true, Default: notice.Now},
	{Name: toldShown, Key: "moderation.notice.shown", What: "moderation.notice.shown.what", Letter: true, Default: notice.Now},
	{Name: toldRejected, Key: "moderation.notice.rejected", What: "moderation.notice.rejected.what", Letter: true, Default: notice.Now},
	{Name: toldReportHidden, Key: "moderation.notice.report_hidden", What: "moderation.notice.report.what", Letter: true, Default: notice.Now},
	{Name: toldReportLeft, Key: "moderation.notice.report_left", What: "moderation.notice.report_left.what", Letter: true, Default: notice.Now},
	{Name: toldBlock, Key: "moderation.notice.blocked", What: "moderation.notice.blocked.what", Letter: true, Default: notice.Now},
	{Name: toldLift, Key: "moderation.notice.lifted", What: "moderation.notice.lifted.what", Letter: true, Default: notice.Now},
	{Name: toldAnswered, Key: "moderation.notice.answered", What: "moderation.notice.answered.what"},
}

const (
	toldHidden       = "moderation.hidden"
	toldShown        = "moderation.shown"
	toldRejected     = "moderation.rejected"
	toldReportHidden = "moderation.report_hidden"
	toldReportLeft   = "moderation.report_left"
	toldBlock        = "moderation.blocked"
	toldLift         = "moderation.lifted"
	toldAnswered     = "moderation.answered" // to whoever decided before
)

// tellDecision tells the authors and those who reported what became of a text.
// Of a case that changed nothing for the author, the author is not told.
func (s *Service) tellDecision(ctx context.Context, tx *store.Tx, c Case, t Thing) error {
	n := notice.Notice{Matter: string(c.ID), Place: c.Programme, PlaceTitle: t.Place.Title, Title: t.Title, Path: casePath(c.ID), To: t.Authors}
	report := n
	report.Path = OwnPath
	switch c.State {
	case Hidden:
		n.Kind, report.Kind = toldHidden, toldReportHidden
	case Restored:
		n.Kind = toldShown
		return s.tell(ctx, tx, n)
	case Left:
		n.Kind, report.Kind = toldShown, toldReportLeft
		if c.Cause == Reported || c.Cause == ByStaff {
			n.To = nil // it was shown all the time
		}
	}
	if err := s.tell(ctx, tx, n); err != nil {
		return err
	}
	people, err := store.All[store.ID](ctx, tx, `SELECT person FROM moderation_report WHERE matter = $1 AND person <> ''`, c.ID)
	if err != nil {
		return fmt.Errorf("moderation: who reported: %w", err)
	}
	report.To = people
	return s.tell(ctx, tx, report)
}

// tellAnswer tells of an appeal that was rejected, and whoever decided before.
func (s *Service) tellAnswer(ctx context.Context, tx *store.Tx, a Appeal, decided store.ID, in Place, title, path string) error {
	n := notice.Notice{Kind: toldRejected, Matter: string(a.ID), Place: in.ID, PlaceTitle: in.Title, Title: title, Path: path, To: []store.ID{a.Person}}
	if err := s.tell(ctx, tx, n); err != nil {
		return err
	}
	return s.tellDecider(ctx, tx, a, decided, in, title)
}

// tellDecider tells whoever decided before what became of it.
func (s *Service) tellDecider(ctx context.Context, tx *store.Tx, a Appeal, decided store.ID, in Place, title string) error {
	path := queuedPath(in, a.Matter)
	if a.Against == AgainstBlock {
		path = blocksPath(in) + "/" + string(a.Matter)
	}
	return s.tell(ctx, tx, notice.Notice{Kind: toldAnswered, Matter: string(a.ID), Place: in.ID, PlaceTitle: in.Title, Title: title, Path: path, To: []store.ID{decided}})
}

// tellBlock tells a person that they are blocked, or not any more.
func (s *Service) tellBlock(ctx context.Context, tx *store.Tx, kind string, b Block, in Place) error {
	return s.tell(ctx, tx, notice.Notice{Kind: kind, Matter: string(b.ID), Place: in.ID, PlaceTitle: in.Title, Path: OwnPath, To: []store.ID{b.Person}})
}

func (s *Service) tell(ctx context.Context, tx *store.Tx, n notice.Notice) error {
	if s.Notices == nil || len(n.To) == 0 || n.To[0] == "" {
		return nil
	}
	return s.Notices.Tell(ctx, tx, n)
}
