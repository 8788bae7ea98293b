package ui_test

import (
	"context"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

func TestPageSpeaksItsLanguage(t *testing.T) {
	for _, l := range lang.Languages {
		text := render(t, inLanguage(t, l, sampleFrame(l)), ui.Components())
		doc := parse(t, text)
		if got := doc.Find("html").AttrOr("lang", ""); got != string(l) {
			t.Errorf("lang = %q, want %q", got, l)
		}
		if i := strings.Index(text, ">ui."); i >= 0 {
			t.Errorf("%s: a key is shown instead of words: %s", l, text[i:i+60])
		}
	}
}

func TestSkipLinkComesFirstAndLeadsToTheContent(t *testing.T) {
	doc := page(t, ui.Components())
	first := doc.Find("body a, body button, body input").First()
	href, _ := first.Attr("href")
	if !first.HasClass("skip") || doc.Find("main"+href).Length() != 1 {
		t.Errorf("the first thing to focus is %q, to %q", first.Text(), href)
	}
}

func TestOneHeadingOfFirstLevel(t *testing.T) {
	doc := page(t, ui.Components())
	if n := doc.Find("h1").Length(); n != 1 {
		t.Errorf("%d headings of first level", n)
	}
	if got := doc.Find("head title").Text(); got != "Składniki stron – Wspólnota Subregionu Zachodniego" {
		t.Errorf("title = %q", got)
	}
}

func TestLanguageSwitchKnowsTheWayBack(t *testing.T) {
	form := page(t, ui.Components()).Find(`form[action="/jezyk"][method="post"]`)
	if got := form.Find(`input[name="powrot"]`).AttrOr("value", ""); got != "/dev/components?x=1" {
		t.Errorf("way back = %q", got)
	}
	button := form.Find(`button[name="jezyk"]`)
	if button.Length() != 1 || button.AttrOr("value", "") != "en" || button.AttrOr("lang", "") != "en" || button.Find(":not([aria-hidden])").Text() != "English" {
		t.Errorf("from Polish the switch offers %q", button.Text())
	}
}

func TestVisitorMaySignInAndPersonMaySignOut(t *testing.T) {
	person := page(t, ui.Components())
	if person.Find(`form[action="/wyjscie"][method="post"] button`).Length() != 1 || person.Find(`a[href="/wejscie"]`).Length() != 0 {
		t.Error("somebody signed in is offered to sign in, or cannot sign out")
	}
	frame := sampleFrame(lang.Polish)
	frame.Person = ""
	visitor := parse(t, render(t, inLanguage(t, lang.Polish, frame), ui.Components()))
	if visitor.Find(`a[href="/wejscie"]`).Length() != 1 || visitor.Find(`form[action="/wyjscie"], .person-bar`).Length() != 0 {
		t.Error("a visitor cannot sign in, or is offered to sign out")
	}
}

func TestEveryPageOfTheDemoSaysSo(t *testing.T) {
	doc := page(t, ui.ErrorPage(ui.ErrorView{Title: "Nie ma takiej strony"}))
	if !strings.Contains(doc.Find(".demo-band").Text(), "Dane przykładowe") {
		t.Error("no band")
	}
	frame := sampleFrame(lang.Polish)
	frame.Demo = false
	real := render(t, inLanguage(t, lang.Polish, frame), ui.Components())
	if strings.Contains(real, "Dane przykładowe") {
		t.Error("a real page says that its data are examples")
	}
}

func TestHeadTellsFeedsAndOpenGraph(t *testing.T) {
	p := ui.Page{
		Title: "Seminarium", Lead: "O czym rozmawiano.", Canonical: "https://example.org/a",
		Feeds:     []ui.FeedLink{{Title: "RSS", Href: "/rss", Type: ui.RSS}},
		OpenGraph: &ui.OpenGraph{Title: "Seminarium", Type: "article", URL: "https://example.org/a", Image: "https://example.org/i.jpg", ImageAlt: "Sala"},
		MainLang:  "en",
	}
	doc := page(t, ui.Layout(p))
	for _, selector := range []string{
		`head link[rel="alternate"][type="application/rss+xml"][href="/rss"]`, `head link[rel="canonical"][href="https://example.org/a"]`,
		`head meta[property="og:title"][content="Seminarium"]`, `head meta[property="og:image:alt"][content="Sala"]`,
		`head meta[name="description"][content="O czym rozmawiano."]`, `.site-footer a[href="/rss"]`, `h1[lang="en"]`,
		`.crumbs a[href="/"]`, `.crumbs [aria-current="page"]`,
	} {
		if doc.Find(selector).Length() != 1 {
			t.Errorf("no %s", selector)
		}
	}
}

func TestTitleOfARefusedFormSaysSoFirst(t *testing.T) {
	got := page(t, ui.Layout(ui.Page{Title: "Dołącz", Mistakes: true})).Find("head title").Text()
	if !strings.HasPrefix(got, "Błąd: Dołącz") {
		t.Errorf("title = %q", got)
	}
}

func TestFlashTakesFocusAndIsAnnounced(t *testing.T) {
	frame := sampleFrame(lang.Polish)
	frame.Flash = "Zapisano <zmiany>."
	doc := parse(t, render(t, inLanguage(t, lang.Polish, frame), ui.Components()))
	flash := doc.Find(`#flash[role="status"][tabindex="-1"]`)
	if strings.TrimSpace(flash.Text()) != "Zapisano <zmiany>." {
		t.Errorf("flash = %q", flash.Text())
	}
}

func TestErrorPageIsCalmAndGivesTheReference(t *testing.T) {
	doc := page(t, ui.ErrorPage(ui.ErrorView{Title: "Coś się nie udało", Steps: []string{"Spróbuj za chwilę."}, Reference: "7f3a", Links: []ui.Link{{Href: "/", Key: "ui.home"}}}))
	if text := doc.Find("main").Text(); !strings.Contains(text, "7f3a") || !strings.Contains(text, "Spróbuj za chwilę.") {
		t.Errorf("page says %q", text)
	}
	if doc.Find(".crumbs").Length() != 0 || doc.Find(`meta[name="robots"][content="noindex"]`).Length() != 1 {
		t.Error("an error page has crumbs or wants to be indexed")
	}
}

func TestIdsAreUnique(t *testing.T) {
	seen := map[string]bool{}
	page(t, ui.Components()).Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if seen[id] {
			t.Errorf("id %q twice", id)
		}
		seen[id] = true
	})
}

func TestFragmentLinksLeadSomewhere(t *testing.T) {
	doc := page(t, ui.Components())
	doc.Find(`a[href^="#"]`).Each(func(_ int, s *goquery.Selection) {
		id := strings.TrimPrefix(s.AttrOr("href", ""), "#")
		if doc.Find(`[id="`+id+`"]`).Length() != 1 {
			t.Errorf("%q leads to #%s, which is not there", s.Text(), id)
		}
	})
}

// A browser mends bad nesting by moving and doubling elements; then the tags
// that were written are not the tags that it sees.
func TestNestingNeedsNoMending(t *testing.T) {
	text := render(t, inLanguage(t, lang.Polish, sampleFrame(lang.Polish)), ui.Components())
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var again strings.Builder
	if err := html.Render(&again, root); err != nil {
		t.Fatal(err)
	}
	written, mended := tags(text), tags(again.String())
	for tag, n := range written {
		if mended[tag] != n {
			t.Errorf("<%s>: written %d times, seen %d times", tag, n, mended[tag])
		}
	}
}

func tags(text string) map[string]int {
	count := map[string]int{}
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return count
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			count[string(name)]++
		}
	}
}

func TestPageWithoutFrameStillRenders(t *testing.T) {
	if doc := parse(t, render(t, context.Background(), ui.Layout(ui.Page{Title: "Sama"}))); doc.Find("h1").Text() != "Sama" {
		t.Error("no heading")
	}
}

func BenchmarkLayout(b *testing.B) {
	ctx := inLanguage(b, lang.Polish, sampleFrame(lang.Polish))
	p := ui.Layout(ui.Page{Title: "Aktualności", Lead: "Co się dzieje."})
	var out discard
	for b.Loop() {
		if err := p.Render(ctx, &out); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkForm(b *testing.B) {
	ctx := inLanguage(b, lang.Polish, sampleFrame(lang.Polish))
	p := formPage(form.New())
	var out discard
	for b.Loop() {
		if err := p.Render(ctx, &out); err != nil {
			b.Fatal(err)
		}
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
