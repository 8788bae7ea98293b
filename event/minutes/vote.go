package minutes

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Vote is a vote by show of hands, counted in the room. With Choices the hands
// are those of each choice; without any, Yes and No are.
type Vote struct {
	ID        store.ID `json:"id"`
	Point     store.ID `json:"-"`
	Position  int      `json:"-"`
	Question  string   `json:"question"`
	Choices   Choices  `json:"choices,omitempty"`
	Yes       int      `json:"yes"`
	No        int      `json:"no"`
	Abstained int      `json:"abstained"`
	Present   int      `json:"present"`
}

// Choice is one of several things to raise a hand for.
type Choice struct {
	Label string `json:"label"`
	Hands int    `json:"hands"`
}

// Choices are kept as one JSON text.
type Choices []Choice

// Value keeps the choices.
func (c Choices) Value() (driver.Value, error) {
	if len(c) == 0 {
		return "[]", nil
	}
	b, err := json.Marshal(c)
	return string(b), err
}

// Scan reads the choices as Value keeps them.
func (c *Choices) Scan(value any) error {
	switch v := value.(type) {
	case string:
		return json.Unmarshal([]byte(v), c)
	case []byte:
		return json.Unmarshal(v, c)
	}
	return fmt.Errorf("minutes: cannot read choices from %T", value)
}

// Hands are all that were raised, for whatever.
func (v Vote) Hands() int {
	n := v.Abstained
	if len(v.Choices) == 0 {
		return n + v.Yes + v.No
	}
	for _, c := range v.Choices {
		n += c.Hands
	}
	return n
}

// Silent is how many of those present raised no hand at all.
func (v Vote) Silent() int { return v.Present - v.Hands() }

// Leading are the choices with most hands: one, or those that are equal. nil
// where there are no choices or no hands.
func (v Vote) Leading() []string {
	most := 0
	for _, c := range v.Choices {
		most = max(most, c.Hands)
	}
	var leading []string
	for _, c := range v.Choices {
		if most > 0 && c.Hands == most {
			leading = append(leading, c.Label)
		}
	}
	return leading
}

// check tells whether the counts can be: nobody has two hands.
func (v Vote) check(field string) error {
	var m fault.Mistakes
	m.Check(v.Question != "", field+"question", "form.required")
	m.Check(v.Silent() >= 0, field+"present", "minutes.vote.too_many", "Hands", v.Hands(), "Present", v.Present)
	m.Check(v.Present > 0, field+"present", "minutes.vote.nobody")
	return m.Err()
}

// mostChoices bounds a vote: nobody raises hands for more.
const mostChoices = 30

// parseChoices reads one choice in each line: its name, a colon, its hands.
func parseChoices(text, field string) (Choices, error) {
	var all Choices
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		at := strings.LastIndex(line, ":")
		hands, err := 0, error(nil)
		if at > 0 {
			hands, err = strconv.Atoi(strings.TrimSpace(line[at+1:]))
		}
		if at <= 0 || err != nil || hands < 0 || hands > mostPresent {
			return nil, fault.Mistake(field, "minutes.vote.bad_line", "Line", i+1)
		}
		label := strings.TrimSpace(line[:at])
		if label == "" || len([]rune(label)) > longestTitle {
			return nil, fault.Mistake(field, "minutes.vote.bad_line", "Line", i+1)
		}
		all = append(all, Choice{label, hands})
	}
	if len(all) == 1 || len(all) > mostChoices {
		return nil, fault.Mistake(field, "minutes.vote.choices", "Max", mostChoices)
	}
	return all, nil
}

// text writes choices as parseChoices reads them.
func (c Choices) text() string {
	lines := make([]string, len(c))
	for i, x := range c {
		lines[i] = x.Label + ": " + strconv.Itoa(x.Hands)
	}
	return strings.Join(lines, "\n")
}
