package count_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/event/count"
)

func guests(n int, sector, gmina, organisation string) []count.Guest {
	return slices.Repeat([]count.Guest{{Sector: sector, Gmina: gmina, Organisation: organisation}}, n)
}

func TestOneSmallSectorTakesALargeOneWithIt(t *testing.T) {
	r := count.Public(slices.Concat(guests(10, "ngo", "A", ""), guests(7, "resident", "A", ""), guests(2, "business", "A", "")), salt)
	if r.Total != 19 || len(r.Sectors.Shown) != 1 || r.Sectors.Rest != 19-r.Sectors.Shown[0].N {
		t.Errorf("%+v", r)
	}
}

func TestFewGuestsAreNotCounted(t *testing.T) {
	r := count.Public(guests(4, "ngo", "A", "o"), salt)
	if !r.Few || r.Total != 0 || r.Sectors.Shown != nil {
		t.Errorf("%+v", r)
	}
	if r := count.Public(nil, salt); r.Few || r.Total != 0 {
		t.Errorf("nobody: %+v", r)
	}
}

// Of an NGO sector of 12 with organisations of 6 and 5, the one person who is
// left would be the only one of a third organisation.
func TestOrganisationsAreNotSubtractedFromTheirSector(t *testing.T) {
	r := count.Public(slices.Concat(guests(6, "ngo", "A", "one"), guests(5, "ngo", "A", "two"), guests(1, "ngo", "A", "three"), guests(9, "resident", "A", "")), salt)
	if len(r.Organisations.Shown) != 1 || r.Organisations.Rest < count.Least {
		t.Errorf("%+v", r.Organisations)
	}
}

func TestOneNumberAloneIsToldWhenItIsLargeEnough(t *testing.T) {
	for n, want := range map[int]bool{0: true, 1: false, 4: false, 5: true} {
		if _, told := count.One(n); told != want {
			t.Errorf("%d: %v", n, told)
		}
	}
}

// crowd draws a population: four sectors, three gminas, organisations of one
// sector each.
func crowd(t *rapid.T) []count.Guest {
	var all []count.Guest
	for i, n := 0, rapid.IntRange(0, 9).Draw(t, "groups"); i < n; i++ {
		sector := rapid.SampledFrom(sectors).Draw(t, "sector")
		organisation := ""
		if o := rapid.IntRange(0, 3).Draw(t, "organisation"); o > 0 {
			organisation = fmt.Sprint(sector, o)
		}
		all = append(all, guests(rapid.IntRange(1, 9).Draw(t, "n"), sector, rapid.SampledFrom(gminas).Draw(t, "gmina"), organisation)...)
	}
	return all
}

var (
	salt    = []byte("a secret of the installation")
	sectors = []string{"administration", "ngo", "resident", "business"}
	gminas  = []string{"A", "B", "C"}
)

// told is a published number with what everybody knows that it counts.
type told struct {
	n  int
	in func(count.Guest) bool
}

func publishedNumbers(r count.Report) []told {
	all := []told{{r.Total, func(count.Guest) bool { return true }}}
	add := func(b count.Breakdown, of func(count.Guest) string) {
		var keys []string
		for _, c := range b.Shown {
			keys = append(keys, c.Key)
			all = append(all, told{c.N, func(g count.Guest) bool { return of(g) == c.Key }})
		}
		all = append(all, told{b.Rest, func(g count.Guest) bool { return !slices.Contains(keys, of(g)) }})
	}
	add(r.Sectors, func(g count.Guest) string { return g.Sector })
	add(r.Gminas, func(g count.Guest) string { return g.Gmina })
	add(r.Organisations, func(g count.Guest) string { return g.Organisation })
	return all
}

// TestNoSubtractionFindsAFew adds and subtracts all published numbers of an
// event in every combination. Wherever the result counts a set of people, that
// set has nobody or at least Least.
func TestNoSubtractionFindsAFew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := count.Public(crowd(t), salt)
		if r.Few {
			if r.Total != 0 || len(r.Sectors.Shown)+len(r.Gminas.Shown)+len(r.Organisations.Shown) > 0 {
				t.Fatalf("something is told of a few: %+v", r)
			}
			return
		}
		var numbers []number
		for _, x := range publishedNumbers(r) {
			numbers = append(numbers, number{x.n, func(p person) bool { return x.in(p.Guest) }})
		}
		if n, found := few(numbers, universe(person{seat: true, came: true})); found {
			t.Fatalf("%d people are found by subtraction in %+v", n, r)
		}
	})
}

// person is somebody as a reader may think of them: with a seat or without, who
// came or not.
type person struct {
	count.Guest
	seat, came bool
}

// number is a published number with what everybody knows that it counts.
type number struct {
	n  int
	in func(person) bool
}

// universe is every kind of person that there may be, of each of the ways.
func universe(ways ...person) (all []person) {
	for _, way := range ways {
		for _, s := range sectors {
			for _, g := range gminas {
				for o := range 4 {
					way.Guest = count.Guest{Sector: s, Gmina: g}
					if o > 0 {
						way.Organisation = fmt.Sprint(s, o)
					}
					all = append(all, way)
				}
			}
		}
	}
	return all
}

// few adds and subtracts the numbers in every combination, and returns one that
// counts a set of people, but fewer than Least. Every third combination of eleven
// is 59,049 already: no more are tried, the first ones always.
func few(numbers []number, universe []person) (n int, found bool) {
	numbers = numbers[:min(len(numbers), 11)]
	var try func(i, sum int, in []int) bool
	try = func(i, sum int, in []int) bool {
		if i == len(numbers) {
			for _, times := range in {
				if times != 0 && times != 1 {
					return false
				}
			}
			n = sum
			return sum > 0 && sum < count.Least
		}
		for sign := -1; sign <= 1; sign++ {
			next := in
			if sign != 0 {
				next = slices.Clone(in)
				for k, p := range universe {
					if numbers[i].in(p) {
						next[k] += sign
					}
				}
			}
			if try(i+1, sum+sign*numbers[i].n, next) {
				return true
			}
		}
		return false
	}
	return n, try(0, 0, make([]int, len(universe)))
}

// TestSeatsAndWhoCameTogetherTellOfNoFew publishes how many had a seat, as the page
// does while people sign up, and afterwards who came, and puts the two together:
// for readers who know that nobody came without a seat, and for those who do not.
func TestSeatsAndWhoCameTogetherTellOfNoFew(t *testing.T) {
	inSeat, stayed, walkIn := person{seat: true, came: true}, person{seat: true}, person{came: true}
	forms := map[bool]int{}
	rapid.Check(t, func(t *rapid.T) {
		seats := crowd(t)
		came := slices.Clone(seats)
		for range min(rapid.IntRange(0, 9).Draw(t, "stayed away"), len(came)) {
			i := rapid.IntRange(0, len(came)-1).Draw(t, "who")
			came = slices.Delete(came, i, i+1)
		}
		known := universe(inSeat, stayed)
		if rapid.Bool().Draw(t, "some came without a seat") {
			known = universe(inSeat, stayed, walkIn)
			for i, n := 0, rapid.IntRange(1, 9).Draw(t, "without a seat"); i < n; i++ {
				came = append(came, count.Guest{Sector: rapid.SampledFrom(sectors).Draw(t, "sector"), Gmina: rapid.SampledFrom(gminas).Draw(t, "gmina")})
			}
		}
		r := count.Held(seats, came, salt)
		if r.Total == 0 || len(seats) < count.Least { // of few seats the page tells while people sign up, and this adds nothing
			return
		}
		forms[r.Seats]++
		numbers := []number{{len(seats), func(p person) bool { return p.seat }}}
		for _, x := range publishedNumbers(r) {
			numbers = append(numbers, number{x.n, func(p person) bool { return x.in(p.Guest) && (r.Seats && p.seat || !r.Seats && p.came) }})
		}
		if n, found := few(numbers[:min(len(numbers), 8)], known); found {
			t.Fatalf("%d had a seat, %d came: %d people are found by subtraction in %+v", len(seats), len(came), n, r)
		}
	})
	if forms[true] == 0 || forms[false] == 0 {
		t.Errorf("not both ways were tried: %v", forms)
	}
}

func TestWhereAFewStayedAwaySeatsAreCounted(t *testing.T) {
	for _, c := range []struct {
		name        string
		seats, came int
		total       int
		bySeats     bool
	}{
		{"everybody came", 20, 20, 20, true}, {"four stayed away", 20, 16, 20, true}, {"five stayed away", 20, 15, 15, false},
		{"three came without a seat", 20, 23, 20, true}, {"seven came without a seat", 20, 27, 27, false},
		{"nobody was noted", 20, 0, 0, false}, {"a few came of many", 20, 3, 0, false},
	} {
		if r := count.Held(guests(c.seats, "ngo", "A", ""), guests(c.came, "ngo", "A", ""), salt); r.Total != c.total || r.Seats != c.bySeats {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
}

// TestWhoKnowsTheRuleStillCannotTell publishes every population of up to
// fourteen in each of three sectors, under several salts. Whoever knows the rule
// but not the salt finds in none of the results a hidden sector for which only
// one small number is possible. (Large totals are left out: there the end of
// what the test draws says more than any result would.)
func TestWhoKnowsTheRuleStillCannotTell(t *testing.T) {
	const most = 14
	possible := map[string]*[3]map[int]bool{} // what was published: which numbers each sector may have
	for code := range (most + 1) * (most + 1) * (most + 1) {
		n := [3]int{code % (most + 1), code / (most + 1) % (most + 1), code / (most + 1) / (most + 1)}
		var all []count.Guest
		for i := range n {
			all = append(all, guests(n[i], sectors[i], "A", "")...)
		}
		for s := range 12 {
			r := count.Public(all, []byte{byte(s)})
			if r.Sectors.Rest > most {
				continue
			}
			key := fmt.Sprint(r.Total, r.Few, r.Sectors)
			if possible[key] == nil {
				possible[key] = &[3]map[int]bool{{}, {}, {}}
			}
			for i := range n {
				possible[key][i][n[i]] = true
			}
		}
	}
	for key, numbers := range possible {
		for i, set := range numbers {
			for n := range set {
				if len(set) == 1 && n > 0 && n < count.Least {
					t.Errorf("%s: %s can only be %d", key, sectors[i], n)
				}
			}
		}
	}
}

func TestCountsDoNotDependOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := crowd(t)
		if a, b := fmt.Sprint(count.Public(all, salt)), fmt.Sprint(count.Public(rapid.Permutation(all).Draw(t, "order"), salt)); a != b {
			t.Fatalf("%s\n%s", a, b)
		}
	})
}

func TestEverybodyIsInTheTotals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := count.Public(crowd(t), salt)
		for _, b := range []count.Breakdown{r.Sectors, r.Gminas, r.Organisations} {
			n := b.Rest
			for _, c := range b.Shown {
				n += c.N
				if c.N < count.Least {
					t.Fatalf("%+v is shown", c)
				}
			}
			if n != r.Total || b.Rest > 0 && b.Rest < count.Least {
				t.Fatalf("%+v", r)
			}
		}
	})
}
