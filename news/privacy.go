package news

import "github.com/wspolnota/wspolnota/privacy"

// Privacy says what the tables of the room have to do with people: who wrote,
// and whom the articles may name. What was published stays published; whom an
// article names may ask its editor for a correction.
var Privacy = []privacy.Rule{
	{
		Table: "news_article", Records: "news.privacy.articles", Basis: privacy.PublicTask,
		Mentions: []string{"title", "lead", "picture", "withdrawn_reason", "folded"},
		Plain:    []string{"id", "programme", "slug", "organisation", "language"},
	},
	{
		Table: "news_revision", Records: "news.privacy.revisions", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("person", "news.privacy.wrote", "saved_at")},
		Mentions: []string{"title", "lead", "details", "body", "html"},
		Plain:    []string{"article", "language"},
	},
	{
		Table: "news_act", Records: "news.privacy.acts", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("person", "news.privacy.acted", "at")},
		Mentions: []string{"detail"},
		Plain:    []string{"article", "id", "act"},
	},
	{
		Table: "news_file", Records: "news.privacy.files", Basis: privacy.PublicTask,
		Links:    []privacy.Link{privacy.DoneBy("uploaded_by", "news.privacy.uploaded", "uploaded_at")},
		Mentions: []string{"name"},
		Plain:    []string{"id", "article", "programme", "type", "variants"},
	},
	privacy.NoPeople("news_address", "programme", "slug", "article"),
	privacy.NoPeople("news_tag", "article", "slug", "name", "programme"),
	privacy.NoPeople("news_place", "article", "terc", "programme"),
}
