package workshop

import (
	"context"
	"fmt"
	"sync"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/store/gather"
)

// hall is a workshop in memory: its log, added up. It holds nothing that is not
// on the disk, and is made anew from the log wherever it is missing; several
// programs on one database each have their own.
type hall struct {
	box *gather.Box[Answer]

	mu     sync.Mutex
	seq    int64 // of the last line added
	log    []entry
	ids    map[store.ID]bool // of the log
	people map[store.ID]activity.Who
	states map[played]*counting
}

// played is one round of an activity as it was set up.
type played struct {
	activity store.ID
	round    int
	settings string
}

type counting struct {
	activity.State
	next int // place in the log from which it has not counted yet
}

// mostHalls is how many workshops are kept in memory.
const mostHalls = 64

func (s *Service) hall(workshop store.ID) *hall {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.halls[workshop]
	if h == nil {
		if len(s.halls) >= mostHalls {
			clear(s.halls) // they come back from the log
		}
		h = &hall{box: s.newBox(workshop), ids: map[store.ID]bool{}, people: map[store.ID]activity.Who{}, states: map[played]*counting{}}
		s.halls[workshop] = h
	}
	return h
}

// forget lets a hall be made anew: lines of its log have gone.
func (s *Service) forget(workshop store.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.halls, workshop)
}

// with lends the states of a workshop, brought up to date with its log, to one
// goroutine. What do shows it has to write before it returns.
func (s *Service) with(ctx context.Context, w Workshop, agenda []Activity, do func(*states) error) error {
	h := s.hall(w.ID)
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.catchUp(ctx, s.db, w.ID); err != nil {
		return err
	}
	return do(&states{service: s, hall: h, workshop: w, agenda: agenda})
}

// catchUp reads what the log has gained.
func (h *hall) catchUp(ctx context.Context, r store.Reader, workshop store.ID) error {
	for {
		fresh, err := entriesAfter(ctx, r, workshop, h.seq)
		if err != nil {
			return fmt.Errorf("workshop: read the log: %w", err)
		}
		if len(fresh) == 0 {
			return nil
		}
		for _, e := range fresh {
			if _, met := h.people[e.Participant]; !met && e.Participant != "" {
				all, err := participants(ctx, r, workshop)
				if err != nil {
					return err
				}
				for _, p := range all {
					h.people[p.ID] = p
				}
				break
			}
		}
		for _, e := range fresh {
			h.ids[e.ID] = true
		}
		h.log, h.seq = append(h.log, fresh...), fresh[len(fresh)-1].Seq
	}
}

// states are those of one workshop, while its hall is held.
type states struct {
	service  *Service
	hall     *hall
	workshop Workshop
	agenda   []Activity
}

// of is what the answers of an activity have come to.
func (x *states) of(a Activity) (activity.State, error) {
	kind, err := x.service.kind(a.Kind)
	if err != nil {
		return nil, err
	}
	key := played{a.ID, a.Round, a.Settings}
	c := x.hall.states[key]
	if c == nil {
		c = &counting{State: kind.Begin(a.task(x.workshop))}
		x.hall.states[key] = c
	}
	for ; c.next < len(x.hall.log); c.next++ {
		if e := x.hall.log[c.next]; e.Activity == a.ID && e.Round == a.Round {
			c.Add(e.line(x.hall.people))
		}
	}
	if compared, ok := c.State.(activity.Compared); ok && a.Compared != "" && a.Compared != a.ID {
		if before, err := find(x.agenda, a.Compared); err == nil && before.Kind == a.Kind && before.Compared != a.ID {
			state, err := x.of(before)
			if err != nil {
				return nil, err
			}
			compared.Compare(state)
		}
	}
	return c.State, nil
}

// kind is that of a name.
func (s *Service) kind(name string) (activity.Kind, error) {
	for _, k := range s.Kinds {
		if k.Name == name {
			return k, nil
		}
	}
	return activity.Kind{}, fault.NotFound("kind of activity")
}

// titles are the keys of the names of all kinds.
func (s *Service) titles() map[string]string {
	all := map[string]string{}
	for _, k := range s.Kinds {
		all[k.Name] = k.Title
	}
	return all
}
