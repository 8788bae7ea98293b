package event

import (
	"context"
	"net/http"
	"slices"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// materialsView is where an editor gives files to an event.
type materialsView struct {
	Event    Event
	Files    []File
	Sessions []Session
	Form     *form.Form
	File     *File // that is changed, nil for a new one
	Version  int
	Nav      []ui.Link
}

func (s *Service) materials(ctx context.Context, e Event) (v materialsView, err error) {
	v = materialsView{Event: e, Form: form.New().Set("when", "now"), Version: e.Version, Nav: s.links(ctx, e, "/materialy")}
	if v.Files, err = filesOf(ctx, s.db, e.ID); err != nil {
		return v, err
	}
	v.Sessions, err = Sessions(ctx, s.db, e.ID)
	return v, err
}

func (s *Service) showMaterials(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	v, err := s.materials(r.Context(), e)
	if err != nil {
		return err
	}
	return web.Render(w, r, materialsPage(v))
}

func (s *Service) addMaterial(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	file, sent := fileIn(f), f.File("file")
	f.Check(sent != nil, "file", "event.file.missing")
	if !f.Any() {
		after, err := s.Attach(ctx, e.Programme, e.ID, f.Version(), file, sent)
		if err == nil {
			return web.SeeOther(w, r, after.Path()+"/materialy", "event.flash.material")
		}
		if refusal := fault.Of(err); refusal != nil && len(refusal.Fields) == 0 && refusal.Kind != fault.KindConflict {
			f.Add("file", refusal.Key, refusal.Args...)
		} else if !f.Take(err) {
			return err
		}
	}
	v, err := s.materials(ctx, e)
	if err != nil {
		return err
	}
	v.Form = f
	return web.RenderInvalid(w, r, materialsPage(v))
}

// material reads one material of the event for the page that changes it.
func (s *Service) material(r *http.Request, e Event) (materialsView, error) {
	v, err := s.materials(r.Context(), e)
	if err != nil {
		return v, err
	}
	i := slices.IndexFunc(v.Files, func(f File) bool { return string(f.ID) == r.PathValue("file") })
	if i < 0 {
		return v, fault.NotFound("material")
	}
	v.File, v.Form = &v.Files[i], fileForm(v.Files[i])
	return v, nil
}

func (s *Service) editMaterial(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Of(r)
	if err != nil {
		return err
	}
	v, err := s.material(r, e)
	if err != nil {
		return err
	}
	return web.Render(w, r, materialPage(v))
}

func (s *Service) saveMaterial(w http.ResponseWriter, r *http.Request) error {
	e, f, err := s.posted(r)
	if err != nil {
		return err
	}
	v, err := s.material(r, e)
	if err != nil {
		return err
	}
	file := fileIn(f)
	file.ID = v.File.ID
	if !f.Any() {
		after, err := s.ReviseFile(r.Context(), e.Programme, e.ID, f.Version(), file)
		if err == nil {
			return web.SeeOther(w, r, after.Path()+"/materialy", "event.flash.saved")
		}
		if !f.Take(err) {
			return err
		}
	}
	v.Form, v.Version = f, f.Version()
	return web.RenderInvalid(w, r, materialPage(v))
}

func (s *Service) removeMaterial(w http.ResponseWriter, r *http.Request) error {
	return s.actOn("file", "event_file", s.Detach, "/materialy", "event.flash.material_removed")(w, r)
}

func (v materialsView) sessionOptions(ctx context.Context) []ui.Option {
	all := []ui.Option{{Label: lang.T(ctx, "event.file.whole")}}
	for _, day := range ByDay(v.Sessions) {
		for _, s := range day.Sessions {
			all = append(all, ui.Option{Value: string(s.ID), Label: lang.Clock(s.StartsAt.Time) + " " + s.Title, Group: lang.Day(ctx, day.Date)})
		}
	}
	return all
}

// about says what a material belongs to and when everybody sees it.
func (v materialsView) about(ctx context.Context, f File) string {
	of := lang.T(ctx, "event.file.whole")
	if i := slices.IndexFunc(v.Sessions, func(s Session) bool { return s.ID == f.Session }); i >= 0 {
		of = v.Sessions[i].Title
	}
	if at := f.ShownFrom(v.Event, v.Sessions); !at.IsZero() {
		return of + "; " + lang.T(ctx, "event.file.from", "When", lang.DateTime(ctx, at))
	}
	return of
}

func filePath(e Event, id store.ID) string { return e.Path() + "/materialy/" + string(id) }
