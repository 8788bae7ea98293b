package main

// Of the room of events: see notTyped and typedInside.
var (
	notTypedEvents = map[string][]string{
		"an id, or the key of a row":                       {"event.id", "event_session.id", "event_speaker.id", "event_file.id", "event_file.uploaded_by"},
		"one of a few words of ours":                       {"event.kind", "event.language", "event.mode", "event_speaker.role"},
		"a part of addresses, made by lang.Slug":           {"event.slug", "event_address.slug"},
		"the TERC of a place":                              {"event.terc"},
		"told by the content of a file, not by its sender": {"event_file.type"},
		"a hash, a sealed secret or a key":                 {"event_calendar.key"},
	}
	typedInsideEvents = map[string][]string{
		"event.place": {"name", "address", "access", "travel", "meals", "costs"},
	}
)
