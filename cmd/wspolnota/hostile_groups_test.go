package main

// Of working groups: see notTyped.
var notTypedGroups = map[string][]string{
	"an id, or the key of a row": {"event_group.id", "event_group.created_by", "event_group_member.id", "event_group_member.person",
		"event_group_member.state_by", "event_group_invitation.id", "event_group_invitation.invited_by"},
	"one of a few words of ours": {"event_group.state", "event_group_member.sector", "event_group_member.role", "event_group_member.state",
		"event_group_invitation.role", "event_group_invitation.answer", "event_group_invitation.language"},
	"made of a title by letters of the alphabet": {"event_group.slug"},
}
