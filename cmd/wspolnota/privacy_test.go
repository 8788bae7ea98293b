package main

import (
	"testing"

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
