package choice

import "math/big"

// Report is an outcome as it is published: ids instead of positions, money as
// decimal strings, fractions as "p/q", all in currency units.
type Report struct {
	Rule           Rule              `json:"rule"`
	Complete       bool              `json:"complete"`
	Voters         int               `json:"voters"`
	Projects       int               `json:"projects"`
	Budget         Grosze            `json:"budget"`
	Winners        []string          `json:"winners"`
	Cost           Grosze            `json:"cost"`
	Rounds         []RoundReport     `json:"rounds"`
	Endowment      *string           `json:"endowment"`
	Runs           int               `json:"runs"`
	ExactFallbacks int               `json:"exact_fallbacks"`
	Comparison     *ComparisonReport `json:"comparison,omitempty"`
}

// RoundReport is one Round as it is published. Rho is what was paid for one
// unit of utility: with utility cost, for one currency unit of cost.
type RoundReport struct {
	Project string     `json:"project"`
	Stage   Stage      `json:"stage"`
	Rho     *string    `json:"rho"`
	Payers  int        `json:"payers"`
	Full    int        `json:"full_payers"`
	Payment *string    `json:"payment"`
	Score   int64      `json:"score,omitempty"`
	Cost    Grosze     `json:"cost"`
	Left    Grosze     `json:"left"`
	Tie     *TieReport `json:"tie,omitempty"`
}

// TieReport names the projects that were equal, the elected one first, and the
// key that decided.
type TieReport struct {
	Among []string `json:"among"`
	By    TieKey   `json:"by"`
}

// ComparisonReport is a Comparison as it is published.
type ComparisonReport struct {
	ForOutcome int      `json:"for_outcome"`
	ForGreedy  int      `json:"for_greedy"`
	Equal      int      `json:"equal"`
	Replaced   bool     `json:"replaced"`
	Greedy     []string `json:"greedy"`
}

// Report writes the outcome down.
func (o *Outcome) Report() Report {
	r := Report{
		Rule: o.Rule, Complete: o.Complete, Voters: o.election.Ballots.Voters(), Projects: len(o.election.Projects),
		Budget: o.election.Budget, Winners: o.ids(o.Winners), Cost: o.Cost, Rounds: []RoundReport{},
		Endowment: fraction(o.Endowment, true), Runs: o.Runs, ExactFallbacks: o.ExactFallbacks,
	}
	for _, round := range o.Rounds {
		r.Rounds = append(r.Rounds, o.reportRound(round))
	}
	if c := o.Comparison; c != nil {
		r.Comparison = &ComparisonReport{c.ForOutcome, c.ForGreedy, c.Equal, c.Replaced, o.ids(c.Greedy)}
	}
	return r
}

func (o *Outcome) reportRound(r Round) RoundReport {
	project := o.election.Projects[r.Project]
	out := RoundReport{
		Project: project.ID, Stage: r.Stage, Rho: fraction(r.Rho, o.Rule.Utility != UtilityCost),
		Payers: r.Payers, Full: r.Full, Payment: fraction(r.Payment, true), Score: r.Score, Cost: project.Cost, Left: r.Left,
	}
	if r.Tie != nil {
		out.Tie = &TieReport{Among: o.ids(r.Tie.Among), By: r.Tie.By}
	}
	return out
}

func (o *Outcome) ids(projects []int) []string {
	out := make([]string, len(projects))
	for i, c := range projects {
		out[i] = o.election.Projects[c].ID
	}
	return out
}

// fraction writes an exact number; money turns from grosze into currency units.
func fraction(v *big.Rat, money bool) *string {
	if v == nil {
		return nil
	}
	if money {
		v = złoty(v)
	}
	s := v.String()
	return &s
}
