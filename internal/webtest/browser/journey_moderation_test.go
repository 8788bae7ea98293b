package browser_test

import (
	"testing"

	"github.com/go-rod/rod/lib/input"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

const profiles = "/administracja/moderacja"

// writer is somebody who has just registered an organisation.
type writer struct {
	*browser.Tab
	email, name string
	club, path  string
}

func newWriter(t *testing.T, site *browser.Site, o browser.Options) writer {
	t.Helper()
	w := writer{Tab: site.Open(t, named(o, "writer")), email: unique("writer") + "@klub.example.com",
		name: unique("Salomea Kądziołka "), club: "Uczniowski Klub Sportowy " + unique("Bryza ")}
	w.Go("/organizacje").Click(w.Say("organisation.list.new"))
	signUp(t, site, w.Tab, w.email, w.name)
	w.Click(w.Say("organisation.kind.school_sports_club"))
	register(t, w.Tab, w.club, unique("UKS/2014/m"))
	w.path = w.Path()
	return w
}

// describe writes the description of the club anew.
func (w writer) describe(words string) {
	w.Go(w.path).Click(w.Say("organisation.edit"))
	w.Fill(w.Say("organisation.description"), words).Click(w.Say("organisation.save"))
}

// A visitor reports a profile by keyboard; the administrator hides it with a
// reason; its author is told, appeals, and another administrator restores it.
func TestReportedProfileIsHiddenAppealedAgainstAndRestored(t *testing.T) {
	journey(t, []browser.Options{phoneOff, deskAbroad}, func(t *testing.T, site *browser.Site, o browser.Options) {
		author, visitor := newWriter(t, site, o), site.Open(t, named(o, "visitor"))
		reportByKeyboard(visitor, author.path)

		admin := site.Open(t, named(o, "administrator")).As("administratorka")
		admin.Go("/pulpit").Click(admin.Say("moderation.desk.case", "Title", author.club))
		admin.See("treningi we wtorki", admin.Say("moderation.reason.spam"), "Zachęta do zakupów.", admin.Say("moderation.case.visitor"))
		admin.Tick(admin.Say("moderation.decision.hide")).Click(admin.Say("moderation.decision.save"))
		admin.SeeMistake(admin.Say("moderation.reason"), admin.Say("form.required"))
		admin.Fill(admin.Say("moderation.reason"), "Profil nie jest miejscem na reklamę.").Click(admin.Say("moderation.decision.save"))
		admin.See(admin.Say("moderation.done.hidden"))
		hidden := admin.Path()

		visitor.Go(author.path).See("Profil nie jest miejscem na reklamę.").SeeNot("treningi we wtorki")
		author.Go(site.LetterAbout(t, author.email, author.club).Path)
		author.See("Profil nie jest miejscem na reklamę.", "treningi we wtorki")
		author.Click(author.Say("moderation.appeal.send")).SeeMistake(author.Say("moderation.appeal.words"), author.Say("form.required"))
		author.Fill(author.Say("moderation.appeal.words"), "To zaproszenie na treningi.").Click(author.Say("moderation.appeal.send"))
		author.See(author.Say("moderation.appeal.sent"), author.Say("moderation.verdict.waiting"))

		admin.Go(hidden).See(admin.Say("moderation.appeal.own")).SeeNot(admin.Say("moderation.decision.uphold"))
		second := secondAdministrator(t, site, o, admin)
		second.Go("/pulpit").Click(second.Say("moderation.desk.appeal", "Title", author.club)).See("To zaproszenie na treningi.")
		second.Tick(second.Say("moderation.decision.uphold")).Fill(second.Say("moderation.reason"), "Treningi to nie reklama.")
		second.Click(second.Say("moderation.decision.save")).See(second.Say("moderation.done.upheld"))

		visitor.Go(author.path).See("treningi we wtorki").SeeNot("Profil nie jest miejscem na reklamę.")
		author.Again().See(author.Say("moderation.verdict.upheld"), "Treningi to nie reklama.")
	})
}

func reportByKeyboard(visitor *browser.Tab, path string) {
	visitor.Go(path).TabTo(visitor.Say("moderation.report.link")).Press(input.Enter)
	visitor.TabTo(visitor.Say("moderation.report.send")).Press(input.Enter)
	visitor.See(visitor.Say("form.choose"))
	visitor.TabTo(visitor.Say("moderation.reason.spam")).Press(input.Space)
	visitor.TabTo(visitor.Say("moderation.report.words")).Type("Zachęta do zakupów.")
	visitor.TabTo(visitor.Say("moderation.report.send")).Press(input.Enter)
	visitor.See(visitor.Say("moderation.report.sent"))
}

// secondAdministrator is appointed by the first, who may not judge her own decision.
func secondAdministrator(t *testing.T, site *browser.Site, o browser.Options, admin *browser.Tab) *browser.Tab {
	t.Helper()
	second := site.Open(t, named(o, "second administrator"))
	email, name := unique("second")+"@zwiazek.example.com", unique("Bonifacy Śliwiński ")
	second.Go("/wejscie")
	signUp(t, site, second, email, name)
	admin.Go("/administracja/osoby?szukaj=" + email).Click(name)
	admin.Tick(admin.Say("people.act.promote")).Fill(admin.Say("people.admin.person.reason"), "Odwołania rozpatruje druga osoba.")
	admin.Click(admin.Say("people.admin.person.do")).See(admin.Say("people.admin.done"))
	second.Go("/wejscie")
	askForCode(second, email)
	return second.Fill(second.Say("people.code.label"), site.Code(t, email).Code).Click(second.Say("people.code.submit"))
}

// A word list lets a profile wait; its author is told so, and a moderator shows it.
func TestWordListHoldsATextUntilItIsLookedAt(t *testing.T) {
	journey(t, []browser.Options{phone}, func(t *testing.T, site *browser.Site, o browser.Options) {
		author, admin := newWriter(t, site, o), site.Open(t, named(o, "administrator")).As("administratorka")
		admin.Go(profiles).Click(admin.Say("moderation.words.title"))
		admin.Fill(admin.Say("moderation.words.field"), "trampolina").Click(admin.Say("moderation.words.save")).See(admin.Say("moderation.words.saved"))

		author.describe("Skaczemy na trampolinie.")
		author.See(author.Say("moderation.veil.waits.own"), "Skaczemy na trampolinie.")
		visitor := site.Open(t, named(o, "visitor"))
		visitor.Go(author.path).See(visitor.Say("moderation.veil.waits")).SeeNot("trampolinie")

		admin.Go(profiles).Click(author.club).See("trampolina", "Skaczemy na trampolinie.")
		admin.Tick(admin.Say("moderation.decision.leave")).Click(admin.Say("moderation.decision.save")).See(admin.Say("moderation.done.left"))
		visitor.Again().See("Skaczemy na trampolinie.")
		author.Go(site.LetterAbout(t, author.email, author.club).Path).See(author.Say("moderation.own.state.left"))
	})
}

// Somebody blocked reads above the form and on the page that refuses it until
// when and why, appeals from there, and reads on.
func TestBlockedPersonReadsWhyAndAppeals(t *testing.T) {
	journey(t, []browser.Options{phoneOff, deskAbroad}, func(t *testing.T, site *browser.Site, o browser.Options) {
		author, admin := newWriter(t, site, o), site.Open(t, named(o, "administrator")).As("administratorka")
		author.Click(author.Say("organisation.edit")).SeeNot(author.Say("moderation.blocked.more"))
		admin.Go(profiles).Click(admin.Say("moderation.blocks.title")).Click(admin.Say("moderation.block.new"))
		admin.Fill(admin.Say("moderation.block.email"), author.email).Fill(admin.Say("moderation.reason"), "Reklamy w opisach.")
		admin.Click(admin.Say("moderation.block.save")).See(admin.Say("moderation.block.done"), author.name)

		author.Fill(author.Say("organisation.description"), "Jeszcze jedna reklama.").Click(author.Say("organisation.save"))
		author.See(author.Say("ui.refused"), "Reklamy w opisach.", "2014")
		author.Go(author.path).See("treningi we wtorki").SeeNot("Jeszcze jedna reklama.")
		author.Click(author.Say("organisation.edit")).See("Reklamy w opisach.").Click(author.Say("moderation.blocked.more"))
		at(t, author.Tab, "/moderacja")
		author.Click(author.Say("moderation.block.see")).Fill(author.Say("moderation.appeal.words"), "Poprawię opis.")
		author.Click(author.Say("moderation.appeal.send")).See(author.Say("moderation.verdict.waiting"))
	})
}
