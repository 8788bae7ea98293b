package browser

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"testing"

	"github.com/go-rod/rod/lib/proto"
)

// axeSource reads axe-core as npm has put it.
func axeSource(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository(), "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip("skipped: no axe-core here; `make assets` fetches it with npm")
	}
	return string(text)
}

// checked remembers the pages that axe has found faultless, so that the same
// page at the same width and in the same colours is not read twice.
var checked sync.Map

// changing is what differs each time the same page is asked for: ids, and the
// lines with the demo's clock and the number of the request.
var changing = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|(?s)<div class="(?:imprint|demo-band)">.*?</div>`)

// accessible fails the test when axe finds a violation on the present page, when
// the page has to be scrolled sideways, or when the name of the site runs under
// the account beside it, which axe does not see.
func (tab *Tab) accessible() {
	tab.t.Helper()
	page := tab.page.Timeout(patience)
	r, err := page.Eval(`() => ({
		html: document.documentElement.outerHTML,
		wide: document.documentElement.scrollWidth > document.documentElement.clientWidth + 1,
		crowded: [...document.querySelectorAll(".masthead")].some(m => {
			const name = document.createRange();
			name.selectNodeContents(m.querySelector(".brand"));
			return name.getBoundingClientRect().right > m.querySelector(".account").getBoundingClientRect().left;
		}),
	})`)
	if err != nil {
		tab.fail("the page cannot be read: %v", err)
	}
	if r.Value.Get("wide").Bool() {
		tab.t.Errorf("%s at %s: the page is wider than the window", tab.who(), tab.Path())
	}
	if r.Value.Get("crowded").Bool() {
		tab.t.Errorf("%s at %s: the name of the site runs under the account", tab.who(), tab.Path())
	}
	html := changing.ReplaceAllString(r.Value.Get("html").Str(), "")
	key := sha256.Sum256(fmt.Appendf(nil, "%d %v %s", tab.opts.Width, tab.opts.Dark, html))
	if _, done := checked.Load(key); done {
		return
	}
	violations := tab.violations()
	for _, v := range violations {
		tab.t.Errorf("%s at %s: %s", tab.who(), tab.Path(), v)
	}
	if len(violations) == 0 {
		checked.Store(key, nil)
	}
}

const axeRun = `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(
	v => v.id + " (" + v.impact + "): " + v.help + " " + v.nodes.slice(0, 3).map(n => n.html).join(" | ")))`

func (tab *Tab) violations() []string {
	tab.t.Helper()
	run := proto.RuntimeEvaluate{AwaitPromise: true, ReturnByValue: true, Expression: axeRun}
	result, err := run.Call(tab.page.Timeout(patience))
	if err != nil {
		tab.fail("axe does not run: %v", err)
	}
	if result.ExceptionDetails != nil {
		tab.fail("axe does not run: %s", result.ExceptionDetails.Exception.Description)
	}
	var all []string
	for _, v := range result.Result.Value.Arr() {
		all = append(all, v.Str())
	}
	return all
}
