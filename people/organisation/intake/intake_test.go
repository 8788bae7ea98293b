package intake_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/organisation/intake"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/sheet"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
)

// office is a site with the room under test; its manager leads one programme.
type office struct {
	*webtest.Site
	t       *testing.T
	db      *store.DB
	queue   *jobs.Queue
	mailbox *mail.Memory
	rooms   *organisation.Service
	manager people.Person
	used    map[store.ID]bool // by some other room
}

const at = "/programy/program/wczytane-organizacje"

func newOffice(t *testing.T, db *store.DB) *office {
	t.Helper()
	words, err := lang.Load(web.Messages, ui.Messages, mail.Messages, export.Messages, sheet.Messages, territory.Messages, people.Messages,
		organisation.Messages, intake.Messages)
	must(t, err)
	quiet := slog.New(slog.DiscardHandler)
	queue, err := jobs.New(db, quiet)
	must(t, err)
	o := &office{t: t, db: db, queue: queue, mailbox: mail.NewMemory(500), used: map[store.ID]bool{}}
	outbox := mail.NewOutbox(db, queue, o.mailbox, mail.Options{Site: webtest.SiteInfo(), Catalogue: words, Logger: quiet})
	persons := people.New(db, people.Options{Site: webtest.SiteInfo(), Outbox: outbox, Queue: queue, Secret: make([]byte, 32)})
	o.rooms = organisation.New(db, organisation.Options{Site: webtest.SiteInfo(), Outbox: outbox, People: persons})
	programme := store.NewID()
	persons.AddGranter(func(context.Context, store.Reader, store.ID) ([]access.Grant, error) {
		return []access.Grant{{Role: access.Manager, Scope: access.InProgramme, ID: programme, Slug: "program"}}, nil
	})
	must(t, db.Write(t.Context(), func(tx *store.Tx) (err error) {
		o.manager, err = persons.Create(t.Context(), tx, people.NewPerson{Name: "Anna Nowak", Email: "anna@example.org", Language: lang.Polish})
		return err
	}))
	ctx := access.With(t.Context(), &access.Actor{Person: o.manager.ID})
	owner, err := o.rooms.Register(ctx, organisation.Profile{Name: "Federacja", Kind: organisation.Federation, Municipality: "2473011", RegisterNumber: "0000999999"})
	must(t, err)
	must(t, db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO programme (id, slug, title, title_key, folded, summary, language, owner, manager, admission, sectors,
			state, created_at, updated_at, updated_by) VALUES ($1, 'program', 'Program', 'program', 'program', '', 'pl', $2, $3, 'open', 'ngo', 'published', 1, 1, '')`,
			programme, owner.ID, o.manager.ID)
		return err
	}))
	room := intake.New(db, intake.Options{Organisations: o.rooms,
		Programme: func(context.Context, string) (audit.Place, error) {
			return audit.Place{ID: programme, Title: "Program", Path: "/programy/program"}, nil
		},
		InUse: []func(context.Context, store.Reader, store.ID) (bool, error){
			func(_ context.Context, _ store.Reader, id store.ID) (bool, error) { return o.used[id], nil }}})
	o.Site = webtest.New(t, db, words, persons, append(o.rooms.Routes(), room.Routes()...)...)
	return o
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// town is a list of two hundred organisations, nine of them faulty, one twice,
// one that is here already.
func town() [][]string {
	list := [][]string{{"Nazwa", "Rodzaj", "Siedziba", "Nr KRS", "NIP", "E-mail", "Telefon", "Uwagi", "Zaproś"}}
	for n := range 189 {
		list = append(list, []string{fmt.Sprintf("Stowarzyszenie nr %d", n), "stowarzyszenie", "Rybnik", fmt.Sprintf("%010d", 100000+n), "", fmt.Sprintf("biuro%d@example.org", n), "", "bez znaczenia", ""})
	}
	list[1][8] = "prezes@example.org"
	bad := func(change func(row []string)) {
		row := []string{"Zła " + fmt.Sprint(len(list)), "stowarzyszenie", "Rybnik", fmt.Sprintf("%010d", 200000+len(list)), "", "", "", "", ""}
		change(row)
		list = append(list, row)
	}
	bad(func(r []string) { r[0] = "" })
	bad(func(r []string) { r[1] = "klub dyskusyjny" })
	bad(func(r []string) { r[2] = "Kraków" })
	bad(func(r []string) { r[3] = "" })
	bad(func(r []string) { r[3] = "12" })
	bad(func(r []string) { r[4] = "9990000015" })
	bad(func(r []string) { r[5] = "to nie adres" })
	bad(func(r []string) { r[6] = "dzwonić po 15" })
	bad(func(r []string) { r[8] = "prezes" })
	list = append(list, append([]string{"Ta sama"}, list[1][1:]...), []string{"Federacja", "federation", "Rybnik", "0000999999", "", "", "", "", ""})
	return list
}

func asCSV(list [][]string, comma rune) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	if err := w.WriteAll(list); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func asXLSX(t *testing.T, list [][]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for n, line := range list {
		must(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", n+1), &line))
	}
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.Bytes()
}

func (o *office) bring(name string, content []byte) *webtest.Page {
	o.t.Helper()
	return o.As(o.manager.ID, true).PostFiles(at, nil, webtest.Upload{Field: "file", Name: name, Content: content})
}

func (o *office) organisations() int {
	n, err := store.One[int](o.t.Context(), o.db, `SELECT count(*) FROM organisation`)
	must(o.t, err)
	return n
}

func TestListOfTwoHundredComesInAndGoesOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for name, content := range map[string][]byte{"lista.xlsx": nil, "lista.csv": asCSV(town(), ';')} {
			o := newOffice(t, db)
			if content == nil {
				content = asXLSX(t, town())
			}
			browser := o.As(o.manager.ID, true)
			page := browser.Follow(o.bring(name, content).Want(t, http.StatusSeeOther)).Want(t, http.StatusOK)
			text := page.Text("main")
			for _, want := range []string{"Nowe organizacje, które wczytamy189", "Są już w serwisie, pominiemy1", "Powtórzone w pliku, pominiemy1",
				"Z błędami, pominiemy9", "Nie znamy rodzaju „klub dyskusyjny”.", "NIP: ", "Nie znamy miejsca „Kraków”", "„prezes” to nie jest adres", "To samo, co w wierszu 2."} {
				if !strings.Contains(text, want) {
					t.Errorf("%s: the preview does not say %q", name, want)
				}
			}
			if n := o.organisations(); n != 1 {
				t.Fatalf("%s: %d organisations before anything was confirmed", name, n)
			}
			form := page.Doc().Find(`form[action$="/zatwierdz"]`).AttrOr("action", "")
			browser.Post(form).Want(t, http.StatusSeeOther)
			browser.Post(form).Want(t, http.StatusConflict) // once is enough
			if n := o.organisations(); n != 190 {
				t.Fatalf("%s: %d organisations", name, n)
			}
			must(t, o.queue.Drain(t.Context()))
			if _, came := o.mailbox.Last("prezes@example.org"); !came {
				t.Errorf("%s: no letter to the representative", name)
			}
			o.touchTwo()
			address := strings.TrimSuffix(form, "/zatwierdz")
			browser.Post(address+"/cofnij").Want(t, http.StatusSeeOther)
			if n := o.organisations(); n != 3 {
				t.Errorf("%s: %d organisations after it was taken back", name, n)
			}
			if text := browser.Get(address).Want(t, http.StatusOK).Text("main"); !strings.Contains(text, "Zostały, bo ktoś już ich używa2") {
				t.Errorf("%s: what stays is not said", name)
			}
			must(t, db.Write(t.Context(), func(tx *store.Tx) error { // for the other form of the file
				for _, statement := range []string{`DELETE FROM organisation_import`, `DELETE FROM organisation_papers`, `DELETE FROM programme`, `DELETE FROM organisation_invitation`,
					`DELETE FROM organisation_mandate`, `DELETE FROM organisation`, `DELETE FROM mail_outbox`, `DELETE FROM search_document`, `DELETE FROM session`, `DELETE FROM person_secret`, `DELETE FROM person`} {
					if _, err := tx.Exec(t.Context(), statement); err != nil {
						return fmt.Errorf("%s: %w", statement, err)
					}
				}
				return nil
			}))
		}
	})
}

// touchTwo changes one organisation that came in, and lets another room use one.
func (o *office) touchTwo() {
	o.t.Helper()
	ids, err := store.All[store.ID](o.t.Context(), o.db, `SELECT id FROM organisation WHERE name LIKE 'Stowarzyszenie nr %' ORDER BY id LIMIT 2`)
	must(o.t, err)
	o.used[ids[0]] = true
	must(o.t, o.db.Write(o.t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(o.t.Context(), `UPDATE organisation SET version = 2 WHERE id = $1`, ids[1])
		return err
	}))
}

func TestImportIsTakenBackWithinADayOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		browser := o.As(o.manager.ID, true)
		page := browser.Follow(o.bring("a.csv", []byte("nazwa,rodzaj,siedziba\nGrupa,grupa nieformalna,Rybnik\n")).Want(t, http.StatusSeeOther))
		form := page.Doc().Find(`form[action$="/zatwierdz"]`).AttrOr("action", "")
		browser.Post(form).Want(t, http.StatusSeeOther)
		db.Clock().Advance(25 * time.Hour)
		later := o.As(o.manager.ID, true)
		later.Post(strings.Replace(form, "/zatwierdz", "/cofnij", 1)).Want(t, http.StatusConflict)
		if n := o.organisations(); n != 2 {
			t.Errorf("%d organisations", n)
		}
	})
}

func TestFilesThatAreNoListsAreNamed(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	formula := excelize.NewFile()
	defer formula.Close()
	must(t, formula.SetSheetRow("Sheet1", "A1", &[]string{"nazwa", "rodzaj", "siedziba"}))
	must(t, formula.SetSheetRow("Sheet1", "A2", &[]string{"", "stowarzyszenie", "Rybnik"}))
	must(t, formula.SetCellFormula("Sheet1", "A2", `HYPERLINK("http://example.org","tu")`))
	var calculated bytes.Buffer
	must(t, formula.Write(&calculated))
	long := excelize.NewFile()
	defer long.Close()
	stream, err := long.NewStreamWriter("Sheet1")
	must(t, err)
	for n := range 100_000 {
		must(t, stream.SetRow(fmt.Sprintf("A%d", n+1), []any{"nazwa", "rodzaj", "siedziba"}))
	}
	must(t, stream.Flush())
	var huge bytes.Buffer
	must(t, long.Write(&huge))
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"nothing":        {nil, "Ten plik jest pusty"},
		"a picture":      {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x00"), "To nie jest arkusz"},
		"old Excel":      {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "starym formacie"},
		"half an XLSX":   {asXLSX(t, town())[:2000], "nie da się otworzyć"},
		"no column":      {[]byte("nazwa;miasto\na;b\n"), "Brakuje kolumny z rodzajem"},
		"a title twice":  {[]byte("nazwa;nazwa\na;b\n"), "występuje dwa razy"},
		"a head alone":   {[]byte("nazwa;rodzaj;siedziba\n"), "nie ma żadnego wiersza"},
		"too many rows":  {huge.Bytes(), "za dużo wierszy"},
		"no line ending": {bytes.Repeat([]byte("a"), 3_000_000), "nie ma końca"},
		"columns":        {[]byte("nazwa,rodzaj,siedziba\n" + strings.Repeat("a,", 500) + "a\n"), "za dużo kolumn"},
	} {
		page := o.bring("plik", c.content)
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text("main"), c.want) {
			t.Errorf("%s: %d %q", name, page.Status, page.Text(".error-summary"))
		}
	}
	page := o.As(o.manager.ID, true).Follow(o.bring("formula.xlsx", calculated.Bytes()).Want(t, http.StatusSeeOther))
	if !strings.Contains(page.Text("main"), "Kolumna 1 zawiera formułę") || page.Count(`form[action$="/zatwierdz"]`) != 0 {
		t.Errorf("a calculated name: %q", page.Text("main"))
	}
	if n := o.organisations(); n != 1 {
		t.Errorf("%d organisations", n)
	}
}

func TestLettersOfAnOldOfficeProgramAreRead(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	// "Świętochłowice" as Windows 1250 and as UTF-16 write it.
	windows := []byte("nazwa\trodzaj\tsiedziba\n\x8cwi\xeatoch\xb3owice\tgrupa nieformalna\tRybnik\n")
	utf16 := []byte("\xff\xfe")
	for _, r := range "nazwa,rodzaj,siedziba\nŚwiętochłowice,grupa nieformalna,Rybnik\n" {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for name, content := range map[string][]byte{"Windows 1250": windows, "UTF-16": utf16} {
		page := o.As(o.manager.ID, true).Follow(o.bring("lista.csv", content).Want(t, http.StatusSeeOther))
		if !strings.Contains(page.Text("main"), "Świętochłowice") {
			t.Errorf("%s: %q", name, page.Text("main"))
		}
	}
}

// The template that is offered comes in as it is.
func TestTemplateIsAListThatComesIn(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	for _, form := range []string{".csv", ".xlsx"} {
		file := o.As(o.manager.ID, true).Get(at+"/wzor"+form).Want(t, http.StatusOK)
		page := o.As(o.manager.ID, true).Follow(o.bring("wzor"+form, []byte(file.Body)).Want(t, http.StatusSeeOther))
		if page.Count(`form[action$="/zatwierdz"]`) != 1 {
			t.Errorf("%s: %q", form, page.Text("main"))
		}
	}
}

// The office keeps its list in one language, and whoever brings it may read the
// other.
func TestListInTheOtherLanguageIsUnderstood(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		for name, list := range map[string]string{
			"polska.csv":  "Nazwa;Rodzaj;Siedziba;Rejestr;Nr w rejestrze\nKlub A;stowarzyszenie;Rybnik;KRS;0000123456\n",
			"english.csv": "Name;Kind;Seat;Register;Register number\nClub B;association;Rybnik;KRS;0000123457\n",
		} {
			for _, english := range []bool{false, true} {
				b := o.As(o.manager.ID, true)
				if english {
					b = b.English()
				}
				page := b.Follow(b.PostFiles(at, nil, webtest.Upload{Field: "file", Name: name, Content: []byte(list)}).Want(t, http.StatusSeeOther))
				if page.Count(`form[action$="/zatwierdz"]`) != 1 {
					t.Errorf("%s, read in English %v: %s", name, english, page.Text("main"))
				}
			}
		}
	})
}
