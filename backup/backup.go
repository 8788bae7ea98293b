// Package backup keeps everything of an installation in one file, made while
// it runs, and brings it back on an empty machine.
//
// Make writes the file and looks it through once more before it says that it is
// there; Restore looks it through before it changes anything. The file is the
// same from SQLite and from PostgreSQL, so that restoring is also the way from
// one to the other.
//
// It is a tar archive compressed with Zstandard: manifest.json, tables/*.jsonl
// (one row a line), files/*, secret.key, and last SHA256SUMS, without which the
// file was cut short.
package backup

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/store"
	"github.com/wspolnota/wspolnota/store/rows"
)

// Format is the version of the layout that this program writes and the latest
// that it reads.
const Format = 1

// Manifest says what a backup holds.
type Manifest struct {
	Format     int               `json:"format"`
	Program    string            `json:"program"`
	MadeAt     time.Time         `json:"made_at"`
	Database   store.Dialect     `json:"database"` // from which it was made
	Migrations []int64           `json:"migrations"`
	Rows       map[string]int    `json:"rows"` // of each table
	Sums       map[string]string `json:"-"`    // SHA-256 of each table's lines
	Files      int               `json:"files"`
}

// Installation is what a backup is made of, or restored into.
type Installation struct {
	DB     *store.DB
	Files  blob.Store
	Secret string // path of the file with the secret; "" keeps it out

	// Skip names tables that stay out: sessions, which must not come back to
	// life, and what is made anew from other tables.
	Skip func(table string) bool
	// Seeded names tables in which migrations put rows: in a new database they
	// are not empty, and a restore replaces those rows.
	Seeded  []string
	Program string // version
}

// The members of the archive.
const (
	manifestName = "manifest.json"
	secretName   = "secret.key"
	sumsName     = "SHA256SUMS"
	tablesDir    = "tables/"
	filesDir     = "files/"
)

// Make writes a backup into a new file and reads it through. The file appears
// under its name only when it is whole.
func Make(ctx context.Context, in Installation, name string) (Manifest, error) {
	partial, err := os.OpenFile(name+".partial", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return Manifest{}, fmt.Errorf("backup: %w", err)
	}
	defer os.Remove(partial.Name()) // gone once renamed
	err = in.write(ctx, partial)
	if err = errors.Join(err, partial.Sync(), partial.Close()); err != nil {
		return Manifest{}, fmt.Errorf("backup: write %s: %w", name, err)
	}
	manifest, err := Verify(partial.Name())
	if err != nil {
		return Manifest{}, fmt.Errorf("backup: what was written cannot be read back: %w", err)
	}
	if err := os.Link(partial.Name(), name); err != nil { // unlike a rename it replaces nothing
		return Manifest{}, fmt.Errorf("backup: %w", err)
	}
	return manifest, syncFolder(filepath.Dir(name))
}

func syncFolder(name string) error {
	folder, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

func (in Installation) write(ctx context.Context, file io.Writer) error {
	compressed, err := zstd.NewWriter(file, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	a := &archive{tar: tar.NewWriter(compressed), now: in.DB.Wall()}
	manifest := Manifest{Format: Format, Program: in.Program, MadeAt: a.now.UTC(), Database: in.DB.Dialect(), Rows: map[string]int{}}
	if manifest.Migrations, err = in.DB.AppliedMigrations(ctx); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "wspolnota-backup-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	// The tables first, from one moment; then the files, of which nothing that
	// a table names is changed and new ones do no harm.
	if err := in.DB.Read(ctx, func(tx *store.Tx) error { return in.writeTables(ctx, tx, a, folder, manifest.Rows) }); err != nil {
		return err
	}
	if manifest.Files, err = in.writeFiles(ctx, a); err != nil {
		return err
	}
	if err := in.writeSecret(a); err != nil {
		return err
	}
	text, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return err
	}
	if err := a.add(manifestName, text); err != nil {
		return err
	}
	if err := a.add(sumsName, []byte(strings.Join(a.sums, ""))); err != nil {
		return err
	}
	return errors.Join(a.tar.Close(), compressed.Close())
}

// writeTables writes each table into a file of its own first, because tar wants
// to know the size before the content.
func (in Installation) writeTables(ctx context.Context, tx *store.Tx, a *archive, folder string, counts map[string]int) error {
	tables, err := rows.Tables(ctx, tx, tx.Dialect(), in.Skip)
	if err != nil {
		return err
	}
	for _, t := range tables {
		file, err := os.Create(filepath.Join(folder, t.Name))
		if err != nil {
			return err
		}
		n, err := t.Write(ctx, tx, file, "")
		if err == nil {
			err = a.addFile(tablesDir+t.Name+".jsonl", file)
		}
		if err := errors.Join(err, file.Close(), os.Remove(file.Name())); err != nil {
			return err
		}
		counts[t.Name] = n
	}
	return nil
}

func (in Installation) writeFiles(ctx context.Context, a *archive) (int, error) {
	keys, err := in.Files.List(ctx, "")
	if err != nil {
		return 0, err
	}
	n := 0
	for _, key := range keys {
		content, err := in.Files.Open(ctx, key)
		if isGone(err) {
			continue // removed since it was listed, and by then from its table too
		}
		if err == nil {
			err = errors.Join(a.addSeeker(filesDir+key, content), content.Close())
		}
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// writeSecret adds the secret; an installation that nobody has started has none.
func (in Installation) writeSecret(a *archive) error {
	if in.Secret == "" {
		return nil
	}
	text, err := os.ReadFile(in.Secret)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return a.add(secretName, text)
}

// archive writes members and remembers their sums.
type archive struct {
	tar  *tar.Writer
	now  time.Time
	sums []string
}

func (a *archive) add(name string, content []byte) error {
	return a.copy(name, int64(len(content)), strings.NewReader(string(content)))
}

func (a *archive) addFile(name string, file *os.File) error { return a.addSeeker(name, file) }

func (a *archive) addSeeker(name string, content io.ReadSeeker) error {
	size, err := content.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return a.copy(name, size, content)
}

func (a *archive) copy(name string, size int64, content io.Reader) error {
	header := &tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: a.now, Format: tar.FormatPAX}
	if err := a.tar.WriteHeader(header); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(a.tar, sum), content); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	a.sums = append(a.sums, sumLine(sum, name))
	return nil
}

// sumLine is a line as sha256sum writes it.
func sumLine(sum hash.Hash, name string) string {
	return hex.EncodeToString(sum.Sum(nil)) + "  " + name + "\n"
}

// safe reports whether a member's name is one that we write.
func safe(name string) bool {
	known := slices.Contains([]string{manifestName, secretName, sumsName}, name) ||
		strings.HasPrefix(name, tablesDir) || strings.HasPrefix(name, filesDir)
	return known && path.Clean(name) == name && !strings.Contains(name, "\\")
}
