package privacy

import (
	"time"

	"github.com/wspolnota/wspolnota/lang"
)

// Basis is why data may be kept at all: a letter of article 6(1) of the GDPR.
type Basis string

const (
	Consent    Basis = "consent"    // (a)
	Contract   Basis = "contract"   // (b): the account a person asked for
	Obligation Basis = "obligation" // (c): accountability, archives
	PublicTask Basis = "task"       // (e): the programme, with art. 5a of the act on public benefit
	Interest   Basis = "interest"   // (f): security of the service
)

// Bases lists them in the order of the article.
var Bases = []Basis{Consent, Contract, Obligation, PublicTask, Interest}

// Kept says how long rows are kept. The zero Kept is as long as the account.
type Kept struct {
	Years, Days int
	After       string // the column of the time from which it runs; NULL: it does not run yet
	Where       string // SQL that a row must meet as well, "" for none
	Ends        Fate   // what happens then: Delete or Empty
	ByRoom      bool   // the room has a clean-up of its own; the rule only tells of it
}

// Years keeps rows for whole calendar years after that of the column: what
// happened in March 2014 and is kept 5 years is removed in January 2020, as
// archives count (category B5).
func Years(n int, after string) Kept { return Kept{Years: n, After: after} }

// Days keeps rows for days after the column.
func Days(n int, after string) Kept { return Kept{Days: n, After: after} }

// SweptAfter tells of rows that the room removes by itself after some days.
func SweptAfter(days int) Kept { return Kept{Days: days, ByRoom: true} }

// Emptied keeps the row for totals and takes out what tells of the person.
func (k Kept) Emptied() Kept { k.Ends = Empty; return k }

// Only lets the time run out for some rows alone.
func (k Kept) Only(where string) Kept { k.Where = where; return k }

// runs reports whether the retention job has anything to do with the rule.
func (k Kept) runs() bool { return k.After != "" && !k.ByRoom }

// before is the time that the column of a row has to precede so that the row's
// time is over at now. Years are those of Poland.
func (k Kept) before(now time.Time) time.Time {
	if k.Years > 0 {
		local := now.In(lang.Warsaw)
		return time.Date(local.Year()-k.Years, time.January, 1, 0, 0, 0, 0, lang.Warsaw)
	}
	return now.AddDate(0, 0, -k.Days)
}
