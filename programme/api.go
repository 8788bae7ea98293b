package programme

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/api"
	"github.com/wspolnota/wspolnota/lang"
)

// What the API tells of a programme: what its public page shows.
type (
	toldSummary struct {
		ID      string `json:"id"`
		Slug    string `json:"slug"`
		Title   string `json:"title"`
		Summary string `json:"summary"`
		State   string `json:"state" enum:"draft,published,archived"`
		Owner   string `json:"owner" doc:"Name of the organisation that leads it."`
		Starts  string `json:"starts,omitempty" format:"date"`
		Ends    string `json:"ends,omitempty" format:"date" doc:"The last day."`
		URL     string `json:"url"`
	}
	toldProgramme struct {
		toldSummary
		Description   string        `json:"description,omitempty" doc:"Markdown."`
		Language      string        `json:"language"`
		Area          []string      `json:"area" doc:"TERC codes."`
		Funder        string        `json:"funder,omitempty"`
		ProjectNumber string        `json:"project_number,omitempty"`
		Partners      []toldPartner `json:"partners"`
		Phases        []toldPhase   `json:"phases"`
		Goals         []toldGoal    `json:"goals"`
	}
	toldPartner struct {
		Slug   string `json:"slug"`
		Name   string `json:"name"`
		Sector string `json:"sector"`
		Owner  bool   `json:"owner"`
	}
	toldPhase struct {
		ID     string `json:"id"`
		Title  string `json:"title"`
		Starts string `json:"starts" format:"date"`
		Ends   string `json:"ends,omitempty" format:"date" doc:"The last day; absent while it has no end."`
		State  string `json:"state" enum:"done,now,next"`
	}
	toldGoal struct {
		ID          string          `json:"id"`
		Title       string          `json:"title"`
		Description string          `json:"description,omitempty"`
		Indicators  []toldIndicator `json:"indicators"`
	}
	toldIndicator struct {
		ID       string        `json:"id"`
		Name     string        `json:"name"`
		Unit     string        `json:"unit,omitempty"`
		Baseline *float64      `json:"baseline,omitempty"`
		Target   float64       `json:"target"`
		Values   []toldMeasure `json:"values"`
	}
	toldMeasure struct {
		Day    string  `json:"day" format:"date"`
		Amount float64 `json:"amount"`
		Note   string  `json:"note,omitempty"`
	}
)

type listInput struct {
	api.Paging
	Words        string `query:"q" maxLength:"200" doc:"Words of the title or the summary."`
	Municipality string `query:"municipality" pattern:"^[0-9]{4}([0-9]{3})?$" doc:"TERC code of a gmina or powiat."`
	State        string `query:"state" enum:"published,archived" default:"published"`
}

type oneInput struct {
	Programme string `path:"programme" maxLength:"100" doc:"Slug of the programme."`
}

// AddTo lets programs read what the pages of the room show.
func (s *Service) AddTo(a *api.API) {
	api.List(a, api.Read{Path: "/programmes", ID: "list-programmes", Summary: "Programmes of cooperation, in Polish alphabetical order",
		Told: "programme.api.list", Tag: "programmes", Need: access.Anyone}, s.apiList)
	api.Get(a, api.Read{Path: "/programmes/{programme}", ID: "get-programme",
		Summary: "One programme with its partners, phases, goals and what was measured", Told: "programme.api.one", Tag: "programmes", Need: access.Anyone}, s.apiOne)
}

func (s *Service) apiList(ctx context.Context, in *listInput) ([]toldSummary, int, error) {
	f := listFilter{State: State(in.State), Area: in.Municipality, Text: in.Words}
	total, err := countProgrammes(ctx, s.db, f)
	if err != nil {
		return nil, 0, err
	}
	found, err := listProgrammes(ctx, s.db, f, in.Limit(), in.Offset())
	var all []toldSummary
	for _, p := range found {
		all = append(all, toldSummary{ID: string(p.ID), Slug: p.Slug, Title: p.Title, Summary: p.Summary, State: string(p.State), Owner: p.Owner,
			Starts: day(p.StartsAt.Time), Ends: day(lastDay(p.EndsAt)), URL: s.site.URL(p.Path())})
	}
	return all, total, err
}

func (s *Service) apiOne(ctx context.Context, in *oneInput) (toldProgramme, error) {
	p, err := BySlug(ctx, s.db, in.Programme)
	if err == nil {
		err = visible(access.From(ctx), p)
	}
	if err != nil {
		return toldProgramme{}, err
	}
	snap, err := s.snapshotOf(ctx, p)
	if err != nil {
		return toldProgramme{}, err
	}
	partners, err := partnersOf(ctx, s.db, p)
	t := toldProgramme{Description: p.Description, Language: string(p.Language), Area: api.Some(snap.areas), Funder: p.Funder, ProjectNumber: p.ProjectNumber,
		toldSummary: toldSummary{ID: string(p.ID), Slug: p.Slug, Title: p.Title, Summary: p.Summary, State: string(p.State),
			Starts: day(p.StartsAt.Time), Ends: day(p.LastDay()), URL: s.site.URL(p.Path())}}
	for _, partner := range partners {
		if partner.Owner {
			t.Owner = partner.Name
		}
		t.Partners = append(t.Partners, toldPartner{partner.Slug, partner.Name, partner.Sector, partner.Owner})
	}
	now := s.db.Now()
	for _, phase := range snap.phases {
		t.Phases = append(t.Phases, toldPhase{string(phase.ID), phase.Title, day(phase.StartsAt.Time), day(phase.LastDay()), string(phase.At(now))})
	}
	for _, goal := range snap.goals {
		t.Goals = append(t.Goals, goal.at(now).told())
	}
	t.Partners, t.Phases, t.Goals = api.Some(t.Partners), api.Some(t.Phases), api.Some(t.Goals)
	return t, err
}

func (g Goal) told() toldGoal {
	t := toldGoal{ID: string(g.ID), Title: g.Title, Description: g.Description}
	for _, i := range g.Indicators {
		indicator := toldIndicator{ID: string(i.ID), Name: i.Name, Unit: i.Unit, Target: i.Target.float()}
		if i.Baseline != nil {
			baseline := i.Baseline.float()
			indicator.Baseline = &baseline
		}
		for _, m := range i.Values {
			indicator.Values = append(indicator.Values, toldMeasure{day(m.Day.Time), m.Amount.float(), m.Note})
		}
		indicator.Values = api.Some(indicator.Values)
		t.Indicators = append(t.Indicators, indicator)
	}
	t.Indicators = api.Some(t.Indicators)
	return t
}

// day is a date in Warsaw, "" for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(lang.Warsaw).Format(time.DateOnly)
}
