package cib

import (
	"context"
	"fmt"
)

// basin is an attractor by the numbers of its scenarios.
type basin struct {
	first  uint32
	length int
	starts uint64
}

// In a table a scenario stands with the number of the one that follows, or, once it
// is known, with its basin and this bit.
const known = 1 << 31

// onTheWay marks the scenarios of the walk that is going on.
const onTheWay = known | (known - 1)

// ahead is how many starts are looked at together. A table is larger than the
// caches of the machine and a walk jumps through it, so that each step would wait
// for memory; touching the first steps of many walks lets them wait together.
const ahead = 64

// follow finds the basin of every scenario. The table is used up.
func (t *table) follow(ctx context.Context) ([]basin, error) {
	var found []basin
	var path []uint32
	for begin := 0; begin < len(t.next); begin += ahead {
		if begin%(1<<20) == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("basins stopped: %w", context.Cause(ctx))
		}
		end := min(begin+ahead, len(t.next))
		t.touch(t.next[begin:end])
		for start := begin; start < end; start++ {
			if t.next[start]&known == 0 {
				path, found = t.walk(uint32(start), path[:0], found)
			}
		}
	}
	return found, nil
}

// touch reads the steps after the given ones, a few deep.
func (t *table) touch(steps []uint32) {
	var at [ahead]uint32
	n := copy(at[:], steps)
	for range 4 {
		for x, v := range at[:n] {
			if v&known == 0 {
				at[x] = t.next[v]
			}
		}
	}
}

// walk goes on from a start until it meets what is known, or itself.
func (t *table) walk(start uint32, path []uint32, found []basin) ([]uint32, []basin) {
	z := start
	for t.next[z]&known == 0 {
		path = append(path, z)
		next := t.next[z]
		t.next[z] = onTheWay
		z = next
	}
	label := t.next[z]
	if label == onTheWay {
		label = known | uint32(len(found))
		found = append(found, cycleOf(path, z))
	}
	for _, z := range path {
		t.next[z] = label
	}
	found[label&^known].starts += uint64(len(path))
	return path, found
}

// cycleOf is the cycle at the end of a path that has come back to z.
func cycleOf(path []uint32, z uint32) basin {
	b := basin{first: z}
	for x := len(path) - 1; ; x-- {
		b.length++
		b.first = min(b.first, path[x])
		if path[x] == z {
			return b
		}
	}
}
