package minutes_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/event/minutes"
	"github.com/wspolnota/wspolnota/internal/eventtest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/store"
)

// pages are what pdftotext reads on each page of an answer.
func pages(t *testing.T, page *webtest.Page) []string {
	t.Helper()
	if page.Want(t, 200); page.Header.Get("Content-Type") != "application/pdf" {
		t.Fatal(page.Header)
	}
	path := filepath.Join(t.TempDir(), "minutes.pdf")
	if err := os.WriteFile(path, []byte(page.Body), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("skipped: no pdftotext; on Debian it is in poppler-utils")
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("pdftotext: %v\n%s", err, out)
	}
	var all []string
	for _, p := range strings.Split(strings.TrimSuffix(string(out), "\f"), "\f") {
		all = append(all, strings.Join(strings.Fields(p), " "))
	}
	return all
}

// long writes minutes of several pages with everything that they may hold.
func (m *meeting) long() {
	m.t.Helper()
	points := m.begun()
	paragraph := strings.Repeat("Zażółć gęślą jaźń, pchnąć w tę łódź jeża lub ośm skrzyń fig. ", 12) + "\n\n"
	present := 25
	m.must(m.Service.SaveHead(m.facilitator(), m.Event, m.version(), minutes.Head{Chair: "Łucja Prowadząca", Taker: "Świętosław Pisarz", Present: &present}))
	m.must(m.Service.SavePoint(m.facilitator(), m.Event, points[0], 1, minutes.Written{Title: "Otwarcie i źródła",
		Text:      "Mówiono o **salach**:\n\n1. remiza\n2. [świetlica](https://example.org/swietlica)\n\n" + strings.Repeat(paragraph, 12),
		Decisions: []minutes.Decision{{ID: store.NewID(), Text: "Powstanie wspólna lista sal."}},
		Votes:     []minutes.Vote{{ID: store.NewID(), Question: "Czy przyjąć listę?", Yes: 20, No: 3, Abstained: 2, Present: 25}}}))
	for i, point := range points[1:] {
		for n := range 2 {
			m.must(m.Service.SavePoint(m.facilitator(), m.Event, point, n+1, minutes.Written{Title: fmt.Sprint("Punkt ", i+2), Task: &minutes.Task{ID: store.NewID(),
				Title: fmt.Sprintf("Spisać sale, część %d.%d", i+1, n+1), Person: m.Resident, DueAt: store.At(eventtest.Day.AddDate(0, 0, 30))}}))
		}
	}
}

func TestMinutesArePrintedWholeWithPolishLetters(t *testing.T) {
	each(t, func(t *testing.T, m *meeting) {
		m.long()
		path := minutes.Path(m.Event) + ".pdf"
		m.Visitor().Get(path).Want(t, 404)
		team := m.As(m.Facilitator, true).English() // whoever prints it, it is in the language of the event
		if text := strings.Join(pages(t, team.Get(path)), " "); !strings.Contains(text, "Projekt, stan na 15 czerwca 2014") {
			t.Errorf("a draft does not say so: %.300s", text)
		}
		m.must(m.Service.Show(m.facilitator(), m.Event, m.version(), time.Time{}))
		m.must(m.Service.Approve(m.manager(), m.Event, m.version()))
		m.must(m.Service.Publish(m.manager(), m.Event, m.version()))

		all := pages(t, m.Visitor().Get(path))
		if len(all) < 3 {
			t.Fatalf("%d pages", len(all))
		}
		for i, text := range all {
			if name, number := "Protokół: Seminarium w Wiśle", fmt.Sprintf("%d/%d", i+1, len(all)); !strings.HasSuffix(text, name+" "+number) {
				t.Errorf("page %d ends with %q", i+1, text[max(0, len(text)-60):])
			}
		}
		text := strings.Join(all, " ")
		for _, want := range []string{"13–14 czerwca 2014, Dom Przykładowy, ul. Wymyślona 1, Wisła", "Zatwierdzony: 15 czerwca 2014", "Prowadzący obrady: Łucja Prowadząca",
			"Liczba obecnych: 25", "1. Otwarcie i źródła", "Mówiono o salach:", "1. remiza 2. świetlica (https://example.org/swietlica)",
			"Zażółć gęślą jaźń, pchnąć w tę łódź jeża lub ośm skrzyń fig.", "Ustalenie nr 1 Powstanie wspólna lista sal.", "Głosowanie: Czy przyjąć listę?",
			"Za: 20", "Więcej głosów za niż przeciw.", "Punkt Zadanie Kto Do kiedy Stan", "Spisać sale, część 1.1", "Spisać sale, część 2.2",
			webtest.Public + minutes.Path(m.Event)} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not in it", want)
			}
		}
		if strings.Contains(text, "Marta Mieszkanka") {
			t.Error("the public reads who has a task")
		}
		if text := strings.Join(pages(t, team.Get(path)), " "); !strings.Contains(text, "Marta Mieszkanka") {
			t.Error("the team does not read who has a task")
		}
		m.reads(m.Visitor(), minutes.Path(m.Event), "PDF")
	})
}
