package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/opinion"
)

// OpinionCommand maps a conversation from its votes.
type OpinionCommand struct {
	methodOutput
	File      string `arg:"" help:"Votes: votes.csv or participants-votes.csv of Polis, gzip or not; 1 is agree; - reads standard input." env:"-"`
	Comments  string `help:"Texts and moderation of the statements: comments.csv of Polis." placeholder:"FILE"`
	Sectors   string `help:"Sector of each participant: columns participant, sector." placeholder:"FILE"`
	Guesses   string `help:"What participants believe about other sectors: columns participant, statement, sector, percent; needs --sectors." placeholder:"FILE"`
	Groups    int    `help:"Find at most so many groups, 2 to 8." default:"5"`
	Starts    int    `help:"Let so many random starts of k-means compete with the fixed one." default:"0"`
	Seed      uint64 `help:"Seed of random starts and permutations." default:"1"`
	Picture   string `help:"What --svg draws: map, statement or mirror." enum:"map,statement,mirror" default:"map"`
	Statement string `help:"Which statement --picture statement draws; the most divisive one by default." placeholder:"ID"`
}

// Validate refuses options that do not go together.
func (c *OpinionCommand) Validate() error {
	switch {
	case c.Groups < 2 || c.Groups > 8:
		return fmt.Errorf("--groups=%d, expected 2 to 8", c.Groups)
	case c.Starts < 0:
		return fmt.Errorf("--starts=%d, expected 0 or more", c.Starts)
	case c.Guesses != "" && c.Sectors == "":
		return fmt.Errorf("--guesses needs --sectors")
	case c.Picture == "statement" && c.Sectors == "":
		return fmt.Errorf("--picture=statement needs --sectors")
	case c.Picture == "mirror" && c.Guesses == "":
		return fmt.Errorf("--picture=mirror needs --guesses")
	}
	return nil
}

// opinionResult is everything computed, before it is said in words, in JSON or
// in a picture.
type opinionResult struct {
	conversation *opinion.Conversation
	shown        *opinion.Map
	sectors      opinion.Sectors
	comparison   *opinion.Comparison // nil without sectors
	mirrored     *opinion.Mirrored   // nil without guesses
	elapsed      time.Duration
}

// Run reads the files, computes, prints and draws.
func (c *OpinionCommand) Run(out io.Writer) error {
	r, err := c.compute()
	if err != nil {
		return err
	}
	if err := c.picture(func(w io.Writer) error { return c.draw(w, r) }); err != nil {
		return err
	}
	return c.print(out, opinionAnswerOf(r), func(w io.Writer) error { return opinionWords(w, r) })
}

func (c *OpinionCommand) compute() (*opinionResult, error) {
	begin := time.Now()
	r := &opinionResult{}
	err := reading(c.File, func(in io.Reader) (err error) {
		r.conversation, err = opinion.Read(c.File, in)
		return err
	})
	if err != nil {
		return nil, err
	}
	if c.Comments != "" {
		if err := reading(c.Comments, func(in io.Reader) error { return r.conversation.ReadComments(c.Comments, in) }); err != nil {
			return nil, err
		}
	}
	votes := r.conversation.Votes
	if r.shown, err = opinion.Compute(votes, opinion.Options{Groups: c.Groups, Starts: c.Starts, Seed: c.Seed}, nil); err != nil {
		return nil, fmt.Errorf("%s: %w", c.File, err)
	}
	if c.Sectors != "" {
		if err := c.compare(r); err != nil {
			return nil, err
		}
	}
	r.elapsed = time.Since(begin)
	return r, nil
}

func (c *OpinionCommand) compare(r *opinionResult) error {
	err := reading(c.Sectors, func(in io.Reader) (err error) {
		r.sectors, err = r.conversation.ReadSectors(c.Sectors, in)
		return err
	})
	if err != nil {
		return err
	}
	r.comparison = opinion.Compare(r.conversation.Votes, r.shown, r.sectors, c.Seed)
	if c.Guesses == "" {
		return nil
	}
	return reading(c.Guesses, func(in io.Reader) error {
		guesses, err := r.conversation.ReadGuesses(c.Guesses, in, r.sectors)
		if err == nil {
			r.mirrored = opinion.Mirror(r.conversation.Votes, r.sectors, guesses)
		}
		return err
	})
}

// reading opens a file, or standard input for -, and lets it be read.
func reading(name string, read func(io.Reader) error) error {
	if name == "-" {
		return read(os.Stdin)
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return read(f)
}

func (c *OpinionCommand) draw(w io.Writer, r *opinionResult) error {
	var picture chart.Chart
	var err error
	switch c.Picture {
	case "statement":
		picture, err = r.statementPicture(c.Statement)
	case "mirror":
		picture = r.mirrorPicture()
	default:
		picture = r.mapPicture()
	}
	if err != nil {
		return err
	}
	return picture.WriteSVG(w, chart.FileWidth)
}
