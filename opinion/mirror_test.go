package opinion_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/opinion"
)

// hall is 10 officials and 20 residents; agreeing counts how many of each agree
// with statement 0, and everybody else disagrees.
func hall(t testing.TB, officials, residents int) (*opinion.Votes, opinion.Sectors) {
	t.Helper()
	v := &opinion.Votes{}
	for p := range 30 {
		vote := opinion.Disagree
		if p < officials || p >= 10 && p < 10+residents {
			vote = opinion.Agree
		}
		if err := v.Set(p, 0, vote); err != nil {
			t.Fatal(err)
		}
	}
	return v, assigned(v, []string{"administration", "resident"}, func(p int) int { return min(p/10, 1) })
}

func guesses(from, to, about, percent int) []opinion.Guess {
	var g []opinion.Guess
	for p := from; p < to; p++ {
		g = append(g, opinion.Guess{Participant: p, About: about, Percent: percent})
	}
	return g
}

func TestMirrorShowsWhatSectorsBelieveAndWhatIs(t *testing.T) {
	v, s := hall(t, 8, 6) // 80 % of officials, 30 % of residents agree
	m := opinion.Mirror(v, s, append(guesses(10, 20, 0, 0), guesses(20, 30, 0, 100)[:2]...))
	if len(m.Beliefs) != 1 {
		t.Fatalf("%+v", m)
	}
	b := m.Beliefs[0]
	// Ten say 0, two say 100: mean 1/6, error (10·0.8 + 2·0.2)/12.
	want := opinion.Belief{From: 1, About: 0, Guesses: 12, Estimate: 1.0 / 6, Real: 0.8, Bias: 1.0/6 - 0.8, Error: 8.4 / 12}
	if b.From != 1 || b.About != 0 || b.Guesses != 12 || !near(b.Estimate, want.Estimate, 1e-12) || b.Real != 0.8 || !near(b.Bias, want.Bias, 1e-12) || !near(b.Error, want.Error, 1e-12) {
		t.Errorf("%+v\nwant %+v", b, want)
	}
	if squared := (10*0.64+2*0.04)/12 - 0.8*0.2/9; !near(b.Corrected, math.Sqrt(squared), 1e-12) {
		t.Errorf("corrected error %v, want %v", b.Corrected, math.Sqrt(squared))
	}
	// Residents stand at 30 %, officials at 80 %, and are believed at 16.7 %.
	if !near(b.Exaggeration, (0.3-1.0/6)/0.5, 1e-9) {
		t.Errorf("exaggeration %v", b.Exaggeration)
	}
	if len(m.Surprises) != 1 || !near(m.Surprises[0].Difference, 0.8-1.0/6, 1e-12) || m.Surprises[0].About != 0 {
		t.Errorf("surprises %+v", m.Surprises)
	}
	if len(m.Gaps) != 1 || !near(m.Gaps[0].Error, b.Error, 1e-12) || !near(m.Gaps[0].Corrected, b.Corrected, 1e-12) || m.Gaps[0].Statements != 1 {
		t.Errorf("gaps %+v", m.Gaps)
	}
}

func TestMirrorOfTheMirror(t *testing.T) {
	v, s := hall(t, 8, 6)
	all := guesses(0, 10, 1, 75) // officials believe that 75 % of residents agree
	for _, g := range guesses(10, 20, 0, 25) {
		g.OfUs = true // residents believe that officials believe 25 % of them agree
		all = append(all, g)
	}
	m := opinion.Mirror(v, s, all)
	if len(m.Beliefs) != 2 {
		t.Fatalf("%+v", m.Beliefs)
	}
	for _, b := range m.Beliefs {
		if b.OfUs && (b.Real != 0.75 || b.Estimate != 0.25 || !near(b.Error, 0.5, 1e-12) || b.From != 1) {
			t.Errorf("%+v", b)
		}
	}
	if len(m.Gaps) != 2 || m.Gaps[0].OfUs || !m.Gaps[1].OfUs {
		t.Errorf("%+v", m.Gaps)
	}
}

func TestGuessNeedsAnOwnVoteAndASector(t *testing.T) {
	v, s := hall(t, 8, 6)
	v.Withdraw(11, 0)
	s.Of[12] = -1
	for p := 30; p < 35; p++ { // more people without a sector, or one would hide the officials
		if err := v.Set(p, 0, opinion.Pass); err != nil {
			t.Fatal(err)
		}
	}
	given := guesses(10, 20, 0, 50)
	given = append(given, guesses(13, 14, 0, 100)...) // changes their mind
	given = append(given, guesses(13, 14, 1, 100)...) // about the own sector
	given = append(given, opinion.Guess{Participant: 99, About: 0}, opinion.Guess{Participant: -1}, opinion.Guess{Participant: 14, About: 7}, opinion.Guess{Participant: 14, Statement: 5})
	m := opinion.Mirror(v, s, given)
	if len(m.Beliefs) != 1 || m.Beliefs[0].Guesses != 8 || m.Beliefs[0].Estimate != (7*0.5+1)/8 || m.Ignored != 7 {
		t.Errorf("%+v, %d ignored", m.Beliefs, m.Ignored)
	}
}

func TestMirrorIsSilentAboutFewerThanFive(t *testing.T) {
	v, s := hall(t, 8, 6)
	if m := opinion.Mirror(v, s, guesses(10, 14, 0, 50)); len(m.Beliefs)+len(m.Gaps)+len(m.Surprises) != 0 {
		t.Errorf("four guesses are shown: %+v", m)
	}
	for p := 4; p < 10; p++ {
		v.Withdraw(p, 0)
	}
	if m := opinion.Mirror(v, s, guesses(10, 30, 0, 50)); len(m.Beliefs) != 0 {
		t.Errorf("the answer of four officials is shown: %+v", m.Beliefs)
	}
}

func TestNoiseOfASmallSectorIsTakenOut(t *testing.T) {
	// Guessers who know the true share of 60 % are wrong only because eight
	// answers out of a large sector vary; corrected, their error is zero in the mean.
	r := rand.New(rand.NewPCG(1, 1))
	squared, plain := 0.0, 0.0
	const rounds = 4000
	for range rounds {
		agree := 0
		for range 8 {
			if r.Float64() < 0.6 {
				agree++
			}
		}
		v := &opinion.Votes{}
		for p := range 20 {
			vote := opinion.Disagree
			if p < agree {
				vote = opinion.Agree
			}
			if err := v.Set(p, 0, vote); err != nil {
				t.Fatal(err)
			}
		}
		s := assigned(v, []string{"a", "b"}, func(p int) int { return min(p/8, 1) })
		b := opinion.Mirror(v, s, guesses(8, 20, 0, 60)).Beliefs[0]
		p := b.Real
		squared += (b.Estimate-p)*(b.Estimate-p) - p*(1-p)/7
		plain += b.Error
		if want := math.Sqrt(max(0, (b.Estimate-p)*(b.Estimate-p)-p*(1-p)/7)); !near(b.Corrected, want, 1e-12) {
			t.Fatalf("corrected %v, want %v", b.Corrected, want)
		}
	}
	if math.Abs(squared/rounds) > 0.002 || plain/rounds < 0.1 {
		t.Errorf("mean squared error %v after correction, plain error %v", squared/rounds, plain/rounds)
	}
}

const smallGuesses = "participant,statement,sector,percent,of-us\n2,9,resident,75,false\n10,9,ngo,25,true\n77,9,ngo,0,\n"

func TestGuessesAreRead(t *testing.T) {
	c := read(t, smallVotes)
	s, err := c.ReadSectors("s.csv", strings.NewReader("participant,sector\n10,resident\n2,ngo\n"))
	if err != nil {
		t.Fatal(err)
	}
	g, err := c.ReadGuesses("g.csv", strings.NewReader(smallGuesses), s)
	if err != nil || fmt.Sprint(g) != "[{0 0 1 false 75} {1 0 0 true 25}]" {
		t.Errorf("%v, %v", g, err)
	}
	for text, want := range map[string]string{
		"participant,statement,sector\n":                            "g.csv:1: no column percent; expected it in the first line",
		"participant,statement,sector,percent\n2,9,office,1\n":      `g.csv:2: sector "office", expected one of ngo, resident`,
		"participant,statement,sector,percent\n2,9,ngo,101\n":       `g.csv:2: percent "101", expected a whole number from 0 to 100`,
		"participant,statement,sector,percent,of-us\n2,9,ngo,1,x\n": `g.csv:2: of-us "x", expected true or false`,
	} {
		if _, err := c.ReadGuesses("g.csv", strings.NewReader(text), s); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func FuzzReadGuesses(f *testing.F) {
	f.Add([]byte("participant,sector\n10,resident\n2,ngo\n"), []byte(smallGuesses))
	f.Fuzz(func(t *testing.T, sectors, guesses []byte) {
		c, err := opinion.Read("votes", strings.NewReader(smallVotes))
		if err != nil {
			t.Fatal(err)
		}
		var refused *opinion.InputError
		s, err := c.ReadSectors("s", bytes.NewReader(sectors))
		if err != nil {
			if !errors.As(err, &refused) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		g, err := c.ReadGuesses("g", bytes.NewReader(guesses), s)
		if err != nil && !errors.As(err, &refused) {
			t.Fatalf("%T: %v", err, err)
		}
		opinion.Mirror(c.Votes, s, g)
	})
}
