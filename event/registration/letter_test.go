package registration_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/mailtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/store"
)

// post is a world whose letters go through a real mail server.
type post struct {
	*world
	server *mailtest.Server
	queue  *jobs.Queue
}

func eachWithPost(t *testing.T, fn func(t *testing.T, p *post)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := &post{server: mailtest.Start(t)}
		var err error
		if p.queue, err = jobs.New(db, slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
		transport, err := mail.SMTP(p.server.URL)
		if err != nil {
			t.Fatal(err)
		}
		catalogue, err := lang.Load(eventtest.Messages...)
		if err != nil {
			t.Fatal(err)
		}
		outbox := mail.NewOutbox(db, p.queue, transport, mail.Options{Site: webtest.SiteInfo(), Catalogue: catalogue, Logger: slog.New(slog.DiscardHandler)})
		p.world = newWorld(t, db, registration.Options{Outbox: outbox, Queue: p.queue})
		fn(t, p)
	})
}

// letters works what is due and returns what came to a person, in order.
func (p *post) letters(to store.ID) []mailtest.Mail {
	p.t.Helper()
	if err := p.queue.Drain(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	var own []mailtest.Mail
	for _, m := range p.server.Taken() {
		if strings.HasPrefix(m.To, string(to)) {
			own = append(own, m)
		}
	}
	return own
}

// only returns the one letter that came.
func (p *post) only(to store.ID, subject string) mailtest.Mail {
	p.t.Helper()
	got := p.letters(to)
	if len(got) != 1 || got[0].Subject != subject {
		p.t.Fatalf("%d letters, want one: %q\n%+v", len(got), subject, got)
	}
	return got[0]
}

func (p *post) says(m mailtest.Mail, words ...string) {
	p.t.Helper()
	for _, w := range words {
		if !strings.Contains(m.Text, w) {
			p.t.Errorf("%q does not say %q:\n%s", m.Subject, w, m.Text)
		}
	}
}

func TestEveryTurnIsToldByLetter(t *testing.T) {
	eachWithPost(t, func(t *testing.T, p *post) {
		e := p.open("Seminarium", 1)
		first := p.register(e, p.Resident)
		m := p.only(p.Resident, "Masz miejsce: Seminarium")
		p.says(m, "13 czerwca 2014, 09:00 (CEST)", "14 czerwca 2014, 13:00 (CEST)", "Dom Przykładowy, ul. Wymyślona 1, Wisła",
			webtest.Public+e.Path()+"/zapisy", "zrezygnuj na tej samej stronie do 13 czerwca 2014, 09:00 (CEST)")
		if len(m.Files) != 1 || !strings.Contains(m.Files[0].Content, "DTSTART:20140613T070000Z") || !strings.Contains(m.Files[0].Content, "STATUS:CONFIRMED") ||
			m.Files[0].Name != "seminarium.ics" {
			t.Errorf("%+v", m.Files)
		}
		second := p.register(e, p.Neighbour)
		p.says(p.only(p.Neighbour, "Lista rezerwowa: Seminarium"), "Miejsce w kolejce: 1 z 1.")
		p.none([]error{p.reg.Withdraw(p.Ctx(p.Resident), e, first.ID)})
		p.says(p.only(p.Neighbour, "Czeka na Ciebie miejsce: Seminarium"), "do 7 czerwca 2014, 12:00 (CEST)", "Potwierdź miejsce:\n"+webtest.Public)
		p.none([]error{p.reg.Confirm(p.Ctx(p.Neighbour), e, second.ID)})
		p.only(p.Neighbour, "Masz miejsce: Seminarium")
		third := p.register(e, p.Observer)
		p.only(p.Observer, "Lista rezerwowa: Seminarium")
		p.none([]error{p.reg.Withdraw(p.Ctx(p.Neighbour), e, second.ID)})
		p.only(p.Neighbour, "Rezygnacja przyjęta: Seminarium")
		p.DB.Clock().Advance(25 * time.Hour)
		p.none([]error{p.reg.Sweep(t.Context())})
		if p.now(third).State != registration.Lapsed {
			t.Error("the offer did not lapse")
		}
		p.only(p.Observer, "Miejsce przeszło na następną osobę: Seminarium") // the offer is old news and is not sent
	})
}

func TestReminderComesOnceTwoDaysBefore(t *testing.T) {
	eachWithPost(t, func(t *testing.T, p *post) {
		e := p.open("Warsztat", 2)
		p.register(e, p.Resident)
		p.letters(p.Resident)
		p.none([]error{p.reg.Remind(t.Context())})
		if got := p.letters(p.Resident); len(got) != 0 {
			t.Errorf("a week before: %+v", got)
		}
		p.DB.Clock().Set(e.StartsAt.Add(-47 * time.Hour))
		for range 2 {
			p.none([]error{p.reg.Remind(t.Context())})
		}
		p.only(p.Resident, "Przypomnienie: Warsztat")
	})
}

func TestChangesOfTheEventAreToldToThoseWhoCome(t *testing.T) {
	eachWithPost(t, func(t *testing.T, p *post) {
		e := p.open("Wizyta", 1)
		p.register(e, p.Resident)
		p.register(e, p.Neighbour)
		p.letters(p.Resident)
		turn := func(change func(*event.Event)) {
			after := e
			change(&after)
			p.none([]error{p.DB.Write(t.Context(), func(tx *store.Tx) error {
				if _, err := tx.Exec(t.Context(), `UPDATE event SET cancelled_at = $2, cancelled_reason = $3, revision = $4 WHERE id = $1`,
					e.ID, after.CancelledAt, after.CancelledReason, after.Revision); err != nil {
					return err
				}
				return p.reg.EventChanged(p.Ctx(p.Manager), tx, e, after)
			})})
			e = after
		}
		turn(func(e *event.Event) { e.Revision++ })
		p.only(p.Resident, "Zmiana terminu lub miejsca: Wizyta")
		turn(func(e *event.Event) { e.CancelledAt, e.CancelledReason = store.At(p.DB.Now()), "Sala jest w remoncie." })
		m := p.only(p.Resident, "Odwołane: Wizyta")
		p.says(m, "Sala jest w remoncie.")
		if !strings.Contains(m.Files[0].Content, "STATUS:CANCELLED") {
			t.Error("the calendar still has it")
		}
		turn(func(e *event.Event) { e.CancelledAt, e.CancelledReason = store.Time{}, "" })
		p.only(p.Resident, "Jednak się odbędzie: Wizyta")
	})
}

func TestGuestsAreWrittenToByAddressOrThroughWhoNamedThem(t *testing.T) {
	eachWithPost(t, func(t *testing.T, p *post) {
		e := p.open("Goście", 5)
		p.Act(p.Resident, p.NGO)
		_, err := p.reg.RegisterGroup(p.Ctx(p.Resident), e, registration.Party{For: p.NGO, Batch: store.NewID(),
			Guests: []registration.Guest{{Name: "Beata Druga", Email: "beata@example.org"}, {Name: "Celina Trzecia"}}})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.queue.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		taken := p.server.Taken()
		if len(taken) != 2 {
			t.Fatalf("%d letters", len(taken))
		}
		for _, m := range taken {
			switch {
			case m.To == "beata@example.org":
				p.says(m, "Zgłoszenie dotyczy osoby: Beata Druga.", e.Path()+"/zapisy\n")
			case strings.HasPrefix(m.To, string(p.Resident)):
				p.says(m, "Zgłoszenie dotyczy osoby: Celina Trzecia.", e.Path()+"/zapisy/osoba/")
			default:
				t.Errorf("to %s", m.To)
			}
		}
	})
}

func TestInvitationBringsTheWayToSignUp(t *testing.T) {
	eachWithPost(t, func(t *testing.T, p *post) {
		e := p.open("Panel", 5, func(a *registration.Admission, _ registration.Limits) { a.Invited = true })
		if _, err := p.reg.Invite(p.Ctx(p.Manager), e, string(p.Resident)+"@example.org"); err != nil {
			t.Fatal(err)
		}
		p.says(p.only(p.Resident, "Zaproszenie na wydarzenie: Panel"), "Zapisz się:\n"+webtest.Public+e.Path()+"/zapisy", "Zapisy trwają od")
	})
}
