package browser_test

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

// A resident reads everything kept about her, sees that nobody looked, learns
// what goes and what stays, forgets to say that she understood, and is gone.
func TestResidentReadsAndErasesHerData(t *testing.T) {
	journey(t, []browser.Options{phoneOff, deskAbroad}, func(t *testing.T, site *browser.Site, o browser.Options) {
		tab := site.Open(t, named(o, "resident"))
		email, name := unique("zdzislawa.znikalska")+"@poczta.example.com", "Zdzisława Znikalska"
		tab.Go("/konto")
		askForCode(tab, email)
		tab.Fill(tab.Say("people.code.label"), site.Code(t, email).Code).Click(tab.Say("people.code.submit"))
		introduceWithoutRules(tab, email, name)
		at(t, tab, "/konto")

		tab.Click(tab.Say("people.own.door")).Click(tab.Say("people.own.export.title"))
		tab.See(name, email, tab.Say("privacy.basis.contract"), tab.Say("people.own.export.json"))
		tab.Go("/konto/dane").Click(tab.Say("people.own.looks.title")).See(tab.Say("people.own.looks.empty"))

		tab.Go(mainProgramme + "/dolacz").See(tab.Say("privacy.clause.more"))
		tab.Tick(tab.Say("programme.join.self")).Click(tab.Say("programme.join"))

		tab.Go("/konto/dane").Click(tab.Say("people.own.erase.title"))
		tab.See(tab.Say("people.own.erase.goes"), tab.Say("people.own.erase.stays"), tab.Say("programme.privacy.members.why"))
		tab.Click(tab.Say("people.own.erase.do"))
		tab.SeeMistake(tab.Say("people.own.erase.understood"), tab.Say("people.own.erase.needed"))
		tab.Tick(tab.Say("people.own.erase.understood")).Click(tab.Say("people.own.erase.do"))
		at(t, tab, "/")
		tab.See(tab.Say("people.own.erased"), tab.Say("ui.sign_in")).SeeNot(name)

		silent(t, site, email, strings.Fields(name)[0], "Znikalska")
	})
}

// A visitor finds the pages that the law wants one step away from everywhere.
func TestVisitorFindsDeclarationPrivacyAndContact(t *testing.T) {
	journey(t, []browser.Options{phoneBoth, desk}, func(t *testing.T, site *browser.Site, o browser.Options) {
		tab := site.Open(t, named(o, "visitor"))
		tab.Go("/").Click(tab.Say("imprint.title")).See(tab.Say("imprint.status"), tab.Say("imprint.procedure"))
		tab.Click(tab.Say("privacy.office.policy.title")).See(tab.Say("privacy.office.policy.cookies"))
		tab.Click(tab.Say("imprint.contact_page")).See(tab.Say("imprint.contact_page.programmes"))
	})
}
