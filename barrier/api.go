package barrier

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/api"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// What the API tells of a barrier: what its public page shows.
type (
	toldBarrier struct {
		Number      int          `json:"number"`
		Kind        string       `json:"kind" doc:"stereotype, role, risk, learning, communication, procedure, or the slug of a kind of the programme."`
		Statement   string       `json:"statement"`
		Language    string       `json:"language"`
		HeldBy      []string     `json:"held_by" doc:"Sectors."`
		About       []string     `json:"about" doc:"Sectors."`
		Probability int          `json:"probability,omitempty" doc:"Of a risk, 1 to 5."`
		Impact      int          `json:"impact,omitempty" doc:"Of a risk, 1 to 5."`
		Verdict     string       `json:"verdict,omitempty" doc:"confirmed, partly or refuted."`
		Measure     string       `json:"measure,omitempty"`
		Response    string       `json:"response,omitempty"`
		Owner       string       `json:"owner,omitempty" doc:"Name of the organisation that answers for the response."`
		Due         string       `json:"due,omitempty" doc:"Last day of the response."`
		Review      string       `json:"review,omitempty" doc:"Day of the next review."`
		Closed      *time.Time   `json:"closed,omitempty"`
		Registered  time.Time    `json:"registered"`
		Figures     []toldFigure `json:"figures" doc:"What sectors with at least five voters think; drawn anew every five votes."`
		URL         string       `json:"url"`
	}
	toldFigure struct {
		Sector    string  `json:"sector"`
		Since     string  `json:"since" doc:"Day from which this is shown."`
		Voters    int     `json:"voters"`
		Frequency float64 `json:"frequency" doc:"Mean, 1 to 5."`
		Harm      float64 `json:"harm" doc:"Mean, 1 to 5."`
	}
	toldWholeBarrier struct {
		toldBarrier
		Detail      string         `json:"detail,omitempty" doc:"Markdown."`
		Cause       string         `json:"cause,omitempty"`
		Effect      string         `json:"effect,omitempty"`
		Signal      string         `json:"signal,omitempty"`
		VerdictNote string         `json:"verdict_note,omitempty"`
		Evidence    []toldEvidence `json:"evidence"`
	}
	toldEvidence struct {
		Side string `json:"side" doc:"for or against."`
		Text string `json:"text"`
		URL  string `json:"url,omitempty"`
	}
)

type listInput struct {
	api.Paging
	Programme string `path:"programme" maxLength:"100"`
	Kind      string `query:"kind" maxLength:"100"`
	HeldBy    string `query:"held_by" maxLength:"20"`
	About     string `query:"about" maxLength:"20"`
	Words     string `query:"q" maxLength:"100"`
}

type oneInput struct {
	Programme string `path:"programme" maxLength:"100"`
	Barrier   int    `path:"barrier" minimum:"1" maximum:"1000000000" doc:"Number of the barrier."`
}

// AddTo lets programs read what the pages of the room show.
func (s *Service) AddTo(a *api.API) {
	api.List(a, api.Read{Path: "/programmes/{programme}/barriers", ID: "list-barriers", Summary: "The register of constraints of a programme, the newest first",
		Told: "barrier.api.list", Tag: "barriers", Need: access.Anyone}, s.apiList)
	api.Get(a, api.Read{Path: "/programmes/{programme}/barriers/{barrier}", ID: "get-barrier", Summary: "One constraint with its evidence",
		Told: "barrier.api.one", Tag: "barriers", Need: access.Anyone}, s.apiOne)
}

// apiProgramme returns a programme that everybody or this person may see.
func (s *Service) apiProgramme(ctx context.Context, slug string) (programme.Programme, error) {
	p, err := programme.BySlug(ctx, s.db, slug)
	if err == nil && p.State == programme.Draft && !access.From(ctx).May(Preview, string(p.ID)) {
		err = fault.NotFound("programme")
	}
	return p, err
}

func (s *Service) apiList(ctx context.Context, in *listInput) ([]toldBarrier, int, error) {
	p, err := s.apiProgramme(ctx, in.Programme)
	if err != nil {
		return nil, 0, err
	}
	f := Filter{Kind: Kind(in.Kind), HeldBy: in.HeldBy, About: in.About, Text: in.Words}
	total, err := countRegistered(ctx, s.db, p.ID, f)
	if err != nil {
		return nil, 0, err
	}
	found, err := registered(ctx, s.db, p.ID, f, in.Limit(), in.Offset())
	if err != nil {
		return nil, 0, err
	}
	shown, err := figures(ctx, s.db, store.At(s.db.Now()), found)
	var all []toldBarrier
	for _, b := range found {
		all = append(all, s.told(b, shown[b.ID]))
	}
	return all, total, err
}

func (s *Service) apiOne(ctx context.Context, in *oneInput) (toldWholeBarrier, error) {
	p, err := s.apiProgramme(ctx, in.Programme)
	if err != nil {
		return toldWholeBarrier{}, err
	}
	b, err := byNumber(ctx, s.db, p.ID, in.Barrier)
	if err == nil && b.State != Registered {
		err = fault.NotFound("barrier")
	}
	if err != nil {
		return toldWholeBarrier{}, err
	}
	shown, err := figures(ctx, s.db, store.At(s.db.Now()), []Barrier{b})
	if err != nil {
		return toldWholeBarrier{}, err
	}
	evidence, err := evidenceOf(ctx, s.db, b.ID)
	whole := toldWholeBarrier{toldBarrier: s.told(b, shown[b.ID]), Detail: b.Detail, Cause: b.Cause, Effect: b.Effect, Signal: b.Signal,
		VerdictNote: b.VerdictNote, Evidence: []toldEvidence{}}
	for _, e := range evidence {
		if e.State == Registered {
			whole.Evidence = append(whole.Evidence, toldEvidence{Side: string(e.Side), Text: e.Text, URL: e.URL})
		}
	}
	return whole, err
}

func (s *Service) told(b Barrier, shown []Figure) toldBarrier {
	t := toldBarrier{Number: b.Number, Kind: string(b.Kind), Statement: b.Statement, Language: b.Language, HeldBy: b.HeldBy.texts(), About: b.About.texts(),
		Probability: b.Probability, Impact: b.Impact, Verdict: string(b.Verdict), Measure: string(b.Measure), Response: b.Response, Owner: b.OwnerName,
		Due: dayText(lastDay(b.DueAt)), Review: dayText(lastDay(b.ReviewAt)), Registered: b.RegisteredAt.UTC(), Figures: []toldFigure{}, URL: s.Site.URL(b.Path())}
	if !b.ClosedAt.IsZero() {
		closed := b.ClosedAt.UTC()
		t.Closed = &closed
	}
	for _, f := range shown {
		t.Figures = append(t.Figures, toldFigure{Sector: string(f.Sector), Since: dayText(f.Day.Time), Voters: f.Voters, Frequency: f.Frequency(), Harm: f.Harm()})
	}
	return t
}

// dayText is a day as the standard writes it, "" for none.
func dayText(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}
