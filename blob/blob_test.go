package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/fault"
)

func openDir(t *testing.T) (*blob.Folder, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "files")
	d, err := blob.Dir(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d, folder
}

func put(t *testing.T, s blob.Store, key, content string) {
	t.Helper()
	if err := s.Put(t.Context(), key, strings.NewReader(content)); err != nil {
		t.Fatalf("put %s: %v", key, err)
	}
}

func get(t *testing.T, s blob.Store, key string) string {
	t.Helper()
	f, err := s.Open(t.Context(), key)
	if err != nil {
		t.Fatalf("open %s: %v", key, err)
	}
	defer f.Close()
	content, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestWhatWasPutIsThereAfterReopening(t *testing.T) {
	d, folder := openDir(t)
	key := blob.Key(sha256.Sum256([]byte("statut")))
	put(t, d, key, "statut")
	again, err := blob.Dir(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := get(t, again, key); got != "statut" {
		t.Fatalf("content = %q", got)
	}
}

func TestPutReplaces(t *testing.T) {
	d, _ := openDir(t)
	put(t, d, "a/b", "long first content")
	put(t, d, "a/b", "second")
	if got := get(t, d, "a/b"); got != "second" {
		t.Fatalf("content = %q", got)
	}
}

func TestMissingFileIsNotFoundAndMayBeDeleted(t *testing.T) {
	d, _ := openDir(t)
	if _, err := d.Open(t.Context(), "aa/bb"); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("open: %v", err)
	}
	if err := d.Delete(t.Context(), "aa/bb"); err != nil {
		t.Errorf("delete: %v", err)
	}
	put(t, d, "aa/bb", "x")
	if _, err := d.Open(t.Context(), "aa"); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("a folder opens as a file: %v", err)
	}
	if err := d.Delete(t.Context(), "aa/bb"); err != nil {
		t.Errorf("delete: %v", err)
	}
	if _, err := d.Open(t.Context(), "aa/bb"); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("open deleted: %v", err)
	}
}

func TestListNamesKeysUnderAPrefixInOrder(t *testing.T) {
	d, _ := openDir(t)
	for _, key := range []string{"b/2", "a/1", "b/1", "ba/3"} {
		put(t, d, key, key)
	}
	for prefix, want := range map[string][]string{
		"":   {"a/1", "b/1", "b/2", "ba/3"},
		"b/": {"b/1", "b/2"},
		"b":  {"b/1", "b/2", "ba/3"},
		"zz": nil,
	} {
		got, err := d.List(t.Context(), prefix)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("list %q = %v, %v; want %v", prefix, got, err, want)
		}
	}
}

// halfway gives some bytes and then fails, as a network does.
type halfway struct{ given bool }

func (h *halfway) Read(p []byte) (int, error) {
	if h.given {
		return 0, errors.New("connection lost")
	}
	h.given = true
	return copy(p, "half"), nil
}

func TestBrokenPutLeavesTheOldContentAndNothingElse(t *testing.T) {
	d, folder := openDir(t)
	put(t, d, "a/b", "whole")
	if err := d.Put(t.Context(), "a/b", &halfway{}); err == nil {
		t.Fatal("a broken content was taken")
	}
	if got := get(t, d, "a/b"); got != "whole" {
		t.Fatalf("content = %q", got)
	}
	left, err := os.ReadDir(filepath.Join(folder, ".unfinished"))
	if err != nil || len(left) > 0 {
		t.Fatalf("unfinished = %v, %v", left, err)
	}
}

func TestPutStopsWhenNobodyWaits(t *testing.T) {
	d, _ := openDir(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Put(ctx, "a/b", strings.NewReader("x")); !errors.Is(err, context.Canceled) {
		t.Fatalf("err = %v", err)
	}
}

func TestOpeningSweepsWhatAKilledProcessLeft(t *testing.T) {
	d, folder := openDir(t)
	put(t, d, "a/b", "kept")
	old := filepath.Join(folder, ".unfinished", "old")
	young := filepath.Join(folder, ".unfinished", "young")
	for _, name := range []string{old, young} {
		if err := os.WriteFile(name, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	yesterday := time.Now().Add(-24 * time.Hour)
	if err := os.Chtimes(old, yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	again, err := blob.Dir(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if _, err := os.Stat(old); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("old unfinished file is still there: %v", err)
	}
	if _, err := os.Stat(young); err != nil {
		t.Errorf("another process's unfinished file was swept: %v", err)
	}
	if keys, _ := again.List(t.Context(), ""); !slices.Equal(keys, []string{"a/b"}) {
		t.Errorf("keys = %v", keys)
	}
}

func TestKeysThatCouldLeaveTheFolderAreRefused(t *testing.T) {
	d, folder := openDir(t)
	secret := filepath.Join(filepath.Dir(folder), "secret")
	if err := os.WriteFile(secret, []byte("s"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{
		"", "/", "/etc/passwd", "..", "../secret", "a/../../secret", "a//b", "a/", "./a", "a/./b", ".unfinished/x",
		"a\x00b", "a\nb", "a b", `a\b`, `..\secret`, "ą", "C:x", "a/%2e%2e/b", strings.Repeat("a", 201), "a/.hidden",
	} {
		if err := d.Put(t.Context(), key, strings.NewReader("x")); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("put %q: %v", key, err)
		}
		if _, err := d.Open(t.Context(), key); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("open %q: %v", key, err)
		}
		if err := d.Delete(t.Context(), key); err == nil {
			t.Errorf("delete %q was taken", key)
		}
	}
	if _, err := os.Stat(secret); err != nil {
		t.Fatal(err)
	}
}

func TestALinkInsideTheFolderDoesNotLeadOut(t *testing.T) {
	d, folder := openDir(t)
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("s"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(folder, "link")); err != nil {
		t.Skip(err)
	}
	if f, err := d.Open(t.Context(), "link/secret"); err == nil {
		f.Close()
		t.Fatal("the link was followed")
	}
	if err := d.Put(t.Context(), "link/new", strings.NewReader("x")); err == nil {
		t.Fatal("the link was written through")
	}
}

// A store is a map: any series of acts leaves what a map would hold.
func TestStoreBehavesAsAMap(t *testing.T) {
	d, _ := openDir(t)
	held := map[string]string{}
	key := rapid.StringMatching(`[a-c]/[a-c]{1,2}`)
	rapid.Check(t, func(rt *rapid.T) {
		k := key.Draw(rt, "key")
		if rapid.Bool().Draw(rt, "put") {
			content := rapid.String().Draw(rt, "content")
			put(t, d, k, content)
			held[k] = content
		} else if err := d.Delete(t.Context(), k); err != nil {
			rt.Fatal(err)
		} else {
			delete(held, k)
		}
		keys, err := d.List(t.Context(), "")
		if err != nil || len(keys) != len(held) {
			rt.Fatalf("keys = %v, %v; held %v", keys, err, held)
		}
		for k, content := range held {
			if got := get(t, d, k); got != content {
				rt.Fatalf("%s = %q, want %q", k, got, content)
			}
		}
	})
}

func FuzzNoKeyLeavesTheFolder(f *testing.F) {
	for _, seed := range []string{"a/b", "../x", "/x", ".", "a/../b", "\x00", "a\\..\\b", "aux", "~/x"} {
		f.Add(seed)
	}
	base := f.TempDir()
	folder := filepath.Join(base, "files")
	d, err := blob.Dir(folder)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, key string) {
		err := d.Put(t.Context(), key, bytes.NewReader([]byte("x")))
		if err == nil && blob.CheckKey(key) != nil {
			t.Fatalf("%q was kept though CheckKey refuses it", key)
		}
		if err == nil {
			if _, statErr := os.Stat(filepath.Join(folder, filepath.FromSlash(key))); statErr != nil {
				t.Fatalf("%q was kept elsewhere: %v", key, statErr)
			}
			if err := os.RemoveAll(filepath.Join(folder, strings.Split(key, "/")[0])); err != nil {
				t.Fatal(err)
			}
		}
		if entries, _ := os.ReadDir(base); len(entries) != 1 {
			t.Fatalf("%q left the folder: %v", key, entries)
		}
	})
}
