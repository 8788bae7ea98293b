package event

import (
	"bytes"
	"context"
	"mime/multipart"
	"path"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/blob/upload"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// File is a material of an event: slides, a handout, a form.
type File struct {
	ID         store.ID
	Event      store.ID
	Session    store.ID // "" for the whole event
	Title      string
	Name       string
	Type       string
	Size       int64
	After      bool // shown only once the session, or the event, is over
	UploadedBy store.ID
}

// ShownFrom is the moment from which everybody may take the file, zero for at
// once.
func (f File) ShownFrom(e Event, sessions []Session) time.Time {
	if !f.After {
		return time.Time{}
	}
	for _, s := range sessions {
		if s.ID == f.Session {
			return s.EndsAt()
		}
	}
	return e.EndsAt.Time
}

// A file is kept under its event and an id of its own, so that it can be removed
// without asking whether anything else is the same.
func (f File) key() string { return "event/" + string(f.Event) + "/" + string(f.ID) }

// kind is what readers are told of the sort of the file: "PDF".
func (f File) kind() string { return strings.ToUpper(strings.TrimPrefix(path.Ext(f.Name), ".")) }

func (f File) check() error {
	var m fault.Mistakes
	limit(&m, "title", f.Title, longestName)
	return m.Err()
}

// Attach adds a material that came with a form. Without a title it is called as
// the file is.
func (s *Service) Attach(ctx context.Context, programme, id store.ID, version int, f File, sent *multipart.FileHeader) (Event, error) {
	u, err := upload.Sent(ctx, sent)
	if err != nil {
		return Event{}, err
	}
	return s.attach(ctx, programme, id, version, f, u)
}

// Add adds a material that no form sent.
func (s *Service) Add(ctx context.Context, programme, id store.ID, version int, f File, name string, content []byte) (Event, error) {
	u, err := upload.Document(ctx, bytes.NewReader(content), name, upload.Largest)
	if err != nil {
		return Event{}, err
	}
	return s.attach(ctx, programme, id, version, f, u)
}

func (s *Service) attach(ctx context.Context, programme, id store.ID, version int, f File, u *upload.Upload) (Event, error) {
	f.Event, f.Name, f.Type, f.Size, f.UploadedBy = id, u.Name, u.Type, u.Size, access.From(ctx).Person
	if f.ID == "" {
		f.ID = store.NewID()
	}
	if f.Title == "" {
		f.Title = strings.TrimSuffix(u.Name, path.Ext(u.Name))
	}
	if err := f.check(); err != nil {
		return Event{}, err
	}
	var after Event
	u.Key = f.key()
	err := u.Attach(ctx, s.Blobs, func() (err error) {
		after, err = s.change(ctx, programme, id, version, didMaterials, func(tx *store.Tx, _ *Event) error {
			all, err := filesOf(ctx, tx, id)
			if err != nil {
				return err
			}
			if len(all) >= mostFiles {
				return fault.Mistake("file", "event.files.too_many", "Max", mostFiles)
			}
			return insertFile(ctx, tx, f)
		})
		return err
	})
	return after, err
}

// ReviseFile changes the title of a material, its session and when it is shown.
func (s *Service) ReviseFile(ctx context.Context, programme, id store.ID, version int, f File) (Event, error) {
	var m fault.Mistakes
	m.Check(f.Title != "", "title", "form.required")
	if err := m.Err(); err != nil {
		return Event{}, err
	}
	if err := f.check(); err != nil {
		return Event{}, err
	}
	f.Event = id
	return s.change(ctx, programme, id, version, didMaterials, func(tx *store.Tx, _ *Event) error { return updateFile(ctx, tx, f) })
}

// Detach removes a material with its content.
func (s *Service) Detach(ctx context.Context, programme, id store.ID, version int, file store.ID) (Event, error) {
	return s.change(ctx, programme, id, version, didMaterials, func(tx *store.Tx, _ *Event) error {
		tx.AfterCommit(func() { s.removeQuietly(ctx, File{ID: file, Event: id}) })
		return deleteFile(ctx, tx, id, file)
	})
}

// removeQuietly is for contents that no row names any more: what is left over
// harms nobody, and the act that was asked for is done.
func (s *Service) removeQuietly(ctx context.Context, files ...File) {
	for _, f := range files {
		if err := s.Blobs.Delete(context.WithoutCancel(ctx), f.key()); err != nil {
			s.Logger.Warn("event: content left over", "error", err)
		}
	}
}

// blobFile is the material as blob serves it.
func (f File) blobFile() blob.File {
	return blob.File{Key: f.key(), Name: f.Name, Type: f.Type, Size: f.Size}
}
