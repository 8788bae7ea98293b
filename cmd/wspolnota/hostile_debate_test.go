package main

// Of the room of debates: see notTyped.
var notTypedDebates = map[string][]string{
	"an id, or the key of a row": {"debate.id", "debate_statement.id", "debate_statement.decided_by"},
	"one of a few words of ours": {"debate.language", "debate.entry", "debate.moderation", "debate.reveal", "debate.joined", "debate_statement.origin",
		"debate_statement.state", "debate_participant.sector", "debate_entry.about"},
	"a part of addresses, made by lang.Slug": {"debate.slug"},
	"a hash, a sealed secret or a key":       {"debate.code", "debate_device.hash"},
}
