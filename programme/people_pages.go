package programme

import (
	"net/http"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

func (s *Service) peopleRoutes(at string) []web.Route {
	manage := func(pattern string, handle web.Handler) web.Route { return route(pattern, at, Manage, handle) }
	return []web.Route{
		manage("GET /uczestnicy", s.showMembers),
		manage("GET /uczestnicy/zapros", s.showInvite),
		manage("POST /uczestnicy/zapros", s.inviteAll),
		manage("POST /uczestnicy/{person}/przyjmij", s.approve),
		manage("GET /uczestnicy/{person}/odmow", s.showRefuse),
		manage("POST /uczestnicy/{person}/odmow", s.refuse),
		manage("POST /zaproszenia/{invitation}/cofnij", s.withdraw),
		manage("GET /zespol", s.showTeam),
		manage("POST /zespol", s.give),
		manage("POST /zespol/kontakt", s.saveContact),
		manage("GET /zespol/{person}/{role}/odbierz", s.confirmTake),
		manage("POST /zespol/{person}/{role}/odbierz", s.take),
	}
}

// The list of members.

type membersView struct {
	editView
	Filter      memberFilter
	List        []MemberRow
	Total       int
	Waiting     int
	Page        int
	ListPath    string
	Balance     balance
	Invitations []Invitation
}

func (s *Service) showMembers(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), web.Query(r)
	e, err := s.editing(r, "uczestnicy")
	if err != nil {
		return err
	}
	v := membersView{editView: e, Page: q.Page("strona"), ListPath: filtered(r, "stan", "sektor", "gmina", "szukaj"), Filter: readMemberFilter(q)}
	if v.Waiting, err = countMembers(ctx, s.db, v.ID, memberFilter{State: Requested}); err != nil {
		return err
	}
	if v.Total, err = countMembers(ctx, s.db, v.ID, v.Filter); err != nil {
		return err
	}
	if v.List, err = listMembers(ctx, s.db, v.ID, v.Filter, pageSize, (v.Page-1)*pageSize); err != nil {
		return err
	}
	if v.Invitations, err = openInvitations(ctx, s.db, v.ID); err != nil {
		return err
	}
	v.Invitations = slices.DeleteFunc(v.Invitations, func(i Invitation) bool { return i.Role != "" })
	cells, err := cellsOf(ctx, s.db, v.ID)
	if err != nil {
		return err
	}
	v.Balance = balanceOf(cells, false)
	ids := make([]store.ID, len(v.List))
	for i, m := range v.List {
		ids[i] = m.Person
	}
	s.people.Privacy.Looked(ctx, privacy.Look{Page: "members", Place: v.Slug, People: ids})
	return web.Render(w, r, membersPage(v))
}

func readMemberFilter(q *form.Form) memberFilter {
	f := memberFilter{State: Active, Sector: q.Get("sektor"), Municipality: q.Get("gmina"), Text: strings.TrimSpace(q.Get("szukaj"))}
	if slices.Contains(memberStates, q.Get("stan")) {
		f.State = MemberState(q.Get("stan"))
	}
	return f
}

func (s *Service) approve(w http.ResponseWriter, r *http.Request) error {
	person, err := rowID(r, "person")
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	slug := r.PathValue("programme")
	if err := s.Approve(r.Context(), slug, person, f.Version()); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/programy/"+slug+"/edycja/uczestnicy?stan=requested", "programme.member.approved")
}

// refuseView asks for the reason of a refusal.
type refuseView struct {
	editView
	Member Member
	Name   string
}

func (s *Service) refuseView(r *http.Request) (refuseView, error) {
	ctx := r.Context()
	e, err := s.editing(r, "uczestnicy")
	if err != nil {
		return refuseView{}, err
	}
	v := refuseView{editView: e}
	person, err := rowID(r, "person")
	if err != nil {
		return v, err
	}
	if v.Member, err = membership(ctx, s.db, v.ID, person); err != nil {
		return v, err
	}
	if v.Member.State != Requested && v.Member.State != Active {
		return v, fault.NotFound("member")
	}
	names, err := people.Names(ctx, s.db, []store.ID{person})
	v.Name = names[person]
	return v, err
}

func (s *Service) showRefuse(w http.ResponseWriter, r *http.Request) error {
	v, err := s.refuseView(r)
	if err != nil {
		return err
	}
	v.Form = form.New()
	s.people.Privacy.Looked(r.Context(), privacy.Look{Page: "member", Place: v.Slug, People: []store.ID{v.Member.Person}})
	return web.Render(w, r, refusePage(v))
}

func (s *Service) refuse(w http.ResponseWriter, r *http.Request) error {
	v, err := s.refuseView(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	reason := v.Form.RequiredLines("reason", longestReason)
	if v.Form.Any() {
		return web.RenderInvalid(w, r, refusePage(v))
	}
	if err := s.Refuse(r.Context(), v.Slug, v.Member.Person, v.Form.Version(), reason); err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Action("uczestnicy"), "programme.member.refused")
}

// Inviting.

type inviteView struct {
	editView
	Report []InvitedLine
}

func (s *Service) showInvite(w http.ResponseWriter, r *http.Request) error {
	e, err := s.editing(r, "uczestnicy")
	if err != nil {
		return err
	}
	e.Form = form.New().Set("language", string(e.Language))
	return web.Render(w, r, invitePage(inviteView{editView: e}))
}

// inviteAll answers with the report itself: it exists nowhere else, and sending
// the page again only renews the same invitations.
func (s *Service) inviteAll(w http.ResponseWriter, r *http.Request) error {
	e, err := s.editing(r, "uczestnicy")
	if err != nil {
		return err
	}
	if e.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	v := inviteView{editView: e}
	lines, language := e.Form.RequiredLines("emails", mostInvited*300), language(e.Form)
	if e.Form.Any() {
		return web.RenderInvalid(w, r, invitePage(v))
	}
	v.Report, err = s.Invite(r.Context(), v.Slug, lines, language)
	if v.Form.Take(err) {
		return web.RenderInvalid(w, r, invitePage(v))
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, reportPage(v))
}

func (s *Service) withdraw(w http.ResponseWriter, r *http.Request) error {
	id, err := rowID(r, "invitation")
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	slug := r.PathValue("programme")
	if err := s.Withdraw(r.Context(), slug, id); err != nil {
		return err
	}
	page := "uczestnicy"
	if f.Get("zespol") != "" {
		page = "zespol"
	}
	return web.SeeOther(w, r, "/programy/"+slug+"/edycja/"+page, "programme.invitation.withdrawn")
}
