// Package live tells open pages that something has changed, over server-sent
// events, and brings them back after a restart without losing anything.
//
// What changes has a topic and a version that only grows, kept by its room. The
// room calls Hub.Publish in the transaction of the change; every page that
// watches the topic is told the version after the commit and asks the room for
// what it shows. Nothing else travels: who comes late or comes back compares
// one number, so a message that was lost is made good by the next one, and no
// right is decided here. Hub.Serve answers the page, Hub.Listen joins the
// replicas on PostgreSQL, Hub.Stop sends everybody away before the program ends.
package live

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/wspolnota/wspolnota/store"
)

// Publisher is what a room needs of the hub.
type Publisher interface {
	// Publish tells everybody who watches the topic, once tx is committed, that
	// it has reached a version.
	Publish(ctx context.Context, tx *store.Tx, topic string, version int64) error
}

// Options are the times of a hub; zero values stand for those that serve well.
type Options struct {
	Logger    *slog.Logger
	Heartbeat time.Duration // between two signs of life; 15 s
	Patience  time.Duration // with a reader that does not read; 10 s
	Stay      time.Duration // after which a page has to come anew; 10 min
	Return    time.Duration // pages come back within this time after a second; 3 s
	Most      int           // streams at once; 5,000
}

func (o Options) filled() Options {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	for _, d := range []struct {
		at      *time.Duration
		instead time.Duration
	}{{&o.Heartbeat, 15 * time.Second}, {&o.Patience, 10 * time.Second}, {&o.Stay, 10 * time.Minute}, {&o.Return, 3 * time.Second}} {
		if *d.at == 0 {
			*d.at = d.instead
		}
	}
	if o.Most == 0 {
		o.Most = 5000
	}
	return o
}

// Hub tells the pages of this process.
type Hub struct {
	Options
	db      *store.DB
	mu      sync.Mutex
	topics  map[string]map[*Subscription]bool
	streams int
	stopped chan struct{}
	stop    sync.Once
}

// New returns a hub. On SQLite there is one process and it is complete; on
// PostgreSQL Listen lets it hear the others.
func New(db *store.DB, o Options) *Hub {
	return &Hub{Options: o.filled(), db: db, topics: map[string]map[*Subscription]bool{}, stopped: make(chan struct{})}
}

// Publish implements Publisher. On PostgreSQL the word goes through the
// database, which passes it on at the commit and to this process as to others.
func (h *Hub) Publish(ctx context.Context, tx *store.Tx, topic string, version int64) error {
	if h == nil {
		return nil // a room alone, in its tests
	}
	if strings.ContainsAny(topic, " \n") || len(topic) > 200 {
		return fmt.Errorf("live: topic %.200q has a space or is too long", topic)
	}
	if tx.Dialect() == store.Postgres {
		_, err := tx.Exec(ctx, `SELECT pg_notify($1, $2)`, channel, topic+" "+strconv.FormatInt(version, 10))
		if err != nil {
			return fmt.Errorf("live: publish %s: %w", topic, err)
		}
		return nil
	}
	tx.AfterCommit(func() { h.tell(topic, version) })
	return nil
}

// Subscription is one reader of a topic.
type Subscription struct {
	hub    *Hub
	topic  string
	mu     sync.Mutex
	latest int64
	woken  chan struct{}
}

// Subscribe watches a topic from now on. Close ends it.
func (h *Hub) Subscribe(topic string) *Subscription {
	s := &Subscription{hub: h, topic: topic, woken: make(chan struct{}, 1)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.topics[topic] == nil {
		h.topics[topic] = map[*Subscription]bool{}
	}
	h.topics[topic][s] = true
	return s
}

// Close ends the subscription; it may be called again.
func (s *Subscription) Close() {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	delete(s.hub.topics[s.topic], s)
	if len(s.hub.topics[s.topic]) == 0 {
		delete(s.hub.topics, s.topic)
	}
}

// Woken receives after a new version came, once for any number of them: whoever
// is slow sees the latest, and holds up nobody.
func (s *Subscription) Woken() <-chan struct{} { return s.woken }

// Latest is the highest version told since Subscribe, 0 for none.
func (s *Subscription) Latest() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.latest
}

func (s *Subscription) tell(version int64) {
	s.mu.Lock()
	s.latest = max(s.latest, version)
	s.mu.Unlock()
	select {
	case s.woken <- struct{}{}:
	default: // it has not looked since the last time
	}
}

// tell passes a version on; it waits for nobody.
func (h *Hub) tell(topic string, version int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.topics[topic] {
		s.tell(version)
	}
}

// wakeAll lets everybody look again: something may have been said while nobody
// listened.
func (h *Hub) wakeAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, readers := range h.topics {
		for s := range readers {
			s.tell(0)
		}
	}
}

// Stop ends all streams; their pages come back to whoever answers then. It may
// be called again.
func (h *Hub) Stop() { h.stop.Do(func() { close(h.stopped) }) }

// Streams is how many pages are watching through this process.
func (h *Hub) Streams() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.streams
}
