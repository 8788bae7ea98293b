package barrier

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/merge"
	"github.com/wspolnota/wspolnota/store"
)

// columns and tables give a Barrier wherever one is read.
const (
	columns = `b.id, b.programme, p.slug AS programme_slug, p.title AS programme_title, b.number, b.kind, b.holders AS held_by, b.about, b.language,
		b.statement, b.detail, b.cause, b.effect, b.signal, b.probability, b.impact, b.state, b.reason, b.doubts, b.author,
		b.verdict, b.verdict_note, b.verdict_at, b.measure, b.response, b.owner, COALESCE(o.name, '') AS owner_name,
		b.due_at, b.done_at, b.review_at, b.voting_ended, b.closed_at, b.proposed_at, b.registered_at, b.updated_at, b.version`
	tables = ` FROM barrier b JOIN programme p ON p.id = b.programme LEFT JOIN organisation o ON o.id = b.owner `
)

// byNumber reads a barrier of a programme, in any state.
func byNumber(ctx context.Context, r store.Reader, programme store.ID, number int) (Barrier, error) {
	return store.One[Barrier](ctx, r, `SELECT `+columns+tables+`WHERE b.programme = $1 AND b.number = $2`, programme, number)
}

// byID reads a barrier of a programme, in any state.
func byID(ctx context.Context, r store.Reader, programme, id store.ID) (Barrier, error) {
	return store.One[Barrier](ctx, r, `SELECT `+columns+tables+`WHERE b.programme = $1 AND b.id = $2`, programme, id)
}

// nextNumber is the number of the next barrier. The programme is locked, so that
// two who propose at once get two numbers.
func nextNumber(ctx context.Context, tx *store.Tx, programme store.ID) (int, error) {
	if err := store.Lock(ctx, tx, "programme", programme); err != nil {
		return 0, err
	}
	return store.One[int](ctx, tx, `SELECT COALESCE(max(number), 0) + 1 FROM barrier WHERE programme = $1`, programme)
}

func insertBarrier(ctx context.Context, tx *store.Tx, b Barrier) error {
	_, err := tx.Exec(ctx, `INSERT INTO barrier (id, programme, number, kind, holders, about, language, statement, detail, cause, effect,
			signal, probability, impact, state, doubts, author, proposed_at, registered_at, updated_at, folded)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $18, $20)`,
		b.ID, b.Programme, b.Number, b.Kind, b.HeldBy, b.About, b.Language, b.Statement, b.Detail, b.Cause, b.Effect,
		b.Signal, b.Probability, b.Impact, b.State, b.Doubts, b.Author, b.ProposedAt, b.RegisteredAt, b.folded())
	return err
}

// updateBarrier writes everything that may change, if nobody has since.
func updateBarrier(ctx context.Context, tx *store.Tx, b Barrier) error {
	return store.Changed(tx.Exec(ctx, `UPDATE barrier SET kind = $3, holders = $4, about = $5, language = $6, statement = $7, detail = $8,
			cause = $9, effect = $10, signal = $11, probability = $12, impact = $13, state = $14, reason = $15, doubts = $16, verdict = $17,
			verdict_note = $18, verdict_at = $19, measure = $20, response = $21, owner = $22, due_at = $23, done_at = $24, review_at = $25,
			voting_ended = $26, closed_at = $27, proposed_at = $28, registered_at = $29, updated_at = $30, folded = $31, version = version + 1
		WHERE id = $1 AND version = $2`, b.ID, b.Version, b.Kind, b.HeldBy, b.About, b.Language, b.Statement, b.Detail,
		b.Cause, b.Effect, b.Signal, b.Probability, b.Impact, b.State, b.Reason, b.Doubts, b.Verdict,
		b.VerdictNote, b.VerdictAt, b.Measure, b.Response, b.Owner.OrNull(), b.DueAt, b.DoneAt, b.ReviewAt,
		b.VotingEnded, b.ClosedAt, b.ProposedAt, b.RegisteredAt, store.At(tx.Now()), b.folded()))
}

// Kinds of the programme.

func addedKinds(ctx context.Context, r store.Reader, programme store.ID) ([]Added, error) {
	return store.All[Added](ctx, r, `SELECT slug, title AS name, about FROM barrier_kind WHERE programme = $1 ORDER BY title, slug`, programme)
}

// insertKind adds a kind, unless the programme has one under that name.
func insertKind(ctx context.Context, tx *store.Tx, programme store.ID, k Added) (bool, error) {
	return store.Met(tx.Exec(ctx, `INSERT INTO barrier_kind (programme, slug, title, about) VALUES ($1, $2, $3, $4)
		ON CONFLICT (programme, slug) DO NOTHING`, programme, k.Slug, k.Name, k.About))
}

// Acts.

// Act is what somebody did with a barrier.
type Act struct {
	At     store.Time
	Person store.ID
	Act    string
	Word   string // the verdict, the measure, the outcome
	Note   string
}

func insertAct(ctx context.Context, tx *store.Tx, barrier store.ID, a Act) error {
	_, err := tx.Exec(ctx, `INSERT INTO barrier_act (id, barrier, at, person, act, word, note) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		store.NewID(), barrier, store.At(tx.Now()), a.Person, a.Act, a.Word, a.Note)
	return err
}

func actsOf(ctx context.Context, r store.Reader, barrier store.ID) ([]Act, error) {
	return store.All[Act](ctx, r, `SELECT at, person, act, word, note FROM barrier_act WHERE barrier = $1 ORDER BY at DESC, id DESC`, barrier)
}

// Evidence.

const evidenceColumns = `e.id, e.barrier, e.side, e.text, e.url, e.state, e.doubts, e.author, e.added_at, e.version`

func insertEvidence(ctx context.Context, tx *store.Tx, e Evidence) error {
	_, err := tx.Exec(ctx, `INSERT INTO barrier_evidence (id, barrier, side, text, url, state, doubts, author, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		e.ID, e.Barrier, e.Side, e.Text, e.URL, e.State, e.Doubts, e.Author, store.At(tx.Now()))
	return err
}

func evidenceOf(ctx context.Context, r store.Reader, barrier store.ID) ([]Evidence, error) {
	return store.All[Evidence](ctx, r, `SELECT `+evidenceColumns+` FROM barrier_evidence e WHERE e.barrier = $1 ORDER BY e.added_at, e.id`, barrier)
}

func oneEvidence(ctx context.Context, r store.Reader, barrier, id store.ID) (Evidence, error) {
	return store.One[Evidence](ctx, r, `SELECT `+evidenceColumns+` FROM barrier_evidence e WHERE e.barrier = $1 AND e.id = $2`, barrier, id)
}

func setEvidence(ctx context.Context, tx *store.Tx, e Evidence) error {
	return store.Changed(tx.Exec(ctx, `UPDATE barrier_evidence SET state = $3, version = version + 1 WHERE id = $1 AND version = $2`, e.ID, e.Version, e.State))
}

// Lists.

// where turns a filter into a condition and its arguments, $1 being the
// programme.
func (f Filter) where(programme store.ID, r store.Reader) (string, []any) {
	args := []any{programme}
	where := `b.programme = $1 AND b.state = 'registered'`
	add := func(condition string, value any) {
		args = append(args, value)
		where += " AND " + fmt.Sprintf(condition, len(args))
	}
	if f.Kind != "" {
		add(`b.kind = $%d`, f.Kind)
	}
	if f.HeldBy != "" {
		add(`(',' || b.holders || ',') LIKE '%%,' || $%d || ',%%'`, f.HeldBy)
	}
	if f.About != "" {
		add(`(',' || b.about || ',') LIKE '%%,' || $%d || ',%%'`, f.About)
	}
	if f.Text != "" {
		add(`b.folded LIKE $%d ESCAPE '\'`, store.Contains(f.folded()))
	}
	switch f.State {
	case stateOverdue:
		add(`b.closed_at IS NULL AND b.review_at <= $%d`, store.At(r.Now()))
	case stateUnjudged:
		where += ` AND b.verdict = '' AND b.closed_at IS NULL`
	case stateClosed:
		where += ` AND b.closed_at IS NOT NULL`
	case "":
	default:
		add(`b.verdict = $%d`, f.State)
	}
	return where, args
}

func countRegistered(ctx context.Context, r store.Reader, programme store.ID, f Filter) (int, error) {
	where, args := f.where(programme, r)
	return store.One[int](ctx, r, `SELECT count(*) FROM barrier b WHERE `+where, args...)
}

// registered lists the public barriers of a filter.
func registered(ctx context.Context, r store.Reader, programme store.ID, f Filter, limit, offset int) ([]Barrier, error) {
	where, args := f.where(programme, r)
	order := `b.number DESC`
	if f.Sort == sortReview {
		order = `b.closed_at IS NOT NULL, b.review_at NULLS LAST, b.number`
	}
	return store.All[Barrier](ctx, r, fmt.Sprintf(`SELECT `+columns+tables+`WHERE %s ORDER BY %s LIMIT %d OFFSET %d`, where, order, limit, offset), args...)
}

// waiting lists what the team has to accept or decline, the oldest first.
func waiting(ctx context.Context, r store.Reader, programme store.ID) ([]Barrier, error) {
	return store.All[Barrier](ctx, r, `SELECT `+columns+tables+`WHERE b.programme = $1 AND b.state = 'proposed' ORDER BY b.proposed_at, b.id`, programme)
}

// ownOf lists what a person has proposed.
func ownOf(ctx context.Context, r store.Reader, programme, person store.ID) ([]Barrier, error) {
	return store.All[Barrier](ctx, r, `SELECT `+columns+tables+`WHERE b.programme = $1 AND b.author = $2 ORDER BY b.number DESC`, programme, person)
}

// mostDrawn bounds what a picture shows; the register shows all.
const mostDrawn = 500

// datesOf lists the barriers with a date to keep.
func datesOf(ctx context.Context, r store.Reader, programme store.ID) ([]Barrier, error) {
	return store.All[Barrier](ctx, r, `SELECT `+columns+tables+`WHERE b.programme = $1 AND b.state = 'registered' AND b.closed_at IS NULL
		AND (b.review_at IS NOT NULL OR b.due_at IS NOT NULL) ORDER BY b.number`, programme)
}

// choice is something to choose in a form.
type choice struct {
	ID   store.ID
	Name string
}

// ownersOf lists the organisations that can answer for a response: the owner of
// the programme, its partners, and those whose people take part.
func ownersOf(ctx context.Context, r store.Reader, programme store.ID) ([]choice, error) {
	return store.All[choice](ctx, r, `SELECT id, name FROM organisation
		WHERE id = (SELECT owner FROM programme WHERE id = $1)
			OR id IN (SELECT organisation FROM programme_partner WHERE programme = $1)
			OR id IN (SELECT organisation FROM programme_member WHERE programme = $1 AND state = 'active')
		ORDER BY name_key, id`, programme)
}

// UsesOrganisation reports whether a barrier's response is the organisation's.
func UsesOrganisation(ctx context.Context, r store.Reader, organisation store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM barrier WHERE owner = $1`, organisation)
	return n > 0, err
}

// OrganisationReferences are the columns of this room that lead to organisations.
var OrganisationReferences = []merge.Reference{{Table: "barrier", Column: "owner"}}
