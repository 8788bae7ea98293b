package news

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/store"
)

// Audit names the acts of this room. Words of an article are not repeated here:
// its revisions keep them. Titles are asked for when the public log is shown, so
// that none outlives its article.
var Audit = audit.Room{Name: "news", Title: "news.audit.room",
	Acts: []audit.Word{
		{Name: didBegin, Key: "news.audit.begun"},
		{Name: didRevise, Key: "news.audit.revised"},
		{Name: didCorrect, Key: "news.audit.corrected", Public: true},
		{Name: didSchedule, Key: "news.audit.scheduled"},
		{Name: "news.published", Key: "news.audit.published", Public: true},
		{Name: "news.unscheduled", Key: "news.audit.unscheduled"},
		{Name: "news.withdrawn", Key: "news.audit.withdrawn", Public: true},
		{Name: "news.returned", Key: "news.audit.returned", Public: true},
		{Name: "news.readdressed", Key: "news.audit.readdressed"},
		{Name: didDelete, Key: "news.audit.deleted"},
	},
	Things: map[string]audit.Things{"article": publicTitles},
}

const (
	didBegin    = "news.begun"
	didRevise   = "news.revised"   // before anybody could read it
	didCorrect  = "news.corrected" // after that
	didSchedule = "news.scheduled"
	didDelete   = "news.deleted"
)

// note writes down what was done to an article.
func note(ctx context.Context, tx *store.Tx, act string, a Article, reason string) error {
	return audit.Write(ctx, tx, audit.Act{Name: act, Kind: "article", Thing: a.ID, Title: a.Title, Path: a.Path(),
		Programme: a.Programme, Organisation: a.Organisation, Reason: reason})
}

// didSave tells a correction from words that nobody has read yet.
func didSave(a Article, r store.Reader) string {
	switch a.At(r.Now()) {
	case Published, Withdrawn:
		return didCorrect
	}
	if a.Revision == 1 {
		return didBegin
	}
	return didRevise
}

// publicTitles are the titles of those articles that everybody may read now.
func publicTitles(ctx context.Context, r store.Reader, ids []store.ID) (map[store.ID]audit.Thing, error) {
	in, args := store.In(2, ids)
	rows, err := store.All[Article](ctx, r, `SELECT `+columns+tables+`, news_article x WHERE x.id = a.id AND `+public+` AND a.id IN (`+in+`)`,
		append([]any{store.At(r.Now())}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("news: titles: %w", err)
	}
	things := make(map[store.ID]audit.Thing, len(rows))
	for _, a := range rows {
		things[a.ID] = audit.Thing{Title: a.Title, Path: a.Path()}
	}
	return things, nil
}
