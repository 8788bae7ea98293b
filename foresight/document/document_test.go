package document_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/foresight/document"
)

func TestEveryValueKnowsItsLine(t *testing.T) {
	v, err := document.Read(strings.NewReader("\ufeff{\r\n \"a\": [1,\n  2],\n\n \"b\": \"x\"}\n"))
	if err != nil {
		t.Fatal(err)
	}
	a, _ := v.Field("a")
	items, err := a.List()
	if err != nil || len(items) != 2 || a.Line != 2 || items[0].Line != 2 || items[1].Line != 3 {
		t.Errorf("list %v at %d, %v", items, a.Line, err)
	}
	if b, ok := v.Field("b"); !ok || b.Line != 5 {
		t.Errorf("b at %d", b.Line)
	}
}

func TestMistakesAreShownWithTheirLine(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"empty", "", "line 1: the file ends before the document does"},
		{"cut off", "{\n\"a\":\n[1,", "line 3: the file ends before"},
		{"comma", "{\n\"a\": 1,\n}", "line 3: not JSON"},
		{"word", "[1,\n\nzwei]", "line 3: not JSON"},
		{"name twice", "{\"a\": 1,\n\"a\": 2}", `line 2: "a" is said twice`},
		{"more", "{}\n{}", "line 2: expected nothing after"},
		{"deep", strings.Repeat("[", 60) + strings.Repeat("]", 60), "more than 32 lists"},
		{"many", "[" + strings.Repeat("1,", 600_000) + "1]", "more than 500000 values"},
		{"long", `"` + strings.Repeat("x", document.MaxBytes) + `"`, "longer than 16 MB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := document.Read(strings.NewReader(tt.text))
			var mistake *document.Error
			if !errors.As(err, &mistake) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestWrongKindSaysWhatWasExpected(t *testing.T) {
	v, err := document.Read(strings.NewReader(`{"n": 7, "t": " x ", "l": [" a", "a"], "b": true, "z": null}`))
	if err != nil {
		t.Fatal(err)
	}
	field := func(name string) document.Value {
		f, err := v.Need(name)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	for want, try := range map[string]func() error{
		"expected a whole number from 0 to 4, found 7": func() error { _, err := field("n").Whole(0, 4); return err },
		"expected a number from -1 to 2.5, found 7":    func() error { _, err := field("n").Number(-1, 2.5); return err },
		`expected a whole number from 0 to 4, found "`: func() error { _, err := field("t").Whole(0, 4); return err },
		"expected a text, found 7":                     func() error { _, err := field("n").Text(); return err },
		"expected a list, found 7":                     func() error { _, err := field("n").List(); return err },
		"expected an object, found a list":             func() error { _, err := field("l").Fields(); return err },
		"expected true or false, found 7":              func() error { _, err := field("n").Truth(); return err },
		`two actors are called "a"`:                    func() error { _, err := field("l").Names("actor"); return err },
		`expected a field "z"`:                         func() error { _, err := v.Need("z"); return err },
	} {
		if err := try(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	if s, err := field("t").Text(); s != "x" || err != nil {
		t.Errorf("text %q, %v", s, err)
	}
}

func TestLongValuesAreClippedInErrors(t *testing.T) {
	v, err := document.Read(strings.NewReader(`"` + strings.Repeat("ż", 1<<20) + `"`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.List(); err == nil || len(err.Error()) > 1000 || !strings.HasSuffix(err.Error(), "…") {
		t.Errorf("an error of %d bytes", len(err.Error()))
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{`{"a": [1, 2.5e3, "x", true, null]}`, "[\n[\n[]]]", `{"a":1,"a":2}`, "\ufeff{}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		v, err := document.Read(strings.NewReader(string(content)))
		var mistake *document.Error
		if err != nil && !errors.As(err, &mistake) {
			t.Fatalf("error %v", err)
		}
		lines := 1 + strings.Count(string(content), "\n")
		if err != nil && (mistake.Line < 1 || mistake.Line > lines) || err == nil && (v.Line < 1 || v.Line > lines) {
			t.Fatalf("line out of %d: %v, %v", lines, v.Line, err)
		}
	})
}
