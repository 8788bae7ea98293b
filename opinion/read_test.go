package opinion_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/opinion"
)

const smallVotes = "timestamp,datetime,comment-id,voter-id,vote\n" +
	"3,x,10,2,1\n" + "2,x,10,2,-1\n" + "1,x,9,10,0\n" + "5,x,9,2,-1\n" + "5,x,9,2,1\n"

func read(t testing.TB, text string) *opinion.Conversation {
	t.Helper()
	c, err := opinion.Read("votes.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func vote(c *opinion.Conversation, who, what string) string {
	s := slices.IndexFunc(c.Statements, func(s opinion.Statement) bool { return s.ID == what })
	if v, ok := c.Votes.Of(person(c, who), s); ok {
		return v.String()
	}
	return "none"
}

func TestLastVoteOfTheLogStands(t *testing.T) {
	c := read(t, smallVotes)
	if !slices.Equal(c.Participants, []string{"2", "10"}) || c.Statements[0].ID != "9" || c.Events != 5 || c.Votes.Count() != 3 {
		t.Errorf("%v, %v, %d events, %d votes", c.Participants, c.Statements, c.Events, c.Votes.Count())
	}
	for _, tt := range [][3]string{{"2", "10", "agree"}, {"10", "9", "pass"}, {"2", "9", "agree"}, {"10", "10", "none"}} {
		if got := vote(c, tt[0], tt[1]); got != tt[2] {
			t.Errorf("vote of %s on %s is %s, want %s", tt[0], tt[1], got, tt[2])
		}
	}
}

func TestWithdrawnVoteOfALogIsGone(t *testing.T) {
	var log opinion.Collector
	for _, step := range []error{
		log.Add("a", "s", opinion.Agree, 1), log.Add("b", "s", opinion.Pass, 1), log.Withdraw("a", "s", 2),
		log.Withdraw("b", "s", 3), log.Add("b", "s", opinion.Disagree, 4),
	} {
		if step != nil {
			t.Fatal(step)
		}
	}
	c := log.Conversation()
	if vote(c, "a", "s") != "none" || vote(c, "b", "s") != "disagree" || c.Votes.Count() != 1 || c.Events != 5 {
		t.Errorf("%s, %s, %d votes of %d events", vote(c, "a", "s"), vote(c, "b", "s"), c.Votes.Count(), c.Events)
	}
	if err := log.Add("a", "s", 2, 5); !errors.Is(err, opinion.ErrVote) {
		t.Errorf("vote 2: %v", err)
	}
}

func TestPeopleExportIsTheSameConversation(t *testing.T) {
	people := "participant,group-id,n-comments,n-votes,n-agree,n-disagree,9,10\n2,0,0,2,2,0,1,1\n10,,0,1,0,0,0,\n"
	a, b := read(t, smallVotes), read(t, people)
	if fmt.Sprint(a.Participants, a.Statements) != fmt.Sprint(b.Participants, b.Statements) {
		t.Errorf("%v and %v", a, b)
	}
	for _, who := range a.Participants {
		for _, s := range a.Statements {
			if vote(a, who, s.ID) != vote(b, who, s.ID) {
				t.Errorf("%s on %s: %s and %s", who, s.ID, vote(a, who, s.ID), vote(b, who, s.ID))
			}
		}
	}
}

func TestFileIsReadInEveryDress(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	fmt.Fprint(z, smallVotes)
	z.Close()
	for name, text := range map[string]string{
		"gzip": packed.String(), "semicolons": strings.ReplaceAll(smallVotes, ",", ";"), "byte order mark": "\ufeff" + smallVotes,
		"Windows": strings.ReplaceAll(smallVotes, "\n", "\r\n"), "own names": strings.NewReplacer("comment-id", "Statement", "voter-id", "participant").Replace(smallVotes),
	} {
		if c := read(t, text); c.Votes.Count() != 3 || vote(c, "2", "9") != "agree" {
			t.Errorf("%s: %d votes", name, c.Votes.Count())
		}
	}
}

func TestBadVotesAreRefusedWithTheirLine(t *testing.T) {
	const head = "comment-id,voter-id,vote\n"
	const people = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,1,2\n"
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "f.csv: empty, expected a line of column names"},
		{"another table", "a,b\n1,2\n", "f.csv:1: neither votes.csv nor participants-votes.csv; expected the columns voter-id, comment-id, vote or participant, n-agree, n-disagree"},
		{"no voter", "comment-id,vote\n1,1\n", "f.csv:1: no column voter-id or participant; expected it in the first line"},
		{"no votes", head, "f.csv: no votes below the first line"},
		{"vote of two", head + "1,1,1\n1,2,2\n", `f.csv:3: vote "2", expected 1 (agree), 0 (pass) or -1 (disagree)`},
		{"short line", head + "1,1\n", "f.csv:2: 2 columns, expected 3 as in the first line"},
		{"nobody", head + "1,,1\n", "f.csv:2: participant is empty"},
		{"time", "timestamp," + head + "noon,1,1,1\n", `f.csv:2: timestamp "noon", expected a whole number of milliseconds`},
		{"bytes", head + "1,\xff,1\n", "f.csv:2: not text: expected UTF-8"},
		{"quotation", head + "1,\"a,1\n", `f.csv:2: extraneous or missing " in quoted-field`},
		{"gzip cut short", "\x1f\x8b\x08", "f.csv: not a gzip file: unexpected EOF"},
		{"long id", head + "1," + strings.Repeat("x", 129) + ",1\n", "f.csv:2: participant of 129 bytes, expected at most 128"},
		{"person twice", people + "1,,0,0,0,0,1,\n1,,0,0,0,0,1,\n", `f.csv:3: participant "1" a second time`},
		{"statement twice", "participant,group-id,n-comments,n-votes,n-agree,n-disagree,1,1\n", `f.csv:1: statement "1" a second time`},
		{"signs the other way", people + "1,,0,2,0,2,1,1\n2,,0,2,0,2,1,1\n", "f.csv: the counts of agreement fit only if -1 means agree; expected 1 for agree, as in the exports of Polis (its database holds the opposite)"},
	} {
		_, err := opinion.Read("f.csv", strings.NewReader(tt.text))
		var refused *opinion.InputError
		if !errors.As(err, &refused) || err.Error() != tt.want {
			t.Errorf("%s: %v\nwant %s", tt.name, err, tt.want)
		}
	}
}

func TestCommentsModerateAndName(t *testing.T) {
	c := read(t, smallVotes)
	err := c.ReadComments("comments.csv", strings.NewReader("comment-id,agrees,disagrees,moderated,is-meta,comment-body\n9,1,0,-1,false,\"Bus,\nagain\"\n10,1,0,1,t,Why\n77,0,0,0,,Unvoted\n"))
	if err != nil {
		t.Fatal(err)
	}
	if c.Statements[0].Text != "Bus,\nagain" || !c.Votes.Moderated(0) || !c.Votes.Moderated(1) || !c.Statements[1].Meta || c.Statements[0].Meta {
		t.Errorf("%+v, out: %v %v", c.Statements, c.Votes.Moderated(0), c.Votes.Moderated(1))
	}
}

func TestBadCommentsChangeNothing(t *testing.T) {
	const head = "comment-id,agrees,disagrees,moderated,comment-body\n"
	for _, tt := range []struct{ name, text, want string }{
		{"no texts", "comment-id\n1\n", "f.csv:1: no column comment-body or text; expected it in the first line"},
		{"moderated 5", head + "9,1,0,5,x\n", `f.csv:2: moderated "5", expected -1 (out), 0 or 1`},
		{"twice", head + "9,1,0,1,x\n9,1,0,1,x\n", `f.csv:3: statement "9" a second time`},
		{"signs", head + "9,0,1,-1,x\n10,0,1,1,x\n", "f.csv: the counts of agreement fit only if -1 means agree; expected 1 for agree, as in the exports of Polis (its database holds the opposite)"},
	} {
		c := read(t, smallVotes)
		if err := c.ReadComments("f.csv", strings.NewReader(tt.text)); err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v\nwant %s", tt.name, err, tt.want)
		}
		if c.Statements[0].Text != "" || c.Votes.Moderated(0) {
			t.Errorf("%s: half of it was taken", tt.name)
		}
	}
}

func TestSignsOfReferenceExportsAreChecked(t *testing.T) {
	for _, set := range conversations {
		c := conversation(t, set)
		if err := c.ReadComments("comments.csv.gz", file(t, set+"/comments.csv.gz")); err != nil {
			t.Error(err)
		}
	}
}

// written is a conversation as votes.csv, in an order of choice.
func written(c *opinion.Conversation, order func([]string)) string {
	var lines []string
	for p, who := range c.Participants {
		for s, statement := range c.Statements {
			if v, ok := c.Votes.Of(p, s); ok {
				lines = append(lines, fmt.Sprintf("%q,%q,%d\n", statement.ID, who, v))
			}
		}
	}
	if order != nil {
		order(lines)
	}
	return "comment-id,voter-id,vote\n" + strings.Join(lines, "")
}

func TestOrderOfLinesLeavesNoTrace(t *testing.T) {
	c := read(t, smallVotes)
	rapid.Check(t, func(t *rapid.T) {
		text := written(c, func(lines []string) {
			copy(lines, rapid.Permutation(slices.Clone(lines)).Draw(t, "order"))
		})
		again, err := opinion.Read("again", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := written(again, nil); got != written(c, nil) {
			t.Fatalf("read %s, want %s", got, written(c, nil))
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(smallVotes))
	f.Add([]byte("participant,group-id,n-comments,n-votes,n-agree,n-disagree,9,10\n2,0,0,2,2,0,1,1\n10,,0,1,0,0,0,\n"))
	f.Add([]byte("comment-id;voter-id;vote\n\"a\nb\";x;1.0\n"))
	f.Add([]byte("\x1f\x8b\x08\x00"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := opinion.Read("f", bytes.NewReader(text))
		var refused *opinion.InputError
		if err != nil {
			if !errors.As(err, &refused) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		n := 0
		for s := range c.Statements {
			n += c.Votes.Tally(s).Votes()
		}
		if n != c.Votes.Count() || c.Events < n {
			t.Fatalf("%d votes, tallies say %d, events %d", c.Votes.Count(), n, c.Events)
		}
		if _, err := opinion.Compute(c.Votes, opinion.Options{}, nil); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzReadComments(f *testing.F) {
	f.Add([]byte("comment-id,agrees,disagrees,moderated,is-meta,comment-body\n9,1,0,-1,false,\"Bus,\nagain\"\n10,1,0,1,t,Why\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := opinion.Read("votes", strings.NewReader(smallVotes))
		if err != nil {
			t.Fatal(err)
		}
		var refused *opinion.InputError
		if err := c.ReadComments("f", bytes.NewReader(text)); err != nil && !errors.As(err, &refused) {
			t.Fatalf("%T: %v", err, err)
		}
	})
}
