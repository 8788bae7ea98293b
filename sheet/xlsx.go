package sheet

import (
	"io"

	"github.com/xuri/excelize/v2"

	"github.com/wspolnota/wspolnota/fault"
)

// mostUnpacked is what a workbook may hold when it is unpacked: a few megabytes
// of zeros must not fill the disk.
const mostUnpacked = 128 << 20

// readXLSX reads the first sheet of a workbook.
func readXLSX(content io.ReadSeeker, limits Limits) (Sheet, error) {
	file, err := excelize.OpenReader(content, excelize.Options{UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: 16 << 20})
	if err != nil {
		return Sheet{}, fault.Mistake("file", "sheet.broken_xlsx")
	}
	defer file.Close() // removes what was unpacked to disk
	names := file.GetSheetList()
	if len(names) == 0 {
		return Sheet{}, fault.Mistake("file", "sheet.broken_xlsx")
	}
	s, err := readRows(file, names[0], limits)
	if err != nil {
		return s, err
	}
	return s, markFormulas(file, names[0], &s)
}

// readRows goes through the sheet line by line and stops at the limits, before
// anything is held in memory that is not wanted.
func readRows(file *excelize.File, name string, limits Limits) (Sheet, error) {
	var s Sheet
	rows, err := file.Rows(name)
	if err != nil {
		return s, fault.Mistake("file", "sheet.broken_xlsx")
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return s, fault.Mistake("file", "sheet.broken", "Row", n)
		}
		if n == 1 && len(cells) == 0 {
			return s, fault.Mistake("file", "sheet.no_head")
		}
		if err := s.add(Row{Number: n, Cells: cells, Formula: -1}, limits); err != nil {
			return s, err
		}
	}
	return s, nil
}

// markFormulas finds the calculated cells. The sheet is read once more, whole,
// which its limits allow by now.
func markFormulas(file *excelize.File, name string, s *Sheet) error {
	for i := range s.Rows {
		row := &s.Rows[i]
		for column := range row.Cells {
			cell, err := excelize.CoordinatesToCellName(column+1, row.Number)
			if err != nil {
				return err
			}
			formula, err := file.GetCellFormula(name, cell)
			if err != nil {
				return fault.Mistake("file", "sheet.broken", "Row", row.Number)
			}
			if formula != "" && row.Formula < 0 {
				row.Formula = column
			}
		}
	}
	return nil
}
