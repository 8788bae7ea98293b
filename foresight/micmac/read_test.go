package micmac_test

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/wspolnota/wspolnota/foresight/micmac"
)

func TestSpreadsheetsAreRead(t *testing.T) {
	for name, text := range map[string]string{
		"commas":            ",a,b\na,0,P\nb,2,0\n",
		"semicolons":        ";a;b\na;0;p\nb;2;0\n",
		"CRLF and mark":     "\ufeffvariable,a,b\r\na,,P\r\nb,2,\r\n",
		"blanks and quotes": "\"\", \"a\", b\n a , 0 , P\n\nb, 2, 0",
	} {
		if name == "blanks and quotes" {
			text = strings.ReplaceAll(text, ", \"a\"", ",\" a\"")
		}
		m, err := micmac.Read(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if m.Len() != 2 || m.At(0, 1) != micmac.Potential || m.At(1, 0) != 2 || !m.HasPotential() || m.Names()[0] != "a" {
			t.Errorf("%s: read %v", name, m)
		}
	}
}

func TestBadMatrixIsRefusedWithLineAndExpectation(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "the file is empty, expected a first row with the names"},
		{"no variables", "a\n", "line 1: 0 variables, expected 1 to 1000"},
		{"a few too many", strings.Repeat(",v", 1001) + "\n", "line 1: 1001 variables, expected 1 to 1000"},
		{"a wide row", ",a,b\na,0" + strings.Repeat(",1", 1_000_000), "line 2: far more than the 1000 columns"},
		{"blank name", ",a,,c\n", "line 1: variable 2 has no name"},
		{"name twice", ",a,b,a\n", `line 1: variables 1 and 3 are both called "a"`},
		{"short row", ",a,b\na,0\nb,1,0\n", `line 2: the row of "a" has 1 cells after its name, expected 2`},
		{"long row", ",a,b\na,0,1,1\n", `line 2: the row of "a" has 3 cells after its name, expected 2`},
		{"missing row", ",a,b\na,0,1\n", `line 2: the file ends here, expected the row of "b", number 2 of 2`},
		{"row too many", ",a,b\na,0,1\nb,1,0\nc,0,0\n", `line 4: expected nothing after the row of "b"`},
		{"other order", ",a,b\nb,1,0\na,0,1\n", `line 2: the row begins with "b", expected "a" as in column 2 of the first row`},
		{"word", ",a,b\na,0,x\nb,1,0\n", `line 2: "a" on "b" is "x", expected a whole number from 0 to 100, or P`},
		{"negative", ",a,b\na,0,-1\nb,1,0\n", `"a" on "b" is "-1"`},
		{"huge", ",a,b\na,0,99999999999999999999\nb,1,0\n", `"a" on "b" is "99999999999999999999"`},
		{"fraction", ",a,b\na,0,1.5\nb,1,0\n", `"a" on "b" is "1.5"`},
		{"empty cell", ",a,b\na,0,\nb,1,0\n", `"a" on "b" is ""`},
		{"itself", ",a,b\na,2,1\nb,1,0\n", `line 2: "a" on itself is "2", expected 0`},
		{"quote", ",a,\"b\na,0,1\n", "line 2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := micmac.Read(strings.NewReader(tt.text))
			if !errors.Is(err, micmac.ErrMatrix) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

// A million columns are refused after one row, in bounded memory.
func TestMillionColumnsAreRefused(t *testing.T) {
	var before, after runtime.MemStats
	text := strings.Repeat(",v", 1_000_000)
	runtime.ReadMemStats(&before)
	_, err := micmac.Read(strings.NewReader(text))
	runtime.ReadMemStats(&after)
	if err == nil || !strings.Contains(err.Error(), "line 1: far more than the 1000 columns that are taken") {
		t.Errorf("error %v", err)
	}
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 5 {
		t.Errorf("%d MB were used", used)
	}
}

func TestEndlessFileIsRefused(t *testing.T) {
	_, err := micmac.Read(io.MultiReader(strings.NewReader(`,"`), endless{}))
	if err == nil || !strings.Contains(err.Error(), "longer than 16 MB") {
		t.Errorf("error %v", err)
	}
}

// endless is a file of one quoted name that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestLongCellsAreClippedInErrors(t *testing.T) {
	_, err := micmac.Read(strings.NewReader(",a,b\na,0," + strings.Repeat("9", 1<<20) + "\nb,0,0\n"))
	if err == nil || len(err.Error()) > 1000 {
		t.Errorf("an error of %d bytes", len(err.Error()))
	}
}

func TestNewRefusesWhatIsNoMatrix(t *testing.T) {
	for name, try := range map[string]func() error{
		"ragged":   func() error { _, err := micmac.New([]string{"a", "b"}, [][]int{{0, 1}, {1}}); return err },
		"rows":     func() error { _, err := micmac.New([]string{"a", "b"}, [][]int{{0, 1}}); return err },
		"negative": func() error { _, err := micmac.New([]string{"a", "b"}, [][]int{{0, -2}, {1, 0}}); return err },
		"diagonal": func() error { _, err := micmac.New([]string{"a"}, [][]int{{1}}); return err },
		"weight": func() error {
			m, err := micmac.New([]string{"a"}, [][]int{{0}})
			if err == nil {
				_, err = m.Weigh(-1)
			}
			return err
		},
	} {
		if err := try(); !errors.Is(err, micmac.ErrMatrix) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{",a,b\na,0,P\nb,2,0\n", "\ufeff;a;b\r\na;;1\r\nb;2;0", ",\"a\nb\"\n\"a\nb\",0", ",a\na,00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := micmac.Read(bytes.NewReader(text))
		if err != nil {
			if m != nil || !errors.Is(err, micmac.ErrMatrix) {
				t.Fatalf("matrix %v, error %v", m, err)
			}
			return
		}
		for i := range m.Len() {
			for j := range m.Len() {
				if s := m.At(i, j); s < micmac.Potential || s > micmac.MaxStrength || i == j && s != 0 {
					t.Fatalf("cell %d, %d is %d", i, j, s)
				}
			}
		}
	})
}
