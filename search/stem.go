package search

import (
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis/lang/pl/stempel"
	"github.com/blevesearch/snowballstem"
	snowball "github.com/blevesearch/snowballstem/english"
)

// trie is the stempel table, read when the first Polish word is stemmed: it
// takes 30 ms and 5 MB.
var trie = sync.OnceValue(func() stempel.Trie {
	t, err := stempel.LoadTrie()
	if err != nil {
		panic(err) // the table is part of the program
	}
	return t
})

// polish returns the two stems of a Polish word. Stempel knows most words as a
// dictionary writes them and is lost where accents were left out or the word is
// not in its table (gmina, warsztat, powiat). Cutting endings off the folded
// word knows no dictionary and needs no accents. What one misses the other
// mostly finds.
func polish(word, plain string) []string {
	stem := markEnding + ascii(cutEnding(plain))
	letters := []rune(word)
	if len(letters) < 3 {
		return []string{stem}
	}
	found := stempel.Diff(letters, trie().GetLastOnPath(letters))
	if len(found) < 2 {
		return []string{stem} // it has cut the whole word away
	}
	return []string{markStempel + ascii(fold(string(found))), stem}
}

// endings of Polish nouns and adjectives, folded, the longest first.
var endings = []string{
	"iami", "iach", "iego", "iemu",
	"ami", "ach", "iom", "iow", "owi", "ego", "emu", "iej", "ymi", "imi", "ych", "ich", "iem", "ium",
	"om", "ow", "ej", "ym", "im", "em", "ia", "ie", "iu", "ii", "io",
	"a", "e", "i", "o", "u", "y",
}

// shortestStem is what has to stay of a word when its ending is cut off.
const shortestStem = 3

// cutEnding takes one ending off a folded word and brings stems together whose
// last letters change within the word's own forms.
func cutEnding(word string) string {
	for _, ending := range endings {
		if stem, ok := strings.CutSuffix(word, ending); ok && len(stem) >= shortestStem {
			word = stem
			break
		}
	}
	if same, known := sameStem[word]; known {
		return same
	}
	return word
}

// sameStem brings together what the endings leave apart, in words that rooms of
// this program are full of.
var sameStem = map[string]string{
	"barierz": "barier", "budzec": "budzet", "debac": "debat", "dodatek": "dodatk", "dzien": "dni", "ekspercc": "ekspert",
	"eksperc": "ekspert", "gminn": "gmin", "kandydac": "kandydat", "komitec": "komitet", "koperc": "kopert",
	"miesc": "miast", "mieszkaniec": "mieszkanc", "pieniadz": "pieniedz", "poczatek": "poczatk", "podatek": "podatk",
	"powiec": "powiat", "projekc": "projekt", "rzec": "rzek", "sasiedz": "sasiad", "solec": "solectw", "swiec": "swiat",
	"tydzien": "tygodn", "urzad": "urzed", "urzedz": "urzed", "warsztac": "warsztat", "wniosek": "wniosk", "zwiazek": "zwiazk",
}

func english(plain string) string {
	env := snowballstem.NewEnv(plain)
	snowball.Stem(env)
	return env.Current()
}
