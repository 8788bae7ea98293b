package group

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

// columns and tables give a Group wherever one is read.
const (
	columns = `g.id, g.programme, p.slug AS programme_slug, p.title AS programme_title, p.state AS programme_state, p.language, g.slug, g.name, g.purpose,
		g.appointed_by, g.appointer, COALESCE(o.name, '') AS appointer_name, COALESCE(o.slug, '') AS appointer_slug, g.starts_at, g.ends_at, g.asking,
		g.state, g.reason, g.outcome, g.closed_at, g.updated_at, g.version`
	tables = ` FROM event_group g JOIN programme p ON p.id = g.programme LEFT JOIN organisation o ON o.id = g.appointer `
)

func byID(ctx context.Context, r store.Reader, programme, id store.ID) (Group, error) {
	return store.One[Group](ctx, r, `SELECT `+columns+tables+`WHERE g.programme = $1 AND g.id = $2`, programme, id)
}

// Find reads the group of an address, if the actor of the context may see it.
func Find(ctx context.Context, r store.Reader, programmeSlug, slug string) (Group, error) {
	g, err := store.One[Group](ctx, r, `SELECT `+columns+tables+`WHERE p.slug = $1 AND g.slug = $2`, programmeSlug, slug)
	if err != nil {
		return g, err
	}
	if g.ProgrammeState == string(programme.Draft) && !access.From(ctx).May(event.Preview, string(g.Programme)) {
		return Group{}, fault.NotFound("group")
	}
	return g, nil
}

// ofProgramme reads the groups of a programme: those at work, those that form,
// those that were closed, and of each the youngest first.
func ofProgramme(ctx context.Context, r store.Reader, programme store.ID) ([]Group, error) {
	return store.All[Group](ctx, r, `SELECT `+columns+tables+`WHERE g.programme = $1
		ORDER BY CASE g.state WHEN 'working' THEN 0 WHEN 'forming' THEN 1 ELSE 2 END, g.starts_at DESC, g.id`, programme)
}

// memberColumns and memberTables give a Member.
const (
	memberColumns = `m.id, m.event_group, m.person, q.name, q.email, m.organisation, COALESCE(o.name, '') AS organisation_name,
		COALESCE(o.slug, '') AS organisation_slug, m.sector, m.role, m.state, m.named, m.words, m.reason, m.from_at, m.until_at, m.at, m.state_at, m.version`
	memberTables = ` FROM event_group_member m JOIN person q ON q.id = m.person LEFT JOIN organisation o ON o.id = m.organisation `
)

// members reads the stretches of a group in the given states, by role and name.
func members(ctx context.Context, r store.Reader, group store.ID, states ...MemberState) ([]Member, error) {
	in, args := store.In(2, states)
	all, err := store.All[Member](ctx, r, `SELECT `+memberColumns+memberTables+`WHERE m.event_group = $1 AND m.state IN (`+in+`)
		ORDER BY q.name_key, q.name, m.from_at, m.id`, append([]any{group}, args...)...)
	return inOrder(all), err
}

// activeOf reads who sits in the groups of a programme, for a list of groups.
func activeOf(ctx context.Context, r store.Reader, programme store.ID) (map[store.ID][]Member, error) {
	all, err := store.All[Member](ctx, r, `SELECT `+memberColumns+memberTables+`JOIN event_group g ON g.id = m.event_group
		WHERE g.programme = $1 AND m.state = 'active' ORDER BY q.name_key, q.name, m.id`, programme)
	of := map[store.ID][]Member{}
	for _, m := range inOrder(all) {
		of[m.Group] = append(of[m.Group], m)
	}
	return of, err
}

// past reads who sat in a group, the latest first.
func past(ctx context.Context, r store.Reader, group store.ID) ([]Member, error) {
	return store.All[Member](ctx, r, `SELECT `+memberColumns+memberTables+`WHERE m.event_group = $1 AND m.state = 'ended'
		ORDER BY m.until_at DESC NULLS LAST, q.name_key, m.id`, group)
}

// liveOf reads the stretch of a person that goes on, or that they asked for.
func liveOf(ctx context.Context, r store.Reader, group, person store.ID) (Member, error) {
	return store.One[Member](ctx, r, `SELECT `+memberColumns+memberTables+`WHERE m.event_group = $1 AND m.person = $2
		AND m.state IN ('asked', 'active')`, group, person)
}

func memberByID(ctx context.Context, r store.Reader, group, id store.ID) (Member, error) {
	return store.One[Member](ctx, r, `SELECT `+memberColumns+memberTables+`WHERE m.event_group = $1 AND m.id = $2`, group, id)
}

func hasChair(ctx context.Context, r store.Reader, group store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM event_group_member WHERE event_group = $1 AND role = 'chair' AND state = 'active'`, group)
	return n > 0, err
}

const invitationColumns = `id, event_group, email, role, words, language, invited_at, invited_by, expires_at`

// invitations lists the open ones.
func invitations(ctx context.Context, r store.Reader, group store.ID) ([]Invitation, error) {
	return store.All[Invitation](ctx, r, `SELECT `+invitationColumns+` FROM event_group_invitation
		WHERE event_group = $1 AND answer = '' ORDER BY email`, group)
}

// invitationTo reads the open invitation of a person, by their address.
func invitationTo(ctx context.Context, r store.Reader, group, person store.ID) (Invitation, error) {
	return store.One[Invitation](ctx, r, `SELECT `+invitationColumns+` FROM event_group_invitation
		WHERE event_group = $1 AND answer = '' AND expires_at > $3 AND email = (SELECT email FROM person WHERE id = $2)`,
		group, person, store.At(r.Now()))
}

// appointers are the organisations that may appoint a group: who leads the
// programme, and its partners.
func appointers(ctx context.Context, r store.Reader, in store.ID) ([]programme.Choice, error) {
	return store.All[programme.Choice](ctx, r, `SELECT o.id, o.name FROM organisation o WHERE o.id IN (SELECT owner FROM programme WHERE id = $1)
		OR o.id IN (SELECT organisation FROM programme_partner WHERE programme = $1) ORDER BY o.name_key, o.id`, in)
}

// Changes.

func insert(ctx context.Context, tx *store.Tx, g Group, by store.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_group (id, programme, slug, name, purpose, appointed_by, appointer, starts_at, ends_at, asking, state,
			created_at, created_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $12)`, g.ID, g.Programme, g.Slug, g.Name, g.Purpose, g.AppointedBy,
		g.Appointer.OrNull(), g.StartsAt, g.EndsAt, g.Asking, g.State, store.At(tx.Now()), by)
	return err
}

func update(ctx context.Context, tx *store.Tx, g Group) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_group SET name = $3, purpose = $4, appointed_by = $5, appointer = $6, starts_at = $7, ends_at = $8,
			asking = $9, state = $10, reason = $11, outcome = $12, closed_at = $13, updated_at = $14, version = version + 1
		WHERE id = $1 AND version = $2`, g.ID, g.Version, g.Name, g.Purpose, g.AppointedBy, g.Appointer.OrNull(), g.StartsAt, g.EndsAt,
		g.Asking, g.State, g.Reason, g.Outcome, g.ClosedAt, store.At(tx.Now())))
}

func insertMember(ctx context.Context, tx *store.Tx, m Member, by store.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_group_member (id, event_group, person, organisation, sector, role, state, named, words, from_at, at,
			state_at, state_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12)`, m.ID, m.Group, m.Person, m.Organisation.OrNull(), m.Sector, m.Role, m.State,
		m.Named, m.Words, m.FromAt, store.At(tx.Now()), by)
	return err
}

func updateMember(ctx context.Context, tx *store.Tx, m Member, by store.ID) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_group_member SET state = $3, named = $4, reason = $5, from_at = $6, until_at = $7, state_at = $8,
			state_by = $9, version = version + 1 WHERE id = $1 AND version = $2`,
		m.ID, m.Version, m.State, m.Named, m.Reason, m.FromAt, m.UntilAt, store.At(tx.Now()), by))
}

func insertInvitation(ctx context.Context, tx *store.Tx, i Invitation) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_group_invitation (id, event_group, email, role, words, language, invited_at, invited_by, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, i.ID, i.Group, i.Email, i.Role, i.Words, i.Language, i.InvitedAt, i.InvitedBy, i.ExpiresAt)
	return err
}

func answerInvitation(ctx context.Context, tx *store.Tx, id store.ID, answer string) error {
	return store.Changed(tx.Exec(ctx, `UPDATE event_group_invitation SET answer = $2, answered_at = $3 WHERE id = $1 AND answer = ''`,
		id, answer, store.At(tx.Now())))
}
