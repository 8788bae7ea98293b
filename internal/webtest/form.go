package webtest

import (
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Form reads the fields of the form that leads to an address, as a browser would
// send them untouched; nil where the page has no such form.
func (p *Page) Form(action string) url.Values {
	form := p.Doc().Find(`form[action="` + action + `"]`).First()
	if form.Length() == 0 {
		return nil
	}
	values := url.Values{}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, e *goquery.Selection) {
		name := e.AttrOr("name", "")
		_, checked := e.Attr("checked")
		switch kind := e.AttrOr("type", "text"); {
		case e.Is("textarea"):
			values.Add(name, strings.TrimPrefix(e.Text(), "\n"))
		case e.Is("select"):
			chosen := e.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = e.Find("option").First()
			}
			values.Add(name, chosen.AttrOr("value", ""))
		case kind == "file", kind == "submit", (kind == "radio" || kind == "checkbox") && !checked:
		default:
			values.Add(name, e.AttrOr("value", ""))
		}
	})
	return values
}
