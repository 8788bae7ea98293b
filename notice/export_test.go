package notice

import (
	"context"

	"github.com/wspolnota/wspolnota/store"
)

// Spread works the job that reaches the audience of a message.
func (c *Center) Spread(ctx context.Context, message store.ID) error {
	return c.spread(ctx, spreading{Message: message})
}

// StopPath is the address in a letter.
func (c *Center) StopPath(person store.ID, kind string) string { return c.stopPath(person, kind) }

// Digest works the hourly job.
func (c *Center) Digest(ctx context.Context) error { return c.digest(ctx) }
