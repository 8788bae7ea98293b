package browser

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Site is the program under test, running.
type Site struct {
	Address string            // http://127.0.0.1:PORT
	Links   map[string]string // role to sign-in address
	log     *lockedBuffer
	printed chan struct{} // closed when all links are known
	reading sync.Mutex
	read    map[string]int // address to the number of the last letter given
}

// Log returns what the program has logged so far.
func (s *Site) Log() string { return s.log.String() }

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// repository is the top of the source tree, above the package whose tests run.
func repository() string {
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	return "."
}

var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "wspolnota-binary-")
	if err != nil {
		return "", err
	}
	stop = append(stop, func() { os.RemoveAll(dir) })
	path := filepath.Join(dir, "wspolnota")
	command := exec.Command("go", "build", "-o", path, "./cmd/wspolnota")
	command.Dir = repository()
	if out, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

var demo struct {
	once sync.Once
	site *Site
	err  error
}

// Demo returns the running demo. All tests of a process share one, so a test
// changes only what it has made itself, or what no other test looks at.
func Demo(t testing.TB) *Site {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: -short leaves the browser out")
	}
	chromium(t)
	demo.once.Do(func() { demo.site, demo.err = start("demo", "--at", "2014-12-05") })
	if demo.err != nil {
		t.Fatal(demo.err)
	}
	return demo.site
}

// Own starts a demo that belongs to this test alone.
func Own(t testing.TB, args ...string) *Site {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: -short leaves the browser out")
	}
	site, err := start(append([]string{"demo"}, args...)...)
	check(t, err)
	return site
}

func start(args ...string) (*Site, error) {
	path, err := binary()
	if err != nil {
		return nil, err
	}
	data, err := os.MkdirTemp("", "wspolnota-data-")
	if err != nil {
		return nil, err
	}
	addr, err := spareAddress()
	if err != nil {
		return nil, err
	}
	site := &Site{Address: "http://" + addr, Links: map[string]string{}, log: &lockedBuffer{}, printed: make(chan struct{}), read: map[string]int{}}
	command := exec.Command(path, append(args, "--addr", addr, "--data", data, "--development",
		"--codes-per-network", "10000")...)
	command.Stderr = site.log
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	stop = append(stop, func() {
		command.Process.Signal(syscall.SIGTERM)
		command.Wait()
		os.RemoveAll(data)
	})
	go site.readLinks(out)
	if err := site.wait(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, site.Log())
	}
	return site, nil
}

func spareAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// readLinks takes the sign-in links from what the demo prints: lines that end
// in an address with the role in it. The line about how to stop is the last.
func (s *Site) readLinks(out io.Reader) {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "Ctrl+C") {
			close(s.printed)
		}
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 {
			continue
		}
		link := fields[len(fields)-1]
		if _, role, found := strings.Cut(link, "/demo/wejscie/"); found {
			role, _, _ = strings.Cut(role, "?")
			s.Links[role] = link
		}
	}
}

// Link returns the sign-in address of a role.
func (s *Site) Link(t testing.TB, role string) string {
	t.Helper()
	if s.Links[role] == "" {
		t.Fatalf("the demo prints no link for %q: %v", role, s.Links)
	}
	return s.Links[role]
}

func (s *Site) wait() error {
	deadline := time.Now().Add(time.Minute)
	for time.Now().Before(deadline) {
		if response, err := http.Get(s.Address + "/readyz"); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				<-s.printed
				return nil
			}
		}
		<-time.After(20 * time.Millisecond) // another process: there is nothing to wait on but its answer
	}
	return fmt.Errorf("%s does not answer", s.Address)
}
