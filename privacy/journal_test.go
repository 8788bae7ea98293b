package privacy_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

var erasedAt = time.Date(2014, time.June, 13, 16, 0, 0, 0, time.UTC)

func TestJournalKeepsEachErasureOnce(t *testing.T) {
	j := privacy.Journal(filepath.Join(t.TempDir(), "erasures.log"))
	first, second := privacy.Entry{Person: store.NewID(), At: erasedAt}, privacy.Entry{Person: store.NewID(), At: erasedAt}
	for _, entries := range [][]privacy.Entry{{first}, {first, second}, {second}} {
		if err := j.Add(entries); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := j.Read(); err != nil || len(all) != 2 || all[0] != first || all[1] != second {
		t.Errorf("read %v, %v", all, err)
	}
}

// A line that was cut short is written once more, and not stuck to the next.
func TestJournalThatWasCutShortIsMended(t *testing.T) {
	path := filepath.Join(t.TempDir(), "erasures.log")
	j, first, second := privacy.Journal(path), privacy.Entry{Person: store.NewID(), At: erasedAt}, privacy.Entry{Person: store.NewID(), At: erasedAt}
	if err := j.Add([]privacy.Entry{first, second}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text[:len(text)-8], 0o600); err != nil {
		t.Fatal(err)
	}
	if all, err := j.Read(); err != nil || len(all) != 1 {
		t.Errorf("read %v, %v", all, err)
	}
	if err := j.Add([]privacy.Entry{first, second}); err != nil {
		t.Fatal(err)
	}
	if mended, err := os.ReadFile(path); err != nil || string(mended) != string(text) {
		t.Errorf("it holds %q, want %q, %v", mended, text, err)
	}
}

func TestWhatIsNoJournalIsRefusedWithItsLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "erasures.log")
	good := string(store.NewID()) + " 2014-06-13T16:00:00Z\n"
	for _, bad := range []string{"Jan Kowalski\n", string(store.NewID()) + " wczoraj\n", "\n", "\x00\x01\n"} {
		if err := os.WriteFile(path, []byte(good+bad+good), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := privacy.Journal(path).Read(); err == nil || !strings.Contains(err.Error(), "line 2: expected an id and a time") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func FuzzJournal(f *testing.F) {
	f.Add("018f3b6e-0000-7000-8000-000000000000 2014-06-13T16:00:00Z\n018f")
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "erasures.log")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		j := privacy.Journal(path)
		before, err := j.Read()
		if err != nil {
			return
		}
		more := privacy.Entry{Person: store.NewID(), At: erasedAt}
		if err := j.Add([]privacy.Entry{more}); err != nil {
			t.Fatal(err)
		}
		if after, err := j.Read(); err != nil || len(after) != len(before)+1 || after[len(before)] != more {
			t.Errorf("%d before, %d after, %v", len(before), len(after), err)
		}
	})
}
