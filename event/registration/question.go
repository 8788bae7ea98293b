package registration

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// QuestionKind is what an event asks for.
type QuestionKind string

const (
	AsksText    QuestionKind = "text"
	AsksChoice  QuestionKind = "choice"
	AsksConsent QuestionKind = "consent"
	// The answers to the last two are kept apart: see Sensitive.
	AsksDiet   QuestionKind = "diet"
	AsksAccess QuestionKind = "access"
)

// QuestionKinds lists them in the order in which a form offers them.
var QuestionKinds = []QuestionKind{AsksText, AsksChoice, AsksConsent, AsksDiet, AsksAccess}

// Sensitive reports whether the answer may tell of somebody's health or faith. It
// is kept in a table of its own, is seen on a page of its own by those who run
// the event, leaves with no other list, and goes thirty days after the event.
func (k QuestionKind) Sensitive() bool { return k == AsksDiet || k == AsksAccess }

// Question is what an event asks of those who sign up.
type Question struct {
	ID        store.ID
	Event     store.ID
	Position  int
	Kind      QuestionKind
	Label     string
	Hint      string
	Options   string // of a choice, one on each line
	Required  bool
	RetiredAt store.Time
}

// Bounds of questions and answers, in characters.
const (
	mostQuestions  = 30
	longestLabel   = 300
	longestHint    = 500
	longestOptions = 2000
	longestAnswer  = 1000
)

// Choices are the options of a choice.
func (q Question) Choices() []string {
	var all []string
	for line := range strings.Lines(q.Options) {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(all, line) {
			all = append(all, line)
		}
	}
	return all
}

// field is the name of the question in a form.
func (q Question) field() string { return "q-" + string(q.ID) }

func (q Question) check() error {
	var m fault.Mistakes
	m.Check(q.Label != "", "label", "form.required")
	m.Check(slices.Contains(QuestionKinds, q.Kind), "kind", "form.not_offered")
	m.Check(q.Kind != AsksChoice || len(q.Choices()) >= 2, "options", "event.registration.question.few_options")
	return m.Err()
}

// agreed is the answer of a box that was ticked.
const agreed = "on"

// answer checks one answer; late says that it may still be missing.
func (q Question) answer(m *fault.Mistakes, text string, late bool) string {
	text = strings.TrimSpace(text)
	required := q.Required && !late
	switch {
	case text == "" && required && q.Kind == AsksConsent:
		m.Add(q.field(), "event.registration.answer.consent")
	case text == "" && required:
		m.Add(q.field(), "form.required")
	case utf8.RuneCountInString(text) > longestAnswer:
		m.Add(q.field(), "form.too_long", "Max", longestAnswer)
	case text != "" && q.Kind == AsksChoice && !slices.Contains(q.Choices(), text):
		m.Add(q.field(), "form.not_offered")
	case text != "" && q.Kind == AsksConsent:
		return agreed
	}
	return text
}

// Answer is what was said to one question.
type Answer struct {
	Question store.ID `json:"question"`
	Answer   string   `json:"answer"`
}

// Answers are kept as one JSON text. Those to sensitive questions are in no
// Answers of a Registration.
type Answers []Answer

// To returns the answer to a question, "" for none.
func (a Answers) To(question store.ID) string {
	for _, one := range a {
		if one.Question == question {
			return one.Answer
		}
	}
	return ""
}

// Value keeps the answers.
func (a Answers) Value() (driver.Value, error) {
	if a == nil {
		a = Answers{}
	}
	b, err := json.Marshal(a)
	return string(b), err
}

// Scan reads them; an empty text is what an erasure leaves.
func (a *Answers) Scan(value any) error {
	var text []byte
	switch v := value.(type) {
	case string:
		text = []byte(v)
	case []byte:
		text = v
	default:
		return fmt.Errorf("registration: cannot read answers from %T", value)
	}
	*a = nil
	if len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, a)
}

// Questions lists what the event asks now.
func Questions(ctx context.Context, r store.Reader, event store.ID) ([]Question, error) {
	return store.All[Question](ctx, r, `SELECT `+questionColumns+` FROM event_question
		WHERE event = $1 AND retired_at IS NULL ORDER BY position, id`, event)
}

// everyQuestion lists those that were asked before as well.
func everyQuestion(ctx context.Context, r store.Reader, event store.ID) ([]Question, error) {
	return store.All[Question](ctx, r, `SELECT `+questionColumns+` FROM event_question WHERE event = $1 ORDER BY position, id`, event)
}

const questionColumns = `id, event, position, kind, label, hint, options, required, retired_at`

// answered parts the checked answers into those that a list may show and those
// that are kept apart.
func answered(questions []Question, typed map[store.ID]string, late bool) (plain, sensitive Answers, err error) {
	var m fault.Mistakes
	for _, q := range questions {
		text := q.answer(&m, typed[q.ID], late)
		switch {
		case text == "":
		case q.Kind.Sensitive():
			sensitive = append(sensitive, Answer{q.ID, text})
		default:
			plain = append(plain, Answer{q.ID, text})
		}
	}
	return plain, sensitive, m.Err()
}
