package news

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// pageSize is how many articles a page of a list has.
const pageSize = 30

// Filter narrows the public news. Empty fields do not.
type Filter struct {
	Programme    string // slug
	Place        string // TERC
	Tag          string // slug
	Organisation string // id
	Text         string
	From, To     time.Time // To is the first moment after
}

// Any reports whether the filter narrows anything.
func (f Filter) Any() bool { return f != Filter{} }

// query is a filter as the address of a list carries it.
func (f Filter) query() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{"program": f.Programme, "gmina": f.Place, "tag": f.Tag,
		"organizacja": f.Organisation, "szukaj": f.Text} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q
}

// where turns the filter into SQL for what is public at now; the text begins
// with the joins that it needs.
func (f Filter) where(now time.Time) (string, []any) {
	args := []any{store.At(now)}
	joins, conditions := "", "WHERE"+public
	arg := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	if f.Tag != "" {
		joins += "JOIN news_tag t ON t.article = a.id AND t.slug = " + arg(f.Tag) + " "
	}
	if f.Place != "" {
		joins += "JOIN news_place g ON g.article = a.id AND g.terc = " + arg(f.Place) + " "
	}
	if f.Programme != "" {
		conditions += "AND a.programme = (SELECT id FROM programme WHERE slug = " + arg(f.Programme) + ") "
	}
	if f.Organisation != "" {
		conditions += "AND a.organisation = " + arg(f.Organisation) + " "
	}
	if f.Text != "" {
		conditions += "AND a.folded LIKE " + arg(contains(lang.Fold(f.Text))) + ` ESCAPE '\' `
	}
	if !f.From.IsZero() {
		conditions += "AND a.publish_at >= " + arg(store.At(f.From)) + " AND a.publish_at < " + arg(store.At(f.To)) + " "
	}
	return joins + conditions, args
}

// contains returns a pattern of LIKE … ESCAPE '\' for texts that contain s.
func contains(s string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s) + "%"
}

// published lists articles of the filter, the newest first.
func published(ctx context.Context, r store.Reader, f Filter, limit, offset int) ([]Article, error) {
	where, args := f.where(r.Now())
	return store.All[Article](ctx, r, `SELECT `+columns+tables+where+
		fmt.Sprintf(`ORDER BY a.publish_at DESC, a.id DESC LIMIT %d OFFSET %d`, limit, offset), args...)
}

// countPublished counts the articles of the filter.
func countPublished(ctx context.Context, r store.Reader, f Filter) (int, error) {
	where, args := f.where(r.Now())
	return store.One[int](ctx, r, `SELECT count(*) FROM news_article a JOIN programme p ON p.id = a.programme `+where, args...)
}

// facet is one value by which the public news can be filtered.
type facet struct {
	Value, Label string
	Count        int
}

// month is one month of the archive.
type month struct {
	Year  int
	Month time.Month
	Count int
}

// facets is what the public news can be filtered by at a moment.
type facets struct {
	programmes, organisations, tags []facet
	months                          []month // the latest first
	from, until                     time.Time
}

func (f *facets) label(of []facet, value string) string {
	for _, x := range of {
		if x.Value == value {
			return x.Label
		}
	}
	return ""
}

// year counts the articles of a year by month.
func (f *facets) year(year int) []month {
	return slices.DeleteFunc(slices.Clone(f.months), func(m month) bool { return m.Year != year })
}

// facetCache keeps the facets, which take a look at every article, for as long
// as they are true: until something is saved here or the next scheduled article
// appears; what other replicas save is seen within a minute.
type facetCache struct {
	mu   sync.Mutex
	kept *facets
}

const facetsLast = time.Minute

// mostOfferedTags bounds the tags that a filter offers; the rest is found by text.
const mostOfferedTags = 60

func (c *facetCache) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept = nil
}

func (c *facetCache) at(ctx context.Context, r store.Reader) (*facets, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := r.Now()
	if c.kept != nil && !now.Before(c.kept.from) && now.Before(c.kept.until) {
		return c.kept, nil
	}
	f, err := readFacets(ctx, r, now)
	if err != nil {
		return nil, err
	}
	c.kept = f
	return f, nil
}

// readFacets reads everything in one query. Articles are counted by hour,
// because months begin at another moment in Warsaw than in the database.
func readFacets(ctx context.Context, r store.Reader, now time.Time) (*facets, error) {
	const from = `FROM news_article a JOIN programme p ON p.id = a.programme `
	type row struct {
		Kind, Value, Label string
		N                  int
		At                 store.Time
	}
	rows, err := store.All[row](ctx, r, `SELECT 'programme' AS kind, p.slug AS value, p.title AS label, count(*) AS n, 0 AS at
			`+from+`WHERE`+public+`GROUP BY p.slug, p.title
		UNION ALL SELECT 'organisation', o.id, o.name, count(*), 0
			`+from+`JOIN organisation o ON o.id = a.organisation WHERE`+public+`GROUP BY o.id, o.name
		UNION ALL SELECT 'tag', t.slug, min(t.name), count(*), 0
			`+from+`JOIN news_tag t ON t.article = a.id WHERE`+public+`GROUP BY t.slug
		UNION ALL SELECT 'hour', '', '', count(*), min(a.publish_at)
			`+from+`WHERE`+public+`GROUP BY a.publish_at / 3600000000
		UNION ALL SELECT 'next', '', '', 0, min(publish_at) FROM news_article WHERE publish_at > $1`, store.At(now))
	if err != nil {
		return nil, err
	}
	f := &facets{from: now, until: now.Add(facetsLast)}
	for _, row := range rows {
		value := facet{row.Value, row.Label, row.N}
		switch row.Kind {
		case "programme":
			f.programmes = append(f.programmes, value)
		case "organisation":
			f.organisations = append(f.organisations, value)
		case "tag":
			f.tags = append(f.tags, value)
		case "hour":
			f.count(row.At.In(lang.Warsaw), row.N)
		case "next":
			if !row.At.IsZero() && row.At.Before(f.until) {
				f.until = row.At.Time
			}
		}
	}
	f.order()
	return f, nil
}

func (f *facets) count(at time.Time, n int) {
	for i := range f.months {
		if m := &f.months[i]; m.Year == at.Year() && m.Month == at.Month() {
			m.Count += n
			return
		}
	}
	f.months = append(f.months, month{at.Year(), at.Month(), n})
}

func (f *facets) order() {
	slices.SortFunc(f.tags, func(a, b facet) int { return b.Count - a.Count })
	f.tags = f.tags[:min(len(f.tags), mostOfferedTags)]
	for _, list := range [][]facet{f.programmes, f.organisations, f.tags} {
		slices.SortFunc(list, func(a, b facet) int { return strings.Compare(lang.SortKey(a.Label), lang.SortKey(b.Label)) })
	}
	slices.SortFunc(f.months, func(a, b month) int {
		return (b.Year*12 + int(b.Month)) - (a.Year*12 + int(a.Month))
	})
}
