package choice_test

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// city describes an invented election of a size that real ones have.
type city struct {
	voters, projects int
	budget           int     // złoty
	lists            float64 // share of ballots that follow a neighbour's list
}

// The cities of the benchmark: a town, a large city, and more than any in Poland.
var (
	town       = city{voters: 5_000, projects: 64, budget: 1_000_000, lists: 0.6}
	largeCity  = city{voters: 60_000, projects: 80, budget: 12_000_000, lists: 0.2}
	hugeCity   = city{voters: 1_000_000, projects: 200, budget: 100_000_000, lists: 0.2}
	likeSmalls = city{voters: 6_600, projects: 64, budget: 1_000_000, lists: 0.6}
)

// write generates the file. The same city is the same file, byte for byte.
//
// Popularity of projects is log-normal; ballots name 1 to 10 projects, 5 on
// average; costs are log-normal too, and all together ask for four times the
// budget, as is usual.
func (c city) write(w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	random := rand.New(rand.NewPCG(uint64(c.voters), uint64(c.projects)))
	fmt.Fprintf(out, "META\nkey;value\ndescription;An invented city\ncountry;Poland\nunit;Nigdzie\ninstance;2026\nnum_projects;%d\nnum_votes;%d\n"+
		"budget;%d\nvote_type;approval\nrule;equalshares/add1\ndate_begin;01.06.2026\ndate_end;15.06.2026\nPROJECTS\nproject_id;cost;name\n", c.projects, c.voters, c.budget)
	cumulated := make([]float64, c.projects)
	sum := 0.0
	for i := range cumulated {
		sum += math.Exp(0.9 * random.NormFloat64())
		cumulated[i] = sum
		cost := float64(4*c.budget) / float64(c.projects) * math.Exp(0.8*random.NormFloat64()-0.32)
		fmt.Fprintf(out, "%d;%d;Project number %d\n", 1001+i, 100*int(1+cost/100), i)
	}
	out.WriteString("VOTES\nvoter_id;vote;age;sex\n")
	pick := func() int {
		i, _ := slices.BinarySearch(cumulated, random.Float64()*sum)
		return min(i, c.projects-1)
	}
	common := make([][]int, 40) // lists that neighbours pass on
	for i := range common {
		common[i] = ballot(1+random.IntN(5), pick)
	}
	var line []byte
	for v := range c.voters {
		picks := common[random.IntN(len(common))]
		if random.Float64() >= c.lists {
			picks = ballot(1+random.IntN(5)+random.IntN(6), pick)
		}
		line = append(strconv.AppendInt(line[:0], int64(100_000+v), 10), ';')
		for i, p := range picks {
			if i > 0 {
				line = append(line, ',')
			}
			line = strconv.AppendInt(line, int64(1001+p), 10)
		}
		line = append(line, ";45;F\n"...)
		out.Write(line)
	}
	return out.Flush()
}

func ballot(n int, pick func() int) []int {
	var picks []int
	for tries := 0; len(picks) < n && tries < 50; tries++ {
		if p := pick(); !slices.Contains(picks, p) {
			picks = append(picks, p)
		}
	}
	return picks
}

// file writes the city into a file that lasts as long as the test.
func (c city) file(t testing.TB) string {
	name := filepath.Join(t.TempDir(), fmt.Sprintf("city-%d.pb", c.voters))
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.write(f); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}
