package people_test

import (
	"net/mail"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/people"
)

func TestAddressIsFoldedToOneForm(t *testing.T) {
	for typed, want := range map[string]string{
		"anna@example.org":                       "anna@example.org",
		" Anna.Nowak@EXAMPLE.ORG\n":              "anna.nowak@example.org",
		"mailto:anna@example.org":                "anna@example.org",
		"<anna@example.org>":                     "anna@example.org",
		"anna+gmina@example.org":                 "anna+gmina@example.org",
		"a.n.n.a@example.org":                    "a.n.n.a@example.org",
		"o'brien@example.org":                    "o'brien@example.org",
		"urząd@example.org":                      "",
		"anna@gmina-żory.pl":                     "anna@xn--gmina-ory-gcc.pl",
		"anna@ＥＸＡＭＰＬＥ.org":                       "anna@example.org",
		"":                                       "",
		"anna":                                   "",
		"anna@":                                  "",
		"@example.org":                           "",
		"anna@@example.org":                      "",
		"anna@example":                           "",
		"anna@example.1":                         "",
		"anna@[127.0.0.1]":                       "",
		"anna@127.0.0.1":                         "",
		"anna@-example.org":                      "",
		"anna@example..org":                      "",
		"anna@.example.org":                      "",
		".anna@example.org":                      "",
		"an..na@example.org":                     "",
		"an na@example.org":                      "",
		"\"anna nowak\"@example.org":             "",
		"Anna <anna@example.org>":                "",
		"anna@example.org, jan@example.org":      "",
		"anna@example.org\r\nBcc: x@y.pl":        "",
		"anna@example.org\x00":                   "",
		strings.Repeat("a", 65) + "@example.org": "",
		"anna@" + strings.Repeat(strings.Repeat("a", 60)+".", 5) + "org": "",
	} {
		got, err := people.ParseEmail(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is read as %q, %v; want %q", typed, got, err, want)
		}
	}
}

func FuzzParseEmail(f *testing.F) {
	for _, seed := range []string{"Anna@Example.org", "mailto:a@b.pl", "<a@b.pl>", "a@żory.pl", "a@b.pl\r\nBcc: c@d.pl", "a@xn--zory-k4a.pl"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		email, err := people.ParseEmail(typed)
		if err != nil {
			return
		}
		if again, err := people.ParseEmail(email); err != nil || again != email {
			t.Errorf("%q folds to %q and that to %q, %v", typed, email, again, err)
		}
		if parsed, err := mail.ParseAddress(email); err != nil || parsed.Address != email || parsed.Name != "" {
			t.Errorf("%q is no bare address: %v", email, err)
		}
		if len(email) > 254 || strings.ContainsAny(email, " \t\r\n<>,;\"()") {
			t.Errorf("%q", email)
		}
	})
}
