package attendance

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/store"
)

// Head counts those who were noted at an event; 0 where nobody is noted.
func Head(ctx context.Context, r store.Reader, event store.ID) (int, error) {
	return store.One[int](ctx, r, `SELECT count(DISTINCT registration) FROM event_attendance WHERE event = $1`, event)
}

// Keepings are what a draft of an event cannot be deleted with: that somebody
// came, and a paper that says so.
var Keepings = []event.Keeping{
	{Key: "event.attendance.kept.people", Stays: true, Count: Head},
	{Key: "event.attendance.kept.certificates", Stays: true, Count: func(ctx context.Context, r store.Reader, event store.ID) (int, error) {
		return store.One[int](ctx, r, `SELECT count(*) FROM event_certificate WHERE event = $1`, event)
	}},
}

// Took reports whether the person of a registration took part, as
// registration.TookPart says.
func Took(ctx context.Context, r store.Reader, g registration.Registration) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM event_registration g WHERE g.id = $1 AND `+registration.TookPart, g.ID)
	return n > 0, err
}
