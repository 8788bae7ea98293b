package demo

import (
	"slices"

	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/web/ui"
)

// workshops are the four of the autumn, and what people sign up for in December
// and in May.
var workshops = []meeting{
	{
		key: talking, opens: "2014-08-25 10:00", closes: "2014-09-14 20:00", seats: 28,
		guests: []guest{
			{official, town, ""}, {"agata.zytniak@jodlowiec.example.org", gmina, ""}, {"maria.zurawinek@poczta.example.com", "", ""},
			{"grazyna.wierzbianska@czysta-rzeka.example.org", river, ""}, {"lidia.tarninowska@srebrnik.example.org", srebrnik, ""},
			{"cecylia.dzikowska@otwarty-krag.example.org", ring, ""}, {"hanna.kolcowicz@poczta.example.com", "", ""},
			{"zbigniew.debowczyk@zwiazek.example.org", union, ""}, {leader, sports, ""}, {"ignacy.borowik@poczta.example.com", "", ""},
			{"renata.wichrowska@kalinow.example.org", kalinow, ""}, {"helmut.szyszkowiak@druga-zmiana.example.org", shift, ""},
			{"antoni.rumiankowicz@poczta.example.com", "", ""}, {"bernadetta.grabowiak@czerwionka.example.org", town, ""},
			{"oksana.berezynka@czysta-rzeka.example.org", river, ""}, {"hubert.polnik@jodlowiec.example.org", gmina, ""},
			{"jolanta.fiolkowicz@poczta.example.com", yard, ""}, {"gerard.stoklosinski@seniorzy.example.net", seniors, ""},
			{"wieslawa.kamyczkowska@olszowo.example.org", powiat, ""}, {"alina.chabrowska@poczta.example.com", "", ""},
			{"emil.karbowiec@archiwum.example.org", archive, ""}, {"wiktor.kamieniarz@srebrnik.example.org", srebrnik, ""}},
		absent: []string{"zbigniew.debowczyk@zwiazek.example.org", "alina.chabrowska@poczta.example.com"},
		tables: 4, seated: "2014-09-15 10:00",
		words: "Odpowiadanie na uwagi z konsultacji społecznych.", certified: "2014-09-17 10:00",
		minutes: record{
			begun: "2014-09-16 17:00", by: "bogna.sikorzanka@warsztat.example.org", chair: "Szymon Topolewicz",
			points: []noted{
				{title: "Co prawo mówi o odpowiedziach, a co dobry obyczaj", text: "Prawo każe wysłuchać. Dobry obyczaj każe odpisać, także temu, kto nie miał racji."},
				{title: "Praca w parach na prawdziwych uwagach", text: "Dziesięć par napisało odpowiedzi na pięćdziesiąt uwag. Najtrudniejsze były te, w których mieszkaniec miał rację, a nic nie dało się zrobić."},
				{title: "Na co się umawiamy", decisions: []string{firstStandard},
					tasks: []task{
						{title: "Odpowiedzieć wzorem na uwagi do programu współpracy na 2015 rok", body: gmina, due: "2014-10-10", course: []deed{
							{"2014-10-09 14:20", "hubert.polnik@jodlowiec.example.org", "report", "Siedemnaście uwag, siedemnaście odpowiedzi, tabela jest na stronie gminy."},
							{"2014-10-10 09:00", manager, "close", ""}}},
						{title: "Zapytać dziesięciu mieszkańców, czy rozumieją odpowiedzi", person: "maria.zurawinek@poczta.example.com", due: "2014-11-20"},
					}},
			},
			shown: "2014-09-17 12:00", until: "2014-09-22 20:00", approved: "2014-09-23 09:00", published: "2014-09-23 09:30",
		},
		opinion: survey{asked: "2014-09-16 17:30", means: map[ui.Sector]map[string]int{
			ui.Administration: means(4, 5, 4, 4, 4), ui.NGO: means(4, 4, 4, 4, 4), ui.Resident: means(4, 4, 3, 4, 3)},
			// Four of an organisation answer: too few to be told apart.
			silent: map[string]bool{"helmut.szyszkowiak@druga-zmiana.example.org": true, "gerard.stoklosinski@seniorzy.example.net": true,
				"emil.karbowiec@archiwum.example.org": true},
			words: []said{{"hanna.kolcowicz@poczta.example.com", "best", "Pierwszy raz ktoś przeczytał moją uwagę na głos.", false}}, public: "2014-10-02 09:00"},
	},
	{
		key: grants, opens: "2014-09-12 10:00", closes: "2014-10-05 20:00", seats: 28,
		guests: []guest{
			{"aniela.wrzosinska@zwiazek.example.org", union, ""}, {leader, sports, ""}, {player, sports, ""}, {"dorota.iskierko@srebrnik.example.org", srebrnik, ""},
			{"ilona.jagodnik@kalinow.example.org", kalinow, ""}, {"lucja.makowniczek@fartuszki.example.net", circle, ""}, {official, town, ""},
			{"henryk.paproc@osp-dabrowka.example.org", fireBrigade, ""}, {"stefania.modrzyk-lasota@forum.example.org", forum, ""},
			{"urszula.wrzecionko@seniorzy.example.net", seniors, ""}, {"agata.zytniak@jodlowiec.example.org", gmina, ""},
			{"izabela.poranna@druga-zmiana.example.org", shift, ""}, {"adrian.turzyca@otwarty-krag.example.org", ring, ""}, {clubManager, villages, ""},
			{"beata.chlebowiak@dobra-kuchnia.example.com", kitchen, ""}, {"mieczyslaw.osikowy@kalinow.example.org", kalinow, ""},
			{"tadeusz.slazowski@poczta.example.com", yard, ""}, {"kacper.trzcinowicz@czysta-rzeka.example.org", river, ""}},
		absent: []string{"urszula.wrzecionko@seniorzy.example.net"},
		tables: 3, seated: "2014-10-06 10:00",
		words: "Mała dotacja od ogłoszenia do rozliczenia.", certified: "2014-10-08 10:00",
		minutes: record{
			begun: "2014-10-07 16:40", by: "leszek.jarzebczyk@warsztat.example.org", chair: "Szymon Topolewicz",
			points: []noted{
				{title: "Ta sama faktura, dwie księgowe", text: "Dwie księgowe opisały tę samą fakturę na dwa sposoby. Oba były zgodne z przepisami, tylko każdy z innym."},
				{title: "Trzy rozliczenia, trzy stoły", text: "Dwa na trzy zwrócone rozliczenia wróciły z powodu załącznika, którego nikt potem nie czyta."},
				{title: "Jeden wzór: co zostaje, co wypada", decisions: []string{secondStandard},
					votes: []minutes.Vote{{Question: "Czy kopie faktur są potrzebne przy dotacji do 2 000 zł", Yes: 3, No: 12, Abstained: 2, Present: 17}}},
				{title: "Na co się umawiamy", tasks: []task{
					{title: "Wypróbować wzór na trzech prawdziwych dotacjach", body: town, due: "2014-11-28", course: []deed{
						{"2014-11-27 13:00", official, "report", "Trzy dotacje, trzy rozliczenia, jedno zwrócone z powodu podpisu."}, {"2014-11-28 09:00", manager, "close", ""}}},
					{title: "Napisać objaśnienia do wzoru językiem skarbniczki", body: sports, due: "2014-11-30"},
				}},
			},
			shown: "2014-10-08 12:00", until: "2014-10-12 20:00", approved: "2014-10-13 09:00", published: "2014-10-13 09:30",
		},
	},
	{
		key: initiative, opens: "2014-10-13 10:00", closes: "2014-11-02 20:00", seats: 28,
		guests: []guest{
			{"jolanta.fiolkowicz@poczta.example.com", yard, ""}, {"tadeusz.slazowski@poczta.example.com", yard, ""}, {"norbert.kosaciec@czerwionka.example.org", town, ""},
			{"lidia.tarninowska@srebrnik.example.org", srebrnik, ""}, {"lucja.makowniczek@fartuszki.example.net", circle, ""}, {"wiktoria.cmielowiec@poczta.example.com", "", ""},
			{"krystian.dziewiecsil@poczta.example.com", "", ""}, {clubManager, villages, ""}, {"renata.wichrowska@kalinow.example.org", kalinow, ""},
			{"hubert.polnik@jodlowiec.example.org", gmina, ""}, {"hanna.kolcowicz@poczta.example.com", "", ""}, {"zofia.macierzanka@poczta.example.com", "", ""},
			{"oliwer.bagienko@czerwionka.example.org", town, ""}, {"tomasz.jemiola@poczta.example.com", "", ""}, {"cecylia.dzikowska@otwarty-krag.example.org", ring, ""}},
		absent: []string{"tomasz.jemiola@poczta.example.com"}, words: "Inicjatywa lokalna: wniosek, wycena pracy, umowa.", certified: "2014-11-05 10:00",
		minutes: record{
			begun: "2014-11-04 16:10", by: "nadia.cisowska-was@warsztat.example.org", chair: "Nadia Cisowska-Wąs",
			points: []noted{
				{title: "Wycena pracy mieszkańców", text: "Godzina grabienia: od 12 do 30 zł, zależnie od gminy. Zapisaliśmy, skąd każda kwota."},
				{title: "Na co się umawiamy", decisions: []string{"Wniosek o inicjatywę lokalną mieści się na dwóch stronach."}}},
			shown: "2014-11-05 12:00", until: "2014-11-09 20:00", approved: "2014-11-10 09:00", published: "2014-11-10 09:30",
		},
	},
	{
		key: councils, opens: "2014-10-13 10:30", closes: "2014-11-23 20:00", seats: 28,
		guests: []guest{
			{observer, "", ""}, {"zbigniew.debowczyk@zwiazek.example.org", union, ""}, {"wiktor.kamieniarz@srebrnik.example.org", srebrnik, ""},
			{"gerard.stoklosinski@seniorzy.example.net", seniors, ""}, {"maria.zurawinek@poczta.example.com", "", ""}, {"emil.karbowiec@archiwum.example.org", archive, ""},
			{"grazyna.wierzbianska@czysta-rzeka.example.org", river, ""}, {"mieczyslaw.osikowy@kalinow.example.org", kalinow, ""}, {official, town, ""},
			{"adrian.turzyca@otwarty-krag.example.org", ring, ""}, {"ignacy.borowik@poczta.example.com", "", ""}, {"antoni.rumiankowicz@poczta.example.com", "", ""},
			{"wieslawa.kamyczkowska@olszowo.example.org", powiat, ""}},
		words: "Rady, komisje i zespoły: kto kogo reprezentuje.", certified: "2014-11-26 10:00",
		// Its minutes are with those who took part: they may remark until the eighth.
		minutes: record{
			begun: "2014-11-25 17:00", by: "bogna.sikorzanka@warsztat.example.org", chair: "Szymon Topolewicz",
			points: []noted{
				{title: "Mapa rad i zespołów", text: "W jedenastu gminach działa 26 rad i zespołów. W ośmiu z nich są te same trzy osoby."},
				{title: "Na co się umawiamy", decisions: []string{"Każda rada raz w roku odbywa jedno spotkanie otwarte, po siedemnastej."},
					tasks: []task{{title: "Napisać zaproszenie, które rozumie ktoś spoza rady", person: "emil.karbowiec@archiwum.example.org", due: "2015-01-31", course: []deed{
						{"2015-01-29 18:40", "emil.karbowiec@archiwum.example.org", "report", "Gotowe, pół strony."}, {"2015-01-30 09:00", manager, "close", ""}}}}}},
			shown: "2014-12-01 12:00", until: "2014-12-08 20:00", approved: "2014-12-10 09:00", published: "2014-12-10 09:30",
			remarks: []remark{{at: "2014-12-03 20:15", by: "gerard.stoklosinski@seniorzy.example.net", point: "Mapa rad i zespołów",
				text:     "Brakuje rady seniorów, a powołano ją w październiku.",
				answered: "2014-12-09 10:00", outcome: minutes.Taken, answer: "Dopisana, jest ich więc 27."}},
		},
	},
	{
		key: groupMeeting, opens: "2014-12-01 10:00", closes: "2015-01-13 20:00", seats: 20,
		guests: []guest{
			{official, town, ""}, {"lidia.tarninowska@srebrnik.example.org", srebrnik, ""}, {"cecylia.dzikowska@otwarty-krag.example.org", ring, ""},
			{"maria.zurawinek@poczta.example.com", "", ""}, {"zbigniew.debowczyk@zwiazek.example.org", union, ""}, {clubManager, villages, ""},
			{"hubert.polnik@jodlowiec.example.org", gmina, ""}, {leader, sports, ""}, {"ignacy.borowik@poczta.example.com", "", ""},
			{"stefania.modrzyk-lasota@forum.example.org", forum, ""}, {"aniela.wrzosinska@zwiazek.example.org", union, ""}},
		absent: []string{"hubert.polnik@jodlowiec.example.org"},
		minutes: record{
			begun: "2015-01-15 18:10", by: "bogna.sikorzanka@warsztat.example.org", chair: "Katarzyna Wrzosowicz",
			points: []noted{
				{title: "Zobowiązania: co zrobione, co spóźnione", text: "Z zobowiązań seminarium zostały dwa. Porównanie formularzy przyszło dziesięć tygodni po terminie, kalendarz konkursów czeka na rady nowej kadencji."},
				{title: "Standardy: kto który sprawdza", decisions: []string{"Każda osoba z zespołu sprawdza u siebie jeden standard i pokazuje wynik na panelu w marcu."},
					tasks: []task{
						{title: "Sprawdzić, czy odpowiedzi na uwagi są w jednym miejscu", body: town, due: "2015-03-06", course: []deed{
							{"2015-03-05 12:00", official, "report", "Są, od września, sześć konsultacji."}, {"2015-03-06 09:00", manager, "close", ""}}},
						{title: "Policzyć, ile rozliczeń wraca do organizacji", body: union, due: "2015-04-15"},
					}}},
			shown: "2015-01-16 12:00", until: "2015-01-20 20:00", approved: "2015-01-21 09:00", published: "2015-01-21 09:30",
		},
	},
	{
		key: clinic, opens: "2014-12-03 12:00", closes: "2014-12-10 20:00", seats: 16,
		guests: []guest{{"jolanta.fiolkowicz@poczta.example.com", yard, ""}, {"wiktoria.cmielowiec@poczta.example.com", "", ""},
			{"lucja.makowniczek@fartuszki.example.net", circle, ""}, {leader, sports, ""}, {"krystian.dziewiecsil@poczta.example.com", "", ""},
			{"alina.chabrowska@poczta.example.com", "", ""}, {"gerard.stoklosinski@seniorzy.example.net", seniors, ""}, {neighbour, "", ""},
			{"oksana.berezynka@czysta-rzeka.example.org", river, ""}},
	},
	{
		key: summing, opens: "2015-05-14 10:00", closes: "2015-06-16 20:00", seats: 60,
		guests: []guest{{official, town, ""}, {leader, sports, ""}, {"lidia.tarninowska@srebrnik.example.org", srebrnik, ""},
			{"cecylia.dzikowska@otwarty-krag.example.org", ring, ""}, {"maria.zurawinek@poczta.example.com", "", ""}, {"hanna.kolcowicz@poczta.example.com", "", ""},
			{"ignacy.borowik@poczta.example.com", "", ""}, {clubManager, villages, ""}, {"grazyna.wierzbianska@czysta-rzeka.example.org", river, ""},
			{"renata.wichrowska@kalinow.example.org", kalinow, ""}, {"gerard.stoklosinski@seniorzy.example.net", seniors, ""}, {neighbour, "", ""},
			{"hubert.polnik@jodlowiec.example.org", gmina, ""}, {observer, "", ""}, {"otylia.lisciecka@dobra-czcionka.example.com", printer, ""},
			{"izabela.poranna@druga-zmiana.example.org", shift, ""}, {player, sports, ""}, {"alina.chabrowska@poczta.example.com", "", ""}},
	},
	{
		key: openDoors, opens: "2014-11-28 19:00", closes: "2014-12-12 20:00", seats: 30,
		guests: []guest{{"mateusz.jaworek@osp-dabrowka.example.org", fireBrigade, ""}, {"zaneta.lnianka@fartuszki.example.net", circle, ""},
			{clubEditor, villages, ""}, {"lucja.makowniczek@fartuszki.example.net", circle, ""}, {"wojciech.glogowiec@parafia.example.net", parish, ""},
			{"sabina.kruszynka@poczta.example.com", "", ""}, {"linh.nguyen-maj@zielony-koszyk.example.com", basket, ""}},
	},
}

const (
	firstStandard  = "Odpowiedź na uwagę z konsultacji ma cztery części: uwaga, rozstrzygnięcie, powód, kto odpowiada."
	secondStandard = "Małą dotację rozlicza się na jednej stronie; faktury zostają w organizacji do wglądu."
)

func (s *story) workshopActs() []act {
	var all []act
	for _, m := range workshops {
		all = append(all, s.meetingActs(m)...)
	}
	return slices.Clip(all)
}
