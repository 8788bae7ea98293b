package moderation

import "github.com/wspolnota/wspolnota/privacy"

// Privacy says what the tables have to do with people. Who reported something is
// shown to nobody, moderators included: they judge the text.
var Privacy = []privacy.Rule{
	{
		Table: "moderation_case", Records: "moderation.privacy.cases", Basis: privacy.PublicTask, Kept: privacy.Years(keptYears, "closed_at"),
		Links: []privacy.Link{
			privacy.DoneBy("decided_by", "moderation.privacy.decided", "decided_at"),
			privacy.DoneBy("restored_by", "moderation.privacy.restored", "restored_at"),
		},
		Mentions: []string{"reason", "answer"},
		Plain:    []string{"id", "kind", "thing", "programme", "cause", "terms", "state"},
	},
	{
		Table: "moderation_author", Records: "moderation.privacy.texts", Basis: privacy.PublicTask,
		Links: []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{
			privacy.Fact("matter", "privacy.column.reason").As(`(SELECT c.reason FROM moderation_case c WHERE c.id = t.matter)`),
		},
	},
	{
		Table: "moderation_report", Records: "moderation.privacy.reports", Basis: privacy.PublicTask, Kept: privacy.Years(1, "settled_at"),
		Links: []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{
			privacy.Fact("reason", "moderation.report.reason").In("moderation.reason."), privacy.Told("words", "moderation.report.words"),
			privacy.When("at", "privacy.column.at"), privacy.Derived("device"),
		},
		Plain: []string{"id", "matter"},
	},
	{
		Table: "moderation_block", Records: "moderation.privacy.blocks", Basis: privacy.PublicTask, Kept: privacy.Years(keptYears, "ends_at"),
		Links: []privacy.Link{
			privacy.About("person"), privacy.DoneBy("blocked_by", "moderation.privacy.blocked", "at"),
			privacy.DoneBy("lifted_by", "moderation.privacy.lifted", "ends_at"),
		},
		Columns: []privacy.Column{
			privacy.Told("reason", "privacy.column.reason"), privacy.Told("answer", "moderation.answer"),
			privacy.When("at", "privacy.column.since"), privacy.When("ends_at", "privacy.column.ended"),
		},
		Plain: []string{"id", "programme"},
	},
	{
		Table: "moderation_appeal", Records: "moderation.privacy.appeals", Basis: privacy.PublicTask, Kept: privacy.Years(keptYears, "answered_at"),
		Links: []privacy.Link{privacy.About("person"), privacy.DoneBy("answered_by", "moderation.privacy.answered", "answered_at")},
		Columns: []privacy.Column{
			privacy.Told("words", "moderation.appeal.words"), privacy.Told("answer", "moderation.answer"),
			privacy.Fact("state", "privacy.column.state").In("moderation.verdict."), privacy.When("at", "privacy.column.at"),
		},
		Plain: []string{"id", "against", "matter", "programme"},
	},
	{
		Table: "moderation_words", Records: "moderation.privacy.words", Basis: privacy.PublicTask,
		Links: []privacy.Link{privacy.DoneBy("updated_by", "moderation.privacy.words_changed", "updated_at")},
		Plain: []string{"programme", "words"},
	},
	// Keyed hashes of accounts, devices and networks, for a day: they lead to nobody.
	privacy.NoPeople("moderation_count", "key"),
}
