package programme

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Goal is what a programme wants to reach. It is served once an activity of any
// room names it.
type Goal struct {
	ID          store.ID
	Programme   store.ID
	Position    int
	Title       string
	Description string
	Version     int

	Activities []Activity  `db:"-"`
	Indicators []Indicator `db:"-"`
}

// at is the goal as it stands at a moment: without activities that the public
// does not see yet, and values of days to come.
func (g Goal) at(now time.Time) Goal {
	var activities []Activity
	for _, a := range g.Activities {
		if !a.From.After(now) {
			activities = append(activities, a)
		}
	}
	indicators := make([]Indicator, len(g.Indicators))
	for i, indicator := range g.Indicators {
		indicators[i] = indicator.at(now)
	}
	g.Activities, g.Indicators = activities, indicators
	return g
}

// Served reports whether anything was done for the goal.
func (g Goal) Served() bool { return len(g.Activities) > 0 }

// Activity is what another room did for a goal: an article, an event.
type Activity struct {
	Kind  string // "news"; with ID it names the activity
	ID    store.ID
	Title string
	URL   string     // on this site, beginning with /
	From  store.Time // when the public may see it; zero for at once
}

// Indicator tells how far a goal is reached.
type Indicator struct {
	ID        store.ID
	Programme store.ID
	Goal      store.ID
	Position  int
	Name      string
	Unit      string
	Baseline  *Amount // nil: not measured before the programme
	Target    Amount
	Version   int

	Values []Measure `db:"-"` // by day, the latest last
}

// at leaves out values of days to come.
func (i Indicator) at(now time.Time) Indicator {
	known := len(i.Values)
	for known > 0 && i.Values[known-1].Day.After(now) {
		known--
	}
	i.Values = i.Values[:known]
	return i
}

// Latest is the value measured last; false where nothing was measured.
func (i Indicator) Latest() (Measure, bool) {
	if len(i.Values) == 0 {
		return Measure{}, false
	}
	return i.Values[len(i.Values)-1], true
}

// Measure is a value of an indicator on a day. It is never changed: a mistake is
// corrected by another value for the same day, and both stay readable.
type Measure struct {
	ID        store.ID
	Indicator store.ID
	Amount    Amount
	Day       store.Time
	Note      string
	EnteredAt store.Time
}

// Amount is a number in whole thousandths of the indicator's unit: money is not
// the only thing that should not be a float.
type Amount int64

const (
	thousandth    = 1000
	largestAmount = Amount(1_000_000_000 * thousandth)
)

// ParseAmount reads "45", "45,5" or "1 200.125".
func ParseAmount(s string) (Amount, bool) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f':
			return -1
		case ',':
			return '.'
		case '−':
			return '-'
		}
		return r
	}, s)
	whole, rest, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	if whole == "" || len(rest) > 3 || strings.Trim(whole+rest, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+rest+strings.Repeat("0", 3-len(rest)), 10, 64)
	if err != nil || Amount(n) > largestAmount {
		return 0, false
	}
	if strings.HasPrefix(s, "-") {
		n = -n
	}
	return Amount(n), true
}

// In says the number in the language of the context, without needless zeros.
func (a Amount) In(ctx context.Context) string {
	n, sign := int64(a), ""
	if n < 0 {
		n, sign = -n, "−"
	}
	text := sign + lang.Number(ctx, n/thousandth)
	rest := strings.TrimRight(strconv.FormatInt(thousandth+n%thousandth, 10)[1:], "0")
	if rest == "" {
		return text
	}
	if lang.From(ctx) == lang.Polish {
		return text + "," + rest
	}
	return text + "." + rest
}

// typed is the number as a person would type it again.
func (a Amount) typed() string {
	return strings.Replace(strconv.FormatFloat(float64(a)/thousandth, 'f', -1, 64), ".", ",", 1)
}

// Reached is how far the way from baseline to target is behind us, in percent
// between 0 and 100. Without a baseline the way begins at zero.
func (i Indicator) Reached() (percent int, known bool) {
	latest, ok := i.Latest()
	if !ok {
		return 0, false
	}
	var from Amount
	if i.Baseline != nil {
		from = *i.Baseline
	}
	if i.Target == from {
		return 0, false
	}
	share := float64(latest.Amount-from) / float64(i.Target-from)
	return int(math.Round(100 * min(1, max(0, share)))), true
}

// Serve notes that an activity serves a goal. Called again, it renews title and
// address, so a room calls it whenever it saves the activity. The caller has
// taken the goal from Goals of the activity's own programme.
func Serve(ctx context.Context, tx *store.Tx, goal store.ID, a Activity) error {
	if !strings.HasPrefix(a.URL, "/") || strings.HasPrefix(a.URL, "//") {
		return fault.Invalid("programme.goal.foreign_activity")
	}
	if err := touchGoal(ctx, tx, goal); err != nil {
		return err
	}
	return serve(ctx, tx, goal, a)
}

// Unserve takes an activity back from a goal; one that is not there is no error.
func Unserve(ctx context.Context, tx *store.Tx, goal store.ID, a Activity) error {
	if err := touchGoal(ctx, tx, goal); err != nil && !fault.Is(err, fault.KindNotFound) {
		return err
	}
	return unserve(ctx, tx, goal, a)
}

// Served lists the goals that an activity names, for the form of its room.
func Served(ctx context.Context, r store.Reader, kind string, activity store.ID) ([]store.ID, error) {
	return store.All[store.ID](ctx, r, `SELECT goal FROM programme_goal_activity
		WHERE kind = $1 AND activity = $2 ORDER BY goal`, kind, activity)
}
