package browser_test

import (
	"net/url"
	"regexp"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

var stopLink = regexp.MustCompile(`/wypisz/\S+`)

// A resident follows a programme, wants its news at once, gets a letter, and
// ends such letters with one press from the letter, without signing in. The
// link of the letter can do nothing else.
func TestFollowerChoosesHowToBeToldAndEndsTheLetters(t *testing.T) {
	journey(t, []browser.Options{phoneBoth, desk}, func(t *testing.T, site *browser.Site, o browser.Options) {
		tab := site.Open(t, named(o, "follower"))
		email := unique("sewer.jezynowski") + "@poczta.example.com"
		tab.Go("/powiadomienia")
		askForCode(tab, email)
		tab.Fill(tab.Say("people.code.label"), site.Code(t, email).Code).Click(tab.Say("people.code.submit"))
		introduceWithoutRules(tab, email, "Sewer Jeżynowski")
		tab.See(tab.Say("notice.list.empty"))
		tab.Go(mainProgramme).Click(tab.Say("notice.follow.what")).See(tab.Say("notice.follow.done"))

		what := tab.Say("news.notice.published.what")
		tab.Go("/powiadomienia").Click(tab.Say("notice.settings.link"))
		tab.TickIn(what, tab.Say("notice.how.now")).Click(tab.Say("notice.settings.save")).See(tab.Say("notice.settings.saved"))
		title := publishSomething(site.Open(t, named(o, "editor")).As("redaktor"))

		letter := site.LetterAbout(t, email, title)
		stop, err := url.Parse(stopLink.FindString(letter.Text))
		if err != nil || stop.Path == "" {
			t.Fatalf("the letter %q has no way out: %s", letter.Subject, letter.Text)
		}
		tab.Go("/powiadomienia").See(title, tab.Say("notice.new"))

		reader := site.Open(t, named(o, "reader of the letter"))
		reader.Go(stop.Path).See(reader.Say("notice.stop.ask"), what)
		if got := tab.Go("/powiadomienia/ustawienia").Ticked(what); got != tab.Say("notice.how.now") {
			t.Errorf("looking at the link changed the choice to %q", got)
		}
		reader.Click(reader.Say("notice.stop.button")).See(reader.Say("notice.stop.done")).SeeNot("Sewer", email)
		reader.Go("/powiadomienia").See(reader.Say("ui.sign_in")).SeeNot(title) // it signs nobody in
		reader.Go(stop.Path[:len(stop.Path)-2] + "xx").See(reader.Say("fault.title.404"))
		if got := tab.Go("/powiadomienia/ustawienia").Ticked(what); got != tab.Say("notice.how.none") {
			t.Errorf("after the press the choice is %q", got)
		}
		tab.Go("/powiadomienia").Click(tab.Say("notice.read_all")).See(tab.Say("notice.read_all.done"))
	})
}

// publishSomething publishes a short article and returns its title.
func publishSomething(editor *browser.Tab) string {
	a := article{unique("Spotkanie w czytelni, termin "), "O dziesiątej, przy oknie.", "Prosimy o punktualność."}
	editor.Go(newsDesk).Click(editor.Say("news.new.act"))
	a.fill(editor)
	editor.Click(editor.Say("news.save.and_publish")).Tick(editor.Say("news.publish.now"))
	editor.Click(editor.Say("news.publish.act")).See(editor.Say("news.flash.published"))
	return a.title
}
