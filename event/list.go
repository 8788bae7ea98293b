package event

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// pageSize is how many events a page of a list has.
const pageSize = 30

// Filter narrows the public events. Empty fields do not.
type Filter struct {
	Programme string // slug
	Kind      Kind
	Place     string // TERC
	Text      string
	Over      Over
	From, To  time.Time // some part of it is in this time; To is the first moment after
}

// Over chooses by whether an event is over.
type Over string

const (
	Coming Over = ""
	Past   Over = "minione"
	All    Over = "wszystkie"
)

// filterOf reads the filters of an address. A value that nothing has finds
// nothing and is no mistake: links grow old.
func filterOf(r *http.Request) Filter {
	q := web.Query(r)
	f := Filter{Programme: q.Text("program", 100), Kind: Kind(q.Text("rodzaj", 40)), Place: q.Text("gmina", 10), Over: Over(q.Text("kiedy", 20))}
	if text := []rune(q.Text("szukaj", 100)); len(text) > 0 {
		f.Text = string(text[:min(len(text), 100)])
	}
	if !slices.Contains([]Over{Coming, Past, All}, f.Over) {
		f.Over = Coming
	}
	return f
}

// query is a filter as the address of a list carries it.
func (f Filter) query() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{"program": f.Programme, "rodzaj": string(f.Kind), "gmina": f.Place, "szukaj": f.Text, "kiedy": string(f.Over)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q
}

// listed reads the public events of a filter, those to come from the nearest on,
// others from the latest on, and tells how many there are in all; behind the
// last of them it tells none.
func listed(ctx context.Context, db *store.DB, f Filter, limit, offset int) ([]Event, int, error) {
	where, args := f.where(db)
	order := `ORDER BY e.starts_at DESC, e.id DESC`
	if f.Over == Coming || !f.From.IsZero() {
		order = `ORDER BY e.starts_at, e.id`
	}
	rows, err := store.All[struct {
		Event
		Total int
	}](ctx, db, `SELECT `+columns+`, count(*) OVER () AS total `+tables+where+order+fmt.Sprintf(` LIMIT %d OFFSET %d`, limit, offset), args...)
	if err != nil || len(rows) == 0 {
		return nil, 0, err
	}
	events := make([]Event, len(rows))
	for i, row := range rows {
		events[i] = row.Event
	}
	return events, rows[0].Total, nil
}

// where turns the filter into SQL.
func (f Filter) where(db *store.DB) (string, []any) {
	conditions := []string{public}
	var args []any
	and := func(condition string, arg any) {
		args = append(args, arg)
		conditions = append(conditions, fmt.Sprintf(condition, len(args)))
	}
	if f.Programme != "" {
		and(`p.slug = $%d`, f.Programme)
	}
	if f.Kind != "" {
		and(`e.kind = $%d`, f.Kind)
	}
	if f.Place != "" {
		and(`e.terc = $%d`, f.Place)
	}
	switch f.Over {
	case Coming:
		and(`e.ends_at > $%d`, store.At(db.Now()))
	case Past:
		and(`e.ends_at <= $%d`, store.At(db.Now()))
	}
	if !f.From.IsZero() {
		and(`e.ends_at > $%d`, store.At(f.From))
		and(`e.starts_at < $%d`, store.At(f.To))
	}
	if f.Text != "" {
		in, words := search.Matching(db.Dialect(), found, search.Parse(f.Text), fmt.Sprintf("$%d", len(args)+1))
		args = append(args, words)
		conditions = append(conditions, `e.id IN (`+in+`)`)
	}
	return `WHERE ` + strings.Join(conditions, " AND ") + ` `, args
}

// drafts lists what a programme's team prepares, the nearest first.
func drafts(ctx context.Context, r store.Reader, programme store.ID) ([]Event, error) {
	return store.All[Event](ctx, r, `SELECT `+columns+tables+`WHERE e.programme = $1 AND e.published_at IS NULL ORDER BY e.starts_at, e.id`, programme)
}

// ofMonth are the events of a month, over or not.
func ofMonth(year int, m time.Month) Filter {
	from := time.Date(year, m, 1, 0, 0, 0, 0, lang.Warsaw)
	return Filter{From: from, To: from.AddDate(0, 1, 0), Over: All}
}

// ofYear are the events of a year, over or not.
func ofYear(year int) Filter {
	from := time.Date(year, time.January, 1, 0, 0, 0, 0, lang.Warsaw)
	return Filter{From: from, To: from.AddDate(1, 0, 0), Over: All}
}
