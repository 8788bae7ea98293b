package main

// Of the register of constraints: see notTyped.
var notTypedBarriers = map[string][]string{
	"an id, or the key of a row": {"barrier.id", "barrier.author", "barrier_evidence.id", "barrier_evidence.author", "barrier_act.id", "barrier_act.person",
		"barrier_voter.person", "barrier_vote.id", "barrier_vote_link.vote", "barrier_vote_link.person"},
	"one of a few words of ours": {"barrier.kind", "barrier.holders", "barrier.about", "barrier.language", "barrier.state", "barrier.verdict",
		"barrier.measure", "barrier_evidence.side", "barrier_evidence.state", "barrier_act.act", "barrier_act.word", "barrier_vote.sector",
		"barrier_figure.sector"},
	"a part of addresses, made by lang.Slug": {"barrier_kind.slug"},
	"a key for searching; never shown":       {"barrier.folded"},
}
