package demo

import (
	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/organisation/register"
)

// body is one organisation of the demo with its people. The first of them
// registered it here and represents it.
type body struct {
	key      string
	on       string // day on which it was registered here
	profile  organisation.Profile
	papers   organisation.Papers
	people   []post
	verified string // the administrator's note, "" for not yet
	returned string // the administrator's note where something has to be mended
}

// post is what a person is in an organisation.
type post struct {
	email string
	title string
	until string // last day, "" for no end
	role  access.Role
}

// foundedOn is the day on which an organisation was registered here.
func foundedOn(key string) string {
	for _, b := range bodies {
		if b.key == key {
			return b.on
		}
	}
	panic("demo: no organisation " + key) // written in this package
}

// Keys of the organisations.
const (
	forum              = "forum"
	union              = "union"
	town               = "town"
	gmina              = "gmina"
	powiat             = "powiat"
	culture            = "culture"
	workshopFoundation = "workshop"
	sports             = "sports"
	river              = "river"
	fireBrigade        = "fire-brigade"
	circle             = "circle"
	parish             = "parish"
	seniors            = "seniors"
	archive            = "archive"
	villages           = "villages"
	kitchen            = "kitchen"
	yard               = "yard"
	sawmill            = "sawmill"
	basket             = "basket"
	srebrnik           = "srebrnik"
	kalinow            = "kalinow"
	ring               = "ring"
	shift              = "shift"
	printer            = "printer"
)

// The first three really exist and are part of the history; their people, their
// numbers and everything they do here are invented. All others are invented.
var bodies = []body{
	{
		key: forum, on: "2014-05-02",
		profile: organisation.Profile{
			Name: "Forum Organizacji Pozarządowych Subregionu Zachodniego", ShortName: "Forum Organizacji Pozarządowych",
			Kind: organisation.Federation, Register: register.KRS, RegisterNumber: krs(1), NIP: nip(1), REGON: regon(1),
			Municipality: "2473011", Website: "https://www.federacja.slask.pl/", Email: "biuro@forum.example.org",
			Phone: "32 000 00 01", Contact: "Katarzyna Wrzosowicz, kierowniczka programu",
			Description: "Federacja organizacji pozarządowych z gmin i powiatów subregionu. Pomaga zakładać i prowadzić organizacje, zabiera głos w ich imieniu i szuka z urzędami rozwiązań, które służą obu stronom.\n\nForum prowadzi program współpracy międzysektorowej.",
		},
		papers: organisation.Papers{Representation: "Dwie osoby z zarządu, łącznie", Account: account(1),
			StatutePlace: "Akta rejestrowe KRS", Signatories: organisation.Signatories{{Name: "Katarzyna Wrzosowicz", Function: "członkini zarządu"}, {Name: "Stefania Modrzyk-Lasota", Function: "skarbniczka"}}},
		people: []post{
			{manager, "członkini zarządu", "", access.Representative},
			{editor, "redaktor", "", access.Member},
			{"stefania.modrzyk-lasota@forum.example.org", "skarbniczka", "", access.Representative},
		},
		verified: "Wpis w KRS sprawdzony, osoby zgadzają się z odpisem.",
	},
	{
		key: union, on: "2014-05-02",
		profile: organisation.Profile{
			Name: "Związek Gmin i Powiatów Subregionu Zachodniego Województwa Śląskiego", ShortName: "Związek Subregionu Zachodniego",
			Kind: organisation.Union, Register: register.KRS, RegisterNumber: krs(2), NIP: nip(2), REGON: regon(2),
			Municipality: "2473011", Website: "https://subregion.pl/", Email: "biuro@zwiazek.example.org",
			Phone: "32 000 00 02", Contact: "Ewa Jasionkiewicz, koordynatorka",
			Description: "Wspólna organizacja 25 gmin i 3 powiatów zachodniej części województwa śląskiego. Zajmuje się tym, czego żadna gmina nie zrobi w pojedynkę: planowaniem rozwoju, drogami, transportem, współpracą ponad granicami gmin.",
		},
		people: []post{
			{administrator, "koordynatorka", "", access.Representative},
			{"zbigniew.debowczyk@zwiazek.example.org", "specjalista do spraw rozwoju", "", access.Member},
			{"aniela.wrzosinska@zwiazek.example.org", "specjalistka do spraw rozliczeń", "", access.Member},
		},
		verified: "Wpis w KRS sprawdzony.",
	},
	{
		key: town, on: "2014-05-05",
		profile: organisation.Profile{
			Name: "Urząd Gminy i Miasta Czerwionka-Leszczyny", ShortName: "UGiM Czerwionka-Leszczyny",
			Kind: organisation.GminaOffice, NIP: nip(3), REGON: regon(3), Municipality: "2412013",
			Address: "ul. Parkowa 9, 44-230 Czerwionka-Leszczyny", Email: "ngo@czerwionka.example.org", Phone: "32 000 00 03",
			Contact:     "Teresa Klonowicz-Bień, pełnomocniczka do spraw organizacji pozarządowych",
			Description: "Urząd gminy miejsko-wiejskiej z sześcioma sołectwami: Bełkiem, Książenicami, Palowicami, Przegędzą, Stanowicami i Szczejkowicami.\n\nSprawy organizacji pozarządowych prowadzi pełnomocniczka. Przyjmuje w środy także po południu, bo wtedy społecznicy mają czas.",
		},
		papers: organisation.Papers{Representation: "Burmistrz lub osoba upoważniona", Account: account(3)},
		people: []post{
			{official, "pełnomocniczka do spraw organizacji pozarządowych", "", access.Representative},
			{townWriter, "redaktor strony urzędu", "", access.Member},
			{"irena.szuwarowicz@czerwionka.example.org", "stażystka w referacie promocji", "2014-10-31", access.Member},
			{"eugenia.lopianek@czerwionka.example.org", "inspektorka do spraw kultury i sportu", "", access.Member},
			{"oliwer.bagienko@czerwionka.example.org", "specjalista do spraw środowiska", "", access.Member},
			{"bernadetta.grabowiak@czerwionka.example.org", "kierowniczka ośrodka pomocy społecznej", "", access.Member},
			{"norbert.kosaciec@czerwionka.example.org", "inspektor do spraw inwestycji", "", access.Member},
		},
		verified: "Urząd gminy, jednostka znana z urzędu.",
	},
	{
		key: gmina, on: "2014-05-12",
		profile: organisation.Profile{
			Name: "Urząd Gminy Jodłowiec nad Rudą", ShortName: "UG Jodłowiec nad Rudą", Kind: organisation.GminaOffice,
			NIP: nip(4), REGON: regon(4), Address: "ul. Młyńska 1, Jodłowiec nad Rudą (gmina przykładowa)",
			Website: "https://jodlowiec.example.org/", Email: "urzad@jodlowiec.example.org", Phone: "32 000 00 04",
			Description: "Urząd zmyślonej gminy wiejskiej. W tej demonstracji robi to, czego nie chcemy przypisywać żadnej prawdziwej gminie: przyjmuje standardy, ogłasza konkursy, popełnia błędy i je naprawia.",
		},
		people: []post{
			{"hubert.polnik@jodlowiec.example.org", "sekretarz gminy", "", access.Representative},
			{"agata.zytniak@jodlowiec.example.org", "podinspektorka do spraw społecznych", "", access.Member},
		},
		verified: "Gmina przykładowa.",
	},
	{
		key: powiat, on: "2014-06-24",
		profile: organisation.Profile{
			Name: "Starostwo Powiatowe w Olszowie", ShortName: "Starostwo w Olszowie", Kind: organisation.PowiatOffice,
			NIP: nip(6), REGON: regon(5), Address: "Rynek 3, Olszowo (powiat przykładowy)",
			Website: "https://olszowo.example.org/", Email: "starostwo@olszowo.example.org", Phone: "32 000 00 05",
			Description: "Urząd zmyślonego powiatu. Prowadzi ewidencję stowarzyszeń zwykłych i klubów sportowych.",
		},
		people: []post{{"wieslawa.kamyczkowska@olszowo.example.org", "kierowniczka wydziału spraw społecznych", "", access.Representative}},
	},
	{
		key: culture, on: "2014-08-19",
		profile: organisation.Profile{
			Name: "Gminny Ośrodek Kultury w Jodłowcu nad Rudą", ShortName: "GOK Jodłowiec", Kind: organisation.LocalUnit,
			Register: register.Culture, RegisterNumber: "2/1999", NIP: nip(7), REGON: regon(6),
			Address: "ul. Młyńska 4, Jodłowiec nad Rudą (gmina przykładowa)", Email: "gok@gok-jodlowiec.example.org", Phone: "32 000 00 06",
			Description: "Sala na osiemdziesiąt osób, pracownia ceramiki i klucz, który można pożyczyć. Dom kultury zmyślonej gminy.",
		},
		people:   []post{{"natalia.swietlikowska@gok-jodlowiec.example.org", "dyrektorka", "", access.Representative}},
		verified: "Wpis w rejestrze instytucji kultury gminy.",
	},
	{
		key: workshopFoundation, on: "2014-05-09",
		profile: organisation.Profile{
			Name: "Fundacja „Warsztat Sąsiedzki”", ShortName: "Warsztat Sąsiedzki", Kind: organisation.Foundation,
			Register: register.KRS, RegisterNumber: krs(7), NIP: nip(8), REGON: regon(7), Municipality: "2479011",
			Website: "https://warsztat.example.org/", Email: "kontakt@warsztat.example.org", Phone: "32 000 00 07",
			Description: "Uczymy rozmawiać ludzi, którzy muszą coś razem postanowić. Prowadzimy spotkania, warsztaty i narady mieszkańców w całym subregionie.",
		},
		papers: organisation.Papers{Representation: "Prezes zarządu samodzielnie", Account: account(7),
			Signatories: organisation.Signatories{{Name: "Szymon Topolewicz", Function: "prezes zarządu"}}},
		people: []post{
			{facilitator, "prezes zarządu, trener", "", access.Representative},
			{"bogna.sikorzanka@warsztat.example.org", "trenerka", "", access.Member},
			{"leszek.jarzebczyk@warsztat.example.org", "trener", "", access.Member},
			{"nadia.cisowska-was@warsztat.example.org", "trenerka", "", access.Member},
		},
		verified: "Wpis w KRS sprawdzony.",
	},
	{
		key: sports, on: "2014-05-16",
		profile: organisation.Profile{
			Name: "Uczniowski Klub Sportowy „Cztery Wiatry”", ShortName: "UKS „Cztery Wiatry”", Kind: organisation.SchoolSportsClub,
			Register: register.SportsClubs, RegisterNumber: "UKS/99/2009", NIP: nip(9), REGON: regon(8), Municipality: "2412042",
			Website: "https://cztery-wiatry.example.net/", Email: "klub@cztery-wiatry.example.net", Phone: "32 000 00 08",
			Contact:     "Piotr Gawlikowicz, prezes",
			Description: "Siatkówka i lekkoatletyka dla dzieci z sześciu wsi. Trenujemy w szkolnej hali, a w wakacje na łące za remizą.\n\nW zarządzie są dwie nauczycielki, ojciec, babcia i była zawodniczka.",
		},
		papers: organisation.Papers{Representation: "Prezes i skarbnik, łącznie", Account: account(8),
			StatutePlace: "Ewidencja klubów sportowych starosty", Signatories: organisation.Signatories{{Name: "Piotr Gawlikowicz", Function: "prezes"}, {Name: "Aleksandra Bukowiecka", Function: "skarbniczka"}}},
		people: []post{
			{leader, "prezes", "", access.Representative},
			{player, "skarbniczka", "", access.Member},
		},
		verified: "Wpis w ewidencji klubów sportowych potwierdzony przez starostwo.",
	},
	{
		key: river, on: "2014-05-14",
		profile: organisation.Profile{
			Name: "Stowarzyszenie „Czysta Rzeka, Czyste Niebo”", ShortName: "Czysta Rzeka", Kind: organisation.Association,
			Register: register.KRS, RegisterNumber: krs(9), NIP: nip(10), REGON: regon(9), Municipality: "2415041",
			Website: "https://czysta-rzeka.example.org/", Email: "kontakt@czysta-rzeka.example.org", Phone: "32 000 00 09",
			Description: "Mierzymy dym z kominów, sprzątamy brzegi i tłumaczymy, czym palić. Nie piszemy donosów: najpierw pukamy do drzwi.",
		},
		people: []post{
			{"grazyna.wierzbianska@czysta-rzeka.example.org", "prezeska", "", access.Representative},
			{"kacper.trzcinowicz@czysta-rzeka.example.org", "", "", access.Member},
			{"oksana.berezynka@czysta-rzeka.example.org", "koordynatorka wolontariatu", "", access.Member},
		},
		verified: "Wpis w KRS sprawdzony.",
	},
	{
		key: fireBrigade, on: "2014-05-20",
		profile: organisation.Profile{
			Name: "Ochotnicza Straż Pożarna w Dąbrówce Rudzkiej", ShortName: "OSP Dąbrówka Rudzka", Kind: organisation.FireBrigade,
			Register: register.KRS, RegisterNumber: krs(10), NIP: nip(12), REGON: regon(10), Municipality: "2415052",
			Email: "osp@osp-dabrowka.example.org", Phone: "32 000 00 10",
			Description: "Trzydziestu druhów, dziewięć druhen, jeden wóz i remiza, w której co tydzień ktoś coś urządza. Dąbrówka Rudzka jest wsią zmyśloną.",
		},
		people: []post{
			{"henryk.paproc@osp-dabrowka.example.org", "naczelnik", "", access.Representative},
			{"mateusz.jaworek@osp-dabrowka.example.org", "gospodarz remizy", "", access.Member},
		},
		verified: "Wpis w KRS sprawdzony.",
	},
	{
		key: circle, on: "2014-06-25",
		profile: organisation.Profile{
			Name: "Koło Gospodyń Wiejskich „Modre Fartuszki”", ShortName: "KGW „Modre Fartuszki”", Kind: organisation.RuralCircle,
			Register: register.RuralCircles, RegisterNumber: "KGW 9999/1", Municipality: "2411072",
			Email: "kolo@fartuszki.example.net", Phone: "32 000 00 11",
			Description: "Dwadzieścia trzy kobiety i jeden akordeonista. Gotujemy, śpiewamy i pamiętamy, kto w okolicy mieszka sam.",
		},
		people: []post{
			{"lucja.makowniczek@fartuszki.example.net", "przewodnicząca", "", access.Representative},
			{"zaneta.lnianka@fartuszki.example.net", "", "", access.Member},
		},
		returned: "Numer nie wygląda jak numer z rejestru kół gospodyń. Proszę sprawdzić go na zaświadczeniu i poprawić; reszta się zgadza.",
	},
	{
		key: parish, on: "2014-09-12",
		profile: organisation.Profile{
			Name: "Parafia pod wezwaniem świętego Krzysztofa w Dąbrówce Rudzkiej", ShortName: "Parafia w Dąbrówce Rudzkiej", Kind: organisation.Parish,
			NIP: nip(13), REGON: regon(11), Municipality: "2415072", Email: "kancelaria@parafia.example.net", Phone: "32 000 00 12",
			Description: "Parafia w zmyślonej wsi. Dom parafialny stoi otworem także dla tych, którzy do kościoła nie chodzą.",
		},
		people: []post{{"wojciech.glogowiec@parafia.example.net", "proboszcz", "", access.Representative}},
	},
	{
		key: seniors, on: "2014-06-30",
		profile: organisation.Profile{
			Name: "Stowarzyszenie zwykłe „Seniorzy w Drodze”", ShortName: "Seniorzy w Drodze", Kind: organisation.OrdinaryAssociation,
			Register: register.OrdinaryAssociations, RegisterNumber: "99/2012", Municipality: "2467011",
			Email: "droga@seniorzy.example.net", Phone: "32 000 00 13",
			Description: "Chodzimy pieszo, średnio osiem kilometrów, i zapisujemy, gdzie brakuje ławki, cienia albo chodnika. Raz na kwartał zanosimy listę do urzędu.",
		},
		people: []post{
			{"gerard.stoklosinski@seniorzy.example.net", "przedstawiciel", "", access.Representative},
			{"urszula.wrzecionko@seniorzy.example.net", "", "", access.Member},
		},
		verified: "Wpis w ewidencji stowarzyszeń zwykłych.",
	},
	{
		key: archive, on: "2014-05-28",
		profile: organisation.Profile{
			Name: "Fundacja „Otwarte Archiwum”", ShortName: "Otwarte Archiwum", Kind: organisation.Foundation,
			Register: register.KRS, RegisterNumber: krs(14), NIP: nip(14), REGON: regon(12), Municipality: "2473011",
			Website: "https://archiwum.example.org/", Email: "kontakt@archiwum.example.org", Phone: "32 000 00 14",
			Description: "Zbieramy zdjęcia i opowieści mieszkańców, opisujemy je i oddajemy do wspólnego użytku.",
		},
		people:   []post{{"emil.karbowiec@archiwum.example.org", "prezes zarządu", "", access.Representative}},
		verified: "Wpis w KRS sprawdzony.",
	},
	{
		key: villages, on: "2014-05-30",
		profile: organisation.Profile{
			Name: "Stowarzyszenie Sołectw „Nad Rudą i Olzą”", ShortName: "Sołectwa nad Rudą i Olzą", Kind: organisation.Association,
			Register: register.KRS, RegisterNumber: krs(15), NIP: nip(15), REGON: regon(13), Municipality: "2411042",
			Website: "https://solectwa.example.org/", Email: "kontakt@solectwa.example.org", Phone: "32 000 00 15",
			Contact:     "Franciszek Miedza-Polny, prezes",
			Description: "Sołtyski i sołtysi, którzy przestali jeździć osobno po te same rady. Pożyczamy sobie namioty, wzory pism i czasem kosiarkę.",
		},
		papers: organisation.Papers{Representation: "Prezes lub dwóch członków zarządu", Account: account(15),
			Signatories: organisation.Signatories{{Name: "Franciszek Miedza-Polny", Function: "prezes"}}},
		people: []post{
			{clubManager, "prezes", "", access.Representative},
			{clubEditor, "sekretarka", "", access.Member},
		},
		verified: "Wpis w KRS sprawdzony.",
	},
	{
		key: kitchen, on: "2014-09-10",
		profile: organisation.Profile{
			Name: "Spółdzielnia Socjalna „Dobra Kuchnia”", ShortName: "Dobra Kuchnia", Kind: organisation.SocialCooperative,
			Register: register.KRS, RegisterNumber: krs(16), NIP: nip(16), REGON: regon(14), Municipality: "2411011",
			Website: "https://dobra-kuchnia.example.com/", Email: "zamowienia@dobra-kuchnia.example.com", Phone: "32 000 00 16",
			Description: "Sześć osób, które długo szukały pracy, gotuje obiady dla szkoły i na wesela. Uczymy zawodu, a zysk zostaje w spółdzielni.",
		},
		people: []post{{"beata.chlebowiak@dobra-kuchnia.example.com", "prezeska", "", access.Representative}},
	},
	{
		key: yard, on: "2014-06-09",
		profile: organisation.Profile{
			Name: "Grupa „Podwórko przy Lipowej”", Kind: organisation.InformalGroup, Municipality: "2415031",
			Email:       "podworko@poczta.example.com",
			Description: "Jedenaście rodzin z jednego podwórka. Chcemy, żeby dało się na nim usiąść.",
		},
		people: []post{
			{"jolanta.fiolkowicz@poczta.example.com", "", "", access.Representative},
			{"tadeusz.slazowski@poczta.example.com", "", "", access.Member},
		},
	},
	{
		key: sawmill, on: "2014-10-10",
		profile: organisation.Profile{
			Name: "Tartak „Trzy Sosny” sp. z o.o.", ShortName: "Tartak „Trzy Sosny”", Kind: organisation.Company,
			Register: register.KRS, RegisterNumber: krs(18), NIP: nip(17), REGON: regon(15), Municipality: "2411053",
			Website: "https://trzy-sosny.example.com/", Email: "biuro@trzy-sosny.example.com", Phone: "32 000 00 17",
			Description: "Rodzinny tartak. Deski na ławki dla klubów sołeckich oddajemy po kosztach cięcia.",
		},
		people:   []post{{sawyer, "wspólnik", "", access.Representative}},
		verified: "Wpis w KRS sprawdzony.",
	},
	{
		key: basket, on: "2014-10-17",
		profile: organisation.Profile{
			Name: "Zielony Koszyk Linh Nguyen-Maj", ShortName: "Zielony Koszyk", Kind: organisation.SoleTrader,
			Register: register.CEIDG, NIP: nip(18), REGON: regon(16), Municipality: "2473011",
			Website: "https://zielony-koszyk.example.com/", Email: "sklep@zielony-koszyk.example.com", Phone: "32 000 00 18",
			Description: "Sklep z warzywami od rolników z okolicy. W piątki wydaję paczki, które zamówiły kluby sołeckie.",
		},
		people: []post{{"linh.nguyen-maj@zielony-koszyk.example.com", "właścicielka", "", access.Representative}},
	},
	{
		key: srebrnik, on: "2014-05-19",
		profile: organisation.Profile{
			Name: "Urząd Miasta Srebrnik", ShortName: "UM Srebrnik", Kind: organisation.GminaOffice,
			NIP: nip(31), REGON: regon(31), Address: "Rynek 1, Srebrnik (miasto przykładowe)",
			Website: "https://srebrnik.example.org/", Email: "ngo@srebrnik.example.org", Phone: "32 000 00 31",
			Description: "Urząd zmyślonego miasta. Od trzech lat ma zespół do spraw organizacji pozarządowych: trzy osoby w dwóch pokojach.",
		},
		people: []post{
			{"lidia.tarninowska@srebrnik.example.org", "naczelniczka wydziału spraw społecznych", "", access.Representative},
			{"wiktor.kamieniarz@srebrnik.example.org", "inspektor do spraw organizacji pozarządowych", "", access.Member},
			{"dorota.iskierko@srebrnik.example.org", "księgowa", "", access.Member},
			{"bartosz.zawierucha@srebrnik.example.org", "rzecznik prasowy", "", access.Member},
		},
		verified: "Miasto przykładowe.",
	},
	{
		key: kalinow, on: "2014-05-21",
		profile: organisation.Profile{
			Name: "Urząd Gminy Kalinów Śląski", ShortName: "UG Kalinów", Kind: organisation.GminaOffice,
			NIP: nip(32), REGON: regon(32), Address: "ul. Sadowa 2, Kalinów Śląski (gmina przykładowa)",
			Email: "gmina@kalinow.example.org", Phone: "32 000 00 32",
			Description: "Urząd zmyślonej gminy wiejskiej: pięć sołectw, jedna świetlica i boisko, o które wszyscy pytają.",
		},
		people: []post{
			{"mieczyslaw.osikowy@kalinow.example.org", "zastępca wójta", "", access.Representative},
			{"renata.wichrowska@kalinow.example.org", "podinspektorka do spraw oświaty", "", access.Member},
			{"ilona.jagodnik@kalinow.example.org", "skarbniczka gminy", "", access.Member},
		},
		verified: "Gmina przykładowa.",
	},
	{
		key: ring, on: "2014-05-23",
		profile: organisation.Profile{
			Name: "Stowarzyszenie „Otwarty Krąg”", Kind: organisation.Association,
			Register: register.KRS, RegisterNumber: krs(31), NIP: nip(33), REGON: regon(33), Municipality: "2479011",
			Email: "krag@otwarty-krag.example.org", Phone: "32 000 00 33",
			Description: "Spotkania sąsiedzkie osób z niepełnosprawnościami i wszystkich innych. Wiemy, gdzie w okolicy jest winda, a gdzie tylko strzałka do windy.",
		},
		people: []post{
			{"cecylia.dzikowska@otwarty-krag.example.org", "prezeska", "", access.Representative},
			{"adrian.turzyca@otwarty-krag.example.org", "członek zarządu", "", access.Member},
			{"weronika.mgielka@otwarty-krag.example.org", "asystentka", "", access.Member},
		},
		verified: "Wpis w KRS sprawdzony.",
	},
	{
		key: shift, on: "2014-05-26",
		profile: organisation.Profile{
			Name: "Fundacja „Druga Zmiana”", Kind: organisation.Foundation,
			Register: register.KRS, RegisterNumber: krs(32), NIP: nip(36), REGON: regon(36), Municipality: "2467011",
			Email: "fundacja@druga-zmiana.example.org", Phone: "32 000 00 34",
			Description: "Uczymy zawodu ludzi po czterdziestce, którzy zaczynają od nowa. Połowa naszych zajęć odbywa się po siedemnastej, bo wtedy nasi uczestnicy mają czas.",
		},
		people: []post{
			{"helmut.szyszkowiak@druga-zmiana.example.org", "prezes", "", access.Representative},
			{"izabela.poranna@druga-zmiana.example.org", "koordynatorka", "", access.Member},
		},
		verified: "Wpis w KRS sprawdzony.",
	},
	{
		key: printer, on: "2014-05-27",
		profile: organisation.Profile{
			Name: "Drukarnia „Dobra Czcionka” sp. z o.o.", ShortName: "„Dobra Czcionka”", Kind: organisation.Company,
			Register: register.KRS, RegisterNumber: krs(33), NIP: nip(35), REGON: regon(35), Municipality: "2411011",
			Email: "biuro@dobra-czcionka.example.com", Phone: "32 000 00 35",
			Description: "Drukujemy plakaty organizacji po kosztach, a w zamian chcemy wiedzieć o wydarzeniu wcześniej niż dzień przed.",
		},
		people: []post{
			{"otylia.lisciecka@dobra-czcionka.example.com", "wspólniczka", "", access.Representative},
			{"mirosz.rosny@dobra-czcionka.example.com", "drukarz", "", access.Member},
		},
		verified: "Wpis w KRS sprawdzony.",
	},
}
