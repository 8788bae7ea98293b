// Package browser drives a real Chromium over the real program, as a person
// does: by the words on labels and buttons, or by keyboard alone.
//
// Start runs the demo on a spare port. Open gives one person's tab; every step
// taken in it is followed by a check with axe-core, so that an error that
// appears only after a click is found too.
package browser

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/launcher"
	"github.com/go-rod/rod/lib/launcher/flags"
	"github.com/go-rod/rod/lib/proto"
)

// patience is how long a step may take before the test fails; pages answer in
// milliseconds, but the machine may be busy.
const patience = 20 * time.Second

// Options say what kind of browser a person has.
type Options struct {
	Width    int    // 320 or 1280; 0 is 1280
	English  bool   // the browser asks for English
	NoScript bool   // scripts are off
	Dark     bool   // dark colours are preferred
	Name     string // of the person, for messages of failed steps
}

// Tab is one person's window.
type Tab struct {
	t    testing.TB
	site *Site
	page *rod.Page
	opts Options
	axe  string
}

var shared struct {
	once    sync.Once
	browser *rod.Browser
	err     error
}

// chromium starts one browser for all tests of the process. It ends with it.
func chromium(t testing.TB) *rod.Browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("skipped: no chromium here; `make test` installs it on Debian")
	}
	shared.once.Do(func() {
		profile, err := os.MkdirTemp("", "wspolnota-browser-")
		if err != nil {
			shared.err = err
			return
		}
		l := launcher.New().Bin(path).UserDataDir(profile).Leakless(false).Headless(true).NoSandbox(true)
		for _, name := range []string{"disable-gpu", "no-first-run", "disable-background-networking",
			"disable-component-update", "disable-sync", "disable-quic", "disable-dev-shm-usage", "force-color-profile=srgb"} {
			key, value, _ := strings.Cut(name, "=")
			l.Set(flags.Flag(key), value)
		}
		address, err := l.Launch()
		if err != nil {
			shared.err = err
			return
		}
		shared.browser = rod.New().ControlURL(address)
		shared.err = shared.browser.Connect()
		stop = append(stop, func() { shared.browser.Close(); l.Kill(); os.RemoveAll(profile) })
	})
	if shared.err != nil {
		t.Fatalf("browser: %v", shared.err)
	}
	return shared.browser
}

// stop holds what has to end with the process; Main runs it.
var stop []func()

// Main runs the tests of a package and ends the browser and the server after.
func Main(m *testing.M) {
	code := m.Run()
	for _, fn := range stop {
		fn()
	}
	os.Exit(code)
}

// Open opens a window with cookies of its own.
func (s *Site) Open(t testing.TB, o Options) *Tab {
	t.Helper()
	if o.Width == 0 {
		o.Width = 1280
	}
	private, err := chromium(t).Incognito()
	check(t, err)
	page, err := private.Page(proto.TargetCreateTarget{URL: "about:blank"})
	check(t, err)
	t.Cleanup(func() {
		page.Close()
		proto.TargetDisposeBrowserContext{BrowserContextID: private.BrowserContextID}.Call(private)
	})
	tab := &Tab{t: t, site: s, page: page.Timeout(10 * time.Minute), opts: o, axe: axeSource(t)}
	tab.dress()
	return tab
}

func (tab *Tab) dress() {
	language := "pl-PL,pl"
	if tab.opts.English {
		language = "en-GB,en"
	}
	check(tab.t, proto.EmulationSetDeviceMetricsOverride{Width: tab.opts.Width, Height: 900, DeviceScaleFactor: 1,
		Mobile: tab.opts.Width < 600}.Call(tab.page))
	check(tab.t, proto.NetworkSetUserAgentOverride{UserAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 webtest",
		AcceptLanguage: language}.Call(tab.page))
	scheme := "light"
	if tab.opts.Dark {
		scheme = "dark"
	}
	check(tab.t, proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}}.Call(tab.page))
	if tab.opts.NoScript {
		// The script is kept from arriving; there is no other, the policy sees to
		// that. Turned off altogether, rod and axe would wait for timers for ever.
		check(tab.t, proto.NetworkEnable{}.Call(tab.page))
		check(tab.t, proto.NetworkSetBlockedURLs{Urls: []string{"*.js"}}.Call(tab.page))
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// axeSource reads axe-core as npm has put it.
func axeSource(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository(), "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip("skipped: no axe-core here; `make assets` fetches it with npm")
	}
	return string(text)
}

// Go opens a path and checks the page.
func (tab *Tab) Go(path string) *Tab {
	tab.t.Helper()
	address := path
	if strings.HasPrefix(path, "/") {
		address = tab.site.Address + path
	}
	tab.settle(func() error { return tab.page.Navigate(address) })
	return tab
}

// settle does something that may lead to another page, waits until it is there
// and quiet, and checks it.
func (tab *Tab) settle(act func() error) {
	tab.t.Helper()
	if err := act(); err != nil {
		tab.fail("the step itself: %v", err)
	}
	if err := tab.rest(); err != nil {
		tab.fail("%v", err)
	}
	tab.accessible()
}

// rest waits until the document is complete and answers no more in place, three
// looks in a row: the browser has no event for "nothing more will happen".
func (tab *Tab) rest() error {
	const atRest = `() => document.readyState === "complete" && !document.querySelector("[aria-busy=true], .htmx-request")`
	page := tab.page.Timeout(patience)
	deadline := time.Now().Add(patience)
	for calm := 0; calm < 3; {
		if time.Now().After(deadline) {
			return fmt.Errorf("the page is not at rest after %v", patience)
		}
		<-time.After(15 * time.Millisecond)
		if r, err := page.Eval(atRest); err == nil && r.Value.Bool() {
			calm++
		} else {
			calm = 0
		}
	}
	return nil
}

// accessible fails the test when axe finds a violation on the present page.
func (tab *Tab) accessible() {
	tab.t.Helper()
	page := tab.page.Timeout(patience)
	load := proto.RuntimeEvaluate{Expression: tab.axe + "; 0"}
	if _, err := load.Call(page); err != nil {
		tab.fail("axe does not load: %v", err)
	}
	result, err := proto.RuntimeEvaluate{AwaitPromise: true, ReturnByValue: true, Expression: axeRun}.Call(page)
	if err != nil {
		tab.fail("axe does not run: %v", err)
	}
	if result.ExceptionDetails != nil {
		tab.fail("axe does not run: %s", result.ExceptionDetails.Exception.Description)
	}
	for _, violation := range result.Result.Value.Arr() {
		tab.t.Errorf("%s at %s: %s", tab.who(), tab.Path(), violation.Str())
	}
	wide, err := page.Eval(`() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1`)
	if err == nil && wide.Value.Bool() {
		tab.t.Errorf("%s at %s: the page is wider than the window", tab.who(), tab.Path())
	}
}

const axeRun = `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(
	v => v.id + " (" + v.impact + "): " + v.help + " " + v.nodes.slice(0, 3).map(n => n.html).join(" | ")))`

func (tab *Tab) who() string {
	name := tab.opts.Name
	if name == "" {
		name = "visitor"
	}
	language, script := "pl", "script on"
	if tab.opts.English {
		language = "en"
	}
	if tab.opts.NoScript {
		script = "script off"
	}
	return fmt.Sprintf("%s (%d px, %s, %s)", name, tab.opts.Width, language, script)
}

// fail ends the test with what the person sees.
func (tab *Tab) fail(format string, args ...any) {
	tab.t.Helper()
	text := tab.Text("main")
	if len(text) > 1500 {
		text = text[:1500] + "…"
	}
	if dir := os.Getenv("WSPOLNOTA_SHOTS"); dir != "" {
		tab.Shot(filepath.Join(dir, "failed-"+strings.ReplaceAll(tab.t.Name(), "/", "-")+".png"))
	}
	tab.t.Fatalf("%s at %s: %s\nthe page says: %s", tab.who(), tab.Path(), fmt.Sprintf(format, args...), text)
}

// Path is where the person is.
func (tab *Tab) Path() string {
	info, err := tab.page.Timeout(patience).Info()
	if err != nil {
		return "?"
	}
	return strings.TrimPrefix(info.URL, tab.site.Address)
}

// Text returns the words under a selector, "" where nothing matches.
func (tab *Tab) Text(selector string) string {
	r, err := tab.page.Timeout(patience).Eval(`s => { const e = document.querySelector(s); return e ? e.innerText.replace(/\s+/g, " ").trim() : "" }`, selector)
	if err != nil {
		return ""
	}
	return r.Value.Str()
}

// See fails the test unless the page shows the words.
func (tab *Tab) See(words ...string) *Tab {
	tab.t.Helper()
	text := tab.Text("body")
	for _, w := range words {
		if !strings.Contains(text, w) {
			tab.fail("does not see %q", w)
		}
	}
	return tab
}

// SeeNot fails the test when the page shows the words.
func (tab *Tab) SeeNot(words ...string) *Tab {
	tab.t.Helper()
	text := tab.Text("body")
	for _, w := range words {
		if strings.Contains(text, w) {
			tab.fail("sees %q", w)
		}
	}
	return tab
}

// find returns the visible element of a kind that carries the words, the
// shortest match first, so that "Zapisz" finds the button and not its form.
func (tab *Tab) find(selector, words string) *rod.Element {
	tab.t.Helper()
	element, err := tab.page.Timeout(patience).ElementByJS(rod.Eval(`(selector, words) => {
		const name = e => (e.getAttribute("aria-label") || e.innerText || e.value || "").replace(/\s+/g, " ").trim();
		const seen = e => e.getClientRects().length > 0;
		const all = [...document.querySelectorAll(selector)].filter(seen);
		return all.find(e => name(e) === words) ||
			all.filter(e => name(e).includes(words)).sort((a, b) => name(a).length - name(b).length)[0] || null;
	}`, selector, words).ByPromise())
	if err != nil {
		tab.fail("finds no %q", words)
	}
	return element
}

// Click presses the link or button with these words.
func (tab *Tab) Click(words string) *Tab {
	tab.t.Helper()
	element := tab.find("a, button, summary, input[type=submit]", words)
	tab.settle(func() error { return tab.press(element) })
	return tab
}

// press clicks with the mouse where the element can be seen. What lies on top of
// it takes the click in real life too, and is an error here.
func (tab *Tab) press(element *rod.Element) error {
	r, err := element.Eval(`function() {
		this.scrollIntoView({block: "center", behavior: "instant"});
		const box = this.getClientRects()[0];
		const x = box.left + box.width / 2, y = box.top + box.height / 2;
		const top = document.elementFromPoint(x, y);
		if (!top || !(this.contains(top) || top.contains(this))) return {over: top ? top.outerHTML.slice(0, 120) : "nothing"};
		return {over: "", x: x, y: y};
	}`)
	if err != nil {
		return err
	}
	if over := r.Value.Get("over").Str(); over != "" {
		return fmt.Errorf("it is covered by %s", over)
	}
	mouse := tab.page.Timeout(patience).Mouse
	if err := mouse.MoveTo(proto.NewPoint(r.Value.Get("x").Num(), r.Value.Get("y").Num())); err != nil {
		return err
	}
	return mouse.Click(proto.InputMouseButtonLeft, 1)
}

// field returns the form field under a label.
func (tab *Tab) field(label string) *rod.Element {
	tab.t.Helper()
	mark := tab.find("label, legend", label)
	element, err := tab.page.Timeout(patience).ElementByJS(rod.Eval(`l => l.control || l.querySelector("input, select, textarea")`, mark.Object).ByPromise())
	if err != nil {
		tab.fail("label %q has no field", label)
	}
	return element
}

// Fill types into the field under the label, replacing what was there.
func (tab *Tab) Fill(label, text string) *Tab {
	tab.t.Helper()
	element := tab.field(label)
	if err := element.SelectAllText(); err != nil {
		tab.fail("fill %q: %v", label, err)
	}
	if err := element.Input(text); err != nil {
		tab.fail("fill %q: %v", label, err)
	}
	return tab
}

// Choose picks an option of a select by its words.
func (tab *Tab) Choose(label, option string) *Tab {
	tab.t.Helper()
	element := tab.field(label)
	if err := element.Select([]string{option}, true, rod.SelectorTypeText); err != nil {
		tab.fail("choose %q in %q: %v", option, label, err)
	}
	return tab
}

// Tick clicks a radio or a box by its label.
func (tab *Tab) Tick(label string) *Tab {
	tab.t.Helper()
	if err := tab.press(tab.find("label", label)); err != nil {
		tab.fail("tick %q: %v", label, err)
	}
	return tab
}

// Attach chooses a file.
func (tab *Tab) Attach(label, path string) *Tab {
	tab.t.Helper()
	if err := tab.field(label).SetFiles([]string{path}); err != nil {
		tab.fail("attach to %q: %v", label, err)
	}
	return tab
}

// Value returns what stands in the field under the label.
func (tab *Tab) Value(label string) string {
	tab.t.Helper()
	v, err := tab.field(label).Property("value")
	check(tab.t, err)
	return v.Str()
}

// focused names the element that has the focus.
func (tab *Tab) focused() string {
	r, err := tab.page.Timeout(patience).Eval(`() => {
		const e = document.activeElement;
		if (!e || e === document.body) return "";
		const label = e.labels && e.labels[0];
		return ((label ? label.innerText : "") || e.getAttribute("aria-label") || e.innerText || e.value || e.id || "").replace(/\s+/g, " ").trim();
	}`)
	if err != nil {
		return ""
	}
	return r.Value.Str()
}

// TabTo presses the tab key until the element with these words has the focus,
// as somebody without a mouse does.
func (tab *Tab) TabTo(words string) *Tab {
	tab.t.Helper()
	var path []string
	for range 150 {
		check(tab.t, tab.page.Timeout(patience).Keyboard.Press(input.Tab))
		name := tab.focused()
		if name == words || strings.Contains(name, words) {
			tab.visibleFocus(words)
			return tab
		}
		path = append(path, name)
	}
	tab.fail("cannot reach %q by the tab key; passed %q", words, path)
	return tab
}

// visibleFocus fails the test when nothing shows where the focus is.
func (tab *Tab) visibleFocus(words string) {
	tab.t.Helper()
	r, err := tab.page.Timeout(patience).Eval(`() => {
		const shown = e => { const s = getComputedStyle(e); return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none"; };
		const e = document.activeElement;
		return shown(e) || [...(e.labels || [])].some(l => shown(l) || getComputedStyle(l, "::before").boxShadow !== "none");
	}`)
	check(tab.t, err)
	if !r.Value.Bool() {
		tab.t.Errorf("%s at %s: the focus on %q cannot be seen", tab.who(), tab.Path(), words)
	}
}

// Type types into the focused element.
func (tab *Tab) Type(text string) *Tab {
	tab.t.Helper()
	check(tab.t, tab.page.Timeout(patience).InsertText(text))
	return tab
}

// Press presses a key and waits for what it does.
func (tab *Tab) Press(key input.Key) *Tab {
	tab.t.Helper()
	tab.settle(func() error { return tab.page.Timeout(patience).Keyboard.Press(key) })
	return tab
}

// Shot writes a picture of the whole page.
func (tab *Tab) Shot(path string) {
	tab.t.Helper()
	picture, err := tab.page.Timeout(patience).Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
	check(tab.t, err)
	check(tab.t, os.MkdirAll(filepath.Dir(path), 0o755))
	check(tab.t, os.WriteFile(path, picture, 0o644))
}
