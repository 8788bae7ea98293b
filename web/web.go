// Package web turns the routes of the rooms into a site: one mux, sessions,
// rights, limits, headers, error pages.
//
// A room lists its Routes; App checks the Need of each before its Handler runs
// and turns the error that the handler returns into a page. Nothing is served
// that is not such a route, except assets and the two health checks.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Handler answers a request or says why it cannot.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Route is one line of the authorisation table.
type Route struct {
	Pattern string            // "GET /aktualnosci/{article}"
	Need    access.Permission // checked in {programme} or {organisation} of the address, as its scope says
	Handle  Handler
	Body    int64 // most bytes of a request; 0 stands for DefaultBody
	// Always opens a form also to those who are blocked from writing: what is
	// their own, signing in and out, leaving, appealing. Every other form is
	// refused to them, so that a new one is without anybody thinking of it.
	Always bool
}

// Most bytes that a request may carry: a form, and a form with a file.
const (
	DefaultBody = 1 << 20
	UploadBody  = 12 << 20 // a file of 10 MB and the words around it
)

// Site is what the rooms know of the installation.
type Site struct {
	Public    *url.URL // where people reach it; never taken from a request
	Community string
	Contact   string // e-mail shown in the footer, "" for none
	Version   string
	Demo      bool
}

// URL returns the full address of a path, for mail, feeds and calendars.
func (s Site) URL(path string) string { return strings.TrimRight(s.Public.String(), "/") + path }

// Secure reports whether people reach the site over TLS.
func (s Site) Secure() bool { return s.Public.Scheme == "https" }

// People is what web needs to know of the room of that name.
type People interface {
	// Actor returns the person of a session with their present roles, or
	// fault.NotFound when the person is blocked or gone.
	Actor(ctx context.Context, s session.Session) (*access.Actor, error)
}

// Options are the parts from which an App is made.
type Options struct {
	Site           Site
	DB             *store.DB
	Catalogue      *lang.Catalogue
	People         People
	Keys           func(ctx context.Context, key string) (*access.Actor, error) // who a key of the API belongs to; nil for no keys
	Logger         *slog.Logger
	Metrics        *prometheus.Registry
	TrustedProxies []netip.Prefix
	Development    bool
	Nav            []ui.Link                           // Key, Href; Current is set per request
	Search         string                              // page that searches everything, "" for none
	FooterNav      []ui.Link                           // pages that the law wants on every page
	Partners       func(ctx context.Context) []ui.Link // footer; nil for none
	Feeds          func(ctx context.Context) []ui.FeedLink
	// Refuse says why a person may not write, in the programme that the address
	// names, "" for none; nil: everybody may.
	Refuse func(ctx context.Context, a *access.Actor, programme string) error
	Appeal ui.Link // where they read more of it and appeal
	// Waiting counts what waits on the desk of a person; nil: there is no desk.
	Waiting func(ctx context.Context, a *access.Actor) (int, error)
	// OnStop is called when the server stops, to end answers that would go on
	// for ever: live streams.
	OnStop []func()
}

// App serves the routes.
type App struct {
	Options
	mux      *http.ServeMux
	routes   []Route
	cookies  Cookies
	origin   *http.CrossOriginProtection
	metrics  *metrics
	stopping atomic.Bool
}

// New returns an App without routes.
func New(o Options) *App {
	a := &App{Options: o, mux: http.NewServeMux(), cookies: Cookies{Secure: o.Site.Secure()},
		origin: http.NewCrossOriginProtection()}
	a.metrics = newMetrics(o.Metrics)
	a.mux.Handle("GET /zasoby/", ui.Assets())
	a.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	a.mux.HandleFunc("GET /readyz", a.ready)
	a.mux.HandleFunc("/", a.unknown)
	return a
}

// Add registers routes. A route without a declared permission or of a scope
// that its address does not name is a mistake of ours and stops the program.
func (a *App) Add(routes ...Route) {
	for _, route := range routes {
		if err := route.check(); err != nil {
			panic(err)
		}
		a.routes = append(a.routes, route)
		a.mux.Handle(route.Pattern, a.serve(route))
	}
}

func (route Route) check() error {
	switch {
	case !route.Need.Declared():
		return fmt.Errorf("web: route %q declares no permission", route.Pattern)
	case route.Handle == nil:
		return fmt.Errorf("web: route %q has no handler", route.Pattern)
	case route.scopeName() != "" && !strings.Contains(route.Pattern, "{"+route.scopeName()+"}"):
		return fmt.Errorf("web: route %q needs %s and its address names none", route.Pattern, route.Need.Name)
	case !strings.HasPrefix(route.Pattern, "GET ") && !strings.HasPrefix(route.Pattern, "POST "):
		return fmt.Errorf("web: route %q begins with no method", route.Pattern)
	}
	return nil
}

// scopeName is the part of the address that names the place in which the
// permission counts.
func (route Route) scopeName() string {
	switch route.Need.Scope {
	case access.InProgramme:
		return "programme"
	case access.InOrganisation:
		return "organisation"
	}
	return ""
}

// Place returns the programme or organisation that the request is about, as the
// address names it, or "".
func (route Route) Place(r *http.Request) string {
	if name := route.scopeName(); name != "" {
		return r.PathValue(name)
	}
	return ""
}

// Routes lists what was registered, for the authorisation table.
func (a *App) Routes() []Route { return a.routes }

// Cookies returns the way in which this site sets its cookies.
func (a *App) Cookies() Cookies { return a.cookies }
