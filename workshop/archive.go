package workshop

import "github.com/wspolnota/wspolnota/archive"

const ofWorkshops = `workshop IN (SELECT id FROM workshop WHERE programme = $1)`

// Archive is what the room keeps of a programme: everything but what led to
// devices, which the close has destroyed.
var Archive = archive.Room{Parts: []archive.Part{
	{Table: "workshop", Where: `programme = $1`},
	{Table: "workshop_activity", Where: ofWorkshops},
	{Table: "workshop_participant", Where: ofWorkshops},
	{Table: "workshop_entry", Where: ofWorkshops},
}}
