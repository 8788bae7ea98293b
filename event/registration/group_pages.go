package registration

import (
	"fmt"
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// groupView is the form with which a representative names several people.
type groupView struct {
	standing
	Form    *form.Form
	Choices []ui.Option
	Clause  privacy.Clause
}

func (s *Service) groupView(r *http.Request, f *form.Form) (groupView, error) {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return groupView{}, err
	}
	v := groupView{Form: f}
	if v.standing, err = s.standing(ctx, e); err != nil {
		return v, err
	}
	own, err := organisation.OfPerson(ctx, s.db, access.From(ctx).Person)
	if err != nil {
		return v, err
	}
	for _, o := range own {
		if access.From(ctx).Is(access.Representative, string(o.ID)) {
			v.Choices = append(v.Choices, ui.Option{Value: string(o.ID), Label: o.Name, Hint: className(ctx, Class{o.Sector, o.Municipality})})
		}
	}
	v.Clause, err = s.clause(ctx, e)
	return v, err
}

// may reports whether there is a form to fill in at all.
func (v groupView) may() bool {
	return v.Refusal == nil && v.Admission.GroupSize > 0 && len(v.Choices) > 0
}

// lines are the numbers of the lines of the form.
func (v groupView) lines() []int { return upToNumber(v.Admission.GroupSize) }

func upToNumber(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i + 1
	}
	return all
}

func (s *Service) showGroup(w http.ResponseWriter, r *http.Request) error {
	f := form.New().Set("batch", string(store.NewID())).Set("klucz", r.URL.Query().Get("klucz"))
	v, err := s.groupView(r, f)
	if err != nil {
		return err
	}
	if len(v.Choices) == 1 {
		f.Set("as", v.Choices[0].Value)
	}
	return web.Render(w, r, groupPage(v))
}

func (s *Service) signUpGroup(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.groupView(r, f)
	if err != nil {
		return err
	}
	p := Party{For: store.ID(f.Choice("as", values(v.Choices)...)), Key: f.Get("klucz"), Batch: batchOf(f)}
	for _, n := range v.lines() {
		guest := Guest{Line: n, Name: f.Text(fmt.Sprintf("name-%d", n), longestName), Email: f.Text(fmt.Sprintf("email-%d", n), 254)}
		if guest.Name+guest.Email != "" {
			p.Guests = append(p.Guests, guest)
		}
	}
	if !f.Any() {
		if _, err = s.RegisterGroup(r.Context(), v.Event, p); err == nil {
			return web.SeeOther(w, r, v.at("/grupa/"+string(p.Batch)), "event.registration.done.group")
		}
		if refused := fault.Of(err); refused != nil && refused.Kind == fault.KindClosed {
			v.Refusal = err
		} else if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, groupPage(v))
}

// batchOf is the mark of what was entered together; a form without one, which is
// none of ours, gets a fresh one.
func batchOf(f *form.Form) store.ID {
	id, err := store.ParseID(f.Get("batch"))
	if err != nil {
		return store.NewID()
	}
	return id
}

// partyView shows what became of those who were entered together.
type partyView struct {
	frame
	All   []Registration
	Page  int
	Total int
	Batch store.ID
	Paper bool
}

// showParty shows a group to whoever named it.
func (s *Service) showParty(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	batch, err := rowID(r, "batch")
	if err != nil {
		return err
	}
	v := partyView{frame: frame{Event: e}, Batch: batch}
	all, err := ofBatch(ctx, s.db, e.ID, v.Batch)
	if err != nil {
		return err
	}
	for _, g := range all {
		seen, err := Sees(ctx, s.db, e, g)
		if err != nil {
			return err
		}
		if seen && g.Channel == Group {
			v.All = append(v.All, g)
		}
	}
	if len(v.All) == 0 {
		return fault.NotFound("group")
	}
	v.Page, v.Total = 1, len(v.All)
	return web.Render(w, r, partyPage(v))
}
