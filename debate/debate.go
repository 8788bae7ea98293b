// Package debate is the room in which people say what they think: a question,
// short statements, and votes on them, from which the page of results tells
// what all share, where the sectors differ, and what they wrongly believe of one
// another.
//
// A Debate belongs to one programme. Whoever enters it gets a number and a
// sector (participant.go); statements are written before and during it
// (statement.go); votes and guesses go into one log that nothing joins with
// people (ballot.go). From that log, and from nothing else, a hall keeps the
// state of an open debate in memory (hall.go) and the result is computed
// (result.go). The arithmetic is that of package opinion.
package debate

import (
	"embed"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Messages are the words of this room.
//
//go:embed messages.*.toml
var Messages embed.FS

// Who may do what with a programme's debates.
var (
	// Preview lets the whole team see what is not open yet.
	Preview = access.Permission{Name: "debate.preview", Scope: access.InProgramme,
		Roles: []access.Role{access.Administrator, access.Manager, access.Editor, access.Facilitator, access.Assessor, access.Observer}}
	// Lead is for preparing, opening, moderating and closing.
	Lead = access.Permission{Name: "debate.lead", Scope: access.InProgramme,
		Roles: []access.Role{access.Administrator, access.Manager, access.Facilitator}}
)

// Entry is who may take part.
type Entry string

const (
	Accounts Entry = "accounts" // people who are signed in
	WithCode Entry = "code"     // whoever knows the code, with an account or without
	Anyone   Entry = "anyone"   // everybody, with an account or without
)

// Entries lists them in the order in which a form offers them.
var Entries = []Entry{Accounts, WithCode, Anyone}

// Moderation is when a statement of a participant is looked at.
type Moderation string

const (
	Before Moderation = "before" // it waits for a moderator
	After  Moderation = "after"  // it is shown at once, and may be taken back
)

// Reveal is when results are told.
type Reveal string

const (
	AtClose Reveal = "close" // own ones after the own answer, all at the close
	ByHand  Reveal = "hand"  // nothing before whoever leads the debate shows it, after the close
)

// State is where a debate stands; the clock opens and closes it.
//
//	draft ──publish──▶ coming ──its hour──▶ open ──its hour, or by hand──▶ over
type State string

const (
	Draft  State = "draft"
	Coming State = "coming"
	Open   State = "open"
	Over   State = "over"
)

// Limits on what people write, in characters, and on how many.
const (
	longestQuestion  = 200
	longestIntro     = 5_000
	longestStatement = 280
	mostStatements   = 1_000
)

// Terms are what whoever leads a debate decides about it.
type Terms struct {
	Question   string
	Intro      string // Markdown
	Language   string
	Event      store.ID // the event it belongs to, "" for none
	Entry      Entry
	Moderation Moderation
	Mirror     bool // a guess about another sector is asked after each vote
	OpensAt    store.Time
	ClosesAt   store.Time // zero: closed by hand
	Reveal     Reveal     // "": at the close
	Joined     Joined     // which sectors are told as one
	Embed      string     // sites that may show the results in a frame, one in a line
}

// Debate is one debate.
type Debate struct {
	ID             store.ID
	Programme      store.ID
	ProgrammeSlug  string
	ProgrammeTitle string
	Slug           string
	Code           string // with which phones enter
	Terms
	PublishedAt store.Time
	ClosedAt    store.Time // when its links to people were destroyed
	RevealedAt  store.Time // when results were shown by hand
	Revision    int64      // of what its pages show
	UpdatedAt   store.Time
	Version     int
}

// At tells where the debate stands at a moment.
func (d Debate) At(now time.Time) State {
	switch {
	case !d.ClosedAt.IsZero(), !d.PublishedAt.IsZero() && !d.ClosesAt.IsZero() && !now.Before(d.ClosesAt.Time):
		return Over
	case d.PublishedAt.IsZero():
		return Draft
	case now.Before(d.OpensAt.Time):
		return Coming
	}
	return Open
}

// Told reports whether everybody may see the full results: the debate is over
// and, where they are shown by hand, they were.
func (d Debate) Told(now time.Time) bool {
	return d.At(now) == Over && (d.Reveal != ByHand || !d.RevealedAt.IsZero())
}

// Path is the debate's address on this site.
func (d Debate) Path() string { return listPath(d.ProgrammeSlug) + "/" + d.Slug }

// statementPath is the address of one statement.
func (d Debate) statementPath(number int) string {
	return d.Path() + "/stwierdzenia/" + strconv.Itoa(number)
}

func (r Reveal) orDefault() Reveal {
	if r == "" {
		return AtClose
	}
	return r
}

func listPath(programme string) string { return "/programy/" + programme + "/debaty" }

// Check returns all mistakes of the terms beside their fields.
func (t Terms) Check() error {
	var m fault.Mistakes
	m.Check(t.Question != "", "question", "form.required")
	m.Check(utf8.RuneCountInString(t.Question) <= longestQuestion, "question", "form.too_long", "Max", longestQuestion)
	m.Check(utf8.RuneCountInString(t.Intro) <= longestIntro, "intro", "form.too_long", "Max", longestIntro)
	m.Check(t.Entry == Accounts || t.Entry == WithCode || t.Entry == Anyone, "entry", "form.not_offered")
	m.Check(t.Moderation == Before || t.Moderation == After, "moderation", "form.not_offered")
	m.Check(t.Reveal == "" || t.Reveal == AtClose || t.Reveal == ByHand, "reveal", "form.not_offered")
	m.Check(t.Joined.known(), "joined", "form.not_offered")
	m.Check(len(t.Embed) <= longestEmbed, "embed", "form.too_long", "Max", longestEmbed)
	if bad := badOrigin(t.Embed); bad != "" {
		m.Add("embed", "debate.embed.wrong", "Line", bad)
	}
	m.Check(!t.OpensAt.IsZero(), "opens_at", "form.required")
	m.Check(t.ClosesAt.IsZero() || t.OpensAt.Before(t.ClosesAt.Time), "closes_at", "debate.closes.before")
	return m.Err()
}

// sectorAt gives the place of a sector in ui.Sectors, -1 where it is none.
func sectorAt(s ui.Sector) int8 {
	for i, known := range ui.Sectors {
		if s == known {
			return int8(i)
		}
	}
	return -1
}
