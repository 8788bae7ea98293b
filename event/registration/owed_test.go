package registration_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/store"
)

// TestListWithAThousandAddressesHoldsTheEventForFewStatements enters people who
// all have to be written to: none of the letters is ordered while others wait.
func TestListWithAThousandAddressesHoldsTheEventForFewStatements(t *testing.T) {
	eachWithPost(t, func(t *testing.T, p *post) {
		e := p.open("Lista", 600)
		var text strings.Builder
		for i := range 1000 {
			fmt.Fprintf(&text, "Osoba Numer %d;osoba%d@example.org\n", i, i)
		}
		text.WriteString("Bez Adresu\n")
		ctx, counter := store.WithCounter(p.Ctx(p.Manager))
		list := registration.List{Rows: registration.ReadRows(text.String()), Sector: "resident", Batch: store.NewID()}
		if mistakes, err := p.reg.EnterPaper(ctx, e, list); err != nil || len(mistakes) > 0 {
			t.Fatalf("%v %.300v", err, mistakes)
		}
		if counter.N() > 60 {
			t.Errorf("%d statements while others wait", counter.N())
		}
		if n := p.Count(`SELECT count(*) FROM mail_outbox`); n != 0 {
			t.Errorf("%d letters ordered at once", n)
		}
		p.none([]error{p.queue.Drain(t.Context())})
		got := map[string]int{}
		for _, m := range p.server.Taken() {
			subject, _, _ := strings.Cut(m.Subject, ":")
			got[subject]++
			got[m.To]++
		}
		if got["Masz miejsce"] != 600 || got["Lista rezerwowa"] != 400 || got["osoba0@example.org"] != 1 || got["osoba999@example.org"] != 1 || len(got) != 1002 {
			t.Errorf("%d kinds of letters and addresses: %d seats, %d waiting", len(got), got["Masz miejsce"], got["Lista rezerwowa"])
		}
	})
}

// TestNewsThatIsOldBeforeItsLetterIsNotSent cancels an event whose list has just
// been entered: only the cancellation is told, once.
func TestNewsThatIsOldBeforeItsLetterIsNotSent(t *testing.T) {
	eachWithPost(t, func(t *testing.T, p *post) {
		e := p.open("Odwołane od razu", 5)
		list := registration.List{Rows: registration.ReadRows("Beata Druga;beata@example.org"), Sector: "resident", Batch: store.NewID()}
		if mistakes, err := p.reg.EnterPaper(p.Ctx(p.Manager), e, list); err != nil || len(mistakes) > 0 {
			t.Fatalf("%v %v", err, mistakes)
		}
		after := e
		after.CancelledAt, after.CancelledReason = store.At(p.DB.Now()), "Sala jest w remoncie."
		p.none([]error{p.DB.Write(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.Exec(t.Context(), `UPDATE event SET cancelled_at = $2, cancelled_reason = $3 WHERE id = $1`,
				e.ID, after.CancelledAt, after.CancelledReason); err != nil {
				return err
			}
			return p.reg.EventChanged(p.Ctx(p.Manager), tx, e, after)
		})})
		if after.State() != event.Cancelled {
			t.Fatal("not cancelled")
		}
		p.only("beata", "Odwołane: Odwołane od razu")
	})
}
