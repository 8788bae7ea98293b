package barrier_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/barrier"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// A barrier that moderation hides leaves the register with the reason, and comes
// back with its votes when it is restored; one that the team withdrew stays out.
func TestModerationHidesABarrierAndBringsItBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		quiet := slog.New(slog.DiscardHandler)
		queue, err := jobs.New(db, quiet)
		if err != nil {
			t.Fatal(err)
		}
		words, err := lang.Load(web.Messages, ui.Messages, mail.Messages, people.Messages, notice.Messages, moderation.Messages)
		if err != nil {
			t.Fatal(err)
		}
		outbox := mail.NewOutbox(db, queue, mail.NewMemory(10), mail.Options{Site: webtest.SiteInfo(), Catalogue: words, Logger: quiet})
		center := notice.New(db, notice.Options{Site: webtest.SiteInfo(), Queue: queue, Outbox: outbox, Secret: make([]byte, 32)})
		center.Register(moderation.Notices...)
		m := moderation.New(db, moderation.Options{Queue: queue, Notices: center, Secret: make([]byte, 32), Names: people.Names})
		m.Add(w.barriers.ModerationKind())

		b := w.proposed("Urzędnicy nie odbierają telefonów.")
		if b, err = w.barriers.Accept(w.as(w.manager), b.Programme, b.ID, b.Version); err != nil {
			t.Fatal(err)
		}
		w.vote(b, w.leader, 4, 5)
		if page := w.Visitor().Get(b.Path()); !strings.Contains(page.Body, moderation.ReportPath("bariera", b.ID)) {
			t.Error("the page leads nowhere to report it")
		}
		if err := m.Report(w.as(w.official), "barrier", b.ID, moderation.Report{Reason: "privacy"}, ""); err != nil {
			t.Fatal(err)
		}
		decide := func(do func(c moderation.Case) error) {
			t.Helper()
			c, err := store.One[moderation.Case](t.Context(), db, `SELECT id, version FROM moderation_case WHERE thing = $1`, b.ID)
			if err == nil {
				err = do(c)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		manager := w.as(w.manager)
		decide(func(c moderation.Case) error { return m.Hide(manager, c.ID, c.Version, "Wskazuje jedną osobę.") })
		if body := w.Visitor().Get(b.List()).Body; strings.Contains(body, "nie odbierają") {
			t.Error("the register still lists it")
		}
		if n := w.count(`SELECT count(*) FROM barrier WHERE state = 'withdrawn' AND reason = 'Wskazuje jedną osobę.'`); n != 1 {
			t.Error("it is not out of the register for the reason of moderation")
		}
		decide(func(c moderation.Case) error { return m.Restore(manager, c.ID, c.Version, "Nikogo nie wskazuje.") })
		if body := w.Visitor().Get(b.List()).Body; !strings.Contains(body, "nie odbierają") {
			t.Error("the register does not list it again")
		}
		if n := w.count(`SELECT count(*) FROM barrier WHERE voting_ended IS NULL AND id = $1`, b.ID); n != 1 {
			t.Error("its voting has ended")
		}

		b, err = store.One[barrier.Barrier](t.Context(), db, `SELECT id, programme, version FROM barrier WHERE id = $1`, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.barriers.Withdraw(manager, b.Programme, b.ID, b.Version, "Powtarza inną."); err != nil {
			t.Fatal(err)
		}
		// What moderation does later brings nothing back.
		w.DB.Clock().Advance(time.Minute)
		err = db.Write(t.Context(), func(tx *store.Tx) error { return w.barriers.ModerationKind().Changed(t.Context(), tx, b.ID) })
		if err != nil || w.count(`SELECT count(*) FROM barrier WHERE state = 'withdrawn'`) != 1 {
			t.Errorf("what the team withdrew comes back: %v", err)
		}
	})
}
