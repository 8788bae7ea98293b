package main

// Of attendance and seating: see notTyped.
var notTypedAttendance = map[string][]string{
	"an id, or the key of a row": {"event_attendance.id", "event_attendance.noted_by", "event_attendance_sent.id",
		"event_certificate.id", "event_table.id", "event_seat.id", "event_certificate.issued_by", "event_certificate.revoked_by"},
	"a hash, a sealed secret or a key": {"event_certificate.code"},
}
