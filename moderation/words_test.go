package moderation_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/store"
)

func text(words string) moderation.Text {
	return moderation.Text{Kind: "note", Thing: article, Programme: wisla, Title: "Kronika", Words: words}
}

func TestListCatchesWordsInAnyForm(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		must(t, b.SetWords(b.as(admin), moderation.WordList{Words: "kasyno"}))
		must(t, b.SetWords(b.as(anna), moderation.WordList{Programme: wisla, Words: "szybki kredyt\npożycz*\nspam.example\nżółw"}))
		for words, waits := range map[string]bool{
			"Zwykłe słowa o mieszkańcach.":         false,
			"Najlepsze KASYNA w sieci":             true,
			"w kasynie":                            true,
			"kasynowy":                             false,
			"przed szybkim kredytem":               true,
			"szybkiego KREDYTU!":                   true,
			"kredyt, i to szybki":                  false,
			"szybki":                               false,
			"Pożyczki bez BIK":                     true,
			"pozyczymy":                            true,
			"Zobacz https://SPAM.example/a":        true,
			"spam i example":                       false,
			"zolwie":                               true,
			"Zobacz https://example.org/regulamin": false,
			"":                                     false,
		} {
			b.exec(`DELETE FROM moderation_case`)
			b.exec(`DELETE FROM moderation_count`)
			got, err := b.write(ewa, text(words))
			if err != nil || got != waits {
				t.Errorf("%q waits: %v, %v", words, got, err)
			}
			if veil := b.veil(article); (veil != nil) != waits {
				t.Errorf("%q: veil %+v", words, veil)
			}
		}
	})
}

func TestCaughtTextIsShownOnceSomebodyHasLooked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		must(t, b.SetWords(b.as(anna), moderation.WordList{Programme: wisla, Words: "kasyno", Links: true}))
		waits, err := b.write(ewa, text("Było tu kasyno."))
		must(t, err)
		if veil := b.veil(article); !waits || veil == nil || veil.State != moderation.Open {
			t.Fatalf("%v, %+v", waits, veil)
		}
		own := b.browser(ewa).Get(moderation.OwnPath).Want(t, http.StatusOK)
		if !strings.Contains(own.Text("main"), "czeka na sprawdzenie") {
			t.Errorf("the author reads %q", own.Text("main"))
		}
		id, version := b.live(article)
		if _, err := b.write(ewa, text("Było tu kasyno, w 1910 roku.")); err != nil {
			t.Fatal(err)
		}
		if err := b.Leave(b.as(anna), id, version, ""); !fault.Is(err, fault.KindConflict) {
			t.Errorf("a decision on words that have changed: %v", err)
		}
		_, version = b.live(article)
		must(t, b.Leave(b.as(anna), id, version, ""))
		if got := b.told(ewa); b.veil(article) != nil || got != "moderation.shown" {
			t.Errorf("veil %+v, told %q", b.veil(article), got)
		}
		if waits, err := b.write(ewa, text("Kasyno z 1910 roku.")); err != nil || waits {
			t.Errorf("what was looked at waits again: %v, %v", waits, err)
		}
		if waits, err := b.write(ewa, text("Kasyno: https://spam.example")); err != nil || !waits {
			t.Errorf("another entry does not wait: %v, %v", waits, err)
		}
	})
}

func TestPlaceThatLooksFirstShowsNothingBefore(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	first := text("Cokolwiek.")
	first.When = moderation.Before
	if waits, err := b.write(ewa, first); err != nil || !waits {
		t.Errorf("%v, %v", waits, err)
	}
	b.exec(`DELETE FROM moderation_case`)
	if waits, err := b.write(anna, first); err != nil || waits {
		t.Errorf("a moderator's own text waits: %v, %v", waits, err)
	}
	first.Unchanged = true
	if waits, err := b.write(ewa, first); err != nil || waits {
		t.Errorf("the same words wait: %v, %v", waits, err)
	}
}

func TestEditedHiddenTextStaysHidden(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	b.hidden()
	if waits, err := b.write(ewa, text("Same grzeczne słowa.")); err != nil || !waits || b.veil(article).State != moderation.Hidden {
		t.Errorf("%v, %v, %+v", waits, err, b.veil(article))
	}
}

func TestListSaysWhichLineCannotBeMeant(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	for _, words := range []string{"*", "a", "kredyt\n.", "??", strings.Repeat("a", 101), strings.Repeat("słowo\n", 1) + strings.Repeat("x", 2)} {
		if err := b.SetWords(b.as(anna), moderation.WordList{Programme: wisla, Words: words}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%.20q: %v", words, err)
		}
	}
	var many strings.Builder
	for i := range 501 {
		fmt.Fprintf(&many, "słowo%d\n", i)
	}
	if err := b.SetWords(b.as(anna), moderation.WordList{Programme: wisla, Words: many.String()}); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("too many: %v", err)
	}
	browser, at := b.browser(anna), "/programy/wisla/moderacja/slowa"
	browser.Post(at, "words", "kasyno\n\n  kasyno \nszybki   kredyt", "links", "1", "version", "0").Want(t, http.StatusSeeOther)
	if page := browser.Get(at).Want(t, http.StatusOK); page.Value("words") != "kasyno\nszybki kredyt" || page.Value("version") != "1" {
		t.Errorf("kept %q of version %q", page.Value("words"), page.Value("version"))
	}
	browser.Post(at, "words", "inne", "version", "0").Want(t, http.StatusConflict)
	b.browser(piotr).Get(at).Want(t, http.StatusForbidden)
}

func TestNewAccountPublishesAFewTextsAtATime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		for i := range 5 {
			if _, err := b.write(ewa, text(fmt.Sprint("Tekst ", i))); err != nil {
				t.Fatalf("text %d: %v", i+1, err)
			}
		}
		_, err := b.write(ewa, text("Szósty"))
		if f := fault.Of(err); !fault.Is(err, fault.KindLimited) || fmt.Sprint(f.Args) != "[Most 5 When 11 czerwca 2014, 13:00]" {
			t.Errorf("the sixth: %v", err)
		}
		if _, err := b.write(piotr, text("Ktoś inny z tej samej sieci")); err != nil {
			t.Errorf("another account: %v", err)
		}
		db.Clock().Advance(time.Hour)
		if _, err := b.write(ewa, text("Po godzinie")); err != nil {
			t.Errorf("after an hour: %v", err)
		}
		db.Clock().Advance(7 * 24 * time.Hour)
		for i := range 30 {
			if _, err := b.write(ewa, text(fmt.Sprint("Znana osoba ", i))); err != nil {
				t.Fatalf("an account that is not new, text %d: %v", i+1, err)
			}
		}
	})
}

func TestVisitorsFloodNothing(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	things := make([]store.ID, 80)
	for i := range things {
		things[i] = store.NewID()
		b.things = append(b.things, moderation.Thing{ID: things[i], Title: "T", Path: "/t", Public: true})
	}
	refusedAt := func(report func(i int) error) int {
		for i := range things {
			if err := report(i); fault.Is(err, fault.KindLimited) {
				return i
			} else if err != nil {
				t.Fatal(err)
			}
		}
		return -1
	}
	if n := refusedAt(func(i int) error { return b.Report(b.visitor("jeden", false), "note", things[i], spam, "10.0.0.1") }); n != 10 {
		t.Errorf("one browser is stopped after %d", n)
	}
	if n := refusedAt(func(i int) error {
		return b.Report(b.visitor(fmt.Sprint("nowy", i), true), "note", things[i], spam, "10.0.0.1")
	}); n != 60 {
		t.Errorf("browsers that are new each time are stopped after %d", n)
	}
	must(t, b.Report(b.as(piotr), "note", article, spam, "10.0.0.1"))
	must(t, b.Report(b.visitor("znany", false), "note", article, spam, "10.0.0.1"))
	must(t, b.Report(b.visitor("nowy", true), "note", article, spam, "10.0.0.2"))
}
