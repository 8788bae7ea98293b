package debate

import "github.com/wspolnota/wspolnota/archive"

const ofDebates = `debate IN (SELECT id FROM debate WHERE programme = $1)`

// Archive is what the room keeps of a programme: who was behind a number is not
// part of it.
var Archive = archive.Room{Parts: []archive.Part{
	{Table: "debate", Where: `programme = $1`},
	{Table: "debate_statement", Where: ofDebates},
	{Table: "debate_participant", Where: ofDebates},
	{Table: "debate_entry", Where: ofDebates},
}}
