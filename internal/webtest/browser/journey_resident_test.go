package browser_test

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

// A resident hears of the programme, signs up on the way, takes part, looks who
// else is signed in as her, and leaves again.
func TestResidentSignsUpAndTakesPart(t *testing.T) {
	journey(t, []browser.Options{phoneAbroad, deskOff}, func(t *testing.T, site *browser.Site, o browser.Options) {
		tab := site.Open(t, named(o, "resident"))
		email, name := unique("zenobia.cieciorka")+"@poczta.example.com", "Zenobia Cieciórka-Świstak"

		tab.Go(mainProgramme).Click(tab.Say("programme.join"))
		code := mistypeCode(t, site, tab, email)
		if o.NoScript {
			confirmLink(tab, code)
		} else {
			tab.Fill(tab.Say("people.code.label"), code.Code).Click(tab.Say("people.code.submit"))
		}
		introduceWithoutRules(tab, email, name)

		at(t, tab, mainProgramme+"/dolacz")
		tab.Tick(tab.Say("programme.join.self")).Click(tab.Say("programme.join"))
		at(t, tab, mainProgramme)
		tab.See(tab.Say("programme.join.joined"))
		ownStateFirst(t, tab, tab.Say("programme.leave.link"))

		endOtherSession(t, site, tab, o, email)

		tab.Go(mainProgramme).Click(tab.Say("programme.leave.link")).See(tab.Say("programme.leave.not_counted"))
		tab.Click(tab.Say("programme.leave.submit")).See(tab.Say("programme.left"))
		tab.Click(tab.Say("ui.sign_out")).See(tab.Say("people.signed_out"), tab.Say("ui.sign_in")).SeeNot(name)

		silent(t, site, email, strings.Fields(name)[0], "Świstak", code.Code, code.Path)
	})
}

// mistypeCode asks for a code, types another, and returns the letter.
func mistypeCode(t *testing.T, site *browser.Site, tab *browser.Tab, email string) browser.Letter {
	t.Helper()
	askForCode(tab, email)
	letter := site.Code(t, email)
	wrong := "000000"
	if letter.Code == wrong {
		wrong = "111111"
	}
	tab.Fill(tab.Say("people.code.label"), wrong).Click(tab.Say("people.code.submit"))
	tab.SeeMistake(tab.Say("people.code.label"), tab.Say("people.code.wrong"))
	return letter
}

// confirmLink opens the link of the letter twice, as a scanner of mail does
// before the reader, and confirms it.
func confirmLink(tab *browser.Tab, letter browser.Letter) {
	tab.Go(letter.Path).Go(letter.Path).See(tab.Say("people.link.lead")).Click(tab.Say("people.link.confirm"))
}

// introduceWithoutRules forgets to accept the rules at first.
func introduceWithoutRules(tab *browser.Tab, email, name string) {
	tab.See(tab.Say("people.new.lead", "Email", email))
	tab.Fill(tab.Say("people.name"), name).Choose(tab.Say("people.municipality"), "Czerwionka-Leszczyny")
	tab.Click(tab.Say("people.new.submit"))
	tab.SeeMistake(tab.Say("people.rules.accept"), tab.Say("people.rules.needed"))
	tab.Keep(tab.Say("people.name"), name).Keep(tab.Say("people.municipality"), "2412013")
	tab.Tick(tab.Say("people.rules.accept")).Click(tab.Say("people.new.submit"))
}

// ownStateFirst fails the test unless what concerns the person stands before
// everything else under the title.
func ownStateFirst(t *testing.T, tab *browser.Tab, words string) {
	t.Helper()
	if got := tab.Text(".page-head + *"); !strings.Contains(got, words) {
		t.Errorf("under the title stands %q, want the person's own state with %q", got, words)
	}
}

// endOtherSession signs in once more elsewhere, and ends that from here.
func endOtherSession(t *testing.T, site *browser.Site, tab *browser.Tab, o browser.Options, email string) {
	t.Helper()
	other := site.Open(t, named(o, "resident elsewhere"))
	other.Go("/wejscie?dalej=/konto/sesje")
	askForCode(other, email)
	other.Fill(other.Say("people.code.label"), site.Code(t, email).Code).Click(other.Say("people.code.submit"))
	at(t, other, "/konto/sesje")

	tab.Go("/konto").Click(tab.Say("people.sessions.show") + " : " + tab.Say("people.sessions.title")).See(tab.Say("people.sessions.this"))
	tab.Click(tab.Say("people.sessions.end_others")).See(tab.Say("people.sessions.others_ended"))
	other.Go("/konto")
	at(t, other, "/wejscie?dalej=%2Fkonto")
}

// silent fails the test when what concerns a person alone stands in the log.
func silent(t *testing.T, site *browser.Site, private ...string) {
	t.Helper()
	log := strings.ToLower(site.Log())
	if !strings.Contains(log, "level=") {
		t.Errorf("the program logs nothing, so nothing is proved: %.200q", log)
	}
	for _, p := range private {
		if p == "" || strings.Contains(log, strings.ToLower(p)) {
			t.Errorf("the log tells %q", p)
		}
	}
}
