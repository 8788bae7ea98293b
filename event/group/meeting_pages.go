package group

import (
	"net/http"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// meetView is the form of a meeting that is called.
type meetView struct {
	Group
	ID      store.ID
	Sitting int // who will be invited
	Edits   bool
	Form    *form.Form
}

func (s *Service) meeting(r *http.Request, f *form.Form) (meetView, error) {
	ctx := r.Context()
	g, err := s.runningOf(r)
	if err == nil && !g.Live() {
		err = fault.Closed("event.group.closed")
	}
	if err != nil {
		return meetView{}, err
	}
	v := meetView{Group: g, ID: sentID(f), Edits: mayEdit(ctx, g), Form: f}
	v.Sitting, err = store.One[int](ctx, s.db, `SELECT count(*) FROM event_group_member WHERE event_group = $1 AND state = 'active'`, g.ID)
	return v, err
}

func (s *Service) askMeet(w http.ResponseWriter, r *http.Request) error {
	v, err := s.meeting(r, form.New())
	if err != nil {
		return err
	}
	title := lang.T(r.Context(), "event.group.meeting.named", "Group", v.Name)
	if runes := []rune(title); len(runes) > longestName {
		title = string(runes[:longestName])
	}
	v.Form.Set("title", title).Set("minutes", "120").Set("mode", string(event.OnSite))
	return web.Render(w, r, meetPage(v))
}

func (s *Service) meet(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.meeting(r, f)
	if err != nil {
		return err
	}
	modes := make([]string, len(event.Modes))
	for i, m := range event.Modes {
		modes[i] = string(m)
	}
	c := Convocation{ID: v.ID, Title: f.Required("title", longestName), StartsAt: f.RequiredMoment("starts"), Minutes: f.Int("minutes", 1, mostMinutes),
		Mode: event.Mode(f.Choice("mode", modes...)), Agenda: f.Lines("agenda", longestAgenda),
		Place: event.Place{Name: f.Text("place", longestPlace), Address: f.Text("address", longestPlace), Link: f.Text("link", 500),
			Access: f.Lines("access", longestAccess)}}
	if !f.Any() {
		e, err := s.Meet(r.Context(), v.Group.Programme, v.Group.ID, c)
		if err == nil {
			if v.Edits {
				return web.SeeOther(w, r, e.Path(), "event.group.flash.drafted")
			}
			return web.SeeOther(w, r, v.Path(), "event.group.flash.drafted_for_team")
		}
		if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, meetPage(v))
}
