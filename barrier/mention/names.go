package mention

import "strings"

// The lists are written from general knowledge. Words are compared folded, so
// that "Pawel" is Paweł.

// men are first names of men; where the stem changes before endings, it stands
// behind a stroke: Marka, not Mareka.
const men = `Adam Adrian Albert Aleksander/Aleksandr Aleksy Alfred Andrzej Antoni Arkadiusz Artur Bartłomiej Bartosz Benedykt
	Bernard Błażej Bogdan Bogusław Bolesław Borys Bronisław Cezary Cyprian Czesław Damian Daniel Dariusz Dawid Dominik
	Edmund Edward Emil Eryk Eugeniusz Fabian Feliks Filip Franciszek/Franciszk Fryderyk Gabriel Gerard Grzegorz Gustaw Henryk
	Hubert Ignacy Igor Ireneusz Jacek/Jack Jakub Jan Janusz Jarosław Jerzy Joachim Józef Julian Juliusz Kacper Kajetan Kamil
	Karol Kazimierz Konrad Konstanty Kornel Krystian Krzysztof Lech Leon Leonard Lesław Leszek/Leszk Lucjan Ludwik Łukasz
	Maciej Maksymilian Marcel Marcin Marek/Mark Marian Mariusz Mateusz Michał Mieczysław Mikołaj Miłosz Mirosław Nikodem
	Norbert Olaf Oliwier Oskar Patryk Paweł/Pawł Piotr Przemysław Radosław Rafał Remigiusz Robert Roman Rudolf Ryszard
	Sebastian Sławomir Stanisław Stefan Szczepan Szymon Tadeusz Teodor Tobiasz Tomasz Tymon Tymoteusz Wacław Waldemar
	Walenty Wiesław Wiktor Wincenty Witold Władysław Włodzimierz Wojciech Zbigniew Zdzisław Zenon Zygmunt
	Janek/Jank Tomek/Tomk Romek/Romk Krzysiek/Krzyśk Jurek/Jurk Staszek/Staszk Wojtek/Wojtk Grzesiek/Grześk Bartek/Bartk
	Zbyszek/Zbyszk Mirek/Mirk Darek/Dark Heniek/Heńk Maciek/Maćk Adaś Jaś Jasiek/Jaśk Tadek/Tadk Władek/Władk Czesiek/Cześk Wiesiek/Wieśk`

// women are first names that end in -a, those of men among them.
const women = `Ada Adrianna Agata Agnieszka Alicja Alina Aleksandra Amelia Anastazja Aneta Angelika Anita Anna Antonina Apolonia Asia
	Barbara Basia Beata Bernadeta Bogumiła Bogusława Bożena Bronisława Cecylia Celina Czesława Dagmara Danuta Daria Diana
	Dominika Dorota Edyta Elena Eliza Elżbieta Emilia Ewa Ewelina Felicja Franciszka Gabriela Genowefa Grażyna Hanna Helena
	Henryka Honorata Ilona Irena Irmina Iwona Izabela Jadwiga Janina Joanna Jolanta Józefa Julia Julita Justyna Kamila Karina
	Karolina Katarzyna Kazimiera Kinga Klara Klaudia Kornelia Krystyna Krzysztofa Laura Lena Lidia Liliana Lucyna Ludmiła Łucja
	Magda Magdalena Maja Małgorzata Maria Marianna Marlena Marta Martyna Marzena Matylda Michalina Milena Mirosława Monika
	Natalia Natasza Nikola Nina Nadia Oksana Oliwia Olga Oktawia Patrycja Paulina Pelagia Regina Renata Roksana Rozalia Sabina
	Sandra Sara Stanisława Stefania Sylwia Teresa Urszula Wanda Weronika Wiesława Wiktoria Wioletta Władysława Zdzisława Zofia
	Zuzanna Żaneta Ania Kasia Gosia Małgosia Ola Magda Zosia Krysia Hania Jola Ela Iza Ula Terenia Halina Halinka Danusia
	Kuba Barnaba Kosma Bonawentura`

// firstNames holds every form of every first name, nominative those that are of
// the first case only: things called after somebody never stand in it.
var firstNames, nominative = decline()

func decline() (forms, first map[string]bool) {
	forms, first = map[string]bool{}, map[string]bool{}
	other := map[string]bool{} // cases but the first
	add := func(name string, all []string) {
		first[fold(name)] = true
		forms[fold(name)] = true
		for _, form := range all {
			forms[fold(form)], other[fold(form)] = true, true
		}
	}
	for name := range strings.FieldsSeq(men) {
		name, stem, changes := strings.Cut(name, "/")
		if !changes {
			stem = name
		}
		add(name, ofMan(stem))
	}
	for name := range strings.FieldsSeq(women) {
		add(name, ofWoman(strings.TrimSuffix(name, "a")))
	}
	// Words that only look like a form of a name.
	for _, word := range []string{"mark", "marki"} {
		if !first[word] {
			delete(forms, word)
		}
	}
	for form := range other { // Henryka is also the genitive of Henryk
		delete(first, form)
	}
	return forms, first
}

// ofMan returns the cases of a name from its stem.
func ofMan(stem string) []string {
	switch {
	case strings.HasSuffix(stem, "i"): // Antoni
		return with(stem, "ego", "emu", "m")
	case strings.HasSuffix(stem, "y"): // Jerzy
		return with(strings.TrimSuffix(stem, "y"), "ego", "emu", "ym")
	case strings.HasSuffix(stem, "ś"): // Jaś
		return with(strings.TrimSuffix(stem, "ś")+"si", "a", "owi", "em", "u")
	}
	return append(with(stem, "a", "owi", "em", "iem", "u", "owie"), with(soft(stem), "e")...)
}

// ofWoman returns the cases of a name from what stands before its -a.
func ofWoman(stem string) []string {
	return append(with(stem, "y", "i", "ę", "ą", "o", "e", "u"), with(soft(stem), "e")...)
}

func with(stem string, ends ...string) []string {
	all := make([]string, len(ends))
	for i, end := range ends {
		all[i] = stem + end
	}
	return all
}

// softer is what becomes of the last consonant before -e: Marta, Marcie.
var softer = []struct{ hard, soft string }{
	{"k", "c"}, {"g", "dz"}, {"ch", "sz"}, {"r", "rz"}, {"ł", "l"}, {"t", "ci"}, {"d", "dzi"},
	{"b", "bi"}, {"f", "fi"}, {"m", "mi"}, {"n", "ni"}, {"p", "pi"}, {"s", "si"}, {"w", "wi"}, {"z", "zi"},
}

func soft(stem string) string {
	for _, change := range softer {
		if before, ok := strings.CutSuffix(stem, change.hard); ok {
			return before + change.soft
		}
	}
	return stem
}

// surnameEnds are the ends of surnames in all cases, folded. Adjectives of places
// end alike, which is why they count only where a name is to be expected.
var surnameEnds = strings.Fields(`ski skiego skiemu skim ska skiej scy skich skimi skich
	cki ckiego ckiemu ckim cka ckiej dzki dzkiego dzkiemu dzka dzkiej
	wicz wicza wiczowi wiczem wiczu wiczowie wiczow czyk czyka czykowi czykiem czyku czuk czuka czukowi czukiem
	iak iaka iakowi iakiem niak niaka`)

// frequent are the most frequent surnames that are no ordinary words, in the
// cases in which people speak of somebody.
var frequent = surnames(`Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski
	Kozłowski Jankowski Wojciechowski Kwiatkowski Krawczyk Kaczmarek/Kaczmark Piotrowski Grabowski Zając/Zając Pawłowski Michalski
	Nowicki Adamczyk Dudek/Dudk Wieczorek/Wieczork Jabłoński Majewski Olszewski Stępień/Stępni Jaworski Malinowski Pawlak Witkowski
	Walczak Sikorski Rutkowski Michalak Szewczyk Ostrowski Baranowski Tomaszewski Pietrzak Zalewski Wróblewski Marciniak
	Jasiński Zawadzki Jakubowski Sadowski Duda Chmielewski Włodarczyk Borkowski Czarnecki Sawicki Sokołowski Urbański Kubiak
	Maciejewski Szczepański Kucharski Wilk Kalinowski Lis Mazurek/Mazurk Wysocki Adamski Kaźmierczak Sobczak Czerwiński
	Andrzejewski Cieślak Głowacki Zakrzewski Kołodziej Sikora Krajewski Gajewski Szymczak Szulc Laskowski Ziółkowski Makowski Brzeziński`)

func surnames(list string) map[string]bool {
	all := map[string]bool{}
	for name := range strings.FieldsSeq(list) {
		name, stem, changes := strings.Cut(name, "/")
		if !changes {
			stem = name
		}
		for _, form := range append(casesOf(stem), name) {
			all[fold(form)] = true
		}
	}
	return all
}

func casesOf(stem string) []string {
	if before, ok := strings.CutSuffix(stem, "i"); ok && (strings.HasSuffix(stem, "ki")) {
		return with(before, "iego", "iemu", "im", "a", "iej", "ą", "ich")
	}
	if before, ok := strings.CutSuffix(stem, "a"); ok {
		return with(before, "y", "ę", "ą", "zie", "owie")
	}
	return with(stem, "a", "owi", "em", "iem", "u", "owa", "owej", "ową", "owie", "ów")
}

// titles stand before a name.
var titles = set(`pan pana panu panem panie pani panią państwo państwa państwu ks mgr dr inż prof`)

// sacred follow "pan" without being anybody's name.
var sacred = set(`bóg boga bogu bogiem jezus jezusa maryja boży boża młody młoda młodzi domu`)

// offices are what people are in public life, in every case that is in use.
var offices = set(`wójt wójta wójtowi wójtem wójcie burmistrz burmistrza burmistrzowi burmistrzem burmistrzyni
	prezydent prezydenta prezydentowi prezydentem starosta starosty staroście starostę starostą wicestarosta wicewójt wiceburmistrz
	zastępca zastępcy zastępcę zastępcą sołtys sołtysa sołtysowi sołtysem sołtyska sołtyski radny radnego radnemu radnym radna radnej radną
	poseł posła posłanka posłanki senator senatora dyrektor dyrektora dyrektorowi dyrektorem dyrektorka dyrektorki kierownik kierownika
	kierownikowi kierownikiem kierowniczka kierowniczki kierowniczkę naczelnik naczelnika naczelniczka naczelniczki prezes prezesa
	prezesowi prezesem prezeska prezeski wiceprezes przewodniczący przewodniczącego przewodniczącemu przewodniczącym przewodnicząca
	przewodniczącej przewodniczącą skarbnik skarbnika skarbniczka sekretarz sekretarza sekretarka pełnomocnik pełnomocnika
	pełnomocniczka pełnomocniczki inspektor inspektora inspektorka referent referenta referentka urzędnik urzędnika urzędniczka
	urzędniczki koordynator koordynatora koordynatorka koordynatorki ksiądz księdza proboszcz proboszcza trener trenera trenerka
	księgowa księgowej członek członka członkini wolontariusz wolontariuszka mieszkaniec mieszkanka liderka lider lidera`)

// places are words after which a name in the genitive is that of a thing.
var places = set(`ul ulica ulicy ulicę ulicą al aleja alei aleję pl plac placu placem os osiedle osiedla osiedlu rondo ronda rondzie park
	parku parkiem skwer skweru skwerze most mostu moście bulwar bulwaru bulwarze im imienia św święty świętego świętej świętemu święta
	błogosławiony błogosławionej bł fundacja fundacji fundację fundacją stowarzyszenie stowarzyszenia stowarzyszeniu szkoła szkoły szkole
	szkołę szkołą gimnazjum liceum przedszkole przedszkola przedszkolu biblioteka biblioteki bibliotece muzeum szpital szpitala szpitalu
	dom domu hala hali stadion stadionu stadionie instytut instytutu parafia parafii kościół kościoła kościele klub klubu nagroda nagrody
	nagrodę pomnik pomnika centrum kopalnia kopalni hospicjum patron patrona festiwal festiwalu memoriał memoriału turniej turnieju
	galeria galerii teatr teatru kino dzień dnia towarzystwo towarzystwa towarzystwu zespół zespołu koło koła`)

// between may stand between such a word and the name: "ulica św. Jana".
var between = set(`im imienia św świętego świętej bł gen ks dr prof marsz płk kpt por podstawowa podstawowej sportowy sportowego
	kultury społeczna społecznej publiczna publicznej miejska miejskiej gminna gminnej prezydenta króla papieża kardynała biskupa`)

// common are words with a capital that are nobody's surname.
var common = set(`gmina gminy gminie gminę miasto miasta mieście powiat powiatu województwo województwa urząd urzędu urzędzie rada rady
	radzie zarząd zarządu zarządzie związek związku forum fundacja fundacji stowarzyszenie stowarzyszenia polska polski polsce polskie śląsk śląska śląsku
	śląski śląskiego śląskiej śląskie subregion subregionu zachodni zachodniego europejski europejska europejskiej krajowy krajowa krajowego
	karta nauczyciela program programu ustawa kodeks samorząd samorządu gminnej gminny gminna miejski miejska miejskiej miejskiego powiatowy
	powiatowa powiatowego społeczny społeczna ośrodek ośrodka dom szkoła szkoły szkole sołectwo sołectwa wydział wydziału referat referatu`)

// workplaces make somebody of a first name: "Ania z urzędu".
var workplaces = set(`urzędu gminy referatu wydziału sekretariatu księgowości starostwa ratusza stowarzyszenia fundacji klubu szkoły świetlicy
	ops gopsu mopsu ośrodka biura zarządu promocji kadr`)

// short are words that people write with a dot.
func short(folded string) bool { return abbreviated[folded] }

var abbreviated = set(`ul al pl os im św bł ks gen dr prof mgr inż marsz płk kpt por`)

func set(words string) map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		all[fold(word)] = true
	}
	return all
}
