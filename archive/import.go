package archive

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/store/rows"
)

// Errors that Import says before it changes anything.
var (
	ErrDamaged = errors.New("this archive is damaged")
	ErrNewer   = errors.New("this archive was made by a newer version of the program")
	ErrTaken   = errors.New("something of this archive is here already; an archive is brought into an installation without programmes")
)

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrDamaged}, args...)...)
}

// Import brings an archive into an installation that has no programmes yet. The
// whole directory is compared with its sums first; then everything comes in, or
// nothing.
func Import(ctx context.Context, in Installation, dir string) (Manifest, error) {
	root, err := os.OpenRoot(dir) // nothing outside is read, whatever names the archive holds
	if err != nil {
		return Manifest{}, fmt.Errorf("archive: %w", err)
	}
	defer root.Close()
	m, err := verify(root.FS())
	if err != nil {
		return m, err
	}
	var written []string
	err = in.DB.Write(ctx, func(tx *store.Tx) error {
		var err error
		written, err = in.load(ctx, tx, root.FS(), m)
		return err
	})
	if err != nil {
		for _, key := range written {
			err = errors.Join(err, in.Files.Delete(context.WithoutCancel(ctx), key))
		}
		return m, fmt.Errorf("archive: %w", err)
	}
	return m, nil
}

// verify compares every file with the list of sums, in both directions.
func verify(dir fs.FS) (m Manifest, err error) {
	listed, err := sums(dir)
	if err != nil {
		return m, err
	}
	err = fs.WalkDir(dir, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == sumsName {
			return err
		}
		want, known := listed[name]
		if !known || !entry.Type().IsRegular() {
			return damaged("%s is not in %s", name, sumsName)
		}
		delete(listed, name)
		got, err := sumOf(dir, name)
		if err == nil && got != want {
			err = damaged("%s was changed", name)
		}
		return err
	})
	if err != nil {
		return m, err
	}
	for name := range listed {
		return m, damaged("%s is missing", name)
	}
	text, err := fs.ReadFile(dir, manifestName)
	if err != nil {
		return m, damaged("%s is missing", manifestName)
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, damaged("%s cannot be read: %v", manifestName, err)
	}
	if m.Format > Format {
		return m, fmt.Errorf("%w: format %d, this program reads up to %d", ErrNewer, m.Format, Format)
	}
	return m, nil
}

func sums(dir fs.FS) (map[string]string, error) {
	file, err := dir.Open(sumsName)
	if err != nil {
		return nil, damaged("%s is missing", sumsName)
	}
	defer file.Close()
	all := map[string]string{}
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		sum, name, ok := strings.Cut(lines.Text(), "  ")
		if !ok || len(sum) != 2*sha256.Size || !fs.ValidPath(name) {
			return nil, damaged("%s, line %d: expected a sum and a name", sumsName, n)
		}
		all[name] = sum
	}
	return all, lines.Err()
}

func sumOf(dir fs.FS, name string) (string, error) {
	file, err := dir.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, file)
	return hex.EncodeToString(sum.Sum(nil)), err
}

func (in Installation) load(ctx context.Context, tx *store.Tx, dir fs.FS, m Manifest) (written []string, err error) {
	there, err := store.One[int](ctx, tx, `SELECT count(*) FROM programme`)
	if err != nil {
		return nil, err
	}
	if there > 0 {
		return nil, ErrTaken
	}
	tables, _, err := in.tables(ctx, tx)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, t := range tables {
		known[t.Name] = true
		if err := readTable(ctx, tx, dir, t, m.Rows[t.Name]); err != nil {
			return nil, err
		}
	}
	for table := range m.Rows {
		if !known[table] {
			return nil, fmt.Errorf("%w: it has a table %s", ErrNewer, table)
		}
	}
	for _, room := range in.Rooms {
		if room.After != nil {
			if err := room.After(ctx, tx); err != nil {
				return nil, err
			}
		}
	}
	return in.loadFiles(ctx, tx, dir, m)
}

func readTable(ctx context.Context, tx *store.Tx, dir fs.FS, t rows.Table, expected int) error {
	file, err := dir.Open(path.Join(tablesDir, t.Name+".jsonl"))
	if errors.Is(err, fs.ErrNotExist) && expected == 0 {
		return nil // an older archive, from before there was such a table
	}
	if err != nil {
		return err
	}
	defer file.Close()
	n, err := t.Read(ctx, tx, file, nil)
	switch {
	case store.IsUnique(err, ""):
		return fmt.Errorf("%w: %s", ErrTaken, t.Name)
	case err != nil:
		return err
	case n != expected:
		return damaged("%s has %d rows, expected %d", t.Name, n, expected)
	}
	return nil
}

// loadFiles keeps just the files that the rows name; an archive cannot bring
// others.
func (in Installation) loadFiles(ctx context.Context, tx *store.Tx, dir fs.FS, m Manifest) (written []string, err error) {
	keys, err := in.files(ctx, tx, m.Programme)
	if err != nil {
		return nil, err
	}
	if len(keys) != m.Files {
		return nil, damaged("its rows name %d files, expected %d", len(keys), m.Files)
	}
	for _, key := range keys {
		file, err := dir.Open(path.Join(filesDir, key))
		if err != nil {
			return written, damaged("%s is missing", path.Join(filesDir, key))
		}
		written = append(written, key)
		if err := errors.Join(in.Files.Put(ctx, key, file), file.Close()); err != nil {
			return written, err
		}
	}
	return written, nil
}
