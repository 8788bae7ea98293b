package store

import (
	"context"
	"sync/atomic"
)

// Counter counts the SQL statements made under one context, so that a test can
// hold a page to its number of queries and a metric can show it.
type Counter struct{ n atomic.Int64 }

// N is the number of statements so far.
func (c *Counter) N() int { return int(c.n.Load()) }

type counterKey struct{}

// WithCounter returns a context whose statements are counted.
func WithCounter(ctx context.Context) (context.Context, *Counter) {
	c := new(Counter)
	return context.WithValue(ctx, counterKey{}, c), c
}

func count(ctx context.Context) {
	if c, ok := ctx.Value(counterKey{}).(*Counter); ok {
		c.n.Add(1)
	}
}
