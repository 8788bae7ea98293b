package news

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"strconv"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/blob/upload"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/store"
)

// variants is the list of widths of a picture in a column, empty for none.
type variants []Variant

func (v variants) Value() (driver.Value, error) {
	if len(v) == 0 {
		return "", nil
	}
	return encode(v)
}

func (v *variants) Scan(value any) error {
	if text, ok := value.(string); ok && text == "" {
		*v = nil
		return nil
	}
	return decode(value, v)
}

// A file is kept under the article it came for and an id of its own, not under
// its content: so it can be removed without asking whether anything else is the
// same.

func (f received) key(width int) string {
	key := "news/" + string(f.Article) + "/" + string(f.ID)
	if f.Picture {
		key += "/" + strconv.Itoa(width)
	}
	return key
}

func (f received) keys() []string {
	if !f.Picture {
		return []string{f.key(0)}
	}
	var keys []string
	for _, v := range f.Variants {
		keys = append(keys, f.key(v.Width))
	}
	return keys
}

func (f received) file() File { return File{ID: f.ID, Name: f.Name, Type: f.Type, Size: f.Size} }

// upright is a file that was looked at and found harmless, with its content.
type upright struct {
	received
	contents []*upload.Upload // one, or one for each width
}

// examine looks at a file and decides whether it may be kept.
func examine(ctx context.Context, content io.Reader, name string, picture bool) (upright, error) {
	u := upright{received: received{ID: store.NewID(), Picture: picture}}
	if !picture {
		document, err := upload.Document(ctx, content, name, upload.Largest)
		if err != nil {
			return upright{}, err
		}
		u.Name, u.Type, u.Size = document.Name, document.Type, document.Size
		u.contents = []*upload.Upload{document}
		return u, nil
	}
	drawing, err := upload.Picture(ctx, content, name, upload.Largest)
	if err != nil {
		return upright{}, err
	}
	for _, v := range drawing.Variants {
		u.Name, u.Type, u.Size = v.Name, v.Type, v.Size // of the widest, which comes last
		u.Variants = append(u.Variants, Variant{Width: v.Width, Height: v.Height, Type: v.Type, Size: v.Size})
		u.contents = append(u.contents, v.Upload)
	}
	return u, nil
}

// receive keeps a file that came with a form.
func (s *Service) receive(ctx context.Context, programme, article store.ID, h *multipart.FileHeader, picture bool) (received, error) {
	content, err := h.Open()
	if err != nil {
		return received{}, fmt.Errorf("news: open upload: %w", err)
	}
	defer content.Close()
	return s.take(ctx, programme, article, h.Filename, content, picture)
}

// Attach keeps a file or the picture of an article that no form sent. A Content
// names it by the id that comes back; until one does, the file may be swept.
func (s *Service) Attach(ctx context.Context, programme, article store.ID, name string, content io.Reader, picture bool) (store.ID, error) {
	r, err := s.take(ctx, programme, article, name, content, picture)
	return r.ID, err
}

// take keeps a file before anything refers to it, so that a mistake elsewhere in
// the form does not lose it. The content comes first; when the row cannot be
// written, the content is taken back.
func (s *Service) take(ctx context.Context, programme, article store.ID, name string, content io.Reader, picture bool) (received, error) {
	u, err := examine(ctx, content, name, picture)
	if err != nil {
		return received{}, err
	}
	u.Programme, u.Article, u.UploadedBy = programme, article, access.From(ctx).Person
	if err := s.keep(ctx, u); err != nil {
		return received{}, errors.Join(err, s.remove(ctx, u.received))
	}
	return u.received, nil
}

func (s *Service) keep(ctx context.Context, u upright) error {
	for i, key := range u.keys() {
		u.contents[i].Key = key
		if _, err := u.contents[i].Save(ctx, s.Blobs); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := s.sweep(ctx, tx); err != nil {
			return err
		}
		return insertFile(ctx, tx, u.received)
	})
}

// sweep forgets files that came with forms nobody ever saved. Whoever sends the
// next file does it, so no clock is needed.
func (s *Service) sweep(ctx context.Context, tx *store.Tx) error {
	old, err := forgetUnused(ctx, tx)
	if err != nil {
		return err
	}
	tx.AfterCommit(func() { s.removeQuietly(ctx, old) })
	return nil
}

// remove takes contents away, even when the request that brought them is over.
func (s *Service) remove(ctx context.Context, files ...received) error {
	ctx = context.WithoutCancel(ctx)
	var errs []error
	for _, f := range files {
		for _, key := range f.keys() {
			errs = append(errs, s.Blobs.Delete(ctx, key))
		}
	}
	return errors.Join(errs...)
}

// removeQuietly is for contents that no row names any more: what is left over
// harms nobody, and the act that was asked for is done.
func (s *Service) removeQuietly(ctx context.Context, files []received) {
	if err := s.remove(ctx, files...); err != nil {
		s.Logger.Warn("news: contents left over", "error", err)
	}
}

// settle replaces what a form says of its files by what was received for this
// very article, so that nobody can borrow another article's file or invent one.
func (c *Content) settle(files []received) error {
	known := make(map[store.ID]received, len(files))
	for _, f := range files {
		known[f.ID] = f
	}
	for i, f := range c.Files {
		r, ok := known[f.ID]
		if !ok || r.Picture {
			return goneFile()
		}
		c.Files[i] = r.file()
	}
	if c.Picture == nil {
		return nil
	}
	r, ok := known[c.Picture.File]
	if !ok || !r.Picture {
		return gonePicture()
	}
	c.Picture.Variants = r.Variants
	return nil
}

func goneFile() error    { return fault.Mistake("files", "news.files.gone") }
func gonePicture() error { return fault.Mistake("picture", "news.files.gone") }

// fileIDs are all files that a content shows.
func (c Content) fileIDs() []store.ID {
	var ids []store.ID
	for _, f := range c.Files {
		ids = append(ids, f.ID)
	}
	if c.Picture != nil {
		ids = append(ids, c.Picture.File)
	}
	return ids
}

// attachment finds an attachment of the article as blob serves it.
func (a whole) attachment(id string) (blob.File, error) {
	for _, f := range a.Details.Files {
		if string(f.ID) == id {
			r := received{ID: f.ID, Article: a.ID}
			return blob.File{Key: r.key(0), Name: f.Name, Type: f.Type, Size: f.Size}, nil
		}
	}
	return blob.File{}, fault.NotFound("attachment")
}

// drawing finds one width of the article's picture as blob serves it.
func (a whole) drawing(id, width string) (blob.File, error) {
	if p := a.Details.Picture; p != nil && string(p.File) == id {
		for _, v := range p.Variants {
			if strconv.Itoa(v.Width) == width {
				r := received{ID: p.File, Article: a.ID, Picture: true}
				return blob.File{Key: r.key(v.Width), Name: width, Type: v.Type, Size: v.Size, Picture: true}, nil
			}
		}
	}
	return blob.File{}, fault.NotFound("picture")
}
