package attendance

import "github.com/wspolnota/wspolnota/archive"

// ofEvents are those of the programme, of any state.
const ofEvents = `event IN (SELECT id FROM event WHERE programme = $1)`

// Archive is what this package keeps of a programme.
var Archive = archive.Room{
	Parts: []archive.Part{
		{Table: "event_attendance", Where: ofEvents},
		{Table: "event_attendance_rule", Where: ofEvents},
		{Table: "event_certificate", Where: `programme = $1`},
	},
	LeftOut: map[string]string{"event_attendance_sent": "tells a phone what it has sent already, for a month"},
}
