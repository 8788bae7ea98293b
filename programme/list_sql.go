package programme

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/store"
)

// Summary is a programme as lists show it.
type Summary struct {
	ID       store.ID
	Slug     string
	Title    string
	Summary  string
	Language lang.Language
	State    State
	Owner    string // name of the organisation
	StartsAt store.Time
	EndsAt   store.Time

	Phases []Phase `db:"-"`
}

// Path is the address of the programme's page.
func (s Summary) Path() string { return "/programy/" + s.Slug }

// listFilter is what the public list may be narrowed to.
type listFilter struct {
	State State
	Area  string // TERC
	Text  string
}

func (f listFilter) where() (string, []any) {
	where, args := "p.state = $1", []any{f.State}
	if codes := around(f.Area); len(codes) > 0 {
		in, more := store.In(len(args)+1, codes)
		where += " AND p.id IN (SELECT programme FROM programme_area WHERE terc IN (" + in + "))"
		args = append(args, more...)
	}
	if f.Text != "" {
		args = append(args, store.Contains(lang.Fold(f.Text)))
		where += fmt.Sprintf(` AND p.folded LIKE $%d ESCAPE '\'`, len(args))
	}
	return where, args
}

// around lists the units through which a programme reaches a place: a gmina and
// the powiat around it, or a powiat and everything in it.
func around(code string) []string {
	unit, ok := territory.ByTERC(code)
	switch {
	case !ok:
		return nil
	case unit.Gmina():
		return []string{code, unit.Powiat}
	}
	codes := []string{code}
	for _, u := range territory.All() {
		if u.Gmina() && u.Powiat == code {
			codes = append(codes, u.TERC)
		}
	}
	return codes
}

func countProgrammes(ctx context.Context, r store.Reader, f listFilter) (int, error) {
	where, args := f.where()
	return store.One[int](ctx, r, `SELECT COUNT(*) FROM programme p WHERE `+where, args...)
}

// listProgrammes reads one page of the list with all its phases, in two queries.
func listProgrammes(ctx context.Context, r store.Reader, f listFilter, limit, offset int) ([]Summary, error) {
	where, args := f.where()
	page := fmt.Sprintf(" LIMIT $%d OFFSET $%d", len(args)+1, len(args)+2)
	list, err := store.All[Summary](ctx, r, `SELECT p.id, p.slug, p.title, p.summary, p.language, p.state, o.name AS owner,
			p.starts_at, p.ends_at
		FROM programme p JOIN organisation o ON o.id = p.owner
		WHERE `+where+` ORDER BY p.title_key, p.id`+page, append(args, limit, offset)...)
	if err != nil || len(list) == 0 {
		return list, err
	}
	ids := make([]store.ID, len(list))
	for i, p := range list {
		ids[i] = p.ID
	}
	phases, err := phasesOfAll(ctx, r, ids)
	for i := range list {
		list[i].Phases = phases[list[i].ID]
	}
	return list, err
}

// Mine is what a person has to do with a programme: a membership, an invitation
// that waits, or requests that wait for them.
type Mine struct {
	Slug    string
	Title   string
	State   MemberState
	Since   store.Time
	Role    access.Role // of an invitation
	Waiting int
}

// Path is the address of the programme's page.
func (m Mine) Path() string { return "/programy/" + m.Slug }

func membershipsOf(ctx context.Context, r store.Reader, person store.ID) ([]Mine, error) {
	return store.All[Mine](ctx, r, `SELECT p.slug, p.title, m.state, m.since
		FROM programme_member m JOIN programme p ON p.id = m.programme
		WHERE m.person = $1 AND m.state IN ($2, $3) AND p.state <> $4 ORDER BY p.title_key, p.id`,
		person, Active, Requested, Draft)
}

func invitationsOf(ctx context.Context, r store.Reader, person store.ID) ([]Mine, error) {
	return store.All[Mine](ctx, r, `SELECT p.slug, p.title, i.role, i.invited_at AS since
		FROM person q JOIN programme_invitation i ON i.email = q.email AND i.answer = ''
		JOIN programme p ON p.id = i.programme
		WHERE q.id = $1 AND i.expires_at > $2 AND (p.state = $3 OR i.role <> '') ORDER BY p.title_key, i.role`,
		person, store.At(r.Now()), Published)
}

func waitingFor(ctx context.Context, r store.Reader, person store.ID) ([]Mine, error) {
	return store.All[Mine](ctx, r, `SELECT p.slug, p.title, COUNT(*) AS waiting
		FROM programme_role r JOIN programme p ON p.id = r.programme
		JOIN programme_member m ON m.programme = p.id AND m.state = $3
		WHERE r.person = $1 AND r.role = $2 GROUP BY p.id, p.slug, p.title, p.title_key ORDER BY p.title_key, p.id`,
		person, access.Manager, Requested)
}
