package scan

import (
	"cmp"
	"math"
	"slices"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

// Options of an analysis; the zero value is complete but for the scale.
type Options struct {
	Scale   delphi.Scale
	Guessed bool   // the scale was guessed from the votes; the report repeats it
	Least   int    // people behind a number that is shown; 0: delphi.LeastShown
	Samples int    // of the bootstrap; 0: 2000
	Seed    uint64 // of the bootstrap
}

// Report is a ranking with what stands behind it.
type Report struct {
	Voters     int              `json:"voters"`
	Sectors    []string         `json:"sectors"`
	Scale      string           `json:"scale"`
	Guessed    bool             `json:"scale_assumed"`
	Least      int              `json:"hidden_below"`
	Samples    int              `json:"bootstrap_samples"`
	Seed       uint64           `json:"seed"`
	Dispersion bool             `json:"uncertainty_is_dispersion"` // of likelihood votes
	Middle     Middle           `json:"middle"`
	Items      []ItemReport     `json:"items"` // by rank
	Categories []CategoryReport `json:"categories"`
	Agreement  Agreement        `json:"agreement"`
}

// Middle is where the map is cut: the means over all items that are shown.
type Middle struct {
	Importance  Measure `json:"importance"`
	Uncertainty Measure `json:"uncertainty"`
}

// Field names the quarters of the map of importance and uncertainty.
type Field string

const (
	Critical      Field = "critical uncertainty" // high, high: what scenarios are built on
	Predetermined Field = "predetermined"        // important and certain: holds in every scenario
	Watch         Field = "to watch"             // uncertain, not yet important
	Background    Field = "background"           // neither
)

// ItemReport is one item. A hidden one has too few votes, no rank, and says
// nothing else.
type ItemReport struct {
	Item             string         `json:"item"`
	Category         Category       `json:"category"`
	Kind             string         `json:"kind,omitempty"`
	Horizon          string         `json:"horizon,omitempty"`
	Hidden           bool           `json:"hidden,omitempty"`
	Rank             Measure        `json:"rank"` // 1 is the highest priority; equal ones share their mean rank
	RankRange        [2]Measure     `json:"rank_95"`
	N                int            `json:"n"`
	Importance       Measure        `json:"importance"` // mean
	ImportanceRange  [2]Measure     `json:"importance_95"`
	Median           Measure        `json:"importance_median"`
	Uncertainty      Measure        `json:"uncertainty"` // mean of votes, or standard deviation of likelihood
	UncertaintyRange [2]Measure     `json:"uncertainty_95"`
	Priority         Measure        `json:"priority"` // importance times uncertainty
	PriorityRange    [2]Measure     `json:"priority_95"`
	Borda            Measure        `json:"borda"` // share of the other items a voter puts below, ties half, mean over voters
	Field            Field          `json:"field"`
	Sectors          []SectorReport `json:"sectors,omitempty"`
	P                Measure        `json:"p_between_sectors"` // Kruskal–Wallis over importance, the best known
}

// SectorReport is what one sector says about an item.
type SectorReport struct {
	Sector      string  `json:"sector"`
	Hidden      bool    `json:"hidden,omitempty"`
	N           int     `json:"n"`
	Importance  Measure `json:"importance"`
	Uncertainty Measure `json:"uncertainty"`
}

// unranked items are hidden, or nobody has said enough to measure them.
func (r ItemReport) unranked() bool { return math.IsNaN(float64(r.Rank)) }

// CategoryReport counts the items of a category; none is a blind spot.
type CategoryReport struct {
	Category Category `json:"category"`
	Items    int      `json:"items"`
}

// Analyse ranks the items of a scan by importance times uncertainty. It fails as
// Scan.Check does.
func Analyse(s Scan, o Options) (Report, error) {
	if err := s.Check(o.Scale); err != nil {
		return Report{}, err
	}
	o.Least, o.Samples = cmp.Or(o.Least, delphi.LeastShown), cmp.Or(o.Samples, 2000)
	b := newBallots(s)
	r := Report{Voters: len(b.sectorOf), Sectors: b.sectors, Scale: o.Scale.String(), Guessed: o.Guessed, Least: o.Least, Samples: o.Samples, Seed: o.Seed, Dispersion: s.Likelihood}
	borda := b.borda()
	for i, item := range s.Items {
		r.Items = append(r.Items, b.item(i, item, Measure(borda[i]), o))
	}
	open := b.rank(&r)
	b.intervals(&r, open, o)
	r.place()
	for _, c := range Categories {
		n := 0
		for _, item := range s.Items {
			n += one(item.Category == c)
		}
		r.Categories = append(r.Categories, CategoryReport{c, n})
	}
	r.Agreement = b.agreement(open, o)
	slices.SortStableFunc(r.Items, func(a, b ItemReport) int {
		return cmp.Or(one(a.Hidden)-one(b.Hidden), one(a.unranked())-one(b.unranked()), cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Item, b.Item))
	})
	return r, nil
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// item measures one item but for its rank and its intervals.
func (b *ballots) item(i int, item Item, borda Measure, o Options) ItemReport {
	nan := Measure(math.NaN())
	none := [2]Measure{nan, nan}
	r := ItemReport{Item: item.Name, Category: item.Category, Kind: item.Kind, Horizon: item.Horizon, Rank: nan, RankRange: none, Importance: nan,
		ImportanceRange: none, Median: nan, Uncertainty: nan, UncertaintyRange: none, Priority: nan, PriorityRange: none, Borda: nan, P: nan}
	sectors, shown, total := b.tallies(i, o.Least)
	if r.Hidden = !total; r.Hidden {
		return r
	}
	var open []delphi.Tally
	for s, name := range b.sectors {
		sector := SectorReport{Sector: name, Hidden: !shown[s], Importance: nan, Uncertainty: nan}
		if shown[s] {
			m := b.measure(i, b.once(s))
			sector.N, sector.Importance, sector.Uncertainty = sectors[s].N(), Measure(m.importance), Measure(m.uncertainty)
			open = append(open, sectors[s])
		}
		r.Sectors = append(r.Sectors, sector)
	}
	all, m := b.tally(i, everybody), b.measure(i, b.once(everybody))
	r.N, r.Importance, r.Uncertainty, r.Priority = all.N(), Measure(m.importance), Measure(m.uncertainty), Measure(m.priority())
	r.Median, r.Borda, r.P = Measure(all.Quartiles(delphi.Type7).Median), borda, Measure(delphi.KruskalWallis(open...).Best())
	return r
}

// place cuts the map into its fields.
func (r *Report) place() {
	importance, uncertainty, n := 0.0, 0.0, 0.0
	for _, item := range r.Items {
		if !math.IsNaN(float64(item.Priority)) {
			importance, uncertainty, n = importance+float64(item.Importance), uncertainty+float64(item.Uncertainty), n+1
		}
	}
	r.Middle = Middle{Measure(importance / n), Measure(uncertainty / n)}
	for i := range r.Items {
		if item := &r.Items[i]; !math.IsNaN(float64(item.Priority)) {
			item.Field = field(item.Importance >= r.Middle.Importance, item.Uncertainty >= r.Middle.Uncertainty)
		}
	}
}

func field(important, uncertain bool) Field {
	switch {
	case important && uncertain:
		return Critical
	case important:
		return Predetermined
	case uncertain:
		return Watch
	}
	return Background
}
