package cib

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Limits of a file, far above any real one.
const (
	maxLine = 1 << 20
	maxFile = 64 << 20
)

// SyntaxError says where a file is not what it should be.
type SyntaxError struct {
	Line     int    // counted from 1
	Expected string // what should stand there
	Found    string // what stands there, shortened; may be ""
}

func (e *SyntaxError) Error() string {
	if e.Found == "" {
		return fmt.Sprintf("line %d: expected %s", e.Line, e.Expected)
	}
	return fmt.Sprintf("line %d: expected %s, found %s", e.Line, e.Expected, e.Found)
}

// quoted is a piece of a file, fit for a message.
func quoted(s string) string {
	const most = 40
	if len(s) > most {
		cut := most
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut] + "…"
	}
	return fmt.Sprintf("%q", s)
}

// lines reads a text line by line, in bounded memory.
type lines struct {
	in     *bufio.Reader
	number int // of the line that was read last
	size   int
}

func newLines(r io.Reader) *lines { return &lines{in: bufio.NewReaderSize(r, 64<<10)} }

func (l *lines) wrong(expected, found string) error {
	return &SyntaxError{Line: max(1, l.number), Expected: expected, Found: found}
}

// next is the next line without its end, LF or CRLF; io.EOF after the last.
// ScenarioWizard writes in the code page of its Windows: a line that is not UTF-8
// is read as Windows-1250, in which Polish and German letters are right.
func (l *lines) next() (string, error) {
	var line []byte
	for {
		part, err := l.in.ReadSlice('\n')
		line = append(line, part...)
		l.size += len(part)
		switch {
		case len(line) > maxLine:
			l.number++
			return "", l.wrong(fmt.Sprintf("a line of at most %d bytes", maxLine), "a longer one")
		case l.size > maxFile:
			l.number++
			return "", l.wrong(fmt.Sprintf("a file of at most %d MiB", maxFile>>20), "a longer one")
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || len(line) == 0):
			return "", err
		}
		break
	}
	if l.number++; l.number == 1 {
		line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf")) // byte order mark
	}
	line = bytes.TrimRight(bytes.TrimSuffix(line, []byte("\n")), "\r")
	if utf8.Valid(line) {
		return string(line), nil
	}
	text, err := charmap.Windows1250.NewDecoder().Bytes(line)
	return string(text), err
}

// must is next where the file may not end yet.
func (l *lines) must(expected string) (string, error) {
	line, err := l.next()
	if errors.Is(err, io.EOF) {
		l.number++
		return "", l.wrong(expected, "the end of the file")
	}
	return line, err
}

func isBlank(line string) bool { return strings.TrimSpace(line) == "" }

func isHash(line string) bool { return strings.HasPrefix(line, "#") }
