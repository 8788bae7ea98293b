package browser_test

import (
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

// Everything that pages are made of, at both widths and in both colours.
func TestComponentsAreAccessible(t *testing.T) {
	journey(t, []browser.Options{phone, phoneAbroad, desk, deskAbroad}, func(t *testing.T, site *browser.Site, o browser.Options) {
		tab := site.Open(t, o)
		tab.Go("/dev/components").See(tab.Say("ui.dev.forms"), tab.Say("ui.dev.charts"))
	})
}
