package pabulib_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/wspolnota/wspolnota/choice"
	"github.com/wspolnota/wspolnota/choice/pabulib"
)

func ExampleRead() {
	file, err := pabulib.Read(strings.NewReader(`META
key;value
budget;100
vote_type;approval
PROJECTS
project_id;cost
a;60
b;40.50
VOTES
voter_id;vote
1;a,b
2;a
3;a,a
`), pabulib.Options{})
	if err != nil {
		fmt.Println(err) // line 7: …
		return
	}
	fmt.Println(file.Ballots.Voters(), "voters,", file.Ballots.Distinct(), "different ballots")
	fmt.Println(file.Problems.First[file.Problems.Count-1])
	// Output:
	// 3 voters, 2 different ballots
	// line 13: vote names a twice; expected each project once, and counted once
}

func ExampleNewWriter() {
	w, err := pabulib.NewWriter(os.Stdout, pabulib.Header{
		Meta:   pabulib.Meta{{Key: "unit", Value: "Nigdzie"}, {Key: "vote_type", Value: "approval"}},
		Budget: 100_00, Projects: []pabulib.Project{{Project: choice.Project{ID: "a", Name: "Benches; new", Cost: 60_00}}},
	}, "voter_id", "vote")
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := w.Vote("1", []int{0}); err != nil {
		fmt.Println(err)
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// META
	// key;value
	// unit;Nigdzie
	// vote_type;approval
	// budget;100
	// PROJECTS
	// project_id;cost;name
	// a;60;"Benches; new"
	// VOTES
	// voter_id;vote
	// 1;a
}
