package demo

import (
	"github.com/wspolnota/wspolnota/barrier"
	"github.com/wspolnota/wspolnota/web/ui"
)

var (
	theOffices = barrier.Sectors{ui.Administration}
	theNGOs    = barrier.Sectors{ui.NGO}
	thePeople  = barrier.Sectors{ui.Resident}
	bothSides  = barrier.Sectors{ui.Administration, ui.NGO}
)

// says are the words of a barrier without a risk in it.
func says(kind barrier.Kind, heldBy, about barrier.Sectors, statement, detail string) barrier.Words {
	return barrier.Words{Kind: kind, HeldBy: heldBy, About: about, Language: "pl", Statement: statement, Detail: detail}
}

// threat is a risk with its place in the matrix.
func threat(about barrier.Sectors, statement, cause, effect, signal string, probability, impact int) barrier.Words {
	return barrier.Words{Kind: barrier.Risk, HeldBy: bothSides, About: about, Language: "pl", Statement: statement, Cause: cause, Effect: effect, Signal: signal,
		Probability: probability, Impact: impact}
}

// views are those of offices, NGOs and residents: frequency and harm.
func views(office, ngo, resident [2]int) map[ui.Sector][2]int {
	return map[ui.Sector][2]int{ui.Administration: office, ui.NGO: ngo, ui.Resident: resident}
}

const (
	inWisla   = "2014-06-13 17:30" // on the cards of the first day
	afterwise = "2014-06-28 10:00" // when those who were there voted
	inAutumn  = "2014-10-20 18:00" // and once more, after the workshops
)

// obstacles are those of the seminar in Wisła and of the months after it. One
// review is late, one proposal waits, one is back with its author.
var obstacles = []obstacle{
	{programme: main, on: inWisla, by: facilitator, from: anEvent(seminar),
		words: says(barrier.Stereotype, theOffices, theNGOs, "Organizacje przychodzą do urzędu tylko po pieniądze", "Karta z pierwszego stolika. Pada najczęściej przed końcem roku, gdy powstaje budżet."),
		evidence: []argument{
			{"2014-06-14 10:00", leader, barrier.Against, "Z dziewięciu spraw, z którymi klub był w urzędzie od stycznia, pieniędzy dotyczyły dwie.", ""},
			{"2014-06-14 10:10", official, barrier.For, "Na dyżurach pełnomocniczki w maju 14 z 19 rozmów zaczęło się od pytania o dotację.", ""},
			{"2014-09-20 12:00", player, barrier.Against, "Na wspólnych dyżurach po wakacjach pytamy głównie o sale.", ""}},
		seen: []look{{afterwise, views([2]int{4, 3}, [2]int{4, 5}, [2]int{2, 3})}, {inAutumn, views([2]int{2, 2}, [2]int{3, 4}, [2]int{2, 2})}},
		judged: verdict{"2014-06-14 12:30", barrier.Partly,
			"Pieniądze są najczęstszym początkiem rozmowy, ale rzadko jej jedynym celem. Obie strony zgodziły się, że urząd nie zna innych spraw organizacji, bo nikt o nie nie pyta."},
		answered: response{"2014-06-14 13:00", "shadowing", "Dzień zamiany miejsc: urzędnicy spędzają dzień w organizacji, społecznicy w wydziale.", town, "2014-09-30", "2014-10-15"},
		done:     [2]string{"2014-09-26 15:00", official},
		reviewed: review{"2014-10-15 09:00", barrier.Eased, "Po zamianie miejsc sześć organizacji umówiło stałe rozmowy z wydziałem, bez wniosku w tle.", "2015-03-15"}},
	{programme: main, on: inWisla, by: facilitator, from: anEvent(seminar),
		words:  says(barrier.Stereotype, theOffices, theNGOs, "Organizacje nie potrafią rozliczyć dotacji", ""),
		seen:   []look{{afterwise, views([2]int{4, 4}, [2]int{2, 3}, [2]int{2, 2})}},
		judged: verdict{"2014-06-14 12:35", barrier.Partly, "Błędy są powtarzalne i wynikają z niejasnego wzoru, a nie ze złej woli."},
		answered: response{"2014-06-14 13:05", "settlement", "Warsztat rozliczeniowy przed złożeniem sprawozdań, prowadzony wspólnie przez księgowość urzędu i jedną z organizacji.",
			union, "2014-11-14", "2014-11-28"}},
	{programme: main, on: inWisla, by: facilitator, from: anEvent(seminar),
		words:  says(barrier.Stereotype, theNGOs, theOffices, "Urzędnicy zasłaniają się przepisami", "Padło przy trzech stolikach z czterech."),
		seen:   []look{{afterwise, views([2]int{2, 4}, [2]int{5, 4}, [2]int{4, 4})}, {inAutumn, views([2]int{3, 4}, [2]int{4, 3}, [2]int{4, 4})}},
		judged: verdict{"2014-06-14 12:40", barrier.Confirmed, "Bywa tak, gdy nikt nie umie wytłumaczyć przepisu. Urzędnicy wskazali, że boją się odpowiedzialności za cudzą interpretację."},
		answered: response{"2014-06-14 13:10", "glossary", "Słownik dwudziestu pojęć, po jednym zdaniu z każdej strony.",
			forum, "2014-12-19", "2015-01-15"}},
	{programme: main, on: inWisla, by: facilitator,
		words:    says(barrier.Stereotype, theNGOs, theOffices, "W urzędzie wszystko postanowiono przed konsultacjami", ""),
		seen:     []look{{afterwise, views([2]int{2, 4}, [2]int{4, 5}, [2]int{5, 5})}},
		judged:   verdict{"2014-06-14 12:45", barrier.Partly, "Terminy konsultacji były za krótkie, żeby cokolwiek zmienić. Tam, gdzie trwały miesiąc, uwagi przyjmowano."},
		answered: response{"2014-06-14 13:15", "reduce", "Każde konsultacje w gminach partnerskich trwają co najmniej 21 dni i kończą się odpowiedzią na uwagi.", union, "2014-10-31", "2014-11-15"}},
	{programme: main, on: inWisla, by: facilitator,
		words:  says(barrier.Stereotype, thePeople, bothSides, "„Oni” już to między sobą ustalili", "Tak mówią mieszkańcy o urzędzie i o organizacjach razem."),
		seen:   []look{{afterwise, views([2]int{3, 3}, [2]int{3, 4}, [2]int{5, 4})}},
		judged: verdict{"2014-06-14 12:50", barrier.Confirmed, "Protokoły ze spotkań nie były nigdzie dostępne."}},
	{programme: main, on: inWisla, by: facilitator,
		words:    says(barrier.Stereotype, theNGOs, theOffices, "Urząd co roku zmienia formularz", ""),
		seen:     []look{{afterwise, views([2]int{1, 2}, [2]int{3, 3}, [2]int{1, 1})}},
		judged:   verdict{"2014-06-14 12:55", barrier.Refuted, "Porównaliśmy formularze z czterech lat: wzór określa rozporządzenie i nie zmienił się od 2011 roku. Zmieniały się tylko załączniki."},
		answered: response{"2014-06-14 13:20", "accept", "Wyjaśniamy to w poradniku i wracamy do tematu za rok.", "", "", "2015-06-14"}},

	{programme: main, on: "2014-06-14 09:30", by: facilitator,
		words:    says(barrier.Role, theOffices, bothSides, "Radny zasiada w zarządzie organizacji i głosuje nad pulą dotacji", "Nie chodzi o zakaz, tylko o wyłączenie się z głosowania."),
		seen:     []look{{afterwise, views([2]int{3, 5}, [2]int{3, 4}, [2]int{3, 5})}},
		judged:   verdict{"2014-06-14 13:25", barrier.Confirmed, "Zdarzyło się w dwóch gminach. Obie strony uważają, że szkodzi zaufaniu bardziej niż wynikowi."},
		answered: response{"2014-06-14 13:30", "avoid", "Oświadczenie o powiązaniach przed każdym głosowaniem nad dotacjami.", union, "2014-12-31", "2015-01-31"}},
	{programme: main, on: "2014-06-14 09:40", by: facilitator,
		words:  says(barrier.Role, theOffices, theNGOs, "Organizacja raz jest partnerem, a raz tanim wykonawcą", ""),
		seen:   []look{{afterwise, views([2]int{2, 2}, [2]int{4, 4}, [2]int{2, 2})}},
		judged: verdict{"2014-10-14 12:00", barrier.Partly, "Zależy od wydziału. Partnerstwo jest tam, gdzie zadanie planowano razem."}},
	{programme: main, on: "2014-06-20 11:00", by: official,
		words:    says(barrier.Role, theOffices, theNGOs, "Pełnomocnik jest i rzecznikiem organizacji, i tym, kto je kontroluje", ""),
		accepted: "2014-06-23 09:00",
		answered: response{"2014-10-14 12:20", "transfer", "Kontrolę zadań przejmuje wydział finansowy, pełnomocnik zostaje przy współpracy.", town, "2014-12-15", "2015-02-01"}},

	{programme: main, on: "2014-06-14 11:00", by: facilitator,
		words: threat(theNGOs, "Umowy o dotacje podpisujemy dopiero w czerwcu", "Budżet uchwalono późno, konkurs ogłoszono w kwietniu", "Pół roku działań przepada",
			"Do końca lutego nie ma ogłoszenia o konkursie", 4, 4),
		seen:     []look{{afterwise, views([2]int{4, 3}, [2]int{5, 5}, [2]int{3, 3})}, {inAutumn, views([2]int{3, 3}, [2]int{4, 4}, [2]int{3, 3})}},
		judged:   verdict{"2014-06-14 13:35", barrier.Confirmed, "Tak było w trzech z pięciu sprawdzonych lat."},
		answered: response{"2014-06-14 13:40", "reduce", "Ogłoszenie konkursów do 15 grudnia, zaraz po projekcie budżetu.", union, "2014-12-15", "2015-01-10"}},
	{programme: main, on: "2014-06-14 11:05", by: facilitator,
		words: threat(theOffices, "Sprawę przejmuje ktoś, kto jej nie zna", "Odchodzi kluczowy pracownik urzędu", "Ustalenia trzeba zawierać od nowa", "Ogłoszenie o naborze na stanowisko", 3, 4),
		seen:  []look{{afterwise, views([2]int{3, 4}, [2]int{4, 4}, [2]int{2, 3})}}},
	{programme: main, on: "2014-06-14 11:10", by: facilitator,
		words: threat(bothSides, "Współpraca zamiera w roku wyborczym", "Wybory samorządowe w listopadzie 2014 roku", "Decyzje czekają na nową radę", "Odwołane spotkania od września", 5, 3),
		// Its review should have been made in November: nobody has come to it yet.
		answered: response{"2014-06-14 13:45", "accept", "Najważniejsze ustalenia podpisujemy przed końcem kadencji.", "", "", "2014-11-24"}},
	{programme: main, on: "2014-06-14 11:15", by: facilitator,
		words: threat(thePeople, "Z sołectw prawie nikt nie przychodzi", "Spotkania są tylko w mieście i w dzień", "Ustalenia nie dotyczą połowy gminy", "Na liście obecności nie ma żadnego sołectwa", 4, 3),
		seen:  []look{{afterwise, views([2]int{4, 3}, [2]int{4, 3}, [2]int{4, 5})}}},
	{programme: main, on: "2014-11-04 10:00", by: "stefania.modrzyk-lasota@forum.example.org",
		words: threat(theNGOs, "Konflikt interesów wychodzi na jaw po rozstrzygnięciu konkursu", "Nikt nie pyta oceniających o powiązania", "Konkurs trzeba unieważnić",
			"Brak oświadczeń przy kartach oceny", 2, 5),
		accepted: "2014-11-05 08:30",
		answered: response{"2014-11-05 08:45", "avoid", "Oświadczenia oceniających zbieramy przed otwarciem ofert w konkursie inicjatyw.", forum, "2014-12-18", "2015-01-26"}},

	{programme: main, on: "2014-10-14 10:00", by: facilitator, from: anArticle("warsztaty.md"),
		words:    says(barrier.Learning, bothSides, bothSides, "Nikt nie widział całej drogi dotacji, od ogłoszenia do rozliczenia", "Każdy zna swój odcinek: wydział, skarbnik, organizacja."),
		seen:     []look{{inAutumn, views([2]int{4, 4}, [2]int{5, 4}, [2]int{3, 3})}},
		answered: response{"2014-10-14 12:30", "grant_day", "Wspólne przejście drogi jednej dotacji z prawdziwymi dokumentami.", union, "2015-01-30", "2015-02-15"}},
	{programme: main, on: "2014-10-14 10:05", by: facilitator, from: anArticle("warsztaty.md"),
		words:    says(barrier.Learning, theNGOs, theNGOs, "Oferty mają błędy, których można uniknąć", ""),
		seen:     []look{{inAutumn, views([2]int{5, 3}, [2]int{4, 3}, [2]int{2, 2})}},
		judged:   verdict{"2014-10-14 12:40", barrier.Confirmed, "W czterech na dziesięć ofert brakowało załącznika albo podpisu."},
		answered: response{"2014-10-14 12:45", "clinic", "Poradnia przed naborem: dwa popołudnia w tygodniu, na zmianę w urzędzie i w organizacji.", forum, "2014-12-12", "2015-01-05"},
		done:     [2]string{"2014-12-03 16:00", manager}},

	{programme: main, on: "2014-06-14 11:30", by: facilitator,
		words:    says(barrier.Communication, theNGOs, theOffices, "Na pismo nie ma odpowiedzi ani terminu odpowiedzi", ""),
		seen:     []look{{afterwise, views([2]int{3, 4}, [2]int{4, 4}, [2]int{4, 4})}, {inAutumn, views([2]int{2, 3}, [2]int{3, 3}, [2]int{3, 4})}},
		judged:   verdict{"2014-06-14 13:50", barrier.Confirmed, "Sprawdziliśmy 40 pism: 12 pozostało bez odpowiedzi."},
		answered: response{"2014-06-14 13:55", "reduce", "Potwierdzenie przyjęcia z datą odpowiedzi w ciągu dwóch dni roboczych.", town, "2014-09-01", "2014-12-01"},
		done:     [2]string{"2014-09-01 10:00", official},
		reviewed: review{"2014-12-01 09:30", barrier.Eased, "Potwierdzenia wychodzą. Bez odpowiedzi zostało jedno pismo z trzydziestu.", "2015-06-01"}},
	{programme: main, on: "2014-07-02 20:10", by: "maria.zurawinek@poczta.example.com",
		words:    says(barrier.Communication, thePeople, bothSides, "Ogłoszenia są napisane językiem, którego mieszkaniec nie rozumie", "Trzeba je czytać kilka razy, a i tak nie wiadomo, co zrobić."),
		accepted: "2014-07-03 09:00",
		reviewed: review{"2014-11-28 10:00", barrier.Gone, "Od października każde ogłoszenie zaczyna się od trzech zdań: co, dla kogo, do kiedy. Nikt już nie dzwoni z pytaniem, o co chodzi.", ""}},

	{programme: main, on: "2014-10-14 10:20", by: facilitator, from: anArticle("warsztaty.md"),
		words: says(barrier.Procedure, bothSides, theOffices, "Te same załączniki składa się za każdym razem od nowa", "Statut, odpis z rejestru, pełnomocnictwo: za każdym razem papier."),
		seen:  []look{{inAutumn, views([2]int{5, 3}, [2]int{5, 4}, [2]int{2, 2})}}},
	{programme: main, on: "2014-11-12 18:00", by: "jolanta.fiolkowicz@poczta.example.com",
		words:    says("dostepnosc", thePeople, bothSides, "Na spotkania na piętrze nie dostanie się nikt z wózkiem", ""),
		accepted: "2014-11-13 09:00"},

	// What is not before the public.
	{programme: main, on: "2014-12-02 21:00", by: player,
		words: says(barrier.Stereotype, theNGOs, theOffices, "Urząd pracuje do piętnastej, a my wieczorami", "")},
	{programme: main, on: "2014-12-03 19:20", by: "krystian.dziewiecsil@poczta.example.com", sure: true,
		words: says(barrier.Procedure, thePeople, theOffices, "Wniosek o wiatę przy skrzyżowaniu zwanym „u Jana Kowala” krąży między zarządcami drogi", "")},
	{programme: main, on: "2014-11-20 19:00", by: leader, declined: [2]string{"2014-11-21 08:30", "To zdanie o jednym wydziale, a więc o dwóch osobach. Napisz, o jaki sposób pracy chodzi."},
		words: says(barrier.Procedure, theNGOs, theOffices, "W wydziale sportu wszystko leży na jednym biurku", "")},
	{programme: main, on: "2014-09-08 12:00", by: editor, withdrawn: [2]string{"2014-09-09 09:00", "Wpis dało się odnieść do jednej organizacji."},
		words: says(barrier.Stereotype, theOffices, theNGOs, "Organizacje sportowe chcą tylko wyjazdów", "")},

	{programme: clubs, on: "2014-10-15 17:00", by: clubManager,
		words: threat(thePeople, "Klub zamiera, kiedy wyjeżdża jedyny dyżurny", "Jest tylko jeden klucz i jedna osoba", "Sala stoi zamknięta", "Dwa odwołane dyżury w miesiącu", 3, 4),
		evidence: []argument{{"2014-11-10 18:00", clubEditor, barrier.For, "W listopadzie z tego powodu odwołano trzy popołudnia.", ""},
			{"2014-11-12 18:00", "mateusz.jaworek@osp-dabrowka.example.org", barrier.Against, "W remizie klucz mają trzy osoby.", ""}},
		answered: response{"2014-10-15 17:30", "reduce", "Trzy klucze w każdym sołectwie i grafik na dwa miesiące.", villages, "2014-12-20", "2015-01-20"}},
	{programme: clubs, on: "2014-11-11 19:00", by: "zaneta.lnianka@fartuszki.example.net",
		words: says(barrier.Communication, thePeople, theOffices, "Nie wiadomo, kogo zapytać o ogrzewanie sali", "")},
}
