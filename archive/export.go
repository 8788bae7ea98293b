package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// Export writes the programme of a slug into a new directory, whole or not at all.
func Export(ctx context.Context, in Installation, slug, dir string) (Manifest, error) {
	if _, err := os.Lstat(dir); !errors.Is(err, os.ErrNotExist) {
		return Manifest{}, fmt.Errorf("archive: %s is there already; an archive replaces nothing", dir)
	}
	partial := dir + ".partial"
	if err := os.MkdirAll(partial, 0o700); err != nil {
		return Manifest{}, fmt.Errorf("archive: %w", err)
	}
	defer os.RemoveAll(partial) // gone once renamed
	w := writer{dir: partial}
	m := Manifest{Format: Format, Program: in.Program, MadeAt: in.DB.Wall().UTC(), Slug: slug, Personal: personal, Rows: map[string]int{}}
	err := in.DB.Read(ctx, func(tx *store.Tx) error { return in.export(ctx, tx, &w, &m) })
	if err != nil {
		return Manifest{}, fmt.Errorf("archive: %w", err)
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err == nil {
		err = w.write(manifestName, bytes.NewReader(append(text, '\n')))
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(partial, sumsName), []byte(strings.Join(w.sums, "")), 0o600)
	}
	if err == nil {
		err = os.Rename(partial, dir)
	}
	if err != nil {
		return Manifest{}, fmt.Errorf("archive: %w", err)
	}
	return m, nil
}

func (in Installation) export(ctx context.Context, tx *store.Tx, w *writer, m *Manifest) error {
	found, err := store.One[struct {
		ID    store.ID
		Title string
	}](ctx, tx, `SELECT id, title FROM programme WHERE slug = $1`, m.Slug)
	if fault.Is(err, fault.KindNotFound) {
		return fmt.Errorf("there is no programme %q; its name is the last part of its address", m.Slug)
	}
	if err != nil {
		return err
	}
	m.Programme, m.Title = found.ID, found.Title
	tables, where, err := in.tables(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		err := w.stream(path.Join(tablesDir, t.Name+".jsonl"), func(to io.Writer) (err error) {
			m.Rows[t.Name], err = t.Write(ctx, tx, to, where[t.Name], found.ID)
			return err
		})
		if err != nil {
			return err
		}
	}
	keys, err := in.files(ctx, tx, found.ID)
	for _, key := range keys {
		content, err := in.Files.Open(ctx, key)
		if err == nil {
			err = errors.Join(w.write(path.Join(filesDir, key), content), content.Close())
		}
		if err != nil {
			return fmt.Errorf("file %s: %w", key, err)
		}
		m.Files++
	}
	return err
}

// writer puts files into a directory and remembers their sums.
type writer struct {
	dir  string
	sums []string
}

func (w *writer) write(name string, content io.Reader) error {
	return w.stream(name, func(to io.Writer) error {
		_, err := io.Copy(to, content)
		return err
	})
}

func (w *writer) stream(name string, fill func(io.Writer) error) error {
	place := filepath.Join(w.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(place, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	sum := sha256.New()
	err = fill(io.MultiWriter(file, sum))
	w.sums = append(w.sums, hex.EncodeToString(sum.Sum(nil))+"  "+name+"\n")
	return errors.Join(err, file.Sync(), file.Close())
}
