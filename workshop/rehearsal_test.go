package workshop_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/fault"
)

func TestRehearsalLeavesNothingBehind(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		w := x.open()
		lead := x.As(x.Facilitator, false)
		for _, kind := range []string{"cards", "statements", "dots"} {
			a := x.start(w, kind)
			lead.Post(w.Path()+"/prowadzenie", "act", "rehearse").Want(t, http.StatusSeeOther)
			must(x.rooms.Stop(x.lead(), w.ID, a.ID))(t)
			must(x.rooms.Reveal(x.lead(), w.ID, a.ID, true))(t)
			if page := x.Visitor().Get(w.Screen()).Want(t, http.StatusOK); page.Text(".room-result") == "" {
				t.Errorf("%s: the wall shows nothing", kind)
			}
		}
		if page := x.Visitor().Post(w.Door()+"/wejscie", "sector", "ngo"); page.Status == http.StatusSeeOther {
			t.Error("somebody came in among invented phones")
		}
		lead.Post(w.Path()+"/prowadzenie", "act", "end-rehearsal").Want(t, http.StatusSeeOther)
		if n := x.Count(`SELECT (SELECT count(*) FROM workshop_entry) + (SELECT count(*) FROM workshop_participant)`); n != 0 {
			t.Errorf("%d rows are left", n)
		}
		a := x.start(w, "dots")
		x.phone(w, "ngo")
		must(x.rooms.Reveal(x.lead(), w.ID, a.ID, true))(t)
		if page := x.Visitor().Get(w.Screen()); !strings.Contains(page.Text(".room-result"), "Zaufanie0") {
			t.Errorf("dots of the rehearsal count: %s", page.Text(".room-result"))
		}
		if err := x.rooms.Rehearse(x.lead(), w.ID); !fault.Is(err, fault.KindConflict) {
			t.Errorf("a rehearsal among people: %v", err)
		}
	})
}
