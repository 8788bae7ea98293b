package search_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/store"
)

var preview = access.Permission{Name: "test.preview", Scope: access.InProgramme,
	Roles: []access.Role{access.Administrator, access.Manager, access.Editor}}

const (
	one   = store.ID("0191a000-0000-7000-8000-000000000001")
	two   = store.ID("0191a000-0000-7000-8000-000000000002")
	three = store.ID("0191a000-0000-7000-8000-000000000003")
	here  = store.ID("0191a000-0000-7000-8000-00000000000a")
	there = store.ID("0191a000-0000-7000-8000-00000000000b")
)

func service(db *store.DB) *search.Service {
	s := search.New(db, search.Options{})
	s.Add(search.Kind{Name: "programme", Title: "programme", Needs: []access.Permission{preview}},
		search.Kind{Name: "note", Title: "note", Needs: []access.Permission{preview}})
	return s
}

// put saves documents; what is left out is filled in.
func put(t *testing.T, db *store.DB, documents ...search.Document) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		for _, d := range documents {
			if d.Kind == "" {
				d.Kind = "note"
			}
			if d.Language == "" {
				d.Language = "pl"
			}
			if d.URL == "" {
				d.URL = "/note/" + string(d.ID)
			}
			if err := search.Put(t.Context(), tx, d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func now(db *store.DB) store.Time { return store.At(db.Now()) }

// found lists the titles that a person finds, in their order.
func found(t *testing.T, ctx context.Context, s *search.Service, words string) string {
	t.Helper()
	f, err := s.Find(ctx, search.Parse(words), search.Filter{}, false, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	if f.Total != len(f.Results) {
		t.Errorf("%q: %d in all, %d shown", words, f.Total, len(f.Results))
	}
	titles := make([]string, len(f.Results))
	for i, r := range f.Results {
		titles[i] = r.Title
	}
	return strings.Join(titles, ", ")
}

func TestWordsAreFoundInEveryFormWithAndWithoutAccents(t *testing.T) {
	// Each line is one word in its forms: any of them finds every other.
	for _, line := range []string{
		"współpraca współpracy współpracę współpracą",
		"gmina gminy gminie gminę gminą gmin gminom gminach gminami",
		"warsztat warsztaty warsztatu warsztatów warsztatach warsztatami warsztatom warsztacie",
		"powiat powiaty powiatu powiatów powiatem powiecie",
		"mieszkaniec mieszkańcy mieszkańca mieszkańców mieszkańcom mieszkańcami",
		"organizacja organizacje organizacji organizacją organizacjami organizacjach",
		"seminarium seminaria seminariów seminariach",
		"inicjatywa inicjatywy inicjatyw inicjatywę inicjatywie inicjatywą inicjatywami",
		"konkurs konkursy konkursu konkursie konkursem konkursów",
		"standard standardy standardów standardach standardem",
		"urząd urzędy urzędu urzędów urzędzie urzędem urzędach",
		"sołectwo sołectwa sołectw sołectwie", "dotacja dotacje dotacji dotacją dotacjami",
		"wniosek wnioski wniosku wniosków wnioskiem wnioskami", "bariera bariery barierę barier barierami barierze",
		"uchwała uchwały uchwałę uchwale uchwał", "budżet budżety budżetu budżecie budżetem",
		"stowarzyszenie stowarzyszenia stowarzyszeń stowarzyszeniu stowarzyszeniem",
		"rzeka rzeki rzece rzekę rzek", "koperta koperty kopercie kopertę", "Rybnik Rybnika Rybniku", "Żory Żorach",
		"standards standard", "cooperation cooperating cooperated",
	} {
		forms := strings.Fields(line)
		language := "pl"
		if strings.Contains(line, "standards") || strings.Contains(line, "cooperation") {
			language = "en"
		}
		for _, asked := range forms {
			for _, written := range forms {
				text := "Zdanie, w którym jest " + written + " między innymi."
				for _, typed := range []string{asked, strings.ToUpper(asked), withoutAccents(asked)} {
					if pieces := search.Parse(typed).Highlight(language, text); len(pieces) < 3 {
						t.Errorf("%q does not find %q", typed, written)
					}
				}
			}
		}
	}
}

func withoutAccents(s string) string {
	return strings.NewReplacer("ą", "a", "ć", "c", "ę", "e", "ł", "l", "ń", "n", "ó", "o", "ś", "s", "ź", "z", "ż", "z", "Ż", "Z").Replace(s)
}

func TestBothDatabasesFindTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		put(t, db,
			search.Document{ID: one, Title: "Międzysektorowa współpraca", Text: "Urzędy i organizacje przy jednym stole, Rybnik 2014.", At: now(db)},
			search.Document{ID: two, Title: "Local standards", Language: "en", Text: "How offices cooperate with NGOs.", At: now(db)},
			search.Document{ID: three, Title: "Сусідська допомога", Language: "uk", Text: "Współpraca з громадою, bez słownika.", At: now(db)})
		s := service(db)
		for _, c := range []struct{ words, want string }{
			{"wspolpraca", "Międzysektorowa współpraca, Сусідська допомога"},
			{"WSPÓŁPRACY", "Międzysektorowa współpraca"}, // the other is no Polish text: only its word as it stands
			{"wspol", "Międzysektorowa współpraca, Сусідська допомога"},
			{"urząd organizacja", "Międzysektorowa współpraca"},
			{"urząd szkoła", ""},
			{"cooperation", "Local standards"},
			{"ngo's office", ""}, // s is a word of its own and is not there
			{"ngo office", "Local standards"},
			{"сусід", "Сусідська допомога"},
			{"2014 Rybnik", "Międzysektorowa współpraca"},
			{"i przy", "Międzysektorowa współpraca"}, // small words count where there are no others
			{"i współpraca w", "Międzysektorowa współpraca, Сусідська допомога"},
			{"", ""}, {"   ", ""}, {"...!?", ""}, {"ó", ""},
			{`" OR "`, ""}, {`title : *`, ""}, {`a' | 'b`, ""}, {`NEAR(a b)`, ""}, {"\x00\xff", ""}, {"(((", ""}, {"\u0301", ""},
		} {
			if got := found(t, t.Context(), s, c.words); got != c.want {
				t.Errorf("%q finds %q, want %q", c.words, got, c.want)
			}
		}
	})
}

func TestTitlesComeFirstThenTheNewest(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		put(t, db,
			search.Document{ID: one, Title: "Stary konkurs", Text: "regulamin", At: store.At(db.Now().Add(-48 * time.Hour))},
			search.Document{ID: two, Title: "Nowe wieści", Text: "o konkursie", At: now(db)},
			search.Document{ID: three, Title: "Nowy konkurs", Text: "regulamin", At: store.At(db.Now().Add(-time.Hour))})
		if got, want := found(t, t.Context(), service(db), "konkurs"), "Nowy konkurs, Stary konkurs, Nowe wieści"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	})
}

func TestADocumentIsReplacedAndRemoved(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := service(db)
		put(t, db, search.Document{ID: one, Title: "Pierwszy tytuł", At: now(db)})
		put(t, db, search.Document{ID: one, Title: "Drugie nazwanie", At: now(db)})
		if got := found(t, t.Context(), s, "tytuł"); got != "" {
			t.Errorf("the old words still find %q", got)
		}
		if got := found(t, t.Context(), s, "nazwanie"); got != "Drugie nazwanie" {
			t.Errorf("the new words find %q", got)
		}
		for range 2 { // what is not there is no error
			err := db.Write(t.Context(), func(tx *store.Tx) error { return search.Remove(t.Context(), tx, "note", one) })
			if err != nil {
				t.Fatal(err)
			}
		}
		if got := found(t, t.Context(), s, "nazwanie"); got != "" {
			t.Errorf("after it was removed, %q is found", got)
		}
	})
}

func TestNothingOfAnAbandonedTransactionIsFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		_ = db.Write(t.Context(), func(tx *store.Tx) error {
			if err := search.Put(t.Context(), tx, search.Document{Kind: "note", ID: one, Language: "pl", Title: "Zaniechane", URL: "/x", At: now(db)}); err != nil {
				t.Fatal(err)
			}
			return context.Canceled
		})
		if got := found(t, t.Context(), service(db), "zaniechane"); got != "" {
			t.Errorf("%q is found", got)
		}
	})
}

// as is somebody with a role in a place.
func as(ctx context.Context, role access.Role, scope access.Scope, place store.ID) context.Context {
	return access.With(ctx, &access.Actor{Person: "p-" + store.ID(role), Grants: []access.Grant{{Role: role, Scope: scope, ID: place}}})
}

func TestNobodyFindsWhatTheyMayNotSee(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const takingPart = store.ID("0191a000-0000-7000-8000-0000000000aa")
		s := search.New(db, search.Options{Members: func(p string) string {
			return fmt.Sprintf(`SELECT '%s' WHERE %s = '%s'`, here, p, takingPart)
		}})
		s.Add(search.Kind{Name: "note", Needs: []access.Permission{preview}})
		put(t, db,
			search.Document{ID: one, Title: "dla wszystkich", At: now(db)},
			search.Document{ID: "2", Title: "dla wszystkich jutro", At: store.At(db.Now().Add(time.Hour)), Audience: search.Public.And(preview, here)},
			search.Document{ID: "3", Title: "dla uczestników", At: now(db), Audience: search.Members(here)},
			search.Document{ID: "4", Title: "dla zespołu", At: now(db), Audience: search.Holders(preview, here)},
			search.Document{ID: "5", Title: "dla zespołu szkic", Audience: search.Public.And(preview, here)},
			search.Document{ID: "6", Title: "dla innych uczestników", At: now(db), Audience: search.Members(there)})
		for _, c := range []struct {
			name string
			ctx  context.Context
			want int
		}{
			{"a visitor", t.Context(), 1},
			{"a person", access.With(t.Context(), &access.Actor{Person: "x"}), 1},
			{"who takes part", access.With(t.Context(), &access.Actor{Person: takingPart}), 2},
			{"an editor", as(t.Context(), access.Editor, access.InProgramme, here), 4},
			{"an observer", as(t.Context(), access.Observer, access.InProgramme, here), 1},
			{"an editor elsewhere", as(t.Context(), access.Editor, access.InProgramme, there), 1},
			{"an administrator", as(t.Context(), access.Administrator, access.Installation, ""), 4},
		} {
			if got := found(t, c.ctx, s, "dla"); strings.Count(got, "dla") != c.want {
				t.Errorf("%s finds %q, want %d", c.name, got, c.want)
			}
		}
		db.Clock().Advance(time.Hour)
		if got := found(t, t.Context(), s, "jutro"); got != "dla wszystkich jutro" {
			t.Errorf("when its time has come: %q", got)
		}
	})
}

func TestAHiddenProgrammeHidesEverythingOfIts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := service(db)
		put(t, db, search.Document{ID: one, Title: "Sprawa programu", Programme: here, At: now(db), Audience: search.Public.And(preview, here)})
		hide := func(hidden bool) {
			err := db.Write(t.Context(), func(tx *store.Tx) error { return search.Hide(t.Context(), tx, here, hidden) })
			if err != nil {
				t.Fatal(err)
			}
		}
		hide(true)
		hide(true)
		if got := found(t, t.Context(), s, "sprawa"); got != "" {
			t.Errorf("a visitor finds %q", got)
		}
		if got := found(t, as(t.Context(), access.Manager, access.InProgramme, here), s, "sprawa"); got == "" {
			t.Error("the team does not find it")
		}
		hide(false)
		if got := found(t, t.Context(), s, "sprawa"); got == "" {
			t.Error("shown again, it is not found")
		}
	})
}

func TestFiltersCountAndNarrow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := service(db)
		put(t, db,
			search.Document{Kind: "programme", ID: here, Programme: here, Title: "Rozmowy nad rzeką", At: now(db)},
			search.Document{ID: one, Programme: here, Title: "Pierwsza rozmowa", At: now(db)},
			search.Document{ID: two, Programme: there, Title: "Druga rozmowa", At: now(db)})
		f, err := s.Find(t.Context(), search.Parse("rozmowa"), search.Filter{Programme: here, Kind: "note"}, false, 0, 20)
		if err != nil || f.Total != 1 || f.Results[0].Title != "Pierwsza rozmowa" || f.Results[0].Within != "Rozmowy nad rzeką" {
			t.Errorf("narrowed: %+v, %v", f, err)
		}
		if len(f.Kinds) != 2 || f.Kinds[0].N != 1 || f.Kinds[1].N != 1 {
			t.Errorf("kinds of the programme: %+v", f.Kinds)
		}
		if len(f.Programmes) != 1 || f.Programmes[0].N != 1 || f.Programmes[0].Label != "Rozmowy nad rzeką" {
			t.Errorf("programmes of the kind, as far as they have a name: %+v", f.Programmes)
		}
		if f, err = s.Find(t.Context(), search.Parse("rozmowa"), search.Filter{}, true, 0, 1); err != nil || len(f.Results) != 2 || f.Total != 3 {
			t.Errorf("one of each kind: %+v, %v", f, err)
		}
	})
}

func TestExcerptsShowTheWordsAndNothingIsLost(t *testing.T) {
	text := strings.Repeat("Ala ma kota. ", 40) + "Tu jest <b>współpraca</b> i dalej. " + strings.Repeat("Koniec nie nadchodzi. ", 40)
	q := search.Parse("wspolpracy")
	var said, marked string
	for _, p := range q.Excerpt("pl", text) {
		said += p.Text
		if p.Match {
			marked += p.Text
		}
	}
	if marked != "współpraca" || !strings.HasPrefix(said, "… ") || !strings.HasSuffix(said, " …") || len(said) > 500 {
		t.Errorf("%q marks %q", said, marked)
	}
	said = ""
	for _, p := range q.Highlight("pl", text) {
		said += p.Text
	}
	if said != text {
		t.Error("the pieces are not the text")
	}
	for _, p := range search.Parse("nic").Excerpt("pl", "Krótki tekst.") {
		if p.Match || p.Text != "Krótki tekst." {
			t.Errorf("%+v", p)
		}
	}
}
