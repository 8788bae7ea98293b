package demo

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/exchange"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/event/visit"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// guest is who signs up for an event, and for whom they come.
type guest struct{ email, behalf string }

// signUp opens the registration of an event, and lets guests sign up one after
// the other.
func (s *story) signUp(key, opens, closes, on string, seats int, guests []guest) []act {
	acts := []act{{opens, manager, func(ctx context.Context) error {
		return s.Registrations.SaveSettings(ctx, s.events[key], registration.Admission{OpensAt: store.At(moment(opens)), ClosesAt: store.At(moment(closes)),
			ConfirmHours: 48}, registration.Limits{{Kind: registration.InAll}: seats})
	}}}
	for _, g := range guests {
		acts = append(acts, act{on, g.email, func(ctx context.Context) error {
			_, err := s.Registrations.Register(ctx, s.events[key], registration.Entry{For: s.bodies[g.behalf]})
			return err
		}})
	}
	return acts
}

// everybody are those who came to the programme, but for its manager and the
// administrator; who joined after the day comes for themselves.
func everybody(day string) []guest {
	var all []guest
	for _, p := range persons {
		for _, j := range p.joins {
			if j.programme == main && p.email != manager && p.email != administrator {
				g := guest{email: p.email}
				if j.on <= day {
					g.behalf = j.behalf
				}
				all = append(all, g)
			}
		}
	}
	return all
}

var visitors = []guest{{leader, sports}, {official, town}, {"gerard.stoklosinski@seniorzy.example.net", seniors}, {neighbour, ""},
	{"lucja.makowniczek@fartuszki.example.net", circle}}

func (s *story) visitActs() []act {
	acts := s.signUp(studyVisit, "2015-04-15 10:00", "2015-05-18 12:00", "2015-04-20 18:00", 20, visitors)
	e := func() event.Event { return s.events[studyVisit] }
	lesson := store.NewID()
	drop := store.NewID()
	return append(acts,
		act{"2015-05-08 10:00", manager, func(ctx context.Context) error {
			return s.Visits.Prepare(ctx, e(), "Stowarzyszenie i trzy urzędy mają **jedną umowę** o rzekę: kto sprząta, kto wywozi, kto płaci.\n\nPokażemy punkt zbiórki, tablice i zeszyt, w którym zapisujemy, co się nie udało.",
				[]visit.Task{{Text: "Kto za co płaci? Zapisz trzy kwoty."}, {Text: "Jak stowarzyszenie zgłasza urzędowi, że coś nie działa?"}, {Text: "Co by się u was nie udało i dlaczego?"}}, 1)
		}},
		act{"2015-05-20 12:10", leader, func(ctx context.Context) error { return s.fillCard(ctx) }},
		act{"2015-05-20 15:30", official, func(ctx context.Context) error {
			return s.Visits.Learn(ctx, e(), lesson, "Jedna umowa na trzy lata oszczędza obu stronom dwa nabory.")
		}},
		act{"2015-05-20 15:40", neighbour, func(ctx context.Context) error {
			return s.Visits.Learn(ctx, e(), store.NewID(), "Zeszyt błędów leży w widocznym miejscu i nikt się go nie wstydzi.")
		}},
		act{"2015-05-20 15:45", official, func(ctx context.Context) error {
			return s.Visits.Copy(ctx, e(), visit.Copy{ID: store.NewID(), What: "Wspólny zeszyt zgłoszeń: stowarzyszenie pisze, urząd odpowiada w trzy dni", DueAt: afterDay("2015-06-30")})
		}},
		act{"2015-05-20 15:50", leader, func(ctx context.Context) error {
			return s.Visits.Copy(ctx, e(), visit.Copy{ID: drop, What: "Tablica przy boisku: kto sprząta w tym tygodniu", DueAt: afterDay("2015-05-25")})
		}},
		act{"2015-05-21 09:00", facilitator, func(ctx context.Context) error { return s.Visits.Show(ctx, e(), lesson, 1, true) }},
		act{"2015-05-24 19:00", leader, func(ctx context.Context) error {
			return s.Visits.Report(ctx, e(), visit.Copy{ID: drop, What: "Tablica przy boisku: kto sprząta w tym tygodniu", DueAt: afterDay("2015-05-25"),
				State: visit.Done, Report: "Wisi od soboty, pierwszy tydzień wzięli trampkarze.", Version: 1})
		}},
	)
}

// fillCard lets the actor write under the first two tasks.
func (s *story) fillCard(ctx context.Context) error {
	tasks, err := store.All[store.ID](ctx, s.DB, `SELECT id FROM event_visit_task WHERE event = $1 ORDER BY position`, s.events[studyVisit].ID)
	if err != nil || len(tasks) < 2 {
		return err
	}
	return s.Visits.Fill(ctx, s.events[studyVisit], map[store.ID]string{tasks[0]: "Powiat 12 000, gmina 8 000, stowarzyszenie pracą.",
		tasks[1]: "Telefon do jednej osoby, a potem wpis w zeszycie."})
}

func (s *story) seminarActs() []act {
	return s.signUp(seminar, "2014-05-15 08:00", "2014-06-11 12:00", "2014-06-10 12:00", 36, everybody("2014-06-10"))
}

// learning is one offer or need of the exchange.
type learning struct {
	at, by, body string
	side         exchange.Side
	formats      []string
	topics       []string
	text, terms  string
	places       int
}

var learnings = []learning{
	{"2014-10-27 10:00", official, town, exchange.Offer, []string{"settlement", "mentoring"}, []string{"settlements", "procedures"},
		"Pokażemy jedno rozliczenie od podpisu po przelew i zwroty, które się zdarzyły.", "Środy po południu, dwie godziny, do pięciu osób.", 1},
	{"2014-10-28 18:30", leader, sports, exchange.Need, []string{"settlement"}, []string{"settlements", "finances"},
		"Skarbniczka jest nowa i boi się pierwszego rozliczenia.", "", 1},
	{"2014-11-03 09:00", "grazyna.wierzbianska@czysta-rzeka.example.org", river, exchange.Offer, []string{"shadowing"}, []string{"volunteers"},
		"Weźmiemy urzędniczkę na dzień zbiórki: od odprawy po ważenie worków.", "Soboty w kwietniu i maju.", 2},
	{"2014-11-05 08:20", "hubert.polnik@jodlowiec.example.org", gmina, exchange.Need, []string{"shadowing", "clinic"}, []string{"volunteers", "initiatives"},
		"Chcemy zobaczyć, jak organizacja prowadzi wolontariuszy, zanim ogłosimy inicjatywę lokalną.", "", 1},
}

func (s *story) exchangeActs() []act {
	var acts []act
	for _, l := range learnings {
		acts = append(acts, act{l.at, l.by, func(ctx context.Context) error {
			return s.Exchanges.Enter(ctx, exchange.Entry{ID: store.NewID(), Programme: s.programmes[main].ID, Organisation: s.bodies[l.body], Side: l.side,
				Formats: l.formats, Topics: l.topics, Text: l.text, Terms: l.terms, Places: l.places, Open: true})
		}})
	}
	accept := func(ctx context.Context) error {
		id, err := store.One[store.ID](ctx, s.DB, `SELECT r.id FROM event_exchange_pair r JOIN event_exchange x ON x.id = r.offer WHERE x.organisation = $1`, s.bodies[town])
		if err != nil {
			return err
		}
		words, err := lang.Load(exchange.Messages)
		if err != nil {
			return err
		}
		_, err = s.Exchanges.Accept(lang.With(ctx, words.Printer(lang.Polish)), s.programmes[main], id)
		return err
	}
	return append(acts,
		act{"2014-11-10 09:00", manager, func(ctx context.Context) error {
			_, err := s.Exchanges.Propose(ctx, s.programmes[main])
			return err
		}},
		act{"2014-11-12 10:00", official, accept},
		act{"2014-11-13 19:00", leader, accept},
	)
}
