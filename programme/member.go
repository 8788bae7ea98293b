package programme

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
)

// MemberState is where a person stands in a programme. The changes between
// states are drawn in docs/architecture/programme.md.
type MemberState string

const (
	Outsider  MemberState = ""          // never asked: there is no row
	Requested MemberState = "requested" // waits for the manager's answer
	Active    MemberState = "active"    // takes part
	Refused   MemberState = "refused"   // was told no, with a reason
	Left      MemberState = "left"      // went away
)

var memberStates = []string{string(Active), string(Requested), string(Refused), string(Left)}

// Member is one person in one programme: for themselves, as a resident, or for
// one organisation, whose sector and gmina they then count for. A person takes
// part once, so that nobody is counted twice in the balance.
type Member struct {
	Programme    store.ID
	Person       store.ID
	State        MemberState
	Organisation store.ID // "" for themselves
	Sector       string
	Municipality string // TERC, "" for elsewhere or not said
	Words        string // with which they asked
	Since        store.Time
	Reason       string
	Version      int
}

// Limits on what is written with a request and its answer, in characters.
const (
	longestWords  = 1000
	longestReason = 500
)

// Joining is how a person wants to take part.
type Joining struct {
	Organisation store.ID // "" for themselves
	Municipality string   // of a person who joins for themselves
	Words        string
}

// Join lets the actor take part, or asks for it where the manager decides. Who
// takes part or waits already stays as they are: joining twice is joining once.
func (s *Service) Join(ctx context.Context, slug string, j Joining) (MemberState, error) {
	actor := access.From(ctx)
	var state MemberState
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := s.changeVisible(ctx, tx, slug)
		if err != nil {
			return err
		}
		before, err := membership(ctx, tx, p.ID, actor.Person)
		if err != nil {
			return err
		}
		if before.State == Active || before.State == Requested {
			state = before.State
			return nil
		}
		g, err := GateOf(ctx, tx, p.ID, Join)
		if err != nil {
			return err
		}
		if !g.Open {
			return fault.Closed("programme.join.closed")
		}
		m, err := s.joining(ctx, tx, p, actor, j)
		if err != nil {
			return err
		}
		if m.State, err = admitted(p, before); err != nil {
			return err
		}
		state = m.State
		return s.enter(ctx, tx, p, m)
	})
	return state, err
}

// admitted decides what joining leads to. Whoever was refused before is asked
// about again, also where everybody else simply joins.
func admitted(p Programme, before Member) (MemberState, error) {
	switch {
	case p.Admission == AdmitInvited:
		return "", fault.Closed("programme.join.by_invitation")
	case p.Admission == AdmitApproved, before.State == Refused:
		return Requested, nil
	}
	return Active, nil
}

// joining checks for whom the actor may join, and whether that sector may.
func (s *Service) joining(ctx context.Context, tx *store.Tx, p Programme, actor *access.Actor, j Joining) (Member, error) {
	m := Member{Programme: p.ID, Person: actor.Person, Words: j.Words, Since: store.At(tx.Now()),
		Sector: string(organisation.Resident), Municipality: j.Municipality}
	if unit, known := territory.ByTERC(j.Municipality); j.Municipality != "" && (!known || !unit.Gmina()) {
		return Member{}, fault.Mistake("municipality", "form.not_offered")
	}
	if j.Organisation != "" {
		if !actor.Is(access.Representative, string(j.Organisation)) && !actor.Is(access.Member, string(j.Organisation)) {
			return Member{}, fault.Mistake("as", "programme.join.no_mandate")
		}
		o, err := organisation.ByID(ctx, tx, j.Organisation)
		if err != nil {
			return Member{}, err
		}
		m.Organisation, m.Sector, m.Municipality = o.ID, string(o.Sector), o.Municipality
	}
	if !p.Sectors.Has(m.Sector) {
		return Member{}, fault.Mistake("as", "programme.join.other_sector")
	}
	return m, nil
}

// enter writes the membership and tells the managers of a request.
func (s *Service) enter(ctx context.Context, tx *store.Tx, p Programme, m Member) error {
	if err := putMember(ctx, tx, m); err != nil {
		return err
	}
	did := didJoin
	if m.State == Requested {
		did = didAsk
	}
	if err := notePerson(ctx, tx, did, p, m.Person, nil, ""); err != nil {
		return err
	}
	if m.State != Requested {
		return nil
	}
	if err := waitRequest(ctx, tx, p, m); err != nil {
		return err
	}
	managers, err := peopleIn(ctx, tx, p.ID, access.Manager)
	if err != nil {
		return err
	}
	for _, person := range managers {
		if err := s.write(ctx, tx, letterRequest, person, letter{Programme: p.ID, Person: m.Person}); err != nil {
			return err
		}
	}
	return nil
}

// Leave ends the actor's own membership or takes the request back.
func (s *Service) Leave(ctx context.Context, slug string) error {
	actor := access.From(ctx)
	return s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := s.changeVisible(ctx, tx, slug)
		if err != nil {
			return err
		}
		m, err := membership(ctx, tx, p.ID, actor.Person)
		if err != nil {
			return err
		}
		if m.State != Active && m.State != Requested {
			return nil
		}
		if err := setMember(ctx, tx, m, Left, "", ""); err != nil {
			return err
		}
		return notePerson(ctx, tx, didLeave, p, m.Person, nil, "")
	})
}

// Approve answers a request with yes.
func (s *Service) Approve(ctx context.Context, slug string, person store.ID, version int) error {
	return s.answer(ctx, slug, person, version, Active, "")
}

// Refuse answers a request with no, or ends a membership; the person is told
// the reason either way.
func (s *Service) Refuse(ctx context.Context, slug string, person store.ID, version int, reason string) error {
	if reason == "" {
		return fault.Mistake("reason", "programme.member.reason_needed")
	}
	return s.answer(ctx, slug, person, version, Refused, reason)
}

func (s *Service) answer(ctx context.Context, slug string, person store.ID, version int, to MemberState, reason string) error {
	actor := access.From(ctx)
	return s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := change(ctx, tx, slug)
		if err != nil {
			return err
		}
		m, err := membership(ctx, tx, p.ID, person)
		if err != nil {
			return err
		}
		switch {
		case m.State == Outsider:
			return fault.NotFound("member")
		case m.State != Requested && !(m.State == Active && to == Refused), m.Version != version:
			return fault.Conflict("programme.member.answered")
		}
		if err := setMember(ctx, tx, m, to, actor.Person, reason); err != nil {
			return err
		}
		did, told := didApprove, toldApproved
		if to == Refused {
			did, told = didRefuse, toldRefused
		}
		if err := s.tellPerson(ctx, tx, told, p, person); err != nil {
			return err
		}
		if err := notePerson(ctx, tx, did, p, person, nil, reason); err != nil {
			return err
		}
		return s.write(ctx, tx, letterAnswer, person, letter{Programme: p.ID, Person: person, Was: m.State})
	})
}

// admitInvited makes a member of somebody who accepts an invitation. A phase
// that has closed meanwhile does not undo what the manager promised.
func (s *Service) admitInvited(ctx context.Context, tx *store.Tx, p Programme, person people.Person, j Joining) error {
	before, err := membership(ctx, tx, p.ID, person.ID)
	if err != nil || before.State == Active {
		return err
	}
	m, err := s.joining(ctx, tx, p, access.From(ctx), j)
	if err != nil {
		return err
	}
	m.State = Active
	if err := desk.Done(ctx, tx, waitsRequest, matterOf(p.ID, person.ID)); err != nil {
		return err
	}
	return putMember(ctx, tx, m)
}

// whenJoins says in the order of importance why somebody cannot join now: the
// key of a message and the day from which it is possible, zero for none.
func whenJoins(p Programme, g Gate) (key string, from time.Time) {
	switch {
	case p.State == Draft:
		return "programme.join.off.draft", time.Time{}
	case p.State == Archived:
		return "programme.join.off.archived", time.Time{}
	case p.Admission == AdmitInvited:
		return "programme.join.off.invitation", time.Time{}
	case g.Open:
		return "", time.Time{}
	case !g.From.IsZero():
		return "programme.join.off.from", g.From
	case g.Over:
		return "programme.join.off.over", time.Time{}
	}
	return "programme.join.off.no_phase", time.Time{}
}
