package programme

import (
	"context"

	"github.com/a-h/templ"
)

// Funding returns who pays for a programme and the logos that must stand on its
// pages, for the pages that other rooms make in its name; nil where nobody is
// named. It needs the programme's ID, Slug, Revision, Funder and ProjectNumber,
// which a room reads along with its own row, and asks the database only after a
// change.
func (s *Service) Funding(ctx context.Context, p Programme) (templ.Component, error) {
	snap, fresh := s.snapshots.get(p)
	if !fresh {
		whole, err := ByID(ctx, s.db, p.ID) // a snapshot is made of the whole programme
		if err != nil {
			return nil, err
		}
		if snap, err = s.snapshotOf(ctx, whole); err != nil {
			return nil, err
		}
	}
	if p.Funder == "" && len(snap.logos) == 0 {
		return nil, nil
	}
	return fundingStrip(p, snap.logos), nil
}
