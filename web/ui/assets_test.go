package ui_test

import (
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/ui"
)

func get(path, encoding string) *http.Response {
	r := httptest.NewRequest("GET", path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	ui.Assets().ServeHTTP(w, r)
	return w.Result()
}

func TestAssetsMayBeKeptForEver(t *testing.T) {
	for _, name := range []string{"wspolnota.css", "favicon.svg", "logo.svg"} {
		path := ui.AssetPath(name)
		if !regexp.MustCompile(`^/zasoby/[a-z]+\.[0-9a-f]{12}\.(css|svg|js)$`).MatchString(path) {
			t.Fatalf("%s is at %q", name, path)
		}
		answer := get(path, "")
		if answer.StatusCode != 200 || !strings.Contains(answer.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %s, %v", name, answer.Status, answer.Header)
		}
	}
	if got := get("/zasoby/wspolnota.000000000000.css", "").StatusCode; got != 404 {
		t.Errorf("an old address answers %d", got)
	}
	if ui.AssetPath("nothing.css") != "" {
		t.Error("an asset that is not there has an address")
	}
}

func TestAssetsArePackedForThoseWhoUnpack(t *testing.T) {
	path := ui.AssetPath("wspolnota.css")
	plain, err := io.ReadAll(get(path, "").Body)
	if err != nil {
		t.Fatal(err)
	}
	packed := get(path, "br, gzip")
	if packed.Header.Get("Content-Encoding") != "gzip" {
		t.Fatal("not packed")
	}
	r, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if unpacked, err := io.ReadAll(r); err != nil || string(unpacked) != string(plain) {
		t.Errorf("unpacked text differs: %v", err)
	}
}

// Product bar: under 100 KB on first view, without pictures.
func TestFirstViewIsSmall(t *testing.T) {
	sum := len(render(t, inLanguage(t, lang.Polish, sampleFrame(lang.Polish)), ui.Components()))
	for _, name := range []string{"wspolnota.css", "favicon.svg", "app.js"} {
		if path := ui.AssetPath(name); path != "" {
			body, _ := io.ReadAll(get(path, "gzip").Body)
			sum += len(body)
		}
	}
	if sum > 100_000 {
		t.Errorf("%d bytes", sum)
	}
}

var hidden = regexp.MustCompile(`\s(style|on[a-z]+)=|<style|<script>|#[0-9a-fA-F]{6}\b`)

// The policy forbids styles and scripts inside pages, and the style sheet is
// the only place for colours: this holds for the templates of every room.
func TestTemplatesHoldNoStyleNoScriptNoColour(t *testing.T) {
	templates(t, func(path, text string) {
		for i, line := range strings.Split(text, "\n") {
			if found := hidden.FindString(line); found != "" {
				t.Errorf("%s:%d: %q", path, i+1, found)
			}
		}
	})
}

var classes = regexp.MustCompile(`class="([^"{}]+)"`)

// A class that the style sheet does not know does nothing: rooms compose, they
// do not invent.
func TestEveryClassOfATemplateIsInTheStyleSheet(t *testing.T) {
	css, err := os.ReadFile("assets/wspolnota.css")
	if err != nil {
		t.Fatal(err)
	}
	templates(t, func(path, text string) {
		for _, m := range classes.FindAllStringSubmatch(text, -1) {
			for _, class := range strings.Fields(m[1]) {
				if !regexp.MustCompile(`\.` + regexp.QuoteMeta(class) + `\b`).Match(css) {
					t.Errorf("%s: nothing is known of class %q", path, class)
				}
			}
		}
	})
}

// templates reads every template of the repository.
func templates(t *testing.T, look func(path, text string)) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return filepath.SkipDir
		case filepath.Ext(path) != ".templ":
			return nil
		}
		seen++
		text, err := os.ReadFile(path)
		look(path, string(text))
		return err
	})
	if err != nil || seen < 8 {
		t.Errorf("%d templates read: %v", seen, err)
	}
}
