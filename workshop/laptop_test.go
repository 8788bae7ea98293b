package workshop_test

import (
	"context"
	"embed"
	"net/http"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/live"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
	"github.com/wspolnota/wspolnota/workshop"
	"github.com/wspolnota/wspolnota/workshop/exercise"
)

// A room goes to a hotel without a network and comes back: once, twice, and with
// what was said before it left.
func TestRoomComesBackFromALaptopExactlyOnce(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		e := x.Event("Seminarium")
		w := x.planned()
		terms := w.Terms
		terms.Event = e.ID
		must(x.rooms.Revise(x.lead(), w.ID, w.Version, terms))(t)
		w = must(x.rooms.Open(x.lead(), w.ID))(t)
		a := x.start(w, "cards")
		say(x.phone(w, "ngo"), w, a, store.NewRandomID(), "text", "Jeszcze w domu").Want(t, http.StatusSeeOther)

		file := storetest.SQLite(t)
		file.Clock().Set(x.DB.Now())
		taken, err := workshop.Carry(t.Context(), x.DB, nil, e.Slug, file)
		if err != nil || len(taken.Workshops) != 1 {
			t.Fatalf("%v %v", taken, err)
		}
		if n, _ := store.One[int](t.Context(), file, `SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM programme) + (SELECT count(*) FROM event)`); n != 0 {
			t.Errorf("%d rows of people, programmes and events went along", n)
		}
		if page := x.Visitor().Get(w.Door()).Want(t, http.StatusOK); !strings.Contains(page.Body, "laptopie trenera") {
			t.Error("nobody is told that the room is away")
		}

		laptop := workshop.New(file, workshop.Options{Site: webtest.SiteInfo(), Kinds: exercise.Kinds(), Live: live.New(file, live.Options{})})
		catalogue := must(lang.Load([]embed.FS{web.Messages, ui.Messages, activity.Messages, workshop.Messages, exercise.Messages}...))(t)
		site := webtest.New(t, file, catalogue, nil, laptop.Routes()...)
		keys := must(workshop.Unlock(t.Context(), file))(t)
		site.Visitor().Get(keys[0].Path).Want(t, http.StatusOK)
		site.Visitor().Get("/sala/INNYKLUCZ/prowadzenie").Want(t, http.StatusNotFound)
		phone := site.Visitor()
		phone.Post(w.Door()+"/wejscie", "sector", "resident").Want(t, http.StatusSeeOther)
		say(phone, w, a, store.NewRandomID(), "text", "W hotelu bez sieci").Want(t, http.StatusSeeOther)
		site.Visitor().Post(keys[0].Path, "act", "reveal", "activity", string(a.ID)).Want(t, http.StatusSeeOther)

		for turn, want := range []workshop.Returned{{Workshop: w.Title, People: 1, Answers: 1, There: 1, AlreadyPeople: 1}, {Workshop: w.Title, There: 2, AlreadyPeople: 2}} {
			got, err := workshop.Merge(context.Background(), file, x.DB, nil)
			if err != nil || len(got) != 1 || got[0] != want {
				t.Errorf("return %d: %+v %v", turn+1, got, err)
			}
		}
		page := x.Visitor().Get(w.Screen()).Want(t, http.StatusOK)
		for _, text := range []string{"Jeszcze w domu", "W hotelu bez sieci"} {
			if strings.Count(page.Text(".room-result"), text) != 1 {
				t.Errorf("%q: %s", text, page.Text(".room-result"))
			}
		}
	})
}

func TestFileOfAnotherInstallationIsRefused(t *testing.T) {
	each(t, func(t *testing.T, x *room) {
		file := storetest.SQLite(t)
		if _, err := workshop.Merge(t.Context(), file, x.DB, nil); err == nil {
			t.Error("an empty file is merged")
		}
		if err := file.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO workshop (id, title, language, code, created_at, updated_at) VALUES ($1, 'Obcy', 'pl', 'BCDFGH', 1, 1)`, store.NewID())
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := workshop.Merge(t.Context(), file, x.DB, nil); err == nil || !strings.Contains(err.Error(), "Obcy") {
			t.Errorf("%v", err)
		}
	})
}
