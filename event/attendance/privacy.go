package attendance

import "github.com/wspolnota/wspolnota/privacy"

// keptSent is for how many days what phones have sent is remembered: longer than
// any phone is without a network.
const keptSent = 30

// Privacy says what attendance has to do with people. An erased person's row
// stays without them, so that the number of those who came does not change; their
// certificate goes.
var Privacy = []privacy.Rule{
	{
		Table: "event_attendance", Records: "event.attendance.privacy.came", Basis: privacy.PublicTask,
		Erased: privacy.Stay, Why: "event.attendance.privacy.why",
		Links: []privacy.Link{privacy.About("person"), privacy.DoneBy("noted_by", "event.attendance.privacy.noted", "noted_at")},
		Columns: []privacy.Column{
			privacy.Fact("event", "event.attendance.event").As(`(SELECT e.title FROM event e WHERE e.id = t.event)`),
			privacy.Fact("session", "event.attendance.session").As(`(SELECT s.title FROM event_session s WHERE s.id = t.session)`),
			privacy.When("came_at", "event.attendance.came_at"),
		},
		Plain: []string{"id", "registration"},
	},
	{
		Table: "event_certificate", Records: "event.attendance.privacy.certificates", Basis: privacy.PublicTask,
		Links: []privacy.Link{privacy.About("person"),
			privacy.DoneBy("issued_by", "event.attendance.privacy.issued", "issued_at"),
			privacy.DoneBy("revoked_by", "event.attendance.privacy.revoked", "revoked_at")},
		Columns: []privacy.Column{
			privacy.Fact("event", "event.attendance.event").As(`(SELECT e.title FROM event e WHERE e.id = t.event)`),
			privacy.Told("name", "event.attendance.name"),
			privacy.Told("code", "event.attendance.code"),
			privacy.When("issued_at", "event.attendance.issued_at"),
			privacy.When("revoked_at", "event.attendance.revoked_at"),
			privacy.Told("revoked_reason", "event.attendance.revoked_reason"),
		},
		Plain: []string{"id", "programme", "registration"},
	},
	{Table: "event_attendance_sent", Kept: privacy.Days(keptSent, "sent_at"), Plain: []string{"id", "event"}},
	privacy.NoPeople("event_attendance_rule", "event", "words"),
}
