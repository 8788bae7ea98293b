package main

// Of registrations for events: see notTyped and typedInside.
var (
	notTypedRegistrations = map[string][]string{
		"an id, or the key of a row": {"event_registration.id", "event_registration.registered_by", "event_registration.batch",
			"event_question.id", "event_need.id", "event_invitation.id", "event_invitation.invited_by"},
		"one of a few words of ours": {"event_registration.sector", "event_registration.channel", "event_registration.state", "event_registration.owed",
			"event_seat_limit.kind", "event_seat_limit.value", "event_question.kind"},
		"the TERC of a place":              {"event_registration.terc"},
		"a hash, a sealed secret or a key": {"event_admission.link_key"},
	}
	typedInsideRegistrations = map[string][]string{"event_registration.answers": {"answer"}}
)
