package news

import (
	"context"
	"net/http"
	"path"
	"strings"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/markdown"
	"github.com/wspolnota/wspolnota/web/ui"
)

// articleView is an article as a reader sees it.
type articleView struct {
	whole
	State           State
	Earlier, Later  *Article
	MayPreview      bool
	MayEdit         bool
	URL, PictureURL string // full, for other sites
	Funding         templ.Component
	Thread          templ.Component // nil where there is none
	Preview         bool
	Veil            *moderation.Veil // nil: moderation does not hide it
	MayReport       bool
}

// article reads the article of the address, in any state, with HTML of the
// present renderer.
func (s *Service) article(r *http.Request) (whole, error) {
	ctx := r.Context()
	a, err := byAddress(ctx, s.db, r.PathValue("programme"), r.PathValue("article"))
	if err != nil || a.HTMLBy == markdown.Version {
		return a, err
	}
	a.HTML = markdown.HTML(a.Body)
	err = s.db.Write(ctx, func(tx *store.Tx) error { return keepHTML(ctx, tx, a.Article, a.HTML) })
	if err != nil { // it will be rendered again; reading must not wait for a full disk
		s.Logger.Warn("news: rendered text not kept", "error", err)
	}
	return a, nil
}

func (s *Service) showArticle(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	a, err := s.article(r)
	if err != nil {
		return err
	}
	mayPreview := access.From(ctx).May(Preview, string(a.Programme))
	switch state := a.At(s.db.Now()); {
	case a.ProgrammeState == programme.Draft && !mayPreview, state != Published && state != Withdrawn && !mayPreview:
		return fault.NotFound("article")
	case a.Address != a.Slug:
		http.Redirect(w, r, a.Path(), http.StatusMovedPermanently)
		return nil
	case state == Withdrawn:
		return web.RenderStatus(w, r, http.StatusGone, withdrawnPage(a, mayPreview))
	case a.Hidden && !mayPreview:
		return s.showHidden(w, r, a)
	case !a.visible(s.db.Now()):
		return web.SeeOther(w, r, a.Path()+"/podglad", "")
	}
	v, err := s.view(ctx, a)
	if err != nil {
		return err
	}
	return web.Render(w, r, articlePage(v))
}

func (s *Service) showPreview(w http.ResponseWriter, r *http.Request) error {
	a, err := s.article(r)
	if err != nil {
		return err
	}
	v, err := s.view(r.Context(), a)
	if err != nil {
		return err
	}
	v.Preview = true
	return web.Render(w, r, articlePage(v))
}

// view reads what stands around the text of an article.
func (s *Service) view(ctx context.Context, a whole) (articleView, error) {
	actor, place := access.From(ctx), string(a.Programme)
	v := articleView{whole: a, State: a.At(s.db.Now()), MayPreview: actor.May(Preview, place), MayEdit: actor.May(Edit, place),
		URL: s.Site.URL(a.Path())}
	var err error
	if v.Earlier, v.Later, err = neighbours(ctx, s.db, a.Article); err != nil {
		return v, err
	}
	if p := a.Details.Picture; p != nil {
		v.PictureURL = s.Site.URL(a.pictureHref(p, p.Variants[len(p.Variants)-1]))
	}
	if a.Hidden {
		if v.Veil, err = moderation.VeilOf(ctx, s.db, found, a.ID); err != nil {
			return v, err
		}
	}
	v.MayReport = s.Moderation != nil && !a.Hidden
	if v.Thread, err = s.Trace.Block(ctx, trace.Ref{Kind: found, ID: a.ID}); err != nil || s.Funding == nil {
		return v, err
	}
	v.Funding, err = s.Funding(ctx, programme.Programme{ID: a.Programme, Slug: a.ProgrammeSlug, Revision: a.Changed,
		Funder: a.Funder, ProjectNumber: a.ProjectNumber})
	return v, err
}

func (v articleView) page(ctx context.Context) ui.Page {
	p := ui.Page{
		Title: v.Title, Lead: v.Lead, MainLang: v.Language, Crumbs: crumbs(ctx, v.Article),
		Feeds: programmeFeeds(ctx, v.ProgrammeSlug, v.ProgrammeTitle), NoIndex: v.Preview, Wide: true,
	}
	if p.Title == "" {
		p.Title = lang.T(ctx, "news.untitled")
	}
	if v.Preview {
		return p
	}
	p.Canonical = v.URL
	p.OpenGraph = &ui.OpenGraph{Title: v.Title, Description: v.Lead, Type: "article", URL: v.URL, Published: v.PublishAt.Time}
	if v.PictureURL != "" {
		p.OpenGraph.Image, p.OpenGraph.ImageAlt = v.PictureURL, v.Details.Picture.Alt
	}
	return p
}

// crumbs lead from the programme to an article.
func crumbs(ctx context.Context, a Article) []ui.Crumb {
	return []ui.Crumb{
		{Title: a.ProgrammeTitle, Href: "/programy/" + a.ProgrammeSlug},
		{Title: lang.T(ctx, "news.list.title"), Href: a.List()},
	}
}

// deskCrumbs lead from the programme through the editors' desk to a page about
// an article.
func deskCrumbs(ctx context.Context, a Article) []ui.Crumb {
	return append(crumbs(ctx, a), ui.Crumb{Title: lang.T(ctx, "news.desk.title"), Href: a.List() + "/redakcja"},
		ui.Crumb{Title: a.name(ctx), Href: a.Path() + "/podglad"})
}

// name is the title, or words for a draft that has none.
func (a Article) name(ctx context.Context) string {
	if a.Title == "" {
		return lang.T(ctx, "news.untitled")
	}
	return a.Title
}

func (a Article) pictureHref(p *Picture, v Variant) string {
	return a.Path() + "/obraz/" + string(p.File) + "/" + itoa(v.Width)
}

// picture is what the components draw; nil where the article has none.
func (a Article) picture(p *Picture, sizes string) *ui.PictureData {
	if p == nil || len(p.Variants) == 0 {
		return nil
	}
	last := p.Variants[len(p.Variants)-1]
	d := &ui.PictureData{Src: a.pictureHref(p, p.Variants[0]), Sizes: sizes, Alt: p.Alt, Width: last.Width, Height: last.Height,
		Caption: p.Caption, Credit: p.Credit, Lang: a.Language}
	if len(p.Variants) > 1 {
		var set []string
		for _, v := range p.Variants {
			set = append(set, a.pictureHref(p, v)+" "+itoa(v.Width)+"w")
		}
		d.Srcset = strings.Join(set, ", ")
	}
	return d
}

// attachments are the files as the components list them.
func (a whole) attachments() []ui.Attachment {
	var files []ui.Attachment
	for _, f := range a.Details.Files {
		files = append(files, ui.Attachment{Href: a.Path() + "/pliki/" + string(f.ID), Name: f.Name,
			Type: strings.ToUpper(strings.TrimPrefix(path.Ext(f.Name), ".")), Size: f.Size})
	}
	return files
}

func (a whole) tagLinks() []ui.Link {
	var links []ui.Link
	for _, tag := range a.Details.Tags {
		links = append(links, ui.Link{Href: "/aktualnosci?tag=" + tagSlug(tag), Text: tag})
	}
	return links
}

func (a whole) placeLinks() []ui.Link {
	var links []ui.Link
	for _, terc := range a.Details.Places {
		links = append(links, ui.Link{Href: "/aktualnosci?gmina=" + terc, Text: territory.Name(terc)})
	}
	return links
}

func (s *Service) sendAttachment(w http.ResponseWriter, r *http.Request) error {
	return s.send(w, r, func(a whole) (blob.File, error) { return a.attachment(r.PathValue("file")) })
}

func (s *Service) sendPicture(w http.ResponseWriter, r *http.Request) error {
	return s.send(w, r, func(a whole) (blob.File, error) { return a.drawing(r.PathValue("file"), r.PathValue("width")) })
}

// send gives a file to whoever may read the article it belongs to.
func (s *Service) send(w http.ResponseWriter, r *http.Request, find func(whole) (blob.File, error)) error {
	a, err := byAddress(r.Context(), s.db, r.PathValue("programme"), r.PathValue("article"))
	if err != nil {
		return err
	}
	public := a.visible(s.db.Now())
	if !public && !access.From(r.Context()).May(Preview, string(a.Programme)) {
		return fault.NotFound("article of a file")
	}
	f, err := find(a)
	if err != nil {
		return err
	}
	if public && w.Header().Get("Cache-Control") == "" {
		w.Header().Set("Cache-Control", "public, max-age=300")
	}
	return blob.Serve(w, r, s.Blobs, f)
}
