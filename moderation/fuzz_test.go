package moderation_test

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/moderation"
)

// A list is typed by one person and the text by another; neither may break the
// looking, and an entry always fits the word that it is.
func FuzzWordList(f *testing.F) {
	f.Add("kasyno\nszybki kredyt\nkredyt*\nexample.com", "Wygraj w KASYNIE! Szybkie kredyty na example.com")
	f.Add("*\n \n.\n/", "a")
	f.Add("\xff*\n\x00", "\xff\x00")
	f.Fuzz(func(t *testing.T, list, text string) {
		l := moderation.WordList{Words: list}
		for _, entry := range moderation.Fitting(l, text) {
			if !strings.Contains(strings.Join(strings.Fields(list), " "), entry) {
				t.Errorf("%q fits and is not in %q", entry, list)
			}
			if whole := strings.TrimSuffix(entry, "*"); len(moderation.Fitting(moderation.WordList{Words: entry}, whole)) != 1 {
				t.Errorf("%q does not fit itself", entry)
			}
		}
	})
}
