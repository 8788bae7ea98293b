package browser_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

// The days to which the journeys move an event: the demo begins on the second.
const (
	yesterday = "04.12.2014"
	today     = "05.12.2014"
)

// hold makes a workshop to which people were entered from paper.
func hold(team *browser.Tab, title string, people ...string) (event string) {
	event = announce(team, title)
	team.Go(event+"/zapisy/ustawienia").Fill(team.Say("event.registration.settings.all"), "40")
	team.Click(team.Say("event.registration.save")).See(team.Say("event.registration.done.settings"))
	enter(team, event, people...)
	return event
}

func enter(team *browser.Tab, event string, people ...string) {
	team.Go(event+"/zapisy/papier").Fill(team.Say("event.registration.paper.rows"), strings.Join(people, "\n"))
	team.Choose(team.Say("event.registration.gmina"), "Rybnik").Click(team.Say("event.registration.paper.submit"))
	team.See(team.Say("event.registration.done.entered"))
}

func moveTo(team *browser.Tab, event, day string) {
	team.Go(event+"/program").Fill(team.Say("event.shift.day"), day).Click(team.Say("event.shift.act"))
}

// A volunteer opens the list at the door, finds people by typing, notes them by
// keyboard, loses the network, goes on, and has it back. Meanwhile a second phone
// notes one of the same people: that counts once, and both say so.
func TestVolunteerGoesOnWithoutTheNetwork(t *testing.T) {
	journey(t, []browser.Options{phone, phoneAbroad, desk}, func(t *testing.T, site *browser.Site, o browser.Options) {
		first := site.Open(t, named(o, "first phone")).As("kierowniczka")
		event := hold(first, unique("Warsztat przy drzwiach "), "Łucja Drzwiowa", "Marek Progowy", "Żaneta Klamka")
		moveTo(first, event, today)
		second := site.Open(t, named(o, "second phone")).As("kierowniczka")
		second.Go(event + "/obecnosc").See("Łucja Drzwiowa")

		first.Go(event + "/obecnosc").See(first.Say("event.attendance.of", "All", 3))
		first.TabTo(first.Say("event.attendance.search")).Type("lucja")
		first.SeeNot("Marek Progowy").TabTo(mark(first, "Łucja Drzwiowa")).Press(input.Enter)
		first.Until(takeBack(first, "Łucja Drzwiowa"))
		if got := first.Focused(); got != takeBack(first, "Łucja Drzwiowa") {
			t.Errorf("the focus is on %q", got)
		}
		counted(t, first, "1")

		first.Go(event + "/obecnosc").Cut()
		first.TabTo(mark(first, "Marek Progowy")).Press(input.Enter).Until(first.Say("event.attendance.script.waiting") + ": 1")
		first.See(first.Say("event.attendance.script.kept"))
		first.TabTo(mark(first, "Żaneta Klamka")).Press(input.Enter).Until(first.Say("event.attendance.script.waiting") + ": 2")
		second.Click(mark(second, "Marek Progowy")).Until(takeBack(second, "Marek Progowy"))
		first.Mend().Until(first.Say("event.attendance.script.sent")).SeeNot(first.Say("event.attendance.script.kept"))
		counted(t, first, "3")

		second.Again()
		counted(t, second, "3")
		second.Click(takeBack(second, "Żaneta Klamka")).Until(mark(second, "Żaneta Klamka"))
		counted(t, second, "2")
	})
}

// Without script the same list takes one person after the other, and somebody who
// comes without a registration is entered and noted. Whoever was noted can not be
// withdrawn.
func TestDoorWithoutScript(t *testing.T) {
	journey(t, []browser.Options{phoneOff, deskBoth}, func(t *testing.T, site *browser.Site, o browser.Options) {
		tab := site.Open(t, named(o, "volunteer")).As("kierowniczka")
		event := hold(tab, unique("Warsztat bez skryptu "), "Łucja Cicha", "Marek Spokojny")
		moveTo(tab, event, today)
		tab.Go(event+"/obecnosc").Fill(tab.Say("event.attendance.search"), "lucja").Click(tab.Say("ui.filter.show")).SeeNot("Marek Spokojny")
		tab.Click(mark(tab, "Łucja Cicha")).See(tab.Say("event.attendance.flash.here"), "Marek Spokojny")
		counted(t, tab, "1")
		tab.Click(tab.Say("event.attendance.walk_in"))
		at(t, tab, event+"/zapisy/papier")
		enter(tab, event, "Celina z Drogi")
		tab.Go(event + "/obecnosc").Click(mark(tab, "Celina z Drogi"))
		counted(t, tab, "2")

		tab.Go(event + "/zapisy/lista").Click("Celina z Drogi").Click(tab.Say("event.registration.withdraw"))
		tab.Click(tab.Say("event.registration.withdraw.submit")).See(tab.Say("event.attendance.refused.came"))
	})
}

// A participant who was there takes the certificate home; an employer types its
// code, and then the name.
func TestCertificateIsTakenAndVerified(t *testing.T) {
	journey(t, []browser.Options{phone, deskBoth}, func(t *testing.T, site *browser.Site, o browser.Options) {
		team := site.Open(t, named(o, "manager")).As("kierowniczka")
		event := hold(team, unique("Warsztat z zaświadczeniem "), "Marek Nieobecny")
		name := unique("Żaneta Śladowska ")
		guest, _ := comer(t, site, named(o, "participant"), event, name)
		guest.Go(event).Click(guest.Say("event.attendance.own.ticket")).See(name, guest.Say("event.attendance.ticket.show"))
		moveTo(team, event, yesterday)
		team.Go(event + "/obecnosc").Click(mark(team, name))
		team.SeeNot(team.Say("event.attendance.walk_in")) // nobody is entered any more
		team.Go(event + "/zaswiadczenia").Click(team.Say("event.attendance.issue.act")).See(name).SeeNot("Marek Nieobecny")

		guest.Go(event).Click(strings.SplitN(guest.Say("event.attendance.own.certificate", "Number", "?"), "?", 2)[0]).See(name)
		if pdf := guest.Download(guest.Href(guest.Say("event.attendance.own.print"))); !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Errorf("the certificate is %.20q", pdf)
		}
		address := guest.Href("/zaswiadczenia/")
		code := address[strings.LastIndex(address, "/")+1:]

		employer := site.Open(t, named(o, "employer"))
		employer.Go("/zaswiadczenia").Fill(employer.Say("event.attendance.code"), "AAAA-AAAA-AAAA").Click(employer.Say("event.attendance.verify.act"))
		employer.SeeMistake(employer.Say("event.attendance.code"), employer.Say("event.attendance.verify.unknown"))
		employer.Fill(employer.Say("event.attendance.code"), strings.ToLower(code)).Click(employer.Say("event.attendance.verify.act"))
		employer.See(employer.Say("event.attendance.verify.good")).SeeNot(name)
		employer.Fill(employer.Say("event.attendance.verify.typed"), "Ktoś Inny").Click(employer.Say("event.attendance.verify.compare"))
		employer.See(employer.Say("event.attendance.verify.other"))
		employer.Fill(employer.Say("event.attendance.verify.typed"), name).Click(employer.Say("event.attendance.verify.compare"))
		employer.See(employer.Say("event.attendance.verify.matches"))
	})
}

func mark(tab *browser.Tab, name string) string {
	return tab.Say("event.attendance.mark.whom", "Name", name)
}

func takeBack(tab *browser.Tab, name string) string {
	return tab.Say("event.attendance.take_back.whom", "Name", name)
}

// counted fails the test unless the list says that so many are there.
func counted(t *testing.T, tab *browser.Tab, want string) {
	t.Helper()
	if got := tab.Text("[data-door-here]"); got != want {
		t.Errorf("%s are there, want %s", got, want)
	}
}

// A manager has seats proposed, moves somebody by keyboard and somebody by mouse,
// and both stay there when seats are proposed anew.
func TestManagerSeatsTables(t *testing.T) {
	journey(t, []browser.Options{phoneAbroad, desk, deskOff}, func(t *testing.T, site *browser.Site, o browser.Options) {
		tab := site.Open(t, named(o, "manager")).As("kierowniczka")
		var people []string
		for i := range 6 {
			people = append(people, fmt.Sprintf("Osoba %c", 'A'+i))
		}
		event := hold(tab, unique("Warsztat przy stołach "), people...)
		tab.Go(event+"/stoly").Fill(tab.Say("event.seating.tables"), "2").Fill(tab.Say("event.seating.seed"), "7")
		tab.Click(tab.Say("event.seating.propose.act")).See(tab.Say("event.seating.flash.proposed"), "Osoba F")

		moved := []string{tab.Text("[data-table]:nth-of-type(1) [data-seat] strong")}
		tab.TabTo(tab.Say("event.seating.move.where", "Name", moved[0])).Press(input.ArrowDown)
		tab.TabTo(tab.Say("event.seating.move.whom", "Name", moved[0])).Press(input.Enter).See(tab.Say("event.seating.flash.moved"))
		sits(t, tab, moved[0], 2)
		if o == desk { // fingers do not drag: phones have the list
			moved = append(moved, tab.Text("[data-table]:nth-of-type(1) [data-seat] strong"))
			tab.Drag("[data-table]:nth-of-type(1) [data-seat]", "[data-table]:nth-of-type(2)")
			sits(t, tab, moved[1], 2)
		}
		tab.Fill(tab.Say("event.seating.seed"), "8").Click(tab.Say("event.seating.propose.act"))
		for _, name := range moved {
			sits(t, tab, name, 2)
		}
		for _, words := range []string{"event.seating.sheets", "event.seating.cards"} {
			if pdf := tab.Download(tab.Href(tab.Say(words))); !bytes.HasPrefix(pdf, []byte("%PDF-")) {
				t.Errorf("%s are %.20q", words, pdf)
			}
		}
	})
}

// sits fails the test unless the person is pinned to that table, counted from 1.
func sits(t *testing.T, tab *browser.Tab, name string, table int) {
	t.Helper()
	if got := tab.Text(fmt.Sprintf("[data-table]:nth-of-type(%d)", table)); !strings.Contains(got, name+" "+tab.Say("event.seating.locked")) {
		t.Errorf("%s is not pinned to table %d: %s", name, table, got)
	}
}
