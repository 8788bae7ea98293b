package search

import "github.com/wspolnota/wspolnota/privacy"

// Privacy says what the index has to do with people: it repeats what rooms
// publish, and goes with it. Who looked for what is written down nowhere.
var Privacy = []privacy.Rule{
	{
		Table: "search_document", Records: "search.privacy.documents", Basis: privacy.PublicTask,
		Mentions: []string{"title", "text"},
		Plain:    []string{"kind", "id", "programme", "language", "url", "need", "team", "place"},
	},
	privacy.NoPeople("search_hidden", "programme"),
	privacy.NoPeople("search_filled", "kind"),
}
