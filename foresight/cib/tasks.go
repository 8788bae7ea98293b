package cib

import (
	"sync"
	"sync/atomic"
)

// manyTasks is into how many tasks a search is divided at least, where it is
// large enough. It does not depend on the number of threads, so that nothing in
// the answer does, and is large, since tasks differ much in length.
const manyTasks = 128

// plan divides the search of a node: it covers the first nodes, breadth first, and
// keeps those below as tasks. Nodes that fall into parts are tasks too.
func (s *searcher) plan(root *node, scope []uint64) []*node {
	tasks := []*node{root}
	var free []*node
	for next := 0; next < len(tasks) && len(tasks)-next < manyTasks && !s.stopped.Load(); next++ {
		a := tasks[next]
		if s.tighten(a) {
			i := -1
			if s.parts(a, scope) == nil {
				i = s.choose(a, scope)
			}
			if i < 0 { // decided, or in parts
				continue
			}
			for rest := a.domains[i]; rest != 0; rest &= rest - 1 {
				if len(free) == 0 {
					free = append(free, s.problem.newNode())
				}
				b := free[len(free)-1]
				if s.into(b, a, i, rest&-rest) {
					tasks = append(tasks, b)
					free = free[:len(free)-1]
				}
			}
		}
		tasks[next] = nil
		free = append(free, a)
	}
	return tasks
}

// crew searches tasks on several threads.
type crew struct {
	problem *problem
	threads int
	stopped *atomic.Bool
	nodes   atomic.Uint64
}

// each lets the threads work on the tasks, in order; false if they were stopped.
// The given searcher, which made the plan, is the first of them.
func (c *crew) each(s *searcher, tasks []*node, work func(s *searcher, task int) bool) bool {
	var next atomic.Int64
	var failed atomic.Bool
	run := func(s *searcher) {
		for {
			x := int(next.Add(1)) - 1
			if x >= len(tasks) || failed.Load() {
				break
			}
			if tasks[x] == nil {
				continue
			}
			if len(s.stack) == 0 {
				s.stack = append(s.stack, nil)
			}
			s.stack[0] = tasks[x]
			if !work(s, x) {
				failed.Store(true)
			}
			tasks[x] = nil // its memory is free again
		}
		c.nodes.Add(s.nodes)
	}
	var wait sync.WaitGroup
	for range min(c.threads, len(tasks)) - 1 {
		wait.Go(func() { run(newSearcher(c.problem, c.stopped)) })
	}
	run(s)
	wait.Wait()
	return !failed.Load()
}

// list calls emit for each way to decide the scope of a node, one at a time.
func (c *crew) list(root *node, scope []uint64, emit func([]uint64) bool) bool {
	s := newSearcher(c.problem, c.stopped)
	tasks := s.plan(root, scope)
	var one sync.Mutex
	open := true
	return c.each(s, tasks, func(s *searcher, x int) bool {
		return s.list(0, scope, func(domains []uint64) bool {
			one.Lock()
			defer one.Unlock()
			open = open && emit(domains)
			return open
		})
	})
}

// count adds up the tasks; false if it was stopped, with what was counted by then.
func (c *crew) count(root *node, scope []uint64) (tally, bool) {
	s := newSearcher(c.problem, c.stopped)
	tasks := s.plan(root, scope)
	sums := make([]tally, len(tasks))
	done := c.each(s, tasks, func(s *searcher, x int) (done bool) {
		sums[x], done = s.count(0, scope)
		return done
	})
	var sum tally
	for _, n := range sums {
		sum = sum.plus(n)
	}
	return sum, done
}
