package cib_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/foresight/cib"
)

// small is a whole file with two descriptors.
const small = `$ ScenarioWizard 4.0
small.scw
&Weather
 -Sun
 -Rain
&Mood
 -Good
 -Bad
#
&W
 s
 r
&M
 g
 b
#
#
FF0000
FFFFFF
FFFFFF
FFFFFF
#
#
 0 , 0 , 2 ,-2 
 0 , 0 ,-2 , 2 
 1 ,-1 , 0 , 0 
-1 , 1 , 0 , 0 
#
# 0-0
"The sun does it."
#
#
`

func TestSCWIsReadAndWrittenAgainWhole(t *testing.T) {
	m, err := cib.ReadSCW(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	if d := m.Descriptor(1); m.Title() != "small.scw" || d.Name != "Mood" || d.Short != "M" || d.States[1] != (cib.State{Name: "Bad", Short: "b"}) {
		t.Errorf("title %q, descriptor %+v", m.Title(), d)
	}
	if m.At(0, 0, 1, 0) != 2 || m.At(1, 1, 0, 0) != -1 {
		t.Errorf("judgements %v", judgements(m))
	}
	var out bytes.Buffer
	if err := m.WriteSCW(&out); err != nil || out.String() != small {
		t.Errorf("error %v\n%s", err, cmp.Diff(small, out.String()))
	}
}

func TestPublicSCWFilesAreWrittenAsTheyWere(t *testing.T) {
	for _, name := range cases {
		m, _ := loadReference(t, name)
		want, err := os.ReadFile(filepath.Join(references, name+".scw"))
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := m.WriteSCW(&out); err != nil || out.String() != string(want) {
			t.Errorf("%s: error %v\n%s", name, err, cmp.Diff(string(want), out.String()))
		}
	}
}

func TestSCWOfWindowsIsRead(t *testing.T) {
	file := strings.ReplaceAll(strings.Replace(small, "Weather", "Pogoda w \xa3odzi", 1), "\n", "\r\n")
	m, err := cib.ReadSCW(strings.NewReader("\xef\xbb\xbf" + file))
	if err != nil || m.Descriptor(0).Name != "Pogoda w Łodzi" || m.States() != 4 {
		t.Errorf("%v, error %v", m, err)
	}
}

func TestSCWWithBlankAndRepeatedNamesIsRead(t *testing.T) {
	file := strings.NewReplacer("&Weather", "&", "-Sun", "-", "-Rain", "-", "&Mood", "&", "-Good", "-x", "-Bad", "-x", " s\n", "", " r\n", "\n \n").Replace(small)
	m, err := cib.ReadSCW(strings.NewReader(file))
	if err != nil || m.Len() != 2 || m.Domain(0) != 2 || m.Descriptor(1).States[1].Name != "x" {
		t.Errorf("%v, error %v", m, err)
	}
}

func TestBadSCWIsRefusedWithLineAndExpectation(t *testing.T) {
	for _, tt := range []struct{ name, from, to, want string }{
		{"nothing", small, "", `line 1: expected "$ ScenarioWizard 4.0", found the end of the file`},
		{"another file", "$ ScenarioWizard", "PK", `line 1: expected "$ ScenarioWizard 4.0", found "PK 4.0"`},
		{"a state first", "&Weather\n", "", `line 3: expected "&" and a descriptor before its states, found "-Sun"`},
		{"a strange name", " -Rain", "Rain", `line 5: expected "&" and a descriptor, "-" and a state, or "#", found "Rain"`},
		{"a descriptor without states", "&Weather\n -Sun\n -Rain\n", "&Weather\n", `line 7: expected`},
		{"no matrix", small[strings.Index(small, " 0 , 0 , 2"):], "", `line 24: expected row 1 of 4 of the matrix, found the end of the file`},
		{"no sections", small[strings.Index(small, "#\n&W"):], "", `line 9: expected "&" and a descriptor, "-" and a state, or "#", found the end of the file`},
		{"a short row", " 0 , 0 ,-2 , 2 ", " 0 , 0 ,-2 ", `line 25: expected 4 judgements, one per state, found 3`},
		{"a long row", " 0 , 0 ,-2 , 2 ", " 0 , 0 ,-2 , 2, 1", `line 25: expected 4 judgements, one per state, found 5`},
		{"a row too few", " 0 , 0 ,-2 , 2 \n", "", `line 27: expected 4 rows in the matrix, one per state, found 3`},
		{"a row too many", "-1 , 1 , 0 , 0 \n", "-1 , 1 , 0 , 0 \n-1 , 1 , 0 , 0 \n", `line 28: expected "#" after the 4 rows of the matrix, found "-1 , 1 , 0 , 0 "`},
		{"a letter", " 2 ,-2 ", " 2 , x ", `line 24: expected a whole number from -10000 to 10000 as judgement 4, found " x "`},
		{"a fraction", " 2 ,-2 ", " 2.5 ,-2 ", `line 24: expected a whole number from -10000 to 10000 as judgement 3, found " 2.5 "`},
		{"a large number", " 2 ,-2 ", " 99999999999999999999 ,-2 ", `line 24: expected a whole number`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := cib.ReadSCW(strings.NewReader(strings.Replace(small, tt.from, tt.to, 1)))
			var syntax *cib.SyntaxError
			if !errors.As(err, &syntax) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %s", err, tt.want)
			}
		})
	}
}

const table = ",Weather: Sun,Weather: Rain,Mood: Good,Mood: Bad\nWeather: Sun,0,0,2,-2\nWeather: Rain,0,0,-2,2\nMood: Good,1,-1,0,0\nMood: Bad,-1,1,0,0\n"

func TestCSVIsReadAndWritten(t *testing.T) {
	m, err := cib.ReadSCW(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := m.WriteCSV(&out); err != nil || out.String() != table {
		t.Errorf("error %v\n%s", err, cmp.Diff(table, out.String()))
	}
	for _, text := range []string{table, strings.ReplaceAll(table, ",", ";"), strings.ReplaceAll(table, ",", "\t"), strings.ReplaceAll(table, "\n", "\r\n"),
		",A1,A2,B1,B2\nA1,0,0,2,-2\nA2,0,0,-2,2\n\nB1,1,-1,0,0\nB2,-1,1,0,0"} {
		got, err := cib.ReadCSV(strings.NewReader(text))
		if err != nil || !cmp.Equal(judgements(m), judgements(got)) || got.Len() != 2 {
			t.Errorf("error %v for\n%s", err, text)
		}
	}
}

func TestBadCSVIsRefusedWithLineAndExpectation(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "line 1: expected a row that names the states, found the end of the file"},
		{"one cell", "x", "line 1: expected"},
		{"no code", ",A1,B\n", `line 1: expected a state such as "A1" or "Economy: Shrinking" in column 3, found "B"`},
		{"a short row", ",A1,A2\nA1,0\n", "line 2: expected a name and 2 judgements, one per state, found 2 cells"},
		{"another order", ",A1,A2\nA2,0,0\n", `line 2: expected the row of state "A1", in the order of the columns, found "A2"`},
		{"a row too few", ",A1,A2\nA1,0,0\n", "line 3: expected 2 rows of judgements, one per state, found 1"},
		{"a row too many", ",A1,A2\nA1,0,0\nA2,0,0\nA3,0,0\n", "line 4: expected the end after 2 rows of judgements"},
		{"a word", ",A1,A2\nA1,0,many\n", `line 2: expected a whole number from -10000 to 10000 as judgement 2, found "many"`},
		{"a quote", ",A1,\"A2\n", "line 1: expected cells of a table"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := cib.ReadCSV(strings.NewReader(tt.text))
			var syntax *cib.SyntaxError
			if !errors.As(err, &syntax) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %s", err, tt.want)
			}
		})
	}
}

func TestHugeFilesAreRefusedInBoundedMemory(t *testing.T) {
	row := strings.Repeat("0,", 1_000_000)
	for name, read := range map[string]func() error{
		"scw, a million judgements": func() error {
			_, err := cib.ReadSCW(strings.NewReader(strings.Replace(small, " 0 , 0 , 2 ,-2 ", row, 1)))
			return err
		},
		"scw, a million names": func() error {
			_, err := cib.ReadSCW(strings.NewReader("$ ScenarioWizard 4.0\nx\n&A\n" + strings.Repeat("-a\n", 1_000_000)))
			return err
		},
		"csv, a million columns": func() error { _, err := cib.ReadCSV(strings.NewReader(row)); return err },
		"csv, half a million columns": func() error {
			_, err := cib.ReadCSV(strings.NewReader(row[:1_000_000]))
			return err
		},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := read()
		runtime.ReadMemStats(&after)
		var syntax *cib.SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%s: %v", name, err)
		}
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 32 {
			t.Errorf("%s: took %d MiB", name, used)
		}
	}
}

func TestFilesReturnWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := matrix(t)
		for name, way := range map[string]func() (*cib.Matrix, error){
			"scw": func() (*cib.Matrix, error) {
				var b bytes.Buffer
				if err := m.WriteSCW(&b); err != nil {
					return nil, err
				}
				return cib.ReadSCW(&b)
			},
			"csv": func() (*cib.Matrix, error) {
				var b bytes.Buffer
				if err := m.WriteCSV(&b); err != nil {
					return nil, err
				}
				return cib.ReadCSV(&b)
			},
		} {
			got, err := way()
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if got.Len() != m.Len() || !cmp.Equal(judgements(m), judgements(got)) {
				t.Errorf("%s: %v, want %v", name, judgements(got), judgements(m))
			}
		}
	})
}

// Solution sets of ScenarioWizard: CIB_global.sl has exact weights, those of
// CIB_natl_regional.sl are sampled, so that only the other columns are compared.
func TestSolutionSetsOfScenarioWizardAreReproduced(t *testing.T) {
	for _, name := range []string{"CIB_global", "CIB_natl_regional"} {
		m, want := loadReference(t, name)
		text, err := os.ReadFile(filepath.Join(references, name+".sl"))
		if err != nil {
			t.Fatal(err)
		}
		var scenarios []cib.Scenario
		var weights []*big.Int
		for _, c := range want.Consistent {
			scenarios = append(scenarios, fromOne(c.Scenario))
			weights = append(weights, big.NewInt(c.Basin))
		}
		var out bytes.Buffer
		if err := m.WriteSL(&out, scenarios, weights); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(rows(string(text), name == "CIB_global"), rows(out.String(), name == "CIB_global")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// rows are the lines of a solution set in alphabetical order, with or without
// their weights.
func rows(sl string, weights bool) []string {
	lines := strings.Split(strings.TrimSpace(sl), "\n")
	for i, line := range lines {
		if cells := strings.Split(line, ","); len(cells) == 6 && !weights {
			lines[i] = fmt.Sprint(cells[0], cells[2:])
		}
	}
	slices.Sort(lines)
	return lines
}

func FuzzReadSCW(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(strings.ReplaceAll(small, "\n", "\r\n")))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := cib.ReadSCW(bytes.NewReader(text))
		if err != nil {
			return
		}
		var first, second bytes.Buffer
		if err := m.WriteSCW(&first); err != nil {
			t.Fatal(err)
		}
		again, err := cib.ReadSCW(bytes.NewReader(first.Bytes()))
		if err != nil {
			t.Fatalf("%v in\n%s", err, first.String())
		}
		if err := again.WriteSCW(&second); err != nil || second.String() != first.String() {
			t.Errorf("written twice (error %v):\n%s", err, cmp.Diff(first.String(), second.String()))
		}
	})
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte(table))
	f.Add([]byte(",A1,A2,B1\nA1,0,0,1\nA2,0,0,-1\nB1,3,2,0\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := cib.ReadCSV(bytes.NewReader(text))
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := m.WriteCSV(&b); err != nil {
			t.Fatal(err)
		}
		again, err := cib.ReadCSV(bytes.NewReader(b.Bytes()))
		if err != nil || again.Len() != m.Len() || !cmp.Equal(judgements(m), judgements(again)) {
			t.Errorf("error %v in\n%s", err, b.String())
		}
	})
}
