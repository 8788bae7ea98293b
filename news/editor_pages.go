package news

import (
	"context"
	"net/http"
	"slices"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// editorView is the form of an article, new or not.
type editorView struct {
	Article  Article // of a new one only the id and the programme
	New      bool
	State    State
	Form     *form.Form
	Version  int
	Authors  []choice
	Goals    []choice
	Files    []received // that came for this article
	Conflict *ui.Conflict
	Lines    []ui.DiffLine // of the body, in a conflict
}

func (s *Service) newArticle(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	a := Article{ID: store.NewID(), Programme: p.ID, ProgrammeSlug: p.Slug, ProgrammeTitle: p.Title}
	c := Content{Language: string(p.Language), Details: Details{Organisation: p.Owner}}
	v := editorView{Article: a, New: true, State: Draft, Form: formOf(c)}
	if err := s.prepare(ctx, &v); err != nil {
		return err
	}
	if own := access.From(ctx).For; slices.ContainsFunc(v.Authors, func(c choice) bool { return c.ID == own }) {
		v.Form.Set("organisation", string(own))
	}
	return web.Render(w, r, editorPage(v))
}

// prepare reads what the form offers to choose from.
func (s *Service) prepare(ctx context.Context, v *editorView) error {
	var err error
	if v.Authors, err = programme.Voices(ctx, s.db, v.Article.Programme, access.From(ctx).Person); err != nil {
		return err
	}
	// Who wrote stays who wrote, also after the partnership ended.
	if id := v.Article.Organisation; id != "" && !slices.ContainsFunc(v.Authors, func(c choice) bool { return c.ID == id }) {
		v.Authors = append(v.Authors, choice{ID: id, Name: v.Article.Author})
	}
	if v.Goals, err = programme.GoalNames(ctx, s.db, v.Article.Programme); err != nil {
		return err
	}
	v.Files, err = filesOf(ctx, s.db, v.Article.Programme, v.Article.ID)
	return err
}

func (s *Service) begin(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id, err := store.ParseID(f.Get("id"))
	if err != nil {
		return fault.Invalid("fault.unreadable")
	}
	if err := s.takeFiles(ctx, f, p.ID, id); err != nil {
		return err
	}
	c := contentOf(f)
	if !f.Any() {
		a, err := s.Begin(ctx, p.ID, id, c)
		switch {
		case err == nil:
			return afterSave(w, r, f, a)
		case fault.Is(err, fault.KindConflict):
			return s.showConflict(w, r, editorView{Article: Article{ID: id, Programme: p.ID}, Form: f}, c)
		case !f.Take(err):
			return err
		}
	}
	a := Article{ID: id, Programme: p.ID, ProgrammeSlug: p.Slug, ProgrammeTitle: p.Title}
	return s.showAgain(w, r, editorView{Article: a, New: true, State: Draft, Form: f})
}

func (s *Service) editArticle(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	a, v, err := s.latest(r)
	if err != nil {
		return err
	}
	view := editorView{Article: a.Article, State: a.At(s.db.Now()), Form: formOf(v.Content), Version: a.Version}
	if err := s.prepare(ctx, &view); err != nil {
		return err
	}
	return web.Render(w, r, editorPage(view))
}

// latest reads the article of the address with its current revision.
func (s *Service) latest(r *http.Request) (whole, Revision, error) {
	a, err := byAddress(r.Context(), s.db, r.PathValue("programme"), r.PathValue("article"))
	if err != nil {
		return a, Revision{}, err
	}
	v, err := revisionOf(r.Context(), s.db, a.ID, a.Revision)
	return a, v, err
}

func (s *Service) save(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	a, err := byAddress(ctx, s.db, r.PathValue("programme"), r.PathValue("article"))
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := s.takeFiles(ctx, f, a.Programme, a.ID); err != nil {
		return err
	}
	c := contentOf(f)
	view := editorView{Article: a.Article, State: a.At(s.db.Now()), Form: f, Version: f.Version()}
	if !f.Any() {
		saved, err := s.Revise(ctx, a.Programme, a.ID, f.Version(), c)
		switch {
		case err == nil:
			return afterSave(w, r, f, saved)
		case fault.Is(err, fault.KindConflict):
			return s.showConflict(w, r, view, c)
		case !f.Take(err):
			return err
		}
	}
	return s.showAgain(w, r, view)
}

func afterSave(w http.ResponseWriter, r *http.Request, f *form.Form, a Article) error {
	switch {
	case f.Get("next") == "publish":
		return web.SeeOther(w, r, a.Path()+"/publikacja", "news.flash.saved")
	case a.PublishAt.IsZero():
		return web.SeeOther(w, r, a.Path()+"/edycja", "news.flash.draft")
	}
	return web.SeeOther(w, r, a.Path(), "news.flash.saved")
}

func (s *Service) showAgain(w http.ResponseWriter, r *http.Request, v editorView) error {
	if err := s.prepare(r.Context(), &v); err != nil {
		return err
	}
	return web.RenderInvalid(w, r, editorPage(v))
}

// showConflict shows what somebody else saved beside what was typed. The form
// keeps the typed words; sent once more, it saves them over the other's, which
// stay readable as a revision.
func (s *Service) showConflict(w http.ResponseWriter, r *http.Request, view editorView, yours Content) error {
	ctx := r.Context()
	a, err := byID(ctx, s.db, view.Article.Programme, view.Article.ID)
	if err != nil {
		return err
	}
	theirs, err := revisionOf(ctx, s.db, a.ID, a.Revision)
	if err != nil {
		return err
	}
	view.Article, view.State, view.Version = a, a.At(s.db.Now()), a.Version
	if err := s.prepare(ctx, &view); err != nil {
		return err
	}
	if err := yours.settle(view.Files); err != nil && !view.Form.Take(err) {
		return err
	}
	who, err := people.Names(ctx, s.db, []store.ID{theirs.Person})
	if err != nil {
		return err
	}
	view.Conflict = &ui.Conflict{Who: personName(ctx, who, theirs.Person), When: lang.DateTime(ctx, theirs.SavedAt.Time),
		Differences: changedParts(ctx, theirs.Content, yours, view.names())}
	view.Lines = changedLines(ctx, theirs.Body, yours.Body)
	return web.RenderStatus(w, r, http.StatusConflict, editorPage(view))
}

func personName(ctx context.Context, who map[store.ID]string, id store.ID) string {
	if name, ok := who[id]; ok {
		return name
	}
	return lang.T(ctx, "news.person.gone")
}

// names are those of all that the form offers.
func (v editorView) names() names {
	n := names{}
	for _, c := range append(slices.Clone(v.Authors), v.Goals...) {
		n[c.ID] = c.Name
	}
	for _, f := range v.Files {
		n[f.ID] = f.Name
	}
	return n
}

func (v editorView) title(ctx context.Context) string {
	if v.New {
		return lang.T(ctx, "news.new.title")
	}
	return lang.T(ctx, "news.edit.title", "Title", v.Article.name(ctx))
}

func (v editorView) action() string {
	if v.New {
		return v.Article.List()
	}
	return v.Article.Path() + "/edycja"
}

func (v editorView) options(ctx context.Context) ui.FormOptions {
	o := ui.FormOptions{Action: v.action(), Version: v.Version, Multipart: true, ID: "article",
		Back: ui.Link{Href: v.Article.List() + "/redakcja", Key: "news.desk.back"}}
	if v.State == Draft {
		o.Submit = lang.T(ctx, "news.save.draft")
		o.More = []ui.SubmitButton{{Name: "next", Value: "publish", Text: lang.T(ctx, "news.save.and_publish")}}
		return o
	}
	o.Submit = lang.T(ctx, "news.save.published")
	return o
}

// keptFiles offers the attachments that the form names, to keep or to drop.
func (v editorView) keptFiles(ctx context.Context) []ui.Option {
	var options []ui.Option
	for _, f := range v.Files {
		if !f.Picture && v.Form.Chosen("kept_files", string(f.ID)) {
			options = append(options, ui.Option{Value: string(f.ID), Label: f.Name, Hint: ui.Size(ctx, f.Size)})
		}
	}
	return options
}

// keptPicture is the picture that the form names, nil for none.
func (v editorView) keptPicture() *received {
	for i, f := range v.Files {
		if f.Picture && string(f.ID) == v.Form.Get("kept_picture") {
			return &v.Files[i]
		}
	}
	return nil
}

func options(of []choice) []ui.Option {
	var all []ui.Option
	for _, c := range of {
		all = append(all, ui.Option{Value: string(c.ID), Label: c.Name})
	}
	return all
}

func authorOptions(ctx context.Context, of []choice) []ui.Option {
	return append([]ui.Option{{Label: lang.T(ctx, "news.field.organisation.none")}}, options(of)...)
}

func languageOptions(ctx context.Context) []ui.Option {
	var all []ui.Option
	for _, code := range Languages {
		all = append(all, ui.Option{Value: code, Label: lang.T(ctx, "news.language."+code)})
	}
	return all
}

// placeGroup is a powiat with its units, to choose from.
type placeGroup struct {
	Name    string
	Options []ui.Option
}

func placeGroups(ctx context.Context) []placeGroup {
	var groups []placeGroup
	for _, o := range territory.Options(ctx) {
		if len(groups) == 0 || groups[len(groups)-1].Name != o.Group {
			groups = append(groups, placeGroup{Name: o.Group})
		}
		last := &groups[len(groups)-1]
		last.Options = append(last.Options, ui.Option{Value: o.Value, Label: o.Label})
	}
	return groups
}
