package term

import (
	"errors"
	"fmt"
	"time"
)

// The years that the calendar knows. A free day may be added by law at any
// time, so that years further ahead would be a guess.
const (
	FirstYear = 2014
	LastYear  = 2040
)

// ErrYear is given for a day before FirstYear or after LastYear.
var ErrYear = errors.New("term: the calendar does not know this year")

// A Holiday is a day free from work by the act of 18 January 1951
// (ustawa o dniach wolnych od pracy, Dz.U. 2020 poz. 1920 as amended).
// Sundays, free by the same act, are not listed.
type Holiday struct {
	Day
	Key string // of its name in words: "term.holiday." and this
}

// Holidays are the free days of a year in their order. Easter Sunday and
// Whitsunday stand among them, though they are Sundays anyway, and so does a
// holiday that falls on a Sunday.
func Holidays(year int) ([]Holiday, error) {
	if year < FirstYear || year > LastYear {
		return nil, fmt.Errorf("%w: %d", ErrYear, year)
	}
	easter := Easter(year)
	all := []Holiday{
		{Day{year, time.January, 1}, "new_year"},
		{Day{year, time.January, 6}, "epiphany"},
		{easter, "easter"},
		{easter.Add(1), "easter_monday"},
		{Day{year, time.May, 1}, "labour"},
		{Day{year, time.May, 3}, "constitution"},
		{easter.Add(49), "pentecost"},
		{easter.Add(60), "corpus_christi"},
		{Day{year, time.August, 15}, "assumption"},
		{Day{year, time.November, 1}, "all_saints"},
		{Day{year, time.November, 11}, "independence"},
		{Day{year, time.December, 25}, "christmas"},
		{Day{year, time.December, 26}, "christmas_second"},
	}
	if year == 2018 { // once, for the centenary: Dz.U. 2018 poz. 2117
		all = append(all, Holiday{Day{year, time.November, 12}, "centenary"})
	}
	if year >= 2025 { // Dz.U. 2024 poz. 1965
		all = append(all, Holiday{Day{year, time.December, 24}, "christmas_eve"})
	}
	sortByDay(all)
	return all, nil
}

// Easter is Easter Sunday of a year by the Gregorian computus (Meeus, Jones and
// Butcher; J. Meeus, Astronomical Algorithms, 1991, chapter 8).
func Easter(year int) Day {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return Day{year, time.Month(n / 31), n%31 + 1}
}

// Free reports whether a day is a Sunday or a holiday, and so free from work by
// statute. Saturdays are not: see [Working].
func Free(d Day) (bool, error) {
	all, err := Holidays(d.Year)
	if err != nil {
		return false, err
	}
	if d.Weekday() == time.Sunday {
		return true, nil
	}
	for _, h := range all {
		if h.Day == d {
			return true, nil
		}
	}
	return false, nil
}

// Working reports whether offices work that day: neither Saturday nor free.
func Working(d Day) (bool, error) {
	free, err := Free(d)
	return !free && d.Weekday() != time.Saturday, err
}
