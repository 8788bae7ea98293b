package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// talk is one debate of the example.
type talk struct {
	key, by   string
	event     string // key of the event to which it belongs
	question  string
	intro     string
	entry     debate.Entry
	drafted   string // moments, as all below
	published string
	opens     string
	closes    string
	closed    string // by hand, "" for not yet
	theses    []thesis
	waves     []wave
	proposals []proposal
}

// thesis is a statement with what the three groups of the story think of it: how
// many of a hundred agree. Those of the first trust rules, those of the second
// trust people, those of the third trust neither.
type thesis struct {
	text    string
	agree   [3]int
	beliefs []belief
	written bool // by a participant
}

// belief is what the other sectors think that one sector thinks.
type belief struct {
	about   ui.Sector
	percent int
}

// wave is some people who come to a debate at about the same time. With guests
// they are those who sit in the room of the event.
type wave struct {
	at     string
	people map[ui.Sector]int
	guests bool
}

// proposal is a statement that a participant adds: what becomes of it.
type proposal struct {
	at, text string
	seen     string // moment at which the team looks at it, "" for not yet
	refused  string
}

func (s *story) debateActs() []act {
	var acts []act
	for _, t := range talks {
		acts = append(acts, s.talkActs(t)...)
	}
	return acts
}

func (s *story) talkActs(t talk) []act {
	id := func() store.ID { return s.id("debate/" + t.key) }
	acts := []act{
		{t.drafted, t.by, func(ctx context.Context) error {
			_, err := s.Debates.Begin(ctx, s.programme(main), id(), debate.Terms{Question: t.question, Intro: t.intro, Language: string(lang.Polish),
				Event: s.things["event/"+t.event], Entry: t.entry, Moderation: debate.Before, Mirror: true,
				OpensAt: store.At(moment(t.opens)), ClosesAt: store.At(moment(t.closes))})
			if err != nil {
				return err
			}
			var seeds []string
			for _, x := range t.theses {
				if !x.written {
					seeds = append(seeds, x.text)
				}
			}
			_, err = s.Debates.Seed(ctx, id(), debate.Seeded, seeds...)
			return err
		}},
		{t.published, t.by, func(ctx context.Context) error {
			_, err := s.Debates.Publish(ctx, id(), 0)
			return err
		}},
	}
	for n, w := range t.waves {
		acts = append(acts, act{w.at, "", func(ctx context.Context) error { return s.come(ctx, t, w, uint64(n)) }})
	}
	for _, p := range t.proposals {
		acts = append(acts, s.proposalActs(t, p)...)
	}
	if t.closed != "" {
		acts = append(acts, act{t.closed, t.by, func(ctx context.Context) error {
			_, err := s.Debates.Close(ctx, id(), 0)
			if fault.Is(err, fault.KindConflict) {
				return nil // its hour has closed it
			}
			return err
		}})
	}
	return acts
}

// come lets people of a wave enter, vote on what is shown, and guess.
func (s *story) come(ctx context.Context, t talk, w wave, n uint64) error {
	d, err := debate.ByID(ctx, s.DB, s.things["debate/"+t.key])
	if err != nil {
		return err
	}
	who, err := s.crowd(ctx, t, w, d)
	if err != nil {
		return err
	}
	shown, err := debate.Statements(ctx, s.DB, d.ID)
	if err != nil {
		return err
	}
	luck := rand.New(rand.NewPCG(2014, uint64(len(t.key))<<8+n))
	for _, one := range who {
		p, err := s.Debates.Enter(ctx, d.ID, one)
		if err != nil {
			return err
		}
		if err := s.speak(ctx, t, d, p, shown, luck); err != nil {
			return err
		}
	}
	return nil
}

// crowd are the people of a wave, of the sectors in turn.
func (s *story) crowd(ctx context.Context, t talk, w wave, d debate.Debate) ([]debate.Who, error) {
	if w.guests {
		return s.inTheRoom(ctx, t.event, d.Code)
	}
	var all []debate.Who
	left := map[ui.Sector]int{}
	for sector, n := range w.people {
		left[sector] = n
	}
	for more := true; more; {
		more = false
		for _, sector := range ui.Sectors {
			if left[sector] > 0 {
				left[sector]--
				all = append(all, debate.Who{Device: debate.NewDevice(), Sector: sector, Code: d.Code})
				more = true
			}
		}
	}
	return all, nil
}

// inTheRoom are those who were noted at the door of an event.
func (s *story) inTheRoom(ctx context.Context, key, code string) ([]debate.Who, error) {
	e, err := s.event(ctx, key)
	if err != nil {
		return nil, err
	}
	seated, err := registration.Seated(ctx, s.DB, e.ID)
	var all []debate.Who
	for _, g := range seated {
		if err != nil {
			return nil, err
		}
		var came bool
		if came, err = s.Feedback.Took(ctx, s.DB, g); came && g.Person != "" {
			all = append(all, debate.Who{Person: g.Person, Sector: ui.Sector(g.Sector), Code: code})
		}
	}
	return all, err
}

// groupsOf is how many of a hundred people of a sector belong to each group.
var groupsOf = map[ui.Sector][3]int{
	ui.Administration: {74, 18, 8}, ui.NGO: {12, 72, 16}, ui.Resident: {10, 24, 66}, ui.Business: {34, 33, 33}}

// speak lets one participant vote on nearly everything, and guess.
func (s *story) speak(ctx context.Context, t talk, d debate.Debate, p debate.Participant, shown []debate.Statement, luck *rand.Rand) error {
	group, roll := 0, luck.IntN(100)
	for roll >= groupsOf[p.Sector][group] && group < 2 {
		roll -= groupsOf[p.Sector][group]
		group++
	}
	for _, st := range shown {
		i := slices.IndexFunc(t.theses, func(x thesis) bool { return x.text == st.Text })
		if i < 0 || st.State != debate.Shown || luck.IntN(100) < 8 {
			continue // nobody answers everything
		}
		x := t.theses[i]
		vote := opinion.Disagree
		switch roll := luck.IntN(100); {
		case luck.IntN(100) < 7:
			vote = opinion.Pass
		case roll < x.agree[group]:
			vote = opinion.Agree
		}
		if err := s.Debates.Vote(ctx, d.ID, p.Number, st.Number, vote, luck.IntN(100) < 12); err != nil {
			return err
		}
		for _, b := range x.beliefs {
			if b.about == p.Sector || luck.IntN(100) < 35 {
				continue
			}
			guess := min(100, max(0, b.percent+5*(luck.IntN(7)-3)))
			if err := s.Debates.Guess(ctx, d.ID, p, st.Number, b.about, guess); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *story) proposalActs(t talk, p proposal) []act {
	acts := []act{{p.at, "", func(ctx context.Context) error {
		d, err := debate.ByID(ctx, s.DB, s.things["debate/"+t.key])
		if err != nil {
			return err
		}
		author, err := s.Debates.Enter(ctx, d.ID, debate.Who{Device: debate.NewDevice(), Sector: ui.Resident, Code: d.Code})
		if err != nil {
			return err
		}
		_, _, err = s.Debates.Propose(ctx, d.ID, author, p.text)
		return err
	}}}
	if p.seen == "" {
		return acts
	}
	return append(acts, act{p.seen, t.by, func(ctx context.Context) error {
		id := s.things["debate/"+t.key]
		all, err := debate.Statements(ctx, s.DB, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(st debate.Statement) bool { return st.Text == strings.TrimSpace(p.text) })
		switch {
		case i < 0:
			return fmt.Errorf("no statement %q", p.text)
		case p.refused != "":
			return s.Debates.Reject(ctx, id, all[i].Number, p.refused)
		}
		return s.Debates.Accept(ctx, id, all[i].Number)
	}})
}
