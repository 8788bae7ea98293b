package organisation

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation/register"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Represent is for acts in the name of an organisation, Belong for what its own
// people may see.
var (
	Represent = access.Permission{Name: "organisation.represent", Scope: access.InOrganisation,
		Roles: []access.Role{access.Representative, access.Administrator}}
	Belong = access.Permission{Name: "organisation.belong", Scope: access.InOrganisation,
		Roles: []access.Role{access.Representative, access.Member, access.Administrator}}
)

// Routes lists every page and act of the room.
func (s *Service) Routes() []web.Route {
	const one = "/organizacje/{organisation}"
	return append(export.Routes("/organizacje", access.Anyone, s.listTable), []web.Route{
		{Pattern: "GET /organizacje", Need: access.Anyone, Handle: s.list},
		{Pattern: "GET /organizacje/nowa", Need: access.SignedIn, Handle: s.begin},
		{Pattern: "POST /organizacje", Need: access.SignedIn, Handle: s.create},
		{Pattern: "GET " + one, Need: access.Anyone, Handle: s.show},
		{Pattern: "GET " + one + "/rodzaj", Need: Represent, Handle: s.chooseKind},
		{Pattern: "GET " + one + "/edycja", Need: Represent, Handle: s.edit},
		{Pattern: "POST " + one + "/edycja", Need: Represent, Handle: s.change},
		{Pattern: "GET " + one + "/dokumenty", Need: Belong, Handle: s.showPapers},
		{Pattern: "GET " + one + "/dokumenty/edycja", Need: Represent, Handle: s.editPapers},
		{Pattern: "POST " + one + "/dokumenty/edycja", Need: Represent, Handle: s.changePapers},

		{Pattern: "GET " + one + "/osoby", Need: Belong, Handle: s.showPeople},
		{Pattern: "GET " + one + "/osoby/{mandate}", Need: Represent, Handle: s.showMandate},
		{Pattern: "POST " + one + "/osoby/{mandate}", Need: Represent, Handle: s.amend},
		{Pattern: "GET " + one + "/osoby/{mandate}/koniec", Need: Represent, Handle: s.confirmEnd},
		{Pattern: "POST " + one + "/osoby/{mandate}/koniec", Need: Represent, Handle: s.end},
		{Pattern: "GET " + one + "/opusc", Need: access.SignedIn, Handle: s.confirmLeave},
		{Pattern: "POST " + one + "/opusc", Need: access.SignedIn, Handle: s.leave, Always: true},

		{Pattern: "GET " + one + "/dolacz", Need: access.SignedIn, Handle: s.showAsk},
		{Pattern: "POST " + one + "/dolacz", Need: access.SignedIn, Handle: s.ask},
		{Pattern: "POST " + one + "/dolacz/wycofaj", Need: access.SignedIn, Handle: s.withdraw, Always: true},
		{Pattern: "GET " + one + "/prosby/{request}", Need: Represent, Handle: s.showRequest},
		{Pattern: "POST " + one + "/prosby/{request}/przyjmij", Need: Represent, Handle: s.accept},
		{Pattern: "POST " + one + "/prosby/{request}/odmow", Need: Represent, Handle: s.refuse},

		{Pattern: "GET " + one + "/zaproszenia/nowe", Need: Represent, Handle: s.showInvite},
		{Pattern: "POST " + one + "/zaproszenia", Need: Represent, Handle: s.invite},
		{Pattern: "POST " + one + "/zaproszenia/{invitation}/cofnij", Need: Represent, Handle: s.cancelInvitation},
		{Pattern: "GET /zaproszenia/organizacja/{invitation}", Need: access.SignedIn, Handle: s.showInvitation},
		{Pattern: "POST /zaproszenia/organizacja/{invitation}/przyjmij", Need: access.SignedIn, Handle: s.acceptInvitation},
		{Pattern: "POST /zaproszenia/organizacja/{invitation}/odrzuc", Need: access.SignedIn, Handle: s.declineInvitation, Always: true},

		{Pattern: "GET /administracja/organizacje", Need: access.Administrators, Handle: s.listWaiting},
		{Pattern: "GET /administracja/organizacje/{slug}", Need: access.Administrators, Handle: s.showVerification},
		{Pattern: "POST /administracja/organizacje/{slug}", Need: access.Administrators, Handle: s.verify},
	}...)
}

func path(slug string) string { return "/organizacje/" + slug }

func peoplePath(slug string) string { return path(slug) + "/osoby" }

func requestPath(slug string, id store.ID) string { return path(slug) + "/prosby/" + string(id) }

func invitationPath(id store.ID) string { return "/zaproszenia/organizacja/" + string(id) }

// of returns the organisation that the address names.
func (s *Service) of(r *http.Request) (Organisation, error) {
	o, err := BySlug(r.Context(), s.db, r.PathValue("organisation"))
	if err == nil {
		err = shown(r.Context(), o)
	}
	return o, err
}

// idIn reads an id out of the address.
func idIn(r *http.Request, name string) (store.ID, error) { return store.ParseID(r.PathValue(name)) }

func crumbs(ctx context.Context, o ...Organisation) []ui.Crumb {
	all := []ui.Crumb{{Title: lang.T(ctx, "organisation.list.title"), Href: "/organizacje"}}
	for _, one := range o {
		all = append(all, ui.Crumb{Title: one.Label(), Href: path(one.Slug)})
	}
	return all
}

type listView struct {
	Filter
	Organisations []Organisation
	Total         int
	Mine          []access.Grant
}

func (s *Service) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v := listView{Filter: readFilter(r), Mine: ownPlaces(access.From(ctx))}
	var err error
	if v.Organisations, v.Total, err = find(ctx, s.db, v.Filter, shortColumns, perPage); err != nil {
		return err
	}
	return web.Render(w, r, listPage(v))
}

// ownPlaces are the organisations that the person acts for, each once.
func ownPlaces(actor *access.Actor) []access.Grant {
	var own []access.Grant
	for _, g := range actor.Grants {
		if g.Scope == access.InOrganisation {
			own = append(own, g)
		}
	}
	return own
}

// readFilter reads the address; what is not offered counts as not asked.
func readFilter(r *http.Request) Filter {
	q := web.Query(r)
	return Filter{
		Words:        q.Text("szukaj", maxLine),
		Sector:       Sector(q.Optional("sektor", sectorNames()...)),
		Kind:         Kind(q.Optional("rodzaj", kindNames()...)),
		Municipality: q.Optional("gmina", territory.Codes()...),
		Verified:     q.Optional("sprawdzona", yes, no),
		Order:        Order(q.Optional("kolejnosc", string(ByName), string(Newest))),
		Page:         q.Page("strona"),
	}
}

func sectorNames() []string {
	var names []string
	for _, s := range ui.Sectors {
		names = append(names, string(s))
	}
	return names
}

func kindNames() []string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return names
}

// Empty reports whether the filter asks for nothing.
func (f Filter) Empty() bool {
	return f.Words == "" && f.Sector == "" && f.Kind == "" && f.Municipality == "" && f.Verified == ""
}

// address is the address of the list under this filter, without the page.
func (f Filter) address() string {
	q := url.Values{}
	for name, value := range map[string]string{"szukaj": f.Words, "sektor": string(f.Sector), "rodzaj": string(f.Kind),
		"gmina": f.Municipality, "sprawdzona": f.Verified, "kolejnosc": string(f.Order)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return "/organizacje"
	}
	return "/organizacje?" + q.Encode()
}

// standing is what the person who looks has to do with the organisation.
type standing struct {
	Role        access.Role // "" for none
	Request     *Request    // the last one, while there is no role
	Invitation  store.ID    // that waits for them
	SignedIn    bool
	Administers bool
}

func (s *Service) standing(ctx context.Context, o Organisation) (standing, error) {
	actor := access.From(ctx)
	st := standing{SignedIn: actor.SignedIn(), Administers: actor.Is(access.Administrator, "")}
	for _, role := range access.OrganisationRoles {
		if st.Role == "" && actor.Is(role, string(o.ID)) {
			st.Role = role
		}
	}
	if !st.SignedIn || st.Role != "" {
		return st, nil
	}
	last, err := lastRequest(ctx, s.db, o.ID, actor.Person)
	if err == nil {
		st.Request = &last
	} else if !fault.Is(err, fault.KindNotFound) {
		return st, err
	}
	st.Invitation, err = s.invitationWaiting(ctx, o, actor.Person)
	return st, err
}

// invitationWaiting returns the invitation of the person to this organisation,
// "" for none.
func (s *Service) invitationWaiting(ctx context.Context, o Organisation, person store.ID) (store.ID, error) {
	p, err := people.ByID(ctx, s.db, person)
	if err != nil {
		return "", err
	}
	offers, err := invitationsTo(ctx, s.db, p.Email)
	for _, offer := range offers {
		if offer.Slug == o.Slug {
			return offer.ID, err
		}
	}
	return "", err
}

type showView struct {
	Organisation
	standing
	URL       string
	Thread    templ.Component  // nil where there is none
	Veil      *moderation.Veil // nil: everybody sees it
	MayReport bool
}

func (s *Service) show(w http.ResponseWriter, r *http.Request) error {
	o, err := BySlug(r.Context(), s.db, r.PathValue("organisation"))
	if fault.Is(err, fault.KindNotFound) {
		if o, err = aliased(r.Context(), s.db, r.PathValue("organisation")); err == nil {
			http.Redirect(w, r, path(o.Slug), http.StatusMovedPermanently)
			return nil
		}
	}
	if err != nil {
		return err
	}
	veil, err := veilOf(r.Context(), s.db, o)
	if err != nil {
		return err
	}
	if veil != nil && shown(r.Context(), o) != nil {
		return showVeiled(w, r, *veil)
	}
	st, err := s.standing(r.Context(), o)
	if err != nil {
		return err
	}
	thread, err := s.Trace.Block(r.Context(), trace.Ref{Kind: foundAs, ID: o.ID})
	if err != nil {
		return err
	}
	return web.Render(w, r, showPage(showView{Organisation: o, standing: st, URL: s.Site.URL(path(o.Slug)), Thread: thread, Veil: veil,
		MayReport: s.Moderation != nil && veil == nil && st.Role == ""}))
}

// numbers are what a register says.
func numbers(ctx context.Context, o Organisation) []ui.Pair {
	var all []ui.Pair
	add := func(key, text string) {
		if text != "" {
			all = append(all, ui.Pair{Key: lang.T(ctx, key), Text: text})
		}
	}
	if o.Register != register.None {
		add("organisation.register", registerName(ctx, o.Register))
		add("organisation.register_number", o.Register.Show(o.RegisterNumber))
	}
	add("organisation.nip", register.ShowNIP(o.NIP))
	add("organisation.regon", register.ShowREGON(o.REGON))
	return all
}

// toCompare is what an administrator compares with the register.
func toCompare(ctx context.Context, o Organisation) []ui.Pair {
	all := []ui.Pair{
		{Key: lang.T(ctx, "organisation.kind"), Text: o.Kind.Name(ctx)},
		{Key: lang.T(ctx, "organisation.municipality"), Text: seat(ctx, o.Municipality)},
	}
	return append(append(all, numbers(ctx, o)...), contacts(ctx, o)...)
}

// contacts are the ways to reach the organisation.
func contacts(ctx context.Context, o Organisation) []ui.Pair {
	var all []ui.Pair
	add := func(key string, p ui.Pair, shown string) {
		if shown != "" {
			p.Key = lang.T(ctx, key)
			all = append(all, p)
		}
	}
	add("organisation.address", ui.Pair{Text: o.Address}, o.Address)
	if o.Verified() {
		add("organisation.website", ui.Pair{Value: outside(o.Website)}, o.Website)
	} else { // no link is gained by registering alone
		add("organisation.website", ui.Pair{Text: o.Website}, o.Website)
	}
	add("organisation.email", ui.Pair{Value: ui.TextLink("mailto:"+o.Email, o.Email)}, o.Email)
	add("organisation.phone", ui.Pair{Text: o.Phone}, o.Phone)
	add("organisation.contact", ui.Pair{Text: o.Contact}, o.Contact)
	return all
}

// seat says where the organisation sits.
func seat(ctx context.Context, terc string) string {
	unit, known := territory.ByTERC(terc)
	if !known {
		return lang.T(ctx, "organisation.municipality.outside")
	}
	return unit.Name
}

func registerName(ctx context.Context, k register.Kind) string {
	return lang.T(ctx, "organisation.register."+string(k))
}

func roleName(ctx context.Context, role access.Role) string {
	return lang.T(ctx, "organisation.role."+string(role))
}
