package store

import (
	"sync"
	"time"
)

// Clock tells two times. Now is the time of the domain, which the demo may move
// to another year; Wall is the time of the world, which guards sessions, tokens
// and jobs. In production both are the same.
//
// The zero Clock is ready to use and tells the true time.
type Clock struct {
	mu    sync.RWMutex
	shift time.Duration // how far the domain is from the wall
	fixed time.Time     // not zero: both times stand still here
}

// Now is the time of the domain, UTC, in whole microseconds as the database
// keeps it.
func (c *Clock) Now() time.Time {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.wall().Add(c.shift)
}

// Wall is the time of the world, UTC, in whole microseconds.
func (c *Clock) Wall() time.Time {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.wall()
}

func (c *Clock) wall() time.Time {
	if !c.fixed.IsZero() {
		return c.fixed
	}
	return time.Now().UTC().Truncate(time.Microsecond)
}

// Move lets the domain run on from t; the wall is not touched. For the demo.
func (c *Clock) Move(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shift = t.UTC().Truncate(time.Microsecond).Sub(c.wall())
}

// Set stops both times at t. For tests.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fixed, c.shift = t.UTC().Truncate(time.Microsecond), 0
}

// Advance moves a clock that Set has stopped by d, both times of it; of a
// running clock it moves the domain only.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fixed.IsZero() {
		c.shift += d
		return
	}
	c.fixed = c.fixed.Add(d).Truncate(time.Microsecond)
}
