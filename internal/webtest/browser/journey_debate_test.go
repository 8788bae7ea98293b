package browser_test

import (
	"testing"

	"github.com/go-rod/rod/lib/input"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

const debates = mainProgramme + "/debaty"

// openDebate is made by a facilitator and opened: three statements, a code, no
// account needed. It returns the leading page and the code.
func openDebate(lead *browser.Tab, question string) (path, code string) {
	lead.Go(debates).Click(lead.Say("debate.new.act"))
	lead.Fill(lead.Say("debate.field.question"), question).Tick(lead.Say("debate.entry.code"))
	lead.Fill(lead.Say("debate.field.opens_at"), "jutro").Click(lead.Say("debate.new.submit"))
	lead.SeeMistake(lead.Say("debate.field.opens_at"), lead.Say("form.not_moment"))
	lead.Keep(lead.Say("debate.field.question"), question).Fill(lead.Say("debate.field.opens_at"), "04.12.2014 09:00")
	lead.Click(lead.Say("debate.new.submit")).See(lead.Say("debate.flash.begun"))
	lead.Fill(lead.Say("debate.seed.field"), "Spotykamy się za rzadko.\nUrząd odpowiada za późno.\nDotacje rozlicza się zbyt trudno.")
	lead.Click(lead.Say("debate.seed.act")).See(lead.Say("debate.flash.seeded"), "Urząd odpowiada za późno.")
	lead.Click(lead.Say("debate.publish.act")).See(lead.Say("debate.flash.published"))
	return lead.Path(), lead.Text("strong.code")
}

// comeIn enters with the code, as a resident.
func comeIn(phone *browser.Tab, code string) {
	phone.Go("/kod").Fill(phone.Say("entrance.field"), code).Click(phone.Say("entrance.go"))
	phone.Tick(phone.Say("debate.door.resident")).Click(phone.Say("debate.door.act"))
}

// A phone without an account enters with a code, votes, guesses and writes a
// statement; the facilitator lets it in on another phone; a visitor sees the
// count of votes move while the page is open.
func TestPhoneVotesGuessesAndFollowsItsStatement(t *testing.T) {
	journey(t, []browser.Options{phone, phoneBoth, deskAbroad, deskOff}, func(t *testing.T, site *browser.Site, o browser.Options) {
		lead := site.Open(t, named(o, "facilitator")).As("trener")
		leading, code := openDebate(lead, unique("Co nas dzieli, a co łączy? "))
		visitor, guest := site.Open(t, named(o, "visitor")), site.Open(t, named(o, "phone"))
		page := leading[:len(leading)-len("/prowadzenie")]
		visitor.Go(page + "/wyniki").See(visitor.Say("debate.result.none"))

		guest.Go("/kod").Fill(guest.Say("entrance.field"), "000000").Click(guest.Say("entrance.go")).See(guest.Say("entrance.unknown"))
		comeIn(guest, code)
		guest.See(guest.Say("debate.progress", "Done", 0, "Total", 3))
		guest.Tick(guest.Say("debate.important")).Click(guest.Say("debate.vote.agree"))
		guest.Click(guest.Say("debate.guess.answer", "Percent", 75)).See(guest.Say("debate.progress", "Done", 1, "Total", 3))
		if voted := visitor.SayN("debate.people_votes", 1, "Votes", 1); o.NoScript {
			visitor.Again().See(voted)
		} else {
			visitor.Until(voted)
		}
		guest.Click(guest.Say("debate.vote.disagree")).Click(guest.Say("debate.guess.skip"))
		guest.Click(guest.Say("debate.vote.pass")).Click(guest.Say("debate.guess.answer", "Percent", 0))
		guest.See(guest.Say("debate.finished.title")).Click(guest.Say("debate.own.link"))
		guest.See(guest.Say("debate.vote.disagree"))

		guest.Click(guest.Say("debate.propose.act")).SeeMistake(guest.Say("debate.propose.field"), guest.Say("form.required"))
		guest.Fill(guest.Say("debate.propose.field"), "Nie wiemy, kogo w urzędzie pytać.").Click(guest.Say("debate.propose.act"))
		guest.See(guest.Say("debate.proposed.waits"), guest.Say("debate.own.waiting", "Place", 1))
		guest.Fill(guest.Say("debate.propose.field"), "Spotykamy się zbyt rzadko.").Click(guest.Say("debate.propose.act")).
			See(guest.Say("debate.own.waiting", "Place", 2))

		lead.Again().Click(lead.Say("debate.queue.accept")).See(lead.Say("debate.queue.none"))
		lead.Tick("Spotykamy się zbyt rzadko.").Click(lead.Say("debate.queue.reject")).SeeMistake(lead.Say("debate.queue.reason"), lead.Say("form.required"))
		lead.Fill(lead.Say("debate.queue.reason"), "Powtarza numer 1.").Click(lead.Say("debate.queue.reject")).See(lead.Say("debate.flash.moderated"))
		lead.Tick("Nie wiemy, kogo w urzędzie pytać.").Click(lead.Say("debate.queue.accept")).See(lead.Say("debate.flash.moderated"))

		guest.Again().See(guest.Say("debate.own.shown", "Number", 4), guest.Say("debate.own.rejected", "Reason", "Powtarza numer 1."))
		guest.Click(guest.Say("debate.appeal.act")).Fill(guest.Say("debate.appeal.field"), "Mówi o czym innym.").Click(guest.Say("debate.appeal.send"))
		guest.See(guest.Say("debate.flash.appealed"), guest.Say("debate.appeal.waits"))
		lead.Again().See("Mówi o czym innym.")

		guest.Go(page+"/wyniki").See(guest.Say("debate.table.heading"), guest.Say("debate.few")) // of what they have voted and guessed on
		lead.Click(lead.Say("debate.close.act")).Click(lead.Say("debate.close.act")).See(lead.Say("debate.flash.closed"))
		guest.Go(page).See(guest.Say("debate.over.title"))
		visitor.Go(page+"/wyniki").See(visitor.Say("debate.shared.heading"), "Urząd odpowiada za późno.")
	})
}

// Somebody without a mouse enters, votes and guesses.
func TestDebateByKeyboard(t *testing.T) {
	journey(t, []browser.Options{phoneAbroad, deskOff}, func(t *testing.T, site *browser.Site, o browser.Options) {
		lead := site.Open(t, named(o, "facilitator")).As("trener")
		_, code := openDebate(lead, unique("Czego się boimy? "))
		guest := site.Open(t, named(o, "guest"))
		guest.Go("/kod").TabTo(guest.Say("entrance.field")).Type(code).Press(input.Enter)
		guest.TabTo(guest.Say("debate.door.administration")).Press(input.Space)
		guest.TabTo(guest.Say("debate.door.act")).Press(input.Enter)
		guest.TabTo(guest.Say("debate.important")).Press(input.Space)
		guest.TabTo(guest.Say("debate.vote.disagree")).Press(input.Enter)
		guest.TabTo(guest.Say("debate.guess.answer", "Percent", 50)).Press(input.Enter)
		guest.See(guest.Say("debate.progress", "Done", 1, "Total", 3))
	})
}

// A facilitator brings statements from a file and reads about each line.
func TestStatementsComeFromAFile(t *testing.T) {
	journey(t, []browser.Options{phoneOff, desk}, func(t *testing.T, site *browser.Site, o browser.Options) {
		lead := site.Open(t, named(o, "facilitator")).As("trener")
		openDebate(lead, unique("Co z pliku? "))
		lead.Click(lead.Say("debate.file.title"))
		lead.Attach(lead.Say("debate.file.field"), file(t, "lista.csv", []byte("autor;tekst ankiety\nktoś;Zdanie.\n"))).Click(lead.Say("debate.file.look"))
		lead.SeeMistake(lead.Say("debate.file.field"), lead.Say("debate.file.column", "Titles", "autor, tekst ankiety"))
		lead.Attach(lead.Say("debate.file.field"), file(t, "lista.csv", []byte("nr;stwierdzenie\n1;Nowe zdanie z pliku.\n2;Spotykamy się za rzadko.\n3;\n"))).Click(lead.Say("debate.file.look"))
		lead.See("Nowe zdanie z pliku.", lead.Say("debate.file.there", "Number", 1), lead.Say("debate.file.empty"))
		lead.Click(lead.SayN("debate.file.add", 1)).See(lead.Say("debate.flash.seeded"), "Nowe zdanie z pliku.")
	})
}
