package open

import (
	"context"
	"fmt"
	"io/fs"
)

// Opening is what a commitment was made of. Openings are for those alone who are
// sworn to silence: together with receipts they tell who voted how.
type Opening struct {
	Salt      Salt
	Ballot    string // see BallotText
	Cancelled bool
}

// Audit holds the box against a published result: each opening fits the
// commitment at its place in the log, and the ballots that were not cancelled are
// those that were published, each as often. It is the only proof that what was
// counted is what was cast, and needs nobody's trust but in the log. An error
// says what does not fit.
func Audit(ctx context.Context, dir fs.FS, box []Opening) error {
	v, err := Verify(ctx, dir)
	if err != nil {
		return err
	}
	if len(v.Problems) > 0 {
		return fmt.Errorf("open: audit: %s", v.Problems[0])
	}
	files, err := readTwo(dir)
	if err != nil {
		return err
	}
	log, err := readLeaves(files[0])
	if err != nil {
		return fmt.Errorf("open: audit: %s: %w", leavesFile, err)
	}
	if int64(len(box)) != log.Size() {
		return fmt.Errorf("open: audit: %d openings; expected %d, one for each commitment", len(box), log.Size())
	}
	cast := map[string]int{}
	for i, o := range box {
		if Commit(o.Salt, o.Ballot) != log.leaves[i] {
			return fmt.Errorf("open: audit: opening %d does not fit its commitment", i)
		}
		if !o.Cancelled {
			cast[o.Ballot]++
		}
	}
	return comparePublished(files[1], cast)
}

func readTwo(dir fs.FS) (files [2][]byte, err error) {
	for i, name := range []string{leavesFile, electionFile} {
		if files[i], err = fs.ReadFile(dir, name); err != nil {
			return files, fmt.Errorf("open: audit: %w", err)
		}
	}
	return files, nil
}

// comparePublished takes the published ballots from those that were cast.
func comparePublished(election []byte, cast map[string]int) error {
	e, err := parseElection(election)
	if err != nil {
		return fmt.Errorf("open: audit: %s: %w", electionFile, err)
	}
	for b := range e.Ballots.All() {
		cast[BallotText(e, b)] -= b.Voters
	}
	for text, n := range cast {
		switch {
		case n > 0:
			return fmt.Errorf("open: audit: %d ballots %q were cast and not published", n, text)
		case n < 0:
			return fmt.Errorf("open: audit: %d ballots %q were published and not cast", -n, text)
		}
	}
	return nil
}
