package main

// Of what the kinds of events have: see notTyped.
var notTypedKinds = map[string][]string{
	"an id, or the key of a row": {"event_panel_question.id", "event_panel_question.moderated_by", "event_panel_question.merged_into",
		"event_visit_task.id", "event_visit_lesson.id", "event_visit_copy.id", "event_exchange.id", "event_exchange.created_by",
		"event_exchange_pair.id", "event_exchange_pair.offer_by", "event_exchange_pair.need_by", "event_exchange_pair.state_by"},
	"one of a few words of ours": {"event_panel.askers", "event_panel_question.state", "event_panel_question.answer_way", "event_visit_copy.state",
		"event_exchange.side", "event_exchange.formats", "event_exchange.topics", "event_exchange_pair.format", "event_exchange_pair.state"},
	"the TERC of a place": {"event_exchange.terc"},
}
