package barrier_test

import (
	"testing"

	"github.com/wspolnota/wspolnota/barrier"
)

// The origin comes from an address: it is what String writes, or none.
func FuzzParseOrigin(f *testing.F) {
	for _, s := range []string{"statement:0191a000-0000-7000-8000-0000000000ff", "statement:", ":0191a000-0000-7000-8000-0000000000ff", "a:b:c", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		o := barrier.ParseOrigin(s)
		if o.None() {
			return
		}
		if again := barrier.ParseOrigin(o.String()); again != o || o.Kind == "" {
			t.Errorf("%q is read as %+v, and that as %+v", s, o, again)
		}
	})
}
