package ui_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/ui"
)

func catalogue(t testing.TB) *lang.Catalogue {
	t.Helper()
	c, err := lang.Load(ui.Messages)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func sampleFrame(l lang.Language) *ui.Frame {
	return &ui.Frame{
		Community: "Wspólnota Subregionu Zachodniego", Language: l, Path: "/dev/components?x=1",
		Person: "Anna Nowak", ActingFor: "Klub Sportowy Płomień", Demo: true, DemoClock: "13 czerwca 2014",
		Nav:       []ui.Link{{Href: "/programy", Text: "Programy", Current: true}, {Href: "/aktualnosci", Text: "Aktualności"}, {Href: "/organizacje", Text: "Organizacje"}},
		PersonNav: []ui.Link{{Href: "/konto/organizacje", Text: "Moje organizacje"}, {Href: "/konto/programy", Text: "Moje programy"}},
		Partners:  []ui.Link{{Href: "https://forum.example.org", Text: "Forum Organizacji Pozarządowych Subregionu Zachodniego", Rel: "external"}},
		FooterNav: []ui.Link{{Href: "/dostepnosc", Text: "Deklaracja dostępności"}, {Href: "/prywatnosc", Text: "Prywatność"}},
		Contact:   "biuro@example.org", Version: "0.1",
	}
}

func inLanguage(t testing.TB, l lang.Language, f *ui.Frame) context.Context {
	return ui.WithFrame(lang.With(context.Background(), catalogue(t).Printer(l)), f)
}

func render(t testing.TB, ctx context.Context, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func page(t testing.TB, c templ.Component) *goquery.Document {
	t.Helper()
	return parse(t, render(t, inLanguage(t, lang.Polish, sampleFrame(lang.Polish)), c))
}

func parse(t testing.TB, html string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
