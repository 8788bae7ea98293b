package browser_test

import (
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }

func TestVisitorReads(t *testing.T) {
	site := browser.Demo(t)
	for _, o := range []browser.Options{{Width: 320}, {Width: 1280}, {Width: 320, English: true, NoScript: true}} {
		tab := site.Open(t, o)
		tab.Go("/").See("Sołeckie kluby sąsiedzkie")
		tab.Click("Sołeckie kluby sąsiedzkie")
	}
}
