package assist

import (
	"net/http"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
)

// Routes are the pages of the room.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /programy/{programme}/obsluga", Need: Assist, Handle: s.showBegin},
		{Pattern: "POST /programy/{programme}/obsluga", Need: Assist, Handle: s.begin},
		{Pattern: "POST /obsluga/koniec", Need: access.SignedIn, Handle: s.end, Always: true},
		{Pattern: "GET /obsluga/{assistance}", Need: access.SignedIn, Handle: s.showReceipt},
	}
}

type beginView struct {
	Programme audit.Place
	Words     string
	Known     []people.Person
	Form      *form.Form
}

// path is that of the form.
func (v beginView) path() string { return v.Programme.Path + "/obsluga" }

func (s *Service) showBegin(w http.ResponseWriter, r *http.Request) error {
	place, err := s.programme(r.Context(), r.PathValue("programme"))
	if err != nil {
		return err
	}
	v := beginView{Programme: place, Words: strings.TrimSpace(web.Query(r).Get("szukaj")), Form: form.New()}
	if v.Words != "" {
		if v.Known, err = known(r.Context(), s.db, v.Words); err != nil {
			return err
		}
	}
	return web.Render(w, r, beginPage(v))
}

func (s *Service) begin(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	slug := r.PathValue("programme")
	place, err := s.programme(r.Context(), slug)
	if err != nil {
		return err
	}
	v := beginView{Programme: place, Form: f}
	var person store.ID
	var n Newcomer
	if id := f.Get("person"); id != "" {
		if person, err = store.ParseID(id); err != nil {
			return err
		}
	} else {
		n = Newcomer{Name: f.Required("name", 100), Municipality: f.Get("municipality")}
	}
	if !f.Bool("present") {
		f.Add("present", "assist.present.needed")
	}
	if unit, known := territory.ByTERC(n.Municipality); n.Municipality != "" && (!known || !unit.Gmina()) {
		f.Add("municipality", "form.not_offered")
	}
	if f.Any() {
		return web.RenderInvalid(w, r, beginPage(v))
	}
	token, err := s.Begin(r.Context(), slug, person, n, r.UserAgent())
	if f.Take(err) {
		return web.RenderInvalid(w, r, beginPage(v))
	}
	if err != nil {
		return err
	}
	s.cookies.StartSession(w, token)
	return web.SeeOther(w, r, place.Path, "assist.begun")
}

func (s *Service) end(w http.ResponseWriter, r *http.Request) error {
	token, visit, err := s.End(r.Context(), r.UserAgent())
	if err != nil {
		return err
	}
	s.cookies.StartSession(w, token)
	return web.SeeOther(w, r, "/obsluga/"+string(visit), "assist.ended")
}

// receiptView is what the person takes home.
type receiptView struct {
	Assistance
	PersonName, AssistantName string
	Done                      []audit.Done
}

// showReceipt is for the member of staff who was there, and for nobody else.
func (s *Service) showReceipt(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := store.ParseID(r.PathValue("assistance"))
	if err != nil {
		return err
	}
	v := receiptView{}
	v.Assistance, err = store.One[Assistance](ctx, s.db, `SELECT id, assistant, person, programme, began_at, ended_at FROM assistance
		WHERE id = $1 AND assistant = $2`, id, access.From(ctx).Person)
	if err != nil {
		return err
	}
	until := v.EndedAt.Time
	if until.IsZero() {
		until = s.db.Now()
	}
	if v.Done, err = s.log.Mine(ctx, s.db, v.Person, v.Assistant, v.BeganAt.Time, until); err != nil {
		return err
	}
	v.Done = slices.DeleteFunc(v.Done, func(d audit.Done) bool { return d.Name == didEnd }) // its time stands above
	names, err := people.Names(ctx, s.db, []store.ID{v.Person, v.Assistant})
	if err != nil {
		return err
	}
	v.PersonName, v.AssistantName = names[v.Person], names[v.Assistant]
	return web.Render(w, r, receiptPage(v))
}
