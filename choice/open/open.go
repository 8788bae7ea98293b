// Package open publishes the result of an election so that strangers can verify
// it, and verifies what others have published.
//
// While people vote, each ballot is put into a Log as a Commitment, and its voter
// gets a Receipt. After the close Write makes a directory: ballots under names
// that nobody has, in shuffled order, the rule, the rounds, the ledger of
// cancelled ballots, the log with its signed checkpoints, and the SHA-256 of all.
// Verify recounts it from nothing and names every file that is not as it should
// be. Audit lets somebody sworn to silence hold the box against the publication.
//
// What a receipt proves is that a ballot of its holder is in the box, not what
// stands on it: nobody can sell a vote with it. For that the salts of the
// commitments stay with the office until objections are over, and are destroyed.
//
// The log is that of RFC 6962 (Certificate Transparency) as golang.org/x/mod
// implements it, its checkpoints are signed notes.
package open

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/choice"
	"github.com/wspolnota/wspolnota/choice/pabulib"
)

// format is the first word of what is signed; a reader that does not know it
// must not pretend to verify.
const format = "wspolnota-choice-result 1"

// The files of a result.
const (
	electionFile   = "election.pb"
	rulesFile      = "rules.json"
	roundsFile     = "rounds.jsonl"
	resultFile     = "result.json"
	ledgerFile     = "ledger.csv"
	readmeFile     = "README.md"
	keyFile        = "key.pub"
	leavesFile     = "log/commitments.txt"
	checkpointFile = "log/checkpoint"
	sumsFile       = "SHA256SUMS"
	signatureFile  = "signature"
)

// earlierFile is where the checkpoint of an earlier size lies.
func earlierFile(size int64) string { return fmt.Sprintf("log/checkpoint-%d", size) }

// Cancelled is one line of the ledger: how many ballots do not count, and why.
type Cancelled struct {
	Reason string
	Count  int
}

// BallotText is what a commitment is made of: the ids of the projects, in order
// of preference on a ranking and otherwise in the order of the election, and on a
// ballot with points a semicolon and the points. Its weight is not the voter's
// choice and stands elsewhere.
func BallotText(e *choice.Election, b choice.Ballot) string {
	order := make([]int, len(b.Projects))
	for i := range order {
		order[i] = i
	}
	if e.Ballots.Kind() != choice.Ordinal {
		slices.SortFunc(order, func(x, y int) int { return cmp.Compare(b.Projects[x], b.Projects[y]) })
	}
	ids, points := make([]string, len(order)), make([]int, len(order))
	for i, at := range order {
		ids[i] = e.Projects[b.Projects[at]].ID
		if b.Points != nil {
			points[i] = b.Points[at]
		}
	}
	text := strings.Join(ids, ",")
	if e.Ballots.Kind() == choice.Points {
		text += ";" + pabulib.Numbers(points)
	}
	return text
}
