package office

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// place finds what the address names: a programme, an organisation, or the
// installation.
func (o *Office) place(r *http.Request) (privacy.Place, error) {
	if slug := r.PathValue("programme"); slug != "" {
		return o.Programme(r.Context(), slug)
	}
	if slug := r.PathValue("organisation"); slug != "" {
		return o.Organisation(r.Context(), slug)
	}
	return o.Installation(), nil
}

// Installation is the place of the accounts.
func (o *Office) Installation() privacy.Place {
	return privacy.Installation(o.Site.Community, o.Site.Contact)
}

// clauseView is the clause of one place, to read or to change.
type clauseView struct {
	privacy.Clause
	May      bool // the reader may change it
	Form     *form.Form
	Conflict bool
}

// editPath is where the clause is changed.
func (v clauseView) editPath() string {
	if v.Place.Kind == privacy.OfInstallation {
		return Path + "/klauzula/zmien"
	}
	return v.Place.ClausePath() + "/zmien"
}

func (o *Office) clauseView(r *http.Request) (clauseView, error) {
	p, err := o.place(r)
	if err != nil {
		return clauseView{}, err
	}
	c, err := privacy.ClauseOf(r.Context(), o.db, p)
	return clauseView{Clause: c, May: may(r.Context(), p)}, err
}

func may(ctx context.Context, p privacy.Place) bool {
	actor := access.From(ctx)
	switch p.Kind {
	case privacy.OfProgramme:
		return actor.May(Programme, string(p.ID))
	case privacy.OfOrganisation:
		return actor.May(Organisation, string(p.ID))
	}
	return actor.May(access.Administrators, "")
}

func (o *Office) showClause(w http.ResponseWriter, r *http.Request) error {
	v, err := o.clauseView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, clausePage(v))
}

func (o *Office) showPolicy(w http.ResponseWriter, r *http.Request) error {
	v, err := o.clauseView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, policyPage(v))
}

func (o *Office) editClause(w http.ResponseWriter, r *http.Request) error {
	v, err := o.clauseView(r)
	if err != nil {
		return err
	}
	v.Form = form.New()
	for _, f := range privacy.ClauseFields {
		v.Form.Set(f.Name, v.Text(r.Context(), f.Name))
	}
	return web.Render(w, r, clauseForm(v))
}

const maxClause = 3000

// saveClause keeps what differs from the proposal, so that what was left as it
// is goes on in both languages and follows the program.
func (o *Office) saveClause(w http.ResponseWriter, r *http.Request) error {
	v, err := o.clauseView(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	bare := privacy.Clause{Place: v.Place}
	words := map[string]string{}
	for _, f := range privacy.ClauseFields {
		text := v.Form.Lines(f.Name, maxClause)
		if f.Name == "controller" || f.Name == "contact" {
			text = v.Form.RequiredLines(f.Name, maxClause)
		}
		if text != bare.Text(r.Context(), f.Name) {
			words[f.Name] = text
		}
	}
	if v.Form.Any() {
		return web.RenderInvalid(w, r, clauseForm(v))
	}
	err = o.db.Write(r.Context(), func(tx *store.Tx) error {
		if err := privacy.SaveClause(r.Context(), tx, v.Place, v.Form.Version(), words); err != nil {
			return err
		}
		return noteClause(r.Context(), tx, v.Place)
	})
	if fault.Is(err, fault.KindConflict) {
		v.Conflict = true
		return web.RenderStatus(w, r, http.StatusConflict, clauseForm(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Place.ClausePath(), "privacy.office.clause.saved")
}
