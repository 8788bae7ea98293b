package panel

import (
	"github.com/wspolnota/wspolnota/archive"
	"github.com/wspolnota/wspolnota/privacy"
)

const ofEvents = `event IN (SELECT id FROM event WHERE programme = $1)`

// Archive is what this package keeps of a programme. Who supported what stays
// out: its sum stands in the page that was public.
var Archive = archive.Room{
	Parts: []archive.Part{
		{Table: "event_panel", Where: ofEvents},
		{Table: "event_panel_expert", Where: ofEvents},
		{Table: "event_panel_question", Where: ofEvents},
		{Table: "event_panel_support", Where: `question IN (SELECT id FROM event_panel_question WHERE ` + ofEvents + `)`},
	},
}

// Privacy says what questions have to do with people. What was public stays,
// asked by nobody; what was not goes with its person.
var Privacy = []privacy.Rule{
	{
		Table: "event_panel", Records: "event.panel.privacy.settings", Basis: privacy.PublicTask,
		Mentions: []string{"lead"}, Plain: []string{"event", "askers"},
	},
	{
		Table: "event_panel_expert", Records: "event.panel.privacy.experts", Basis: privacy.PublicTask,
		Links:   []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{privacy.Fact("event", "event.panel.privacy.event").As(`(SELECT e.title FROM event e WHERE e.id = t.event)`)},
	},
	{
		Table: "event_panel_question", Records: "event.panel.privacy.questions", Basis: privacy.PublicTask,
		Erased: privacy.Empty, Why: "event.panel.privacy.why",
		Links: []privacy.Link{privacy.About("person"), privacy.DoneBy("moderated_by", "event.panel.privacy.moderated", "state_at")},
		Columns: []privacy.Column{
			privacy.Fact("event", "event.panel.privacy.event").As(`(SELECT e.title FROM event e WHERE e.id = t.event)`),
			{Name: "text", Label: "event.panel.field.text", Fate: privacy.Empty,
				Becomes: `CASE WHEN state IN ('public', 'answered') THEN text ELSE '' END`},
			privacy.Fact("state", "privacy.column.state").In("event.panel.state."),
			privacy.Told("reason", "event.panel.field.reason"),
			privacy.When("asked_at", "privacy.column.at"),
		},
		Mentions: []string{"answer", "answer_by", "expert"},
		Plain:    []string{"id", "merged_into", "answer_way"},
	},
	{
		Table: "event_panel_support", Records: "event.panel.privacy.support", Basis: privacy.PublicTask,
		Links: []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{
			privacy.Fact("question", "event.panel.field.text").As(`(SELECT q.text FROM event_panel_question q WHERE q.id = t.question)`),
			privacy.When("at", "privacy.column.at"),
		},
	},
}
