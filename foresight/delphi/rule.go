package delphi

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Rule says when a group agrees. It is fixed before a round opens, kept as text
// and never changed afterwards: of a hundred Delphi studies only 72 said what
// they meant by consensus (Diamond et al., Journal of Clinical Epidemiology 67
// (2014) 401). All conditions must hold.
type Rule []Condition

// Condition compares one measure of a group with a bound.
type Condition struct {
	Measure Measure
	Range   Range   // Share, Majority: the answers that agree
	Against Range   // Majority: the answers that disagree
	Less    bool    // the measure must lie under the bound, not above
	Strict  bool    // and not on it
	Bound   float64 // shares in percent; NaN: the APMO cut-off of the round
}

// Measure is what a condition looks at.
type Measure int

const (
	Share    Measure = iota // of the answers in Range
	IQR                     // interquartile range, in the unit of the scale
	SD                      // standard deviation; declares agreement more easily than IQR
	Majority                // the larger of the shares in Range and in Against
)

// Range is a stretch of a scale, both ends included.
type Range struct{ Low, High float64 }

// DefaultRule is what holds unless told otherwise: three quarters of the answers
// on the two highest points, the most common definition of consensus in
// Diamond et al. (2014). Without a scale it is nil.
func DefaultRule(scale Scale) Rule {
	if scale.Points() < 2 {
		return nil
	}
	return Rule{{Measure: Share, Range: Range{float64(scale.Max - 1), float64(scale.Max)}, Bound: 75}}
}

// ErrRule says that a text is no rule.
var ErrRule = errors.New(`delphi: expected a rule such as "share 6..7 >= 75%", "share 7..9 >= 70% and share 1..3 < 15%", "iqr <= 1", "sd <= 1.1" or "majority 5..7 or 1..3 >= apmo"`)

// ParseRule reads a rule: conditions parted by "and". A condition is "share
// LOW..HIGH", "iqr", "sd" or "majority LOW..HIGH or LOW..HIGH", one of <, <=, >=,
// > and a number: percents for shares. "apmo" in place of the number is the
// average percent of majority opinions of the round, see APMO. What is no rule
// gives ErrRule.
func ParseRule(text string) (Rule, error) {
	var rule Rule
	for part := range strings.SplitSeq(text, " and ") {
		c, ok := parseCondition(strings.Fields(part))
		if !ok {
			return nil, fmt.Errorf("%w, not %q", ErrRule, text)
		}
		rule = append(rule, c)
	}
	return rule, nil
}

func parseCondition(words []string) (c Condition, ok bool) {
	if len(words) < 3 {
		return c, false
	}
	measured, operator, bound := words[:len(words)-2], words[len(words)-2], words[len(words)-1]
	return c, c.parseMeasured(measured) && c.parseOperator(operator) && c.parseBound(bound)
}

func (c *Condition) parseMeasured(words []string) bool {
	switch n := len(words); words[0] {
	case "share":
		c.Measure = Share
		return n == 2 && c.Range.parse(words[1])
	case "iqr":
		c.Measure = IQR
		return n == 1
	case "sd":
		c.Measure = SD
		return n == 1
	case "majority":
		c.Measure = Majority
		return n == 4 && words[2] == "or" && c.Range.parse(words[1]) && c.Against.parse(words[3])
	}
	return false
}

func (r *Range) parse(text string) bool {
	low, high, found := strings.Cut(text, "..")
	var ok1, ok2 bool
	r.Low, ok1 = parseNumber(low)
	r.High, ok2 = parseNumber(high)
	return found && ok1 && ok2 && r.Low <= r.High
}

func parseNumber(text string) (float64, bool) {
	if strings.Trim(text, "+-.0123456789eE") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(text, 64)
	return v + 0, err == nil && finite(v) == nil
}

func (c *Condition) parseOperator(text string) bool {
	c.Less, c.Strict = text[0] == '<', len(text) == 1
	return text == "<" || text == "<=" || text == ">" || text == ">="
}

func (c *Condition) parseBound(text string) bool {
	if c.Measure == Majority && text == "apmo" {
		c.Bound = math.NaN()
		return true
	}
	number, percent := strings.CutSuffix(text, "%")
	var ok bool
	c.Bound, ok = parseNumber(number)
	if c.percent() {
		return ok && percent && c.Bound >= 0 && c.Bound <= 100
	}
	return ok && !percent && c.Bound >= 0
}

func (c Condition) percent() bool { return c.Measure == Share || c.Measure == Majority }

// String writes the rule as ParseRule reads it.
func (r Rule) String() string {
	var parts []string
	for _, c := range r {
		parts = append(parts, c.String())
	}
	return strings.Join(parts, " and ")
}

func (c Condition) String() string {
	operator := ">"
	if c.Less {
		operator = "<"
	}
	if !c.Strict {
		operator += "="
	}
	bound := plain(c.Bound)
	if math.IsNaN(c.Bound) {
		bound = "apmo"
	} else if c.percent() {
		bound += "%"
	}
	return fmt.Sprintf("%s %s %s", c.measured(), operator, bound)
}

func (c Condition) measured() string {
	switch c.Measure {
	case Share:
		return "share " + c.Range.String()
	case Majority:
		return "majority " + c.Range.String() + " or " + c.Against.String()
	case SD:
		return "sd"
	default:
		return "iqr"
	}
}

func (r Range) String() string { return plain(r.Low) + ".." + plain(r.High) }

func plain(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
