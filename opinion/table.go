package opinion

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// InputError is a file that cannot be read: where, and what was expected.
type InputError struct {
	File    string
	Line    int // from 1; 0 when the file as a whole is meant
	Problem string
}

func (e *InputError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Problem)
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Problem)
}

// longestRecord bounds one line of a table, so that a file without line breaks
// or with a quotation mark that never closes is refused before it fills memory.
const longestRecord = 1 << 20

// sheet reads a table line by line: comma or semicolon, with or without gzip
// and byte order mark.
type sheet struct {
	file  string
	csv   *csv.Reader
	limit *recordLimit
	head  []string
	line  int // of the record read last
}

// open reads the head of the table; its names are in lower case.
func open(file string, r io.Reader) (*sheet, error) {
	s := &sheet{file: file}
	plain := bufio.NewReader(r)
	if magic, _ := plain.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(plain)
		if err != nil {
			return nil, s.refuse(0, "not a gzip file: %v", err)
		}
		plain = bufio.NewReader(z)
	}
	if mark, _ := plain.Peek(3); string(mark) == "\ufeff" {
		_, _ = plain.Discard(3)
	}
	s.limit = &recordLimit{r: plain, left: longestRecord}
	s.csv = csv.NewReader(s.limit)
	s.csv.FieldsPerRecord = -1
	s.csv.ReuseRecord = true
	if start, _ := plain.Peek(2048); semicolons(start) {
		s.csv.Comma = ';'
	}
	head, err := s.read()
	if errors.Is(err, io.EOF) {
		return nil, s.refuse(0, "empty, expected a line of column names")
	}
	if err != nil {
		return nil, err
	}
	for _, name := range head {
		s.head = append(s.head, strings.ToLower(strings.TrimSpace(name)))
	}
	return s, nil
}

// semicolons says whether the first line is divided by them.
func semicolons(start []byte) bool {
	first, _, _ := bytes.Cut(start, []byte("\n"))
	return bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(","))
}

// read returns the next record, valid until the one after, or io.EOF.
func (s *sheet) read() ([]string, error) {
	s.limit.left = longestRecord
	row, err := s.csv.Read()
	if err != nil {
		return nil, s.explain(err)
	}
	s.line, _ = s.csv.FieldPos(0)
	if s.head != nil && len(row) != len(s.head) {
		return nil, s.refuse(s.line, "%d columns, expected %d as in the first line", len(row), len(s.head))
	}
	for _, field := range row {
		if !utf8.ValidString(field) || strings.ContainsRune(field, 0) {
			return nil, s.refuse(s.line, "not text: expected UTF-8")
		}
	}
	return row, nil
}

func (s *sheet) explain(err error) error {
	var syntax *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return io.EOF
	case errors.Is(err, errLongRecord):
		return s.refuse(s.line+1, "more than %d bytes in one line; expected a table of votes", longestRecord)
	case errors.As(err, &syntax):
		return s.refuse(syntax.Line, "%v", syntax.Err)
	}
	return s.refuse(s.line+1, "cannot be read further: %v", err)
}

func (s *sheet) refuse(line int, format string, args ...any) error {
	return &InputError{File: s.file, Line: line, Problem: fmt.Sprintf(format, args...)}
}

// column is the place of the first of these names in the head, -1 if none.
func (s *sheet) column(names ...string) int {
	for _, name := range names {
		if i := slices.Index(s.head, name); i >= 0 {
			return i
		}
	}
	return -1
}

// need is column for names that must be there.
func (s *sheet) need(names ...string) (int, error) {
	if i := s.column(names...); i >= 0 {
		return i, nil
	}
	return 0, s.refuse(1, "no column %s; expected it in the first line", strings.Join(names, " or "))
}

// id checks the name of a participant, statement or sector.
func (s *sheet) id(what, field string) (string, error) {
	field = strings.TrimSpace(field)
	if field == "" {
		return "", s.refuse(s.line, "%s is empty", what)
	}
	if len(field) > 128 {
		return "", s.refuse(s.line, "%s of %d bytes, expected at most 128", what, len(field))
	}
	return field, nil
}

var errLongRecord = errors.New("record too long")

// recordLimit lets so many bytes through; read renews it for each record.
type recordLimit struct {
	r    io.Reader
	left int
}

func (l *recordLimit) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errLongRecord
	}
	n, err := l.r.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}
