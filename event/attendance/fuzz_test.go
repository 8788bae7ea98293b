package attendance_test

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/event/attendance"
)

// Anybody may type anything where a certificate is verified.
func FuzzReadCode(f *testing.F) {
	for _, typed := range []string{"ABCD EFGH 2345", "abcd-efgh-2345", "\x00\x00", "ßßßßßß", "\u2028ABCDEFGH2345", ""} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code, err := attendance.ReadCode(typed)
		if err != nil {
			return
		}
		if len(code) != 12 || strings.ContainsAny(code, " -\n") {
			t.Errorf("%q is looked for as %q", typed, code)
		}
		if again, err := attendance.ReadCode(code[:4] + " " + code[4:8] + "-" + code[8:]); again != code || err != nil {
			t.Errorf("%q, typed in parts, is %q, %v", code, again, err)
		}
	})
}
