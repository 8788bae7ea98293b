// Package mention finds where a Polish text seems to name a person, so that an
// author can be asked to reconsider before anybody else reads it. Call Find.
//
// It looks at shapes and not at meaning: a first name beside another word with a
// capital, "pan" or "pani" before one, an office before a surname, initials. It
// errs in both directions, so its answer is a question to the author and never a
// verdict. Streets, schools and foundations that bear somebody's name are left
// in peace, as is a pope with his number.
package mention

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/lang"
)

// mostFound bounds the answer: after so many the author knows what is meant.
const mostFound = 10

// Find returns the parts of a text that seem to name a person, in their order,
// each once. nil means that none does.
func Find(text string) []string {
	words := split(text)
	var found []string
	for i := 0; i < len(words) && len(found) < mostFound; {
		n := at(words, i)
		if n == 0 {
			i++
			continue
		}
		part := text[words[i].from:words[i+n-1].to]
		if !slices.Contains(found, part) {
			found = append(found, part)
		}
		i += n
	}
	return found
}

// word is one word of a text, or an initial with its dot.
type word struct {
	text     string
	folded   string // lower case, no diacritics
	from, to int    // bytes in the text
	capital  bool
	initial  bool // a single capital with a dot
	beside   bool // nothing but blanks between it and the word before
}

// split cuts a text into words. Hyphens join, as in Nowak-Lis.
func split(text string) []word {
	var words []word
	end := 0 // of the word before
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) {
			i += size
			continue
		}
		to := i + lengthOf(text[i:])
		w := word{text: text[i:to], from: i, to: to, capital: unicode.IsUpper(r), beside: len(words) > 0 && blank(text[end:i])}
		if w.capital && utf8.RuneCountInString(w.text) == 1 && strings.HasPrefix(text[to:], ".") {
			w.initial, w.to = true, to+1
		}
		w.folded = fold(w.text)
		words = append(words, w)
		i, end = w.to, w.to
		if short(w.folded) && strings.HasPrefix(text[to:], ".") {
			end++ // "ul.", "im.": what follows still stands beside it
		}
	}
	return words
}

// lengthOf is the number of bytes of the word with which a text begins: letters
// and the marks on them, joined by hyphens.
func lengthOf(text string) int {
	for i, r := range text {
		hyphen := r == '-' && i+1 < len(text) && startsWithLetter(text[i+1:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && !hyphen {
			return i
		}
	}
	return len(text)
}

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func blank(s string) bool {
	return s != "" && strings.TrimLeft(s, " \t\u00a0\n") == "" && strings.Count(s, "\n") < 2
}

func fold(s string) string { return lang.Fold(s) }

// at says how many words from i on name a person; 0 for none.
func at(words []word, i int) int {
	for _, rule := range []func([]word, int) int{titled, inOffice, fullName, reversed, initials, known} {
		if n := rule(words, i); n > 0 && !honoured(words, i, n) {
			return n
		}
	}
	return 0
}

// next returns the word after i, if nothing but blanks stands between.
func next(words []word, i int) (word, bool) {
	if i+1 < len(words) && words[i+1].beside {
		return words[i+1], true
	}
	return word{}, false
}

// nameLike reports whether a word could be a surname where the words before it
// promise one: it has a capital and is no office and no word of an institution.
func nameLike(w word) bool {
	return w.capital && !w.initial && utf8.RuneCountInString(w.text) >= 3 && !offices[w.folded] && !common[w.folded] && !roman(w.text)
}

// titled finds "pani Nowak", "panem K.", "pani dyrektor Lis".
func titled(words []word, i int) int {
	if !titles[words[i].folded] {
		return 0
	}
	n := i
	if w, ok := next(words, n); ok && offices[w.folded] {
		n++
	}
	w, ok := next(words, n)
	if !ok || !w.initial && (!nameLike(w) || sacred[w.folded]) {
		return 0
	}
	return run(words, n+1) + n - i + 1
}

// inOffice finds "wójt Jan Lis", "radnej Kowalskiej", "sołtys M.": an office
// before a first name, an initial or what looks like a surname. What follows an
// office else is its place: "burmistrz Rybnika".
func inOffice(words []word, i int) int {
	if !offices[words[i].folded] {
		return 0
	}
	w, ok := next(words, i)
	if !ok || !w.initial && !(nameLike(w) && (isFirst(w) || isSurname(w))) {
		return 0
	}
	return run(words, i+1) + 1
}

// run counts the words of a name that begins at i: "Jan", "Jan K.", "Jan Lis".
func run(words []word, i int) int {
	n := 1
	for n < 3 {
		w, ok := next(words, i+n-1)
		if !ok || !w.initial && (!nameLike(w) || !(isFirst(words[i+n-1]) || words[i+n-1].initial || isSurname(w))) {
			break
		}
		n++
	}
	return n
}

// fullName finds "Anny Lis", "Jan Maria Lis", "Jan K.", and "Ania z urzędu".
func fullName(words []word, i int) int {
	if !isFirst(words[i]) || !words[i].capital {
		return 0
	}
	w, ok := next(words, i)
	switch {
	case !ok:
		return 0
	case w.initial:
		return 2
	case nameLike(w):
		return run(words, i)
	case w.folded == "z" || w.folded == "ze" || w.folded == "od":
		if place, ok := next(words, i+1); ok && workplaces[place.folded] {
			return 3
		}
	}
	return 0
}

// reversed finds "Kowalska Anna", as lists write it.
func reversed(words []word, i int) int {
	w, ok := next(words, i)
	if !ok || !words[i].capital || !isSurname(words[i]) || !w.capital || !isFirst(w) {
		return 0
	}
	return 2
}

// initials finds "J. Lis" and "A.K.".
func initials(words []word, i int) int {
	if !words[i].initial || i+1 >= len(words) {
		return 0
	}
	w := words[i+1]
	switch together := w.beside || w.from == words[i].to; {
	case !together:
		return 0
	case w.initial:
		return 2
	case nameLike(w) && !places[w.folded]:
		return 2
	}
	return 0
}

// known finds the most frequent surnames standing alone, inside a sentence.
func known(words []word, i int) int {
	w := words[i]
	if !w.capital || !frequent[w.folded] || i == 0 || !w.beside {
		return 0
	}
	if before := words[i-1]; before.capital || common[before.folded] {
		return 0 // a part of a longer proper name
	}
	if after, ok := next(words, i); ok && after.capital {
		return 0
	}
	return 1
}

// honoured reports whether the name belongs to something called after a person:
// a street, a school, a saint, a foundation, or to a pope or a king. Names of
// things stand in the genitive; "dyrektor szkoły Jan Lis" does not.
func honoured(words []word, i, n int) bool {
	if last, ok := next(words, i+n-1); ok && roman(last.text) {
		return true
	}
	switch {
	case roman(words[i+n-1].text):
		return true
	case titles[words[i].folded] && !abbreviated[words[i].folded], offices[words[i].folded]:
		return false
	}
	before := i - 1
	for before > 0 && words[before+1].beside && between[words[before].folded] {
		before--
	}
	if before < 0 || !words[before+1].beside || !places[words[before].folded] {
		return false
	}
	return words[i].initial || !nominative[words[i].folded] || words[before].folded == "im"
}

// roman reports whether a word is a number of a king, such as II or XXIII.
func roman(s string) bool { return s != "" && strings.Trim(s, "IVX") == "" }

func isFirst(w word) bool { return w.capital && firstNames[w.folded] }

// isSurname reports whether a word ends as most Polish surnames do, or is one of
// the most frequent. Both halves of a double surname count.
func isSurname(w word) bool {
	if !w.capital || common[w.folded] {
		return false
	}
	for part := range strings.SplitSeq(w.folded, "-") {
		if frequent[part] || utf8.RuneCountInString(part) >= 5 && endsAsSurname(part) {
			return true
		}
	}
	return false
}

func endsAsSurname(s string) bool {
	return slices.ContainsFunc(surnameEnds, func(end string) bool { return strings.HasSuffix(s, end) })
}
