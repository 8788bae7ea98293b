package people

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

func (s *Service) attemptRoutes() []web.Route {
	routes := []web.Route{
		{Pattern: "GET /wejscie", Need: access.Anyone, Handle: s.showDoor},
		{Pattern: "POST /wejscie", Need: access.Anyone, Handle: s.sendCode, Always: true},
		{Pattern: "GET /wejscie/kod", Need: access.Anyone, Handle: s.showCode},
		{Pattern: "POST /wejscie/kod", Need: access.Anyone, Handle: s.takeCode, Always: true},
		{Pattern: "GET /wejscie/link/{link}", Need: access.Anyone, Handle: s.showLink},
		{Pattern: "POST /wejscie/link", Need: access.Anyone, Handle: s.takeLink, Always: true},
		{Pattern: "GET /wejscie/haslo", Need: access.Anyone, Handle: s.showPasswordDoor},
		{Pattern: "POST /wejscie/haslo", Need: access.Anyone, Handle: s.takePassword, Always: true},
		{Pattern: "GET /wejscie/drugi-skladnik", Need: access.Anyone, Handle: s.showSecond},
		{Pattern: "POST /wejscie/drugi-skladnik", Need: access.Anyone, Handle: s.takeSecond, Always: true},
		{Pattern: "GET /konto/nowe", Need: access.Anyone, Handle: s.showNewAccount},
		{Pattern: "POST /konto/nowe", Need: access.Anyone, Handle: s.createAccount, Always: true},
		{Pattern: "POST /wyjscie", Need: access.Anyone, Handle: s.signOut, Always: true},
		{Pattern: "POST /jezyk", Need: access.Anyone, Handle: s.chooseLanguage, Always: true},
	}
	for i, route := range routes {
		routes[i].Handle = notStored(route.Handle)
	}
	return routes
}

// notStored keeps addresses and links out of the cache of a shared computer.
func notStored(handle web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Cache-Control", "no-store")
		return handle(w, r)
	}
}

// attemptCookie binds an attempt to the browser that began it.
const attemptCookie = "wejscie"

// memory is what the browser remembers of its attempt. Only the token proves
// anything; the address is there to be shown, and both paths are checked when
// they are used.
type memory struct {
	token string
	email string
	next  string
}

func (s *Service) remember(w http.ResponseWriter, m memory) {
	value := url.Values{"t": {m.token}, "e": {m.email}, "d": {m.next}}.Encode()
	s.cookies.Set(w, attemptCookie, value, time.Hour)
}

func (s *Service) recall(r *http.Request) memory {
	values, err := url.ParseQuery(s.cookies.Get(r, attemptCookie))
	if err != nil {
		return memory{}
	}
	email, err := ParseEmail(values.Get("e"))
	if err != nil {
		return memory{} // not ours
	}
	return memory{token: values.Get("t"), email: email, next: web.LocalPath(values.Get("d"), "")}
}

func (s *Service) browser(r *http.Request) browser {
	return browser{token: s.recall(r).token, agent: r.UserAgent(), network: s.network(r)}
}

// network names where a request comes from without keeping the address. Of the
// long addresses of IPv6 the half counts that belongs to one connection.
func (s *Service) network(r *http.Request) string {
	addr := s.ClientAddr(r)
	if addr.Is6() {
		if prefix, err := addr.Prefix(64); err == nil {
			addr = prefix.Addr()
		}
	}
	return s.keys.digest("network", addr.WithZone("").String())
}

// doorView is the page on which everybody begins.
type doorView struct {
	Form *form.Form
	Next string
	Name string // of who is signed in already
}

func (s *Service) showDoor(w http.ResponseWriter, r *http.Request) error {
	next := web.LocalPath(r.URL.Query().Get("dalej"), "")
	return web.Render(w, r, doorPage(doorView{Form: form.New(), Next: next, Name: access.From(r.Context()).Name}))
}

func (s *Service) sendCode(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	next := web.LocalPath(f.Get("dalej"), "")
	email, err := ParseEmail(f.Get("email"))
	if f.Take(err) {
		return web.RenderInvalid(w, r, doorPage(doorView{Form: f, Next: next, Name: access.From(r.Context()).Name}))
	}
	b := s.browser(r)
	if s.recall(r).email != email {
		b.token = "" // an attempt for another address is not taken over
	}
	token, err := s.begin(r.Context(), b, attempt{Purpose: toSignIn, Email: email})
	if err != nil {
		return err
	}
	s.remember(w, memory{token: token, email: email, next: next})
	return web.SeeOther(w, r, "/wejscie/kod", "")
}

// codeView is the page on which the code is typed, in the browser that asked.
type codeView struct {
	Form        *form.Form
	Email, Next string
}

func (s *Service) showCode(w http.ResponseWriter, r *http.Request) error {
	m := s.recall(r)
	if m.token == "" {
		return web.SeeOther(w, r, "/wejscie", "")
	}
	return web.Render(w, r, codePage(codeView{Form: form.New(), Email: m.email, Next: m.next}))
}

func (s *Service) takeCode(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	m := s.recall(r)
	if m.token == "" {
		return web.SeeOther(w, r, "/wejscie", "people.begin_again")
	}
	code := readCode(f)
	var e entrance
	if !f.Any() {
		e, err = s.enterByCode(r.Context(), s.browser(r), code)
		f.Take(err)
	}
	if f.Any() {
		return web.RenderInvalid(w, r, codePage(codeView{Form: f, Email: m.email, Next: m.next}))
	}
	if err != nil {
		return err
	}
	return s.proceed(w, r, e, m.next)
}

// readCode takes six digits out of what was typed or pasted: spaces and hyphens
// between them, or words around them, do no harm.
func readCode(f *form.Form) string {
	code := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, f.Get("code"))
	f.Check(len(code) == codeDigits, "code", "people.code.six_digits")
	return code
}

// proceed sends the browser to what its right answer leads to.
func (s *Service) proceed(w http.ResponseWriter, r *http.Request, e entrance, next string) error {
	switch e.step {
	case stepSecondFactor:
		return web.SeeOther(w, r, "/wejscie/drugi-skladnik", "")
	case stepNewAccount:
		return web.SeeOther(w, r, "/konto/nowe", "")
	}
	s.cookies.SetLanguage(w, e.person.Language)
	if e.held {
		next = "/konto" // which says what they wait for
	}
	return s.letIn(w, r, e.token, next)
}

// linkView is the page to which the letter leads. It changes nothing: programs
// that look into people's mail open it too.
type linkView struct {
	Link string // "" where the button would not work
	Why  string // key of the reason
}

func (s *Service) showLink(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	view, err := s.lookAtLink(r.Context(), s.browser(r), r.PathValue("link"))
	if err != nil {
		return err
	}
	return web.Render(w, r, linkPage(view))
}

func (s *Service) lookAtLink(ctx context.Context, b browser, link string) (linkView, error) {
	a, err := findAttempt(ctx, s.db, hashToken(b.token), toSignIn)
	switch {
	case fault.Is(err, fault.KindNotFound) || err == nil && a.LinkHash != hashToken(link):
		return linkView{Why: "people.link.elsewhere"}, nil
	case err != nil:
		return linkView{}, err
	case !a.open(s.db.Wall()):
		return linkView{Why: fault.Of(a.whyNot()).Fields[0].Key}, nil
	}
	return linkView{Link: link}, nil
}

func (s *Service) takeLink(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	e, err := s.enterByLink(r.Context(), s.browser(r), f.Get("link"))
	if fault.Is(err, fault.KindInvalid) && len(fault.Of(err).Fields) > 0 {
		return web.RenderInvalid(w, r, linkPage(linkView{Why: fault.Of(err).Fields[0].Key}))
	}
	if err != nil {
		return err
	}
	return s.proceed(w, r, e, s.recall(r).next)
}

func (s *Service) showPasswordDoor(w http.ResponseWriter, r *http.Request) error {
	next := web.LocalPath(r.URL.Query().Get("dalej"), "")
	return web.Render(w, r, passwordDoorPage(doorView{Form: form.New(), Next: next}))
}

func (s *Service) takePassword(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	next := web.LocalPath(f.Get("dalej"), "")
	email, err := ParseEmail(f.Get("email"))
	f.Take(err)
	f.Check(f.Get("password") != "", "password", "form.required")
	if f.Any() {
		return web.RenderInvalid(w, r, passwordDoorPage(doorView{Form: f, Next: next}))
	}
	e, token, err := s.enterByPassword(r.Context(), s.browser(r), email, f.Get("password"))
	if refusal := fault.Of(err); refusal != nil && !errors.Is(err, errBlocked) {
		f.Add("password", refusal.Key, refusal.Args...)
		return web.RenderInvalid(w, r, passwordDoorPage(doorView{Form: f, Next: next}))
	}
	if err != nil {
		return err
	}
	s.remember(w, memory{token: token, email: email, next: next})
	return s.proceed(w, r, e, next)
}

func (s *Service) showSecond(w http.ResponseWriter, r *http.Request) error {
	if s.recall(r).token == "" {
		return web.SeeOther(w, r, "/wejscie", "")
	}
	return web.Render(w, r, secondPage(form.New()))
}

func (s *Service) takeSecond(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	code := f.Required("code", 100)
	var e entrance
	if !f.Any() {
		e, err = s.enterBySecond(r.Context(), s.browser(r), digitsOrRecovery(code))
		f.Take(err)
	}
	if f.Any() {
		return web.RenderInvalid(w, r, secondPage(f))
	}
	if err != nil {
		return err
	}
	return s.proceed(w, r, e, s.recall(r).next)
}

// digitsOrRecovery takes the spaces out of a code of the device and leaves a
// recovery code as it was typed.
func digitsOrRecovery(typed string) string {
	digits := strings.Join(strings.Fields(strings.ReplaceAll(typed, "-", " ")), "")
	if strings.Trim(digits, "0123456789") == "" {
		return digits
	}
	return typed
}

// newAccountView is the form of somebody whose new address is proved.
type newAccountView struct {
	Form   *form.Form
	Email  string
	Clause privacy.Clause
}

// renderNewAccount shows the form with what the installation tells about data.
func (s *Service) renderNewAccount(w http.ResponseWriter, r *http.Request, v newAccountView) (err error) {
	v.Clause, err = privacy.ClauseOf(r.Context(), s.db, privacy.Installation(s.Site.Community, s.Site.Contact))
	if err != nil {
		return err
	}
	if v.Form.Any() {
		return web.RenderInvalid(w, r, newAccountPage(v))
	}
	return web.Render(w, r, newAccountPage(v))
}

func (s *Service) showNewAccount(w http.ResponseWriter, r *http.Request) error {
	a, err := s.proved(r.Context(), s.db, s.browser(r))
	if fault.Is(err, fault.KindNotFound) {
		return web.SeeOther(w, r, "/wejscie", "people.begin_again")
	}
	if err != nil {
		return err
	}
	return s.renderNewAccount(w, r, newAccountView{Form: form.New(), Email: a.Email})
}

func (s *Service) createAccount(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	n := readNewPerson(r.Context(), f)
	b := s.browser(r)
	if f.Any() {
		a, err := s.proved(r.Context(), s.db, b)
		if err != nil {
			return web.SeeOther(w, r, "/wejscie", "people.begin_again")
		}
		return s.renderNewAccount(w, r, newAccountView{Form: f, Email: a.Email})
	}
	e, err := s.register(r.Context(), b, n)
	if fault.Is(err, fault.KindNotFound) {
		return web.SeeOther(w, r, "/wejscie", "people.begin_again")
	}
	if err != nil {
		return err
	}
	return s.proceed(w, r, e, s.recall(r).next)
}

func readNewPerson(ctx context.Context, f *form.Form) NewPerson {
	n := NewPerson{Language: lang.From(ctx)}
	n.Name, n.Municipality = readName(f), readMunicipality(f)
	f.Check(f.Bool("rules"), "rules", "people.rules.needed")
	return n
}

func readName(f *form.Form) string {
	name := f.Required("name", maxName)
	checkName(&f.Mistakes, name)
	return name
}

func readMunicipality(f *form.Form) string {
	return f.Optional("municipality", territory.GminaCodes()...)
}

func (s *Service) signOut(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if access.From(ctx).SignedIn() {
		if err := s.db.Write(ctx, func(tx *store.Tx) error { return endOwn(ctx, tx) }); err != nil {
			return err
		}
	}
	s.cookies.EndSession(w)
	return web.SeeOther(w, r, "/", "people.signed_out")
}

func (s *Service) chooseLanguage(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	chosen, known := lang.Parse(f.Get("jezyk"))
	if !known {
		return fault.Invalid("form.not_offered")
	}
	if actor := access.From(r.Context()); actor.SignedIn() {
		err := s.db.Write(r.Context(), func(tx *store.Tx) error {
			return updateLanguage(r.Context(), tx, actor.Person, chosen)
		})
		if err != nil {
			return err
		}
	}
	s.cookies.SetLanguage(w, chosen)
	return web.SeeOther(w, r, web.LocalPath(f.Get("powrot"), "/"), "")
}
