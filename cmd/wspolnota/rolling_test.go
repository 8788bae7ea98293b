package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

// replica is one running process of the program.
type replica struct {
	addr    string
	command *exec.Cmd
}

// startReplica runs the program and waits until it is ready.
func startReplica(t testing.TB, database, data string, more ...string) *replica {
	t.Helper()
	return startReplicaTo(t, os.Stderr, database, data, append([]string{"--log-level", "error"}, more...)...)
}

// startReplicaTo is startReplica with its log sent elsewhere.
func startReplicaTo(t testing.TB, log io.Writer, database, data string, more ...string) *replica {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := listener.Addr().String()
	listener.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r := &replica{addr: addr, command: exec.Command(self, append([]string{"serve", "--addr", addr, "--database", database,
		"--data", data, "--codes-per-network", "1000000"}, more...)...)}
	// The test binary is the program itself when it is called by that name.
	r.command.Args[0] = "wspolnota"
	r.command.Stderr = log
	if err := r.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.command.Process.Kill(); r.command.Wait() })
	r.waitReady(t)
	return r
}

func (r *replica) waitReady(t testing.TB) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		if r.ready() {
			return
		}
		<-time.After(5 * time.Millisecond) // another process: only its answer tells
	}
	t.Fatalf("%s does not become ready", r.addr)
}

func (r *replica) ready() bool {
	response, err := http.Get("http://" + r.addr + "/readyz")
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// stop sends the signal of a service manager and returns how long it took.
func (r *replica) stop(t testing.TB) time.Duration {
	t.Helper()
	began := time.Now()
	if err := r.command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := r.command.Wait(); err != nil {
		t.Errorf("%s ended badly: %v", r.addr, err)
	}
	return time.Since(began)
}

// balancer sends each request to the next replica that says it is ready, as the
// health checks of a real one do.
type balancer struct {
	mu       sync.RWMutex
	replicas []*replica
	healthy  map[*replica]bool
	next     atomic.Int64
}

func (b *balancer) watch(ctx context.Context) {
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for {
		b.look()
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func (b *balancer) look() {
	b.mu.RLock()
	replicas := append([]*replica(nil), b.replicas...)
	b.mu.RUnlock()
	healthy := map[*replica]bool{}
	for _, r := range replicas {
		healthy[r] = r.ready()
	}
	b.mu.Lock()
	b.healthy = healthy
	b.mu.Unlock()
}

func (b *balancer) pick() *replica {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for range b.replicas {
		r := b.replicas[int(b.next.Add(1))%len(b.replicas)]
		if b.healthy[r] {
			return r
		}
	}
	return b.replicas[0]
}

// TestRollingRestartLosesNothing replaces three replicas one after another while
// people ask for sign-in codes, 200 requests a second, half of them writing.
// Every request is answered, and what was acknowledged is in the database.
func TestRollingRestartLosesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: -short leaves out what needs several processes")
	}
	database, data := storetest.PostgresAddress(t), t.TempDir()
	b := &balancer{}
	for range 3 {
		b.replicas = append(b.replicas, startReplica(t, database, data, "--drain", "300ms"))
	}
	b.look()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go b.watch(ctx)

	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: 30 * time.Second}
	var acknowledged, asked atomic.Int64
	var wait sync.WaitGroup
	request := func(n int64) {
		defer wait.Done()
		asked.Add(1)
		response, err := b.send(func(base string) (*http.Response, error) {
			if n%2 == 0 {
				return client.Get(base + "/")
			}
			return client.PostForm(base+"/wejscie", url.Values{"email": {fmt.Sprintf("p%d@example.org", n)}})
		})
		if err != nil {
			t.Errorf("request %d: %v", n, err)
			return
		}
		response.Body.Close()
		switch {
		case n%2 == 0 && response.StatusCode == http.StatusOK:
		case n%2 == 1 && response.StatusCode == http.StatusSeeOther && strings.HasPrefix(response.Header.Get("Location"), "/wejscie/kod"):
			acknowledged.Add(1)
		default:
			t.Errorf("request %d: %s", n, response.Status)
		}
	}
	places := make(chan struct{}, 32)
	traffic := make(chan struct{})
	go func() {
		defer close(traffic)
		ticker := time.NewTicker(5 * time.Millisecond)
		defer ticker.Stop()
		for n := int64(0); ; n++ {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				select {
				case places <- struct{}{}:
					wait.Add(1)
					go func() { request(n); <-places }()
				default: // the machine cannot keep up with 200 a second; a pile would only test the pile
				}
			}
		}
	}()
	for _, old := range append([]*replica(nil), b.replicas...) {
		fresh := startReplica(t, database, data, "--drain", "300ms")
		b.mu.Lock()
		b.replicas = append(b.replicas, fresh)
		b.mu.Unlock()
		b.look()
		if took := old.stop(t); took > 10*time.Second {
			t.Errorf("a replica took %v to stop", took)
		}
		b.remove(old)
	}
	stop()
	<-traffic
	wait.Wait()

	db, err := store.Open(t.Context(), database, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	kept, err := store.One[int64](t.Context(), db, `SELECT count(*) FROM mail_outbox`)
	if err != nil {
		t.Fatal(err)
	}
	if kept < acknowledged.Load() || acknowledged.Load() == 0 {
		t.Errorf("%d were acknowledged, %d are kept", acknowledged.Load(), kept)
	}
	t.Logf("%d requests, %d acknowledged writes, %d kept", asked.Load(), acknowledged.Load(), kept)
}

// send tries the next replica only when one could not be reached at all: then
// nothing was sent, and doing so is safe for a form too. A connection that breaks
// later is an error.
func (b *balancer) send(ask func(base string) (*http.Response, error)) (*http.Response, error) {
	for {
		r := b.pick()
		response, err := ask("http://" + r.addr)
		var dial *net.OpError
		if err == nil || !errors.As(err, &dial) || dial.Op != "dial" {
			return response, err
		}
		b.mu.Lock()
		b.healthy[r] = false
		left := slices.Contains(slices.Collect(maps.Values(b.healthy)), true)
		b.mu.Unlock()
		if !left {
			return nil, err
		}
	}
}

func (b *balancer) remove(old *replica) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var left []*replica
	for _, r := range b.replicas {
		if r != old {
			left = append(left, r)
		}
	}
	b.replicas = left
}
