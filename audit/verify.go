package audit

import (
	"context"
	"fmt"
	"slices"

	"github.com/wspolnota/wspolnota/store"
)

// Fault is what is wrong with the log at one place of the chain.
type Fault struct {
	Seq  int64
	What string // one of the constants below
}

// What can be wrong.
const (
	Missing  = "missing"  // the entry of this number is gone
	Altered  = "altered"  // the entry, or its place in the order, is not as it was sealed
	Details  = "details"  // the details are not those that were written
	Cut      = "cut"      // the chain ends before this number, at which it once ended
	Replaced = "replaced" // at this number the chain once had another seal
	Emptied  = "emptied"  // the details are gone, and they were about nobody who was erased
)

// mostFaults are reported; a log that is faulty at more places is no log.
const mostFaults = 100

// Report is what Verify found.
type Report struct {
	Head      Head
	Entries   int64      // sealed ones that are there
	Unsealed  int64      // written and not yet in the chain
	WaitsFrom store.Time // the oldest of those
	Erased    int64      // without details, which went with the person whom they were about
	Faults    []Fault

	emptied []entry
}

// Good reports whether nothing is wrong.
func (r Report) Good() bool { return len(r.Faults) == 0 }

func (r *Report) fault(seq int64, what string) {
	if len(r.Faults) < mostFaults {
		r.Faults = append(r.Faults, Fault{seq, what})
	}
}

// Verify recomputes the whole chain, and asks whether those whose details are
// gone were erased. Whoever can write to the database can also cut the chain and
// move its head; that is found by the heads which were known earlier: printed,
// mailed, kept in the log of another machine.
func (l *Log) Verify(ctx context.Context, known ...Head) (Report, error) {
	report, err := Verify(ctx, l.db, known...)
	if err != nil || l.Erased == nil || len(report.emptied) == 0 {
		return report, err
	}
	gone, err := l.Erased(ctx, l.db)
	if err != nil {
		return Report{}, fmt.Errorf("audit: verify: %w", err)
	}
	for _, e := range report.emptied {
		if !slices.Contains(gone, e.Subject) && !slices.Contains(gone, e.OnBehalf) {
			seq := int64(0)
			if e.Seq != nil {
				seq = *e.Seq
			}
			report.fault(seq, Emptied)
		}
	}
	return report, nil
}

// Verify is Log.Verify without the question who was erased.
func Verify(ctx context.Context, db *store.DB, known ...Head) (Report, error) {
	var report Report
	err := db.Read(ctx, func(tx *store.Tx) (err error) {
		report, err = verify(ctx, tx, known)
		return err
	})
	if err != nil {
		return Report{}, fmt.Errorf("audit: verify: %w", err)
	}
	return report, nil
}

func verify(ctx context.Context, tx *store.Tx, known []Head) (r Report, err error) {
	if r.Head, err = HeadOf(ctx, tx); err != nil {
		return r, err
	}
	walk := walk{report: &r, known: append([]Head{{Seq: r.Head.Seq, Seal: r.Head.Seal}}, known...)}
	for {
		entries, err := store.All[entry](ctx, tx, `SELECT `+columns+` FROM audit_entry
			WHERE seq > $1 ORDER BY seq LIMIT 1000`, walk.seq)
		if err != nil {
			return r, err
		}
		for _, e := range entries {
			walk.step(e)
		}
		if len(entries) < 1000 {
			break
		}
	}
	walk.end()
	return r, walk.waiting(ctx, tx)
}

// walk goes along the chain.
type walk struct {
	report *Report
	known  []Head
	seq    int64
	seal   string
}

func (w *walk) step(e entry) {
	missing := *e.Seq != w.seq+1
	for gone := w.seq + 1; gone < *e.Seq && len(w.report.Faults) < mostFaults; gone++ {
		w.report.fault(gone, Missing)
	}
	if !missing && (e.Seal == nil || *e.Seal != e.seal(*e.Seq, w.seal)) {
		w.report.fault(*e.Seq, Altered)
	}
	w.look(e, *e.Seq)
	w.report.Entries++
	w.seq, w.seal = *e.Seq, ""
	if e.Seal != nil {
		w.seal = *e.Seal
	}
	for _, k := range w.known {
		if k.Seq == w.seq && k.Seal != w.seal {
			w.report.fault(k.Seq, Replaced)
		}
	}
}

// look checks the details, which the chain knows by their digest.
func (w *walk) look(e entry, seq int64) {
	switch {
	case (e.Details == nil || e.Salt == nil) && e.Subject == "" && e.OnBehalf == "":
		w.report.fault(seq, Emptied)
	case e.Details == nil || e.Salt == nil:
		w.report.Erased++
		w.report.emptied = append(w.report.emptied, e)
	case digest(*e.Salt, *e.Details) != e.Digest:
		w.report.fault(seq, Details)
	}
}

func (w *walk) end() {
	for _, k := range w.known {
		if k.Seq > w.seq {
			w.report.fault(k.Seq, Cut)
		}
	}
}

// waiting looks at entries that are not sealed yet.
func (w *walk) waiting(ctx context.Context, tx *store.Tx) error {
	entries, err := store.All[entry](ctx, tx, `SELECT `+columns+` FROM audit_entry WHERE seq IS NULL ORDER BY at, id`)
	if err != nil {
		return err
	}
	for _, e := range entries {
		w.look(e, 0)
	}
	if w.report.Unsealed = int64(len(entries)); len(entries) > 0 {
		w.report.WaitsFrom = entries[0].At
	}
	return nil
}
