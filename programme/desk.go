package programme

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/store"
)

// Desk names what waits for people in this room.
var Desk = []desk.Kind{
	{Name: waitsDraft, Key: "programme.desk.draft", Status: "desk.status.finish"},
	{Name: waitsPhase, Key: "programme.desk.phase", Status: "desk.status.soon"},
	{Name: waitsRequest, Key: "programme.desk.request", Status: "desk.status.decide"},
	{Name: waitsMember, Key: "programme.desk.invitation", Status: "desk.status.answer"},
	{Name: waitsTeam, Key: "programme.desk.team", Status: "desk.status.answer"},
}

const (
	waitsDraft   = "programme.draft"
	waitsPhase   = "programme.phase_ends"
	waitsRequest = "programme.request"
	waitsMember  = "programme.invitation"
	waitsTeam    = "programme.team_invitation"
)

const (
	// answerWithin is how long a request may wait before it is late.
	answerWithin = 14 * 24 * time.Hour
	// endsSoon is how long before its end a phase comes to the manager's desk.
	endsSoon = 7 * 24 * time.Hour
)

func (p Programme) place() desk.Place { return desk.Place{ID: p.ID, Title: p.Title} }

// waitState lets a draft wait for its managers until it is published.
func waitState(ctx context.Context, tx *store.Tx, p Programme) error {
	if p.State != Draft {
		return desk.Done(ctx, tx, waitsDraft, string(p.ID))
	}
	return desk.Put(ctx, tx, desk.Item{Kind: waitsDraft, Matter: string(p.ID), To: desk.To{Role: access.Manager}, Place: p.place(),
		Path: p.Path() + "/edycja"})
}

// waitPhase reminds the managers of the end of a phase; one without an end, or
// that is over, reminds of nothing.
func waitPhase(ctx context.Context, tx *store.Tx, p Programme, phase Phase) error {
	if phase.EndsAt.IsZero() {
		return desk.Done(ctx, tx, waitsPhase, string(phase.ID))
	}
	return desk.Put(ctx, tx, desk.Item{Kind: waitsPhase, Matter: string(phase.ID), To: desk.To{Role: access.Manager}, Place: p.place(),
		Title: phase.Title, Path: p.Path() + "/edycja/etapy", From: phase.EndsAt.Add(-endsSoon), Due: phase.EndsAt.Time, Until: phase.EndsAt.Time})
}

// waitRequest lets a request wait for the managers.
func waitRequest(ctx context.Context, tx *store.Tx, p Programme, m Member) error {
	return desk.Put(ctx, tx, desk.Item{Kind: waitsRequest, Matter: matterOf(p.ID, m.Person), To: desk.To{Role: access.Manager}, Place: p.place(),
		Path: p.Path() + "/edycja/uczestnicy?stan=" + string(Requested), About: m.Person, Due: m.Since.Add(answerWithin)})
}

func matterOf(programme, person store.ID) string { return string(programme) + "/" + string(person) }

// waitInvitation lets an invitation wait for whoever has its address.
func waitInvitation(ctx context.Context, tx *store.Tx, p Programme, i Invitation) error {
	return desk.Put(ctx, tx, desk.Item{Kind: i.waits(), Matter: i.matter(), To: desk.To{Email: i.Email}, Place: p.place(),
		Path: p.Path() + "/zaproszenie", Due: i.ExpiresAt.Time, Until: i.ExpiresAt.Time})
}

// waits is the kind of an invitation on the desk.
func (i Invitation) waits() string {
	if i.Role == "" {
		return waitsMember
	}
	return waitsTeam
}

func (i Invitation) matter() string { return string(i.Programme) + "/" + string(i.Role) }

// DeskOf returns what the manager's desk of a programme shows beside what waits.
func (s *Service) DeskOf(ctx context.Context, slug string) (desk.Programme, error) {
	p, err := BySlug(ctx, s.db, slug)
	if err != nil {
		return desk.Programme{}, err
	}
	actor := access.From(ctx)
	if err := visible(actor, p); err != nil {
		return desk.Programme{}, err
	}
	d := desk.Programme{Place: p.place(), Path: p.Path()}
	if actor.May(Edit, string(p.ID)) {
		d.Edit = p.Path() + "/edycja"
	}
	phases, err := phasesOf(ctx, s.db, p.ID)
	if err != nil {
		return desk.Programme{}, wrap("desk", err)
	}
	d.Phases = nowView{s.db.Now()}.list(ctx, phases, s.openings)
	cells, err := cellsOf(ctx, s.db, p.ID)
	if err != nil {
		return desk.Programme{}, wrap("desk", err)
	}
	// Whoever may not see every member sees no group that could name them.
	if b := balanceOf(cells, !actor.May(Manage, string(p.ID))); b.Total > 0 {
		d.Balance = balanceSection(b)
	}
	return d, nil
}
