package event

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// speakersView is where an editor says who is announced.
type speakersView struct {
	Event    Event
	Speakers []Speaker
	Form     *form.Form
	Speaker  store.ID // that is changed, "" for a new one
	New      store.ID
	Version  int
	Conflict bool
	Nav      []ui.Link
}

func (s *Service) speakers(ctx context.Context, e Event) (speakersView, error) {
	v := speakersView{Event: e, New: store.NewID(), Version: e.Version, Form: speakerForm(Speaker{Role: Trainer}), Nav: s.links(ctx, e, "/prowadzacy")}
	var err error
	v.Speakers, err = Speakers(ctx, s.db, e.ID)
	return v, err
}

func (s *Service) showSpeakers(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	v, err := s.speakers(r.Context(), e)
	if err != nil {
		return err
	}
	return web.Render(w, r, speakersPage(v))
}

func (s *Service) addSpeaker(w http.ResponseWriter, r *http.Request) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	id, err := store.ParseID(f.Get("id"))
	if err != nil {
		return fault.Invalid("fault.unreadable")
	}
	return s.putSpeaker(w, r, e, f, id, true)
}

func (s *Service) editSpeaker(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	v, err := s.speakers(r.Context(), e)
	if err != nil {
		return err
	}
	speaker, ok := named(v.Speakers, store.ID(r.PathValue("speaker")))
	if !ok {
		return fault.NotFound("speaker")
	}
	v.Speaker, v.Form = speaker.ID, speakerForm(speaker)
	return web.Render(w, r, speakerPage(v))
}

func (s *Service) saveSpeaker(w http.ResponseWriter, r *http.Request) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	v, err := s.speakers(r.Context(), e)
	if err != nil {
		return err
	}
	id := store.ID(r.PathValue("speaker"))
	if _, ok := named(v.Speakers, id); !ok {
		return fault.NotFound("speaker")
	}
	return s.putSpeaker(w, r, e, f, id, false)
}

func (s *Service) putSpeaker(w http.ResponseWriter, r *http.Request, e Event, f *form.Form, id store.ID, fresh bool) error {
	ctx := r.Context()
	speaker := speakerIn(f)
	speaker.ID = id
	status := http.StatusUnprocessableEntity
	if !f.Any() {
		after, err := s.PutSpeaker(ctx, e.Programme, e.ID, f.Version(), speaker)
		switch {
		case err == nil:
			return web.SeeOther(w, r, after.Path()+"/prowadzacy", "event.flash.speaker")
		case fault.Is(err, fault.KindConflict):
			status = http.StatusConflict
		case !f.Take(err):
			return err
		}
	}
	e, err := ByID(ctx, s.db, e.Programme, e.ID)
	if err != nil {
		return err
	}
	v, err := s.speakers(ctx, e)
	if err != nil {
		return err
	}
	v.Form = f
	if v.Conflict = status == http.StatusConflict; !v.Conflict {
		v.Version = f.Version()
	}
	if fresh {
		v.New = id
		return web.RenderStatus(w, r, status, speakersPage(v))
	}
	v.Speaker = id
	return web.RenderStatus(w, r, status, speakerPage(v))
}

func (s *Service) raiseSpeaker(w http.ResponseWriter, r *http.Request) error {
	return s.actOn("speaker", "event_speaker", s.RaiseSpeaker, "/prowadzacy", "event.flash.speaker")(w, r)
}

func (s *Service) removeSpeaker(w http.ResponseWriter, r *http.Request) error {
	return s.actOn("speaker", "event_speaker", s.RemoveSpeaker, "/prowadzacy", "event.flash.speaker_removed")(w, r)
}
