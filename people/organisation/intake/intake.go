// Package intake brings a list of organisations into the platform: an office has
// it in a spreadsheet, and nobody types two hundred profiles.
//
// A manager uploads the list and sees, row by row, what will happen; Confirm does
// just that; within a day Undo takes back what nobody has touched since. Begin
// with Judge, which decides about the rows and touches nothing.
package intake

import (
	"strconv"
	"time"

	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/sheet"
	"github.com/wspolnota/wspolnota/store"
)

// Limits of one list. More is split: a preview of a thousand rows is the most
// that a person looks through.
var limits = sheet.Limits{Rows: 1000, Columns: 40, Letters: 10_000}

// undoWithin is how long an import can be taken back.
const undoWithin = 24 * time.Hour

// Verdict is what will happen, or has happened, to a row.
type Verdict string

const (
	Fresh    Verdict = "new"      // will be entered
	Here     Verdict = "here"     // is on the platform already
	Repeated Verdict = "repeated" // stands in the file twice
	Faulty   Verdict = "faulty"   // cannot be taken; the mistakes say why
	Entered  Verdict = "entered"
	Removed  Verdict = "removed" // by Undo
	Kept     Verdict = "kept"    // not removed by Undo, since somebody touched it
)

// Row is one line of the list and what is made of it.
type Row struct {
	Number       int
	Profile      organisation.Profile
	Invite       string // address of whoever should represent it, "" for nobody
	Verdict      Verdict
	Mistakes     []Mistake
	Organisation store.ID // that it became or is
	Same         int      // the row that it repeats
}

// Mistake is one thing wrong with a row, in a column of the file.
type Mistake struct {
	Column string
	Key    string
	Args   []any
}

// State of an import.
type State string

const (
	Preview   State = "preview"
	Confirmed State = "confirmed"
	Undone    State = "undone"
)

// Import is one list that was brought.
type Import struct {
	ID          store.ID
	Programme   store.ID
	File        string
	State       State
	CreatedBy   store.ID
	CreatedAt   store.Time
	ConfirmedAt store.Time
	Rows        []Row `db:"-"`
}

// MayUndo reports whether the import can still be taken back.
func (i Import) MayUndo(now time.Time) bool {
	return i.State == Confirmed && now.Before(i.ConfirmedAt.Add(undoWithin))
}

// Count tells how many rows have a verdict.
func (i Import) Count(v Verdict) (n int) {
	for _, row := range i.Rows {
		if row.Verdict == v {
			n++
		}
	}
	return n
}

// Judge decides about every row of a list: which profile it is, and what will
// happen to it beside the organisations that are here.
func Judge(s sheet.Sheet, words Words, here []organisation.Identity) ([]Row, error) {
	columns, err := words.columns(s.Head)
	if err != nil {
		return nil, err
	}
	known := newKnown(here)
	var rows []Row
	for _, line := range s.Rows {
		row := words.read(columns, line)
		if len(row.Mistakes) == 0 {
			known.judge(&row)
		} else {
			row.Verdict = Faulty
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// known finds organisations by what they are known by.
type known struct {
	byRegister, byNIP, byName map[string][]organisation.Identity
	row                       map[string]int // of identities that came from the file
}

func newKnown(here []organisation.Identity) *known {
	k := &known{map[string][]organisation.Identity{}, map[string][]organisation.Identity{}, map[string][]organisation.Identity{}, map[string]int{}}
	for _, identity := range here {
		k.add(identity)
	}
	return k
}

func (k *known) add(i organisation.Identity) {
	k.byName[i.NameKey] = append(k.byName[i.NameKey], i)
	if i.RegisterKey != "" {
		k.byRegister[i.RegisterKey] = append(k.byRegister[i.RegisterKey], i)
	}
	if i.NIP != "" {
		k.byNIP[i.NIP] = append(k.byNIP[i.NIP], i)
	}
}

// judge decides whether the organisation of a row is here, or stood in the file
// before.
func (k *known) judge(row *Row) {
	own := organisation.IdentityOf(row.Profile)
	for _, group := range [][]organisation.Identity{k.byRegister[own.RegisterKey], k.byNIP[own.NIP], k.byName[own.NameKey]} {
		for _, other := range group {
			if !other.Is(row.Profile) {
				continue
			}
			if other.ID == "" {
				row.Verdict, row.Same = Repeated, k.row[other.Slug]
			} else {
				row.Verdict, row.Organisation = Here, other.ID
			}
			return
		}
	}
	row.Verdict = Fresh
	own.Slug = strconv.Itoa(row.Number) // it has no address yet
	k.row[own.Slug] = row.Number
	k.add(own)
}
