package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/audit"
	"github.com/wspolnota/wspolnota/backup"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/store"
)

// DoctorCommand looks whether an installation is well and says what to do where
// it is not.
type DoctorCommand struct {
	Config
	Mail string `help:"Send a test letter to this address." placeholder:"EMAIL" env:"-"`
}

// finding is what one examination found.
type finding struct {
	what string
	ill  error  // nil: well
	note string // a word about what is well, or what to look at
}

// errIll ends doctor with code 1 after everything was said.
var errIll = errors.New("something needs attention")

// Thresholds of the examination.
const (
	oldBackup  = 36 * time.Hour // a nightly backup that was missed once
	littleDisk = 512 << 20
	clockSkew  = 2 * time.Second
)

// Run examines one thing after the other. It changes nothing but a test file
// and, if asked to, sends one letter.
func (c *DoctorCommand) Run(ctx context.Context, out io.Writer) error {
	var findings []finding
	look := func(what string, examine func() (string, error)) {
		note, err := examine()
		findings = append(findings, finding{what, err, note})
	}
	look("data directory", c.examineData)
	db, err := c.openStore(ctx, store.Options{Logger: c.logger()})
	if err != nil {
		findings = append(findings, finding{"database", err, ""})
		return tell(out, findings)
	}
	defer db.Close()
	look("database", func() (string, error) { return examineDatabase(ctx, db) })
	look("migrations", func() (string, error) { return examineMigrations(ctx, db) })
	look("clock", func() (string, error) { return examineClock(ctx, db) })
	look("audit log", func() (string, error) { return examineLog(ctx, db) })
	look("backups", func() (string, error) { return examineBackups(ctx, db) })
	look("public address", func() (string, error) { return c.examineAddress(ctx) })
	look("mail", func() (string, error) { return c.examineMail(ctx) })
	return tell(out, findings)
}

func tell(out io.Writer, findings []finding) error {
	ill := error(nil)
	for _, f := range findings {
		state, words := "ok  ", f.note
		if f.ill != nil {
			state, words, ill = "ILL ", f.ill.Error(), errIll
		}
		fmt.Fprintf(out, "%s %-15s %s\n", state, f.what, words)
	}
	return ill
}

// examineData writes and removes a file, and looks how much room is left.
func (c *DoctorCommand) examineData() (string, error) {
	if err := os.MkdirAll(filepath.Join(c.Data, "files"), 0o700); err != nil {
		return "", err
	}
	probe, err := os.CreateTemp(c.Data, ".doctor-*")
	if err != nil {
		return "", fmt.Errorf("cannot be written to: %w", err)
	}
	_, err = probe.WriteString("ok")
	if err = errors.Join(err, probe.Sync(), probe.Close(), os.Remove(probe.Name())); err != nil {
		return "", fmt.Errorf("cannot be written to: %w", err)
	}
	free, err := freeBytes(c.Data)
	if err != nil {
		return "", err
	}
	if free < littleDisk {
		return "", fmt.Errorf("only %d MB are free in %s; make room before people's files are refused", free>>20, c.Data)
	}
	return fmt.Sprintf("%s, %d MB free", c.Data, free>>20), nil
}

func examineDatabase(ctx context.Context, db *store.DB) (string, error) {
	began := time.Now()
	if err := db.Ping(ctx); err != nil {
		return "", err
	}
	took := time.Since(began).Round(100 * time.Microsecond)
	if db.Dialect() == store.Postgres {
		return fmt.Sprintf("PostgreSQL answers in %v", took), nil
	}
	state, err := store.One[string](ctx, db, `PRAGMA quick_check(1)`)
	if err == nil && state != "ok" {
		err = fmt.Errorf("the file is damaged: %s; restore the last backup", state)
	}
	return fmt.Sprintf("SQLite answers in %v, its pages are sound", took), err
}

func examineMigrations(ctx context.Context, db *store.DB) (string, error) {
	steps, err := db.MigrationStatus(ctx)
	if err != nil {
		return "", err
	}
	known, pending := map[int64]bool{}, 0
	for _, step := range steps {
		known[step.Version] = true
		if !step.Applied {
			pending++
		}
	}
	applied, err := db.AppliedMigrations(ctx)
	for _, version := range applied {
		if !known[version] {
			return "", fmt.Errorf("migration %d is of a newer program than this one", version)
		}
	}
	if pending > 0 {
		return "", fmt.Errorf("%d are pending; serve applies them, or run: wspolnota migrate", pending)
	}
	return fmt.Sprintf("all %d applied", len(steps)), err
}

// examineClock compares the clock of this machine with that of the database,
// where it has one of its own, and with the day this program must be younger than.
func examineClock(ctx context.Context, db *store.DB) (string, error) {
	now := time.Now()
	if now.Year() < 2026 {
		return "", fmt.Errorf("it says %s; sessions and deadlines would be wrong", now.Format(time.RFC3339))
	}
	if db.Dialect() != store.Postgres {
		return now.Format(time.RFC3339), nil
	}
	theirs, err := store.One[time.Time](ctx, db, `SELECT clock_timestamp()`)
	if err != nil {
		return "", err
	}
	if skew := time.Until(theirs).Abs(); skew > clockSkew {
		return "", fmt.Errorf("this machine and the database differ by %v; set both by NTP", skew.Round(time.Millisecond))
	}
	return now.Format(time.RFC3339) + ", as the database", nil
}

// examineLog follows the chain of the audit log from its beginning.
func examineLog(ctx context.Context, db *store.DB) (string, error) {
	report, err := audit.Verify(ctx, db)
	if err != nil {
		return "", err
	}
	if !report.Good() {
		return "", fmt.Errorf("entries were removed, moved or changed, the first at %v; compare with the heads in older logs of the program", report.Faults[0])
	}
	return fmt.Sprintf("the chain of %d entries is whole", report.Entries), nil
}

func examineBackups(ctx context.Context, db *store.DB) (string, error) {
	last, err := backup.Last(ctx, db)
	switch {
	case err != nil:
		return "", err
	case last.IsZero():
		return "", errors.New("none was ever made; run every night: wspolnota backup FILE, and take the file to another machine")
	}
	age := time.Since(last.Time).Round(time.Minute)
	if age > oldBackup {
		return "", fmt.Errorf("the last one is %v old", age)
	}
	return fmt.Sprintf("the last one is %v old", age), nil
}

// examineAddress asks the site under the address that is in every letter.
func (c *DoctorCommand) examineAddress(ctx context.Context) (string, error) {
	site, err := c.site(version, false)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, site.URL("/healthz"), nil)
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", fmt.Errorf("%s does not answer (is the server running, does --public-url say how people reach it?): %w", site.Public, err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, 100))
	if err != nil || response.StatusCode != http.StatusOK || strings.TrimSpace(string(text)) != "ok" {
		return "", fmt.Errorf("%s answers, but not with this program (%s)", site.Public, response.Status)
	}
	if !site.Secure() && !strings.HasPrefix(c.Addr, "127.") {
		return site.Public.String() + " answers; without https, which people outside this machine need", nil
	}
	return site.Public.String() + " answers", nil
}

// examineMail reaches the mail server and, where an address is given, sends a
// letter: only its arrival shows that mail works.
func (c *DoctorCommand) examineMail(ctx context.Context) (string, error) {
	if c.SMTP == "" {
		return "", errors.New("no mail server is set (--smtp): nobody can sign in, letters wait in the outbox")
	}
	transport, err := mail.SMTP(c.SMTP)
	if err != nil {
		return "", err
	}
	site, err := c.site(version, false)
	if err != nil {
		return "", err
	}
	if c.Mail == "" {
		host, err := reach(ctx, c.SMTP)
		return host + " takes connections; whether letters arrive shows: wspolnota doctor --mail you@example.org", err
	}
	err = transport.Send(ctx, c.mailFrom(site), c.Mail, mail.Letter{Subject: "Wspólnota: list próbny / test letter",
		Text: "Poczta działa. / Mail works.\n\n" + site.URL("/") + "\n", ID: string(store.NewID())})
	if err != nil {
		return "", fmt.Errorf("a letter to %s was not taken: %w", c.Mail, err)
	}
	return "a letter to " + c.Mail + " was handed over; look whether it arrived", nil
}

// reach opens a connection to the mail server and closes it.
func reach(ctx context.Context, address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", errors.New("the address of the mail server does not parse")
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"smtp": "587", "smtps": "465"}[u.Scheme]
	}
	dialer := net.Dialer{Timeout: 10 * time.Second}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		return "", fmt.Errorf("%s cannot be reached: %w", u.Hostname(), err)
	}
	return u.Hostname(), conn.Close()
}
