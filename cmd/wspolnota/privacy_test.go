package main

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// TestEveryTableHasAPrivacyRule fails for a new table or a new column of text
// until its room has said what it has to do with people.
func TestEveryTableHasAPrivacyRule(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, fault := range privacy.Check(privacyRules, storetest.Tables(t, db)) {
			t.Error(fault)
		}
	})
}

// TestPrivacyRulesSpeakBothLanguages looks up every key that a rule names: no
// call says them, so that the general test of keys does not see them.
func TestPrivacyRulesSpeakBothLanguages(t *testing.T) {
	p := testProgram(t)
	for _, language := range lang.Languages {
		printer := p.catalogue.Printer(language)
		for _, r := range privacyRules {
			for _, key := range r.Keys() {
				if printer.T(key) == key {
					t.Errorf("%s: %q is in no %s catalogue", r.Table, key, language)
				}
			}
		}
	}
}

// TestPersonGetsEverythingAndLeavesNoTrace seeds a person into every table by
// the schema alone. What they are given holds every mark; after the erasure no
// mark is left in any column of any table, and totals are what they were.
func TestPersonGetsEverythingAndLeavesNoTrace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := testProgramOn(t, db, nil)
		s := newSeeder(t, db, p.people)
		s.everything()
		if len(s.told) < 20 || len(s.gone) < 20 || len(s.secret) < 3 {
			t.Fatalf("only %d, %d and %d marks: nothing is tested", len(s.told), len(s.gone), len(s.secret))
		}
		e, err := p.keeper.Export(t.Context(), s.person.ID)
		if err != nil {
			t.Fatal(err)
		}
		encoded, err := e.JSON()
		if err != nil {
			t.Fatal(err)
		}
		for _, mark := range s.told {
			if !strings.Contains(string(encoded), mark) {
				t.Errorf("the export does not tell %s", mark)
			}
		}
		for _, mark := range append(s.secret, s.stranger.Name, s.stranger.Email) {
			if strings.Contains(string(encoded), mark) {
				t.Errorf("the export tells %s", mark)
			}
		}

		before := map[string]int{}
		for _, r := range privacyRules {
			before[r.Table] = s.count(r.Table)
		}
		err = db.Write(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.Exec(t.Context(), `DELETE FROM privacy_hold`); err != nil { // they would stop it
				return err
			}
			if _, err := tx.Exec(t.Context(), `DELETE FROM programme_role`); err != nil { // so would a role that nobody has taken over
				return err
			}
			done, err := p.keeper.Ask(t.Context(), tx, s.person.ID)
			if err == nil && !done {
				t.Error("the erasure waits")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for place, text := range s.dump() {
			for _, mark := range append(s.gone, s.secret...) {
				if strings.Contains(strings.ToLower(text), strings.ToLower(mark)) {
					t.Errorf("%s still holds %s", place, mark)
				}
			}
		}
		for _, r := range privacyRules {
			if n := s.count(r.Table); r.Erased != privacy.Delete && r.Table != "privacy_hold" && n < before[r.Table] {
				t.Errorf("%s had %d rows and has %d", r.Table, before[r.Table], n)
			}
		}
		if _, err := p.keeper.Export(t.Context(), s.person.ID); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("an erased person gets an export: %v", err)
		}
	})
}
