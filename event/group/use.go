package group

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/archive"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/merge"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of this package. Those that concern no single person are
// public.
var Audit = audit.Room{Name: "group", Title: "event.group.audit.room",
	Acts: []audit.Word{
		{Name: didFound, Key: "event.group.audit.founded", Public: true},
		{Name: didRevise, Key: "event.group.audit.revised", Public: true},
		{Name: didBegin, Key: "event.group.audit.begun", Public: true},
		{Name: didClose, Key: "event.group.audit.closed", Public: true},
		{Name: didReopen, Key: "event.group.audit.reopened", Public: true},
		{Name: didMeet, Key: "event.group.audit.meeting", Public: true},
		{Name: didInvite, Key: "event.group.audit.invited"},
		{Name: didUninvite, Key: "event.group.audit.uninvited"},
		{Name: didAccept, Key: "event.group.audit.accepted"},
		{Name: didDecline, Key: "event.group.audit.declined"},
		{Name: didAsk, Key: "event.group.audit.asked"},
		{Name: didTakeBack, Key: "event.group.audit.taken_back"},
		{Name: didAdmit, Key: "event.group.audit.admitted"},
		{Name: didRefuse, Key: "event.group.audit.refused"},
		{Name: didRole, Key: "event.group.audit.role"},
		{Name: didEnd, Key: "event.group.audit.ended"},
		{Name: didLeave, Key: "event.group.audit.left"},
		{Name: didName, Key: "event.group.audit.name"},
	},
	Fields: map[string]string{"role": "event.group.field.role"},
	Say: func(ctx context.Context, field, value string) string {
		if field == "role" && value != "" {
			return Role(value).word(ctx)
		}
		return ""
	},
	Things: map[string]audit.Things{found: publicTitles},
}

const (
	didFound    = "group.founded"
	didRevise   = "group.revised"
	didBegin    = "group.begun"
	didClose    = "group.closed"
	didReopen   = "group.reopened"
	didMeet     = "group.meeting"
	didInvite   = "group.invited"
	didUninvite = "group.uninvited"
	didAccept   = "group.accepted"
	didDecline  = "group.declined"
	didAsk      = "group.asked"
	didTakeBack = "group.taken_back"
	didAdmit    = "group.admitted"
	didRefuse   = "group.refused"
	didRole     = "group.role"
	didEnd      = "group.ended"
	didLeave    = "group.left"
	didName     = "group.name"
)

func note(ctx context.Context, tx *store.Tx, act string, g Group, reason string) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: found, Thing: g.ID, Title: g.Name, Path: g.Path(), Programme: g.Programme,
		Organisation: g.Appointer, Reason: reason})
}

// notePerson writes down what was done about somebody in a group.
func notePerson(ctx context.Context, tx *store.Tx, act string, g Group, m Member, c audit.Changes, reason string) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: found, Thing: g.ID, Title: g.Name, Path: g.Path(), Programme: g.Programme,
		Organisation: m.Organisation, Subject: m.Person, Own: m.Person == access.From(ctx).Person, Changes: c, Reason: reason})
}

func roleChange(before, after Role) audit.Changes {
	var c audit.Changes
	c.Word("role", string(before), string(after))
	return c
}

// publicTitles are the names of those groups that everybody may see now.
func publicTitles(ctx context.Context, r store.Reader, ids []store.ID) (map[store.ID]audit.Thing, error) {
	in, args := store.In(1, ids)
	rows, err := store.All[Group](ctx, r, `SELECT `+columns+tables+`WHERE p.state <> 'draft' AND g.id IN (`+in+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("group: titles: %w", err)
	}
	things := make(map[store.ID]audit.Thing, len(rows))
	for _, g := range rows {
		things[g.ID] = audit.Thing{Title: g.Name, Path: g.Path()}
	}
	return things, nil
}

// Desk names what waits for people.
var Desk = []desk.Kind{
	{Name: waitsInvitation, Key: "event.group.waits.invitation", Status: "desk.status.answer"},
	{Name: waitsAsked, Key: "event.group.waits.asked", Status: "desk.status.answer"},
	{Name: waitsChair, Key: "event.group.waits.chair", Status: "desk.status.finish"},
	{Name: waitsMeeting, Key: "event.group.waits.meeting", Status: "desk.status.finish"},
}

const (
	waitsInvitation = "group.invitation"
	waitsAsked      = "group.asked"
	waitsChair      = "group.chair"
	waitsMeeting    = "group.meeting"
)

func (g Group) place() desk.Place { return desk.Place{ID: g.Programme, Title: g.ProgrammeTitle} }

func waitInvitation(ctx context.Context, tx *store.Tx, g Group, i Invitation) error {
	return desk.Put(ctx, tx, desk.Item{Kind: waitsInvitation, Matter: string(i.ID), To: desk.To{Email: i.Email}, Place: g.place(), Title: g.Name,
		Path: g.Path() + "/zaproszenie", Until: i.ExpiresAt.Time})
}

// waitAsked puts a request on the desks of those who run the group.
func waitAsked(ctx context.Context, tx *store.Tx, g Group, m Member) error {
	item := desk.Item{Kind: waitsAsked, Matter: string(m.ID), Place: g.place(), Title: g.Name, Path: g.Path() + "/sklad", About: m.Person}
	chairs, err := running(ctx, tx, g)
	if err != nil {
		return err
	}
	for _, person := range chairs {
		item.To = desk.To{Person: person}
		if err := desk.Put(ctx, tx, item); err != nil {
			return err
		}
	}
	item.To = desk.To{Role: access.Manager}
	return desk.Put(ctx, tx, item)
}

// waitAgain puts the requests on the desks of those who run the group now.
func waitAgain(ctx context.Context, tx *store.Tx, g Group) error {
	asked, err := members(ctx, tx, g.ID, Asked)
	for _, m := range asked {
		if err == nil {
			err = desk.Done(ctx, tx, waitsAsked, string(m.ID))
		}
		if err == nil {
			err = waitAsked(ctx, tx, g, m)
		}
	}
	return err
}

// running are the chair and the secretaries.
func running(ctx context.Context, r store.Reader, g Group) ([]store.ID, error) {
	return store.All[store.ID](ctx, r, `SELECT person FROM event_group_member
		WHERE event_group = $1 AND state = 'active' AND role IN ('chair', 'secretary') ORDER BY person`, g.ID)
}

// waitChair lets managers know of a group in which nobody presides, and nobody
// is invited to.
func waitChair(ctx context.Context, tx *store.Tx, g Group) error {
	if g.Live() {
		err := chairFree(ctx, tx, g)
		if err == nil {
			return desk.Put(ctx, tx, desk.Item{Kind: waitsChair, Matter: string(g.ID), To: desk.To{Role: access.Manager}, Place: g.place(),
				Title: g.Name, Path: g.Path() + "/sklad"})
		}
		if !isMistake(err) {
			return err
		}
	}
	return desk.Done(ctx, tx, waitsChair, string(g.ID))
}

// waitMeeting lets the programme's managers finish and announce a meeting that
// somebody has drafted who cannot.
func waitMeeting(ctx context.Context, tx *store.Tx, g Group, e event.Event) error {
	if mayEdit(ctx, g) {
		return nil // the draft waits on their own desk
	}
	return desk.Put(ctx, tx, desk.Item{Kind: waitsMeeting, Matter: string(e.ID), To: desk.To{Role: access.Manager}, Place: g.place(), Title: e.Title,
		Path: e.Path(), Due: e.StartsAt.Time})
}

// Notices names of what people are told here.
var Notices = []notice.Kind{
	{Name: toldAdmitted, Key: "event.group.notice.admitted", What: "event.group.notice.answer.what", Letter: true, Default: notice.Now},
	{Name: toldRefused, Key: "event.group.notice.refused", What: "event.group.notice.refused.what", Letter: true, Default: notice.Now},
	{Name: toldRole, Key: "event.group.notice.role", What: "event.group.notice.role.what", Letter: true, Default: notice.Now},
	{Name: toldEnded, Key: "event.group.notice.ended", What: "event.group.notice.ended.what", Letter: true, Default: notice.Now},
	{Name: toldAccepted, Key: "event.group.notice.accepted", What: "event.group.notice.accepted.what", Letter: true, Default: notice.Daily},
	{Name: toldDeclined, Key: "event.group.notice.declined", What: "event.group.notice.declined.what", Letter: true, Default: notice.Daily},
	{Name: toldLeft, Key: "event.group.notice.left", What: "event.group.notice.left.what", Letter: true, Default: notice.Daily},
	{Name: toldBegun, Key: "event.group.notice.begun", What: "event.group.notice.begun.what", Letter: true, Default: notice.Daily},
	{Name: toldClosed, Key: "event.group.notice.closed", What: "event.group.notice.closed.what", Letter: true, Default: notice.Daily},
}

const (
	toldAdmitted = "group.admitted"
	toldRefused  = "group.refused"
	toldRole     = "group.role"
	toldEnded    = "group.ended"
	toldAccepted = "group.accepted"
	toldDeclined = "group.declined"
	toldLeft     = "group.left"
	toldBegun    = "group.begun"
	toldClosed   = "group.closed"
)

func (s *Service) tell(ctx context.Context, tx *store.Tx, kind string, g Group, to []store.ID) error {
	if s.Notices == nil || len(to) == 0 {
		return nil
	}
	return s.Notices.Tell(ctx, tx, notice.Notice{Kind: kind, Matter: string(store.NewID()), Place: g.Programme, PlaceTitle: g.ProgrammeTitle,
		Title: g.Name, Path: g.Path(), To: to})
}

// tellPerson tells somebody what was decided about them, unless they decided it.
func (s *Service) tellPerson(ctx context.Context, tx *store.Tx, kind string, g Group, m Member) error {
	if m.Person == access.From(ctx).Person {
		return nil
	}
	return s.tell(ctx, tx, kind, g, []store.ID{m.Person})
}

// tellRunning tells the chair and the secretaries, except for whom it is about.
func (s *Service) tellRunning(ctx context.Context, tx *store.Tx, kind string, g Group, about store.ID) error {
	all, err := running(ctx, tx, g)
	if err != nil {
		return err
	}
	var to []store.ID
	for _, person := range all {
		if person != about {
			to = append(to, person)
		}
	}
	return s.tell(ctx, tx, kind, g, to)
}

// tellState tells all who sit in the group that it works, or that it is closed.
func (s *Service) tellState(ctx context.Context, tx *store.Tx, g Group) error {
	kind := toldBegun
	if g.State == Closed {
		kind = toldClosed
	}
	sitting, err := members(ctx, tx, g.ID, Active)
	var to []store.ID
	for _, m := range sitting {
		to = append(to, m.Person)
	}
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, kind, g, to)
}

// UsesOrganisation reports whether the organisation has appointed a group, or
// somebody sits or sat in one for it.
func UsesOrganisation(ctx context.Context, r store.Reader, organisation store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT (SELECT count(*) FROM event_group WHERE appointer = $1)
		+ (SELECT count(*) FROM event_group_member WHERE organisation = $1)`, organisation)
	return n > 0, err
}

// OrganisationReferences are the columns of this package that lead to organisations.
var OrganisationReferences = []merge.Reference{{Table: "event_group", Column: "appointer"}, {Table: "event_group_member", Column: "organisation"}}

const ofGroups = `event_group IN (SELECT id FROM event_group WHERE programme = $1)`

// Archive is what this package keeps of a programme.
var Archive = archive.Room{
	Parts: []archive.Part{
		{Table: "event_group", Where: `programme = $1`},
		{Table: "event_group_member", Where: ofGroups},
		{Table: "event_group_meeting", Where: ofGroups},
		{Table: "organisation", Where: `id IN (SELECT appointer FROM event_group WHERE programme = $1)
			OR id IN (SELECT organisation FROM event_group_member WHERE ` + ofGroups + `)`},
		{Table: "trace_link", Where: `thing IN (SELECT id FROM event_group WHERE programme = $1)`},
	},
	LeftOut: map[string]string{"event_group_invitation": "addresses of people who have not answered"},
}

// groupName reads the name behind the id of a column called event_group.
const groupName = `(SELECT g.name FROM event_group g WHERE g.id = t.event_group)`

// Privacy says what working groups have to do with people. Who sat in a group
// stays, without a name, so that its composition stays what it was.
var Privacy = []privacy.Rule{
	{
		Table: "event_group", Records: "event.group.privacy.groups", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("created_by", "event.group.privacy.founded", "created_at")},
		Mentions: []string{"name", "purpose", "appointed_by", "reason", "outcome"},
		Plain:    []string{"id", "programme", "slug", "appointer", "state"},
	},
	{
		Table: "event_group_member", Records: "event.group.privacy.members", Basis: privacy.PublicTask,
		Kept:   privacy.Years(5, "state_at").Emptied().Only(`state <> 'active'`),
		Erased: privacy.Empty, Why: "event.group.privacy.why",
		Links: []privacy.Link{privacy.About("person"), privacy.DoneBy("state_by", "event.group.privacy.decided", "state_at")},
		Columns: []privacy.Column{
			privacy.Fact("event_group", "event.group.privacy.group").As(groupName),
			privacy.Fact("organisation", "event.group.field.as").As(`(SELECT o.name FROM organisation o WHERE o.id = t.organisation)`),
			privacy.Fact("sector", "privacy.column.sector").In("ui.sector."),
			privacy.Fact("role", "event.group.field.role").In("event.group.role."),
			privacy.Fact("state", "privacy.column.state").In("event.group.member.state.").
				Erased(`CASE state WHEN 'active' THEN 'ended' WHEN 'asked' THEN 'withdrawn' ELSE state END`),
			privacy.Whether("named", "event.group.field.named").Erased(`FALSE`),
			privacy.Told("words", "event.group.field.words"), privacy.Told("reason", "event.group.field.reason"),
			privacy.When("from_at", "privacy.column.since"), privacy.When("until_at", "privacy.column.ended"), privacy.When("at", "privacy.column.at"),
		},
		Plain: []string{"id"},
	},
	{
		Table: "event_group_invitation", Records: "event.group.privacy.invitations", Basis: privacy.PublicTask, Kept: privacy.Years(1, "expires_at"),
		Links: []privacy.Link{privacy.AboutAddress("email"), privacy.DoneBy("invited_by", "event.group.privacy.invited", "invited_at")},
		Columns: []privacy.Column{
			privacy.Told("email", "privacy.column.email"), privacy.Fact("event_group", "event.group.privacy.group").As(groupName),
			privacy.Told("words", "event.group.field.words"), privacy.When("invited_at", "privacy.column.at"),
			privacy.Fact("answer", "privacy.column.state").In("event.group.privacy.answer."),
		},
		Plain: []string{"id", "role", "language"},
	},
	privacy.NoPeople("event_group_meeting", "event", "event_group"),
}

func (r Role) word(ctx context.Context) string { return lang.T(ctx, "event.group.role."+string(r)) }

func (s State) word(ctx context.Context) string { return lang.T(ctx, "event.group.state."+string(s)) }

func (s MemberState) word(ctx context.Context) string {
	return lang.T(ctx, "event.group.member.state."+string(s))
}
