package demo

import (
	"context"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/panel"
	"github.com/wspolnota/wspolnota/store"
)

// asking is one question to the experts of the panel and what became of it.
type asking struct {
	at, by   string // by "" for one noted from the room
	text     string
	seen     string // moment at which the team looked at it, "" for not yet
	refused  string // the reason, "" where it was published
	merged   string // text of the question it was merged into
	support  []string
	answered string // moment
	reply    panel.Reply
}

const (
	advance   = "Czy zaliczka może być wypłacona przed podpisaniem aneksu, jeśli zadanie trwa dwa lata?"
	proof     = "Jak udokumentować pracę wolontariuszy, żeby nie wróciło rozliczenie?"
	smallNGOs = "Jak zlecać usługi, żeby mała organizacja z jednej wsi miała w ogóle szansę?"
)

var askings = []asking{
	{at: "2015-02-20 18:10", by: leader, text: advance, seen: "2015-02-23 09:00",
		support:  []string{player, "henryk.paproc@osp-dabrowka.example.org", "lucja.makowniczek@fartuszki.example.net", neighbour},
		answered: "2015-03-12 15:05", reply: panel.Reply{By: "Danuta Perłowicz-Rys", Way: panel.InRoom,
			Text: "Tak, o ile umowa od początku podaje kwoty na każdy rok. Wtedy zaliczka na drugi rok **nie wymaga aneksu**, wystarczy przyjęte sprawozdanie częściowe."}},
	{at: "2015-02-24 20:45", by: "gerard.stoklosinski@seniorzy.example.net", text: "Kiedy wypłacicie zaliczkę w zadaniu dwuletnim?", seen: "2015-02-25 08:30", merged: advance},
	{at: "2015-02-26 11:20", by: "grazyna.wierzbianska@czysta-rzeka.example.org", text: proof, seen: "2015-02-26 14:00",
		support:  []string{leader, "urszula.wrzecionko@seniorzy.example.net"},
		answered: "2015-03-17 12:30", reply: panel.Reply{By: "Konrad Żwirkowiak", Way: panel.Written,
			Text: "Wystarczą trzy rzeczy:\n\n1. porozumienie z wolontariuszem,\n2. karta godzin podpisana przez obie strony,\n3. stawka podana w ofercie.\n\nZdjęcia nie są potrzebne."}},
	{at: "2015-03-01 21:00", by: "antoni.rumiankowicz@poczta.example.com", text: "Dlaczego sąsiad z rady dostał dotację, a my nie?", seen: "2015-03-02 09:10",
		refused: "Pytanie dotyczy jednej osoby. Zapytaj o zasady unikania konfliktu interesów, chętnie przekażemy je ekspertom."},
	{at: "2015-03-09 19:30", by: clubManager, text: smallNGOs, seen: "2015-03-10 08:20",
		support: []string{leader, "lucja.makowniczek@fartuszki.example.net", "henryk.paproc@osp-dabrowka.example.org"}},
	{at: "2015-03-12 14:20", text: "Kto odpowiada, gdy uwagi z konsultacji przyjdą po terminie?", seen: "2015-03-12 14:20",
		answered: "2015-03-12 14:25", reply: panel.Reply{By: "Danuta Perłowicz-Rys", Way: panel.InRoom,
			Text: "Ten, kto ogłosił konsultacje. Uwagi po terminie można przyjąć do wiadomości, ale trzeba to napisać."}},
	{at: "2015-03-12 15:16", by: player, text: "Czy trenerka może być jednocześnie wolontariuszką w tym samym zadaniu?"},
	{at: "2015-03-12 15:18", by: leader, text: "Ile dni urząd ma na przyjęcie sprawozdania częściowego?"},
	{at: "2015-03-12 15:20", by: neighbour, text: "Czy grupa bez osobowości prawnej może podpisać umowę razem z sołectwem?"},
}

// inRybnik is who came to the panel.
var inRybnik = meeting{
	key: expertPanel, opens: "2015-02-09 10:00", closes: "2015-03-11 12:00", seats: 40,
	note: "Przy zapisie można zadać pytanie ekspertom: jest na to osobna lista na stronie panelu.",
	guests: []guest{{leader, sports, ""}, {player, sports, ""}, {official, town, ""}, {"gerard.stoklosinski@seniorzy.example.net", seniors, ""},
		{"grazyna.wierzbianska@czysta-rzeka.example.org", river, ""}, {"henryk.paproc@osp-dabrowka.example.org", fireBrigade, ""},
		{"lucja.makowniczek@fartuszki.example.net", circle, ""}, {clubManager, villages, ""}, {"lidia.tarninowska@srebrnik.example.org", srebrnik, ""},
		{"wiktor.kamieniarz@srebrnik.example.org", srebrnik, ""}, {"dorota.iskierko@srebrnik.example.org", srebrnik, ""},
		{"ilona.jagodnik@kalinow.example.org", kalinow, ""}, {"mieczyslaw.osikowy@kalinow.example.org", kalinow, ""},
		{"hubert.polnik@jodlowiec.example.org", gmina, ""}, {"cecylia.dzikowska@otwarty-krag.example.org", ring, ""},
		{"helmut.szyszkowiak@druga-zmiana.example.org", shift, ""}, {neighbour, "", ""}, {"antoni.rumiankowicz@poczta.example.com", "", ""},
		{"maria.zurawinek@poczta.example.com", "", ""}, {"ignacy.borowik@poczta.example.com", "", ""}, {"zofia.macierzanka@poczta.example.com", "", ""},
		{"urszula.wrzecionko@seniorzy.example.net", seniors, ""}, {"beata.chlebowiak@dobra-kuchnia.example.com", kitchen, ""}},
	absent: []string{"helmut.szyszkowiak@druga-zmiana.example.org", "zofia.macierzanka@poczta.example.com"},
	words:  "Zlecanie usług publicznych, standardy dotacji, planowanie udziału mieszkańców.", certified: "2015-03-16 10:00",
	minutes: record{
		begun: "2015-03-13 16:00", by: "bogna.sikorzanka@warsztat.example.org", chair: "Szymon Topolewicz",
		points: []noted{
			{title: "Dobre praktyki współpracy: trzy gminy, trzy drogi", text: "Trzy przykładowe gminy pokazały to samo zadanie prowadzone na trzy sposoby. Najtańsze okazało się to, które planowano razem."},
			{title: "Pytania do ekspertów", text: "Pytania i odpowiedzi są przy wydarzeniu. Na te, na które zabrakło czasu, eksperci odpowiadają na piśmie."},
			{title: "Standaryzacja procedur dotacyjnych", text: "Porównanie 19 formularzy: 11 pól powtarza się wszędzie, 23 są tylko w jednej gminie."},
			{title: "Rekomendacje", decisions: []string{"Rekomendujemy gminom jeden wzór rozliczenia z jedenastu wspólnych pól.",
				"Rekomendujemy umowy wieloletnie tam, gdzie zadanie powtarza się co roku."},
				tasks: []task{
					{title: "Przekazać wzór rozliczenia radom gmin", body: union, due: "2015-04-30", course: []deed{
						{"2015-04-27 12:00", administrator, "report", "Wysłany do wszystkich 25 gmin."}, {"2015-04-28 09:00", manager, "close", ""}}},
					{title: "Sprawdzić z radcą, czy umowa na trzy lata jest możliwa przy rocznym budżecie", person: "lidia.tarninowska@srebrnik.example.org", due: "2015-05-15"},
				}},
		},
		shown: "2015-03-16 09:00", until: "2015-03-20 20:00", approved: "2015-03-23 09:00", published: "2015-03-23 10:00",
	},
}

func (s *story) panelActs() []act {
	acts := append(s.meetingActs(inRybnik), s.at("2015-02-09 09:30", manager, expertPanel, func(ctx context.Context, e event.Event) error {
		return s.Panels.SaveSettings(ctx, e, panel.Settings{Askers: panel.Anyone, Version: 1,
			Lead: "Pytamy o zlecanie zadań, standardy dotacji i planowanie udziału mieszkańców."}, []string{assessor, "konrad.zwirkowiak@ekspert.example.net"})
	}))
	for _, a := range askings {
		acts = append(acts, s.askingActs(a)...)
	}
	return acts
}

func (s *story) askingActs(a asking) []act {
	at := func(when, by string, do func(context.Context, event.Event, store.ID, int) error) act {
		return s.at(when, by, expertPanel, func(ctx context.Context, e event.Event) error {
			id := s.id("asking/" + a.text)
			version, err := s.version(ctx, "event_panel_question", id)
			if err != nil {
				return err
			}
			return do(ctx, e, id, version)
		})
	}
	var acts []act
	if a.by == "" {
		acts = append(acts, s.at(a.at, facilitator, expertPanel, func(ctx context.Context, e event.Event) error {
			return s.Panels.Note(ctx, e, s.id("asking/"+a.text), a.text, "")
		}))
	} else {
		acts = append(acts, s.at(a.at, a.by, expertPanel, func(ctx context.Context, e event.Event) error {
			return s.Panels.Ask(ctx, e, s.id("asking/"+a.text), a.text, "")
		}))
	}
	if a.seen != "" && a.by != "" {
		acts = append(acts, at(a.seen, facilitator, func(ctx context.Context, e event.Event, id store.ID, version int) error {
			switch {
			case a.refused != "":
				return s.Panels.Refuse(ctx, e, id, version, a.refused)
			case a.merged != "":
				return s.Panels.Merge(ctx, e, id, version, s.id("asking/"+a.merged))
			}
			return s.Panels.Publish(ctx, e, id, version)
		}))
	}
	for _, person := range a.support {
		acts = append(acts, at(a.seen, person, func(ctx context.Context, e event.Event, id store.ID, _ int) error {
			return s.Panels.Support(ctx, e, id)
		}))
	}
	if a.answered != "" {
		acts = append(acts, at(a.answered, assessor, func(ctx context.Context, e event.Event, id store.ID, version int) error {
			return s.Panels.Answer(ctx, e, id, version, a.reply)
		}))
	}
	return acts
}
