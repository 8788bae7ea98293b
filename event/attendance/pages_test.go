package attendance_test

import (
	"embed"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web/ui"
)

var messages = []embed.FS{attendance.Messages}

// pdfText is what pdftotext reads in an answer.
func pdfText(t testing.TB, page *webtest.Page) string {
	t.Helper()
	if page.Want(t, 200); page.Header.Get("Content-Type") != "application/pdf" {
		t.Fatal(page.Header)
	}
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

func contains(t testing.TB, text string, words ...string) {
	t.Helper()
	text = strings.Join(strings.Fields(text), " ")
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not in\n%s", w, text)
		}
	}
}

func TestDoorWorksWithoutScript(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		id := x.Seat(x.event, x.Resident, "", ui.Resident, "2412011")
		x.Seat(x.event, x.Neighbour, x.Office, ui.Administration, "")
		door := x.event.Path() + "/obecnosc"
		b := x.As(x.Facilitator, true)
		page := b.Get(door).Want(t, 200)
		if page.Count("li.task") != 2 || page.Text("p:has([data-door-here])") != "0 z 2 na liście już jest" {
			t.Errorf("%d rows, %q", page.Count("li.task"), page.Text("p:has([data-door-here])"))
		}
		page = b.Follow(b.Post(door, "guest", string(id), "here", "1")).Want(t, 200)
		contains(t, page.Text("#osoba-"+string(id)), "Marta Mieszkanka", "Jest od 08:45", "Cofnij")
		contains(t, page.Text("#flash"), "Obecność odnotowana.")
		page = b.Get(door+"?szukaj=przyklad").Want(t, 200)
		if page.Count("li.task") != 1 {
			t.Errorf("the search finds %d", page.Count("li.task"))
		}
		page = b.Follow(b.Post(door, "guest", string(id), "here", "0")).Want(t, 200)
		contains(t, page.Text("#osoba-"+string(id)), "Jeszcze nie ma")
	})
}

func TestDoorAsksTheDatabaseAsOftenForMany(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		b := x.As(x.Facilitator, true)
		asked := func() int {
			ctx, counter := store.WithCounter(t.Context())
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, webtest.Public+x.event.Path()+"/obecnosc", nil)
			if err != nil {
				t.Fatal(err)
			}
			b.Do(r).Want(t, 200)
			return counter.N()
		}
		few := asked()
		for i := range 30 {
			x.Seat(x.event, x.Person(fmt.Sprint("Osoba ", i)), x.NGO, ui.NGO, "")
		}
		if many := asked(); many != few || many > 5 {
			t.Errorf("%d questions for nobody, %d for thirty", few, many)
		}
	})
}

func TestScriptIsAnsweredWithTheRow(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		id := x.Seat(x.event, x.Resident, "", ui.Resident, "")
		tap := func(who store.ID, here string) *webtest.Page {
			body := "guest=" + string(id) + "&here=" + here + "&tap=" + string(store.NewID()) + "&ago=60"
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, webtest.Public+x.event.Path()+"/obecnosc", strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("X-Row", "1")
			return x.As(who, true).Do(r)
		}
		page := tap(x.Facilitator, "1").Want(t, 200)
		if strings.Contains(page.Body, "<html") || !strings.Contains(page.Body, "Jest od 08:44") {
			t.Errorf("%s", page.Body)
		}
		contains(t, tap(x.Manager, "1").Want(t, 200).Body, "Jest od 08:44, odnotowała ta osoba: Franek Trener")
		x.Exec(`UPDATE event_registration SET state = 'withdrawn' WHERE id = $1`, id)
		x.Exec(`DELETE FROM event_attendance`)
		contains(t, tap(x.Manager, "1").Want(t, 409).Body, "zrezygnowała z udziału")
	})
}

func TestTicketTellsStrangersNothing(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		id := x.Seat(x.event, x.Resident, "", ui.Resident, "")
		path := x.TicketPath(id)
		for name, b := range map[string]*webtest.Browser{"visitor": x.Visitor(), "neighbour": x.As(x.Neighbour, false),
			"manager of another programme": x.As(x.Stranger, true), "observer": x.As(x.Observer, true)} {
			page := b.Get(path).Want(t, 200)
			for _, secret := range []string{"Marta", "Mieszkanka", x.event.Title} {
				if strings.Contains(page.Body, secret) {
					t.Errorf("%s reads %q", name, secret)
				}
			}
		}
		if page := x.As(x.Resident, false).Get(path); page.Header.Get("Location") != x.event.Path()+"/bilet" {
			t.Errorf("its owner is led to %q", page.Header.Get("Location"))
		}
		b := x.As(x.Facilitator, true)
		page := b.Get(path).Want(t, 200)
		contains(t, page.Text("li.task"), "Marta Mieszkanka", "Jeszcze nie ma")
		page = b.Follow(b.Post(x.event.Path()+"/obecnosc", "guest", string(id), "here", "1", "powrot", path))
		contains(t, page.Text("li.task"), "Jest od 08:45")
	})
}

func TestOwnTicketHoldsTheLinkAsACode(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		id := x.Seat(x.event, x.Resident, "", ui.Resident, "")
		page := x.As(x.Resident, false).Get(x.event.Path()+"/bilet").Want(t, 200)
		if page.Count("main svg.qr") != 1 {
			t.Error("no code")
		}
		contains(t, pdfText(t, x.As(x.Resident, false).Get(x.event.Path()+"/bilet.pdf")), "Seminarium w Wiśle", "Marta Mieszkanka", "ul. Wymyślona 1, Wisła")
		x.As(x.Neighbour, false).Get(x.event.Path()+"/bilet").Want(t, 404)
		x.Exec(`UPDATE event_registration SET state = 'waiting' WHERE id = $1`, id)
		page = x.As(x.Resident, false).Get(x.event.Path()+"/bilet").Want(t, 200)
		if page.Count("svg.qr") != 0 {
			t.Error("somebody who waits has a ticket")
		}
		x.As(x.Resident, false).Get(x.event.Path()+"/bilet.pdf").Want(t, 404)
	})
}

func TestSheetToSignHasEverybodyOnEachDay(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		x.Seat(x.event, x.Resident, "", ui.Resident, "")
		x.Seat(x.event, x.Neighbour, x.Office, ui.Administration, "")
		text := pdfText(t, x.As(x.Manager, true).Get(x.event.Path()+"/obecnosc/podpisy.pdf"))
		contains(t, text, "Lista obecności", "13 czerwca 2014", "14 czerwca 2014", "Norbert Sąsiad", "Urząd Gminy Przykład")
		if n := strings.Count(text, "Marta Mieszkanka"); n != 2 {
			t.Errorf("%d times", n)
		}
		contains(t, pdfText(t, x.As(x.Manager, true).Get(x.event.Path()+"/obecnosc/identyfikatory.pdf")), "Norbert Sąsiad", "Urząd Gminy Przykład")
	})
}

// certified is a world after its event, with one certificate, whose code it
// returns.
func (x *world) certified(t testing.TB) string {
	t.Helper()
	x.Exec(`UPDATE person SET name = 'Żaneta Śladowska-Łącz' WHERE id = $1`, x.Resident)
	id := x.Seat(x.event, x.Resident, "", ui.Resident, "")
	if _, err := x.noted(id); err != nil {
		t.Fatal(err)
	}
	x.DB.Clock().Set(x.event.EndsAt.Time)
	if err := x.SetRule(x.Ctx(x.Manager), x.event, attendance.Rule{Words: "role sektorów, metoda delficka"}); err != nil {
		t.Fatal(err)
	}
	b := x.As(x.Manager, true)
	b.Follow(b.Post(x.event.Path()+"/zaswiadczenia")).Want(t, 200)
	all, err := attendance.Certificates(t.Context(), x.DB, x.event.ID)
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	return all[0].Code
}

func TestCertificateIsPrintedWithPolishLettersAndItsCode(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		code := x.certified(t)
		b := x.As(x.Resident, false)
		page := b.Get(x.event.Path()+"/zaswiadczenie").Want(t, 200)
		contains(t, page.Text("main"), "Żaneta Śladowska-Łącz", "Seminarium w Wiśle", webtest.Public+"/zaswiadczenia/"+code)
		contains(t, pdfText(t, b.Get(x.event.Path()+"/zaswiadczenie.pdf")), "Zaświadczenie o udziale", "Nr 1/2014", "Żaneta Śladowska-Łącz",
			"Seminarium w Wiśle", "13 czerwca 2014 – 14 czerwca 2014, Dom Przykładowy", "Zakres: role sektorów, metoda delficka",
			"Program: Współpraca", "kod "+attendance.Certificate{Code: code}.Typed())
		contains(t, pdfText(t, x.As(x.Manager, true).Get(x.event.Path()+"/zaswiadczenia.pdf")), "Żaneta Śladowska-Łącz")
		x.As(x.Neighbour, false).Get(x.event.Path()+"/zaswiadczenie").Want(t, 404)
	})
}

func TestWhoeverWasSignedUpByTheirAddressHasTheCertificate(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		x.certified(t)
		x.Exec(`UPDATE event_registration SET person = NULL, email = (SELECT email FROM person WHERE id = $1) WHERE person = $1`, x.Resident)
		x.Exec(`UPDATE event_certificate SET person = NULL`)
		x.As(x.Resident, false).Get(x.event.Path()+"/zaswiadczenie").Want(t, 200)
		x.As(x.Neighbour, false).Get(x.event.Path()+"/zaswiadczenie").Want(t, 404)
	})
}

func TestAnyoneVerifiesACertificateAndReadsNoName(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		code := x.certified(t)
		visitor := x.Visitor()
		page := visitor.Get("/zaswiadczenia?kod=" + strings.ToLower(code[:4]+"-"+code[4:]))
		if page.Header.Get("Location") != "/zaswiadczenia/"+code {
			t.Fatalf("%d %q", page.Status, page.Header.Get("Location"))
		}
		page = visitor.Get("/zaswiadczenia/"+code).Want(t, 200)
		contains(t, page.Text("main"), "To zaświadczenie jest ważne.", "1/2014", "Seminarium w Wiśle")
		for name, words := range map[string]string{"zaneta  sladowska lacz": "Zgadza się", "Anna Inna": "Nie zgadza się"} {
			page = visitor.Post("/zaswiadczenia/"+code, "name", name).Want(t, 200)
			contains(t, page.Text("#verified"), words)
		}
		for _, p := range []*webtest.Page{visitor.Get("/zaswiadczenia/" + code), visitor.Post("/zaswiadczenia/"+code, "name", "Anna Inna"), visitor.Post("/zaswiadczenia/"+code, "name", "").Want(t, 422)} {
			if strings.Contains(p.Body, "Śladowska") {
				t.Error("the name is told")
			}
		}
		visitor.Get("/zaswiadczenia/ABCDEFGHJKLM").Want(t, 404)
		contains(t, visitor.Get("/zaswiadczenia?kod=ABC").Want(t, 422).Text("#error-summary"), "Nie ma zaświadczenia o takim kodzie")
	})
}

func TestRevokedCertificateSaysSo(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		code := x.certified(t)
		b := x.As(x.Manager, true)
		href, _ := b.Get(x.event.Path()+"/zaswiadczenia").Want(t, 200).Doc().Find(`main td a`).Attr("href")
		b.Get(href).Want(t, 200)
		b.Post(href, "reason", "").Want(t, 422)
		b.Follow(b.Post(href, "reason", "pomyłka w nazwisku")).Want(t, 200)
		page := x.Visitor().Get("/zaswiadczenia/"+code).Want(t, 200)
		contains(t, page.Text("main"), "To zaświadczenie jest nieważne od dnia: 14 czerwca 2014.")
		if strings.Contains(page.Body, "pomyłka") {
			t.Error("the reason is told to everybody")
		}
		contains(t, x.As(x.Resident, false).Get(x.event.Path()+"/zaswiadczenie").Want(t, 200).Text("main"), "pomyłka w nazwisku")
		x.As(x.Resident, false).Get(x.event.Path()+"/zaswiadczenie.pdf").Want(t, 404)
	})
}

func TestTeamSeesEveryNumberAndSessionsAsAPicture(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		id := x.Seat(x.event, x.Resident, "", ui.Resident, "2412011")
		b := x.As(x.Manager, true)
		page := b.Post(x.event.Path()+"/obecnosc/zasady", "how", "session", "least", "9", "words", "", "version", "0").Want(t, 422)
		b.Follow(b.Post(x.event.Path()+"/obecnosc/zasady", "how", "session", "least", "1", "words", "", "version", "0")).Want(t, 200)
		b.Post(x.event.Path()+"/obecnosc/zasady", "how", "event", "words", "", "version", "0").Want(t, 409)
		page = b.Get(x.event.Path()+"/obecnosc").Want(t, 200)
		session := page.Value("czesc")
		if session == "" || page.Count(".section-nav a") < 3 {
			t.Fatal("sessions are not offered")
		}
		b.Follow(b.Post(x.event.Path()+"/obecnosc", "guest", string(id), "czesc", session, "here", "1")).Want(t, 200)
		page = b.Get(x.event.Path()+"/obecnosc/podsumowanie").Want(t, 200)
		if page.Count("figure svg") == 0 {
			t.Error("no picture")
		}
		contains(t, page.Text("main"), "Przyszła 1 osoba z 1 na liście.", "Otwarcie", "Mieszkańcy")
		csv := b.Get(x.event.Path()+"/obecnosc/lista.csv").Want(t, 200).Body
		contains(t, csv, "Marta Mieszkanka")
	})
}

// The public part is shown after the event, and tells of nobody.
func TestPublicReadsNumbersAfterTheEvent(t *testing.T) {
	each(t, func(t *testing.T, x *world) {
		for i := range 12 {
			sector, organisation := ui.NGO, x.NGO
			if i > 9 {
				sector, organisation = ui.Resident, ""
			}
			if _, err := x.noted(x.Seat(x.event, x.Person(fmt.Sprint("Osoba ", i)), organisation, sector, "2412011")); err != nil {
				t.Fatal(err)
			}
		}
		show := func() string {
			part, err := x.PublicPart().Show(t.Context(), x.event)
			if err != nil {
				t.Fatal(err)
			}
			if part == nil {
				return ""
			}
			var b strings.Builder
			if err := part.Render(t.Context(), &b); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
		if got := show(); got != "" {
			t.Errorf("told before the end: %s", got)
		}
		x.DB.Clock().Set(x.event.EndsAt.Time)
		got := show()
		if !strings.Contains(got, `id="came"`) || strings.Contains(got, "Osoba") || strings.Contains(got, ">2<") || strings.Contains(got, ">10<") {
			t.Errorf("%s", got)
		}
	})
}
