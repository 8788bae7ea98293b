// Package scan ranks what a horizon scan has found: items of the seven STEEPVL
// categories, by importance and uncertainty as voters of several sectors see
// them, with intervals that say how firm the ranking is, and with how far the
// sectors agree about it.
//
// Begin with ReadCSV, or fill a Scan, and ask Analyse. Nothing here reads a
// clock; the bootstrap takes a seed, and the order of votes never matters.
package scan

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/foresight/delphi"
)

// Scan is a list of items and the votes on them.
type Scan struct {
	Items []Item
	Votes []Vote // in any order
	// Likelihood says that Vote.Second is how likely an item is, not how
	// uncertain; uncertainty is then the standard deviation of these votes.
	Likelihood bool
}

// Item is something that may shape the future.
type Item struct {
	Name     string
	Category Category
	Kind     string // megatrend, trend, weak signal, wild card; "" is not said
	Horizon  string // H1, H2, H3; "" is not said
}

// Vote is what one voter says about one item.
type Vote struct {
	Voter, Sector string
	Item          string  // Item.Name
	Importance    float64 // NaN is no answer
	Second        float64 // uncertainty or likelihood, see Scan.Likelihood; NaN is no answer
}

// Category is one of the STEEPVL fields.
type Category string

const (
	Social        Category = "social"
	Technological Category = "technological"
	Economic      Category = "economic"
	Environmental Category = "environmental"
	Political     Category = "political"
	Values        Category = "values"
	Legal         Category = "legal"
)

// Categories lists them in the order of the word STEEPVL.
var Categories = []Category{Social, Technological, Economic, Environmental, Political, Values, Legal}

// beginnings are how the names begin, in English and in Polish, where endings
// vary.
var beginnings = map[Category][]string{
	Social: {"soci", "społ"}, Technological: {"tech"}, Economic: {"econ", "ekonom", "gosp"}, Environmental: {"env", "ecol", "środ", "ekol"},
	Political: {"polit"}, Values: {"value", "warto"}, Legal: {"legal", "law", "praw"},
}

// ParseCategory reads a name in English or Polish, whatever its ending.
func ParseCategory(s string) (Category, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, c := range Categories {
		for _, beginning := range beginnings[c] {
			if strings.HasPrefix(s, beginning) {
				return c, nil
			}
		}
	}
	return "", fmt.Errorf("category %q; expected one of %v", s, Categories)
}

// Kinds and Horizons that an item may have.
var (
	Kinds    = []string{"megatrend", "trend", "weak signal", "wild card"}
	Horizons = []string{"H1", "H2", "H3"}
)

// Limits of a scan.
const (
	MostItems = 1000
	mostVotes = 2_000_000
)

// Check says what is wrong with a scan: names that are blank or repeated, votes
// on no item or cast twice, voters who change sector, numbers that are no points
// of the scale.
func (s Scan) Check(scale delphi.Scale) error {
	c := newChecker(scale)
	for i, item := range s.Items {
		if err := c.item(item); err != nil {
			return fmt.Errorf("scan: item %d: %w", i+1, err)
		}
	}
	for i, v := range s.Votes {
		if err := c.vote(v); err != nil {
			return fmt.Errorf("scan: vote %d: %w", i+1, err)
		}
	}
	return nil
}

type checker struct {
	scale   delphi.Scale
	items   map[string]Item
	cast    map[[2]string]bool
	sectors map[string]string // of each voter
	known   map[string]bool   // sectors
}

func newChecker(scale delphi.Scale) *checker {
	return &checker{scale, map[string]Item{}, map[[2]string]bool{}, map[string]string{}, map[string]bool{}}
}

func (c *checker) item(i Item) error {
	_, twice := c.items[i.Name]
	switch {
	case i.Name == "" || twice:
		return fmt.Errorf("item %q; expected a name of its own", i.Name)
	case !slices.Contains(Categories, i.Category):
		return fmt.Errorf("category %q; expected one of %v", i.Category, Categories)
	case i.Kind != "" && !slices.Contains(Kinds, i.Kind):
		return fmt.Errorf("kind %q; expected one of %q, or nothing", i.Kind, Kinds)
	case i.Horizon != "" && !slices.Contains(Horizons, i.Horizon):
		return fmt.Errorf("horizon %q; expected one of %q, or nothing", i.Horizon, Horizons)
	case len(c.items) >= MostItems:
		return fmt.Errorf("item %q is one too many; expected at most %d", i.Name, MostItems)
	}
	c.items[i.Name] = i
	return nil
}

func (c *checker) vote(v Vote) error {
	_, exists := c.items[v.Item]
	sector, before := c.sectors[v.Voter]
	switch {
	case !exists:
		return fmt.Errorf("there is no item %q", v.Item)
	case v.Voter == "":
		return errors.New("no voter; expected a name or a number")
	case v.Sector == "":
		return fmt.Errorf("voter %q has no sector; expected one", v.Voter)
	case before && sector != v.Sector:
		return fmt.Errorf("voter %q is in sector %q; expected %q, as before", v.Voter, v.Sector, sector)
	case c.cast[[2]string{v.Voter, v.Item}]:
		return fmt.Errorf("voter %q votes on %q twice", v.Voter, v.Item)
	case len(c.cast) >= mostVotes:
		return fmt.Errorf("expected at most %d votes", mostVotes)
	}
	for _, n := range []float64{v.Importance, v.Second} {
		if !math.IsNaN(n) && !c.scale.Has(n) {
			return fmt.Errorf("%v; expected a point of the scale %v", n, c.scale)
		}
	}
	c.cast[[2]string{v.Voter, v.Item}], c.sectors[v.Voter], c.known[v.Sector] = true, v.Sector, true
	if len(c.known) > delphi.MostSectors {
		return fmt.Errorf("sector %q is one too many; expected at most %d", v.Sector, delphi.MostSectors)
	}
	return nil
}

// GuessScale is the first of the usual scales that has every vote: 1-5, 1-7,
// 1-9, 1-10, 0-10, 0-100; the zero Scale when none has.
func (s Scan) GuessScale() delphi.Scale {
	usual := []delphi.Scale{{Min: 1, Max: 5}, {Min: 1, Max: 7}, {Min: 1, Max: 9}, {Min: 1, Max: 10}, {Min: 0, Max: 10}, {Min: 0, Max: 100}}
	for _, v := range s.Votes {
		for _, n := range []float64{v.Importance, v.Second} {
			usual = slices.DeleteFunc(usual, func(s delphi.Scale) bool { return !math.IsNaN(n) && !s.Has(n) })
		}
	}
	return append(usual, delphi.Scale{})[0]
}

// Measure is a number that is NaN where it is not known, and null in JSON then.
type Measure float64

// MarshalJSON writes the number, or null.
func (m Measure) MarshalJSON() ([]byte, error) {
	if f := float64(m); math.IsNaN(f) || math.IsInf(f, 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(m))
}
