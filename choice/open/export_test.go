package open

import (
	"context"
	"crypto/sha256"
	"fmt"
	"testing"
	"testing/fstest"

	"golang.org/x/mod/sumdb/note"

	"github.com/wspolnota/wspolnota/choice"
)

// Resign lists and signs files anew, as somebody could who has the key.
func Resign(t *testing.T, dir fstest.MapFS, signer note.Signer) {
	t.Helper()
	files := map[string][]byte{}
	for name, f := range dir {
		files[name] = f.Data
	}
	dir[sumsFile].Data = sums(files)
	text := fmt.Sprintf("%s\n%s %x\n", format, sumsFile, sha256.Sum256(dir[sumsFile].Data))
	var err error
	if dir[signatureFile].Data, err = note.Sign(&note.Note{Text: text}, signer); err != nil {
		t.Fatal(err)
	}
}

// Recount makes the result follow from changed ballots, and signs it.
func Recount(t *testing.T, dir fstest.MapFS, p Publication) {
	t.Helper()
	e, err := parseElection(dir[electionFile].Data)
	if err != nil {
		t.Fatal(err)
	}
	o, err := choice.Count(context.Background(), e, p.Rule)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	if err := write(files, o, p.Engine); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		dir[name].Data = content
	}
	Resign(t, dir, p.Signer)
}
