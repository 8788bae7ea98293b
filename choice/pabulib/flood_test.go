package pabulib_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"runtime"
	"strconv"
	"testing"

	"github.com/wspolnota/wspolnota/choice/pabulib"
)

// flood is a stream that begins like a file and then goes on with rubbish.
type flood struct {
	head string
	row  func(b []byte, n int) []byte
	n    int
	left int64
	text []byte
	rest []byte
}

func (f *flood) Read(p []byte) (int, error) {
	if f.left <= 0 {
		return 0, io.EOF
	}
	if len(f.rest) == 0 {
		f.text = append(f.text[:0], f.head...)
		f.head = ""
		for len(f.text) < 1<<15 {
			f.text = f.row(f.text, f.n)
			f.n++
		}
		f.rest = f.text
	}
	n := copy(p, f.rest)
	f.rest, f.left = f.rest[n:], f.left-int64(n)
	return n, nil
}

// always is a row that is the same each time, numbered one that is not.
func always(row string) func([]byte, int) []byte {
	return func(b []byte, _ int) []byte { return append(b, row...) }
}

func numbered(before, after string) func([]byte, int) []byte {
	return func(b []byte, n int) []byte {
		return append(strconv.AppendInt(append(b, before...), int64(n), 10), after...)
	}
}

const (
	toProjects = "META\nkey;value\nbudget;1\nvote_type;approval\nPROJECTS\nproject_id;cost\n"
	toVotes    = toProjects + "a;1\nVOTES\nvoter_id;vote\n"
)

// TestFloodOfRubbishIsRefusedInLittleMemory sends a gigabyte under
// WSPOLNOTA_SOAK, otherwise ten megabytes.
func TestFloodOfRubbishIsRefusedInLittleMemory(t *testing.T) {
	size := int64(10 << 20)
	if os.Getenv("WSPOLNOTA_SOAK") != "" {
		size = 1 << 30
	}
	noise := string(bytes.Repeat([]byte("zß;,\"\"x "), 512))
	for name, f := range map[string]*flood{
		"no line ends":     {row: always(noise)},
		"one endless cell": {head: toVotes + "1;\"", row: always("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n")},
		"doubled marks":    {head: toVotes + "1;\"", row: always("\"\"\"\"\n")},
		"endless META":     {head: "META\nkey;value\n", row: numbered("key", ";value\n")},
		"endless PROJECTS": {head: toProjects, row: numbered("p", ";1\n")},
		"endless columns":  {head: "META\nkey;value\n", row: always("a;b;c;")},
		"votes of noise":   {head: toVotes, row: numbered("", ";;;;a;;b\n")},
	} {
		t.Run(name, func(t *testing.T) {
			f.left = size
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := pabulib.Read(f, pabulib.Options{})
			runtime.ReadMemStats(&after)
			if at := new(pabulib.Error); !errors.As(err, &at) {
				t.Fatalf("got %v, want a refusal with its line", err)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 16<<20 {
				t.Errorf("%d MB allocated until the refusal", used>>20)
			}
			t.Log(err)
		})
	}
}

// TestFloodOfVotesTakesLittleMemory reads ballots that are all wrong but can be
// counted: problems are kept up to a number, equal ballots are one.
func TestFloodOfVotesTakesLittleMemory(t *testing.T) {
	size := int64(4 << 20)
	if os.Getenv("WSPOLNOTA_SOAK") != "" {
		size = 1 << 30
	}
	f := &flood{head: toVotes, row: always("7;a,a,zz,a\n"), left: size}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	file, err := pabulib.Read(io.MultiReader(f, bytes.NewReader([]byte("\n"))), pabulib.Options{})
	runtime.ReadMemStats(&after)
	if at := new(pabulib.Error); err != nil && !errors.As(err, &at) { // the last line may be cut
		t.Fatal(err)
	}
	if err == nil && (len(file.Problems.First) != 100 || file.Ballots.Distinct() > 3) {
		t.Errorf("%d problems kept, %d different ballots", len(file.Problems.First), file.Ballots.Distinct())
	}
	if grown := int64(after.HeapInuse) - int64(before.HeapInuse); grown > 32<<20 {
		t.Errorf("heap grew by %d MB", grown>>20)
	}
}

// TestPackedRubbishIsRefusedWhereItEnds: a small file that unpacks to a large
// one is no more dangerous than the large one.
func TestPackedRubbishIsRefusedWhereItEnds(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := io.Copy(w, io.LimitReader(&flood{row: always("aaaaaaaa"), left: 1 << 40}, 20<<20)); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if _, err := pabulib.Read(&packed, pabulib.Options{}); err == nil || err.Error() != "line 1: longer than 1048576 bytes; expected a row of a .pb file" {
		t.Errorf("got %v", err)
	}
}
