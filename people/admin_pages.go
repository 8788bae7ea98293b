package people

import (
	"context"
	"net/http"
	"net/url"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

func (s *Service) adminRoutes() []web.Route {
	return append(export.Routes("/administracja/osoby", access.Administrators, s.peopleTable), []web.Route{
		{Pattern: "GET /administracja", Need: access.Administrators, Handle: s.showAdministration},
		{Pattern: "GET /administracja/osoby", Need: access.Administrators, Handle: s.showPeople},
		{Pattern: "GET /administracja/osoby/{person}", Need: access.Administrators, Handle: s.showPerson},
		{Pattern: "POST /administracja/osoby/{person}", Need: access.Administrators, Handle: s.administer},
	}...)
}

func (s *Service) showAdministration(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, administrationPage(s.doors))
}

const pageSize = 30

// peopleView is the list of accounts.
type peopleView struct {
	Search search
	People []Person
	Total  int
	Page   int
}

func (s *Service) showPeople(w http.ResponseWriter, r *http.Request) error {
	v := peopleView{Search: readSearch(r), Page: web.Query(r).Page("strona")}
	var err error
	v.People, v.Total, err = findPeople(r.Context(), s.db, v.Search, v.Page, pageSize)
	if err != nil {
		return err
	}
	ids := make([]store.ID, len(v.People))
	for i, p := range v.People {
		ids[i] = p.ID
	}
	s.Privacy.Looked(r.Context(), privacy.Look{Page: "accounts", People: ids})
	return web.Render(w, r, peoplePage(v))
}

func readSearch(r *http.Request) search {
	q := web.Query(r)
	return search{Words: q.Get("szukaj"), State: q.Get("stan")}
}

// peopleTable is the list of accounts under its filter, for administrators.
func (s *Service) peopleTable(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	all, total, err := findPeople(ctx, s.db, readSearch(r), 1, export.MostRows)
	if err != nil {
		return export.Table{}, err
	}
	t := export.Table{Name: lang.T(ctx, "people.admin.list.title"), Head: export.Titles(ctx, "people.admin.list.person",
		"people.email", "people.admin.municipality", "people.admin.state", "people.admin.since")}
	for _, p := range all {
		state := "people.admin.tag.active"
		if p.Blocked() {
			state = "people.admin.tag.blocked"
		}
		t.Rows = append(t.Rows, []any{p.Name, p.Email, municipalityWords(ctx, p), lang.T(ctx, state), export.Day{Time: p.CreatedAt.Time}})
	}
	return t, t.Fits(total)
}

// path is the address of the list with its filters.
func (v peopleView) path() string {
	q := url.Values{}
	if v.Search.Words != "" {
		q.Set("szukaj", v.Search.Words)
	}
	if v.Search.State != "" {
		q.Set("stan", v.Search.State)
	}
	if len(q) == 0 {
		return "/administracja/osoby"
	}
	return "/administracja/osoby?" + q.Encode()
}

func (v peopleView) clear() string {
	if v.Search == (search{}) {
		return ""
	}
	return "/administracja/osoby"
}

func stateOptions(ctx context.Context) []ui.Option {
	return []ui.Option{
		{Label: lang.T(ctx, "people.admin.state.all")},
		{Value: stateActive, Label: lang.T(ctx, "people.admin.state.active")},
		{Value: stateBlocked, Label: lang.T(ctx, "people.admin.state.blocked")},
		{Value: stateAdministrator, Label: lang.T(ctx, "people.admin.state.administrators")},
	}
}

func peopleRows(ctx context.Context, all []Person) []ui.TableRow {
	rows := make([]ui.TableRow, len(all))
	for i, p := range all {
		rows[i] = ui.TableRow{
			ui.TextLink("/administracja/osoby/"+string(p.ID), p.Name), ui.Text(p.Email),
			ui.Text(municipalityWords(ctx, p)), personTags(p), ui.DateText(p.CreatedAt.Time),
		}
	}
	return rows
}

// personView is one account as an administrator sees it.
type personView struct {
	Person       Person
	SecondFactor bool
	Acts         []doneAct
	Self         bool // administrators cannot block themselves
	Form         *form.Form
	Conflict     bool
}

func (s *Service) showPerson(w http.ResponseWriter, r *http.Request) error {
	v, err := s.personView(r, form.New())
	if err != nil {
		return err
	}
	s.Privacy.Looked(r.Context(), privacy.Look{Page: "account", People: []store.ID{v.Person.ID}})
	return web.Render(w, r, personPage(v))
}

func (s *Service) personView(r *http.Request, f *form.Form) (v personView, err error) {
	ctx := r.Context()
	id, err := store.ParseID(r.PathValue("person"))
	if err != nil {
		return v, err
	}
	v.Form, v.Self = f, id == access.From(ctx).Person
	if v.Person, err = ByID(ctx, s.db, id); err != nil {
		return v, err
	}
	kept, err := findSecret(ctx, s.db, id)
	if err != nil {
		return v, err
	}
	v.SecondFactor = kept.enrolled()
	v.Acts, err = actsOn(ctx, s.db, id)
	return v, err
}

// possible lists the acts that make sense on the account as it is.
func (v personView) possible() []act {
	var acts []act
	switch {
	case v.Person.Blocked():
		acts = append(acts, actUnblock)
	case !v.Self:
		acts = append(acts, actBlock)
	}
	if v.Person.Administrator {
		acts = append(acts, actDemote)
	} else if !v.Person.Blocked() {
		acts = append(acts, actPromote)
	}
	if v.SecondFactor {
		acts = append(acts, actReset)
	}
	return append(acts, actEndAll)
}

// actKeys name an act and say what follows from it.
var actKeys = map[act]struct{ name, what string }{
	actPromote: {"people.act.promote", "people.act.promote.what"},
	actDemote:  {"people.act.demote", "people.act.demote.what"},
	actBlock:   {"people.act.block", "people.act.block.what"},
	actUnblock: {"people.act.unblock", "people.act.unblock.what"},
	actReset:   {"people.act.reset", "people.act.reset.what"},
	actEndAll:  {"people.act.end", "people.act.end.what"},
}

func (v personView) options(ctx context.Context) []ui.Option {
	acts := v.possible()
	options := make([]ui.Option, len(acts))
	for i, a := range acts {
		options[i] = ui.Option{Value: string(a), Label: lang.T(ctx, actKeys[a].name), Hint: lang.T(ctx, actKeys[a].what)}
	}
	return options
}

const maxReason = 500

func (s *Service) administer(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.personView(r, f)
	if err != nil {
		return err
	}
	offered := make([]string, 0, len(actKeys))
	for _, a := range v.possible() {
		offered = append(offered, string(a))
	}
	chosen := f.Choice("act", offered...)
	reason := f.RequiredLines("reason", maxReason)
	if !f.Any() {
		err = s.Administer(r.Context(), v.Person.ID, f.Version(), act(chosen), reason)
		if refusal := fault.Of(err); fault.Is(err, fault.KindInvalid) {
			f.Add("act", refusal.Key, refusal.Args...)
		}
	}
	switch {
	case f.Any():
		return web.RenderInvalid(w, r, personPage(v))
	case fault.Is(err, fault.KindConflict):
		v.Conflict = true
		return web.RenderStatus(w, r, http.StatusConflict, personPage(v))
	case err != nil:
		return err
	}
	return web.SeeOther(w, r, "/administracja/osoby/"+string(v.Person.ID), "people.admin.done")
}
