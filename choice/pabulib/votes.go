package pabulib

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strconv"

	"github.com/wspolnota/wspolnota/choice"
)

// Reader gives the votes of a file one by one.
type Reader struct {
	Header
	VoteColumns []string

	rows     *rows
	strict   bool
	problems Problems

	minLength, maxLength, maxPoints, maxSum int // -1: not said
	standard                                int // points of what a ballot does not list

	ids                 map[string]int
	numbers             []int16 // ids that are small numbers, by the number
	voter, vote, points int     // columns
	seen                []int   // by project: the line that named it last
	voters              voterSet
}

// Vote is one row of VOTES. Its slices are valid until the next call of Next.
type Vote struct {
	Line     int
	Voter    []byte
	Projects []int // positions in Header.Projects, as the voter listed them
	Points   []int // beside Projects where the file is cumulative or scoring
}

// Problems are those met so far.
func (r *Reader) Problems() Problems { return r.problems }

// Column is the cell of the last vote in a named column, "" where there is none.
func (r *Reader) Column(name string) string {
	if i := slices.Index(r.VoteColumns, name); i >= 0 && i < len(r.rows.cells) {
		return string(r.rows.cells[i])
	}
	return ""
}

func (r *Reader) readVotesHeader() error {
	cells, err := r.row()
	if err != nil {
		return err
	}
	if r.VoteColumns, err = r.columns(cells, "voter_id"); err != nil {
		return err
	}
	r.voter, r.vote = slices.Index(r.VoteColumns, "voter_id"), slices.Index(r.VoteColumns, "vote")
	r.points = slices.Index(r.VoteColumns, "points")
	if r.vote < 0 {
		return r.rows.errorf("VOTES have no column vote; expected one")
	}
	if r.Kind == choice.Points && r.points < 0 {
		return r.rows.errorf("VOTES have no column points; expected one where vote_type is cumulative or scoring")
	}
	r.voters.init()
	return nil
}

// Next reads the next vote into v. At the end of the file it gives io.EOF.
func (r *Reader) Next(v *Vote) error {
	cells, err := r.row()
	if err != nil {
		return err
	}
	needed := max(r.voter, r.vote)
	if r.Kind == choice.Points {
		needed = max(needed, r.points)
	}
	if len(cells) != len(r.VoteColumns) {
		if err := r.fits(cells, r.VoteColumns, needed); err != nil {
			return err
		}
	}
	v.Line, v.Voter = r.rows.line, bytes.TrimSpace(cells[r.voter])
	v.Projects, v.Points = v.Projects[:0], v.Points[:0]
	if err := r.readVoter(v.Voter); err != nil {
		return err
	}
	if r.Kind == choice.Points {
		err = r.readPoints(v, cells[r.vote], cells[r.points])
	} else {
		err = r.readList(v, cells[r.vote])
	}
	if err != nil {
		return err
	}
	return r.checkLength(v)
}

func (r *Reader) readVoter(id []byte) error {
	if len(id) == 0 {
		return r.problem(r.rows.line, "a vote without voter_id; expected one")
	}
	if r.voters.add(id) {
		return nil
	}
	return r.problem(r.rows.line, "voter %s has voted above already; expected each voter_id once", shorten(string(id)))
}

// readList reads the projects of a vote, each once.
func (r *Reader) readList(v *Vote, list []byte) error {
	for len(list) > 0 {
		id, rest, _ := bytes.Cut(list, []byte(","))
		list = rest
		c, ok, err := r.pick(id)
		if err != nil {
			return err
		}
		if ok {
			v.Projects = append(v.Projects, c)
		}
	}
	return nil
}

// pick finds a project by its id. Not ok: it is not to be counted.
func (r *Reader) pick(id []byte) (c int, ok bool, err error) {
	c, known := r.find(id)
	if !known {
		trimmed := bytes.TrimSpace(id)
		if c, known = r.find(trimmed); !known {
			return 0, false, r.problem(r.rows.line, "vote for %q; expected ids of projects separated by commas", shorten(string(id)))
		}
		if err := r.problem(r.rows.line, "blanks around %s in a vote; expected none", trimmed); err != nil {
			return 0, false, err
		}
	}
	if r.seen[c] == r.rows.line {
		return 0, false, r.problem(r.rows.line, "vote names %s twice; expected each project once, and counted once", id)
	}
	r.seen[c] = r.rows.line
	return c, true, nil
}

// readPoints reads the two lists of a vote with points, which go together.
func (r *Reader) readPoints(v *Vote, list, points []byte) error {
	sum := 0
	for len(list) > 0 || len(points) > 0 {
		if len(list) == 0 || len(points) == 0 {
			return r.rows.errorf("lists of different length in vote and points; expected points for each project")
		}
		id, ids, _ := bytes.Cut(list, []byte(","))
		number, numbers, _ := bytes.Cut(points, []byte(","))
		list, points = ids, numbers
		n, err := strconv.Atoi(string(bytes.TrimSpace(number)))
		if err != nil || n < 0 || n > choice.MaxPoints {
			return r.rows.errorf("points %q; expected a whole number from 0 to %d", shorten(string(number)), choice.MaxPoints)
		}
		c, ok, err := r.pick(id)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if r.maxPoints >= 0 && n > r.maxPoints {
			if err := r.problem(r.rows.line, "%d points for %s; expected at most %d", n, id, r.maxPoints); err != nil {
				return err
			}
		}
		sum += n
		v.Projects, v.Points = append(v.Projects, c), append(v.Points, n)
	}
	if r.maxSum >= 0 && sum > r.maxSum {
		if err := r.problem(r.rows.line, "%d points together; expected at most %d", sum, r.maxSum); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) checkLength(v *Vote) error {
	n := len(v.Projects)
	if r.maxLength >= 0 && n > r.maxLength {
		return r.problem(r.rows.line, "%d projects in a vote; expected at most %d", n, r.maxLength)
	}
	if n < max(r.minLength, 1) {
		if err := r.problem(r.rows.line, "%d projects in a vote; expected at least %d", n, max(r.minLength, 1)); err != nil {
			return err
		}
	}
	if r.standard > 0 {
		for c := range r.Projects {
			if r.seen[c] != r.rows.line {
				v.Projects, v.Points = append(v.Projects, c), append(v.Points, r.standard)
			}
		}
	}
	return nil
}

// find looks an id up: by its value where ids are small numbers, which they
// mostly are, else by its text.
func (r *Reader) find(id []byte) (int, bool) {
	n := 0
	for _, d := range id {
		if d < '0' || d > '9' || n >= len(r.numbers) {
			c, ok := r.ids[string(id)]
			return c, ok
		}
		n = 10*n + int(d-'0')
	}
	if n >= len(r.numbers) || len(id) == 0 || id[0] == '0' {
		c, ok := r.ids[string(id)]
		return c, ok
	}
	return int(r.numbers[n]), r.numbers[n] >= 0
}

// numbered makes the table of ids that are numbers without leading zeros, below
// one hundred thousand.
func numbered(ids map[string]int) []int16 {
	var table []int16
	for id, c := range ids {
		n, err := strconv.Atoi(id)
		if err != nil || n < 1 || n >= 100_000 || id != strconv.Itoa(n) {
			continue
		}
		for len(table) <= n {
			table = append(table, -1)
		}
		table[n] = int16(c)
	}
	return table
}

// voterSet remembers who has voted, as 64 bits of a keyed hash each: with a
// million voters the chance of taking two for one is below 3 in 10^8, and an
// id that is no longer needed is not kept.
type voterSet struct {
	seed  maphash.Seed
	table []uint64
	count int
}

func (s *voterSet) init() { s.seed, s.table = maphash.MakeSeed(), make([]uint64, 1024) }

// add reports whether the id is new.
func (s *voterSet) add(id []byte) bool {
	if 2*s.count >= len(s.table) {
		old := s.table
		s.table = make([]uint64, 2*len(old))
		for _, h := range old {
			if h != 0 {
				s.table[s.slot(h)] = h
			}
		}
	}
	h := max(maphash.Bytes(s.seed, id), 1) // 0 marks an empty slot
	i := s.slot(h)
	if s.table[i] == h {
		return false
	}
	s.table[i] = h
	s.count++
	return true
}

func (s *voterSet) slot(h uint64) uint64 {
	mask := uint64(len(s.table) - 1)
	i := h & mask
	for s.table[i] != 0 && s.table[i] != h {
		i = (i + 1) & mask
	}
	return i
}
