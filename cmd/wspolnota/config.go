package main

import (
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/privacy"
	"github.com/wspolnota/wspolnota/web"
)

// Config is every setting of the server. Each is a flag and an environment
// variable; docs/configuration.md is written from this struct, and the zero
// value of each works.
type Config struct {
	Addr      string `help:"Address to listen on." default:"127.0.0.1:8080" group:"Server"`
	PublicURL string `name:"public-url" help:"Address under which people reach the site, used in mail, feeds and calendars. Empty: http:// and the listening address." placeholder:"URL" group:"Server"`
	Data      string `help:"Directory of the SQLite file and of uploaded files; made if it is not there." default:"${data}" placeholder:"DIR" group:"Server"`
	Database  string `help:"Where the data are: sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME. Empty: wspolnota.db in the data directory." placeholder:"ADDRESS" group:"Server"`

	Community string `help:"Name of the community, shown in the header of every page." default:"Wspólnota" group:"Community"`
	Contact   string `help:"E-mail address shown in the footer of every page." placeholder:"EMAIL" group:"Community"`

	SMTP     string `name:"smtp" help:"Mail server: smtp://USER:PASSWORD@HOST:587 or smtps://HOST. Empty: mail waits in the outbox until one is given." placeholder:"URL" group:"Mail"`
	MailFrom string `help:"Sender of all mail. Empty: wspolnota@ and the host of the public address." placeholder:"EMAIL" group:"Mail"`

	SecretFile          string `help:"File with the secret of the installation, made if it is not there. Replicas need the same one. Empty: secret.key in the data directory." placeholder:"FILE" group:"Security"`
	RequireSecondFactor bool   `help:"Ask administrators and staff of programmes to set up a second factor before they go on." group:"Security"`
	CodesPerAddress     int    `help:"Most sign-in mails to one address in an hour." default:"3" group:"Security"`
	CodesPerNetwork     int    `help:"Most sign-in mails asked for from one network address in an hour. A hotel or a school is one address: raise it before a meeting." default:"30" group:"Security"`

	TrustedProxies []string      `help:"Networks of proxies whose X-Forwarded-For is believed, such as 10.0.0.0/8." placeholder:"CIDR,..." group:"Operation"`
	MetricsAddr    string        `help:"Address for Prometheus metrics at /metrics. Empty: none." placeholder:"ADDRESS" group:"Operation"`
	Drain          time.Duration `help:"How long to go on answering after a stop signal, so that a load balancer looks elsewhere first." default:"0s" group:"Operation"`
	LogFormat      string        `help:"Form of the log: text or json." enum:"text,json" default:"text" group:"Operation"`
	LogLevel       string        `help:"Least severe line that is logged: debug, info, warn or error. Requests are logged at info." enum:"debug,info,warn,error" default:"info" group:"Operation"`
	Development    bool          `help:"Show /dev/components and detailed hints. Not for the public." group:"Operation"`
}

// defaultData is where data lie when nobody says otherwise.
const defaultData = "data"

func (c Config) database() string {
	if c.Database != "" {
		return c.Database
	}
	return "sqlite:" + filepath.Join(c.Data, "wspolnota.db")
}

func (c Config) secretFile() string {
	if c.SecretFile != "" {
		return c.SecretFile
	}
	return filepath.Join(c.Data, "secret.key")
}

// journal is the file of erasures, beside the files and out of every backup.
func (c Config) journal() privacy.Journal {
	return privacy.Journal(filepath.Join(c.Data, "erasures.log"))
}

func (c Config) site(version string, demo bool) (web.Site, error) {
	address := c.PublicURL
	if address == "" {
		address = "http://" + c.Addr
	}
	public, err := url.Parse(address)
	if err != nil || public.Host == "" || (public.Scheme != "http" && public.Scheme != "https") {
		return web.Site{}, fmt.Errorf("--public-url %q: expected http:// or https:// and a host", address)
	}
	if strings.Trim(public.Path, "/") != "" || public.RawQuery != "" || public.Fragment != "" {
		return web.Site{}, fmt.Errorf("--public-url %q: expected an address without a path; the site needs a host of its own", address)
	}
	return web.Site{Public: public, Community: c.Community, Contact: c.Contact, Version: version, Demo: demo}, nil
}

func (c Config) mailFrom(site web.Site) string {
	if c.MailFrom != "" {
		return c.MailFrom
	}
	return "wspolnota@" + site.Public.Hostname()
}

func (c Config) proxies() ([]netip.Prefix, error) {
	var prefixes []netip.Prefix
	for _, s := range c.TrustedProxies {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, fmt.Errorf("--trusted-proxies %q: expected a network such as 10.0.0.0/8", s)
		}
		prefixes = append(prefixes, p)
	}
	return prefixes, nil
}

func (c Config) logger() *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(strings.ToUpper(c.LogLevel))); err != nil {
		level = slog.LevelInfo
	}
	options := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}
