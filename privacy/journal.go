package privacy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/store"
)

// Journal is the file that remembers who was erased, beside the database and out
// of every backup: when an older backup is restored, they are in it once more,
// and are erased again by this list. A line holds an id and a time and tells of
// nobody.
type Journal string

// Entry is one erasure.
type Entry struct {
	Person store.ID
	At     time.Time
}

// Read returns the entries; none where there is no file. A last line that was
// cut short, as by a full disk, is left out.
func (j Journal) Read() ([]Entry, error) {
	text, err := os.ReadFile(string(j))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("privacy: journal of erasures: %w", err)
	}
	var all []Entry
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		if !strings.HasSuffix(line, "\n") {
			break
		}
		e, err := parseEntry(line)
		if err != nil {
			return nil, fmt.Errorf("%s, line %d: expected an id and a time such as 2014-06-13T16:00:00Z: %w", j, n, err)
		}
		all = append(all, e)
	}
	return all, nil
}

func parseEntry(line string) (Entry, error) {
	id, at, _ := strings.Cut(strings.TrimSpace(line), " ")
	person, err := store.ParseID(id)
	if err != nil {
		return Entry{}, err
	}
	t, err := time.Parse(time.RFC3339, at)
	return Entry{person, t}, err
}

// Add appends the entries that the journal has not, and waits for the disk.
func (j Journal) Add(entries []Entry) error {
	known, err := j.Read()
	if err != nil {
		return err
	}
	has := map[store.ID]bool{}
	for _, e := range known {
		has[e.Person] = true
	}
	var lines strings.Builder
	for _, e := range entries {
		if !has[e.Person] {
			fmt.Fprintf(&lines, "%s %s\n", e.Person, e.At.UTC().Format(time.RFC3339))
		}
	}
	if lines.Len() == 0 {
		return nil
	}
	f, err := os.OpenFile(string(j), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(appendWhole(f, lines.String()), f.Sync(), f.Close())
}

// appendWhole writes behind the last whole line.
func appendWhole(f *os.File, text string) error {
	content, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	end := int64(strings.LastIndexByte(string(content), '\n') + 1)
	if err := f.Truncate(end); err != nil {
		return err
	}
	_, err = f.WriteAt([]byte(text), end)
	return err
}

// journaling is the job that writes the journal after an erasure is committed.
type journaling struct{}

func (journaling) Kind() string { return "privacy.journal" }

// Single: replicas that share the journal write it one after another.
func (journaling) Single() {}

// KeepJournal lets every erasure be written into the journal, and those that are
// missing in it at each start. Call it before the queue starts.
func (k *Keeper) KeepJournal(q *jobs.Queue, j Journal) {
	k.journal, k.queue = j, q
	jobs.Handle(q, func(ctx context.Context, _ journaling) error { return k.writeJournal(ctx) })
	jobs.AtStart(q, k.writeJournal)
}

func (k *Keeper) writeJournal(ctx context.Context) error {
	done, err := store.All[struct {
		Person store.ID
		DoneAt store.Time
	}](ctx, k.db, `SELECT person, done_at FROM privacy_erasure WHERE done_at IS NOT NULL ORDER BY done_at, person`)
	if err != nil {
		return fmt.Errorf("privacy: journal of erasures: %w", err)
	}
	entries := make([]Entry, len(done))
	for i, d := range done {
		entries[i] = Entry{d.Person, d.DoneAt.Time}
	}
	if err := k.journal.Add(entries); err != nil {
		return fmt.Errorf("privacy: journal of erasures: %w", err)
	}
	return nil
}

// EraseAgain erases everybody whom the journal names and the database still
// knows, as after restoring an older backup, and returns how many they were.
// Nothing holds it up: it was decided before.
func (k *Keeper) EraseAgain(ctx context.Context) (n int, err error) {
	entries, err := k.journal.Read()
	if err != nil {
		return 0, err
	}
	for _, e := range entries {
		again := false
		err := k.db.Write(ctx, func(tx *store.Tx) error {
			again, err = k.eraseAgain(ctx, tx, e)
			return err
		})
		if err != nil {
			return n, fmt.Errorf("privacy: erase again: %w", err)
		}
		if again {
			n++
		}
	}
	return n, nil
}

func (k *Keeper) eraseAgain(ctx context.Context, tx *store.Tx, e Entry) (bool, error) {
	_, err := find(ctx, tx, e.Person)
	if fault.Is(err, fault.KindNotFound) { // erased in this backup, or not yet born
		return false, nil
	}
	if err == nil {
		_, err = tx.Exec(ctx, `INSERT INTO privacy_erasure (person, asked_at) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING`,
			e.Person, store.At(e.At))
	}
	if err == nil {
		err = k.erase(ctx, tx, e.Person)
	}
	return err == nil, err
}
