package moderation

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

const (
	// OwnPath is where people see what became of their texts and reports.
	OwnPath = "/moderacja"
	// AdminPath is the queue of what belongs to no programme.
	AdminPath = "/administracja/moderacja"
)

// AppealLink leads those who are refused to where they read why and appeal.
var AppealLink = ui.Link{Href: OwnPath, Key: "moderation.blocked.more"}

// Routes lists the pages, and who opens them. A reader comes from the text they
// find unfit, says why and goes on reading. A moderator comes from the desk,
// reads the text and what is said of it, decides with a reason and takes the
// next one. An author comes from the notice, reads why and appeals or lets it
// be. Somebody blocked comes from the refusal. Whoever reported comes back to
// see what became of it.
func (s *Service) Routes() []web.Route {
	const report, own = "/zglos/{kind}/{thing}", OwnPath
	routes := []web.Route{
		{Pattern: "GET " + report, Need: access.Anyone, Handle: s.showReport},
		{Pattern: "POST " + report, Need: access.Anyone, Handle: s.report},
		{Pattern: "POST " + report + "/sprawa", Need: access.SignedIn, Handle: s.beginCase},
		{Pattern: "GET " + own, Need: access.SignedIn, Handle: s.showOwn},
		{Pattern: "GET " + own + "/{case}", Need: access.SignedIn, Handle: s.showOwnCase},
		{Pattern: "POST " + own + "/{case}/odwolanie", Need: access.SignedIn, Handle: s.appealCase, Always: true},
		{Pattern: "GET " + own + "/blokada/{block}", Need: access.SignedIn, Handle: s.showOwnBlock},
		{Pattern: "POST " + own + "/blokada/{block}/odwolanie", Need: access.SignedIn, Handle: s.appealBlock, Always: true},
	}
	routes = append(routes, s.queueRoutes("/programy/{programme}/moderacja", Moderate, Govern)...)
	return append(routes, s.queueRoutes(AdminPath, access.Administrators, access.Administrators)...)
}

// queueRoutes are the pages of one place: cases for those who moderate it,
// blocks and words for those who govern it.
func (s *Service) queueRoutes(at string, moderate, govern access.Permission) []web.Route {
	return []web.Route{
		{Pattern: "GET " + at, Need: moderate, Handle: s.showQueue},
		{Pattern: "POST " + at, Need: moderate, Handle: s.leaveMany},
		{Pattern: "GET " + at + "/sprawy/{case}", Need: moderate, Handle: s.showCase},
		{Pattern: "POST " + at + "/sprawy/{case}", Need: moderate, Handle: s.decideCase},
		{Pattern: "GET " + at + "/slowa", Need: govern, Handle: s.showWords},
		{Pattern: "POST " + at + "/slowa", Need: govern, Handle: s.saveWords},
		{Pattern: "GET " + at + "/blokady", Need: govern, Handle: s.showBlocks},
		{Pattern: "GET " + at + "/blokady/nowa", Need: govern, Handle: s.showNewBlock},
		{Pattern: "POST " + at + "/blokady", Need: govern, Handle: s.block},
		{Pattern: "GET " + at + "/blokady/{block}", Need: govern, Handle: s.showBlock},
		{Pattern: "POST " + at + "/blokady/{block}", Need: govern, Handle: s.decideBlock},
	}
}

// queuePath is the queue of a place.
func queuePath(in Place) string {
	if in.ID == "" {
		return AdminPath
	}
	return in.Path + "/moderacja"
}

func blocksPath(in Place) string { return queuePath(in) + "/blokady" }

// queuedPath is a case in the queue of its place.
func queuedPath(in Place, id store.ID) string { return queuePath(in) + "/sprawy/" + string(id) }

func wordsPath(in Place) string { return queuePath(in) + "/slowa" }

// casePath is where authors read of a case.
func casePath(id store.ID) string { return OwnPath + "/" + string(id) }

func ownBlockPath(id store.ID) string { return OwnPath + "/blokada/" + string(id) }

// ReportPath is where a thing is reported.
func ReportPath(slug string, thing store.ID) string { return "/zglos/" + slug + "/" + string(thing) }

// place is the programme that the address names; zero for the installation.
func (s *Service) place(r *http.Request) (Place, error) {
	slug := r.PathValue("programme")
	if slug == "" {
		return Place{}, nil
	}
	return s.Programme(r.Context(), s.db, slug)
}

// crumbs lead to a page of the queue of a place.
func crumbs(ctx context.Context, in Place, under ...ui.Crumb) []ui.Crumb {
	first := ui.Crumb{Title: lang.T(ctx, "moderation.crumb.administration"), Href: "/administracja"}
	if in.ID != "" {
		first = ui.Crumb{Title: in.Title, Href: in.Path}
	}
	return append([]ui.Crumb{first}, under...)
}

func queueCrumb(ctx context.Context, in Place) ui.Crumb {
	return ui.Crumb{Title: lang.T(ctx, "moderation.queue.title"), Href: queuePath(in)}
}

func mayGovern(ctx context.Context, in Place) bool {
	if in.ID == "" {
		return access.From(ctx).May(access.Administrators, "")
	}
	return access.From(ctx).May(Govern, string(in.ID))
}
