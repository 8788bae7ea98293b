package ui_test

import (
	"net/http/httptest"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
	"github.com/wspolnota/wspolnota/web/ui"
)

func TestMain(m *testing.M) { browser.Main(m) }

// open starts the showroom and somebody's browser on it; every step is checked
// with axe.
func open(t *testing.T, o browser.Options) *browser.Tab {
	t.Helper()
	switch {
	case testing.Short():
		t.Skip("skipped: a browser takes too long for -short")
	case ui.AssetPath("app.js") == "":
		t.Skip("skipped: the script is not bundled; run make assets")
	}
	site := httptest.NewServer(showroom(t))
	t.Cleanup(site.Close)
	return (&browser.Site{Address: site.URL}).Open(t, o)
}

func TestComponentsAreAccessible(t *testing.T) {
	open(t, browser.Options{Width: 320}).Go("/").See("Formularz z błędami")
	open(t, browser.Options{Width: 1280, Dark: true, NoScript: true}).Go("/?l=en").See("A form with mistakes")
}

func TestRefusedFormShowsItsSummaryInPlace(t *testing.T) {
	tab := open(t, browser.Options{}).Go("/form").Fill("Tytuł", "źle").Click("Zapisz")
	if tab.Text("#error-summary:focus") == "" {
		t.Error("the summary has no focus")
	}
	if tab.Value("Tytuł") != "źle" {
		t.Error("what was typed is lost")
	}
	tab.Fill("Tytuł", "other").Click("Zapisz").See("Inna strona", "Zapisano.")
	if tab.Path() != "/other" || tab.Text("#flash:focus") == "" {
		t.Errorf("at %s, flash without focus", tab.Path())
	}
}

func TestActOnTheSamePageKeepsFocusOnItsButton(t *testing.T) {
	tab := open(t, browser.Options{Width: 320}).Go("/form").Click("Obserwuję").See("Zapisano.")
	if tab.Text("button:focus") != "Obserwuję" {
		t.Error("focus is gone")
	}
	if tab.Text("#live") != "Zapisano." {
		t.Errorf("announced: %q", tab.Text("#live"))
	}
}

func TestForeignAnswerLeavesTheFormAsItWas(t *testing.T) {
	for _, accident := range []string{"proxy", "drop"} {
		tab := open(t, browser.Options{}).Go("/form").Fill("Tytuł", accident).Click("Zapisz").See("nadal na stronie")
		if tab.Value("Tytuł") != accident {
			t.Errorf("%s: what was typed is lost", accident)
		}
	}
}

func TestFormWorksWithoutScript(t *testing.T) {
	tab := open(t, browser.Options{NoScript: true}).Go("/form").Fill("Tytuł", "źle").Click("Zapisz").See("Wybierz sektor")
	tab.Fill("Tytuł", "other").Click("Zapisz").See("Zapisano.")
}
