package news_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/store"
)

func TestStateFollowsTheClock(t *testing.T) {
	at := storetest.Start
	for _, tt := range []struct {
		name    string
		article news.Article
		now     time.Time
		want    news.State
	}{
		{"without a time it is a draft", news.Article{}, at, news.Draft},
		{"a microsecond before its time it is scheduled", news.Article{PublishAt: store.At(at)}, at.Add(-time.Microsecond), news.Scheduled},
		{"at its time it is published", news.Article{PublishAt: store.At(at)}, at, news.Published},
		{"withdrawn stays withdrawn", news.Article{PublishAt: store.At(at), WithdrawnAt: store.At(at)}, at.AddDate(1, 0, 0), news.Withdrawn},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.article.At(tt.now); got != tt.want {
				t.Errorf("state = %s, want %s", got, tt.want)
			}
		})
	}
}

func TestScheduledArticleAppearsAtItsMicrosecond(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		at := storetest.Start.Add(time.Hour)
		a := w.published(w.full("Zaplanowany"), at)
		visible := func() (page, list, feed bool) {
			b := w.Visitor()
			return b.Get(a.Path()).Status == 200, strings.Contains(b.Get("/aktualnosci").Body, "Zaplanowany"),
				strings.Contains(b.Get("/aktualnosci.atom").Body, "Zaplanowany")
		}
		w.DB.Clock().Set(at.Add(-time.Microsecond))
		if page, list, feed := visible(); page || list || feed {
			t.Errorf("before its time: page %v, list %v, feed %v", page, list, feed)
		}
		w.DB.Clock().Set(at)
		if page, list, feed := visible(); !page || !list || !feed {
			t.Errorf("at its time: page %v, list %v, feed %v", page, list, feed)
		}
	})
}

func TestPublicationDemandsCompleteness(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.draft(news.Content{Language: "pl"})
		_, err := w.news.Publish(w.as(w.editorID), a.Programme, a.ID, a.Version, storetest.Start)
		f := fault.Of(err)
		if f == nil {
			t.Fatalf("published an empty article: %v", err)
		}
		var fields []string
		for _, field := range f.Fields {
			fields = append(fields, field.Name)
		}
		if want := []string{"title", "lead", "body", "organisation"}; !slices.Equal(fields, want) {
			t.Errorf("missing %v, want %v", fields, want)
		}
	})
}

func TestPictureWithoutDescriptionIsNotPublished(t *testing.T) {
	c := news.Content{Title: "T", Lead: "L", Body: "B", Language: "pl",
		Details: news.Details{Organisation: "x", Picture: &news.Picture{File: "y"}}}
	if f := fault.Of(c.Complete()); f == nil || f.Fields[0].Name != "alt" {
		t.Errorf("complete: %v", c.Complete())
	}
	c.Picture.Alt = "Uczestnicy przy stole"
	if err := c.Complete(); err != nil {
		t.Error(err)
	}
}

func TestParallelSavesGetDifferentAddresses(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const savers = 12
		slugs := make([]string, savers)
		var group sync.WaitGroup
		for i := range savers {
			group.Go(func() {
				a, err := w.news.Begin(w.as(w.editorID), w.programme, store.NewID(), w.full("Ten sam tytuł"))
				if err != nil {
					t.Error(err)
				}
				slugs[i] = a.Slug
			})
		}
		group.Wait()
		slices.Sort(slugs)
		if len(slices.Compact(slices.Clone(slugs))) != savers || slugs[0] != "ten-sam-tytul" {
			t.Errorf("addresses = %v", slugs)
		}
	})
}

func TestAddressOfADraftFollowsItsTitleAndThenStays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(w.editorID)
		a := w.draft(w.full("Pierwszy tytuł"))
		a = must[news.Article](t)(w.news.Revise(ctx, a.Programme, a.ID, a.Version, w.full("Drugi tytuł")))
		if a.Slug != "drugi-tytul" {
			t.Errorf("the draft's address is %s", a.Slug)
		}
		a = must[news.Article](t)(w.news.Publish(ctx, a.Programme, a.ID, a.Version, storetest.Start))
		a = must[news.Article](t)(w.news.Revise(ctx, a.Programme, a.ID, a.Version, w.full("Trzeci tytuł")))
		if a.Slug != "drugi-tytul" {
			t.Errorf("after publication the address became %s", a.Slug)
		}
		a = must[news.Article](t)(w.news.Readdress(ctx, a.Programme, a.ID, a.Version))
		if a.Slug != "trzeci-tytul" {
			t.Errorf("asked for, the address is %s", a.Slug)
		}
		for _, old := range []string{"pierwszy-tytul", "drugi-tytul"} {
			page := w.Visitor().Get("/programy/wspolpraca/aktualnosci/" + old)
			if page.Status != 301 || page.Header.Get("Location") != a.Path() {
				t.Errorf("%s: %d to %q", old, page.Status, page.Header.Get("Location"))
			}
		}
		if b := w.draft(w.full("Pierwszy tytuł")); b.Slug != "pierwszy-tytul-2" {
			t.Errorf("an old address was given away: %s", b.Slug)
		}
	})
}

func TestReservedAndEmptyTitlesGetAnAddress(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	for _, tt := range []struct{ title, want string }{
		{"Nowa", "nowa-2"}, {"Redakcja", "redakcja-2"}, {"", "artykul"}, {"Привіт", "artykul-2"}, {"Łąka: „źródło”", "laka-zrodlo"},
	} {
		if got := w.draft(w.full(tt.title)).Slug; got != tt.want {
			t.Errorf("%q: %s, want %s", tt.title, got, tt.want)
		}
	}
}

func TestStaleVersionIsAConflict(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(w.editorID)
		a := w.draft(w.full("Szkic"))
		must[news.Article](t)(w.news.Revise(ctx, a.Programme, a.ID, a.Version, w.full("Pierwsza zmiana")))
		for name, err := range map[string]error{
			"revise":  second(w.news.Revise(ctx, a.Programme, a.ID, a.Version, w.full("Druga zmiana"))),
			"publish": second(w.news.Publish(ctx, a.Programme, a.ID, a.Version, storetest.Start)),
			"restore": second(w.news.Restore(ctx, a.Programme, a.ID, a.Version, 1)),
			"delete":  w.news.Delete(ctx, a.Programme, a.ID, a.Version),
		} {
			if !fault.Is(err, fault.KindConflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestOfParallelRevisionsOneIsSaved(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.draft(w.full("Szkic"))
		errs := make([]error, 8)
		var group sync.WaitGroup
		for i := range errs {
			group.Go(func() {
				_, errs[i] = w.news.Revise(w.as(w.editorID), a.Programme, a.ID, a.Version, w.full(fmt.Sprintf("Zmiana %d", i)))
			})
		}
		group.Wait()
		saved := 0
		for _, err := range errs {
			switch {
			case err == nil:
				saved++
			case !fault.Is(err, fault.KindConflict):
				t.Error(err)
			}
		}
		if n := w.count(`SELECT count(*) FROM news_revision WHERE article = $1`, a.ID); saved != 1 || n != 2 {
			t.Errorf("%d saved, %d revisions", saved, n)
		}
	})
}

func TestFormSentTwiceMakesOneArticle(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, ctx := store.NewID(), w.as(w.editorID)
		first := must[news.Article](t)(w.news.Begin(ctx, w.programme, id, w.full("Raz")))
		again := must[news.Article](t)(w.news.Begin(ctx, w.programme, id, w.full("Raz")))
		if first.ID != again.ID || w.count(`SELECT count(*) FROM news_article`) != 1 {
			t.Errorf("made %s and %s", first.ID, again.ID)
		}
		if _, err := w.news.Begin(ctx, w.programme, id, w.full("Inne słowa")); !fault.Is(err, fault.KindConflict) {
			t.Errorf("other words under the same id: %v", err)
		}
		if _, err := w.news.Begin(ctx, w.other, id, w.full("Raz")); err == nil {
			t.Error("the id of another programme's article was taken")
		}
	})
}

func TestRestoreMakesANewRevision(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(w.editorID)
		a := w.draft(w.full("Pierwsza"))
		a = must[news.Article](t)(w.news.Revise(ctx, a.Programme, a.ID, a.Version, w.full("Druga")))
		a = must[news.Article](t)(w.news.Restore(ctx, a.Programme, a.ID, a.Version, 1))
		if a.Title != "Pierwsza" || a.Revision != 3 {
			t.Errorf("restored %q as revision %d", a.Title, a.Revision)
		}
		if n := w.count(`SELECT restored_from FROM news_revision WHERE article = $1 AND number = 3`, a.ID); n != 1 {
			t.Errorf("restored from %d", n)
		}
	})
}

func TestPublishedArticleStaysComplete(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(w.editorID)
		a := w.draft(news.Content{Title: "Tylko tytuł", Language: "pl"})
		a = must[news.Article](t)(w.news.Revise(ctx, a.Programme, a.ID, a.Version, w.full("Pełny")))
		a = must[news.Article](t)(w.news.Publish(ctx, a.Programme, a.ID, a.Version, storetest.Start))
		empty := w.full("Bez treści")
		empty.Body = ""
		if _, err := w.news.Revise(ctx, a.Programme, a.ID, a.Version, empty); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("the text of a published article was taken away: %v", err)
		}
		if _, err := w.news.Restore(ctx, a.Programme, a.ID, a.Version, 1); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("an incomplete revision came before the public: %v", err)
		}
	})
}

func TestOnlyTheProgrammesOwnThingsAreNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(w.editorID)
		for name, set := range map[string]func(*news.Content){
			"organisation": func(c *news.Content) { c.Organisation = w.stranger },
			"place":        func(c *news.Content) { c.Places = []string{"9999999"} },
			"file":         func(c *news.Content) { c.Files = []news.File{{ID: store.NewID(), Name: "x.pdf"}} },
			"picture":      func(c *news.Content) { c.Picture = &news.Picture{File: store.NewID(), Alt: "x"} },
			"language":     func(c *news.Content) { c.Language = "xx" },
		} {
			c := w.full("Cudze")
			set(&c)
			if _, err := w.news.Begin(ctx, w.programme, store.NewID(), c); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		c := w.full("Cudzy cel")
		c.Goals = []store.ID{w.otherGoal, w.goal}
		a := w.published(c, storetest.Start)
		served := must[[]store.ID](t)(programme.Served(ctx, w.DB, "news", a.ID))
		if !slices.Equal(served, []store.ID{w.goal}) {
			t.Errorf("serves %v, want only the own goal", served)
		}
	})
}

func TestGoalsAreServedWhileTheArticleIsPublic(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(w.editorID)
		c := w.full("Służy celowi")
		c.Goals = []store.ID{w.goal}
		a := w.draft(c)
		serves := func() int {
			t.Helper()
			return len(must[[]store.ID](t)(programme.Served(ctx, w.DB, "news", a.ID)))
		}
		if serves() != 0 {
			t.Error("a draft serves a goal")
		}
		a = must[news.Article](t)(w.news.Publish(ctx, a.Programme, a.ID, a.Version, storetest.Start))
		if serves() != 1 {
			t.Error("a published article serves no goal")
		}
		a = must[news.Article](t)(w.news.Withdraw(ctx, a.Programme, a.ID, a.Version, "Odwołane"))
		if serves() != 0 {
			t.Error("a withdrawn article serves a goal")
		}
		a = must[news.Article](t)(w.news.Return(ctx, a.Programme, a.ID, a.Version))
		a = must[news.Article](t)(w.news.Revise(ctx, a.Programme, a.ID, a.Version, w.full("Już nie służy")))
		if serves() != 0 {
			t.Error("a goal taken out of the article is still served")
		}
	})
}

func TestVerbsKnowWhatStateTheyLeave(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(w.editorID)
		draft := w.draft(w.full("Szkic"))
		public := w.published(w.full("Publiczny"), storetest.Start)
		gone := w.published(w.full("Wycofany"), storetest.Start)
		gone = must[news.Article](t)(w.news.Withdraw(ctx, gone.Programme, gone.ID, gone.Version, "Pomyłka"))
		for name, err := range map[string]error{
			"withdraw a draft":          second(w.news.Withdraw(ctx, draft.Programme, draft.ID, draft.Version, "x")),
			"return a draft":            second(w.news.Return(ctx, draft.Programme, draft.ID, draft.Version)),
			"unschedule a draft":        second(w.news.Unschedule(ctx, draft.Programme, draft.ID, draft.Version)),
			"publish twice":             second(w.news.Publish(ctx, public.Programme, public.ID, public.Version, storetest.Start)),
			"delete what is public":     w.news.Delete(ctx, public.Programme, public.ID, public.Version),
			"withdraw without a reason": second(w.news.Withdraw(ctx, public.Programme, public.ID, public.Version, "")),
			"publish what is withdrawn": second(w.news.Publish(ctx, gone.Programme, gone.ID, gone.Version, storetest.Start)),
			"delete what was public":    w.news.Delete(ctx, gone.Programme, gone.ID, gone.Version),
		} {
			if !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestForeignProgrammeDoesNotKnowTheArticle(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.published(w.full("Swój"), storetest.Start)
		ctx := w.as(w.foreignID)
		for name, err := range map[string]error{
			"revise":   second(w.news.Revise(ctx, w.other, a.ID, a.Version, w.full("Cudzy"))),
			"restore":  second(w.news.Restore(ctx, w.other, a.ID, a.Version, 1)),
			"withdraw": second(w.news.Withdraw(ctx, w.other, a.ID, a.Version, "x")),
			"delete":   w.news.Delete(ctx, w.other, a.ID, a.Version),
		} {
			if !fault.Is(err, fault.KindNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestDeletedDraftLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.withFiles("Z plikami")
		if len(w.blobKeys()) == 0 {
			t.Fatal("no file was kept")
		}
		if err := w.news.Delete(w.as(w.editorID), a.Programme, a.ID, a.Version); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"news_article", "news_revision", "news_address", "news_tag", "news_place", "news_file", "news_act"} {
			if n := w.count(`SELECT count(*) FROM ` + table); n != 0 {
				t.Errorf("%d rows left in %s", n, table)
			}
		}
		if keys := w.blobKeys(); len(keys) != 0 {
			t.Errorf("files left: %v", keys)
		}
	})
}

func TestCancelledSaveLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, cancel := context.WithCancel(w.as(w.editorID))
		cancel()
		if _, err := w.news.Begin(ctx, w.programme, store.NewID(), w.full("Nigdy")); !errors.Is(err, context.Canceled) {
			t.Errorf("err = %v", err)
		}
		if n := w.count(`SELECT count(*) FROM news_article`); n != 0 {
			t.Errorf("%d articles", n)
		}
	})
}
