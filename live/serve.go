package live

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/web"
)

// Resume is the parameter with the version that a page shows, for a page whose
// browser gave up its stream and opens another: only the browser itself sends
// Last-Event-ID.
const Resume = "od"

// Serve answers a page that watches a topic. current reads the version that the
// topic has now; it decides what a page has missed, so that it is asked after
// subscribing, at every sign of life, and when the replicas lost one another.
//
// Each message is one number, as data and as id. Whoever does not ask for an
// event stream gets the number alone: pages that cannot keep a stream ask for
// it now and then.
func (h *Hub) Serve(w http.ResponseWriter, r *http.Request, topic string, current func(context.Context) (int64, error)) error {
	return h.ServeGathered(w, r, topic, 0, current)
}

// ServeGathered is Serve for a topic that changes many times a second: after a
// change the page is told no sooner than gather, once for all that came
// meanwhile. A room that makes what it shows at most once in that time has then
// made it anew whenever a page asks.
func (h *Hub) ServeGathered(w http.ResponseWriter, r *http.Request, topic string, gather time.Duration, current func(context.Context) (int64, error)) error {
	if !strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		return number(w, r, current)
	}
	if !h.enter() {
		w.Header().Set("Retry-After", "30")
		return fault.Limited("live.full")
	}
	defer h.leave()
	s := h.Subscribe(topic)
	defer s.Close()
	c := &client{hub: h, response: http.NewResponseController(w), to: w, sent: seen(r), stay: time.Now().Add(h.Stay/2 + rand.N(h.Stay/2)), gather: gather}
	now, err := current(r.Context())
	if err != nil {
		return err
	}
	c.begin(w.Header())
	if !c.gathered(r.Context(), now) || c.tell(now) != nil {
		return nil // the browser went away, or does not read
	}
	h.watch(r.Context(), c, s, current)
	return nil
}

// watch tells the client every new version until it goes, is too slow, has
// stayed long enough, or the program stops.
func (h *Hub) watch(ctx context.Context, c *client, s *Subscription, current func(context.Context) (int64, error)) {
	beat := time.NewTicker(h.Heartbeat)
	defer beat.Stop()
	for {
		version := int64(0)
		select {
		case <-ctx.Done():
			return
		case <-h.stopped:
			return
		case <-s.Woken():
			version = s.Latest()
		case <-beat.C:
		}
		if version <= c.sent { // a sign of life, or the replicas lost one another
			now, err := current(ctx)
			if err != nil {
				return // the thing is gone, or the database is away: the page comes back and is told
			}
			version = now
		}
		if !c.gathered(ctx, version) {
			return
		}
		if c.tell(max(version, s.Latest())) != nil || time.Now().After(c.stay) {
			return
		}
	}
}

func number(w http.ResponseWriter, r *http.Request, current func(context.Context) (int64, error)) error {
	now, err := current(r.Context())
	if err != nil {
		return err
	}
	web.Bare(w)
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, err = fmt.Fprintln(w, now)
	return err
}

func (h *Hub) enter() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.streams >= h.Most {
		return false
	}
	h.streams++
	return true
}

func (h *Hub) leave() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.streams--
}

// seen is the version that the page shows; 0 for none, and for what is no number.
func seen(r *http.Request) int64 {
	for _, said := range []string{r.Header.Get("Last-Event-ID"), r.URL.Query().Get(Resume)} {
		if version, err := strconv.ParseInt(said, 10, 64); err == nil && version > 0 {
			return version
		}
	}
	return 0
}

// client is one page at the other end.
type client struct {
	hub      *Hub
	response *http.ResponseController
	to       io.Writer
	sent     int64
	stay     time.Time
	gather   time.Duration
}

// gathered waits before something new is told. It reports whether the page is
// still there to be told.
func (c *client) gathered(ctx context.Context, version int64) bool {
	if version <= c.sent || c.gather == 0 {
		return true
	}
	select {
	case <-time.After(c.gather):
		return true
	case <-ctx.Done():
	case <-c.hub.stopped:
	}
	return false
}

// begin says what the answer is. Each page is told another time after which to
// come back, so that they do not all come at once when the server returns.
func (c *client) begin(h http.Header) {
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	h.Del("Content-Length")
	_ = c.response.SetReadDeadline(time.Time{}) // the limit of a request would end the stream
	_ = c.write(fmt.Sprintf("retry: %d\n\n", (time.Second + rand.N(c.hub.Return)).Milliseconds()))
}

// tell writes a version that is new to the page, and a sign of life otherwise.
func (c *client) tell(version int64) error {
	if version <= c.sent {
		return c.write(":\n\n")
	}
	c.sent = version
	return c.write(fmt.Sprintf("id: %d\ndata: %d\n\n", version, version))
}

// write gives up on a reader that does not read.
func (c *client) write(text string) error {
	_ = c.response.SetWriteDeadline(time.Now().Add(c.hub.Patience))
	if _, err := io.WriteString(c.to, text); err != nil {
		return err
	}
	return c.response.Flush()
}
