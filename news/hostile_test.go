package news_test

import (
	"encoding/xml"
	"html"
	"net/url"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/hostile"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/news"
	"github.com/wspolnota/wspolnota/store"
)

// infect puts a text into every field that the room keeps, past all checks: as
// if a check had been forgotten.
func (w *world) infect(a news.Article, text string) {
	w.t.Helper()
	picture := &news.Picture{File: store.NewID(), Alt: text, Caption: text, Credit: text,
		Variants: []news.Variant{{Width: 480, Height: 320, Type: "image/png", Size: 1}, {Width: 960, Height: 640, Type: "image/png", Size: 1}}}
	d := news.Details{Organisation: w.owner, Tags: []string{text}, Places: []string{text}, Goals: []store.ID{w.goal}, Picture: picture,
		Files: []news.File{{ID: store.NewID(), Name: text, Type: text, Size: 1}}}
	w.exec(`UPDATE news_article SET title = $2, lead = $2, picture = $3, withdrawn_reason = $2, folded = $2 WHERE id = $1`, a.ID, text, picture)
	// html_by 0: the text is rendered by the renderer of now, as after an update.
	w.exec(`UPDATE news_revision SET title = $2, lead = $2, body = $2, details = $3, html = '', html_by = 0 WHERE article = $1`, a.ID, text, d)
	w.exec(`UPDATE news_tag SET name = $2 WHERE article = $1`, a.ID, text)
	w.exec(`UPDATE news_act SET detail = $2 WHERE article = $1`, a.ID, text)
	w.exec(`UPDATE organisation SET name = $2 WHERE id = $1`, w.owner, text)
	w.exec(`UPDATE programme SET title = $2, summary = $2 WHERE id = $1`, w.programme, text)
	w.exec(`UPDATE programme_goal SET title = $2 WHERE id = $1`, w.goal, text)
	w.exec(`UPDATE person SET name = $2 WHERE id = $1`, w.editorID, text)
}

// storable is what a database can hold: PostgreSQL takes no zero byte, which no
// form lets through either.
func storable(text string) string { return strings.ReplaceAll(text, "\x00", "") }

func TestNothingStoredRunsOnAnyPage(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	c := w.full("Zaczyna się niewinnie")
	c.Tags = []string{"temat"}
	a := w.published(c, storetest.Start)
	a = must[news.Article](t)(w.news.Revise(w.as(w.editorID), a.Programme, a.ID, a.Version, w.full("I trwa")))
	w.exec(`INSERT INTO news_tag (article, slug, name, programme, listed_at) VALUES ($1, 'temat', 'temat', $2, 1)`, a.ID, a.Programme)
	visitor, editor := w.Visitor(), w.editor()
	for i, payload := range hostile.Payloads() {
		payload = storable(payload)
		w.infect(a, payload)
		w.exec(`UPDATE news_article SET withdrawn_at = NULL WHERE id = $1`, a.ID)
		w.DB.Clock().Advance(2 * 60e9) // what can be filtered by is read anew
		b := visitor
		pages := []string{a.Path(), "/aktualnosci", "/aktualnosci?tag=temat&program=wspolpraca&organizacja=" + string(w.owner) +
			"&szukaj=" + url.QueryEscape(payload), a.List(), "/aktualnosci/2014/06"}
		if i%4 == 0 { // the team's pages show the same fields through the same components
			b = editor
			pages = append(pages, a.Path()+"/podglad", a.Path()+"/edycja", a.Path()+"/wersje", a.Path()+"/wersje/2",
				a.Path()+"/roznice?od=1&do=2", a.Path()+"/publikacja", a.Path()+"/wycofanie", a.List()+"/redakcja", a.List()+"/nowa")
		}
		for _, path := range pages {
			page := b.Get(path)
			if page.Status != 200 {
				t.Fatalf("%q on %s: %d\n%s", payload, path, page.Status, w.Log)
			}
			inert(t, path, payload, page.Body)
		}
		w.exec(`UPDATE news_article SET withdrawn_at = 1 WHERE id = $1`, a.ID)
		inert(t, "withdrawn", payload, visitor.Get(a.Path()).Body)
	}
}

func inert(t *testing.T, where, payload, page string) {
	t.Helper()
	found, err := hostile.Active(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	if len(found) > 0 {
		t.Errorf("%s: %q gives %v", where, payload, found)
	}
}

// The title must also arrive as it was typed: text that is silently mangled is
// lost as well.
func TestHostileTitleIsShownAsItWasTyped(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	a := w.published(w.full("Tytuł"), storetest.Start)
	for _, payload := range hostile.Payloads() {
		payload = storable(payload)
		w.exec(`UPDATE news_article SET title = $2 WHERE id = $1`, a.ID, payload)
		got := w.Visitor().Get(a.Path()).Doc().Find("h1").Text()
		if want := strings.ReplaceAll(strings.ReplaceAll(payload, "\r\n", "\n"), "\r", "\n"); got != want {
			t.Errorf("shown %q, want %q", got, want)
		}
	}
}

func TestNothingStoredRunsInAFeed(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	c := w.full("Wpis")
	c.Tags, c.Places = []string{"temat"}, []string{"2412042"}
	a := w.published(c, storetest.Start)
	for _, payload := range hostile.Payloads() {
		w.infect(a, storable(payload))
		for _, path := range feeds(a) {
			var rss readRSS
			text := w.Visitor().Get(path + ".rss").Body
			strictly(t, text, &rss)
			if len(rss.Channel.Items) != 1 {
				t.Fatalf("%q in %s.rss: %s", payload, path, text)
			}
			inert(t, path+".rss", payload, rss.Channel.Items[0].Description)
			var atom readAtom
			strictly(t, w.Visitor().Get(path+".atom").Body, &atom)
			inert(t, path+".atom", payload, atom.Entries[0].Content.Text)
			if got, want := atom.Entries[0].Title, expected(payload); got != want {
				t.Errorf("%s.atom: title %q, want %q", path, got, want)
			}
		}
	}
}

// expected is a text as XML can carry it.
func expected(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe {
			return -1
		}
		return r
	}, storable(text))
	var out string
	if err := xml.Unmarshal([]byte("<x>"+html.EscapeString(text)+"</x>"), &out); err != nil {
		return err.Error()
	}
	return out
}

// What the form lets through is kept, and the form shows it again unharmed.
func TestHostileFormComesBackAsItWasTyped(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	b := w.editor()
	for _, payload := range hostile.Payloads() {
		f := url.Values{}
		for _, field := range []string{"title", "lead", "body", "tags", "alt", "caption", "credit", "organisation", "language", "places",
			"goals", "kept_files", "kept_picture", "remove_picture", "version", "next"} {
			f.Set(field, payload)
		}
		f.Set("id", string(store.NewID()))
		page := b.PostForm("/programy/wspolpraca/aktualnosci", f)
		if page.Status != 422 { // the language is none of ours
			t.Fatalf("%q: %d", payload, page.Status)
		}
		inert(t, "form", payload, page.Body)
		// A browser sends line breaks as CR LF and a parser reads them as LF.
		want := strings.ReplaceAll(strings.ReplaceAll(payload, "\r\n", "\n"), "\x00", "\ufffd")
		if got := strings.ReplaceAll(page.Value("body"), "\r\n", "\n"); got != want {
			t.Errorf("typed %q, shown %q", payload, got)
		}
	}
	if n := w.count(`SELECT count(*) FROM news_article`); n != 0 {
		t.Errorf("%d articles", n)
	}
}
