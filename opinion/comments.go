package opinion

import (
	"cmp"
	"errors"
	"io"
	"strings"
)

// ReadComments adds the texts of the statements from a comments.csv of Polis
// and takes out of the map what was moderated out (moderated -1) or is about
// the debate itself (is-meta true). Statements on which nobody voted are
// skipped. The columns agrees and disagrees, where there are any, must fit the
// votes: if they fit only with the signs exchanged, the file is refused.
// Errors are *InputError; then the conversation is unchanged.
func (c *Conversation) ReadComments(name string, r io.Reader) error {
	s, err := open(name, r)
	if err != nil {
		return err
	}
	id, err := s.need("comment-id", "statement")
	text, err2 := s.need("comment-body", "text")
	if err := cmp.Or(err, err2); err != nil {
		return err
	}
	place := map[string]int{}
	for i, statement := range c.Statements {
		place[statement.ID] = i
	}
	read := append([]Statement(nil), c.Statements...)
	out := make([]bool, len(read))
	seen := map[string]bool{}
	var sign signs
	for {
		row, err := s.read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		name, err := s.once(seen, "statement", row[id], MaxStatements)
		if err != nil {
			return err
		}
		i, voted := place[name]
		if !voted {
			continue
		}
		if out[i], read[i].Meta, err = s.moderation(row); err != nil {
			return err
		}
		read[i].Text = strings.TrimSpace(row[text])
		if a, d := s.column("agrees"), s.column("disagrees"); a >= 0 && d >= 0 {
			sign.add(c.Votes.Tally(i), row[a], row[d])
		}
	}
	if sign.reversed() {
		return s.refuse(0, "%s", reversedSigns)
	}
	c.Statements = read
	for i := range out {
		c.Votes.out[i] = out[i] || read[i].Meta
	}
	return nil
}

// moderation reads whether a statement is out, and whether it is meta.
func (s *sheet) moderation(row []string) (out, meta bool, err error) {
	if i := s.column("moderated"); i >= 0 {
		switch strings.TrimSpace(row[i]) {
		case "-1":
			out = true
		case "0", "1", "":
		default:
			return false, false, s.refuse(s.line, "moderated %q, expected -1 (out), 0 or 1", row[i])
		}
	}
	meta, err = s.yes("is-meta", row)
	return out, meta, err
}
