package opinion

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// MaxSectors is the number of sectors above which a file is refused: it then
// holds something else.
const MaxSectors = 24

// ReadSectors reads a table of the columns participant (or voter-id) and
// sector. Sectors are ordered by name; those of people who have not voted are
// left out, and an empty sector means none. Errors are *InputError.
func (c *Conversation) ReadSectors(name string, r io.Reader) (Sectors, error) {
	s, err := open(name, r)
	if err != nil {
		return Sectors{}, err
	}
	person, err := s.need("participant", "voter-id")
	sector, err2 := s.need("sector")
	if err := cmp.Or(err, err2); err != nil {
		return Sectors{}, err
	}
	place := placesOf(c.Participants)
	of, seen := make([]string, len(c.Participants)), map[string]bool{}
	for {
		row, err := s.read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Sectors{}, err
		}
		who, err := s.once(seen, "participant", row[person], MaxParticipants)
		if err != nil {
			return Sectors{}, err
		}
		if len(row[sector]) > 128 {
			return Sectors{}, s.refuse(s.line, "sector of %d bytes, expected at most 128", len(row[sector]))
		}
		if p, voted := place[who]; voted {
			of[p] = strings.TrimSpace(row[sector])
		}
	}
	return sectorsOf(s, of)
}

// sectorsOf numbers the sectors in the order of their names.
func sectorsOf(s *sheet, of []string) (Sectors, error) {
	names := slices.Clone(of)
	slices.Sort(names)
	names = slices.DeleteFunc(slices.Compact(names), func(n string) bool { return n == "" })
	if len(names) == 0 {
		return Sectors{}, s.refuse(0, "no participant of these votes has a sector")
	}
	if len(names) > MaxSectors {
		return Sectors{}, s.refuse(0, "%d different sectors, expected at most %d", len(names), MaxSectors)
	}
	out := Sectors{Names: names, Of: make([]int8, len(of))}
	for p, name := range of {
		i, found := slices.BinarySearch(names, name)
		if out.Of[p] = -1; found {
			out.Of[p] = int8(i)
		}
	}
	return out, nil
}

// ReadGuesses reads a table of the columns participant (or voter-id), statement
// (or comment-id), sector (the one guessed about) and percent, and optionally
// of-us: true where the guess is what that sector believes of the
// participant's own. Lines about people or statements without a vote are
// skipped. Errors are *InputError.
func (c *Conversation) ReadGuesses(name string, r io.Reader, sectors Sectors) ([]Guess, error) {
	s, err := open(name, r)
	if err != nil {
		return nil, err
	}
	person, err := s.need("participant", "voter-id")
	statement, err2 := s.need("statement", "comment-id")
	about, err3 := s.need("sector")
	percent, err4 := s.need("percent")
	if err := cmp.Or(err, err2, err3, err4); err != nil {
		return nil, err
	}
	people, statements := placesOf(c.Participants), map[string]int{}
	for i, statement := range c.Statements {
		statements[statement.ID] = i
	}
	var guesses []Guess
	for {
		row, err := s.read()
		if errors.Is(err, io.EOF) {
			return guesses, nil
		}
		if err != nil {
			return nil, err
		}
		g := Guess{About: slices.Index(sectors.Names, strings.TrimSpace(row[about]))}
		if g.About < 0 {
			return nil, s.refuse(s.line, "sector %q, expected one of %s", row[about], strings.Join(sectors.Names, ", "))
		}
		if g.Percent, err = strconv.Atoi(strings.TrimSpace(row[percent])); err != nil || g.Percent < 0 || g.Percent > 100 {
			return nil, s.refuse(s.line, "percent %q, expected a whole number from 0 to 100", row[percent])
		}
		if g.OfUs, err = s.yes("of-us", row); err != nil {
			return nil, err
		}
		var known, voted bool
		g.Participant, known = people[strings.TrimSpace(row[person])]
		g.Statement, voted = statements[strings.TrimSpace(row[statement])]
		if !known || !voted {
			continue
		}
		if len(guesses) >= MaxEvents {
			return nil, s.refuse(s.line, "more than %d guesses", MaxEvents)
		}
		guesses = append(guesses, g)
	}
}

func placesOf(names []string) map[string]int {
	place := make(map[string]int, len(names))
	for i, name := range names {
		place[name] = i
	}
	return place
}

// once reads an id that may stand in the table only once, and so many in all.
func (s *sheet) once(seen map[string]bool, what, field string, most int) (string, error) {
	id, err := s.id(what, field)
	if err != nil {
		return "", err
	}
	if seen[id] {
		return "", s.refuse(s.line, "%s %q a second time", what, id)
	}
	if len(seen) >= most {
		return "", s.refuse(s.line, "more than %d different ids of a %s", most, what)
	}
	seen[strings.Clone(id)] = true
	return id, nil
}

// yes reads a column of true and false, false where there is none.
func (s *sheet) yes(column string, row []string) (bool, error) {
	i := s.column(column)
	if i < 0 {
		return false, nil
	}
	switch strings.ToLower(strings.TrimSpace(row[i])) {
	case "true", "t", "1":
		return true, nil
	case "false", "f", "0", "":
		return false, nil
	}
	return false, s.refuse(s.line, "%s %q, expected true or false", column, row[i])
}
