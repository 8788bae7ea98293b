package trace

import (
	"cmp"
	"context"
	"slices"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/store"
)

// Bounds on what one page shows; a reader walks on from any thing of it.
const (
	mostLinks = 300
	mostNodes = 40
)

// Node is a thing as it stands in a thread. Level is how many steps away it is:
// below zero towards sources, above zero towards results. What the actor may not
// read has neither title nor language.
type Node struct {
	Ref
	Thing
	Of    Kind
	Level int
}

// Thread is a thing with its surroundings. Nodes begins with the thing itself;
// sources and results follow, each level in the order of time.
type Thread struct {
	Nodes []Node
	Links []Link // between nodes
	More  bool   // there was more than a page shows
}

// Here is the thing that the thread is about.
func (t Thread) Here() Node { return t.Nodes[0] }

// Walk reads a thing and what is up to depth steps away: the sources of its
// sources, the results of its results. The actor of the context gets what they
// may know of; a step leads through nothing else. Each level takes one query for
// links and one for each kind of things.
func (s *Service) Walk(ctx context.Context, of Ref, depth int) (Thread, error) {
	kind, thing, err := s.one(ctx, s.db, of)
	if err != nil {
		return Thread{}, err
	}
	w := walk{Service: s, ctx: ctx, known: map[Ref]int{}}
	w.add(Node{Ref: of, Thing: thing, Of: kind})
	back, forth := []Ref{of}, []Ref{of}
	for level := 1; level <= depth && len(back)+len(forth) > 0; level++ {
		if back, forth, err = w.step(back, forth, level); err != nil {
			return Thread{}, err
		}
	}
	w.keepKnown()
	slices.SortStableFunc(w.Nodes[1:], func(a, b Node) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), a.At.Compare(b.At.Time), cmp.Compare(a.Thing.ID, b.Thing.ID))
	})
	return w.Thread, nil
}

// walk is a thread while it is read.
type walk struct {
	*Service
	ctx context.Context
	Thread
	known map[Ref]int // place in Nodes
}

func (w *walk) add(n Node) {
	if !n.Of.readable(access.From(w.ctx), n.Thing) {
		n.Title, n.Language = "", ""
	}
	w.known[n.Ref] = len(w.Nodes)
	w.Nodes = append(w.Nodes, n)
}

// step goes one level further in both directions, and tells from where to go on.
func (w *walk) step(back, forth []Ref, level int) (nextBack, nextForth []Ref, err error) {
	links, err := w.links(w.ctx, w.db, back, forth)
	if err != nil {
		return nil, nil, err
	}
	w.More = w.More || len(links) >= mostLinks
	sources, results := map[Ref]bool{}, map[Ref]bool{}
	for _, l := range links {
		if !slices.Contains(w.Links, l) {
			w.Links = append(w.Links, l)
		}
		if slices.Contains(back, l.Thing) {
			sources[l.Source] = true
		}
		if slices.Contains(forth, l.Source) {
			results[l.Thing] = true
		}
	}
	things, err := w.find(sources, results)
	if err != nil {
		return nil, nil, err
	}
	for _, n := range things {
		if len(w.Nodes) == mostNodes {
			w.More = true
			break
		}
		if sources[n.Ref] {
			n.Level = -level
			nextBack = append(nextBack, n.Ref)
		} else {
			n.Level = level
			nextForth = append(nextForth, n.Ref)
		}
		w.add(n)
	}
	return nextBack, nextForth, nil
}

// find reads the things of both sets that are not known yet and that the actor
// may know of, the latest first.
func (w *walk) find(sets ...map[Ref]bool) ([]Node, error) {
	ids := map[string][]store.ID{}
	for _, set := range sets {
		for ref := range set {
			if _, known := w.known[ref]; !known && !slices.Contains(ids[ref.Kind], ref.ID) {
				ids[ref.Kind] = append(ids[ref.Kind], ref.ID)
			}
		}
	}
	var found []Node
	for _, kind := range w.kinds {
		if len(ids[kind.Name]) == 0 {
			continue
		}
		slices.Sort(ids[kind.Name])
		things, err := kind.Find(w.ctx, w.db, ids[kind.Name])
		if err != nil {
			return nil, err
		}
		for _, t := range things {
			if kind.visible(access.From(w.ctx), t) {
				found = append(found, Node{Ref: Ref{kind.Name, t.ID}, Thing: t, Of: kind})
			}
		}
	}
	slices.SortFunc(found, func(a, b Node) int { return cmp.Or(b.At.Compare(a.At.Time), cmp.Compare(a.Thing.ID, b.Thing.ID)) })
	return found, nil
}

// keepKnown drops links to what is not shown.
func (w *walk) keepKnown() {
	w.Links = slices.DeleteFunc(w.Links, func(l Link) bool {
		_, thing := w.known[l.Thing]
		_, source := w.known[l.Source]
		return !thing || !source
	})
}

// sources are the links from a thing of the thread to where it came from.
func (t Thread) sources(of Ref) []Link {
	return slices.DeleteFunc(slices.Clone(t.Links), func(l Link) bool { return l.Thing != of })
}

// results are the links from what came of a thing of the thread.
func (t Thread) results(of Ref) []Link {
	return slices.DeleteFunc(slices.Clone(t.Links), func(l Link) bool { return l.Source != of })
}

// node returns the node of a thing.
func (t Thread) node(ref Ref) Node {
	for _, n := range t.Nodes {
		if n.Ref == ref {
			return n
		}
	}
	return Node{}
}
