package seating_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/event/seating"
)

var sectors = []string{"administration", "ngo", "resident", "business"}

// crowd draws people; organisations belong to one sector mostly, as in life.
func crowd(t *rapid.T) []seating.Person {
	n := rapid.IntRange(0, 45).Draw(t, "people")
	people := make([]seating.Person, n)
	for i := range people {
		sector := rapid.SampledFrom(sectors).Draw(t, "sector")
		organisation := ""
		if o := rapid.IntRange(0, 8).Draw(t, "organisation"); o > 0 {
			organisation = fmt.Sprint(sector, o)
			if o == 8 {
				organisation = "of all sectors"
			}
		}
		people[i] = seating.Person{ID: fmt.Sprintf("%03d", i), Sector: sector, Organisation: organisation}
	}
	return people
}

func sizes(plan [][]int) (least, most int) {
	least = len(plan[0])
	for _, table := range plan {
		least, most = min(least, len(table)), max(most, len(table))
	}
	return least, most
}

func of(people []seating.Person, table []int, sector string) (n int) {
	for _, i := range table {
		if people[i].Sector == sector {
			n++
		}
	}
	return n
}

func everybodyOnce(t interface{ Fatalf(string, ...any) }, people []seating.Person, plan [][]int) {
	seen := map[int]bool{}
	for _, table := range plan {
		for _, i := range table {
			if seen[i] {
				t.Fatalf("person %d sits twice", i)
			}
			seen[i] = true
		}
	}
	if len(seen) != len(people) {
		t.Fatalf("%d of %d sit", len(seen), len(people))
	}
}

func TestEverybodySitsOnceAtTablesOfOneSize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people, tables := crowd(t), rapid.IntRange(1, 7).Draw(t, "tables")
		plan := seating.Propose(people, tables, nil, rapid.Uint64().Draw(t, "seed"))
		everybodyOnce(t, people, plan)
		if least, most := sizes(plan); len(plan) != tables || most-least > 1 {
			t.Fatalf("%d tables of %d to %d", len(plan), least, most)
		}
	})
}

// Where a table has a seat for each of the sectors that have enough people, each
// of them sits at each table.
func TestEverySectorWithEnoughPeopleSitsAtEveryTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people, tables := crowd(t), rapid.IntRange(1, 7).Draw(t, "tables")
		plan := seating.Propose(people, tables, nil, rapid.Uint64().Draw(t, "seed"))
		all := make([]int, len(people))
		for i := range all {
			all[i] = i
		}
		var enough []string
		for _, sector := range sectors {
			if of(people, all, sector) >= tables {
				enough = append(enough, sector)
			}
		}
		if least, _ := sizes(plan); least < len(enough) {
			return
		}
		for t2, table := range plan {
			for _, sector := range enough {
				if of(people, table, sector) == 0 {
					t.Fatalf("no %s at table %d: %v", sector, t2, plan)
				}
			}
		}
	})
}

// TestThirdOfEveryTableWherePossible asks for every set of sectors whether all
// of them could have a third of every table beside one seat for each other sector
// that has enough people. The proposal gives a third to some such set that no
// further sector could join.
func TestThirdOfEveryTableWherePossible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people, tables := crowd(t), rapid.IntRange(1, 6).Draw(t, "tables")
		plan := seating.Propose(people, tables, nil, rapid.Uint64().Draw(t, "seed"))
		n := map[string]int{}
		for _, p := range people {
			n[p.Sector]++
		}
		least, _ := sizes(plan)
		if least < len(n) {
			return // not even one of each fits
		}
		third := map[string]bool{}
		for sector := range n {
			third[sector] = !slices.ContainsFunc(plan, func(table []int) bool { return 3*of(people, table, sector) < len(table) })
		}
		possible := func(want map[string]bool) bool {
			for sector, have := range n {
				sum := 0
				for _, table := range plan {
					switch {
					case want[sector]:
						sum += (len(table) + 2) / 3
					case have >= tables:
						sum++
					}
				}
				if sum > have {
					return false
				}
			}
			for _, table := range plan {
				sum := 0
				for sector, have := range n {
					switch {
					case want[sector]:
						sum += (len(table) + 2) / 3
					case have >= tables:
						sum++
					}
				}
				if sum > len(table) {
					return false
				}
			}
			return true
		}
		for sector := range n {
			if third[sector] {
				continue
			}
			more := map[string]bool{sector: true}
			for s, has := range third {
				more[s] = more[s] || has
			}
			if possible(more) {
				t.Fatalf("%s could have a third too: %v has it of %v", sector, third, n)
			}
		}
	})
}

// The seminar of the programme: four tables of six to ten, and with three
// sectors of the same size each has a third of every table.
func TestThreeEqualSectorsShareEveryTable(t *testing.T) {
	var people []seating.Person
	for i := range 36 {
		people = append(people, seating.Person{ID: fmt.Sprintf("%02d", i), Sector: sectors[i%3], Organisation: fmt.Sprint(sectors[i%3], i/3%3)})
	}
	for table, guests := range seating.Propose(people, 4, nil, 1) {
		for _, sector := range sectors[:3] {
			if n := of(people, guests, sector); n != 3 {
				t.Errorf("table %d: %d of %s", table, n, sector)
			}
		}
	}
}

func pairs(people []seating.Person, plan [][]int) (n int) {
	for _, table := range plan {
		for k, i := range table {
			for _, j := range table[k+1:] {
				if people[i].Organisation != "" && people[i].Organisation == people[j].Organisation {
					n++
				}
			}
		}
	}
	return n
}

// Three organisations of four people in each of three sectors, at four tables:
// nobody sits with anybody of their own.
func TestOrganisationsSitApartWherePossible(t *testing.T) {
	var people []seating.Person
	for i := range 36 {
		people = append(people, seating.Person{ID: fmt.Sprintf("%02d", i), Sector: sectors[i%3], Organisation: fmt.Sprint(sectors[i%3], i/3%3)})
	}
	for seed := range uint64(20) {
		if n := pairs(people, seating.Propose(people, 4, nil, seed)); n != 0 {
			t.Errorf("seed %d: %d pairs of one organisation", seed, n)
		}
	}
}

func TestNoExchangePartsMorePeopleOfOneOrganisation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people, tables := crowd(t), rapid.IntRange(1, 6).Draw(t, "tables")
		plan := seating.Propose(people, tables, nil, rapid.Uint64().Draw(t, "seed"))
		before := pairs(people, plan)
		for a := range plan {
			for b := range a {
				for x := range plan[a] {
					for y := range plan[b] {
						if people[plan[a][x]].Sector != people[plan[b][y]].Sector {
							continue
						}
						plan[a][x], plan[b][y] = plan[b][y], plan[a][x]
						if after := pairs(people, plan); after < before {
							t.Fatalf("%d pairs, and %d after an exchange", before, after)
						}
						plan[a][x], plan[b][y] = plan[b][y], plan[a][x]
					}
				}
			}
		}
	})
}

func TestLockedSeatsStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people, tables := crowd(t), rapid.IntRange(1, 6).Draw(t, "tables")
		locked := map[string]int{}
		perTable := make([]int, tables)
		for _, p := range people {
			if rapid.IntRange(0, 3).Draw(t, "locked") == 0 {
				locked[p.ID] = rapid.IntRange(0, tables-1).Draw(t, "table")
				perTable[locked[p.ID]]++
			}
		}
		plan := seating.Propose(people, tables, locked, 7)
		everybodyOnce(t, people, plan)
		for table, guests := range plan {
			for _, i := range guests {
				if want, is := locked[people[i].ID]; is && want != table {
					t.Fatalf("%s sits at %d and not at %d", people[i].ID, table, want)
				}
			}
		}
		least, _ := sizes(plan)
		for table, guests := range plan {
			if len(guests) > least+1 && len(guests) > perTable[table] {
				t.Fatalf("table %d has %d, the least %d, and only %d locked", table, len(guests), least, perTable[table])
			}
		}
	})
}

func TestSameSeedGivesTheSameProposalInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people, tables, seed := crowd(t), rapid.IntRange(1, 6).Draw(t, "tables"), rapid.Uint64().Draw(t, "seed")
		named := func(people []seating.Person) [][]string {
			var plan [][]string
			for _, table := range seating.Propose(people, tables, nil, seed) {
				var ids []string
				for _, i := range table {
					ids = append(ids, people[i].ID)
				}
				plan = append(plan, ids)
			}
			return plan
		}
		if a, b := named(people), named(rapid.Permutation(people).Draw(t, "order")); !reflect.DeepEqual(a, b) {
			t.Fatalf("%v\n%v", a, b)
		}
	})
}

func TestThreeHundredPeopleAreSeatedAtOnce(t *testing.T) {
	var people []seating.Person
	for i := range 300 {
		people = append(people, seating.Person{ID: fmt.Sprintf("%03d", i), Sector: sectors[i%4], Organisation: fmt.Sprint(i % 40)})
	}
	everybodyOnce(t, people, seating.Propose(people, 38, nil, 1))
}
