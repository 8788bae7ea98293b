package group

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/store"
)

// Ask asks to be let into a group that allows it. Who asked already, or is in it,
// stays as they are.
func (s *Service) Ask(ctx context.Context, programme, id store.ID, j Joining, words string) error {
	if len([]rune(words)) > longestWords {
		return fault.Mistake("words", "form.too_long", "Max", longestWords)
	}
	actor := access.From(ctx)
	return s.within(ctx, programme, id, func(tx *store.Tx, g Group) error {
		if _, err := liveOf(ctx, tx, g.ID, actor.Person); !fault.Is(err, fault.KindNotFound) {
			return err
		}
		switch {
		case !g.Live():
			return fault.Closed("event.group.closed")
		case !g.Asking:
			return fault.Closed("event.group.ask.off")
		}
		m, err := comes(ctx, tx, g, j)
		if err != nil {
			return err
		}
		m.State, m.Role, m.Words = Asked, Ordinary, words
		if err := insertMember(ctx, tx, m, actor.Person); err != nil {
			return err
		}
		if err := waitAsked(ctx, tx, g, m); err != nil {
			return err
		}
		return notePerson(ctx, tx, didAsk, g, m, nil, "")
	})
}

// comes is the actor as a member: for themselves, or for an organisation for
// which they may act.
func comes(ctx context.Context, r store.Reader, g Group, j Joining) (Member, error) {
	actor := access.From(ctx)
	m := Member{ID: store.NewID(), Group: g.ID, Person: actor.Person, Sector: organisation.Resident, Named: j.Named}
	if j.Organisation == "" {
		return m, nil
	}
	if !actor.Is(access.Representative, string(j.Organisation)) && !actor.Is(access.Member, string(j.Organisation)) {
		return m, fault.Mistake("as", "form.not_offered")
	}
	o, err := organisation.ByID(ctx, r, j.Organisation)
	m.Organisation, m.Sector = o.ID, o.Sector
	return m, err
}

// enter makes a member of somebody from now on, who is then invited to the
// meetings that are to come. One presides.
func (s *Service) enter(ctx context.Context, tx *store.Tx, g Group, m Member) error {
	if m.Role == Chair {
		presided, err := hasChair(ctx, tx, g.ID)
		if err != nil {
			return err
		}
		if presided {
			return fault.Conflict("event.group.chair.taken")
		}
	}
	m.State, m.FromAt = Active, store.At(tx.Now())
	if err := insertMember(ctx, tx, m, access.From(ctx).Person); err != nil {
		return err
	}
	if err := desks(ctx, tx, g); err != nil {
		return err
	}
	return s.inviteToComing(ctx, tx, g, m.Person)
}

// Admit lets somebody in who asked.
func (s *Service) Admit(ctx context.Context, programme, id, member store.ID, version int) error {
	return s.answer(ctx, programme, id, member, version, func(tx *store.Tx, g Group, m Member) error {
		m.State, m.FromAt = Active, store.At(tx.Now())
		if err := updateMember(ctx, tx, m, access.From(ctx).Person); err != nil {
			return err
		}
		if err := s.tellPerson(ctx, tx, toldAdmitted, g, m); err != nil {
			return err
		}
		if err := s.inviteToComing(ctx, tx, g, m.Person); err != nil {
			return err
		}
		return notePerson(ctx, tx, didAdmit, g, m, nil, "")
	})
}

// Refuse tells somebody who asked that they are not let in, and why.
func (s *Service) Refuse(ctx context.Context, programme, id, member store.ID, version int, reason string) error {
	if err := given(reason); err != nil {
		return err
	}
	return s.answer(ctx, programme, id, member, version, func(tx *store.Tx, g Group, m Member) error {
		m.State, m.Reason = Refused, reason
		if err := updateMember(ctx, tx, m, access.From(ctx).Person); err != nil {
			return err
		}
		if err := s.tellPerson(ctx, tx, toldRefused, g, m); err != nil {
			return err
		}
		return notePerson(ctx, tx, didRefuse, g, m, nil, reason)
	})
}

func given(reason string) error {
	var m fault.Mistakes
	text(&m, "reason", reason, longestReason)
	return m.Err()
}

// answer settles a request that nobody has answered since the person saw it.
func (s *Service) answer(ctx context.Context, programme, id, member store.ID, version int, do func(*store.Tx, Group, Member) error) error {
	return s.running(ctx, programme, id, func(tx *store.Tx, g Group) error {
		m, err := memberByID(ctx, tx, g.ID, member)
		if err != nil {
			return err
		}
		if m.State != Asked || m.Version != version {
			return fault.Conflict("event.group.answered")
		}
		if err := desk.Done(ctx, tx, waitsAsked, string(m.ID)); err != nil {
			return err
		}
		return do(tx, g, m)
	})
}

// GiveRole gives a member another role from now on. Who is made the chair takes
// over from whoever presides now, who stays as a member.
func (s *Service) GiveRole(ctx context.Context, programme, id, member store.ID, version int, role Role) error {
	return s.onMember(ctx, programme, id, member, version, func(tx *store.Tx, g Group, m Member) error {
		if m.Role == role {
			return nil
		}
		if role == Chair {
			if err := s.step(ctx, tx, g); err != nil {
				return err
			}
		}
		return s.takes(ctx, tx, g, m, role)
	})
}

// step lets whoever presides now go on as a member.
func (s *Service) step(ctx context.Context, tx *store.Tx, g Group) error {
	all, err := members(ctx, tx, g.ID, Active)
	for _, m := range all {
		if err == nil && m.Role == Chair {
			err = s.takes(ctx, tx, g, m, Ordinary)
		}
	}
	return err
}

// takes ends a stretch and begins the next in another role.
func (s *Service) takes(ctx context.Context, tx *store.Tx, g Group, m Member, role Role) error {
	by, before := access.From(ctx).Person, m.Role
	m.State, m.UntilAt = Ended, store.At(tx.Now())
	if err := updateMember(ctx, tx, m, by); err != nil {
		return err
	}
	m.ID, m.Role, m.State, m.FromAt, m.UntilAt, m.Words = store.NewID(), role, Active, store.At(tx.Now()), store.Time{}, ""
	if err := insertMember(ctx, tx, m, by); err != nil {
		return err
	}
	if err := s.tellPerson(ctx, tx, toldRole, g, m); err != nil {
		return err
	}
	if err := desks(ctx, tx, g); err != nil {
		return err
	}
	return notePerson(ctx, tx, didRole, g, m, roleChange(before, role), "")
}

// End ends somebody's time in the group and tells them why.
func (s *Service) End(ctx context.Context, programme, id, member store.ID, version int, reason string) error {
	if err := given(reason); err != nil {
		return err
	}
	return s.onMember(ctx, programme, id, member, version, func(tx *store.Tx, g Group, m Member) error {
		m.Reason = reason
		if err := s.ends(ctx, tx, g, m); err != nil {
			return err
		}
		if err := s.tellPerson(ctx, tx, toldEnded, g, m); err != nil {
			return err
		}
		return notePerson(ctx, tx, didEnd, g, m, nil, reason)
	})
}

// onMember is running with a member who sits in the group as the person saw it.
func (s *Service) onMember(ctx context.Context, programme, id, member store.ID, version int, do func(*store.Tx, Group, Member) error) error {
	return s.running(ctx, programme, id, func(tx *store.Tx, g Group) error {
		m, err := memberByID(ctx, tx, g.ID, member)
		if err != nil {
			return err
		}
		if m.State != Active || m.Version != version {
			return fault.Conflict("event.group.conflict")
		}
		return do(tx, g, m)
	})
}

func (s *Service) ends(ctx context.Context, tx *store.Tx, g Group, m Member) error {
	m.State, m.UntilAt = Ended, store.At(tx.Now())
	if err := updateMember(ctx, tx, m, access.From(ctx).Person); err != nil {
		return err
	}
	return desks(ctx, tx, g)
}

// desks follow who runs the group now.
func desks(ctx context.Context, tx *store.Tx, g Group) error {
	if err := waitChair(ctx, tx, g); err != nil {
		return err
	}
	return waitAgain(ctx, tx, g)
}

// Leave ends the actor's own time in the group, or takes the request back. Who
// runs the group is told of the first.
func (s *Service) Leave(ctx context.Context, programme, id store.ID) error {
	actor := access.From(ctx)
	return s.within(ctx, programme, id, func(tx *store.Tx, g Group) error {
		m, err := liveOf(ctx, tx, g.ID, actor.Person)
		if fault.Is(err, fault.KindNotFound) {
			return nil // pressed twice
		}
		if err != nil {
			return err
		}
		if m.State == Asked {
			m.State = Withdrawn
			if err := desk.Done(ctx, tx, waitsAsked, string(m.ID)); err != nil {
				return err
			}
			if err := updateMember(ctx, tx, m, actor.Person); err != nil {
				return err
			}
			return notePerson(ctx, tx, didTakeBack, g, m, nil, "")
		}
		if !g.Live() {
			return fault.Closed("event.group.closed")
		}
		if err := s.ends(ctx, tx, g, m); err != nil {
			return err
		}
		if err := s.tellRunning(ctx, tx, toldLeft, g, m.Person); err != nil {
			return err
		}
		return notePerson(ctx, tx, didLeave, g, m, nil, "")
	})
}

// ShowName lets everybody read the actor's name in this group, now and before,
// or nobody but the group any more. It may be changed at any time.
func (s *Service) ShowName(ctx context.Context, programme, id store.ID, named bool) error {
	actor := access.From(ctx)
	return s.within(ctx, programme, id, func(tx *store.Tx, g Group) error {
		met, err := store.Met(tx.Exec(ctx, `UPDATE event_group_member SET named = $3, version = version + 1
			WHERE event_group = $1 AND person = $2 AND named <> $3`, g.ID, actor.Person, named))
		if err != nil || !met {
			return err
		}
		return notePerson(ctx, tx, didName, g, Member{Person: actor.Person}, nil, "")
	})
}
