package demo

import (
	"embed"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/programme"
)

// texts are the longer words: descriptions of programmes and bodies of articles.
//
//go:embed texts/*.md
var texts embed.FS

// plan is one programme of the demo.
type plan struct {
	key           string
	on            string // day on which it was begun
	published     string // day, "" for a draft
	title         string
	slug          string
	summary       string
	description   string // file of texts
	owner         string // key of bodies
	manager       string
	email, phone  string
	funder        string
	projectNumber string
	admission     programme.Admission
	sectors       []string
	first, last   string // days
	areas         []string
	partners      []partner
	team          []role
	phases        []phase
	goals         []goal
}

type partner struct{ organisation, url string }

type role struct {
	email string
	role  access.Role
}

type phase struct {
	title       string
	first, last string
	opens       []programme.Opening
}

type goal struct {
	key, title, description string
	indicators              []indicator
}

// indicator holds numbers as people type them; baseline "" was not measured.
type indicator struct {
	name, unit       string
	baseline, target string
	values           []value
}

type value struct{ on, amount, note string }

// Keys of the programmes.
const (
	main  = "main"
	clubs = "clubs"
	youth = "youth"
)

// Keys of the goals that articles serve.
const (
	work      = "work"
	spread    = "spread"
	practise  = "practise"
	residents = "residents"
	measure   = "measure"
	meet      = "meet"
	open      = "open"
)

var joiningOpen = []programme.Opening{programme.Join}

var plans = []plan{
	{
		key: main, on: "2014-05-05", published: "2014-05-05",
		title:       "Międzysektorowa współpraca czyli wspólnota samorządowa w innym wymiarze",
		slug:        "miedzysektorowa-wspolpraca",
		summary:     "Urzędy, organizacje i mieszkańcy subregionu zachodniego wspólnie ustalają, jak ze sobą pracować: opisują standardy, stosują je na co dzień i sprawdzają, czy współpraca naprawdę się poprawiła.",
		description: "miedzysektorowa-wspolpraca.md",
		owner:       forum, manager: manager, email: "program@forum.example.org", phone: "32 000 00 20",
		funder: "Fundusz Współpracy Lokalnej (instytucja przykładowa)", projectNumber: "FWL.05.04.02-99-999/13 (numer przykładowy)",
		admission: programme.AdmitAnyone, sectors: []string{"administration", "ngo", "resident"},
		first: "2014-05-05", last: "2015-06-30", areas: territory.Codes(),
		partners: []partner{{union, "https://subregion.pl/"}, {town, ""}, {river, ""}},
		team: []role{
			{editor, access.Editor}, {townWriter, access.Editor}, {administrator, access.Editor},
			{facilitator, access.Facilitator}, {"bogna.sikorzanka@warsztat.example.org", access.Facilitator},
			{"leszek.jarzebczyk@warsztat.example.org", access.Facilitator}, {"nadia.cisowska-was@warsztat.example.org", access.Facilitator},
			{assessor, access.Assessor}, {"konrad.zwirkowiak@ekspert.example.net", access.Assessor}, {observer, access.Observer},
		},
		phases: []phase{
			{"Rekrutacja i przygotowania", "2014-05-05", "2014-06-12", joiningOpen},
			{"Seminarium partycypacyjne w Wiśle", "2014-06-13", "2014-06-14", joiningOpen},
			{"Zaproszenie otwarte: można dołączyć w każdej chwili", "2014-06-15", "2015-04-30", joiningOpen},
			{"Warsztaty tematyczne", "2014-09-08", "2014-11-28", nil},
			{"Konkurs inicjatyw mieszkańców", "2014-12-03", "2015-01-26", nil},
			{"Panel ekspercki w Rybniku", "2015-03-12", "2015-03-13", nil},
			{"Wizyta studyjna", "2015-05-04", "2015-05-29", nil},
			{"Ewaluacja", "2015-05-18", "2015-06-30", nil},
		},
		goals: []goal{
			{work, "Wypracować standardy współpracy", "Urzędnicy, społecznicy i mieszkańcy razem opisują, jak mają wyglądać konsultacje, dotacje i codzienny kontakt. Standard powstaje przy jednym stole, nie w jednym pokoju.",
				[]indicator{
					{"Osoby, które współtworzyły standardy", "os.", "0", "120", []value{
						{"2014-06-16", "32", "Seminarium w Wiśle, lista obecności"}, {"2014-12-01", "87", "Seminarium i cztery warsztaty, bez powtórzeń"}}},
					{"Standardy opisane i uzgodnione", "", "0", "6", []value{
						{"2014-10-10", "1", "Odpowiedź na uwagi z konsultacji"}, {"2014-12-01", "2", "Także: jeden wzór rozliczenia małej dotacji"}}},
				}},
			{spread, "Upowszechnić je w gminach i powiatach", "O standardzie, o którym wie tylko jego autor, nie ma co mówić. Rozmawiamy o nich na sesjach, zebraniach i w urzędach, zwykłym językiem.",
				[]indicator{{"Gminy i powiaty, w których odbyło się spotkanie o standardach", "", "0", "28", []value{
					{"2014-10-03", "4", ""}, {"2014-12-01", "9", ""}}}}},
			{practise, "Wdrożyć je w codziennej pracy", "Przyjęty standard ma swoją osobę odpowiedzialną, termin i dowód, że działa: pismo, formularz, protokół.",
				[]indicator{{"Urzędy i organizacje stosujące co najmniej jeden standard", "", "0", "40", []value{
					{"2014-12-01", "3", "Wszystkie trzy w gminie przykładowej"}}},
					{"Uwagi z konsultacji, na które odpowiedziano z uzasadnieniem", "%", "34,5", "100", []value{
						{"2014-12-01", "61,5", "Konsultacje w gminie przykładowej"}}}}},
			{residents, "Pomóc mieszkańcom załatwić ich sprawy", "Trzy inicjatywy po 10\u00a0000\u00a0zł. Mieszkańcy dają pomysł i pracę, program daje pieniądze i kogoś, kto pomoże przejść przez formalności.",
				[]indicator{{"Zrealizowane inicjatywy mieszkańców", "", "0", "3", nil}}},
			{measure, "Sprawdzić, czy jest lepiej", "Przed programem i po nim obie strony odpowiadają na te same pytania o współpracę. Wynik publikujemy, także gdy nam się nie podoba.",
				[]indicator{{"Ankiety o współpracy wypełnione przez urzędy i organizacje", "", "", "200", []value{
					{"2014-09-30", "58", "Pierwsza edycja, pomiar początkowy"}}}}},
		},
	},
	{
		key: clubs, on: "2014-09-01", published: "2014-09-02",
		title:       "Sołeckie kluby sąsiedzkie",
		slug:        "soleckie-kluby-sasiedzkie",
		summary:     "W sześciu wsiach otwieramy miejsca, do których można wejść bez zaproszenia: klucz, herbata i jedna osoba na dyżurze wystarczą, żeby sąsiedzi zaczęli coś robić razem.",
		description: "soleckie-kluby.md",
		owner:       villages, manager: clubManager, email: "kluby@solectwa.example.org", phone: "32 000 00 21",
		admission: programme.AdmitApproved, sectors: []string{"administration", "ngo", "resident", "business"},
		first: "2014-09-01", last: "2015-08-31",
		areas:    []string{"2411033", "2411042", "2411072", "2412042", "2415052", "2415062", "2415072"},
		partners: []partner{{fireBrigade, ""}, {circle, ""}, {gmina, ""}},
		team:     []role{{clubEditor, access.Editor}, {"bogna.sikorzanka@warsztat.example.org", access.Facilitator}},
		phases: []phase{
			{"Szukamy miejsc i dyżurnych", "2014-09-01", "2014-10-31", joiningOpen},
			{"Kluby otwarte", "2014-11-03", "2015-06-26", joiningOpen},
			{"Święto klubów", "2015-06-27", "2015-06-28", nil},
			{"Co zostaje po programie", "2015-06-29", "2015-08-31", nil},
		},
		goals: []goal{
			{open, "Otworzyć sześć klubów", "Klub jest otwarty, kiedy ma klucz, ogrzewanie i dyżur co najmniej dwa razy w tygodniu.",
				[]indicator{{"Kluby z dyżurem dwa razy w tygodniu", "", "0", "6", []value{{"2014-10-01", "1", "Dąbrówka Rudzka"}, {"2014-12-01", "3", ""}}}}},
			{meet, "Żeby sąsiedzi robili coś razem", "Liczymy nie to, ile osób przyszło, lecz ile rzeczy zrobili sami.",
				[]indicator{{"Rzeczy zrobione z pomysłu sąsiadów", "", "", "36", []value{{"2014-12-01", "7", ""}}}}},
		},
	},
	{
		key: youth, on: "2014-11-24",
		title:       "Młodzi przy stole",
		slug:        "mlodzi-przy-stole",
		summary:     "Uczniowie szkół średnich siadają z radnymi do jednej sprawy na kwartał i doprowadzają ją do końca.",
		description: "mlodzi-przy-stole.md",
		owner:       archive, manager: "emil.karbowiec@archiwum.example.org",
		admission: programme.AdmitInvited, sectors: []string{"administration", "ngo", "resident"},
		first: "2015-02-02", last: "2015-12-18", areas: []string{"2473011", "2479011", "2467011"},
		team:   []role{{"nadia.cisowska-was@warsztat.example.org", access.Facilitator}},
		phases: []phase{{"Wybór pierwszej sprawy", "2015-02-02", "2015-03-31", joiningOpen}},
		goals:  []goal{{"case", "Doprowadzić do końca cztery sprawy młodych", "", nil}},
	},
}
