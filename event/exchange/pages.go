package exchange

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

const address = "/programy/{programme}/wymiana"

// Routes are the pages of mutual education.
func (s *Service) Routes() []web.Route {
	return append([]web.Route{
		{Pattern: "GET " + address, Need: access.Anyone, Handle: s.showList},
		{Pattern: "GET " + address + "/nowa", Need: access.SignedIn, Handle: s.askEnter},
		{Pattern: "POST " + address + "/nowa", Need: access.SignedIn, Handle: s.enter},
		{Pattern: "GET " + address + "/pary", Need: access.SignedIn, Handle: s.showPairs},
		{Pattern: "POST " + address + "/pary", Need: event.Run, Handle: s.propose},
		{Pattern: "POST " + address + "/pary/{pair}/zgoda", Need: access.SignedIn, Handle: s.accept},
		{Pattern: "POST " + address + "/pary/{pair}/odmowa", Need: access.SignedIn, Handle: s.decline},
		{Pattern: "GET " + address + "/{entry}", Need: access.Anyone, Handle: s.showEntry},
		{Pattern: "GET " + address + "/{entry}/edycja", Need: access.SignedIn, Handle: s.askChange},
		{Pattern: "POST " + address + "/{entry}/edycja", Need: access.SignedIn, Handle: s.change},
	}, export.Routes(address, access.Anyone, s.table)...)
}

func (s *Service) programme(r *http.Request) (programme.Programme, error) {
	p, err := programme.BySlug(r.Context(), s.db, r.PathValue("programme"))
	if err != nil {
		return p, err
	}
	if p.State == programme.Draft && !access.From(r.Context()).May(event.Preview, string(p.ID)) {
		return p, fault.NotFound("programme")
	}
	return p, nil
}

func filterOf(r *http.Request) Filter {
	q := web.Query(r)
	return Filter{Side: q.Optional("strona-wymiany", string(Offer), string(Need)), Format: q.Optional("format", formatMarks()...),
		Topic: q.Optional("temat", Topics...), Sector: q.Optional("sektor", sectorMarks()...), Closed: q.Get("zamkniete") == "tak"}
}

func sectorMarks() (marks []string) {
	for _, s := range ui.Sectors {
		marks = append(marks, string(s))
	}
	return marks
}

// query is the filter as the address of the list carries it.
func (f Filter) query() string {
	q := url.Values{}
	for name, value := range map[string]string{"strona-wymiany": f.Side, "format": f.Format, "temat": f.Topic, "sektor": f.Sector} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Closed {
		q.Set("zamkniete", "tak")
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// listView is the list of a programme.
type listView struct {
	Programme programme.Programme
	Filter    Filter
	Entries   []Entry
	MayEnter  bool
	SeesPairs bool
	Answers   int // pairs that wait for the reader
}

func (s *Service) showList(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	actor := access.From(ctx)
	v := listView{Programme: p, Filter: filterOf(r), MayEnter: len(speaksFor(actor)) > 0 && p.State == programme.Published}
	if v.Entries, err = list(ctx, s.db, p.ID, v.Filter); err != nil {
		return err
	}
	team := actor.May(event.Run, string(p.ID))
	if v.SeesPairs = team || v.MayEnter; v.SeesPairs {
		all, err := pairs(ctx, s.db, p.ID)
		if err != nil {
			return err
		}
		for _, pair := range all {
			if pair.waitsFor(actor) {
				v.Answers++
			}
		}
	}
	return web.Render(w, r, listPage(v))
}

// waitsFor reports whether the actor has still to answer for a side of the pair.
func (p Pair) waitsFor(a *access.Actor) bool {
	for _, side := range p.sides(a) {
		if p.State == Proposed && !p.accepted(side) {
			return true
		}
	}
	return false
}

// table is the list as a download.
func (s *Service) table(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return export.Table{}, err
	}
	t := export.Table{Name: lang.T(ctx, "event.exchange.title"), Head: export.Titles(ctx, "event.exchange.field.side", "event.exchange.field.organisation",
		"event.exchange.field.sector", "event.exchange.field.formats", "event.exchange.field.topics", "event.exchange.field.text",
		"event.exchange.field.terms", "event.exchange.field.places", "event.exchange.field.terc", "event.exchange.field.open")}
	entries, err := list(ctx, s.db, p.ID, filterOf(r))
	for _, e := range entries {
		t.Rows = append(t.Rows, []any{e.Side.word(ctx), e.OrganisationName, e.Sector.Name(ctx), e.formats(ctx), e.topics(ctx), e.Text, e.Terms,
			e.Places, territory.Name(e.TERC), e.Open})
	}
	return t, err
}

// entryView is one entry.
type entryView struct {
	Entry     Entry
	MayChange bool
	MayReport bool
	Veil      *moderation.Veil // nil: everybody sees it
	Thread    templ.Component  // nil where there is none
}

func (s *Service) entryOf(r *http.Request) (Entry, error) {
	p, err := s.programme(r)
	if err != nil {
		return Entry{}, err
	}
	return byID(r.Context(), s.db, p.ID, store.ID(r.PathValue("entry")))
}

func (s *Service) showEntry(w http.ResponseWriter, r *http.Request) error {
	e, err := s.entryOf(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	v := entryView{Entry: e, MayChange: MayChange(access.From(ctx), e)}
	if e.Veiled {
		if v.Veil, err = moderation.VeilOf(ctx, s.db, found, e.ID); err != nil {
			return err
		}
		if v.Veil != nil && !v.MayChange {
			return showVeiled(w, r, e, *v.Veil)
		}
	}
	v.MayReport = s.Moderation != nil && v.Veil == nil && !v.MayChange
	if s.Trace != nil {
		if v.Thread, err = s.Trace.Block(ctx, trace.Ref{Kind: found, ID: e.ID}); err != nil {
			return err
		}
	}
	return web.Render(w, r, entryPage(v))
}

// ProgrammeBlock leads from the page of a programme to its exchange.
func (s *Service) ProgrammeBlock() programme.Block {
	return programme.Block{Show: func(ctx context.Context, p programme.Programme) (templ.Component, error) {
		n, err := store.One[counts](ctx, s.db, `SELECT COALESCE(sum(CASE WHEN x.side = 'offer' THEN 1 ELSE 0 END), 0) AS offers,
			COALESCE(sum(CASE WHEN x.side = 'need' THEN 1 ELSE 0 END), 0) AS needs FROM event_exchange x WHERE x.programme = $1 AND x.open AND NOT `+veiled, p.ID)
		if err != nil || p.State != programme.Published && n == (counts{}) {
			return nil, err
		}
		return blockOf(p.Slug, n), nil
	}}
}

// counts are how many entries of a programme are open.
type counts struct{ Offers, Needs int }

// formView is the form of an entry, new or not.
type formView struct {
	Programme programme.Programme
	Entry     Entry
	Own       []choice
	Form      *form.Form
	New       bool
}

func (s *Service) newForm(r *http.Request, f *form.Form) (formView, error) {
	p, err := s.programme(r)
	if err != nil {
		return formView{}, err
	}
	v := formView{Programme: p, Form: f, New: true, Entry: Entry{ID: sentID(f)}}
	v.Own, err = named(r.Context(), s.db, speaksFor(access.From(r.Context())))
	if err == nil && len(v.Own) == 0 {
		err = fault.Invalid("event.exchange.organisation_needed")
	}
	return v, err
}

func sentID(f *form.Form) store.ID {
	id, err := store.ParseID(f.Get("id"))
	if err != nil {
		return store.NewID()
	}
	return id
}

func (s *Service) askEnter(w http.ResponseWriter, r *http.Request) error {
	f := form.New().Set("side", web.Query(r).Optional("strona-wymiany", string(Offer), string(Need))).Set("places", "1")
	v, err := s.newForm(r, f)
	if err != nil {
		return err
	}
	if len(v.Own) == 1 {
		f.Set("organisation", string(v.Own[0].ID))
	}
	return web.Render(w, r, formPage(v))
}

// readEntry reads what new and old entries have in common.
func readEntry(f *form.Form) Entry {
	return Entry{Formats: f.Choices("formats", formatMarks()...), Topics: f.Choices("topics", Topics...), Text: f.RequiredLines("text", longestText),
		Terms: f.Lines("terms", longestTerms), Places: f.Int("places", 1, mostPlaces), TERC: f.Optional("terc", territory.GminaCodes()...), Version: f.Version()}
}

func (s *Service) enter(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.newForm(r, f)
	if err != nil {
		return err
	}
	e := readEntry(f)
	e.ID, e.Programme, e.ProgrammeSlug = v.Entry.ID, v.Programme.ID, v.Programme.Slug
	e.Side, e.Organisation = Side(f.Choice("side", string(Offer), string(Need))), store.ID(f.Get("organisation"))
	if err := s.Enter(r.Context(), e); err == nil {
		return web.SeeOther(w, r, e.Path(), "event.exchange.flash.entered")
	} else if !f.Take(err) && !f.Any() {
		return err
	}
	return web.RenderInvalid(w, r, formPage(v))
}

func (s *Service) askChange(w http.ResponseWriter, r *http.Request) error {
	v, err := s.changing(r, form.New())
	if err != nil {
		return err
	}
	e := v.Entry
	v.Form.SetAll("formats", e.Formats).SetAll("topics", e.Topics).Set("text", e.Text).Set("terms", e.Terms).
		Set("places", strconv.Itoa(e.Places)).Set("terc", e.TERC)
	if e.Open {
		v.Form.Set("open", "on")
	}
	return web.Render(w, r, formPage(v))
}

func (s *Service) changing(r *http.Request, f *form.Form) (formView, error) {
	p, err := s.programme(r)
	if err != nil {
		return formView{}, err
	}
	e, err := byID(r.Context(), s.db, p.ID, store.ID(r.PathValue("entry")))
	if err == nil && !MayChange(access.From(r.Context()), e) {
		err = fault.Forbidden()
	}
	return formView{Programme: p, Entry: e, Form: f}, err
}

func (s *Service) change(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := s.changing(r, f)
	if err != nil {
		return err
	}
	e := readEntry(f)
	e.ID, e.Programme, e.Open = v.Entry.ID, v.Entry.Programme, f.Bool("open")
	if !f.Any() {
		err = s.Change(r.Context(), e)
		if err == nil {
			return web.SeeOther(w, r, v.Entry.Path(), "event.exchange.flash.changed")
		}
		if !f.Take(err) {
			return err
		}
	}
	return web.RenderInvalid(w, r, formPage(v))
}

// pairsView is what was proposed, to the team all of it, to others their own.
type pairsView struct {
	Programme programme.Programme
	Pairs     []Pair
	Team      bool
	Reader    *access.Actor
	Form      *form.Form // of the pair that was declined without a reason
	Declined  store.ID
}

func (s *Service) pairsOf(r *http.Request) (pairsView, error) {
	ctx := r.Context()
	p, err := s.programme(r)
	if err != nil {
		return pairsView{}, err
	}
	actor := access.From(ctx)
	v := pairsView{Programme: p, Team: actor.May(event.Run, string(p.ID)), Reader: actor, Form: form.New()}
	all, err := pairs(ctx, s.db, p.ID)
	for _, pair := range all {
		if v.Team || len(pair.sides(actor)) > 0 {
			v.Pairs = append(v.Pairs, pair)
		}
	}
	return v, err
}

func (s *Service) showPairs(w http.ResponseWriter, r *http.Request) error {
	v, err := s.pairsOf(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, pairsPage(v))
}

func (s *Service) propose(w http.ResponseWriter, r *http.Request) error {
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	n, err := s.Propose(r.Context(), p)
	if err != nil {
		return err
	}
	flash := "event.exchange.flash.none"
	if n > 0 {
		flash = "event.exchange.flash.proposed"
	}
	return web.SeeOther(w, r, pairsPath(p.Slug), flash)
}

func (s *Service) accept(w http.ResponseWriter, r *http.Request) error {
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	pair, err := s.Accept(r.Context(), p, store.ID(r.PathValue("pair")))
	if err != nil {
		return err
	}
	flash := "event.exchange.flash.accepted"
	if pair.State == Agreed {
		flash = "event.exchange.flash.agreed"
	}
	return web.SeeOther(w, r, pairsPath(p.Slug), flash)
}

func (s *Service) decline(w http.ResponseWriter, r *http.Request) error {
	p, err := s.programme(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	id, reason := store.ID(r.PathValue("pair")), f.RequiredLines("reason", longestReason)
	pair, err := pairByID(r.Context(), s.db, p.ID, id)
	if err != nil {
		return err
	}
	if len(pair.sides(access.From(r.Context()))) == 0 {
		return fault.Forbidden()
	}
	if !f.Any() {
		if _, err := s.Decline(r.Context(), p, id, reason); err != nil {
			return err
		}
		return web.SeeOther(w, r, pairsPath(p.Slug), "event.exchange.flash.declined")
	}
	v, err := s.pairsOf(r)
	if err != nil {
		return err
	}
	v.Form, v.Declined = f, id
	return web.RenderInvalid(w, r, pairsPage(v))
}

func (s Side) word(ctx context.Context) string { return lang.T(ctx, "event.exchange.side."+string(s)) }
