package markdown_test

import (
	"slices"
	"testing"

	"github.com/wspolnota/wspolnota/internal/hostile"
	"github.com/wspolnota/wspolnota/web/markdown"
)

func TestBlocksAreWhatStandsOnPaper(t *testing.T) {
	type block = markdown.Block
	for _, c := range []struct {
		name, source string
		want         []block
	}{
		{"paragraphs", "Jeden\ndwa.\n\nTrzy **cztery**.", []block{{Text: "Jeden dwa."}, {Text: "Trzy cztery."}}},
		{"a heading", "## Po co\n\nTak.", []block{{Head: true, Text: "Po co"}, {Text: "Tak."}}},
		{"a list in a list", "- jeden\n  - pod nim\n- dwa", []block{{Depth: 1, Mark: "•", Text: "jeden"}, {Depth: 2, Mark: "•", Text: "pod nim"}, {Depth: 1, Mark: "•", Text: "dwa"}}},
		{"numbers", "3. trzy\n\n   dalej\n4. cztery", []block{{Depth: 1, Mark: "3.", Text: "trzy"}, {Depth: 1, Text: "dalej"}, {Depth: 1, Mark: "4.", Text: "cztery"}}},
		{"a meant line break", "ul. Próbna 1\\\nRybnik", []block{{Text: "ul. Próbna 1\nRybnik"}}},
		{"a link tells its address", "[regulamin](https://example.org/x), <https://example.org>", []block{{Text: "regulamin (https://example.org/x), https://example.org"}}},
		{"a quotation", "> cudze", []block{{Depth: 1, Text: "cudze"}}},
		{"a table", "| a | b |\n|---|---|\n| c | d |", []block{{Text: "a | b"}, {Text: "c | d"}}},
		{"code", "```\nx < y\n  z\n```", []block{{Text: "x < y\n  z"}}},
		{"HTML is no word", "przed <b>po</b>\n\n<script>\nalert(1)\n</script>", []block{{Text: "przed po"}}},
		{"nothing", "\n\n---\n", nil},
	} {
		if got := markdown.Blocks(c.source); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func FuzzBlocks(f *testing.F) {
	for _, p := range hostile.Payloads() {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, source string) {
		for _, b := range markdown.Blocks(source) {
			if b.Text == "" || b.Depth < 0 {
				t.Fatalf("%+v", b)
			}
		}
	})
}
