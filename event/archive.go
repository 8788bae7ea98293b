package event

import (
	"context"

	"github.com/wspolnota/wspolnota/archive"
	"github.com/wspolnota/wspolnota/store"
)

// ofEvents are those of the programme, of any state.
const ofEvents = `event IN (SELECT id FROM event WHERE programme = $1)`

// Archive is what the room keeps of a programme.
var Archive = archive.Room{
	Parts: []archive.Part{
		{Table: "event", Where: `programme = $1`},
		{Table: "event_address", Where: `programme = $1`},
		{Table: "event_session", Where: ofEvents},
		{Table: "event_speaker", Where: ofEvents},
		{Table: "event_session_speaker", Where: `session IN (SELECT id FROM event_session WHERE ` + ofEvents + `)`},
		{Table: "event_file", Where: ofEvents},
		{Table: "event_goal", Where: ofEvents},
		{Table: "organisation", Where: `id IN (SELECT host FROM event WHERE programme = $1)`},
		{Table: "trace_link", Where: `thing IN (SELECT id FROM event WHERE programme = $1)`},
	},
	Files: func(ctx context.Context, r store.Reader, programme store.ID) ([]string, error) {
		files, err := store.All[File](ctx, r, `SELECT `+fileColumns+` FROM event_file WHERE `+ofEvents, programme)
		keys := make([]string, len(files))
		for i, f := range files {
			keys[i] = f.key()
		}
		return keys, err
	},
}
