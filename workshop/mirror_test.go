package workshop_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
	"github.com/wspolnota/wspolnota/workshop"
)

// A visitor without an account begins a mirror, a hall answers, and there is a
// poster that says what the sectors wrongly believed.
func TestMirrorInTwentyMinutesEndsWithAPoster(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		visitor := x.Visitor()
		page := visitor.Get("/lustro").Want(t, http.StatusOK)
		values := page.Form("/lustro")
		if n := len(strings.Split(strings.TrimSpace(values.Get("statements")), "\n")); n != 10 {
			t.Fatalf("%d statements are ready", n)
		}
		to := visitor.PostForm("/lustro", values).Want(t, http.StatusSeeOther).Header.Get("Location")
		base := strings.TrimSuffix(to, "/prowadzenie")
		lead := visitor.Get(to).Want(t, http.StatusOK)
		code := strings.ReplaceAll(lead.Text(".facts dd"), " ", "")
		w := must(store.One[workshop.Workshop](t.Context(), x.DB, `SELECT id, code FROM workshop WHERE programme IS NULL`))(t)
		if !strings.HasPrefix(code, w.Code) {
			t.Errorf("the code %s is not before the facilitator: %s", w.Code, code)
		}
		a := x.item(w, "statements")
		for i := range 12 {
			sector := []ui.Sector{ui.Administration, ui.NGO, ui.Resident}[i%2]
			who := x.joins(w, sector)
			vote := 1 - 2*(i%2) // offices agree, organisations do not
			for _, body := range []string{fmt.Sprintf(`{"statement":0,"vote":%d}`, vote), fmt.Sprintf(`{"statement":0,"about":"%s","percent":70}`, []string{"ngo", "administration"}[i%2])} {
				if err := x.rooms.Take(context.Background(), w.ID, workshop.Answer{ID: store.NewRandomID(), Activity: a.ID, Participant: who.ID, Body: body}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if open := visitor.Get(base+"/plakat").Want(t, http.StatusOK); open.Count(".task") != 0 {
			t.Error("a poster while people vote")
		}
		visitor.Post(to, "act", "stop", "activity", string(a.ID)).Want(t, http.StatusSeeOther)
		poster := visitor.Get(base+"/plakat").Want(t, http.StatusOK)
		if text := poster.Text("main"); !strings.Contains(text, "zgadywały: 70. Jest ") {
			t.Errorf("%s", text)
		}
		if !strings.Contains(poster.Value("draft"), "12 osób sprawdziło") {
			t.Errorf("draft: %s", poster.Value("draft"))
		}
		if svg := visitor.Get(base+"/plakat.svg").Want(t, http.StatusOK); !strings.Contains(svg.Body, "<svg") || !strings.Contains(svg.Body, "70. Jest") {
			t.Errorf("%.300s", svg.Body)
		}
		if pdf := visitor.Get(base+"/plakat.pdf").Want(t, http.StatusOK); !strings.HasPrefix(pdf.Body, "%PDF-") {
			t.Errorf("%.20q", pdf.Body)
		}
		x.advance(31 * 24 * time.Hour)
		if err := x.rooms.ForgetMirrors(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := x.Count(`SELECT (SELECT count(*) FROM workshop) + (SELECT count(*) FROM workshop_entry) + (SELECT count(*) FROM workshop_participant)`); n != 0 {
			t.Errorf("%d rows are left after 31 days", n)
		}
	})
}
