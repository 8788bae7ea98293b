package opinion_test

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"

	"github.com/wspolnota/wspolnota/opinion"
)

// stream is made while it is read, and watches the memory meanwhile.
type stream struct {
	left    int
	make    func() []byte
	rest    []byte
	read    int
	peak    uint64
	checked int
}

func (s *stream) Read(p []byte) (int, error) {
	if s.left <= 0 {
		return 0, io.EOF
	}
	if len(s.rest) == 0 {
		s.rest = s.make()
	}
	n := copy(p, s.rest)
	s.rest, s.left, s.read = s.rest[n:], s.left-n, s.read+n
	if s.read-s.checked > 1<<22 {
		s.look()
	}
	return n, nil
}

func (s *stream) look() {
	s.checked = s.read
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	s.peak = max(s.peak, m.HeapInuse)
}

// TestRubbishIsRefusedInBoundedMemory reads a gigabyte of each kind with
// WSPOLNOTA_SOAK, and the first megabytes of it otherwise.
func TestRubbishIsRefusedInBoundedMemory(t *testing.T) {
	size := 24 << 20
	if os.Getenv("WSPOLNOTA_SOAK") != "" {
		size = 1 << 30
	}
	r := rand.New(rand.NewPCG(1, 1))
	noise := make([]byte, 1<<16)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	head := []byte("comment-id,voter-id,vote\n")
	after := func(first []byte, then func() []byte) func() []byte {
		return func() []byte {
			if first != nil {
				b := first
				first = nil
				return b
			}
			return then()
		}
	}
	person := 0
	for name, make := range map[string]func() []byte{
		"noise":                func() []byte { return noise },
		"one line":             func() []byte { return []byte("1111111111111111") },
		"a quotation":          after([]byte("comment-id,voter-id,vote\n1,\""), func() []byte { return []byte("text\ntext\n") }),
		"empty lines":          after(head, func() []byte { return []byte("\n\n\n\n\n\n\n\n") }),
		"ever more people":     after(head, func() []byte { person++; return fmt.Appendf(nil, "1,%d,1\n", person) }),
		"ever more statements": after(head, func() []byte { person++; return fmt.Appendf(nil, "%d,1,1\n", person) }),
		"ever more columns":    func() []byte { return []byte("vote,x,y,z,") },
		"people without votes": after([]byte("participant,n-agree,n-disagree,1\n"), func() []byte { person++; return fmt.Appendf(nil, "%d,0,0,\n", person) }),
	} {
		t.Run(name, func(t *testing.T) {
			s := &stream{left: size, make: make}
			_, err := opinion.Read("rubbish", s)
			s.look()
			var refused *opinion.InputError
			if !errors.As(err, &refused) {
				t.Errorf("not refused: %v", err)
			}
			if s.peak > 192<<20 {
				t.Errorf("took %d MB", s.peak>>20)
			}
			t.Logf("%v, after %d MB, %d MB of memory", err, s.read>>20, s.peak>>20)
		})
	}
}

// TestEndlessLogIsRefused reads one person voting for ever.
func TestEndlessLogIsRefused(t *testing.T) {
	if os.Getenv("WSPOLNOTA_SOAK") == "" {
		t.Skip("skipped: takes seconds; make soak runs it")
	}
	lines := append([]byte(nil), "comment-id,voter-id,vote\n"...)
	s := &stream{left: 1 << 30, make: func() []byte {
		b := lines
		lines = []byte("1,1,1\n1,1,-1\n1,2,0\n2,1,1\n")
		return b
	}}
	_, err := opinion.Read("rubbish", s)
	s.look()
	var refused *opinion.InputError
	if !errors.As(err, &refused) || s.peak > 128<<20 {
		t.Errorf("%v, %d MB of memory", err, s.peak>>20)
	}
}

// TestPackedRubbishIsRefused unpacks a bomb: a small gzip of endless nothing.
func TestPackedRubbishIsRefused(t *testing.T) {
	r, w := io.Pipe()
	go func() {
		z := gzip.NewWriter(w)
		zeros := make([]byte, 1<<20)
		for range 64 {
			if _, err := z.Write(zeros); err != nil {
				return // refused: nobody reads on
			}
		}
		w.CloseWithError(z.Close())
	}()
	_, err := opinion.Read("bomb.gz", r)
	r.Close()
	var refused *opinion.InputError
	if !errors.As(err, &refused) {
		t.Errorf("not refused: %v", err)
	}
}
