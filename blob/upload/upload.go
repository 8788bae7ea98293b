// Package upload decides whether a file that somebody sends may be kept.
//
// It trusts neither the name nor the type that came with the file. What is kept
// is of a kind on our list, recognised by content, named by us, without macros
// and without what a camera tells about its owner. Pictures are drawn anew, so
// that nothing hidden in them survives.
//
// Call Document for attachments and Picture for pictures shown in pages; then
// Save, before the transaction that writes the row.
package upload

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/fault"
)

// Largest is the most bytes that a file may have, unless a page says less.
const Largest = 10 << 20

// Upload is a file that was looked at and may be saved.
type Upload struct {
	blob.File
	content []byte
}

// Save keeps the content under Key, which is the hash of the content unless the
// room has set one that it can delete without asking who else has the same.
func (u *Upload) Save(ctx context.Context, s blob.Store) (blob.File, error) {
	if err := s.Put(ctx, u.Key, bytes.NewReader(u.content)); err != nil {
		return blob.File{}, fmt.Errorf("upload: save: %w", err)
	}
	return u.File, nil
}

// Bytes gives the content as it will be kept. The caller must not change it.
func (u *Upload) Bytes() []byte { return u.content }

func keep(name, mediaType string, content []byte) *Upload {
	return &Upload{
		File: blob.File{
			Key:  blob.Key(sha256.Sum256(content)),
			Name: name,
			Type: mediaType,
			Size: int64(len(content)),
		},
		content: content,
	}
}

// Document takes an attachment of at most limit bytes: a picture (drawn anew),
// a PDF, an office file without macros, a table or a plain text.
func Document(ctx context.Context, r io.Reader, name string, limit int64) (*Upload, error) {
	content, err := read(r, limit)
	if err != nil {
		return nil, err
	}
	k, err := recognise(content, name)
	if err != nil {
		return nil, err
	}
	if k.picture {
		return attachedPicture(ctx, content, name)
	}
	if err := k.inspect(content, k); err != nil {
		return nil, err
	}
	return keep(displayName(name, k.extension), k.mediaType, content), nil
}

// read takes the whole file into memory, which is safe because it is bounded,
// and never reads further than one byte over the limit.
func read(r io.Reader, limit int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("upload: read: %w", err)
	case int64(len(content)) > limit:
		return nil, fault.TooLarge("blob.too_large", "Megabytes", limit>>20)
	case len(content) == 0:
		return nil, fault.Invalid("blob.empty")
	}
	return content, nil
}
