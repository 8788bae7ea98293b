package demo

import (
	"github.com/wspolnota/wspolnota/debate"
	"github.com/wspolnota/wspolnota/web/ui"
)

func of(office, ngo, resident, firm int) map[ui.Sector]int {
	return map[ui.Sector]int{ui.Administration: office, ui.NGO: ngo, ui.Resident: resident, ui.Business: firm}
}

func they(about ui.Sector, percent int) []belief { return []belief{{about, percent}} }

// Statements that participants have written.
const (
	afterWork = "Spotkania o sprawach gminy powinny zaczynać się po siedemnastej."
	loudWin   = "Głośni wygrywają, a cisi przestają przychodzić."
	theMayor  = "Organizacje są zbyt zależne od burmistrza albo wójta."
	twoWeeks  = "Po każdym wspólnym spotkaniu w ciągu dwóch tygodni powinien być protokół."
)

// talks are the debates: a small one of those who sat in Wisła, a large one of
// the autumn with what the sectors believe of one another, and one that is open.
var talks = []talk{
	{
		key: "wisla", by: facilitator, event: seminar,
		question: "Lustro w Wiśle: co myślimy o współpracy i o sobie nawzajem",
		intro:    "Debata uczestników seminarium, prowadzona na telefonach przy stołach. Wynik pokazuje tylko to, za czym stoi co najmniej pięć osób: dwóch osób z firm nie widać osobno, a razem z nimi drugiego najmniejszego sektora, żeby nie dało się ich policzyć przez odjęcie.",
		entry:    debate.WithCode, drafted: "2014-06-12 16:00", published: "2014-06-13 08:30",
		opens: "2014-06-13 14:30", closes: "2014-06-14 12:00", closed: "2014-06-14 12:10",
		waves: []wave{{at: "2014-06-13 16:20", guests: true}},
		theses: []thesis{
			{text: "Urząd i organizacje chcą w gruncie rzeczy tego samego.", agree: [3]int{80, 85, 60}, beliefs: they(ui.Administration, 45)},
			{text: "Im nie zależy.", agree: [3]int{12, 15, 40}, beliefs: []belief{{ui.Administration, 55}, {ui.NGO, 50}}},
			{text: "Urzędnik, który powie „nie wiem, sprawdzę”, budzi zaufanie.", agree: [3]int{90, 92, 90}},
			{text: "Organizacje przychodzą do urzędu tylko po pieniądze.", agree: [3]int{62, 5, 45}, beliefs: they(ui.Administration, 85)},
			{text: "Urzędnicy zasłaniają się przepisami.", agree: [3]int{10, 84, 78}},
			{text: "Na pismo zawsze powinna przyjść odpowiedź, choćby jedno zdanie.", agree: [3]int{92, 96, 96}, beliefs: they(ui.Administration, 50)},
			{text: "Na konsultacjach wszystko jest już postanowione.", agree: [3]int{8, 60, 92}},
			{text: "Rozliczenie małej dotacji może mieć jedną stronę.", agree: [3]int{72, 95, 85}, beliefs: they(ui.Administration, 30)},
			{text: "Radny nie powinien głosować nad dotacją dla organizacji, w której działa.", agree: [3]int{85, 82, 95}},
			{text: "Chcę spędzić jeden dzień po drugiej stronie biurka.", agree: [3]int{78, 85, 70}, beliefs: []belief{{ui.Administration, 35}, {ui.NGO, 45}}},
			{text: "Mieszkańców nie ma sensu pytać o pieniądze.", agree: [3]int{10, 6, 4}, beliefs: they(ui.Administration, 55)},
			{text: "Wrócę z Wisły z jedną rzeczą, którą zrobię od poniedziałku.", agree: [3]int{84, 88, 80}},
		},
	},
	{
		key: "jesien", by: facilitator,
		question: "Co naprawdę utrudnia współpracę urzędu, organizacji i mieszkańców?",
		intro:    "Trzydzieści stwierdzeń, na które odpowiadało sto sześćdziesiąt osób. Część wzięliśmy z kart seminarium i z rejestru barier, resztę dopisali uczestnicy.\n\nPrzy niektórych pytaliśmy też, co zdaniem uczestników myśli inna strona. Wynik mówi, gdzie się co do siebie mylimy.",
		entry:    debate.Anyone, drafted: "2014-09-08 10:00", published: "2014-09-12 12:00",
		opens: "2014-09-15 09:00", closes: "2014-10-31 20:00", closed: "2014-11-03 09:00",
		waves: []wave{{at: "2014-09-16 19:30", people: of(11, 12, 12, 5)}, {at: "2014-09-25 20:10", people: of(11, 12, 12, 5)},
			{at: "2014-10-09 18:40", people: of(11, 12, 12, 5)}, {at: "2014-10-23 20:30", people: of(11, 12, 12, 5)}},
		proposals: []proposal{
			{at: "2014-09-16 20:05", text: afterWork, seen: "2014-09-17 09:00"}, {at: "2014-09-16 20:40", text: loudWin, seen: "2014-09-17 09:02"},
			{at: "2014-09-17 21:15", text: theMayor, seen: "2014-09-18 08:30"}, {at: "2014-09-18 07:10", text: twoWeeks, seen: "2014-09-18 08:32"},
			{at: "2014-09-26 22:05", text: "Wydział sportu zawsze daje tym samym.", seen: "2014-09-29 09:00",
				refused: "To zdanie o kilku osobach z jednego wydziału. Napisz, jak powinno się dzielić pieniądze, wtedy każdy może się wypowiedzieć."},
		},
		theses: []thesis{
			{text: "Na każdą uwagę z konsultacji trzeba odpowiedzieć, także wtedy, gdy się jej nie przyjmuje.", agree: [3]int{93, 95, 96}, beliefs: they(ui.Administration, 35)},
			{text: "Ogłoszenie urzędu powinno zaczynać się od trzech zdań: co, dla kogo, do kiedy.", agree: [3]int{90, 92, 96}},
			{text: "Kto decyduje o dotacjach, powinien jawnie napisać, z kim jest powiązany.", agree: [3]int{88, 90, 97}, beliefs: they(ui.Administration, 40)},
			{text: "Umowy na zadania, które trwają co roku, powinny być na trzy lata.", agree: [3]int{74, 95, 78}},
			{text: "Mieszkańców nie ma sensu pytać o pieniądze, bo się na tym nie znają.", agree: [3]int{10, 7, 3}, beliefs: they(ui.Administration, 58)},
			{text: "Najlepsza organizacja to taka, która o nic nie prosi.", agree: [3]int{9, 4, 8}},
			{text: "Faktury są potrzebne do każdej dotacji, nawet tej za pięćset złotych.", agree: [3]int{84, 10, 45}},
			{text: "Organizacje liczą się z każdą wydaną złotówką.", agree: [3]int{44, 94, 40}},
			{text: "Organizacje przychodzą do urzędu tylko po pieniądze.", agree: [3]int{52, 5, 46}, beliefs: they(ui.Administration, 85)},
			{text: "Urzędnicy zasłaniają się przepisami.", agree: [3]int{8, 82, 88}},
			{text: "Konsultacje ogłasza się, gdy wszystko jest już postanowione.", agree: [3]int{7, 58, 93}},
			{text: "W naszej gminie trzeba kogoś znać, żeby coś załatwić.", agree: [3]int{12, 42, 90}},
			{text: "Urząd powinien zlecać organizacjom więcej usług.", agree: [3]int{38, 94, 52}},
			{text: "W radach i zespołach siedzą zawsze te same osoby.", agree: [3]int{70, 72, 92}},
			{text: "Radny nie powinien zasiadać w zarządzie organizacji, która bierze dotacje.", agree: [3]int{80, 78, 96}},
			{text: "Godzina pracy wolontariusza powinna liczyć się jako wkład własny.", agree: [3]int{55, 96, 76}},
			{text: "Sprawozdania czyta się po to, żeby znaleźć błąd.", agree: [3]int{16, 78, 68}},
			{text: "O części budżetu gminy powinni decydować mieszkańcy w głosowaniu.", agree: [3]int{62, 76, 92}, beliefs: they(ui.Administration, 15)},
			{text: "Głos jednego mieszkańca niczego nie zmienia.", agree: [3]int{6, 22, 80}},
			{text: "Urzędnicy pracują ciężej, niż się o nich mówi.", agree: [3]int{97, 62, 30}, beliefs: []belief{{ui.NGO, 18}, {ui.Resident, 10}}},
			{text: "Poświęcę jeden dzień w roku, żeby zobaczyć pracę drugiej strony.", agree: [3]int{86, 90, 78}, beliefs: []belief{{ui.Administration, 30}, {ui.NGO, 45}}},
			{text: "Formularze powinny być takie same we wszystkich gminach.", agree: [3]int{80, 94, 78}},
			{text: "Bez kontroli organizacje wydawałyby pieniądze na siebie.", agree: [3]int{38, 4, 54}, beliefs: they(ui.Administration, 72)},
			{text: "Ufam ludziom, którzy prowadzą organizacje w mojej okolicy.", agree: [3]int{70, 94, 40}, beliefs: they(ui.Resident, 78)},
			{text: "Ufam urzędnikom w mojej gminie.", agree: [3]int{95, 54, 16}},
			{text: "Firmy powinny mieć głos w sprawach, które finansują.", agree: [3]int{50, 48, 46}},
			{text: afterWork, agree: [3]int{58, 88, 92}, written: true},
			{text: loudWin, agree: [3]int{76, 70, 86}, written: true},
			{text: theMayor, agree: [3]int{22, 48, 86}, written: true},
			{text: twoWeeks, agree: [3]int{86, 92, 94}, written: true, beliefs: they(ui.Administration, 42)},
		},
	},
	{
		key: "konkurs", by: facilitator,
		question: "Jak wybierać inicjatywy mieszkańców, żeby wynik był uczciwy?",
		intro:    "Trwa nabór inicjatyw. Zanim komisja zacznie oceniać, pytamy, co ma się liczyć najbardziej. Głosować może każdy, z kontem i bez konta.",
		entry:    debate.Anyone, drafted: "2014-11-26 10:00", published: "2014-11-28 09:00",
		opens: "2014-11-28 10:00", closes: "2015-01-15 20:00", closed: "2015-01-16 09:00",
		waves: []wave{{at: "2014-12-01 19:00", people: of(5, 7, 8, 1)}, {at: "2014-12-04 20:20", people: of(4, 5, 6, 0)},
			{at: "2014-12-14 18:00", people: of(6, 8, 12, 2)}, {at: "2015-01-10 17:30", people: of(5, 6, 10, 2)}},
		proposals: []proposal{
			{at: "2014-12-02 21:30", text: "Wsie i dzielnice bez domu kultury powinny mieć dodatkowe punkty.", seen: "2014-12-03 09:10"},
			{at: "2014-12-04 22:40", text: "Ci, którzy wygrali rok temu, niech tym razem poczekają."},
		},
		theses: []thesis{
			{text: "Praca mieszkańców powinna liczyć się bardziej niż wkład pieniężny.", agree: [3]int{66, 90, 88}, beliefs: they(ui.Administration, 40)},
			{text: "Komisja powinna uzasadnić każdą ocenę jednym zdaniem.", agree: [3]int{86, 92, 95}, beliefs: they(ui.Administration, 45)},
			{text: "O zwycięzcach powinni rozstrzygać mieszkańcy, a nie komisja.", agree: [3]int{18, 42, 84}},
			{text: "Oceniający nie powinien wiedzieć, kto napisał wniosek.", agree: [3]int{58, 46, 82}},
			{text: "Koperta i e-mail naraz to o jedno za dużo.", agree: [3]int{40, 88, 80}},
			{text: "Lepiej dać trzem po dziesięć tysięcy niż dziesięciu po trzy.", agree: [3]int{72, 40, 35}},
			{text: "Przegrani powinni dostać swoje oceny i radę na następny raz.", agree: [3]int{88, 96, 94}},
			{text: "Kto zna autorów wniosku, nie powinien go oceniać.", agree: [3]int{90, 88, 96}},
			{text: "Inicjatywa powinna trwać co najmniej trzy miesiące.", agree: [3]int{60, 52, 40}},
			{text: "Wniosek grupy bez stowarzyszenia jest tyle samo wart.", agree: [3]int{64, 70, 94}, beliefs: they(ui.NGO, 35)},
			{text: "Spotkanie z autorami mówi więcej niż wniosek.", agree: [3]int{48, 78, 76}},
			{text: "Rozliczenie nagrody powinno mieścić się na jednej stronie.", agree: [3]int{70, 96, 86}},
			{text: "Wsie i dzielnice bez domu kultury powinny mieć dodatkowe punkty.", agree: [3]int{62, 66, 80}, written: true},
		},
	},
}
