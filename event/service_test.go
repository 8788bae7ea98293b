package event_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

func TestOthersAreToldOfWhenAndWhereAndOfNothingElse(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		var told []int // revisions
		w.Events.OnChange(func(_ context.Context, _ *store.Tx, before, after event.Event) error {
			told = append(told, after.Revision)
			return nil
		})
		ctx, e := w.Ctx(w.Manager), w.Event("Seminarium")
		step := func(want int, after event.Event, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			if e = after; len(told) != want {
				t.Fatalf("told %d times, want %d", len(told), want)
			}
		}
		step(1, e, nil) // published
		c := content(e)
		c.Lead = "Inne zdanie."
		after, err := w.Events.Revise(ctx, e.Programme, e.ID, e.Version, c)
		step(1, after, err)
		c.Place.Address = "ul. Inna 2"
		after, err = w.Events.Revise(ctx, e.Programme, e.ID, e.Version, c)
		step(2, after, err)
		after, err = w.Events.Shift(ctx, e.Programme, e.ID, e.Version, eventtest.Day.AddDate(0, 0, 1))
		step(3, after, err)
		after, err = w.Events.Cancel(ctx, e.Programme, e.ID, e.Version, "Powódź.")
		step(4, after, err)
		c.Place.Address = "ul. Trzecia 3"
		after, err = w.Events.Revise(ctx, e.Programme, e.ID, e.Version, c)
		step(4, after, err)
		after, err = w.Events.Return(ctx, e.Programme, e.ID, e.Version)
		step(5, after, err)
		if !slices.Equal(told, []int{1, 2, 3, 3, 3}) {
			t.Errorf("revisions %v", told)
		}
	})
}

func TestEventsOfOneTitleGetAddressesOfTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		slugs := make([]string, 8)
		var all sync.WaitGroup
		for i := range slugs {
			all.Go(func() { slugs[i] = w.Draft("Warsztat").Slug })
		}
		all.Wait()
		slices.Sort(slugs)
		if len(slices.Compact(slugs)) != 8 || slugs[0] != "warsztat" {
			t.Errorf("%q", slugs)
		}
	})
}

func TestFormSentAgainWithOtherWordsIsAConflict(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Draft("Warsztat")
		sessions, err := event.Sessions(t.Context(), w.DB, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		again, err := w.Events.Begin(w.Ctx(w.Manager), event.Draw{Event: e, Sessions: sessions})
		if err != nil || again.Version != e.Version {
			t.Errorf("the same again: %+v, %v", again, err)
		}
		e.Lead = "Inne słowa."
		if _, err := w.Events.Begin(w.Ctx(w.Manager), event.Draw{Event: e, Sessions: sessions}); !fault.Is(err, fault.KindConflict) {
			t.Errorf("other words: %v", err)
		}
	})
}

func TestMovedEventKeepsItsHoursAcrossTheClockChange(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Draft("Seminarium")
		moved, err := w.Events.Shift(w.Ctx(w.Manager), e.Programme, e.ID, e.Version, time.Date(2014, 10, 25, 0, 0, 0, 0, lang.Warsaw))
		if err != nil {
			t.Fatal(err)
		}
		if first, last := lang.Clock(moved.StartsAt.Time), lang.Clock(moved.EndsAt.Time); first != "09:00" || last != "13:00" || moved.Days() != 2 {
			t.Errorf("from %s to %s in %d days", first, last, moved.Days())
		}
		night, err := w.Events.PutSession(w.Ctx(w.Manager), moved.Programme, moved.ID, moved.Version,
			event.Session{ID: store.NewID(), StartsAt: store.At(time.Date(2014, 10, 26, 2, 30, 0, 0, lang.Warsaw)), Minutes: 30, Title: "Nocą"}, false)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Events.Shift(w.Ctx(w.Manager), night.Programme, night.ID, night.Version, time.Date(2015, 3, 28, 0, 0, 0, 0, lang.Warsaw))
		if f := fault.Of(err); f == nil || f.Fields[0].Key != "event.shift.skipped_hour" {
			t.Errorf("to a day without that hour: %v", err)
		}
	})
}

func TestWhatFollowsMovesWithALongerSession(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Draft("Seminarium")
		all, err := event.Sessions(t.Context(), w.DB, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		longer := all[0]
		longer.Minutes += 30
		if e, err = w.Events.PutSession(w.Ctx(w.Manager), e.Programme, e.ID, e.Version, longer, true); err != nil {
			t.Fatal(err)
		}
		after, err := event.Sessions(t.Context(), w.DB, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i, by := range []time.Duration{0, 30 * time.Minute, 30 * time.Minute, 0} { // the last is on the next day
			if got := after[i].StartsAt.Sub(all[i].StartsAt.Time); got != by {
				t.Errorf("%s moved by %v, want %v", after[i].Title, got, by)
			}
		}
	})
}

// Whatever editors put earlier, a day keeps its beginning, its end and its
// sessions with their lengths, and none of them overlap.
func TestSessionsPutEarlierKeepTheDay(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Draft("Seminarium")
		read := func() []event.Session {
			all, err := event.Sessions(t.Context(), w.DB, e.ID)
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		minutes := map[store.ID]int{}
		for _, s := range read() {
			minutes[s.ID] = s.Minutes
		}
		rapid.Check(t, func(r *rapid.T) {
			before := read()
			i := rapid.IntRange(0, len(before)-1).Draw(r, "session")
			after, err := w.Events.Hasten(w.Ctx(w.Manager), e.Programme, e.ID, e.Version, before[i].ID)
			first := i == 0 || i == 3
			if first != fault.Is(err, fault.KindNotFound) || !first && err != nil {
				r.Fatalf("session %d: %v", i, err)
			}
			if err == nil {
				e = after
			}
			all := read()
			if !all[0].StartsAt.Equal(before[0].StartsAt.Time) || !all[2].EndsAt().Equal(before[2].EndsAt()) || len(all) != 4 {
				r.Fatalf("the day changed: %+v", all)
			}
			for j, s := range all {
				if minutes[s.ID] != s.Minutes || j > 0 && s.StartsAt.Before(all[j-1].EndsAt()) {
					r.Fatalf("%+v", all)
				}
			}
		})
	})
}

func TestOneDayMoreThanAnEventMayLastIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Draft("Seminarium")
		var sessions []event.Session
		for i := range 101 {
			sessions = append(sessions, event.Session{StartsAt: store.At(eventtest.Day.Add(time.Duration(i) * time.Hour)), Minutes: 5, Title: "Punkt"})
		}
		e.ID = store.NewID()
		if _, err := w.Events.Begin(w.Ctx(w.Manager), event.Draw{Event: e, Sessions: sessions}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("101 sessions: %v", err)
		}
		if _, err := w.Events.Begin(w.Ctx(w.Manager), event.Draw{Event: e}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("no sessions: %v", err)
		}
	})
}

func TestPageOfAnEventAsksTheDatabaseAFewTimes(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		e := w.Event("Seminarium")
		for path, most := range map[string]int{e.Path(): 6, "/wydarzenia": 1, "/wydarzenia/2014/06": 1, list: 2} {
			ctx, counter := store.WithCounter(context.Background())
			answer := httptest.NewRecorder()
			w.App.Handler().ServeHTTP(answer, httptest.NewRequest("GET", path, nil).WithContext(ctx))
			if answer.Code != http.StatusOK || counter.N() > most {
				t.Errorf("%s: status %d, %d queries, want at most %d", path, answer.Code, counter.N(), most)
			}
		}
	})
}
