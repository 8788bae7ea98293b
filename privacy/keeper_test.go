package privacy_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// The rules of these tests: an account, requests to join that are deleted after
// two years, and invitations that are found by an address.
var rules = []privacy.Rule{
	{
		Table: "person", Records: "x", Basis: privacy.Contract, Erased: privacy.Empty, Why: "x",
		Links: []privacy.Link{privacy.About("id")},
		Columns: []privacy.Column{
			privacy.Told("email", "x").Then(`id || '@usunieto.invalid'`), privacy.Told("name", "x"), privacy.Derived("search"),
			privacy.Derived("erased_at").Then(`{now}`),
		},
	},
	{
		Table: "person_act", Records: "x", Basis: privacy.Obligation, Kept: privacy.Years(2, "at"),
		Links:   []privacy.Link{privacy.About("person"), privacy.DoneBy("done_by", "x.did", "at")},
		Columns: []privacy.Column{privacy.Told("reason", "x"), privacy.When("at", "x")},
	},
	{
		Table: "mail_outbox", Records: "x", Basis: privacy.Contract, Kept: privacy.Days(10, "created_at").Emptied(),
		Links:   []privacy.Link{privacy.AboutAddress("recipient")},
		Columns: []privacy.Column{privacy.Told("recipient", "x").Then("'nikt'"), privacy.Told("last_error", "x")},
	},
}

// desk is a keeper on a database with two people.
type desk struct {
	*privacy.Keeper
	t              *testing.T
	db             *store.DB
	ewa, admin     store.ID
	asEwa, asAdmin context.Context
}

func open(t *testing.T, db *store.DB) *desk {
	d := &desk{Keeper: privacy.NewKeeper(db, nil, rules), t: t, db: db, ewa: store.NewID(), admin: store.NewID()}
	for id, name := range map[store.ID]string{d.ewa: "Ewa Ciekawa", d.admin: "Adam Admin"} {
		d.exec(`INSERT INTO person (id, email, name, name_key, search, language, created_at) VALUES ($1, $2, $3, '', '', 'pl', 1)`,
			id, string(id)+"@example.org", name)
	}
	d.asEwa = access.With(t.Context(), &access.Actor{Person: d.ewa, Name: "Ewa Ciekawa"})
	d.asAdmin = access.With(t.Context(), &access.Actor{Person: d.admin, Name: "Adam Admin"})
	return d
}

func (d *desk) exec(query string, args ...any) {
	d.t.Helper()
	err := d.db.Write(d.t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(d.t.Context(), query, args...)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) act(at time.Time, reason string) {
	d.exec(`INSERT INTO person_act (id, person, done_by, act, reason, at) VALUES ($1, $2, $3, 'block', $4, $5)`,
		store.NewID(), d.ewa, d.admin, reason, store.At(at))
}

func (d *desk) letter(to store.ID, at time.Time) {
	d.exec(`INSERT INTO mail_outbox (id, kind, recipient, language, data, state, last_error, created_at) VALUES ($1, 'x', $2, 'pl', '{}', 'sent', 'smtp', $3)`,
		store.NewID(), string(to)+"@example.org", store.At(at))
}

func (d *desk) count(query string, args ...any) int {
	d.t.Helper()
	n, err := store.One[int](d.t.Context(), d.db, `SELECT count(*) FROM `+query, args...)
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}

func (d *desk) ask() (done bool, err error) {
	err = d.db.Write(d.t.Context(), func(tx *store.Tx) error {
		done, err = d.Ask(d.t.Context(), tx, d.ewa)
		return err
	})
	return done, err
}

// Five years after the end of the year, as archives count, and not a day less.
func TestRecordsEndWithTheYearOfTheirTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { // the clock stands in June 2014
		d := open(t, db)
		d.act(time.Date(2011, 12, 31, 22, 59, 0, 0, time.UTC), "dawno")    // still 2011 in Poland
		d.act(time.Date(2011, 12, 31, 23, 1, 0, 0, time.UTC), "rok potem") // 2012 in Poland
		if err := d.Retain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if d.count(`person_act WHERE reason = 'dawno'`) != 0 || d.count(`person_act WHERE reason = 'rok potem'`) != 1 {
			t.Error("the wrong record was removed")
		}
		report, err := d.Removals(t.Context(), 10)
		if err != nil || len(report) != 2 || report[0].Records != "" || report[1].Records != "person_act" || report[1].Number != 1 || report[1].Fate != "deleted" {
			t.Errorf("report %+v, %v", report, err)
		}
	})
}

func TestEmptiedRecordsAreCountedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.letter(d.ewa, storetest.Start.AddDate(0, 0, -11))
		d.letter(d.ewa, storetest.Start.AddDate(0, 0, -9))
		for range 2 {
			if err := d.Retain(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if d.count(`mail_outbox`) != 2 || d.count(`mail_outbox WHERE last_error = ''`) != 1 {
			t.Error("emptied what was not old, or deleted it")
		}
		if n := d.count(`privacy_removal WHERE records = 'mail_outbox'`); n != 1 {
			t.Errorf("reported %d times", n)
		}
	})
}

func TestHoldStopsErasureAndRetentionAndThenLetsGo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.act(storetest.Start.AddDate(-5, 0, 0), "dawno")
		d.letter(d.ewa, storetest.Start.AddDate(-1, 0, 0))
		d.letter(d.admin, storetest.Start.AddDate(-1, 0, 0))
		if err := d.SetHold(d.asAdmin, d.ewa, "sprawa w sądzie"); err != nil {
			t.Fatal(err)
		}
		if err := d.SetHold(d.asAdmin, d.ewa, "drugi raz"); !fault.Is(err, fault.KindConflict) {
			t.Errorf("a second hold: %v", err)
		}
		if err := d.Retain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if d.count(`person_act`) != 1 || d.count(`mail_outbox WHERE last_error <> ''`) != 1 {
			t.Error("retention touched what is on hold, or left what is not")
		}
		for range 2 { // asking again changes nothing
			if done, err := d.ask(); done || err != nil {
				t.Fatalf("erased on hold: %v, %v", done, err)
			}
		}
		o, err := d.Outlook(t.Context(), d.ewa)
		if err != nil || !o.OnHold || o.AskedAt.IsZero() {
			t.Errorf("the person does not learn it: %+v, %v", o, err)
		}
		holds, err := d.Holds(t.Context())
		if err != nil || len(holds) != 1 || holds[0].AskedAt.IsZero() {
			t.Fatalf("%+v, %v", holds, err)
		}
		if _, err := d.Lift(d.asAdmin, holds[0].ID, 7, "koniec"); !fault.Is(err, fault.KindConflict) {
			t.Errorf("lifted over another version: %v", err)
		}
		erased, err := d.Lift(d.asAdmin, holds[0].ID, holds[0].Version, "koniec")
		if err != nil || !erased {
			t.Fatalf("%v, %v", erased, err)
		}
		if d.count(`person WHERE name = 'Ewa Ciekawa'`) != 0 || d.count(`person_act`) != 0 || d.count(`privacy_erasure WHERE done_at IS NOT NULL`) != 1 {
			t.Error("the wish that waited was not carried out")
		}
		if _, err := d.Lift(d.asAdmin, holds[0].ID, 2, "koniec"); !fault.Is(err, fault.KindConflict) {
			t.Errorf("lifted twice: %v", err)
		}
	})
}

func TestWishThatWaitsCanBeTakenBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		if err := d.SetHold(d.asAdmin, d.ewa, "kontrola"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.ask(); err != nil {
			t.Fatal(err)
		}
		err := db.Write(t.Context(), func(tx *store.Tx) error { return d.TakeBack(t.Context(), tx, d.ewa) })
		if err != nil {
			t.Fatal(err)
		}
		holds, err := d.Holds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if erased, err := d.Lift(d.asAdmin, holds[0].ID, 1, "koniec"); erased || err != nil {
			t.Errorf("erased although taken back: %v, %v", erased, err)
		}
	})
}

func TestObjectionKeepsAPerson(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	d.Object(func(context.Context, store.Reader, store.ID) error { return fault.Invalid("x.first") })
	if done, err := d.ask(); done || !fault.Is(err, fault.KindInvalid) {
		t.Errorf("%v, %v", done, err)
	}
	if o, err := d.Outlook(t.Context(), d.ewa); err != nil || len(o.Objections) != 1 {
		t.Errorf("%+v, %v", o, err)
	}
	if d.count(`person WHERE name = 'Ewa Ciekawa'`) != 1 {
		t.Error("erased in spite of it")
	}
}

func TestWhoeverDidSomethingIsToldTheActAndNotItsWords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.act(storetest.Start, "o cudzych sprawach")
		e, err := d.Export(t.Context(), d.admin)
		if err != nil {
			t.Fatal(err)
		}
		encoded, err := e.JSON()
		if err != nil {
			t.Fatal(err)
		}
		var acts int
		for _, r := range e.Records {
			acts += len(r.Acts)
		}
		if acts != 1 || strings.Contains(string(encoded), "o cudzych sprawach") {
			t.Errorf("%d acts, %s", acts, encoded)
		}
		e, err = d.Export(t.Context(), d.ewa)
		if encoded, _ = e.JSON(); err != nil || !strings.Contains(string(encoded), "o cudzych sprawach") {
			t.Errorf("who it is about does not get it: %v %s", err, encoded)
		}
	})
}

func TestLookAtAPersonIsNotedOnceForEachLook(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		d.Looked(d.asAdmin, privacy.Look{Page: "accounts", Place: "wspolnota", People: []store.ID{d.ewa, d.admin, d.ewa}})
		d.Looked(d.asEwa, privacy.Look{Page: "account", People: []store.ID{d.ewa}})     // one's own
		d.Looked(t.Context(), privacy.Look{Page: "account", People: []store.ID{d.ewa}}) // a visitor
		d.Looked(d.asAdmin, privacy.Look{Page: "accounts"})                             // an empty list
		looks, n, err := d.LooksAt(t.Context(), d.ewa, 10, 0)
		if err != nil || n != 1 || looks[0].Name != "Adam Admin" || looks[0].Page != "accounts" || looks[0].Shown != 1 {
			t.Errorf("%d: %+v, %v", n, looks, err)
		}
		all, n, err := d.Looks(t.Context(), 10, 0)
		if err != nil || n != 1 || len(all) != 1 {
			t.Errorf("%d: %+v, %v", n, all, err)
		}
	})
}

// A page is not slower for being noted: a hundred looks are one write.
func TestLooksAreWrittenTogether(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	for range 100 {
		d.Looked(d.asAdmin, privacy.Look{Page: "account", People: []store.ID{d.ewa}})
	}
	if n := d.count(`privacy_look`); n != 0 {
		t.Errorf("%d written at once", n)
	}
	if err := d.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := d.count(`privacy_look`); n != 100 {
		t.Errorf("%d written", n)
	}
	var none *privacy.Keeper
	none.Looked(d.asAdmin, privacy.Look{Page: "account", People: []store.ID{d.ewa}}) // rooms in tests
}
