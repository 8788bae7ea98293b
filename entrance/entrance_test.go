package entrance_test

import (
	"context"
	"embed"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/entrance"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// open is a site with an entrance behind which stand two rooms.
func open(t *testing.T) *webtest.Site {
	t.Helper()
	db := storetest.SQLite(t)
	db.Clock().Set(time.Date(2014, 6, 13, 9, 0, 0, 0, time.UTC))
	catalogue, err := lang.Load([]embed.FS{web.Messages, ui.Messages, entrance.Messages}...)
	if err != nil {
		t.Fatal(err)
	}
	e := entrance.New(db, func(r *http.Request) netip.Addr {
		addr, _ := netip.ParseAddr(r.Header.Get("X-From"))
		return addr
	})
	room := func(code, path string) entrance.Find {
		return func(_ context.Context, _ store.Reader, typed string) (string, error) {
			if typed != code {
				return "", fault.NotFound("code")
			}
			return path, nil
		}
	}
	e.Register(room("123456", "/debata"), room("BCD234", "/warsztat"))
	return webtest.New(t, db, catalogue, nil, e.Routes()...)
}

func TestOneDoorLeadsToEveryRoom(t *testing.T) {
	site := open(t)
	for typed, want := range map[string]string{"123 456": "/debata", "bcd-234": "/warsztat", " BCD234 ": "/warsztat"} {
		page := site.Visitor().Get("/kod?kod="+strings.ReplaceAll(typed, " ", "+")).Want(t, http.StatusSeeOther)
		if to := page.Header.Get("Location"); to != want {
			t.Errorf("%q leads to %s", typed, to)
		}
	}
	site.Visitor().Get("/kod/BCD234").Want(t, http.StatusSeeOther)
	site.Visitor().Get("/kod/ZZZZZZ").Want(t, http.StatusNotFound)
	wrong := site.Visitor().Get("/kod?kod=bcd+235").Want(t, http.StatusUnprocessableEntity)
	if wrong.Value("kod") != "bcd 235" || wrong.Count("#field-kod-mistake") != 1 {
		t.Error("what was typed is lost, or the mistake is not beside it")
	}
}

func TestFloodOfCodesIsSlowedDownByNetwork(t *testing.T) {
	site := open(t)
	flood, other := site.Visitor(), site.Visitor()
	flood.Header.Set("X-From", "192.0.2.1")
	other.Header.Set("X-From", "192.0.2.2")
	for range 100 {
		flood.Get("/kod/ZZZZZZ").Want(t, http.StatusNotFound)
	}
	flood.Get("/kod/BCD234").Want(t, http.StatusTooManyRequests)
	other.Get("/kod/BCD234").Want(t, http.StatusSeeOther)
	site.DB.Clock().Advance(10 * time.Minute)
	flood.Get("/kod/BCD234").Want(t, http.StatusSeeOther)
}

func TestDrawnCodeCanBeReadAloud(t *testing.T) {
	seen := map[string]bool{}
	for range 2000 {
		code, err := entrance.Draw(func(code string) (bool, error) { return seen[code], nil })
		if err != nil {
			t.Fatal(err)
		}
		if len(code) != 6 || strings.ContainsAny(code, "01OIAEUY") || entrance.Clean(entrance.Spaced(code)) != code || seen[code] {
			t.Fatalf("%q", code)
		}
		seen[code] = true
	}
}
