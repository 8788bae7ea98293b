package main

import (
	"net/http"
	"regexp"
	"testing"
)

// rawMark is what stands in the database and not in anybody's language: a name with
// a dot or an underscore, JSON, a code of a gmina, an id.
var rawMark = regexp.MustCompile(`\b[a-z]+[._][a-z_]+\b|[{}]|\b24\d{5}\b|[0-9a-f]{8}-[0-9a-f]{4}-`)

// TestPersonReadsTheirDataInWords opens what is kept about people of the example
// in both languages.
func TestPersonReadsTheirDataInWords(t *testing.T) {
	x := attack(t)
	address := regexp.MustCompile(`\S+@\S+`)
	for _, who := range []string{"mieszkaniec", "kierowniczka", "administratorka", "prezes-klubu"} {
		for _, english := range []bool{false, true} {
			b := x.part(who)
			if english {
				b = b.English()
			}
			page := b.Get("/konto/dane/wykaz").Want(t, http.StatusOK)
			if page.Count("main dd") < 10 {
				t.Fatalf("%s is told hardly anything", who)
			}
			text := address.ReplaceAllString(page.Text("main"), "")
			for _, found := range rawMark.FindAllString(text, 5) {
				t.Errorf("%s, English %v: %q is no word", who, english, found)
			}
		}
	}
}
