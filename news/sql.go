package news

import (
	"context"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/merge"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/markdown"
)

// columns and tables give an Article wherever one is read.
const (
	columns = `a.id, a.programme, p.slug AS programme_slug, p.title AS programme_title, a.slug,
		a.organisation, COALESCE(o.name, '') AS author, a.title, a.lead, a.language, a.picture,
		a.publish_at, a.withdrawn_at, a.withdrawn_reason, a.revision, a.updated_at, a.revised_at, a.version,
		EXISTS (SELECT 1 FROM moderation_case veil WHERE veil.veiled AND veil.kind = 'news' AND veil.thing = a.id) AS hidden`
	tables = ` FROM news_article a JOIN programme p ON p.id = a.programme LEFT JOIN organisation o ON o.id = a.organisation `
	// public is what the public may see at the moment $1, of a table x that
	// repeats what lists go by. A programme that is a draft hides its news.
	public = ` x.listed_at <= $1 AND x.programme NOT IN (SELECT id FROM programme WHERE state = 'draft') `
)

// whole is an article as its page shows it.
type whole struct {
	Article
	ProgrammeState programme.State
	Changed        int `db:"programme_revision"` // of the programme
	Funder         string
	ProjectNumber  string
	Address        string // under which it was asked for
	Details        Details
	HTML           string `db:"html"`
	HTMLBy         int    `db:"html_by"`
	Body           string // Markdown, read only where HTML is of another renderer
}

// visible reports whether everybody may read the article now.
func (a whole) visible(now time.Time) bool {
	return a.At(now) == Published && a.ProgrammeState != programme.Draft && !a.Hidden
}

// byAddress reads the article that has or had this address, in any state.
func byAddress(ctx context.Context, r store.Reader, programme, slug string) (whole, error) {
	return store.One[whole](ctx, r, `SELECT `+columns+`, p.state AS programme_state,
			p.revision AS programme_revision, p.funder, p.project_number, d.slug AS address,
			v.details, v.html, v.html_by, CASE WHEN v.html_by = $3 THEN '' ELSE v.body END AS body
		FROM programme p
		JOIN news_address d ON d.programme = p.id AND d.slug = $2
		JOIN news_article a ON a.id = d.article
		JOIN news_revision v ON v.article = a.id AND v.number = a.revision
		LEFT JOIN organisation o ON o.id = a.organisation
		WHERE p.slug = $1`, programme, slug, markdown.Version)
}

// byID reads an article of a programme, in any state.
func byID(ctx context.Context, r store.Reader, programme, id store.ID) (Article, error) {
	return store.One[Article](ctx, r, `SELECT `+columns+tables+`WHERE a.programme = $1 AND a.id = $2`, programme, id)
}

// keepHTML saves what a newer renderer made of an unchanged revision.
func keepHTML(ctx context.Context, tx *store.Tx, a Article, html string) error {
	_, err := tx.Exec(ctx, `UPDATE news_revision SET html = $3, html_by = $4 WHERE article = $1 AND number = $2`,
		a.ID, a.Revision, html, markdown.Version)
	return err
}

// neighbours reads the articles before and after one in the programme's news.
func neighbours(ctx context.Context, r store.Reader, a Article) (earlier, later *Article, err error) {
	const words = `SELECT id, slug, title, language, publish_at FROM news_article WHERE programme = $1 AND `
	now, at := store.At(r.Now()), a.PublishAt
	if a.At(now.Time) != Published { // a preview: as if it were published now
		at = now
	}
	both, err := store.All[Article](ctx, r, `SELECT * FROM (`+words+`(listed_at, id) < ($2, $3)
			ORDER BY listed_at DESC, id DESC LIMIT 1) AS earlier
		UNION ALL SELECT * FROM (`+words+`(listed_at, id) > ($2, $3) AND listed_at <= $4
			ORDER BY listed_at, id LIMIT 1) AS later`, a.Programme, at, a.ID, now)
	for i := range both {
		n := &both[i]
		n.ProgrammeSlug = a.ProgrammeSlug
		if n.PublishAt.Before(at.Time) || n.PublishAt.Equal(at.Time) && n.ID < a.ID {
			earlier = n
		} else {
			later = n
		}
	}
	return earlier, later, err
}

// Changes.

func insertArticle(ctx context.Context, tx *store.Tx, a Article, c Content) error {
	_, err := tx.Exec(ctx, `INSERT INTO news_article (id, programme, slug, organisation, title, lead, language, picture,
			created_at, updated_at, revised_at, folded)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9, $10)`,
		a.ID, a.Programme, a.Slug, c.Organisation.OrNull(), c.Title, c.Lead, c.Language, c.Picture, store.At(tx.Now()), c.words())
	return err
}

// updateWords points the article to a new revision with these words.
func updateWords(ctx context.Context, tx *store.Tx, a Article, c Content) error {
	return store.Changed(tx.Exec(ctx, `UPDATE news_article SET organisation = $3, title = $4, lead = $5, language = $6,
			picture = $7, folded = $8, revision = $9, revised_at = $10, updated_at = $10, version = version + 1
		WHERE id = $1 AND version = $2`, a.ID, a.Version, c.Organisation.OrNull(), c.Title, c.Lead, c.Language,
		c.Picture, c.words(), a.Revision, store.At(tx.Now())))
}

// updateState saves when the article is before the public, and its address.
func updateState(ctx context.Context, tx *store.Tx, a Article) error {
	err := store.Changed(tx.Exec(ctx, `UPDATE news_article SET slug = $3, publish_at = $4, withdrawn_at = $5,
			withdrawn_reason = $6, listed_at = $7, updated_at = $8, version = version + 1
		WHERE id = $1 AND version = $2`, a.ID, a.Version, a.Slug, a.PublishAt, a.WithdrawnAt,
		a.WithdrawnReason, a.listedAt(), store.At(tx.Now())))
	for _, table := range filterTables {
		if err == nil {
			_, err = tx.Exec(ctx, `UPDATE `+table+` SET listed_at = $2 WHERE article = $1`, a.ID, a.listedAt())
		}
	}
	return err
}

// listedAt is the moment from which lists show the article, zero for never.
func (a Article) listedAt() store.Time {
	if !a.WithdrawnAt.IsZero() || a.Hidden {
		return store.Time{}
	}
	return a.PublishAt
}

func deleteArticle(ctx context.Context, tx *store.Tx, a Article) error {
	if err := store.Changed(tx.Exec(ctx, `DELETE FROM news_article WHERE id = $1 AND version = $2`, a.ID, a.Version)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM news_file WHERE article = $1`, a.ID)
	return err
}

// takeAddress gives the article an address, unless another article of the
// programme has or had it. It raises no error for a taken one, because
// PostgreSQL would give up the whole transaction.
func takeAddress(ctx context.Context, tx *store.Tx, a Article, slug string) (bool, error) {
	if _, err := tx.Exec(ctx, `INSERT INTO news_address (programme, slug, article) VALUES ($1, $2, $3)
		ON CONFLICT (programme, slug) DO NOTHING`, a.Programme, slug, a.ID); err != nil {
		return false, err
	}
	owner, err := store.One[store.ID](ctx, tx, `SELECT article FROM news_address WHERE programme = $1 AND slug = $2`,
		a.Programme, slug)
	return owner == a.ID, err
}

func setSlug(ctx context.Context, tx *store.Tx, a Article, slug string) error {
	_, err := tx.Exec(ctx, `UPDATE news_article SET slug = $2 WHERE id = $1`, a.ID, slug)
	return err
}

// filterTables repeat what lists go by.
var filterTables = []string{"news_tag", "news_place"}

// setFilters keeps the words by which lists find the article.
func setFilters(ctx context.Context, tx *store.Tx, a Article, c Content) error {
	for _, table := range filterTables {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE article = $1`, a.ID); err != nil {
			return err
		}
	}
	for _, tag := range c.Tags {
		if _, err := tx.Exec(ctx, `INSERT INTO news_tag (article, slug, name, programme, listed_at) VALUES ($1, $2, $3, $4, $5)`,
			a.ID, tagSlug(tag), tag, a.Programme, a.listedAt()); err != nil {
			return err
		}
	}
	for _, terc := range c.Places {
		if _, err := tx.Exec(ctx, `INSERT INTO news_place (article, terc, programme, listed_at) VALUES ($1, $2, $3, $4)`,
			a.ID, terc, a.Programme, a.listedAt()); err != nil {
			return err
		}
	}
	return nil
}

// Revisions.

// Revision is one save of an article.
type Revision struct {
	Article      store.ID
	Number       int
	Person       store.ID
	SavedAt      store.Time
	RestoredFrom int
	Content      `db:"-"`
}

// kept is a revision as its row holds it.
type kept struct {
	Number                      int
	Person                      store.ID
	SavedAt                     store.Time
	RestoredFrom                int
	Title, Lead, Language, Body string
	Details                     Details
}

func (k kept) revision(article store.ID) Revision {
	return Revision{Article: article, Number: k.Number, Person: k.Person, SavedAt: k.SavedAt, RestoredFrom: k.RestoredFrom,
		Content: Content{Title: k.Title, Lead: k.Lead, Language: k.Language, Body: k.Body, Details: k.Details}}
}

func insertRevision(ctx context.Context, tx *store.Tx, v Revision) error {
	_, err := tx.Exec(ctx, `INSERT INTO news_revision (article, number, person, saved_at, restored_from,
			title, lead, language, details, body, html, html_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		v.Article, v.Number, v.Person, store.At(tx.Now()), v.RestoredFrom,
		v.Title, v.Lead, v.Language, v.Details, v.Body, markdown.HTML(v.Body), markdown.Version)
	return err
}

// revisionOf reads one revision, whole.
func revisionOf(ctx context.Context, r store.Reader, article store.ID, number int) (Revision, error) {
	k, err := store.One[kept](ctx, r, `SELECT number, person, saved_at, restored_from, title, lead, language, body, details
		FROM news_revision WHERE article = $1 AND number = $2`, article, number)
	return k.revision(article), err
}

// revisionsOf lists the saves of an article, the latest first, without words.
func revisionsOf(ctx context.Context, r store.Reader, article store.ID) ([]Revision, error) {
	return store.All[Revision](ctx, r, `SELECT article, number, person, saved_at, restored_from
		FROM news_revision WHERE article = $1 ORDER BY number DESC`, article)
}

// Act is what somebody did with an article beside saving it.
type Act struct {
	At     store.Time
	Person store.ID
	Act    string
	Detail string
}

func insertAct(ctx context.Context, tx *store.Tx, article, person store.ID, act, detail string) error {
	_, err := tx.Exec(ctx, `INSERT INTO news_act (article, at, id, person, act, detail) VALUES ($1, $2, $3, $4, $5, $6)`,
		article, store.At(tx.Now()), store.NewID(), person, act, detail)
	return err
}

func actsOf(ctx context.Context, r store.Reader, article store.ID) ([]Act, error) {
	return store.All[Act](ctx, r, `SELECT at, person, act, detail FROM news_act WHERE article = $1 ORDER BY at DESC, id DESC`, article)
}

// Files.

// received is a file that came for an article, shown by a revision or not yet.
type received struct {
	ID         store.ID
	Article    store.ID
	Programme  store.ID
	Picture    bool
	Name       string
	Type       string
	Size       int64
	Variants   variants
	UploadedBy store.ID
}

func insertFile(ctx context.Context, tx *store.Tx, f received) error {
	_, err := tx.Exec(ctx, `INSERT INTO news_file (id, article, programme, picture, name, type, size, variants, uploaded_by, uploaded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		f.ID, f.Article, f.Programme, f.Picture, f.Name, f.Type, f.Size, f.Variants, f.UploadedBy, store.At(tx.Wall()))
	return err
}

// filesOf lists every file that came for the article in this programme.
func filesOf(ctx context.Context, r store.Reader, programme, article store.ID) ([]received, error) {
	return store.All[received](ctx, r, `SELECT id, article, programme, picture, name, type, size, variants, uploaded_by
		FROM news_file WHERE programme = $1 AND article = $2 ORDER BY uploaded_at, id`, programme, article)
}

// useFiles marks files as shown by a revision, so that they are kept. A file
// that is not there any more was swept while its form lay open.
func useFiles(ctx context.Context, tx *store.Tx, article store.ID, files []store.ID) error {
	if len(files) == 0 {
		return nil
	}
	in, args := store.In(2, files)
	result, err := tx.Exec(ctx, `UPDATE news_file SET used = TRUE WHERE article = $1 AND id IN (`+in+`)`,
		append([]any{article}, args...)...)
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err == nil && int(n) != len(files) {
		err = goneFile()
	}
	return err
}

// forgetUnused takes away the rows of files that no revision showed within a
// day, and returns them so that their content can go too.
func forgetUnused(ctx context.Context, tx *store.Tx) ([]received, error) {
	old, err := store.All[received](ctx, tx, `SELECT id, article, programme, picture, name, type, size, variants, uploaded_by
		FROM news_file WHERE NOT used AND uploaded_at < $1`, store.At(tx.Wall().Add(-24*time.Hour)))
	if err != nil || len(old) == 0 {
		return nil, err
	}
	_, err = tx.Exec(ctx, `DELETE FROM news_file WHERE NOT used AND uploaded_at < $1`, store.At(tx.Wall().Add(-24*time.Hour)))
	return old, err
}

// isNew reports whether no article has the id.
func isNew(ctx context.Context, r store.Reader, id store.ID) (bool, error) {
	_, err := store.One[store.ID](ctx, r, `SELECT id FROM news_article WHERE id = $1`, id)
	if fault.Is(err, fault.KindNotFound) {
		return true, nil
	}
	return false, err
}

// choice is something to choose in a form.
type choice = programme.Choice

// authorOf is the organisation that stands under the article now, "" for none.
func authorOf(ctx context.Context, r store.Reader, article store.ID) (store.ID, error) {
	id, err := store.One[store.ID](ctx, r, `SELECT organisation FROM news_article WHERE id = $1`, article)
	if fault.Is(err, fault.KindNotFound) {
		return "", nil // a new one
	}
	return id, err
}

// The desk.

// stateSQL is Article.At at the moment $2.
const stateSQL = ` CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN publish_at IS NULL THEN 'draft'
	WHEN publish_at > $2 THEN 'scheduled' ELSE 'published' END `

func countStates(ctx context.Context, r store.Reader, programme store.ID) (map[State]int, error) {
	rows, err := store.All[struct {
		State State
		N     int
	}](ctx, r, `SELECT `+stateSQL+` AS state, count(*) AS n FROM news_article WHERE programme = $1 GROUP BY 1`,
		programme, store.At(r.Now()))
	counts := map[State]int{}
	for _, row := range rows {
		counts[row.State] = row.N
	}
	return counts, err
}

// articlesIn lists the articles of a programme in one state, or in all of them,
// what was changed last first.
func articlesIn(ctx context.Context, r store.Reader, programme store.ID, state State, limit, offset int) ([]Article, error) {
	return store.All[Article](ctx, r, `SELECT `+columns+tables+`
		WHERE a.programme = $1 AND ($3 = '' OR `+stateSQL+` = $3)
		ORDER BY a.updated_at DESC, a.id DESC LIMIT $4 OFFSET $5`, programme, store.At(r.Now()), state, limit, offset)
}

// UsesOrganisation reports whether an article, of any state, is signed by the
// organisation.
func UsesOrganisation(ctx context.Context, r store.Reader, organisation store.ID) (bool, error) {
	n, err := store.One[int](ctx, r, `SELECT count(*) FROM news_article WHERE organisation = $1`, organisation)
	return n > 0, err
}

// OrganisationReferences are the columns of this room that lead to organisations.
var OrganisationReferences = []merge.Reference{
	{Table: "news_article", Column: "organisation"},
	{Table: "news_revision", Column: "details", Inside: true},
}
