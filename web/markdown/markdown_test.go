package markdown_test

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/wspolnota/wspolnota/web/markdown"
)

func TestTextBecomesHTML(t *testing.T) {
	for name, tt := range map[string]struct{ in, want string }{
		"a paragraph":        {"Ala *ma* **kota**", "<p>Ala <em>ma</em> <strong>kota</strong></p>\n"},
		"the first level":    {"# Cele", "<h2>Cele</h2>\n"},
		"no gap before":      {"### Cele", "<h2>Cele</h2>\n"},
		"no gap between":     {"# A\n\n#### B\n\n## C\n\n### D\n\n# E", "<h2>A</h2>\n<h3>B</h3>\n<h3>C</h3>\n<h4>D</h4>\n<h2>E</h2>\n"},
		"no deeper than 6":   {"# A\n\n## B\n\n### C\n\n#### D\n\n##### E\n\n###### F", "<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>\n<h5>D</h5>\n<h6>E</h6>\n<h6>F</h6>\n"},
		"a link":             {"[strona](https://example.org/a?b=1&c=2)", `<p><a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">strona</a></p>` + "\n"},
		"a bare address":     {"https://example.org", `<p><a href="https://example.org" rel="nofollow ugc noopener">https://example.org</a></p>` + "\n"},
		"a page of ours":     {"[program](/programy/a)", `<p><a href="/programy/a" rel="nofollow ugc noopener">program</a></p>` + "\n"},
		"an e-mail":          {"biuro@example.org", `<p><a href="mailto:biuro@example.org" rel="nofollow ugc noopener">biuro@example.org</a></p>` + "\n"},
		"an image":           {"![plan sali](https://example.org/p.png)", `<p><a href="https://example.org/p.png" rel="nofollow ugc noopener">plan sali</a></p>` + "\n"},
		"an image in a link": {"[![plan ![sali](b)](a) tu](/c)", `<p><a href="/c" rel="nofollow ugc noopener">plan sali tu</a></p>` + "\n"},
		"struck out":         {"~~nie~~", "<p><del>nie</del></p>\n"},
		"a later list":       {"3. trzy", "<ol start=\"3\">\n<li>trzy</li>\n</ol>\n"},
		"a table":            {"|a|\n|:-:|\n|1|", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := markdown.HTML(tt.in); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestHeadingsWithinASectionBeginAtThree(t *testing.T) {
	var b strings.Builder
	if err := markdown.Within("# A\n\n## B").Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != "<h3>A</h3>\n<h4>B</h4>\n" {
		t.Errorf("got %q", got)
	}
}

var attacks = []string{
	`<script>alert(1)</script>`,
	`<img src=x onerror=alert(1)>`,
	`[a](javascript:alert(1))`, `[a](JaVaScRiPt:alert(1))`, `[a](java&#x73;cript:alert(1))`, "[a](java\nscript:alert(1))",
	`[a](data:text/html;base64,PHNjcmlwdD4=)`, `[a](vbscript:x)`, `<javascript:alert(1)>`, `![x](javascript:alert(1))`,
	`[a](https://example.org "x\" onmouseover=\"alert(1)")`,
	`<a href="https://example.org" style="position:fixed" onclick=x>a</a>`,
	"<svg/onload=alert(1)>", "<style>*{display:none}</style>", "<iframe src=//example.org></iframe>",
	`<form action=/wyjscie><button>`, "</div></main><h1>x</h1>", "`<script>`", "<!--><script>alert(1)</script>-->",
	`<math><mi//xlink:href="data:x,<script>alert(1)</script>">`, "[a]: javascript:alert(1)\n\n[a]",
}

func TestAttacksAreInert(t *testing.T) {
	for _, attack := range attacks {
		if what := dangerous(markdown.HTML(attack)); what != "" {
			t.Errorf("%q gave %s", attack, what)
		}
	}
}

func FuzzNothingDangerousComesOut(f *testing.F) {
	for _, attack := range attacks {
		f.Add(attack)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if what := dangerous(markdown.HTML(source)); what != "" {
			t.Errorf("%q gave %s", source, what)
		}
	})
}

var elements = map[string]bool{"p": true, "br": true, "hr": true, "em": true, "strong": true, "del": true, "code": true,
	"pre": true, "blockquote": true, "ul": true, "ol": true, "li": true, "h2": true, "h3": true, "h4": true, "h5": true,
	"h6": true, "table": true, "thead": true, "tbody": true, "tr": true, "th": true, "td": true, "a": true}

// dangerous names the first thing in the page that is not on the list, read by
// a parser and not by the code under test.
func dangerous(page string) string {
	tokens := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			return ""
		}
		token := tokens.Token()
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			if !elements[token.Data] {
				return token.String()
			}
		case html.CommentToken, html.DoctypeToken:
			return token.String()
		}
		for _, a := range token.Attr {
			if !harmless(a) {
				return token.String()
			}
		}
	}
}

func harmless(a html.Attribute) bool {
	switch a.Key {
	case "rel":
		return a.Val == "nofollow ugc noopener" || a.Val == "nofollow"
	case "start":
		return strings.Trim(a.Val, "0123456789-") == ""
	case "href":
		scheme, _, found := strings.Cut(strings.ToLower(strings.TrimSpace(a.Val)), ":")
		return !found || scheme == "http" || scheme == "https" || scheme == "mailto" || strings.ContainsAny(scheme, "/?#")
	}
	return false
}

func TestUnlinkedKeepsWordsAndLosesLinks(t *testing.T) {
	var b strings.Builder
	err := markdown.Unlinked("## My\n\n**Tanio** [tu](https://spam.example) i https://spam.example\n\n![x](https://spam.example/p.png)").Render(t.Context(), &b)
	if err != nil {
		t.Fatal(err)
	}
	got := b.String()
	if strings.Contains(got, "<a") || strings.Contains(got, "href") || strings.Contains(got, "<img") {
		t.Errorf("a link is left: %s", got)
	}
	if !strings.Contains(got, "<strong>Tanio</strong> tu i https://spam.example") || !strings.Contains(got, "<h3>My</h3>") {
		t.Errorf("words are lost: %s", got)
	}
}
