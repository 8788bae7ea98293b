package store_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// modernc.org/sqlite is C turned into Go for one version of modernc.org/libc;
// another version compiles and then fails in ways nobody can foresee.
func TestLibcIsTheOneSQLiteWasMadeFor(t *testing.T) {
	ours := requirement(t, filepath.Join("..", "go.mod"), "modernc.org/libc")
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "modernc.org/sqlite").Output()
	if err != nil {
		t.Fatal(err)
	}
	theirs := requirement(t, filepath.Join(strings.TrimSpace(string(folder)), "go.mod"), "modernc.org/libc")
	if ours != theirs {
		t.Errorf("go.mod has libc %s, SQLite was made for %s", ours, theirs)
	}
}

func requirement(t *testing.T, file, module string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := modfile.Parse(file, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range parsed.Require {
		if r.Mod.Path == module {
			return r.Mod.Version
		}
	}
	t.Fatalf("%s does not require %s", file, module)
	return ""
}
