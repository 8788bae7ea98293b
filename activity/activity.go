// Package activity is what a room supplies to the live workshop: one way of
// working together, such as cards, dot voting or a vote on statements.
//
// A room fills in a Kind and cmd/wspolnota registers it with the workshop. The
// workshop keeps the agenda, the clock, the people and one log of answers; a Kind
// says how an answer is read, and its State adds answers up and shows them. A
// State is never stored: it is what the log comes to, so that whoever counts the
// log again gets the same.
package activity

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Kind is one way of working together.
type Kind struct {
	Name     string // in rows and addresses for ever, such as "cards"
	Title    string // key of its name
	About    string // key of one sentence: what it is for, read while choosing
	Minutes  int    // that it usually takes
	Settings []Setting
	// Sources names the setting whose lines may come from an earlier activity of
	// the same workshop, "" for none: its cards become the options of a vote.
	Sources string
	// Compares lets the facilitator set it beside an earlier activity of the same
	// kind: before and after.
	Compares bool
	// Shared says that phones see one another's moves as they are made.
	Shared bool
	// Begin gives the state before the first answer.
	Begin func(Task) State
}

// State is what the answers of one activity come to. It is used by one goroutine
// at a time. What it shows hides groups of fewer than Least people wherever it
// tells sectors apart.
type State interface {
	// Read makes an answer of a form, as it goes into the log, and puts mistakes
	// beside the fields. It refuses what Add would not count.
	Read(f *form.Form, by By) (body string)
	// Add counts an answer of the log. Of several of one person the kind says which
	// counts; one that it cannot read counts for nothing.
	Add(Entry)
	// People is how many have answered.
	People() int
	// Phone is the task of one participant, or what they see when it is closed.
	Phone(View) templ.Component
	// Screen is the result as everybody sees it on the wall.
	Screen(View) templ.Component
	// Tables are the results as downloads.
	Tables(ctx context.Context) []export.Table
}

// Least is the size of the smallest group of which a result is shown.
const Least = 5

// Led is a State in which the facilitator has something to do: to look at cards,
// to put them together.
type Led interface{ Lead(View) templ.Component }

// Source is a State whose items another activity can take up.
type Source interface{ Items() []string }

// Compared is a State that can be shown beside an earlier one of its kind.
type Compared interface{ Compare(before State) }

// Typed is a State that takes answers from paper, one sheet a line.
type Typed interface {
	// Line says how a sheet is written down, with an example.
	Line(ctx context.Context) string
	// Type makes answers of such a line.
	Type(line string) (bodies []string, err error)
}

// Counted is a State that takes counts of raised hands.
type Counted interface {
	// Options are what hands are raised for; their places are what Hands takes.
	Options(ctx context.Context) []string
	// Hands makes the answer of a facilitator who counted hands: one number for
	// each option, of people who have answered neither by phone nor on paper. A
	// later count stands in place of an earlier one.
	Hands(counts []int) (body string)
}

// Inventive is a State that can be rehearsed: Invent makes the answers of the i-th
// invented phone.
type Inventive interface{ Invent(i int) (bodies []string) }

// Printed is a State that can be answered on a sheet of paper.
type Printed interface {
	// Sheet are the questions of a sheet, each with the places for the answer.
	Sheet(ctx context.Context) []Question
}

// Question is one line of a printed sheet.
type Question struct {
	Text    string
	Answers []string // boxes to tick; none: an empty line to write on
	Lines   int      // to write on
}

// By is who answers.
type By struct {
	Who
	Team bool // a facilitator, who may do what participants may not
}

// Way is how somebody takes part.
type Way string

const (
	Phone     Way = "phone"
	Paper     Way = "paper"
	Rehearsal Way = "rehearsal" // invented, to try the room out
)

// Who is a participant: a token of one workshop. Nothing leads from it to a person.
type Who struct {
	ID     store.ID
	Sector ui.Sector
	Seat   int // number of the table, 0 for none
	Way    Way
}

// Entry is one answer in the log. Who.ID is "" where a facilitator gave it.
type Entry struct {
	Seq  int64
	ID   store.ID
	Who  Who
	Body string
}

// Task is one activity of one workshop, as it was set up.
type Task struct {
	ID       store.ID
	Title    string
	Language string // of what people read and write in it
	Settings Settings
}

// View is where a State is shown.
type View struct {
	Task
	By
	Action   string     // address that takes answers
	Open     bool       // answers are taken
	Revealed bool       // the facilitator has shown the results
	Joined   []int      // on a phone: how many came in of each of ui.Sectors
	Form     *form.Form // what came back with mistakes; empty otherwise
}

// Setting is one thing that a facilitator decides when setting up an activity.
type Setting struct {
	Name, Label, Hint string // Label and Hint are keys
	Input             Input
	Choices           []Choice // of a Choose
	Default           string
	Min, Max          int // of a Number; of Lines, how many
}

// Choice is one of several values.
type Choice struct{ Value, Label string }

// Input is how a setting is typed.
type Input string

const (
	Lines  Input = "lines"  // one thing in each line
	Number Input = "number" // a whole number
	Choose Input = "choose" // one of the choices
	Flag   Input = "flag"   // yes or no
	Text   Input = "text"   // one line
)

// Settings are the values of an activity's settings by name.
type Settings map[string]string

// Longest texts of a setting.
const (
	longestLine     = 280
	longestSettings = 20_000
)

// Lines are the lines of a setting, without empty ones.
func (s Settings) Lines(name string) []string {
	var all []string
	for line := range strings.Lines(s[name]) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// Int is a setting that is a number, otherwise where it is none.
func (s Settings) Int(name string, otherwise int) int {
	if n, err := strconv.Atoi(s[name]); err == nil {
		return n
	}
	return otherwise
}

// Is reports whether a flag is set.
func (s Settings) Is(name string) bool { return s[name] == "1" }

// JSON is how settings are kept.
func (s Settings) JSON() string {
	text, _ := json.Marshal(s) // texts: it cannot fail
	return string(text)
}

// ParseSettings reads what JSON wrote.
func ParseSettings(text string) (s Settings, err error) {
	err = json.Unmarshal([]byte(text), &s)
	return s, err
}

// ReadSettings reads the settings of a kind from a form.
func (k Kind) ReadSettings(f *form.Form) Settings {
	s := Settings{}
	for _, one := range k.Settings {
		switch one.Input {
		case Lines:
			s[one.Name] = f.Lines(one.Name, longestSettings)
			lines := s.Lines(one.Name)
			f.Check(len(lines) <= one.Max, one.Name, "activity.lines.many", "Max", one.Max)
			f.Check(len(lines) >= one.Min || one.Name == k.Sources && f.Get("source") != "", one.Name, "activity.lines.few", "Min", one.Min)
			long := slices.IndexFunc(lines, func(line string) bool { return len([]rune(line)) > longestLine })
			f.Check(long < 0, one.Name, "activity.line.long", "Line", long+1, "Max", longestLine)
		case Number:
			s[one.Name] = strconv.Itoa(f.Int(one.Name, one.Min, one.Max))
		case Choose:
			var values []string
			for _, c := range one.Choices {
				values = append(values, c.Value)
			}
			s[one.Name] = f.Choice(one.Name, values...)
		case Flag:
			if f.Bool(one.Name) {
				s[one.Name] = "1"
			}
		case Text:
			s[one.Name] = f.Required(one.Name, 200)
		}
	}
	return s
}

// Defaults are the settings before anybody has changed them.
func (k Kind) Defaults() Settings {
	s := Settings{}
	for _, one := range k.Settings {
		s[one.Name] = one.Default
	}
	return s
}

// Body writes an answer as it goes into the log.
func Body(answer any) string {
	text, err := json.Marshal(answer)
	if err != nil {
		panic(err) // texts and numbers of ours
	}
	return string(text)
}

// Read reads an answer of the log into the kind's own type; false: it is of
// another make and counts for nothing.
func (e Entry) Read(answer any) bool { return json.Unmarshal([]byte(e.Body), answer) == nil }

// Surprising is a State that found what people wrongly believe of one another: it
// is what a poster says.
type Surprising interface {
	Headlines(ctx context.Context) []Headline
}

// Headline is one belief beside how it is, the farthest first. Shares are percents.
type Headline struct {
	Statement   string
	From, About string // who guessed, and of whom, in words
	Guess, Real int
}
