package delphi

import (
	"fmt"
	"math"
	"slices"
)

// Analyse measures a panel. It fails as Panel.Check does.
func Analyse(p Panel, o Options) (Report, error) {
	if err := p.Check(o.Scale); err != nil {
		return Report{}, err
	}
	o = o.complete()
	a := analysis{Report: Report{Options: o, Sectors: p.Sectors(), Rounds: p.Rounds()}, sheets: map[place][]Response{}}
	experts := map[string]bool{}
	for _, r := range p.Responses {
		experts[r.Expert] = true
		a.sheets[place{r.Round, r.Sector}] = append(a.sheets[place{r.Round, r.Sector}], r)
	}
	a.Experts = len(experts)
	for _, round := range a.Rounds {
		c, err := a.concordance(round, len(p.Items))
		if err != nil {
			return Report{}, err
		}
		a.Concordance = append(a.Concordance, c)
		a.rules = append(a.rules, a.fix(round, len(p.Items)))
	}
	for i, name := range p.Items {
		item, err := a.item(i, name)
		if err != nil {
			return Report{}, err
		}
		a.Items = append(a.Items, item)
	}
	return a.Report, nil
}

// analysis is a report that is being made.
type analysis struct {
	Report
	sheets map[place][]Response
	rules  []Rule // of each round
}

type place struct {
	round  int
	sector string
}

// fix applies the rule of the panel to a round.
func (a *analysis) fix(round, items int) Rule {
	var all []Tally
	for i := range items {
		t, _ := a.tallies(i, round)
		all = append(all, t)
	}
	return a.Rule.Fix(all)
}

// tallies counts the answers to an item in a round: of everybody and of each sector.
func (a *analysis) tallies(item, round int) (all Tally, sectors []Tally) {
	var everybody []float64
	for _, s := range a.Sectors {
		var answers []float64
		for _, r := range a.sheets[place{round, s}] {
			if v := r.Answers[item]; !math.IsNaN(v) {
				answers = append(answers, v)
			}
		}
		t, _ := Count(answers) // the panel was checked
		sectors, everybody = append(sectors, t), append(everybody, answers...)
	}
	all, _ = Count(everybody)
	return all, sectors
}

func (a *analysis) item(i int, name string) (ItemReport, error) {
	item := ItemReport{Item: name}
	var before Tally
	for k, round := range a.Rounds {
		all, sectors := a.tallies(i, round)
		report := ReportRound(all, a.Sectors, sectors, a.rules[k], a.Options)
		report.Round = round
		item.Rounds = append(item.Rounds, report)
		if k > 0 {
			step, err := a.step(i, a.Rounds[k-1], round, before, all)
			if err != nil {
				return ItemReport{}, fmt.Errorf("item %q: %w", name, err)
			}
			item.Changes = append(item.Changes, step)
			item.Settled = !step.Hidden && step.Stable() && report.Verdict.Reached
		}
		before = all
	}
	return item, nil
}

// ReportRound measures one item from the answers of everybody and of each
// sector, hiding what too few people stand behind. Rounds and the live panel
// both come here.
func ReportRound(all Tally, names []string, sectors []Tally, rule Rule, o Options) RoundReport {
	o = o.complete()
	shown, total := shownOf(sectors, o.Least)
	report := RoundReport{Hidden: !total, Many: KruskalWallis(), Between: Diagnose(nil, o.Scale, o.Quartiles)}
	for k, name := range names {
		s := Sector{Sector: name, Hidden: !total || !shown[k]}
		if !s.Hidden {
			s.Group = group(sectors[k], rule, o)
		}
		report.Sectors = append(report.Sectors, s)
	}
	if report.Hidden {
		return report
	}
	report.Group = group(all, rule, o)
	open, places := filter(sectors, shown)
	report.Many = KruskalWallis(open...)
	if math.IsNaN(report.Many.Exact) && all.n <= MostExact {
		report.Many.Permuted = PermutedKruskalWallis(o.Draws, o.Seed, open...)
	}
	report.Between = diagnose(open, o.Scale, o.Quartiles, report.Many.Best())
	for _, d := range Dunn(open...) {
		report.Pairs = append(report.Pairs, SectorPair{names[places[d.A]], names[places[d.B]], MannWhitney(open[d.A], open[d.B]), d})
	}
	return report
}

func group(t Tally, rule Rule, o Options) Group {
	return Group{t.Describe(o.Scale, o.Quartiles), t, rule.Judge(t, o.Quartiles)}
}

// step compares two rounds of an item.
func (a *analysis) step(i, from, to int, before, after Tally) (StepReport, error) {
	var pairs []Pair
	for _, s := range a.Sectors {
		first := map[string]float64{}
		for _, r := range a.sheets[place{from, s}] {
			first[r.Expert] = r.Answers[i]
		}
		for _, r := range a.sheets[place{to, s}] {
			if v, both := first[r.Expert]; both && !math.IsNaN(v) && !math.IsNaN(r.Answers[i]) {
				pairs = append(pairs, Pair{v, r.Answers[i]})
			}
		}
	}
	step := StepReport{From: from, To: to, Hidden: len(pairs) < a.Least}
	if step.Hidden {
		return step, nil
	}
	var err error
	step.Change, err = Compare(pairs, before, after)
	return step, err
}

func (a *analysis) concordance(round, items int) (RoundConcordance, error) {
	c := RoundConcordance{Round: round, Permuted: math.NaN()}
	var ratings [][]float64
	for _, s := range a.Sectors {
		for _, r := range a.sheets[place{round, s}] {
			if slices.ContainsFunc(r.Answers, math.IsNaN) {
				c.Partial++
			} else {
				ratings = append(ratings, r.Answers)
			}
		}
	}
	if len(ratings) < max(2, a.Least) || items < 2 {
		return c, nil
	}
	var err error
	c.Known = true
	if c.Concordance, err = KendallW(ratings); err != nil {
		return c, err
	}
	if c.Raters*c.Items <= mostPermuted {
		c.Permuted, err = PermutedKendallW(ratings, a.Draws, a.Seed)
	}
	return c, err
}
