package people

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

func (s *Service) accountRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /konto", Need: access.SignedIn, Handle: s.showAccount},
		{Pattern: "POST /konto", Need: access.SignedIn, Handle: s.editData, Always: true},
		{Pattern: "POST /konto/dzialam-jako", Need: access.SignedIn, Handle: s.chooseFor, Always: true},
		{Pattern: "GET /konto/adres", Need: access.SignedIn, Handle: s.showAddress},
		{Pattern: "POST /konto/adres", Need: access.SignedIn, Handle: s.sendAddressCode, Always: true},
		{Pattern: "GET /konto/adres/kod", Need: access.SignedIn, Handle: s.showAddressCode},
		{Pattern: "POST /konto/adres/kod", Need: access.SignedIn, Handle: s.takeAddressCode, Always: true},
		{Pattern: "GET /konto/sesje", Need: access.SignedIn, Handle: s.showSessions},
		{Pattern: "POST /konto/sesje/{session}/zakoncz", Need: access.SignedIn, Handle: s.endSession, Always: true},
		{Pattern: "POST /konto/sesje/zakoncz-inne", Need: access.SignedIn, Handle: s.endOtherSessions, Always: true},
	}
}

// accountView is a person's own page.
type accountView struct {
	Person    Person
	Secrets   secrets
	RolesWait bool
	Actor     *access.Actor
	Blocks    []templ.Component
	Form      *form.Form
	Conflict  *ui.Conflict
	OwnDoor   bool // there are pages of the person's own data
}

func (s *Service) showAccount(w http.ResponseWriter, r *http.Request) error {
	v, err := s.account(r.Context())
	if err != nil {
		return err
	}
	v.Form = dataForm(v.Person)
	return web.Render(w, r, accountPage(v))
}

func (s *Service) account(ctx context.Context) (v accountView, err error) {
	v.Actor, v.OwnDoor = access.From(ctx), s.Privacy != nil
	if v.Person, err = ByID(ctx, s.db, v.Actor.Person); err != nil {
		return v, err
	}
	if v.Secrets, err = findSecret(ctx, s.db, v.Actor.Person); err != nil {
		return v, err
	}
	if v.RolesWait, err = s.rolesWait(ctx, s.db, v.Person, v.Secrets); err != nil {
		return v, err
	}
	for _, block := range s.blocks {
		shown, err := block(ctx, v.Person.ID)
		if err != nil {
			return v, err
		}
		if shown != nil {
			v.Blocks = append(v.Blocks, shown)
		}
	}
	return v, nil
}

func dataForm(p Person) *form.Form {
	return form.New().Set("name", p.Name).Set("municipality", p.Municipality).Set("language", string(p.Language))
}

func (s *Service) editData(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	name, municipality := readName(f), readMunicipality(f)
	language, _ := lang.Parse(f.Choice("language", string(lang.Polish), string(lang.English)))
	if !f.Any() {
		err = s.EditData(ctx, f.Version(), name, municipality, language)
		if err == nil {
			s.cookies.SetLanguage(w, language)
			return web.SeeOther(w, r, "/konto", "people.account.saved")
		}
		if !fault.Is(err, fault.KindConflict) {
			return err
		}
	}
	v, problem := s.account(ctx)
	if problem != nil {
		return problem
	}
	v.Form = f
	if err == nil {
		return web.RenderInvalid(w, r, accountPage(v))
	}
	v.Conflict = differences(ctx, v.Person, f)
	return web.RenderStatus(w, r, http.StatusConflict, accountPage(v))
}

// differences shows what was saved meanwhile beside what was typed.
func differences(ctx context.Context, saved Person, f *form.Form) *ui.Conflict {
	var c ui.Conflict
	add := func(label, theirs, yours string) {
		if theirs != yours {
			c.Differences = append(c.Differences, ui.Difference{Label: label, Theirs: theirs, Yours: yours})
		}
	}
	add(lang.T(ctx, "people.name"), saved.Name, f.Get("name"))
	add(lang.T(ctx, "people.municipality"), territory.Name(saved.Municipality), territory.Name(f.Get("municipality")))
	add(lang.T(ctx, "people.language"), languageName(ctx, saved.Language), languageName(ctx, lang.Language(f.Get("language"))))
	return &c
}

func languageName(ctx context.Context, l lang.Language) string { return lang.T(ctx, "lang."+string(l)) }

func languageOptions(ctx context.Context) []ui.Option {
	options := make([]ui.Option, len(lang.Languages))
	for i, l := range lang.Languages {
		options[i] = ui.Option{Value: string(l), Label: languageName(ctx, l)}
	}
	return options
}

// forOptions offers the organisations for which a person may act.
func forOptions(ctx context.Context, a *access.Actor) []ui.Option {
	options := []ui.Option{{Label: lang.T(ctx, "people.for.self")}}
	seen := map[store.ID]bool{}
	for _, g := range a.Grants {
		if g.Scope == access.InOrganisation && !seen[g.ID] {
			seen[g.ID] = true
			options = append(options, ui.Option{Value: string(g.ID), Label: g.Name})
		}
	}
	return options
}

func (s *Service) chooseFor(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := s.actFor(r.Context(), f.Get("organisation")); err != nil {
		return err
	}
	return web.SeeOther(w, r, web.LocalPath(f.Get("powrot"), "/konto"), "people.for.saved")
}

// proofView is a page on which a person proves themselves and changes something.
type proofView struct {
	Person  Person
	Secrets secrets
	Proof   proof
	Form    *form.Form
	At      string // which form of the page Form is
}

// formAt gives a form of the page what was typed into it, and nothing that was
// typed into another.
func (v proofView) formAt(at string) *form.Form {
	if v.At == at {
		return v.Form
	}
	return nil
}

// fieldID tells fields of the same name apart; the summary of mistakes leads to
// the one that has any.
func (v proofView) fieldID(name, at string) string {
	if v.At == at {
		return ""
	}
	return "field-" + name + "-" + at
}

func (s *Service) proofView(ctx context.Context, f *form.Form) (v proofView, err error) {
	v.Form = f
	if v.Person, err = ByID(ctx, s.db, access.From(ctx).Person); err != nil {
		return v, err
	}
	if v.Secrets, err = findSecret(ctx, s.db, v.Person.ID); err != nil {
		return v, err
	}
	v.Proof, err = s.proofOf(ctx, v.Secrets)
	return v, err
}

// readProof reads a posted form and checks the proof in it; mistakes are in the
// form of the view.
func (s *Service) readProof(r *http.Request) (proofView, error) {
	f, err := web.ReadForm(r)
	if err != nil {
		return proofView{}, err
	}
	v, err := s.proofView(r.Context(), f)
	if err != nil {
		return v, err
	}
	err = s.checkProof(r.Context(), v.Proof, v.Secrets, f.Get("current"))
	if f.Take(err) {
		err = nil
	}
	return v, err
}

func (s *Service) showAddress(w http.ResponseWriter, r *http.Request) error {
	v, err := s.proofView(r.Context(), form.New())
	if err != nil {
		return err
	}
	return web.Render(w, r, addressPage(v))
}

func (s *Service) sendAddressCode(w http.ResponseWriter, r *http.Request) error {
	v, err := s.readProof(r)
	if err != nil {
		return err
	}
	email, err := ParseEmail(v.Form.Get("email"))
	v.Form.Take(err)
	v.Form.Check(email != v.Person.Email, "email", "people.address.same")
	if v.Form.Any() {
		return web.RenderInvalid(w, r, addressPage(v))
	}
	b := s.browser(r)
	b.token = ""
	// Whether the address belongs to somebody is not told here: only who reads
	// its letters learns it.
	token, err := s.begin(r.Context(), b, attempt{Purpose: toChangeAddress, Person: v.Person.ID, Email: email})
	if err != nil {
		return err
	}
	s.remember(w, memory{token: token, email: email})
	return web.SeeOther(w, r, "/konto/adres/kod", "")
}

func (s *Service) showAddressCode(w http.ResponseWriter, r *http.Request) error {
	m := s.recall(r)
	if m.token == "" {
		return web.SeeOther(w, r, "/konto/adres", "")
	}
	return web.Render(w, r, addressCodePage(codeView{Form: form.New(), Email: m.email}))
}

func (s *Service) takeAddressCode(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	code := readCode(f)
	if !f.Any() {
		err = s.changeAddress(r.Context(), s.browser(r), code)
		f.Take(err)
	}
	if f.Any() {
		return web.RenderInvalid(w, r, addressCodePage(codeView{Form: f, Email: s.recall(r).email}))
	}
	if err != nil {
		return err
	}
	s.cookies.Drop(w, attemptCookie)
	return web.SeeOther(w, r, "/konto", "people.address.changed")
}

// sessionsView lists the browsers in which a person is signed in.
type sessionsView struct {
	Sessions []session.Session
	Own      store.ID
}

func (s *Service) showSessions(w http.ResponseWriter, r *http.Request) error {
	actor := access.From(r.Context())
	all, err := session.List(r.Context(), s.db, actor.Person)
	if err != nil {
		return err
	}
	return web.Render(w, r, sessionsPage(sessionsView{Sessions: all, Own: actor.Session}))
}

func (s *Service) endSession(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := store.ParseID(r.PathValue("session"))
	if err != nil {
		return err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error { return session.End(ctx, tx, access.From(ctx).Person, id) })
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/konto/sesje", "people.sessions.ended")
}

func (s *Service) endOtherSessions(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), access.From(r.Context())
	err := s.db.Write(ctx, func(tx *store.Tx) error { return session.EndAll(ctx, tx, actor.Person, actor.Session) })
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/konto/sesje", "people.sessions.others_ended")
}
