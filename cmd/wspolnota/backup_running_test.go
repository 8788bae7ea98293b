package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wspolnota/wspolnota/backup"
	"github.com/wspolnota/wspolnota/blob"
	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

// TestDestroyedInstallationComesBack is the worst day of an administrator: the
// site runs, a backup is made beside it, everything is lost, and the commands
// of the manual bring it back: the same rows, the same files, the same answers.
func TestDestroyedInstallationComesBack(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: -short leaves out what needs several processes")
	}
	example := filepath.Join(t.TempDir(), "przyklad")
	if _, err := backup.Make(t.Context(), installation(t, storetest.SQLite(t)), example); err != nil {
		t.Fatal(err)
	}
	t.Run("SQLite", func(t *testing.T) {
		destroyAndRestore(t, example, func(dir string) string { return "sqlite:" + filepath.Join(dir, "wspolnota.db") })
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		destroyAndRestore(t, example, func(string) string { return storetest.EmptyPostgresAddress(t) })
	})
}

func destroyAndRestore(t *testing.T, example string, addressIn func(dir string) string) {
	data := filepath.Join(t.TempDir(), "d")
	address := addressIn(data)
	command(t, "restore", "--data", data, "--database", address, example)
	r := startReplica(t, address, data)
	resident := newVisitor(t)
	resident.post(r, "/wejscie", "email", "nowy.mieszkaniec@example.org") // there is something that the example has not
	file := filepath.Join(t.TempDir(), "kopia")
	said := command(t, "backup", "--data", data, "--database", address, file)
	if !strings.Contains(said, "read back and whole") {
		t.Errorf("the backup says %q", said)
	}
	if response, err := http.Get("http://" + r.addr + "/programy"); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("after the backup: %v %v", response, err)
	}
	page := newVisitor(t).get(r, "/programy/miedzysektorowa-wspolpraca").Find("main").Text()
	r.stop(t)
	before := sumsOf(t, address, data)

	if err := os.RemoveAll(data); err != nil {
		t.Fatal(err)
	}
	place := filepath.Join(t.TempDir(), "d")
	address = addressIn(place)
	if said := command(t, "restore", "--data", place, "--database", address, file); !strings.Contains(said, "are back") {
		t.Errorf("the restoring says %q", said)
	}
	if diff := cmp.Diff(before, sumsOf(t, address, place)); diff != "" {
		t.Error(diff)
	}
	r = startReplica(t, address, place)
	if diff := cmp.Diff(page, newVisitor(t).get(r, "/programy/miedzysektorowa-wspolpraca").Find("main").Text()); diff != "" {
		t.Errorf("the page is not what it was: %s", diff)
	}
}

// sumsOf is sums of an installation that nobody serves.
func sumsOf(t *testing.T, address, data string) map[string]string {
	t.Helper()
	db, err := store.Open(t.Context(), address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	files, err := blob.Dir(filepath.Join(data, "files"))
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	all := sums(t, backup.Installation{DB: db, Files: files})
	delete(all, "backup_made") // noted after the backup
	return all
}

// command runs the program and returns what it says.
func command(t *testing.T, args ...string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, args...)
	c.Args[0] = "wspolnota"
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("wspolnota %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}
