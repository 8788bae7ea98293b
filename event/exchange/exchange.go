// Package exchange is mutual education: organisations of one sector offer to
// show another what they know, say what they would like to learn, are brought
// together, and the pair that both sides accept becomes an event.
//
// An Entry is an offer or a need; Match (match.go) proposes pairs, a function of
// what it is given and nothing else. Service.Enter, Propose, Accept and Decline
// are the verbs.
package exchange

import (
	"context"
	"database/sql/driver"
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// Side tells an offer from a need.
type Side string

const (
	Offer Side = "offer"
	Need  Side = "need"
)

// Formats are the kinds of events that an exchange becomes.
var Formats = []event.Kind{event.Shadowing, event.Clinic, event.Settlement, event.Mentoring}

// Topics are what organisations teach one another, as marks whose words stand
// under event.exchange.topic.
var Topics = []string{"applications", "settlements", "procedures", "consultations", "initiatives", "volunteers", "finances", "language"}

// Limits on what people write, in characters.
const (
	longestText   = 2000
	longestTerms  = 500
	longestReason = 500
	mostPlaces    = 20
)

// Words are marks out of a short list, kept as one text with a space around
// each, so that SQL finds one by " mark ".
type Words []string

// Value writes the marks in their order.
func (w Words) Value() (driver.Value, error) {
	if len(w) == 0 {
		return "", nil
	}
	return " " + strings.Join(w, " ") + " ", nil
}

// Scan reads them back.
func (w *Words) Scan(value any) error {
	switch v := value.(type) {
	case string:
		*w = strings.Fields(v)
	case []byte:
		*w = strings.Fields(string(v))
	default:
		return fmt.Errorf("exchange: cannot read marks from %T", value)
	}
	return nil
}

// common are the marks that both have, in the order of the first.
func (w Words) common(other Words) (both Words) {
	for _, word := range w {
		if slices.Contains(other, word) {
			both = append(both, word)
		}
	}
	return both
}

// Entry is an offer or a need of an organisation.
type Entry struct {
	ID               store.ID
	Programme        store.ID
	ProgrammeSlug    string
	ProgrammeTitle   string
	Language         string // of the programme
	Organisation     store.ID
	OrganisationName string
	Sector           organisation.Sector
	Side             Side
	Formats          Words // out of Formats
	Topics           Words // out of Topics
	Text             string
	Terms            string
	Places           int    // with how many others; a need looks for one
	TERC             string `db:"terc"` // where, "" for anywhere
	Open             bool
	Veiled           bool // moderation does not show it
	CreatedAt        store.Time
	CreatedBy        store.ID
	UpdatedAt        store.Time
	Version          int
}

// words are all that people wrote.
func (e Entry) words() string { return strings.TrimSpace(e.Text + "\n\n" + e.Terms) }

// Path is the entry's address on this site.
func (e Entry) Path() string { return listPath(e.ProgrammeSlug) + "/" + string(e.ID) }

func listPath(programme string) string { return "/programy/" + programme + "/wymiana" }

func formatMarks() []string {
	marks := make([]string, len(Formats))
	for i, f := range Formats {
		marks[i] = string(f)
	}
	return marks
}

func (e Entry) check() error {
	var m fault.Mistakes
	m.Check(e.Side == Offer || e.Side == Need, "side", "form.choose")
	m.Check(e.Organisation != "", "organisation", "form.choose")
	m.Check(len(e.Formats) > 0, "formats", "form.choose")
	m.Check(!slices.ContainsFunc(e.Formats, func(f string) bool { return !slices.Contains(formatMarks(), f) }), "formats", "form.not_offered")
	m.Check(len(e.Topics) > 0, "topics", "form.choose")
	m.Check(!slices.ContainsFunc(e.Topics, func(t string) bool { return !slices.Contains(Topics, t) }), "topics", "form.not_offered")
	m.Check(e.Text != "", "text", "form.required")
	m.Check(len([]rune(e.Text)) <= longestText, "text", "form.too_long", "Max", longestText)
	m.Check(len([]rune(e.Terms)) <= longestTerms, "terms", "form.too_long", "Max", longestTerms)
	m.Check(e.Places >= 1 && e.Places <= mostPlaces, "places", "form.out_of_range", "Min", 1, "Max", mostPlaces)
	_, known := territory.ByTERC(e.TERC)
	m.Check(e.TERC == "" || known, "terc", "form.not_offered")
	return m.Err()
}

// PairState is where a pair stands:
//
//	proposed ──both sides accept──▶ agreed, and an event is drafted
//	    └──────one side declines──▶ declined
type PairState string

const (
	Proposed PairState = "proposed"
	Agreed   PairState = "agreed"
	Declined PairState = "declined"
)

// Pair is an offer and a need that go together.
type Pair struct {
	ID        store.ID
	Programme store.ID
	Offer     store.ID
	Need      store.ID
	Format    event.Kind
	State     PairState
	OfferBy   store.ID // who accepted for the offer, "" for nobody yet
	NeedBy    store.ID
	Reason    string
	Event     store.ID
	EventPath string
	At        store.Time
	StateAt   store.Time

	OfferOrganisation, NeedOrganisation store.ID
	OfferName, NeedName                 string
}

// accepted reports whether a side has said yes.
func (p Pair) accepted(s Side) bool {
	return s == Offer && p.OfferBy != "" || s == Need && p.NeedBy != ""
}

func formatName(ctx context.Context, format string) string {
	return lang.T(ctx, "event.exchange.format."+format)
}

func topicName(ctx context.Context, topic string) string {
	return lang.T(ctx, "event.exchange.topic."+topic)
}
