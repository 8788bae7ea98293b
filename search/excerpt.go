package search

// Piece is a part of a text; a Match is one of the words that were asked for.
type Piece struct {
	Text  string
	Match bool
}

const (
	// readFor is how far into a text an excerpt looks for the words, in bytes.
	readFor = 20_000
	// excerptWords is how many words an excerpt has, and leadWords how many of
	// them stand before the first that was found.
	excerptWords = 34
	leadWords    = 8
)

// Highlight splits a text where words of the question stand in it. The pieces
// together are the text; whoever shows them escapes each as any other text.
func (q Query) Highlight(language, text string) []Piece {
	var pieces []Piece
	done := 0
	for w := range words(text) {
		if !q.finds(language, text[w.from:w.to]) {
			continue
		}
		if w.from > done {
			pieces = append(pieces, Piece{Text: text[done:w.from]})
		}
		pieces = append(pieces, Piece{Text: text[w.from:w.to], Match: true})
		done = w.to
	}
	if done < len(text) {
		pieces = append(pieces, Piece{Text: text[done:]})
	}
	return pieces
}

// finds reports whether a word is one of those that were asked for.
func (q Query) finds(language, word string) bool {
	in := tokens(language, word)
	for _, t := range q.terms {
		if t.matches(in) {
			return true
		}
	}
	return false
}

// Excerpt is the part of a text around the first words that were asked for, or
// its beginning where none of them is near, with an ellipsis for what is left out.
func (q Query) Excerpt(language, text string) []Piece {
	from, to := q.window(language, text)
	pieces := q.Highlight(language, text[from:to])
	if from > 0 {
		pieces = append([]Piece{{Text: "… "}}, pieces...)
	}
	if to < len(text) {
		pieces = append(pieces, Piece{Text: " …"})
	}
	return pieces
}

// window tells from where to where the excerpt goes. Of the first places that
// hold a word asked for, it takes the one with the most different ones.
func (q Query) window(language, text string) (from, to int) {
	var spans []span
	var which []int // term found at a word, -1 for none
	for w := range words(text) {
		if w.from > readFor {
			break
		}
		spans = append(spans, w)
		which = append(which, q.term(language, text[w.from:w.to]))
	}
	if len(spans) == 0 {
		return 0, min(len(text), 0)
	}
	best, start := 0, 0
	for i, term := range which {
		if term < 0 {
			continue
		}
		different := map[int]bool{}
		for j := i; j < min(i+excerptWords-leadWords, len(which)); j++ {
			if which[j] >= 0 {
				different[which[j]] = true
			}
		}
		if len(different) > best {
			best, start = len(different), i
		}
	}
	first := max(0, start-leadWords)
	last := min(first+excerptWords, len(spans)) - 1
	from, to = spans[first].from, spans[last].to
	if first == 0 {
		from = 0
	}
	if last == len(spans)-1 && spans[last].from <= readFor && len(text)-to < 80 {
		to = len(text)
	}
	return from, to
}

// term tells which word of the question a word is, -1 for none.
func (q Query) term(language, word string) int {
	in := tokens(language, word)
	for i, t := range q.terms {
		if t.matches(in) {
			return i
		}
	}
	return -1
}
