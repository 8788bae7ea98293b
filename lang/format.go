package lang

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the zone must be known on a machine without a zone database
)

// Warsaw is the zone in which every date of the platform is read and shown.
var Warsaw = mustZone("Europe/Warsaw")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the database is embedded: this cannot depend on the machine
	}
	return zone
}

// Polish months in the genitive, as a date is read aloud: 13 czerwca 2014.
var genitive = [...]string{"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
	"lipca", "sierpnia", "września", "października", "listopada", "grudnia"}

// And in the nominative, as the heading of an archive: czerwiec 2014.
var nominative = [...]string{"styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec",
	"lipiec", "sierpień", "wrzesień", "październik", "listopad", "grudzień"}

func of(ctx context.Context) *Printer {
	if p := printer(ctx); p != nil {
		return p
	}
	return &Printer{Language: Polish}
}

// Date is "13 czerwca 2014" or "13 June 2014".
func Date(ctx context.Context, t time.Time) string { return of(ctx).Date(t) }

// DateTime is "13 czerwca 2014, 16:00".
func DateTime(ctx context.Context, t time.Time) string { return of(ctx).DateTime(t) }

// Month is "czerwiec 2014" or "June 2014".
func Month(ctx context.Context, year int, month time.Month) string {
	return of(ctx).Month(year, month)
}

// Money is "10 000,00 zł" or "PLN 10,000.00", from whole grosze.
func Money(ctx context.Context, grosze int64) string { return of(ctx).Money(grosze) }

// Number groups thousands: "10 000" or "10,000".
func Number(ctx context.Context, n int64) string { return of(ctx).Number(n) }

// Date is the function Date for one voice.
func (p *Printer) Date(t time.Time) string {
	t = t.In(Warsaw)
	if p.Language == English {
		return t.Format("2 January 2006")
	}
	return fmt.Sprintf("%d %s %d", t.Day(), genitive[t.Month()-1], t.Year())
}

// DateTime is the function DateTime for one voice.
func (p *Printer) DateTime(t time.Time) string {
	return p.Date(t) + ", " + t.In(Warsaw).Format("15:04")
}

// Month is the function Month for one voice.
func (p *Printer) Month(year int, month time.Month) string {
	if p.Language == English {
		return fmt.Sprintf("%s %d", month, year)
	}
	return fmt.Sprintf("%s %d", nominative[month-1], year)
}

// Money is the function Money for one voice.
func (p *Printer) Money(grosze int64) string {
	sign := ""
	whole, rest := grosze/100, grosze%100
	if grosze < 0 {
		sign, whole, rest = "−", -whole, -rest
	}
	if p.Language == English {
		return fmt.Sprintf("%sPLN %s.%02d", sign, p.Number(whole), rest)
	}
	return fmt.Sprintf("%s%s,%02d zł", sign, p.Number(whole), rest)
}

// Number is the function Number for one voice. Polish groups of thousands are
// parted by a space that does not break, and four digits stand together.
func (p *Printer) Number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	separator := "\u00a0"
	if p.Language == English {
		separator = ","
	}
	if len(digits) < 4 || (p.Language == Polish && len(digits) < 5) {
		return sign + digits
	}
	first := len(digits) % 3
	var groups []string
	if first > 0 {
		groups = append(groups, digits[:first])
	}
	for i := first; i < len(digits); i += 3 {
		groups = append(groups, digits[i:i+3])
	}
	return sign + strings.Join(groups, separator)
}
