package pabulib_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/choice/pabulib"
)

// FuzzRead: whatever the bytes, Read gives a file or an Error with a line, and
// what it accepts comes back the same after it was written.
func FuzzRead(f *testing.F) {
	f.Add([]byte(meadow))
	f.Add([]byte("\ufeff" + strings.ReplaceAll(meadow, "\n", "\r\n")))
	f.Add([]byte(strings.NewReplacer("approval", "cumulative", "age", "points", "31", "1,2", "40-59", "3", "v3;a,7;", "v3;a,7;0,1").Replace(meadow)))
	f.Add([]byte(strings.Replace(meadow, "approval", "ordinal", 1)))
	f.Add([]byte("META\nkey;value\nbudget;1\nvote_type;scoring\ndefault_score;2\nPROJECTS\nproject_id;cost\n\"a\";1\nVOTES\nvoter_id;vote;points\n1;a;7"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := pabulib.Read(bytes.NewReader(data), pabulib.Options{})
		if err != nil {
			if at := new(pabulib.Error); !errors.As(err, &at) || at.Line < 1 {
				t.Fatalf("no line in %v", err)
			}
			return
		}
		var out bytes.Buffer
		if err := write(&out, bytes.NewReader(data)); err != nil {
			return // an id that cannot stand in a list
		}
		again, err := pabulib.Read(bytes.NewReader(out.Bytes()), pabulib.Options{})
		if err != nil {
			t.Fatalf("own file refused: %v\n%s", err, out.Bytes())
		}
		if !slices.Equal(ballots(again), ballots(file)) {
			t.Fatalf("%v became %v", ballots(file), ballots(again))
		}
	})
}
