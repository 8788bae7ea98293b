package group

import (
	"context"
	"net/http"
	"slices"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// membersView is what those who run a group see of its people.
type membersView struct {
	Group
	Manages     bool
	Presided    bool
	Asked       []Member
	Sitting     []Member
	Past        []Member
	Invitations []Invitation
	Invite      *form.Form
	Refuse      *form.Form // of the request that was refused without a reason
	Refused     store.ID
}

// running returns the group of the address to those who run it.
func (s *Service) runningOf(r *http.Request) (Group, error) {
	g, err := s.groupOf(r)
	if err != nil {
		return g, err
	}
	may, err := runs(r.Context(), s.db, g)
	if err == nil && !may {
		err = fault.Forbidden()
	}
	return g, err
}

func (s *Service) members(r *http.Request) (membersView, error) {
	ctx := r.Context()
	g, err := s.runningOf(r)
	if err != nil {
		return membersView{}, err
	}
	v := membersView{Group: g, Manages: access.From(ctx).May(Manage, string(g.Programme)), Invite: form.New().Set("role", string(Ordinary)), Refuse: form.New()}
	err = s.db.Read(ctx, func(tx *store.Tx) (err error) {
		if v.Asked, err = members(ctx, tx, g.ID, Asked); err != nil {
			return err
		}
		if v.Sitting, err = members(ctx, tx, g.ID, Active); err != nil {
			return err
		}
		if v.Past, err = past(ctx, tx, g.ID); err != nil {
			return err
		}
		if v.Presided, err = hasChair(ctx, tx, g.ID); err != nil {
			return err
		}
		v.Invitations, err = invitations(ctx, tx, g.ID)
		return err
	})
	s.looked(ctx, g, v.Asked, v.Sitting)
	return v, err
}

// looked notes that somebody saw who sits in a group.
func (s *Service) looked(ctx context.Context, g Group, of ...[]Member) {
	if s.Privacy == nil {
		return
	}
	var ids []store.ID
	for _, some := range of {
		for _, m := range some {
			ids = append(ids, m.Person)
		}
	}
	s.Privacy.Looked(ctx, privacy.Look{Page: "working_group", Place: g.ProgrammeSlug, People: ids})
}

func (s *Service) showMembers(w http.ResponseWriter, r *http.Request) error {
	v, err := s.members(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, membersPage(v))
}

// memberTable is the list of members, with those of before, for the programme's
// managers.
func (s *Service) memberTable(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	g, err := s.groupOf(r)
	if err != nil {
		return export.Table{}, err
	}
	t := export.Table{Name: lang.T(ctx, "event.group.table", "Group", g.Name), Head: export.Titles(ctx, "event.group.field.person", "event.group.field.email",
		"event.group.field.as", "event.group.field.sector", "event.group.field.role", "event.group.field.state", "event.group.field.named",
		"event.group.field.from", "event.group.field.until")}
	all, err := members(ctx, s.db, g.ID, Active, Ended)
	for _, m := range all {
		t.Rows = append(t.Rows, []any{m.Name, m.Email, m.OrganisationName, m.Sector.Name(ctx), m.Role.word(ctx), m.State.word(ctx), m.Named,
			export.Day{Time: m.FromAt.Time}, export.Day{Time: m.UntilAt.Time}})
	}
	s.looked(ctx, g, all)
	return t, err
}

func (s *Service) inviteAll(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.members(r)
	if err != nil {
		return err
	}
	roles := make([]string, len(Roles))
	for i, role := range Roles {
		roles[i] = string(role)
	}
	c := Calling{Emails: f.RequiredLines("emails", mostInvited*300), Role: Role(f.Choice("role", roles...)), Words: f.Lines("words", longestWords)}
	if !f.Any() {
		_, err := s.Invite(r.Context(), v.Group.Programme, v.Group.ID, c)
		if err == nil {
			return web.SeeOther(w, r, v.Path()+"/sklad", "event.group.flash.invited")
		}
		if !f.Take(err) {
			return err
		}
	}
	v.Invite = f
	return web.RenderInvalid(w, r, membersPage(v))
}

func (s *Service) takeBack(w http.ResponseWriter, r *http.Request) error {
	g, err := s.groupOf(r)
	if err != nil {
		return err
	}
	if err := s.TakeBack(r.Context(), g.Programme, g.ID, store.ID(r.PathValue("invitation"))); err != nil {
		return err
	}
	return web.SeeOther(w, r, g.Path()+"/sklad", "event.group.flash.uninvited")
}

func (s *Service) admit(w http.ResponseWriter, r *http.Request) error {
	g, f, err := s.posted(r)
	if err != nil {
		return err
	}
	if err := s.Admit(r.Context(), g.Programme, g.ID, store.ID(r.PathValue("member")), f.Version()); err != nil {
		return err
	}
	return web.SeeOther(w, r, g.Path()+"/sklad", "event.group.flash.admitted")
}

func (s *Service) refuse(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.members(r)
	if err != nil {
		return err
	}
	id, reason := store.ID(r.PathValue("member")), f.RequiredLines("reason", longestReason)
	if !slices.ContainsFunc(v.Asked, func(m Member) bool { return m.ID == id }) {
		return fault.NotFound("group member")
	}
	if !f.Any() {
		err := s.Refuse(r.Context(), v.Group.Programme, v.Group.ID, id, f.Version(), reason)
		if err == nil {
			return web.SeeOther(w, r, v.Path()+"/sklad", "event.group.flash.refused")
		}
		if !f.Take(err) {
			return err
		}
	}
	v.Refuse, v.Refused = f, id
	return web.RenderInvalid(w, r, membersPage(v))
}

// memberView is one member before somebody who runs the group.
type memberView struct {
	Group
	Member Member
	Role   *form.Form
	End    *form.Form
}

func (s *Service) member(r *http.Request) (memberView, error) {
	g, err := s.runningOf(r)
	if err != nil {
		return memberView{}, err
	}
	m, err := memberByID(r.Context(), s.db, g.ID, store.ID(r.PathValue("member")))
	if err == nil && m.State != Active {
		err = fault.NotFound("member who sits in the group")
	}
	s.looked(r.Context(), g, []Member{m})
	return memberView{Group: g, Member: m, Role: form.New().Set("role", string(m.Role)), End: form.New()}, err
}

func (s *Service) showMember(w http.ResponseWriter, r *http.Request) error {
	v, err := s.member(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, memberPage(v))
}

func (s *Service) giveRole(w http.ResponseWriter, r *http.Request) error {
	g, f, err := s.posted(r)
	if err != nil {
		return err
	}
	roles := make([]string, len(Roles))
	for i, role := range Roles {
		roles[i] = string(role)
	}
	role := Role(f.Choice("role", roles...))
	if !f.Any() {
		if err := s.GiveRole(r.Context(), g.Programme, g.ID, store.ID(r.PathValue("member")), f.Version(), role); err != nil {
			return err
		}
		return web.SeeOther(w, r, g.Path()+"/sklad", "event.group.flash.role")
	}
	v, err := s.member(r)
	if err != nil {
		return err
	}
	v.Role = f
	return web.RenderInvalid(w, r, memberPage(v))
}

func (s *Service) end(w http.ResponseWriter, r *http.Request) error {
	g, f, err := s.posted(r)
	if err != nil {
		return err
	}
	reason := f.RequiredLines("reason", longestReason)
	if !f.Any() {
		err := s.End(r.Context(), g.Programme, g.ID, store.ID(r.PathValue("member")), f.Version(), reason)
		if err == nil {
			return web.SeeOther(w, r, g.Path()+"/sklad", "event.group.flash.ended")
		}
		if !f.Take(err) {
			return err
		}
	}
	v, err := s.member(r)
	if err != nil {
		return err
	}
	v.End = f
	return web.RenderInvalid(w, r, memberPage(v))
}
