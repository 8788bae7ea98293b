package lang

import (
	"encoding/hex"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// A Collator keeps buffers and is not safe for concurrent use, hence the pool.
var collators = sync.Pool{New: func() any { return collate.New(language.Polish, collate.IgnoreCase) }}

// SortKey returns a key that sorts byte by byte as the Polish alphabet does
// (ą after a), for a column beside the text: SQLite and PostgreSQL would each
// order by rules of their own.
func SortKey(s string) string {
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	var buffer collate.Buffer
	return hex.EncodeToString(c.KeyFromString(&buffer, s))
}

// Fold reduces a text to what a search compares: lower case, no diacritics.
// The Polish ł is a letter of its own in Unicode and is folded by hand.
func Fold(s string) string {
	t := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	folded, _, err := transform.String(t, s)
	if err != nil {
		folded = s
	}
	return strings.NewReplacer("ł", "l", "Ł", "l").Replace(strings.ToLower(folded))
}

const longestSlug = 80

// Slug turns a title into the readable part of an address: letters a–z, digits
// and single hyphens, at most 80 characters; "" where nothing is left.
func Slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range Fold(s) {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			gap = b.Len() > 0
			continue
		}
		if b.Len() >= longestSlug || gap && b.Len() >= longestSlug-1 {
			break
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}
