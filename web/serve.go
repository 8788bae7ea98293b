package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

// serve is the way of every request: who asks, may they, do it, show the error.
func (a *App) serve(route Route) http.Handler {
	limit := route.Body
	if limit == 0 {
		limit = DefaultBody
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		noteRoute(r.Context(), route.Pattern)
		if r.Body != nil {
			r.Body = http.MaxBytesReader(w, r.Body, limit)
		}
		r, err := a.dress(w, r)
		defer dropUploads(r)
		if err == nil {
			err = a.allow(route, r)
		}
		if err == nil && route.writes(r) {
			a.noteDevice(w, r)
			if !a.mayWrite(w, r) {
				return
			}
		}
		if err == nil {
			err = route.Handle(w, r)
		}
		if err != nil {
			a.showError(w, r, err)
		}
	})
}

// dropUploads removes the files that a form left on disk. net/http does it only
// for the request it made itself, not for the copy that carries our context.
func dropUploads(r *http.Request) {
	if r.MultipartForm != nil {
		_ = r.MultipartForm.RemoveAll() // left behind at worst, in a temporary folder
	}
}

// dress gives the request its language, its person and the frame of its page.
func (a *App) dress(w http.ResponseWriter, r *http.Request) (*http.Request, error) {
	ctx := lang.With(r.Context(), a.Catalogue.Printer(languageOf(r)))
	actor, err := a.actor(ctx, w, r)
	if actor.SignedIn() {
		w.Header().Set("Cache-Control", "no-store")
	}
	ctx = access.With(ctx, actor)
	ctx = context.WithValue(ctx, cookiesKey{}, a.cookies)
	ctx = ui.WithFrame(ctx, a.frame(ctx, w, r, actor))
	return r.WithContext(ctx), err
}

// actor returns the person of the session, or a visitor. A session that ended
// is no error: its cookie is taken back and the page is shown as to anybody.
func (a *App) actor(ctx context.Context, w http.ResponseWriter, r *http.Request) (*access.Actor, error) {
	if key, ok := bearer(r); ok && a.Keys != nil {
		return a.byKey(ctx, key)
	}
	token := a.cookies.session(r)
	if token == "" || a.People == nil {
		return &access.Actor{}, nil
	}
	s, err := session.Find(ctx, a.DB, token)
	if err == nil {
		var actor *access.Actor
		if actor, err = a.People.Actor(ctx, s); err == nil {
			if err := session.Seen(ctx, a.DB, s); err != nil && ctx.Err() == nil { // reading must not wait for a full disk
				a.Logger.Warn("use of a session not noted", "request", reference(ctx), "error", err)
			}
			return actor, nil
		}
	}
	if fault.Is(err, fault.KindNotFound) {
		a.cookies.EndSession(w)
		err = nil
	}
	return &access.Actor{}, err
}

// byKey returns whoever a key of the API belongs to. Unlike a session that
// ended, a key that is not good is an error: a program does not look at a page
// and wonder why it shows less.
func (a *App) byKey(ctx context.Context, key string) (*access.Actor, error) {
	actor, err := a.Keys(ctx, key)
	if fault.Is(err, fault.KindNotFound) {
		err = fault.Unauthenticated()
	}
	if err != nil {
		actor = &access.Actor{}
	}
	return actor, err
}

// allow is the only gate; what it does not let through is not reached.
func (a *App) allow(route Route, r *http.Request) error {
	actor := access.From(r.Context())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		if err := a.origin.Check(r); err != nil {
			return fault.Forbidden()
		}
	}
	switch {
	case actor.Assistant != "" && (r.URL.Path == "/konto" || strings.HasPrefix(r.URL.Path, "/konto/")):
		return fault.Forbidden() // an account's own settings are for its person alone
	case actor.May(route.Need, route.Place(r)):
		return nil
	case actor.SignedIn():
		return fault.Forbidden()
	}
	return fault.Unauthenticated()
}

// noteDevice tells browsers apart that send forms in which people write, so that
// limits on them need not count a whole school by its one address. The cookie
// holds a random text and nothing else.
func (a *App) noteDevice(w http.ResponseWriter, r *http.Request) {
	actor := access.From(r.Context())
	actor.Device = a.cookies.Get(r, deviceCookie)
	if len(actor.Device) != len(rand.Text()) {
		actor.Device, actor.NewDevice = rand.Text(), true
		a.cookies.Set(w, deviceCookie, actor.Device, deviceKnown)
	}
}

func (a *App) frame(ctx context.Context, w http.ResponseWriter, r *http.Request, actor *access.Actor) *ui.Frame {
	f := &ui.Frame{
		Community: a.Site.Community, Contact: a.Site.Contact, Version: a.Site.Version,
		Language: lang.From(ctx), Path: r.URL.RequestURI(), Person: actor.Name, ActingFor: actor.ForName,
		Demo: a.Site.Demo, Development: a.Development, Reference: reference(ctx),
		Nav: make([]ui.Link, len(a.Nav)), Search: a.Search, Flash: a.cookies.takeFlash(ctx, w, r),
	}
	if a.Site.Demo {
		f.DemoClock = lang.DateTime(ctx, a.DB.Now())
	}
	for i, link := range a.Nav {
		link.Current = r.URL.Path == link.Href || strings.HasPrefix(r.URL.Path, link.Href+"/")
		f.Nav[i] = link
	}
	f.FooterNav = a.FooterNav
	f.Refuses, f.Appeal = a.refuses(ctx, r, actor), a.Appeal
	if actor.Assistant != "" {
		f.Assisting = lang.T(ctx, "ui.assisting", "Name", actor.Name, "Until", lang.DateTime(ctx, actor.Until))
	}
	if a.Waiting != nil && actor.SignedIn() {
		waiting, err := a.Waiting(ctx, actor)
		if err != nil && ctx.Err() == nil { // a page is worth more than its count
			a.Logger.Warn("desk not counted", "request", reference(ctx), "error", err)
		}
		f.Desk, f.Waiting = true, waiting
	}
	if a.Partners != nil {
		f.Partners = a.Partners(ctx)
	}
	if a.Feeds != nil {
		f.Feeds = a.Feeds(ctx)
	}
	return f
}

// unknown answers what no route matches: a page that is not there, or one that
// is there for another method.
func (a *App) unknown(w http.ResponseWriter, r *http.Request) {
	noteRoute(r.Context(), "unknown")
	r, err := a.dress(w, r)
	if err == nil {
		err = fault.NotFound("page")
	}
	if allowed := a.methods(r); len(allowed) > 0 {
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		a.errorPage(w, r, http.StatusMethodNotAllowed, "fault.method")
		return
	}
	a.showError(w, r, err)
}

// methods lists those that the address of a request knows.
func (a *App) methods(r *http.Request) (known []string) {
	other := r.Clone(r.Context())
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		other.Method = method
		if _, pattern := a.mux.Handler(other); pattern != "/" && pattern != "" {
			known = append(known, method)
		}
	}
	return known
}

// showError says in the reader's words what went wrong and what to do. The
// details of an accident go to the log under the number that the page shows.
func (a *App) showError(w http.ResponseWriter, r *http.Request, err error) {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, context.Canceled) && r.Context().Err() != nil:
		return // the browser went away
	case errors.As(err, &tooLarge):
		err = fault.TooLarge("fault.too_large", "Megabytes", max(1, tooLarge.Limit>>20))
	case store.IsNoText(err) && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		err = fault.NotFound("something named by what is no text")
	case store.IsNoText(err):
		err = fault.Invalid("fault.unreadable")
	case store.IsUnavailable(err):
		a.Logger.Error("database unavailable", "request", reference(r.Context()), "error", err)
		w.Header().Set("Retry-After", "5")
		a.errorPage(w, r, http.StatusServiceUnavailable, "fault.unavailable")
		return
	}
	f := fault.Of(err)
	if f == nil {
		a.Logger.Error("accident", "request", reference(r.Context()), "error", jobs.Clean(err)) // it may quote what somebody typed
		a.errorPage(w, r, http.StatusInternalServerError, "fault.internal")
		return
	}
	if f.Kind == fault.KindUnauthenticated && r.Method == http.MethodGet && !forPrograms(r) {
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, "/wejscie?dalej="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	a.errorPage(w, r, statuses[f.Kind], f.Key, f.Args...)
}

var statuses = map[fault.Kind]int{
	fault.KindNotFound:        http.StatusNotFound,
	fault.KindInvalid:         http.StatusUnprocessableEntity,
	fault.KindConflict:        http.StatusConflict,
	fault.KindClosed:          http.StatusConflict,
	fault.KindForbidden:       http.StatusForbidden,
	fault.KindUnauthenticated: http.StatusUnauthorized,
	fault.KindLimited:         http.StatusTooManyRequests,
	fault.KindTooLarge:        http.StatusRequestEntityTooLarge,
}

func (a *App) errorPage(w http.ResponseWriter, r *http.Request, status int, key string, args ...any) {
	ctx := r.Context()
	if forPrograms(r) {
		w.Header().Set("Cache-Control", "no-store")
		writeProblem(w, r, status, lang.T(ctx, "fault.title."+strconv.Itoa(status)), lang.T(ctx, key, args...))
		return
	}
	view := ui.ErrorView{
		Lead:      lang.T(ctx, key, args...),
		Reference: reference(ctx),
		Links:     []ui.Link{{Href: "/", Key: "fault.home"}},
	}
	if status == http.StatusUnauthorized {
		view.Links = append(view.Links, ui.Link{Href: "/wejscie", Key: "fault.sign_in"})
	}
	a.sorry(w, r, status, view)
}
