package ui_test

import (
	"bytes"
	"context"
	"net/http"
	"os"
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

// TestLook serves the components for eyes, screenshots and axe:
//
//	LOOK=127.0.0.1:8099 go test ./web/ui -run TestLook -timeout 0
func TestLook(t *testing.T) {
	address := os.Getenv("LOOK")
	if address == "" {
		t.Skip("set LOOK=127.0.0.1:8099 to look at the components")
	}
	mux := http.NewServeMux()
	mux.Handle("GET /zasoby/", ui.Assets())
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		l, _ := lang.Parse(r.URL.Query().Get("l"))
		frame := sampleFrame(l)
		if r.Method == http.MethodPost {
			frame.Flash = catalogue(t).Printer(l).T("ui.dev.message.good")
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		if err := ui.Components().Render(inLanguage(t, l, frame), w); err != nil {
			t.Log(err)
		}
	})
	t.Fatal(http.ListenAndServe(address, mux))
}
