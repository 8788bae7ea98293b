package programme

import (
	"context"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of this room. Those of the team that concern no single
// person are public.
var Audit = audit.Room{Name: "programme", Title: "programme.audit.room",
	Acts: []audit.Word{
		{Name: didCreate, Key: "programme.audit.created", Public: true},
		{Name: didData, Key: "programme.audit.data", Public: true},
		{Name: didDescription, Key: "programme.audit.description", Public: true},
		{Name: didFunder, Key: "programme.audit.funder", Public: true},
		{Name: didContact, Key: "programme.audit.contact"},
		{Name: didOwner, Key: "programme.audit.owner", Public: true},
		{Name: didState, Key: "programme.audit.state", Public: true},
		{Name: didAdd, Key: "programme.audit.added", Public: true},
		{Name: didChange, Key: "programme.audit.changed", Public: true},
		{Name: didRemove, Key: "programme.audit.removed", Public: true},
		{Name: didMove, Key: "programme.audit.moved", Public: true},
		{Name: didMeasure, Key: "programme.audit.measured", Public: true},
		{Name: didJoin, Key: "programme.audit.joined"},
		{Name: didAsk, Key: "programme.audit.asked"},
		{Name: didLeave, Key: "programme.audit.left"},
		{Name: didApprove, Key: "programme.audit.approved"},
		{Name: didRefuse, Key: "programme.audit.refused"},
		{Name: didInvite, Key: "programme.audit.invited"},
		{Name: didWithdraw, Key: "programme.audit.withdrawn"},
		{Name: didAccept, Key: "programme.audit.accepted"},
		{Name: didDecline, Key: "programme.audit.declined"},
		{Name: didGive, Key: "programme.audit.given", Public: true},
		{Name: didTake, Key: "programme.audit.taken", Public: true},
	},
	Fields: map[string]string{"title": "programme.data.title", "summary": "programme.data.summary", "slug": "programme.data.slug",
		"language": "programme.data.language", "starts": "programme.data.starts", "ends": "programme.data.ends",
		"admission": "programme.data.admission", "sectors": "programme.data.sectors", "areas": "programme.data.areas",
		"description": "programme.goal.description", "funder": "programme.funder.name", "project_number": "programme.funder.number",
		"contact_email": "programme.contact.email", "contact_phone": "programme.contact.phone", "manager": "programme.contact.manager",
		"owner": "programme.owner.title", "state": "programme.members.state", "opens": "programme.phase.opens", "kind": "programme.audit.field.kind",
		"role": "programme.team.role", "target": "programme.indicator.target", "amount": "programme.measure.amount", "day": "programme.measure.day",
		"count": "programme.audit.field.count", "url": "programme.partner.address"},
	Say: say,
}

const (
	didCreate      = "programme.created"
	didData        = "programme.data_changed"
	didDescription = "programme.description_changed"
	didFunder      = "programme.funder_changed"
	didContact     = "programme.contact_changed"
	didOwner       = "programme.owner_changed"
	didState       = "programme.state_changed"
	didAdd         = "programme.part_added"
	didChange      = "programme.part_changed"
	didRemove      = "programme.part_removed"
	didMove        = "programme.part_moved"
	didMeasure     = "programme.measured"
	didJoin        = "programme.joined"
	didAsk         = "programme.asked_to_join"
	didLeave       = "programme.left"
	didApprove     = "programme.member_approved"
	didRefuse      = "programme.member_refused"
	didInvite      = "programme.invited"
	didWithdraw    = "programme.invitation_withdrawn"
	didAccept      = "programme.invitation_accepted"
	didDecline     = "programme.invitation_declined"
	didGive        = "programme.role_given"
	didTake        = "programme.role_taken"
)

func say(ctx context.Context, field, value string) string {
	switch field {
	case "state", "admission", "role":
		return lang.T(ctx, "programme."+field+"."+value)
	case "language":
		return lang.T(ctx, "lang."+value)
	case "kind":
		return lang.T(ctx, partKeys[ordered(value)])
	case "sectors":
		return sectorNames(ctx, strings.Split(value, ","))
	case "opens":
		return openingNames(ctx, strings.Split(value, ","))
	}
	return ""
}

// openingNames are the openings of this room in words, those of others as their
// rooms call them.
func openingNames(ctx context.Context, openings set) string {
	names := make([]string, len(openings))
	for i, name := range openings {
		names[i] = name
		for _, o := range ownOpenings {
			if string(o.Opening) == name {
				names[i] = lang.T(ctx, o.Key)
			}
		}
	}
	return strings.Join(names, ", ")
}

// partKeys name the kinds of parts.
var partKeys = map[ordered]string{phases: "programme.audit.part.phase", goals: "programme.audit.part.goal", logos: "programme.audit.part.logo",
	partners: "programme.audit.part.partner", indicators: "programme.audit.part.indicator"}

// noteWhole writes down what was done to a programme as a whole.
func noteWhole(ctx context.Context, tx *store.Tx, act string, p Programme, c audit.Changes) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "programme", Thing: p.ID, Title: p.Title, Path: p.Path(),
		Programme: p.ID, Organisation: p.Owner, Changes: c})
}

// notePart writes down what was done to a part; title is what people call it.
func notePart(ctx context.Context, tx *store.Tx, act string, p Programme, of ordered, id store.ID, title string, c audit.Changes) error {
	var kind audit.Changes
	kind.Word("kind", "", string(of))
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: string(of), Thing: id, Title: title, Path: p.Path(),
		Programme: p.ID, Organisation: p.Owner, Changes: append(kind, c...)})
}

// notePerson writes down what was done about somebody in a programme.
func notePerson(ctx context.Context, tx *store.Tx, act string, p Programme, person store.ID, c audit.Changes, reason string) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "programme", Thing: p.ID, Title: p.Title, Path: p.Path(),
		Programme: p.ID, Organisation: p.Owner, Subject: person, Own: person == access.From(ctx).Person, Changes: c, Reason: reason})
}

// changesOf are the differences between a programme before and after.
func changesOf(before, after Programme) audit.Changes {
	var c audit.Changes
	c.Text("title", before.Title, after.Title)
	c.Text("summary", before.Summary, after.Summary)
	c.Text("slug", before.Slug, after.Slug)
	c.Word("language", string(before.Language), string(after.Language))
	c.Day("starts", before.StartsAt.Time, after.StartsAt.Time)
	c.Day("ends", before.LastDay(), after.LastDay())
	c.Word("admission", string(before.Admission), string(after.Admission))
	c.Word("sectors", strings.Join(before.Sectors, ","), strings.Join(after.Sectors, ","))
	c.Text("description", before.Description, after.Description)
	c.Text("funder", before.Funder, after.Funder)
	c.Text("project_number", before.ProjectNumber, after.ProjectNumber)
	c.Withheld("manager", before.Manager != after.Manager)
	c.Withheld("contact_email", before.ContactEmail != after.ContactEmail)
	c.Withheld("contact_phone", before.ContactPhone != after.ContactPhone)
	c.Withheld("owner", before.Owner != after.Owner)
	c.Word("state", string(before.State), string(after.State))
	return c
}

// areaChanges are the differences between two lists of places.
func areaChanges(before, after []string) audit.Changes {
	var c audit.Changes
	c.Text("areas", areaWords(before), areaWords(after))
	return c
}

func areaWords(codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = territory.Name(code)
	}
	return strings.Join(names, ", ")
}

func phaseChanges(before, after Phase) audit.Changes {
	var c audit.Changes
	c.Text("title", before.Title, after.Title)
	c.Day("starts", before.StartsAt.Time, after.StartsAt.Time)
	c.Day("ends", before.LastDay(), after.LastDay())
	c.Word("opens", strings.Join(before.Opens, ","), strings.Join(after.Opens, ","))
	return c
}

func roleChange(before, after access.Role) audit.Changes {
	var c audit.Changes
	c.Word("role", string(before), string(after))
	return c
}

// noteInvited writes down how many invitations went out, and to nobody's address.
func noteInvited(ctx context.Context, tx *store.Tx, p Programme, report []InvitedLine) error {
	sent := 0
	for _, line := range report {
		if line.What == InvitedNow || line.What == InvitedAgain {
			sent++
		}
	}
	if sent == 0 {
		return nil
	}
	var c audit.Changes
	c.Text("count", "", strconv.Itoa(sent))
	return noteWhole(ctx, tx, didInvite, p, c)
}

// titleOf is what people call a part.
func titleOf(ctx context.Context, r store.Reader, of ordered, programme, id store.ID) (string, error) {
	column, table := "title", string(of)
	switch of {
	case indicators:
		column = "name"
	case logos:
		column = "alt"
	case partners:
		return store.One[string](ctx, r, `SELECT o.name FROM programme_partner p JOIN organisation o ON o.id = p.organisation
			WHERE p.programme = $1 AND p.organisation = $2`, programme, id)
	}
	return store.One[string](ctx, r, `SELECT `+column+` FROM `+table+` WHERE programme = $1 AND id = $2`, programme, id)
}

// LogPlace returns the programme of an address for its public log, which begins
// when the programme was published first.
func (s *Service) LogPlace(ctx context.Context, slug string) (audit.Place, error) {
	p, err := BySlug(ctx, s.db, slug)
	if err != nil {
		return audit.Place{}, err
	}
	if err := visible(access.From(ctx), p); err != nil {
		return audit.Place{}, err
	}
	return audit.Place{ID: p.ID, Title: p.Title, Path: p.Path(), Since: p.PublishedAt}, nil
}
