package programme

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

const memberColumns = `programme, person, state, organisation, sector, municipality, words, since, reason, version`

// membership tells where a person stands; whoever never asked is an Outsider.
func membership(ctx context.Context, r store.Reader, programme, person store.ID) (Member, error) {
	m, err := store.One[Member](ctx, r, `SELECT `+memberColumns+` FROM programme_member
		WHERE programme = $1 AND person = $2`, programme, person)
	if fault.Is(err, fault.KindNotFound) {
		return Member{Programme: programme, Person: person}, nil
	}
	return m, err
}

// putMember writes a membership, also over one that ended.
func putMember(ctx context.Context, tx *store.Tx, m Member) error {
	_, err := tx.Exec(ctx, `INSERT INTO programme_member (programme, person, state, organisation, sector, municipality, words, since)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (programme, person) DO UPDATE SET state = excluded.state, organisation = excluded.organisation,
			sector = excluded.sector, municipality = excluded.municipality, words = excluded.words,
			since = excluded.since, decided_by = '', reason = '', version = programme_member.version + 1`,
		m.Programme, m.Person, m.State, m.Organisation, m.Sector, m.Municipality, m.Words, m.Since)
	return err
}

// setMember moves a membership to another state.
func setMember(ctx context.Context, tx *store.Tx, m Member, to MemberState, by store.ID, reason string) error {
	if err := desk.Done(ctx, tx, waitsRequest, matterOf(m.Programme, m.Person)); err != nil {
		return err
	}
	return store.Changed(tx.Exec(ctx, `UPDATE programme_member SET state = $4, since = $5, decided_by = $6, reason = $7,
		version = version + 1 WHERE programme = $1 AND person = $2 AND version = $3`,
		m.Programme, m.Person, m.Version, to, store.At(tx.Now()), by, reason))
}

// MemberRow is a member as the manager's list shows them.
type MemberRow struct {
	Member
	Name             string
	Email            string
	OrganisationName string
}

// memberFilter is what the manager's list may be narrowed to.
type memberFilter struct {
	State        MemberState
	Sector       string
	Municipality string
	Text         string
}

// where returns the condition and its arguments, $1 being the programme.
func (f memberFilter) where(programme store.ID) (string, []any) {
	where, args := `m.programme = $1 AND m.state = $2`, []any{programme, f.State}
	add := func(condition string, value any) {
		args = append(args, value)
		where += fmt.Sprintf(" AND "+condition, len(args))
	}
	if f.Sector != "" {
		add("m.sector = $%d", f.Sector)
	}
	if f.Municipality != "" {
		add("m.municipality = $%d", f.Municipality)
	}
	if f.Text != "" {
		add(`p.search LIKE $%d ESCAPE '\'`, store.Contains(lang.Fold(f.Text)))
	}
	return where, args
}

func countMembers(ctx context.Context, r store.Reader, programme store.ID, f memberFilter) (int, error) {
	where, args := f.where(programme)
	return store.One[int](ctx, r, `SELECT COUNT(*) FROM programme_member m JOIN person p ON p.id = m.person WHERE `+where, args...)
}

func listMembers(ctx context.Context, r store.Reader, programme store.ID, f memberFilter, limit, offset int) ([]MemberRow, error) {
	where, args := f.where(programme)
	page := fmt.Sprintf(" LIMIT $%d OFFSET $%d", len(args)+1, len(args)+2)
	return store.All[MemberRow](ctx, r, `SELECT m.programme, m.person, m.state, m.organisation, m.sector, m.municipality,
			m.words, m.since, m.reason, m.version, p.name, p.email, COALESCE(o.name, '') AS organisation_name
		FROM programme_member m JOIN person p ON p.id = m.person LEFT JOIN organisation o ON o.id = m.organisation
		WHERE `+where+` ORDER BY p.name_key, m.person`+page, append(args, limit, offset)...)
}

// Cell is how many members of one sector one gmina has.
type Cell struct {
	Sector       string
	Municipality string
	Members      int
}

func cellsOf(ctx context.Context, r store.Reader, programme store.ID) ([]Cell, error) {
	return store.All[Cell](ctx, r, `SELECT sector, municipality, COUNT(*) AS members FROM programme_member
		WHERE programme = $1 AND state = $2 GROUP BY sector, municipality`, programme, Active)
}

// Team.

// TeamRow is one role of one person.
type TeamRow struct {
	Person  store.ID
	Name    string
	Email   string
	Role    access.Role
	GivenAt store.Time
}

func teamOf(ctx context.Context, r store.Reader, programme store.ID) ([]TeamRow, error) {
	return store.All[TeamRow](ctx, r, `SELECT r.person, p.name, p.email, r.role, r.given_at
		FROM programme_role r JOIN person p ON p.id = r.person
		WHERE r.programme = $1 ORDER BY p.name_key, r.person, r.role`, programme)
}

// peopleIn lists who has a role, the longest in it first.
func peopleIn(ctx context.Context, r store.Reader, programme store.ID, role access.Role) ([]store.ID, error) {
	return store.All[store.ID](ctx, r, `SELECT person FROM programme_role WHERE programme = $1 AND role = $2
		ORDER BY given_at, person`, programme, role)
}

// giveRole writes a role and reports whether the person did not have it before.
func giveRole(ctx context.Context, tx *store.Tx, programme, person store.ID, role access.Role, by store.ID) (bool, error) {
	return store.Met(tx.Exec(ctx, `INSERT INTO programme_role (programme, person, role, given_by, given_at)
		VALUES ($1, $2, $3, $4, $5) ON CONFLICT (programme, person, role) DO NOTHING`,
		programme, person, role, by, store.At(tx.Now())))
}

func takeRole(ctx context.Context, tx *store.Tx, programme, person store.ID, role access.Role) error {
	return found("role")(tx.Exec(ctx, `DELETE FROM programme_role WHERE programme = $1 AND person = $2 AND role = $3`,
		programme, person, role))
}

// Grants tells which roles a person has in programmes; people asks on every
// request of somebody who is signed in.
func Grants(ctx context.Context, r store.Reader, person store.ID) ([]access.Grant, error) {
	grants, err := store.All[access.Grant](ctx, r, `SELECT r.role, p.id, p.slug, p.title AS name
		FROM programme_role r JOIN programme p ON p.id = r.programme WHERE r.person = $1
		ORDER BY p.title_key, p.id, r.role`, person)
	for i := range grants {
		grants[i].Scope = access.InProgramme
	}
	return grants, err
}

// Invitations.

// Invitation asks a person whom we may not know yet to take part, or to work in
// the team when it carries a role. The invited address is the proof: whoever
// signs in with it may answer.
type Invitation struct {
	ID        store.ID
	Programme store.ID
	Email     string
	Role      access.Role // "" to take part
	Language  lang.Language
	InvitedBy store.ID
	InvitedAt store.Time
	ExpiresAt store.Time
}

const invitationColumns = `id, programme, email, role, language, invited_by, invited_at, expires_at`

// invitationsTo lists what an address may still answer in one programme.
func invitationsTo(ctx context.Context, r store.Reader, programme store.ID, email string) ([]Invitation, error) {
	return store.All[Invitation](ctx, r, `SELECT `+invitationColumns+` FROM programme_invitation
		WHERE programme = $1 AND email = $2 AND answer = '' AND expires_at > $3 ORDER BY role`,
		programme, email, store.At(r.Now()))
}

// openInvitations lists what was sent and not answered, for the team's pages.
func openInvitations(ctx context.Context, r store.Reader, programme store.ID) ([]Invitation, error) {
	return store.All[Invitation](ctx, r, `SELECT `+invitationColumns+` FROM programme_invitation
		WHERE programme = $1 AND answer = '' AND expires_at > $2 ORDER BY email, role`, programme, store.At(r.Now()))
}

// putInvitation writes an invitation in place of an older one to the same
// address, which it thereby renews.
func putInvitation(ctx context.Context, tx *store.Tx, i Invitation) error {
	if err := closeInvitation(ctx, tx, i, "renewed"); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO programme_invitation (id, programme, email, role, language, invited_by, invited_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		i.ID, i.Programme, i.Email, i.Role, i.Language, i.InvitedBy, i.InvitedAt, i.ExpiresAt)
	return err
}

func closeInvitation(ctx context.Context, tx *store.Tx, i Invitation, answer string) error {
	_, err := tx.Exec(ctx, `UPDATE programme_invitation SET answer = $4, answered_at = $5
		WHERE programme = $1 AND email = $2 AND role = $3 AND answer = ''`,
		i.Programme, i.Email, i.Role, answer, store.At(tx.Now()))
	if err != nil {
		return err
	}
	return desk.DoneFor(ctx, tx, i.waits(), i.matter(), i.Email)
}

// standing is where a person stands in one programme, as its page shows it.
type standing struct {
	Member
	OrganisationName string
	Invited          bool // something waits for their answer
}

// ownStanding asks all of it at once. The row is there for everybody who has an
// account: whoever never asked has an empty state in it.
func ownStanding(ctx context.Context, r store.Reader, programme, person store.ID) (standing, error) {
	return store.One[standing](ctx, r, `SELECT $1 AS programme, q.id AS person, COALESCE(m.state, '') AS state,
			COALESCE(m.organisation, '') AS organisation, COALESCE(m.sector, '') AS sector,
			COALESCE(m.municipality, '') AS municipality, COALESCE(m.words, '') AS words, m.since,
			COALESCE(m.reason, '') AS reason, COALESCE(m.version, 0) AS version,
			COALESCE(o.name, '') AS organisation_name,
			EXISTS (SELECT 1 FROM programme_invitation i WHERE i.programme = $1 AND i.email = q.email
				AND i.answer = '' AND i.expires_at > $3) AS invited
		FROM person q LEFT JOIN programme_member m ON m.person = q.id AND m.programme = $1
		LEFT JOIN organisation o ON o.id = m.organisation
		WHERE q.id = $2`, programme, person, store.At(r.Now()))
}
