package main

// Of minutes and evaluation: see notTyped and typedInside.
var (
	notTypedMinutes = map[string][]string{
		"an id, or the key of a row": {"event_minutes.id", "event_minutes.updated_by", "event_minutes_point.id", "event_minutes_point.updated_by",
			"event_minutes_decision.id", "event_minutes_vote.id", "event_minutes_file.id", "event_minutes_file.uploaded_by", "event_minutes_remark.id",
			"event_minutes_remark.answered_by", "event_minutes_edition.approved_by", "event_task.id", "event_task.created_by", "event_task_act.id",
			"event_task_act.person", "event_feedback.id", "event_feedback_question.id"},
		"one of a few words of ours": {"event_minutes.state", "event_minutes_remark.outcome", "event_task.state", "event_task_act.act", "event_feedback_question.code",
			"event_feedback_question.kind", "event_feedback_answer.class", "event_feedback_answer.shown"},
		"JSON of ids": {"event_feedback.classes"},
		"told by the content of a file, not by its sender": {"event_minutes_file.type", "event_minutes_file.variants"},
	}
	typedInsideMinutes = map[string][]string{
		"event_minutes_vote.choices":    {"label"},
		"event_minutes_edition.content": {"chair", "taker", "title", "text", "question", "label", "name", "alt", "caption"},
	}
)
