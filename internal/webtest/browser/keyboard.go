package browser

import (
	"strings"

	"github.com/go-rod/rod/lib/input"
)

// focus is the element that the keyboard acts on.
type focus struct {
	Name    string
	Visible bool // something shows where it is
}

// focus names the focused element, and looks whether it can be told from the
// others: by its own outline or shadow, its label's, or that of what lies over it.
func (tab *Tab) focus() focus {
	tab.t.Helper()
	r, err := tab.page.Timeout(patience).Eval(`() => {
		const e = document.activeElement;
		if (!e || e === document.body) return {name: "", visible: true};
		const label = e.labels && e.labels[0];
		const name = (label ? label.innerText : "") || e.getAttribute("aria-label") || e.innerText || e.value || e.id || "";
		const marked = s => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none";
		const shown = x => [null, "::before", "::after"].some(part => marked(getComputedStyle(x, part)));
		return {name: name.replace(/\s+/g, " ").trim(), visible: shown(e) || [...(e.labels || [])].some(shown)};
	}`)
	if err != nil {
		return focus{Visible: true} // the page is just being left
	}
	return focus{r.Value.Get("name").Str(), r.Value.Get("visible").Bool()}
}

// Focused names the element that has the focus.
func (tab *Tab) Focused() string {
	tab.t.Helper()
	return tab.focus().Name
}

// TabTo presses the tab key until the element with these words has the focus,
// as somebody without a mouse does. On the way the focus must never be lost
// from sight.
func (tab *Tab) TabTo(words string) *Tab {
	tab.t.Helper()
	var passed []string
	for rounds := 0; rounds < 2; {
		check(tab.t, tab.page.Timeout(patience).Keyboard.Press(input.Tab))
		at := tab.focus()
		if !at.Visible {
			tab.t.Errorf("%s at %s: the focus on %q cannot be seen", tab.who(), tab.Path(), at.Name)
		}
		if strings.Contains(at.Name, words) {
			return tab
		}
		if at.Name == tab.Say("ui.skip") {
			rounds++
		}
		passed = append(passed, at.Name)
	}
	tab.fail("cannot reach %q by the tab key; passed %q", words, passed)
	return tab
}

// SkipsTo presses the tab key on a page that was just opened: the first thing
// must be the way past the header, and it must lead into the page.
func (tab *Tab) SkipsTo(words string) *Tab {
	tab.t.Helper()
	skip := tab.Say("ui.skip")
	check(tab.t, tab.page.Timeout(patience).Keyboard.Press(input.Tab))
	if got := tab.focus(); got.Name != skip || !got.Visible {
		tab.fail("the first press of the tab key leads to %q, visible: %v; want %q", got.Name, got.Visible, skip)
	}
	tab.Press(input.Enter)
	inside, err := tab.page.Timeout(patience).Eval(`() => document.querySelector("main").contains(document.activeElement)`)
	check(tab.t, err)
	if !inside.Value.Bool() {
		tab.fail("%q does not lead into the page", skip)
	}
	return tab.TabTo(words)
}

// Type types into the focused element.
func (tab *Tab) Type(text string) *Tab {
	tab.t.Helper()
	check(tab.t, tab.page.Timeout(patience).InsertText(text))
	return tab
}

// Press presses a key, lets it go, and waits for what it does: Space chooses
// only when it is let go.
func (tab *Tab) Press(key input.Key) *Tab {
	tab.t.Helper()
	tab.settle(func() error { return tab.page.Timeout(patience).Keyboard.Type(key) })
	return tab
}
