// Package count tells how many came, by sector, gmina and organisation, without
// telling of anybody: what the public reads gives away no group smaller than
// Least, neither as a number nor by subtracting numbers from one another.
//
// Public takes one Guest for each person and returns everything that may be
// published of one event. Numbers that are too small are not starred out, since
// a single star is the difference to the total: they are put together with
// others into a rest, whose parts are not named. Where the rest itself would be
// small, numbers that could have been shown go into it as well.
package count

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"slices"
)

// Least is the smallest group that may be told of in public.
const Least = 5

// Guest is one person as they are counted.
type Guest struct {
	Sector       string
	Gmina        string // TERC code, "" for elsewhere
	Organisation string // id, "" for themselves; whose sector everybody knows
}

// Cell is one number with what it counts.
type Cell struct {
	Key string
	N   int
}

// Breakdown is a total by one quality. Shown holds the numbers that may be told,
// the largest first; Rest is how many are in none of them: 0, or at least Least.
type Breakdown struct {
	Shown []Cell
	Rest  int
}

// Report is what may be published of one event. Where fewer than Least came,
// Few is true and there is nothing else.
type Report struct {
	Total         int
	Few           bool
	Seats         bool // it counts those who had a seat, of whom about as many came: see Held
	Sectors       Breakdown
	Gminas        Breakdown
	Organisations Breakdown
}

// Public counts the guests and returns what may be published. The result does
// not depend on the order of the guests. The salt is a secret of the installation
// and always the same for an event: with another one other numbers are told, and
// those of both could be subtracted.
func Public(guests []Guest, salt []byte) Report {
	switch {
	case len(guests) == 0:
		return Report{}
	case len(guests) < Least:
		return Report{Few: true}
	}
	r := Report{Total: len(guests),
		Sectors: broken(tally(guests, func(g Guest) string { return g.Sector }), 0, salt),
		Gminas:  broken(tally(guests, func(g Guest) string { return g.Gmina }), 0, salt)}
	r.Organisations = organisations(guests, r.Sectors, salt)
	return r
}

// Held is what may be published of who came where everybody could read before
// how many had a seat. Where fewer than Least more had a seat than came, or the
// other way round, one number less the other would be a few who stayed away; then
// those who had a seat are counted, and it is said that about as many came. Nobody
// came where nobody was noted: then nothing is published.
func Held(seats, came []Guest, salt []byte) Report {
	if away := len(seats) - len(came); len(came) == 0 || away >= Least || away <= -Least {
		return Public(came, salt)
	}
	r := Public(seats, salt)
	r.Seats = true
	return r
}

// One is Least applied to a single number that is published with no other of
// the same people: 0, or the number, or false where it is too small to tell.
func One(n int) (int, bool) {
	if n > 0 && n < Least {
		return 0, false
	}
	return n, true
}

// tally counts by a quality, the largest first; equal numbers by their key, so
// that who publishes twice publishes the same.
func tally(guests []Guest, of func(Guest) string) []Cell {
	n := map[string]int{}
	for _, g := range guests {
		n[of(g)]++
	}
	cells := make([]Cell, 0, len(n))
	for key, count := range n {
		cells = append(cells, Cell{key, count})
	}
	slices.SortFunc(cells, func(a, b Cell) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Key, b.Key)) })
	return cells
}

// broken shows the cells that are large enough. Where the rest, in which so many
// are from the beginning, would tell of a few, cells go into it that could have
// been shown. Which ones is told by the salt and not by their size: from "the
// smallest went" the numbers in the rest could be worked out.
func broken(cells []Cell, rest int, salt []byte) Breakdown {
	shown := slices.Clone(cells)
	for i := 0; i < len(shown); {
		if shown[i].N < Least {
			rest += shown[i].N
			shown = slices.Delete(shown, i, i+1)
			continue
		}
		i++
	}
	for rest > 0 && rest < Least && len(shown) > 0 {
		i := drawn(shown, salt)
		rest += shown[i].N
		shown = slices.Delete(shown, i, i+1)
	}
	return Breakdown{Shown: shown, Rest: rest}
}

// drawn is the index of the cell that the salt picks.
func drawn(cells []Cell, salt []byte) int {
	var least []byte
	at := 0
	for i, c := range cells {
		mac := hmac.New(sha256.New, salt)
		mac.Write([]byte(c.Key))
		if lot := mac.Sum(nil); least == nil || bytes.Compare(lot, least) < 0 {
			least, at = lot, i
		}
	}
	return at
}

func sum(cells []Cell) (n int) {
	for _, c := range cells {
		n += c.N
	}
	return n
}

// organisations lie inside sectors, and everybody knows in which: the number of
// a sector less those of its organisations is a number too. So the rest of each
// sector that is shown has to be large enough, and the rest of all others
// together. An organisation whose people came for several sectors is not named.
func organisations(guests []Guest, sectors Breakdown, salt []byte) Breakdown {
	several := inSeveralSectors(guests)
	groups := map[string][]Guest{} // by the sector that is shown, "" for the rest
	for _, g := range guests {
		sector := ""
		if slices.ContainsFunc(sectors.Shown, func(c Cell) bool { return c.Key == g.Sector }) {
			sector = g.Sector
		}
		if several[g.Organisation] {
			g.Organisation = ""
		}
		groups[sector] = append(groups[sector], g)
	}
	out := Breakdown{}
	for _, group := range groups {
		b := named(group, salt)
		out.Shown, out.Rest = append(out.Shown, b.Shown...), out.Rest+b.Rest
	}
	slices.SortFunc(out.Shown, func(a, b Cell) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Key, b.Key)) })
	return out
}

// named is broken where people without an organisation are in the rest.
func named(group []Guest, salt []byte) Breakdown {
	cells := tally(group, func(g Guest) string { return g.Organisation })
	cells = slices.DeleteFunc(cells, func(c Cell) bool { return c.Key == "" })
	return broken(cells, len(group)-sum(cells), salt)
}

func inSeveralSectors(guests []Guest) map[string]bool {
	sector, several := map[string]string{}, map[string]bool{}
	for _, g := range guests {
		if before, known := sector[g.Organisation]; known && before != g.Sector {
			several[g.Organisation] = true
		}
		sector[g.Organisation] = g.Sector
	}
	return several
}
