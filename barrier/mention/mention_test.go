package mention_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/barrier/mention"
)

func TestPersonIsNoticed(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Jan Kowalski nie odpisuje na listy", "Jan Kowalski"},
		{"Wszystko zależy od Jana Kowalskiego", "Jana Kowalskiego"},
		{"Oddałem to Janowi Kowalskiemu", "Janowi Kowalskiemu"},
		{"Rozmawiałam z Anną Zielińską-Mróz z gminy", "Anną Zielińską-Mróz"},
		{"O Marcie Brzózce nikt dobrze nie mówi", "Marcie Brzózce"},
		{"Pisaliśmy do Marka Topoli trzy razy", "Marka Topoli"},
		{"Pawel Drozd zawsze odmawia", "Pawel Drozd"},
		{"Na liście stoi Kowalska Anna", "Kowalska Anna"},
		{"Pan Nowak blokuje każdy wniosek", "Pan Nowak"},
		{"pani Wierzbickiej się nie chce", "pani Wierzbickiej"},
		{"Pani K. z drugiego piętra", "Pani K."},
		{"z panią dyrektor Lipą nie da się umówić", "panią dyrektor Lipą"},
		{"Wójt Jan Dereń ustala wszystko sam", "Wójt Jan Dereń"},
		{"u burmistrza Kowalskiego", "burmistrza Kowalskiego"},
		{"radna Malinowska głosuje zawsze przeciw", "radna Malinowska"},
		{"sołtys M. rządzi od lat", "sołtys M."},
		{"J. Kalina obiecała i nie przyszła", "J. Kalina"},
		{"Wniosek A.K. przepadł", "A.K."},
		{"Jan K. nie podpisuje", "Jan K."},
		{"podobno Nowak tego nie czyta", "Nowak"},
		{"Ania z urzędu nie odbiera", "Ania z urzędu"},
		{"dyrektor szkoły Jan Lipiński odmawia sali", "Jan Lipiński"},
		{"Prezes Jan Maria Kowalski", "Prezes Jan Maria Kowalski"},
		{"Wygrała Katarzyna Wrzosowicz, bo zna komisję", "Katarzyna Wrzosowicz"},
	} {
		if got := mention.Find(tt.text); !slices.Contains(got, tt.want) {
			t.Errorf("%q: found %q, want %q", tt.text, got, tt.want)
		}
	}
}

// A text about groups, places and things called after people goes through
// without a question.
func TestGroupsPlacesAndThingsAreNoPersons(t *testing.T) {
	for _, text := range []string{
		"Urzędnicy chowają się za przepisami",
		"Spotkania są zawsze przy ulicy Jana Pawła II",
		"Skwer przy ul. Marii Konopnickiej jest zaniedbany",
		"Remont ulicy ks. Jana Twardowskiego trwa za długo",
		"Szkoła Podstawowa im. Adama Mickiewicza nie wynajmuje sali",
		"W szkole im. Marii Skłodowskiej-Curie nie ma podjazdu",
		"Fundacja Anny Dymnej pokazała, że można inaczej",
		"Fundacja im. Stefana Batorego ogłosiła nabór",
		"Stowarzyszenie św. Anny nie dostaje odpowiedzi",
		"Parafia św. Jana Chrzciciela ma salę",
		"Rondo Jana Nowaka-Jeziorańskiego jest w budowie",
		"Park Henryka Jordana zamykają o ósmej",
		"Burmistrz Rybnika i Wójt Gminy Lyski mają różne wzory",
		"Prezydent Miasta ogłasza wyniki za późno",
		"Rada Gminy i Zarząd Powiatu nie rozmawiają",
		"Urząd Gminy i Miasta Czerwionka-Leszczyny odpowiada po miesiącu",
		"Związek Gmin i Powiatów Subregionu Zachodniego",
		"Powiat Raciborski i Powiat Wodzisławski",
		"Organizacje z Jastrzębia-Zdroju i Żor",
		"Śląskie Forum Organizacji Pozarządowych",
		"Pan Bóg wysoko, a urząd daleko",
		"Jan Paweł II ma tu pomnik",
		"Ustawa z 24 kwietnia 2003 r. o działalności pożytku publicznego",
		"Radny, który zasiada w zarządzie stowarzyszenia, głosuje nad pulą",
		"Sołtys jest zarazem wnioskodawcą i zatwierdzającym",
		"RDPP, NIP i KRS to skróty, których mieszkaniec nie zna",
		"Pani w okienku odsyła piętro wyżej",
		"Panie Przewodniczący, Wysoka Rado",
		"Wisła, Racibórz i Kędzierzyn",
		"Ks. proboszcz udostępnia salę",
		"",
	} {
		if got := mention.Find(text); len(got) > 0 {
			t.Errorf("%q: found %q", text, got)
		}
	}
}

// What is known to go wrong: the author is asked, says that it is nobody, and a
// moderator looks at it.
func TestFalseAlarmsThatAreKnown(t *testing.T) {
	for text, want := range map[string]string{
		"starosta Wodzisławski nie odpisuje": "starosta Wodzisławski",
		"Czytamy Adama Mickiewicza":          "Adama Mickiewicza",
	} {
		if got := mention.Find(text); !slices.Contains(got, want) {
			t.Errorf("%q: found %q; if this is better now, move it to the others", text, got)
		}
	}
}

func TestWithoutCapitalsNobodyIsNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ToLower(rapid.String().Draw(t, "text"))
		text = strings.Map(func(r rune) rune {
			if unicode.IsUpper(r) {
				return 'x'
			}
			return r
		}, text)
		if got := mention.Find(text); got != nil {
			t.Fatalf("%q: %q", text, got)
		}
	})
}

// A full name is found in any sentence, in any case of the declension.
func TestFullNameIsFoundAnywhere(t *testing.T) {
	names := []string{"Jan Dębowski", "Jana Dębowskiego", "Janowi Dębowskiemu", "Janem Dębowskim", "Anna Kłosowicz", "Annie Kłosowicz",
		"Annę Kłosowicz", "Moniką Jaworczyk", "Piotrze Jaworczyku", "Jadwidze Stawskiej", "Jerzego Stawskiego", "Leszkowi Brodniak"}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"urząd", "bo", "nigdy", "zawsze", "wniosek", "mówi", "nie", "że"}), 0, 6)
		before, after := strings.Join(words.Draw(t, "before"), " "), strings.Join(words.Draw(t, "after"), " ")
		name := rapid.SampledFrom(names).Draw(t, "name")
		text := strings.TrimSpace(before + " " + name + " " + after)
		if got := mention.Find(text); !slices.Contains(got, name) {
			t.Fatalf("%q: %q", text, got)
		}
	})
}

func FuzzFind(f *testing.F) {
	for _, seed := range []string{"Jan Kowalski", "ul. Jana Pawła II", "A.K.", "pani K.", "ś", "Nowak-", "-Nowak", "I. I.", "św. Jan", "\xff Jan \xffKowalski"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found := mention.Find(text)
		if len(found) > 10 {
			t.Fatalf("%d found", len(found))
		}
		for i, part := range found {
			if part == "" || !strings.Contains(text, part) {
				t.Errorf("%q is no part of %q", part, text)
			}
			if slices.Contains(found[:i], part) {
				t.Errorf("%q twice in %q", part, text)
			}
		}
	})
}
