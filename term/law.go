package term

import (
	"fmt"
	"slices"
)

// Key names a number that the law sets.
type Key string

// Numbers of the act of 24 April 2003 on public benefit activity and
// volunteering (UDPP) and of what stands beside it.
const (
	TenderFiling       Key = "tender.filing"        // at least so long, from the last of three publications
	TenderReasons      Key = "tender.reasons"       // in which anyone may ask for reasons
	TenderReport       Key = "tender.report"        // in which the final report is handed in
	ProposalAnswer     Key = "proposal.answer"      // in which the office answers an organisation's own proposal
	SmallMost          Key = "small.most"           // złoty for one small grant
	SmallLength        Key = "small.length"         // in which its task is done
	SmallPublication   Key = "small.publication"    // in which the office publishes the offer, from its receipt
	SmallPosting       Key = "small.posting"        // for which the offer hangs
	SmallRemarks       Key = "small.remarks"        // in which anyone may remark, from the publication
	SmallOrganisation  Key = "small.organisation"   // złoty for one organisation in a calendar year
	SmallShare         Key = "small.share"          // per cent of the year's grants that small grants may take
	CouncilOpinionMin  Key = "council.opinion.min"  // which a council of public benefit work has at least
	CouncilOpinionMost Key = "council.opinion.most" // and at most
	PapersKept         Key = "papers.kept"          // for which papers of a grant are kept, from the next new year
	GrantReturned      Key = "grant.returned"       // in which unspent money is returned
)

// Number is what the law sets from one day until another.
type Number struct {
	Key         Key
	From, Until Day // Until is the first day on which it no longer holds; zero: in force
	N           int
	Unit        Unit // of a term; empty for Money and Percent
	Money       bool // N is whole złoty
	Percent     bool
	Basis       string // in Polish, as it is cited
	Read        bool   // in the text named; false: by common knowledge, to be checked before it is relied on
}

// The numbers were last changed by the amendment of 5 August 2015 (Dz.U. 2015
// poz. 1339), in force since 8 November 2015 in the provisions used here.
var numbers = []Number{
	{Key: TenderFiling, From: begin, N: 21, Unit: Days, Basis: "art. 13 ust. 1 i 3 UDPP", Read: true},
	{Key: TenderReasons, From: begin, N: 30, Unit: Days, Basis: "art. 15 ust. 2i UDPP"},
	{Key: TenderReport, From: begin, N: 30, Unit: Days, Basis: "art. 18 ust. 4 UDPP", Read: true},
	{Key: ProposalAnswer, From: begin, N: 1, Unit: Months, Basis: "art. 12 ust. 2 UDPP"},
	{Key: SmallMost, From: begin, N: 10_000, Money: true, Basis: "art. 19a ust. 1 pkt 1 UDPP", Read: true},
	{Key: SmallLength, From: begin, N: 90, Unit: Days, Basis: "art. 19a ust. 1 pkt 2 UDPP", Read: true},
	{Key: SmallPublication, From: begin, N: 7, Unit: WorkingDays, Basis: "art. 19a ust. 3 UDPP", Read: true},
	{Key: SmallPosting, From: begin, N: 7, Unit: Days, Basis: "art. 19a ust. 3 UDPP", Read: true},
	{Key: SmallRemarks, From: begin, N: 7, Unit: Days, Basis: "art. 19a ust. 4 UDPP", Read: true},
	{Key: SmallOrganisation, From: begin, N: 20_000, Money: true, Basis: "art. 19a ust. 6 UDPP", Read: true},
	{Key: SmallShare, From: begin, N: 20, Percent: true, Basis: "art. 19a ust. 7 UDPP", Read: true},
	{Key: CouncilOpinionMin, From: begin, N: 14, Unit: Days, Basis: "art. 41i ust. 2 UDPP"},
	{Key: CouncilOpinionMost, From: begin, N: 30, Unit: Days, Basis: "art. 41i ust. 2 UDPP"},
	{Key: PapersKept, From: begin, N: 5, Unit: Years, Basis: "umowa ramowa (Dz.U. 2018 poz. 2057)"},
	{Key: GrantReturned, From: begin, N: 15, Unit: Days, Basis: "art. 251 ust. 1 ufp"},
}

// begin is the first day the calendar knows.
var begin = Day{FirstYear, 1, 1}

// On is the number in force on a day. An unknown key, or a day before any
// number of that key, is an error.
func On(key Key, d Day) (Number, error) {
	for _, n := range slices.Backward(numbers) {
		if n.Key == key && !d.Before(n.From) && (n.Until == Day{} || d.Before(n.Until)) {
			return n, nil
		}
	}
	return Number{}, fmt.Errorf("term: the law sets no %q on %s", key, d)
}

// Numbers are all that were ever in force, in the order of the law.
func Numbers() []Number { return slices.Clone(numbers) }
