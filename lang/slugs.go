package lang

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

// Slugs offers addresses for a title, the plainest first and without end. A
// title without a letter of the alphabet is called after what it is; reserved
// are those that mean something else where the address will stand.
func Slugs(title, otherwise string, reserved ...string) iter.Seq[string] {
	return func(yield func(string) bool) {
		base := Slug(title)
		if base == "" {
			base = otherwise
		}
		if !slices.Contains(reserved, base) && !yield(base) {
			return
		}
		for n := 2; ; n++ {
			if !yield(fmt.Sprintf("%s-%d", base, n)) {
				return
			}
		}
	}
}

// FitsSlug reports whether an address is one that Slugs offers for the title.
func FitsSlug(slug, title, otherwise string, reserved ...string) bool {
	for candidate := range Slugs(title, otherwise, reserved...) {
		number, ok := strings.CutPrefix(slug, candidate+"-")
		return slug == candidate || ok && strings.Trim(number, "0123456789") == ""
	}
	return false
}
