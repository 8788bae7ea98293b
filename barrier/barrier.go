// Package barrier is the register of constraints of a programme: stereotypes,
// confused roles, risks, what the sectors have to learn from one another, and
// what else stands between them.
//
// A Barrier is held by sectors and is about sectors, never about a person: names
// in its words are asked about before anybody reads them (naming.go). Members of
// the programme propose and vote, the team moderates, gives the verdict after the
// discussion and names a response, who answers for it, and the day of the review.
// Service.Propose, Accept, Vote, Conclude, Respond and Review are the verbs;
// Service.Raise lets another room make a barrier of one of its things. How votes
// stay secret is told in vote.go.
package barrier

import (
	"database/sql/driver"
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Messages are the words of this room.
//
//go:embed messages.*.toml
var Messages embed.FS

// Who may do what with a programme's register. Proposing, voting and giving
// evidence are for those who take part in the programme: the verbs look.
var (
	// Preview lets the whole team read what waits to be accepted.
	Preview = access.Permission{Name: "barrier.preview", Scope: access.InProgramme,
		Roles: []access.Role{access.Administrator, access.Manager, access.Editor, access.Facilitator, access.Assessor, access.Observer}}
	// Keep is for accepting, verdicts, responses and reviews.
	Keep = access.Permission{Name: "barrier.keep", Scope: access.InProgramme,
		Roles: []access.Role{access.Administrator, access.Manager, access.Editor, access.Facilitator}}
)

// State is where a barrier stands before the public:
//
//	proposed ──accept──▶ registered ──review: gone──▶ registered, closed
//	  ▲    └──decline──▶ declined        └──withdraw──▶ withdrawn
//	  └──────revised by its author──┘
type State string

const (
	Proposed   State = "proposed"
	Registered State = "registered"
	Declined   State = "declined"
	Withdrawn  State = "withdrawn"
)

// Kind is a sort of constraint: one of ours, or one that a programme has added.
type Kind string

const (
	Stereotype    Kind = "stereotype"
	Role          Kind = "role"
	Risk          Kind = "risk"
	Learning      Kind = "learning" // what the sectors need to teach one another
	Communication Kind = "communication"
	Procedure     Kind = "procedure"
)

// Kinds are ours, in the order of every list.
var Kinds = []Kind{Stereotype, Role, Risk, Learning, Communication, Procedure}

// Added is a kind that a programme has added.
type Added struct {
	Slug  Kind
	Name  string
	About string
}

// Verdict is what the discussion came to.
type Verdict string

const (
	Unjudged  Verdict = ""
	Confirmed Verdict = "confirmed"
	Partly    Verdict = "partly"
	Refuted   Verdict = "refuted"
)

var verdicts = []string{string(Confirmed), string(Partly), string(Refuted)}

// Measure is how a programme answers a barrier.
type Measure string

// The first four are those of every risk register; the rest are forms of mutual
// education.
var measures = []string{"avoid", "reduce", "transfer", "accept",
	"training", "shadowing", "grant_day", "clinic", "settlement", "glossary", "office_map", "examples", "mentoring", "visit", "other"}

// Outcome is what a review found.
type Outcome string

const (
	Stands Outcome = "stands"
	Eased  Outcome = "eased"
	Gone   Outcome = "gone"
)

var outcomes = []string{string(Stands), string(Eased), string(Gone)}

// Limits on what people write, in characters.
const (
	longestStatement = 300
	longestDetail    = 3000
	longestPart      = 500 // cause, effect, signal
	longestNote      = 2000
	longestURL       = 500
	longestName      = 60
	mostKinds        = 20
	mostEvidence     = 100
)

// Scale of every vote and of probability and impact.
const (
	least = 1
	most  = 5
)

var languages = []string{"pl", "en"}

// Words are what people write into a barrier.
type Words struct {
	Kind        Kind
	HeldBy      Sectors // who thinks so, or meets it
	About       Sectors
	Language    string
	Statement   string
	Detail      string
	Cause       string // of a risk, as are all below
	Effect      string
	Signal      string
	Probability int // 1 to 5; 0: not assessed
	Impact      int
}

// Barrier is one constraint with where it stands.
type Barrier struct {
	ID             store.ID
	Programme      store.ID
	ProgrammeSlug  string
	ProgrammeTitle string
	Number         int
	Words
	State        State
	Reason       string
	Doubts       string // what seemed to name a person, for those who moderate
	Author       store.ID
	Verdict      Verdict
	VerdictNote  string
	VerdictAt    store.Time
	Measure      Measure
	Response     string
	Owner        store.ID // organisation that answers for the response; "" for the team
	OwnerName    string
	DueAt        store.Time // the first moment after the last day
	DoneAt       store.Time
	ReviewAt     store.Time // the first moment after the day of the review
	VotingEnded  store.Time
	ClosedAt     store.Time
	ProposedAt   store.Time
	RegisteredAt store.Time
	UpdatedAt    store.Time
	Version      int
}

// Path is the address of the barrier.
func (b Barrier) Path() string { return b.List() + "/" + strconv.Itoa(b.Number) }

// List is the address of the register.
func (b Barrier) List() string { return listPath(b.ProgrammeSlug) }

func listPath(programme string) string { return "/programy/" + programme + "/bariery" }

// VotingOpen reports whether members may vote.
func (b Barrier) VotingOpen() bool {
	return b.State == Registered && b.VotingEnded.IsZero() && b.ClosedAt.IsZero()
}

// ReviewLate reports whether the review should have been made.
func (b Barrier) ReviewLate(now time.Time) bool { return b.late(b.ReviewAt, now) }

// DueLate reports whether the response should have been carried out.
func (b Barrier) DueLate(now time.Time) bool { return b.DoneAt.IsZero() && b.late(b.DueAt, now) }

func (b Barrier) late(at store.Time, now time.Time) bool {
	return b.State == Registered && b.ClosedAt.IsZero() && !at.IsZero() && !now.Before(at.Time)
}

// assessed reports whether the barrier has a place in the matrix of risks.
func (b Barrier) assessed() bool { return b.Kind == Risk && b.Probability > 0 && b.Impact > 0 }

// Sectors is a small set of sectors in the order of ui.Sectors.
type Sectors []ui.Sector

// sectorsOf sorts and checks a set; a word that is no sector is left out.
func sectorsOf(names []string) Sectors {
	var s Sectors
	for _, sector := range ui.Sectors {
		if slices.Contains(names, string(sector)) {
			s = append(s, sector)
		}
	}
	return s
}

func (s Sectors) texts() []string {
	texts := make([]string, len(s))
	for i, sector := range s {
		texts[i] = string(sector)
	}
	return texts
}

func (s Sectors) Value() (driver.Value, error) { return strings.Join(s.texts(), ","), nil }

func (s *Sectors) Scan(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("barrier: cannot read sectors from %T", value)
	}
	*s = sectorsOf(strings.Split(text, ","))
	return nil
}

// check refuses words that cannot stand in the register. known tells the kinds
// of the programme.
func (w Words) check(known func(Kind) bool) error {
	var m fault.Mistakes
	m.Check(known(w.Kind), "kind", "form.choose")
	m.Check(w.Statement != "", "statement", "form.required")
	limit(&m, "statement", w.Statement, longestStatement)
	limit(&m, "detail", w.Detail, longestDetail)
	limit(&m, "cause", w.Cause, longestPart)
	limit(&m, "effect", w.Effect, longestPart)
	limit(&m, "signal", w.Signal, longestPart)
	m.Check(slices.Contains(languages, w.Language), "language", "form.not_offered")
	m.Check(w.Kind != Stereotype || len(w.HeldBy) > 0, "held_by", "barrier.held_by.needed")
	m.Check(w.Kind != Stereotype || len(w.About) > 0, "about", "barrier.about.needed")
	m.Check(inScale(w.Probability) && inScale(w.Impact), "probability", "form.not_offered")
	m.Check((w.Probability == 0) == (w.Impact == 0), "impact", "barrier.assess_both")
	return m.Err()
}

// inScale takes 0 for not assessed.
func inScale(n int) bool { return n == 0 || n >= least && n <= most }

func limit(m *fault.Mistakes, field, text string, max int) {
	m.Check(len([]rune(text)) <= max, field, "form.too_long", "Max", max)
}

// settled is the words as they are kept: what only a risk has is dropped from
// others.
func (w Words) settled() Words {
	if w.Kind != Risk {
		w.Cause, w.Effect, w.Signal, w.Probability, w.Impact = "", "", "", 0, 0
	}
	return w
}

// folded are all words as the register's own search compares them.
func (w Words) folded() string {
	return lang.Fold(strings.Join([]string{w.Statement, w.Detail, w.Cause, w.Effect, w.Signal}, "\n"))
}

// A last day is kept as the first moment after it, in Warsaw: a day there has
// 23 or 25 hours when the clocks change.
func afterDay(day time.Time) store.Time {
	if day.IsZero() {
		return store.Time{}
	}
	return store.At(day.In(lang.Warsaw).AddDate(0, 0, 1))
}

func lastDay(end store.Time) time.Time {
	if end.IsZero() {
		return time.Time{}
	}
	return end.In(lang.Warsaw).AddDate(0, 0, -1)
}
