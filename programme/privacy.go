package programme

import (
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/privacy"
)

// programmeTitle reads the title behind the id of a column called programme.
const programmeTitle = `(SELECT p.title FROM programme p WHERE p.id = t.programme)`

// Privacy says what the tables of the room have to do with people.
var Privacy = []privacy.Rule{
	{
		Table: "programme", Records: "programme.privacy.programmes", Basis: privacy.PublicTask,
		Links: []privacy.Link{
			privacy.DoneBy("manager", "programme.privacy.speaks", "published_at"),
			privacy.DoneBy("updated_by", "programme.privacy.edited", "updated_at"),
		},
		Contacts: []string{"contact_email", "contact_phone"},
		Mentions: []string{"summary", "description"},
		Plain: []string{"id", "slug", "title", "title_key", "folded", "language", "owner", "funder", "project_number",
			"admission", "sectors", "state"},
	},
	{
		Table: "programme_role", Records: "programme.privacy.roles", Basis: privacy.PublicTask,
		Links: []privacy.Link{privacy.About("person"), privacy.DoneBy("given_by", "programme.privacy.role_given", "given_at")},
		Columns: []privacy.Column{
			privacy.Fact("programme", "programme.privacy.programme").As(programmeTitle), privacy.Fact("role", "programme.team.role").In("programme.role."),
			privacy.When("given_at", "privacy.column.since"),
		},
	},
	{
		// The row stays, without its words, so that the balance of sectors and
		// gminas stays what it was.
		Table: "programme_member", Records: "programme.privacy.members", Basis: privacy.PublicTask,
		Kept:   privacy.Years(5, "since").Emptied().Only(`state <> 'active'`),
		Erased: privacy.Empty, Why: "programme.privacy.members.why",
		Links: []privacy.Link{privacy.About("person"), privacy.DoneBy("decided_by", "programme.privacy.decided", "since")},
		Columns: []privacy.Column{
			privacy.Fact("programme", "programme.privacy.programme").As(programmeTitle),
			privacy.Fact("organisation", "programme.privacy.for").As(`(SELECT o.name FROM organisation o WHERE o.id = t.organisation)`),
			privacy.Fact("state", "privacy.column.state").In("programme.privacy.state.").Erased(`CASE state WHEN 'requested' THEN 'left' ELSE state END`),
			privacy.Fact("sector", "privacy.column.sector").In("ui.sector."), privacy.Fact("municipality", "privacy.column.municipality").Said(territory.Said),
			privacy.Told("words", "programme.member.words"), privacy.Told("reason", "programme.member.reason"),
			privacy.When("since", "privacy.column.since"),
		},
	},
	{
		Table: "programme_invitation", Records: "programme.privacy.invitations", Basis: privacy.PublicTask, Kept: privacy.Years(1, "expires_at"),
		Links: []privacy.Link{privacy.AboutAddress("email"), privacy.DoneBy("invited_by", "programme.privacy.invited", "invited_at")},
		Columns: []privacy.Column{
			privacy.Told("email", "privacy.column.email"), privacy.Fact("programme", "programme.privacy.programme").As(programmeTitle),
			privacy.When("invited_at", "privacy.column.at"), privacy.Fact("answer", "privacy.column.state").In("programme.privacy.answer."),
		},
		Plain: []string{"id", "role", "language"},
	},
	{
		Table: "programme_indicator_value", Records: "programme.privacy.values", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("entered_by", "programme.privacy.value_entered", "entered_at")},
		Mentions: []string{"note"},
		Plain:    []string{"id", "programme", "indicator"},
	},
	privacy.NoPeople("programme_area", "programme", "terc"),
	privacy.NoPeople("programme_partner", "programme", "organisation", "url"),
	privacy.NoPeople("programme_phase", "id", "programme", "title", "opens"),
	privacy.NoPeople("programme_goal", "id", "programme", "title", "description"),
	privacy.NoPeople("programme_goal_activity", "goal", "kind", "activity", "title", "url"),
	privacy.NoPeople("programme_indicator", "id", "programme", "goal", "name", "unit"),
	{
		Table: "programme_logo", Records: "programme.privacy.logos", Basis: privacy.PublicTask,
		Mentions: []string{"alt", "name"},
		Plain:    []string{"id", "programme", "blob", "type"},
	},
}
