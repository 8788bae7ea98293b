package minutes

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/blob/upload"
	"github.com/wspolnota/wspolnota/event"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// File is a photograph of a sheet, or an attachment.
type File struct {
	ID       store.ID `json:"id"`
	Minutes  store.ID `json:"-"`
	Picture  bool     `json:"picture,omitempty"`
	Name     string   `json:"name"`
	Type     string   `json:"type"`
	Size     int64    `json:"size"`
	Variants Variants `json:"variants,omitempty"`
	Alt      string   `json:"alt,omitempty"` // what a picture shows
	Caption  string   `json:"caption,omitempty"`
}

// Variant is one width of a picture.
type Variant struct {
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
}

// Variants are the widths of a picture, the narrowest first.
type Variants []Variant

// Value keeps the widths as one JSON text.
func (v Variants) Value() (driver.Value, error) {
	if len(v) == 0 {
		return "[]", nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}

// Scan reads the widths as Value keeps them.
func (v *Variants) Scan(value any) error {
	switch text := value.(type) {
	case string:
		return json.Unmarshal([]byte(text), v)
	case []byte:
		return json.Unmarshal(text, v)
	}
	return fmt.Errorf("minutes: cannot read widths from %T", value)
}

const fileColumns = `id, minutes, picture, name, type, size, variants, alt, caption`

// files lists what the minutes show now.
func files(ctx context.Context, r store.Reader, minutes store.ID) ([]File, error) {
	return store.All[File](ctx, r, `SELECT `+fileColumns+` FROM event_minutes_file WHERE minutes = $1 AND NOT removed ORDER BY uploaded_at, id`, minutes)
}

func fileByID(ctx context.Context, r store.Reader, minutes, id store.ID) (File, error) {
	return store.One[File](ctx, r, `SELECT `+fileColumns+` FROM event_minutes_file WHERE minutes = $1 AND id = $2`, minutes, id)
}

// A file is kept under the minutes it came for and an id of its own, not under
// its content: so it can be removed without asking whether anything else is the
// same.
func (f File) key(width int) string {
	key := "minutes/" + string(f.Minutes) + "/" + string(f.ID)
	if f.Picture {
		key += "/" + strconv.Itoa(width)
	}
	return key
}

func (f File) keys() []string {
	if !f.Picture {
		return []string{f.key(0)}
	}
	keys := make([]string, len(f.Variants))
	for i, v := range f.Variants {
		keys[i] = f.key(v.Width)
	}
	return keys
}

// served is a file, or one width of a picture, as blob serves it.
func (f File) served(width string) (blob.File, error) {
	if !f.Picture && width == "" {
		return blob.File{Key: f.key(0), Name: f.Name, Type: f.Type, Size: f.Size}, nil
	}
	for _, v := range f.Variants {
		if strconv.Itoa(v.Width) == width {
			return blob.File{Key: f.key(v.Width), Name: width, Type: v.Type, Size: v.Size, Picture: true}, nil
		}
	}
	return blob.File{}, fault.NotFound("width of a picture")
}

// Attach keeps a file of the minutes. The content comes first; when the row
// cannot be written, the content is taken back.
func (s *Service) Attach(ctx context.Context, e event.Event, name string, content io.Reader, picture bool, alt, caption string) error {
	m, err := of(ctx, s.db, e.ID)
	if err != nil {
		return err
	}
	if !m.State.Open() {
		return closed()
	}
	f := File{ID: store.NewID(), Minutes: m.ID, Picture: picture, Alt: alt, Caption: caption}
	contents, err := f.examine(ctx, content, name)
	if err != nil {
		return err
	}
	for i, key := range f.keys() {
		contents[i].Key = key
		if _, err := contents[i].Save(ctx, s.Blobs); err != nil {
			return errors.Join(err, s.forget(ctx, f))
		}
	}
	err = s.write(ctx, e, func(tx *store.Tx, m Minutes) error {
		n, err := store.One[int](ctx, tx, `SELECT count(*) FROM event_minutes_file WHERE minutes = $1`, m.ID)
		if err != nil {
			return err
		}
		if n >= mostFiles {
			return fault.Mistake("file", "minutes.file.too_many", "Max", mostFiles)
		}
		if _, err := tx.Exec(ctx, `INSERT INTO event_minutes_file (id, minutes, picture, name, type, size, variants, alt, caption, uploaded_at, uploaded_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, f.ID, m.ID, f.Picture, f.Name, f.Type, f.Size, f.Variants, f.Alt, f.Caption,
			store.At(tx.Now()), access.From(ctx).Person.OrNull()); err != nil {
			return err
		}
		return note(ctx, tx, didFile, e, m, "")
	})
	if err != nil {
		return errors.Join(err, s.forget(ctx, f))
	}
	return nil
}

// examine looks at a file and decides whether it may be kept.
func (f *File) examine(ctx context.Context, content io.Reader, name string) ([]*upload.Upload, error) {
	if !f.Picture {
		u, err := upload.Document(ctx, content, name, upload.Largest)
		if err != nil {
			return nil, err
		}
		f.Name, f.Type, f.Size = u.Name, u.Type, u.Size
		return []*upload.Upload{u}, nil
	}
	drawing, err := upload.Picture(ctx, content, name, upload.Largest)
	if err != nil {
		return nil, err
	}
	var contents []*upload.Upload
	for _, v := range drawing.Variants {
		f.Name, f.Type, f.Size = v.Name, v.Type, v.Size // of the widest, which comes last
		f.Variants = append(f.Variants, Variant{Width: v.Width, Height: v.Height, Type: v.Type, Size: v.Size})
		contents = append(contents, v.Upload)
	}
	return contents, nil
}

// forget takes contents away, even when the request that brought them is over.
func (s *Service) forget(ctx context.Context, f File) error {
	ctx = context.WithoutCancel(ctx)
	var errs []error
	for _, key := range f.keys() {
		errs = append(errs, s.Blobs.Delete(ctx, key))
	}
	return errors.Join(errs...)
}

// Describe says in words what a picture shows.
func (s *Service) Describe(ctx context.Context, e event.Event, file store.ID, alt, caption string) error {
	return s.write(ctx, e, func(tx *store.Tx, m Minutes) error {
		return gone(store.Met(tx.Exec(ctx, `UPDATE event_minutes_file SET alt = $3, caption = $4 WHERE minutes = $1 AND id = $2 AND NOT removed`, m.ID, file, alt, caption)))
	})
}

// Detach takes a file out of what is being written. Editions that show it keep it.
func (s *Service) Detach(ctx context.Context, e event.Event, file store.ID) error {
	return s.write(ctx, e, func(tx *store.Tx, m Minutes) error {
		if err := gone(store.Met(tx.Exec(ctx, `UPDATE event_minutes_file SET removed = TRUE WHERE minutes = $1 AND id = $2 AND NOT removed`, m.ID, file))); err != nil {
			return err
		}
		all, err := editions(ctx, tx, m.ID, false)
		if err != nil {
			return err
		}
		for _, edition := range all {
			for _, f := range edition.Content.Files {
				if f.ID == file {
					return note(ctx, tx, didFile, e, m, "")
				}
			}
		}
		f, err := fileByID(ctx, tx, m.ID, file)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM event_minutes_file WHERE id = $1`, file); err != nil {
			return err
		}
		tx.AfterCommit(func() {
			if err := s.forget(ctx, f); err != nil {
				s.Logger.Warn("minutes: contents left over", "error", err)
			}
		})
		return note(ctx, tx, didFile, e, m, "")
	})
}

// gone says that there is no such file, where no row was met.
func gone(met bool, err error) error {
	if err == nil && !met {
		err = fault.NotFound("file of the minutes")
	}
	return err
}
