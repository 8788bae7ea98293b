package upload

import (
	"context"
	"errors"
	"fmt"
	"mime/multipart"

	"github.com/wspolnota/wspolnota/blob"
)

// Sent is Document of a file that came with a form.
func Sent(ctx context.Context, h *multipart.FileHeader) (*Upload, error) {
	content, err := h.Open()
	if err != nil {
		return nil, fmt.Errorf("upload: open: %w", err)
	}
	defer content.Close()
	return Document(ctx, content, h.Filename, Largest)
}

// Attach keeps the content and then lets row write of it what the room writes.
// When the row cannot be written, the content is taken back, even if whoever
// sent it waits no longer; its key must therefore be its own.
func (u *Upload) Attach(ctx context.Context, s blob.Store, row func() error) error {
	if _, err := u.Save(ctx, s); err != nil {
		return err
	}
	if err := row(); err != nil {
		return errors.Join(err, s.Delete(context.WithoutCancel(ctx), u.Key))
	}
	return nil
}
