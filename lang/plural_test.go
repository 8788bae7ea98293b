package lang

import (
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

func TestPolishPlurals(t *testing.T) {
	bundle := i18n.NewBundle(language.Polish)
	bundle.MustAddMessages(language.Polish, &i18n.Message{ID: "votes", One: "{{.Count}} głos {{.What}}",
		Few: "{{.Count}} głosy {{.What}}", Many: "{{.Count}} głosów {{.What}}", Other: "{{.Count}} głosu {{.What}}"})
	p := &Printer{Language: Polish, localizer: i18n.NewLocalizer(bundle, "pl")}
	for n, want := range map[int]string{1: "1 głos za", 2: "2 głosy za", 5: "5 głosów za", 12: "12 głosów za",
		22: "22 głosy za", 10000: "10\u00a0000 głosów za"} {
		if got := p.N("votes", n, "What", "za"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
