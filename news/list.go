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
	"github.com/wspolnota/wspolnota/search"
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

// ids turns the filter into SQL that lists what is public at now: the ids of the
// articles, the newest first, and where they are to be counted, in total how
// many there are. Where it can, it reads one index only, whose rows it finds by
// tag, place or date.
func (f Filter) ids(db *store.DB, limit, offset int, count bool) (string, []any) {
	q := listQuery{args: []any{store.At(db.Now())}}
	id := "x.article"
	switch {
	case f.Tag != "":
		q.from = "news_tag x"
		q.where("x.slug = ", f.Tag)
	case f.Place != "":
		q.from = "news_place x"
		q.where("x.terc = ", f.Place)
	default:
		q.from, id = "news_article x", "x.id"
	}
	if f.Tag != "" && f.Place != "" {
		q.from += " JOIN news_place g ON g.article = x.article"
		q.where("g.terc = ", f.Place)
	}
	if f.Organisation != "" {
		q.from += " JOIN news_article w ON w.id = " + id
	}
	if f.Programme != "" {
		q.where("x.programme = (SELECT id FROM programme WHERE slug = ", f.Programme, ")")
	}
	if f.Organisation != "" {
		q.where("w.organisation = ", f.Organisation)
	}
	if f.Text != "" {
		in, words := search.Matching(db.Dialect(), found, search.Parse(f.Text), fmt.Sprintf("$%d", len(q.args)+1))
		q.args = append(q.args, words)
		q.conditions += "AND " + id + " IN (" + in + ") "
	}
	if !f.From.IsZero() {
		q.where("x.listed_at >= ", store.At(f.From))
		q.where("x.listed_at < ", store.At(f.To))
	}
	from := ` FROM ` + q.from + ` WHERE` + public + q.conditions
	total := `0`
	switch {
	case count && f.Text != "":
		total = `count(*) OVER ()` // the words are looked up once, not for the count and again
	case count:
		total = `(SELECT count(*)` + from + `)`
	}
	return `SELECT ` + id + ` AS id, ` + total + ` AS total` + from +
		fmt.Sprintf(`ORDER BY x.listed_at DESC, %s DESC LIMIT %d OFFSET %d`, id, limit, offset), q.args
}

// listQuery gathers the parts of a query and their arguments.
type listQuery struct {
	from, conditions string
	args             []any
}

func (q *listQuery) where(before string, arg any, after ...string) {
	q.args = append(q.args, arg)
	q.conditions += fmt.Sprintf("AND %s$%d%s ", before, len(q.args), strings.Join(after, ""))
}

// published lists articles of the filter, the newest first. If asked to count,
// it tells how many there are in all; behind the last of them it tells none.
func published(ctx context.Context, db *store.DB, f Filter, limit, offset int, count bool) ([]Article, int, error) {
	ids, args := f.ids(db, limit, offset, count)
	rows, err := store.All[struct {
		Article
		Total int
	}](ctx, db, `SELECT `+columns+`, i.total FROM (`+ids+`) AS i JOIN news_article a ON a.id = i.id
		JOIN programme p ON p.id = a.programme LEFT JOIN organisation o ON o.id = a.organisation
		ORDER BY a.listed_at DESC, a.id DESC`, args...)
	if err != nil || len(rows) == 0 {
		return nil, 0, err
	}
	articles := make([]Article, len(rows))
	for i, row := range rows {
		articles[i] = row.Article
	}
	return articles, rows[0].Total, nil
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
	months                          []month        // the latest first
	counts                          map[Filter]int // of all news and of filters with one field
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
// appears. What another replica saves is in its lists at once and is counted
// here within a minute.
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
	type row struct {
		Kind, Value, Label string
		N                  int
		At                 store.Time
	}
	rows, err := store.All[row](ctx, r, `SELECT 'programme' AS kind, p.slug AS value, p.title AS label, count(*) AS n, 0 AS at
			FROM news_article x JOIN programme p ON p.id = x.programme WHERE`+public+`GROUP BY p.slug, p.title
		UNION ALL SELECT 'organisation', o.id, o.name, count(*), 0
			FROM news_article x JOIN organisation o ON o.id = x.organisation WHERE`+public+`GROUP BY o.id, o.name
		UNION ALL SELECT 'tag', x.slug, min(x.name), count(*), 0 FROM news_tag x WHERE`+public+`GROUP BY x.slug
		UNION ALL SELECT 'place', x.terc, '', count(*), 0 FROM news_place x WHERE`+public+`GROUP BY x.terc
		UNION ALL SELECT 'hour', '', '', count(*), min(x.listed_at)
			FROM news_article x WHERE`+public+`GROUP BY x.listed_at / 3600000000
		UNION ALL SELECT 'next', '', '', 0, min(listed_at) FROM news_article WHERE listed_at > $1`, store.At(now))
	if err != nil {
		return nil, err
	}
	f := &facets{counts: map[Filter]int{}, from: now, until: now.Add(facetsLast)}
	for _, row := range rows {
		value := facet{row.Value, row.Label, row.N}
		switch row.Kind {
		case "programme":
			f.programmes = append(f.programmes, value)
			f.counts[Filter{Programme: row.Value}] = row.N
		case "organisation":
			f.organisations = append(f.organisations, value)
			f.counts[Filter{Organisation: row.Value}] = row.N
		case "tag":
			f.tags = append(f.tags, value)
			f.counts[Filter{Tag: row.Value}] = row.N
		case "place":
			f.counts[Filter{Place: row.Value}] = row.N
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

// count adds articles of one hour to the whole, to its year and to its month.
func (f *facets) count(at time.Time, n int) {
	f.counts[Filter{}] += n
	f.counts[ofYear(at.Year())] += n
	f.counts[ofMonth(at.Year(), at.Month())] += n
	for i := range f.months {
		if m := &f.months[i]; m.Year == at.Year() && m.Month == at.Month() {
			m.Count += n
			return
		}
	}
	f.months = append(f.months, month{at.Year(), at.Month(), n})
}

func ofYear(year int) Filter {
	from := time.Date(year, time.January, 1, 0, 0, 0, 0, lang.Warsaw)
	return Filter{From: from, To: from.AddDate(1, 0, 0)}
}

func ofMonth(year int, m time.Month) Filter {
	from := time.Date(year, m, 1, 0, 0, 0, 0, lang.Warsaw)
	return Filter{From: from, To: from.AddDate(0, 1, 0)}
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
