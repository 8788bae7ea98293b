package workshop

import (
	"net/http"
	"time"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/paper"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// screenView is the wall.
type screenView struct {
	Workshop Workshop
	Address  string // to be typed
	Code     paper.Code
	Current  *Activity
	Phase    Phase
	Now      time.Time
	Version  int64
	People   int // who joined
	Answered int
	Result   templ.Component // nil: not revealed
}

func (s *Service) showScreen(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	room, agenda, err := s.entered(r)
	if err != nil {
		return err
	}
	v := screenView{Workshop: room, Address: s.Site.URL("/kod"), Now: s.db.Now(), Version: room.Revision + room.Seq}
	if v.Code, err = paper.QR(s.Site.URL(room.Door())); err != nil {
		return err
	}
	if v.People, err = s.people(r, room.ID); err != nil {
		return err
	}
	if a, err := find(agenda, room.Current); err == nil {
		v.Current, v.Phase = &a, a.At(v.Now)
		v.Result, err = s.rendered(ctx, room, agenda, a, func(state activity.State) (templ.Component, error) {
			v.Answered = state.People()
			if !a.Revealed {
				return nil, nil
			}
			return state.Screen(activity.View{Task: a.task(room), Open: v.Phase == Running, Revealed: true}), nil
		})
		if err != nil {
			return err
		}
	}
	return web.Render(w, r, screenPage(v))
}

func (s *Service) people(r *http.Request, workshop store.ID) (int, error) {
	return store.One[int](r.Context(), s.db, `SELECT count(*) FROM workshop_participant WHERE workshop = $1`, workshop)
}
