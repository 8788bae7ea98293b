package search

import (
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// Limits on what people ask.
const (
	longestQuery = 200 // characters
	mostTerms    = 12
	// From so many letters on a word also stands for those that begin with it.
	// Up to longestKept SQLite has an index of beginnings; a longer one makes it
	// read all words that begin so.
	shortestPrefix, longestKept = 3, 6
)

// Query is a question, taken apart.
type Query struct {
	Text  string // as it was asked
	terms []term
}

// term is one word of a question: any of its tokens is a match.
type term struct {
	plain  string
	prefix bool // words that begin with plain match too
	stems  []string
}

// Parse takes a question apart. All its words have to be found, but for the
// small ones that say nothing (i, w, the), unless there are no others.
func Parse(text string) Query {
	q := Query{Text: strings.Join(strings.Fields(cut(readable(text), longestQuery)), " ")}
	var small []term
	for w := range words(q.Text) {
		t, ok := newTerm(q.Text[w.from:w.to])
		switch {
		case !ok || slices.ContainsFunc(q.terms, func(u term) bool { return u.plain == t.plain }):
		case saysNothing[t.plain]:
			small = append(small, t)
		default:
			q.terms = append(q.terms, t)
		}
	}
	if len(q.terms) == 0 {
		q.terms = small
	}
	q.terms = q.terms[:min(len(q.terms), mostTerms)]
	return q
}

// quick is the question with long words taken as they are, and whether that is
// another one.
func (q Query) quick() (quick Query, different bool) {
	quick = q
	quick.terms = slices.Clone(q.terms)
	for i, t := range q.terms {
		if t.prefix && len(t.plain) > longestKept {
			quick.terms[i].prefix, different = false, true
		}
	}
	return quick, different
}

// Empty reports whether there is no word to look for.
func (q Query) Empty() bool { return len(q.terms) == 0 }

// newTerm asks for a word in every language, because nobody says in which one
// they ask.
func newTerm(word string) (term, bool) {
	in := tokens(string(lang.Polish), word)
	if len(in) == 0 {
		return term{}, false
	}
	return term{plain: in[0], prefix: len(in[0]) >= shortestPrefix,
		stems: append(in[1:], tokens(string(lang.English), word)[1:]...)}, true
}

// saysNothing are small words, folded.
var saysNothing = func() map[string]bool {
	small := map[string]bool{}
	for _, word := range strings.Fields("a ale albo by co czy dla do i ich jak jest lub na nie o od oraz po pod przez przy sie sa to u w we z za ze " +
		"an and are as at be by for from in is it of on or the to with") {
		small[word] = true
	}
	return small
}()

// matches reports whether a word of a text, as it is indexed, is what the term
// asks for.
func (t term) matches(tokens []string) bool {
	if len(tokens) == 0 {
		return false
	}
	if tokens[0] == t.plain || t.prefix && strings.HasPrefix(tokens[0], t.plain) {
		return true
	}
	return slices.ContainsFunc(tokens[1:], func(token string) bool { return slices.Contains(t.stems, token) })
}

// in writes the question for a database: words anywhere, or with markTitle in
// front of each those of titles, and marks beside them. Tokens are ASCII letters,
// digits and underlines, so that nothing has to be escaped.
func (q Query) in(d store.Dialect, where string, marks []string) string {
	quote, begins, or, and := `"`, ` *`, ` OR `, ` AND `
	if d == store.Postgres {
		quote, begins, or, and = `'`, `:*`, ` | `, ` & `
	}
	var all []string
	for _, t := range q.terms {
		word := quote + where + t.plain + quote
		if t.prefix {
			word += begins
		}
		any := []string{word}
		for _, stem := range t.stems {
			any = append(any, quote+where+stem+quote)
		}
		all = append(all, "("+strings.Join(any, or)+")")
	}
	for _, mark := range marks {
		all = append(all, quote+mark+quote)
	}
	return strings.Join(all, and)
}

// Matching returns SQL for the ids of the documents of a kind that answer the
// question, to be put into a query of the room's own that decides who sees
// what:
//
//	in, arg := search.Matching(dialect, "news", q, "$3")
//	… AND x.article IN (` + in + `) …
//
// The placeholder takes arg. A question without a word matches nothing.
func Matching(d store.Dialect, kind string, q Query, placeholder string) (sql string, arg any) {
	marks := []string{kindMark(kind)}
	switch {
	case q.Empty():
		return `SELECT id FROM search_document WHERE id = ` + placeholder, ""
	case d == store.Postgres:
		return `SELECT d.id FROM search_document d WHERE ` + indexedPostgres + ` @@ ` + placeholder + `::text::tsquery`, q.in(d, "", marks)
	}
	return `SELECT d.id FROM search_index JOIN search_document d ON d.n = search_index.rowid
		WHERE search_index MATCH ` + placeholder, q.in(d, "", marks)
}
