package eventtest

import (
	"embed"
	"log/slog"
	"testing"

	"github.com/wspolnota/wspolnota/internal/mailtest"
	"github.com/wspolnota/wspolnota/internal/webtest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/notice"
	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/store"
)

// Post is a post office: what people are told leaves as letters for a real mail
// server.
type Post struct {
	*mailtest.Server
	Queue   *jobs.Queue
	Notices *notice.Center
	t       testing.TB
}

// NewPost opens one. messages are those of the package under test, which
// registers its kinds with Notices.
func NewPost(t testing.TB, db *store.DB, messages ...embed.FS) *Post {
	t.Helper()
	p := &Post{Server: mailtest.Start(t), t: t}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	p.Queue, err = jobs.New(db, slog.New(slog.DiscardHandler))
	must(err)
	words, err := lang.Load(append(append([]embed.FS{}, Messages...), messages...)...)
	must(err)
	transport, err := mail.SMTP(p.URL)
	must(err)
	site := webtest.SiteInfo()
	outbox := mail.NewOutbox(db, p.Queue, transport, mail.Options{Site: site, From: "wspolnota@subregion.example.org", Catalogue: words,
		Privacy: privacy.NewKeeper(db, p.Queue, nil)})
	p.Notices = notice.New(db, notice.Options{Site: site, Queue: p.Queue, Outbox: outbox, Secret: []byte("a secret of the tests, of 32 bytes")})
	return p
}

// Deliver does all that waits and returns the letters that came of it.
func (p *Post) Deliver() []mailtest.Mail {
	p.t.Helper()
	if err := p.Queue.Drain(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	return p.Taken()
}
