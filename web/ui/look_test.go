package ui_test

import (
	"context"
	"io"
	"net/http"
	"os"
	"testing"

	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// TestLook serves the components for eyes, screenshots and axe, and a form at
// /form whose answers can be chosen:
//
//	LOOK=127.0.0.1:8099 go test ./web/ui -run TestLook -timeout 0
func TestLook(t *testing.T) {
	address := os.Getenv("LOOK")
	if address == "" {
		t.Skip("set LOOK=127.0.0.1:8099 to look at the components")
	}
	t.Fatal(http.ListenAndServe(address, showroom(t)))
}

// showroom is a small site made of the components alone.
func showroom(t testing.TB) http.Handler {
	mux := http.NewServeMux()
	c := catalogue(t)
	flash := ""
	show := func(w http.ResponseWriter, r *http.Request, status int, page templ.Component) {
		l, _ := lang.Parse(r.URL.Query().Get("l"))
		frame := sampleFrame(l)
		frame.Path, frame.Flash, flash = r.URL.RequestURI(), flash, ""
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policy)
		w.WriteHeader(status)
		page.Render(ui.WithFrame(lang.With(r.Context(), c.Printer(l)), frame), w)
	}
	mux.Handle("GET /zasoby/", ui.Assets())
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { show(w, r, 200, ui.Components()) })
	mux.HandleFunc("GET /form", func(w http.ResponseWriter, r *http.Request) { show(w, r, 200, formPage(form.New())) })
	mux.HandleFunc("GET /other", func(w http.ResponseWriter, r *http.Request) {
		show(w, r, 200, ui.ErrorPage(ui.ErrorView{Title: "Inna strona"}))
	})
	mux.HandleFunc("POST /form", func(w http.ResponseWriter, r *http.Request) {
		f := form.Of(mustParse(r), nil)
		switch f.Get("title") {
		case "other":
			flash = "Zapisano."
			http.Redirect(w, r, "/other", http.StatusSeeOther)
		case "same":
			flash = "Zapisano."
			http.Redirect(w, r, "/form", http.StatusSeeOther)
		case "proxy":
			http.Error(w, "request entity too large", http.StatusRequestEntityTooLarge)
		case "drop":
			panic(http.ErrAbortHandler)
		default:
			f.Add("title", "ui.dev.mistake.kind")
			show(w, r, 422, formPage(f))
		}
	})
	return mux
}

func mustParse(r *http.Request) map[string][]string {
	if err := r.ParseForm(); err != nil {
		panic(err)
	}
	return r.PostForm
}

func formPage(f *form.Form) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		field := ui.TextField(f, ui.Field{Name: "title", Label: "Tytuł"})
		whole := ui.Form(f, ui.FormOptions{Action: "/form", Submit: "Zapisz", ID: "the-form"})
		follow := ui.PostButton(ui.PostAction{Action: "/form", Text: "Obserwuję", Fields: []ui.HiddenField{{Name: "title", Value: "same"}}})
		body := templ.Join(with(whole, field), follow)
		return with(ui.Layout(ui.Page{Title: "Formularz", Mistakes: f.Any()}), body).Render(ctx, w)
	})
}

// with renders a component around its children, as templ does.
func with(outer, children templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, children), w)
	})
}
