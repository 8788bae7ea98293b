package jury_test

import (
	"errors"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/choice/jury"
)

// panel makes a panel of one criterion from a table: rows are initiatives, columns
// assessors, -1 is no card.
func panel(t testing.TB, rows [][]int) *jury.Panel {
	t.Helper()
	p := &jury.Panel{Criteria: []jury.Criterion{{Name: "merit", Max: 100}}, Assessors: len(rows[0]), Initiatives: len(rows)}
	for i, row := range rows {
		for j, n := range row {
			if n >= 0 {
				p.Cards = append(p.Cards, jury.Card{Assessor: j, Initiative: i, Points: []int{n}})
			}
		}
	}
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	return p
}

func rats(values []*big.Rat) string {
	var out []string
	for _, v := range values {
		if v == nil {
			out = append(out, "-")
			continue
		}
		out = append(out, v.RatString())
	}
	return strings.Join(out, " ")
}

func TestTotalsAreWeighted(t *testing.T) {
	p := &jury.Panel{Assessors: 1, Initiatives: 1, Criteria: []jury.Criterion{{Name: "need", Max: 10, Weight: big.NewRat(3, 2)}, {Name: "cost", Max: 5}},
		Cards: []jury.Card{{Points: []int{7, 4}}}}
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	if got := p.Total(p.Cards[0]); got.Cmp(big.NewRat(29, 2)) != 0 || p.MaxTotal().Cmp(big.NewRat(20, 1)) != 0 {
		t.Errorf("total %s of %s, want 29/2 of 20", got, p.MaxTotal())
	}
}

func TestCardsThatCannotBeAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*jury.Panel){
		"marked initiative 0 twice":    func(p *jury.Panel) { p.Cards = append(p.Cards, p.Cards[0]) },
		"gives 101 points":             func(p *jury.Panel) { p.Cards[0].Points = []int{101} },
		"gives -1 points":              func(p *jury.Panel) { p.Cards[0].Points = []int{-1} },
		"has 2 marks":                  func(p *jury.Panel) { p.Cards[0].Points = []int{1, 2} },
		"of assessor 2 for":            func(p *jury.Panel) { p.Cards[0].Assessor = 2 },
		"for initiative -1":            func(p *jury.Panel) { p.Cards[0].Initiative = -1 },
		"0 criteria":                   func(p *jury.Panel) { p.Criteria = nil },
		"expected both above 0":        func(p *jury.Panel) { p.Criteria[0].Weight = new(big.Rat) },
		"101 assessors, 2 initiatives": func(p *jury.Panel) { p.Assessors = 101 },
	} {
		p := panel(t, [][]int{{1, 2}, {3, 4}})
		spoil(p)
		if err := p.Check(); !errors.Is(err, jury.ErrPanel) || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want %q", err, name)
		}
	}
}

// Assessor 1 gives ten points more than 0, and 2 five less. With that taken away
// the initiatives are worth 50, 60, 70 and 40, whoever saw them.
func TestSeverityIsFoundExactly(t *testing.T) {
	p := panel(t, [][]int{{50, 60, -1}, {60, -1, 55}, {-1, 80, 65}, {40, -1, -1}})
	c, err := p.Severity()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := rats(c.Mildness), "-5/3 25/3 -20/3"; got != want {
		t.Errorf("mildness %s, want %s", got, want)
	}
	if got, want := rats(c.Values), "155/3 185/3 215/3 125/3"; got != want { // all 5/3 higher, the mean mildness
		t.Errorf("values %s, want %s", got, want)
	}
	if got := rats(p.Means()); got == rats(c.Values) {
		t.Error("plain means would have been as good")
	}
}

func TestSeverityIsRefusedWhereItCannotBeTold(t *testing.T) {
	p := panel(t, [][]int{{50, 60, -1, -1}, {40, -1, -1, -1}, {-1, -1, 70, 20}, {-1, -1, -1, -1}})
	_, err := p.Severity()
	var apart *jury.Disconnected
	if !errors.As(err, &apart) || len(apart.Parts) != 2 || !slices.Equal(apart.Parts[0], []int{0, 1}) || !slices.Equal(apart.Parts[1], []int{2}) {
		t.Errorf("got %v", err)
	}
}

// tables are panels that hang together or not, as it comes.
func tables(t *rapid.T) *jury.Panel {
	p := &jury.Panel{Criteria: []jury.Criterion{{Name: "merit", Max: 20}}, Assessors: rapid.IntRange(1, 5).Draw(t, "assessors"), Initiatives: rapid.IntRange(1, 6).Draw(t, "initiatives")}
	for i := range p.Initiatives {
		for j := range p.Assessors {
			if n := rapid.IntRange(-8, 20).Draw(t, "points"); n >= 0 {
				p.Cards = append(p.Cards, jury.Card{Assessor: j, Initiative: i, Points: []int{n}})
			}
		}
	}
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	return p
}

// At the least sum of squares, what is left adds up to 0 over the cards of each
// assessor and of each initiative.
func TestSeverityIsTheLeastSumOfSquares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := tables(t)
		c, err := p.Severity()
		if err != nil {
			return
		}
		left := map[string]*big.Rat{}
		sum := new(big.Rat)
		add := func(key string, v *big.Rat) {
			if left[key] == nil {
				left[key] = new(big.Rat)
			}
			left[key].Add(left[key], v)
		}
		for _, card := range p.Cards {
			e := new(big.Rat).Sub(p.Total(card), c.Values[card.Initiative])
			e.Sub(e, c.Mildness[card.Assessor])
			add("initiative"+string(rune('0'+card.Initiative)), e)
			add("assessor"+string(rune('0'+card.Assessor)), e)
		}
		for _, b := range c.Mildness {
			if b != nil {
				sum.Add(sum, b)
			}
		}
		for key, v := range left {
			if v.Sign() != 0 {
				t.Fatalf("%s: %s left", key, v)
			}
		}
		if sum.Sign() != 0 {
			t.Fatalf("mildness adds up to %s", sum)
		}
		if p.Complete() && rats(c.Values) != rats(p.Means()) {
			t.Fatalf("values %s of a complete design, want the means %s", rats(c.Values), rats(p.Means()))
		}
	})
}

func TestThirdAssessorDecidesWithTheNearer(t *testing.T) {
	p := panel(t, [][]int{{80, 50, 70}, {80, 78, -1}, {90, 40, 65}, {30, 80, 50}, {10, 90, -1}})
	if got := p.NeedThird(big.NewRat(10, 1)); !slices.Equal(got, []int{4}) {
		t.Errorf("third needed for %v, want 4 (others agree or have one)", got)
	}
	// 70 is nearer to 80; two agree; 65 lies in the middle; 50 is nearer to 30.
	if got, want := rats(p.Settle([]int{2, -1, 2, 2, -1})), "75 79 65 40 50"; got != want {
		t.Errorf("scores %s, want %s", got, want)
	}
}

func TestMinimaOfTotalAndCriteria(t *testing.T) {
	p := &jury.Panel{Assessors: 2, Initiatives: 3, Criteria: []jury.Criterion{{Name: "need", Max: 10, Minimum: big.NewRat(5, 1)}, {Name: "budget", Max: 10}}}
	for i, marks := range [][2]int{{6, 9}, {4, 10}, {9, 1}} {
		p.Cards = append(p.Cards, jury.Card{Assessor: 0, Initiative: i, Points: marks[:]}, jury.Card{Assessor: 1, Initiative: i, Points: marks[:]})
	}
	v := p.Judge(p.Means(), big.NewRat(12, 1))
	if !v[0].Passes || v[1].Passes || !slices.Equal(v[1].Failed, []int{0}) || v[2].Passes || v[2].Total {
		t.Errorf("%+v", v)
	}
	if got := jury.Gate(v); !slices.Equal(got, []bool{true, false, false}) {
		t.Errorf("gate %v", got)
	}
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tolerance {
		t.Errorf("%s %.4f, want %.4f", what, got, want)
	}
}

// Shrout and Fleiss 1979, table 2: six targets, four judges.
func TestIntraclassCorrelationOfShroutAndFleiss(t *testing.T) {
	r, err := panel(t, [][]int{{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}}).Reliability()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ICC(2,1)", r.Single, 0.29, 0.005)
	near(t, "ICC(2,4)", r.Average, 0.62, 0.005)
}

// Krippendorff 2011: four observers, twelve units, some without a value; the last
// unit has one value only.
func TestAlphaOfKrippendorff(t *testing.T) {
	r, err := panel(t, [][]int{{1, 1, -1, 1}, {2, 2, 3, 2}, {3, 3, 3, 3}, {3, 3, 3, 3}, {2, 2, 2, 2}, {1, 2, 3, 4},
		{4, 4, 4, 4}, {1, 1, 2, 1}, {2, 2, 2, 2}, {-1, 5, 5, 5}, {-1, -1, 1, 1}, {-1, 3, -1, -1}}).Reliability()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ordinal alpha", r.Ordinal, 0.815, 0.0005)
	near(t, "interval alpha", r.Interval, 0.849, 0.0005)
	if !math.IsNaN(r.Single) {
		t.Error("ICC of an incomplete design")
	}
}

func TestReliabilityOfTooFewIsRefused(t *testing.T) {
	if _, err := panel(t, [][]int{{1, 2}, {3, -1}}).Reliability(); !errors.Is(err, jury.ErrTooFew) {
		t.Errorf("got %v", err)
	}
}

func TestStabilityTellsFirmPlacesFromLooseOnes(t *testing.T) {
	p := panel(t, [][]int{{90, 91, 92, 95}, {80, 82, 81, 85}, {50, 70, 40, 60}, {60, 40, 70, 50}, {10, 12, 9, 11}})
	s := p.Stability(3, 500, 1)
	for i, want := range []float64{1, 1, 0.5, 0.5, 0} {
		near(t, "leave one out", s.LeaveOneOut[i], want, 1e-9)
		near(t, "bootstrap", s.Bootstrap[i], want, 0.1)
	}
	again := p.Stability(3, 500, 1)
	if !slices.Equal(s.Bootstrap, again.Bootstrap) || slices.Equal(s.Bootstrap, p.Stability(3, 500, 2).Bootstrap) {
		t.Error("the seed does not decide the draws")
	}
	sum := 0.0
	for _, v := range s.Bootstrap {
		sum += v
	}
	near(t, "places given away", sum, 3, 1e-9)
}

func TestEqualScoresAreOrderedByTheKeysAndThatIsSaid(t *testing.T) {
	p := &jury.Panel{Assessors: 2, Initiatives: 4, Criteria: []jury.Criterion{{Name: "need", Max: 10}, {Name: "idea", Max: 10}}}
	for i, marks := range [][2]int{{5, 5}, {7, 3}, {5, 5}, {9, 9}} {
		p.Cards = append(p.Cards, jury.Card{Assessor: 0, Initiative: i, Points: marks[:]}, jury.Card{Assessor: 1, Initiative: i, Points: marks[:]})
	}
	places, err := p.Rank(p.Means(), jury.Order{Ties: []jury.TieKey{jury.Priority, jury.Median, jury.Fails, jury.Votes, jury.Lot}, Votes: []int{3, 9, 8, 1}, Lot: "2026"})
	if err != nil {
		t.Fatal(err)
	}
	var order []int
	var by []jury.TieKey
	for _, place := range places {
		order, by = append(order, place.Initiative), append(by, place.By)
	}
	if !slices.Equal(order, []int{3, 1, 2, 0}) || !slices.Equal(by, []jury.TieKey{"", "", jury.Priority, jury.Votes}) || places[1].Equal != 3 {
		t.Errorf("%+v", places)
	}
	for _, o := range []jury.Order{{}, {Ties: []jury.TieKey{jury.Median}}, {Ties: []jury.TieKey{jury.Lot}}, {Ties: []jury.TieKey{jury.Votes, jury.Lot}, Lot: "x"}} {
		if _, err := p.Rank(p.Means(), o); !errors.Is(err, jury.ErrOrder) {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func TestJuryAndResidentsTogether(t *testing.T) {
	scores := []*big.Rat{big.NewRat(20, 1), big.NewRat(30, 1), nil, big.NewRat(10, 1)}
	got, err := jury.ByShares([]int{60, 30, 0, 10}, scores, big.NewRat(40, 1), big.NewRat(1, 2))
	if err != nil || rats(got) != "55 105/2 - 35/2" {
		t.Errorf("by shares %s, %v", rats(got), err)
	}
	got, err = jury.ByRanks([]int{60, 30, 0, 30}, scores, big.NewRat(1, 4))
	if err != nil || rats(got) != "5/4 13/8 - 1/8" {
		t.Errorf("by ranks %s, %v", rats(got), err)
	}
	if _, err := jury.ByShares([]int{1}, scores, big.NewRat(40, 1), big.NewRat(1, 2)); !errors.Is(err, jury.ErrShares) {
		t.Errorf("got %v", err)
	}
}
