// Package access says who may do what. Nothing is allowed that is not written
// down: every route names a Permission, every Permission names the roles that
// hold it and the scope in which they hold it.
//
// A room declares its permissions as variables beside its routes. web checks
// them before a handler runs; a verb asks Actor.May again only where the object
// decides more than its programme or organisation does.
package access

import (
	"context"
	"slices"
	"time"

	"github.com/wspolnota/wspolnota/store"
)

// Role is what a person is, somewhere.
type Role string

// The roles of product and law. Administrator belongs to the installation, the
// next five to one programme, the last two to one organisation.
const (
	Administrator  Role = "administrator"
	Manager        Role = "manager"
	Editor         Role = "editor"
	Facilitator    Role = "facilitator"
	Assessor       Role = "assessor"
	Observer       Role = "observer"
	Representative Role = "representative"
	Member         Role = "member"
)

// ProgrammeRoles and OrganisationRoles list the roles that can be given in each
// scope, the strongest first.
var (
	ProgrammeRoles    = []Role{Manager, Editor, Facilitator, Assessor, Observer}
	OrganisationRoles = []Role{Representative, Member}
)

// Staff reports whether the role handles other people's matters, so that it has
// shorter sessions and needs a second factor.
func (r Role) Staff() bool {
	return r == Administrator || slices.Contains(ProgrammeRoles, r)
}

// Scope is the kind of thing in which a role counts.
type Scope string

const (
	Installation   Scope = "installation"
	InProgramme    Scope = "programme"
	InOrganisation Scope = "organisation"
)

// Permission is one line of the authorisation table.
type Permission struct {
	Name     string
	Scope    Scope
	Roles    []Role // who holds it; Administrator has to be named like any other
	public   bool
	signedIn bool
}

// Anyone is for public pages; SignedIn for a person's own matters, which the
// handler looks up by the person who asks; Administrators for the installation.
var (
	Anyone         = Permission{Name: "anyone", Scope: Installation, public: true}
	SignedIn       = Permission{Name: "signed-in", Scope: Installation, signedIn: true}
	Administrators = Permission{Name: "administrators", Scope: Installation, Roles: []Role{Administrator}}
)

// Declared reports whether the permission says anything. The zero value does
// not, and a route that carries it is refused at start.
func (p Permission) Declared() bool {
	return p.Name != "" && (p.public || p.signedIn || len(p.Roles) > 0)
}

// Public reports whether the permission is held by everyone.
func (p Permission) Public() bool { return p.public }

// Grant is one role of one person in one place. Slug stands for the place in
// addresses, where it serves as well as the id; Name is what people call it.
type Grant struct {
	Role  Role
	Scope Scope
	ID    store.ID
	Slug  string
	Name  string
}

// Actor is the person who asks. The zero Actor is a visitor who is not signed
// in. For is the organisation they act for now, "" for themselves. Assistant is
// the member of staff at the keyboard while they help the person beside them.
type Actor struct {
	Person    store.ID
	Name      string
	Session   store.ID
	For       store.ID
	ForName   string
	Assistant store.ID
	// Assistance is the visit at their desk, Until the moment at which it ends,
	// by the wall clock.
	Assistance store.ID
	Until      time.Time
	Grants     []Grant
	// Device tells browsers apart that send forms in which people write, "" where
	// none is sent; NewDevice that this one was not known before.
	Device    string
	NewDevice bool
}

// SignedIn reports whether the actor is a known person.
func (a *Actor) SignedIn() bool { return a != nil && a.Person != "" }

// Is reports whether the actor has the role in the place named by id or slug;
// for Administrator the place is "".
func (a *Actor) Is(role Role, place string) bool {
	return a.any(func(g Grant) bool { return g.Role == role && g.at(place) })
}

// Staff reports whether the actor has any staff role anywhere.
func (a *Actor) Staff() bool {
	return a.any(func(g Grant) bool { return g.Role.Staff() })
}

// May reports whether the actor holds the permission in the place named by id
// or slug. The place is ignored by permissions of the installation.
func (a *Actor) May(p Permission, place string) bool {
	switch {
	case p.public:
		return true
	case p.signedIn:
		return a.SignedIn()
	}
	return a.any(func(g Grant) bool {
		if !slices.Contains(p.Roles, g.Role) {
			return false
		}
		return g.Scope == Installation || (g.Scope == p.Scope && g.at(place))
	})
}

// Places lists the ids of the places in which the actor has one of the roles.
func (a *Actor) Places(scope Scope, roles ...Role) []store.ID {
	var ids []store.ID
	a.any(func(g Grant) bool {
		if g.Scope == scope && slices.Contains(roles, g.Role) && !slices.Contains(ids, g.ID) {
			ids = append(ids, g.ID)
		}
		return false
	})
	return ids
}

func (a *Actor) any(match func(Grant) bool) bool {
	return a.SignedIn() && slices.ContainsFunc(a.Grants, match)
}

func (g Grant) at(place string) bool {
	if g.Scope == Installation {
		return place == ""
	}
	return place != "" && (string(g.ID) == place || g.Slug == place)
}

// Granter is how a room tells which roles it has given to a person.
type Granter func(ctx context.Context, r store.Reader, person store.ID) ([]Grant, error)

type contextKey struct{}

// With puts the actor into the context.
func With(ctx context.Context, a *Actor) context.Context {
	return context.WithValue(ctx, contextKey{}, a)
}

// From returns the actor of the context; a visitor where there is none.
func From(ctx context.Context) *Actor {
	if a, ok := ctx.Value(contextKey{}).(*Actor); ok {
		return a
	}
	return &Actor{}
}
