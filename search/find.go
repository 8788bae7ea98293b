package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/store"
)

// mostRanked bounds the work of one question: of more documents than that the
// newest are looked at, those with the words in the title apart from the rest.
const mostRanked = 1000

// enough is how many hits are no reason to look for more.
const enough = 30

// Filter narrows what is found; empty fields do not.
type Filter struct {
	Kind      string
	Programme store.ID
}

// Found is the answer to a question.
type Found struct {
	Results    []Result
	Kinds      []Count // of everything found, in the order of the kinds; not narrowed by Filter.Kind
	Programmes []Count // of everything found, by title; not narrowed by Filter.Programme
	Total      int     // within the filter
	More       bool    // there was more than a program wants to put in order
}

// Count is how many documents were found of a kind or a programme.
type Count struct {
	Value, Label string // Label of a programme is its title; a kind's is a key
	N            int
}

// Result is one document that was found.
type Result struct {
	N         int64
	Kind      string
	ID        store.ID
	Programme store.ID
	Within    string // title of its programme, "" for none or the programme itself
	Language  string
	Title     string
	Text      string
	URL       string
	At        store.Time
	Shown     bool // before its whole audience, not only before its team
}

// hit is a document that matches, before it is read.
type hit struct {
	N         int64
	Kind      string
	Programme store.ID
	At        store.Time
	InTitle   bool `db:"-"`
}

// Find answers a question with what the actor of the context may find: those
// with all words in the title first, then the newest. skip and limit choose the
// part that is read; with perKind, limit counts for each kind by itself.
func (s *Service) Find(ctx context.Context, q Query, f Filter, perKind bool, skip, limit int) (Found, error) {
	if q.Empty() {
		return Found{}, nil
	}
	// A long word is mostly a whole one. Where it finds little as it is, it is
	// asked again as a beginning.
	quick, different := q.quick()
	hits, more, err := s.hits(ctx, quick, f)
	if err == nil && different && len(hits) < enough {
		hits, more, err = s.hits(ctx, q, f)
	}
	if err != nil {
		return Found{}, fmt.Errorf("search: find: %w", err)
	}
	found := s.count(hits, f)
	found.More = more
	hits = slices.DeleteFunc(hits, func(h hit) bool { return !f.takes(h) })
	found.Total = len(hits)
	s.order(hits)
	if err := s.read(ctx, &found, page(hits, perKind, skip, limit)); err != nil {
		return Found{}, fmt.Errorf("search: read: %w", err)
	}
	return found, nil
}

func (f Filter) takes(h hit) bool { return f.takesKind(h) && f.takesProgramme(h) }

func (f Filter) takesKind(h hit) bool { return f.Kind == "" || f.Kind == h.Kind }

func (f Filter) takesProgramme(h hit) bool { return f.Programme == "" || f.Programme == h.Programme }

// hits lists what matches. Where that is more than can be ranked and a filter is
// set, it asks again for what the filter takes only.
func (s *Service) hits(ctx context.Context, q Query, f Filter) (hits []hit, more bool, err error) {
	if hits, more, err = s.matching(ctx, q, nil); err != nil || !more || f == (Filter{}) {
		return hits, more, err
	}
	var marks []string
	if f.Kind != "" {
		marks = append(marks, kindMark(f.Kind))
	}
	if f.Programme != "" {
		marks = append(marks, programmeMark(f.Programme))
	}
	narrowed, more, err := s.matching(ctx, q, marks)
	if err != nil {
		return nil, false, err
	}
	for _, h := range narrowed {
		if !slices.ContainsFunc(hits, func(g hit) bool { return g.N == h.N }) {
			hits = append(hits, h)
		}
	}
	return hits, more, nil
}

// matching asks the index: for the words in titles, and for the words anywhere,
// each the newest first.
func (s *Service) matching(ctx context.Context, q Query, marks []string) (hits []hit, more bool, err error) {
	seen := map[int64]bool{}
	for _, where := range []string{markTitle, ""} {
		rows, err := s.newest(ctx, q.in(s.db.Dialect(), where, marks))
		if err != nil {
			return nil, false, err
		}
		more = more || len(rows) > mostRanked
		for _, h := range rows {
			if !seen[h.N] {
				seen[h.N] = true
				h.InTitle = where == markTitle
				hits = append(hits, h)
			}
		}
	}
	return hits, more, nil
}

// newest lists the newest documents that match and that the actor may find, and
// one more than can be ranked where there are so many.
func (s *Service) newest(ctx context.Context, expression string) ([]hit, error) {
	v := s.visibility(ctx)
	const columns = `SELECT d.n, d.kind, d.programme, d.at FROM `
	visible := ` AND (` + v.sql + `)`
	limit := fmt.Sprintf(` DESC LIMIT %d`, mostRanked+1)
	if s.db.Dialect() == store.SQLite { // FTS5 gives rows in the order of their numbers
		return store.All[hit](ctx, s.db, columns+`search_index JOIN search_document d ON d.n = search_index.rowid
			WHERE search_index MATCH `+v.arg(expression)+visible+` ORDER BY search_index.rowid`+limit, v.args...)
	}
	return s.newestPostgres(ctx, expression, columns+`search_document d WHERE `+indexedPostgres+` @@ %s::text::tsquery`+visible, limit, v)
}

// What PostgreSQL has an index of: the tokens, and one for the number of the
// document in steps of stepPostgres.
const (
	stepPostgres    = 1000
	indexedPostgres = `(d.tokens || array_to_tsvector(ARRAY['n_' || (d.n / 1000)::text]))`
)

// newestPostgres looks among the latest documents first, because its index knows
// no order: of a word of most texts, all would be read and sorted to find the
// newest. What is not in many of the latest texts is not in many of all. Two
// things are taken out of the hands of the planner, which does not know that the
// tokens of a document have to be fetched from another place and unpacked:
// reading all documents, and walking through them from the newest on.
func (s *Service) newestPostgres(ctx context.Context, expression, query, limit string, v visibility) (hits []hit, err error) {
	ask := v.arg("")
	query = `WITH m AS MATERIALIZED (` + fmt.Sprintf(query, ask) + `) SELECT * FROM m ORDER BY n` + limit
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec(ctx, `SET LOCAL enable_seqscan = off`); err != nil {
			return err
		}
		last, err := store.One[int](ctx, tx, `SELECT COALESCE(max(n), 0) / $1 FROM search_document`, stepPostgres)
		if err != nil {
			return err
		}
		for _, steps := range []int{2, 8, 0} {
			if last < steps {
				continue // they are all
			}
			v.args[len(v.args)-1] = expression + among(last, steps)
			if hits, err = store.All[hit](ctx, tx, query, v.args...); err != nil || len(hits) > mostRanked {
				return err
			}
		}
		return nil
	})
	return hits, err
}

// among narrows a question to the last steps of documents; 0 to none.
func among(last, steps int) string {
	if steps == 0 {
		return ""
	}
	marks := make([]string, steps)
	for i := range marks {
		marks[i] = fmt.Sprintf("'n_%d'", last-i)
	}
	return ` & (` + strings.Join(marks, ` | `) + `)`
}

func (s *Service) order(hits []hit) {
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(before(a.InTitle, b.InTitle), b.At.Compare(a.At.Time), cmp.Compare(b.N, a.N))
	})
}

// before puts what is true first.
func before(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// page picks the part of the hits that is shown.
func page(hits []hit, perKind bool, skip, limit int) []hit {
	if !perKind {
		skip = min(skip, len(hits))
		return hits[skip:min(skip+limit, len(hits))]
	}
	var shown []hit
	n := map[string]int{}
	for _, h := range hits {
		if n[h.Kind]++; n[h.Kind] <= limit {
			shown = append(shown, h)
		}
	}
	return shown
}

// count tells how many hits there are of each kind and each programme.
func (s *Service) count(hits []hit, f Filter) Found {
	kinds, programmes := map[string]int{}, map[store.ID]int{}
	for _, h := range hits {
		if f.takesProgramme(h) {
			kinds[h.Kind]++
		}
		if f.takesKind(h) && h.Programme != "" {
			programmes[h.Programme]++
		}
	}
	var found Found
	for _, k := range s.kinds {
		if n := kinds[k.Name]; n > 0 {
			found.Kinds = append(found.Kinds, Count{k.Name, k.Title, n})
		}
	}
	for id, n := range programmes {
		found.Programmes = append(found.Programmes, Count{Value: string(id), N: n})
	}
	return found
}

// mostProgrammes bounds the programmes that a filter offers.
const mostProgrammes = 100

// read reads the documents of the hits and the titles of programmes, in two
// queries.
func (s *Service) read(ctx context.Context, found *Found, hits []hit) error {
	slices.SortFunc(found.Programmes, func(a, b Count) int { return cmp.Or(b.N-a.N, strings.Compare(a.Value, b.Value)) })
	found.Programmes = found.Programmes[:min(len(found.Programmes), mostProgrammes)]
	titles, err := s.programmeTitles(ctx, found.Programmes)
	if err != nil || len(hits) == 0 {
		return err
	}
	v := visibility{args: []any{store.At(s.db.Now())}}
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = v.arg(h.N)
	}
	rows, err := store.All[Result](ctx, s.db, `SELECT n, kind, id, programme, language, title, text, url, at,
			COALESCE(at <= $1, FALSE) AND programme NOT IN (SELECT programme FROM search_hidden) AS shown
		FROM search_document WHERE n IN (`+strings.Join(ids, ", ")+`)`, v.args...)
	if err != nil {
		return err
	}
	for _, h := range hits {
		if i := slices.IndexFunc(rows, func(r Result) bool { return r.N == h.N }); i >= 0 {
			r := rows[i]
			if r.ID != r.Programme {
				r.Within = titles[r.Programme]
			}
			found.Results = append(found.Results, r)
		}
	}
	for i, p := range found.Programmes {
		found.Programmes[i].Label = titles[store.ID(p.Value)]
	}
	found.Programmes = slices.DeleteFunc(found.Programmes, func(c Count) bool { return c.Label == "" })
	slices.SortFunc(found.Programmes, func(a, b Count) int { return strings.Compare(a.Label, b.Label) })
	return nil
}

// programmeTitles names programmes, each of which is a document itself, as far
// as the actor may find them.
func (s *Service) programmeTitles(ctx context.Context, of []Count) (map[store.ID]string, error) {
	titles := map[store.ID]string{}
	if len(of) == 0 {
		return titles, nil
	}
	v := s.visibility(ctx)
	ids := make([]string, len(of))
	for i, c := range of {
		ids[i] = v.arg(c.Value)
	}
	in := strings.Join(ids, ", ")
	rows, err := store.All[Result](ctx, s.db, `SELECT d.id, d.title FROM search_document d
		WHERE d.programme IN (`+in+`) AND d.id = d.programme AND (`+v.sql+`)`, v.args...)
	for _, r := range rows {
		titles[r.ID] = r.Title
	}
	return titles, err
}

// visibility is a condition on a document d in SQL, with its arguments; further
// ones may be added.
type visibility struct {
	sql  string
	args []any
}

// arg adds an argument and returns its placeholder.
func (v *visibility) arg(value any) string {
	v.args = append(v.args, value)
	return fmt.Sprintf("$%d", len(v.args))
}

// visibility is what the actor may find: documents of their audience whose time
// has come in programmes that are not hidden, and always those of their team.
func (s *Service) visibility(ctx context.Context) visibility {
	var v visibility
	actor := access.From(ctx)
	now := v.arg(store.At(s.db.Now()))
	audience := append([]string{`d.need = ''`}, s.held(&v, actor, "d.need")...)
	v.sql = `d.at <= ` + now + ` AND d.programme NOT IN (SELECT programme FROM search_hidden) AND (` + strings.Join(audience, " OR ") + `)`
	if team := s.held(&v, actor, "d.team"); len(team) > 0 {
		v.sql = `(` + v.sql + `) OR ` + strings.Join(team, " OR ")
	}
	return v
}

// held lists what it takes for a column to name a permission that the actor
// holds in the place of the document.
func (s *Service) held(v *visibility, actor *access.Actor, column string) []string {
	var any []string
	in := func(permission string, places []store.ID) {
		if len(places) == 0 {
			return
		}
		named := make([]string, len(places))
		for i, place := range places {
			named[i] = v.arg(place)
		}
		any = append(any, `(`+column+` = `+v.arg(permission)+` AND d.place IN (`+strings.Join(named, ", ")+`))`)
	}
	for _, p := range s.permissions {
		if actor.May(p, "") { // by a role in the whole installation
			any = append(any, column+` = `+v.arg(p.Name))
			continue
		}
		in(p.Name, actor.Places(p.Scope, p.Roles...))
	}
	if actor.SignedIn() && s.members != nil {
		any = append(any, `(`+column+` = '`+members+`' AND d.place IN (`+s.members(v.arg(actor.Person))+`))`)
	}
	return any
}
