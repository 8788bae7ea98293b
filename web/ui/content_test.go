package ui_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"github.com/wspolnota/wspolnota/chart"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web/ui"
)

func TestTableNamesEveryCell(t *testing.T) {
	doc := page(t, ui.Table(ui.TableData{
		Caption: "Wnioski",
		Columns: []ui.Column{{Title: "Nazwa", Sorted: ui.Ascending, SortHref: "?k=nazwa"}, {Title: "Kwota", Numeric: true}},
		Rows:    []ui.TableRow{{ui.Text("Ławki & stoły"), ui.MoneyText(123456)}},
	}))
	if doc.Find(`th[scope="col"]`).Length() != 2 || doc.Find(`th[scope="row"]`).Text() != "Ławki & stoły" {
		t.Error("heads are missing")
	}
	if got := doc.Find(`td .cell-label`).Text(); got != "Kwota" {
		t.Errorf("label of the cell on a phone = %q", got)
	}
	if doc.Find(`th[aria-sort="ascending"] a[href="?k=nazwa"]`).Length() != 1 || doc.Find("caption").Text() != "Wnioski" {
		t.Error("order or caption is missing")
	}
}

func TestEmptyTableSaysWhatWillBeThere(t *testing.T) {
	doc := page(t, ui.Table(ui.TableData{Caption: "Wnioski", Empty: ui.EmptyState("Nie ma jeszcze wniosków", "", ui.Link{})}))
	if doc.Find("table").Length() != 0 || !strings.Contains(doc.Find(".empty").Text(), "Nie ma jeszcze") {
		t.Error("an empty table is shown")
	}
}

func TestPagination(t *testing.T) {
	tests := []struct {
		name  string
		pages ui.Pages
		want  string
	}{
		{"one page needs none", ui.Pages{Page: 1, Size: 20, Total: 20, Path: "/a"}, ""},
		{"first of three", ui.Pages{Page: 1, Size: 10, Total: 21, Path: "/a"}, "1 2:/a?strona=2 3:/a?strona=3 >/a?strona=2"},
		{"middle of many keeps filters", ui.Pages{Page: 5, Size: 10, Total: 100, Path: "/a?q=b&strona=5"},
			"</a?q=b&strona=4 1:/a?q=b … 4:/a?q=b&strona=4 5 6:/a?q=b&strona=6 … 10:/a?q=b&strona=10 >/a?q=b&strona=6"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			page(t, ui.Pagination(test.pages)).Find(".pagination li").Each(func(_ int, s *goquery.Selection) {
				number := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s.Text()), "strona"))
				a := s.Find("a")
				switch href := a.AttrOr("href", ""); a.AttrOr("rel", "") {
				case "prev":
					got = append(got, "<"+href)
				case "next":
					got = append(got, ">"+href)
				default:
					if href != "" {
						number += ":" + href
					}
					got = append(got, number)
				}
			})
			if strings.Join(got, " ") != test.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, " "), test.want)
			}
		})
	}
}

func TestPhasesSayInWordsWhereWeAre(t *testing.T) {
	doc := page(t, ui.PhaseList([]ui.Phase{{Title: "Nabór", State: ui.Done}, {Title: "Ocena", State: ui.Now, Opens: "Uzupełnianie braków"}, {Title: "Wynik", State: ui.Next}}))
	var words []string
	doc.Find("ol.phases .tag, ol.phases .phase-state").Each(func(_ int, s *goquery.Selection) { words = append(words, s.Text()) })
	if strings.Join(words, ",") != "zakończone,trwa,przed nami" {
		t.Errorf("states: %v", words)
	}
	if now := doc.Find(`li[aria-current="step"]`); now.Length() != 1 || !strings.Contains(now.Text(), "Uzupełnianie") {
		t.Error("the present phase is not marked")
	}
}

func TestSizesInWords(t *testing.T) {
	for _, test := range []struct {
		bytes  int64
		pl, en string
	}{{1, "1 bajt", "1 byte"}, {512, "512 bajtów", "512 bytes"}, {348_211, "348\u00a0kB", "348\u00a0kB"}, {2_449_000, "2,4\u00a0MB", "2.4\u00a0MB"}} {
		pl := ui.Size(inLanguage(t, lang.Polish, nil), test.bytes)
		en := ui.Size(inLanguage(t, lang.English, nil), test.bytes)
		if pl != test.pl || en != test.en {
			t.Errorf("%d: %q, %q", test.bytes, pl, en)
		}
	}
}

func TestCardIsOneLinkAndHostileTitlesAreText(t *testing.T) {
	doc := page(t, with(ui.CardList(), ui.Card(ui.CardOptions{Title: `<script>alert(1)</script>`, Href: "javascript:alert(1)", Meta: []templ.Component{ui.Text("<i>")}})))
	if doc.Find("li script, .meta i").Length() != 0 || doc.Find(".card a").Length() != 1 {
		t.Error("text became markup")
	}
	if href := doc.Find(".card a").AttrOr("href", ""); strings.HasPrefix(href, "javascript") {
		t.Errorf("href = %q", href)
	}
}

func TestChartComesWithItsTable(t *testing.T) {
	doc := page(t, ui.ChartFrame(chart.Bars(chart.BarChart{ID: "c", Title: "Osoby", Description: "Najwięcej z Rybnika.", Head: []string{"Gmina", "Osoby"},
		Bars: []chart.Bar{{Label: "Rybnik", Value: chart.Value{Number: 3, Text: "3"}}, {Label: "Radlin", Value: chart.Value{Hidden: true, Text: "mniej niż 5"}}}})))
	if doc.Find(`figure svg[role="img"]`).Length() != 1 || doc.Find("figure details table tbody tr").Length() != 2 {
		t.Error("no drawing or no table")
	}
	if got := doc.Find("details td").Last().Text(); !strings.Contains(got, "mniej niż 5") {
		t.Errorf("hidden number is said as %q", got)
	}
}

func TestSectorsHaveAShapeAndAName(t *testing.T) {
	shapes := map[ui.Sector]string{ui.Administration: "rect", ui.NGO: "circle", ui.Resident: "path", ui.Business: "path"}
	for sector, shape := range shapes {
		doc := page(t, ui.SectorBadge(sector))
		if doc.Find(".sector svg[aria-hidden] "+shape).Length() != 1 || doc.Find(".sector span").Text() == "" {
			t.Errorf("%s: no shape or no name", sector)
		}
	}
}

func TestEveryKindOfChartIsShownWithItsNumbers(t *testing.T) {
	for _, l := range lang.Languages {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(render(t, inLanguage(t, l, sampleFrame(l)), ui.Charts())))
		if err != nil {
			t.Fatal(err)
		}
		if n := doc.Find(`figure svg[role="img"]`).Length(); n != 8 {
			t.Errorf("%s: %d charts", l, n)
		}
		doc.Find("figure").Each(func(_ int, figure *goquery.Selection) {
			if figure.Find("details table tbody tr").Length() == 0 {
				t.Errorf("%s: %s has no table", l, figure.Find(".chart-title").Text())
			}
		})
		if text := doc.Find("main").Text(); strings.Contains(text, "ui.dev.") {
			t.Errorf("%s: a key is shown instead of words", l)
		}
	}
}
