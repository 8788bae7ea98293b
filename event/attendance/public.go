package attendance

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/count"
	"github.com/wspolnota/wspolnota/store"
)

// Public counts those who came, as far as the public may know. Nothing else
// about attendance is public: a number for each session would tell by
// subtraction of the few who left in between.
func (s *Service) Public(ctx context.Context, r store.Reader, e event.Event) (count.Report, map[string]string, error) {
	came, err := Came(ctx, r, e.ID)
	guests, names := make([]count.Guest, 0, len(came)), map[string]string{}
	for _, p := range came {
		guests = append(guests, count.Guest{Sector: p.Sector, Gmina: p.TERC, Organisation: string(p.Organisation)})
		names[string(p.Organisation)] = p.OrganisationName
	}
	return count.Public(guests, derived(s.keys.salt, string(e.ID))), names, err
}
