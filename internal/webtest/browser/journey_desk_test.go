package browser_test

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

// A manager sees on the desk of the programme where it stands, invites somebody,
// sees that this waits; the person finds it on a desk of their own, with the
// count in the header, answers, and it waits no more.
func TestWhatWaitsStandsOnBothDesksUntilItIsAnswered(t *testing.T) {
	journey(t, []browser.Options{phoneOff, deskAbroad}, func(t *testing.T, site *browser.Site, o browser.Options) {
		email := unique("kasper.wiklinowy") + "@poczta.example.com"
		manager := site.Open(t, named(o, "manager")).As("kierowniczka")
		manager.Go("/pulpit").Click("Międzysektorowa współpraca czyli wspólnota samorządowa w innym wymiarze")
		at(t, manager, mainProgramme+"/pulpit")
		manager.See(manager.Say("desk.manager.waits"), manager.Say("desk.manager.phases"), manager.Say("ui.phase.now"))
		before := strings.Count(manager.Text("main table"), manager.Say("desk.for.invited"))

		manager.Go(mainProgramme+"/edycja/uczestnicy/zapros").Fill(manager.Say("programme.invite.emails"), email)
		manager.Click(manager.Say("programme.invite.submit")).See(manager.Say("programme.invited.sent"))
		manager.Go(mainProgramme + "/pulpit").See(manager.Say("programme.desk.invitation")).SeeNot(email)
		if now := strings.Count(manager.Text("main table"), manager.Say("desk.for.invited")); now <= before {
			t.Errorf("%d invitations wait, as before", now)
		}

		tab := site.Open(t, named(o, "invited")).Go("/pulpit")
		askForCode(tab, email)
		tab.Fill(tab.Say("people.code.label"), site.Code(t, email).Code).Click(tab.Say("people.code.submit"))
		introduceWithoutRules(tab, email, "Kasper Wiklinowy")
		at(t, tab, "/pulpit")
		tab.See(tab.Say("programme.desk.invitation"), tab.Say("desk.status.answer"))
		if count := tab.Text(".site-header .count"); !strings.HasPrefix(count, "1") {
			t.Errorf("the header counts %q", count)
		}
		tab.Click(tab.Say("programme.desk.invitation")).Click(tab.Say("programme.invitation.accept"))
		tab.Go("/pulpit").See(tab.Say("desk.own.empty"))
		if count := tab.Text(".site-header .count"); count != "" {
			t.Errorf("the header still counts %q", count)
		}
	})
}
