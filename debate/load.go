package debate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Answers are everything that one participant says in a debate, by number of the
// statement.
type Answers struct {
	Sector    ui.Sector // "" for none
	Votes     map[int]opinion.Vote
	Important map[int]bool
	Guesses   []Belief
}

// Belief is a guess: how many of a hundred people of a sector agree.
type Belief struct {
	Statement int
	About     ui.Sector
	Percent   int
}

// Load adds many participants at once to a debate that is open, with all they
// say, in one transaction: from paper sheets, or for an example. All is kept or
// nothing.
func (s *Service) Load(ctx context.Context, debate store.ID, all []Answers) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		d, err := locked(ctx, tx, debate)
		if err != nil {
			return err
		}
		if err := isOpen(d, tx); err != nil {
			return err
		}
		numbers, err := s.load(ctx, tx, d, all)
		if err != nil {
			return err
		}
		// Each number has a device that nobody holds: a debate with participants
		// and no links looks like one that came back from a backup.
		for _, number := range numbers {
			if err := link(ctx, tx, debate, Participant{Number: number}, Who{Device: NewDevice()}); err != nil {
				return err
			}
		}
		return s.changed(ctx, tx, d, "debate.imported")
	})
}

func (s *Service) load(ctx context.Context, tx *store.Tx, d Debate, all []Answers) (numbers []int, err error) {
	var waiting []ballot
	for _, a := range all {
		if a.Sector != "" && sectorAt(a.Sector) < 0 {
			return nil, fault.Mistake("sector", "form.not_offered")
		}
		number, err := draw(ctx, tx, d.ID)
		if err != nil {
			return nil, err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO debate_participant (debate, number, sector) VALUES ($1, $2, $3)`, d.ID, number, a.Sector); err != nil {
			return nil, err
		}
		numbers = append(numbers, number)
		entries, err := a.entries(number)
		if err != nil {
			return nil, err
		}
		waiting = append(waiting, entries...)
	}
	for batch := range slices.Chunk(waiting, mostInOne) {
		refused, err := checkBallots(ctx, tx, d.ID, batch)
		if err != nil {
			return nil, err
		}
		if err := cmp.Or(refused...); err != nil {
			return nil, err
		}
		if err := insertBallots(ctx, tx, d.ID, batch); err != nil {
			return nil, err
		}
	}
	return numbers, nil
}

// mostInOne is the number of ballots in one statement of SQL, which both databases
// take.
const mostInOne = 400

// entries are the answers as they stand in the log, in a fixed order.
func (a Answers) entries(participant int) ([]ballot, error) {
	var all []ballot
	for _, statement := range slices.Sorted(maps.Keys(a.Votes)) {
		vote := a.Votes[statement]
		if vote < opinion.Disagree || vote > opinion.Agree {
			return nil, fault.Mistake("vote", "form.not_offered")
		}
		all = append(all, ballot{Participant: participant, Statement: statement, Vote: &vote, Important: a.Important[statement]})
	}
	for _, g := range a.Guesses {
		_, voted := a.Votes[g.Statement]
		if !voted || sectorAt(g.About) < 0 || g.About == a.Sector || g.Percent < 0 || g.Percent > 100 {
			return nil, fault.Mistake("guess", "form.not_offered")
		}
		all = append(all, ballot{Participant: participant, Statement: g.Statement, About: g.About, Percent: g.Percent})
	}
	return all, nil
}

// Polis is a finished conversation in the files of Polis, as other platforms
// export them and this one too. Comments, Sectors and Guesses may be nil.
type Polis struct {
	Votes, Comments, Sectors, Guesses io.Reader
}

// ImportPolis fills an empty draft with a finished conversation. The debate is
// over at once: who voted elsewhere cannot go on here. Participants get new
// numbers. A mistake names the file and the line.
func (s *Service) ImportPolis(ctx context.Context, debate store.ID, files Polis) (Debate, error) {
	talk, all, err := files.read()
	if err != nil {
		return Debate{}, err
	}
	return s.change(ctx, debate, 0, "debate.imported", func(tx *store.Tx, d *Debate) error {
		there, err := store.One[int](ctx, tx, `SELECT count(*) FROM debate_statement WHERE debate = $1`, debate)
		if err != nil {
			return err
		}
		if d.At(tx.Now()) != Draft || there > 0 {
			return fault.Invalid("debate.polis.not_empty")
		}
		if len(talk.Statements) > mostStatements {
			return fault.Mistake("votes", "debate.statement.most", "Max", mostStatements)
		}
		for i, st := range talk.Statements {
			if err := insertStatement(ctx, tx, Statement{Debate: debate, Number: i + 1, Text: st.Text, Origin: Imported, State: Shown, Meta: st.Meta}); err != nil {
				return err
			}
		}
		if _, err := s.load(ctx, tx, *d, all); err != nil {
			return err
		}
		for i, st := range talk.Statements {
			if talk.Votes.Moderated(i) && !st.Meta {
				err := turnOne(ctx, tx, *d, i+1, func(_ *store.Tx, st *Statement) error {
					st.State, st.Reason = Rejected, lang.T(ctx, "debate.polis.moderated")
					return nil
				})
				if err != nil {
					return err
				}
			}
		}
		now := store.At(tx.Now())
		d.PublishedAt, d.ClosesAt, d.ClosedAt = now, now, now
		return updateState(ctx, tx, *d)
	})
}

// read puts the files together.
func (p Polis) read() (*opinion.Conversation, []Answers, error) {
	c, err := opinion.Read("votes.csv", p.Votes)
	if err != nil {
		return nil, nil, wrongFile("votes", err)
	}
	for i := range c.Statements {
		c.Statements[i].Text = "Nr " + c.Statements[i].ID
	}
	if p.Comments != nil {
		if err := c.ReadComments("comments.csv", p.Comments); err != nil {
			return nil, nil, wrongFile("comments", err)
		}
	}
	all := make([]Answers, c.Votes.Participants())
	for i := range all {
		all[i].Votes = map[int]opinion.Vote{}
		for j := range c.Statements {
			if vote, voted := c.Votes.Of(i, j); voted {
				all[i].Votes[j+1] = vote
			}
		}
	}
	if p.Sectors == nil {
		return c, all, nil
	}
	sectors, err := c.ReadSectors("sectors.csv", p.Sectors)
	if err != nil {
		return nil, nil, wrongFile("sectors", err)
	}
	for i, sector := range sectors.Of {
		if sector >= 0 {
			all[i].Sector = ui.Sector(sectors.Names[sector])
		}
		if all[i].Sector != "" && sectorAt(all[i].Sector) < 0 {
			return nil, nil, fault.Mistake("sectors", "debate.polis.sector", "Sector", string(all[i].Sector))
		}
	}
	if p.Guesses == nil {
		return c, all, nil
	}
	guesses, err := c.ReadGuesses("guesses.csv", p.Guesses, sectors)
	if err != nil {
		return nil, nil, wrongFile("guesses", err)
	}
	for _, g := range guesses {
		a := &all[g.Participant]
		about := ui.Sector(sectors.Names[g.About])
		if _, voted := a.Votes[g.Statement+1]; voted && !g.OfUs && about != a.Sector {
			a.Guesses = append(a.Guesses, Belief{Statement: g.Statement + 1, About: about, Percent: g.Percent})
		}
	}
	return c, all, nil
}

// wrongFile says in the reader's language in which line a file is not what was
// expected.
func wrongFile(field string, err error) error {
	var wrong *opinion.InputError
	if !errors.As(err, &wrong) {
		return fmt.Errorf("debate: read %s: %w", field, err)
	}
	if wrong.Line > 0 {
		return fault.Mistake(field, "debate.polis.line", "Line", strconv.Itoa(wrong.Line), "Problem", wrong.Problem)
	}
	return fault.Mistake(field, "debate.polis.wrong", "Problem", wrong.Problem)
}
