package programme

import (
	"context"
	"sync"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// snapshot is what the page of a programme shows of the room's own tables. It
// depends on nothing but them, so it is right as long as the revision of the
// programme is the same, on every replica. Names of people and organisations
// change without the programme and are read each time.
type snapshot struct {
	revision    int
	phases      []Phase
	goals       []Goal
	areas       []string
	logos       []Logo
	cells       []Cell
	description templ.Component
}

// mostSnapshots bounds the memory: an installation has tens of programmes.
const mostSnapshots = 300

type snapshots struct {
	mu sync.RWMutex
	by map[store.ID]*snapshot
}

func (c *snapshots) get(p Programme) (*snapshot, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	snap, ok := c.by[p.ID]
	return snap, ok && snap.revision == p.Revision
}

// put keeps a snapshot unless a later one is there already.
func (c *snapshots) put(p Programme, snap *snapshot) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.by == nil || len(c.by) >= mostSnapshots {
		c.by = map[store.ID]*snapshot{}
	}
	if old := c.by[p.ID]; old == nil || old.revision <= snap.revision {
		c.by[p.ID] = snap
	}
}

// snapshotOf returns the parts of a programme, from memory where nothing has
// changed since. What it returns is shared and must not be changed.
func (s *Service) snapshotOf(ctx context.Context, p Programme) (*snapshot, error) {
	if snap, ok := s.snapshots.get(p); ok {
		return snap, nil
	}
	snap, err := readSnapshot(ctx, s.db, p)
	if err != nil {
		return nil, err
	}
	s.snapshots.put(p, snap)
	return snap, nil
}

// readSnapshot reads one part after the other. A change in between has a higher
// revision, so that what is mixed up is read again by the next request.
func readSnapshot(ctx context.Context, r store.Reader, p Programme) (*snapshot, error) {
	snap := &snapshot{revision: p.Revision, description: markdown.Within(p.Description)}
	var err error
	if snap.phases, err = phasesOf(ctx, r, p.ID); err != nil {
		return nil, err
	}
	if snap.goals, err = measuredGoals(ctx, r, p.ID); err != nil {
		return nil, err
	}
	if snap.areas, err = areasOf(ctx, r, p.ID); err != nil {
		return nil, err
	}
	if snap.logos, err = logosOf(ctx, r, p.ID); err != nil {
		return nil, err
	}
	snap.cells, err = cellsOf(ctx, r, p.ID)
	return snap, err
}
