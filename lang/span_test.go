package lang_test

import (
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/lang"
)

func TestHourThatTheClocksSkipIsNotThere(t *testing.T) {
	if _, ok := lang.At(2014, time.March, 30, 2, 30); ok {
		t.Error("2:30 on the night of 30 March 2014 exists")
	}
	if at, ok := lang.At(2014, time.March, 30, 3, 0); !ok || !at.Equal(time.Date(2014, time.March, 30, 1, 0, 0, 0, time.UTC)) {
		t.Errorf("3:00 is %v, %v", at.UTC(), ok)
	}
}

func TestOfAnHourThatComesTwiceTheFirstIsTaken(t *testing.T) {
	at, ok := lang.At(2014, time.October, 26, 2, 30)
	if want := time.Date(2014, time.October, 26, 0, 30, 0, 0, time.UTC); !ok || !at.Equal(want) {
		t.Errorf("2:30 is %v, %v, want %v", at.UTC(), ok, want)
	}
	if !lang.Twice(at) {
		t.Error("nobody is told that 2:30 comes twice")
	}
	for _, hour := range []int{1, 3} {
		if at, _ := lang.At(2014, time.October, 26, hour, 30); lang.Twice(at) {
			t.Errorf("%d:30 comes twice", hour)
		}
	}
}

func TestDaysOfAnEventSayNothingTwice(t *testing.T) {
	day := func(year int, month time.Month, day, hour int) time.Time {
		return time.Date(year, month, day, hour, 0, 0, 0, lang.Warsaw)
	}
	for _, x := range []struct {
		first, last time.Time
		want        string
	}{
		{day(2014, 6, 13, 9), day(2014, 6, 13, 16), "13 czerwca 2014"},
		{day(2014, 6, 13, 9), day(2014, 6, 14, 13), "13–14 czerwca 2014"},
		{day(2014, 9, 8, 9), day(2014, 11, 28, 13), "8 września – 28 listopada 2014"},
		{day(2014, 12, 31, 9), day(2015, 1, 1, 13), "31 grudnia 2014 – 1 stycznia 2015"},
	} {
		if got := lang.Span(t.Context(), x.first, x.last); got != x.want {
			t.Errorf("%q, want %q", got, x.want)
		}
	}
}
