package imprint_test

import (
	"context"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/imprint"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/session"
	"github.com/wspolnota/wspolnota/web/ui"
)

const admin = store.ID("0191a000-0000-7000-8000-00000000000a")

type cast struct{}

func (cast) Actor(_ context.Context, s session.Session) (*access.Actor, error) {
	a := &access.Actor{Person: s.Person, Session: s.ID}
	if s.Person == admin {
		a.Grants = []access.Grant{{Role: access.Administrator, Scope: access.Installation}}
	}
	return a, nil
}

// site is the pages on a site of their own.
type site struct {
	*webtest.Site
	service *imprint.Service
	queue   *jobs.Queue
	mailbox *mail.Memory
}

func open(t *testing.T, db *store.DB) *site {
	t.Helper()
	catalogue, err := lang.Load(web.Messages, ui.Messages, mail.Messages, imprint.Messages)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO person (id, email, name, name_key, search, language, administrator, created_at)
			VALUES ($1, 'admin@example.org', 'Adam Admin', '', '', 'pl', TRUE, 1)`, admin)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	queue, err := jobs.New(db, quiet)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{queue: queue, mailbox: mail.NewMemory(10)}
	outbox := mail.NewOutbox(db, queue, s.mailbox, mail.Options{Site: webtest.SiteInfo(), Catalogue: catalogue, Logger: quiet})
	s.service = imprint.New(db, imprint.Options{Site: webtest.SiteInfo(), Outbox: outbox})
	s.Site = webtest.New(t, db, catalogue, cast{}, s.service.Routes()...)
	return s
}

var whole = []string{"status", "partial", "published", "2014-06-01", "updated", "2014-06-10", "drawn_up", "2014-06-11", "reviewed", "2014-06-11",
	"entity", "Związek Gmin", "gaps", "Plany dojazdu nie mają opisów.", "person", "Ewa Dostępna", "email", "dostepnosc@example.org",
	"phone", "32 000 00 00", "version", "0"}

// The ids are those of the technical conditions, in both languages.
func TestDeclarationCarriesTheIdsThatValidatorsRead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := open(t, db)
		b := s.As(admin, true)
		b.Post("/administracja/deklaracja", whole...).Want(t, http.StatusSeeOther)
		english := s.As(admin, true).English()
		english.Post("/administracja/deklaracja", whole...).Want(t, http.StatusSeeOther)
		for name, page := range map[string]*webtest.Page{"pl": s.Visitor().Get("/deklaracja-dostepnosci"), "en": s.Visitor().English().Get("/deklaracja-dostepnosci")} {
			page.Want(t, http.StatusOK)
			for _, id := range []string{"deklaracja", "wstep", "podmiot", "zakres", "url", "data-publikacja", "data-aktualizacja", "status",
				"data-sporzadzenie", "ocena", "kontakt", "osoba", "email", "telefon", "procedura", "architektura", "komunikacja"} {
				if page.Count("#a11y-"+id) != 1 || strings.TrimSpace(page.Text("#a11y-"+id)) == "" {
					t.Errorf("%s: a11y-%s is missing or empty", name, id)
				}
			}
			if page.Count("h1#a11y-deklaracja") != 1 || page.Count("a#a11y-url[href^=http]") != 1 || page.Text("#a11y-osoba") != "Ewa Dostępna" {
				t.Errorf("%s: the ids stand in the wrong places", name)
			}
			for _, id := range []string{"data-publikacja", "data-aktualizacja", "data-sporzadzenie"} {
				day, _ := page.Doc().Find("#a11y-" + id).Attr("datetime")
				if !regexp.MustCompile(`^2014-06-\d\d$`).MatchString(day) || page.Text("#a11y-"+id) != day {
					t.Errorf("%s: %s is %q", name, id, page.Text("#a11y-"+id))
				}
			}
		}
		if page := s.Visitor().Get("/kontakt").Want(t, http.StatusOK); !strings.Contains(page.Body, "dostepnosc@example.org") {
			t.Error("the contact page names no address")
		}
	})
}

func TestDeclarationIsNotSavedByHalves(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := open(t, db)
		b := s.As(admin, true)
		if page := b.Get("/deklaracja-dostepnosci").Want(t, http.StatusOK); !strings.Contains(page.Body, "nie została jeszcze sporządzona") {
			t.Error("a proposal passes for a declaration")
		}
		for name, change := range map[string][]string{
			"no entity": {"entity", ""}, "no contact": {"phone", ""}, "an unknown status": {"status", "x"}, "no day": {"reviewed", "31.02.2014"},
			"updated before it was published": {"updated", "2014-05-01"}, "partly, and nothing is missing": {"gaps", ""},
		} {
			values := append([]string{}, whole...)
			for i := 0; i < len(values); i += 2 {
				if values[i] == change[0] {
					values[i+1] = change[1]
				}
			}
			if got := b.Post("/administracja/deklaracja", values...).Status; got != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d", name, got)
			}
		}
		b.Post("/administracja/deklaracja", whole...).Want(t, http.StatusSeeOther)
		b.Post("/administracja/deklaracja", whole...).Want(t, http.StatusConflict)
		s.As(store.NewID(), false).Post("/administracja/deklaracja", whole...).Want(t, http.StatusForbidden)
	})
}

func TestAdministratorsAreRemindedOnceAYear(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := open(t, db)
		s.As(admin, true).Post("/administracja/deklaracja", whole...).Want(t, http.StatusSeeOther)
		for _, step := range []struct {
			day  string
			want int // letters in all
		}{{"2014-12-01", 0}, {"2015-02-28", 0}, {"2015-03-01", 1}, {"2015-03-20", 1}, {"2016-03-02", 2}} {
			day, err := time.Parse("2006-01-02", step.day)
			if err != nil {
				t.Fatal(err)
			}
			db.Clock().Set(day.Add(12 * time.Hour))
			if err := s.service.Remind(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := s.queue.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := len(s.mailbox.Letters()); got != step.want {
				t.Errorf("%s: %d letters, want %d", step.day, got, step.want)
			}
		}
	})
}
