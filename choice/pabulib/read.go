package pabulib

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/wspolnota/wspolnota/choice"
)

// Read reads a whole election, plain or gzipped.
//
// Ballots are counted as they are; a project that a ballot names twice is
// counted once, an unknown one not at all, and both are reported. Errors are
// of type *Error.
func Read(in io.Reader, o Options) (*File, error) {
	r, err := NewReader(in, o)
	if err != nil {
		return nil, err
	}
	ballots := choice.NewProfile(r.Kind)
	votes := make([]int, len(r.Projects))
	var vote Vote
	for {
		err := r.Next(&vote)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		b := choice.Ballot{Projects: vote.Projects}
		if r.Kind == choice.Points {
			b.Points = vote.Points
		}
		if err := ballots.Add(b); err != nil {
			return nil, &Error{Line: vote.Line, Text: err.Error(), err: err}
		}
		for _, c := range vote.Projects {
			votes[c]++
		}
	}
	if err := r.compare(votes, ballots.Voters()); err != nil {
		return nil, err
	}
	return &File{Header: r.Header, Ballots: ballots, Problems: r.problems}, nil
}

// compare holds what a file says of itself against what was counted.
func (r *Reader) compare(votes []int, voters int) error {
	if n, _ := r.Meta.number("num_votes"); n >= 0 && n != voters {
		if err := r.problem(r.Meta.line("num_votes", 0), "num_votes in META is %d; expected %d, the number of ballots", n, voters); err != nil {
			return err
		}
	}
	column := slices.Index(r.Columns, "votes")
	for i, p := range r.Projects {
		if column < 0 || column >= len(p.Fields) || p.Fields[column] == "" || p.Fields[column] == fmt.Sprint(votes[i]) {
			continue
		}
		if err := r.problem(p.Line, "project %s has votes %q; expected %d, the number of ballots that name it",
			shorten(p.ID), shorten(p.Fields[column]), votes[i]); err != nil {
			return err
		}
	}
	return nil
}

// NewReader reads META and PROJECTS; the votes are then read by Next.
func NewReader(in io.Reader, o Options) (*Reader, error) {
	rows, err := openRows(in)
	if err != nil {
		return nil, err
	}
	r := &Reader{rows: rows, strict: o.Strict}
	for _, step := range []func() error{r.readMeta, r.readProjects, r.readVotesHeader} {
		if err := step(); errors.Is(err, io.EOF) {
			return nil, rows.errorf("the file ends here; expected the sections META, PROJECTS and VOTES")
		} else if err != nil {
			return nil, err
		}
	}
	return r, nil
}

// problem notes something wrong, or refuses it in strict mode.
func (r *Reader) problem(line int, format string, args ...any) error {
	p := Problem{Line: line, Text: fmt.Sprintf(format, args...)}
	if r.strict {
		return &Error{Line: p.Line, Text: p.Text}
	}
	if r.problems.Count++; r.problems.Count <= maxProblems {
		r.problems.First = append(r.problems.First, p)
	}
	return nil
}

// heading tells whether a row is the heading of a section. Spreadsheets leave semicolons after
// it.
func (r *Reader) heading(cells [][]byte, name string) bool {
	return len(cells) > 0 && strings.EqualFold(string(bytes.TrimSpace(cells[0])), name) &&
		!slices.ContainsFunc(cells[1:], func(c []byte) bool { return len(bytes.TrimSpace(c)) > 0 })
}

// row gives the next row that is not blank; blank ones are a problem.
func (r *Reader) row() ([][]byte, error) {
	for {
		cells, err := r.rows.next()
		if err != nil || len(cells) > 0 {
			return cells, err
		}
		if err := r.problem(r.rows.line, "a blank line; expected a row"); err != nil {
			return nil, err
		}
	}
}

func (r *Reader) readMeta() error {
	cells, err := r.row()
	if err != nil {
		return err
	}
	if !r.heading(cells, "META") {
		return r.rows.errorf("%q; expected META, with which a .pb file begins", shorten(string(cells[0])))
	}
	if cells, err = r.row(); err != nil {
		return err
	}
	if len(cells) < 2 || name(cells[0]) != "key" || name(cells[1]) != "value" {
		return r.rows.errorf("%q; expected the header key;value", shorten(string(bytes.Join(cells, []byte(";")))))
	}
	for {
		if cells, err = r.row(); err != nil {
			return err
		}
		if r.heading(cells, "PROJECTS") {
			return r.settle()
		}
		if err := r.metaRow(cells); err != nil {
			return err
		}
	}
}

func (r *Reader) metaRow(cells [][]byte) error {
	key := name(cells[0])
	value := string(bytes.Join(cells[1:], []byte(";")))
	if _, twice := r.Meta.Get(key); twice {
		return r.rows.errorf("META has %q twice; expected each key once", shorten(key))
	}
	if key == "" || len(cells) < 2 {
		return r.rows.errorf("%q; expected key;value, or PROJECTS", shorten(string(cells[0])))
	}
	if len(r.Meta) == maxMeta {
		return r.rows.errorf("more than %d rows of META; expected PROJECTS", maxMeta)
	}
	if len(cells) > 2 && strings.Trim(value, ";") != string(cells[1]) {
		if err := r.problem(r.rows.line, "semicolons in the value of %s; expected it in quotation marks", key); err != nil {
			return err
		}
	}
	if len(cells) > 2 {
		value = strings.TrimRight(value, ";")
	}
	r.Meta = append(r.Meta, Entry{Key: key, Value: strings.TrimSpace(value), Line: r.rows.line})
	return nil
}

// obligatory are the keys that the library's checker asks for; those without
// which nothing can be counted are asked for by settle itself.
var obligatory = []string{"description", "country", "unit", "instance", "num_projects", "num_votes", "rule", "date_begin", "date_end"}

// settle takes from META what decides how votes are read.
func (r *Reader) settle() error {
	text, ok := r.Meta.Get("budget")
	if !ok {
		return r.rows.errorf("META has no budget; expected a row such as budget;1000000")
	}
	var err error
	if r.Budget, err = r.money(r.Meta.line("budget", 0), text); err != nil {
		return r.metaError("budget", "budget: %v", err)
	}
	if err := r.settleVotes(); err != nil {
		return err
	}
	missing := slices.DeleteFunc(slices.Clone(obligatory), func(key string) bool {
		v, _ := r.Meta.Get(key)
		return v != ""
	})
	if len(missing) > 0 {
		return r.problem(r.rows.line, "META has no %s; expected all that the format asks for", strings.Join(missing, ", "))
	}
	return nil
}

func (r *Reader) settleVotes() error {
	voteType, _ := r.Meta.Get("vote_type")
	switch strings.ToLower(voteType) {
	case "approval", "choose-1":
		r.Kind = choice.Approval
	case "ordinal":
		r.Kind = choice.Ordinal
	case "cumulative", "scoring":
		r.Kind = choice.Points
	default:
		return r.metaError("vote_type", "vote_type is %q; expected approval, choose-1, ordinal, cumulative or scoring", shorten(voteType))
	}
	r.minLength, r.maxLength = -1, -1
	for _, n := range []struct {
		key  string
		into *int
	}{
		{"min_length", &r.minLength}, {"max_length", &r.maxLength}, {"max_points", &r.maxPoints},
		{"max_sum_points", &r.maxSum}, {"default_score", &r.standard},
		{"num_projects", new(int)}, {"num_votes", new(int)}, {"min_project_score_threshold", new(int)},
	} {
		v, err := r.Meta.number(n.key)
		if err != nil {
			return r.metaError(n.key, "%v", err)
		}
		*n.into = v
	}
	if strings.EqualFold(voteType, "choose-1") {
		r.maxLength = 1
	}
	if !strings.EqualFold(voteType, "scoring") {
		r.standard = 0
	}
	r.standard = max(r.standard, 0)
	return nil
}

// metaError refuses the value of a key, on its line.
func (r *Reader) metaError(key, format string, args ...any) error {
	return &Error{Line: r.Meta.line(key, r.rows.line), Text: fmt.Sprintf(format, args...)}
}

// money reads an amount. A comma for the decimal point is a problem that can be
// understood.
func (r *Reader) money(line int, text string) (choice.Grosze, error) {
	v, err := choice.ParseGrosze(text)
	if whole, decimals, comma := strings.Cut(text, ","); err != nil && comma && !r.strict {
		if v, again := choice.ParseGrosze(whole + "." + decimals); again == nil {
			return v, r.problem(line, "%q has a decimal comma; expected a point", text)
		}
	}
	return v, err
}

// name reads the name of a key or column.
func name(cell []byte) string { return strings.ToLower(string(bytes.TrimSpace(cell))) }
