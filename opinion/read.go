package opinion

import (
	"cmp"
	"errors"
	"io"
	"strconv"
	"strings"
)

// Read reads the votes of a conversation from an export of Polis, either of
//
//	votes.csv               timestamp,datetime,comment-id,voter-id,vote
//	participants-votes.csv  participant,group-id,n-comments,n-votes,n-agree,n-disagree,<statement>…
//
// gzip or not. votes.csv is a log: of several votes of one participant on one
// statement the latest timestamp stands and, without timestamps, the last line.
// The names participant and statement may replace voter-id and comment-id.
//
// A vote is 1 for agree, -1 for disagree, 0 for a pass; an empty cell of
// participants-votes.csv is no vote. The counts n-agree and n-disagree in that
// file show whether it means the same: if they fit only the other way round,
// the file is refused. name is used in errors, which are *InputError.
func Read(name string, r io.Reader) (*Conversation, error) {
	s, err := open(name, r)
	if err != nil {
		return nil, err
	}
	if s.column("vote") >= 0 {
		return readEvents(s)
	}
	if s.column("participant") == 0 && s.column("n-agree") > 0 {
		return readPeople(s)
	}
	return nil, s.refuse(1, "neither votes.csv nor participants-votes.csv; expected the columns voter-id, comment-id, vote or participant, n-agree, n-disagree")
}

func readEvents(s *sheet) (*Conversation, error) {
	vote, err := s.need("vote")
	person, err2 := s.need("voter-id", "participant")
	statement, err3 := s.need("comment-id", "statement")
	if err := cmp.Or(err, err2, err3); err != nil {
		return nil, err
	}
	at := s.column("timestamp")
	var c Collector
	for {
		row, err := s.read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if err := readEvent(s, &c, row, person, statement, vote, at); err != nil {
			return nil, err
		}
	}
	if c.events == 0 {
		return nil, s.refuse(0, "no votes below the first line")
	}
	return c.Conversation(), nil
}

func readEvent(s *sheet, c *Collector, row []string, person, statement, vote, at int) error {
	who, err := s.id("participant", row[person])
	if err != nil {
		return err
	}
	what, err := s.id("statement", row[statement])
	if err != nil {
		return err
	}
	v, err := s.vote(row[vote])
	if err != nil {
		return err
	}
	var when int64
	if at >= 0 {
		if when, err = strconv.ParseInt(strings.TrimSpace(row[at]), 10, 64); err != nil {
			return s.refuse(s.line, "timestamp %q, expected a whole number of milliseconds", row[at])
		}
	}
	return s.taken(c.Add(who, what, v, when))
}

// vote reads one; data frames like to write whole numbers with a point.
func (s *sheet) vote(field string) (Vote, error) {
	switch strings.TrimSpace(field) {
	case "1", "1.0":
		return Agree, nil
	case "0", "0.0", "-0.0":
		return Pass, nil
	case "-1", "-1.0":
		return Disagree, nil
	}
	return 0, s.refuse(s.line, "vote %q, expected 1 (agree), 0 (pass) or -1 (disagree)", field)
}

// taken gives a refusal of the collector its place in the file.
func (s *sheet) taken(err error) error {
	if err == nil {
		return nil
	}
	return s.refuse(s.line, "%s", strings.TrimPrefix(err.Error(), "opinion: "))
}

// readPeople reads one row per participant.
func readPeople(s *sheet) (*Conversation, error) {
	agree, err := s.need("n-agree")
	disagree, err2 := s.need("n-disagree")
	if err := cmp.Or(err, err2); err != nil {
		return nil, err
	}
	first := max(agree, disagree) + 1
	if err := s.distinct(first); err != nil {
		return nil, err
	}
	var c Collector
	var sign signs
	seen := map[string]bool{}
	for {
		row, err := s.read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		who, err := s.once(seen, "participant", row[0], MaxParticipants)
		if err != nil {
			return nil, err
		}
		t, err := readPerson(s, &c, who, row[first:], s.head[first:])
		if err != nil {
			return nil, err
		}
		sign.add(t, row[agree], row[disagree])
	}
	if c.events == 0 {
		return nil, s.refuse(0, "no votes below the first line")
	}
	if sign.reversed() {
		return nil, s.refuse(0, "%s", reversedSigns)
	}
	return c.Conversation(), nil
}

// distinct checks the ids of the statements in the head.
func (s *sheet) distinct(first int) error {
	known := map[string]bool{}
	s.line = 1
	for _, name := range s.head[first:] {
		if _, err := s.id("statement", name); err != nil {
			return err
		}
		if known[name] {
			return s.refuse(1, "statement %q a second time", name)
		}
		known[name] = true
	}
	return nil
}

// readPerson adds the votes of one row and counts them.
func readPerson(s *sheet, c *Collector, who string, row, statements []string) (Tally, error) {
	t := Tally{}
	for i, field := range row {
		if strings.TrimSpace(field) == "" {
			continue
		}
		v, err := s.vote(field)
		if err != nil {
			return t, err
		}
		if err := s.taken(c.Add(who, statements[i], v, 0)); err != nil {
			return t, err
		}
		t = t.plus(one(v))
	}
	return t, nil
}

func one(v Vote) Tally {
	switch v {
	case Agree:
		return Tally{Agree: 1}
	case Disagree:
		return Tally{Disagree: 1}
	}
	return Tally{Pass: 1}
}

// signs compares counted votes with what the file says was agreed.
type signs struct{ straight, crossed int }

const reversedSigns = "the counts of agreement fit only if -1 means agree; expected 1 for agree, as in the exports of Polis (its database holds the opposite)"

func (g *signs) add(t Tally, agree, disagree string) {
	a, err := strconv.Atoi(strings.TrimSpace(agree))
	d, err2 := strconv.Atoi(strings.TrimSpace(disagree))
	if err != nil || err2 != nil {
		return // counts are a help, not the votes
	}
	g.straight += abs(t.Agree-a) + abs(t.Disagree-d)
	g.crossed += abs(t.Agree-d) + abs(t.Disagree-a)
}

// reversed leaves room for counts of events that differ a little from votes.
func (g *signs) reversed() bool { return 2*g.crossed < g.straight }

func abs(n int) int { return max(n, -n) }
