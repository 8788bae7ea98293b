// Package pabulib reads and writes elections in the .pb format of Pabulib, the
// library of participatory budgets (Faliszewski and others, IJCAI 2023).
//
// Read takes a whole file, plain or gzipped, and groups its ballots as they
// come; NewReader gives them one by one with voter and columns; NewWriter
// writes what the checker of the library accepts. Memory does not grow with
// the number of equal ballots, and what cannot be a .pb file is refused at its
// first wrong line.
//
// The format in short: three sections META, PROJECTS and VOTES, each with a
// header line, cells separated by semicolons and quoted as in CSV, lists inside
// a cell by commas. Byte order marks, CRLF, amounts with decimals, columns in
// any order or missing where nothing needs them, and ids of any text are all
// read.
package pabulib

import (
	"fmt"
	"strconv"

	"github.com/wspolnota/wspolnota/choice"
)

// Limits of what is read; beyond them a file is refused.
const (
	maxLine     = 1 << 20 // bytes of one row
	maxMeta     = 1_000   // rows of META
	maxColumns  = 200
	maxProblems = 100 // told one by one; the rest is only counted
)

// withdrawnCost is how files say that a project was withdrawn after the vote.
const withdrawnCost = 999_999_999_00

// Options say how a file is read.
type Options struct {
	// Strict refuses at the first Problem; otherwise they are collected and
	// what can be counted is counted.
	Strict bool
}

// Error says on which line a file cannot be read, and what was expected there.
type Error struct {
	Line int
	Text string
	err  error // what reading itself reported
}

func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Text) }
func (e *Error) Unwrap() error { return e.err }

// Problem is something a file should not contain but that can be counted.
type Problem struct {
	Line int
	Text string
}

func (p Problem) String() string { return fmt.Sprintf("line %d: %s", p.Line, p.Text) }

// Problems are the first hundred of what was wrong, and how much there was.
type Problems struct {
	First []Problem
	Count int
}

// Meta is the section META, in the order of the file.
type Meta []Entry

// Entry is one row of META.
type Entry struct {
	Key, Value string
	Line       int // 0 where it was not read from a file
}

// Get finds a value by its key.
func (m Meta) Get(key string) (string, bool) {
	for _, e := range m {
		if e.Key == key {
			return e.Value, true
		}
	}
	return "", false
}

// line is where a key stands, or the given line where it does not.
func (m Meta) line(key string, otherwise int) int {
	for _, e := range m {
		if e.Key == key {
			return e.Line
		}
	}
	return otherwise
}

// number reads a value that is a whole number, -1 when it is not there.
func (m Meta) number(key string) (int, error) {
	text, ok := m.Get(key)
	if !ok || text == "" {
		return -1, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return -1, fmt.Errorf("%s is %q; expected a whole number, not negative", key, shorten(text))
	}
	return n, nil
}

// Project is one row of PROJECTS.
type Project struct {
	choice.Project
	Line   int
	Fields []string // all cells, in the order of Header.Columns
}

// Header is what stands before the votes.
type Header struct {
	Meta     Meta
	Columns  []string // of PROJECTS
	Projects []Project

	Budget choice.Grosze
	Kind   choice.Kind
}

// Field is the cell of a project in a named column, "" where there is none.
func (h *Header) Field(project int, column string) string {
	for i, c := range h.Columns {
		if c == column && i < len(h.Projects[project].Fields) {
			return h.Projects[project].Fields[i]
		}
	}
	return ""
}

// Threshold is min_project_score_threshold of META: the score a project must
// reach. ok is false when the file names none.
func (h *Header) Threshold() (n int, ok bool) {
	n, err := h.Meta.number("min_project_score_threshold")
	return n, err == nil && n >= 0
}

// Selected lists the ids that the file's own column selected marks with 1, and
// with another number, whose meaning the file's comment tells. ok is false
// when there is no such column.
func (h *Header) Selected() (selected, special []string, ok bool) {
	for i, p := range h.Projects {
		switch h.Field(i, "selected") {
		case "":
			return nil, nil, false
		case "0":
		case "1":
			selected = append(selected, p.ID)
		default:
			special = append(special, p.ID)
		}
	}
	return selected, special, len(h.Projects) > 0
}

// File is a file that was read whole.
type File struct {
	Header
	Ballots  *choice.Profile
	Problems Problems
}

// Election is what the rules count.
func (f *File) Election() *choice.Election {
	e := &choice.Election{Budget: f.Budget, Ballots: f.Ballots}
	for _, p := range f.Projects {
		e.Projects = append(e.Projects, p.Project)
	}
	return e
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
