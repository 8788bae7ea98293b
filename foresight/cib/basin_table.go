package cib

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

// table holds, for each scenario by its lexicographic number, the number of the
// one that follows.
type table struct {
	m    *Matrix
	next []uint32
}

// fill computes the table.
func (t *table) fill(ctx context.Context, s Succession, threads int) error {
	if s.Rule == Global {
		return t.fillGlobal(ctx, threads)
	}
	scores := make([]int, MaxDomain)
	z := make(Scenario, t.m.Len())
	next := make(Scenario, len(z))
	for number := range t.next {
		if number%(1<<16) == 0 && ctx.Err() != nil {
			return fmt.Errorf("basins stopped: %w", context.Cause(ctx))
		}
		copy(next, z)
		t.m.next(z, next, s, scores)
		t.next[number] = t.m.number(next)
		t.m.odometer(z)
	}
	return nil
}

// number is the lexicographic number of a scenario.
func (m *Matrix) number(z Scenario) uint32 {
	number := uint32(0)
	for i, k := range z {
		number = number*uint32(m.Domain(i)) + uint32(k)
	}
	return number
}

// odometer turns z into the scenario after it.
func (m *Matrix) odometer(z Scenario) {
	for i := len(z) - 1; i >= 0; i-- {
		if z[i]++; z[i] < m.Domain(i) {
			return
		}
		z[i] = 0
	}
}

// fillGlobal computes the table of global succession in blocks: scenarios that
// differ only in the last few descriptors stand side by side as bits of words, and
// a comparison of two states of a descriptor is looked up for all of them at once.
func (t *table) fillGlobal(ctx context.Context, threads int) error {
	b := newBlocks(t.m)
	heads := len(t.next) / b.size
	const run = 1 << 10 // blocks that a thread takes at a time
	var from atomic.Int64
	var wait sync.WaitGroup
	for range max(1, min(threads, heads/run+1)) {
		wait.Go(func() {
			w := b.newWorker()
			for ctx.Err() == nil {
				begin := int(from.Add(run)) - run
				if begin >= heads {
					return
				}
				w.jump(begin)
				for head := begin; head < min(begin+run, heads); head++ {
					w.block(t.next[head*b.size : (head+1)*b.size])
					w.advance()
				}
			}
		})
	}
	wait.Wait()
	if ctx.Err() != nil {
		return fmt.Errorf("basins stopped: %w", context.Cause(ctx))
	}
	return nil
}
