package moderation_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/store"
)

func TestSeveralReportsAreOneCase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		must(t, b.Report(b.as(piotr), "note", article, spam, "10.0.0.1"))
		must(t, b.Report(b.as(jan), "note", article, moderation.Report{Reason: "other", Words: "Zdanie drugie."}, "10.0.0.1"))
		must(t, b.Report(b.visitor("a", true), "note", article, spam, "10.0.0.1"))
		must(t, b.Report(b.visitor("b", true), "note", article, spam, "10.0.0.1"))
		if n, m := one[int](b, `SELECT count(*) FROM moderation_case`), one[int](b, `SELECT count(*) FROM moderation_report`); n != 1 || m != 4 {
			t.Errorf("%d cases, %d reports", n, m)
		}
		for _, err := range []error{b.Report(b.as(piotr), "note", article, spam, "10.0.0.2"), b.Report(b.visitor("a", false), "note", article, spam, "10.0.0.2")} {
			if !errors.Is(err, moderation.ErrReported) {
				t.Errorf("once more: %v", err)
			}
		}
		if n := one[int](b, `SELECT count(*) FROM desk_item WHERE kind = 'moderation.case' AND to_role = 'manager' AND place = $1`, wisla); n != 1 {
			t.Errorf("%d items on desks", n)
		}
		if b.veil(article) != nil {
			t.Error("a report alone hides the text")
		}
	})
}

func TestOnlyWhatTheReporterReadsCanBeReported(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	for name, err := range map[string]error{
		"a draft of others": b.Report(b.as(piotr), "note", draft, spam, ""),
		"nothing":           b.Report(b.as(piotr), "note", anna, spam, ""),
		"another kind":      b.Report(b.as(piotr), "king", article, spam, ""),
	} {
		if !fault.Is(err, fault.KindNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, b.Report(b.as(anna), "note", draft, spam, ""))
	b.hidden()
	if err := b.Report(b.as(jan), "note", article, spam, ""); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("a hidden text: %v", err)
	}
	for _, bad := range []moderation.Report{{}, {Reason: "king"}, {Reason: "other"}, {Reason: "spam", Words: strings.Repeat("a", 1001)}} {
		if err := b.Report(b.as(piotr), "note", profile, bad, ""); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%.20v: %v", bad, err)
		}
	}
}

func TestWordsThatWereLeftAreReportedAgainOnlyWhenTheyChange(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		id, version := b.reported(article)
		must(t, b.Leave(b.as(anna), id, version, "Nic złego."))
		if err := b.Report(b.as(piotr), "note", article, spam, ""); !errors.Is(err, moderation.ErrReported) {
			t.Errorf("the same words: %v", err)
		}
		if got := b.told(piotr); got != "moderation.report_left" {
			t.Errorf("the reporter was told %q", got)
		}
		if got := b.told(ewa); got != "" {
			t.Errorf("the author was told %q of a report that came to nothing", got)
		}
		db.Clock().Advance(time.Hour)
		b.things[0].Written = store.At(db.Now())
		db.Clock().Advance(time.Minute)
		must(t, b.Report(b.as(piotr), "note", article, spam, ""))
	})
}

func TestHiddenTextHasAReasonAndItsAuthorIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := newTown(t, db)
		id, version := b.reported(article)
		if err := b.Hide(b.as(anna), id, version, ""); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("without a reason: %v", err)
		}
		must(t, b.Hide(b.as(anna), id, version, "To reklama."))
		veil := b.veil(article)
		if veil == nil || veil.State != moderation.Hidden || veil.Reason != "To reklama." || !veil.At.Equal(today) {
			t.Errorf("veil %+v", veil)
		}
		if len(b.changed) != 1 || b.changed[0] != article {
			t.Errorf("the room was told of %v", b.changed)
		}
		if got := b.told(ewa) + ", " + b.told(piotr); got != "moderation.hidden, moderation.report_hidden" {
			t.Errorf("told: %s", got)
		}
		if n := one[int](b, `SELECT count(*) FROM desk_item`); n != 0 {
			t.Errorf("%d items still wait", n)
		}
		if n := one[int](b, `SELECT count(*) FROM moderation_case WHERE `+moderation.Veiled("note", "moderation_case.thing")); n != 1 {
			t.Errorf("the condition finds %d", n)
		}
		must(t, b.Restore(b.as(jan), id, version+1, "Poprawione."))
		if b.veil(article) != nil || b.told(ewa) != "moderation.hidden moderation.shown" {
			t.Errorf("restored: %+v, told %s", b.veil(article), b.told(ewa))
		}
	})
}

func TestOthersDecideNothing(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	id, version := b.reported(article)
	elsewhere, other := b.reported(profile)
	for name, err := range map[string]error{
		"a reader":                b.Hide(b.as(piotr), id, version, "x"),
		"a visitor":               b.Hide(b.visitor("a", true), id, version, "x"),
		"a manager, installation": b.Hide(b.as(anna), elsewhere, other, "x"),
		"the author":              b.Leave(b.as(ewa), id, version, "x"),
		"restoring by the author": b.Restore(b.as(ewa), id, version, "x"),
	} {
		if !fault.Is(err, fault.KindForbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, b.Hide(b.as(admin), elsewhere, other, "x"))
}

// Two moderators who decide at one moment: one decision counts, the other is told.
func TestOfTwoDecisionsOneCounts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for turn := range 5 {
			b := newTown(t, db)
			id, version := b.reported(article)
			errs := make([]error, 6)
			var wg sync.WaitGroup
			for i := range errs {
				wg.Go(func() {
					who := b.as([]store.ID{anna, jan}[i%2])
					if i%3 == 0 {
						errs[i] = b.Leave(who, id, version, "")
					} else {
						errs[i] = b.Hide(who, id, version, fmt.Sprint("powód ", i))
					}
				})
			}
			wg.Wait()
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				} else if !fault.Is(err, fault.KindConflict) {
					t.Errorf("the slower one: %v", err)
				}
			}
			if n := one[int](b, `SELECT count(*) FROM audit_entry WHERE thing = $1 AND act IN ('moderation.left', 'moderation.hidden')`, id); won != 1 || n != 1 {
				t.Errorf("turn %d: %d decisions, %d in the log", turn, won, n)
			}
			b.clear()
		}
	})
}

func TestCaseOfAnotherPlaceIsNotThere(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	id, _ := b.reported(profile)
	b.browser(anna).Get("/programy/wisla/moderacja/sprawy/"+string(id)).Want(t, http.StatusNotFound)
	b.browser(admin).Get(moderation.AdminPath+"/sprawy/"+string(id)).Want(t, http.StatusOK)
	b.browser(admin).Get("/programy/wisla/moderacja/sprawy/"+string(id)).Want(t, http.StatusNotFound)
	b.browser(piotr).Get("/programy/wisla/moderacja").Want(t, http.StatusForbidden)
}

func TestModeratorTakesUpWhatTheySawThemselves(t *testing.T) {
	b := newTown(t, storetest.SQLite(t))
	page := b.browser(anna).Post("/zglos/notatka/"+string(article)+"/sprawa").Want(t, http.StatusSeeOther)
	id, _ := b.live(article)
	if to := page.Header.Get("Location"); to != "/programy/wisla/moderacja/sprawy/"+string(id) {
		t.Errorf("leads to %s", to)
	}
	b.browser(piotr).Post("/zglos/notatka/"+string(article)+"/sprawa").Want(t, http.StatusForbidden)
}
