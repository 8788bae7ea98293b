package demo

import (
	"context"
	"fmt"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/exchange"
	"github.com/wspolnota/wspolnota/event/visit"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

var studyGroup = meeting{
	key: studyVisit, opens: "2015-04-15 10:00", closes: "2015-05-18 12:00", seats: 20,
	note: "Jedziemy autobusem, w którym są dwa miejsca dla osób na wózkach.",
	guests: []guest{{leader, sports, ""}, {official, town, ""}, {"gerard.stoklosinski@seniorzy.example.net", seniors, ""},
		{"lucja.makowniczek@fartuszki.example.net", circle, ""}, {neighbour, "", ""}, {"hubert.polnik@jodlowiec.example.org", gmina, ""},
		{"lidia.tarninowska@srebrnik.example.org", srebrnik, ""}, {"wiktor.kamieniarz@srebrnik.example.org", srebrnik, ""},
		{"cecylia.dzikowska@otwarty-krag.example.org", ring, ""}, {"hanna.kolcowicz@poczta.example.com", "", ""},
		{"ignacy.borowik@poczta.example.com", "", ""}, {"renata.wichrowska@kalinow.example.org", kalinow, ""},
		{"jolanta.fiolkowicz@poczta.example.com", yard, ""}, {"izabela.poranna@druga-zmiana.example.org", shift, ""}},
	absent: []string{"hubert.polnik@jodlowiec.example.org"},
	words:  "Współpraca stowarzyszenia i trzech urzędów przy jednej rzece: umowa, pieniądze, odpowiedzialność.", certified: "2015-05-21 10:00",
}

const (
	boardWords  = "Tablica przy boisku: kto sprząta w tym tygodniu"
	bookWords   = "Wspólny zeszyt zgłoszeń: stowarzyszenie pisze, urząd odpowiada w trzy dni"
	threeYears  = "Umowa na trzy lata zamiast trzech umów na rok"
	keyPerson   = "Jeden telefon do spraw wody i śmieci, z nazwiskiem na drzwiach"
	oneContract = "Jedna umowa na trzy lata oszczędza obu stronom dwa nabory."
	openBook    = "Zeszyt błędów leży w widocznym miejscu i nikt się go nie wstydzi."
	whoPays     = "Kwoty wiszą na ścianie, więc nikt nie pyta szeptem, kto za co płaci."
)

// cards are what people wrote under the tasks of their cards, in order.
var cards = []struct {
	at, by string
	notes  []string
}{
	{"2015-05-20 12:10", leader, []string{"Powiat 12 000, gmina 8 000, stowarzyszenie pracą.", "Telefon do jednej osoby, a potem wpis w zeszycie."}},
	{"2015-05-20 12:20", official, []string{"Trzy urzędy mają jedną tabelę i dzielą się po równo.", "Wpis w zeszycie, odpowiedź w trzy dni.", "U nas zabrakłoby osoby, która odbierze telefon w sobotę."}},
	{"2015-05-20 12:40", "lidia.tarninowska@srebrnik.example.org", []string{"12, 8 i 5 tysięcy, reszta w godzinach pracy.", "", "Trzyletnia umowa: radca powie, że budżet jest roczny. Trzeba sprawdzić."}},
}

func (s *story) visitActs() []act {
	lesson := func(at, by, text string) act {
		return s.at(at, by, studyVisit, func(ctx context.Context, e event.Event) error {
			return s.Visits.Learn(ctx, e, s.id("lesson/"+text), text)
		})
	}
	show := func(at, text string) act {
		return s.at(at, facilitator, studyVisit, func(ctx context.Context, e event.Event) error {
			return s.Visits.Show(ctx, e, s.id("lesson/"+text), 1, true)
		})
	}
	take := func(at, by, behalf, what, due string) act {
		return s.at(at, by, studyVisit, func(ctx context.Context, e event.Event) error {
			return s.Visits.Copy(ctx, e, visit.Copy{ID: s.id("copy/" + what), Organisation: s.body(behalf), What: what, DueAt: afterDay(due)})
		})
	}
	acts := append(s.meetingActs(studyGroup),
		s.at("2015-05-08 10:00", manager, studyVisit, func(ctx context.Context, e event.Event) error {
			return s.Visits.Prepare(ctx, e, "Stowarzyszenie i trzy urzędy mają **jedną umowę** o rzekę: kto sprząta, kto wywozi, kto płaci.\n\nPokażemy punkt zbiórki, tablice i zeszyt, w którym zapisujemy, co się nie udało.",
				[]visit.Task{{Text: "Kto za co płaci? Zapisz trzy kwoty."}, {Text: "Jak stowarzyszenie zgłasza urzędowi, że coś nie działa?"}, {Text: "Co by się u was nie udało i dlaczego?"}}, 1)
		}),
		lesson("2015-05-20 15:30", official, oneContract), lesson("2015-05-20 15:34", "hanna.kolcowicz@poczta.example.com", whoPays),
		lesson("2015-05-20 15:40", neighbour, openBook),
		take("2015-05-20 15:45", official, town, bookWords, "2015-06-30"), take("2015-05-20 15:50", leader, sports, boardWords, "2015-05-25"),
		take("2015-05-20 15:52", "lidia.tarninowska@srebrnik.example.org", srebrnik, threeYears, "2015-12-31"),
		take("2015-05-20 15:55", "renata.wichrowska@kalinow.example.org", kalinow, keyPerson, "2015-06-05"),
		show("2015-05-21 09:00", oneContract), show("2015-05-21 09:02", whoPays),
		s.at("2015-05-24 19:00", leader, studyVisit, func(ctx context.Context, e event.Event) error {
			return s.Visits.Report(ctx, e, visit.Copy{ID: s.id("copy/" + boardWords), Organisation: s.body(sports), What: boardWords, DueAt: afterDay("2015-05-25"),
				State: visit.Done, Report: "Wisi od soboty, pierwszy tydzień wzięli trampkarze.", Version: 1})
		}),
	)
	for _, c := range cards {
		acts = append(acts, s.at(c.at, c.by, studyVisit, func(ctx context.Context, e event.Event) error {
			tasks, err := store.All[store.ID](ctx, s.DB, `SELECT id FROM event_visit_task WHERE event = $1 ORDER BY position`, e.ID)
			if err != nil {
				return err
			}
			notes := map[store.ID]string{}
			for i, note := range c.notes {
				if i < len(tasks) && note != "" {
					notes[tasks[i]] = note
				}
			}
			return s.Visits.Fill(ctx, e, notes)
		}))
	}
	return acts
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
	for i, l := range learnings {
		acts = append(acts, act{l.at, l.by, func(ctx context.Context) error {
			return s.Exchanges.Enter(ctx, exchange.Entry{ID: s.id(fmt.Sprintf("learning/%d", i)), Programme: s.programme(main), Organisation: s.body(l.body), Side: l.side,
				Formats: l.formats, Topics: l.topics, Text: l.text, Terms: l.terms, Places: l.places, Open: true})
		}})
	}
	accept := func(ctx context.Context) error {
		id, err := store.One[store.ID](ctx, s.DB, `SELECT r.id FROM event_exchange_pair r JOIN event_exchange x ON x.id = r.offer WHERE x.organisation = $1`, s.body(town))
		if err != nil {
			return err
		}
		in, err := programme.ByID(ctx, s.DB, s.programme(main))
		if err != nil {
			return err
		}
		_, err = s.Exchanges.Accept(ctx, in, id)
		return err
	}
	return append(acts,
		act{"2014-11-10 09:00", manager, func(ctx context.Context) error {
			in, err := programme.ByID(ctx, s.DB, s.programme(main))
			if err != nil {
				return err
			}
			_, err = s.Exchanges.Propose(ctx, in)
			return err
		}},
		act{"2014-11-12 10:00", official, accept},
		act{"2014-11-13 19:00", leader, accept},
	)
}
