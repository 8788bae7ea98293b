package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"github.com/wspolnota/wspolnota/internal/demo"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/mail"
	"github.com/wspolnota/wspolnota/store"
)

// DemoCommand loads the example programme and runs it.
type DemoCommand struct {
	Config
	At string `help:"Day, or day and hour, at which the demo stands: 2014-06-13 or 2014-06-13T16:00. Its clock runs on from there." default:"2014-12-05" placeholder:"DATE"`
}

// Run loads the demo where the data directory is empty, and serves it.
func (c *DemoCommand) Run(ctx context.Context, out io.Writer) (err error) {
	at, err := parseAt(c.At)
	if err != nil {
		return err
	}
	if at.Before(demo.First) {
		return fmt.Errorf("--at %s: the example begins on %s", c.At, demo.First.In(lang.Warsaw).Format("2006-01-02, 15:04"))
	}
	if c.Contact == "" {
		c.Contact = "kontakt@wspolnota.example.org"
	}
	if c.Data == defaultData { // do not mix example data into a real directory
		dir, err := os.MkdirTemp("", "wspolnota-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		c.Data = dir
	}
	p, err := open(ctx, c.Config, &demoMode{clock: new(store.Clock), mailbox: mail.NewMemory(100)})
	if err != nil {
		return err
	}
	defer p.close()
	p.demo.Until = at
	if err := p.demo.Load(ctx); err != nil {
		return err
	}
	p.db.Clock().Move(at)
	links, err := p.demo.Links(ctx)
	if err != nil {
		return err
	}
	heard, err := p.demo.Heard(ctx)
	if err != nil {
		return err
	}
	return p.serve(ctx, func(net.Addr) {
		p.greet(out, links)
		if heard.After(at) {
			fmt.Fprintf(out, "  Te dane znają historię do %[1]s. Wcześniejszy dzień, taki jak był, pokaże się w pustym --data.\n"+
				"  These data know the story up to %[1]s. An empty --data shows an earlier day as it was.\n\n", heard.In(lang.Warsaw).Format("2006-01-02, 15:04"))
		}
	})
}

// demoMode is what a demo has and a server has not.
type demoMode struct {
	clock   *store.Clock
	mailbox *mail.Memory
}

func (p *program) greet(out io.Writer, links []demo.Link) {
	fmt.Fprintf(out, "\n  Wspólnota, dane przykładowe / example data\n\n  %-50s %s\n", "Strona publiczna / public site", p.site.Public)
	fmt.Fprintf(out, "  %-50s %s\n\n", "Poczta / mail", p.site.URL("/demo/poczta"))
	for _, link := range links {
		fmt.Fprintf(out, "  %-50s %s\n", link.Name, link.URL)
	}
	fmt.Fprintf(out, "\n  Inne dni / other days:\n")
	for _, d := range days {
		fmt.Fprintf(out, "    --at %-20s %s\n", d.at, d.what)
	}
	fmt.Fprintf(out, "\n  Ctrl+C kończy / stops.\n\n")
}

// days are those of the story that are worth a look.
var days = []struct{ at, what string }{
	{"2014-06-01", "zapisy na seminarium / seats for the seminar"},
	{"2014-06-13T16:00", "seminarium trwa / during the seminar"},
	{"2014-06-24", "protokół i zobowiązania / minutes and tasks"},
	{"2014-10-15", "warsztaty i debata / workshops and a debate"},
	{"2015-03-12T15:20", "pytania do ekspertów / questions to experts"},
	{"2015-05-26", "po wizycie studyjnej / after the study visit"},
}

// parseAt reads the day at which the demo stands; a day alone begins at ten.
func parseAt(s string) (time.Time, error) {
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02 15:04", time.RFC3339} {
		if t, err := time.ParseInLocation(layout, s, lang.Warsaw); err == nil {
			return t, nil
		}
	}
	if day, err := time.ParseInLocation("2006-01-02", s, lang.Warsaw); err == nil {
		return day.Add(10 * time.Hour), nil
	}
	return time.Time{}, errors.New("--at " + s + ": expected a day such as 2014-06-13, or 2014-06-13T16:00")
}
