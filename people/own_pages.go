package people

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// ownRoutes are the pages of a person's own data: everything kept about them,
// who of the staff looked, and the way to be erased. No address in them works
// for anybody else: what is shown follows from the session alone.
func (s *Service) ownRoutes() []web.Route {
	if s.Privacy == nil {
		return nil
	}
	return []web.Route{
		{Pattern: "GET /konto/dane", Need: access.SignedIn, Handle: s.showOwn},
		{Pattern: "GET /konto/dane/wykaz", Need: access.SignedIn, Handle: s.showExport},
		{Pattern: "GET /konto/dane/wykaz.json", Need: access.SignedIn, Handle: s.giveExport},
		{Pattern: "GET /konto/dane/wglady", Need: access.SignedIn, Handle: s.showLooks},
		{Pattern: "GET /konto/dane/usun", Need: access.SignedIn, Handle: s.showErasure},
		{Pattern: "POST /konto/dane/usun", Need: access.SignedIn, Handle: s.eraseOwn, Always: true},
		{Pattern: "POST /konto/dane/usun/cofnij", Need: access.SignedIn, Handle: s.keepOwn, Always: true},
	}
}

func (s *Service) showOwn(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, ownPage())
}

func (s *Service) showExport(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Privacy.Export(r.Context(), access.From(r.Context()).Person)
	if err != nil {
		return err
	}
	return web.Render(w, r, exportPage(e))
}

func (s *Service) giveExport(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Privacy.Export(r.Context(), access.From(r.Context()).Person)
	if err != nil {
		return err
	}
	encoded, err := e.JSON()
	if err != nil {
		return err
	}
	web.Bare(w)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="moje-dane.json"`)
	_, err = w.Write(encoded)
	return err
}

const looksPerPage = 50

// looksView lists who of the staff looked at the person's data.
type looksView struct {
	Looks []privacy.Noted
	Total int
	Page  int
}

func (s *Service) showLooks(w http.ResponseWriter, r *http.Request) (err error) {
	v := looksView{Page: web.Query(r).Page("strona")}
	v.Looks, v.Total, err = s.Privacy.LooksAt(r.Context(), access.From(r.Context()).Person, looksPerPage, (v.Page-1)*looksPerPage)
	if err != nil {
		return err
	}
	return web.Render(w, r, looksPage(v))
}

func (v looksView) rows(ctx context.Context) []ui.TableRow {
	rows := make([]ui.TableRow, len(v.Looks))
	for i, l := range v.Looks {
		rows[i] = ui.TableRow{ui.DateTimeText(l.At.Time), ui.Text(l.Name), ui.Text(l.PageWords(ctx)), ui.Text(l.Place)}
	}
	return rows
}

// erasureView shows a person what their erasure would do, before they ask.
type erasureView struct {
	proofView
	Outlook privacy.Outlook
}

func (s *Service) erasureView(ctx context.Context, v proofView) (erasureView, error) {
	outlook, err := s.Privacy.Outlook(ctx, v.Person.ID)
	return erasureView{proofView: v, Outlook: outlook}, err
}

// goes and stays part the consequences.
func (v erasureView) goes() (all []privacy.Consequence) {
	for _, c := range v.Outlook.Consequences {
		if !c.Stays() {
			all = append(all, c)
		}
	}
	return all
}

func (v erasureView) stays() (all []privacy.Consequence) {
	for _, c := range v.Outlook.Consequences {
		if c.Stays() {
			all = append(all, c)
		}
	}
	return all
}

// objections are said in words.
func (v erasureView) objections(ctx context.Context) (all []string) {
	for _, err := range v.Outlook.Objections {
		f := fault.Of(err)
		all = append(all, lang.T(ctx, f.Key, f.Args...))
	}
	return all
}

func (s *Service) showErasure(w http.ResponseWriter, r *http.Request) error {
	p, err := s.proofView(r.Context(), form.New())
	if err != nil {
		return err
	}
	v, err := s.erasureView(r.Context(), p)
	if err != nil {
		return err
	}
	return web.Render(w, r, erasurePage(v))
}

// eraseOwn is the one act of an account that cannot be undone: it asks for the
// proof that a new address needs, and for a word that it was understood.
func (s *Service) eraseOwn(w http.ResponseWriter, r *http.Request) error {
	p, err := s.readProof(r)
	if err != nil {
		return err
	}
	p.Form.Check(p.Form.Bool("understood"), "understood", "people.own.erase.needed")
	done := false
	if !p.Form.Any() {
		done, err = s.EraseOwn(r.Context())
		if fault.Is(err, fault.KindInvalid) {
			p.Form.Add("understood", fault.Of(err).Key, fault.Of(err).Args...)
			err = nil
		}
	}
	switch {
	case err != nil:
		return err
	case p.Form.Any():
		v, err := s.erasureView(r.Context(), p)
		if err != nil {
			return err
		}
		return web.RenderInvalid(w, r, erasurePage(v))
	case !done:
		return web.SeeOther(w, r, "/konto/dane/usun", "people.own.erase.waits")
	}
	s.cookies.EndSession(w)
	return web.SeeOther(w, r, "/", "people.own.erased")
}

// EraseOwn erases the person who asks; done is false where a hold lets it wait.
func (s *Service) EraseOwn(ctx context.Context) (done bool, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) (err error) {
		done, err = s.Privacy.Ask(ctx, tx, access.From(ctx).Person)
		return err
	})
	return done, err
}

func (s *Service) keepOwn(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	err := s.db.Write(ctx, func(tx *store.Tx) error { return s.Privacy.TakeBack(ctx, tx, access.From(ctx).Person) })
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/konto/dane/usun", "people.own.erase.taken_back")
}

// MustStay is the objection of this room: the installation keeps somebody who
// can administer it.
func (s *Service) MustStay(ctx context.Context, r store.Reader, id store.ID) error {
	p, err := ByID(ctx, r, id)
	if err != nil || !p.Administrator {
		return err
	}
	others, err := store.One[int](ctx, r, `SELECT count(*) FROM person WHERE administrator AND blocked_at IS NULL AND id <> $1`, id)
	if err == nil && others == 0 {
		err = fault.Invalid("people.own.last_administrator")
	}
	return err
}
