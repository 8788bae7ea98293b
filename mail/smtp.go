package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	stdmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// smtpTimeout bounds each step of a conversation with a mail server.
const smtpTimeout = 15 * time.Second

// SMTP hands letters to a mail server:
//
//	smtp://user:password@mail.example.org:587     STARTTLS, refused without it
//	smtps://user:password@mail.example.org        TLS from the first byte, port 465
//	smtp://localhost:25                           a relay on this machine, without TLS
//	smtp://mail.example.org?tls=opportunistic     or none: what the server offers, or nothing
func SMTP(address string) (Transport, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("mail: the address of the mail server does not parse") // its text would show the password
	}
	options, err := smtpOptions(u)
	if err != nil {
		return nil, fmt.Errorf("mail: address of the mail server: %w", err)
	}
	if _, err := gomail.NewClient(u.Hostname(), options...); err != nil {
		return nil, fmt.Errorf("mail: address of the mail server: %w", err)
	}
	return &smtp{host: u.Hostname(), options: options}, nil
}

func smtpOptions(u *url.URL) ([]gomail.Option, error) {
	if u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, errors.New("expected smtp://host or smtps://host")
	}
	options := []gomail.Option{gomail.WithTimeout(smtpTimeout), gomail.WithoutNoop()}
	port := 587
	if u.Scheme == "smtps" {
		port = 465
		options = append(options, gomail.WithSSL())
	}
	if u.Port() != "" {
		var err error
		if port, err = strconv.Atoi(u.Port()); err != nil {
			return nil, fmt.Errorf("port %q", u.Port())
		}
	}
	policy, err := tlsPolicy(u)
	if err != nil {
		return nil, err
	}
	options = append(options, gomail.WithPort(port), gomail.WithTLSPolicy(policy))
	if u.User != nil {
		password, _ := u.User.Password()
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	return options, nil
}

func tlsPolicy(u *url.URL) (gomail.TLSPolicy, error) {
	switch asked := u.Query().Get("tls"); {
	case u.Scheme == "smtps", asked == "none", asked == "" && isLocal(u.Hostname()):
		return gomail.NoTLS, nil
	case asked == "mandatory", asked == "":
		return gomail.TLSMandatory, nil
	case asked == "opportunistic":
		return gomail.TLSOpportunistic, nil
	default:
		return gomail.NoTLS, fmt.Errorf("tls=%q is not none, opportunistic or mandatory", asked)
	}
}

func isLocal(host string) bool {
	return host == "localhost" || host == "::1" || strings.HasPrefix(host, "127.")
}

type smtp struct {
	host    string
	options []gomail.Option
}

// Send opens a connection for each letter: letters are few, and a connection
// kept open is one more thing that dies unnoticed.
func (s *smtp) Send(ctx context.Context, from, to string, l Letter) error {
	m, err := mimeMessage(from, to, l)
	if err != nil {
		return err
	}
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return err
	}
	err = client.DialAndSendWithContext(ctx, m)
	if m.IsDelivered() {
		return nil // the server took it; what failed was the farewell
	}
	return refusal(err)
}

// refusal reads the answer of the server to this letter. An answer to signing in
// is not about the letter and stays an ordinary error, which is tried again.
func refusal(err error) error {
	answer, ok := errors.AsType[*gomail.SendError](err)
	if !ok || answer.ErrorCode() == 0 {
		return err
	}
	return Refusal{Code: answer.ErrorCode(), Enhanced: answer.EnhancedStatusCode()}
}

// mimeMessage writes a letter as plain text with HTML as the alternative, and
// what is attached.
func mimeMessage(from, to string, l Letter) (*gomail.Msg, error) {
	if err := CheckAddress(to); err != nil {
		return nil, err
	}
	sender, err := stdmail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("mail: sender: %w", err)
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(sender)
	m.ToMailAddress(&stdmail.Address{Address: to})
	m.Subject(oneLine(l.Subject))
	m.SetDate()
	m.SetMessageIDWithValue(oneLine(l.ID))
	// Nobody's holiday notice should answer us (RFC 3834).
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	if address := oneLine(l.Unsubscribe); address != "" {
		m.SetGenHeader("List-Unsubscribe", "<"+address+">")
		m.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	m.SetBodyString(gomail.TypeTextPlain, l.Text)
	if l.HTML != "" {
		m.AddAlternativeString(gomail.TypeTextHTML, l.HTML)
	}
	for _, f := range l.Files {
		err := m.AttachReader(oneLine(f.Name), bytes.NewReader(f.Content), gomail.WithFileContentType(gomail.ContentType(oneLine(f.Type))))
		if err != nil {
			return nil, fmt.Errorf("mail: attach %s: %w", f.Type, err)
		}
	}
	return m, nil
}

// oneLine keeps a value that came from a person from beginning another header,
// or another paragraph.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || isControl(r) || r == '\u2028' || r == '\u2029' }), " ")
}
