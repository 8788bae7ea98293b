package export

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/wspolnota/wspolnota/lang"
)

func sendXLSX(w http.ResponseWriter, t Table) error {
	attach(w, typeXLSX, t.Name, ".xlsx")
	return XLSX(w, t)
}

// Formats of cells, as every spreadsheet knows them.
var (
	formatMoney  = `#,##0.00\ "zł"`
	formatDay    = "yyyy-mm-dd"
	formatMoment = "yyyy-mm-dd hh:mm"
)

// Widths of columns in letters.
const (
	narrow = 12
	wide   = 60
	looked = 200 // rows that decide how wide a column is
)

// mostLetters is what a cell of a spreadsheet can hold.
const mostLetters = 32767

// XLSX writes the table for people: a sheet with a head that stays, filters,
// and real numbers, amounts and dates. Words are words: a cell that begins with
// = is never a formula, and carries an apostrophe as in CSV, because people save
// sheets as CSV.
func XLSX(w io.Writer, t Table) error {
	file := excelize.NewFile()
	defer file.Close() // only takes back memory and temporary files
	name := sheetName(t.Name)
	if err := file.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	styles, err := newStyles(file)
	if err != nil {
		return err
	}
	sheet, err := file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := write(sheet, t, styles); err != nil {
		return fmt.Errorf("export: sheet %q: %w", t.Name, err)
	}
	return file.Write(w)
}

func write(sheet *excelize.StreamWriter, t Table, s styles) error {
	for i, width := range widths(t) {
		if err := sheet.SetColWidth(i+1, i+1, float64(width)); err != nil {
			return err
		}
	}
	if err := sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	line := make([]any, len(t.Head))
	for i, title := range t.Head {
		line[i] = excelize.Cell{StyleID: s.head, Value: neutral(title)}
	}
	if err := sheet.SetRow("A1", line); err != nil {
		return err
	}
	for n, row := range t.Rows {
		for i := range line {
			line[i] = s.cell(row[i])
		}
		at, err := excelize.CoordinatesToCellName(1, n+2)
		if err != nil {
			return err
		}
		if err := sheet.SetRow(at, line); err != nil {
			return err
		}
	}
	return sheet.Flush()
}

// styles are the numbers under which a file knows its formats.
type styles struct{ head, money, day, moment int }

func newStyles(file *excelize.File) (s styles, err error) {
	add := func(style *excelize.Style) int {
		id, e := file.NewStyle(style)
		if err == nil {
			err = e
		}
		return id
	}
	s.head = add(&excelize.Style{Font: &excelize.Font{Bold: true}})
	s.money = add(&excelize.Style{CustomNumFmt: &formatMoney})
	s.day = add(&excelize.Style{CustomNumFmt: &formatDay})
	s.moment = add(&excelize.Style{CustomNumFmt: &formatMoment})
	return s, err
}

func (s styles) cell(cell any) any {
	switch v := cell.(type) {
	case nil, bool, int, int64, float64:
		return v
	case Money:
		return excelize.Cell{StyleID: s.money, Value: float64(v) / 100}
	case Day:
		return s.at(s.day, v.Time)
	case time.Time:
		return s.at(s.moment, v)
	default:
		return letters(neutral(fmt.Sprint(v)))
	}
}

// at is a moment as the clock in Warsaw shows it: sheets know no zones.
func (s styles) at(style int, t time.Time) any {
	if t.IsZero() {
		return nil
	}
	t = t.In(lang.Warsaw)
	return excelize.Cell{StyleID: style, Value: time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)}
}

// letters leaves out what XML cannot hold and what a cell has no room for.
func letters(s string) string {
	s = clean(s)
	if utf8.RuneCountInString(s) > mostLetters {
		s = string([]rune(s)[:mostLetters])
	}
	return s
}

func widths(t Table) []int {
	all := make([]int, len(t.Head))
	for i, title := range t.Head {
		all[i] = max(narrow, utf8.RuneCountInString(title)+2)
		for _, row := range t.Rows[:min(len(t.Rows), looked)] {
			all[i] = max(all[i], min(wide, utf8.RuneCountInString(text(row[i]))+2))
		}
	}
	return all
}

// sheetName fits a name into the rules of Excel: 31 letters, some signs not.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return ' '
		}
		return r
	}, clean(s))
	if all := []rune(s); len(all) > 31 {
		s = string(all[:31])
	}
	if s = strings.TrimSpace(s); s == "" {
		return "Lista"
	}
	return s
}
