package live

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/wspolnota/wspolnota/store"
)

// channel is where the replicas speak. What is said there is a topic and a
// version: PostgreSQL takes less than 8,000 bytes and repeats nothing.
const channel = "wspolnota_live"

// Listen passes on what any replica publishes, until ctx ends. Where the
// connection breaks it is made anew, and every page looks once by itself,
// because nobody repeats what was said meanwhile. On SQLite it has nothing to do.
func (h *Hub) Listen(ctx context.Context) {
	if h.db.Dialect() != store.Postgres {
		return
	}
	for pause := 100 * time.Millisecond; ctx.Err() == nil; pause = min(2*pause, 5*time.Second) {
		began := time.Now()
		if err := h.listen(ctx); err != nil && ctx.Err() == nil {
			h.Logger.Warn("live: listening broke off", "error", err)
		}
		if time.Since(began) > time.Minute {
			pause = 100 * time.Millisecond
		}
		select {
		case <-time.After(pause/2 + rand.N(pause)):
		case <-ctx.Done():
		}
	}
}

// listen holds one connection of its own, outside the pool's count.
func (h *Hub) listen(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, h.db.Pool().Config().ConnConfig)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, `LISTEN `+channel); err != nil {
		return err
	}
	h.wakeAll()
	for {
		said, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		topic, version, err := parse(said.Payload)
		if err != nil {
			h.Logger.Warn("live: not understood", "error", err)
			continue
		}
		h.tell(topic, version)
	}
}

// parse reads "topic version".
func parse(payload string) (topic string, version int64, err error) {
	topic, number, found := strings.Cut(payload, " ")
	if !found || topic == "" {
		return "", 0, fmt.Errorf("live: expected a topic and a version, got %d bytes", len(payload))
	}
	if version, err = strconv.ParseInt(number, 10, 64); err != nil || version < 0 {
		return "", 0, fmt.Errorf("live: version of %.50q is no whole number", topic)
	}
	return topic, version, nil
}
