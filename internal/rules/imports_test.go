package rules_test

import (
	"encoding/json"
	"errors"
	"flag"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the table of docs/architecture/map.md")

type goPackage struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string
	doc        string
}

// packages lists every package of the module with those of the module that it
// imports itself; tests may import what they like.
func packages(t *testing.T) map[string]goPackage {
	t.Helper()
	command := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports", "./...")
	command.Dir = root
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]goPackage{}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
		var own []string
		for _, path := range p.Imports {
			if rest, ok := strings.CutPrefix(path, module+"/"); ok {
				own = append(own, rest)
			}
		}
		p.Imports, p.doc = own, packageComment(t, p)
		found[strings.TrimPrefix(p.ImportPath, module+"/")] = p
	}
}

// packageComment reads the comment above the package clause; generated files
// have one too, which says nothing.
func packageComment(t *testing.T, p goPackage) string {
	t.Helper()
	for _, name := range p.GoFiles {
		if strings.HasSuffix(name, "_templ.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if file.Doc != nil {
			return file.Doc.Text()
		}
	}
	return ""
}

var row = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| ([^|]*) \\| ([^|]*) \\|$")

const tableHead = "| package | what it is for | imports of ours |\n|---|---|---|\n"

// TestMapIsTrue compares the table of docs/architecture/map.md with what the
// code imports. With -update it writes the table anew.
func TestMapIsTrue(t *testing.T) {
	path := filepath.Join(root, "docs", "architecture", "map.md")
	text := read(t, path)
	var want strings.Builder
	want.WriteString(tableHead)
	all := packages(t)
	for _, name := range slices.Sorted(keysOf(all)) {
		p := all[name]
		if p.doc == "" && !strings.HasPrefix(name, "internal/rules") {
			t.Errorf("%s has no package comment", name)
		}
		want.WriteString("| `" + name + "` | " + sentence(p.doc) + " | " + strings.Join(p.Imports, ", ") + " |\n")
	}
	begin := strings.Index(text, tableHead)
	if begin < 0 {
		t.Fatal("map.md has no table of packages")
	}
	end := begin + len(tableHead)
	for _, m := range row.FindAllStringIndex(text[end:], -1) {
		end = max(end, begin+len(tableHead)+m[1]+1)
	}
	if *update {
		if err := os.WriteFile(path, []byte(text[:begin]+want.String()+text[end:]), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got := text[begin:end]; got != want.String() {
		t.Errorf("map.md is not true any more; look at the change, then: go test ./internal/rules -run Map -update\n%s", diff(got, want.String()))
	}
}

func keysOf(m map[string]goPackage) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// sentence is the first sentence of a package comment without its beginning.
func sentence(doc string) string {
	doc = strings.Join(strings.Fields(doc), " ")
	if i := strings.Index(doc, ". "); i > 0 {
		doc = doc[:i]
	}
	return strings.ReplaceAll(strings.TrimSuffix(doc, "."), "|", "/")
}

func diff(a, b string) string {
	before, after := strings.Split(a, "\n"), strings.Split(b, "\n")
	var out []string
	for _, line := range before {
		if !slices.Contains(after, line) {
			out = append(out, "- "+line)
		}
	}
	for _, line := range after {
		if !slices.Contains(before, line) {
			out = append(out, "+ "+line)
		}
	}
	return strings.Join(out, "\n")
}

// The kinds of packages, by the rules of docs/architecture/map.md.
var (
	methods = []string{"foresight", "choice", "opinion"}
	ground  = []string{"people", "people/organisation", "people/territory"}
	shared  = []string{"access", "activity", "api", "archive", "audit", "backup", "blob", "chart", "desk", "entrance", "export", "fault", "jobs", "lang",
		"live", "mail", "merge", "moderation", "notice", "privacy", "search", "paper", "sheet", "store", "term", "trace", "web"}
)

func under(name string, of []string) bool {
	return slices.ContainsFunc(of, func(s string) bool { return name == s || strings.HasPrefix(name, s+"/") })
}

func TestRoomsDoNotImportOneAnother(t *testing.T) {
	for name, p := range packages(t) {
		for _, imported := range p.Imports {
			if problem := forbidden(name, imported); problem != "" {
				t.Errorf("%s imports %s: %s", name, imported, problem)
			}
		}
	}
}

// forbidden says which rule an import breaks, "" when none.
func forbidden(name, imported string) string {
	isRoom := func(n string) bool {
		return !under(n, methods) && !under(n, shared) && !strings.HasPrefix(n, "internal/") && !strings.HasPrefix(n, "cmd/")
	}
	own := strings.SplitN(name, "/", 2)[0]
	switch {
	case strings.HasPrefix(imported, "cmd/"):
		return "nobody imports a command"
	case strings.HasPrefix(name, "cmd/"), strings.HasPrefix(name, "internal/"):
		return ""
	case strings.HasPrefix(imported, "internal/"):
		return "internal packages are for tests and the demo"
	case under(name, methods) && imported != "chart" && !under(imported, methods):
		return "methods import no other package of ours than chart"
	case under(name, shared) && isRoom(imported):
		return "shared packages know no room"
	case under(name, ground) && isRoom(imported) && !under(imported, ground):
		return "people stands below all rooms"
	case name == "people" && imported == "people/organisation":
		return "organisation stands on people, not the other way round"
	case isRoom(name) && isRoom(imported) && !under(imported, ground) && imported != "programme" && !strings.HasPrefix(imported, own):
		return "rooms do not import one another"
	}
	return ""
}

func TestRuleOfImportsCanFail(t *testing.T) {
	for _, tt := range []struct {
		name, imported string
		allowed        bool
	}{
		{"news", "programme", true}, {"news", "people", true}, {"news", "event", false}, {"news", "web/ui", true},
		{"people", "programme", false}, {"people", "people/organisation", false}, {"people/organisation", "people", true},
		{"programme", "people/organisation", true}, {"programme", "news", false}, {"web", "people", false},
		{"foresight/cib", "chart", true}, {"foresight/cib", "store", false}, {"study/scenario", "study", true},
		{"news", "internal/demo", false}, {"cmd/wspolnota", "news", true}, {"store", "cmd/wspolnota", false},
	} {
		if got := forbidden(tt.name, tt.imported) == ""; got != tt.allowed {
			t.Errorf("%s importing %s: allowed %v, want %v", tt.name, tt.imported, got, tt.allowed)
		}
	}
}
