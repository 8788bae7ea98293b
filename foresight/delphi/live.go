package delphi

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Live is a real-time Delphi: one round in which answers may change at any time
// and everybody who has answered sees where the others stand. All that happens
// is one append-only log of entries; what Live knows beside it is brought up to
// date with each entry and is at every moment what replaying the log gives.
//
// Begin with NewLive, or Replay for a log that was kept. Record takes an
// answer; Now is the truth for the facilitator, Shown what participants may see,
// Feedback and Prompts what one expert gets to see. A Live is not safe for use
// by several goroutines at once.
//
// Source: Gordon and Pease, Technological Forecasting and Social Change 73
// (2006) 321.
type Live struct {
	options Options
	items   []string
	sectors []string
	known   map[string]int // place of an item
	member  map[string]int // place of an expert's sector
	state   []liveItem     // as items
	log     []Entry
}

// Entry is one line of the log: an expert gives, changes or withdraws the answer
// to an item. It has no time of its own: its place in the log is its time.
type Entry struct {
	Expert    string  `json:"expert"`
	Sector    string  `json:"sector"` // the same in all entries of an expert
	Item      string  `json:"item"`
	Value     float64 `json:"value"`
	Withdrawn bool    `json:"withdrawn,omitempty"` // Value means nothing
	Reason    string  `json:"reason,omitempty"`    // why the answer is what it is
}

// liveItem is where one item stands.
type liveItem struct {
	answers     map[string]*liveAnswer
	now, first  parts
	shown       parts
	waiting     []int // per sector, experts whose answer differs from the one shown
	nowReport   *RoundReport
	shownReport *RoundReport
}

// liveAnswer is one expert's answer to one item; NaN is none.
type liveAnswer struct {
	sector            int
	first, now, shown float64
	reason            string
}

// ErrEntry says that an entry does not fit the panel.
var ErrEntry = errors.New("delphi: an entry does not fit the panel")

// NewLive opens a panel without answers on items, for experts of the sectors.
// The names must be there and differ. A rule with apmo needs a closed round and
// is refused with ErrRule.
func NewLive(items, sectors []string, o Options) (*Live, error) {
	l := &Live{options: o.complete(), items: slices.Clone(items), sectors: slices.Clone(sectors), known: map[string]int{}, member: map[string]int{}}
	if err := errors.Join(differing("item", items), differing("sector", sectors)); err != nil {
		return nil, err
	}
	for _, c := range l.options.Rule {
		if math.IsNaN(c.Bound) {
			return nil, fmt.Errorf("%w without apmo, which needs a closed round", ErrRule)
		}
	}
	for i, name := range items {
		l.known[name] = i
		l.state = append(l.state, liveItem{answers: map[string]*liveAnswer{}, now: newParts(sectors), first: newParts(sectors), shown: newParts(sectors), waiting: make([]int, len(sectors))})
	}
	return l, nil
}

func differing(what string, names []string) error {
	seen := map[string]bool{}
	for i, name := range names {
		if name == "" || seen[name] {
			return fmt.Errorf("%w: %s %d is called %q; expected a name of its own", ErrEntry, what, i+1, name)
		}
		seen[name] = true
	}
	return nil
}

// Replay opens a panel and records a log that was kept.
func Replay(items, sectors []string, o Options, log []Entry) (*Live, error) {
	l, err := NewLive(items, sectors, o)
	if err != nil {
		return nil, err
	}
	for i, e := range log {
		if err := l.Record(e); err != nil {
			return nil, fmt.Errorf("entry %d: %w", i+1, err)
		}
	}
	return l, nil
}

// At is the panel as it was after the first n entries.
func (l *Live) At(n int) (*Live, error) {
	return Replay(l.items, l.sectors, l.options, l.log[:min(max(0, n), len(l.log))])
}

// Log is all that happened, for keeping. It is not to be changed.
func (l *Live) Log() []Entry { return slices.Clip(l.log) }

// Record appends an entry. One that does not fit gives ErrEntry and changes
// nothing.
func (l *Live) Record(e Entry) error {
	item, known := l.known[e.Item]
	sector := slices.Index(l.sectors, e.Sector)
	member, before := l.member[e.Expert]
	switch {
	case !known:
		return fmt.Errorf("%w: there is no item %q", ErrEntry, e.Item)
	case e.Expert == "":
		return fmt.Errorf("%w: it names no expert", ErrEntry)
	case sector < 0:
		return fmt.Errorf("%w: there is no sector %q", ErrEntry, e.Sector)
	case before && member != sector:
		return fmt.Errorf("%w: expert %q is in sector %q; expected %q, as before", ErrEntry, e.Expert, e.Sector, l.sectors[member])
	case !e.Withdrawn && (finite(e.Value) != nil || !l.options.Scale.Has(e.Value)):
		return fmt.Errorf("%w: %v; expected %s", ErrEntry, e.Value, l.options.Scale.expected())
	}
	if e.Withdrawn {
		e.Value = 0 // it means nothing, and a log must be writable
	}
	l.member[e.Expert] = sector
	l.log = append(l.log, e)
	l.state[item].take(e, sector, l.options.Least)
	return nil
}

// take brings an item up to date with an entry.
func (s *liveItem) take(e Entry, sector, least int) {
	a, known := s.answers[e.Expert]
	if !known {
		a = &liveAnswer{sector, math.NaN(), math.NaN(), math.NaN(), ""}
		s.answers[e.Expert] = a
	}
	value := e.Value + 0
	if e.Withdrawn {
		value = math.NaN()
	}
	waited := differ(a.now, a.shown)
	s.now.replace(sector, a.now, value)
	if math.IsNaN(a.first) {
		s.first.replace(sector, math.NaN(), value)
		a.first = value
	}
	a.now, a.reason = value, e.Reason
	s.waiting[sector] += one(differ(a.now, a.shown)) - one(waited)
	s.nowReport = nil
	if s.waiting[sector] >= least {
		s.show(sector)
	}
}

// show lets what is shown of a sector catch up with its answers.
func (s *liveItem) show(sector int) {
	for _, a := range s.answers {
		if a.sector == sector {
			a.shown = a.now
		}
	}
	s.shown.sectors[sector] = s.now.sectors[sector].Clone()
	s.shown.all = merged(s.shown.sectors)
	s.waiting[sector], s.shownReport = 0, nil
}

func differ(a, b float64) bool { return a != b && !(math.IsNaN(a) && math.IsNaN(b)) }

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// parts are the answers of everybody and of each sector.
type parts struct {
	all     Tally
	sectors []Tally
}

func newParts(sectors []string) parts { return parts{sectors: make([]Tally, len(sectors))} }

// replace exchanges one answer; NaN is none.
func (p *parts) replace(sector int, before, after float64) {
	for _, t := range []*Tally{&p.all, &p.sectors[sector]} {
		if !math.IsNaN(before) {
			t.Remove(before)
		}
		if !math.IsNaN(after) {
			_ = t.Add(after) // the entry was checked
		}
	}
}

func merged(sectors []Tally) Tally {
	var all Tally
	p := pool(sectors)
	for i, tie := range p.ties {
		all.values, all.counts = append(all.values, p.values[i]), append(all.counts, sum(tie))
	}
	all.n = p.n
	return all
}
