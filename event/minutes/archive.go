package minutes

import (
	"context"

	"github.com/wspolnota/wspolnota/archive"
	"github.com/wspolnota/wspolnota/merge"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// ofMinutes are those of the programme's events.
const ofMinutes = `minutes IN (SELECT m.id FROM event_minutes m JOIN event e ON e.id = m.event WHERE e.programme = $1)`

// Archive is what this package keeps of a programme.
var Archive = archive.Room{
	Parts: []archive.Part{
		{Table: "event_minutes", Where: `event IN (SELECT id FROM event WHERE programme = $1)`},
		{Table: "event_minutes_point", Where: ofMinutes},
		{Table: "event_minutes_decision", Where: ofMinutes},
		{Table: "event_minutes_vote", Where: `point IN (SELECT id FROM event_minutes_point WHERE ` + ofMinutes + `)`},
		{Table: "event_minutes_file", Where: ofMinutes},
		{Table: "event_minutes_remark", Where: ofMinutes},
		{Table: "event_minutes_edition", Where: ofMinutes},
		{Table: "event_task", Where: `programme = $1`},
		{Table: "event_task_act", Where: `task IN (SELECT id FROM event_task WHERE programme = $1)`},
		{Table: "organisation", Where: `id IN (SELECT organisation FROM event_task WHERE programme = $1)`},
		{Table: "trace_link", Where: `thing IN (SELECT id FROM event_task WHERE programme = $1) OR thing IN (SELECT id FROM event_minutes_decision WHERE ` + ofMinutes + `)`},
	},
	Files: func(ctx context.Context, r store.Reader, programme store.ID) ([]string, error) {
		all, err := store.All[File](ctx, r, `SELECT `+fileColumns+` FROM event_minutes_file WHERE `+ofMinutes, programme)
		var keys []string
		for _, f := range all {
			keys = append(keys, f.keys()...)
		}
		return keys, err
	},
}

// UsesOrganisation reports whether the organisation was given a task.
func UsesOrganisation(ctx context.Context, r store.Reader, organisation store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM event_task WHERE organisation = $1`, organisation)
	return n > 0, err
}

// OrganisationReferences are the columns of this package that lead to organisations.
var OrganisationReferences = []merge.Reference{{Table: "event_task", Column: "organisation"}}

// Privacy says what the tables have to do with people: who wrote, who remarked,
// who took a task on. Minutes are records of public meetings: what they say
// stays, and whom they name may ask the team for a correction.
var Privacy = []privacy.Rule{
	{
		Table: "event_minutes", Records: "minutes.privacy.minutes", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("updated_by", "minutes.privacy.wrote", "updated_at")},
		Mentions: []string{"chair", "taker", "reason"}, Plain: []string{"id", "event", "state"},
	},
	{
		Table: "event_minutes_point", Records: "minutes.privacy.points", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("updated_by", "minutes.privacy.wrote", "updated_at")},
		Mentions: []string{"title", "text"}, Plain: []string{"id", "minutes"},
	},
	{
		Table: "event_minutes_decision", Records: "minutes.privacy.decisions", Basis: privacy.PublicTask,
		Mentions: []string{"text", "public_text"}, Plain: []string{"id", "minutes", "point"},
	},
	{
		Table: "event_minutes_vote", Records: "minutes.privacy.votes", Basis: privacy.PublicTask,
		Mentions: []string{"question", "choices"}, Plain: []string{"id", "point"},
	},
	{
		Table: "event_minutes_file", Records: "minutes.privacy.files", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("uploaded_by", "minutes.privacy.uploaded", "uploaded_at")},
		Mentions: []string{"name", "alt", "caption"}, Plain: []string{"id", "minutes", "type", "variants"},
	},
	{
		Table: "event_minutes_remark", Records: "minutes.privacy.remarks", Basis: privacy.PublicTask,
		Erased: privacy.Empty, Why: "minutes.privacy.remarks.why",
		Links: []privacy.Link{privacy.About("person"), privacy.DoneBy("answered_by", "minutes.privacy.answered", "answered_at")},
		Columns: []privacy.Column{
			privacy.Told("text", "minutes.remark.text"),
			privacy.Told("answer", "minutes.answer.text"),
			privacy.Fact("outcome", "minutes.answer.outcome").In("minutes.outcome."),
			privacy.When("at", "privacy.column.at"),
		},
		Plain: []string{"id", "minutes", "point"},
	},
	{
		Table: "event_minutes_edition", Records: "minutes.privacy.editions", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("approved_by", "minutes.privacy.approved", "approved_at")},
		Mentions: []string{"content", "reason"}, Plain: []string{"minutes"},
	},
	{
		Table: "event_task", Records: "minutes.privacy.tasks", Basis: privacy.PublicTask,
		Erased: privacy.Stay, Why: "minutes.privacy.tasks.why",
		Links: []privacy.Link{privacy.About("person"), privacy.DoneBy("created_by", "minutes.privacy.gave", "created_at")},
		Columns: []privacy.Column{
			privacy.Fact("title", "minutes.task.title"),
			privacy.Fact("text", "minutes.task.text"),
			privacy.Fact("organisation", "minutes.task.organisation").As(`(SELECT o.name FROM organisation o WHERE o.id = t.organisation)`),
			privacy.Fact("state", "privacy.column.state").In("minutes.task.state."),
			privacy.When("due_at", "minutes.task.due"),
		},
		Plain: []string{"id", "programme", "event", "point"},
	},
	{
		Table: "event_task_act", Records: "minutes.privacy.acts", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("person", "minutes.privacy.acted", "at")},
		Mentions: []string{"note"}, Plain: []string{"id", "task", "act"},
	},
}
