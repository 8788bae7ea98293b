package entrance_test

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/entrance"
)

// Whatever is typed, only letters and digits are looked for, and a code that was
// shown in halves is read back.
func FuzzClean(f *testing.F) {
	for _, typed := range []string{"ab3 9k2", "AB3-9K2", "\x00\xff", "ſı", "１２３", ""} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code := entrance.Clean(typed)
		if strings.Trim(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			t.Errorf("%q is looked for as %q", typed, code)
		}
		if again := entrance.Clean(entrance.Spaced(code)); again != code {
			t.Errorf("%q, shown and typed again, is %q", code, again)
		}
	})
}
