package registration

import (
	"context"
	"net/http"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// listView is the team's list of registrations.
type listView struct {
	frame
	Admission Admission
	Limits    Limits
	Tallies   []Tally
	Filter    filter
	Rows      []row
	Total     int
	Page      int
	ListPath  string
}

func (s *Service) showList(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), web.Query(r)
	e, err := s.eventOf(r)
	if err != nil {
		return err
	}
	v := listView{frame: s.frame(ctx, e, "/zapisy/lista"), Filter: readFilter(q), Page: q.Page("strona"),
		ListPath: filtered(r, "stan", "sektor", "gmina", "szukaj")}
	if v.Admission, err = AdmissionOf(ctx, s.db, e.ID); err != nil {
		return err
	}
	if v.Limits, err = LimitsOf(ctx, s.db, e.ID); err != nil {
		return err
	}
	if v.Tallies, err = Tallies(ctx, s.db, e.ID); err != nil {
		return err
	}
	if v.Rows, v.Total, err = listed(ctx, s.db, e.ID, v.Filter, pageSize, (v.Page-1)*pageSize); err != nil {
		return err
	}
	s.looked(ctx, e, "registrations", v.Rows)
	return web.Render(w, r, listPage(v))
}

func (s *Service) looked(ctx context.Context, e event.Event, page string, rows []row) {
	ids := make([]store.ID, len(rows))
	for i, g := range rows {
		ids[i] = g.Person
	}
	s.Privacy.Looked(ctx, privacy.Look{Page: page, Place: e.ProgrammeSlug, People: ids})
}

// listTable is the list as it leaves: without diet and access needs.
func (s *Service) listTable(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return export.Table{}, err
	}
	questions, err := everyQuestion(ctx, s.db, e.ID)
	if err != nil {
		return export.Table{}, err
	}
	rows, total, err := listed(ctx, s.db, e.ID, readFilter(web.Query(r)), export.MostRows, 0)
	if err != nil {
		return export.Table{}, err
	}
	s.looked(ctx, e, "registrations", rows)
	t := export.Table{Name: lang.T(ctx, "event.registration.list.title") + " " + e.Title, Head: export.Titles(ctx, "event.registration.number",
		"event.registration.name", "event.registration.email", "event.registration.organisation", "event.registration.sector",
		"event.registration.gmina", "event.registration.state", "event.registration.channel", "event.registration.registered_at")}
	for _, q := range questions {
		if !q.Kind.Sensitive() {
			t.Head = append(t.Head, q.Label)
		}
	}
	for _, g := range rows {
		cells := []any{g.Number, g.Name, g.Reach, g.OrganisationName, g.Sector.Name(ctx), gminaName(ctx, g.TERC),
			lang.T(ctx, "event.registration.state."+string(g.State)), lang.T(ctx, "event.registration.channel."+string(g.Channel)), g.RegisteredAt.Time}
		for _, q := range questions {
			if !q.Kind.Sensitive() {
				cells = append(cells, said(ctx, q, g.Answers.To(q.ID)))
			}
		}
		t.Rows = append(t.Rows, cells)
	}
	return t, t.Fits(total)
}

// needsView is the page for the kitchen and for whoever prepares the rooms.
type needsView struct {
	frame
	Needs []need
	Gone  bool // erased, since the event is long over
}

func (s *Service) needs(r *http.Request) (needsView, error) {
	ctx := r.Context()
	e, err := s.eventOf(r)
	if err != nil {
		return needsView{}, err
	}
	v := needsView{frame: s.frame(ctx, e, "/zapisy/potrzeby"), Gone: s.db.Now().After(e.EndsAt.AddDate(0, 0, keptNeeds))}
	if v.Needs, err = needsFor(ctx, s.db, e.ID); err != nil {
		return v, err
	}
	ids := make([]store.ID, len(v.Needs))
	for i, n := range v.Needs {
		ids[i] = n.Person
	}
	s.Privacy.Looked(ctx, privacy.Look{Page: "needs", Place: e.ProgrammeSlug, People: ids})
	return v, nil
}

func (s *Service) showNeeds(w http.ResponseWriter, r *http.Request) error {
	v, err := s.needs(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, needsPage(v))
}

func (s *Service) needsTable(r *http.Request) (export.Table, error) {
	ctx := r.Context()
	v, err := s.needs(r)
	t := export.Table{Name: lang.T(ctx, "event.registration.needs.title") + " " + v.Title,
		Head: export.Titles(ctx, "event.registration.name", "event.registration.question", "event.registration.answers")}
	for _, n := range v.Needs {
		t.Rows = append(t.Rows, []any{n.Name, n.Label, n.Answer})
	}
	return t, err
}

// count says how many live registrations of a state and, where given, a sector
// there are.
func (v listView) count(state State, sector ui.Sector) int {
	n := 0
	for _, t := range v.Tallies {
		if t.State == state && (sector == "" || t.Sector == sector) {
			n += t.Number
		}
	}
	return n
}
