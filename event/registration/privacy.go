package registration

import (
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/privacy"
)

// eventTitle reads the title behind the id of a column called event.
const eventTitle = `(SELECT e.title FROM event e WHERE e.id = t.event)`

// keptNeeds is for how many days after an event diet and access needs are kept:
// long enough to settle the kitchen's bill.
const keptNeeds = 30

// Privacy says what registrations have to do with people. An erased person's
// row stays without a name, so that the count of an event that was held does not
// change.
var Privacy = []privacy.Rule{
	{
		Table: "event_registration", Records: "event.registration.privacy", Basis: privacy.PublicTask,
		Erased: privacy.Empty, Why: "event.registration.privacy.why",
		Links: []privacy.Link{privacy.About("person"), privacy.AboutAddress("email"),
			privacy.DoneBy("registered_by", "event.registration.privacy.entered", "registered_at")},
		Columns: []privacy.Column{
			privacy.Fact("event", "event.registration.event").As(eventTitle),
			privacy.Told("name", "event.registration.name"), privacy.Told("email", "event.registration.email"),
			privacy.Fact("organisation", "event.registration.organisation").As(`(SELECT o.name FROM organisation o WHERE o.id = t.organisation)`),
			privacy.Told("organisation_name", "event.registration.organisation"),
			privacy.Fact("sector", "event.registration.sector").In("ui.sector."),
			privacy.Fact("terc", "event.registration.gmina").Said(territory.Said),
			privacy.Fact("state", "privacy.column.state").In("event.registration.state."),
			privacy.Told("answers", "event.registration.answers"),
			privacy.When("registered_at", "privacy.column.at"),
		},
		Plain: []string{"id", "channel", "batch", "owed"},
	},
	{
		// Health and faith can be read from these answers.
		Table: "event_need", Records: "event.registration.privacy.needs", Basis: privacy.Consent, Kept: privacy.Days(keptNeeds, "ends_at"),
		Links: []privacy.Link{privacy.About("person"), privacy.AboutAddress("email")},
		Columns: []privacy.Column{
			privacy.Fact("event", "event.registration.event").As(eventTitle),
			privacy.Fact("question", "event.registration.question").As(`(SELECT q.label FROM event_question q WHERE q.id = t.question)`),
			privacy.Told("email", "event.registration.email"), privacy.Told("answer", "event.registration.answers"),
		},
		Plain: []string{"id", "registration"},
	},
	{
		Table: "event_invitation", Records: "event.registration.privacy.invitations", Basis: privacy.PublicTask, Kept: privacy.Years(1, "invited_at"),
		Links: []privacy.Link{privacy.AboutAddress("email"), privacy.DoneBy("invited_by", "event.registration.privacy.invited", "invited_at")},
		Columns: []privacy.Column{
			privacy.Told("email", "privacy.column.email"), privacy.Fact("event", "event.registration.event").As(eventTitle),
			privacy.When("invited_at", "privacy.column.at"),
		},
		Plain: []string{"id"},
	},
	{
		Table: "event_admission", Records: "event.registration.privacy.settings", Basis: privacy.PublicTask,
		Mentions: []string{"note"}, Plain: []string{"event", "link_key"},
	},
	{
		Table: "event_question", Records: "event.registration.privacy.questions", Basis: privacy.PublicTask,
		Mentions: []string{"label", "hint", "options"}, Plain: []string{"id", "event", "kind"},
	},
	privacy.NoPeople("event_seat_limit", "event", "kind", "value"),
}
