package news

import (
	"context"

	"github.com/wspolnota/wspolnota/archive"
	"github.com/wspolnota/wspolnota/store"
)

// ofArticles are those of the programme, of any state.
const ofArticles = `article IN (SELECT id FROM news_article WHERE programme = $1)`

// Archive is what the room keeps of a programme.
var Archive = archive.Room{
	Parts: []archive.Part{
		{Table: "news_article", Where: `programme = $1`},
		{Table: "news_address", Where: `programme = $1`},
		{Table: "news_revision", Where: ofArticles},
		{Table: "news_act", Where: ofArticles},
		{Table: "news_tag", Where: ofArticles},
		{Table: "news_place", Where: ofArticles},
		{Table: "news_file", Where: `programme = $1 AND used`},
		{Table: "trace_link", Where: `thing IN (SELECT id FROM news_article WHERE programme = $1)`},
		{Table: "organisation", Where: `id IN (SELECT organisation FROM news_article WHERE programme = $1)`},
	},
	Files: func(ctx context.Context, r store.Reader, programme store.ID) ([]string, error) {
		files, err := store.All[received](ctx, r, `SELECT id, article, picture, name, type, size, variants FROM news_file WHERE programme = $1 AND used`, programme)
		var keys []string
		for _, f := range files {
			keys = append(keys, f.keys()...)
		}
		return keys, err
	},
}
