package event

import "github.com/wspolnota/wspolnota/privacy"

// Privacy says what the tables of the room have to do with people: whom an event
// announces, and whom its texts may name. What was announced stays announced;
// whom it names may ask its team for a correction.
var Privacy = []privacy.Rule{
	{
		Table: "event", Records: "event.privacy.events", Basis: privacy.PublicTask,
		Mentions: []string{"title", "lead", "body", "place", "cancelled_reason"},
		Plain:    []string{"id", "programme", "slug", "kind", "host", "language", "mode", "terc"},
	},
	{
		Table: "event_session", Records: "event.privacy.sessions", Basis: privacy.PublicTask,
		Mentions: []string{"title", "text", "room"}, Plain: []string{"id", "event"},
	},
	{
		Table: "event_speaker", Records: "event.privacy.speakers", Basis: privacy.PublicTask,
		Mentions: []string{"name", "organisation", "profile"}, Plain: []string{"id", "event", "role"},
	},
	{
		Table: "event_file", Records: "event.privacy.files", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("uploaded_by", "event.privacy.uploaded", "uploaded_at")},
		Mentions: []string{"title", "name"}, Plain: []string{"id", "event", "session", "type"},
	},
	{
		Table: "event_calendar", Records: "event.privacy.calendar", Basis: privacy.PublicTask, Erased: privacy.Delete,
		Links:   []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{privacy.When("renewed_at", "privacy.column.at")}, Plain: []string{"key"},
	},
	privacy.NoPeople("event_goal", "event", "goal"),
	privacy.NoPeople("event_address", "programme", "slug", "event"),
	privacy.NoPeople("event_session_speaker", "session", "speaker"),
}
