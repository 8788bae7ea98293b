package browser_test

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

// A coordinator announces a workshop with one seat. A resident takes it, another
// waits and reads how seats are given; the first withdraws, the second gets a
// letter, confirms, changes an answer and withdraws. Staff enter somebody who came
// with paper.
func TestSeatGoesFromOneResidentToTheNext(t *testing.T) {
	journey(t, []browser.Options{phone, deskBoth}, func(t *testing.T, site *browser.Site, o browser.Options) {
		team := site.Open(t, named(o, "coordinator")).As("kierowniczka")
		event := announce(team, unique("Warsztat z mapą "))
		team.Go(event+"/zapisy/ustawienia").Fill(team.Say("event.registration.settings.all"), "1")
		team.Click(team.Say("event.registration.save")).See(team.Say("event.registration.done.settings"))
		team.Go(event+"/zapisy/pytania").Fill(team.Say("event.registration.question.label"), "Skąd przyjedziesz?")
		team.Click(team.Say("event.registration.question.add")).See(team.Say("event.registration.done.question"))

		first, _ := comer(t, site, named(o, "first"), event, "Jagoda Pierwsza")
		first.See(first.Say("event.registration.own.confirmed"))
		second, email := comer(t, site, named(o, "second"), event, "Kalina Druga")
		second.See(second.Say("event.registration.own.waiting", "Position", 1, "Waiting", 1))
		second.Click(second.Say("event.registration.rule.link")).See(second.Say("event.registration.rule.promote"))

		first.Click(first.Say("event.registration.withdraw")).See(first.Say("event.registration.withdraw.seat"))
		first.Click(first.Say("event.registration.withdraw.submit")).See(first.Say("event.registration.done.withdrawn"))
		for letter := site.Letter(t, email); !strings.Contains(letter.Text, event+"/zapisy") || !strings.Contains(letter.Subject, ": "); {
			letter = site.Letter(t, email)
		}
		second.Go(event).Click(second.Say("event.registration.confirm")).See(second.Say("event.registration.own.confirmed"))
		second.Click(second.Say("event.registration.answers.edit")).Fill("Skąd przyjedziesz?", "Z Rybnika, pociągiem")
		second.Click(second.Say("event.registration.save")).See("Z Rybnika, pociągiem")
		second.Click(second.Say("event.registration.withdraw")).Click(second.Say("event.registration.withdraw.submit"))
		second.See(second.Say("event.registration.done.withdrawn"))

		team.Go(event+"/zapisy/papier").Fill(team.Say("event.registration.paper.rows"), "Malwina z Papieru")
		team.Choose(team.Say("event.registration.gmina"), "Rybnik").Click(team.Say("event.registration.paper.submit"))
		team.See("Malwina z Papieru", team.Say("event.registration.state.confirmed"))
		team.Go(event+"/zapisy/lista").See("Malwina z Papieru", "Kalina Druga").Go(event + "/zapisy/obraz").See(team.Say("event.registration.picture.time"))
	})
}

// announce makes a workshop and puts it before the public.
func announce(team *browser.Tab, title string) (path string) {
	team.Go(mainProgramme+"/wydarzenia/nowe?szablon=workshop").Fill(team.Say("event.field.title"), title)
	team.Fill(team.Say("event.field.lead"), "Rysujemy mapę tego, co łączy.").Fill(team.Say("event.field.place"), "Dom Próbny")
	team.Fill(team.Say("event.field.address"), "ul. Próbna 1, Rybnik").Fill(team.Say("event.field.access"), "Winda, pętla indukcyjna.")
	team.Click(team.Say("event.new.act"))
	path = strings.TrimSuffix(strings.SplitN(team.Path(), "/wydarzenia/", 2)[1], "/")
	path, _, _ = strings.Cut(path, "/")
	path = mainProgramme + "/wydarzenia/" + path
	team.Go(path + "/publikacja").Click(team.Say("event.publish.act"))
	return path
}

// comer is a new resident who signs up for an event by the way the page offers.
func comer(t *testing.T, site *browser.Site, o browser.Options, event, name string) (*browser.Tab, string) {
	tab, email := site.Open(t, o), unique("przychodzi")+"@poczta.example.com"
	tab.Go(event).Click(tab.Say("event.registration.sign_up"))
	askForCode(tab, email)
	tab.Fill(tab.Say("people.code.label"), site.Code(t, email).Code).Click(tab.Say("people.code.submit"))
	introduceWithoutRules(tab, email, name)
	tab.Click(tab.Say("event.registration.sign_up"))
	return tab, email
}
