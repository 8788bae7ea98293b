package moderation

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
)

// WordList is what sends a text of a place to be looked at before it is shown.
type WordList struct {
	Programme store.ID // "" for the installation, whose list counts everywhere
	Words     string   // one entry on each line
	Links     bool     // any address of another site
	UpdatedAt store.Time
	UpdatedBy store.ID
	Version   int
}

// Bounds on a list. Each entry is compared with each word of a text.
const (
	mostEntries  = 500
	longestEntry = 100
	longestList  = mostEntries * (longestEntry + 1)
)

// anyLink stands among the entries that fit where the list looks at every link.
const anyLink = "://"

// entry is one line of a list:
//
//	kasyno        the word in any form: kasyna, KASYNEM
//	szybki kredyt the words one after another, each in any form
//	kredyt*       every word that begins so
//	example.com   an address that contains this
type entry struct {
	text  string
	words [][]string // stems of each word; nil for an address
	begin string     // folded, of words that begin so
	part  string     // folded, of an address
}

// entriesOf reads a list; lines that hold no word are left out.
func entriesOf(list string) []entry {
	var all []entry
	for line := range strings.Lines(list) {
		e := entry{text: strings.Join(strings.Fields(line), " ")}
		begin, prefix := strings.CutSuffix(e.text, "*")
		switch {
		case strings.ContainsAny(e.text, "./@"):
			e.part = lang.Fold(e.text)
		case prefix:
			e.begin = lang.Fold(begin)
		default:
			e.words = search.Stems(e.text)
		}
		if e.part != "" || e.begin != "" || len(e.words) > 0 {
			all = append(all, e)
		}
	}
	return all
}

// reading is a text as entries are compared with it.
type reading struct {
	folded string
	words  [][]string
}

func read(text string) reading { return reading{folded: lang.Fold(text), words: search.Stems(text)} }

func (e entry) fits(r reading) bool {
	switch {
	case e.part != "":
		return strings.Contains(r.folded, e.part)
	case e.begin != "":
		return slices.ContainsFunc(r.words, func(stems []string) bool { return strings.HasPrefix(stems[0], e.begin) })
	}
	for i := range max(0, len(r.words)-len(e.words)+1) {
		if follows(r.words[i:], e.words) {
			return true
		}
	}
	return false
}

// follows reports whether the words of an entry stand at the beginning.
func follows(text, words [][]string) bool {
	for i, stems := range words {
		if !slices.ContainsFunc(stems, func(stem string) bool { return slices.Contains(text[i], stem) }) {
			return false
		}
	}
	return true
}

// link is the address of another site, with or without its scheme.
var link = regexp.MustCompile(`(?i)\bhttps?://|\bwww\.[^\s.]+\.`)

// fitting returns the entries of a list that fit a text.
func (l WordList) fitting(text string) []string {
	var found []string
	r := read(text)
	for _, e := range entriesOf(l.Words) {
		if e.fits(r) && !slices.Contains(found, e.text) {
			found = append(found, e.text)
		}
	}
	if l.Links && link.MatchString(text) {
		found = append(found, anyLink)
	}
	return found
}

// caught returns what the lists of the place and of the installation have
// against a text.
func (s *Service) caught(ctx context.Context, r store.Reader, t Text) ([]string, error) {
	lists, err := store.All[WordList](ctx, r, `SELECT `+listColumns+` FROM moderation_words WHERE programme = '' OR programme = $1 ORDER BY programme`, t.Programme)
	if err != nil {
		return nil, fmt.Errorf("moderation: word lists: %w", err)
	}
	var found []string
	for _, l := range lists {
		for _, text := range l.fitting(t.Title + "\n" + t.Words) {
			if !slices.Contains(found, text) {
				found = append(found, text)
			}
		}
	}
	return found, nil
}

const listColumns = `programme, words, links, updated_at, updated_by, version`

// listOf returns the list of a place; an empty one where nobody has made any.
func listOf(ctx context.Context, r store.Reader, programme store.ID) (WordList, error) {
	l, err := store.One[WordList](ctx, r, `SELECT `+listColumns+` FROM moderation_words WHERE programme = $1`, programme)
	if fault.Is(err, fault.KindNotFound) {
		return WordList{Programme: programme}, nil
	}
	return l, err
}

// SetWords writes the list of a place over the version that the person has seen.
func (s *Service) SetWords(ctx context.Context, l WordList) error {
	l.Words = tidy(l.Words)
	if err := l.check(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		before, err := listOf(ctx, tx, l.Programme)
		if err != nil {
			return err
		}
		by := access.From(ctx).Person
		err = store.Changed(tx.Exec(ctx, `INSERT INTO moderation_words (programme, words, links, updated_at, updated_by, version) VALUES ($1, $2, $3, $4, $5, 1)
			ON CONFLICT (programme) DO UPDATE SET words = excluded.words, links = excluded.links, updated_at = excluded.updated_at,
				updated_by = excluded.updated_by, version = moderation_words.version + 1 WHERE moderation_words.version = $6`,
			l.Programme, l.Words, l.Links, store.At(tx.Now()), by, l.Version))
		if err != nil {
			return err
		}
		return noteWords(ctx, tx, before, l)
	})
}

// tidy leaves one entry on each line, each once.
func tidy(list string) string {
	var lines []string
	for line := range strings.Lines(list) {
		line = strings.Join(strings.Fields(line), " ")
		if line != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// check says which line cannot be meant.
func (l WordList) check() error {
	var m fault.Mistakes
	lines := strings.Split(l.Words, "\n")
	m.Check(len(lines) <= mostEntries, "words", "moderation.words.too_many", "Max", mostEntries)
	for i, line := range lines {
		m.Check(utf8.RuneCountInString(line) <= longestEntry, "words", "moderation.words.too_long", "Line", i+1, "Max", longestEntry)
		m.Check(line == "" || len(entriesOf(line)) == 1 && !short(line), "words", "moderation.words.no_word", "Line", i+1, "Text", line)
	}
	return m.Err()
}

// short is an entry that would fit nearly everything.
func short(line string) bool {
	return utf8.RuneCountInString(strings.Trim(line, "*./@ ")) < 3
}
