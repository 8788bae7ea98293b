package seating_test

import (
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/seating"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// world is a published event to which twelve people come, three of each sector.
type world struct {
	*eventtest.World
	*seating.Service
	event event.Event
	ids   []store.ID
}

func each(t *testing.T, fn func(t *testing.T, x *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := &world{}
		x.World = eventtest.New(t, db, event.Options{}, []embed.FS{seating.Messages}, func(w *eventtest.World) []web.Route {
			x.Service = seating.New(db, seating.Options{Site: w.Events.Site})
			return x.Service.Routes()
		})
		x.event = x.Event("Seminarium w Wiśle")
		for i := range 12 {
			x.come(fmt.Sprintf("Osoba %02d", i), ui.Sectors[i%4])
		}
		fn(t, x)
	})
}

func (x *world) come(name string, sector ui.Sector) store.ID {
	id := x.Seat(x.event, x.Person(name), "", sector, "")
	x.ids = append(x.ids, id)
	return id
}

func (x *world) plan(t testing.TB) seating.Plan {
	t.Helper()
	p, err := seating.PlanOf(t.Context(), x.DB, x.event.ID)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (x *world) propose(t testing.TB, tables, seed int) {
	t.Helper()
	if err := x.Propose(x.Ctx(x.Manager), x.event, seating.Wish{Tables: tables, Seed: seed, Version: x.plan(t).Version, Word: "Stolik"}); err != nil {
		t.Fatal(err)
	}
}

// at is the name of the table at which somebody sits, "" for none.
func at(p seating.Plan, id store.ID) string {
	for _, table := range p.Tables {
		for _, g := range table.Guests {
			if g.ID == id {
				return table.Name
			}
		}
	}
	return ""
}

func TestProposalSeatsEverybodyWithASeat(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		x.propose(t, 3, 7)
		p := x.plan(t)
		if len(p.Tables) != 3 || len(p.Unseated) != 0 || p.Seed != 7 || p.Tables[2].Name != "Stolik 3" {
			t.Fatalf("%+v", p)
		}
		for _, table := range p.Tables {
			if len(table.Guests) != 4 {
				t.Errorf("%s has %d", table.Name, len(table.Guests))
			}
		}
		if n := x.Count(`SELECT count(*) FROM audit_entry WHERE act = 'seating.proposed'`); n != 1 {
			t.Errorf("%d entries", n)
		}
	})
}

func TestWhoRegistersLateIsWithoutATable(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		x.propose(t, 3, 7)
		late := x.come("Późna Osoba", ui.NGO)
		if p := x.plan(t); len(p.Unseated) != 1 || p.Unseated[0].ID != late {
			t.Fatalf("%+v", p.Unseated)
		}
		x.Exec(`UPDATE event_registration SET state = 'withdrawn' WHERE id = $1`, x.ids[0])
		if p := x.plan(t); p.People() != 12 || at(p, x.ids[0]) != "" {
			t.Errorf("who withdrew still sits: %d", p.People())
		}
	})
}

func TestWhoIsMovedStaysInANewProposal(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		ctx := x.Ctx(x.Manager)
		x.propose(t, 3, 7)
		p := x.plan(t)
		to := p.Tables[2]
		for _, id := range x.ids[:2] {
			if err := x.Move(ctx, x.event, id, to.ID); err != nil {
				t.Fatal(err)
			}
			if err := x.SetLocked(ctx, x.event, id, true); err != nil {
				t.Fatal(err)
			}
		}
		for seed := range 5 {
			x.propose(t, 3, seed+20)
			for _, id := range x.ids[:2] {
				if got := at(x.plan(t), id); got != to.Name {
					t.Errorf("seed %d: sits at %q", seed, got)
				}
			}
		}
		if err := x.Rename(ctx, x.event, to.ID, "Pod lipą"); err != nil {
			t.Fatal(err)
		}
		x.propose(t, 2, 3) // the table goes, and its people sit elsewhere
		if p := x.plan(t); len(p.Tables) != 2 || len(p.Unseated) != 0 {
			t.Errorf("%+v", p)
		}
	})
}

func TestStaleProposalIsRefused(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		x.propose(t, 3, 7)
		err := x.Propose(x.Ctx(x.Manager), x.event, seating.Wish{Tables: 4, Seed: 8, Version: 0})
		if !fault.Is(err, fault.KindConflict) {
			t.Errorf("%v", err)
		}
		for _, tables := range []int{0, -1, seating.MostTables + 1} {
			if err := x.Propose(x.Ctx(x.Manager), x.event, seating.Wish{Tables: tables, Version: 1}); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%d tables: %v", tables, err)
			}
		}
	})
}

func TestNobodyIsMovedToATableOfAnotherEvent(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		ctx := x.Ctx(x.Manager)
		x.propose(t, 3, 7)
		other := x.Event("Inne spotkanie")
		table := x.plan(t).Tables[0].ID
		for name, err := range map[string]error{
			"guest of another event": x.Move(ctx, other, x.ids[0], table),
			"table that is not":      x.Move(ctx, x.event, x.ids[0], store.NewID()),
			"guest that is not":      x.Move(ctx, x.event, store.NewID(), table),
			"name of another event":  x.Rename(ctx, other, table, "Nasz"),
		} {
			if !fault.Is(err, fault.KindNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestTablesWorkWithoutScript(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		b := x.As(x.Manager, true)
		path := x.event.Path() + "/stoly"
		page := b.Get(path).Want(t, 200)
		if page.Value("tables") != "2" {
			t.Errorf("%q tables are offered", page.Value("tables"))
		}
		b.Post(path, "tables", "0", "version", "0").Want(t, 422)
		page = b.Follow(b.Post(path, "tables", "3", "seed", "12", "version", "0")).Want(t, 200)
		if page.Count(".seating-table") != 3 || !strings.Contains(page.Text("main"), "z losowania 12") {
			t.Fatalf("%s", page.Text("main"))
		}
		p := x.plan(t)
		id := p.Tables[0].Guests[0].ID
		b.Follow(b.Post(path+"/miejsce", "id", string(id), "table", string(p.Tables[1].ID))).Want(t, 200)
		if got := at(x.plan(t), id); got != "Stolik 2" {
			t.Errorf("sits at %q", got)
		}
		page = b.Get(path)
		if !strings.Contains(page.Text("#osoba-"+string(id)), "przypięta") {
			t.Errorf("%s", page.Text("#osoba-"+string(id)))
		}
		b.Post(path+"/przypiecie", "id", string(id), "locked", "0").Want(t, 303)
		b.Post(path+"/nazwa", "id", string(p.Tables[1].ID), "name", "Pod lipą").Want(t, 303)
		b.Post(path+"/nazwa", "id", string(p.Tables[1].ID), "name", "").Want(t, 422)
		b.Post(path+"/miejsce", "id", string(id), "table", "").Want(t, 303)
		if p := x.plan(t); len(p.Unseated) != 1 || p.Tables[1].Name != "Pod lipą" {
			t.Errorf("%+v", p)
		}
		x.As(x.Observer, true).Get(path).Want(t, 403)
		x.As(x.Stranger, true).Get(path).Want(t, 403)
	})
}

func TestSheetsAndCardsNameEverybody(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		b := x.As(x.Manager, true)
		b.Get(x.event.Path()+"/stoly/stoly.pdf").Want(t, 404)
		x.propose(t, 3, 7)
		for _, name := range []string{"stoly.pdf", "wizytowki.pdf"} {
			text := read(t, b.Get(x.event.Path()+"/stoly/"+name).Want(t, 200))
			for i := range 12 {
				if want := fmt.Sprintf("Osoba %02d", i); !strings.Contains(text, want) {
					t.Errorf("%s: no %s", name, want)
				}
			}
			for _, want := range []string{"Stolik 1", "Stolik 3", "Mieszkańcy"} {
				if !strings.Contains(text, want) {
					t.Errorf("%s: no %s in %s", name, want, text)
				}
			}
		}
	})
}

func read(t testing.TB, page *webtest.Page) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "answer.pdf")
	if err := os.WriteFile(path, []byte(page.Body), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("skipped: no pdftotext; on Debian it is in poppler-utils")
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}
