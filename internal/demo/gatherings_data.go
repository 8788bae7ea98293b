package demo

import "github.com/wspolnota/wspolnota/event"

// Keys of the events.
const (
	seminar      = "seminar"
	talking      = "talking"
	grants       = "grants"
	initiative   = "initiative"
	councils     = "councils"
	expertPanel  = "panel"
	studyVisit   = "visit"
	groupMeeting = "group-meeting"
	clinic       = "clinic"
	openDoors    = "open-doors"
	summing      = "summing-up"
)

var trainers = []event.Speaker{
	{Name: "Szymon Topolewicz", Role: event.Trainer, Profile: "Prowadzi stół pierwszy. Pilnuje, żeby każda osoba powiedziała swoje."},
	{Name: "Bogna Sikorzanka", Role: event.Trainer, Profile: "Prowadzi stół drugi i skan otoczenia."},
	{Name: "Leszek Jarzębczyk", Role: event.Trainer, Profile: "Prowadzi stół trzeci i scenariusze."},
	{Name: "Nadia Cisowska-Wąs", Role: event.Trainer, Profile: "Prowadzi stół czwarty i powrót z przyszłości."},
}

// The seminar, the panel and the visit took place on these days and in these
// towns; houses, people and what was said there are invented.
var gatherings = []gathering{
	{
		key: seminar, programme: main, by: manager, host: forum, kind: event.Seminar,
		title: "Seminarium partycypacyjne w Wiśle",
		lead:  "Dwa dni przy wspólnych stołach: urzędnicy, społecznicy i mieszkańcy nazywają to, co utrudnia współpracę, i układają wspólny plan metodą foresight.",
		body: "Pracujemy przy czterech stołach. Przy każdym siedzą osoby z urzędu, z organizacji i mieszkańcy, a każdy stół prowadzi jedna trenerka albo jeden trener.\n\n" +
			"**Pierwszego dnia** zbieramy to, co zmienia nasze otoczenie, wybieramy najważniejsze czynniki i zaglądamy w lustro: co jedna strona myśli o drugiej.\n\n" +
			"**Drugiego dnia** sprawdzamy, co na co wpływa, piszemy scenariusze i wracamy z przyszłości do dziś: kto, co i do kiedy zrobi.\n\n" +
			"Nie trzeba znać metody. Trzeba znać swoją gminę.",
		place: event.Place{Name: "Dom Wczasowy „Przykładowy”", Address: "ul. Zmyślona 7, Wisła",
			Access: "Wejście bez progu, winda, pętla indukcyjna w sali głównej. Tłumaczenie na język migowy, jeśli ktoś poprosi przy zapisie.",
			Travel: "Autobus z Rybnika, sprzed dworca, 13 czerwca o 7:15. Powrót 14 czerwca około 19:00.",
			Meals:  "Śniadanie, obiady i kolacja; także wegetariańskie.", Costs: "Udział, nocleg i posiłki pokrywa program."},
		drafted: "2014-05-12 10:00", published: "2014-05-14 09:00", speakers: trainers,
		days: []sitting{
			{"2014-06-13 09:00", []slot{
				{30, "Otwarcie i kontrakt", "Sala główna", "Po co tu jesteśmy i na co się umawiamy."},
				{45, "Kim jesteśmy: linie sektorów", "Sala główna", ""},
				{15, "Przerwa", pause, ""},
				{90, "Skan otoczenia STEEPVL", "Stoły 1–4", "Każdy pisze karty po cichu, stół układa je w grupy: 25–40 czynników."},
				{60, "Obiad", pause, ""},
				{45, "Głosowanie kropkami: ważność i niepewność", "Sala główna", "Zostaje 8–12 czynników kluczowych."},
				{90, "Lustro: co myślimy o sobie nawzajem", "Stoły 1–4", "Stereotypy zapisujemy na kartach. Karty nie mają autorów."},
				{15, "Przerwa", pause, ""},
				{45, "Mapa ról", "Stoły 1–4", "Kto bywa jednocześnie po dwóch stronach stołu i co z tym zrobić."},
			}},
			{"2014-06-14 09:00", []slot{
				{75, "Co na co wpływa", "Stoły 1–4", "Macierz wpływów, podzielona między stoły."},
				{15, "Przerwa", pause, ""},
				{90, "Dwie osie, cztery scenariusze", "Stoły 1–4", ""},
				{60, "Obiad", pause, ""},
				{45, "Ryzyka w każdym scenariuszu", "Stoły 1–4", ""},
				{75, "Powrót z przyszłości do dziś", "Sala główna", "Wizja, rok wcześniej, jeszcze rok wcześniej… aż do poniedziałku."},
				{15, "Przerwa", pause, ""},
				{40, "Krótkie Delphi: tezy w dwóch rundach", "Sala główna", ""},
				{45, "Zobowiązania: kto, co, do kiedy", "Sala główna", ""},
				{15, "Ankieta po seminarium", "Sala główna", ""},
			}},
		},
	},
	{
		key: talking, programme: main, by: facilitator, host: workshopFoundation, kind: event.Workshop,
		title: "Warsztat: jak konsultować, żeby ktoś przyszedł",
		lead:  "Urzędnicy i organizacje biorą na stół prawdziwe uwagi i uczą się odpowiadać na każdą: przyjęta, przyjęta częściowo, nieprzyjęta, zawsze z powodem.",
		body:  "Pracujemy na uwagach zgłoszonych w gminie przykładowej. Każda para, urzędniczka i społecznik, pisze odpowiedzi na pięć uwag i czyta je na głos.",
		place: event.Place{Name: "Gminny Ośrodek Kultury (przykładowy)", Address: "ul. Młyńska 4, Jodłowiec nad Rudą (gmina przykładowa)",
			Access: "Wejście z podjazdem, sala na parterze, toaleta dostępna."},
		drafted: "2014-08-21 09:30", published: "2014-08-25 09:00",
		days: []sitting{{"2014-09-16 09:00", []slot{
			{30, "Otwarcie", "Sala widowiskowa", ""}, {60, "Co prawo mówi o odpowiedziach, a co dobry obyczaj", "Sala widowiskowa", ""},
			{15, "Przerwa", pause, ""}, {120, "Praca w parach na prawdziwych uwagach", "Sala widowiskowa", ""}, {60, "Obiad", pause, ""},
			{75, "Czytamy odpowiedzi na głos", "Sala widowiskowa", ""}, {15, "Przerwa", pause, ""}, {45, "Na co się umawiamy", "Sala widowiskowa", ""},
		}}},
	},
	{
		key: grants, programme: main, by: facilitator, host: workshopFoundation, kind: event.Workshop,
		title: "Warsztat: dotacja od ogłoszenia do rozliczenia",
		lead:  "Skarbniczki, księgowi i inspektorzy przechodzą razem drogę jednej małej dotacji i zapisują jeden wspólny wzór rozliczenia.",
		body:  "Prosimy przynieść rozliczenie, które poszło dobrze, i takie, które wróciło. Dane osobowe zakrywamy.",
		place: event.Place{Name: "Remiza (przykładowa)", Address: "ul. Strażacka 1, Dąbrówka Rudzka (wieś przykładowa)", TERC: "2415052",
			Access: "Wejście bez progu przez garaż, stoły na parterze."},
		drafted: "2014-09-10 11:00", published: "2014-09-12 09:00",
		days: []sitting{{"2014-10-07 09:00", []slot{
			{30, "Otwarcie", "Świetlica", ""}, {75, "Ta sama faktura, dwie księgowe", "Świetlica", ""}, {15, "Przerwa", pause, ""},
			{105, "Trzy rozliczenia, trzy stoły", "Świetlica", ""}, {60, "Obiad", pause, ""}, {90, "Jeden wzór: co zostaje, co wypada", "Świetlica", ""},
			{15, "Przerwa", pause, ""}, {30, "Na co się umawiamy", "Świetlica", ""},
		}}},
	},
	{
		key: initiative, programme: main, by: facilitator, host: workshopFoundation, kind: event.Workshop,
		title:   "Warsztat: inicjatywa lokalna",
		lead:    "Co może dać gmina, co mieszkańcy i jak wycenić godzinę grabienia liści.",
		body:    "Wspólnie wypełniamy jeden wniosek od pierwszej do ostatniej rubryki. Wychodzimy z listą spraw, które da się zrobić bez pieniędzy.",
		place:   event.Place{Name: "Fundacja „Warsztat Sąsiedzki” (przykładowa)", Address: "ul. Rybnicka 4, Żory", TERC: "2479011", Access: "Winda, toaleta dostępna na parterze."},
		drafted: "2014-10-09 10:00", published: "2014-10-13 09:00",
		days: []sitting{{"2014-11-04 09:00", []slot{
			{30, "Otwarcie", "Sala", ""}, {90, "Jeden wniosek, rubryka po rubryce", "Sala", ""}, {15, "Przerwa", pause, ""},
			{90, "Wycena pracy mieszkańców", "Sala", ""}, {60, "Obiad", pause, ""}, {90, "Na co się umawiamy", "Sala", ""},
		}}},
	},
	{
		key: councils, programme: main, by: facilitator, host: union, kind: event.Workshop,
		title:   "Warsztat: rady, komisje i zespoły",
		lead:    "Kto kogo reprezentuje i co zrobić, żeby w każdej gminie nie siedziały w nich zawsze te same trzy osoby.",
		body:    "Rysujemy mapę rad i zespołów w naszych gminach: kto je powołał, jak często się spotykają i co z nich wyszło.",
		place:   event.Place{Name: "Siedziba Związku, sala 3 (przykładowa)", Address: "Rybnik", TERC: "2473011", Access: "Winda, pętla indukcyjna."},
		drafted: "2014-10-09 10:30", published: "2014-10-13 09:05",
		days: []sitting{{"2014-11-25 09:00", []slot{
			{30, "Otwarcie", "Sala 3", ""}, {90, "Mapa rad i zespołów", "Sala 3", ""}, {15, "Przerwa", pause, ""},
			{90, "Jak zapraszać nowych", "Sala 3", ""}, {60, "Obiad", pause, ""}, {60, "Na co się umawiamy", "Sala 3", ""},
		}}},
	},
	{
		key: groupMeeting, programme: main, by: manager, host: union, kind: event.WorkingGroup,
		title:   "Zespół roboczy: kto pilnuje standardów",
		lead:    "Spotkanie otwarte dla wszystkich, którzy chcą sprawdzać, czy to, co ustaliliśmy, działa w codziennej pracy.",
		body:    "Przeglądamy zobowiązania z seminarium i warsztatów: co zrobione, co spóźnione i kto pomoże.\n\nPotem dzielimy się standardami: każdy bierze jeden i sprawdza go u siebie przed panelem w marcu.",
		place:   event.Place{Name: "Siedziba Związku, sala 3 (przykładowa)", Address: "Rybnik", TERC: "2473011", Access: "Winda, pętla indukcyjna.", Meals: "Herbata i drożdżówki."},
		drafted: "2014-11-27 10:00", published: "2014-12-01 09:00",
		days: []sitting{{"2015-01-15 16:00", []slot{
			{45, "Zobowiązania: co zrobione, co spóźnione", "Sala 3", ""}, {15, "Przerwa", pause, ""}, {60, "Standardy: kto który sprawdza", "Sala 3", ""},
		}}},
	},
	{
		key: clinic, programme: main, by: manager, host: union, kind: event.Clinic,
		title:   "Poradnia przed naborem: przynieś pomysł, wyjdź z wnioskiem",
		lead:    "Dwie godziny z kimś z urzędu i kimś z organizacji. Każdy pomysł dostaje pół godziny przy stole.",
		body:    "Nie trzeba mieć gotowego wniosku. Wystarczy jedno zdanie: co ma się zmienić i dla kogo.\n\nPoradnia nie ocenia i nie wybiera inicjatyw: osoby, które doradzają, nie zasiadają w komisji.",
		place:   event.Place{Name: "Siedziba Związku, sala 3 (przykładowa)", Address: "Rybnik", TERC: "2473011", Access: "Winda, pętla indukcyjna."},
		drafted: "2014-12-02 12:00", published: "2014-12-03 11:00",
		days: []sitting{{"2014-12-11 16:00", []slot{{15, "Jak czytać ogłoszenie", "Sala 3", ""}, {105, "Cztery stoły, cztery pomysły naraz", "Sala 3", ""}}}},
	},
	{
		key: summing, programme: main, by: manager, host: forum, kind: event.Consultation,
		title: "Spotkanie podsumowujące: czy jest lepiej",
		lead:  "Czytamy wspólnie, co z ustaleń działa, co nie i czy obie strony widzą to tak samo. Potem decydujemy, co dalej.",
		body:  "Na stole leży lista zobowiązań z całego roku i rejestr barier. Każda przestała dokuczać, trwa albo wróciła: mówią to ci, których dotyczyła.",
		place: event.Place{Name: "Dom kultury, sala kameralna (przykładowa)", Address: "ul. Wolności 5, Czerwionka-Leszczyny", TERC: "2412013",
			Access: "Podjazd od podwórza, pętla indukcyjna, tłumaczenie na język migowy.", Meals: "Kolacja przy wspólnych stołach."},
		drafted: "2015-05-11 10:00", published: "2015-05-14 09:00",
		days: []sitting{{"2015-06-18 16:00", []slot{
			{30, "Rok w liczbach", "Sala kameralna", ""}, {75, "Zobowiązania i bariery: co się zmieniło", "Sala kameralna", ""},
			{30, "Przerwa", pause, ""}, {60, "Co dalej i kto to poprowadzi", "Sala kameralna", ""},
		}}},
	},
	{
		key: openDoors, programme: clubs, by: clubManager, host: villages, kind: event.Workshop,
		title: "Otwarte drzwi klubu: robimy lampiony",
		lead:  "Papier, klej i herbata są na miejscu. Przy okazji pokazujemy, jak działa dyżur i kto ma klucz.",
		body:  "Dzieci z dorosłymi, dorośli także bez dzieci. Kto chce, zapisuje się w zeszycie na jeden dyżur w styczniu.",
		place: event.Place{Name: "Remiza (przykładowa)", Address: "ul. Strażacka 1, Dąbrówka Rudzka (wieś przykładowa)", TERC: "2415052",
			Access: "Wejście bez progu przez garaż, stoły na parterze."},
		drafted: "2014-11-28 18:00", published: "2014-11-28 18:30",
		days: []sitting{{"2014-12-13 15:00", []slot{{90, "Lampiony", "Świetlica", ""}, {30, "Jak działa dyżur", "Świetlica", ""}}}},
	},
	{
		key: expertPanel, programme: main, by: manager, host: union, kind: event.Panel,
		title: "Panel ekspercki w Rybniku: standardy zlecania zadań i dobre praktyki",
		lead:  "Dwa dni z ekspertami o zlecaniu usług publicznych, standardach dotacji i o tym, jak planować udział mieszkańców. Pytania można zadawać przed panelem i w jego trakcie.",
		body:  "Pierwszego dnia słuchamy o praktykach, drugiego układamy rekomendacje. Każde pytanie dostanie odpowiedź: w sali albo na piśmie.",
		place: event.Place{Name: "Urząd Miasta, sala 205 (przykładowa)", Address: "Rybnik", TERC: "2473011",
			Access: "Winda, pętla indukcyjna, miejsca dla osób na wózkach w pierwszym rzędzie.", Meals: "Kawa i obiad obu dni."},
		drafted: "2015-02-03 10:00", published: "2015-02-09 09:00",
		speakers: []event.Speaker{
			{Name: "Danuta Perłowicz-Rys", Role: event.Expert, Profile: "Od lat doradza gminom, jak zlecać zadania tak, żeby dało się je rozliczyć."},
			{Name: "Konrad Żwirkowiak", Role: event.Expert, Profile: "Prawnik. Tłumaczy przepisy o dotacjach na zwykły język."},
			{Name: "Szymon Topolewicz", Role: event.Moderator, Organisation: "Fundacja warsztatowa"},
		},
		days: []sitting{
			{"2015-03-12 09:30", []slot{
				{15, "Otwarcie", "Sala 205", ""}, {75, "Dobre praktyki współpracy: trzy gminy, trzy drogi", "Sala 205", ""},
				{15, "Przerwa", pause, ""}, {90, "Zlecanie usług publicznych organizacjom", "Sala 205", ""}, {60, "Obiad", pause, ""},
				{90, "Pytania do ekspertów", "Sala 205", "Pytania z listy i z sali."},
			}},
			{"2015-03-13 09:30", []slot{
				{90, "Standaryzacja procedur dotacyjnych", "Sala 205", ""}, {15, "Przerwa", pause, ""},
				{90, "Debata: jak planować udział mieszkańców", "Sala 205", ""}, {60, "Obiad", pause, ""},
				{60, "Rekomendacje", "Sala 205", ""},
			}},
		},
	},
	{
		key: studyVisit, programme: main, by: manager, host: river, kind: event.Visit,
		title: "Wizyta studyjna: jak stowarzyszenie i urząd dbają razem o rzekę",
		lead:  "Jedziemy zobaczyć, jak stowarzyszenie i trzy urzędy dzielą się pracą przy jednej rzece: kto sprząta, kto płaci, kto odpowiada.",
		body:  "Każda osoba dostaje kartę z zadaniami: na co patrzeć i o co pytać. Po wizycie zbieramy wnioski i zapisujemy, co przenosimy do siebie.",
		place: event.Place{Name: "Siedziba stowarzyszenia (przykładowa)", Address: "ul. Nadbrzeżna 3, Rydułtowy", TERC: "2415031",
			Access: "Trasa nad rzeką jest utwardzona na odcinku 400 m; resztę można obejrzeć z mostu.",
			Travel: "Autobus sprzed urzędu w Rybniku o 8:00.", Costs: "Bez opłat."},
		drafted: "2015-04-13 09:00", published: "2015-04-15 09:00",
		days: []sitting{{"2015-05-20 08:00", []slot{
			{60, "Dojazd", pause, ""}, {30, "Powitanie", "Siedziba stowarzyszenia", ""}, {90, "Obchód: rzeka, punkt zbiórki, tablice", "Teren", ""},
			{60, "Obiad", pause, ""}, {60, "Umowy i pieniądze: kto za co płaci", "Siedziba stowarzyszenia", ""},
			{45, "Wnioski: co przenosimy do siebie", "Siedziba stowarzyszenia", ""}, {60, "Powrót", pause, ""},
		}}},
	},
}
