package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/wspolnota/wspolnota/fault"
)

// looked is how much of a file decides about its letters and its separator.
const looked = 64 << 10

// readCSV reads text in UTF-8, UTF-16 or, as a Polish Excel saves it, Windows
// 1250, with commas, semicolons or tabs between cells.
func readCSV(content io.ReadSeeker, limits Limits) (Sheet, error) {
	begin := bufio.NewReaderSize(content, looked)
	sample, _ := begin.Peek(looked)
	if bytes.ContainsRune(sample, 0) && !utf16(sample) {
		return Sheet{}, fault.Mistake("file", "sheet.unknown")
	}
	var text io.Reader = begin
	switch {
	case utf16(sample):
		text = transform.NewReader(begin, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder())
	case !utf8.Valid(whole(sample)):
		text = transform.NewReader(begin, charmap.Windows1250.NewDecoder())
	}
	// A line without an end must not fill the memory.
	lines := bufio.NewReaderSize(&lineLimit{Reader: text, most: limits.Columns * (limits.Letters*4 + 3)}, looked)
	sample, _ = lines.Peek(looked)
	reader := csv.NewReader(lines)
	reader.Comma, reader.FieldsPerRecord, reader.LazyQuotes = separator(sample), -1, true
	return readLines(reader, limits)
}

func readLines(reader *csv.Reader, limits Limits) (Sheet, error) {
	var s Sheet
	for n := 1; ; n++ {
		cells, err := reader.Read()
		switch {
		case errors.Is(err, io.EOF):
			return s, nil
		case errors.Is(err, errLine):
			return s, fault.Mistake("file", "sheet.long_line", "Row", n)
		case err != nil:
			line := n
			if wrong, ok := errors.AsType[*csv.ParseError](err); ok {
				line = wrong.StartLine
			}
			return s, fault.Mistake("file", "sheet.broken", "Row", line)
		}
		if err := s.add(Row{Number: n, Cells: cells, Formula: -1}, limits); err != nil {
			return s, err
		}
	}
}

func utf16(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff"))
}

// whole leaves out a letter that the end of the sample cuts.
func whole(sample []byte) []byte {
	if len(sample) < looked {
		return sample
	}
	for i := 0; i < utf8.UTFMax && len(sample) > 0; i++ {
		if r, _ := utf8.DecodeLastRune(sample); r != utf8.RuneError {
			break
		}
		sample = sample[:len(sample)-1]
	}
	return sample
}

// separator is the sign that stands most often in the first line, outside quotes.
func separator(sample []byte) rune {
	counts, quoted := map[byte]int{}, false
	for _, b := range sample {
		switch {
		case b == '"':
			quoted = !quoted
		case b == '\n' && !quoted:
			return most(counts)
		case !quoted:
			counts[b]++
		}
	}
	return most(counts)
}

func most(counts map[byte]int) rune {
	best := ','
	for _, candidate := range ";\t" {
		if counts[byte(candidate)] > counts[byte(best)] {
			best = candidate
		}
	}
	return best
}

var errLine = errors.New("sheet: a line without an end")

// lineLimit passes text on as long as its lines are not too long.
type lineLimit struct {
	io.Reader
	most, line int
}

func (l *lineLimit) Read(p []byte) (int, error) {
	n, err := l.Reader.Read(p)
	if i := bytes.LastIndexByte(p[:n], '\n'); i >= 0 {
		l.line = n - i - 1
	} else if l.line += n; l.line > l.most {
		return 0, errLine
	}
	return n, err
}
