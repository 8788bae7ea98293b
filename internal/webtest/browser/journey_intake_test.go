package browser_test

import (
	"encoding/csv"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

// A manager brings the list that the office keeps in a spreadsheet, reads which
// rows are wrong, confirms the rest, and finds that it was the wrong list.
func TestManagerBringsAListOfOrganisationsAndTakesItBack(t *testing.T) {
	journey(t, []browser.Options{phoneOff, deskAbroad}, func(t *testing.T, site *browser.Site, o browser.Options) {
		tab := site.Open(t, named(o, "manager")).As("kierowniczka")
		tab.Go(mainProgramme + "/edycja/uczestnicy").Click(tab.Say("programme.members.import"))
		at(t, tab, mainProgramme+"/wczytane-organizacje")

		tab.Click(tab.Say("intake.look")).SeeMistake(tab.Say("intake.file"), tab.Say("intake.no_file"))
		first, file := officeList(t, tab)
		tab.Attach(tab.Say("intake.file"), file).Click(tab.Say("intake.look"))
		tab.See(tab.Say("intake.lead.preview"), first, tab.Say("intake.verdicts.new")+" 191", tab.Say("intake.verdicts.faulty")+" 9")
		tab.See(tab.Say("intake.unknown_kind", "Word", "klub dyskusyjny"), tab.Say("intake.unknown_place", "Word", "Kraków"),
			tab.Say("organisation.nip")+": ")
		preview := tab.Path()
		visitor := site.Open(t, o).Go("/organizacje?szukaj=" + url.QueryEscape(strings.Fields(first)[0]))
		visitor.SeeNot(first)

		tab.Click(browser.Voice(tab.Language()).N("intake.confirm", 191))
		at(t, tab, preview)
		tab.See(tab.Say("intake.confirmed"), tab.Say("intake.verdicts.entered")+" 191")
		visitor.Again().See(first)

		tab.Click(tab.Say("intake.undo")).See(tab.Say("intake.undo.title"), browser.Voice(tab.Language()).N("intake.undo.count", 191))
		tab.Click(tab.Say("intake.undo")).See(tab.Say("intake.undone"), tab.Say("intake.verdicts.removed")+" 191")
		visitor.Again().SeeNot(first)
		tab.Click(tab.Say("intake.title")).See(filepath.Base(file), tab.Say("intake.state.undone"))
	})
}

// officeList writes a list of two hundred, of which nine cannot be taken, and
// returns the name of the first.
func officeList(t *testing.T, tab *browser.Tab) (name, path string) {
	t.Helper()
	kind := tab.Say("organisation.kind.association")
	rows := [][]string{{"Nazwa", "Rodzaj", "Siedziba", "Nr KRS", "NIP", "E-mail"}}
	for range 200 {
		rows = append(rows, []string{unique("Kaczeńcówka") + " nad Rudą", kind, "Rybnik",
			fmt.Sprintf("%010d", 700000+made.Add(1)), "", ""})
	}
	for fault := range 3 { // three of each
		rows[5+60*fault][1], rows[9+60*fault][2], rows[14+60*fault][4] = "klub dyskusyjny", "Kraków", "9990000015"
	}
	path = filepath.Join(t.TempDir(), "organizacje-pozarzadowe.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := csv.NewWriter(f)
	w.Comma = ';'
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return rows[1][0], path
}
