package debate

import "github.com/wspolnota/wspolnota/privacy"

// Privacy says what the tables of the room have to do with people. Two tables
// say who is behind a number, and are emptied when the debate closes; nothing
// else leads to anybody. Statements are public, and may name people whom no link
// finds.
var Privacy = []privacy.Rule{
	{
		Table: "debate", Records: "debate.privacy.debates", Basis: privacy.PublicTask,
		Mentions: []string{"question", "intro"}, Plain: []string{"id", "programme", "slug", "code", "language", "event", "entry", "moderation", "reveal", "joined", "embed"},
	},
	{
		Table: "debate_statement", Records: "debate.privacy.statements", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("decided_by", "debate.privacy.decided", "")},
		Mentions: []string{"text", "reason", "appeal", "answer"}, Plain: []string{"debate", "id", "origin", "state", "caught"},
	},
	{
		Table: "debate_person", Records: "debate.privacy.entries", Basis: privacy.PublicTask, Kept: privacy.SweptAfter(0),
		Links:   []privacy.Link{privacy.About("person")},
		Columns: []privacy.Column{privacy.Fact("debate", "debate.privacy.debate").As(`(SELECT d.question FROM debate d WHERE d.id = t.debate)`)},
	},
	privacy.NoPeople("debate_participant", "debate", "sector"),
	privacy.NoPeople("debate_device", "debate", "hash"),
	privacy.NoPeople("debate_entry", "debate", "about"),
}
