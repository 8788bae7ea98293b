package moderation_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/store"
)

var inWisla = moderation.Place{ID: wisla, Title: "Program Wisła", Path: "/programy/wisla"}

func (b *town) refused(person store.ID, programme string) error {
	return b.Refuse(b.as(person), &access.Actor{Person: person}, programme)
}

func TestBlockCountsWhereItWasSetAndEndsByTheClock(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		must(t, b.BlockPerson(b.as(anna), moderation.NewBlock{Person: ewa, Programme: inWisla, Days: 7, Reason: "Reklamy."}))
		for _, place := range []string{"wisla", string(wisla)} {
			if err := b.refused(ewa, place); !fault.Is(err, fault.KindForbidden) {
				t.Errorf("in %s: %v", place, err)
			}
		}
		for _, place := range []string{"", "inny"} {
			if err := b.refused(ewa, place); err != nil {
				t.Errorf("in %q: %v", place, err)
			}
		}
		if err := b.refused(piotr, "wisla"); err != nil {
			t.Errorf("another: %v", err)
		}
		if got := b.told(ewa); got != "moderation.blocked" {
			t.Errorf("told %q", got)
		}
		db.Clock().Advance(7*24*time.Hour - time.Second)
		if err := b.refused(ewa, "wisla"); err == nil {
			t.Error("it ended too early")
		}
		db.Clock().Advance(time.Second)
		if err := b.refused(ewa, "wisla"); err != nil {
			t.Errorf("after its term: %v", err)
		}
		must(t, b.BlockPerson(b.as(admin), moderation.NewBlock{Person: ewa, Reason: "Dalej reklamy."}))
		db.Clock().Advance(1000 * 24 * time.Hour)
		for _, place := range []string{"", "wisla", "inny"} {
			if err := b.refused(ewa, place); err == nil {
				t.Errorf("a block without an end does not count in %q", place)
			}
		}
	})
}

func TestRefusalSaysWhyAndUntilWhen(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	must(t, b.BlockPerson(b.as(admin), moderation.NewBlock{Person: piotr, Days: 1, Reason: "Reklamy w zgłoszeniach."}))
	page := b.browser(piotr).Post("/zglos/notatka/"+string(article), "reason", "spam").Want(t, http.StatusForbidden)
	says := func(text string) bool {
		return strings.Contains(text, "Reklamy w zgłoszeniach.") && strings.Contains(text, "12 czerwca 2014, 12:00")
	}
	if text := page.Text("main"); !says(text) || page.Count(`main a[href="`+moderation.OwnPath+`"]`) != 1 {
		t.Errorf("the page reads %q", text)
	}
	if page := b.browser(piotr).Get("/zglos/notatka/"+string(article)).Want(t, http.StatusOK); !says(page.Text("form .message")) ||
		page.Count(`form .message a[href="`+moderation.OwnPath+`"]`) != 1 {
		t.Errorf("above the form stands %q", page.Text("form .message"))
	}
	if page := b.browser(ewa).Get("/zglos/notatka/"+string(article)).Want(t, http.StatusOK); page.Count("form .message") != 0 {
		t.Errorf("another reads %q", page.Text("form .message"))
	}
	if page := b.browser(piotr).Get(moderation.OwnPath).Want(t, http.StatusOK); !strings.Contains(page.Text(".person-state"), "Reklamy w zgłoszeniach.") {
		t.Errorf("their own page reads %q", page.Text("main"))
	}
}

func TestBlockIsAppealedAndLifted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		must(t, b.BlockPerson(b.as(anna), moderation.NewBlock{Person: ewa, Programme: inWisla, Days: 30, Reason: "Reklamy."}))
		id := one[store.ID](b, `SELECT id FROM moderation_block`)
		own := b.browser(ewa)
		own.Get("/moderacja/blokada/"+string(id)).Want(t, http.StatusOK)
		b.browser(piotr).Get("/moderacja/blokada/"+string(id)).Want(t, http.StatusNotFound)
		own.Post("/moderacja/blokada/"+string(id)+"/odwolanie", "words", "").Want(t, http.StatusUnprocessableEntity)
		own.Post("/moderacja/blokada/"+string(id)+"/odwolanie", "words", "Już nie będę.").Want(t, http.StatusSeeOther)
		at := "/programy/wisla/moderacja/blokady/" + string(id)
		if page := b.browser(anna).Get(at).Want(t, http.StatusOK); page.Count(`[value="uphold"]`) != 0 || page.Count(`[value="lift"]`) != 1 {
			t.Error("who has blocked may judge the appeal")
		}
		b.browser(anna).Post(at, "version", "1", "decision", "uphold", "reason", "Dobrze.").Want(t, http.StatusConflict)
		b.browser(jan).Post(at, "version", "1", "decision", "uphold", "reason", "Dobrze.").Want(t, http.StatusSeeOther)
		if err := b.refused(ewa, "wisla"); err != nil {
			t.Errorf("after the appeal: %v", err)
		}
		if got := b.told(ewa); got != "moderation.blocked moderation.lifted" {
			t.Errorf("told %q", got)
		}
	})
}

func TestStaffIsNotBlockedWhereItWorks(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	for _, person := range []store.ID{jan, anna} {
		if err := b.BlockPerson(b.as(anna), moderation.NewBlock{Person: person, Programme: inWisla, Reason: "x"}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%v", err)
		}
	}
	must(t, b.BlockPerson(b.as(anna), moderation.NewBlock{Person: ewa, Programme: inWisla, Reason: "x"}))
	if err := b.BlockPerson(b.as(jan), moderation.NewBlock{Person: ewa, Programme: inWisla, Reason: "x"}); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("twice: %v", err)
	}
	page := b.browser(anna)
	page.Post("/programy/wisla/moderacja/blokady", "email", "nikt@example.org", "days", "7", "reason", "x").Want(t, http.StatusUnprocessableEntity)
	page.Post("/programy/wisla/moderacja/blokady", "email", "piotr-czytelnik@example.org", "days", "5", "reason", "x").Want(t, http.StatusUnprocessableEntity)
	page.Post("/programy/wisla/moderacja/blokady", "email", "piotr-czytelnik@example.org", "days", "7", "reason", "x").Want(t, http.StatusSeeOther)
}
