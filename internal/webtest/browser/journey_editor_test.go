package browser_test

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

const newsDesk = mainProgramme + "/aktualnosci/redakcja"

// An editor writes an article, forgets to describe the picture, and publishes
// it; the manager corrects it at the same time as he does.
func TestEditorPublishesAnArticle(t *testing.T) {
	journey(t, []browser.Options{phoneBoth, desk}, func(t *testing.T, site *browser.Site, o browser.Options) {
		editor := site.Open(t, named(o, "editor")).As("redaktor")
		a := article{unique("Warsztaty przeniesione do sali "), "Zaczynamy o 16.00, wejście od podwórza.",
			"## Jak trafić\n\nZ rynku ulicą Miejską.\n\n- autobus nr 5\n- parking za szkołą"}
		editor.Click(editor.Say("news.new.act"))
		writeWithPicture(editor, a, drawing(t), "../../demo/files/program-seminarium.pdf")
		editor.Click(editor.Say("news.publish.act")).See(editor.Say("news.flash.published"), a.title)

		visitor := site.Open(t, o)
		visitor.Go(editor.Path()).See(a.title, a.lead, "Jak trafić", "parking za szkołą", "Kartka z planem dojścia")
		offered(t, visitor.Href("program-seminarium.pdf"))
		shown(t, visitor, "Plan: od rynku w prawo, drugie drzwi.")

		manager := site.Open(t, named(o, "manager")).As("kierowniczka")
		correctTogether(t, editor, manager, a, visitor.Path())
		visitor.Again().See("Z dworca ulicą Kolejową.").SeeNot("Z rynku ulicą Miejską.")
	})
}

// An editor prepares an article for a later day, first for one that is over.
func TestEditorSchedulesAnArticle(t *testing.T) {
	journey(t, []browser.Options{phone, deskBoth}, func(t *testing.T, site *browser.Site, o browser.Options) {
		editor := site.Open(t, named(o, "editor")).As("redaktor")
		a := article{unique("Wyniki naboru, część "), "Kto i za ile.", "Lista jest w załączniku."}
		editor.Click(editor.Say("news.new.act"))
		a.fill(editor)
		editor.Click(editor.Say("news.save.and_publish"))
		when := editor.Say("news.publish.at")
		editor.Tick(editor.Say("news.publish.later")).Fill(when, "1.12.2014 10:00").Click(editor.Say("news.publish.act"))
		editor.SeeMistake(when, editor.Say("news.publish.past"))
		editor.Keep(when, "1.12.2014 10:00").Fill(when, "12.12.2014 15:00").Click(editor.Say("news.publish.act"))
		editor.See(editor.Say("news.flash.scheduled"), a.title)

		visitor := site.Open(t, o)
		visitor.Go(strings.TrimSuffix(editor.Path(), "/podglad")).See(visitor.Say("fault.title.404")).SeeNot(a.title)
		visitor.Go("/aktualnosci").SeeNot(a.title)
	})
}

// article is what an editor types.
type article struct{ title, lead, body string }

func (a article) fill(tab *browser.Tab) {
	tab.Fill(tab.Say("news.field.title"), a.title).Fill(tab.Say("news.field.lead"), a.lead).Fill(tab.Say("news.field.body"), a.body)
}

// writeWithPicture writes an article up to its publication; the description of
// the picture is added only when it is missed.
func writeWithPicture(tab *browser.Tab, a article, picture, file string) {
	a.fill(tab)
	tab.Attach(tab.Say("news.picture.choose"), picture).Fill(tab.Say("news.field.caption"), "Kartka z planem dojścia")
	tab.Attach(tab.Say("news.files.choose"), file).Fill(tab.Say("news.field.tags"), "warsztaty, "+unique("sala"))
	tab.Click(tab.Say("news.save.and_publish"))

	tab.See(tab.Say("news.publication.missing"), tab.Say("news.publish.off"))
	tab.Click(tab.Say("news.picture.alt_missing"))
	tab.Keep(tab.Say("news.field.title"), a.title).Keep(tab.Say("news.field.body"), a.body)
	tab.See(tab.Say("news.picture.kept", "Name", filepath.Base(picture)), filepath.Base(file))
	tab.Fill(tab.Say("news.field.alt"), "Plan: od rynku w prawo, drugie drzwi.").Click(tab.Say("news.save.and_publish"))
	tab.SeeNot(tab.Say("news.publication.missing"))
}

// correctTogether lets two people correct the article at once: the second sees
// what the first has saved, and keeps her own words.
func correctTogether(t *testing.T, first, second *browser.Tab, a article, path string) {
	t.Helper()
	theirLead, yourBody := "Zaczynamy o 17.00, wejście od podwórza.", strings.ReplaceAll(a.body, "Z rynku ulicą Miejską.", "Z dworca ulicą Kolejową.")
	first.Go(path + "/edycja")
	second.Go(path + "/edycja")
	first.Fill(first.Say("news.field.lead"), theirLead).Click(first.Say("news.save.published")).See(first.Say("news.flash.saved"), theirLead)

	second.Fill(second.Say("news.field.body"), yourBody).Click(second.Say("news.save.published"))
	second.See(second.Say("ui.conflict.title"), "Michał Gołębnik", theirLead, a.lead)
	second.Keep(second.Say("news.field.body"), yourBody).Keep(second.Say("news.field.lead"), a.lead)
	second.Click(second.Say("news.conflict.body")).See("Z dworca ulicą Kolejową.")
	second.Fill(second.Say("news.field.lead"), theirLead).Click(second.Say("news.save.published"))
	second.See(second.Say("news.flash.saved"), theirLead, "Z dworca ulicą Kolejową.")
}

// drawing is a picture in a file, as from a telephone.
func drawing(t *testing.T) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 1200, 800))
	for i := range m.Pix {
		m.Pix[i] = 0xff
	}
	for x := range 1200 {
		for y := 380; y < 420; y++ {
			m.Set(x, y, color.RGBA{0x0b, 0x5c, 0x4b, 0xff})
		}
	}
	path := filepath.Join(t.TempDir(), "plan-dojscia.png")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, m); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// shown fails the test unless the picture with this description has arrived.
func shown(t *testing.T, tab *browser.Tab, alt string) {
	t.Helper()
	if !tab.Picture(alt) {
		t.Errorf("the picture %q is not shown", alt)
	}
}
