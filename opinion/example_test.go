package opinion_test

import (
	"fmt"
	"strings"

	"github.com/wspolnota/wspolnota/opinion"
)

// A file of votes, as Polis exports it: the second vote of n1 on statement 2
// replaces the first.
func ExampleRead() {
	const votes = `timestamp,datetime,comment-id,voter-id,vote
1,,1,u1,-1
2,,1,n1,1
3,,2,n1,-1
4,,2,n1,1
`
	c, err := opinion.Read("votes.csv", strings.NewReader(votes))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Participants, c.Votes.Count(), "votes of", c.Events)
	_, err = opinion.Read("votes.csv", strings.NewReader("comment-id,voter-id,vote\n1,u1,yes\n"))
	fmt.Println(err)
	// Output:
	// [n1 u1] 3 votes of 4
	// votes.csv:2: vote "yes", expected 1 (agree), 0 (pass) or -1 (disagree)
}

// twoCamps is ten people who hold with the first three statements and against
// the next three, ten who hold the opposite, and all for the last.
func twoCamps() *opinion.Votes {
	v := &opinion.Votes{}
	for p := range 20 {
		for s := range 6 {
			vote := opinion.Agree
			if (p < 10) != (s < 3) {
				vote = opinion.Disagree
			}
			if p%5 == s { // nobody is quite like the others
				vote = opinion.Pass
			}
			_ = v.Set(p, s, vote)
		}
		_ = v.Set(p, 6, opinion.Agree)
	}
	return v
}

func ExampleCompute() {
	m, err := opinion.Compute(twoCamps(), opinion.Options{}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for g, claims := range opinion.Representative(m.Counts, m.Moderated) {
		fmt.Printf("group %d, %d people:", m.Groups[g].ID, m.Groups[g].Size)
		for _, c := range claims[:2] {
			fmt.Printf(" %vs with %d (%d of %d)", c.For, c.Statement, c.Success, c.Trials)
		}
		fmt.Println()
	}
	agree, _ := opinion.Consensus(m.All, m.Moderated)
	fmt.Println("most agree with", agree[0].Statement)
	// Output:
	// group 0, 10 people: agrees with 5 (10 of 10) agrees with 3 (8 of 10)
	// group 1, 10 people: agrees with 0 (8 of 10) agrees with 1 (8 of 10)
	// most agree with 6
}

// A Live takes votes one by one. Keep its Memory beside the votes, and the map
// will not flip nor groups change their names, after a restart either.
func ExampleLive() {
	live := opinion.NewLive(twoCamps(), opinion.Options{}, nil)
	m, err := live.Refresh()
	if err != nil {
		fmt.Println(err)
		return
	}
	near := func(at opinion.Point) int {
		for g, group := range m.Groups {
			if (group.Centre.X > 0) == (at.X > 0) {
				return g
			}
		}
		return -1
	}
	fmt.Println("group", near(live.Position(0)))
	var at opinion.Point
	for s := range 6 { // participant 0 changes sides
		vote := opinion.Agree
		if s < 3 {
			vote = opinion.Disagree
		}
		at, _ = live.Vote(0, s, vote)
	}
	fmt.Println("group", near(at))
	// Output:
	// group 1
	// group 0
}

// Six officials weigh as much as thirty residents.
func ExampleCompareStatement() {
	officials := opinion.Tally{Agree: 1, Disagree: 5}
	residents := opinion.Tally{Agree: 27, Pass: 1, Disagree: 2}
	c := opinion.CompareStatement([]opinion.Tally{officials, residents}, opinion.Tally{Agree: 28, Pass: 1, Disagree: 7})
	fmt.Printf("bridge %.2f, %v; gap %.2f, real %v\n", c.Bridge, c.Bridges, c.Gap, c.Real)
	// Output: bridge 0.19, false; gap 0.67, real true
}

// Ten officials vote, eight of them agree; ten residents guessed 25 %.
func ExampleMirror() {
	v := &opinion.Votes{}
	sectors := opinion.Sectors{Names: []string{"administration", "resident"}}
	var guesses []opinion.Guess
	for p := range 20 {
		vote := opinion.Agree
		if p%10 >= 8 {
			vote = opinion.Disagree
		}
		_ = v.Set(p, 0, vote)
		sectors.Of = append(sectors.Of, int8(p/10))
		if p >= 10 {
			guesses = append(guesses, opinion.Guess{Participant: p, Statement: 0, About: 0, Percent: 25})
		}
	}
	for _, s := range opinion.Mirror(v, sectors, guesses).Surprises {
		fmt.Printf("%.0f %% of %s agree, %.0f %% were expected\n", 100*s.Real, sectors.Names[s.About], 100*s.Estimate)
	}
	// Output: 80 % of administration agree, 25 % were expected
}

// What to ask next: statements few have seen and that divide come more often.
func ExampleNext() {
	v := twoCamps()
	_ = v.Set(0, 7, opinion.Agree) // a new statement, on which one has voted
	m, err := opinion.Compute(v, opinion.Options{}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(opinion.Next(v, 5, m.Priorities(nil), 0.5))
	fmt.Println(opinion.Next(v, 0, m.Priorities(nil), 0.5))
	// Output:
	// 7
	// -1
}
