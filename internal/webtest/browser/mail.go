package browser

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// Letter is an e-mail that the demo would have sent.
type Letter struct {
	Subject, Text string
	Code          string // six digits, where there are any
	Path          string // to which its first link leads
}

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

// Letter waits for the next letter to an address; each is given once, oldest
// first.
func (s *Site) Letter(t testing.TB, to string) Letter {
	t.Helper()
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		if number := s.nextLetter(t, to); number > 0 {
			return s.letter(t, number)
		}
		<-time.After(50 * time.Millisecond) // another process: there is nothing to wait on but its answer
	}
	t.Fatalf("no letter came to %s", to)
	return Letter{}
}

// Code waits for the next letter with a code to an address.
func (s *Site) Code(t testing.TB, to string) Letter {
	t.Helper()
	for {
		if l := s.Letter(t, to); l.Code != "" {
			return l
		}
	}
}

// LetterAbout waits for the next letter to an address that names something: who
// follows a programme hears of everything that others publish there meanwhile.
func (s *Site) LetterAbout(t testing.TB, to, words string) Letter {
	t.Helper()
	for {
		if l := s.Letter(t, to); strings.Contains(l.Subject+" "+l.Text, words) {
			return l
		}
	}
}

// nextLetter is the number of the first letter that was not given yet, 0 for
// none. The list has the newest first.
func (s *Site) nextLetter(t testing.TB, to string) int {
	t.Helper()
	s.reading.Lock()
	defer s.reading.Unlock()
	next := 0
	s.document(t, "/demo/poczta").Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
		href, _ := row.Find("a").Attr("href")
		number, err := strconv.Atoi(href[strings.LastIndex(href, "/")+1:])
		if err == nil && number > s.read[to] && strings.Contains(row.Text(), to) {
			next = number
		}
	})
	if next > 0 {
		s.read[to] = next
	}
	return next
}

func (s *Site) letter(t testing.TB, number int) Letter {
	t.Helper()
	page := s.document(t, "/demo/poczta/"+strconv.Itoa(number)).Find("main")
	l := Letter{Subject: tidy(page.Find("h1").Text())}
	body := page.Find(".page-head").NextAll()
	l.Text = tidy(body.Text())
	l.Code = sixDigits.FindString(l.Text)
	l.Path, _ = body.Find("a").Attr("href")
	return l
}

func (s *Site) document(t testing.TB, path string) *goquery.Document {
	t.Helper()
	response, err := http.Get(s.Address + path)
	check(t, err)
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", path, response.Status)
	}
	document, err := goquery.NewDocumentFromReader(response.Body)
	check(t, err)
	return document
}
