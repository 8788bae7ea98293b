package organisation

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// member is a mandate with the name of its person.
type member struct {
	Mandate
	Name string
}

type peopleView struct {
	Organisation
	Now         time.Time
	Inside      []member // counting, or yet to begin
	Past        []member
	Requests    []request
	Invitations []Invitation
	MayChange   bool
	Own         store.ID // mandate of the person who looks, "" for none
}

// showPeople shows an organisation's people to each other. Requests,
// invitations and the past are for those who answer for it.
func (s *Service) showPeople(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), access.From(r.Context())
	o, err := s.of(r)
	if err != nil {
		return err
	}
	v := peopleView{Organisation: o, Now: s.db.Now(), MayChange: actor.May(Represent, string(o.ID))}
	mandates, err := mandatesOf(ctx, s.db, o.ID)
	if err != nil {
		return err
	}
	var requests []Request
	if v.MayChange {
		if requests, err = waitingRequests(ctx, s.db, o.ID); err != nil {
			return err
		}
		if v.Invitations, err = openInvitations(ctx, s.db, o.ID); err != nil {
			return err
		}
	}
	if err := s.addPeople(ctx, &v, mandates, requests); err != nil {
		return err
	}
	for _, m := range v.Inside {
		if m.Person == actor.Person {
			v.Own = m.ID
		}
	}
	s.People.Privacy.Looked(ctx, privacy.Look{Page: "organisation_people", Place: o.Slug, People: v.shown()})
	return web.Render(w, r, peoplePage(v))
}

// shown lists whose names the page shows.
func (v peopleView) shown() (ids []store.ID) {
	for _, m := range slices.Concat(v.Inside, v.Past) {
		ids = append(ids, m.Person)
	}
	for _, q := range v.Requests {
		ids = append(ids, q.Person)
	}
	return ids
}

// addPeople puts the names to mandates and requests, with one query for all.
func (s *Service) addPeople(ctx context.Context, v *peopleView, mandates []Mandate, requests []Request) error {
	var ids []store.ID
	for _, m := range mandates {
		ids = append(ids, m.Person)
	}
	for _, q := range requests {
		ids = append(ids, q.Person)
	}
	slices.Sort(ids)
	names, err := people.Names(ctx, s.db, slices.Compact(ids))
	if err != nil {
		return err
	}
	for _, m := range mandates {
		one := member{m, names[m.Person]}
		switch {
		case m.Counts(v.Now) || m.Comes(v.Now):
			v.Inside = append(v.Inside, one)
		case v.MayChange:
			v.Past = append(v.Past, one)
		}
	}
	for _, q := range requests {
		v.Requests = append(v.Requests, request{q, names[q.Person]})
	}
	slices.SortStableFunc(v.Inside, func(a, b member) int {
		return strings.Compare(lang.SortKey(a.Name), lang.SortKey(b.Name))
	})
	return nil
}

// days says from when until when a mandate counts.
func days(ctx context.Context, m Mandate) string {
	from := lang.Date(ctx, m.From.Time)
	switch {
	case !m.EndedAt.IsZero():
		return lang.T(ctx, "organisation.mandate.from_to", "From", from, "Until", lang.Date(ctx, m.EndedAt.Time))
	case m.Until.IsZero():
		return lang.T(ctx, "organisation.mandate.from", "From", from)
	}
	return lang.T(ctx, "organisation.mandate.from_to", "From", from, "Until", lang.Date(ctx, m.LastDay()))
}

// readAppointment reads the role, the function and the days.
func readAppointment(f *form.Form) Appointment {
	a := Appointment{
		Role:  access.Role(f.Choice("role", string(access.Representative), string(access.Member))),
		Title: f.Text("title", maxTitle),
		From:  store.At(f.Date("from")),
	}
	if last := f.Date("until"); !last.IsZero() {
		a.Until = store.At(last.AddDate(0, 0, 1))
	}
	return a
}

func fillAppointment(a Appointment) *form.Form {
	return form.New().Set("role", string(a.Role)).Set("title", a.Title).SetDate("from", a.From.Time).SetDate("until", a.LastDay())
}

func roleOptions(ctx context.Context) []ui.Option {
	return []ui.Option{
		{Value: string(access.Member), Label: lang.T(ctx, "organisation.role.member"), Hint: lang.T(ctx, "organisation.role.member.about")},
		{Value: string(access.Representative), Label: lang.T(ctx, "organisation.role.representative"), Hint: lang.T(ctx, "organisation.role.representative.about")},
	}
}

// mandateView is one mandate of one person.
type mandateView struct {
	Organisation
	*form.Form
	Mandate Mandate
	Name    string
	Path    string
	Own     bool
	Version int
}

func (s *Service) mandateOfAddress(r *http.Request) (mandateView, error) {
	ctx := r.Context()
	o, err := s.of(r)
	if err != nil {
		return mandateView{}, err
	}
	id, err := idIn(r, "mandate")
	if err != nil {
		return mandateView{}, err
	}
	m, err := mandateByID(ctx, s.db, o.ID, id)
	if err != nil {
		return mandateView{}, err
	}
	if !m.EndedAt.IsZero() {
		return mandateView{}, fault.NotFound("mandate that lasts")
	}
	p, err := people.ByID(ctx, s.db, m.Person)
	return mandateView{Organisation: o, Mandate: m, Name: p.Name, Path: peoplePath(o.Slug) + "/" + string(m.ID),
		Own: m.Person == access.From(ctx).Person, Version: m.Version}, err
}

func (s *Service) showMandate(w http.ResponseWriter, r *http.Request) error {
	v, err := s.mandateOfAddress(r)
	if err != nil {
		return err
	}
	v.Form = fillAppointment(v.Mandate.Appointment)
	return web.Render(w, r, mandatePage(v))
}

func (s *Service) amend(w http.ResponseWriter, r *http.Request) error {
	v, err := s.mandateOfAddress(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	v.Version = v.Form.Version()
	a := readAppointment(v.Form)
	if !v.Form.Any() {
		err = s.Amend(r.Context(), v.Organisation.ID, v.Mandate.ID, v.Version, a)
	}
	if v.Form.Take(err) || v.Form.Any() {
		return web.RenderInvalid(w, r, mandatePage(v))
	}
	if err != nil {
		return err
	}
	return s.afterOwnChange(w, r, v.Own, peoplePath(v.Slug), "organisation.mandate.saved")
}

// afterOwnChange gives people who changed their own roles a session with the
// new ones, and sends everybody on.
func (s *Service) afterOwnChange(w http.ResponseWriter, r *http.Request, own bool, next, flash string) error {
	if own {
		if err := s.People.Renew(w, r); err != nil {
			return err
		}
	}
	return web.SeeOther(w, r, next, flash)
}

func (s *Service) confirmEnd(w http.ResponseWriter, r *http.Request) error {
	v, err := s.mandateOfAddress(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, endPage(v))
}

func (s *Service) end(w http.ResponseWriter, r *http.Request) error {
	v, err := s.mandateOfAddress(r)
	if err != nil {
		return err
	}
	if err := s.End(r.Context(), v.Organisation.ID, v.Mandate.ID); err != nil {
		return err
	}
	next := peoplePath(v.Slug)
	if v.Own {
		next = path(v.Slug) // they see the people no more
	}
	return s.afterOwnChange(w, r, v.Own, next, "organisation.mandate.ended")
}

func (s *Service) confirmLeave(w http.ResponseWriter, r *http.Request) error {
	o, m, err := s.ownMandate(r)
	if err != nil {
		return err
	}
	left, err := representatives(r.Context(), s.db, o.ID)
	if err != nil {
		return err
	}
	only := m.Role == access.Representative && m.Counts(s.db.Now()) && len(left) == 1
	return web.Render(w, r, leavePage(leaveView{o, only}))
}

type leaveView struct {
	Organisation
	Only bool // the only representative cannot leave
}

func (s *Service) ownMandate(r *http.Request) (Organisation, Mandate, error) {
	o, err := s.of(r)
	if err != nil {
		return o, Mandate{}, err
	}
	m, err := mandateOf(r.Context(), s.db, o.ID, access.From(r.Context()).Person)
	return o, m, err
}

func (s *Service) leave(w http.ResponseWriter, r *http.Request) error {
	o, _, err := s.ownMandate(r)
	if err != nil {
		return err
	}
	if err := s.Leave(r.Context(), o.ID); err != nil {
		return err
	}
	return s.afterOwnChange(w, r, true, path(o.Slug), "organisation.left")
}
