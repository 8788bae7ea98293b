package barrier

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

// Who takes part in the programme says of a barrier how often it is met and how
// much harm it does, each from 1 to 5, in the sector in which they take part. A
// person votes once and may change the vote until the voting ends; the sector
// stays that of the first time.
//
// What is kept. barrier_vote holds what was voted, under a random id, without
// person and time. barrier_voter holds who has voted and nothing else.
// barrier_vote_link joins the two, so that a vote can be changed; it stays out
// of backups and is destroyed when the voting ends. After a restore a voter is
// known to have voted and cannot change the vote. No act, log line, job or
// notice tells of a vote.
//
// What is shown. Figures are sums over one sector, of at least five voters, and
// they are drawn anew only when at least five votes of the sector are fresh: new,
// or other than they stand in the figures that are shown. So the difference
// between two figures is about five people at least. Every number that is shown
// of several sectors is made of those figures alone, never of votes that are not
// shown, so that nothing can be had by subtraction.

// fewest is the number of voters, and of fresh votes, below which nothing about
// a sector is shown.
const fewest = 5

// Ballot is what a person thinks of a barrier.
type Ballot struct {
	Frequency int
	Harm      int
}

// Figure is what a sector thinks, as it was shown from a day on.
type Figure struct {
	Barrier      store.ID
	Sector       ui.Sector
	Day          store.Time
	Voters       int
	FrequencySum int
	HarmSum      int
}

// Frequency and Harm are the means of the sector's votes.
func (f Figure) Frequency() float64 { return float64(f.FrequencySum) / float64(f.Voters) }

// Harm is the mean of how much harm the sector sees.
func (f Figure) Harm() float64 { return float64(f.HarmSum) / float64(f.Voters) }

// Vote gives the actor's vote, or changes it.
func (s *Service) Vote(ctx context.Context, programmeID, id store.ID, v Ballot) error {
	var m fault.Mistakes
	m.Check(v.Frequency >= least && v.Frequency <= most, "frequency", "form.choose")
	m.Check(v.Harm >= least && v.Harm <= most, "harm", "form.choose")
	if m.Any() {
		return m.Err()
	}
	person := access.From(ctx).Person
	return s.db.Write(ctx, func(tx *store.Tx) error {
		// Votes on one barrier wait for one another: the figures count them all.
		if err := store.Lock(ctx, tx, "barrier", id); err != nil {
			return err
		}
		b, err := byID(ctx, tx, programmeID, id)
		if err != nil {
			return err
		}
		sector, err := s.voting(ctx, tx, b, person)
		if err != nil {
			return err
		}
		if sector, err = cast(ctx, tx, b.ID, person, sector, v); err != nil {
			return err
		}
		return draw(ctx, tx, b.ID, sector)
	})
}

// voting returns the sector in which a person may vote on the barrier now.
func (s *Service) voting(ctx context.Context, r store.Reader, b Barrier, person store.ID) (ui.Sector, error) {
	if b.State != Registered {
		return "", fault.NotFound("barrier")
	}
	if err := s.member(ctx, r, b.Programme, person); err != nil {
		return "", err
	}
	p, err := programme.ByID(ctx, r, b.Programme)
	if err != nil {
		return "", err
	}
	if !b.VotingOpen() || p.State != programme.Published {
		return "", fault.Closed("barrier.vote.over")
	}
	m, err := programme.MemberOf(ctx, r, b.Programme, person)
	return ui.Sector(m.Sector), err
}

// cast writes the vote and returns the sector in which it counts.
func cast(ctx context.Context, tx *store.Tx, barrier, person store.ID, sector ui.Sector, v Ballot) (ui.Sector, error) {
	first, err := store.Met(tx.Exec(ctx, `INSERT INTO barrier_voter (barrier, person) VALUES ($1, $2) ON CONFLICT (barrier, person) DO NOTHING`, barrier, person))
	if err != nil {
		return "", err
	}
	if first {
		return sector, insertVote(ctx, tx, barrier, person, sector, v)
	}
	before, err := ownVote(ctx, tx, barrier, person)
	if fault.Is(err, fault.KindNotFound) {
		return "", fault.Conflict("barrier.vote.kept")
	}
	if err != nil {
		return "", err
	}
	_, err = tx.Exec(ctx, `UPDATE barrier_vote SET frequency = $2, harm = $3 WHERE id = $1`, before.ID, v.Frequency, v.Harm)
	return before.Sector, err
}

func insertVote(ctx context.Context, tx *store.Tx, barrier, person store.ID, sector ui.Sector, v Ballot) error {
	id := store.NewRandomID()
	if _, err := tx.Exec(ctx, `INSERT INTO barrier_vote (id, barrier, sector, frequency, harm) VALUES ($1, $2, $3, $4, $5)`,
		id, barrier, sector, v.Frequency, v.Harm); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO barrier_vote_link (vote, barrier, person) VALUES ($1, $2, $3)`, id, barrier, person)
	return err
}

// vote is a person's vote, found through its link.
type vote struct {
	ID     store.ID
	Sector ui.Sector
	Ballot
}

func ownVote(ctx context.Context, r store.Reader, barrier, person store.ID) (vote, error) {
	return store.One[vote](ctx, r, `SELECT v.id, v.sector, v.frequency, v.harm FROM barrier_vote_link l JOIN barrier_vote v ON v.id = l.vote
		WHERE l.barrier = $1 AND l.person = $2`, barrier, person)
}

func hasVoted(ctx context.Context, r store.Reader, barrier, person store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM barrier_voter WHERE barrier = $1 AND person = $2`, barrier, person)
	return n > 0, err
}

// fresh holds for votes that are not in the figures as they are.
const fresh = `(frequency <> shown_frequency OR harm <> shown_harm)`

// draw shows the sector's figures anew, when enough of its votes are fresh. They
// bear the day and not the moment, which would be that of the last vote.
func draw(ctx context.Context, tx *store.Tx, barrier store.ID, sector ui.Sector) error {
	now, err := store.One[struct{ Voters, Fresh, FrequencySum, HarmSum int }](ctx, tx, `SELECT count(*) AS voters,
			COALESCE(sum(CASE WHEN `+fresh+` THEN 1 ELSE 0 END), 0) AS fresh,
			COALESCE(sum(frequency), 0) AS frequency_sum, COALESCE(sum(harm), 0) AS harm_sum
		FROM barrier_vote WHERE barrier = $1 AND sector = $2`, barrier, sector)
	if err != nil || now.Fresh < fewest {
		return err
	}
	y, m, d := tx.Now().In(lang.Warsaw).Date()
	day := store.At(dayOf(y, m, d))
	if _, err := tx.Exec(ctx, `INSERT INTO barrier_figure (barrier, sector, day, voters, frequency_sum, harm_sum) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (barrier, sector, day) DO UPDATE SET voters = excluded.voters, frequency_sum = excluded.frequency_sum, harm_sum = excluded.harm_sum`,
		barrier, sector, day, now.Voters, now.FrequencySum, now.HarmSum); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE barrier_vote SET shown_frequency = frequency, shown_harm = harm WHERE barrier = $1 AND sector = $2`, barrier, sector)
	return err
}

// endVoting destroys what leads from people to their votes. What was not shown
// by then never is.
func endVoting(ctx context.Context, tx *store.Tx, barrier store.ID) error {
	if err := store.Lock(ctx, tx, "barrier", barrier); err != nil {
		return err
	}
	for _, statement := range []string{
		`DELETE FROM barrier_vote_link WHERE barrier = $1`,
		`UPDATE barrier_vote SET shown_frequency = frequency, shown_harm = harm WHERE barrier = $1`,
	} {
		if _, err := tx.Exec(ctx, statement, barrier); err != nil {
			return err
		}
	}
	return nil
}

// figures reads what was shown at a moment of some barriers, the latest of each
// sector.
func figures(ctx context.Context, r store.Reader, at store.Time, barriers []Barrier) (map[store.ID][]Figure, error) {
	shown := map[store.ID][]Figure{}
	if len(barriers) == 0 {
		return shown, nil
	}
	ids := make([]store.ID, len(barriers))
	for i, b := range barriers {
		ids[i] = b.ID
	}
	in, args := store.In(2, ids)
	all, err := store.All[Figure](ctx, r, `SELECT f.barrier, f.sector, f.day, f.voters, f.frequency_sum, f.harm_sum FROM barrier_figure f
		JOIN (SELECT barrier, sector, max(day) AS day FROM barrier_figure WHERE day <= $1 AND barrier IN (`+in+`) GROUP BY barrier, sector) AS l
			ON l.barrier = f.barrier AND l.sector = f.sector AND l.day = f.day`, append([]any{at}, args...)...)
	for _, sector := range ui.Sectors {
		for _, f := range all {
			if f.Sector == sector {
				shown[f.Barrier] = append(shown[f.Barrier], f)
			}
		}
	}
	return shown, err
}

// mean is the mean of the shown sectors, each with the same weight; false where
// none is shown.
func mean(shown []Figure) (frequency, harm float64, ok bool) {
	for _, f := range shown {
		frequency += f.Frequency() / float64(len(shown))
		harm += f.Harm() / float64(len(shown))
	}
	return frequency, harm, len(shown) > 0
}
