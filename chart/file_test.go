package chart_test

import (
	"errors"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/chart"
)

// file writes a chart and reads it back strictly.
func file(t interface{ Fatalf(string, ...any) }, c chart.Chart, width int) (string, []element) {
	var b strings.Builder
	if err := c.WriteSVG(&b, width); err != nil {
		t.Fatalf("%v", err)
	}
	return b.String(), read(t, b.String())
}

func sectors() chart.Chart {
	one := []chart.Value{shown(1, "1"), shown(2, "2"), shown(3, "3"), shown(4, "4")}
	c := chart.Balance(chart.BalanceChart{ID: "s", Title: `Sektory & "gminy"`, Description: "Kto <bierze> udział.", Note: "Małych liczb nie pokazujemy.", Sectors: four, Rows: []chart.BalanceRow{{Label: "Radlin", Values: one}}})
	return c
}

func TestFileStandsAlone(t *testing.T) {
	text, e := file(t, sectors(), 640)
	root := e[0]
	if root.name != "svg" || root.attr["width"] != "640" || root.attr["viewBox"] != "0 0 640 "+root.attr["height"] {
		t.Errorf("svg: %v", root.attr)
	}
	if e[1].name != "title" || strings.TrimSpace(e[1].text) != `Sektory & "gminy"` || e[2].name != "desc" || strings.TrimSpace(e[2].text) != "Kto <bierze> udział." {
		t.Errorf("title %q, description %q", e[1].text, e[2].text)
	}
	if root.attr["aria-labelledby"] != e[1].attr["id"]+" "+e[2].attr["id"] {
		t.Errorf("labelled by %s", root.attr["aria-labelledby"])
	}
	if e[3].name != "style" || strings.Contains(text, "var(--") || strings.Contains(text, "url(http") {
		t.Error("the style depends on something outside the file")
	}
	ids := map[string]bool{}
	for _, element := range e {
		if id := element.attr["id"]; id != "" && ids[id] {
			t.Errorf("id %s is there twice", id)
		} else {
			ids[id] = true
		}
	}
}

func TestFileSaysWhatAPageSaysAroundAChart(t *testing.T) {
	text, _ := file(t, sectors(), chart.FileWidth)
	for _, want := range []string{"Sektory &amp; &#34;gminy&#34;</text>", "Kto &lt;bierze&gt; udział.</text>", "Małych liczb nie pokazujemy.</text>", "Administracja</text>", "Mieszkańcy</text>"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not drawn", want)
		}
	}
}

// In grey the four colours look the same: patterns and signs must tell them.
func TestFileIsReadInGrey(t *testing.T) {
	text, e := file(t, sectors(), chart.FileWidth)
	for _, s := range four {
		if !strings.Contains(text, `<pattern id="s-`+s.Sector+`"`) || !strings.Contains(text, `fill="url(#s-`+s.Sector+`)"`) {
			t.Errorf("%s has no pattern in the file", s.Sector)
		}
	}
	signs := map[string]bool{}
	for i, element := range e {
		if strings.HasPrefix(element.attr["class"], "fill-") && element.name == "g" {
			signs[e[i+1].name+e[i+1].attr["d"]] = true
		}
	}
	if len(signs) != 4 {
		t.Errorf("signs of the legend: %v", signs)
	}
	print := text[strings.Index(text, "@media print"):]
	if !strings.Contains(print, ".chart text { fill: #000000") || !strings.Contains(print, ".paper { fill: #ffffff") {
		t.Error("letters are not black on white in print")
	}
}

func TestTrackCanBeAFile(t *testing.T) {
	text, _ := file(t, chart.Chart{Title: "Droga", SVG: chart.Track(0.2, 0.7)}, 0)
	if !strings.Contains(text, `width="320"`) || !strings.Contains(text, `width="70.00%"`) {
		t.Errorf("file: %s", text)
	}
}

func TestChartWithoutDrawingIsRefused(t *testing.T) {
	for _, svg := range []string{"", "<p/>", "<svg>", `<svg height="10%"></svg>`, `<svg height="10"/>`, `<svg height="3"><title>`} {
		var b strings.Builder
		if err := (chart.Chart{SVG: svg}).WriteSVG(&b, 400); !errors.Is(err, chart.ErrNotDrawn) || b.Len() > 0 {
			t.Errorf("%q: error %v, %d bytes written", svg, err, b.Len())
		}
	}
}

func TestFileIsAsHighAsItsLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-zł<&"]{1,12}`)
		words := func(name string) string {
			return strings.Join(rapid.SliceOfN(word, 0, 60).Draw(t, name), " ")
		}
		c := sectors()
		c.Title, c.Description, c.Note = words("title"), words("description"), words("note")
		_, e := file(t, c, rapid.IntRange(0, 2000).Draw(t, "width"))
		height, _ := strconv.Atoi(e[0].attr["height"])
		for _, element := range e {
			if y, err := strconv.Atoi(element.attr["y"]); err == nil && y > height {
				t.Fatalf("%v lies below the file of height %d", element, height)
			}
		}
	})
}

var (
	tokenRule = regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`)
	chartRule = regexp.MustCompile(`(?m)^\.chart [.a-z[][^{]*\{[^}]*\}$`)
)

// TestFileLooksAsThePage compares the rules and colours of a file with the
// style sheet of the pages.
func TestFileLooksAsThePage(t *testing.T) {
	css, err := os.ReadFile("../web/ui/assets/wspolnota.css")
	if err != nil {
		t.Fatal(err)
	}
	page := string(css)
	own, err := os.ReadFile("file.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range chartRule.FindAllString(page, -1) {
		if !strings.Contains(string(own), rule+"\n") {
			t.Errorf("file.css lacks this rule of the pages: %s", rule)
		}
	}
	text, _ := file(t, sectors(), 640)
	style := map[string]string{":root {": text, "prefers-color-scheme: dark": text[strings.Index(text, "prefers-color-scheme: dark"):], "@media print": text[strings.Index(text, "@media print"):]}
	for where, file := range style {
		tokens := page[strings.Index(page, where):]
		tokens = tokens[:strings.Index(tokens, "}")]
		for _, m := range tokenRule.FindAllStringSubmatch(tokens, -1) {
			line := regexp.MustCompile(`(?m)^(.*)var\(--` + m[1] + `\)`).FindStringSubmatch(string(own))
			if line != nil && !strings.Contains(file, line[1]+m[2]) {
				t.Errorf("%s: %s is %s on the pages, not in the file", where, m[1], m[2])
			}
		}
	}
}
