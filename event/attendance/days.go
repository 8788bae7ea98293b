package attendance

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/lang"
)

// days are those on which the event has sessions, as people in Poland count them.
func (s *Service) days(ctx context.Context, e event.Event) ([]time.Time, error) {
	sessions, err := noted(ctx, s.db, e.ID)
	if err != nil {
		return nil, err
	}
	var days []time.Time
	for _, one := range sessions {
		y, m, d := one.StartsAt.In(lang.Warsaw).Date()
		day := time.Date(y, m, d, 12, 0, 0, 0, lang.Warsaw)
		if len(days) == 0 || !days[len(days)-1].Equal(day) {
			days = append(days, day)
		}
	}
	if len(days) == 0 {
		days = []time.Time{e.StartsAt.Time}
	}
	return days, nil
}
