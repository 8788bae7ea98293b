package store_test

import (
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/store"
)

var june = time.Date(2014, time.June, 13, 8, 0, 0, 0, time.UTC)

func TestClockTellsTheTrueTime(t *testing.T) {
	var c store.Clock
	for _, got := range []time.Time{c.Now(), c.Wall()} {
		if age := time.Since(got); age < -time.Second || age > 10*time.Second {
			t.Errorf("%v is %v old", got, age)
		}
		if got.Location() != time.UTC || got.Nanosecond()%1000 != 0 {
			t.Errorf("%v is not UTC in whole microseconds", got)
		}
	}
}

func TestMovedClockMovesTheDomainOnly(t *testing.T) {
	var c store.Clock
	c.Move(june)
	if late := c.Now().Sub(june); late < 0 || late > 10*time.Second {
		t.Errorf("the domain is at %v", c.Now())
	}
	c.Advance(24 * time.Hour)
	if late := c.Now().Sub(june.AddDate(0, 0, 1)); late < 0 || late > 10*time.Second {
		t.Errorf("after a day the domain is at %v", c.Now())
	}
	if age := time.Since(c.Wall()); age > 10*time.Second {
		t.Errorf("the wall is %v late", age)
	}
}

func TestStoppedClockStandsStill(t *testing.T) {
	var c store.Clock
	c.Move(june.AddDate(-1, 0, 0))
	c.Set(june)
	c.Advance(time.Minute)
	if want := june.Add(time.Minute); !c.Now().Equal(want) || !c.Wall().Equal(want) {
		t.Errorf("now %v, wall %v, want %v", c.Now(), c.Wall(), want)
	}
}
