// Package rules holds the tests of the house rules that no single package can
// keep: who imports whom, words in both languages, no literal in a template,
// generated files that are fresh.
package rules_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/wspolnota/wspolnota"

// root is the top of the repository.
var root = filepath.Join("..", "..")

// files lists the files of the repository with that ending, without what tools
// have put there.
func files(t *testing.T, ending string) []string {
	t.Helper()
	skipped := []string{".git", "node_modules", "dist", "data", "demo-data", "bin", "testdata"}
	var found []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains(skipped, d.Name()) {
			return filepath.SkipDir
		}
		if !d.IsDir() && strings.HasSuffix(path, ending) {
			found = append(found, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatalf("no file ends in %s: the rule looks in the wrong place", ending)
	}
	return found
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
