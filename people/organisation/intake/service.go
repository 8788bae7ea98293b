package intake

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/sheet"
	"github.com/wspolnota/wspolnota/store"
)

// Options are what the room needs of others.
type Options struct {
	Organisations *organisation.Service
	// Programme returns the programme that an address names, if the reader may
	// see it.
	Programme func(ctx context.Context, slug string) (audit.Place, error)
	// InUse tells whether something of another room leads to an organisation,
	// which then stays when an import is taken back.
	InUse []func(ctx context.Context, r store.Reader, organisation store.ID) (bool, error)
}

// Service holds the verbs of the room.
type Service struct {
	Options
	db *store.DB
}

// New returns the room.
func New(db *store.DB, o Options) *Service { return &Service{Options: o, db: db} }

// Privacy says what the tables of the room have to do with people: a list names
// whom to reach. It is gone a month after it was brought.
var Privacy = []privacy.Rule{
	{
		Table: "organisation_import", Records: "intake.privacy.imports", Basis: privacy.PublicTask, Kept: privacy.Days(31, "created_at"),
		Links: []privacy.Link{privacy.DoneBy("created_by", "intake.privacy.brought", "created_at")},
		Plain: []string{"id", "programme", "file", "state"},
	},
	{
		Table: "organisation_import_row", Records: "intake.privacy.imports", Basis: privacy.PublicTask, // goes with its import
		Mentions: []string{"content"}, Plain: []string{"import", "verdict", "organisation"},
	},
}

// Audit names the acts of the room.
var Audit = audit.Room{Name: "intake", Title: "intake.audit.room", Acts: []audit.Word{
	{Name: didConfirm, Key: "intake.audit.confirmed", Public: true},
	{Name: didUndo, Key: "intake.audit.undone", Public: true},
}, Fields: map[string]string{"count": "intake.audit.count"}}

const (
	didConfirm = "intake.confirmed"
	didUndo    = "intake.undone"
)

// Prepare keeps a list with what would happen to each of its rows. Nothing else
// changes.
func (s *Service) Prepare(ctx context.Context, programme store.ID, file string, list sheet.Sheet) (store.ID, error) {
	i := Import{ID: store.NewID(), Programme: programme, File: file, State: Preview, CreatedBy: access.From(ctx).Person}
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		here, err := organisation.Identities(ctx, tx)
		if err != nil {
			return err
		}
		i.CreatedAt = store.At(tx.Now())
		if i.Rows, err = Judge(list, NewWords(ctx), here); err != nil {
			return err
		}
		return insert(ctx, tx, i)
	})
	return i.ID, err
}

// Confirm enters the organisations of all rows that were found new, all or none.
// A row that somebody registered meanwhile counts as being here.
func (s *Service) Confirm(ctx context.Context, programme, id store.ID) (entered int, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		i, err := find(ctx, tx, programme, id)
		if err != nil {
			return err
		}
		if err := move(ctx, tx, id, Preview, Confirmed); err != nil {
			return err
		}
		here, err := organisation.Identities(ctx, tx)
		if err != nil {
			return err
		}
		entered = 0
		for _, row := range again(i.Rows, here) {
			if row.Verdict == Fresh {
				if row.Organisation, err = s.enter(ctx, tx, row); err != nil {
					return fmt.Errorf("intake: row %d: %w", row.Number, err)
				}
				row.Verdict = Entered
				entered++
			}
			if err := setVerdict(ctx, tx, id, row); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, didConfirm, i, entered)
	})
	return entered, err
}

// again judges the rows that were found new once more.
func again(rows []Row, here []organisation.Identity) []Row {
	known := newKnown(here)
	for n := range rows {
		if rows[n].Verdict == Fresh {
			known.judge(&rows[n])
		}
	}
	return rows
}

func (s *Service) enter(ctx context.Context, tx *store.Tx, row Row) (store.ID, error) {
	o, err := s.Organisations.Enter(ctx, tx, row.Profile)
	if err == nil && row.Invite != "" {
		err = s.Organisations.Offer(ctx, tx, o.ID, row.Invite)
	}
	return o.ID, err
}

// Undo takes back, within a day, the organisations of an import that nobody has
// touched since. What stays is named by its rows.
func (s *Service) Undo(ctx context.Context, programme, id store.ID) (removed, kept int, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		i, err := find(ctx, tx, programme, id)
		if err != nil {
			return err
		}
		if !i.MayUndo(tx.Now()) {
			return fault.Closed("intake.too_late")
		}
		if err := move(ctx, tx, id, Confirmed, Undone); err != nil {
			return err
		}
		removed, kept = 0, 0
		for _, row := range i.Rows {
			if row.Verdict != Entered {
				continue
			}
			gone, err := s.takeBack(ctx, tx, row.Organisation)
			if err != nil {
				return fmt.Errorf("intake: row %d: %w", row.Number, err)
			}
			if row.Verdict = Kept; gone {
				row.Verdict = Removed
				removed++
			} else {
				kept++
			}
			if err := setVerdict(ctx, tx, id, row); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, didUndo, i, removed)
	})
	return removed, kept, err
}

func (s *Service) takeBack(ctx context.Context, tx *store.Tx, id store.ID) (bool, error) {
	for _, uses := range s.InUse {
		if used, err := uses(ctx, tx, id); err != nil || used {
			return false, err
		}
	}
	return s.Organisations.TakeBack(ctx, tx, id)
}

func (s *Service) note(ctx context.Context, tx *store.Tx, act string, i Import, n int) error {
	var c audit.Changes
	c.Text("count", "", fmt.Sprint(n))
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "import", Thing: i.ID, Title: i.File, Programme: i.Programme, Changes: c})
}
