package news_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/store"
)

// article reads the state of an article that a form has made.
func (w *world) article(id store.ID) news.Article {
	w.t.Helper()
	a, err := store.One[news.Article](context.Background(), w.DB, `SELECT a.id, a.programme, p.slug AS programme_slug, a.slug, a.title,
		a.publish_at, a.withdrawn_at, a.revision, a.version
		FROM news_article a JOIN programme p ON p.id = a.programme WHERE a.id = $1`, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

// withFiles sends a complete form with a picture and a PDF.
func (w *world) withFiles(title string) news.Article {
	w.t.Helper()
	id := store.NewID()
	f := w.form(title)
	f.Set("id", string(id))
	f.Set("alt", "Ludzie przy stole")
	f.Set("tags", "seminarium, Foresight")
	f.Set("places", "2412042")
	page := w.editor().PostFiles("/programy/wspolpraca/aktualnosci", f,
		webtest.Upload{Field: "picture", Name: "stol.png", Content: aPicture(w.t, 600, 400)},
		webtest.Upload{Field: "files", Name: "program.pdf", Content: []byte(aPDF)})
	if page.Status != 303 {
		w.t.Fatalf("status %d: %s", page.Status, page.Text(".error-summary"))
	}
	return w.article(id)
}

func (w *world) publish(a news.Article) news.Article {
	w.t.Helper()
	a, err := w.news.Publish(w.as(w.editorID), a.Programme, a.ID, a.Version, w.DB.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

// hrefs are the addresses of the picture and of the attachment on the preview.
func (w *world) hrefs(a news.Article) (picture, attachment string) {
	w.t.Helper()
	doc := w.editor().Get(a.Path() + "/podglad").Doc()
	picture = doc.Find("figure.picture img").AttrOr("src", "")
	attachment = doc.Find(".attachments a").AttrOr("href", "")
	if picture == "" || attachment == "" {
		w.t.Fatalf("picture %q, attachment %q", picture, attachment)
	}
	return picture, attachment
}

func TestFilesFollowTheirArticle(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.withFiles("Z plikami")
		picture, attachment := w.hrefs(a)
		status := func(b *webtest.Browser) [2]int { return [2]int{b.Get(picture).Status, b.Get(attachment).Status} }
		if got := status(w.Visitor()); got != [2]int{404, 404} {
			t.Errorf("a visitor gets the files of a draft: %v", got)
		}
		if got := status(w.As(w.foreignID, true)); got != [2]int{404, 404} {
			t.Errorf("a stranger's editor gets the files of a draft: %v", got)
		}
		if got := status(w.As(w.observerID, true)); got != [2]int{200, 200} {
			t.Errorf("the team does not get the files of a draft: %v", got)
		}
		a = w.publish(a)
		if got := status(w.Visitor()); got != [2]int{200, 200} {
			t.Errorf("a visitor does not get public files: %v", got)
		}
		must[news.Article](t)(w.news.Withdraw(w.as(w.editorID), a.Programme, a.ID, a.Version, "Błąd"))
		if got := status(w.Visitor()); got != [2]int{404, 404} {
			t.Errorf("a visitor gets the files of a withdrawn article: %v", got)
		}
	})
}

func TestFilesAreServedSoThatNothingRuns(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	a := w.publish(w.withFiles("Z plikami"))
	picture, attachment := w.hrefs(a)
	page := w.Visitor().Get(attachment)
	if got := page.Header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment;") || !strings.Contains(got, "program.pdf") {
		t.Errorf("disposition %q", got)
	}
	if page.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(page.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("headers %v", page.Header)
	}
	if page.Body != aPDF {
		t.Error("the content changed on its way")
	}
	image := w.Visitor().Get(picture)
	if kind := image.Header.Get("Content-Type"); kind != "image/png" && kind != "image/jpeg" || image.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("picture headers %v", image.Header)
	}
	for _, path := range []string{attachment + "x", a.Path() + "/pliki/..%2f..%2fx", a.Path() + "/obraz/x/480", picture + "1"} {
		if got := w.Visitor().Get(path).Status; got != 404 {
			t.Errorf("%s: %d", path, got)
		}
	}
}

func TestAttachmentOfAnotherArticleIsNotBorrowed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		secret := w.withFiles("Tajny szkic")
		_, attachment := w.hrefs(secret)
		file := store.ID(attachment[strings.LastIndex(attachment, "/")+1:])
		c := w.full("Cudzy plik")
		c.Files = []news.File{{ID: file}}
		if _, err := w.news.Begin(w.as(w.editorID), w.programme, store.NewID(), c); err == nil {
			t.Error("a file of another article was attached")
		}
		other := w.published(w.full("Publiczny"), storetest.Start)
		if got := w.Visitor().Get(other.Path() + "/pliki/" + string(file)).Status; got != 404 {
			t.Errorf("served under another article: %d", got)
		}
	})
}

func TestMistakeElsewhereLosesNeitherWordsNorFiles(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b, f := w.editor(), w.form("Tytuł")
		id := string(store.NewID())
		f.Set("id", id)
		f.Set("alt", "Ludzie przy stole")
		f.Set("title", strings.Repeat("t", 201))
		page := b.PostFiles("/programy/wspolpraca/aktualnosci", f,
			webtest.Upload{Field: "picture", Name: "stol.png", Content: aPicture(t, 60, 40)},
			webtest.Upload{Field: "files", Name: "a.pdf", Content: []byte(aPDF)},
			webtest.Upload{Field: "files", Name: "zly.exe", Content: []byte("MZ")})
		if page.Status != 422 || page.Count(".error-summary a[href='#field-title']") != 1 || page.Count(".error-summary a[href='#field-files']") != 1 {
			t.Fatalf("status %d: %s", page.Status, page.Text(".error-summary"))
		}
		if page.Value("body") != "Pierwszy akapit." || page.Value("alt") != "Ludzie przy stole" || page.Value("id") != id {
			t.Errorf("lost words: %q, %q, %q", page.Value("body"), page.Value("alt"), page.Value("id"))
		}
		again := url.Values{"id": {id}, "kept_picture": {page.Value("kept_picture")}, "kept_files": {page.Value("kept_files")},
			"alt": {"Ludzie przy stole"}, "title": {"Krótki"}, "lead": {"L"}, "body": {"B"}, "language": {"pl"}, "organisation": {string(w.owner)}}
		if page = b.PostForm("/programy/wspolpraca/aktualnosci", again); page.Status != 303 {
			t.Fatalf("second try %d: %s", page.Status, page.Text(".error-summary"))
		}
		preview := b.Get(w.article(store.ID(id)).Path() + "/podglad")
		if preview.Count("figure.picture img[alt='Ludzie przy stole']") != 1 || preview.Text(".attachments a") != "a.pdf" {
			t.Errorf("files lost: %s", preview.Text("article"))
		}
	})
}

func TestNamesOfFilesCannotLeaveTheirPlace(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	for _, name := range []string{"../../../etc/passwd.pdf", `..\..\x.pdf`, "a\r\nSet-Cookie: x=y.pdf", "<script>alert(1)</script>.pdf", "CON.pdf"} {
		id := store.NewID()
		f := w.form("Nazwa pliku")
		f.Set("id", string(id))
		page := w.editor().PostFiles("/programy/wspolpraca/aktualnosci", f, webtest.Upload{Field: "files", Name: name, Content: []byte(aPDF)})
		if page.Status != 303 {
			t.Fatalf("%q: %d %s", name, page.Status, page.Text(".error-summary"))
		}
		a := w.publish(w.article(id))
		page = w.Visitor().Get(a.Path())
		shown := page.Text(".attachments a")
		if shown == "" || strings.ContainsAny(shown, "/\\\r\n<>") || page.Count("article script") != 0 {
			t.Errorf("%q is shown as %q", name, shown)
		}
		file := w.Visitor().Get(page.Doc().Find(".attachments a").AttrOr("href", ""))
		if file.Status != 200 || file.Header.Get("Set-Cookie") != "" || strings.ContainsAny(file.Header.Get("Content-Disposition"), "\r\n") {
			t.Errorf("%q is served with %v", name, file.Header)
		}
	}
	for _, key := range w.blobKeys() {
		if !strings.HasPrefix(key, "news/") || strings.Contains(key, "..") {
			t.Errorf("key %q", key)
		}
	}
}

func TestBodyOfTwentyMegabytesIsRefusedWhole(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := w.form("Za duży")
		f.Set("id", string(store.NewID()))
		page := w.editor().PostFiles("/programy/wspolpraca/aktualnosci", f,
			webtest.Upload{Field: "files", Name: "duzy.pdf", Content: bytes.Repeat([]byte("x"), 20<<20)})
		if page.Status != 413 || !strings.Contains(page.Body, "12 MB") {
			t.Errorf("status %d: %s", page.Status, page.Text("main"))
		}
		if n := w.count(`SELECT count(*) FROM news_article`) + w.count(`SELECT count(*) FROM news_file`); n != 0 || len(w.blobKeys()) != 0 {
			t.Errorf("%d rows, files %v", n, w.blobKeys())
		}
	})
}

func TestTooLargeFileIsAMistakeInItsField(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	f := w.form("Duży plik")
	f.Set("id", string(store.NewID()))
	page := w.editor().English().PostFiles("/programy/wspolpraca/aktualnosci", f,
		webtest.Upload{Field: "files", Name: "duzy.pdf", Content: append([]byte(aPDF), bytes.Repeat([]byte("x"), 10<<20)...)})
	if page.Status != 422 || page.Value("title") != "Duży plik" || !strings.Contains(page.Text("#field-files-mistake"), "10 MB") {
		t.Errorf("status %d: %s", page.Status, page.Text(".error-summary"))
	}
}

func TestContentIsTakenBackWhenItsRowIsNotWritten(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.exec(`DROP TABLE news_file`)
		f := w.form("Bez tabeli")
		f.Set("id", string(store.NewID()))
		page := w.editor().PostFiles("/programy/wspolpraca/aktualnosci", f,
			webtest.Upload{Field: "picture", Name: "a.png", Content: aPicture(t, 700, 300)})
		if page.Status != 500 {
			t.Errorf("status %d", page.Status)
		}
		if keys := w.blobKeys(); len(keys) != 0 {
			t.Errorf("files left without a row: %v", keys)
		}
	})
}

// fullDisk takes the first content and refuses the next.
type fullDisk struct {
	blob.Store
	puts int
}

func (d *fullDisk) Put(ctx context.Context, key string, r io.Reader) error {
	if d.puts++; d.puts > 1 {
		return errors.New("no space left on device")
	}
	return d.Store.Put(ctx, key, r)
}

func TestHalfAPictureIsTakenBack(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	service := news.New(w.DB, news.Options{Site: webtest.SiteInfo(), Blobs: &fullDisk{Store: w.blobs}})
	w.Site = webtest.New(t, w.DB, catalogue(t), w.people, service.Routes()...)
	f := w.form("Pełny dysk")
	f.Set("id", string(store.NewID()))
	page := w.editor().PostFiles("/programy/wspolpraca/aktualnosci", f,
		webtest.Upload{Field: "picture", Name: "a.png", Content: aPicture(t, 1200, 300)}) // two widths
	if page.Status != 500 || len(w.blobKeys()) != 0 || w.count(`SELECT count(*) FROM news_file`) != 0 {
		t.Errorf("status %d, files %v", page.Status, w.blobKeys())
	}
}

func TestUnsavedFilesAreSweptAfterADay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		kept := w.withFiles("Zostaje")
		f := w.form(strings.Repeat("t", 300)) // never saved
		f.Set("id", string(store.NewID()))
		w.editor().PostFiles("/programy/wspolpraca/aktualnosci", f, webtest.Upload{Field: "files", Name: "a.pdf", Content: []byte(aPDF)})
		before := len(w.blobKeys())
		w.DB.Clock().Advance(25 * time.Hour)
		later := w.form("Następny")
		later.Set("id", string(store.NewID()))
		w.editor().PostFiles("/programy/wspolpraca/aktualnosci", later, webtest.Upload{Field: "files", Name: "b.pdf", Content: []byte(aPDF)})
		if after := len(w.blobKeys()); after != before { // one went, one came
			t.Errorf("%d files before, %d after", before, after)
		}
		if n := w.count(`SELECT count(*) FROM news_file WHERE NOT used`); n != 0 {
			t.Errorf("%d unused files", n)
		}
		picture, attachment := w.hrefs(kept)
		if b := w.editor(); b.Get(picture).Status != 200 || b.Get(attachment).Status != 200 {
			t.Error("a file in use was swept")
		}
		// Who waited longer than a day with the form is told to choose again.
		page := w.editor().PostForm("/programy/wspolpraca/aktualnosci", url.Values{"id": {f.Get("id")}, "title": {"Po dobie"},
			"language": {"pl"}, "kept_files": {string(store.NewID())}})
		if page.Status != 422 || page.Count(".error-summary a[href='#field-files']") != 1 {
			t.Errorf("status %d: %s", page.Status, page.Text(".error-summary"))
		}
	})
}
