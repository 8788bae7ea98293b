package browser_test

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

// A resident without e-mail comes to the office. The manager acts for her while
// she looks on, every page says so, the log names both, and she takes a receipt
// home on paper.
func TestManagerActsForAResidentWhoHasNoEmail(t *testing.T) {
	journey(t, []browser.Options{phoneOff, deskAbroad}, func(t *testing.T, site *browser.Site, o browser.Options) {
		name := unique("Apolonia Miętowska-Zdrój ")
		tab := site.Open(t, named(o, "manager")).As("kierowniczka")
		tab.Go(mainProgramme + "/pulpit").Click(tab.Say("desk.manager.assist"))
		at(t, tab, mainProgramme+"/obsluga")

		tab.Fill(tab.Say("people.name"), name).Choose(tab.Say("assist.municipality"), "Czerwionka-Leszczyny")
		tab.Click(tab.Say("assist.begin")).SeeMistake(tab.Say("assist.present"), tab.Say("assist.present.needed"))
		tab.Keep(tab.Say("people.name"), name).Tick(tab.Say("assist.present")).Click(tab.Say("assist.begin"))
		at(t, tab, mainProgramme)
		tab.See(tab.Say("assist.begun"))
		for _, path := range []string{"/", "/aktualnosci", "/pulpit", mainProgramme + "/dolacz"} {
			if band := tab.Go(path).Text(".assist-band"); !strings.Contains(band, name) {
				t.Errorf("%s says %q and not for whom", path, band)
			}
		}

		tab.Tick(tab.Say("programme.join.self")).Click(tab.Say("programme.join")).See(tab.Say("programme.join.joined"))
		tab.Go(mainProgramme + "/edycja").See(tab.Say("fault.title.403"))
		tab.Go("/").Click(tab.Say("ui.assisting.end"))
		tab.See(tab.Say("assist.receipt.title"), name, "Katarzyna Wrzosowicz", tab.Say("programme.audit.joined"))
		paper := tab.OnPaper()
		for _, words := range []string{name, "Katarzyna Wrzosowicz", tab.Say("programme.audit.joined"), tab.Say("assist.receipt.number")} {
			if !strings.Contains(paper, words) {
				t.Errorf("the paper lacks %q: %s", words, paper)
			}
		}
		if tab.Text(".assist-band") != "" {
			t.Error("the band is still there")
		}
		tab.Go(mainProgramme + "/edycja").SeeNot(tab.Say("fault.title.403")) // the manager herself again

		admin := site.Open(t, named(o, "administrator")).As("administratorka")
		admin.Go("/administracja/dziennik").See(name, "Katarzyna Wrzosowicz", admin.Say("assist.audit.ended"))

		tab.Go(mainProgramme+"/obsluga").Fill(tab.Say("assist.search"), name).Click(tab.Say("ui.filter.show"))
		tab.Click(tab.Say("assist.choose.whom", "Name", name)).See(tab.Say("assist.begun"), tab.Say("programme.leave.link"))
		tab.Click(tab.Say("ui.assisting.end")).See(tab.Say("assist.receipt.nothing"))
	})
}
