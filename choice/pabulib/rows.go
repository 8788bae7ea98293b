package pabulib

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// rows splits a file into rows of cells. Cells are valid until the next row.
type rows struct {
	in    *bufio.Reader
	line  int // of the last line read
	long  []byte
	cells [][]byte
	text  []byte // of quoted cells
}

// openRows looks whether the file is gzipped, and steps over a byte order mark.
func openRows(r io.Reader) (*rows, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return nil, &Error{Line: 1, Text: "gzip: " + err.Error(), err: err}
		}
		in = bufio.NewReaderSize(unpacked, 1<<16)
	}
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		if _, err := in.Discard(3); err != nil {
			return nil, err
		}
	}
	return &rows{in: in}, nil
}

func (r *rows) errorf(format string, args ...any) error {
	return &Error{Line: max(r.line, 1), Text: fmt.Sprintf(format, args...)}
}

// nextLine reads one line without its end. At the end of the file it gives
// io.EOF, once a last line without an end has been given.
func (r *rows) nextLine() ([]byte, error) {
	line, err := r.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		r.long = append(r.long[:0], line...)
		line, err = r.longLine()
	}
	if err != nil && (!errors.Is(err, io.EOF) || len(line) == 0) {
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		var known *Error
		if errors.As(err, &known) {
			return nil, err
		}
		return nil, &Error{Line: r.line + 1, Text: err.Error(), err: err}
	}
	r.line++
	line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
	if !utf8.Valid(line) || bytes.IndexByte(line, 0) >= 0 {
		return nil, r.errorf("not text in UTF-8; expected the file in that encoding")
	}
	return line, nil
}

// longLine goes on with a line that did not fit the buffer.
func (r *rows) longLine() ([]byte, error) {
	for {
		part, err := r.in.ReadSlice('\n')
		r.long = append(r.long, part...)
		if len(r.long) > maxLine {
			r.line++
			return nil, r.errorf("longer than %d bytes; expected a row of a .pb file", maxLine)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return r.long, err
		}
	}
}

// next reads one row. A row of blanks only is given as no cells.
func (r *rows) next() ([][]byte, error) {
	line, err := r.nextLine()
	if err != nil {
		return nil, err
	}
	r.cells = r.cells[:0]
	if bytes.IndexByte(line, '"') >= 0 {
		return r.quoted(line)
	}
	if len(bytes.TrimSpace(line)) == 0 {
		return nil, nil
	}
	for {
		i := bytes.IndexByte(line, ';')
		if i < 0 {
			break
		}
		if r.cells = append(r.cells, line[:i]); len(r.cells) > maxColumns {
			return nil, r.errorf("more than %d cells; expected a row of a .pb file", maxColumns)
		}
		line = line[i+1:]
	}
	r.cells = append(r.cells, line)
	return r.cells, nil
}

// quoted splits a row in which quotation marks stand. A quoted cell may hold
// semicolons, doubled marks and line ends. A mark inside a bare cell is text.
func (r *rows) quoted(line []byte) ([][]byte, error) {
	began := r.line
	r.text = r.text[:0]
	var ends []int
	for {
		var err error
		switch {
		case len(line) > 0 && line[0] == '"':
			line, err = r.quotedCell(line[1:], began)
		default:
			i := bytes.IndexByte(line, ';')
			if i < 0 {
				i = len(line)
			}
			r.text, line = append(r.text, line[:i]...), line[i:]
		}
		if err != nil {
			return nil, err
		}
		if ends = append(ends, len(r.text)); len(ends) > maxColumns {
			return nil, r.errorf("more than %d cells; expected a row of a .pb file", maxColumns)
		}
		if len(line) == 0 {
			break
		}
		line = line[1:] // the semicolon
	}
	from := 0
	for _, to := range ends {
		r.cells = append(r.cells, r.text[from:to])
		from = to
	}
	return r.cells, nil
}

// quotedCell takes a cell whose opening mark was read, and gives what follows
// its closing mark: nothing or a semicolon.
func (r *rows) quotedCell(line []byte, began int) ([]byte, error) {
	for {
		i := bytes.IndexByte(line, '"')
		if i < 0 {
			r.text = append(append(r.text, line...), '\n')
			next, err := r.nextLine()
			if errors.Is(err, io.EOF) {
				return nil, &Error{Line: began, Text: "a quotation mark opens a cell and none closes it; expected one before the end of the file"}
			}
			if err != nil {
				return nil, err
			}
			if len(r.text)+len(next) > maxLine {
				return nil, &Error{Line: began, Text: fmt.Sprintf("a quoted cell of more than %d bytes; expected a quotation mark that closes it", maxLine)}
			}
			line = next
			continue
		}
		r.text, line = append(r.text, line[:i]...), line[i+1:]
		switch {
		case len(line) == 0 || line[0] == ';':
			return line, nil
		case line[0] == '"':
			r.text, line = append(r.text, '"'), line[1:]
		default:
			return nil, r.errorf("text after the quotation mark that closes a cell; expected ; or the end of the row")
		}
	}
}
