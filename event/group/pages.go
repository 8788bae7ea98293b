package group

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

const (
	list = "/programy/{programme}/zespoly"
	one  = list + "/{group}"
)

// Routes are the pages of working groups.
//
// A resident comes from the programme or from the search and wants to know who
// decides what: they read the mandate, who sits for whom, when the group meets,
// what its minutes say and what it still has to do, and ask to join where that is
// allowed. A member comes from a letter, accepts, later leaves or changes whether
// their name is shown. The chair answers requests, invites, calls a meeting. The
// manager founds the group, lets it begin, and closes it with what it has left.
func (s *Service) Routes() []web.Route {
	routes := append(export.Routes(list, access.Anyone, s.groupTable), export.Routes(one+"/sklad", Manage, s.memberTable)...)
	return append(routes, []web.Route{
		{Pattern: "GET " + list, Need: access.Anyone, Handle: s.showList},
		{Pattern: "GET " + list + "/nowy", Need: Manage, Handle: s.askFound},
		{Pattern: "POST " + list + "/nowy", Need: Manage, Handle: s.found},
		{Pattern: "GET " + one, Need: access.Anyone, Handle: s.showGroup},
		{Pattern: "GET " + one + "/edycja", Need: Manage, Handle: s.askRevise},
		{Pattern: "POST " + one + "/edycja", Need: Manage, Handle: s.revise},
		{Pattern: "POST " + one + "/rozpoczecie", Need: Manage, Handle: s.state(s.Begin, "event.group.flash.begun")},
		{Pattern: "POST " + one + "/wznowienie", Need: Manage, Handle: s.state(s.Reopen, "event.group.flash.reopened")},
		{Pattern: "GET " + one + "/zamkniecie", Need: Manage, Handle: s.askClose},
		{Pattern: "POST " + one + "/zamkniecie", Need: Manage, Handle: s.close},

		{Pattern: "GET " + one + "/zaproszenie", Need: access.SignedIn, Handle: s.showInvitation},
		{Pattern: "POST " + one + "/zaproszenie/{invitation}/zgoda", Need: access.SignedIn, Handle: s.accept},
		{Pattern: "POST " + one + "/zaproszenie/{invitation}/odmowa", Need: access.SignedIn, Handle: s.decline, Always: true},
		{Pattern: "GET " + one + "/prosba", Need: access.SignedIn, Handle: s.showAsk},
		{Pattern: "POST " + one + "/prosba", Need: access.SignedIn, Handle: s.ask},
		{Pattern: "GET " + one + "/odejscie", Need: access.SignedIn, Handle: s.askLeave},
		{Pattern: "POST " + one + "/odejscie", Need: access.SignedIn, Handle: s.leave, Always: true},
		{Pattern: "POST " + one + "/nazwisko", Need: access.SignedIn, Handle: s.name, Always: true},

		{Pattern: "GET " + one + "/sklad", Need: access.SignedIn, Handle: s.showMembers},
		{Pattern: "POST " + one + "/sklad/zaproszenia", Need: access.SignedIn, Handle: s.inviteAll},
		{Pattern: "POST " + one + "/sklad/zaproszenia/{invitation}/cofniecie", Need: access.SignedIn, Handle: s.takeBack},
		{Pattern: "GET " + one + "/sklad/{member}", Need: access.SignedIn, Handle: s.showMember},
		{Pattern: "POST " + one + "/sklad/{member}/przyjecie", Need: access.SignedIn, Handle: s.admit},
		{Pattern: "POST " + one + "/sklad/{member}/odmowa", Need: access.SignedIn, Handle: s.refuse},
		{Pattern: "POST " + one + "/sklad/{member}/rola", Need: access.SignedIn, Handle: s.giveRole},
		{Pattern: "POST " + one + "/sklad/{member}/koniec", Need: access.SignedIn, Handle: s.end},
		{Pattern: "GET " + one + "/spotkanie", Need: access.SignedIn, Handle: s.askMeet},
		{Pattern: "POST " + one + "/spotkanie", Need: access.SignedIn, Handle: s.meet},
	}...)
}

func (s *Service) groupOf(r *http.Request) (Group, error) {
	return Find(r.Context(), s.db, r.PathValue("programme"), r.PathValue("group"))
}

func (s *Service) posted(r *http.Request) (Group, *form.Form, error) {
	g, err := s.groupOf(r)
	if err != nil {
		return g, nil, err
	}
	f, err := web.ReadForm(r)
	return g, f, err
}

func (s *Service) programmeOf(r *http.Request) (programme.Programme, error) {
	p, err := programme.BySlug(r.Context(), s.db, r.PathValue("programme"))
	if err == nil && p.State == programme.Draft && !access.From(r.Context()).May(event.Preview, string(p.ID)) {
		err = fault.NotFound("programme")
	}
	return p, err
}

// listed is a group with what a list says of its people.
type listed struct {
	Group
	Sitting composition
}

// listView is the groups of a programme.
type listView struct {
	Programme programme.Programme
	Groups    []listed
	MayFound  bool
}

func (s *Service) groups(ctx context.Context, p programme.Programme) ([]listed, error) {
	all, err := ofProgramme(ctx, s.db, p.ID)
	if err != nil {
		return nil, err
	}
	sitting, err := activeOf(ctx, s.db, p.ID)
	rows := make([]listed, len(all))
	for i, g := range all {
		rows[i] = listed{g, compose(sitting[g.ID], false)}
	}
	return rows, err
}

func (s *Service) showList(w http.ResponseWriter, r *http.Request) error {
	p, err := s.programmeOf(r)
	if err != nil {
		return err
	}
	v := listView{Programme: p, MayFound: access.From(r.Context()).May(Manage, string(p.ID)) && p.State != programme.Archived}
	if v.Groups, err = s.groups(r.Context(), p); err != nil {
		return err
	}
	return web.Render(w, r, listPage(v))
}

// groupTable is the list of groups as a download: what everybody may read.
func (s *Service) groupTable(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	p, err := s.programmeOf(r)
	if err != nil {
		return export.Table{}, err
	}
	t := export.Table{Name: lang.T(ctx, "event.group.list.title"), Head: export.Titles(ctx, "event.group.field.name", "event.group.field.state",
		"event.group.field.appointed_by", "event.group.field.appointer", "event.group.field.starts", "event.group.field.ends",
		"event.group.field.members", "event.group.field.outcome")}
	groups, err := s.groups(ctx, p)
	for _, g := range groups {
		n := ""
		if total, known := g.Sitting.total(); known {
			n = lang.Number(ctx, int64(total))
		}
		t.Rows = append(t.Rows, []any{g.Name, g.State.word(ctx), g.AppointedBy, g.AppointerName, export.Day{Time: g.StartsAt.Time},
			export.Day{Time: g.LastDay()}, n, g.Outcome})
	}
	return t, err
}

// groupView is the page of a group as one reader sees it.
type groupView struct {
	Group
	Reader     *access.Actor
	Mine       Member // "" where the reader has no stretch that goes on
	Invitation Invitation
	Runs       bool
	Manages    bool
	Sitting    composition
	Presided   bool
	Coming     []Meeting
	Held       []Meeting
	Tasks      []Task
	Past       []Member // that the reader may read of
	Thread     templ.Component
}

// inside reports whether the reader reads all names: who sits in the group and
// who runs it or the programme.
func (v groupView) inside() bool { return v.Runs || v.Mine.State == Active }

func (s *Service) showGroup(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	g, err := s.groupOf(r)
	if err != nil {
		return err
	}
	v, err := s.view(ctx, g)
	if err != nil {
		return err
	}
	if s.Trace != nil {
		if v.Thread, err = s.Trace.Block(ctx, trace.Ref{Kind: found, ID: g.ID}); err != nil {
			return err
		}
	}
	return web.Render(w, r, groupPage(v))
}

func (s *Service) view(ctx context.Context, g Group) (groupView, error) {
	v := groupView{Group: g, Reader: access.From(ctx)}
	v.Manages = v.Reader.May(Manage, string(g.Programme))
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		if err := v.own(ctx, tx); err != nil {
			return err
		}
		sitting, err := members(ctx, tx, g.ID, Active)
		if err != nil {
			return err
		}
		v.Sitting = compose(sitting, v.inside())
		if v.Presided, err = hasChair(ctx, tx, g.ID); err != nil {
			return err
		}
		gone, err := past(ctx, tx, g.ID)
		if err != nil {
			return err
		}
		for _, m := range gone {
			if v.inside() || m.Public() {
				v.Past = append(v.Past, m)
			}
		}
		return s.work(ctx, tx, &v)
	})
	return v, err
}

// own reads where the reader stands.
func (v *groupView) own(ctx context.Context, r store.Reader) (err error) {
	if !v.Reader.SignedIn() {
		return nil
	}
	if v.Runs, err = runs(ctx, r, v.Group); err != nil {
		return err
	}
	if v.Mine, err = liveOf(ctx, r, v.Group.ID, v.Reader.Person); err != nil && !fault.Is(err, fault.KindNotFound) {
		return err
	}
	if v.Invitation, err = invitationTo(ctx, r, v.Group.ID, v.Reader.Person); fault.Is(err, fault.KindNotFound) {
		err = nil
	}
	return err
}

// work reads when the group meets, what the minutes say and what is to be done.
func (s *Service) work(ctx context.Context, r store.Reader, v *groupView) error {
	all, err := meetings(ctx, r, v.Group.ID)
	if err != nil {
		return err
	}
	var ids []store.ID
	for _, m := range all {
		if !m.Draft() {
			ids = append(ids, m.ID)
		}
	}
	written := map[store.ID]string{}
	if s.Records != nil && len(ids) > 0 {
		if written, err = s.Records.Minutes(ctx, r, ids); err != nil {
			return err
		}
		if v.Tasks, err = s.Records.Tasks(ctx, r, v.Programme, ids); err != nil {
			return err
		}
	}
	for _, m := range all {
		m.Minutes = written[m.ID]
		switch {
		case m.Draft() && !v.Runs:
		case m.EndsAt.After(r.Now()):
			v.Coming = append([]Meeting{m}, v.Coming...) // the nearest first
		default:
			v.Held = append(v.Held, m)
		}
	}
	return nil
}

// ProgrammeBlock shows on the page of a programme which groups work in it.
func (s *Service) ProgrammeBlock() programme.Block {
	return programme.Block{Show: func(ctx context.Context, p programme.Programme) (templ.Component, error) {
		return s.block(ctx, p, true)
	}}
}

// EventsBlock leads from the events of a programme to the groups that meet.
func (s *Service) EventsBlock(ctx context.Context, p programme.Programme) (templ.Component, error) {
	return s.block(ctx, p, false)
}

func (s *Service) block(ctx context.Context, p programme.Programme, first bool) (templ.Component, error) {
	all, err := ofProgramme(ctx, s.db, p.ID)
	if err != nil || len(all) == 0 && !(first && access.From(ctx).May(Manage, string(p.ID)) && p.State != programme.Archived) {
		return nil, err
	}
	return blockOf(p, all), nil
}

// Part says on the page of a meeting whose it is.
func (s *Service) Part() event.Part {
	return event.Part{Show: func(ctx context.Context, e event.Event) (templ.Component, error) {
		if e.Kind != event.WorkingGroup {
			return nil, nil
		}
		g, err := ofEvent(ctx, s.db, e.ID)
		if fault.Is(err, fault.KindNotFound) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		return partOfEvent(g, e.State() == event.Draft), nil
	}}
}

// asChoices are for whom the actor may come into a group.
func (s *Service) asChoices(ctx context.Context) ([]ui.Option, error) {
	choices := []ui.Option{{Value: asSelf, Label: lang.T(ctx, "event.group.as.self"), Hint: lang.T(ctx, "event.group.as.self_hint")}}
	own, err := organisation.OfPerson(ctx, s.db, access.From(ctx).Person)
	for _, o := range own {
		choices = append(choices, ui.Option{Value: string(o.ID), Label: lang.T(ctx, "event.group.as.for", "Name", o.Name), Hint: o.Sector.Name(ctx)})
	}
	return choices, err
}

// asSelf stands for "for myself" in forms, where "" would mean no answer.
const asSelf = "self"

func readJoining(f *form.Form, choices []ui.Option) Joining {
	var values []string
	for _, c := range choices {
		values = append(values, c.Value)
	}
	j := Joining{Named: f.Bool("named")}
	if as := f.Choice("as", values...); as != asSelf {
		j.Organisation = store.ID(as)
	}
	return j
}
