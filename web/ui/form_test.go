package ui_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/web/form"
	"github.com/wspolnota/wspolnota/web/ui"
)

func TestEveryFieldHasALabelAndWhatDescribesItIsThere(t *testing.T) {
	doc := page(t, ui.Components())
	controls := doc.Find(`input:not([type="hidden"]), select, textarea`)
	if controls.Length() < 25 {
		t.Fatalf("only %d fields on the page of components", controls.Length())
	}
	controls.Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if label := doc.Find(`label[for="` + id + `"]`); id == "" || label.Length() != 1 || strings.TrimSpace(label.Text()) == "" {
			t.Errorf("field %q has no label of its own", s.AttrOr("name", ""))
		}
	})
	doc.Find("[aria-describedby], [aria-labelledby], [aria-controls]").Each(func(_ int, s *goquery.Selection) {
		for _, name := range []string{"aria-describedby", "aria-labelledby", "aria-controls"} {
			for _, id := range strings.Fields(s.AttrOr(name, "")) {
				if doc.Find(`[id="`+id+`"]`).Length() != 1 {
					t.Errorf("%s=%q leads nowhere", name, id)
				}
			}
		}
	})
}

func TestMistakeStandsBesideItsFieldAndInTheSummary(t *testing.T) {
	f := form.New().Set("nip", "123")
	f.Add("nip", "ui.dev.mistake.nip")
	doc := page(t, with(ui.Form(f, ui.FormOptions{Action: "/x", Submit: "Wyślij"}), ui.TextField(f, ui.Field{Name: "nip", Label: "NIP", Hint: "Dziesięć cyfr."})))
	input := doc.Find(`input[name="nip"]`)
	if input.AttrOr("value", "") != "123" || input.AttrOr("aria-invalid", "") != "true" {
		t.Error("what was typed is lost, or the field is not marked")
	}
	if got := input.AttrOr("aria-describedby", ""); got != "field-nip-hint field-nip-mistake" {
		t.Errorf("described by %q", got)
	}
	summary := doc.Find(`form #error-summary[role="alert"][tabindex="-1"]`)
	link := summary.Find(`a[href="#field-nip"]`)
	if link.Length() != 1 || !strings.Contains(doc.Find("#field-nip-mistake").Text(), link.Text()) {
		t.Errorf("summary: %q", summary.Text())
	}
}

func TestSummaryOfARadioQuestionLeadsToItsFirstAnswer(t *testing.T) {
	f := form.New()
	f.Add("kind", "ui.dev.mistake.kind")
	options := []ui.Option{{Value: "a", Label: "A"}, {Value: "b", Label: "B"}}
	doc := page(t, templ.Join(ui.ErrorSummary(f), ui.RadioField(f, ui.Field{Name: "kind", Label: "Rodzaj"}, options)))
	target := strings.TrimPrefix(doc.Find("#error-summary a").AttrOr("href", ""), "#")
	if got := doc.Find(`[id="`+target+`"]`).AttrOr("value", ""); got != "a" {
		t.Errorf("leads to %q", got)
	}
}

func TestWholeFormMistakeIsNoLink(t *testing.T) {
	f := form.New()
	f.Add("", "ui.dev.mistake.kind")
	summary := page(t, ui.ErrorSummary(f)).Find("#error-summary")
	if summary.Find("a").Length() != 0 || !strings.Contains(summary.Find("li").Text(), "Wybierz sektor") {
		t.Errorf("summary: %q", summary.Text())
	}
}

func TestChoicesKeepWhatWasChosen(t *testing.T) {
	f := form.New().SetAll("topic", []string{"a", "c"}).Set("one", "b")
	options := []ui.Option{{Value: "a", Label: "A"}, {Value: "b", Label: "B"}, {Value: "c", Label: "C", Group: "dalsze"}}
	doc := page(t, templ.Join(
		ui.CheckboxesField(f, ui.Field{Name: "topic", Label: "Tematy"}, options),
		ui.SelectField(f, ui.Field{Name: "one", Label: "Jeden"}, options),
	))
	var ticked []string
	doc.Find("input[checked]").Each(func(_ int, s *goquery.Selection) { ticked = append(ticked, s.AttrOr("value", "")) })
	if strings.Join(ticked, "") != "ac" {
		t.Errorf("ticked %v", ticked)
	}
	if got := doc.Find("option[selected]"); got.Length() != 1 || got.AttrOr("value", "") != "b" {
		t.Errorf("selected %q", got.Text())
	}
	if doc.Find(`optgroup[label="dalsze"] option`).Length() != 1 {
		t.Error("no group")
	}
}

func TestPasswordIsNeverSentBack(t *testing.T) {
	f := form.New().Set("password", "sekret")
	if doc := page(t, ui.PasswordField(f, ui.Field{Name: "password", Label: "Hasło"})); strings.Contains(doc.Text(), "sekret") || doc.Find("input[value]").Length() != 0 {
		t.Error("the password is in the page")
	}
}

func TestCodeFieldIsFriendlyToPhones(t *testing.T) {
	input := page(t, ui.CodeField(nil, ui.Field{Name: "code", Label: "Kod"})).Find("input")
	if input.AttrOr("inputmode", "") != "numeric" || input.AttrOr("autocomplete", "") != "one-time-code" || input.AttrOr("type", "") != "text" {
		html, _ := goquery.OuterHtml(input)
		t.Error(html)
	}
}

func TestFormCarriesTheVersionItWasReadAt(t *testing.T) {
	doc := page(t, ui.Form(nil, ui.FormOptions{Action: "/x", Submit: "Zapisz", Version: 7}))
	if got := doc.Find(`form input[name="version"][type="hidden"]`).AttrOr("value", ""); got != "7" {
		t.Errorf("version = %q", got)
	}
}

func TestFilesAndPlainFormsAreNeverAnsweredInPlace(t *testing.T) {
	for name, o := range map[string]ui.FormOptions{"files": {Multipart: true}, "plain": {Plain: true}} {
		if page(t, ui.Form(nil, o)).Find("form.form[data-hx-boost]").Length() != 0 {
			t.Errorf("%s: the script would send it", name)
		}
	}
	if page(t, ui.Form(nil, ui.FormOptions{})).Find("form.form[data-hx-boost]").Length() != 1 {
		t.Error("an ordinary form is not answered in place")
	}
}

func TestButtonThatIsOffSaysWhy(t *testing.T) {
	doc := page(t, ui.OffButton("Głosuję", "Głosowanie zacznie się 17 stycznia 2015."))
	if text := doc.Find(".off").Text(); !strings.Contains(text, "niedostępne") || !strings.Contains(text, "17 stycznia") {
		t.Errorf("says %q", text)
	}
	if doc.Find("button[disabled]").Length() != 0 {
		t.Error("a disabled button is mute")
	}
}

func TestConflictShowsBothVersions(t *testing.T) {
	doc := page(t, ui.ConflictBox(ui.Conflict{Who: "Anna", When: "dziś", Differences: []ui.Difference{{Label: "Tytuł", Theirs: "A <b>", Yours: "B"}}}))
	text := doc.Find(`#conflict[role="alert"]`).Text()
	for _, want := range []string{"Anna, dziś.", "A <b>", "B", "nadal w formularzu"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %q", want, text)
		}
	}
}
