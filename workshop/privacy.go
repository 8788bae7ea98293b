package workshop

import "github.com/wspolnota/wspolnota/privacy"

// Privacy says what the tables of the room have to do with people. A participant
// is a token that leads to nobody; what people write may name others, whom no link
// finds.
var Privacy = []privacy.Rule{
	{
		Table: "workshop", Records: "workshop.privacy.workshops", Basis: privacy.PublicTask,
		Mentions: []string{"title", "lead", "leaders"}, Plain: []string{"id", "programme", "event", "session", "place", "language", "code", "key_hash", "current"},
	},
	{
		Table: "workshop_activity", Records: "workshop.privacy.activities", Basis: privacy.PublicTask,
		Mentions: []string{"title", "settings"}, Plain: []string{"id", "workshop", "kind", "source", "compared"},
	},
	{
		Table: "workshop_entry", Records: "workshop.privacy.entries", Basis: privacy.PublicTask,
		Mentions: []string{"body"}, Plain: []string{"workshop", "id", "activity", "participant"},
	},
	privacy.NoPeople("workshop_participant", "workshop", "id", "hash", "sector", "way"),
}
