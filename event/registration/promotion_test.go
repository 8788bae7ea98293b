package registration_test

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/mailtest"
	"github.com/wspolnota/wspolnota/internal/webtest"
)

// TestResidentSignsUpWaitsIsPromotedAndFollowsTheLetter walks what a resident
// does, over HTTP and with letters that a mail server took: the form, the place
// in the queue, the offer, and the address that the letter gives.
func TestResidentSignsUpWaitsIsPromotedAndFollowsTheLetter(t *testing.T) {
	eachWithPost(t, func(t *testing.T, p *post) {
		e := p.open("Warsztat", 1)
		at := e.Path() + "/zapisy"
		quick, slow := p.As(p.Neighbour, false), p.As(p.Resident, false)
		for _, browser := range []*webtest.Browser{quick, slow} {
			browser.Get(at+"/zgloszenie").Want(t, 200)
			browser.Post(at+"/zgloszenie", "as", "self", "municipality", "2412013").Want(t, 303)
		}
		p.only(p.Resident, "Lista rezerwowa: Warsztat")
		has(t, slow.Get(at).Want(t, 200), "Lista rezerwowa: miejsce 1 z 1")
		withdraw, _ := quick.Get(at).Want(t, 200).Doc().Find("main a[href$=rezygnacja]").Attr("href")
		quick.Get(withdraw).Want(t, 200)
		quick.Post(withdraw).Want(t, 303)

		offer := p.only(p.Resident, "Czeka na Ciebie miejsce: Warsztat")
		page := slow.Get(addressIn(t, offer)).Want(t, 200)
		has(t, page, "Czeka na Ciebie miejsce do 7 czerwca 2014, 12:00 (CEST)")
		confirm, _ := page.Doc().Find("form[action$=potwierdzenie]").Attr("action")
		has(t, slow.Follow(slow.Post(confirm).Want(t, 303)), "Masz miejsce")
		m := p.only(p.Resident, "Masz miejsce: Warsztat")
		if len(m.Files) != 1 || !strings.Contains(m.Files[0].Content, "BEGIN:VEVENT") {
			t.Errorf("the letter brings no date: %+v", m.Files)
		}
	})
}

// addressIn is the page of this site to which a letter leads.
func addressIn(t *testing.T, m mailtest.Mail) string {
	t.Helper()
	_, rest, found := strings.Cut(m.Text, webtest.Public+"/")
	if !found {
		t.Fatalf("the letter leads nowhere:\n%s", m.Text)
	}
	return "/" + strings.Fields(rest)[0]
}
