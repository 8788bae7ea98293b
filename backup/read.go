package backup

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/wspolnota/wspolnota/fault"
)

// ErrDamaged is returned for a file that is no backup, was cut short or was
// changed; the message says where.
var ErrDamaged = errors.New("this backup is damaged")

// ErrNewer is returned for a backup of a later program.
var ErrNewer = errors.New("this backup was made by a newer version of the program")

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrDamaged}, args...)...)
}

func isGone(err error) bool { return fault.Is(err, fault.KindNotFound) }

// Verify reads a backup from beginning to end: every member, every sum, every
// count of rows.
func Verify(name string) (Manifest, error) { return walk(name, nil) }

// walk reads a backup and shows each member to see, which may read of it what
// it wants. What see has taken counts only when walk returns no error: the sums
// stand at the end.
func walk(name string, see func(member string, content io.Reader) error) (m Manifest, err error) {
	file, err := os.Open(name)
	if err != nil {
		return m, err
	}
	defer file.Close()
	plain, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(128<<20))
	if err != nil {
		return m, damaged("not a backup")
	}
	defer plain.Close()
	c := check{archive: tar.NewReader(plain), sums: map[string]string{}, rows: map[string]int{}}
	for {
		header, err := c.archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return m, damaged("it ends or breaks after %q: %v", c.last, err)
		}
		if err := c.member(header, see); err != nil {
			return m, err
		}
	}
	return c.result()
}

// check gathers what was met in an archive.
type check struct {
	archive  *tar.Reader
	last     string
	sums     map[string]string
	rows     map[string]int
	files    int
	manifest []byte
	list     []byte
}

// largestText bounds the manifest and the list of sums in memory.
const largestText = 64 << 20

func (c *check) member(header *tar.Header, see func(string, io.Reader) error) error {
	name := header.Name
	if header.Typeflag != tar.TypeReg || !safe(name) {
		return damaged("unexpected member %q", name)
	}
	if _, twice := c.sums[name]; twice || c.list != nil {
		return damaged("member %q where none was expected", name)
	}
	c.last = name
	sum := sha256.New()
	content := io.TeeReader(c.archive, sum)
	switch {
	case name == manifestName, name == sumsName:
		text, err := io.ReadAll(io.LimitReader(content, largestText))
		if err != nil {
			return damaged("%s: %v", name, err)
		}
		if name == sumsName {
			c.list = text
			return nil
		}
		c.manifest = text
	case strings.HasPrefix(name, tablesDir):
		lines := &counter{Reader: content}
		content = lines
		if err := c.show(see, name, content); err != nil {
			return err
		}
		c.rows[strings.TrimSuffix(strings.TrimPrefix(name, tablesDir), ".jsonl")] = lines.n
	case strings.HasPrefix(name, filesDir):
		c.files++
		fallthrough
	default:
		if err := c.show(see, name, content); err != nil {
			return err
		}
	}
	c.sums[name] = hex.EncodeToString(sum.Sum(nil))
	return nil
}

// show lets see have its part of the content and reads the rest.
func (c *check) show(see func(string, io.Reader) error, name string, content io.Reader) error {
	if see != nil {
		if err := see(name, content); err != nil {
			return err
		}
	}
	if _, err := io.Copy(io.Discard, content); err != nil {
		return damaged("%s: %v", name, err)
	}
	return nil
}

// result compares what was met with what should be there.
func (c *check) result() (m Manifest, err error) {
	if c.list == nil {
		return m, damaged("it was cut short: the list of sums is missing, the last member is %q", c.last)
	}
	expected := map[string]string{}
	for line := range strings.Lines(string(c.list)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok {
			return m, damaged("the list of sums cannot be read")
		}
		expected[name] = sum
	}
	for name, sum := range expected {
		switch got, there := c.sums[name]; {
		case !there:
			return m, damaged("%s is missing", name)
		case got != sum:
			return m, damaged("%s was changed", name)
		}
	}
	for name := range c.sums {
		if _, known := expected[name]; !known {
			return m, damaged("%s is not in the list of sums", name)
		}
	}
	if err := json.Unmarshal(c.manifest, &m); err != nil {
		return m, damaged("the manifest cannot be read: %v", err)
	}
	if m.Format > Format {
		return m, fmt.Errorf("%w: format %d, this program reads up to %d", ErrNewer, m.Format, Format)
	}
	return m, c.compare(&m)
}

func (c *check) compare(m *Manifest) error {
	m.Sums = map[string]string{}
	for table, rows := range m.Rows {
		if c.rows[table] != rows {
			return damaged("table %s has %d rows, expected %d", table, c.rows[table], rows)
		}
		m.Sums[table] = c.sums[tablesDir+table+".jsonl"]
	}
	if c.files != m.Files {
		return damaged("%d files, expected %d", c.files, m.Files)
	}
	return nil
}

// counter counts the lines that pass.
type counter struct {
	io.Reader
	n int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += strings.Count(string(p[:n]), "\n")
	return n, err
}
