package programme

import (
	"context"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/lang"
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
	description templ.Component
	public      balance // with small groups hidden
	whole       balance

	mu        sync.RWMutex
	fragments map[string]fragment
}

// fragment is a finished part of the page in one language, as it is between two
// moments of the domain's clock. Writing goals and charts out is most of the
// work of the page, and most readers see the same.
type fragment struct {
	html        string
	from, until time.Time // zero: for ever
}

func (f fragment) holds(now time.Time) bool {
	return !now.Before(f.from) && (f.until.IsZero() || now.Before(f.until))
}

// remember shows a part of the page from memory, or writes it out and keeps it
// for as long as it holds. Nothing in it may depend on who looks.
func (s *snapshot) remember(part string, now, from, until time.Time, c templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		key := part + string(lang.From(ctx))
		s.mu.RLock()
		kept, ok := s.fragments[key]
		s.mu.RUnlock()
		if !ok || !kept.holds(now) {
			var b strings.Builder
			if err := c.Render(ctx, &b); err != nil {
				return err
			}
			kept = fragment{b.String(), from, until}
			s.mu.Lock()
			s.fragments[key] = kept
			s.mu.Unlock()
		}
		_, err := io.WriteString(w, kept.html)
		return err
	})
}

// goalsHold tells between which moments the goals stand as they stand now: until
// the next activity or value appears.
func (s *snapshot) goalsHold(now time.Time) (from, until time.Time) {
	for _, g := range s.goals {
		for _, a := range g.Activities {
			from, until = nearest(now, a.From.Time, from, until)
		}
		for _, i := range g.Indicators {
			for _, m := range i.Values {
				from, until = nearest(now, m.Day.Time, from, until)
			}
		}
	}
	return from, until
}

// nearest narrows a span around now by one moment.
func nearest(now, at, from, until time.Time) (time.Time, time.Time) {
	switch {
	case at.After(now) && (until.IsZero() || at.Before(until)):
		until = at
	case !at.After(now) && at.After(from):
		from = at
	}
	return from, until
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
	snap := &snapshot{revision: p.Revision, description: markdown.Within(p.Description), fragments: map[string]fragment{}}
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
	cells, err := cellsOf(ctx, r, p.ID)
	snap.public, snap.whole = balanceOf(cells, true), balanceOf(cells, false)
	return snap, err
}
