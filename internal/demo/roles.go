package demo

import (
	"context"
	"crypto/subtle"
	"fmt"
	"net/http"
	"net/url"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/web"
)

// Role is a part that a visitor of the demo may play.
type Role struct {
	Key    string // names it in the address and in the catalogue
	Person string // e-mail of the one who plays it
	Lands  string // where the visitor comes out
}

const mainPath = "/programy/miedzysektorowa-wspolpraca"

// Roles lists the parts, in the order of how much they may do.
func Roles() []Role {
	return []Role{
		{"administratorka", administrator, "/administracja"},
		{"kierowniczka", manager, mainPath},
		{"redaktor", editor, mainPath + "/aktualnosci/redakcja"},
		{"trener", facilitator, mainPath},
		{"oceniajaca", assessor, mainPath},
		{"obserwator", observer, mainPath},
		{"prezes-klubu", leader, "/konto"},
		{"czlonkini-klubu", player, "/konto"},
		{"urzedniczka", official, "/konto"},
		{"mieszkaniec", neighbour, "/konto"},
		{"przedsiebiorca", sawyer, "/konto"},
	}
}

// Name is what the part is called, in the language of the context.
func (r Role) Name(ctx context.Context) string { return lang.T(ctx, "demo.role."+r.Key) }

// About says in a sentence who that is and what there is to see.
func (r Role) About(ctx context.Context) string { return lang.T(ctx, "demo.role.about."+r.Key) }

// Link signs a visitor in as one of the parts, as often as it is opened.
type Link struct{ Role, Name, URL string }

// Links are for the person at the terminal: named in both languages.
func (d *Demo) Links(ctx context.Context) ([]Link, error) {
	words, err := lang.Load(Messages)
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	held, err := d.state(ctx)
	if err != nil {
		return nil, fmt.Errorf("demo: links: %w", err)
	}
	links := make([]Link, 0, len(Roles()))
	for _, r := range Roles() {
		key := "demo.role." + r.Key
		links = append(links, Link{Role: r.Key, URL: d.Site.URL(r.path(held.Key)),
			Name: words.Printer(lang.Polish).T(key) + " / " + words.Printer(lang.English).T(key)})
	}
	return links, nil
}

func (r Role) path(key string) string {
	return "/demo/wejscie/" + r.Key + "?" + url.Values{"klucz": {key}}.Encode()
}

// Routes are registered by the demo only: a server has no such way in.
func (d *Demo) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /demo", Need: access.Anyone, Handle: d.showRoles},
		{Pattern: "GET /demo/wejscie/{role}", Need: access.Anyone, Handle: d.enter},
	}
}

// part is a role as the page shows it.
type part struct {
	Role
	Person string // name
	Path   string
}

// showRoles gives the links to everybody who can open the page: what they lead
// to is example data, and trying it out is what the demo is for.
func (d *Demo) showRoles(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	held, err := d.state(ctx)
	if err != nil {
		return err
	}
	var parts []part
	for _, role := range Roles() {
		parts = append(parts, part{role, nameOf(role.Person), role.path(held.Key)})
	}
	w.Header().Set("Cache-Control", "no-store")
	return web.Render(w, r, rolesPage(parts))
}

func nameOf(email string) string {
	for _, p := range persons {
		if p.email == email {
			return p.name
		}
	}
	panic("demo: nobody has the address " + email) // written in this package
}

// enter signs the visitor in. Unlike any other way in it asks for nothing but
// the key of this demo.
func (d *Demo) enter(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	held, err := d.state(ctx)
	if err != nil {
		return err
	}
	if subtle.ConstantTimeCompare([]byte(r.URL.Query().Get("klucz")), []byte(held.Key)) != 1 {
		return fault.Forbidden()
	}
	for _, role := range Roles() {
		if role.Key != r.PathValue("role") {
			continue
		}
		person, err := people.ByEmail(ctx, d.DB, role.Person)
		if err != nil {
			return err
		}
		return d.People.Enter(w, r, person.ID, role.Lands)
	}
	return fault.NotFound("role of the demo")
}
