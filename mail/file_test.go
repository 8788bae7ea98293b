package mail_test

import (
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/internal/mailtest"
	"github.com/wspolnota/wspolnota/mail"
)

func TestFilesGoWithTheLetter(t *testing.T) {
	server := mailtest.Start(t)
	date := "BEGIN:VCALENDAR\r\nSUMMARY:żółć\r\nEND:VCALENDAR\r\n"
	err := smtp(t, server).Send(t.Context(), "wspolnota@example.org", "zofia@example.org", mail.Letter{Subject: "Termin", Text: "Tekst\n",
		HTML: "<p>Tekst</p>", ID: "1@example.org", Files: []mail.File{{Name: "seminarium.ics\r\nBcc: x@example.org",
			Type: "text/calendar; charset=utf-8; method=PUBLISH", Content: []byte(date)}}})
	if err != nil {
		t.Fatal(err)
	}
	m := server.Wait(t)
	if m.Text != "Tekst\n" || m.HTML != "<p>Tekst</p>" || len(m.Files) != 1 {
		t.Fatalf("%q %q %+v", m.Text, m.HTML, m.Files)
	}
	f := m.Files[0]
	if strings.ReplaceAll(f.Content, "\n", "\r\n") != date || !strings.HasPrefix(f.Type, "text/calendar") || !strings.Contains(f.Type, "method=PUBLISH") {
		t.Errorf("%+v", f)
	}
	if m.Header.Get("Bcc") != "" || strings.Contains(m.Raw, "\r\nBcc:") {
		t.Error("the name of a file began a header")
	}
}
