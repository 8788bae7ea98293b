// Package blob keeps the files that people attach: pictures, statutes, reports.
//
// A room first lets package upload look at what came (upload.Document or
// upload.Picture), saves the result here under a key of its own, and only then
// writes the row that refers to it: a row never points at a file that is not
// there. When the row cannot be written, or goes, the room deletes the file.
// Serve gives a file back in a way that no browser can mistake for a page.
package blob

import (
	"context"
	"embed"
	"encoding/hex"
	"io"
	"strings"

	"github.com/wspolnota/wspolnota/fault"
)

// Messages are the words of this package and of blob/upload.
//
//go:embed messages.*.toml
var Messages embed.FS

// Store keeps bytes under keys. Dir opens the one on a disk; an object store needs
// the same four methods.
type Store interface {
	// Put keeps what r gives, whole or not at all; an old content is replaced.
	Put(ctx context.Context, key string, r io.Reader) error
	// Open gives the content; fault.NotFound where there is none.
	Open(ctx context.Context, key string) (io.ReadSeekCloser, error)
	// Delete forgets the content; deleting what is not there is no error.
	Delete(ctx context.Context, key string) error
	// List names the keys that begin with prefix, in order.
	List(ctx context.Context, prefix string) ([]string, error)
}

// File is what a room writes in its row about a saved file.
type File struct {
	Key  string
	Name string // for people; already safe to show and to send
	Type string // the type we found, never the one we were told
	Size int64
	// Picture is true only for pictures which we encoded ourselves: nothing
	// else is ever shown inside a page.
	Picture bool
}

// Key names a content by its SHA-256, for a room that never deletes: the same
// content is kept once, and nobody knows who else has it. Two levels of folders
// keep them short.
func Key(sum [32]byte) string {
	name := hex.EncodeToString(sum[:])
	return name[:2] + "/" + name[2:4] + "/" + name
}

const longestKey = 200

// CheckKey refuses a key that could leave the store or mean two things:
// segments of ASCII letters, digits, '_', '-' and '.', none beginning with a dot.
func CheckKey(key string) error {
	if key == "" || len(key) > longestKey {
		return fault.NotFound("file with such a key")
	}
	for segment := range strings.SplitSeq(key, "/") {
		if segment == "" || segment[0] == '.' || strings.ContainsFunc(segment, notInKey) {
			return fault.NotFound("file with such a key")
		}
	}
	return nil
}

func notInKey(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		return false
	}
	return r != '.' && r != '_' && r != '-'
}
