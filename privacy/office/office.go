// Package office is the desk of whoever answers for personal data: clauses of
// information with their controllers, the register of processing, holds, what
// was removed, and who looked at whose data. It shows what package privacy
// keeps; rooms need not know it.
//
// New takes the keeper and how places are found; Routes are for the site.
package office

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// Options are what the pages need of the installation and its rooms.
type Options struct {
	Site   web.Site
	Keeper *privacy.Keeper

	// Programme and Organisation find a place by its slug or id; fault.NotFound
	// where the reader may not know of it.
	Programme    func(ctx context.Context, slug string) (privacy.Place, error)
	Organisation func(ctx context.Context, slug string) (privacy.Place, error)

	Names   func(ctx context.Context, r store.Reader, ids []store.ID) (map[store.ID]string, error)
	ByEmail func(ctx context.Context, r store.Reader, email string) (store.ID, error)
}

// Office serves the pages.
type Office struct {
	Options
	db *store.DB
}

// New returns the pages.
func New(db *store.DB, o Options) *Office { return &Office{Options: o, db: db} }

// Who may write the clause of a place.
var (
	Programme = access.Permission{Name: "privacy.programme", Scope: access.InProgramme,
		Roles: []access.Role{access.Manager, access.Administrator}}
	Organisation = access.Permission{Name: "privacy.organisation", Scope: access.InOrganisation,
		Roles: []access.Role{access.Representative, access.Administrator}}
)

const (
	atProgramme    = "/programy/{programme}/prywatnosc"
	atOrganisation = "/organizacje/{organisation}/prywatnosc"

	// Path leads to the pages for administrators.
	Path = "/administracja/prywatnosc"
	// PolicyPath is the public page on privacy.
	PolicyPath = "/prywatnosc"
)

// Routes lists the pages.
func (o *Office) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET " + PolicyPath, Need: access.Anyone, Handle: o.showPolicy},
		{Pattern: "GET " + atProgramme, Need: access.Anyone, Handle: o.showClause},
		{Pattern: "GET " + atProgramme + "/zmien", Need: Programme, Handle: o.editClause},
		{Pattern: "POST " + atProgramme + "/zmien", Need: Programme, Handle: o.saveClause},
		{Pattern: "GET " + atOrganisation, Need: access.Anyone, Handle: o.showClause},
		{Pattern: "GET " + atOrganisation + "/zmien", Need: Organisation, Handle: o.editClause},
		{Pattern: "POST " + atOrganisation + "/zmien", Need: Organisation, Handle: o.saveClause},

		{Pattern: "GET " + Path, Need: access.Administrators, Handle: o.showDesk},
		{Pattern: "GET " + Path + "/klauzula/zmien", Need: access.Administrators, Handle: o.editClause},
		{Pattern: "POST " + Path + "/klauzula/zmien", Need: access.Administrators, Handle: o.saveClause},
		{Pattern: "GET " + Path + "/rejestr", Need: access.Administrators, Handle: o.showRegister},
		{Pattern: "GET " + Path + "/retencja", Need: access.Administrators, Handle: o.showRemovals},
		{Pattern: "GET " + Path + "/wglady", Need: access.Administrators, Handle: o.showLooks},
		{Pattern: "GET " + Path + "/wstrzymania", Need: access.Administrators, Handle: o.showHolds},
		{Pattern: "POST " + Path + "/wstrzymania", Need: access.Administrators, Handle: o.setHold},
		{Pattern: "POST " + Path + "/wstrzymania/{hold}/zwolnij", Need: access.Administrators, Handle: o.lift},
	}
}
