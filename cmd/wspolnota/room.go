package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/wspolnota/wspolnota/paper"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/workshop"
)

// RoomCommand moves the live room of an event to a laptop and back, for a hotel
// without a network.
type RoomCommand struct {
	Take   RoomTake   `cmd:"" help:"Put the workshops of an event into one file for a laptop. Until it returns, the room here stands still."`
	Serve  RoomServe  `cmd:"" help:"Run the room of such a file on this computer, for phones in the same local network."`
	Return RoomReturn `cmd:"" help:"Bring everything of such a file back, exactly once however often it is done."`
}

// RoomTake puts an event's room into a file.
type RoomTake struct {
	Config
	Event string `arg:"" help:"Id of the event, or the last part of its address." env:"-"`
	File  string `arg:"" help:"File to write; it must not be there." env:"-"`
}

// Run takes the room.
func (c *RoomTake) Run(ctx context.Context, out io.Writer) (err error) {
	if _, err := os.Stat(c.File); err == nil {
		return fmt.Errorf("%s is there already; give another name", c.File)
	}
	db, err := c.openStore(ctx, store.Options{Logger: c.logger()})
	if err != nil {
		return err
	}
	defer db.Close()
	file, err := roomFile(ctx, c.File)
	if err != nil {
		return err
	}
	taken, err := workshop.Carry(ctx, db, nil, c.Event, file)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(c.File))
	}
	fmt.Fprintf(out, "%s: %s\n%d workshops are in the file: %s\nRun them there: wspolnota room serve %s\n", taken.Event, c.File,
		len(taken.Workshops), strings.Join(taken.Workshops, ", "), c.File)
	return nil
}

// roomFile opens a file of a room, with tables of today.
func roomFile(ctx context.Context, path string) (*store.DB, error) {
	db, err := store.Open(ctx, "sqlite:"+path, store.Options{})
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// RoomServe runs the room of a file.
type RoomServe struct {
	File string `arg:"" help:"File that room take wrote." type:"existingfile" env:"-"`
	Addr string `help:"Address to listen on, such as :8080 for every network of this computer." default:":8080"`
	URL  string `name:"url" help:"Address under which phones reach this computer. Empty: its address in the local network." placeholder:"URL"`
}

// Run serves until it is told to stop. Everything lies in the file and in a folder
// beside it.
func (c *RoomServe) Run(ctx context.Context, out io.Writer) error {
	address := c.URL
	if address == "" {
		_, port, err := net.SplitHostPort(c.Addr)
		if err != nil {
			return fmt.Errorf("--addr %q: expected an address such as :8080", c.Addr)
		}
		address = "http://" + net.JoinHostPort(localAddress(), port)
	}
	config := Config{Addr: c.Addr, PublicURL: address, Data: c.File + ".data", Database: "sqlite:" + c.File, Community: "Wspólnota",
		CodesPerAddress: 3, CodesPerNetwork: 30, LogFormat: "text", LogLevel: "warn"}
	if err := os.MkdirAll(filepath.Clean(config.Data), 0o700); err != nil {
		return err
	}
	p, err := open(ctx, config, nil)
	if err != nil {
		return err
	}
	defer p.close()
	keys, err := workshop.Unlock(ctx, p.db)
	if err != nil {
		return err
	}
	if len(keys) == 0 {
		return fmt.Errorf("%s: there is no workshop in this file; room take writes one", c.File)
	}
	return p.serve(ctx, func(net.Addr) {
		for _, k := range keys {
			fmt.Fprintf(out, "%s (%s)\n  phones:      %s\n  projector:   %s\n  facilitator: %s\n", k.Title, k.Place, p.site.URL(k.Door()), p.site.URL(k.Screen()), p.site.URL(k.Path))
		}
		if code, err := paper.QR(p.site.URL(keys[0].Door())); err == nil {
			fmt.Fprint(out, blocks(code))
		}
	})
}

// localAddress is where phones of the same network reach this computer.
func localAddress() string {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return "127.0.0.1"
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && n.IP.IsPrivate() {
			return n.IP.String()
		}
	}
	return "127.0.0.1"
}

// blocks draws a code in a terminal, two modules in each character.
func blocks(code paper.Code) string {
	var b strings.Builder
	black := func(x, y int) bool {
		return x >= 0 && y >= 0 && x < code.Size() && y < code.Size() && code.Black(x, y)
	}
	for y := -4; y < code.Size()+4; y += 2 {
		for x := -4; x < code.Size()+4; x++ {
			switch upper, lower := black(x, y), black(x, y+1); { // light on dark, as terminals are
			case upper && lower:
				b.WriteRune(' ')
			case upper:
				b.WriteRune('▄')
			case lower:
				b.WriteRune('▀')
			default:
				b.WriteRune('█')
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// RoomReturn brings a room back.
type RoomReturn struct {
	Config
	File string `arg:"" help:"File that room take wrote and room serve filled." type:"existingfile" env:"-"`
}

// Run merges the file into the installation.
func (c *RoomReturn) Run(ctx context.Context, out io.Writer) error {
	db, err := c.openStore(ctx, store.Options{Logger: c.logger()})
	if err != nil {
		return err
	}
	defer db.Close()
	file, err := roomFile(ctx, c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	all, err := workshop.Merge(ctx, file, db, nil)
	for _, one := range all {
		fmt.Fprintf(out, "%s: %d answers and %d participants came back", one.Workshop, one.Answers, one.People)
		if one.There > 0 || one.AlreadyPeople > 0 {
			fmt.Fprintf(out, "; %d answers and %d participants were there already", one.There, one.AlreadyPeople)
		}
		fmt.Fprintln(out)
	}
	return err
}
