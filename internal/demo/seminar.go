package demo

import (
	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/web/ui"
)

func (s *story) seminarActs() []act { return s.meetingActs(inTheHills) }

// means are what a sector thinks of a seminar, by the usual questions.
func means(useful, clear, heard, together, organised int) map[string]int {
	return map[string]int{"useful": useful, "clear": clear, "heard": heard, "together": together, "organised": organised}
}

// inTheHills is who was in Wisła: 36 seats, and more who wanted one. Four who
// had a seat did not come. Only two are of a firm: too few to be told apart.
var inTheHills = meeting{
	key: seminar, opens: "2014-05-15 08:00", closes: "2014-06-09 20:00", seats: 36,
	note: "Miejsc jest 36: po dziewięć przy stole. Gdy się skończą, zapisujemy na listę rezerwową i piszemy, gdy ktoś zrezygnuje.",
	asks: []asked{
		{registration.AsksDiet, "Czego nie jesz", "Tyle, ile kuchnia ma wiedzieć. Zobaczą to tylko osoby, które zamawiają posiłki."},
		{registration.AsksAccess, "Co ułatwi ci udział", "Na przykład tłumaczenie na język migowy, miejsce blisko drzwi, pokój na parterze."},
	},
	guests: []guest{
		{official, town, ""}, {"zbigniew.debowczyk@zwiazek.example.org", union, ""}, {"hubert.polnik@jodlowiec.example.org", gmina, ""},
		{"agata.zytniak@jodlowiec.example.org", gmina, "bez mięsa"}, {"grazyna.wierzbianska@czysta-rzeka.example.org", river, "bez mięsa"},
		{"maria.zurawinek@poczta.example.com", "", ""}, {"stefania.modrzyk-lasota@forum.example.org", forum, ""},
		{"kacper.trzcinowicz@czysta-rzeka.example.org", river, ""}, {"hanna.kolcowicz@poczta.example.com", "", "bez glutenu"},
		{townWriter, town, ""}, {leader, sports, ""}, {"ignacy.borowik@poczta.example.com", "", ""},
		{"lidia.tarninowska@srebrnik.example.org", srebrnik, ""}, {"zofia.macierzanka@poczta.example.com", "", ""},
		{"mieczyslaw.osikowy@kalinow.example.org", kalinow, ""}, {player, sports, "bez mięsa"}, {"wiktor.kamieniarz@srebrnik.example.org", srebrnik, ""},
		{"henryk.paproc@osp-dabrowka.example.org", fireBrigade, ""}, {"krystian.dziewiecsil@poczta.example.com", "", ""},
		{"renata.wichrowska@kalinow.example.org", kalinow, ""}, {"cecylia.dzikowska@otwarty-krag.example.org", ring, ""},
		{"irena.szuwarowicz@czerwionka.example.org", town, ""}, {"helmut.szyszkowiak@druga-zmiana.example.org", shift, ""},
		{"otylia.lisciecka@dobra-czcionka.example.com", printer, ""}, {"adrian.turzyca@otwarty-krag.example.org", ring, ""},
		{"leon.kaczeniec@poczta.example.com", "", ""}, {"bernadetta.grabowiak@czerwionka.example.org", town, ""},
		{"emil.karbowiec@archiwum.example.org", archive, ""}, {"aniela.wrzosinska@zwiazek.example.org", union, ""},
		{"izabela.poranna@druga-zmiana.example.org", shift, "bez mięsa"}, {"alina.chabrowska@poczta.example.com", "", ""},
		{clubManager, villages, ""}, {"mirosz.rosny@dobra-czcionka.example.com", printer, ""}, {observer, "", ""},
		{"dorota.iskierko@srebrnik.example.org", srebrnik, ""}, {"mateusz.jaworek@osp-dabrowka.example.org", fireBrigade, ""},
		// From here on they wait.
		{"norbert.kosaciec@czerwionka.example.org", town, ""}, {clubEditor, villages, ""}, {"antoni.rumiankowicz@poczta.example.com", "", ""},
		{"bartosz.zawierucha@srebrnik.example.org", srebrnik, ""}, {"oksana.berezynka@czysta-rzeka.example.org", river, ""},
		{"tomasz.jemiola@poczta.example.com", "", ""}, {"weronika.mgielka@otwarty-krag.example.org", ring, ""},
		{"ilona.jagodnik@kalinow.example.org", kalinow, ""},
	},
	withdrawn: []moved{{"2014-06-10 08:20", "aniela.wrzosinska@zwiazek.example.org"}},
	confirmed: []moved{{"2014-06-10 12:45", "norbert.kosaciec@czerwionka.example.org"}},
	tables:    4, seated: "2014-06-11 10:00",
	least: 10, words: "Komunikacja i relacje w gminie i powiecie przy działaniach dla pożytku publicznego; metoda foresight. Szesnaście godzin zajęć.",
	absent: []string{"irena.szuwarowicz@czerwionka.example.org", "emil.karbowiec@archiwum.example.org", "dorota.iskierko@srebrnik.example.org",
		"leon.kaczeniec@poczta.example.com"},
	late:      map[string]int{"hubert.polnik@jodlowiec.example.org": 2, "mirosz.rosny@dobra-czcionka.example.com": 3},
	gone:      map[string]int{"lidia.tarninowska@srebrnik.example.org": 7, "henryk.paproc@osp-dabrowka.example.org": 12, observer: 7},
	certified: "2014-06-16 10:00",
	minutes:   fromTheHills,
	opinion: survey{
		asked: "2014-06-14 19:00",
		means: map[ui.Sector]map[string]int{
			ui.Administration: means(4, 4, 5, 4, 5), ui.NGO: means(4, 3, 4, 4, 4), ui.Resident: means(3, 2, 2, 3, 4)},
		silent: map[string]bool{"mieczyslaw.osikowy@kalinow.example.org": true, clubManager: true, "renata.wichrowska@kalinow.example.org": true,
			"otylia.lisciecka@dobra-czcionka.example.com": true, "mirosz.rosny@dobra-czcionka.example.com": true},
		words: []said{
			{official, "best", "Lustro. Usłyszałam, co się o nas mówi, i nikt przy tym nie krzyczał.", false},
			{leader, "best", "Że przy stole nie było tabliczek z funkcjami.", false},
			{"maria.zurawinek@poczta.example.com", "better", "Mniej skrótów. Przez pierwszą godzinę nie wiedziałam, co to jest PES i RDPP.", false},
			{"cecylia.dzikowska@otwarty-krag.example.org", "better", "Pętla indukcyjna działała tylko w sali głównej, przy stołach już nie.", false},
			{"hanna.kolcowicz@poczta.example.com", "better", "Więcej głosu dla tych, którzy nie są na co dzień w urzędzie ani w organizacji.", false},
			{"wiktor.kamieniarz@srebrnik.example.org", "better", "Jedna osoba przy naszym stole mówiła za wszystkich.", true},
		},
		public: "2014-06-30 09:00",
	},
}

const (
	everyRemark  = "Każda uwaga z konsultacji dostaje odpowiedź z uzasadnieniem, a wszystkie odpowiedzi są w jednym miejscu."
	oneForm      = "Gminy partnerskie przygotują jeden wzór rozliczenia małej dotacji."
	swapDay      = "Raz w roku każdy urząd i każda organizacja z programu biorą udział w dniu zamiany miejsc."
	openMinutes  = "Protokół ze wspólnego spotkania jest publiczny najpóźniej czternaście dni po nim."
	themes       = "Jesienią spotykamy się na czterech warsztatach: konsultacje, dotacje, inicjatywa lokalna, rady i komisje."
	lateRemark   = "Przy mapie ról padło też, że sołtys bywa jednocześnie wnioskodawcą i tym, kto opiniuje wniosek. Proszę dopisać."
	refusedWords = "Proszę usunąć zdanie o kropkach: wynik mógł być inny, gdyby głosowali wszyscy."
)

// fromTheHills are the minutes of the seminar. Of its tasks some are done, some
// were done late, one was given up.
var fromTheHills = record{
	begun: "2014-06-14 19:30", by: "bogna.sikorzanka@warsztat.example.org", chair: "Katarzyna Wrzosowicz",
	points: []noted{
		{title: "Otwarcie i kontrakt", text: "Umówiliśmy się na cztery rzeczy: mówimy po kolei, nie po nazwisku, o sprawach, a nie o osobach, i każdy kończy tym, co sam może zrobić."},
		{title: "Skan otoczenia STEEPVL", text: "Cztery stoły zebrały 118 kart i ułożyły je w 31 czynników. Najwięcej dotyczyło prawa i pieniędzy, najmniej technologii."},
		{title: "Głosowanie kropkami: ważność i niepewność", text: "Zostało dziesięć czynników kluczowych. Na czele: **stabilność pieniędzy na zadania**, **zmiany kadrowe w urzędach**, **ubywanie młodych ludzi**."},
		{title: "Lustro: co myślimy o sobie nawzajem", text: "Karty z obu ścian trafiły do rejestru barier, bez autorów. Na obu najczęściej powtarzało się zdanie „im nie zależy”.\n\nOsobno policzyliśmy, ile osób z każdej strony zgadza się z dwunastoma stwierdzeniami: wynik jest w [debacie seminarium](/programy/miedzysektorowa-wspolpraca/debaty/lustro-w-wisle-co-myslimy-o-wspolpracy-i-o-sobie-nawzajem/wyniki).",
			decisions: []string{swapDay},
			tasks: []task{
				{title: "Zorganizować pierwszy dzień zamiany miejsc", person: official, due: "2014-09-30", course: []deed{
					{"2014-09-26 14:00", official, "report", "Odbył się 26 września: czternaście osób z urzędu w sześciu organizacjach, dziewięć osób z organizacji w urzędzie."},
					{"2014-09-29 09:00", manager, "close", "Dziękujemy, relacja jest w aktualnościach."}}},
				{title: "Spisać słownik dwudziestu pojęć, po jednym zdaniu z każdej strony", body: forum, due: "2014-12-19", course: []deed{
					{"2014-12-18 15:00", manager, "report", "Słownik ma dwadzieścia dwa pojęcia."}, {"2014-12-19 10:00", manager, "close", ""}}},
			}},
		{title: "Mapa ról", text: "Najwięcej sporów o trzy role: pełnomocniczkę, która doradza i kontroluje, radnego w zarządzie organizacji oraz organizację, która raz jest partnerem, a raz wykonawcą."},
		{title: "Co na co wpływa", text: "Macierz wypełniono w czterech częściach. Najsilniej na inne wpływa termin ogłoszenia konkursów: od niego zależą umowy, zatrudnienie i to, czy cokolwiek dzieje się przed czerwcem.",
			tasks: []task{{title: "Ułożyć wspólny kalendarz konkursów na 2015 rok", person: "hubert.polnik@jodlowiec.example.org", due: "2014-11-30", course: []deed{
				{"2015-02-02 11:00", manager, "drop", "Po wyborach każda gmina ma już własny kalendarz. Wracamy do tego przed budżetem na 2016 rok."}}}}},
		{title: "Dwie osie, cztery scenariusze", text: "Osie: pieniądze pewne – niepewne, zaufanie rośnie – maleje. Scenariusze dostały nazwy: *Wspólny stół*, *Każdy do swojej szuflady*, *Biednie, ale razem*, *Konkurs piękności*."},
		{title: "Ryzyka w każdym scenariuszu", text: "Ryzyka z właścicielami i sygnałami ostrzegawczymi są w rejestrze barier."},
		{title: "Powrót z przyszłości do dziś", text: "Od wizji na 2024 rok do poniedziałku 16 czerwca. Trzy zdania powtórzyły się przy wszystkich stołach i zostały ustaleniami.",
			decisions: []string{everyRemark, oneForm, openMinutes},
			tasks: []task{
				{title: "Opisać wzór odpowiedzi na uwagi z konsultacji", body: town, due: "2014-09-30", text: "Tabela: uwaga, odpowiedź, powód, kto odpowiada.", course: []deed{
					{"2014-09-29 12:00", official, "report", "Wzór jest opisany i sprawdzony na konsultacjach placu zabaw."},
					{"2014-09-30 08:40", manager, "close", "Przyjęty na warsztacie 16 września."}}},
				{title: "Zebrać formularze rozliczeń z gmin i porównać je", body: union, due: "2014-10-31", course: []deed{
					{"2015-01-12 13:10", administrator, "report", "Przyszło 19 formularzy z 25 gmin, porównanie w załączniku do protokołu panelu."},
					{"2015-01-14 09:00", manager, "close", "Dziesięć tygodni po terminie, ale komplet, o jaki można było prosić."}}},
			}},
		{title: "Krótkie Delphi: tezy w dwóch rundach", text: "Osiem tez. Po drugiej rundzie w pięciu z nich połowa odpowiedzi mieściła się w jednym punkcie skali."},
		{title: "Zobowiązania: kto, co, do kiedy", text: "Każde zobowiązanie ma osobę albo organizację i dzień. Stan zobowiązań jest publiczny.",
			decisions: []string{themes},
			votes: []minutes.Vote{
				{Question: "Czy przyjmujemy ustalenia seminarium", Yes: 27, No: 0, Abstained: 3, Present: 30},
				{Question: "Od którego tematu zaczynamy jesienią", Present: 30, Abstained: 1, Choices: minutes.Choices{{Label: "Konsultacje", Hands: 14},
					{Label: "Dotacje", Hands: 11}, {Label: "Inicjatywa lokalna", Hands: 3}, {Label: "Rady i komisje", Hands: 1}}},
			},
			tasks: []task{
				{title: "Zaprosić do programu wszystkie sołectwa", body: villages, due: "2014-07-31", course: []deed{
					{"2014-07-30 21:15", clubManager, "report", "Listy poszły do wszystkich, odpowiedziało jedenaście."}, {"2014-07-31 09:30", manager, "close", ""}}},
				{title: "Sporządzić listę sal bez progów", text: "Adres, kto ma klucz, czy jest winda i toaleta.", body: ring, due: "2014-11-15", course: []deed{
					{"2014-11-14 18:00", "cecylia.dzikowska@otwarty-krag.example.org", "report", "Czterdzieści jeden sal w dziewiętnastu gminach."},
					{"2014-11-17 10:20", manager, "return", "Brakuje trzech gmin i telefonów do osób, które mają klucze."},
					{"2014-12-10 17:30", "cecylia.dzikowska@otwarty-krag.example.org", "report", "Uzupełnione: 47 sal, przy każdej telefon."},
					{"2014-12-12 09:00", manager, "close", "Lista jest w materiałach programu."}}},
				{title: "Otworzyć dyżur pełnomocniczki po siedemnastej", person: "wiktor.kamieniarz@srebrnik.example.org", due: "2015-03-31"},
			}},
	},
	shown: "2014-06-16 12:00", until: "2014-06-20 20:00",
	remarks: []remark{
		{at: "2014-06-17 19:10", by: "ignacy.borowik@poczta.example.com", point: "Mapa ról", text: lateRemark, answered: "2014-06-21 10:00",
			outcome: minutes.Taken, answer: "Dopisane w rejestrze barier."},
		{at: "2014-06-18 08:05", by: "henryk.paproc@osp-dabrowka.example.org", point: "Głosowanie kropkami: ważność i niepewność", text: refusedWords,
			answered: "2014-06-21 10:10", outcome: minutes.Declined, answer: "Protokół mówi, jak głosowali ci, którzy byli na sali. Liczba głosujących jest w załączniku."},
	},
	approved: "2014-06-23 08:30", published: "2014-06-23 10:30",
}
