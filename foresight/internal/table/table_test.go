package table_test

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/foresight/internal/table"
)

func open(t *testing.T, text string) *table.Table {
	t.Helper()
	tab, err := table.Open("t.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestSpreadsheetsOfAllKindsAreRead(t *testing.T) {
	for name, text := range map[string]string{
		"commas":                "a,b\n1,2.5\n",
		"semicolons":            "a;b\n1;2,5\n",
		"tabs":                  "a\tb\n1\t2,5\n",
		"CRLF and a mark":       "\ufeffa;b\r\n1;2,5\r\n",
		"spaces, empty lines":   " a , b \n\n 1 , 2.5 \n\n",
		"no end of last line":   "a,b\n1,2.5",
		"quotes":                "\"a\",\"b\"\n\"1\",\"2.5\"\n",
		"a separator in a head": "a;\"b\"\n1;2,5",
	} {
		tab := open(t, text)
		row, err := tab.Next()
		if err != nil || len(tab.Head) != 2 || tab.Head[0] != "a" || tab.Head[1] != "b" || row.Cells[0] != "1" {
			t.Errorf("%s: head %q, row %q, %v", name, tab.Head, row.Cells, err)
			continue
		}
		if v, ok := tab.Number(row.Cells[1]); !ok || v != 2.5 {
			t.Errorf("%s: %q is %v", name, row.Cells[1], v)
		}
		if _, err := tab.Next(); !errors.Is(err, io.EOF) {
			t.Errorf("%s: after the last row %v", name, err)
		}
	}
}

func TestWhatIsNoTableIsRefusedWithItsLine(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"empty file":      {"", "t.csv: line 1: the file is empty"},
		"blank name":      {"a,,c\n", "t.csv: line 1: column 2 has no name"},
		"repeated name":   {"a,b,a\n", `t.csv: line 1: columns 1 and 3 are both called "a"`},
		"ragged row":      {"a,b\n1,2\n1,2,3\n", "t.csv: line 3: 3 columns; expected 2"},
		"open quote":      {"a,b\n1,\"2\n", "t.csv: line 2: "},
		"quote inside":    {"a,b\n1,2\"3\n", "t.csv: line 2: "},
		"not UTF-8":       {"a,b\n1,\xb3\n", "t.csv: line 2: column 2 is not UTF-8"},
		"endless cell":    {"a,b\n1," + strings.Repeat("ż", 501) + "\n", "t.csv: line 2: column 2 has more than 500 letters"},
		"many columns":    {strings.Repeat("a,", 2000) + "b\n", "t.csv: line 1: 2001 columns; expected at most 1003"},
		"million columns": {strings.Repeat("a,", 1_000_000), "t.csv: line 1: the line is longer than"},
	} {
		tab, err := table.Open("t.csv", strings.NewReader(tt.text))
		for err == nil {
			_, err = tab.Next()
		}
		if !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

// forever is a file without an end and without a line break.
type forever struct{ text string }

func (f forever) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = f.text[i%len(f.text)]
	}
	return len(p), nil
}

func TestEndlessFilesTakeLittleMemory(t *testing.T) {
	for name, text := range map[string]string{"columns": "a,", "lines": "1,2\n", "quoted lines": "\"\n\n"} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		tab, err := table.Open("t.csv", io.MultiReader(strings.NewReader("a,b\n"), forever{text}))
		for err == nil {
			_, err = tab.Next()
		}
		runtime.ReadMemStats(&after)
		if errors.Is(err, io.EOF) {
			t.Errorf("%s: the file ended", name)
		}
		if grown := (after.Sys - before.Sys) >> 20; grown > 300 {
			t.Errorf("%s: %d MiB more", name, grown)
		}
	}
}

func TestNumbersAreDecimalAndFinite(t *testing.T) {
	tab := open(t, "a,b\n")
	for _, cell := range []string{"inf", "NaN", "0x10", "1_000", "1e999", "", "1,5", "--1", "ż"} {
		if v, ok := tab.Number(cell); ok {
			t.Errorf("%q is %v", cell, v)
		}
	}
	for _, cell := range []string{"7", "-1.5", "+2", "1e3", ".5"} {
		if _, ok := tab.Number(cell); !ok {
			t.Errorf("%q is no number", cell)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add("a,b\n1,2\n")
	f.Add("\ufeffa;b\r\n\"1\";2,5\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		tab, err := table.Open("t.csv", strings.NewReader(text))
		for err == nil {
			var row table.Row
			if row, err = tab.Next(); err == nil && len(row.Cells) != len(tab.Head) {
				t.Fatalf("%d cells under %d names", len(row.Cells), len(tab.Head))
			}
		}
		if !errors.Is(err, io.EOF) && !strings.HasPrefix(err.Error(), "t.csv: line ") {
			t.Fatalf("no file or line: %v", err)
		}
	})
}
