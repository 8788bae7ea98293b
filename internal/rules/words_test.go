package rules_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/BurntSushi/toml"
	templ "github.com/a-h/templ/parser/v2"
	"github.com/a-h/templ/parser/v2/visitor"
)

// catalogue reads every messages.LANGUAGE.toml of the repository: key to text,
// or to its plural forms.
func catalogue(t *testing.T, language string) map[string]any {
	t.Helper()
	keys := map[string]any{}
	for _, path := range files(t, "messages."+language+".toml") {
		var one map[string]any
		if _, err := toml.Decode(read(t, path), &one); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for key, text := range one {
			if _, twice := keys[key]; twice {
				t.Errorf("%s: key %q is defined in another file too", path, key)
			}
			keys[key] = text
		}
	}
	return keys
}

func TestBothLanguagesHaveTheSameKeys(t *testing.T) {
	pl, en := catalogue(t, "pl"), catalogue(t, "en")
	for key := range pl {
		if _, ok := en[key]; !ok {
			t.Errorf("%q is missing in English", key)
		}
	}
	for key := range en {
		if _, ok := pl[key]; !ok {
			t.Errorf("%q is missing in Polish", key)
		}
	}
}

var parameter = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

func TestTranslationsNameTheSameParameters(t *testing.T) {
	pl, en := catalogue(t, "pl"), catalogue(t, "en")
	for key := range pl {
		if a, b := parameters(pl[key]), parameters(en[key]); !slices.Equal(a, b) {
			t.Errorf("%q: Polish names %v, English %v", key, a, b)
		}
	}
}

func parameters(text any) []string {
	names := map[string]bool{}
	collect := func(s string) {
		for _, m := range parameter.FindAllStringSubmatch(s, -1) {
			if m[1] != "Count" { // a form may say "one" in words
				names[m[1]] = true
			}
		}
	}
	switch text := text.(type) {
	case string:
		collect(text)
	case map[string]any:
		for _, form := range text {
			collect(form.(string))
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func TestPluralsHaveEveryForm(t *testing.T) {
	forms := map[string][]string{"pl": {"few", "many", "one", "other"}, "en": {"one", "other"}}
	for language, want := range forms {
		for key, text := range catalogue(t, language) {
			if table, ok := text.(map[string]any); ok {
				if got := slices.Sorted(maps.Keys(table)); !slices.Equal(got, want) {
					t.Errorf("%s %q has the forms %v, want %v", language, key, got, want)
				}
			}
		}
	}
}

func TestNoWordsOfOneLanguageInTheOther(t *testing.T) {
	for key, text := range catalogue(t, "en") {
		if s, ok := text.(string); ok && key != "lang.pl" && strings.ContainsAny(s, "ąęłśźżćńĄĘŁŚŹŻĆŃ") && !quotesPolish(s) {
			t.Errorf("English %q reads Polish: %s", key, s)
		}
	}
}

// quotesPolish allows a name of Polish law or place inside an English text when
// it stands in quotation marks or brackets, or is the platform's own name.
func quotesPolish(s string) bool {
	s = regexp.MustCompile(`"[^"]*"|“[^”]*”|‘[^’]*’|\([^)]*\)`).ReplaceAllString(s, "")
	s = regexp.MustCompile(`Wspólnot\w*|Czerwionk\S*|zł|Śląsk\w*|Żory|Racibórz|Wisła`).ReplaceAllString(s, "")
	return !strings.ContainsAny(s, "ąęłśźżćńĄĘŁŚŹŻĆŃ")
}

// TestKeysThatAreSaidExist looks at every call that takes a key and at every
// field named Key.
func TestKeysThatAreSaidExist(t *testing.T) {
	keys := catalogue(t, "pl")
	for _, path := range files(t, ".go") {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		eachString(t, path, func(value string, at token.Position, said bool) {
			if _, ok := keys[value]; said && !ok {
				t.Errorf("%s: key %q is in no catalogue", at, value)
			}
		})
	}
}

func TestEveryKeyIsUsed(t *testing.T) {
	used, prefixes := map[string]bool{}, map[string]bool{}
	for _, path := range files(t, ".go") {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		eachString(t, path, func(value string, _ token.Position, _ bool) {
			used[value] = true
			if strings.HasSuffix(value, ".") || strings.HasSuffix(value, "_") {
				prefixes[value] = true // "people.role." + role
			}
		})
	}
	for key := range catalogue(t, "pl") {
		if used[key] || slices.ContainsFunc(slices.Collect(maps.Keys(prefixes)), func(p string) bool {
			return strings.Count(p, ".") >= 1 && strings.HasPrefix(key, p)
		}) {
			continue
		}
		t.Errorf("%q is said nowhere", key)
	}
}

// eachString calls fn with every string literal of a file; said tells that the
// literal stands where a key of the catalogue is expected.
func eachString(t *testing.T, path string, fn func(value string, at token.Position, said bool)) {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	said := map[ast.Expr]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if i, ok := keyArgument(n); ok && i < len(n.Args) {
				said[n.Args[i]] = true
			}
		case *ast.KeyValueExpr:
			if name, ok := n.Key.(*ast.Ident); ok && (name.Name == "Key" || name.Name == "Told") {
				said[n.Value] = looksLikeKey(n.Value)
			}
		case *ast.BasicLit:
			if n.Kind != token.STRING {
				return true
			}
			if value, err := strconv.Unquote(n.Value); err == nil {
				fn(value, set.Position(n.Pos()), said[n])
			}
		}
		return true
	})
}

var keyShape = regexp.MustCompile(`^"[a-z_]+(\.[a-z0-9_]+)+"$`)

func looksLikeKey(e ast.Expr) bool {
	lit, ok := e.(*ast.BasicLit)
	return ok && keyShape.MatchString(lit.Value)
}

// keyArgument tells which argument of a call is a key.
func keyArgument(call *ast.CallExpr) (int, bool) {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return 0, false
	}
	receiver, _ := selector.X.(*ast.Ident)
	name := selector.Sel.Name
	switch {
	case receiver != nil && receiver.Name == "lang" && (name == "T" || name == "N"):
		return 1, true
	case receiver != nil && receiver.Name == "fault" && slices.Contains([]string{"Invalid", "Conflict", "Closed", "Limited", "TooLarge"}, name):
		return 0, true
	case receiver != nil && receiver.Name == "web" && name == "SeeOther" && len(call.Args) == 4:
		return 3, looksLikeKey(call.Args[3])
	case name == "Add" && len(call.Args) >= 2:
		return 1, looksLikeKey(call.Args[1])
	case name == "Check" && len(call.Args) >= 3:
		return 2, looksLikeKey(call.Args[2])
	}
	return 0, false
}

// names may stand in a template as they are, in both languages.
var names = []string{"Wspólnota", "PL", "EN", "RSS", "Atom", "CSV", "XLSX", "PDF"}

func TestTemplatesHoldNoWords(t *testing.T) {
	spoken := []string{"alt", "title", "placeholder", "aria-label", "content", "label", "value"}
	for _, path := range files(t, ".templ") {
		parsed, err := templ.Parse(path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		v := visitor.New()
		v.Text = func(n *templ.Text) error {
			if words(n.Value) {
				t.Errorf("%s:%d: %q is written into the template", path, n.Range.From.Line+1, strings.TrimSpace(n.Value))
			}
			return nil
		}
		v.ConstantAttribute = func(n *templ.ConstantAttribute) error {
			if slices.Contains(spoken, n.Key.String()) && strings.Contains(n.Value, " ") && words(n.Value) && !technical(n.Value) {
				t.Errorf("%s:%d: %s=%q is written into the template", path, n.Range.From.Line+1, n.Key, n.Value)
			}
			return nil
		}
		if err := parsed.Visit(v); err != nil {
			t.Fatal(err)
		}
	}
}

// words reports whether a text would be read aloud.
func words(s string) bool {
	s = strings.TrimSpace(s)
	if slices.Contains(names, s) {
		return false
	}
	s = regexp.MustCompile(`&\w+;`).ReplaceAllString(s, "")
	return strings.IndexFunc(s, unicode.IsLetter) >= 0
}

// technical allows what browsers read, not people.
func technical(s string) bool {
	return strings.Contains(s, "width=device-width") || strings.HasPrefix(s, "light dark") || strings.HasPrefix(s, "includeIndicator")
}

func TestGeneratedTemplatesAreFresh(t *testing.T) {
	for _, path := range files(t, ".templ") {
		generated := read(t, strings.TrimSuffix(path, ".templ")+"_templ.go")
		if !strings.Contains(generated, "// Code generated by templ") {
			t.Errorf("%s: not generated by templ", path)
		}
		want, err := generate(path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if strip(generated) != strip(want) {
			t.Errorf("%s is older than its template: run go tool templ generate -path %s", filepath.Base(path), filepath.Dir(path))
		}
	}
}
