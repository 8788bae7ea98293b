package browser

import (
	"fmt"
	"strings"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

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
	}`, selector, tidy(words)).ByPromise())
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
	mark := tab.find("label", label)
	element, err := tab.page.Timeout(patience).ElementByJS(rod.Eval(`l => l.control`, mark.Object).ByPromise())
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

// Keep fails the test unless the field under the label holds the text.
func (tab *Tab) Keep(label, text string) *Tab {
	tab.t.Helper()
	if got := tab.Value(label); got != text {
		tab.fail("%q holds %q, want %q", label, got, text)
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

// TickIn clicks a radio or a box by its label, in the group that the question
// names: several groups offer the same answers.
func (tab *Tab) TickIn(question, label string) *Tab {
	tab.t.Helper()
	element, err := tab.page.Timeout(patience).ElementByJS(rod.Eval(`(question, label) => {
		const tidy = e => e.innerText.replace(/\s+/g, " ").trim();
		const group = [...document.querySelectorAll("fieldset")].find(f => tidy(f.querySelector("legend")).includes(question));
		return group && [...group.querySelectorAll("label")].find(l => tidy(l) === label) || null;
	}`, tidy(question), tidy(label)).ByPromise())
	if err != nil {
		tab.fail("finds no %q under %q", label, question)
	}
	if err := tab.press(element); err != nil {
		tab.fail("tick %q: %v", label, err)
	}
	return tab
}

// Ticked is the answer that is chosen under a question, "" for none.
func (tab *Tab) Ticked(question string) string {
	tab.t.Helper()
	r, err := tab.page.Timeout(patience).Eval(`question => {
		const tidy = e => e.innerText.replace(/\s+/g, " ").trim();
		const group = [...document.querySelectorAll("fieldset")].find(f => tidy(f.querySelector("legend")).includes(question));
		const chosen = group && group.querySelector(":checked");
		return chosen ? tidy(chosen.labels[0]) : "";
	}`, tidy(question))
	check(tab.t, err)
	return r.Value.Str()
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

// Href is where the link with these words leads.
func (tab *Tab) Href(words string) string {
	tab.t.Helper()
	href, err := tab.find("a", words).Property("href")
	check(tab.t, err)
	return href.Str()
}

// Mistake is what is said beside the field under the label, "" where the field
// is not marked as wrong.
func (tab *Tab) Mistake(label string) string {
	tab.t.Helper()
	r, err := tab.field(label).Eval(`function() {
		if (this.getAttribute("aria-invalid") !== "true") return "";
		return (this.getAttribute("aria-describedby") || "").split(" ").map(id => document.getElementById(id))
			.filter(e => e && e.classList.contains("mistake")).map(e => e.innerText.trim()).join(" ");
	}`)
	check(tab.t, err)
	return tidy(r.Value.Str())
}

// SeeMistake fails the test unless the page was refused for that field in these
// words: in the summary, which the script brings to the reader, in the name of
// the window, and beside the field.
func (tab *Tab) SeeMistake(label, words string) *Tab {
	tab.t.Helper()
	if got := tab.Text("#error-summary"); !strings.Contains(got, tidy(words)) {
		tab.fail("the summary says %q, want %q", got, words)
	}
	if got := tab.Mistake(label); !strings.Contains(got, tidy(words)) {
		tab.fail("beside %q stands %q, want %q", label, got, words)
	}
	if got := tab.Text("title"); !strings.HasPrefix(got, tab.Say("ui.mistake_prefix")) {
		tab.fail("the window is named %q", got)
	}
	if got := tab.Focused(); !tab.opts.NoScript && !strings.HasPrefix(got, tab.Say("ui.error_summary")) {
		tab.fail("the focus is on %q and not on the summary", got)
	}
	return tab
}

// Field is the whole label of the field whose label has these words.
func (tab *Tab) Field(label string) string {
	tab.t.Helper()
	r, err := tab.field(label).Eval(`function() { return this.labels[0].innerText }`)
	check(tab.t, err)
	return tidy(r.Value.Str())
}

// Picture reports whether a picture with this description is there and has
// arrived.
func (tab *Tab) Picture(alt string) bool {
	tab.t.Helper()
	r, err := tab.page.Timeout(patience).Eval(`alt => {
		const img = [...document.images].find(i => i.alt === alt);
		return img !== undefined && img.decode().then(() => img.naturalWidth > 0, () => false);
	}`, alt)
	check(tab.t, err)
	return r.Value.Bool()
}

// FillIn is Fill in the group of fields that the legend names: several groups
// have the same labels.
func (tab *Tab) FillIn(legend, label, text string) *Tab {
	tab.t.Helper()
	element, err := tab.page.Timeout(patience).ElementByJS(rod.Eval(`(legend, label) => {
		const tidy = e => e.innerText.replace(/\s+/g, " ").trim();
		const group = [...document.querySelectorAll("fieldset")].find(f => tidy(f.querySelector("legend")) === legend);
		const mark = group && [...group.querySelectorAll("label")].find(l => tidy(l).includes(label));
		return mark ? mark.control : null;
	}`, tidy(legend), tidy(label)).ByPromise())
	if err != nil {
		tab.fail("finds no %q under %q", label, legend)
	}
	if err := element.Input(text); err != nil {
		tab.fail("fill %q under %q: %v", label, legend, err)
	}
	return tab
}

// Put pastes a long text into the field under the label.
func (tab *Tab) Put(label, text string) *Tab {
	tab.t.Helper()
	if _, err := tab.field(label).Eval(`function(text) { this.value = text; }`, text); err != nil {
		tab.fail("put into %q: %v", label, err)
	}
	return tab
}

// Forge makes the form send another value of a radio or a select than the page
// offers, as somebody does who alters it.
func (tab *Tab) Forge(name, value string) *Tab {
	tab.t.Helper()
	_, err := tab.page.Timeout(patience).Eval(`(name, value) => {
		const field = document.querySelector("[name='" + name + "']");
		if (field.tagName === "SELECT") field.add(new Option(value, value, true, true));
		else { field.value = value; field.checked = true; }
	}`, name, value)
	if err != nil {
		tab.fail("forge %q: %v", name, err)
	}
	return tab
}
