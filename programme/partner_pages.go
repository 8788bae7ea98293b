package programme

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/blob/upload"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

type partnersView struct {
	editView
	Partners []Partner
	Logos    []Logo
	Choices  []ui.Option // organisations that are not partners yet
	Owners   []ui.Option // for administrators
	Funder   *form.Form
	Owner    *form.Form
	Logo     *form.Form
}

func (s *Service) partnersView(r *http.Request) (partnersView, error) {
	ctx := r.Context()
	e, err := s.editing(r, "partnerzy")
	if err != nil {
		return partnersView{}, err
	}
	v := partnersView{editView: e, Logo: form.New()}
	v.Form = form.New()
	v.Funder = form.New().Set("funder", v.Programme.Funder).Set("project_number", v.ProjectNumber)
	v.Owner = form.New().Set("owner", string(v.Programme.Owner))
	if v.Partners, err = partnersOf(ctx, s.db, v.Programme); err != nil {
		return v, err
	}
	if v.Logos, err = logosOf(ctx, s.db, v.ID); err != nil {
		return v, err
	}
	all, err := organisation.Choices(ctx, s.db)
	if err != nil {
		return v, err
	}
	if access.From(ctx).Is(access.Administrator, "") {
		v.Owners = organisationOptions(all)
	}
	v.Choices = organisationOptions(slices.DeleteFunc(all, func(o organisation.Organisation) bool {
		return slices.ContainsFunc(v.Partners, func(p Partner) bool { return p.Organisation == o.ID })
	}))
	return v, nil
}

func (s *Service) showPartners(w http.ResponseWriter, r *http.Request) error {
	v, err := s.partnersView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, partnersPage(v))
}

func (s *Service) addPartner(w http.ResponseWriter, r *http.Request) error {
	v, err := s.partnersView(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	chosen, address := store.ID(v.Form.Choice("organisation", values(v.Choices)...)), v.Form.Text("url", 500)
	if !v.Form.Any() {
		if err = s.AddPartner(r.Context(), v.Slug, chosen, address); err == nil {
			return web.SeeOther(w, r, v.Action("partnerzy"), "programme.partner.added")
		}
		if !v.Form.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, partnersPage(v))
}

func (s *Service) saveFunder(w http.ResponseWriter, r *http.Request) error {
	v, err := s.partnersView(r)
	if err != nil {
		return err
	}
	if v.Funder, err = web.ReadForm(r); err != nil {
		return err
	}
	funder, number := v.Funder.Text("funder", longestTitle), v.Funder.Text("project_number", 100)
	if v.Funder.Any() {
		return web.RenderInvalid(w, r, partnersPage(v))
	}
	_, err = s.SaveFunder(r.Context(), v.Slug, v.Funder.Version(), funder, number)
	yours := v.editView
	yours.Form = v.Funder
	return s.outcome(w, r, &yours, err, v.Action("partnerzy"), "programme.saved",
		[]label{{Field: "funder", Key: "programme.funder.name"}, {Field: "project_number", Key: "programme.funder.number"}},
		func() (*form.Form, error) {
			return form.New().Set("funder", v.Programme.Funder).Set("project_number", v.ProjectNumber), nil
		},
		func() templ.Component { v.Conflict = yours.Conflict; return partnersPage(v) })
}

func (s *Service) saveOwner(w http.ResponseWriter, r *http.Request) error {
	v, err := s.partnersView(r)
	if err != nil {
		return err
	}
	if v.Owner, err = web.ReadForm(r); err != nil {
		return err
	}
	owner := store.ID(v.Owner.Choice("owner", values(v.Owners)...))
	if v.Owner.Any() {
		return web.RenderInvalid(w, r, partnersPage(v))
	}
	_, err = s.SaveOwner(r.Context(), v.Slug, v.Owner.Version(), owner)
	if fault.Is(err, fault.KindConflict) {
		return s.ownerMeanwhile(w, r, v)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Action("partnerzy"), "programme.saved")
}

// ownerMeanwhile shows the page again with the owner that was chosen, and with
// who changed the programme since it was opened.
func (s *Service) ownerMeanwhile(w http.ResponseWriter, r *http.Request, v partnersView) error {
	v.Conflict = &ui.Conflict{Again: true}
	if err := s.addWho(r.Context(), &v.editView); err != nil {
		return err
	}
	return web.RenderStatus(w, r, http.StatusConflict, partnersPage(v))
}

func (s *Service) addLogo(w http.ResponseWriter, r *http.Request) error {
	v, err := s.partnersView(r)
	if err != nil {
		return err
	}
	if v.Logo, err = web.ReadForm(r); err != nil {
		return err
	}
	alt := v.Logo.Required("alt", longestTitle)
	drawing, err := readLogo(r.Context(), v.Logo)
	if err != nil {
		return err
	}
	if v.Logo.Any() {
		return web.RenderInvalid(w, r, partnersPage(v))
	}
	if _, err := s.AddLogo(r.Context(), v.Slug, alt, drawing); err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Action("partnerzy"), "programme.logo.added")
}

// readLogo looks at the picture; what is wrong with it stands beside the field.
func readLogo(ctx context.Context, f *form.Form) (*upload.Drawing, error) {
	header := f.File("logo")
	if header == nil {
		f.Add("logo", "form.required")
		return nil, nil
	}
	file, err := header.Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	drawing, err := upload.Picture(ctx, file, header.Filename, upload.Largest)
	if refusal := fault.Of(err); refusal != nil {
		f.Add("logo", refusal.Key, refusal.Args...)
		return nil, nil
	}
	return drawing, err
}

// ownersFor lists the organisations for which the actor may begin a programme.
func (s *Service) ownersFor(ctx context.Context, actor *access.Actor) ([]organisation.Organisation, error) {
	if actor.Is(access.Administrator, "") {
		return organisation.Choices(ctx, s.db)
	}
	own, err := organisation.OfPerson(ctx, s.db, actor.Person)
	return slices.DeleteFunc(own, func(o organisation.Organisation) bool {
		return o.VerifiedAt.IsZero() || !actor.Is(access.Representative, string(o.ID))
	}), err
}

func organisationOptions(all []organisation.Organisation) []ui.Option {
	options := make([]ui.Option, len(all))
	for i, o := range all {
		options[i] = ui.Option{Value: string(o.ID), Label: o.Name}
	}
	return options
}
