package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/ui"
)

// writes reports whether the request is a form in which somebody writes.
func (route Route) writes(r *http.Request) bool {
	return r.Method != http.MethodGet && r.Method != http.MethodHead && !route.Always
}

// mayWrite refuses people who are blocked from writing, on a page that says why
// and leads to where they appeal. It reports whether the request may go on.
func (a *App) mayWrite(w http.ResponseWriter, r *http.Request) bool {
	if a.Refuse == nil {
		return true
	}
	err := a.Refuse(r.Context(), access.From(r.Context()), r.PathValue("programme"))
	switch f := fault.Of(err); {
	case err == nil:
		return true
	case f == nil || forPrograms(r):
		a.showError(w, r, err)
	default:
		ctx := r.Context()
		a.sorry(w, r, statuses[f.Kind], ui.ErrorView{Title: lang.T(ctx, "ui.refused"), Lead: lang.T(ctx, f.Key, f.Args...),
			Links: []ui.Link{a.Appeal, {Href: "/", Key: "fault.home"}}})
	}
	return false
}

// refuses tells a page why its forms would be refused, before somebody fills
// them in. It asks nothing on a page without one.
func (a *App) refuses(ctx context.Context, r *http.Request, actor *access.Actor) func(action string) string {
	if a.Refuse == nil || !actor.SignedIn() {
		return nil
	}
	return func(action string) string {
		route, known := a.formAt(r, action)
		if !known || route.Always {
			return ""
		}
		programme := ""
		if strings.Contains(route.Pattern, "{programme}") {
			programme = r.PathValue("programme")
		}
		err := a.Refuse(ctx, actor, programme)
		if f := fault.Of(err); f != nil {
			return lang.T(ctx, f.Key, f.Args...)
		}
		if err != nil && ctx.Err() == nil { // the form itself is refused all the same
			a.Logger.Warn("block not looked up", "request", reference(ctx), "error", err)
		}
		return ""
	}
}

// formAt is the route that takes the form with an action on the page of r.
func (a *App) formAt(r *http.Request, action string) (Route, bool) {
	to, err := r.URL.Parse(action)
	if err != nil {
		return Route{}, false
	}
	_, pattern := a.mux.Handler(&http.Request{Method: http.MethodPost, Host: r.Host, URL: &url.URL{Path: to.Path}})
	for _, route := range a.routes {
		if route.Pattern == pattern {
			return route, true
		}
	}
	return Route{}, false
}

// sorry sends a page on which nothing worked.
func (a *App) sorry(w http.ResponseWriter, r *http.Request, status int, view ui.ErrorView) {
	w.Header().Set("Cache-Control", "no-store")
	if view.Title == "" {
		view.Title = lang.T(r.Context(), "fault.title."+strconv.Itoa(status))
	}
	if err := RenderStatus(w, r, status, ui.ErrorPage(view)); err != nil {
		a.Logger.Error("error page failed", "request", reference(r.Context()), "error", err)
		http.Error(w, http.StatusText(status), status)
	}
}
