package api

import (
	"context"
	"embed"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Messages are the words of this package.
//
//go:embed messages.pl.toml messages.en.toml
var Messages embed.FS

// Routes lists the pages about keys.
//
// A programmer of the powiat who builds a page of its own comes to /api, sees
// what there is, tries it in the browser, and makes a key when the programme
// should know who asks or when they want to read as themselves. An owner comes
// back to see whether a key is in use and to end it.
func (k *Keys) Routes(a *API) []web.Route {
	return []web.Route{
		{Pattern: "GET /api", Need: access.Anyone, Handle: func(w http.ResponseWriter, r *http.Request) error {
			return web.Render(w, r, aboutPage(a))
		}},
		{Pattern: "GET /konto/klucze", Need: access.SignedIn, Handle: k.show},
		{Pattern: "POST /konto/klucze", Need: access.SignedIn, Handle: k.create, Always: true},
		{Pattern: "POST /konto/klucze/{key}/uniewaznij", Need: access.SignedIn, Handle: k.revoke, Always: true},
	}
}

// Block leads from a person's own page to their keys.
func (k *Keys) Block(context.Context, store.ID) (templ.Component, error) { return keysBlock(), nil }

// What a programmer types, the same in every language.
const (
	exampleCall = "curl " + Root + "/programmes?per_page=10"
	exampleKey  = "Authorization: Bearer " + keyPrefix + "…"
)

type keysView struct {
	Form   *form.Form
	Keys   []Key
	Secret string // just made, shown once
	Now    time.Time
}

func (k *Keys) view(ctx context.Context) (keysView, error) {
	keys, err := keysOf(ctx, k.db, access.From(ctx).Person)
	return keysView{Form: form.New().Set("scope", string(Public)).Set("months", "3"), Keys: keys, Now: k.db.Wall()}, err
}

func (k *Keys) show(w http.ResponseWriter, r *http.Request) error {
	v, err := k.view(r.Context())
	if err != nil {
		return err
	}
	return web.Render(w, r, keysPage(v))
}

// months that a key may last.
var months = []string{"1", "3", "12"}

// create answers with the page itself: the secret exists nowhere else, and a page
// that is loaded again must not show it.
func (k *Keys) create(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	name, scope := f.Required("name", 100), Scope(f.Choice("scope", scopes...))
	lasts := map[string]time.Duration{"1": 31, "3": 92, "12": 366}[f.Choice("months", months...)] * 24 * time.Hour
	var secret string
	if !f.Any() {
		if secret, err = k.Create(ctx, name, scope, lasts); err != nil && !f.Take(err) {
			return err
		}
	}
	v, err := k.view(ctx)
	if err != nil {
		return err
	}
	if f.Any() {
		v.Form = f
		return web.RenderInvalid(w, r, keysPage(v))
	}
	v.Secret = secret
	w.Header().Set("Cache-Control", "no-store")
	return web.Render(w, r, keysPage(v))
}

func (k *Keys) revoke(w http.ResponseWriter, r *http.Request) error {
	id, err := store.ParseID(r.PathValue("key"))
	if err != nil {
		return err
	}
	if err := k.Revoke(r.Context(), id); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/konto/klucze", "api.key.revoked")
}

func scopeOptions(ctx context.Context) []ui.Option {
	var options []ui.Option
	for _, s := range scopes {
		options = append(options, ui.Option{Value: s, Label: lang.T(ctx, "api.scope."+s), Hint: lang.T(ctx, "api.scope.hint."+s)})
	}
	return options
}

func monthOptions(ctx context.Context) []ui.Option {
	var options []ui.Option
	for _, m := range months {
		options = append(options, ui.Option{Value: m, Label: lang.T(ctx, "api.lasts."+m)})
	}
	return options
}

func (k Key) over(now time.Time) bool { return !now.Before(k.ExpiresAt.Time) }

func (k Key) facts(ctx context.Context) []ui.Pair {
	used := lang.T(ctx, "api.key.never")
	if !k.UsedAt.IsZero() {
		used = lang.DateTime(ctx, k.UsedAt.Time)
	}
	return []ui.Pair{
		{Key: lang.T(ctx, "api.key.scope"), Text: lang.T(ctx, "api.scope."+string(k.Scope))},
		{Key: lang.T(ctx, "api.key.made"), Text: lang.Date(ctx, k.CreatedAt.Time)},
		{Key: lang.T(ctx, "api.key.expires"), Text: lang.Date(ctx, k.ExpiresAt.Time)},
		{Key: lang.T(ctx, "api.key.used"), Text: used},
	}
}

func readRows(ctx context.Context, reads []Read) []ui.TableRow {
	var rows []ui.TableRow
	for _, read := range reads {
		rows = append(rows, ui.TableRow{address(read), ui.Text(lang.T(ctx, read.Told))})
	}
	return rows
}
