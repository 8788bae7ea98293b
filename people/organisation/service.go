package organisation

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation/register"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
)

// Options are what the room needs of the installation.
type Options struct {
	Site   web.Site
	Outbox *mail.Outbox
	People *people.Service
	Trace  *trace.Service // nil: organisations have no thread
	// Moderation looks at what organisations say of themselves; nil: nobody does.
	Moderation *moderation.Service
}

// Service holds the verbs of the room.
type Service struct {
	Options
	db *store.DB
}

// New returns the room and tells people what it adds to accounts: roles, a block
// on the person's own page, a door for administrators.
func New(db *store.DB, o Options) *Service {
	s := &Service{Options: o, db: db}
	o.People.AddGranter(Grants)
	o.People.AddBlock(s.block)
	o.People.AddDoor(people.Door{Href: "/administracja/organizacje", Title: "organisation.admin.title", Text: "organisation.admin.door"})
	s.handleLetters()
	return s
}

// Taken is the refusal of an entry of a register that another organisation here
// has already. The person is probably its colleague and may ask to join it.
type Taken struct {
	Organisation Organisation
	cause        error
}

func (t *Taken) Error() string {
	return "taken by " + string(t.Organisation.ID) + ": " + t.cause.Error()
}

func (t *Taken) Unwrap() error { return t.cause }

// taken tells the failure of a unique key from other errors, and finds who has
// the key.
func (s *Service) taken(ctx context.Context, p Profile, err error) error {
	if !store.IsUnique(err, "register_key") {
		return err
	}
	other, err := byRegisterKey(ctx, s.db, p.registerKey())
	if err != nil {
		return err
	}
	return &Taken{Organisation: other, cause: fault.Mistake(p.registerField(), "organisation.taken", "Name", other.Name)}
}

// registerField is the field in which the entry of the register was typed.
func (p Profile) registerField() string {
	switch {
	case p.Kind.Office():
		return "municipality"
	case p.Register == register.CEIDG:
		return "nip"
	}
	return "register_number"
}

// mostSlugAttempts bounds how often two people who found organisations of one
// name at one moment try for an address.
const mostSlugAttempts = 5

// Register founds an organisation here; the actor becomes its representative.
// An entry of a register that is here already is refused with Taken.
func (s *Service) Register(ctx context.Context, p Profile) (Organisation, error) {
	p, err := p.Check()
	if err != nil {
		return Organisation{}, err
	}
	for range mostSlugAttempts {
		var o Organisation
		err = s.db.Write(ctx, func(tx *store.Tx) (err error) {
			o, err = s.found(ctx, tx, p, access.From(ctx).Person)
			return err
		})
		if err == nil {
			return o, nil
		}
		if !store.IsUnique(err, "slug") {
			break
		}
	}
	return Organisation{}, fmt.Errorf("organisation: register: %w", s.taken(ctx, p, err))
}

func (s *Service) found(ctx context.Context, tx *store.Tx, p Profile, by store.ID) (Organisation, error) {
	const today = `SELECT count(*) FROM organisation WHERE created_by = $1 AND created_at > $2`
	if err := sparing(ctx, tx, today, by, foundedPerDay); err != nil {
		return Organisation{}, err
	}
	o, err := add(ctx, tx, p, by)
	if err != nil {
		return Organisation{}, err
	}
	if err := appoint(ctx, tx, o.ID, by, Appointment{Role: access.Representative}, by); err != nil {
		return Organisation{}, err
	}
	if err := s.acceptWords(ctx, tx, Profile{}, o); err != nil {
		return Organisation{}, err
	}
	return o, note(ctx, tx, didRegister, o.ID, "", true, nil, "")
}

// add writes a new organisation with its empty papers.
func add(ctx context.Context, tx *store.Tx, p Profile, by store.ID) (Organisation, error) {
	slug, err := freeSlug(ctx, tx, p.Name)
	if err != nil {
		return Organisation{}, err
	}
	now := store.At(tx.Now())
	o := Organisation{ID: store.NewID(), Slug: slug, Profile: p, Sector: p.Kind.Sector(), Language: lang.From(ctx),
		CreatedAt: now, UpdatedAt: now, UpdatedBy: by, Version: 1}
	if err := insert(ctx, tx, o, by); err != nil {
		return Organisation{}, err
	}
	if err := index(ctx, tx, o); err != nil {
		return Organisation{}, err
	}
	if err := waitCheck(ctx, tx, o); err != nil {
		return Organisation{}, err
	}
	return o, insertPapers(ctx, tx, o.ID, by)
}

// Change writes a new profile over the version that the person had seen. What
// an administrator has verified is lost with the entry it was about.
func (s *Service) Change(ctx context.Context, id store.ID, version int, p Profile) error {
	p, err := p.Check()
	if err != nil {
		return err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		o, err := ByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if !o.sameIdentity(p) {
			o.VerifiedAt = store.Time{}
		}
		before, changes := o.Profile, changesOf(o.Profile, p)
		o.Profile, o.Sector = p, p.Kind.Sector()
		if err := update(ctx, tx, o, version, access.From(ctx).Person); err != nil {
			return err
		}
		if err := s.acceptWords(ctx, tx, before, o); err != nil {
			return err
		}
		if err := desk.Moved(ctx, tx, o.ID, o.Name, "", ""); err != nil {
			return err
		}
		if err := waitCheck(ctx, tx, o); err != nil {
			return err
		}
		return note(ctx, tx, didChange, o.ID, "", false, changes, "")
	})
	if err != nil {
		return fmt.Errorf("organisation: change %s: %w", id, s.taken(ctx, p, err))
	}
	return nil
}

// ChangePapers writes new papers over the version that the person had seen.
func (s *Service) ChangePapers(ctx context.Context, p Papers) error {
	p, err := p.Check()
	if err != nil {
		return err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		before, err := PapersOf(ctx, tx, p.Organisation)
		if err != nil {
			return err
		}
		if err := updatePapers(ctx, tx, p, access.From(ctx).Person); err != nil {
			return err
		}
		return note(ctx, tx, didPapers, p.Organisation, "", false, paperChanges(before, p), "")
	})
	if err != nil {
		return fmt.Errorf("organisation: change papers of %s: %w", p.Organisation, err)
	}
	return nil
}

// Verify notes that an administrator has compared this version of the
// organisation with its register.
func (s *Service) Verify(ctx context.Context, id store.ID, version int, note string) error {
	return s.judge(ctx, id, version, true, note)
}

// Return sends the organisation back to its people with a note of what has to be
// mended; it is not verified any more, if it was.
func (s *Service) Return(ctx context.Context, id store.ID, version int, note string) error {
	if note == "" {
		return fault.Mistake("note", "form.required")
	}
	return s.judge(ctx, id, version, false, note)
}

func (s *Service) judge(ctx context.Context, id store.ID, version int, good bool, words string) error {
	if err := tooLong("note", words, maxReason); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		var verified store.Time
		did := didReturn
		if good {
			verified, did = store.At(tx.Now()), didVerify
		}
		if err := updateVerification(ctx, tx, id, version, verified, words, access.From(ctx).Person); err != nil {
			return err
		}
		if err := waitJudged(ctx, tx, id, good); err != nil {
			return err
		}
		return note(ctx, tx, did, id, "", false, nil, words)
	})
}

func tooLong(field, text string, most int) error {
	if utf8.RuneCountInString(text) > most {
		return fault.Mistake(field, "form.too_long", "Max", most)
	}
	return nil
}

// takenBy returns the organisation inside a refusal, if it is one of that kind.
func takenBy(err error) (Organisation, bool) {
	var t *Taken
	if errors.As(err, &t) {
		return t.Organisation, true
	}
	return Organisation{}, false
}
