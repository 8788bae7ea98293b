package programme

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/ui"
)

// What the page of a programme says beyond its template.

func listCrumbs(ctx context.Context) []ui.Crumb {
	return []ui.Crumb{{Title: lang.T(ctx, "programme.list.title"), Href: "/programy"}}
}

func programmeCrumbs(ctx context.Context, p Programme) []ui.Crumb {
	return append(listCrumbs(ctx), ui.Crumb{Title: p.Title, Href: p.Path()})
}

// invitationCrumbs names no programme: it may be a draft that the invited person
// cannot open yet.
func invitationCrumbs(ctx context.Context) []ui.Crumb { return listCrumbs(ctx) }

func (v pageView) layout(ctx context.Context) ui.Page {
	page := ui.Page{Title: v.Title, Lead: v.Summary, Crumbs: listCrumbs(ctx), NoIndex: v.State == Draft, Wide: true}
	if v.Language != lang.From(ctx) {
		page.MainLang = string(v.Language)
	}
	if v.State != Draft {
		page.Canonical = v.Address
		page.OpenGraph = &ui.OpenGraph{Title: v.Title, Description: v.Summary, Type: "website", URL: v.Address}
	}
	actor := access.From(ctx)
	if v.Off == "" && v.mayJoin() {
		page.Actions = append(page.Actions, ui.Link{Href: v.Path() + "/dolacz", Text: joinWord(ctx, v.Admission == AdmitApproved)})
	}
	if actor.May(Edit, string(v.ID)) {
		page.Actions = append(page.Actions, ui.Link{Href: v.Path() + "/edycja", Key: "programme.edit.link"})
	}
	if actor.May(desk.Manage, string(v.ID)) {
		page.Actions = append(page.Actions, ui.Link{Href: v.Path() + "/pulpit", Key: "desk.manager.link"})
	}
	return page
}

// on reports whether any phase is on.
func (v pageView) on() bool {
	return slices.ContainsFunc(v.Steps, func(p ui.Phase) bool { return p.State == ui.Now })
}

// mayJoin reports whether joining is still ahead of the person who looks.
func (v pageView) mayJoin() bool {
	return !v.Invited && v.Me.State != Active && v.Me.State != Requested
}

func joinWord(ctx context.Context, ask bool) string {
	if ask {
		return lang.T(ctx, "programme.join.request")
	}
	return lang.T(ctx, "programme.join")
}

// offText says why joining is off and when it opens.
func offText(ctx context.Context, p Programme, g Gate) string {
	key, from := whenJoins(p, g)
	return lang.T(ctx, key, "Date", lang.Date(ctx, from), "Phase", g.Phase)
}

func (v pageView) facts(ctx context.Context) []ui.Pair {
	var facts []ui.Pair
	add := func(key, text string) {
		if text != "" {
			facts = append(facts, ui.Pair{Key: lang.T(ctx, key), Text: text})
		}
	}
	add("programme.fact.manager", v.Spokesperson)
	if v.ContactEmail != "" {
		facts = append(facts, ui.Pair{Key: lang.T(ctx, "programme.fact.email"), Value: ui.TextLink("mailto:"+v.ContactEmail, v.ContactEmail)})
	}
	add("programme.fact.phone", v.ContactPhone)
	add("programme.fact.period", days(ctx, v.StartsAt, v.EndsAt))
	short, names := areaNames(ctx, v.areas)
	if len(names) > 5 {
		facts = append(facts, ui.Pair{Key: lang.T(ctx, "programme.fact.area"), Value: longList(short, strings.Join(names, ", "))})
	} else {
		add("programme.fact.area", short)
	}
	add("programme.fact.admission", lang.T(ctx, "programme.admission."+string(v.Admission)))
	facts = append(facts, ui.Pair{Key: lang.T(ctx, "programme.fact.sectors"), Value: sectorBadges(v.Sectors)})
	add("programme.fact.funder", v.Funder)
	add("programme.fact.project", v.ProjectNumber)
	return facts
}

func sectorNames(ctx context.Context, sectors set) string {
	names := make([]string, len(sectors))
	for i, s := range sectors {
		names[i] = ui.Sector(s).Name(ctx)
	}
	return strings.Join(names, ", ")
}

func logoPath(p Programme, l Logo) string { return p.Path() + "/logo/" + string(l.ID) }

// stripHeight is how high logos stand in their strip.
const stripHeight = 64

func logoWidth(l Logo) string { return strconv.Itoa(max(1, l.Width*stripHeight/max(1, l.Height))) }
func logoHeight(Logo) string  { return strconv.Itoa(stripHeight) }
func logoStrip(p Programme, logos []Logo) []ui.LogoData {
	strip := make([]ui.LogoData, len(logos))
	for i, l := range logos {
		strip[i] = ui.LogoData{Src: logoPath(p, l), Alt: l.Alt, Width: l.Width * stripHeight / max(1, l.Height), Height: stripHeight}
	}
	return strip
}
