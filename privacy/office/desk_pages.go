package office

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

func (o *Office) showDesk(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, deskPage())
}

// Register of processing.

// registerView is what article 30 wants written down: the controller, and for
// each kind of records whose they are, what they hold, why and for how long.
type registerView struct {
	Clause privacy.Clause
	Rules  []privacy.Rule
}

func (o *Office) showRegister(w http.ResponseWriter, r *http.Request) error {
	c, err := privacy.ClauseOf(r.Context(), o.db, o.Installation())
	if err != nil {
		return err
	}
	v := registerView{Clause: c}
	for _, rule := range o.Keeper.Rules() {
		if rule.AboutPeople() {
			v.Rules = append(v.Rules, rule)
		}
	}
	return web.Render(w, r, registerPage(v))
}

// holds says what a kind of records holds, in the words of an export.
func holds(ctx context.Context, r privacy.Rule) string {
	var labels []string
	for _, c := range r.Columns {
		if c.Label != "" {
			labels = append(labels, lang.T(ctx, c.Label))
		}
	}
	for _, l := range r.Links {
		if l.Kind == privacy.Doer {
			labels = append(labels, lang.T(ctx, "privacy.office.register.who", "Did", lang.T(ctx, l.Did)))
		}
	}
	if len(r.Mentions)+len(r.Contacts) > 0 {
		labels = append(labels, lang.T(ctx, "privacy.office.register.mentions"))
	}
	return joined(slices.Compact(labels))
}

func joined(words []string) string {
	text := ""
	for i, w := range words {
		if i > 0 {
			text += ", "
		}
		text += w
	}
	return text
}

func fateWords(ctx context.Context, r privacy.Rule) string {
	if r.Why != "" {
		return lang.T(ctx, r.Why)
	}
	return lang.T(ctx, "privacy.office.register.erased")
}

// Removals.

func (o *Office) showRemovals(w http.ResponseWriter, r *http.Request) error {
	all, err := o.Keeper.Removals(r.Context(), 300)
	if err != nil {
		return err
	}
	return web.Render(w, r, removalsPage(o.removalRows(r.Context(), all)))
}

func (o *Office) removalRows(ctx context.Context, all []privacy.Removal) []ui.TableRow {
	rows := make([]ui.TableRow, 0, len(all))
	found := map[store.Time]bool{}
	for _, x := range all {
		found[x.Run] = found[x.Run] || x.Records != ""
	}
	for _, x := range all {
		switch {
		case x.Records != "":
			what := x.Records
			if rule, known := o.Keeper.Rule(x.Records); known {
				what = lang.T(ctx, rule.Records)
			}
			rows = append(rows, ui.TableRow{ui.DateTimeText(x.Run.Time), ui.Text(what),
				ui.Text(lang.T(ctx, "privacy.office.fate."+x.Fate)), ui.Text(strconv.Itoa(x.Number))})
		case !found[x.Run]:
			rows = append(rows, ui.TableRow{ui.DateTimeText(x.Run.Time), ui.Text(lang.T(ctx, "privacy.office.removals.nothing")), ui.Text(""), ui.Text("0")})
		}
	}
	return rows
}

// Looks.

const looksPerPage = 50

type looksView struct {
	Looks []privacy.Noted
	Total int
	Page  int
}

func (o *Office) showLooks(w http.ResponseWriter, r *http.Request) (err error) {
	v := looksView{Page: web.Query(r).Page("strona")}
	v.Looks, v.Total, err = o.Keeper.Looks(r.Context(), looksPerPage, (v.Page-1)*looksPerPage)
	if err != nil {
		return err
	}
	return web.Render(w, r, looksPage(v))
}

func (v looksView) rows(ctx context.Context) []ui.TableRow {
	rows := make([]ui.TableRow, len(v.Looks))
	for i, l := range v.Looks {
		rows[i] = ui.TableRow{ui.DateTimeText(l.At.Time), ui.Text(l.Name), ui.Text(l.PageWords(ctx)), ui.Text(l.Place), ui.Text(strconv.Itoa(l.Shown))}
	}
	return rows
}

// Holds.

type holdsView struct {
	Holds []privacy.Hold
	Names map[store.ID]string
	Form  *form.Form
	Lift  *form.Form // of the hold At
	At    store.ID
}

func (o *Office) holdsView(ctx context.Context) (v holdsView, err error) {
	v.Form = form.New()
	if v.Holds, err = o.Keeper.Holds(ctx); err != nil {
		return v, err
	}
	var ids []store.ID
	for _, h := range v.Holds {
		ids = append(ids, h.Person, h.SetBy, h.LiftedBy)
	}
	slices.Sort(ids)
	v.Names, err = o.Names(ctx, o.db, slices.Compact(ids))
	if err != nil {
		return v, err
	}
	var shown []store.ID
	for _, h := range v.Holds {
		shown = append(shown, h.Person)
	}
	o.Keeper.Looked(ctx, privacy.Look{Page: "holds", People: shown})
	return v, nil
}

func (o *Office) showHolds(w http.ResponseWriter, r *http.Request) error {
	v, err := o.holdsView(r.Context())
	if err != nil {
		return err
	}
	return web.Render(w, r, holdsPage(v))
}

const maxReason = 500

func (o *Office) setHold(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	email, reason := f.Required("email", 254), f.RequiredLines("reason", maxReason)
	if !f.Any() {
		var id store.ID
		if id, err = o.ByEmail(ctx, o.db, email); err == nil {
			err = o.Keeper.SetHold(ctx, id, reason)
		}
		switch {
		case fault.Is(err, fault.KindNotFound):
			f.Add("email", "privacy.office.hold.nobody")
		case fault.Is(err, fault.KindConflict):
			f.Add("email", "privacy.hold.there")
		case err != nil:
			return err
		}
	}
	if !f.Any() {
		return web.SeeOther(w, r, Path+"/wstrzymania", "privacy.office.hold.set")
	}
	v, err := o.holdsView(ctx)
	if err != nil {
		return err
	}
	v.Form = f
	return web.RenderInvalid(w, r, holdsPage(v))
}

func (o *Office) lift(w http.ResponseWriter, r *http.Request) error {
	id, err := store.ParseID(r.PathValue("hold"))
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	why := f.RequiredLines("why", maxReason)
	if f.Any() {
		v, err := o.holdsView(r.Context())
		if err != nil {
			return err
		}
		v.Lift, v.At = f, id
		return web.RenderInvalid(w, r, holdsPage(v))
	}
	erased, err := o.Keeper.Lift(r.Context(), id, f.Version(), why)
	if err != nil {
		return err
	}
	if erased {
		return web.SeeOther(w, r, Path+"/wstrzymania", "privacy.office.hold.lifted_erased")
	}
	return web.SeeOther(w, r, Path+"/wstrzymania", "privacy.office.hold.lifted")
}

// formOf gives one of several lifting forms what was typed into it.
func (v holdsView) formOf(h privacy.Hold) *form.Form {
	if v.At == h.ID {
		return v.Lift
	}
	return nil
}

// fieldOf tells the fields of several lifting forms apart.
func (v holdsView) fieldOf(h privacy.Hold) string {
	if v.At == h.ID {
		return ""
	}
	return "why-" + string(h.ID)
}
