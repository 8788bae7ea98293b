package merge

import (
	"context"
	"embed"
	"net/http"
	"slices"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Messages are the words of this package.
//
//go:embed messages.pl.toml messages.en.toml
var Messages embed.FS

// Path is the page on which administrators merge.
const Path = "/administracja/scalanie"

const didMerge = "merge.merged"

// Audit names the act of the package.
var Audit = audit.Room{Name: "merge", Title: "merge.title", Acts: []audit.Word{{Name: didMerge, Key: "merge.audit"}}}

// Privacy says what the record of merges has to do with people: it may repeat
// what tables told of them, for a year, in case a merge was a mistake.
var Privacy = []privacy.Rule{{
	Table: "merge_record", Records: "merge.privacy", Basis: privacy.PublicTask, Kept: privacy.Days(365, "merged_at"),
	Links:   []privacy.Link{privacy.About("stays"), privacy.DoneBy("merged_by", "merge.audit", "merged_at")},
	Columns: []privacy.Column{privacy.Told("kept", "merge.privacy.kept"), privacy.When("merged_at", "privacy.column.at")},
	Plain:   []string{"id", "kind", "gone"},
}}

// Service merges.
type Service struct {
	db    *store.DB
	kinds []Kind
}

// New returns a service that can merge these kinds.
func New(db *store.DB, kinds ...Kind) *Service { return &Service{db, kinds} }

// Routes lists the pages of administrators who merge. They come from a list in
// which something stands twice, name both, read what will happen, and do it.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET " + Path, Need: access.Administrators, Handle: s.show},
		{Pattern: "GET " + Path + "/potwierdzenie", Need: access.Administrators, Handle: s.ask},
		{Pattern: "POST " + Path, Need: access.Administrators, Handle: s.merge},
	}
}

type view struct {
	Form       *form.Form
	Kinds      []Kind
	Kind       Kind
	From, Into Thing
}

func (s *Service) show(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, formPage(view{Form: form.New().Set("kind", s.kinds[0].Name), Kinds: s.kinds}))
}

// ask finds both and shows what will happen.
func (s *Service) ask(w http.ResponseWriter, r *http.Request) error {
	f := web.Query(r)
	v, err := s.read(r.Context(), f)
	if f.Take(err) || f.Any() {
		return web.RenderInvalid(w, r, formPage(v))
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, confirmPage(v))
}

func (s *Service) merge(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.read(r.Context(), f)
	if err == nil && !f.Any() {
		err = s.Into(r.Context(), v.Kind, v.From, v.Into)
	}
	if f.Take(err) || f.Any() {
		return web.RenderInvalid(w, r, formPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Into.Path, "merge.done")
}

// read finds the two things that a form names.
func (s *Service) read(ctx context.Context, f *form.Form) (view, error) {
	v := view{Form: f, Kinds: s.kinds}
	names := make([]string, len(s.kinds))
	for i, kind := range s.kinds {
		names[i] = kind.Name
	}
	chosen := f.Choice("kind", names...)
	from, into := f.Required("from", 200), f.Required("into", 200)
	if f.Any() {
		return v, nil
	}
	v.Kind = s.kinds[slices.Index(names, chosen)]
	var m fault.Mistakes
	for _, typed := range []struct {
		field, text string
		thing       *Thing
	}{{"from", from, &v.From}, {"into", into, &v.Into}} {
		thing, err := v.Kind.Find(ctx, s.db, typed.text)
		switch {
		case fault.Is(err, fault.KindNotFound):
			m.Add(typed.field, "merge.not_found")
		case err != nil:
			return v, err
		}
		*typed.thing = thing
	}
	if !m.Any() && v.From.ID == v.Into.ID {
		m.Add("into", "merge.same")
	}
	return v, m.Err()
}

func kindOptions(ctx context.Context, kinds []Kind) []ui.Option {
	var options []ui.Option
	for _, kind := range kinds {
		options = append(options, ui.Option{Value: kind.Name, Label: lang.T(ctx, kind.Title)})
	}
	return options
}
