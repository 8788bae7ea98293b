package demo

import (
	"cmp"
	"slices"
)

// person is one of the invented people of the demo. Their surnames are made of
// plants, weather and tools, so that nobody is meant; their addresses end in
// domains that RFC 2606 keeps for examples.
type person struct {
	email string
	name  string
	place string // TERC of the gmina they live in
	from  string // day of their account, "" where joins and posts tell it
	joins []joining
}

// firstDay is when those have their accounts who can be played, and whoever
// does nothing that would tell.
const firstDay = "2014-05-01"

// since is the day of their account: they had to have one for their post in an
// organisation and to join a programme.
func (p person) since() string {
	if p.from != "" {
		return p.from
	}
	for _, r := range Roles() {
		if r.Person == p.email {
			return firstDay
		}
	}
	first := ""
	earlier := func(on string) {
		if first == "" || on < first {
			first = on
		}
	}
	for _, j := range p.joins {
		earlier(j.on)
	}
	for _, b := range bodies {
		if slices.ContainsFunc(b.people, func(x post) bool { return x.email == p.email }) {
			earlier(b.on)
		}
	}
	return cmp.Or(first, firstDay)
}

// sinceOf is the day of an account by its address.
func sinceOf(email string) string {
	for _, p := range persons {
		if p.email == email {
			return p.since()
		}
	}
	panic("demo: nobody has the address " + email) // written in this package
}

// joining is how a person came to take part in a programme.
type joining struct {
	programme string // key of plans
	on        string // day
	behalf    string // key of bodies: for whom; "" for themselves
	words     string
}

// The people who are named elsewhere in the story.
const (
	administrator = "ewa.jasionkiewicz@zwiazek.example.org"
	manager       = "katarzyna.wrzosowicz@forum.example.org"
	editor        = "michal.golebnik@forum.example.org"
	facilitator   = "szymon.topolewicz@warsztat.example.org"
	assessor      = "danuta.perlowicz-rys@ekspert.example.net"
	observer      = "roman.swierkula@rada.example.org"
	official      = "teresa.klonowicz-bien@czerwionka.example.org"
	townWriter    = "marcin.brzozak@czerwionka.example.org"
	leader        = "piotr.gawlikowicz@cztery-wiatry.example.net"
	player        = "aleksandra.bukowiecka@cztery-wiatry.example.net"
	neighbour     = "jakub.olszanowicz@poczta.example.com"
	sawyer        = "rafal.sekiewicz@trzy-sosny.example.com"
	clubManager   = "franciszek.miedza-polny@solectwa.example.org"
	clubEditor    = "paulina.grobelna-staw@solectwa.example.org"
)

// persons are all people of the example.
var persons = slices.Concat(core, seminarPeople)

// core are those around whom the story turns.
var core = []person{
	// Związek, in Rybnik.
	{email: administrator, name: "Ewa Jasionkiewicz", place: "2473011",
		joins: []joining{{main, "2014-05-06", union, ""}}},
	{email: "zbigniew.debowczyk@zwiazek.example.org", name: "Zbigniew Dębowczyk", place: "2411011",
		joins: []joining{{main, "2014-05-06", union, ""}}},
	// Forum.
	{email: manager, name: "Katarzyna Wrzosowicz", place: "2415041",
		joins: []joining{{main, "2014-05-05", forum, ""}}},
	{email: editor, name: "Michał Gołębnik", place: "2415021",
		joins: []joining{{main, "2014-05-05", forum, ""}}},
	{email: "stefania.modrzyk-lasota@forum.example.org", name: "Stefania Modrzyk-Lasota", place: "2415011",
		joins: []joining{{main, "2014-05-07", forum, ""}}},
	// The four trainers.
	{email: facilitator, name: "Szymon Topolewicz", place: "2479011",
		joins: []joining{{main, "2014-05-12", workshopFoundation, ""}}},
	{email: "bogna.sikorzanka@warsztat.example.org", name: "Bogna Sikorzanka", place: "2467011",
		joins: []joining{{main, "2014-05-12", workshopFoundation, ""}}},
	{email: "leszek.jarzebczyk@warsztat.example.org", name: "Leszek Jarzębczyk", place: "2473011",
		joins: []joining{{main, "2014-05-13", workshopFoundation, ""}}},
	{email: "nadia.cisowska-was@warsztat.example.org", name: "Nadia Cisowska-Wąs", place: "2479011",
		joins: []joining{{main, "2014-05-13", workshopFoundation, ""}}},
	// Those who will assess, and one who only watches.
	{email: assessor, name: "Danuta Perłowicz-Rys", place: "2411011"},
	{email: "konrad.zwirkowiak@ekspert.example.net", name: "Konrad Żwirkowiak", place: "2415031"},
	{email: observer, name: "Roman Świerkula", place: "2412052",
		joins: []joining{{main, "2014-05-20", "", ""}}},
	// The town office of Czerwionka-Leszczyny.
	{email: official, name: "Teresa Klonowicz-Bień", place: "2412013",
		joins: []joining{{main, "2014-05-08", town, ""}}},
	{email: townWriter, name: "Marcin Brzozak-Figura", place: "2412013",
		joins: []joining{{main, "2014-05-08", town, ""}}},
	{email: "irena.szuwarowicz@czerwionka.example.org", name: "Irena Szuwarowicz", place: "2412022",
		joins: []joining{{main, "2014-05-09", town, ""}}},
	{email: "eugenia.lopianek@czerwionka.example.org", name: "Eugenia Łopianek", place: "2412013",
		joins: []joining{{main, "2014-06-17", town, ""}}},
	{email: "oliwer.bagienko@czerwionka.example.org", name: "Oliwer Bagieńko", place: "2473011",
		joins: []joining{{main, "2014-09-02", town, ""}}},
	// The office of an invented gmina and of an invented powiat.
	{email: "hubert.polnik@jodlowiec.example.org", name: "Hubert Polnik", place: "2411053",
		joins: []joining{{main, "2014-05-14", gmina, ""}, {clubs, "2014-09-03", gmina, ""}}},
	{email: "agata.zytniak@jodlowiec.example.org", name: "Agata Żytniak", place: "2411062",
		joins: []joining{{main, "2014-05-14", gmina, ""}}},
	{email: "wieslawa.kamyczkowska@olszowo.example.org", name: "Wiesława Kamyczkowska", place: "2411022",
		joins: []joining{{main, "2014-06-25", powiat, ""}}},
	{email: "natalia.swietlikowska@gok-jodlowiec.example.org", name: "Natalia Świetlikowska", place: "2411082",
		joins: []joining{{main, "2014-08-20", culture, ""}, {clubs, "2014-09-05", culture, ""}}},
	// The school sports club, which the starosta registers.
	{email: leader, name: "Piotr Gawlikowicz", place: "2412042",
		joins: []joining{{main, "2014-05-19", sports, ""}, {clubs, "2014-10-06", sports, ""}}},
	{email: player, name: "Aleksandra Bukowiecka", place: "2412042",
		joins: []joining{{main, "2014-05-21", sports, ""}}},
	{email: "dawid.sosnal@poczta.example.com", name: "Dawid Sosnal", place: "2412032"},
	// Associations, circles, parish, brigade.
	{email: "grazyna.wierzbianska@czysta-rzeka.example.org", name: "Grażyna Wierzbiańska-Ols", place: "2415041",
		joins: []joining{{main, "2014-05-15", river, ""}}},
	{email: "kacper.trzcinowicz@czysta-rzeka.example.org", name: "Kacper Trzcinowicz", place: "2415082",
		joins: []joining{{main, "2014-06-24", river, ""}}},
	{email: "oksana.berezynka@czysta-rzeka.example.org", name: "Oksana Berezynka", place: "2415052",
		joins: []joining{{main, "2014-06-24", river, ""}}},
	{email: "henryk.paproc@osp-dabrowka.example.org", name: "Henryk Paproć", place: "2415052",
		joins: []joining{{main, "2014-05-22", fireBrigade, ""}, {clubs, "2014-09-04", fireBrigade, ""}}},
	{email: "mateusz.jaworek@osp-dabrowka.example.org", name: "Mateusz Jaworek", place: "2415062",
		joins: []joining{{clubs, "2014-09-04", fireBrigade, ""}}},
	{email: "lucja.makowniczek@fartuszki.example.net", name: "Łucja Makowniczek", place: "2411072",
		joins: []joining{{main, "2014-06-26", circle, ""}, {clubs, "2014-09-08", circle, ""}}},
	{email: "zaneta.lnianka@fartuszki.example.net", name: "Żaneta Lnianka-Ćwik", place: "2411033",
		joins: []joining{{clubs, "2014-09-08", circle, ""}}},
	{email: "wojciech.glogowiec@parafia.example.net", name: "ks. Wojciech Głogowiec", place: "2415072",
		joins: []joining{{clubs, "2014-09-15", parish, ""}}},
	{email: "gerard.stoklosinski@seniorzy.example.net", name: "Gerard Stokłosiński", place: "2467011",
		joins: []joining{{main, "2014-07-01", seniors, ""}}},
	{email: "urszula.wrzecionko@seniorzy.example.net", name: "Urszula Wrzecionko", place: "2415092",
		joins: []joining{{main, "2014-07-01", seniors, ""}}},
	{email: "emil.karbowiec@archiwum.example.org", name: "Emil Karbowiec", place: "2473011",
		joins: []joining{{main, "2014-05-29", archive, ""}}},
	{email: clubManager, name: "Franciszek Miedza-Polny", place: "2411042",
		joins: []joining{{main, "2014-06-02", villages, ""}, {clubs, "2014-09-02", villages, ""}}},
	{email: clubEditor, name: "Paulina Grobelna-Staw", place: "2415062",
		joins: []joining{{clubs, "2014-09-02", villages, ""}}},
	{email: "beata.chlebowiak@dobra-kuchnia.example.com", name: "Beata Chlebowiak", place: "2411011",
		joins: []joining{{main, "2014-09-11", kitchen, ""}}},
	// Residents.
	{email: "jolanta.fiolkowicz@poczta.example.com", name: "Jolanta Fiołkowicz", place: "2415031",
		joins: []joining{{main, "2014-06-10", yard, ""}}},
	{email: "tadeusz.slazowski@poczta.example.com", name: "Tadeusz Ślazowski", place: "2415031",
		joins: []joining{{main, "2014-06-10", yard, ""}}},
	{email: "maria.zurawinek@poczta.example.com", name: "Maria Żurawinek", from: "2014-05-12", place: "2412013",
		joins: []joining{{main, "2014-06-11", "", ""}}},
	{email: "krystian.dziewiecsil@poczta.example.com", name: "Krystian Dziewięćsił", from: "2014-05-12", place: "2415092",
		joins: []joining{{main, "2014-06-23", "", ""}}},
	{email: "antoni.rumiankowicz@poczta.example.com", name: "Antoni Rumiankowicz", from: "2014-05-12", place: "2415021",
		joins: []joining{{main, "2014-06-27", "", ""}}},
	{email: "wiktoria.cmielowiec@poczta.example.com", name: "Wiktoria Ćmielowiec", place: "2412013",
		joins: []joining{{main, "2014-09-18", "", ""}}},
	{email: "sabina.kruszynka@poczta.example.com", name: "Sabina Kruszynka", place: "2415052",
		joins: []joining{{clubs, "2014-12-02", "",
			"Prowadzę z sąsiadką popołudnia dla dzieci w sali po dawnym sklepie. Chciałabym zobaczyć, jak robią to inni, i nie wymyślać wszystkiego od początku."}}},
	{email: neighbour, name: "Jakub Olszanowicz", place: "2412013"},
	// Business.
	{email: sawyer, name: "Rafał Sękiewicz", place: "2411053",
		joins: []joining{{clubs, "2014-10-13", sawmill, ""}}},
	{email: "linh.nguyen-maj@zielony-koszyk.example.com", name: "Linh Nguyen-Maj", place: "2473011",
		joins: []joining{{clubs, "2014-10-20", basket, ""}}},
}
