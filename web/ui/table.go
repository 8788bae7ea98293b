package ui

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/wspolnota/wspolnota/chart"
)

// Order is how a column is sorted now.
type Order string

const (
	Unsorted   Order = ""
	Ascending  Order = "ascending"
	Descending Order = "descending"
)

// Column is the head of a column; SortHref leads to the table sorted by it.
type Column struct {
	Title    string
	Numeric  bool
	SortHref string
	Sorted   Order
}

// TableRow is one row; its first cell is the head of the row.
type TableRow []templ.Component

// TableData is a table. On a phone each row becomes a card whose cells carry
// the names of their columns.
type TableData struct {
	Caption       string
	CaptionHidden bool // where a heading above says the same
	Columns       []Column
	Rows          []TableRow
	Empty         templ.Component // shown instead of a table without rows
}

func (t TableData) column(i int) Column {
	if i < len(t.Columns) {
		return t.Columns[i]
	}
	return Column{}
}

func (c Column) class() string {
	if c.Numeric {
		return "number"
	}
	return ""
}

func chartTable(t chart.Table) TableData {
	data := TableData{Caption: t.Caption}
	for i, head := range t.Head {
		data.Columns = append(data.Columns, Column{Title: head, Numeric: i > 0})
	}
	for _, row := range t.Rows {
		var cells TableRow
		for _, cell := range row {
			cells = append(cells, Text(cell))
		}
		data.Rows = append(data.Rows, cells)
	}
	return data
}

// Pages describes a long list cut into pages. Path is the address of the list
// with its filters; the page number goes into ?strona=.
type Pages struct {
	Page, Size, Total int
	Path              string
}

// Last is the number of the last page.
func (p Pages) Last() int {
	if p.Size <= 0 || p.Total <= 0 {
		return 1
	}
	return (p.Total + p.Size - 1) / p.Size
}

func (p Pages) href(page int) string {
	u, err := url.Parse(p.Path)
	if err != nil {
		return "?strona=" + strconv.Itoa(page)
	}
	q := u.Query()
	if page <= 1 {
		q.Del("strona")
	} else {
		q.Set("strona", strconv.Itoa(page))
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// numbers lists the pages to show: the ends and the neighbours of this one; 0
// stands for those left out.
func (p Pages) numbers() []int {
	var shown []int
	last := p.Last()
	for n := 1; n <= last; n++ {
		near := n >= p.Page-1 && n <= p.Page+1
		switch {
		case n == 1, n == last, near, last <= 6:
			shown = append(shown, n)
		case shown[len(shown)-1] != 0:
			shown = append(shown, 0)
		}
	}
	return shown
}
