package session_test

import (
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/session"
)

const (
	anna = store.ID("0191a000-0000-7000-8000-000000000001")
	jan  = store.ID("0191a000-0000-7000-8000-000000000002")
)

func start(t *testing.T, db *store.DB, person store.ID, staff bool) string {
	t.Helper()
	var token string
	write(t, db, func(tx *store.Tx) (err error) {
		token, err = session.Start(t.Context(), tx, person, staff, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
		return err
	})
	return token
}

func write(t *testing.T, db *store.DB, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func alive(t *testing.T, db *store.DB, token string) bool {
	t.Helper()
	_, err := session.Find(t.Context(), db, token)
	if err != nil && !fault.Is(err, fault.KindNotFound) {
		t.Fatal(err)
	}
	return err == nil
}

func TestSessionLivesAsLongAsItMay(t *testing.T) {
	for _, tt := range []struct {
		name  string
		staff bool
		after time.Duration
		want  bool
	}{
		{"staff within the half hour", true, 29 * time.Minute, true},
		{"staff after the half hour", true, 31 * time.Minute, false},
		{"others after a day", false, 24 * time.Hour, true},
		{"others after two weeks", false, 15 * 24 * time.Hour, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				token := start(t, db, anna, tt.staff)
				db.Clock().Advance(tt.after)
				if got := alive(t, db, token); got != tt.want {
					t.Errorf("alive = %v, want %v", got, tt.want)
				}
			})
		})
	}
}

func TestUseKeepsASessionButNotForEver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		token := start(t, db, anna, true)
		for began := db.Wall(); db.Wall().Sub(began) < session.StaffTotal-20*time.Minute; db.Clock().Advance(20 * time.Minute) {
			s, err := session.Find(t.Context(), db, token)
			if err != nil {
				t.Fatalf("after %v: %v", db.Wall().Sub(began), err)
			}
			if err := session.Seen(t.Context(), db, s); err != nil {
				t.Fatal(err)
			}
		}
		db.Clock().Advance(20 * time.Minute)
		if alive(t, db, token) {
			t.Error("a staff session outlived its 12 hours")
		}
	})
}

func TestVisitIsWrittenOnceAMinute(t *testing.T) {
	db := storetest.SQLite(t)
	token := start(t, db, anna, false)
	s, err := session.Find(t.Context(), db, token)
	if err != nil {
		t.Fatal(err)
	}
	ctx, counter := store.WithCounter(t.Context())
	db.Clock().Advance(59 * time.Second)
	if err := session.Seen(ctx, db, s); err != nil || counter.N() != 0 {
		t.Errorf("%d statements within the minute (%v)", counter.N(), err)
	}
	db.Clock().Advance(2 * time.Second)
	if err := session.Seen(ctx, db, s); err != nil || counter.N() == 0 {
		t.Errorf("%d statements after it (%v)", counter.N(), err)
	}
}

func TestTokenIsNotInTheDatabase(t *testing.T) {
	db := storetest.SQLite(t)
	token := start(t, db, anna, false)
	stored, err := store.One[string](t.Context(), db, `SELECT token_hash FROM session`)
	if err != nil || strings.Contains(stored, token) || len(stored) != 64 {
		t.Errorf("stored %q for token %q (%v)", stored, token, err)
	}
	if alive(t, db, stored) || alive(t, db, "") {
		t.Error("what is in the database signs somebody in")
	}
}

func TestEndedSessionsAreDead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		one, two, others := start(t, db, anna, false), start(t, db, anna, false), start(t, db, jan, false)
		list, err := session.List(t.Context(), db, anna)
		if err != nil || len(list) != 2 || list[0].Agent != "Firefox, Linux" {
			t.Fatalf("list %+v (%v)", list, err)
		}
		first, err := session.Find(t.Context(), db, one)
		if err != nil {
			t.Fatal(err)
		}
		write(t, db, func(tx *store.Tx) error { return session.End(t.Context(), tx, jan, first.ID) })
		if !alive(t, db, one) {
			t.Error("a person ended the session of another")
		}
		write(t, db, func(tx *store.Tx) error { return session.EndAll(t.Context(), tx, anna, first.ID) })
		if !alive(t, db, one) || alive(t, db, two) || !alive(t, db, others) {
			t.Error("all sessions of Anna but the first should have ended, and none of Jan")
		}
		write(t, db, func(tx *store.Tx) error { return session.End(t.Context(), tx, anna, first.ID) })
		if alive(t, db, one) {
			t.Error("an ended session lives")
		}
	})
}

func TestSweepTakesOnlyTheDead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		start(t, db, anna, true)
		resident := start(t, db, jan, false)
		db.Clock().Advance(time.Hour)
		write(t, db, func(tx *store.Tx) error { return session.Sweep(t.Context(), tx) })
		n, err := store.One[int](t.Context(), db, `SELECT count(*) FROM session`)
		if err != nil || n != 1 || !alive(t, db, resident) {
			t.Errorf("%d sessions left (%v)", n, err)
		}
	})
}

func TestAgentIsTwoWords(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0": "Edge, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1":      "Safari, iPhone",
		"Mozilla/5.0 (Linux; Android 16) Chrome/140.0 Mobile Safari/537.36":                     "Chrome, Android",
		"<script>alert(1)</script>": "", "": "",
	} {
		if got := session.Agent(agent); got != want {
			t.Errorf("%q: %q, want %q", agent, got, want)
		}
	}
}
