package browser_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"github.com/wspolnota/wspolnota/internal/webtest/browser"
)

// A visitor types a word as phones do, without accents, and finds it as it is
// written, from the header where there is room and from a page of its own.
func TestVisitorFindsAWordWithoutItsAccents(t *testing.T) {
	journey(t, []browser.Options{phoneOff, desk}, func(t *testing.T, site *browser.Site, o browser.Options) {
		tab := site.Open(t, o).Go("/")
		if o.Width < 960 {
			tab.Click(tab.Say("ui.search.act"))
			at(t, tab, "/szukaj")
			tab.See(tab.Say("search.empty.title"))
			tab.Fill(tab.Say("search.words"), "wspolpraca").Click(tab.Say("ui.filter.show"))
		} else {
			tab.TabTo(tab.Say("ui.search.words")).Type("wspolpraca").Press(input.Enter)
		}
		at(t, tab, "/szukaj?szukaj=wspolpraca")
		tab.See(tab.Say("programme.list.title"), "Międzysektorowa współpraca")
		if marked := tab.Text("mark"); !strings.EqualFold(marked, "współpraca") && !strings.EqualFold(marked, "współpracy") {
			t.Errorf("%q is marked", marked)
		}
		tab.Choose(tab.Say("search.kind"), tab.Say("programme.goals")+" (2)").Click(tab.Say("ui.filter.show"))
		tab.See("Wypracować standardy współpracy").SeeNot("Dwa dni w Wiśle")
		tab.Click(tab.Say("ui.filter.clear"))
		tab.Fill(tab.Say("search.words"), "xyzzy").Click(tab.Say("ui.filter.show"))
		tab.See(tab.Say("search.none.title"))
		tab.Fill(tab.Say("search.words"), "seminarium wisla").Click(tab.Say("ui.filter.show"))
		tab.Click("Dwa dni w Wiśle o tym, jak urząd i mieszkańcy mogą się lepiej rozumieć")
		at(t, tab, mainProgramme+"/aktualnosci/dwa-dni-w-wisle-o-tym-jak-urzad-i-mieszkancy-moga-sie-lepiej-rozumiec")
	})
}

// A councillor asks where a goal came from: walks from the news of June to the
// goal that came of it, on to what was done for it, and back.
func TestCouncillorWalksTheThreadToAGoalAndBack(t *testing.T) {
	const article = mainProgramme + "/aktualnosci/kartki-na-dwoch-scianach-z-wisly-wrocila-nasza-grupa"
	const title, goal = "Kartki na dwóch ścianach. Z Wisły wróciła nasza grupa", "Wdrożyć je w codziennej pracy"
	journey(t, []browser.Options{phoneBoth, desk}, func(t *testing.T, site *browser.Site, o browser.Options) {
		tab := site.Open(t, o).As("obserwator").Go(article)
		tab.See(tab.Say("trace.sources"), tab.Say("trace.results"), goal)
		tab.Click(tab.Say("trace.whole")).See(tab.Say("trace.title", "Title", title), tab.Say("trace.chart"))
		tab.Click(tab.Say("trace.walk")+" : "+goal).See(tab.Say("trace.title", "Title", goal), title)
		if !strings.HasPrefix(tab.Path(), "/watek/cel/") {
			t.Errorf("the thread of the goal is at %s", tab.Path())
		}
		tab.Click(goal) // the goal itself, on the page of its programme
		at(t, tab, mainProgramme)
		tab.Click(tab.Say("programme.goal.thread") + " : " + goal).See(tab.Say("trace.sources"))
		tab.Click(tab.Say("trace.walk") + " : " + title).Click(title)
		at(t, tab, article)
	})
}

// An editor says what an article came from, by looking for it, and takes it back.
func TestEditorLinksAnArticleWithItsSource(t *testing.T) {
	const article = clubsProgramme + "/aktualnosci/jak-zalozyc-klub-w-swojej-wsi-piec-krokow"
	journey(t, []browser.Options{phone, deskBoth}, func(t *testing.T, site *browser.Site, o browser.Options) {
		word, source := "seminarium wisla", "Dwa dni w Wiśle o tym, jak urząd i mieszkańcy mogą się lepiej rozumieć"
		if o.English { // two windows, two links of one article
			word, source = "warsztaty polowa", "Jeden temat, jeden dzień, jedno ustalenie: warsztaty w połowie drogi"
		}
		tab := site.Open(t, o).As("administratorka").Go(article)
		tab.Click(tab.Say("trace.edit")).Fill(tab.Say("trace.edit.words"), word).Click(tab.Say("trace.edit.find"))
		tab.Click(tab.Say("trace.edit.add")).See(tab.Say("form.choose"))
		tab.Tick(source).Tick(tab.Say("trace.tie.came-from")).Click(tab.Say("trace.edit.add"))
		tab.See(tab.Say("trace.added"), source)
		tab.Click(tab.Say("trace.remove.label", "Title", source)).See(tab.Say("trace.removed"))
	})
}
