package browser_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

const eventList = mainProgramme + "/wydarzenia"

// A manager makes the seminar of two days from its template, announces a trainer
// and a worksheet, publishes, moves it to another house, makes a copy and cancels
// that.
func TestManagerRunsASeminarFromTemplateToCancelledCopy(t *testing.T) {
	journey(t, []browser.Options{phoneBoth, desk}, func(t *testing.T, site *browser.Site, o browser.Options) {
		title := unique("Seminarium wyjazdowe ")
		tab := site.Open(t, named(o, "manager")).As("kierowniczka")
		beginSeminar(tab, title)
		tab.See(tab.Say("event.flash.begun"), tab.Say("event.template.scan"))

		tab.Fill(tab.Say("event.session.field.title"), "Ognisko").Fill(tab.Say("event.session.field.starts"), "29.03.2015 02:30").
			Click(tab.Say("event.session.add"))
		tab.SeeMistake(tab.Say("event.session.field.starts"), tab.Say("form.skipped_hour"))
		tab.Keep(tab.Say("event.session.field.title"), "Ognisko").Fill(tab.Say("event.session.field.starts"), "16.01.2015 18:00").
			Click(tab.Say("event.session.add")).See(tab.Say("event.flash.session"), "Ognisko")

		tab.Click(tab.Say("event.nav.speakers")).Fill(tab.Say("event.speaker.field.name"), "Agata Zmyślona").
			Fill(tab.Say("event.speaker.field.profile"), "Prowadzi rozmowy od lat.").Click(tab.Say("event.speaker.add"))
		tab.See(tab.Say("event.flash.speaker"), "Agata Zmyślona")
		tab.Click(tab.Say("event.nav.materials")).Attach(tab.Say("event.file.field.file"), file(t, "karta-pracy.txt", []byte("Karta pracy przy stole."))).
			Click(tab.Say("event.file.add")).See(tab.Say("event.flash.material"), "karta-pracy")

		tab.Click(tab.Say("event.nav.publication")).See(tab.Say("event.publication.missing"), tab.Say("event.access.missing"))
		tab.Click(tab.Say("event.nav.edit")).Fill(tab.Say("event.field.access"), "Wejście bez schodów, winda.").Click(tab.Say("event.save"))
		tab.Click(tab.Say("event.nav.publication")).Click(tab.Say("event.publish.act")).See(tab.Say("event.flash.published"), title)
		page := tab.Path()

		tab.Click(tab.Say("event.nav.edit")).See(tab.Say("event.edit.published"))
		tab.Fill(tab.Say("event.field.place"), "Dom pod Lasem").Click(tab.Say("event.save")).See(tab.Say("event.flash.moved"), "Dom pod Lasem")

		tab.Click(tab.Say("event.nav.publication")).Click(tab.Say("event.copy.link"))
		copied := unique("Powtórka seminarium ")
		tab.Fill(tab.Say("event.field.title"), copied).Fill(tab.Say("event.field.day"), "20.02.2015").Click(tab.Say("event.copy.act"))
		tab.See(tab.Say("event.flash.copied")).Click(tab.Say("event.nav.publication")).Click(tab.Say("event.publish.act"))
		tab.Click(tab.Say("event.nav.publication")).Click(tab.Say("event.cancel.act")).Fill(tab.Say("event.cancel.reason"), "Zalana sala.").
			Click(tab.Say("event.cancel.act")).See(tab.Say("event.flash.cancelled"), "Zalana sala.")

		visitor := site.Open(t, o)
		visitor.Go(page).See(title, "Dom pod Lasem", "Wejście bez schodów, winda.", "Agata Zmyślona", "karta-pracy", "Ognisko")
		visitor.Go("/wydarzenia/2015/02").See(copied, visitor.Say("event.state.cancelled"))
	})
}

func beginSeminar(tab *browser.Tab, title string) {
	tab.Go(eventList).Click(tab.Say("event.new.link"))
	tab.Go(eventList + "/nowe?szablon=foresight")
	tab.Fill(tab.Say("event.field.title"), title).Fill(tab.Say("event.field.lead"), "Dwa dni o wspólnej przyszłości.").
		Fill(tab.Say("event.field.day"), "16.01.2015").Fill(tab.Say("event.field.place"), "Dom nad Rzeką").
		Fill(tab.Say("event.field.address"), "ul. Wymyślona 7, Wisła").Click(tab.Say("event.new.act"))
}

// A visitor finds the seminar in the month, by keyboard alone, and takes the
// address of the calendar.
func TestVisitorFindsAnEventInTheMonth(t *testing.T) {
	journey(t, []browser.Options{phone, deskOff}, func(t *testing.T, site *browser.Site, o browser.Options) {
		title := unique("Seminarium w kalendarzu ")
		manager := site.Open(t, named(o, "manager")).As("kierowniczka")
		beginSeminar(manager, title)
		manager.Click(manager.Say("event.nav.edit")).Fill(manager.Say("event.field.access"), "Winda.").Click(manager.Say("event.save"))
		manager.Click(manager.Say("event.nav.publication")).Click(manager.Say("event.publish.act"))

		visitor := site.Open(t, named(o, "visitor"))
		visitor.Go("/wydarzenia").See(title)
		visitor.Go("/wydarzenia/2015/01").SkipsTo(title).Press(input.Enter).See(title, visitor.Say("event.agenda.title"))
		followable(t, visitor.Href(visitor.Say("export.calendar")))
		visitor.Go("/wydarzenia?rodzaj=panel").SeeNot(title)
		followable(t, visitor.Go("/wydarzenia").Href(visitor.Say("event.list.title")+" ("+visitor.Say("event.feed.calendar")+")"))
	})
}

// followable fails the test unless a calendar is at the address.
func followable(t *testing.T, address string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil || !strings.HasPrefix(string(content), "BEGIN:VCALENDAR") || !strings.Contains(string(content), "BEGIN:VEVENT") {
		t.Errorf("%s gives %.60q, %v", address, content, err)
	}
}
