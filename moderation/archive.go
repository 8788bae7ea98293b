package moderation

import "github.com/wspolnota/wspolnota/archive"

// Archive is what goes with a programme: which of its texts are hidden and why,
// or they would be shown again elsewhere, and its word list. What is hidden of
// an organisation belongs to the installation, as its verification does.
var Archive = archive.Room{
	Parts: []archive.Part{
		{Table: "moderation_case", Where: `programme = $1`},
		{Table: "moderation_words", Where: `programme = $1`},
	},
	LeftOut: map[string]string{
		"moderation_block":  "whom the people of one installation kept from writing there",
		"moderation_appeal": "what people wrote to moderators; the outcome stands in the case",
	},
}
