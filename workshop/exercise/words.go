package exercise

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/wspolnota/wspolnota/lang"
)

// compareWords orders texts as a reader expects.
func compareWords(a, b string) int { return cmp.Compare(lang.SortKey(a), lang.SortKey(b)) }

// compact is a typed line without the spaces between its signs.
func compact(line string) []rune { return []rune(strings.Join(strings.Fields(line), "")) }

// decimal writes a mean with one digit.
func decimal(ctx context.Context, x float64) string {
	text := fmt.Sprintf("%.1f", x)
	if lang.From(ctx) == lang.Polish {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}
