package barrier

import "github.com/wspolnota/wspolnota/archive"

// ofBarriers are those of the programme, of any state.
const ofBarriers = `barrier IN (SELECT id FROM barrier WHERE programme = $1)`

// Archive is what the room keeps of a programme.
var Archive = archive.Room{
	Parts: []archive.Part{
		{Table: "barrier", Where: `programme = $1`},
		{Table: "barrier_kind", Where: `programme = $1`},
		{Table: "barrier_evidence", Where: ofBarriers},
		{Table: "barrier_act", Where: ofBarriers},
		{Table: "barrier_figure", Where: ofBarriers},
		{Table: "trace_link", Where: `thing IN (SELECT id FROM barrier WHERE programme = $1)`},
		{Table: "organisation", Where: `id IN (SELECT owner FROM barrier WHERE programme = $1)`},
	},
	LeftOut: map[string]string{
		"barrier_vote":      "single votes; what was shown of them is in barrier_figure",
		"barrier_voter":     "who has voted",
		"barrier_vote_link": "which vote is whose",
	},
}
