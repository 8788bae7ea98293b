package news

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/api"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// What the API tells of an article: what its public page shows.
type (
	toldArticle struct {
		ID        string    `json:"id"`
		Slug      string    `json:"slug"`
		Programme string    `json:"programme" doc:"Slug of the programme."`
		Title     string    `json:"title"`
		Lead      string    `json:"lead"`
		Author    string    `json:"author,omitempty" doc:"Name of the organisation that signs it."`
		Language  string    `json:"language"`
		Published time.Time `json:"published"`
		Revised   time.Time `json:"revised" doc:"When its words last changed."`
		URL       string    `json:"url"`
	}
	toldWhole struct {
		toldArticle
		Text   string     `json:"text" doc:"Markdown."`
		HTML   string     `json:"html" doc:"The text as safe HTML."`
		Tags   []string   `json:"tags"`
		Places []string   `json:"places" doc:"TERC codes."`
		Goals  []store.ID `json:"goals" doc:"Ids of the goals it serves."`
	}
)

type listInput struct {
	api.Paging
	Words        string `query:"q" maxLength:"100"`
	Programme    string `query:"programme" maxLength:"100" doc:"Slug of a programme."`
	Municipality string `query:"municipality" maxLength:"7" doc:"TERC code."`
	Tag          string `query:"tag" maxLength:"100" doc:"Slug of a tag."`
}

type oneInput struct {
	Programme string `path:"programme" maxLength:"100"`
	Article   string `path:"article" maxLength:"200" doc:"Slug of the article, also a former one."`
}

// AddTo lets programs read what the pages of the room show.
func (s *Service) AddTo(a *api.API) {
	api.List(a, api.Read{Path: "/news", ID: "list-news", Summary: "Public news, the newest first", Told: "news.api.list", Tag: "news", Need: access.Anyone}, s.apiList)
	api.Get(a, api.Read{Path: "/programmes/{programme}/news/{article}", ID: "get-article", Summary: "One article with its text",
		Told: "news.api.one", Tag: "news", Need: access.Anyone}, s.apiOne)
}

func (s *Service) apiList(ctx context.Context, in *listInput) ([]toldArticle, int, error) {
	f := Filter{Programme: in.Programme, Place: in.Municipality, Tag: in.Tag, Text: in.Words}
	found, total, err := published(ctx, s.db, f, in.Limit(), in.Offset(), true)
	var all []toldArticle
	for _, article := range found {
		all = append(all, s.told(article))
	}
	return all, total, err
}

func (s *Service) apiOne(ctx context.Context, in *oneInput) (toldWhole, error) {
	a, err := byAddress(ctx, s.db, in.Programme, in.Article)
	if err != nil {
		return toldWhole{}, err
	}
	mayPreview := access.From(ctx).May(Preview, string(a.Programme))
	if a.Hidden || a.At(s.db.Now()) != Published || a.ProgrammeState == programme.Draft && !mayPreview {
		return toldWhole{}, fault.NotFound("article")
	}
	if a.HTMLBy != markdown.Version {
		a.HTML = markdown.HTML(a.Body)
	}
	return toldWhole{toldArticle: s.told(a.Article), Text: a.Body, HTML: a.HTML, Tags: api.Some(a.Details.Tags),
		Places: api.Some(a.Details.Places), Goals: api.Some(a.Details.Goals)}, nil
}

func (s *Service) told(a Article) toldArticle {
	return toldArticle{ID: string(a.ID), Slug: a.Slug, Programme: a.ProgrammeSlug, Title: a.Title, Lead: a.Lead, Author: a.Author,
		Language: a.Language, Published: a.PublishAt.UTC(), Revised: a.RevisedAt.UTC(), URL: s.Site.URL(a.Path())}
}
