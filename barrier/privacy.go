package barrier

import "github.com/wspolnota/wspolnota/privacy"

// Privacy says what the tables of the room have to do with people. Nobody is
// named in a barrier; should somebody be, whoever they are may ask the team.
// A vote has no person once its link is gone, and stays in the sums.
var Privacy = []privacy.Rule{
	{
		Table: "barrier", Records: "barrier.privacy.barriers", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("author", "barrier.privacy.proposed", "proposed_at")},
		Mentions: []string{"statement", "detail", "cause", "effect", "signal", "reason", "doubts", "verdict_note", "response", "folded"},
		Plain:    []string{"id", "programme", "kind", "holders", "about", "language", "state", "verdict", "measure", "owner"},
	},
	{
		Table: "barrier_evidence", Records: "barrier.privacy.evidence", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("author", "barrier.privacy.argued", "added_at")},
		Mentions: []string{"text", "url", "doubts"},
		Plain:    []string{"id", "barrier", "side", "state"},
	},
	{
		Table: "barrier_act", Records: "barrier.privacy.acts", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("person", "barrier.privacy.acted", "at")},
		Mentions: []string{"note"},
		Plain:    []string{"id", "barrier", "act", "word"},
	},
	{
		Table: "barrier_voter", Records: "barrier.privacy.voters", Basis: privacy.PublicTask,
		Links: []privacy.Link{privacy.About("person")},
		Plain: []string{"barrier"},
	},
	{
		Table: "barrier_vote_link", Records: "barrier.privacy.links", Basis: privacy.PublicTask,
		Links: []privacy.Link{privacy.About("person")},
		Plain: []string{"vote", "barrier"},
	},
	privacy.NoPeople("barrier_vote", "id", "barrier", "sector"),
	privacy.NoPeople("barrier_figure", "barrier", "sector"),
	privacy.NoPeople("barrier_kind", "programme", "slug", "title", "about"),
}
