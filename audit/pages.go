package audit

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// ListPath is the full log, for administrators.
const ListPath = "/administracja/dziennik"

const pageSize = 30

// Routes are the pages of the log.
func (l *Log) Routes() []web.Route {
	const public = "/programy/{programme}/dziennik"
	return slices.Concat([]web.Route{
		{Pattern: "GET " + ListPath, Need: access.Administrators, Handle: l.showList},
		{Pattern: "GET " + public, Need: access.Anyone, Handle: l.showPublic},
	}, export.Routes(ListPath, access.Administrators, l.fullTable), export.Routes(public, access.Anyone, l.publicTable))
}

// row is an entry in words.
type row struct {
	At        store.Time
	Who       string
	Behalf    string // whom the person acted for, beside them
	Role      string
	For       string // organisation
	Subject   string
	Act       string
	Thing     Thing
	ThingHref string // the log of this thing alone
	Lines     []line
	Reason    string
	Erased    bool
	Number    int64 // in the chain, 0: not yet
}

// listView is the full log.
type listView struct {
	Form     *form.Form
	Rows     []row
	Options  []ui.Option
	Total    int
	Page     int
	Path     string
	Clear    string
	ThingSet bool
	Head     Head
}

func (l *Log) showList(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), web.Query(r)
	f, err := l.filterOf(ctx, q)
	if err != nil {
		return err
	}
	v := listView{Form: q, Options: l.options(ctx), Page: q.Page("strona"), ThingSet: f.Thing != ""}
	v.Path, v.Clear = address(r.URL.Query())
	entries, total, err := find(ctx, l.db, f, pageSize, (v.Page-1)*pageSize)
	if err != nil {
		return err
	}
	names, err := l.Names(ctx, l.db, named(entries))
	if err != nil {
		return err
	}
	if v.Head, err = HeadOf(ctx, l.db); err != nil {
		return err
	}
	v.Total = total
	for _, e := range entries {
		v.Rows = append(v.Rows, l.row(ctx, e, names))
	}
	return web.Render(w, r, listPage(v))
}

// filterOf reads the filter. Words that nobody is called give an empty list, a
// thing that is no id gives none either.
func (l *Log) filterOf(ctx context.Context, q *form.Form) (filter, error) {
	f := filter{Act: q.Get("czynnosc"), From: q.Date("od"), Until: q.Date("do")}
	if thing := q.Get("rzecz"); thing != "" {
		id, err := store.ParseID(thing)
		if err != nil {
			return filter{}, err
		}
		f.Thing = id
	}
	who := strings.TrimSpace(q.Get("kto"))
	if who == "" {
		return f, nil
	}
	if id, err := store.ParseID(who); err == nil {
		f.People = []store.ID{id}
		return f, nil
	}
	people, err := l.Find(ctx, l.db, who)
	f.People = append([]store.ID{}, people...)
	return f, err
}

// address is the list with those filters that are set, and the list without any.
func address(q url.Values) (path, clear string) {
	kept := url.Values{}
	for _, name := range []string{"kto", "czynnosc", "rzecz", "od", "do"} {
		if v := q.Get(name); v != "" {
			kept.Set(name, v)
		}
	}
	if len(kept) == 0 {
		return ListPath, ""
	}
	return ListPath + "?" + kept.Encode(), ListPath
}

// row puts an entry into words for those who may know everything.
func (l *Log) row(ctx context.Context, e entry, names map[store.ID]string) row {
	d, erased := e.said()
	v := row{At: e.At, Who: nameOf(ctx, names, e.Person), Act: l.actWords(ctx, e.Act), For: d.For,
		Thing: Thing{d.Title, web.LocalPath(d.Path, "")}, Lines: l.lines(ctx, e.Act, d.Changes), Reason: d.Reason, Erased: erased}
	if e.Role != "" {
		v.Role = roleName(ctx, e.Role)
	}
	if e.OnBehalf != "" {
		v.Behalf = nameOf(ctx, names, e.OnBehalf)
	}
	if e.Subject != "" && e.Subject != e.Person && e.Subject != e.OnBehalf {
		v.Subject = nameOf(ctx, names, e.Subject)
	}
	if e.Thing != "" {
		v.ThingHref = ListPath + "?" + url.Values{"rzecz": {string(e.Thing)}}.Encode()
	}
	if e.Seq != nil {
		v.Number = *e.Seq
	}
	return v
}

// nameOf is the name of somebody; the program itself and an account that is gone
// have names of their own.
func nameOf(ctx context.Context, names map[store.ID]string, id store.ID) string {
	switch name, known := names[id]; {
	case id == "":
		return lang.T(ctx, "audit.who.program")
	case !known:
		return lang.T(ctx, "audit.who.gone")
	default:
		return name
	}
}

// publicView is what anybody may know of the acts in a programme.
type publicView struct {
	Place Place
	Rows  []row
	Total int
	Page  int
	Head  Head
}

func (l *Log) showPublic(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	place, err := l.Programme(ctx, r.PathValue("programme"))
	if err != nil {
		return err
	}
	if place.Since.IsZero() {
		return fault.NotFound("log of a programme that was never public")
	}
	v := publicView{Place: place, Page: web.Query(r).Page("strona")}
	entries, total, err := inPublic(ctx, l.db, place, l.public, pageSize, (v.Page-1)*pageSize)
	if err != nil {
		return err
	}
	v.Total = total
	if v.Head, err = HeadOf(ctx, l.db); err != nil {
		return err
	}
	things, err := l.things(ctx, entries)
	if err != nil {
		return err
	}
	for _, e := range entries {
		v.Rows = append(v.Rows, l.publicRow(ctx, e, things))
	}
	return web.Render(w, r, publicPage(v))
}

// publicRow names the role and never the person.
func (l *Log) publicRow(ctx context.Context, e entry, things map[store.ID]Thing) row {
	d, erased := e.said()
	v := row{At: e.At, Who: roleName(ctx, e.Role), For: d.For, Act: l.actWords(ctx, e.Act), Erased: erased}
	if e.Subject != "" {
		return v // it is about somebody
	}
	v.Lines, v.Thing = l.lines(ctx, e.Act, d.Changes), Thing{d.Title, ""}
	if l.roomOf(e.Act).Things[e.ThingKind] != nil {
		v.Thing = things[e.Thing]
	}
	return v
}

// things asks the rooms for the titles that may be shown, each room once.
func (l *Log) things(ctx context.Context, entries []entry) (map[store.ID]Thing, error) {
	all := map[store.ID]Thing{}
	for _, room := range l.rooms {
		for kind, ask := range room.Things {
			var ids []store.ID
			for _, e := range entries {
				if e.ThingKind == kind && strings.HasPrefix(e.Act, room.Name+".") {
					ids = append(ids, e.Thing)
				}
			}
			if len(ids) == 0 {
				continue
			}
			some, err := ask(ctx, l.db, ids)
			if err != nil {
				return nil, err
			}
			for id, thing := range some {
				all[id] = thing
			}
		}
	}
	return all, nil
}

// publicDetails are the changes of a row; a cell is never empty.
func publicDetails(r row) templ.Component {
	if len(r.Lines) == 0 {
		return ui.Text("–")
	}
	return changes(r.Lines)
}
