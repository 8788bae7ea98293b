package term

import (
	"fmt"
	"slices"
	"time"
)

// Unit is what a term is counted in.
type Unit string

// Units of terms.
const (
	Days        Unit = "days"
	WorkingDays Unit = "working_days" // neither Saturdays nor free days count
	Weeks       Unit = "weeks"
	Months      Unit = "months"
	Years       Unit = "years"
)

// Code is the body of law by which a term is counted. Both leave out the day of
// the event and let a term that would end on a free day end on the next day
// that is not; they differ in the day from which a Saturday counts as such.
type Code struct {
	name      string
	saturdays Day // from which a term that ends on a Saturday ends later
}

var (
	// Procedure is the code of administrative procedure, art. 57. A Saturday
	// has stood like a free day since the resolution of seven judges of the
	// Supreme Administrative Court of 15 June 2011 (I OPS 1/11), and in the
	// text of § 4 since 11 April 2017.
	Procedure = Code{"kpa", Day{2011, time.June, 15}}
	// Contract is the civil code, art. 110 to 115: regulations and agreements
	// of an organisation. A Saturday stands like a free day since 1 January
	// 2017 (Dz.U. 2016 poz. 2255).
	Contract = Code{"kc", Day{2017, time.January, 1}}
)

// Ends is the last day of a term of n units that an event began. The term is
// kept by what is done before that day is over.
//
// Days: the day of the event is not counted (art. 57 § 1; art. 111). Weeks and
// months end on the day that answers to the day of the event, and where a month
// has none, on its last (art. 57 § 2, 3; art. 112). If the last day is free,
// the term ends on the next day that is neither free nor, by the code, a
// Saturday (art. 57 § 4; art. 115). A term of no units ends on the day of the
// event, moved in the same way.
//
// A negative n is an error, and so is a term that leaves the calendar ([ErrYear]).
func (c Code) Ends(event Day, n int, unit Unit) (Day, error) {
	if n < 0 || n > 36_600 {
		return Day{}, fmt.Errorf("term: a term of %d %s", n, unit)
	}
	last := event
	var err error
	switch unit {
	case Days:
		last = event.Add(n)
	case WorkingDays:
		last, err = afterWorkingDays(event, n)
	case Weeks:
		last = event.Add(7 * n)
	case Months:
		last = sameDate(event, n)
	case Years:
		last = sameDate(event, 12*n)
	default:
		err = fmt.Errorf("term: no unit %q", unit)
	}
	if err != nil {
		return Day{}, err
	}
	return c.Open(last)
}

// Open is the day itself, or the next one on which a term may end.
func (c Code) Open(d Day) (Day, error) {
	for ; ; d = d.Add(1) {
		free, err := Free(d)
		if err != nil {
			return Day{}, err
		}
		if !free && (d.Weekday() != time.Saturday || d.Before(c.saturdays)) {
			return d, nil
		}
	}
}

// Earliest is the first day on which a term "not shorter than n days" may be
// closed, when it runs from the last of several publications. A call that closes
// on that day at noon would be short of half a day: it closes with the day, or
// later. No publication, or one missing (the zero Day), is an error: nothing
// runs before the last.
func (c Code) Earliest(n int, unit Unit, published ...Day) (Day, error) {
	if len(published) == 0 || slices.Contains(published, Day{}) {
		return Day{}, fmt.Errorf("term: a term that runs from the last publication needs all of them")
	}
	last := slices.MaxFunc(published, Day.compare)
	return c.Ends(last, n, unit)
}

func afterWorkingDays(d Day, n int) (Day, error) {
	for n > 0 {
		d = d.Add(1)
		working, err := Working(d)
		if err != nil {
			return Day{}, err
		}
		if working {
			n--
		}
	}
	return d, nil
}

// sameDate is the day n months later, the last of that month where it is
// shorter.
func sameDate(d Day, n int) Day {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 12, 0, 0, 0, time.UTC)
	longest := first.AddDate(0, 1, -1).Day()
	return Day{first.Year(), first.Month(), min(d.Date, longest)}
}

func (d Day) compare(e Day) int { return d.noon().Compare(e.noon()) }

func sortByDay(all []Holiday) {
	slices.SortFunc(all, func(a, b Holiday) int { return a.compare(b.Day) })
}
