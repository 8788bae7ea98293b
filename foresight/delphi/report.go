package delphi

// Options of an analysis; the zero value is complete but for the scale.
type Options struct {
	Scale     Scale
	Guessed   bool // the scale was guessed from the answers; the report repeats it
	Quartiles QuartileType
	Rule      Rule   // nil: DefaultRule of the scale
	Least     int    // people behind a number that is shown; 0: LeastShown; 1 shows everything
	Draws     int    // samples of permutations where a chance cannot be counted out; 0: 9999
	Seed      uint64 // of the samples
}

// Report is what a panel says, item by item, round by round, sector by sector.
type Report struct {
	Options
	Experts     int
	Sectors     []string
	Rounds      []int
	Items       []ItemReport
	Concordance []RoundConcordance // of each round
}

// ItemReport is one item.
type ItemReport struct {
	Item    string
	Rounds  []RoundReport // as Report.Rounds
	Changes []StepReport  // between each round and the next
	Settled bool          // the rule is met in the last round, and it is stable: only both end a Delphi
}

// RoundReport is one item in one round. A hidden round has too few answers and
// says nothing else.
type RoundReport struct {
	Round   int
	Hidden  bool
	Group              // the whole panel
	Sectors []Sector   // as Report.Sectors
	Many    ManyGroups // between the sectors that are shown
	Pairs   []SectorPair
	Between Between
}

// Group is a group with its measures and what the rule says.
type Group struct {
	Stats
	Tally   Tally
	Verdict Verdict
}

// Sector is the group of a sector; hidden, it says nothing but its name.
type Sector struct {
	Sector string
	Hidden bool
	Group
}

// SectorPair compares two sectors that are shown.
type SectorPair struct {
	A, B string
	TwoGroups
	Dunn PairOfGroups // among all sectors that are shown; A and B count these
}

// StepReport is the change from one round to the next; hidden, too few experts
// answered both.
type StepReport struct {
	From, To int
	Hidden   bool
	Change
}

// RoundConcordance is Kendall's W over the items of a round, from the experts
// who rated all of them.
type RoundConcordance struct {
	Round   int
	Known   bool // two items and enough experts
	Partial int  // experts left out because an answer is missing
	Concordance
	Permuted float64 // chance by permutation, for small panels; NaN for large ones
}

// mostPermuted is the number of ratings up to which W is also permuted.
const mostPermuted = 200

func (o Options) complete() Options {
	if o.Rule == nil {
		o.Rule = DefaultRule(o.Scale)
	}
	if o.Least == 0 {
		o.Least = LeastShown
	}
	if o.Draws == 0 {
		o.Draws = 9999
	}
	return o
}
