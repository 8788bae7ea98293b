package choice

import (
	"errors"
	"fmt"
	"slices"
)

// Method is the name of a way to select.
type Method string

const (
	// Greedy goes down the list by votes and skips what does not fit.
	Greedy Method = "greedy"
	// GreedyNoSkip ends at the first project that does not fit.
	GreedyNoSkip Method = "greedy-no-skip"
	// GreedyThreshold is Greedy among projects that reach Rule.Threshold.
	GreedyThreshold Method = "greedy-threshold"
	// EqualShares gives every voter an equal part of the budget.
	EqualShares Method = "mes"
	// Phragmen lets every voter earn at the same speed and buys what its
	// supporters can first pay for.
	Phragmen Method = "phragmen"
)

// Utility says what a project is worth to a voter who named it.
type Utility string

const (
	UtilityCost   Utility = "cost"   // its cost, in grosze
	UtilityCount  Utility = "count"  // 1
	UtilityPoints Utility = "points" // the points given to it
	UtilityBorda  Utility = "borda"  // k for the first of k listed, 1 for the last
)

// Completion says how Equal Shares goes on while money is left.
type Completion string

const (
	NoCompletion Completion = "none"
	// Add1 raises every endowment by Rule.Increment and counts anew.
	Add1 Completion = "add1"
	// Add1U spends what Add1 leaves by Greedy.
	Add1U Completion = "add1u"
)

// TieKey is one question by which equal projects are told apart.
type TieKey string

const (
	LowerCost TieKey = "cost"  // the cheaper one first
	MoreVotes TieKey = "votes" // the one that more voters named first
	ByID      TieKey = "id"    // by the bytes of the ids
	ByLot     TieKey = "lot"   // by SHA-256 of Rule.Lot, a zero byte and the id
)

// Rule is how an election is counted, every parameter in the open. The zero
// value of a parameter is its common form, and Count fills it in, so that
// Outcome.Rule names them all.
type Rule struct {
	Method     Method     `json:"name"`
	Utility    Utility    `json:"utility"`
	Completion Completion `json:"completion"`
	// ExhaustiveStop ends Add1 at the first outcome to which no project with
	// supporters can be added; otherwise Add1 goes on to the last outcome
	// before one that costs too much. The two can differ in winners.
	ExhaustiveStop bool `json:"exhaustive_stop"`
	// Increment is by how much Add1 raises the endowment of a voter of weight
	// 1 at each step; 0 is one currency unit.
	Increment Grosze `json:"increment"`
	// Ties are asked in this order; the last must be ByID or ByLot, which
	// leave no two projects equal. None is cost, votes, id.
	Ties []TieKey `json:"ties"`
	// Lot is the seed from which ByLot is drawn: text that nobody could know
	// before the vote and everybody can see after it.
	Lot string `json:"lot,omitempty"`
	// Threshold leaves out projects of a lower score: votes, or the sum of
	// points or Borda points where Utility is one of them.
	Threshold int `json:"threshold"`
	// Top is the most projects that can win; 0 is no limit.
	Top int `json:"top"`
	// LastAtPercent funds the first project that does not fit when at least
	// this percentage of its cost is left, and ends there; 0 never does.
	// Only for Greedy rules. The last project then costs more than there is.
	LastAtPercent int `json:"last_at_percent"`
	// Comparison lets all voters choose between the outcome and that of
	// Greedy, see the type Comparison; Greedy wins if more prefer it.
	Comparison bool `json:"comparison"`
}

// ErrRule is wrapped by every refusal of a rule.
var ErrRule = errors.New("choice: rule cannot be applied")

// complete fills in what was left out and refuses what does not go together.
func (r Rule) complete(kind Kind) (Rule, error) {
	if r.Utility == "" {
		r.Utility = UtilityCost
	}
	if r.Completion == "" {
		r.Completion = NoCompletion
	}
	if r.Increment == 0 {
		r.Increment = 100
	}
	if len(r.Ties) == 0 {
		r.Ties = []TieKey{LowerCost, MoreVotes, ByID}
	}
	r.Ties = slices.Clone(r.Ties)
	if err := r.known(); err != nil {
		return r, fmt.Errorf("%w: %w", ErrRule, err)
	}
	if err := r.together(kind); err != nil {
		return r, fmt.Errorf("%w: %w", ErrRule, err)
	}
	return r, nil
}

func (r Rule) greedy() bool {
	return r.Method == Greedy || r.Method == GreedyNoSkip || r.Method == GreedyThreshold
}

// known refuses words and numbers that mean nothing.
func (r Rule) known() error {
	switch {
	case !r.greedy() && r.Method != EqualShares && r.Method != Phragmen:
		return fmt.Errorf("rule %q; expected greedy, greedy-no-skip, greedy-threshold, mes or phragmen", r.Method)
	case !slices.Contains([]Utility{UtilityCost, UtilityCount, UtilityPoints, UtilityBorda}, r.Utility):
		return fmt.Errorf("utility %q; expected cost, count, points or borda", r.Utility)
	case !slices.Contains([]Completion{NoCompletion, Add1, Add1U}, r.Completion):
		return fmt.Errorf("completion %q; expected none, add1 or add1u", r.Completion)
	case r.Increment < 1 || r.Increment > MaxGrosze:
		return fmt.Errorf("increment %s; expected more than 0", r.Increment)
	case r.Threshold < 0 || r.Top < 0:
		return fmt.Errorf("threshold %d, top %d; expected numbers not below 0", r.Threshold, r.Top)
	case r.LastAtPercent < 0 || r.LastAtPercent > 100:
		return fmt.Errorf("last at %d per cent; expected 1 to 100, or 0 for never", r.LastAtPercent)
	}
	for i, k := range r.Ties {
		if !slices.Contains([]TieKey{LowerCost, MoreVotes, ByID, ByLot}, k) {
			return fmt.Errorf("tie key %q; expected cost, votes, id or lot", k)
		}
		if last := i == len(r.Ties)-1; last != (k == ByID || k == ByLot) {
			return errors.New("ties must end with id or lot, and only end so; expected a list such as cost,votes,lot")
		}
		if k == ByLot && r.Lot == "" {
			return errors.New("ties by lot have no seed; expected a published text")
		}
	}
	return nil
}

// together refuses parameters that contradict each other or the ballots.
func (r Rule) together(kind Kind) error {
	switch {
	case r.Utility == UtilityPoints && kind != Points:
		return fmt.Errorf("utility points on ballots of kind %s; expected ballots with points", kind)
	case r.Utility == UtilityBorda && kind != Ordinal:
		return fmt.Errorf("utility borda on ballots of kind %s; expected rankings", kind)
	case r.Method != EqualShares && r.Completion != NoCompletion:
		return fmt.Errorf("completion %s with rule %s; expected none, or rule mes", r.Completion, r.Method)
	case r.Method == Phragmen && (r.Utility == UtilityPoints || r.Utility == UtilityBorda):
		return fmt.Errorf("utility %s with rule phragmen; expected cost or count, since Phragmén's rule reads ballots as approvals", r.Utility)
	case r.Method == GreedyThreshold && r.Threshold == 0:
		return errors.New("greedy-threshold without a threshold; expected a score that projects must reach")
	case r.LastAtPercent > 0 && !r.greedy():
		return fmt.Errorf("last at %d per cent with rule %s; expected a greedy rule", r.LastAtPercent, r.Method)
	}
	return nil
}
