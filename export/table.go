// Package export lets data leave the platform: any list as CSV and as a
// spreadsheet, anything with a date as a calendar, any stream as a feed.
//
// A room describes what leaves and nothing else. For a list it returns a Table
// and adds the two routes that Routes makes of it; Links shows them under the
// list. For dates it returns a Calendar, for a stream a Feed.
package export

import (
	"context"
	"embed"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/wspolnota/wspolnota/access"
	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/web"
)

// Messages are the words of this package.
//
//go:embed messages.pl.toml messages.en.toml
var Messages embed.FS

// Table is a list about to leave: whole, under the filter that its reader chose,
// with only what that reader may see.
type Table struct {
	Name string   // of the file and of the sheet, in the reader's language
	Head []string // one title for each column
	Rows [][]any  // string, bool, int, int64, float64, Money, Day or time.Time
}

// Money is an amount in whole grosze.
type Money int64

// Day is a date without a time of day, read in Warsaw.
type Day struct{ time.Time }

// MostRows is how many rows a download holds. A sheet of Excel ends at
// 1,048,576; a list of people of a region stays far below.
const MostRows = 200_000

// Fits refuses a list that a download could not hold whole: half a list would
// be taken for the whole.
func (t Table) Fits(total int) error {
	if total > MostRows {
		return fault.TooLarge("export.too_many", "Most", MostRows)
	}
	return nil
}

// Titles are the titles of columns from the keys of their words.
func Titles(ctx context.Context, keys ...string) []string {
	titles := make([]string, len(keys))
	for i, key := range keys {
		titles[i] = lang.T(ctx, key)
	}
	return titles
}

// mime types of the two forms.
const (
	typeCSV  = "text/csv; charset=utf-8"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// Routes are the downloads of one list: its address with .csv and with .xlsx
// behind it, under the same query as the page.
func Routes(address string, need access.Permission, list func(*http.Request) (Table, error)) []web.Route {
	as := func(extension string, send func(http.ResponseWriter, Table) error) web.Route {
		return web.Route{Pattern: "GET " + address + extension, Need: need, Handle: func(w http.ResponseWriter, r *http.Request) error {
			table, err := list(r)
			if err != nil {
				return err
			}
			return send(w, table)
		}}
	}
	return []web.Route{as(".csv", sendCSV), as(".xlsx", sendXLSX)}
}

// attach says what the answer is and under which name a browser keeps it.
func attach(w http.ResponseWriter, mime, name, extension string) {
	if name = lang.Slug(name); name == "" {
		name = "lista"
	}
	web.Bare(w)
	w.Header().Set("Content-Type", mime)
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s%s"`, name, extension))
}

// address puts an extension between the path and the query of a list.
func address(list, extension string) string {
	path, query, _ := strings.Cut(list, "?")
	if query != "" {
		query = "?" + query
	}
	return path + extension + query
}
