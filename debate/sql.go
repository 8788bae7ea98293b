package debate

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

const (
	columns = `d.id, d.programme, p.slug AS programme_slug, p.title AS programme_title, d.slug, d.code, d.question, d.intro, d.language,
		d.event, d.entry, d.moderation, d.mirror, d.opens_at, d.closes_at, d.published_at, d.closed_at,
		d.reveal, d.joined, d.embed, d.revealed_at, d.revision, d.updated_at, d.version`
	tables = ` FROM debate d JOIN programme p ON p.id = d.programme `
)

// ByID reads a debate, in any state.
func ByID(ctx context.Context, r store.Reader, id store.ID) (Debate, error) {
	return store.One[Debate](ctx, r, `SELECT `+columns+tables+`WHERE d.id = $1`, id)
}

// Find reads the debate of an address, if the actor of the context may see it.
func Find(ctx context.Context, r store.Reader, programmeSlug, slug string) (Debate, error) {
	d, err := store.One[struct {
		Debate
		ProgrammeState programme.State
	}](ctx, r, `SELECT `+columns+`, p.state AS programme_state `+tables+`WHERE p.slug = $1 AND d.slug = $2`, programmeSlug, slug)
	if err != nil {
		return Debate{}, err
	}
	hidden := d.At(r.Now()) == Draft || d.ProgrammeState == programme.Draft
	if hidden && !access.From(ctx).May(Preview, string(d.Programme)) {
		return Debate{}, fault.NotFound("debate")
	}
	return d.Debate, nil
}

// locked reads a debate that nobody else changes before this transaction ends:
// no vote comes in beside its close, and no number is given twice.
func locked(ctx context.Context, tx *store.Tx, id store.ID) (Debate, error) {
	if err := store.Lock(ctx, tx, "debate", id); err != nil {
		return Debate{}, err
	}
	return ByID(ctx, tx, id)
}

const statementColumns = `debate, number, id, text, origin, author, state, reason, becomes, meta, caught, decided_by, appeal, answer`

// Statements reads all statements of a debate, in the order of their numbers,
// which have no gaps.
func Statements(ctx context.Context, r store.Reader, debate store.ID) ([]Statement, error) {
	return store.All[Statement](ctx, r, `SELECT `+statementColumns+` FROM debate_statement WHERE debate = $1 ORDER BY number`, debate)
}

func statement(ctx context.Context, r store.Reader, debate store.ID, number int) (Statement, error) {
	return store.One[Statement](ctx, r, `SELECT `+statementColumns+` FROM debate_statement WHERE debate = $1 AND number = $2`, debate, number)
}

func participant(ctx context.Context, r store.Reader, debate store.ID, number int) (Participant, error) {
	return store.One[Participant](ctx, r, `SELECT number, sector, trusted, muted FROM debate_participant WHERE debate = $1 AND number = $2`, debate, number)
}

// Changes.

func insertDebate(ctx context.Context, tx *store.Tx, d Debate) error {
	_, err := tx.Exec(ctx, `INSERT INTO debate (id, programme, slug, code, question, intro, language, event, entry, moderation, mirror,
			opens_at, closes_at, reveal, joined, embed, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $15, $16, $17, $14, $14)`, d.ID, d.Programme, d.Slug, d.Code, d.Question, d.Intro,
		d.Language, d.Event.OrNull(), d.Entry, d.Moderation, d.Mirror, d.OpensAt, d.ClosesAt, store.At(tx.Now()),
		d.Reveal.orDefault(), d.Joined, d.Embed)
	return err
}

func updateTerms(ctx context.Context, tx *store.Tx, d Debate) error {
	return store.Changed(tx.Exec(ctx, `UPDATE debate SET question = $3, intro = $4, language = $5, event = $6, entry = $7, moderation = $8,
			mirror = $9, opens_at = $10, closes_at = $11, updated_at = $12, reveal = $13, joined = $14, embed = $15, version = version + 1
		WHERE id = $1 AND version = $2`, d.ID, d.Version, d.Question, d.Intro, d.Language, d.Event.OrNull(), d.Entry, d.Moderation,
		d.Mirror, d.OpensAt, d.ClosesAt, store.At(tx.Now()), d.Reveal.orDefault(), d.Joined, d.Embed))
}

func updateState(ctx context.Context, tx *store.Tx, d Debate) error {
	return store.Changed(tx.Exec(ctx, `UPDATE debate SET published_at = $3, closes_at = $4, closed_at = $5, updated_at = $6, revealed_at = $7, version = version + 1
		WHERE id = $1 AND version = $2`, d.ID, d.Version, d.PublishedAt, d.ClosesAt, d.ClosedAt, store.At(tx.Now()), d.RevealedAt))
}

// unlink destroys what leads from numbers to people and devices.
func unlink(ctx context.Context, tx *store.Tx, debate store.ID) error {
	for _, table := range []string{"debate_person", "debate_device"} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE debate = $1`, debate); err != nil {
			return err
		}
	}
	return nil
}

func insertStatement(ctx context.Context, tx *store.Tx, s Statement) error {
	_, err := tx.Exec(ctx, `INSERT INTO debate_statement (`+statementColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		s.Debate, s.Number, store.NewRandomID(), s.Text, s.Origin, s.Author, s.State, s.Reason, s.Becomes, s.Meta, s.Caught, s.DecidedBy.OrNull(),
		s.Appeal, s.Answer)
	return err
}

func updateStatement(ctx context.Context, tx *store.Tx, s Statement) error {
	return store.Changed(tx.Exec(ctx, `UPDATE debate_statement SET text = $3, state = $4, reason = $5, becomes = $6, meta = $7,
			caught = $8, decided_by = $9, appeal = $10, answer = $11
		WHERE debate = $1 AND number = $2`, s.Debate, s.Number, s.Text, s.State, s.Reason, s.Becomes, s.Meta, s.Caught, s.DecidedBy.OrNull(),
		s.Appeal, s.Answer))
}
