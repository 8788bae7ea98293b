package organisation

import (
	"context"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

const mandateColumns = `id, organisation, person, role, title, from_at, until_at, ended_at, version`

// Grants tells the roles that a person has in organisations now, and no others:
// a representative is not silently a member. It is an access.Granter and takes
// one query, because it runs for every request of somebody signed in.
func Grants(ctx context.Context, r store.Reader, person store.ID) ([]access.Grant, error) {
	rows, err := store.All[struct {
		Role      access.Role
		ID        store.ID
		Slug      string
		Name      string
		ShortName string
	}](ctx, r, `SELECT m.role, o.id, o.slug, o.name, o.short_name
		FROM (SELECT organisation, role FROM organisation_mandate WHERE person = $1 AND `+counting(2)+`) m
		JOIN organisation o ON o.id = m.organisation ORDER BY o.name_key, o.id`, person, store.At(r.Now()))
	grants := make([]access.Grant, len(rows))
	for i, row := range rows {
		grants[i] = access.Grant{Role: row.Role, Scope: access.InOrganisation, ID: row.ID, Slug: row.Slug,
			Name: Profile{Name: row.Name, ShortName: row.ShortName}.Label()}
	}
	return grants, err
}

// mandatesOf lists every mandate of an organisation, past ones too, the newest
// first.
func mandatesOf(ctx context.Context, r store.Reader, organisation store.ID) ([]Mandate, error) {
	return store.All[Mandate](ctx, r, `SELECT `+mandateColumns+` FROM organisation_mandate
		WHERE organisation = $1 ORDER BY from_at DESC, id DESC`, organisation)
}

func mandateByID(ctx context.Context, r store.Reader, organisation, id store.ID) (Mandate, error) {
	return store.One[Mandate](ctx, r, `SELECT `+mandateColumns+` FROM organisation_mandate
		WHERE organisation = $1 AND id = $2`, organisation, id)
}

// mandateOf returns the mandate of a person that nobody has ended, counting or
// not.
func mandateOf(ctx context.Context, r store.Reader, organisation, person store.ID) (Mandate, error) {
	return store.One[Mandate](ctx, r, `SELECT `+mandateColumns+` FROM organisation_mandate
		WHERE organisation = $1 AND person = $2 AND ended_at IS NULL`, organisation, person)
}

// representatives lists the people who may act for an organisation now.
func representatives(ctx context.Context, r store.Reader, organisation store.ID) ([]store.ID, error) {
	return store.All[store.ID](ctx, r, `SELECT person FROM organisation_mandate
		WHERE organisation = $1 AND role = 'representative' AND `+counting(2)+` ORDER BY id`, organisation, store.At(r.Now()))
}

// lockPeople makes those who change the mandates of one organisation wait for
// each other, so that what they count stays true until they commit.
func lockPeople(ctx context.Context, tx *store.Tx, organisation store.ID) error {
	met, err := store.Met(tx.Exec(ctx, `UPDATE organisation SET people_changes = people_changes + 1 WHERE id = $1`, organisation))
	if err == nil && !met {
		err = fault.NotFound("organisation")
	}
	return err
}

// closeExpired ends the person's mandate whose last day has passed, to make room
// for a new one.
func closeExpired(ctx context.Context, tx *store.Tx, organisation, person store.ID) error {
	_, err := tx.Exec(ctx, `UPDATE organisation_mandate SET ended_at = until_at
		WHERE organisation = $1 AND person = $2 AND ended_at IS NULL AND until_at <= $3`,
		organisation, person, store.At(tx.Now()))
	return err
}

// insertMandate keeps a new mandate, unless the person has one; it raises no
// error then, because PostgreSQL would give up the whole transaction.
func insertMandate(ctx context.Context, tx *store.Tx, m Mandate, by store.ID) (made bool, err error) {
	return store.Met(tx.Exec(ctx, `INSERT INTO organisation_mandate
		(id, organisation, person, role, title, from_at, until_at, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
		m.ID, m.Organisation, m.Person, m.Role, m.Title, m.From, m.Until, store.At(tx.Now()), by))
}

func updateMandate(ctx context.Context, tx *store.Tx, m Mandate, version int) error {
	return store.Changed(tx.Exec(ctx, `UPDATE organisation_mandate
		SET role = $4, title = $5, from_at = $6, until_at = $7, version = version + 1
		WHERE organisation = $1 AND id = $2 AND version = $3 AND ended_at IS NULL`,
		m.Organisation, m.ID, version, m.Role, m.Title, m.From, m.Until))
}

func endMandate(ctx context.Context, tx *store.Tx, m Mandate, by store.ID) error {
	return store.Changed(tx.Exec(ctx, `UPDATE organisation_mandate
		SET ended_at = $3, ended_by = $4, version = version + 1
		WHERE organisation = $1 AND id = $2 AND ended_at IS NULL`,
		m.Organisation, m.ID, store.At(tx.Now()), by))
}

var _ access.Granter = Grants

const requestColumns = `id, organisation, person, reason, state, answer, created_at, answered_at`

func requestByID(ctx context.Context, r store.Reader, organisation, id store.ID) (Request, error) {
	return store.One[Request](ctx, r, `SELECT `+requestColumns+` FROM organisation_request
		WHERE organisation = $1 AND id = $2`, organisation, id)
}

// waitingRequests lists what an organisation has to answer, the oldest first.
func waitingRequests(ctx context.Context, r store.Reader, organisation store.ID) ([]Request, error) {
	return store.All[Request](ctx, r, `SELECT `+requestColumns+` FROM organisation_request
		WHERE organisation = $1 AND state = 'waiting' ORDER BY created_at, id`, organisation)
}

// lastRequest returns what a person asked of an organisation most recently.
func lastRequest(ctx context.Context, r store.Reader, organisation, person store.ID) (Request, error) {
	return store.One[Request](ctx, r, `SELECT `+requestColumns+` FROM organisation_request
		WHERE organisation = $1 AND person = $2 ORDER BY created_at DESC, id DESC LIMIT 1`, organisation, person)
}

// insertRequest keeps a request, unless the same one waits already.
func insertRequest(ctx context.Context, tx *store.Tx, q Request) (made bool, err error) {
	return store.Met(tx.Exec(ctx, `INSERT INTO organisation_request (id, organisation, person, reason, state, created_at)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`, q.ID, q.Organisation, q.Person, q.Reason, q.State, q.CreatedAt))
}

// answerRequest moves a waiting request on; somebody else may have been first.
func answerRequest(ctx context.Context, tx *store.Tx, organisation, id store.ID, state State, answer string, by store.ID) error {
	return store.Changed(tx.Exec(ctx, `UPDATE organisation_request SET state = $3, answer = $4, answered_at = $5, answered_by = $6
		WHERE organisation = $1 AND id = $2 AND state = 'waiting'`,
		organisation, id, state, answer, store.At(tx.Now()), by))
}

// withdrawRequest takes back what a person asked, if it still waits, and tells
// whether it did.
func withdrawRequest(ctx context.Context, tx *store.Tx, organisation, person store.ID) (bool, error) {
	if err := desk.Done(ctx, tx, waitsRequest, requestMatter(organisation, person)); err != nil {
		return false, err
	}
	return store.Met(tx.Exec(ctx, `UPDATE organisation_request SET state = 'withdrawn', answered_at = $3, answered_by = $2
		WHERE organisation = $1 AND person = $2 AND state = 'waiting'`, organisation, person, store.At(tx.Now())))
}

const invitationColumns = `id, organisation, email, role, title, from_at, until_at, state, invited_by, created_at, expires_at`

func invitationByID(ctx context.Context, r store.Reader, id store.ID) (Invitation, error) {
	return store.One[Invitation](ctx, r, `SELECT `+invitationColumns+` FROM organisation_invitation WHERE id = $1`, id)
}

// openInvitations lists the invitations of an organisation that can still be
// answered.
func openInvitations(ctx context.Context, r store.Reader, organisation store.ID) ([]Invitation, error) {
	return store.All[Invitation](ctx, r, `SELECT `+invitationColumns+` FROM organisation_invitation
		WHERE organisation = $1 AND state = 'waiting' AND expires_at > $2 ORDER BY created_at, id`,
		organisation, store.At(r.Now()))
}

// closeInvitations makes room for a new invitation of an address: one that has
// expired counts as withdrawn.
func closeInvitations(ctx context.Context, tx *store.Tx, organisation store.ID, email string) error {
	_, err := tx.Exec(ctx, `UPDATE organisation_invitation SET state = 'withdrawn', answered_at = expires_at
		WHERE organisation = $1 AND email = $2 AND state = 'waiting' AND expires_at <= $3`,
		organisation, email, store.At(tx.Now()))
	return err
}

func insertInvitation(ctx context.Context, tx *store.Tx, i Invitation) (made bool, err error) {
	return store.Met(tx.Exec(ctx, `INSERT INTO organisation_invitation
		(id, organisation, email, role, title, from_at, until_at, state, invited_by, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
		i.ID, i.Organisation, i.Email, i.Role, i.Title, i.From, i.Until, i.State, i.InvitedBy, i.CreatedAt, i.ExpiresAt))
}

func answerInvitation(ctx context.Context, tx *store.Tx, organisation, id store.ID, state State, by store.ID) error {
	if err := desk.Done(ctx, tx, waitsInvited, string(id)); err != nil {
		return err
	}
	return store.Changed(tx.Exec(ctx, `UPDATE organisation_invitation SET state = $3, answered_at = $4, answered_by = $5
		WHERE organisation = $1 AND id = $2 AND state = 'waiting'`, organisation, id, state, store.At(tx.Now()), by))
}

// ownMatter is one line of what waits on a person's own page.
type ownMatter struct {
	ID   store.ID
	Slug string
	Name string
	N    int
}

// invitationsTo lists what was offered to an address and can still be answered.
func invitationsTo(ctx context.Context, r store.Reader, email string) ([]ownMatter, error) {
	return store.All[ownMatter](ctx, r, `SELECT i.id, o.slug, o.name, 0 AS n FROM organisation_invitation i
		JOIN organisation o ON o.id = i.organisation
		WHERE i.email = $1 AND i.state = 'waiting' AND i.expires_at > $2 ORDER BY i.created_at, i.id`, email, store.At(r.Now()))
}

// requestsFor counts, for each organisation that the person represents now, the
// requests that wait for an answer.
func requestsFor(ctx context.Context, r store.Reader, person store.ID) ([]ownMatter, error) {
	return store.All[ownMatter](ctx, r, `SELECT o.id, o.slug, o.name, count(*) AS n FROM organisation_request q
		JOIN organisation o ON o.id = q.organisation
		WHERE q.state = 'waiting' AND q.organisation IN (SELECT organisation FROM organisation_mandate
			WHERE person = $1 AND role = 'representative' AND `+counting(2)+`)
		GROUP BY o.id, o.slug, o.name, o.name_key ORDER BY o.name_key, o.id`, person, store.At(r.Now()))
}

// requestsOf lists what the person asked of organisations and still waits for.
func requestsOf(ctx context.Context, r store.Reader, person store.ID) ([]ownMatter, error) {
	return store.All[ownMatter](ctx, r, `SELECT q.id, o.slug, o.name, 0 AS n FROM organisation_request q
		JOIN organisation o ON o.id = q.organisation
		WHERE q.person = $1 AND q.state = 'waiting' ORDER BY q.created_at, q.id`, person)
}
