package demo

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/barrier"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web/ui"
)

// obstacle is a barrier of the example with everything that was done about it,
// in the order of the fields.
type obstacle struct {
	programme string // key of plans
	on, by    string
	words     barrier.Words
	sure      bool   // its author was asked about a name and says there is none
	from      string // text of the article it came from
	accepted  string // moment; "" for what the team entered itself, or what waits
	declined  [2]string
	evidence  []argument
	seen      []look
	judged    verdict
	answered  response
	done      [2]string // when, by whom
	reviewed  review
	withdrawn [2]string // when, why
}

type argument struct {
	on, by string
	side   barrier.Side
	text   string
	url    string
}

// look is what the sectors thought at a moment: the means around which their
// people voted, frequency and harm; a sector that is not named did not vote.
type look struct {
	on    string
	views map[ui.Sector][2]int
}

type verdict struct {
	on   string
	what barrier.Verdict
	note string
}

type response struct {
	on      string
	measure barrier.Measure
	text    string
	owner   string // key of bodies; "" for the team
	due     string // days
	review  string
}

type review struct {
	on   string
	what barrier.Outcome
	note string
	next string // day
}

// extraKind is what the programme adds to the six kinds.
var extraKind = barrier.Added{Name: "Dostępność", About: "Kto nie może wejść, usłyszeć albo przeczytać."}

// block lets people find out, propose, vote, judge and answer.
func (s *story) block(ctx context.Context, o obstacle) error {
	s.at(o.on)
	in := s.programmes[o.programme].ID
	author, err := s.as(ctx, o.by)
	if err != nil {
		return err
	}
	p := barrier.Proposal{Words: o.words, Sure: o.sure}
	if o.from != "" {
		p.From = barrier.Origin{Ref: trace.Ref{Kind: "news", ID: s.articles[o.from]}}
	}
	b, err := s.Barriers.Propose(author, in, p)
	if err != nil {
		return err
	}
	steps := []func(context.Context, obstacle, *barrier.Barrier) error{s.admit, s.argue, s.voteAll, s.judgeBarrier, s.respond, s.fulfil, s.reviewBarrier, s.withdrawBarrier}
	for _, step := range steps {
		if err := step(ctx, o, &b); err != nil {
			return err
		}
	}
	return nil
}

// keep lets the manager of the programme do something at a moment.
func (s *story) keep(ctx context.Context, o obstacle, on string, do func(ctx context.Context) (barrier.Barrier, error), b *barrier.Barrier) error {
	if on == "" {
		return nil
	}
	s.at(on)
	ctx, err := s.as(ctx, managerOf(o.programme))
	if err != nil {
		return err
	}
	after, err := do(ctx)
	if err == nil {
		*b = after
	}
	return err
}

func (s *story) admit(ctx context.Context, o obstacle, b *barrier.Barrier) error {
	if o.declined[0] != "" {
		return s.keep(ctx, o, o.declined[0], func(ctx context.Context) (barrier.Barrier, error) {
			return s.Barriers.Decline(ctx, b.Programme, b.ID, b.Version, o.declined[1])
		}, b)
	}
	return s.keep(ctx, o, o.accepted, func(ctx context.Context) (barrier.Barrier, error) {
		return s.Barriers.Accept(ctx, b.Programme, b.ID, b.Version)
	}, b)
}

// argue adds evidence; all but the last of a member is shown by the manager.
func (s *story) argue(ctx context.Context, o obstacle, b *barrier.Barrier) error {
	for i, a := range o.evidence {
		s.at(a.on)
		ctx, err := s.as(ctx, a.by)
		if err != nil {
			return err
		}
		e, err := s.Barriers.Argue(ctx, b.Programme, b.ID, barrier.Evidence{Side: a.side, Text: a.text, URL: a.url}, false)
		if err != nil {
			return err
		}
		if e.State != barrier.Proposed || i == len(o.evidence)-1 {
			continue
		}
		if ctx, err = s.as(ctx, managerOf(o.programme)); err != nil {
			return err
		}
		if err := s.Barriers.Judge(ctx, b.Programme, b.ID, e.ID, 1, true); err != nil {
			return err
		}
	}
	return nil
}

// voteAll lets those vote who took part by then. Around the mean of their sector
// one in four sees it a step otherwise.
func (s *story) voteAll(ctx context.Context, o obstacle, b *barrier.Barrier) error {
	for _, l := range o.seen {
		at := s.at(l.on)
		members, err := store.All[struct {
			Person store.ID
			Sector ui.Sector
			Email  string
		}](ctx, s.DB, `SELECT m.person, m.sector, q.email FROM programme_member m JOIN person q ON q.id = m.person
			WHERE m.programme = $1 AND m.state = 'active' AND m.since <= $2 ORDER BY q.email`, b.Programme, store.At(at))
		if err != nil {
			return err
		}
		for i, m := range members {
			view, voted := l.views[m.Sector]
			if !voted {
				continue
			}
			step := []int{0, 0, 1, 0, -1}[(i+b.Number)%5]
			ctx, err := s.as(ctx, m.Email)
			if err != nil {
				return err
			}
			if err := s.Barriers.Vote(ctx, b.Programme, b.ID, barrier.Ballot{Frequency: onScale(view[0] + step), Harm: onScale(view[1] + step)}); err != nil {
				return fmt.Errorf("%s votes: %w", m.Email, err)
			}
		}
	}
	return nil
}

func onScale(n int) int { return min(5, max(1, n)) }

func (s *story) judgeBarrier(ctx context.Context, o obstacle, b *barrier.Barrier) error {
	return s.keep(ctx, o, o.judged.on, func(ctx context.Context) (barrier.Barrier, error) {
		return s.Barriers.Conclude(ctx, b.Programme, b.ID, b.Version, barrier.Judgement{Verdict: o.judged.what, Note: o.judged.note})
	}, b)
}

func (s *story) respond(ctx context.Context, o obstacle, b *barrier.Barrier) error {
	a := o.answered
	return s.keep(ctx, o, a.on, func(ctx context.Context) (barrier.Barrier, error) {
		return s.Barriers.Respond(ctx, b.Programme, b.ID, b.Version, barrier.Answer{Measure: a.measure, Text: a.text, Owner: s.bodies[a.owner], Due: day(a.due), Review: day(a.review)})
	}, b)
}

func (s *story) fulfil(ctx context.Context, o obstacle, b *barrier.Barrier) error {
	if o.done[0] == "" {
		return nil
	}
	s.at(o.done[0])
	ctx, err := s.as(ctx, o.done[1])
	if err != nil {
		return err
	}
	*b, err = s.Barriers.Fulfil(ctx, b.Programme, b.ID, b.Version)
	return err
}

func (s *story) reviewBarrier(ctx context.Context, o obstacle, b *barrier.Barrier) error {
	return s.keep(ctx, o, o.reviewed.on, func(ctx context.Context) (barrier.Barrier, error) {
		return s.Barriers.Review(ctx, b.Programme, b.ID, b.Version, barrier.Finding{Outcome: o.reviewed.what, Note: o.reviewed.note, Next: day(o.reviewed.next)})
	}, b)
}

func (s *story) withdrawBarrier(ctx context.Context, o obstacle, b *barrier.Barrier) error {
	return s.keep(ctx, o, o.withdrawn[0], func(ctx context.Context) (barrier.Barrier, error) {
		return s.Barriers.Withdraw(ctx, b.Programme, b.ID, b.Version, o.withdrawn[1])
	}, b)
}

// nameKind adds the kind that the manager of the main programme wanted.
func (s *story) nameKind(ctx context.Context) error {
	s.at("2014-06-13 08:00")
	ctx, err := s.as(ctx, manager)
	if err != nil {
		return err
	}
	return s.Barriers.AddKind(ctx, s.programmes[main].ID, extraKind)
}
