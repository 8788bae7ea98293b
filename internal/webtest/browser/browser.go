// Package browser drives a real Chromium over the real program, as a person
// does: by the words on labels and buttons, or by keyboard alone.
//
// Start runs the demo on a spare port. Open gives one person's tab; every step
// taken in it is followed by a check with axe-core, so that an error that
// appears only after a click is found too.
package browser

import (
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/launcher"
	"github.com/go-rod/rod/lib/launcher/flags"
	"github.com/go-rod/rod/lib/proto"

	"github.com/wspolnota/wspolnota/lang"
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

func (o Options) String() string {
	language, script, colours := "pl", "script on", "light"
	if o.English {
		language = "en"
	}
	if o.NoScript {
		script = "script off"
	}
	if o.Dark {
		colours = "dark"
	}
	return fmt.Sprintf("%d px, %s, %s, %s", o.Width, language, script, colours)
}

// Tab is one person's window.
type Tab struct {
	t       testing.TB
	site    *Site
	page    *rod.Page
	opts    Options
	traffic *traffic
}

// ownFace is what Chromium shows around a page, each part a page of its own. No
// one sees it here, and without it a window opens in half of the processor time.
var ownFace = []string{"InitialWebUI", "WebUIReloadButton", "WebUIToolbarWebView", "WebUILocationBar", "WebUIOmniboxPopup",
	"WebUIOmniboxAimPopup", "WebUIContentsPreloading", "PreloadTopChromeWebUI", "SideSearch", "TabSearch",
	"OptimizationHints", "MediaRouter", "Translate"}

// catalogue holds the words of all rooms; Main reads it.
var catalogue *lang.Catalogue

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
		for _, name := range []string{"disable-gpu", "no-first-run", "disable-background-networking", "disable-default-apps",
			"disable-component-update", "disable-sync", "disable-quic", "disable-dev-shm-usage", "force-color-profile=srgb"} {
			key, value, _ := strings.Cut(name, "=")
			l.Set(flags.Flag(key), value)
		}
		l.Append("disable-features", ownFace...)
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
// messages are the words of the rooms, by which journeys name what they press.
func Main(m *testing.M, messages ...embed.FS) {
	var err error
	if catalogue, err = lang.Load(messages...); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	for _, fn := range stop {
		fn()
	}
	os.Exit(code)
}

// Open opens a window with cookies of its own.
func (s *Site) Open(t testing.TB, o Options) *Tab {
	t.Helper()
	if axe() == "" {
		t.Skip("skipped: no axe-core here; `make assets` fetches it with npm")
	}
	if o.Width == 0 {
		o.Width = 1280
	}
	private, err := chromium(t).Incognito()
	check(t, err)
	page, err := private.Page(proto.TargetCreateTarget{URL: "about:blank"})
	check(t, err)
	page, cancel := page.WithCancel()
	t.Cleanup(func() {
		cancel()
		proto.TargetDisposeBrowserContext{BrowserContextID: private.BrowserContextID}.Call(private)
	})
	tab := &Tab{t: t, site: s, page: page, opts: o, traffic: watch(page)}
	tab.dress()
	return tab
}

// Say returns the words of a key in the person's language.
func (tab *Tab) Say(key string, args ...any) string {
	tab.t.Helper()
	if !catalogue.Has(tab.Language(), key) {
		tab.t.Fatalf("no catalogue has %q", key)
	}
	return tidy(Voice(tab.Language()).T(key, args...))
}

// SayN is Say of words that depend on a number.
func (tab *Tab) SayN(key string, n int, args ...any) string {
	tab.t.Helper()
	return tidy(Voice(tab.Language()).N(key, n, args...))
}

// Voice says words, days and amounts as the program does.
func Voice(l lang.Language) *lang.Printer { return catalogue.Printer(l) }

// Language is the one that the browser asks for.
func (tab *Tab) Language() lang.Language {
	if tab.opts.English {
		return lang.English
	}
	return lang.Polish
}

// tidy makes all space alike, as it is read.
func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

func (tab *Tab) dress() {
	language := "pl-PL,pl"
	if tab.opts.English {
		language = "en-GB,en"
	}
	check(tab.t, proto.EmulationSetDeviceMetricsOverride{Width: tab.opts.Width, Height: 900, DeviceScaleFactor: 1,
		Mobile: tab.opts.Width < 600}.Call(tab.page))
	check(tab.t, proto.NetworkSetUserAgentOverride{UserAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 webtest",
		AcceptLanguage: language}.Call(tab.page))
	check(tab.t, proto.EmulationSetFocusEmulationEnabled{Enabled: true}.Call(tab.page)) // several windows are open at once
	tab.dressColours()
	if tab.opts.NoScript {
		// The script is kept from arriving; there is no other, the policy sees to
		// that. Turned off altogether, rod and axe would wait for timers for ever.
		check(tab.t, proto.NetworkEnable{}.Call(tab.page))
		check(tab.t, proto.NetworkSetBlockedURLs{Urls: []string{"*.js"}}.Call(tab.page))
	}
}

// dressColours shows the page on a screen, in the colours that the person likes.
func (tab *Tab) dressColours() {
	tab.t.Helper()
	scheme := "light"
	if tab.opts.Dark {
		scheme = "dark"
	}
	check(tab.t, proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}}.Call(tab.page))
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
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

// As enters as one of the people of the demo.
func (tab *Tab) As(role string) *Tab {
	tab.t.Helper()
	return tab.Go(tab.site.Link(tab.t, role))
}

// Again asks for the same page once more.
func (tab *Tab) Again() *Tab {
	tab.t.Helper()
	tab.settle(func() error { return proto.PageReload{}.Call(tab.page) })
	return tab
}

// Back goes to the page before.
func (tab *Tab) Back() *Tab {
	tab.t.Helper()
	tab.settle(tab.page.NavigateBack)
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

// rest waits until the document is complete and nothing more is under way, three
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
		if r, err := page.Eval(atRest); err == nil && r.Value.Bool() && tab.traffic.quiet() {
			calm++
		} else {
			calm = 0
		}
	}
	return nil
}

func (tab *Tab) who() string {
	name := tab.opts.Name
	if name == "" {
		name = "visitor"
	}
	return name + " (" + tab.opts.String() + ")"
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
		if !strings.Contains(text, tidy(w)) {
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
		if strings.Contains(text, tidy(w)) {
			tab.fail("sees %q", w)
		}
	}
	return tab
}
