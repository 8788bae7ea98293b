// Package api is the JSON API of the platform: what a page shows to somebody,
// the API answers to the same person's program.
//
// A room describes its reads with Get and List, under the permission that its
// pages have; the description in OpenAPI 3.1 is made of the types. Every read
// is a web.Route, so that it stands in the authorisation table and passes the
// same gate.
package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/web"
)

// Root is where the API begins.
const Root = "/api/v1"

// API gathers the reads of the rooms.
type API struct {
	Title  string // name of the community
	huma   huma.API
	mux    *http.ServeMux
	routes []web.Route
	reads  []Read
}

// Read is one thing that programs may ask for.
type Read struct {
	Path    string // behind Root: "/programmes/{programme}"
	ID      string // "get-programme"
	Summary string // in English, as the whole description is
	Told    string // key of the same for the page about the API
	Tag     string
	Need    access.Permission
}

// New returns an API without reads.
func New(site web.Site) *API {
	config := huma.DefaultConfig(site.Community, "1")
	config.Info.Description = "What the public pages show, for programs. Times are RFC 3339, days are dates in Warsaw, municipalities are TERC codes."
	config.Servers = []*huma.Server{{URL: site.URL("")}}
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = Root+"/openapi", "", ""
	config.CreateHooks = nil // no "$schema" in answers: it would name a host
	config.RejectUnknownQueryParameters = true
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"key": {Type: "http", Scheme: "bearer"}}
	a := &API{Title: site.Community, mux: http.NewServeMux()}
	a.huma = humago.New(a.mux, config)
	for _, extension := range []string{".json", ".yaml"} {
		a.routes = append(a.routes, web.Route{Pattern: "GET " + config.OpenAPIPath + extension, Need: access.Anyone, Handle: a.answer})
	}
	return a
}

// Routes lists what was registered, for the site.
func (a *API) Routes() []web.Route { return a.routes }

// Get registers a read of one thing.
func Get[In, Out any](a *API, read Read, find func(context.Context, *In) (Out, error)) {
	type output struct{ Body Out }
	register(a, read, func(ctx context.Context, in *In) (*output, error) {
		out, err := find(ctx, in)
		return &output{out}, err
	})
}

// Paging is embedded in the input of every List.
type Paging struct {
	Page    int `query:"page" minimum:"1" maximum:"1000000" default:"1" doc:"Number of the page."`
	PerPage int `query:"per_page" minimum:"1" maximum:"100" default:"30" doc:"Things on a page."`
}

func (p Paging) paging() Paging { return p }

// Limit and Offset are the page as SQL has it.
func (p Paging) Limit() int  { return p.PerPage }
func (p Paging) Offset() int { return (p.Page - 1) * p.PerPage }

// listed are the inputs that embed Paging.
type listed[In any] interface {
	*In
	paging() Paging
}

// Page is an answer with a part of a list.
type Page[T any] struct {
	Items   []T `json:"items"`
	Page    int `json:"page"`
	PerPage int `json:"per_page"`
	Total   int `json:"total" doc:"Things on all pages together."`
}

// List registers a read of a list; find returns one page and how many there are
// in all. The answer carries the links of RFC 8288 to its neighbours.
func List[In, T any, P listed[In]](a *API, read Read, find func(context.Context, *In) ([]T, int, error)) {
	type output struct {
		Link string `header:"Link" doc:"Next and previous page (RFC 8288)."`
		Body Page[T]
	}
	register(a, read, func(ctx context.Context, in *In) (*output, error) {
		items, total, err := find(ctx, in)
		if err != nil {
			return nil, err
		}
		paging := P(in).paging()
		return &output{links(ctx, paging, total), Page[T]{Some(items), paging.Page, paging.PerPage, total}}, nil
	})
}

// Some is the slice, an empty one for nil: programs expect [] and not null.
func Some[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

func links(ctx context.Context, p Paging, total int) string {
	address, _ := ctx.Value(addressKey{}).(*url.URL)
	if address == nil {
		return ""
	}
	var header string
	add := func(page int, relation string) {
		query := address.Query()
		query.Set("page", strconv.Itoa(page))
		if header != "" {
			header += ", "
		}
		header += fmt.Sprintf(`<%s?%s>; rel="%s"`, address.EscapedPath(), query.Encode(), relation)
	}
	if p.Page > 1 {
		add(p.Page-1, "prev")
	}
	if p.Page*p.PerPage < total {
		add(p.Page+1, "next")
	}
	return header
}

func register[In, Out any](a *API, read Read, find func(context.Context, *In) (*Out, error)) {
	a.reads = append(a.reads, read)
	operation := huma.Operation{OperationID: read.ID, Method: http.MethodGet, Path: Root + read.Path, Summary: read.Summary,
		Tags: []string{read.Tag}, Errors: []int{http.StatusNotFound}}
	if !read.Need.Public() {
		operation.Security = []map[string][]string{{"key": {}}}
		operation.Errors = append(operation.Errors, http.StatusUnauthorized, http.StatusForbidden)
	}
	huma.Register(a.huma, operation, func(ctx context.Context, in *In) (*Out, error) {
		out, err := find(ctx, in)
		if trouble, ok := ctx.Value(troubleKey{}).(*error); ok && err != nil {
			*trouble = err // web says it, as it says every error
			return nil, huma.Error500InternalServerError("")
		}
		return out, err
	})
	a.routes = append(a.routes, web.Route{Pattern: "GET " + Root + read.Path, Need: read.Need, Handle: a.answer})
}

type (
	troubleKey struct{}
	addressKey struct{}
)

// answer lets huma read the request and write the answer, and marks the answer
// by its content, so that a program that asks again gets it only when it changed.
func (a *API) answer(w http.ResponseWriter, r *http.Request) error {
	var trouble error
	ctx := context.WithValue(context.WithValue(r.Context(), troubleKey{}, &trouble), addressKey{}, r.URL)
	kept := &kept{header: http.Header{}, status: http.StatusOK}
	a.mux.ServeHTTP(kept, r.WithContext(ctx))
	if trouble != nil {
		return trouble
	}
	web.Bare(w)
	for name, values := range kept.header {
		w.Header()[name] = values
	}
	if kept.status != http.StatusOK {
		w.WriteHeader(kept.status)
		_, err := kept.body.WriteTo(w)
		return err
	}
	sum := sha256.Sum256(kept.body.Bytes())
	w.Header().Set("Etag", `"`+hex.EncodeToString(sum[:12])+`"`)
	w.Header().Set("Access-Control-Allow-Origin", "*") // it is public, and no cookie counts from elsewhere
	if w.Header().Get("Cache-Control") == "" {
		w.Header().Set("Cache-Control", "no-cache")
	}
	w.Header().Add("Vary", "Cookie, Authorization, Accept-Language")
	http.ServeContent(w, r, "", noTime, bytes.NewReader(kept.body.Bytes()))
	return nil
}

// kept holds an answer until it is whole.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *kept) Header() http.Header         { return k.header }
func (k *kept) WriteHeader(status int)      { k.status = status }
func (k *kept) Write(p []byte) (int, error) { return k.body.Write(p) }
