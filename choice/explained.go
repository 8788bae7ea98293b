package choice

// Explanation is why the others did not win, and how the outcome is spread over
// the voters, as it is published.
type Explanation struct {
	Losers   []LoserReport  `json:"losers"`
	Fairness FairnessReport `json:"fairness"`
}

// LoserReport is a Loser as it is published.
type LoserReport struct {
	Project string           `json:"project"`
	Votes   int64            `json:"votes"`
	Reason  Reason           `json:"reason"`
	Left    *string          `json:"left"`
	Support *string          `json:"effective_support"`
	Spent   []SpendingReport `json:"spent,omitempty"`
}

// SpendingReport is a Spending as it is published.
type SpendingReport struct {
	Winner string  `json:"winner"`
	Voters int     `json:"voters"`
	Money  *string `json:"money"`
}

// FairnessReport is a Fairness as it is published. Wronged maps projects to the
// number of their supporters who could have demanded them.
type FairnessReport struct {
	WithNothing      int            `json:"voters_with_nothing"`
	ShareWithNothing float64        `json:"share_with_nothing"`
	Winners          float64        `json:"winners_per_voter"`
	Gini             float64        `json:"gini"`
	Wronged          map[string]int `json:"wronged"`
}

// Explain writes down why each loser lost and how fair the outcome is.
func (o *Outcome) Explain() Explanation {
	e := Explanation{Losers: []LoserReport{}}
	for _, l := range o.Losers() {
		r := LoserReport{Project: o.election.Projects[l.Project].ID, Votes: l.Votes, Reason: l.Reason,
			Left: fraction(l.Left, true), Support: fraction(l.Support, false)}
		for _, s := range l.Spent {
			r.Spent = append(r.Spent, SpendingReport{o.election.Projects[s.Winner].ID, s.Voters, fraction(s.Money, true)})
		}
		e.Losers = append(e.Losers, r)
	}
	f := o.Fairness()
	e.Fairness = FairnessReport{WithNothing: f.WithNothing, Winners: f.Winners, Gini: f.Gini, Wronged: map[string]int{}}
	if f.Voters > 0 {
		e.Fairness.ShareWithNothing = float64(f.WithNothing) / float64(f.Voters)
	}
	for _, w := range f.Wronged {
		e.Fairness.Wronged[o.election.Projects[w.Project].ID] = w.Voters
	}
	return e
}
