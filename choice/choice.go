// Package choice selects projects by votes so that anyone can count again: by
// most votes, by the Method of Equal Shares and by Phragmén's sequential rule.
//
// Fill an Election, by hand or with choice/pabulib from a file, name a Rule and
// call Count; the Outcome says who won in which order, who paid for what, where
// a tie was decided, and Explain why the others did not win. Money is whole
// grosze, every decision is exact, nothing depends on the order of ballots, on
// a clock or on chance: a lot is drawn from a seed that the caller publishes.
//
// choice/jury holds the other half of a contest, the marks of assessors, and
// choice/open writes a result that strangers can verify.
package choice

import (
	"errors"
	"fmt"
)

// Kind says what a ballot carries.
type Kind int

const (
	Approval Kind = iota // a set of projects; one project where only one may be named
	Ordinal              // a ranking, best first
	Points               // projects with points each
)

var kinds = [...]string{"approval", "ordinal", "points"}

func (k Kind) String() string { return kinds[k] }

// Project is something that money is asked for.
type Project struct {
	ID   string
	Name string
	Cost Grosze
	// Withdrawn projects cannot win, and rules that stop at the first project
	// without money left step over them.
	Withdrawn bool
}

// Election is what is counted: projects, the money there is, and the ballots.
type Election struct {
	Budget   Grosze
	Projects []Project
	Ballots  *Profile
}

// MaxProjects is the most projects that one election may have.
const MaxProjects = 10_000

// ErrElection is wrapped by every refusal of an election that cannot be
// counted.
var ErrElection = errors.New("choice: election cannot be counted")

// check finds what makes an election impossible to count.
func (e *Election) check() error {
	if e.Ballots == nil {
		return fmt.Errorf("%w: it has no ballots; expected a Profile, which may be empty", ErrElection)
	}
	if len(e.Projects) > MaxProjects {
		return fmt.Errorf("%w: %d projects; expected at most %d", ErrElection, len(e.Projects), MaxProjects)
	}
	if e.Budget < 0 || e.Budget > MaxGrosze {
		return fmt.Errorf("%w: budget %s; expected 0 to %s", ErrElection, e.Budget, Grosze(MaxGrosze))
	}
	if n := e.Ballots.projects; n > len(e.Projects) {
		return fmt.Errorf("%w: a ballot names project %d of %d", ErrElection, n, len(e.Projects))
	}
	if unit, ok := e.Ballots.weightUnit(); !ok {
		return fmt.Errorf("%w: weights whose common denominator is %s; expected whole numbers below 2^31 of their common fraction", ErrElection, unit)
	}
	seen := make(map[string]bool, len(e.Projects))
	for _, p := range e.Projects {
		if p.ID == "" || seen[p.ID] {
			return fmt.Errorf("%w: project id %q stands twice or is empty; expected a different one for each", ErrElection, p.ID)
		}
		if p.Cost < 0 || p.Cost > MaxGrosze {
			return fmt.Errorf("%w: project %s costs %s; expected 0 to %s", ErrElection, p.ID, p.Cost, Grosze(MaxGrosze))
		}
		seen[p.ID] = true
	}
	return nil
}
