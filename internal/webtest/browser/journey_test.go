package browser_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/wspolnota/wspolnota/activity"
	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/barrier"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/debate"
	desks "github.com/wspolnota/wspolnota/desk"
	"github.com/wspolnota/wspolnota/entrance"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/event/attendance"
	"github.com/wspolnota/wspolnota/event/exchange"
	"github.com/wspolnota/wspolnota/event/group"
	"github.com/wspolnota/wspolnota/event/panel"
	"github.com/wspolnota/wspolnota/event/registration"
	"github.com/wspolnota/wspolnota/event/seating"
	"github.com/wspolnota/wspolnota/event/visit"
	"github.com/wspolnota/wspolnota/export"
	"github.com/wspolnota/wspolnota/imprint"
	"github.com/wspolnota/wspolnota/internal/demo"
	"github.com/wspolnota/wspolnota/internal/webtest/browser"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/moderation"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/people"
	"github.com/wspolnota/wspolnota/people/assist"
	"github.com/wspolnota/wspolnota/people/organisation"
	"github.com/wspolnota/wspolnota/people/organisation/intake"
	"github.com/wspolnota/wspolnota/people/territory"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/programme"
	"github.com/wspolnota/wspolnota/search"
	"github.com/wspolnota/wspolnota/trace"
	"github.com/wspolnota/wspolnota/web"
	"github.com/wspolnota/wspolnota/web/ui"
	"github.com/wspolnota/wspolnota/workshop"
	"github.com/wspolnota/wspolnota/workshop/exercise"
)

func TestMain(m *testing.M) {
	browser.Main(m, web.Messages, ui.Messages, mail.Messages, blob.Messages, territory.Messages, people.Messages,
		organisation.Messages, programme.Messages, news.Messages, demo.Messages, privacy.Messages, imprint.Messages,
		search.Messages, trace.Messages, intake.Messages, assist.Messages, audit.Messages, desks.Messages, notice.Messages, moderation.Messages, debate.Messages, barrier.Messages, entrance.Messages, event.Messages, export.Messages, registration.Messages, attendance.Messages, seating.Messages, activity.Messages, workshop.Messages, exercise.Messages,
		group.Messages, panel.Messages, visit.Messages, exchange.Messages)
}

// The programmes of the demo that the journeys lead to.
const (
	mainProgramme  = "/programy/miedzysektorowa-wspolpraca"
	clubsProgramme = "/programy/soleckie-kluby-sasiedzkie"
)

// Each journey is made in windows that differ in everything at once, so that two
// of them meet every width, language, colour and both ways of a form.
var (
	phone       = browser.Options{Width: 320}
	phoneOff    = browser.Options{Width: 320, NoScript: true, Dark: true}
	phoneAbroad = browser.Options{Width: 320, English: true, Dark: true}
	phoneBoth   = browser.Options{Width: 320, English: true, NoScript: true}
	desk        = browser.Options{Width: 1280, Dark: true}
	deskOff     = browser.Options{Width: 1280, NoScript: true}
	deskAbroad  = browser.Options{Width: 1280, English: true}
	deskBoth    = browser.Options{Width: 1280, English: true, NoScript: true, Dark: true}
)

// journey walks the same way once in each of the windows.
func journey(t *testing.T, windows []browser.Options, walk func(t *testing.T, site *browser.Site, o browser.Options)) {
	t.Helper()
	site := browser.Demo(t)
	for _, o := range windows {
		t.Run(o.String(), func(t *testing.T) {
			t.Parallel()
			walk(t, site, o)
		})
	}
}

// named says who sits at the window, for messages of failed steps.
func named(o browser.Options, name string) browser.Options {
	o.Name = name
	return o
}

var made atomic.Int64

// unique makes a word that no other journey uses.
func unique(word string) string { return fmt.Sprintf("%s%d", word, made.Add(1)) }

// signUp goes from the page of the door to the page that was asked for, with the
// code from the mail.
func signUp(t *testing.T, site *browser.Site, tab *browser.Tab, email, name string) {
	t.Helper()
	askForCode(tab, email)
	tab.Fill(tab.Say("people.code.label"), site.Letter(t, email).Code).Click(tab.Say("people.code.submit"))
	introduce(tab, email, name)
}

func askForCode(tab *browser.Tab, email string) {
	tab.Fill(tab.Say("people.email"), email).Click(tab.Say("people.door.submit"))
	tab.See(tab.Say("people.code.lead", "Email", email))
}

// introduce tells who somebody is whose address is proved.
func introduce(tab *browser.Tab, email, name string) {
	tab.See(tab.Say("people.new.lead", "Email", email))
	tab.Fill(tab.Say("people.name"), name).Tick(tab.Say("people.rules.accept")).Click(tab.Say("people.new.submit"))
}

// at fails the test unless the person is where they should be.
func at(t *testing.T, tab *browser.Tab, path string) {
	t.Helper()
	got, _, _ := strings.Cut(tab.Path(), "#")
	if got != path {
		t.Fatalf("the page is %s, want %s", got, path)
	}
}
