// Package entrance is the one door for whoever has a short code: from a slide, a
// sheet or a voice. A room registers how it looks a code up; the entrance asks
// all of them and sends the browser on.
//
// People type what they heard, with spaces and in small letters: Clean reads it.
// Draw makes a code that nothing else has. Whoever tries many codes that are none
// is slowed down, by the network they come from.
package entrance

import (
	"context"
	"crypto/rand"
	"embed"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/web"
)

// Messages are the words of this package.
//
//go:embed messages.*.toml
var Messages embed.FS

// Path is the page that asks for a code, Short the beginning of an address that
// holds one: it fits under a QR code and can be read aloud.
const (
	Path  = "/kod"
	Short = "/d/"
)

// Find looks a code up: the address to which it leads on this site, or
// fault.NotFound. Whoever has a code finds only what everybody may find.
type Find func(ctx context.Context, r store.Reader, code string) (path string, err error)

// Entrance is the door.
type Entrance struct {
	db     *store.DB
	from   func(*http.Request) netip.Addr
	finds  []Find
	mu     sync.Mutex
	misses map[netip.Addr]miss
}

// miss counts the codes from one network that were none.
type miss struct {
	n     int
	since time.Time
}

// A hall of three hundred phones may come from one address; even so most of them
// scan. Of a thousand million codes, this many tries an hour find nothing.
const (
	mostMisses = 100
	missesPer  = 10 * time.Minute
	mostKnown  = 10_000 // networks remembered
)

// New returns an entrance without rooms. from tells where a request comes from.
func New(db *store.DB, from func(*http.Request) netip.Addr) *Entrance {
	return &Entrance{db: db, from: from, misses: map[netip.Addr]miss{}}
}

// Register adds rooms, before the first request.
func (e *Entrance) Register(finds ...Find) { e.finds = append(e.finds, finds...) }

// Routes are the page that asks for a code and the two ways to bring one along.
func (e *Entrance) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET " + Path, Need: access.Anyone, Handle: e.ask},
		{Pattern: "GET " + Path + "/{code}", Need: access.Anyone, Handle: e.lead},
	}
}

// ask is the page on which a code is typed.
func (e *Entrance) ask(w http.ResponseWriter, r *http.Request) error {
	f := web.Query(r)
	code := f.Text("kod", 40)
	if code == "" {
		return web.Render(w, r, page(f))
	}
	path, err := e.find(r, code)
	if fault.Is(err, fault.KindNotFound) {
		f.Add("kod", "entrance.unknown")
		return web.RenderInvalid(w, r, page(f))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path, "")
}

func (e *Entrance) lead(w http.ResponseWriter, r *http.Request) error {
	path, err := e.find(r, r.PathValue("code"))
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path, "")
}

// find asks the rooms one after another.
func (e *Entrance) find(r *http.Request, typed string) (string, error) {
	if err := e.Slow(r); err != nil {
		return "", err
	}
	code := Clean(typed)
	for _, find := range e.finds {
		if path, err := find(r.Context(), e.db, code); !fault.Is(err, fault.KindNotFound) {
			return path, err
		}
	}
	e.Missed(r)
	return "", fault.NotFound("code")
}

// Slow refuses whoever has tried too many codes that were none. A room whose
// addresses hold codes asks it first, and tells of each code that was none.
func (e *Entrance) Slow(r *http.Request) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if m := e.misses[e.from(r)]; m.n >= mostMisses && e.db.Wall().Sub(m.since) < missesPer {
		return fault.Limited("entrance.slow", "Minutes", int(missesPer/time.Minute))
	}
	return nil
}

// Missed counts a code that was none.
func (e *Entrance) Missed(r *http.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	from, now := e.from(r), e.db.Wall()
	m, known := e.misses[from]
	if !known && len(e.misses) >= mostKnown {
		clear(e.misses) // a flood from everywhere: codes are long enough for that
	}
	if now.Sub(m.since) >= missesPer {
		m = miss{since: now}
	}
	m.n++
	e.misses[from] = m
}

// letters of codes: none that is mistaken for another one on a slide or by ear
// (0 and O, 1 and I), and no vowels, so that no word arises.
const letters = "BCDFGHJKLMNPQRSTVWXZ23456789"

// length of a code that Draw makes.
const length = 6

// Draw makes a code at random: six letters and digits, at least one of them a
// letter, so that it is not taken for a code of digits. taken says whether
// somebody has it.
func Draw(taken func(code string) (bool, error)) (string, error) {
	for {
		var b strings.Builder
		for b.Len() < length {
			var one [1]byte
			rand.Read(one[:])                                // never fails: it would end the program
			if int(one[0]) < 256/len(letters)*len(letters) { // each letter has the same chance
				b.WriteByte(letters[int(one[0])%len(letters)])
			}
		}
		code := b.String()
		if !strings.ContainsAny(code, letters[:20]) {
			continue
		}
		if there, err := taken(code); err != nil || !there {
			return code, err
		}
	}
}

// Clean reads a code as people type it.
func Clean(typed string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, strings.ToUpper(typed))
}

// Spaced is a code as it is shown: in two halves.
func Spaced(code string) string {
	if len(code) != length {
		return code
	}
	return code[:3] + " " + code[3:]
}
