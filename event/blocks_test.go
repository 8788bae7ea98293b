package event_test

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/programme"
)

// The page of a programme leads to an event before it and after it, and to a
// cancelled one only while people might still come.
func TestProgrammeLeadsToItsEventsAlsoAfterThem(t *testing.T) {
	each(t, func(t *testing.T, w *eventtest.World) {
		shown := func() string {
			t.Helper()
			ctx := w.Ctx(w.Resident)
			block, err := w.Events.ProgrammeBlock().Show(ctx, programme.Programme{ID: w.Programme, Slug: "wspolpraca"})
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			if block == nil {
				return ""
			}
			if err := block.Render(ctx, &out); err != nil {
				t.Fatal(err)
			}
			return out.String()
		}
		if got := shown(); got != "" {
			t.Errorf("no events, and the page shows %s", got)
		}
		held := w.Event("Seminarium w Wiśle")
		called := w.Event("Odwołany warsztat")
		if _, err := w.Events.Cancel(w.Ctx(w.Manager), called.Programme, called.ID, called.Version, "Zalana sala."); err != nil {
			t.Fatal(err)
		}
		if got := shown(); !strings.Contains(got, held.Path()) || !strings.Contains(got, called.Path()) || strings.Contains(got, "event.block.past") {
			t.Errorf("before: %s", got)
		}
		w.DB.Clock().Set(held.EndsAt.Time)
		if got := shown(); !strings.Contains(got, held.Path()) || strings.Contains(got, called.Path()) || !strings.Contains(got, "event.block.past") || strings.Contains(got, "event.block.title") {
			t.Errorf("after: %s", got)
		}
	})
}
