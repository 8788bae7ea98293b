package browser

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sync"

	"github.com/go-rod/rod/lib/proto"
)

// axe is axe-core as npm has put it, "" where it is not.
var axe = sync.OnceValue(func() string {
	text, err := os.ReadFile(filepath.Join(repository(), "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		return ""
	}
	return string(text)
})

// checked remembers the shapes of pages that axe has found faultless, so that the
// same page at the same width, in the same colours and language is not read twice.
var checked sync.Map

// changing is what differs each time the same page is asked for.
var changing = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`)

// look reads what accessible judges. The shape is the page without what axe does
// not look at: which words stand in a place where there are words, and where links
// and forms lead. The lines with the demo's clock are no part of it.
const look = `() => {
	const words = ["href", "src", "srcset", "action", "value", "content", "datetime", "alt", "title", "placeholder", "d", "points"];
	const shape = node => {
		if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? "…" : "";
		if (node.nodeType !== Node.ELEMENT_NODE || node.matches(".imprint, .demo-band")) return "";
		const attributes = [...node.attributes].map(a => " " + a.name + "=" + (words.includes(a.name) ? !!a.value : a.value));
		return "<" + node.localName + attributes.join("") + ">" + [...node.childNodes].map(shape).join("") + "</>";
	};
	return {
		shape: shape(document.documentElement),
		wide: document.documentElement.scrollWidth > document.documentElement.clientWidth + 1,
		crowded: [...document.querySelectorAll(".masthead")].some(m => {
			const name = document.createRange();
			name.selectNodeContents(m.querySelector(".brand"));
			return name.getBoundingClientRect().right > m.querySelector(".account").getBoundingClientRect().left;
		}),
	};
}`

// accessible fails the test when axe finds a violation on the present page, when
// the page has to be scrolled sideways, or when the name of the site runs under
// the account beside it, which axe does not see.
func (tab *Tab) accessible() {
	tab.t.Helper()
	r, err := tab.page.Timeout(patience).Eval(look)
	if err != nil {
		tab.fail("the page cannot be read: %v", err)
	}
	if r.Value.Get("wide").Bool() {
		tab.t.Errorf("%s at %s: the page is wider than the window", tab.who(), tab.Path())
	}
	if r.Value.Get("crowded").Bool() {
		tab.t.Errorf("%s at %s: the name of the site runs under the account", tab.who(), tab.Path())
	}
	shape := changing.ReplaceAllString(r.Value.Get("shape").Str(), "")
	key := sha256.Sum256(fmt.Appendf(nil, "%d %v %s", tab.opts.Width, tab.opts.Dark, shape))
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

// violations runs axe, which comes to the page only now: most pages were read
// before and go without it.
func (tab *Tab) violations() []string {
	tab.t.Helper()
	run := proto.RuntimeEvaluate{AwaitPromise: true, ReturnByValue: true, Expression: "window.axe || (() => {" + axe() + "})();" + axeRun}
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
