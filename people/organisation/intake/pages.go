package intake

import (
	"context"
	"embed"
	"net/http"
	"strconv"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/sheet"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Messages are the words of the room.
//
//go:embed messages.pl.toml messages.en.toml
var Messages embed.FS

// Manage is for those who bring a list into a programme.
var Manage = access.Permission{Name: "organisation.import", Scope: access.InProgramme,
	Roles: []access.Role{access.Manager, access.Administrator}}

// Routes lists the pages of the room.
//
// A manager has the list of NGOs that the office keeps in Excel. They upload it,
// read which rows are wrong and mend those in the file, upload it again, and
// confirm. If it was the wrong list, they take it back the same day.
func (s *Service) Routes() []web.Route {
	const list = "/programy/{programme}/wczytane-organizacje"
	routes := []web.Route{
		{Pattern: "GET " + list, Need: Manage, Handle: s.show},
		{Pattern: "POST " + list, Need: Manage, Handle: s.upload, Body: web.UploadBody},
		{Pattern: "GET " + list + "/{import}", Need: Manage, Handle: s.showOne},
		{Pattern: "POST " + list + "/{import}/zatwierdz", Need: Manage, Handle: s.confirm},
		{Pattern: "GET " + list + "/{import}/cofnij", Need: Manage, Handle: s.askUndo},
		{Pattern: "POST " + list + "/{import}/cofnij", Need: Manage, Handle: s.undo},
	}
	return append(routes, export.Routes(list+"/wzor", Manage, s.template)...)
}

func path(p audit.Place) string { return p.Path + "/wczytane-organizacje" }

func (i Import) path(p audit.Place) string { return path(p) + "/" + string(i.ID) }

type listView struct {
	Place   audit.Place
	Imports []Import
	Form    *form.Form
}

func (s *Service) list(r *http.Request) (listView, error) {
	p, err := s.Programme(r.Context(), r.PathValue("programme"))
	if err != nil {
		return listView{}, err
	}
	imports, err := ofProgramme(r.Context(), s.db, p.ID)
	return listView{p, imports, form.New()}, err
}

func (s *Service) show(w http.ResponseWriter, r *http.Request) error {
	v, err := s.list(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, listPage(v))
}

func (s *Service) upload(w http.ResponseWriter, r *http.Request) error {
	v, err := s.list(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	id, err := s.prepare(r.Context(), v)
	if v.Form.Take(err) {
		return web.RenderInvalid(w, r, listPage(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(v.Place)+"/"+string(id), "")
}

func (s *Service) prepare(ctx context.Context, v listView) (store.ID, error) {
	header := v.Form.File("file")
	if header == nil {
		return "", fault.Mistake("file", "intake.no_file")
	}
	file, err := header.Open()
	if err != nil {
		return "", err
	}
	defer file.Close()
	list, err := sheet.Read(file, limits)
	if err != nil {
		return "", err
	}
	return s.Prepare(ctx, v.Place.ID, cut(header.Filename), list)
}

// cut keeps the name of a file to a length that a page shows.
func cut(name string) string {
	if all := []rune(name); len(all) > 100 {
		return string(all[:100])
	}
	return name
}

type oneView struct {
	Place audit.Place
	Import
	Slugs map[store.ID]string
	Now   time.Time
}

func (s *Service) one(r *http.Request) (oneView, error) {
	ctx := r.Context()
	p, err := s.Programme(ctx, r.PathValue("programme"))
	if err != nil {
		return oneView{}, err
	}
	id, err := store.ParseID(r.PathValue("import"))
	if err != nil {
		return oneView{}, err
	}
	i, err := find(ctx, s.db, p.ID, id)
	if err != nil {
		return oneView{}, err
	}
	known, err := slugs(ctx, s.db, id)
	return oneView{p, i, known, s.db.Now()}, err
}

func (s *Service) showOne(w http.ResponseWriter, r *http.Request) error {
	v, err := s.one(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, onePage(v))
}

func (s *Service) confirm(w http.ResponseWriter, r *http.Request) error {
	v, err := s.one(r)
	if err != nil {
		return err
	}
	if _, err := s.Confirm(r.Context(), v.Place.ID, v.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, v.path(v.Place), "intake.confirmed")
}

func (s *Service) askUndo(w http.ResponseWriter, r *http.Request) error {
	v, err := s.one(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, undoPage(v))
}

func (s *Service) undo(w http.ResponseWriter, r *http.Request) error {
	v, err := s.one(r)
	if err != nil {
		return err
	}
	if _, _, err := s.Undo(r.Context(), v.Place.ID, v.ID); err != nil {
		return err
	}
	return web.SeeOther(w, r, v.path(v.Place), "intake.undone")
}

// template is an empty list with every column, and one example.
func (s *Service) template(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	t := export.Table{Name: lang.T(ctx, "intake.template")}
	for _, column := range titles {
		t.Head = append(t.Head, label(ctx, column.field))
	}
	t.Rows = [][]any{{lang.T(ctx, "intake.template.name"), "", lang.T(ctx, "organisation.kind.association"), territory.Name("2473011"),
		"", "0000123456", "9990000014", "", "", "", "biuro@example.org", "", "", "", "prezes@example.org"}}
	return t, nil
}

// label is the title of a column in words.
func label(ctx context.Context, field string) string {
	if field == "invite" {
		return lang.T(ctx, "intake.invite")
	}
	return lang.T(ctx, "organisation."+field)
}

func (v oneView) table(ctx context.Context) ui.TableData {
	t := ui.TableData{Caption: lang.T(ctx, "intake.rows"), CaptionHidden: true, Columns: []ui.Column{
		{Title: lang.T(ctx, "intake.row")}, {Title: lang.T(ctx, "organisation.name")}, {Title: lang.T(ctx, "intake.verdict")}}}
	for _, verdict := range order {
		for _, row := range v.Rows {
			if row.Verdict == verdict {
				t.Rows = append(t.Rows, ui.TableRow{ui.Text(strconv.Itoa(row.Number)), rowName(v, row), rowVerdict(row)})
			}
		}
	}
	return t
}

// order puts first what a person has to look at.
var order = []Verdict{Faulty, Kept, Repeated, Here, Fresh, Entered, Removed}

func (r Row) tone() ui.Tone {
	switch r.Verdict {
	case Faulty:
		return ui.Bad
	case Fresh, Entered:
		return ui.Good
	case Kept:
		return ui.Warn
	}
	return ui.Neutral
}

// words says a mistake: the column and what is wrong.
func (m Mistake) words(ctx context.Context) string {
	text := lang.T(ctx, m.Key, m.Args...)
	if m.Column == "" {
		return text
	}
	return label(ctx, m.Column) + ": " + text
}

func (v oneView) summary(ctx context.Context) []ui.Pair {
	var pairs []ui.Pair
	for _, verdict := range order {
		if n := v.Count(verdict); n > 0 {
			pairs = append(pairs, ui.Pair{Key: lang.T(ctx, "intake.verdicts."+string(verdict)), Text: strconv.Itoa(n)})
		}
	}
	return pairs
}
