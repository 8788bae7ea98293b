package imprint

import (
	"context"
	"net/http"
	"time"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// view is the declaration of the reader's language, to read or to change.
type view struct {
	Declaration
	Site     web.Site
	Form     *form.Form
	Conflict bool
	Late     bool
}

func (s *Service) view(r *http.Request) (view, error) {
	d, err := Of(r.Context(), s.db, lang.From(r.Context()))
	if d.Words["entity"] == "" && err == nil {
		d.Words["entity"] = s.Site.Community
	}
	if d.Words["email"] == "" && err == nil {
		d.Words["email"] = s.Site.Contact
	}
	return view{Declaration: d, Site: s.Site, Late: late(d.Reviewed, s.db.Now())}, err
}

func (s *Service) showDeclaration(w http.ResponseWriter, r *http.Request) error {
	v, err := s.view(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, declarationPage(v))
}

func (s *Service) showContact(w http.ResponseWriter, r *http.Request) error {
	v, err := s.view(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, contactPage(v))
}

func (s *Service) editDeclaration(w http.ResponseWriter, r *http.Request) error {
	v, err := s.view(r)
	if err != nil {
		return err
	}
	today := s.db.Now()
	v.Form = form.New().Set("status", string(v.Status))
	for name, day := range map[string]string{"published": v.Published, "updated": v.Updated, "drawn_up": v.DrawnUp, "reviewed": v.Reviewed} {
		at, err := time.ParseInLocation(dayLayout, day, lang.Warsaw)
		if err != nil { // none yet
			at = today
		}
		v.Form.SetDate(name, at)
	}
	for _, f := range textFields {
		v.Form.Set(f.name, v.Text(r.Context(), f.name))
	}
	return web.Render(w, r, editPage(v))
}

// Longest texts of the declaration.
const (
	maxLine = 200
	maxText = 5000
)

func (s *Service) saveDeclaration(w http.ResponseWriter, r *http.Request) error {
	v, err := s.view(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	d := read(r.Context(), v.Form)
	if v.Form.Any() {
		return web.RenderInvalid(w, r, editPage(v))
	}
	err = s.db.Write(r.Context(), func(tx *store.Tx) error {
		if err := Save(r.Context(), tx, d); err != nil {
			return err
		}
		return audit.Write(r.Context(), tx, audit.Act{Name: "imprint.declared", Kind: "declaration", Title: lang.T(r.Context(), "imprint.title"), Path: DeclarationPath})
	})
	if fault.Is(err, fault.KindConflict) {
		v.Conflict = true
		return web.RenderStatus(w, r, http.StatusConflict, editPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, DeclarationPath, "imprint.saved")
}

// read takes the declaration from a form; what is as proposed stays proposed.
func read(ctx context.Context, f *form.Form) Declaration {
	d := Declaration{Language: lang.From(ctx), Version: f.Version(), Words: map[string]string{},
		Status:    Status(f.Choice("status", string(Conforming), string(Partly), string(Unconformed))),
		Published: day(f, "published"), Updated: day(f, "updated"), DrawnUp: day(f, "drawn_up"), Reviewed: day(f, "reviewed")}
	f.Check(d.Updated == "" || d.Published == "" || d.Updated >= d.Published, "updated", "imprint.updated.before")
	f.Check(d.Reviewed == "" || d.DrawnUp == "" || d.Reviewed >= d.DrawnUp, "reviewed", "imprint.reviewed.before")
	bare := Declaration{}
	for _, field := range textFields {
		text := field.read(f)
		if text != bare.Text(ctx, field.name) {
			d.Words[field.name] = text
		}
	}
	f.Check(d.Status == Conforming || d.Words["gaps"] != "", "gaps", "imprint.gaps.needed")
	return d
}

func (t textField) read(f *form.Form) string {
	switch {
	case t.long:
		return f.Lines(t.name, maxText)
	case t.needed:
		return f.Required(t.name, maxLine)
	}
	return f.Text(t.name, maxLine)
}

func day(f *form.Form, name string) string {
	t := f.RequiredDate(name)
	if t.IsZero() {
		return ""
	}
	return t.In(lang.Warsaw).Format(dayLayout)
}

func statusOptions(ctx context.Context) []ui.Option {
	options := make([]ui.Option, len(Statuses))
	for i, s := range Statuses {
		options[i] = ui.Option{Value: string(s), Label: lang.T(ctx, statusKeys[s])}
	}
	return options
}

// shown is a day in words; the machine reads it beside them.
func shown(ctx context.Context, day string) string {
	t, err := time.ParseInLocation(dayLayout, day, lang.Warsaw)
	if err != nil {
		return day
	}
	return lang.Date(ctx, t)
}
