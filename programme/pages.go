package programme

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Routes lists every page and act of the room.
func (s *Service) Routes() []web.Route {
	const at = "/programy/{programme}"
	routes := []web.Route{
		{Pattern: "GET /{$}", Need: access.Anyone, Handle: s.showHome},
		{Pattern: "GET /programy", Need: access.Anyone, Handle: s.showList},
		{Pattern: "GET /programy/nowy", Need: access.SignedIn, Handle: s.newProgramme},
		{Pattern: "POST /programy/nowy", Need: access.SignedIn, Handle: s.createProgramme},
		{Pattern: "GET " + at, Need: access.Anyone, Handle: s.showProgramme},
		{Pattern: "GET " + at + "/logo/{logo}", Need: access.Anyone, Handle: s.showLogo},
		{Pattern: "GET " + at + "/dolacz", Need: access.SignedIn, Handle: s.showJoin},
		{Pattern: "POST " + at + "/dolacz", Need: access.SignedIn, Handle: s.join},
		{Pattern: "GET " + at + "/opusc", Need: access.SignedIn, Handle: s.showLeave},
		{Pattern: "POST " + at + "/opusc", Need: access.SignedIn, Handle: s.leave, Always: true},
		{Pattern: "GET " + at + "/zaproszenie", Need: access.SignedIn, Handle: s.showInvitation},
		{Pattern: "POST " + at + "/zaproszenie/{invitation}/przyjmij", Need: access.SignedIn, Handle: s.accept},
		{Pattern: "POST " + at + "/zaproszenie/{invitation}/odrzuc", Need: access.SignedIn, Handle: s.decline, Always: true},
	}
	routes = append(append(routes, s.editRoutes(at+"/edycja")...), s.peopleRoutes(at+"/edycja")...)
	return append(routes, s.downloads(at)...)
}

// pageSize is the number of rows on one page of a list.
const pageSize = 30

// listView is the page /programy.
type listView struct {
	Form     *form.Form
	Filter   listFilter
	List     []Summary
	Total    int
	Page     int
	Path     string
	MayBegin bool
	Now      nowView
}

func (s *Service) showList(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), web.Query(r)
	f := readListFilter(q)
	v := listView{Form: q, Filter: f, Page: q.Page("strona"), Path: filtered(r, "szukaj", "gmina", "stan"), Now: nowView{s.db.Now()},
		MayBegin: mayBegin(access.From(ctx))}
	var err error
	if v.Total, err = countProgrammes(ctx, s.db, f); err != nil {
		return wrap("count", err)
	}
	if v.List, err = listProgrammes(ctx, s.db, f, pageSize, (v.Page-1)*pageSize); err != nil {
		return wrap("list", err)
	}
	return web.Render(w, r, listPage(v))
}

func readListFilter(q *form.Form) listFilter {
	f := listFilter{State: Published, Area: q.Get("gmina"), Text: strings.TrimSpace(q.Get("szukaj"))}
	if q.Get("stan") == "archiwum" {
		f.State = Archived
	}
	return f
}

// filtered is the address of the list with those filters that are set.
func filtered(r *http.Request, names ...string) string {
	kept := url.Values{}
	for _, name := range names {
		if v := r.URL.Query().Get(name); v != "" {
			kept.Set(name, v)
		}
	}
	if len(kept) == 0 {
		return r.URL.Path
	}
	return r.URL.Path + "?" + kept.Encode()
}

// pageView is the page of one programme.
type pageView struct {
	Programme
	*snapshot
	Address      string // absolute
	Steps        []ui.Phase
	Spokesperson string
	Partners     []Partner
	Me           Member
	MyOrg        string // for which the person takes part
	Invited      bool
	Off          string // why joining is off, "" when it is not
	Gate         Gate
	Goals        templ.Component // nil where there are none
	Balance      templ.Component
	Blocks       []templ.Component
	Now          nowView
}

// addGoals adds the goals of the snapshot, which knows no time, as they stand now.
func (v *pageView) addGoals() {
	if len(v.goals) == 0 {
		return
	}
	goals := make([]Goal, len(v.goals))
	for i, g := range v.goals {
		goals[i] = g.at(v.Now.Time)
	}
	from, until := v.goalsHold(v.Now.Time)
	v.Goals = v.remember("goals", v.Now.Time, from, until, goalsSection(v.Programme, goals))
}

// addBalance adds who takes part: to managers with every number, to all others
// without those that could name somebody.
func (v *pageView) addBalance(manager bool) {
	forever := time.Time{}
	switch {
	case v.whole.Total == 0:
	case manager:
		v.Balance = v.remember("whole", v.Now.Time, forever, forever, balanceSection(v.whole))
	default:
		v.Balance = v.remember("public", v.Now.Time, forever, forever, balanceSection(v.public))
	}
}

func (s *Service) showProgramme(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.seen(r)
	if err != nil {
		return err
	}
	v, err := s.pageView(ctx, p)
	if err != nil {
		return wrap("show", err)
	}
	return web.Render(w, r, programmePage(v))
}

// seen loads the programme of the address, if the actor may see it.
func (s *Service) seen(r *http.Request) (Programme, error) {
	p, err := BySlug(r.Context(), s.db, r.PathValue("programme"))
	if err != nil {
		return Programme{}, err
	}
	return p, visible(access.From(r.Context()), p)
}

func (s *Service) pageView(ctx context.Context, p Programme) (pageView, error) {
	v := pageView{Programme: p, Address: s.site.URL(p.Path()), Now: nowView{s.db.Now()}}
	var err error
	if v.snapshot, err = s.snapshotOf(ctx, p); err != nil {
		return v, err
	}
	v.Steps = v.Now.list(ctx, v.phases, s.publicOpenings())
	v.Gate = gate(p.State, v.phases, Join, v.Now.Time)
	v.addGoals()
	v.addBalance(access.From(ctx).May(Manage, string(p.ID)))
	if v.Partners, err = partnersOf(ctx, s.db, p); err != nil {
		return v, err
	}
	names, err := people.Names(ctx, s.db, []store.ID{p.Manager})
	if err != nil {
		return v, err
	}
	v.Spokesperson = names[p.Manager]
	if err := s.addMe(ctx, &v); err != nil {
		return v, err
	}
	for _, b := range s.blocks {
		component, err := b.Show(ctx, p)
		if err != nil {
			return v, err
		}
		if component != nil {
			v.Blocks = append(v.Blocks, component)
		}
	}
	return v, nil
}

// addMe adds where the person who looks stands.
func (s *Service) addMe(ctx context.Context, v *pageView) error {
	v.Off, _ = whenJoins(v.Programme, v.Gate)
	actor := access.From(ctx)
	if !actor.SignedIn() {
		return nil
	}
	own, err := ownStanding(ctx, s.db, v.ID, actor.Person)
	v.Me, v.MyOrg, v.Invited = own.Member, own.OrganisationName, own.Invited
	return err
}

// showLogo sends a logo; it may be kept by browsers, because a changed logo has
// another address.
func (s *Service) showLogo(w http.ResponseWriter, r *http.Request) error {
	p, err := s.seen(r)
	if err != nil {
		return err
	}
	id, err := store.ParseID(r.PathValue("logo"))
	if err != nil {
		return fault.NotFound("logo")
	}
	logo, err := oneLogo(r.Context(), s.db, p.ID, id)
	if err != nil {
		return err
	}
	if p.State != Draft {
		w.Header().Set("Cache-Control", "public, max-age=86400")
	}
	return blob.Serve(w, r, s.files, blob.File{Key: logo.Blob, Name: logo.Name, Type: logo.Type, Size: logo.Size, Picture: true})
}

// mayBegin reports whether the actor may begin programmes of some organisation;
// Create decides of which.
func mayBegin(a *access.Actor) bool {
	return a.Is(access.Administrator, "") || len(a.Places(access.InOrganisation, access.Representative)) > 0
}

// newView is the page /programy/nowy.
type newView struct {
	Form          *form.Form
	Owners        []ui.Option
	Administrator bool
}

func (s *Service) newView(ctx context.Context, f *form.Form) (newView, error) {
	actor := access.From(ctx)
	v := newView{Form: f, Administrator: actor.Is(access.Administrator, "")}
	if !mayBegin(actor) {
		return v, fault.Forbidden()
	}
	owners, err := s.ownersFor(ctx, actor)
	v.Owners = organisationOptions(owners)
	return v, err
}

func (s *Service) newProgramme(w http.ResponseWriter, r *http.Request) error {
	v, err := s.newView(r.Context(), form.New().Set("language", string(lang.From(r.Context()))))
	if err != nil {
		return err
	}
	if len(v.Owners) == 1 {
		v.Form.Set("owner", v.Owners[0].Value)
	}
	return web.Render(w, r, newPage(v))
}

func (s *Service) createProgramme(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.newView(r.Context(), f)
	if err != nil {
		return err
	}
	n := NewProgramme{Title: f.Required("title", longestTitle), Summary: f.Required("summary", longestSummary),
		Language: language(f), Owner: store.ID(f.Choice("owner", values(v.Owners)...))}
	if v.Administrator {
		n.Manager = f.Text("manager", 254)
	}
	if f.Any() {
		return web.RenderInvalid(w, r, newPage(v))
	}
	p, err := s.Create(r.Context(), n)
	if f.Take(err) {
		return web.RenderInvalid(w, r, newPage(v))
	}
	if err != nil {
		return err
	}
	if p.Manager == access.From(r.Context()).Person {
		if err := s.people.Renew(w, r); err != nil {
			return err
		}
	}
	return web.SeeOther(w, r, p.Path()+"/edycja", "programme.created")
}

func language(f *form.Form) lang.Language {
	return lang.Language(f.Choice("language", string(lang.Polish), string(lang.English)))
}

func values(options []ui.Option) []string {
	all := make([]string, len(options))
	for i, o := range options {
		all[i] = o.Value
	}
	return all
}

// areaNames says which places a programme reaches; all of them have one name.
func areaNames(ctx context.Context, codes []string) (short string, names []string) {
	if len(codes) == len(territory.Codes()) {
		return lang.T(ctx, "programme.area.all"), nil
	}
	for _, unit := range territory.All() {
		for _, code := range codes {
			if code == unit.TERC {
				names = append(names, unit.Name)
			}
		}
	}
	if len(names) <= 5 {
		return strings.Join(names, ", "), nil
	}
	return lang.N(ctx, "programme.area.count", len(names)), names
}
