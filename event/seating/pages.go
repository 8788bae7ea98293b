package seating

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/paper"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Routes lists the pages of the package.
//
// A manager opens the page the evening before: says how many tables there are,
// looks at the proposal, moves two people who should not or should meet, prints a
// sheet for each table and the name cards, and goes home. In the morning somebody
// who registered late stands at the top as having no table yet.
func (s *Service) Routes() []web.Route {
	const tables = "/programy/{programme}/wydarzenia/{event}/stoly"
	return []web.Route{
		{Pattern: "GET " + tables, Need: event.Run, Handle: s.showTables},
		{Pattern: "POST " + tables, Need: event.Run, Handle: s.proposePage},
		{Pattern: "POST " + tables + "/miejsce", Need: event.Run, Handle: s.movePage},
		{Pattern: "POST " + tables + "/przypiecie", Need: event.Run, Handle: s.lockPage},
		{Pattern: "POST " + tables + "/nazwa", Need: event.Run, Handle: s.renamePage},
		{Pattern: "GET " + tables + "/stoly.pdf", Need: event.Run, Handle: s.sendSheets},
		{Pattern: "GET " + tables + "/wizytowki.pdf", Need: event.Run, Handle: s.sendCards},
	}
}

// tablesView is how people sit.
type tablesView struct {
	Event event.Event
	Plan  Plan
	Form  *form.Form // of the proposal
}

const longestName = 60

// perTable is how many people a proposal begins with at each table.
const perTable = 8

func (s *Service) view(r *http.Request) (v tablesView, err error) {
	ctx := r.Context()
	if v.Event, err = event.Find(ctx, s.db, r.PathValue("programme"), r.PathValue("event")); err != nil {
		return v, err
	}
	v.Plan, err = PlanOf(ctx, s.db, v.Event.ID)
	return v, err
}

// looked notes that the person who asks was shown everybody.
func (s *Service) looked(ctx context.Context, v tablesView) {
	var people []store.ID
	for _, guests := range append(atTables(v.Plan), v.Plan.Unseated) {
		for _, g := range guests {
			people = append(people, g.Person)
		}
	}
	s.Privacy.Looked(ctx, privacy.Look{Page: "event_tables", Place: v.Event.ProgrammeSlug, People: people})
}

func (s *Service) showTables(w http.ResponseWriter, r *http.Request) error {
	v, err := s.view(r)
	if err != nil {
		return err
	}
	s.looked(r.Context(), v)
	tables := len(v.Plan.Tables)
	if tables == 0 {
		tables = max(1, (v.Plan.People()+perTable/2)/perTable)
	}
	v.Form = form.New().Set("tables", strconv.Itoa(tables))
	return web.Render(w, r, tablesPage(v))
}

// mostSeed keeps seeds short enough to be read aloud.
const mostSeed = 9999

func (s *Service) proposePage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := s.view(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	wish := Wish{Tables: v.Form.Int("tables", 1, MostTables), Version: v.Form.Version(), Word: lang.T(v.Event.In(ctx), "event.seating.table"), Seed: 1 + rand.IntN(mostSeed)}
	if v.Form.Get("seed") != "" {
		wish.Seed = v.Form.Int("seed", 1, mostSeed)
	}
	if v.Form.Any() {
		s.looked(ctx, v)
		return web.RenderInvalid(w, r, tablesPage(v))
	}
	if err := s.Propose(ctx, v.Event, wish); err != nil {
		return err
	}
	return web.SeeOther(w, r, v.Event.Path()+"/stoly", "event.seating.flash.proposed")
}

// posted reads the event and a form about one guest or one table.
func (s *Service) posted(r *http.Request) (e event.Event, f *form.Form, id store.ID, err error) {
	if e, err = event.Find(r.Context(), s.db, r.PathValue("programme"), r.PathValue("event")); err != nil {
		return e, nil, "", err
	}
	if f, err = web.ReadForm(r); err != nil {
		return e, f, "", err
	}
	if id, err = store.ParseID(f.Get("id")); err != nil {
		err = fault.NotFound("id")
	}
	return e, f, id, err
}

func (s *Service) movePage(w http.ResponseWriter, r *http.Request) error {
	e, f, id, err := s.posted(r)
	if err != nil {
		return err
	}
	var table store.ID
	if f.Get("table") != "" {
		if table, err = store.ParseID(f.Get("table")); err != nil {
			return fault.NotFound("table")
		}
	}
	if err := s.Move(r.Context(), e, id, table); err != nil {
		return err
	}
	return web.SeeOther(w, r, e.Path()+"/stoly#osoba-"+string(id), "event.seating.flash.moved")
}

func (s *Service) lockPage(w http.ResponseWriter, r *http.Request) error {
	e, f, id, err := s.posted(r)
	if err != nil {
		return err
	}
	locked, flash := f.Get("locked") == "1", "event.seating.flash.unlocked"
	if locked {
		flash = "event.seating.flash.locked"
	}
	if err := s.SetLocked(r.Context(), e, id, locked); err != nil {
		return err
	}
	return web.SeeOther(w, r, e.Path()+"/stoly#osoba-"+string(id), flash)
}

func (s *Service) renamePage(w http.ResponseWriter, r *http.Request) error {
	e, f, id, err := s.posted(r)
	if err != nil {
		return err
	}
	name := f.Required("name", longestName)
	if f.Any() {
		return fault.Invalid("event.seating.name_needed", "Max", longestName)
	}
	if err := s.Rename(r.Context(), e, id, name); err != nil {
		return err
	}
	return web.SeeOther(w, r, e.Path()+"/stoly#stol-"+string(id), "event.seating.flash.renamed")
}

// sendSheets prints a sheet for each table: who sits at it, and from where.
func (s *Service) sendSheets(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := s.printed(r)
	if err != nil {
		return err
	}
	ctx = v.Event.In(ctx) // it is read by those who sit there
	d := paper.New(paper.Options{Title: lang.T(ctx, "event.seating.sheets"), Language: lang.From(ctx), At: s.db.Now(), Footer: v.Event.Title})
	for i, t := range v.Plan.Tables {
		if i > 0 {
			d.Page()
		}
		d.Title(t.Name, paper.Centre)
		d.Gap(6)
		var rows [][]string
		for _, g := range t.Guests {
			rows = append(rows, []string{g.Name, g.OrganisationName, ui.Sector(g.Sector).Name(ctx)})
		}
		d.Table([]paper.Column{{Title: lang.T(ctx, "event.seating.name")}, {Title: lang.T(ctx, "event.seating.organisation"), Width: 65},
			{Title: lang.T(ctx, "event.seating.sector"), Width: 38}}, rows, 10)
	}
	return d.Send(w, lang.T(ctx, "event.seating.sheets")+" "+v.Event.Slug)
}

// sendCards prints a card for each person, to stand before them.
func (s *Service) sendCards(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := s.printed(r)
	if err != nil {
		return err
	}
	ctx = v.Event.In(ctx) // it is read by those who sit there
	var cards []paper.Card
	for _, t := range v.Plan.Tables {
		for _, g := range t.Guests {
			card := paper.Card{Large: g.Name, Mark: t.Name}
			if g.OrganisationName != "" {
				card.Lines = append(card.Lines, g.OrganisationName)
			}
			card.Lines = append(card.Lines, ui.Sector(g.Sector).Name(ctx))
			cards = append(cards, card)
		}
	}
	d := paper.New(paper.Options{Title: lang.T(ctx, "event.seating.cards"), Language: lang.From(ctx), At: s.db.Now()})
	d.Cards(cards)
	return d.Send(w, lang.T(ctx, "event.seating.cards")+" "+v.Event.Slug)
}

// printed is the plan, where there are tables to print.
func (s *Service) printed(r *http.Request) (tablesView, error) {
	v, err := s.view(r)
	if err == nil && len(v.Plan.Tables) == 0 {
		err = fault.NotFound("tables")
	}
	if err == nil {
		s.looked(r.Context(), v)
	}
	return v, err
}

// mixture says how many of each sector sit at a table.
func (t Table) mixture() map[ui.Sector]int {
	n := map[ui.Sector]int{}
	for _, g := range t.Guests {
		n[ui.Sector(g.Sector)]++
	}
	return n
}

// number is how many sit, in figures.
func number(n int) string { return fmt.Sprint(n) }
