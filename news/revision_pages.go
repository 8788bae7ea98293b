package news

import (
	"context"
	"net/http"
	"strconv"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/markdown"
	"github.com/wspolnota/wspolnota/web/ui"
)

// revisionsView is the history of an article.
type revisionsView struct {
	Article   Article
	Revisions []Revision
	Acts      []Act
	People    map[store.ID]string
	MayEdit   bool
}

func (s *Service) showRevisions(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	a, err := byAddress(ctx, s.db, r.PathValue("programme"), r.PathValue("article"))
	if err != nil {
		return err
	}
	v := revisionsView{Article: a.Article, MayEdit: access.From(ctx).May(Edit, string(a.Programme))}
	if v.Revisions, err = revisionsOf(ctx, s.db, a.ID); err != nil {
		return err
	}
	if v.Acts, err = actsOf(ctx, s.db, a.ID); err != nil {
		return err
	}
	var ids []store.ID
	for _, x := range v.Revisions {
		ids = append(ids, x.Person)
	}
	for _, x := range v.Acts {
		ids = append(ids, x.Person)
	}
	if v.People, err = people.Names(ctx, s.db, uniqueIDs(ids)); err != nil {
		return err
	}
	return web.Render(w, r, revisionsPage(v))
}

func uniqueIDs(ids []store.ID) []store.ID {
	var out []store.ID
	for _, id := range unique(texts(ids)) {
		out = append(out, store.ID(id))
	}
	return out
}

// options offers the revisions by number and date, to compare two of them.
func (v revisionsView) options(ctx context.Context) []ui.Option {
	var all []ui.Option
	for _, x := range v.Revisions {
		all = append(all, ui.Option{Value: itoa(x.Number),
			Label: lang.T(ctx, "news.revision.option", "Number", x.Number, "When", lang.DateTime(ctx, x.SavedAt.Time))})
	}
	return all
}

// revisionView is one save, read again.
type revisionView struct {
	Article  Article
	Revision Revision
	HTML     string
	Who      string
	MayEdit  bool
}

func (s *Service) showRevision(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	a, err := byAddress(ctx, s.db, r.PathValue("programme"), r.PathValue("article"))
	if err != nil {
		return err
	}
	v := revisionView{Article: a.Article, MayEdit: access.From(ctx).May(Edit, string(a.Programme))}
	if v.Revision, err = s.revision(ctx, a.ID, r.PathValue("revision")); err != nil {
		return err
	}
	who, err := people.Names(ctx, s.db, []store.ID{v.Revision.Person})
	if err != nil {
		return err
	}
	v.Who, v.HTML = personName(ctx, who, v.Revision.Person), markdown.HTML(v.Revision.Body)
	return web.Render(w, r, revisionPage(v))
}

func (s *Service) revision(ctx context.Context, article store.ID, number string) (Revision, error) {
	n, err := revisionNumber(number)
	if err != nil {
		return Revision{}, err
	}
	return revisionOf(ctx, s.db, article, n)
}

// revisionNumber reads a number as the column holds it.
func revisionNumber(s string) (int, error) {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		return 0, fault.NotFound("revision")
	}
	return int(n), nil
}

// differencesView is what changed between two saves.
type differencesView struct {
	Article       Article
	Before, After Revision
	Parts         []ui.Difference
	Lines         []ui.DiffLine
	MayEdit       bool
}

func (s *Service) showDifferences(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	a, err := byAddress(ctx, s.db, r.PathValue("programme"), r.PathValue("article"))
	if err != nil {
		return err
	}
	v := differencesView{Article: a.Article, MayEdit: access.From(ctx).May(Edit, string(a.Programme))}
	if v.Before, err = s.revision(ctx, a.ID, r.URL.Query().Get("od")); err != nil {
		return err
	}
	if v.After, err = s.revision(ctx, a.ID, r.URL.Query().Get("do")); err != nil {
		return err
	}
	if v.Before.Number > v.After.Number {
		v.Before, v.After = v.After, v.Before
	}
	n, err := namesIn(ctx, s.db, a.Article, v.Before.Content, v.After.Content)
	if err != nil {
		return err
	}
	v.Parts = changedParts(ctx, v.Before.Content, v.After.Content, n)
	v.Lines = changedLines(ctx, v.Before.Body, v.After.Body)
	return web.Render(w, r, differencesPage(v))
}

// namesIn reads the names of what two contents name by id.
func namesIn(ctx context.Context, r store.Reader, a Article, contents ...Content) (names, error) {
	var ids []store.ID
	for _, c := range contents {
		ids = append(append(append(ids, c.Organisation), c.Goals...), c.fileIDs()...)
	}
	in, args := store.In(1, uniqueIDs(ids))
	rows, err := store.All[choice](ctx, r, `SELECT id, name FROM organisation WHERE id IN (`+in+`)
		UNION ALL SELECT id, title FROM programme_goal WHERE id IN (`+in+`)
		UNION ALL SELECT id, name FROM news_file WHERE id IN (`+in+`)`, args...)
	n := names{}
	for _, row := range rows {
		n[row.ID] = row.Name
	}
	return n, err
}

func (s *Service) restore(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	a, f, err := s.posted(r)
	if err != nil {
		return err
	}
	n, err := revisionNumber(r.PathValue("revision"))
	if err != nil {
		return err
	}
	restored, err := s.Restore(ctx, a.Programme, a.ID, f.Version(), n)
	if fields := fault.Of(err); fields != nil && len(fields.Fields) > 0 {
		return fault.Invalid("news.restore.incomplete")
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, restored.Path()+"/edycja", "news.flash.restored")
}

// posted reads the article and the form of a POST about it.
func (s *Service) posted(r *http.Request) (whole, *form.Form, error) {
	a, err := byAddress(r.Context(), s.db, r.PathValue("programme"), r.PathValue("article"))
	if err != nil {
		return a, nil, err
	}
	f, err := web.ReadForm(r)
	return a, f, err
}
