package programme

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Options are what the room needs of the installation.
type Options struct {
	Site   web.Site
	People *people.Service
	Outbox *mail.Outbox
	Files  blob.Store
	// Notices tells people what is decided about them; nil: nobody is told.
	Notices *notice.Center
}

// Service holds the verbs of the room.
type Service struct {
	db         *store.DB
	site       web.Site
	people     *people.Service
	outbox     *mail.Outbox
	files      blob.Store
	notices    *notice.Center
	openings   []OpeningWord
	blocks     []Block
	homeBlocks []HomeBlock
	snapshots  snapshots
	footer     footer
}

// Block is what another room shows on the page of a programme; a nil component
// is nothing.
type Block struct {
	Show func(ctx context.Context, p Programme) (templ.Component, error)
}

// HomeBlock is what another room shows on the home page.
type HomeBlock func(ctx context.Context) (templ.Component, error)

// New returns the room, takes over its letters, and tells people of the roles
// that it gives and of what concerns a person on their own page.
func New(db *store.DB, o Options) *Service {
	s := &Service{db: db, site: o.Site, people: o.People, outbox: o.Outbox, files: o.Files, notices: o.Notices,
		openings: slices.Clone(ownOpenings)}
	s.handleLetters()
	o.People.AddGranter(Grants)
	o.People.AddBlock(s.accountBlock)
	return s
}

// AddBlock puts what another room knows of a programme on its page.
func (s *Service) AddBlock(b Block) { s.blocks = append(s.blocks, b) }

// AddHomeBlock puts what another room knows on the home page.
func (s *Service) AddHomeBlock(b HomeBlock) { s.homeBlocks = append(s.homeBlocks, b) }

// AddOpening lets the phases of programmes open something in another room.
func (s *Service) AddOpening(o OpeningWord) { s.openings = append(s.openings, o) }

// publicOpenings are those that concern everybody who reads the page.
func (s *Service) publicOpenings() []OpeningWord {
	return slices.DeleteFunc(slices.Clone(s.openings), func(o OpeningWord) bool { return o.Team })
}

// changeVisible begins a change by somebody outside the team.
func (s *Service) changeVisible(ctx context.Context, tx *store.Tx, slug string) (Programme, error) {
	p, err := change(ctx, tx, slug)
	if err != nil {
		return Programme{}, err
	}
	return p, visible(access.From(ctx), p)
}

// NewProgramme is what it takes to begin one.
type NewProgramme struct {
	Title    string
	Summary  string
	Language lang.Language
	Owner    store.ID // organisation
	Manager  string   // e-mail of a person we know; "" for the actor
}

// Create begins a programme as a draft, with its first manager.
//
// Administrators may begin one for any organisation. Representatives may begin
// one for an organisation that was verified: the check of who they are has been
// made once, and is not made again for the programme.
func (s *Service) Create(ctx context.Context, n NewProgramme) (Programme, error) {
	actor := access.From(ctx)
	var p Programme
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		owner, err := mayOwn(ctx, tx, actor, n.Owner)
		if err != nil {
			return err
		}
		manager, err := firstManager(ctx, tx, actor, n.Manager)
		if err != nil {
			return err
		}
		slug, err := freeSlug(ctx, tx, lang.Slug(n.Title))
		if err != nil {
			return err
		}
		p = Programme{ID: store.NewID(), Slug: slug, Title: n.Title, Summary: n.Summary, Language: n.Language,
			Owner: owner, Manager: manager, Admission: AdmitAnyone, Sectors: sectors, State: Draft,
			UpdatedBy: actor.Person, Version: 1}
		if err := insert(ctx, tx, p); err != nil {
			return err
		}
		if err := index(ctx, tx, p); err != nil {
			return err
		}
		if err := noteWhole(ctx, tx, didCreate, p, nil); err != nil {
			return err
		}
		if err := waitState(ctx, tx, p); err != nil {
			return err
		}
		_, err = s.giveTo(ctx, tx, p, manager, access.Manager, actor.Person)
		return err
	})
	if store.IsUnique(err, "slug") {
		err = fault.Mistake("title", "programme.slug.taken")
	}
	return p, err
}

func mayOwn(ctx context.Context, tx *store.Tx, actor *access.Actor, owner store.ID) (store.ID, error) {
	o, err := organisation.ByID(ctx, tx, owner)
	if fault.Is(err, fault.KindNotFound) {
		return "", fault.Mistake("owner", "form.not_offered")
	}
	if err != nil {
		return "", err
	}
	if actor.Is(access.Administrator, "") {
		return o.ID, nil
	}
	if !actor.Is(access.Representative, string(o.ID)) || o.VerifiedAt.IsZero() {
		return "", fault.Forbidden()
	}
	return o.ID, nil
}

func firstManager(ctx context.Context, tx *store.Tx, actor *access.Actor, email string) (store.ID, error) {
	if email == "" {
		return actor.Person, nil
	}
	person, err := people.ByEmail(ctx, tx, email)
	if fault.Is(err, fault.KindNotFound) || err == nil && person.Blocked() {
		return "", fault.Mistake("manager", "programme.new.manager_unknown")
	}
	return person.ID, err
}

// freeSlug returns the slug, or the slug with the first number that nobody has.
func freeSlug(ctx context.Context, r store.Reader, slug string) (string, error) {
	if !checkSlug(slug) {
		slug = lang.Slug("program " + slug)
	}
	slug = strings.TrimRight(slug[:min(len(slug), longestSlug-4)], "-") // room for a number
	taken, err := store.All[string](ctx, r, `SELECT slug FROM programme WHERE slug LIKE $1 ESCAPE '\'`, store.Contains(slug)[1:])
	if err != nil {
		return "", err
	}
	free := slug
	for n := 2; slices.Contains(taken, free); n++ {
		free = slug + "-" + strconv.Itoa(n)
	}
	return free, nil
}

// Data are the particulars of a programme.
type Data struct {
	Title     string
	Summary   string
	Slug      string // changes only while nobody outside knows the address
	Language  lang.Language
	StartsAt  time.Time // first day
	LastDay   time.Time // zero for no end
	Areas     []string  // TERC
	Admission Admission
	Sectors   []string
}

// SaveData changes the particulars.
func (s *Service) SaveData(ctx context.Context, slug string, version int, d Data) (Programme, error) {
	if err := d.check(); err != nil {
		return Programme{}, err
	}
	p, err := s.save(ctx, slug, version, didData, func(tx *store.Tx, p *Programme, more *audit.Changes) error {
		if d.Slug != p.Slug && p.State != Draft {
			return fault.Mistake("slug", "programme.slug.fixed")
		}
		p.Title, p.Summary, p.Slug, p.Language = d.Title, d.Summary, d.Slug, d.Language
		p.StartsAt, p.EndsAt = store.At(d.StartsAt), afterDay(d.LastDay)
		p.Admission, p.Sectors = d.Admission, d.Sectors
		areas, err := areasOf(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		*more = areaChanges(areas, slices.Sorted(slices.Values(d.Areas)))
		return setAreas(ctx, tx, p.ID, d.Areas)
	})
	if store.IsUnique(err, "slug") {
		return Programme{}, fault.Mistake("slug", "programme.slug.taken")
	}
	return p, err
}

func (d Data) check() error {
	var m fault.Mistakes
	m.Check(checkSlug(d.Slug), "slug", "programme.slug.invalid")
	m.Check(len(d.Sectors) > 0, "sectors", "programme.data.no_sector")
	m.Check(d.LastDay.IsZero() || !d.LastDay.Before(d.StartsAt), "ends", "programme.ends_before_start")
	for _, code := range d.Areas {
		_, known := territory.ByTERC(code)
		m.Check(known, "areas", "form.not_offered")
	}
	return m.Err()
}

// SaveDescription changes the description, which is Markdown.
func (s *Service) SaveDescription(ctx context.Context, slug string, version int, text string) (Programme, error) {
	return s.save(ctx, slug, version, didDescription, func(_ *store.Tx, p *Programme, _ *audit.Changes) error {
		p.Description = text
		return nil
	})
}

// SaveFunder names who pays for the programme.
func (s *Service) SaveFunder(ctx context.Context, slug string, version int, funder, projectNumber string) (Programme, error) {
	return s.save(ctx, slug, version, didFunder, func(_ *store.Tx, p *Programme, _ *audit.Changes) error {
		p.Funder, p.ProjectNumber = funder, projectNumber
		return nil
	})
}

// SaveContact says which manager speaks for the programme and how to reach them.
// What is written here is public; the address of the account never is.
func (s *Service) SaveContact(ctx context.Context, slug string, version int, manager store.ID, email, phone string) (Programme, error) {
	return s.save(ctx, slug, version, didContact, func(tx *store.Tx, p *Programme, _ *audit.Changes) error {
		managers, err := peopleIn(ctx, tx, p.ID, access.Manager)
		if err != nil {
			return err
		}
		if !slices.Contains(managers, manager) {
			return fault.Mistake("manager", "form.not_offered")
		}
		if email != "" {
			if email, err = people.ParseEmail(email); err != nil {
				return fault.Mistake("contact_email", "people.email.invalid")
			}
		}
		p.Manager, p.ContactEmail, p.ContactPhone = manager, email, phone
		return nil
	})
}

// SaveOwner hands the programme to another organisation; administrators only.
func (s *Service) SaveOwner(ctx context.Context, slug string, version int, owner store.ID) (Programme, error) {
	if !access.From(ctx).Is(access.Administrator, "") {
		return Programme{}, fault.Forbidden()
	}
	return s.save(ctx, slug, version, didOwner, func(tx *store.Tx, p *Programme, _ *audit.Changes) (err error) {
		p.Owner, err = mayOwn(ctx, tx, access.From(ctx), owner)
		return err
	})
}

// save changes the programme itself, if it is still the version that the person
// saw, and notes the act. set may run more than once; what it changes outside the
// programme's own row it adds to the changes.
func (s *Service) save(ctx context.Context, slug string, version int, act string, set func(*store.Tx, *Programme, *audit.Changes) error) (Programme, error) {
	var p Programme
	err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
		if p, err = change(ctx, tx, slug); err != nil {
			return err
		}
		if p.Version != version {
			return fault.Conflict("fault.conflict")
		}
		path, before, more := p.Path(), p, audit.Changes(nil)
		if err := set(tx, &p, &more); err != nil {
			return err
		}
		p.UpdatedBy, p.UpdatedAt = access.From(ctx).Person, store.At(tx.Now())
		if err := update(ctx, tx, p); err != nil {
			return err
		}
		if err := search.Moved(ctx, tx, p.ID, path, p.Path()); err != nil {
			return err
		}
		if err := index(ctx, tx, p); err != nil {
			return err
		}
		if err := desk.Moved(ctx, tx, p.ID, p.Title, path, p.Path()); err != nil {
			return err
		}
		if err := waitState(ctx, tx, p); err != nil {
			return err
		}
		p.Version++
		return noteWhole(ctx, tx, act, p, append(changesOf(before, p), more...))
	})
	return p, err
}

// transitions are the changes of state that people may make.
var transitions = map[State][]State{
	Draft:     {Published},
	Published: {Archived, Draft},
	Archived:  {Published},
}

// SetState publishes a programme, archives it, or takes it back.
func (s *Service) SetState(ctx context.Context, slug string, version int, to State) (Programme, error) {
	p, err := s.save(ctx, slug, version, didState, func(tx *store.Tx, p *Programme, _ *audit.Changes) error {
		if !slices.Contains(transitions[p.State], to) {
			return fault.Conflict("programme.state.not_from_here")
		}
		if to == Published {
			phases, err := phasesOf(ctx, tx, p.ID)
			if err != nil {
				return err
			}
			if len(missing(*p, phases)) > 0 {
				return fault.Invalid("programme.state.incomplete")
			}
			if p.PublishedAt.IsZero() {
				p.PublishedAt = store.At(tx.Now())
			}
		}
		p.State = to
		return nil
	})
	if err == nil {
		s.footer.forget()
	}
	return p, err
}

// gap is something without which a programme is not shown to the public: the
// key of its words and the page on which it is filled in.
type gap struct{ Key, Page string }

func missing(p Programme, phases []Phase) []gap {
	var gaps []gap
	if p.Description == "" {
		gaps = append(gaps, gap{"programme.gap.description", "opis"})
	}
	if len(phases) == 0 {
		gaps = append(gaps, gap{"programme.gap.phases", "etapy"})
	}
	if p.ContactEmail == "" && p.ContactPhone == "" {
		gaps = append(gaps, gap{"programme.gap.contact", "zespol"})
	}
	return gaps
}

// inProgramme runs one change of something that belongs to a programme.
func (s *Service) inProgramme(ctx context.Context, slug string, do func(*store.Tx, Programme) error) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := change(ctx, tx, slug)
		if err != nil {
			return err
		}
		return do(tx, p)
	})
}

// footerLasts is how long the partners in the footer may be out of date: what
// another replica changed is shown here then.
const footerLasts = time.Minute

// A database that does not answer is asked again by one page in footerRetry, for
// footerPatience: all pages, also those of errors, wait for that one.
const (
	footerRetry    = 5 * time.Second
	footerPatience = time.Second
)

// footer keeps the partners that stand under every page.
type footer struct {
	mu    sync.Mutex
	until time.Time // links are shown till then, zero: they have to be read
	links []ui.Link
}

func (f *footer) forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.until = time.Time{}
}

// Partners lists who leads and supports the published programmes, for the footer
// of every page. It asks the database once a minute; when that fails, what was
// known before is better than no page.
func (s *Service) Partners(ctx context.Context) []ui.Link {
	f := &s.footer
	f.mu.Lock()
	defer f.mu.Unlock()
	now := s.db.Wall()
	if now.Before(f.until) {
		return f.links
	}
	// For everybody, not only for the person whose page it is.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), footerPatience)
	defer cancel()
	links, err := publicPartners(ctx, s.db)
	if err != nil {
		f.until = now.Add(footerRetry)
		return f.links
	}
	f.links, f.until = links, now.Add(footerLasts)
	return f.links
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("programme: %s: %w", what, err)
}
