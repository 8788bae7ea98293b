package search

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/wspolnota/wspolnota/lang"
)

// Version grows whenever tokens may return something else for the same text, so
// that every document is indexed anew by the first program that knows it.
const Version = 1

// longestWord is where a word is cut, in letters; what is longer is no word.
const longestWord = 40

// A token is how one word stands in the index, in ASCII so that both databases
// take it as it is. The plain token is the folded word, found whole or by its
// beginning; the others are its stems, each kind with a mark of its own so that
// a stem of one is never taken for a word.
const (
	markStempel = "p_" // Polish, by the stempel table
	markEnding  = "k_" // Polish, by cutting the ending of the folded word
	markEnglish = "e_" // English, by Snowball
	markTitle   = "t_" // before any of the above: the word stands in the title
	markKind    = "r_" // room: the kind of the document
	markIn      = "w_" // programme of the document
)

// span is one word in a text: where it begins and ends, in bytes.
type span struct{ from, to int }

// words yields the words of a text in their order: runs of letters and digits.
func words(text string) func(yield func(span) bool) {
	return func(yield func(span) bool) {
		from := -1
		for i, r := range text {
			inWord := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
			switch {
			case inWord && from < 0:
				from = i
			case !inWord && from >= 0:
				if !yield(span{from, i}) {
					return
				}
				from = -1
			}
		}
		if from >= 0 {
			yield(span{from, len(text)})
		}
	}
}

// tokens returns how a word is indexed in a text of this language; the plain
// token comes first. A word of nothing but accents has none.
func tokens(language, word string) []string {
	word = cut(strings.ToLower(norm.NFC.String(word)), longestWord)
	plain := fold(word)
	if plain == "" {
		return nil
	}
	all := []string{ascii(plain)}
	switch language {
	case string(lang.Polish):
		return append(all, polish(word, plain)...)
	case string(lang.English):
		return append(all, markEnglish+ascii(english(plain)))
	}
	return all
}

// fold takes the accents off a word in lower case.
func fold(word string) string {
	accented := false
	for i := 0; i < len(word); i++ {
		accented = accented || word[i] >= utf8.RuneSelf
	}
	if !accented {
		return word
	}
	word = polishLetters.Replace(word)
	for i := 0; i < len(word); i++ {
		if word[i] >= utf8.RuneSelf {
			return lang.Fold(word) // letters of other languages
		}
	}
	return word
}

var polishLetters = strings.NewReplacer("ą", "a", "ć", "c", "ę", "e", "ł", "l", "ń", "n", "ó", "o", "ś", "s", "ź", "z", "ż", "z")

// ascii writes other letters than a–z by their numbers. The beginning of a word
// stays the beginning of its token.
func ascii(word string) string {
	var b strings.Builder
	for _, r := range word {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "_%06x", r)
		}
	}
	return b.String()
}

func cut(s string, most int) string {
	n := 0
	for i := range s {
		if n == most {
			return s[:i]
		}
		n++
	}
	return s
}

// Stems returns for each word of a text, in order, all that stands for it in the
// index of either language: two words that have one of them in common are forms
// of one word, with or without accents. For those who compare texts without
// looking anything up.
func Stems(text string) [][]string {
	var all [][]string
	for w := range words(text) {
		word := text[w.from:w.to]
		stems := tokens(string(lang.Polish), word)
		if len(stems) == 0 {
			continue
		}
		all = append(all, append(stems, tokens(string(lang.English), word)[1:]...))
	}
	return all
}

// indexed are the tokens of whole texts, each once.
func indexed(language string, texts ...string) []string {
	var all []string
	read, known := map[string]bool{}, map[string]bool{}
	for _, text := range texts {
		for w := range words(text) {
			word := text[w.from:w.to]
			if read[word] {
				continue
			}
			read[word] = true
			for _, token := range tokens(language, word) {
				if !known[token] {
					known[token] = true
					all = append(all, token)
				}
			}
		}
	}
	return all
}
