package markdown_test

import (
	"testing"

	"github.com/wspolnota/wspolnota/web/markdown"
)

func TestPlainKeepsTheWordsAndDropsTheSigns(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"emphasis and headings", "## Po co\n\nRozmowa *bez* **etykiet**", "Po co Rozmowa bez etykiet"},
		{"a link says its words", "[regulamin](https://example.org/x) i <https://example.org>", "regulamin i https://example.org"},
		{"a list", "- jeden\n- dwa", "jeden dwa"},
		{"a table", "| a | b |\n|---|---|\n| c | d |", "a b c d"},
		{"code", "```\nx < y\n```", "x < y"},
		{"HTML is no word", "przed <script>alert(1)</script> po", "przed alert(1) po"},
		{"broken lines", "jeden\ndwa  \ntrzy", "jeden dwa trzy"},
	} {
		if got := markdown.Plain(c.source); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
