// Package feedback asks people after an event what they thought of it, and
// tells everybody what they said without telling who said it.
//
// Answers are anonymous by construction: each has a random id and no time,
// nothing binds it to a person or to the other answers of the same sheet, and who
// has answered stands apart. Of a person an answer keeps their sector alone, and
// that only where at least Least people of the sector took part. Results are
// shown once the form is closed, never while it moves, so that no two looks can
// be subtracted. Service.Prepare, Answer and Results are where to begin.
package feedback

import (
	"context"
	"database/sql/driver"
	"embed"
	"encoding/json"
	"fmt"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/foresight/delphi"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// Least is how many people must stand behind a number that is shown.
const Least = delphi.LeastShown

// Points is the scale of every question: 1 is "not at all", 5 "entirely".
var Points = delphi.Scale{Min: 1, Max: 5}

// Kind is how a question is answered.
type Kind string

const (
	Scale Kind = "scale"
	Open  Kind = "text"
)

// Other is the class of those whose sector had too few people at the event.
const Other = "other"

// Form asks about one event.
type Form struct {
	ID       store.ID
	Event    store.ID
	OpensAt  store.Time
	ClosesAt store.Time
	Classes  Classes // nil before the first answer
	Version  int
}

// State is where a form stands, by the clock.
type State string

const (
	Ahead  State = "ahead"
	Asking State = "asking"
	Closed State = "closed"
)

// At tells where the form stands at a moment.
func (f Form) At(now time.Time) State {
	switch {
	case now.Before(f.OpensAt.Time):
		return Ahead
	case now.Before(f.ClosesAt.Time):
		return Asking
	}
	return Closed
}

// Question is one question of a form. Those with a Code are asked after many
// events in the same sense, so that events can be compared.
type Question struct {
	ID       store.ID
	Form     store.ID
	Position int
	Code     string
	Kind     Kind
	Text     string
}

// Classes are the sectors that a form tells apart.
type Classes []string

// Value keeps the classes as one JSON text; nil is NULL.
func (c Classes) Value() (driver.Value, error) {
	if c == nil {
		return nil, nil
	}
	b, err := json.Marshal([]string(c))
	return string(b), err
}

// Scan reads the classes as Value keeps them.
func (c *Classes) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*c = nil
		return nil
	case string:
		return json.Unmarshal([]byte(v), c)
	case []byte:
		return json.Unmarshal(v, c)
	}
	return fmt.Errorf("feedback: cannot read classes from %T", value)
}

// of is the class of a sector.
func (c Classes) of(sector string) string {
	for _, known := range c {
		if known == sector {
			return sector
		}
	}
	return Other
}

// Keepings are what a draft of an event cannot be deleted with.
var Keepings = []event.Keeping{{Key: "feedback.kept", Stays: true, Count: func(ctx context.Context, r store.Reader, event store.ID) (int, error) {
	return store.One[int](ctx, r, `SELECT count(*) FROM event_feedback WHERE event = $1`, event)
}}}

// Path is the address of an event's form.
func Path(e event.Event) string { return e.Path() + "/ocena" }

// usual are the questions after an event of a kind that the team begins with, in
// the language of the context.
func usual(ctx context.Context, k event.Kind) (all []Question) {
	scales := []string{"useful", "clear", "heard", "together", "organised"}
	switch k {
	case event.Panel:
		scales = append(scales, "answered")
	case event.Visit, event.Shadowing:
		scales = append(scales, "apply")
	case event.Training, event.Clinic, event.Settlement:
		scales = append(scales, "able")
	}
	for _, code := range scales {
		all = append(all, Question{Code: code, Kind: Scale, Text: usualWords(ctx, code)})
	}
	for _, code := range []string{"best", "better"} {
		all = append(all, Question{Code: code, Kind: Open, Text: usualWords(ctx, code)})
	}
	return all
}

func usualWords(ctx context.Context, code string) string {
	return lang.T(ctx, "feedback.question."+code)
}

// in is the question as somebody reads it: a usual one that the team has left as
// it was is asked in the reader's language, any other in its own words.
func (q Question) in(ctx context.Context) Question {
	for _, l := range lang.Languages {
		if q.Code != "" && q.Text == usualWords(lang.In(ctx, l), q.Code) {
			q.Text = usualWords(ctx, q.Code)
			break
		}
	}
	return q
}
