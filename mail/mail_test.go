package mail_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/internal/mailtest"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/jobs"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// office is an outbox with its queue, as a program has it. tokens counts the
// letters composed, and stands for one-time tokens.
type office struct {
	*mail.Outbox
	db      *store.DB
	queue   *jobs.Queue
	tokens  int
	compose error
}

func open(t testing.TB, db *store.DB, transport mail.Transport) *office {
	t.Helper()
	queue, err := jobs.New(db, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	public, err := url.Parse("https://wspolnota.example.org")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := lang.Load(mail.Messages)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{db: db, queue: queue}
	o.Outbox = mail.NewOutbox(db, queue, transport, mail.Options{
		Site:      web.Site{Public: public, Community: "Wspólnota Żorska"},
		Catalogue: catalogue,
		Logger:    slog.New(slog.DiscardHandler),
	})
	o.Handle("test.code", func(ctx context.Context, _ *store.Tx, m mail.Message) (mail.Letter, error) {
		if o.compose != nil {
			return mail.Letter{}, o.compose
		}
		o.tokens++
		return o.Letter(ctx, mail.Layout{
			Subject:    "Twój kod: żółć",
			Greeting:   "Dzień dobry,",
			Paragraphs: []string{"kod dla " + m.Data["Attempt"] + ":"},
			Code:       fmt.Sprintf("%06d", o.tokens),
			Button:     mail.Button{Label: "Potwierdź", Path: "/wejscie/kod"},
			Reason:     "Ktoś podał ten adres przy wejściu.",
		})
	})
	return o
}

func smtp(t testing.TB, server *mailtest.Server) mail.Transport {
	t.Helper()
	transport, err := mail.SMTP(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return transport
}

func (o *office) post(t testing.TB, to string) {
	t.Helper()
	err := o.db.Write(t.Context(), func(tx *store.Tx) error {
		return o.Post(t.Context(), tx, mail.Message{
			Kind: "test.code", To: to, Person: store.NewID(), Language: lang.Polish, Data: map[string]string{"Attempt": "a-1"},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (o *office) work(t testing.TB) {
	t.Helper()
	if err := o.queue.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

type letter struct {
	ID        store.ID
	State     mail.State
	Attempts  int
	LastError string
	SentAt    store.Time
	Version   int
}

func (o *office) letter(t testing.TB) letter {
	t.Helper()
	l, err := store.One[letter](t.Context(), o.db, `SELECT id, state, attempts, last_error, sent_at, version FROM mail_outbox`)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLetterArrivesOnceAndWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		server := mailtest.Start(t)
		o := open(t, db, smtp(t, server))
		o.post(t, "zofia@example.org")
		o.work(t)
		o.work(t)
		if err := o.Resume(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.work(t)
		taken := server.Taken()
		if len(taken) != 1 {
			t.Fatalf("%d letters", len(taken))
		}
		m := taken[0]
		if m.To != "zofia@example.org" || m.From != "wspolnota@wspolnota.example.org" || m.Subject != "Twój kod: żółć" {
			t.Errorf("envelope %s, %s, subject %q", m.From, m.To, m.Subject)
		}
		l := o.letter(t)
		for header, want := range map[string]string{
			"Message-Id":     "<" + string(l.ID) + "@wspolnota.example.org>",
			"Auto-Submitted": "auto-generated",
			"To":             "<zofia@example.org>",
		} {
			if got := m.Header.Get(header); got != want {
				t.Errorf("%s = %q, want %q", header, got, want)
			}
		}
		from, err := m.Header.AddressList("From")
		if err != nil || from[0].Name != "Wspólnota Żorska" {
			t.Errorf("from = %v, %v", from, err)
		}
		if !strings.Contains(m.Text, "000001\n\nPotwierdź:\nhttps://wspolnota.example.org/wejscie/kod\n") {
			t.Errorf("text = %s", m.Text)
		}
		if !strings.Contains(m.HTML, `<html lang="pl">`) || !strings.Contains(m.HTML, "Dzień dobry") {
			t.Errorf("html = %s", m.HTML)
		}
		if l.State != mail.Sent || l.Attempts != 1 || !l.SentAt.Equal(db.Wall()) {
			t.Errorf("letter = %+v", l)
		}
	})
}

func TestUndonePostIsNoLetter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		server := mailtest.Start(t)
		o := open(t, db, smtp(t, server))
		undone := errors.New("undone")
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			if err := o.Post(t.Context(), tx, mail.Message{Kind: "test.code", To: "a@example.org"}); err != nil {
				return err
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		o.work(t)
		if taken := server.Taken(); len(taken) != 0 {
			t.Fatalf("%d letters", len(taken))
		}
	})
}

func TestLetterRefusedForNowComesLaterWithANewToken(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		server := mailtest.Start(t)
		server.Refuse(451)
		o := open(t, db, smtp(t, server))
		o.post(t, "zofia@example.org")
		o.work(t)
		o.work(t)
		if l := o.letter(t); l.State != mail.Waiting || l.Attempts != 1 || l.LastError != "smtp 451 4.1.1" {
			t.Fatalf("letter = %+v", l)
		}
		server.Refuse(0)
		db.Clock().Advance(time.Minute)
		o.work(t)
		m := server.Wait(t)
		if !strings.Contains(m.Text, "000002") {
			t.Errorf("text = %s", m.Text)
		}
		if l := o.letter(t); l.State != mail.Sent || l.Attempts != 2 || l.LastError != "" {
			t.Errorf("letter = %+v", l)
		}
	})
}

func TestLetterRefusedForGoodFailsAtOnceAndMayBeSentAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		server := mailtest.Start(t)
		server.Refuse(550)
		o := open(t, db, smtp(t, server))
		o.post(t, "zofia@example.org")
		o.work(t)
		l := o.letter(t)
		if l.State != mail.Failed || l.Attempts != 1 || l.LastError != "smtp 550 5.1.1" {
			t.Fatalf("letter = %+v", l)
		}
		server.Refuse(0)
		if err := o.Resume(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.work(t)
		if taken := server.Taken(); len(taken) != 0 {
			t.Fatal("a failed letter was sent without being asked for")
		}
		if err := o.Again(t.Context(), l.ID, l.Version-1); !fault.Is(err, fault.KindConflict) {
			t.Fatalf("stale version: %v", err)
		}
		if err := o.Again(t.Context(), l.ID, l.Version); err != nil {
			t.Fatal(err)
		}
		o.work(t)
		server.Wait(t)
		if l := o.letter(t); l.State != mail.Sent {
			t.Errorf("letter = %+v", l)
		}
		if err := o.Again(t.Context(), l.ID, o.letter(t).Version); !fault.Is(err, fault.KindConflict) {
			t.Errorf("a sent letter may be sent again: %v", err)
		}
	})
}

func TestLetterIsGivenUpAfterItsLastAttempt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		server := mailtest.Start(t)
		server.Refuse(421)
		o := open(t, db, smtp(t, server))
		o.post(t, "zofia@example.org")
		for range 30 {
			o.work(t)
			db.Clock().Advance(12 * time.Hour)
		}
		if l := o.letter(t); l.State != mail.Failed || l.Attempts != 12 || l.LastError != "smtp 421 4.1.1" {
			t.Fatalf("letter = %+v", l)
		}
	})
}

func TestUnreachableServerIsTriedAgain(t *testing.T) {
	server := mailtest.Start(t)
	db := storetest.SQLite(t)
	transport, err := mail.SMTP("smtp://127.0.0.1:1?tls=none")
	if err != nil {
		t.Fatal(err)
	}
	o := open(t, db, transport)
	o.post(t, "zofia@example.org")
	o.work(t)
	if l := o.letter(t); l.State != mail.Waiting || l.LastError == "" || strings.Contains(l.LastError, "@") {
		t.Fatalf("letter = %+v", l)
	}
	o = open(t, db, smtp(t, server))
	db.Clock().Advance(time.Minute)
	o.work(t)
	server.Wait(t)
}

func TestLettersWaitUntilThereIsATransport(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		without := open(t, db, nil)
		if without.Ready() {
			t.Error("ready without a transport")
		}
		for i := range 220 {
			without.post(t, fmt.Sprintf("p%d@example.org", i))
		}
		without.work(t)
		if without.tokens != 0 {
			t.Fatal("a letter that waits was composed")
		}
		memory := mail.NewMemory(1000)
		with := open(t, db, memory)
		for range 2 { // a second start orders nothing twice
			if err := with.Resume(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		with.work(t)
		if n := len(memory.Letters()); n != 220 || with.tokens != 220 {
			t.Fatalf("%d letters, %d composed", n, with.tokens)
		}
	})
}

func TestWaitingLetterLeavesWhenTheProgramStartsWithAServer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		without := open(t, db, nil)
		without.post(t, "zofia@example.org")
		without.work(t)
		server := mailtest.Start(t)
		with := open(t, db, smtp(t, server))
		if err := with.queue.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		defer with.stop(t)
		server.Wait(t)
	})
}

func (o *office) stop(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := o.queue.Stop(ctx); err != nil {
		t.Fatal(err)
	}
}

// The program dies between handing the letter over and writing that down.
func TestLetterSurvivesTheDeathOfTheProgram(t *testing.T) {
	address := storetest.SQLiteAddress(t)
	clock := new(store.Clock)
	clock.Set(storetest.Start)
	db := reopen(t, address, clock)
	first := mail.NewMemory(10)
	dying := open(t, db, dies{first})
	dying.post(t, "zofia@example.org")
	dying.work(t)
	if l := dying.letter(t); l.State != mail.Sending {
		t.Fatalf("letter = %+v", l)
	}
	// What a kill leaves behind: the job is marked as running.
	if err := db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE river_job SET state = 'running', attempted_at = '2014-06-01 10:00:00'`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	db = reopen(t, address, clock)
	server := mailtest.Start(t)
	o := open(t, db, smtp(t, server))
	if err := o.queue.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := server.Wait(t)
	o.stop(t)
	if l := o.letter(t); l.State != mail.Sent {
		t.Errorf("letter = %+v", l)
	}
	if got, want := m.Header.Get("Message-Id"), "<"+first.Letters()[0].ID+">"; got != want {
		t.Errorf("the second copy is %s, the first was %s: a mailbox would show both", got, want)
	}
	if more := server.Taken(); len(more) != 0 {
		t.Errorf("%d letters more", len(more))
	}
}

// dies takes the letter and ends before it can say so.
type dies struct{ mail.Transport }

func (d dies) Send(ctx context.Context, from, to string, l mail.Letter) error {
	if err := d.Transport.Send(ctx, from, to, l); err != nil {
		return err
	}
	panic("killed")
}

func reopen(t *testing.T, address string, clock *store.Clock) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), address, store.Options{Clock: clock, Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestLetterAboutWhatIsGoneFailsWithItsReason(t *testing.T) {
	db := storetest.SQLite(t)
	o := open(t, db, mail.NewMemory(10))
	o.compose = fmt.Errorf("people: %w", fault.NotFound("attempt"))
	o.post(t, "zofia@example.org")
	o.work(t)
	if l := o.letter(t); l.State != mail.Failed || l.LastError != "fault.not_found" {
		t.Fatalf("letter = %+v", l)
	}
}

func TestAccidentOfComposingIsRepeatedAndKeepsNothingPersonal(t *testing.T) {
	db := storetest.SQLite(t)
	memory := mail.NewMemory(10)
	o := open(t, db, memory)
	o.compose = errors.New(`no template for "Zofia" <zofia@example.org>`)
	o.post(t, "zofia@example.org")
	o.work(t)
	if l := o.letter(t); l.State != mail.Waiting || l.LastError != "compose test.code: no template for … <…>" {
		t.Fatalf("letter = %+v", l)
	}
	o.compose = nil
	db.Clock().Advance(time.Minute)
	o.work(t)
	if len(memory.Letters()) != 1 {
		t.Fatal("no letter")
	}
}

func TestNothingPersonalStandsInTheQueue(t *testing.T) {
	db := storetest.SQLite(t)
	o := open(t, db, nil)
	o.post(t, "zofia@example.org")
	jobs, err := store.All[string](t.Context(), db, `SELECT CAST(json(args) AS TEXT) || coalesce(CAST(json(metadata) AS TEXT), '') FROM river_job`)
	if err != nil || len(jobs) != 1 {
		t.Fatalf("jobs = %v, %v", jobs, err)
	}
	if want := `{"Message":"` + string(o.letter(t).ID) + `"}`; !strings.HasPrefix(jobs[0], want) {
		t.Errorf("job = %s, want %s", jobs[0], want)
	}
}

func TestPostRefusesWhatItMustNotKeep(t *testing.T) {
	db := storetest.SQLite(t)
	o := open(t, db, nil)
	for name, m := range map[string]mail.Message{
		"unknown kind":            {Kind: "test.other", To: "a@example.org"},
		"no address":              {Kind: "test.code"},
		"two addresses":           {Kind: "test.code", To: "a@example.org, b@example.org"},
		"an address with a name":  {Kind: "test.code", To: "A <a@example.org>"},
		"a header in the address": {Kind: "test.code", To: "a@example.org\r\nBcc: b@example.org"},
		"a code":                  {Kind: "test.code", To: "a@example.org", Data: map[string]string{"Code": "123456"}},
		"a token":                 {Kind: "test.code", To: "a@example.org", Data: map[string]string{"session_token": "abc"}},
		"a name":                  {Kind: "test.code", To: "a@example.org", Data: map[string]string{"Who": "Jan Testowy"}},
		"an address in the data":  {Kind: "test.code", To: "a@example.org", Data: map[string]string{"Who": "b@example.org"}},
	} {
		err := db.Write(t.Context(), func(tx *store.Tx) error { return o.Post(t.Context(), tx, m) })
		if err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestLinesInAddressAndSubjectBeginNoHeader(t *testing.T) {
	server := mailtest.Start(t)
	transport := smtp(t, server)
	for _, to := range []string{
		"a@example.org\r\nBcc: b@example.org", "a@example.org\nRCPT TO:<b@example.org>", "a@example.org,b@example.org",
		"<a@example.org> SIZE=1", "a@example.org\x00", " a@example.org", "\"a\r\n\"@example.org",
	} {
		if err := transport.Send(t.Context(), "from@example.org", to, mail.Letter{Subject: "x", Text: "x"}); err == nil {
			t.Errorf("recipient %q was taken", to)
		}
	}
	for _, subject := range []string{
		"x\r\nBcc: b@example.org", "x\nBcc: b@example.org", "x\rBcc: b@example.org", "x\r\n\r\n<script>alert(1)</script>",
		"ż\r\nBcc: b@example.org", "x\u2028Bcc: b@example.org", "x\x00Bcc: b@example.org", "=?utf-8?q?x=0D=0ABcc:_b@example.org?=",
	} {
		l := mail.Letter{Subject: subject, Text: "treść", ID: "1@x\r\nBcc: b@example.org"}
		if err := transport.Send(t.Context(), "from@example.org", "a@example.org", l); err != nil {
			t.Errorf("%q: %v", subject, err)
			continue
		}
		m := server.Wait(t)
		if m.Header.Get("Bcc") != "" || m.To != "a@example.org" || m.Text != "treść" && m.Text != "treść\n" {
			t.Errorf("subject %q gave\n%s", subject, m.Raw)
		}
	}
	if taken := server.Taken(); len(taken) != 0 {
		t.Errorf("%d letters more", len(taken))
	}
}

func TestWordsOfPeopleStayWordsInALetter(t *testing.T) {
	o := open(t, storetest.SQLite(t), nil)
	attack := "Jan</p><script>alert(1)</script><a href=\"https://zly.example.org\">\r\n\r\nZaloguj się tutaj:\nhttps://zly.example.org"
	l, err := o.Letter(t.Context(), mail.Layout{
		Subject: attack, Greeting: attack, Paragraphs: []string{attack}, Button: mail.Button{Label: attack, Path: "/a"}, After: []string{attack}, Reason: attack,
	})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(l.HTML, "<script") || strings.Contains(l.HTML, `href="https://zly`) {
		t.Errorf("html = %s", l.HTML)
	}
	for line := range strings.SplitSeq(l.Text, "\n") {
		if strings.HasPrefix(line, "Zaloguj") || strings.HasPrefix(line, "https://zly") {
			t.Errorf("a line of somebody's name stands alone: %s", line)
		}
	}
	if strings.ContainsAny(l.Subject, "\r\n") {
		t.Errorf("subject = %q", l.Subject)
	}
}

func TestLayoutIsAsAgreed(t *testing.T) {
	o := open(t, storetest.SQLite(t), nil)
	catalogue, err := lang.Load(mail.Messages)
	if err != nil {
		t.Fatal(err)
	}
	ctx := lang.With(t.Context(), catalogue.Printer(lang.Polish))
	l, err := o.Letter(ctx, mail.Layout{
		Subject:    "Kod do wejścia",
		Greeting:   "Dzień dobry,",
		Paragraphs: []string{"oto kod, o który ktoś poprosił z tym adresem.", "Ważny przez 15 minut."},
		Code:       "123 456",
		Button:     mail.Button{Label: "Otwórz stronę z kodem", Path: "/wejscie/kod"},
		After:      []string{"Jeśli to nie Ty, nie rób nic: nikt nie wejdzie bez kodu."},
		Reason:     "Piszemy, bo ktoś podał ten adres przy wejściu.",
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "layout.txt.golden", l.Text)
	golden(t, "layout.html.golden", l.HTML)
}

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs:\n%s", name, got)
	}
}

func TestAddressesOfMailServers(t *testing.T) {
	for address, ok := range map[string]bool{
		"smtp://mail.example.org":                   true,
		"smtp://u:p@mail.example.org:2525":          true,
		"smtps://u:p@mail.example.org":              true,
		"smtp://mail.example.org?tls=none":          true,
		"smtp://mail.example.org?tls=opportunistic": true,
		"smtp://mail.example.org?tls=perhaps":       false,
		"mail.example.org":                          false,
		"https://mail.example.org":                  false,
		"smtp://":                                   false,
		"smtp://u:secret@mail.example.org:port":     false,
	} {
		_, err := mail.SMTP(address)
		if (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

func TestEncryptionIsNotGivenUpSilently(t *testing.T) {
	server := mailtest.Start(t) // speaks no TLS
	transport, err := mail.SMTP(server.URL + "?tls=mandatory")
	if err != nil {
		t.Fatal(err)
	}
	err = transport.Send(t.Context(), "from@example.org", "a@example.org", mail.Letter{Subject: "x", Text: "x"})
	if err == nil || len(server.Taken()) != 0 {
		t.Fatalf("sent in the open: %v", err)
	}
	if refusal, ok := errors.AsType[mail.Refusal](err); ok && refusal.Final() {
		t.Errorf("a fault of the configuration is taken for a refusal of the letter: %v", err)
	}
}

func TestOldLettersAreForgottenAndAPersonsAllAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db, mail.NewMemory(10))
		o.post(t, "stary@example.org")
		o.work(t)
		db.Clock().Advance(31 * 24 * time.Hour)
		o.post(t, "nowy@example.org")
		o.work(t)
		if err := mail.Forget(t.Context(), o.Outbox); err != nil {
			t.Fatal(err)
		}
		type recipient struct {
			Recipient string
			Person    store.ID
		}
		left, err := store.One[recipient](t.Context(), db, `SELECT recipient, person FROM mail_outbox`)
		if err != nil || left.Recipient != "nowy@example.org" {
			t.Fatalf("left = %v, %v", left, err)
		}
		err = db.Write(t.Context(), func(tx *store.Tx) error { return o.Erase(t.Context(), tx, left.Person) })
		if err != nil {
			t.Fatal(err)
		}
		if n, err := store.One[int](t.Context(), db, `SELECT count(*) FROM mail_outbox`); n != 0 || err != nil {
			t.Fatalf("%d letters, %v", n, err)
		}
	})
}

func TestMemoryKeepsTheLastLettersAndNoneTwice(t *testing.T) {
	m := mail.NewMemory(2)
	for _, id := range []string{"a", "b", "c", "c"} {
		if err := m.Send(t.Context(), "from@example.org", id+"@example.org", mail.Letter{ID: id, Subject: id}); err != nil {
			t.Fatal(err)
		}
	}
	letters := m.Letters()
	if len(letters) != 2 || letters[0].Subject != "c" || letters[1].Subject != "b" {
		t.Fatalf("letters = %+v", letters)
	}
	if l, ok := m.Last("b@example.org"); !ok || l.Subject != "b" {
		t.Errorf("last = %+v, %v", l, ok)
	}
	if _, ok := m.Last("a@example.org"); ok {
		t.Error("a letter beyond the last two is kept")
	}
}
