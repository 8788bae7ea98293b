package store_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

func TestIDsSortByTheirMaking(t *testing.T) {
	ids := make([]store.ID, 1000)
	for i := range ids {
		ids[i] = store.NewID()
	}
	if !slices.IsSorted(ids) {
		t.Error("a later ID sorts before an earlier one")
	}
}

func TestRandomIDTellsNoTime(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		id := store.NewRandomID()
		if id[14] != '4' {
			t.Fatalf("%s is not a UUIDv4", id)
		}
		seen[string(id[:8])] = true // of a UUIDv7 the time, the same for a minute
	}
	if len(seen) < 990 {
		t.Errorf("only %d beginnings among 1000", len(seen))
	}
}

func TestParseIDTakesOneSpelling(t *testing.T) {
	tests := []struct {
		name, text string
		want       bool
	}{
		{"usual", "0190163d-8694-739b-aea5-966c26f8ad91", true},
		{"empty", "", false},
		{"none", "00000000-0000-0000-0000-000000000000", false},
		{"capitals", "0190163D-8694-739B-AEA5-966C26F8AD91", false},
		{"braces", "{0190163d-8694-739b-aea5-966c26f8ad91}", false},
		{"urn", "urn:uuid:0190163d-8694-739b-aea5-966c26f8ad91", false},
		{"without hyphens", "0190163d8694739baea5966c26f8ad91", false},
		{"a word", "aktualnosci", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			id, err := store.ParseID(tt.text)
			if tt.want != (err == nil) || tt.want && string(id) != tt.text {
				t.Errorf("ParseID(%q) = %q, %v", tt.text, id, err)
			}
			if err != nil && !fault.Is(err, fault.KindNotFound) {
				t.Errorf("err = %v, want NotFound", err)
			}
		})
	}
}

func FuzzParseID(f *testing.F) {
	f.Add(string(store.NewID()))
	f.Add("urn:uuid:0190163d-8694-739b-aea5-966c26f8ad91")
	f.Add("ą\x00'--")
	f.Fuzz(func(t *testing.T, text string) {
		id, err := store.ParseID(text)
		if err != nil {
			if id != "" || !fault.Is(err, fault.KindNotFound) {
				t.Errorf("ParseID(%q) = %q, %v", text, id, err)
			}
			return
		}
		if string(id) != text || len(text) != 36 {
			t.Errorf("ParseID(%q) = %q", text, id)
		}
	})
}

func TestNoID(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB) {
		run(t, db, `INSERT INTO shelf (id, title) VALUES ('null', $1), ('empty', $2), ('some', $3)`,
			store.ID("").OrNull(), store.ID(""), store.ID("x").OrNull())
		want := map[string]store.ID{"null": "", "empty": "", "some": "x"}
		for id, title := range want {
			if got := one[store.ID](t, db, `SELECT title FROM shelf WHERE id = $1`, id); got != title {
				t.Errorf("%s: read %q", id, got)
			}
		}
		if got := one[string](t, db, `SELECT id FROM shelf WHERE title IS NULL`); got != "null" {
			t.Errorf("%s is NULL", got)
		}
		if n := one[int](t, db, `SELECT count(*) FROM shelf WHERE id <> $1`, store.ID("")); n != len(want) {
			t.Errorf("%d rows differ from no ID, want all %d", n, len(want))
		}
	})
}

func ExampleParseID() {
	id, err := store.ParseID("0190163d-8694-739b-aea5-966c26f8ad91")
	fmt.Println(id, err)
	_, err = store.ParseID("../etc/passwd")
	fmt.Println(fault.Is(err, fault.KindNotFound))
	// Output:
	// 0190163d-8694-739b-aea5-966c26f8ad91 <nil>
	// true
}
