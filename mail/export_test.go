package mail

import "context"

// Forget does what the daily task does.
func Forget(ctx context.Context, o *Outbox) error { return o.forget(ctx) }
