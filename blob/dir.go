package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/fault"
)

// unfinished holds files that are still being written. No key can begin with a
// dot, so nothing in it can be read.
const unfinished = ".unfinished"

// Folder keeps files in a folder of this machine. os.Root is the second lock: even
// a key that slipped through CheckKey, or a symbolic link, cannot lead out.
type Folder struct{ root *os.Root }

// Dir opens the folder, makes it where it is missing, and sweeps what a
// killed process left half written.
func Dir(folder string) (*Folder, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("blob: make folder: %w", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("blob: open folder: %w", err)
	}
	d := &Folder{root: root}
	if err := d.sweep(time.Now().Add(-time.Hour)); err != nil {
		root.Close()
		return nil, fmt.Errorf("blob: sweep unfinished files: %w", err)
	}
	return d, nil
}

// Close lets the folder go.
func (d *Folder) Close() error { return d.root.Close() }

// Put writes beside, syncs, renames and syncs the folder: after it returns, the
// content survives a power cut; before, nobody sees a part of it.
func (d *Folder) Put(ctx context.Context, key string, r io.Reader) error {
	if err := CheckKey(key); err != nil {
		return err
	}
	temporary := path.Join(unfinished, rand.Text())
	if err := d.write(temporary, reader{ctx, r}); err != nil {
		return errors.Join(fmt.Errorf("blob: write %s: %w", key, err), d.remove(temporary))
	}
	if err := d.settle(temporary, key); err != nil {
		return errors.Join(fmt.Errorf("blob: keep %s: %w", key, err), d.remove(temporary))
	}
	return nil
}

func (d *Folder) write(name string, r io.Reader) error {
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// settle gives a written file its name. Folders made on the way are synced as
// well: a name in a folder that the disk forgot is lost with it.
func (d *Folder) settle(temporary, key string) error {
	folder := path.Dir(key)
	if err := d.root.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := d.root.Rename(temporary, key); err != nil {
		return err
	}
	for ; ; folder = path.Dir(folder) {
		if err := d.sync(folder); err != nil {
			return err
		}
		if folder == "." {
			return nil
		}
	}
}

func (d *Folder) sync(folder string) error {
	f, err := d.root.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func (d *Folder) Open(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	if err := errors.Join(ctx.Err(), CheckKey(key)); err != nil {
		return nil, err
	}
	f, err := d.root.Open(key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.NotFound("file " + key)
	}
	if err != nil {
		return nil, fmt.Errorf("blob: open %s: %w", key, err)
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(fault.NotFound("file "+key), err, f.Close())
	}
	return f, nil
}

func (d *Folder) Delete(ctx context.Context, key string) error {
	if err := errors.Join(ctx.Err(), CheckKey(key)); err != nil {
		return err
	}
	if err := d.remove(key); err != nil {
		return fmt.Errorf("blob: delete %s: %w", key, err)
	}
	return nil
}

func (d *Folder) remove(name string) error {
	if err := d.root.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (d *Folder) List(ctx context.Context, prefix string) ([]string, error) {
	var keys []string
	err := fs.WalkDir(d.root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // deleted while we walked
			return nil
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case name == unfinished:
			return fs.SkipDir
		case entry.Type().IsRegular() && strings.HasPrefix(name, prefix):
			keys = append(keys, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("blob: list: %w", err)
	}
	return keys, nil
}

// sweep removes unfinished files last written before then. Younger ones may
// belong to another process that shares the folder.
func (d *Folder) sweep(then time.Time) error {
	if err := d.root.MkdirAll(unfinished, 0o700); err != nil {
		return err
	}
	entries, err := fs.ReadDir(d.root.FS(), unfinished)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err == nil && info.ModTime().Before(then) {
			err = d.remove(path.Join(unfinished, entry.Name()))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// reader stops a long copy when nobody waits for it any more.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
