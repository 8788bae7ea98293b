package browser_test

import (
	"testing"

	"github.com/go-rod/rod/lib/input"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

// Somebody who uses the keyboard alone, on a small screen or with the page much
// enlarged, signs in, takes part in a programme and writes an article.
func TestKeyboardAlone(t *testing.T) {
	// Two editors of the same programme, who do not take part in the other one.
	editors := map[browser.Options]string{phone: "michal.golebnik@forum.example.org", phoneBoth: "marcin.brzozak@czerwionka.example.org"}
	journey(t, []browser.Options{phone, phoneBoth}, func(t *testing.T, site *browser.Site, o browser.Options) {
		email := editors[o]
		tab := site.Open(t, named(o, "keyboard"))

		tab.Go("/").TabTo(tab.Say("ui.sign_in")).Press(input.Enter)
		tab.SkipsTo(tab.Say("people.email")).Type(email).Press(input.Enter)
		tab.TabTo(tab.Say("people.code.label")).Type(site.Code(t, email).Code).Press(input.Enter)
		if o.English { // the account speaks Polish so far
			tab.TabTo(tab.Say("lang.en")).Press(input.Enter)
		}

		tab.Go(clubsProgramme).SkipsTo(tab.Say("programme.join.request")).Press(input.Enter)
		tab.TabTo(tab.Say("programme.join.self")).Press(input.Space)
		tab.TabTo(tab.Say("programme.join.words")).Type("Chcę zobaczyć, jak to robicie.")
		tab.TabTo(tab.Say("programme.join.request")).Press(input.Enter)
		tab.See(tab.Say("programme.join.requested"), tab.Say("programme.leave.withdraw"))

		writeByKeyboard(tab)
	})
}

// writeByKeyboard writes an article and publishes it.
func writeByKeyboard(tab *browser.Tab) {
	title := unique("Krótka wiadomość ")
	tab.Go(newsDesk).SkipsTo(tab.Say("news.new.act")).Press(input.Enter)
	tab.SkipsTo(tab.Say("news.field.title")).Type(title)
	tab.TabTo(tab.Say("news.field.lead")).Type("W jednym zdaniu.")
	tab.TabTo(tab.Say("news.field.body")).Type("Treść pisana bez myszy.")
	tab.TabTo(tab.Say("news.save.draft")).Press(input.Enter)
	tab.See(tab.Say("news.flash.draft"))
	tab.TabTo(tab.Say("news.save.and_publish")).Press(input.Enter)
	tab.TabTo(tab.Say("news.publish.now"))
	tab.TabTo(tab.Say("news.publish.act")).Press(input.Enter)
	tab.See(tab.Say("news.flash.published"), title)
}
