package debate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/opinion"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/store/gather"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Entry in the log of a debate: a vote of a participant on a statement, or a
// guess of theirs about a sector. Of several votes the last one counts; a guess
// is given once, before the results are seen.
type ballot struct {
	Seq         int64
	Participant int
	Statement   int
	Vote        *opinion.Vote // nil: a guess
	Important   bool
	About       ui.Sector
	Percent     int
}

// Vote records what a participant says about a statement. nil means that it is
// on the disk. The same vote sent again changes nothing.
func (s *Service) Vote(ctx context.Context, debate store.ID, participant, statement int, vote opinion.Vote, important bool) error {
	if vote < opinion.Disagree || vote > opinion.Agree {
		return fault.Mistake("vote", "form.not_offered")
	}
	h, err := s.hall(ctx, debate)
	if err != nil {
		return err
	}
	if h.says(participant, statement, vote, important) {
		return s.stillOpen(ctx, debate)
	}
	return h.box.Put(ctx, ballot{Participant: participant, Statement: statement, Vote: &vote, Important: important})
}

// Guess records how many of a hundred people of another sector a participant
// believes to agree with a statement. It is asked after the own vote, and the
// first one counts.
func (s *Service) Guess(ctx context.Context, debate store.ID, p Participant, statement int, about ui.Sector, percent int) error {
	var m fault.Mistakes
	m.Check(percent >= 0 && percent <= 100, "percent", "form.out_of_range", "Min", 0, "Max", 100)
	h, err := s.hall(ctx, debate)
	if err != nil {
		return err
	}
	m.Check(sectorAt(about) >= 0 && h.joined.of(about) != h.joined.of(p.Sector), "about", "form.not_offered")
	if err := m.Err(); err != nil {
		return err
	}
	if _, voted := h.vote(p.Number, statement); !voted {
		return fault.Invalid("debate.guess.vote_first")
	}
	return h.box.Put(ctx, ballot{Participant: p.Number, Statement: statement, About: about, Percent: percent})
}

func (s *Service) stillOpen(ctx context.Context, debate store.ID) error {
	d, err := ByID(ctx, s.db, debate)
	if err != nil {
		return err
	}
	return isOpen(d, s.db)
}

// isOpen refuses what comes too early or too late, and says when.
func isOpen(d Debate, r store.Reader) error {
	switch d.At(r.Now()) {
	case Open:
		return nil
	case Over:
		return fault.Closed("debate.over")
	case Coming:
		return fault.Closed("debate.coming", "At", d.OpensAt.Time)
	}
	return fault.NotFound("debate")
}

// newBox gathers the ballots of a debate that wait for the disk, and writes them
// together: one lock, one check of the debate, one commit for all of them. move
// tells in the same transaction that there is something new.
func newBox(db *store.DB, debate store.ID, move func(context.Context, *store.Tx, store.ID) error) *gather.Box[ballot] {
	return &gather.Box[ballot]{DB: db, Write: func(ctx context.Context, tx *store.Tx, batch []ballot) ([]error, error) {
		d, err := locked(ctx, tx, debate)
		if err != nil {
			return nil, err
		}
		if err := isOpen(d, tx); err != nil {
			return nil, err
		}
		refused, err := checkBallots(ctx, tx, debate, batch)
		if err != nil {
			return nil, err
		}
		kept := gather.Kept(batch, refused)
		if len(kept) == 0 {
			return refused, nil
		}
		if err := insertBallots(ctx, tx, debate, kept); err != nil {
			return nil, err
		}
		return refused, move(ctx, tx, debate)
	}}
}

// checkBallots finds the ballots of people who are not in the debate, and those
// on statements that are not shown.
func checkBallots(ctx context.Context, tx *store.Tx, debate store.ID, batch []ballot) ([]error, error) {
	shown, err := store.All[int](ctx, tx, `SELECT number FROM debate_statement WHERE debate = $1 AND state = $2`, debate, Shown)
	if err != nil {
		return nil, err
	}
	var numbers []int
	for _, b := range batch {
		numbers = append(numbers, b.Participant)
	}
	in, args := store.In(2, numbers)
	known, err := store.All[int](ctx, tx, `SELECT number FROM debate_participant WHERE debate = $1 AND number IN (`+in+`)`,
		append([]any{debate}, args...)...)
	if err != nil {
		return nil, err
	}
	refused := make([]error, len(batch))
	for i, b := range batch {
		switch {
		case !slices.Contains(known, b.Participant):
			refused[i] = fault.NotFound("participant")
		case !slices.Contains(shown, b.Statement):
			refused[i] = fault.Closed("debate.statement.not_shown")
		}
	}
	return refused, nil
}

// insertBallots writes ballots after the last one of the log, in order, in one
// statement.
func insertBallots(ctx context.Context, tx *store.Tx, debate store.ID, all []ballot) error {
	last, err := store.One[int64](ctx, tx, `SELECT COALESCE(max(seq), 0) FROM debate_entry WHERE debate = $1`, debate)
	if err != nil {
		return err
	}
	const each = 8
	var rows strings.Builder
	args := make([]any, 0, len(all)*each)
	for i, c := range all {
		if i > 0 {
			rows.WriteByte(',')
		}
		for j := range each {
			rows.WriteString([]string{"(", ",", ",", ",", ",", ",", ",", ","}[j])
			fmt.Fprintf(&rows, "$%d", i*each+j+1)
		}
		rows.WriteByte(')')
		var vote, about, percent any
		if c.Vote != nil {
			vote = int64(*c.Vote)
		} else {
			about, percent = string(c.About), c.Percent
		}
		args = append(args, debate, last+int64(i)+1, c.Participant, c.Statement, vote, c.Important, about, percent)
	}
	// A guess that is there already is not given again.
	_, err = tx.Exec(ctx, `INSERT INTO debate_entry (debate, seq, participant, statement, vote, important, about, percent) VALUES `+
		rows.String()+` ON CONFLICT DO NOTHING`, args...)
	return err
}
