package attendance

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/count"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/store"
)

// Public counts those who came, as far as the public may know, who could read how
// many seats were taken while people signed up. Nothing else about attendance is
// public: a number for each session would tell by subtraction of the few who left
// in between.
func (s *Service) Public(ctx context.Context, r store.Reader, e event.Event) (count.Report, map[string]string, error) {
	came, err := Came(ctx, r, e.ID)
	if err != nil || len(came) == 0 {
		return count.Report{}, nil, err
	}
	seats, err := hadSeats(ctx, r, e)
	names := map[string]string{}
	guests := func(of []Present) []count.Guest {
		all := make([]count.Guest, 0, len(of))
		for _, p := range of {
			all = append(all, count.Guest{Sector: p.Sector, Gmina: p.TERC, Organisation: string(p.Organisation)})
			names[string(p.Organisation)] = p.OrganisationName
		}
		return all
	}
	return count.Held(guests(seats), guests(came), derived(s.keys.salt, string(e.ID))), names, err
}

// hadSeats lists those whose seats everybody could count before the event began.
func hadSeats(ctx context.Context, r store.Reader, e event.Event) ([]Present, error) {
	return store.All[Present](ctx, r, `SELECT g.id AS registration, g.person, g.name, g.number, g.sector, g.terc, g.organisation,
			CASE WHEN g.organisation IS NULL THEN g.organisation_name ELSE o.name END AS organisation_name, 0 AS sessions, g.registered_at AS came_at
		`+registration.Tables+`WHERE g.event = $1 AND g.state = 'confirmed' AND g.registered_at < $2 ORDER BY g.number`, e.ID, e.StartsAt)
}
