// Package mailtest is a real mail server inside a test: it speaks SMTP on a
// local port, keeps what it takes and refuses on demand.
package mailtest

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"mime/quotedprintable"

	"github.com/emersion/go-smtp"
)

// Mail is a letter that the server took.
type Mail struct {
	From, To string // of the envelope
	Header   mail.Header
	Subject  string // decoded
	Text     string
	HTML     string
	Files    []File
	Raw      string
}

// File is what was attached to a letter.
type File struct{ Name, Type, Content string }

// Server is a mail server.
type Server struct {
	URL      string
	received chan Mail
	smtp     *smtp.Server

	mu     sync.Mutex
	answer func(to string) error
}

// patience is for a letter that is on its way; none comes that late.
const patience = 20 * time.Second

// Start runs a server until the end of the test.
func Start(t testing.TB) *Server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("mailtest: %v", err)
	}
	s := &Server{URL: "smtp://" + listener.Addr().String(), received: make(chan Mail, 1000)}
	s.smtp = smtp.NewServer(s)
	s.smtp.Domain = "localhost"
	s.smtp.ReadTimeout, s.smtp.WriteTimeout = patience, patience
	done := make(chan error, 1)
	go func() { done <- s.smtp.Serve(listener) }()
	t.Cleanup(func() {
		// Close alone forgets a listener that Serve has not taken up yet.
		_ = listener.Close()
		_ = s.smtp.Close()
		if err := <-done; err != nil && !errors.Is(err, smtp.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
			t.Errorf("mailtest: %v", err)
		}
	})
	return s
}

// Refuse lets the server answer every further recipient with a code such as 451
// (not now) or 550 (never); 0 lets it take letters again.
func (s *Server) Refuse(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = nil
	if code == 0 {
		return
	}
	s.answer = func(to string) error {
		return &smtp.SMTPError{
			Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1},
			Message: "<" + to + ">: refused by the test",
		}
	}
}

// Wait returns the next letter, or fails the test when none comes.
func (s *Server) Wait(t testing.TB) Mail {
	t.Helper()
	select {
	case m := <-s.received:
		return m
	case <-time.After(patience):
		t.Fatal("mailtest: no letter came")
		return Mail{}
	}
}

// Taken returns the letters that came since the last look, without waiting.
func (s *Server) Taken() []Mail {
	var taken []Mail
	for {
		select {
		case m := <-s.received:
			taken = append(taken, m)
		default:
			return taken
		}
	}
}

// NewSession begins a conversation; go-smtp calls it.
func (s *Server) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{server: s}, nil }

type session struct {
	server   *Server
	from, to string
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	if s.server.answer != nil {
		return s.server.answer(to)
	}
	s.to = to
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := parse(raw)
	if err != nil {
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: err.Error()}
	}
	m.From, m.To = s.from, s.to
	s.server.received <- m
	return nil
}

func (s *session) Reset()        { s.from, s.to = "", "" }
func (s *session) Logout() error { return nil }

// parse reads a letter as a mail program would.
func parse(raw []byte) (Mail, error) {
	parsed, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Mail{}, err
	}
	m := Mail{Header: parsed.Header, Raw: string(raw)}
	if m.Subject, err = new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject")); err != nil {
		return Mail{}, err
	}
	kind, params, err := mime.ParseMediaType(parsed.Header.Get("Content-Type"))
	if err != nil {
		return Mail{}, err
	}
	if !strings.HasPrefix(kind, "multipart/") {
		text, err := decode(parsed.Header.Get("Content-Transfer-Encoding"), parsed.Body)
		m.Text = text
		return m, err
	}
	return m, m.readParts(multipart.NewReader(parsed.Body, params["boundary"]))
}

func (m *Mail) readParts(parts *multipart.Reader) error {
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := m.readPart(part); err != nil {
			return err
		}
	}
}

// readPart reads one part: a text, a file, or parts in their turn.
func (m *Mail) readPart(part *multipart.Part) error {
	kind, params, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	if strings.HasPrefix(kind, "multipart/") {
		return m.readParts(multipart.NewReader(part, params["boundary"]))
	}
	text, err := decode(part.Header.Get("Content-Transfer-Encoding"), part)
	if err != nil {
		return err
	}
	switch {
	case part.FileName() != "":
		m.Files = append(m.Files, File{Name: part.FileName(), Type: part.Header.Get("Content-Type"), Content: text})
	case kind == "text/html":
		m.HTML = text
	default:
		m.Text = text
	}
	return nil
}

func decode(encoding string, r io.Reader) (string, error) {
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r) // passes over line breaks
	}
	text, err := io.ReadAll(r)
	return strings.ReplaceAll(string(text), "\r\n", "\n"), err
}
