package programme

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
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

// Joining and leaving, as everybody does it.

// joinView is the form with which a person joins or accepts an invitation.
type joinView struct {
	Programme
	Form        *form.Form
	Choices     []ui.Option // for whom: "self" or an organisation
	Off         string      // why joining is off, "" when it is not
	Gate        Gate
	Ask         bool // the manager decides
	Invitations []Invitation
}

// asSelf stands for "for myself" in forms, where "" would mean no answer.
const asSelf = "self"

func (s *Service) joinView(r *http.Request, f *form.Form) (joinView, error) {
	ctx := r.Context()
	p, err := BySlug(ctx, s.db, r.PathValue("programme"))
	if err != nil {
		return joinView{}, err
	}
	v := joinView{Programme: p, Form: f, Ask: p.Admission == AdmitApproved}
	if v.Choices, err = s.joinChoices(ctx, p); err != nil {
		return v, err
	}
	v.Gate, err = GateOf(ctx, s.db, p.ID, Join)
	v.Off, _ = whenJoins(p, v.Gate)
	return v, err
}

// joinChoices lists for whom the actor may join: themselves and organisations
// they act for, as far as the programme takes their sectors.
func (s *Service) joinChoices(ctx context.Context, p Programme) ([]ui.Option, error) {
	var choices []ui.Option
	if p.Sectors.Has(string(organisation.Resident)) {
		choices = append(choices, ui.Option{Value: asSelf, Label: lang.T(ctx, "programme.join.self"), Hint: lang.T(ctx, "programme.join.self_hint")})
	}
	own, err := organisation.OfPerson(ctx, s.db, access.From(ctx).Person)
	for _, o := range own {
		if p.Sectors.Has(string(o.Sector)) {
			choices = append(choices, ui.Option{Value: string(o.ID), Label: lang.T(ctx, "programme.join.for", "Name", o.Name),
				Hint: o.Sector.Name(ctx)})
		}
	}
	return choices, err
}

// prefilled answers what we know: for whom the person acts now, where they live.
func (s *Service) prefilled(ctx context.Context) (*form.Form, error) {
	actor := access.From(ctx)
	person, err := people.ByID(ctx, s.db, actor.Person)
	f := form.New().Set("municipality", person.Municipality).Set("as", asSelf)
	if actor.For != "" {
		f.Set("as", string(actor.For))
	}
	return f, err
}

func readJoining(f *form.Form, choices []ui.Option) Joining {
	j := Joining{Words: f.Lines("words", longestWords)}
	as := f.Choice("as", values(choices)...)
	if as == asSelf {
		j.Municipality = f.Optional("municipality", territory.GminaCodes()...)
	} else {
		j.Organisation = store.ID(as)
	}
	return j
}

func (s *Service) showJoin(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := s.prefilled(ctx)
	if err != nil {
		return err
	}
	v, err := s.joinView(r, f)
	if err == nil {
		err = visible(access.From(ctx), v.Programme)
	}
	if err != nil {
		return err
	}
	m, err := membership(ctx, s.db, v.ID, access.From(ctx).Person)
	if err != nil {
		return err
	}
	if m.State == Active || m.State == Requested {
		return web.SeeOther(w, r, v.Path(), "")
	}
	return web.Render(w, r, joinPage(v))
}

func (s *Service) join(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.joinView(r, f)
	if err == nil {
		err = visible(access.From(r.Context()), v.Programme)
	}
	if err != nil {
		return err
	}
	j := readJoining(f, v.Choices)
	if f.Any() {
		return web.RenderInvalid(w, r, joinPage(v))
	}
	state, err := s.Join(r.Context(), v.Slug, j)
	switch {
	case f.Take(err):
		return web.RenderInvalid(w, r, joinPage(v))
	case err != nil:
		return err
	case state == Requested:
		return web.SeeOther(w, r, v.Path(), "programme.join.requested")
	}
	return web.SeeOther(w, r, v.Path(), "programme.join.joined")
}

func (s *Service) showLeave(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.seen(r)
	if err != nil {
		return err
	}
	m, err := membership(ctx, s.db, p.ID, access.From(ctx).Person)
	if err != nil {
		return err
	}
	if m.State != Active && m.State != Requested {
		return web.SeeOther(w, r, p.Path(), "")
	}
	return web.Render(w, r, leavePage(p, m))
}

func (s *Service) leave(w http.ResponseWriter, r *http.Request) error {
	if err := s.Leave(r.Context(), r.PathValue("programme")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/programy/"+r.PathValue("programme"), "programme.left")
}

// Answering an invitation.

// invitedView is the page of the invitations to the actor's address. It also
// shows a draft to somebody who is invited into its team, and to nobody else.
func (s *Service) invitedView(r *http.Request, f *form.Form) (joinView, error) {
	ctx := r.Context()
	v, err := s.joinView(r, f)
	if err != nil {
		return v, err
	}
	person, err := people.ByID(ctx, s.db, access.From(ctx).Person)
	if err != nil {
		return v, err
	}
	v.Invitations, err = invitationsTo(ctx, s.db, v.ID, person.Email)
	if err != nil {
		return v, err
	}
	if len(v.Invitations) == 0 {
		err = visible(access.From(ctx), v.Programme)
	}
	return v, err
}

func (s *Service) showInvitation(w http.ResponseWriter, r *http.Request) error {
	f, err := s.prefilled(r.Context())
	if err != nil {
		return err
	}
	v, err := s.invitedView(r, f)
	if err != nil {
		return err
	}
	return web.Render(w, r, invitationPage(v))
}

func (s *Service) accept(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id, err := rowID(r, "invitation")
	if err != nil {
		return err
	}
	v, err := s.invitedView(r, f)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(v.Invitations, func(i Invitation) bool { return i.ID == id })
	if i < 0 {
		return fault.NotFound("invitation")
	}
	var j Joining
	if v.Invitations[i].Role == "" {
		if j = readJoining(f, v.Choices); f.Any() {
			return web.RenderInvalid(w, r, invitationPage(v))
		}
	}
	renew, err := s.Accept(r.Context(), v.Slug, id, j)
	if f.Take(err) {
		return web.RenderInvalid(w, r, invitationPage(v))
	}
	if err != nil {
		return err
	}
	if renew {
		if err := s.people.Renew(w, r); err != nil {
			return err
		}
	}
	return web.SeeOther(w, r, v.Path(), "programme.invitation.accepted")
}

func (s *Service) decline(w http.ResponseWriter, r *http.Request) error {
	id, err := rowID(r, "invitation")
	if err != nil {
		return err
	}
	if err := s.Decline(r.Context(), r.PathValue("programme"), id); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/konto", "programme.invitation.declined")
}

// The manager's list of members.

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
	v := membersView{editView: e, Page: q.Page("strona"), ListPath: filtered(r, "stan", "sektor", "gmina", "szukaj"), Filter: memberFilter{
		State: Active, Sector: q.Get("sektor"), Municipality: q.Get("gmina"), Text: strings.TrimSpace(q.Get("szukaj"))}}
	if slices.Contains(memberStates, q.Get("stan")) {
		v.Filter.State = MemberState(q.Get("stan"))
	}
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
	return web.Render(w, r, membersPage(v))
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

// Team.

type teamView struct {
	editView
	Team        []TeamRow
	Invitations []Invitation
	Contact     *form.Form
	Managers    []ui.Option
}

func (s *Service) teamView(r *http.Request) (teamView, error) {
	ctx := r.Context()
	e, err := s.editing(r, "zespol")
	if err != nil {
		return teamView{}, err
	}
	v := teamView{editView: e, Contact: contactForm(e.Programme)}
	v.Form = form.New()
	if v.Team, err = teamOf(ctx, s.db, v.ID); err != nil {
		return v, err
	}
	for _, t := range v.Team {
		if t.Role == access.Manager {
			v.Managers = append(v.Managers, ui.Option{Value: string(t.Person), Label: t.Name})
		}
	}
	v.Invitations, err = openInvitations(ctx, s.db, v.ID)
	v.Invitations = slices.DeleteFunc(v.Invitations, func(i Invitation) bool { return i.Role == "" })
	return v, err
}

func contactForm(p Programme) *form.Form {
	return form.New().Set("manager", string(p.Manager)).Set("contact_email", p.ContactEmail).Set("contact_phone", p.ContactPhone)
}

func (s *Service) showTeam(w http.ResponseWriter, r *http.Request) error {
	v, err := s.teamView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, teamPage(v))
}

func (s *Service) give(w http.ResponseWriter, r *http.Request) error {
	v, err := s.teamView(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	email, role := v.Form.Required("email", 254), v.Form.Choice("role", roleWords()...)
	if !v.Form.Any() {
		given, err := s.Give(r.Context(), v.Slug, email, access.Role(role))
		if err == nil {
			return s.given(w, r, v, email, given)
		}
		if !v.Form.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, teamPage(v))
}

// given sends the browser on; who took a role upon themselves gets a session of
// staff at once.
func (s *Service) given(w http.ResponseWriter, r *http.Request, v teamView, email string, given Given) error {
	ctx := r.Context()
	if given == GivenAtOnce {
		person, err := people.ByEmail(ctx, s.db, email)
		if err != nil {
			return err
		}
		if person.ID == access.From(ctx).Person {
			if err := s.people.Renew(w, r); err != nil {
				return err
			}
		}
	}
	return web.SeeOther(w, r, v.Action("zespol"), "programme.team."+string(given))
}

func roleWords() []string {
	words := make([]string, len(access.ProgrammeRoles))
	for i, role := range access.ProgrammeRoles {
		words[i] = string(role)
	}
	return words
}

func (s *Service) saveContact(w http.ResponseWriter, r *http.Request) error {
	v, err := s.teamView(r)
	if err != nil {
		return err
	}
	if v.Contact, err = web.ReadForm(r); err != nil {
		return err
	}
	f := v.Contact
	manager := store.ID(f.Choice("manager", values(v.Managers)...))
	email, phone := f.Text("contact_email", 254), f.Text("contact_phone", 40)
	if f.Any() {
		return web.RenderInvalid(w, r, teamPage(v))
	}
	_, err = s.SaveContact(r.Context(), v.Slug, f.Version(), manager, email, phone)
	yours := v.editView
	yours.Form = f
	return s.outcome(w, r, &yours, err, v.Action("zespol"), "programme.saved",
		[]label{{Field: "contact_email", Key: "programme.contact.email"}, {Field: "contact_phone", Key: "programme.contact.phone"}},
		func() (*form.Form, error) { return contactForm(v.Programme), nil },
		func() templ.Component { v.Conflict = yours.Conflict; return teamPage(v) })
}

// oneRole finds the role of the address in the team.
func (s *Service) oneRole(r *http.Request) (teamView, TeamRow, error) {
	v, err := s.teamView(r)
	if err != nil {
		return v, TeamRow{}, err
	}
	for _, t := range v.Team {
		if string(t.Person) == r.PathValue("person") && string(t.Role) == r.PathValue("role") {
			return v, t, nil
		}
	}
	return v, TeamRow{}, fault.NotFound("role")
}

func (s *Service) confirmTake(w http.ResponseWriter, r *http.Request) error {
	v, t, err := s.oneRole(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	return web.Render(w, r, confirmPage(confirmView{editView: v.editView,
		Title:        lang.T(ctx, "programme.team.take", "Name", t.Name, "Role", roleName(ctx, t.Role)),
		Consequences: []string{lang.T(ctx, "programme.team.take_rights"), lang.T(ctx, "programme.team.take_sessions")},
		Action:       v.Action("zespol/" + string(t.Person) + "/" + string(t.Role) + "/odbierz"), Back: v.Action("zespol")}))
}

func (s *Service) take(w http.ResponseWriter, r *http.Request) error {
	v, t, err := s.oneRole(r)
	if err != nil {
		return err
	}
	if err := s.Take(r.Context(), v.Slug, t.Person, t.Role); err != nil {
		return err
	}
	if t.Person != access.From(r.Context()).Person {
		return web.SeeOther(w, r, v.Action("zespol"), "programme.team.taken")
	}
	if err := s.people.Renew(w, r); err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Path(), "programme.team.taken")
}
