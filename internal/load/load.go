// Package load asks a server on this machine as fast as it answers, and says
// how fast that was. It is for benchmarks: one request is a few bytes written
// and an answer read, so that the generator takes little of the processors it
// shares with the server.
package load

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Target is what is asked, again and again.
type Target struct {
	Addr   string // 127.0.0.1:8080
	Path   string
	Cookie string // "" for a visitor
}

// Result is what was seen.
type Result struct {
	Requests  int
	PerSecond float64
	P50, P99  time.Duration
	Bytes     int // of one answer with its header
}

// Run keeps the connections busy for the given time. Any answer but 200 is an
// error: a server that refuses quickly must not look fast.
func Run(ctx context.Context, target Target, connections int, duration time.Duration) (Result, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		wait   sync.WaitGroup
		mu     sync.Mutex
		all    []time.Duration
		size   int
		failed error
	)
	began := time.Now()
	end := began.Add(duration)
	for range connections {
		wait.Go(func() {
			times, n, err := ask(ctx, target, end)
			mu.Lock()
			defer mu.Unlock()
			all = append(all, times...)
			size = max(size, n)
			if err != nil && failed == nil {
				failed = err
				cancel()
			}
		})
	}
	wait.Wait()
	took := time.Since(began)
	if failed != nil {
		return Result{}, failed
	}
	slices.Sort(all)
	return Result{Requests: len(all), PerSecond: float64(len(all)) / took.Seconds(),
		P50: percentile(all, 50), P99: percentile(all, 99), Bytes: size}, nil
}

func percentile(sorted []time.Duration, p int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, len(sorted)*p/100)]
}

// ask is one connection: request, answer, request, answer.
func ask(ctx context.Context, target Target, end time.Time) (times []time.Duration, size int, err error) {
	conn, err := net.Dial("tcp", target.Addr)
	if err != nil {
		return nil, 0, err
	}
	defer conn.Close()
	var request bytes.Buffer
	fmt.Fprintf(&request, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept-Language: pl\r\n", target.Path, target.Addr)
	if target.Cookie != "" {
		fmt.Fprintf(&request, "Cookie: %s\r\n", target.Cookie)
	}
	request.WriteString("\r\n")
	answers := bufio.NewReaderSize(conn, 64<<10)
	times = make([]time.Duration, 0, 1<<16)
	for ctx.Err() == nil {
		before := time.Now()
		if before.After(end) {
			break
		}
		if _, err := conn.Write(request.Bytes()); err != nil {
			return times, size, err
		}
		n, err := readAnswer(answers, target.Path)
		if err != nil {
			return times, size, err
		}
		size = n
		times = append(times, time.Since(before))
	}
	return times, size, nil
}

// readAnswer reads one answer whole; it must be a 200 of known length.
func readAnswer(r *bufio.Reader, path string) (size int, err error) {
	status, err := r.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200")) {
		return 0, fmt.Errorf("load: %s answers %s", path, strings.TrimSpace(string(status)))
	}
	size, length := len(status), -1
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		size += len(line)
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		if textproto.CanonicalMIMEHeaderKey(string(name)) == "Content-Length" {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, err
			}
		}
	}
	if length < 0 {
		return 0, fmt.Errorf("load: %s does not say how long its answer is", path)
	}
	if _, err := io.CopyN(io.Discard, r, int64(length)); err != nil {
		return 0, err
	}
	return size + length, nil
}
