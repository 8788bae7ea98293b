package office

import (
	"context"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/ui"
)

// cookies are all that this site sets, by the names that a browser shows (over
// TLS behind "__Host-"). A test of internal/rules compares them with the code.
var cookies = []string{"wspolnota", "wejscie", "jezyk", "komunikat", "urzadzenie", "debata", "sala"}

func cookieFacts(ctx context.Context) []ui.Pair {
	pairs := make([]ui.Pair, len(cookies))
	for i, name := range cookies {
		pairs[i] = ui.Pair{Key: name, Text: lang.T(ctx, "privacy.office.cookie."+name)}
	}
	return pairs
}
