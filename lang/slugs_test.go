package lang_test

import (
	"testing"

	"github.com/wspolnota/wspolnota/lang"
)

// first are the first offers for a title.
func first(n int, title string, reserved ...string) (offers []string) {
	for slug := range lang.Slugs(title, "wydarzenie", reserved...) {
		if offers = append(offers, slug); len(offers) == n {
			break
		}
	}
	return offers
}

func TestAddressesFollowTheTitle(t *testing.T) {
	for _, x := range []struct {
		title string
		want  [2]string
	}{
		{"Seminarium w Wiśle", [2]string{"seminarium-w-wisle", "seminarium-w-wisle-2"}},
		{"???", [2]string{"wydarzenie", "wydarzenie-2"}},
		{"Nowe", [2]string{"nowe-2", "nowe-3"}},
	} {
		if got := first(2, x.title, "nowe"); got[0] != x.want[0] || got[1] != x.want[1] {
			t.Errorf("%q: %q, want %q", x.title, got, x.want)
		}
	}
}

func TestAddressFitsItsTitleAlsoWithANumber(t *testing.T) {
	for slug, want := range map[string]bool{"seminarium-w-wisle": true, "seminarium-w-wisle-12": true, "seminarium": false, "seminarium-w-wisle-lato": false} {
		if got := lang.FitsSlug(slug, "Seminarium w Wiśle", "wydarzenie"); got != want {
			t.Errorf("%s: %v", slug, got)
		}
	}
}
