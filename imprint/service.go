package imprint

import (
	"context"
	"fmt"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// Options are what the pages need of the installation.
type Options struct {
	Site   web.Site
	Outbox *mail.Outbox
	Queue  *jobs.Queue
}

// Service serves the pages and reminds of the yearly review.
type Service struct {
	Options
	db *store.DB
}

// The pages.
const (
	DeclarationPath = "/deklaracja-dostepnosci"
	ContactPath     = "/kontakt"
	EditPath        = "/administracja/deklaracja"
)

const letterReview = "imprint.review"

// New returns the pages and takes over the reminder.
func New(db *store.DB, o Options) *Service {
	s := &Service{Options: o, db: db}
	if o.Outbox != nil {
		o.Outbox.Handle(letterReview, s.composeReview)
	}
	if o.Queue != nil {
		jobs.Every(o.Queue, "imprint.review", 24*time.Hour, s.Remind)
	}
	return s
}

// Routes lists the pages.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET " + DeclarationPath, Need: access.Anyone, Handle: s.showDeclaration},
		{Pattern: "GET " + ContactPath, Need: access.Anyone, Handle: s.showContact},
		{Pattern: "GET " + EditPath, Need: access.Administrators, Handle: s.editDeclaration},
		{Pattern: "POST " + EditPath, Need: access.Administrators, Handle: s.saveDeclaration},
	}
}

// Audit names the acts of the package.
var Audit = audit.Room{Name: "imprint", Title: "imprint.title", Acts: []audit.Word{{Name: "imprint.declared", Key: "imprint.audit.declared"}}}

// Privacy says what the table has to do with people: the contact it names.
var Privacy = []privacy.Rule{{
	Table: "imprint_declaration", Records: "imprint.privacy", Basis: privacy.Obligation,
	Links:    []privacy.Link{privacy.DoneBy("updated_by", "imprint.audit.declared", "updated_at")},
	Mentions: []string{"words"},
	Plain:    []string{"language", "published", "updated", "drawn_up", "reviewed", "status"},
}}

// Remind writes to every administrator, once a year, from the first of March on,
// until the declaration has been reviewed by the 31st.
func (s *Service) Remind(ctx context.Context) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		all, err := store.All[struct {
			Language   string
			Reviewed   string
			RemindedAt store.Time
		}](ctx, tx, `SELECT language, reviewed, reminded_at FROM imprint_declaration ORDER BY language`)
		if err != nil {
			return err
		}
		for _, d := range all {
			if !late(d.Reviewed, tx.Now()) || d.RemindedAt.In(lang.Warsaw).Year() == tx.Now().In(lang.Warsaw).Year() {
				continue
			}
			if err := s.remind(ctx, tx, d.Language); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("imprint: remind: %w", err)
	}
	return nil
}

func (s *Service) remind(ctx context.Context, tx *store.Tx, declared string) error {
	administrators, err := store.All[struct {
		ID       store.ID
		Email    string
		Language lang.Language
	}](ctx, tx, `SELECT id, email, language FROM person WHERE administrator AND blocked_at IS NULL ORDER BY id`)
	if err != nil {
		return err
	}
	for _, a := range administrators {
		err := s.Outbox.Post(ctx, tx, mail.Message{Kind: letterReview, To: a.Email, Person: a.ID, Language: a.Language,
			Data: map[string]string{"language": declared}})
		if err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `UPDATE imprint_declaration SET reminded_at = $2 WHERE language = $1`, declared, store.At(tx.Now()))
	return err
}

// composeReview says it, unless the review was done meanwhile.
func (s *Service) composeReview(ctx context.Context, tx *store.Tx, m mail.Message) (mail.Letter, error) {
	l, known := lang.Parse(m.Data["language"])
	d, err := Of(ctx, tx, l)
	if err != nil {
		return mail.Letter{}, err
	}
	if !known || !late(d.Reviewed, tx.Now()) {
		return mail.Letter{}, fault.NotFound("review that is due")
	}
	return s.Outbox.Letter(ctx, mail.Layout{
		Subject:    lang.T(ctx, "imprint.review.subject", "Community", s.Site.Community),
		Paragraphs: []string{lang.T(ctx, "imprint.review.text", "Language", lang.T(ctx, "lang."+string(l)), "Date", d.Reviewed)},
		Button:     mail.Button{Label: lang.T(ctx, "imprint.review.button"), Path: EditPath},
	})
}
