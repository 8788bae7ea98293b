package moderation_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/store"
)

func TestAppealIsDecidedByAnother(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		id, _ := b.hidden()
		if err := b.AppealCase(b.as(piotr), id, "To nie ja."); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("who did not write it: %v", err)
		}
		must(t, b.AppealCase(b.as(ewa), id, "Poprawię odnośnik."))
		if err := b.AppealCase(b.as(ewa), id, "I jeszcze raz."); !fault.Is(err, fault.KindConflict) {
			t.Errorf("twice: %v", err)
		}
		if n := one[int](b, `SELECT count(*) FROM desk_item WHERE kind = 'moderation.appeal' AND to_role = 'manager'`); n != 1 {
			t.Errorf("%d appeals on desks of managers", n)
		}
		if err := b.Answer(b.as(anna), id, true, "Tak."); !fault.Is(err, fault.KindInvalid) || b.veil(article) == nil {
			t.Errorf("who has hidden it: %v", err)
		}
		if err := b.Answer(b.as(piotr), id, true, "Tak."); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("a reader: %v", err)
		}
		must(t, b.Answer(b.as(jan), id, true, "Odnośnik zniknął."))
		if b.veil(article) != nil || b.told(ewa) != "moderation.hidden moderation.shown" {
			t.Errorf("veil %+v, told %s", b.veil(article), b.told(ewa))
		}
		if err := b.Answer(b.as(jan), id, false, "Jednak nie."); !fault.Is(err, fault.KindConflict) {
			t.Errorf("twice: %v", err)
		}
	})
}

func TestRejectedAppealLeavesTheTextHiddenAndBothAreTold(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	id, _ := b.hidden()
	must(t, b.AppealCase(b.as(ewa), id, "Proszę."))
	if err := b.Answer(b.as(jan), id, false, ""); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("without an answer: %v", err)
	}
	must(t, b.Answer(b.as(jan), id, false, "To nadal reklama."))
	if b.veil(article) == nil || !strings.Contains(b.told(ewa), "moderation.rejected") || b.told(anna) != "moderation.answered" {
		t.Errorf("veil %+v, told %s and %s", b.veil(article), b.told(ewa), b.told(anna))
	}
	if n := one[int](b, `SELECT count(*) FROM desk_item`); n != 0 {
		t.Errorf("%d items still wait", n)
	}
	page := b.browser(ewa).Get("/moderacja/"+string(id)).Want(t, http.StatusOK)
	if !strings.Contains(page.Text("main"), "To nadal reklama.") || page.Count("textarea") != 0 {
		t.Errorf("the author reads %q", page.Text("main"))
	}
}

func TestAppealWithoutAnotherManagerWaitsForAdministrators(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	delete(b.grants, jan)
	id, _ := b.hidden()
	must(t, b.AppealCase(b.as(ewa), id, "Proszę."))
	if n := one[int](b, `SELECT count(*) FROM desk_item WHERE kind = 'moderation.appeal' AND to_role = 'administrator'`); n != 1 {
		t.Errorf("%d appeals on desks of administrators", n)
	}
	must(t, b.Answer(b.as(admin), id, true, "Dobrze."))
}

// Whoever may decide about texts is another person, whatever the role.
func TestAppealWaitsForFacilitatorsWhereThereIsNoOtherManager(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	b.grants[jan] = []access.Grant{{Role: access.Facilitator, Scope: access.InProgramme, ID: wisla, Slug: "wisla"}}
	id, _ := b.hidden()
	must(t, b.AppealCase(b.as(ewa), id, "Proszę."))
	if got := one[string](b, `SELECT to_role FROM desk_item WHERE kind = 'moderation.appeal'`); got != "facilitator" {
		t.Errorf("it waits for %s", got)
	}
	must(t, b.BlockPerson(b.as(anna), moderation.NewBlock{Person: piotr, Programme: inWisla, Days: 7, Reason: "Reklamy."}))
	must(t, b.AppealBlock(b.as(piotr), one[store.ID](b, `SELECT id FROM moderation_block`), inWisla, "Proszę."))
	if got := one[string](b, `SELECT to_role FROM desk_item WHERE kind = 'moderation.block_appeal'`); got != "administrator" {
		t.Errorf("the appeal against a block waits for %s", got)
	}
	must(t, b.Answer(b.as(jan), id, true, "Dobrze."))
}

// A manager whose text an administrator has hidden is not the other person.
func TestNobodyDecidesAboutTheirOwnText(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	b.grants[ewa] = b.grants[anna]
	delete(b.grants, jan)
	delete(b.grants, anna)
	id, version := b.reported(article)
	if err := b.Leave(b.as(ewa), id, version, ""); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("leaves it: %v", err)
	}
	if page := b.browser(ewa).Get("/programy/wisla/moderacja").Want(t, http.StatusOK); page.Count("main input[type=checkbox]") != 0 {
		t.Error("her own case can be ticked")
	}
	must(t, b.Hide(b.as(admin), id, version, "Reklama."))
	must(t, b.AppealCase(b.as(ewa), id, "Proszę."))
	if got := one[string](b, `SELECT to_role FROM desk_item WHERE kind = 'moderation.appeal'`); got != "administrator" {
		t.Errorf("it waits for %s", got)
	}
	page := b.browser(ewa).Get("/programy/wisla/moderacja/sprawy/"+string(id)).Want(t, http.StatusOK)
	if page.Count("main textarea") != 0 || !strings.Contains(page.Text("main"), "rozstrzyga o nim inna osoba") {
		t.Errorf("she reads %q", page.Text("main"))
	}
	for _, err := range []error{b.Answer(b.as(ewa), id, true, "Tak."), b.Restore(b.as(ewa), id, version+1, "Tak.")} {
		if !fault.Is(err, fault.KindInvalid) || b.veil(article) == nil {
			t.Errorf("shows it again: %v", err)
		}
	}
	must(t, b.Answer(b.as(second), id, true, "Dobrze."))
}

func TestAppealAfterItsTermIsRefused(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	id, _ := b.hidden()
	b.db.Clock().Advance(14*24*time.Hour - time.Second)
	if page := b.browser(ewa).Get("/moderacja/" + string(id)); page.Count("textarea") != 1 {
		t.Error("no appeal in the last second")
	}
	b.db.Clock().Advance(time.Second)
	if err := b.AppealCase(b.as(ewa), id, "Proszę."); !fault.Is(err, fault.KindClosed) {
		t.Errorf("late: %v", err)
	}
	page := b.browser(ewa).Get("/moderacja/"+string(id)).Want(t, http.StatusOK)
	if page.Count("textarea") != 0 || !strings.Contains(page.Text("main"), "Termin odwołania minął") {
		t.Errorf("the author reads %q", page.Text("main"))
	}
}

// An appeal that is answered while another moderator restores the text: one of
// them counts, the text is shown once, nothing waits afterwards.
func TestAppealAndRestoreAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for range 5 {
			b := newTown(t, db)
			id, version := b.hidden()
			must(t, b.AppealCase(b.as(ewa), id, "Proszę."))
			var answered, restored error
			var wg sync.WaitGroup
			wg.Go(func() { answered = b.Answer(b.as(jan), id, true, "Tak.") })
			wg.Go(func() { restored = b.Restore(b.as(admin), id, version, "Pomyłka.") })
			wg.Wait()
			if (answered == nil) == (restored == nil) {
				t.Errorf("answered: %v, restored: %v", answered, restored)
			}
			for _, err := range []error{answered, restored} {
				if err != nil && !fault.Is(err, fault.KindConflict) {
					t.Errorf("the slower one: %v", err)
				}
			}
			if state := one[string](b, `SELECT state FROM moderation_appeal`); state != "upheld" || b.veil(article) != nil {
				t.Errorf("the appeal is %s, the veil %+v", state, b.veil(article))
			}
			if n := one[int](b, `SELECT count(*) FROM desk_item`); n != 0 {
				t.Errorf("%d items still wait", n)
			}
			b.clear()
		}
	})
}

func TestAuthorLearnsNothingOfAReportThatWaits(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	id, _ := b.reported(article)
	b.browser(ewa).Get("/moderacja/"+string(id)).Want(t, http.StatusNotFound)
	if page := b.browser(ewa).Get(moderation.OwnPath).Want(t, http.StatusOK); page.Count("main .task") != 0 {
		t.Errorf("the author reads %q", page.Text("main"))
	}
	b.browser(anna).Get("/moderacja/"+string(id)).Want(t, http.StatusSeeOther)
	if page := b.browser(piotr).Get(moderation.OwnPath).Want(t, http.StatusOK); !strings.Contains(page.Text("main"), "Czeka na sprawdzenie") {
		t.Errorf("the reporter reads %q", page.Text("main"))
	}
}
