package group

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/api"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// What the API tells of a group: what everybody reads on its page.
type (
	toldGroup struct {
		ID          string `json:"id"`
		Slug        string `json:"slug"`
		Programme   string `json:"programme" doc:"Slug of the programme."`
		Name        string `json:"name"`
		State       string `json:"state" enum:"forming,working,closed"`
		AppointedBy string `json:"appointed_by"`
		Appointer   string `json:"appointer,omitempty" doc:"Name of the organisation that appointed it."`
		Starts      string `json:"starts" format:"date"`
		Ends        string `json:"ends,omitempty" format:"date" doc:"The last day."`
		Asking      bool   `json:"asking" doc:"People may ask to join."`
		URL         string `json:"url"`
	}
	toldPage struct {
		toldGroup
		Purpose  string        `json:"purpose" doc:"Markdown."`
		HTML     string        `json:"html" doc:"The purpose as safe HTML."`
		Reason   string        `json:"reason,omitempty" doc:"Why it was closed."`
		Outcome  string        `json:"outcome,omitempty" doc:"Markdown."`
		Members  []toldMember  `json:"members" doc:"Without those who sit there for themselves and are not named."`
		Meetings []toldMeeting `json:"meetings"`
	}
	toldMember struct {
		Name         string `json:"name,omitempty" doc:"Of those who have chosen to be named."`
		Organisation string `json:"organisation,omitempty"`
		Sector       string `json:"sector"`
		Role         string `json:"role" enum:"chair,secretary,member,observer"`
		Since        string `json:"since" format:"date"`
	}
	toldMeeting struct {
		Title     string    `json:"title"`
		Starts    time.Time `json:"starts"`
		Ends      time.Time `json:"ends"`
		Cancelled bool      `json:"cancelled"`
		URL       string    `json:"url"`
	}
)

type listInput struct {
	api.Paging
	Programme string `path:"programme" maxLength:"100" doc:"Slug of the programme."`
}

type oneInput struct {
	Programme string `path:"programme" maxLength:"100" doc:"Slug of the programme."`
	Group     string `path:"group" maxLength:"200" doc:"Slug of the group."`
}

// AddTo lets programs read what the pages of groups show.
func (s *Service) AddTo(a *api.API) {
	api.List(a, api.Read{Path: "/programmes/{programme}/groups", ID: "list-groups", Summary: "Working groups of a programme: those at work first",
		Told: "event.group.api.list", Tag: "groups", Need: access.Anyone}, s.apiList)
	api.Get(a, api.Read{Path: "/programmes/{programme}/groups/{group}", ID: "get-group", Summary: "One working group with its members and meetings",
		Told: "event.group.api.one", Tag: "groups", Need: access.Anyone}, s.apiOne)
}

func (s *Service) apiList(ctx context.Context, in *listInput) ([]toldGroup, int, error) {
	p, err := programme.BySlug(ctx, s.db, in.Programme)
	if err == nil && p.State == programme.Draft && !access.From(ctx).May(event.Preview, string(p.ID)) {
		err = fault.NotFound("programme")
	}
	if err != nil {
		return nil, 0, err
	}
	all, err := ofProgramme(ctx, s.db, p.ID)
	var told []toldGroup
	for i, g := range all {
		if i >= in.Offset() && i < in.Offset()+in.Limit() {
			told = append(told, s.told(g))
		}
	}
	return told, len(all), err
}

func (s *Service) told(g Group) toldGroup {
	return toldGroup{ID: string(g.ID), Slug: g.Slug, Programme: g.ProgrammeSlug, Name: g.Name, State: string(g.State), AppointedBy: g.AppointedBy,
		Appointer: g.AppointerName, Starts: day(g.StartsAt.Time), Ends: day(g.LastDay()), Asking: g.Asking, URL: s.Site.URL(g.Path())}
}

func (s *Service) apiOne(ctx context.Context, in *oneInput) (toldPage, error) {
	g, err := Find(ctx, s.db, in.Programme, in.Group)
	if err != nil {
		return toldPage{}, err
	}
	t := toldPage{toldGroup: s.told(g), Purpose: g.Purpose, HTML: markdown.HTML(g.Purpose), Reason: g.Reason, Outcome: g.Outcome}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		sitting, err := members(ctx, tx, g.ID, Active)
		if err != nil {
			return err
		}
		for _, m := range compose(sitting, false).Rows {
			t.Members = append(t.Members, toldMember{m.Name, m.OrganisationName, string(m.Sector), string(m.Role), day(m.FromAt.Time)})
		}
		held, err := meetings(ctx, tx, g.ID)
		for _, m := range held {
			if !m.Draft() {
				t.Meetings = append(t.Meetings, toldMeeting{m.Title, m.StartsAt.Time, m.EndsAt.Time, !m.CancelledAt.IsZero(), s.Site.URL(m.Path)})
			}
		}
		return err
	})
	t.Members, t.Meetings = api.Some(t.Members), api.Some(t.Meetings)
	return t, err
}

// day is a date in Warsaw, "" for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(lang.Warsaw).Format(time.DateOnly)
}
