package demo

import (
	"context"
	"fmt"
	"slices"

	"github.com/wspolnota/wspolnota/barrier"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// obstacle is a barrier of the example with everything that was done about it.
type obstacle struct {
	programme string // key of plans
	on, by    string
	words     barrier.Words
	sure      bool   // its author was asked about a name and says there is none
	from      end    // what it came from
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

// barrierActs let people find out, propose, vote, judge and answer.
func (s *story) barrierActs() []act {
	acts := []act{{"2014-06-13 08:00", manager, func(ctx context.Context) error { return s.Barriers.AddKind(ctx, s.programme(main), extraKind) }}}
	for _, o := range obstacles {
		acts = append(acts, act{o.on, o.by, func(ctx context.Context) error { return s.propose(ctx, o) }})
		acts = append(acts, s.argueActs(o)...)
		for _, l := range o.seen {
			acts = append(acts, s.on(o, l.on, "", func(ctx context.Context, b barrier.Barrier) error { return s.voteAll(ctx, l, b) })...)
		}
		acts = append(acts, s.courseOf(o)...)
	}
	return acts
}

func (s *story) propose(ctx context.Context, o obstacle) error {
	p := barrier.Proposal{Words: o.words, Sure: o.sure}
	if o.from.kind != "" {
		p.From = barrier.Origin{Ref: s.ref(o.from)}
	}
	b, err := s.Barriers.Propose(ctx, s.programme(o.programme), p)
	s.keep("barrier/"+o.words.Statement, b.ID)
	return err
}

// on lets somebody do something to a barrier as it is then; nothing where there
// is no moment.
func (s *story) on(o obstacle, at, by string, do func(context.Context, barrier.Barrier) error) []act {
	if at == "" {
		return nil
	}
	return []act{{at, by, func(ctx context.Context) error {
		b, err := store.One[struct {
			ID        store.ID
			Programme store.ID
			Number    int
			Version   int
		}](ctx, s.DB, `SELECT id, programme, number, version FROM barrier WHERE id = $1`, s.things["barrier/"+o.words.Statement])
		if err == nil {
			err = do(ctx, barrier.Barrier{ID: b.ID, Programme: b.Programme, Number: b.Number, Version: b.Version})
		}
		if err != nil {
			return fmt.Errorf("%s: %w", o.words.Statement, err)
		}
		return nil
	}}}
}

// courseOf is what the team decides about a barrier, and who carries it out.
func (s *story) courseOf(o obstacle) []act {
	team := managerOf(o.programme)
	return slices.Concat(
		s.on(o, o.accepted, team, func(ctx context.Context, b barrier.Barrier) error {
			_, err := s.Barriers.Accept(ctx, b.Programme, b.ID, b.Version)
			return err
		}),
		s.on(o, o.declined[0], team, func(ctx context.Context, b barrier.Barrier) error {
			_, err := s.Barriers.Decline(ctx, b.Programme, b.ID, b.Version, o.declined[1])
			return err
		}),
		s.on(o, o.judged.on, team, func(ctx context.Context, b barrier.Barrier) error {
			_, err := s.Barriers.Conclude(ctx, b.Programme, b.ID, b.Version, barrier.Judgement{Verdict: o.judged.what, Note: o.judged.note})
			return err
		}),
		s.on(o, o.answered.on, team, func(ctx context.Context, b barrier.Barrier) error {
			a := o.answered
			_, err := s.Barriers.Respond(ctx, b.Programme, b.ID, b.Version, barrier.Answer{Measure: a.measure, Text: a.text, Owner: s.body(a.owner),
				Due: day(a.due), Review: day(a.review)})
			return err
		}),
		s.on(o, o.done[0], o.done[1], func(ctx context.Context, b barrier.Barrier) error {
			_, err := s.Barriers.Fulfil(ctx, b.Programme, b.ID, b.Version)
			return err
		}),
		s.on(o, o.reviewed.on, team, func(ctx context.Context, b barrier.Barrier) error {
			_, err := s.Barriers.Review(ctx, b.Programme, b.ID, b.Version, barrier.Finding{Outcome: o.reviewed.what, Note: o.reviewed.note, Next: day(o.reviewed.next)})
			return err
		}),
		s.on(o, o.withdrawn[0], team, func(ctx context.Context, b barrier.Barrier) error {
			_, err := s.Barriers.Withdraw(ctx, b.Programme, b.ID, b.Version, o.withdrawn[1])
			return err
		}),
	)
}

// argueActs add evidence; all but the last of a member is shown by the manager.
func (s *story) argueActs(o obstacle) []act {
	var acts []act
	for i, a := range o.evidence {
		acts = append(acts, s.on(o, a.on, a.by, func(ctx context.Context, b barrier.Barrier) error {
			e, err := s.Barriers.Argue(ctx, b.Programme, b.ID, barrier.Evidence{Side: a.side, Text: a.text, URL: a.url}, false)
			if err != nil || e.State != barrier.Proposed || i == len(o.evidence)-1 {
				return err
			}
			if ctx, err = s.as(ctx, managerOf(o.programme)); err != nil {
				return err
			}
			return s.Barriers.Judge(ctx, b.Programme, b.ID, e.ID, 1, true)
		})...)
	}
	return acts
}

// voteAll lets those vote who took part by then. Around the mean of their sector
// one in four sees it a step otherwise.
func (s *story) voteAll(ctx context.Context, l look, b barrier.Barrier) error {
	members, err := store.All[struct {
		Sector ui.Sector
		Email  string
	}](ctx, s.DB, `SELECT m.sector, q.email FROM programme_member m JOIN person q ON q.id = m.person
		WHERE m.programme = $1 AND m.state = 'active' AND m.since <= $2 ORDER BY q.email`, b.Programme, store.At(s.DB.Now()))
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
	return nil
}

func onScale(n int) int { return min(5, max(1, n)) }
